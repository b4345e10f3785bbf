#include "emit/emit.h"

#include "base/arena.h"
#include "emit/emit_c.h"
#include "emit/out.h"
#include "model/cname.h"

/* What is decoded: a table or union, or one direction of a method. */
struct target {
	const struct model_decl *decl;
	const struct model_method *method;
	enum model_direction direction;
};

/* A name for the part of a target: what it is comes first, for 'player_open_request' may be a table as well. */
static const char *
target_name(struct arena *arena, const struct target *target, const char *part)
{
	if (!target->method)
		return arena_format(arena, "cdrpc_%s_type_%s", part, target->decl->name.c);
	return arena_format(arena, "cdrpc_%s_%s_%s", part, target->direction == MODEL_IN ? "request" : "reply",
			    target->method->name.c);
}

static void
emit_type_target(struct out *out, const struct target *target)
{
	const struct out_var *vars =
		OUT_VARS({"name", target_name(out_arena(out), target, "fuzz")}, {"decl", target->decl->name.c});

	out_text(out, vars,
		 "static void\n"
		 "$name$(struct cdrpc_reader *r, struct cdrpc_writer *w)\n"
		 "{\n"
		 "\tstruct $decl$ *value = (struct $decl$ *)cdrpc_read_alloc(r, 1, sizeof *value);\n"
		 "\n"
		 "\tif (value)\n"
		 "\t\t$decl$_read(r, value);\n"
		 "\tif (cdrpc_reader_end(r) != CDRPC_OK)\n"
		 "\t\treturn;\n"
		 "\tdo {\n"
		 "\t\t$decl$_write(w, value);\n"
		 "\t} while (cdrpc_write_again(w));\n"
		 "}\n\n");
}

/* The handles that a message of this kind brings, all of them. */
static void
emit_handles(struct out *out, const struct target *target)
{
	struct arena *arena = out_arena(out);
	const struct model_body *body =
		target->direction == MODEL_IN ? &target->method->request : &target->method->reply;
	const struct model_field *param;
	size_t i;

	if (body->handle_count == 0)
		return;
	out_puts(out, arena_format(arena, "static const struct cdrpc_handle_item %s[] = {\n",
				   target_name(arena, target, "handles")));
	for (i = 0; i < target->method->param_count; i++) {
		param = &target->method->params[i];
		if (param->direction & target->direction && param->type->kind == MODEL_HANDLE)
			out_puts(out, arena_format(arena, "\t{(cdrpc_handle)1, %s},\n",
						   emit_handle_facts(arena, param->type)));
	}
	out_puts(out, "};\n\n");
}

static void
emit_method_target(struct out *out, const struct target *target)
{
	struct arena *arena = out_arena(out);
	const struct model_method *method = target->method;
	const struct out_var *vars = OUT_VARS({"name", target_name(arena, target, "fuzz")},
					      {"r", cname_own(arena, method, "r")}, {"w", cname_own(arena, method, "w")});

	emit_handles(out, target);
	emit_idl(out, method->text);
	out_text(out, vars,
		 "static void\n"
		 "$name$(struct cdrpc_reader *$r$, struct cdrpc_writer *$w$)\n"
		 "{\n");
	emit_read_variables(out, method, target->direction, true);
	out_puts(out, "\n");
	emit_read_params(out, method, target->direction, cname_own(arena, method, "r"));
	out_text(out, vars,
		 "\tif (cdrpc_reader_end($r$) != CDRPC_OK)\n"
		 "\t\treturn;\n");
	emit_write_params(out, method, target->direction, cname_own(arena, method, "w"));
	out_puts(out, "}\n\n");
}

static void
emit_target(struct out *out, const struct target *target)
{
	if (target->method)
		emit_method_target(out, target);
	else
		emit_type_target(out, target);
}

static void
emit_entry(struct out *out, const struct target *target)
{
	struct arena *arena = out_arena(out);
	const struct model_body *body = NULL;
	const char *name = target_name(arena, target, "fuzz");

	if (target->method)
		body = target->direction == MODEL_IN ? &target->method->request : &target->method->reply;
	if (body && body->handle_count > 0)
		out_puts(out, arena_format(arena, "\t{%s, %s, %u},\n", name, target_name(arena, target, "handles"),
					   (unsigned)body->handle_count));
	else
		out_puts(out, arena_format(arena, "\t{%s, NULL, 0},\n", name));
}

/* Calls 'emit' for everything of the module that can be decoded. */
static size_t
each_target(struct out *out, const struct model *model, void (*emit)(struct out *out, const struct target *target))
{
	const struct model_decl *decl;
	const struct model_method *method;
	size_t count = 0;
	size_t i, k;

	for (i = 0; i < model->decl_count; i++) {
		decl = model->decls[i];
		if (decl->kind == MODEL_TABLE || decl->kind == MODEL_UNION) {
			emit(out, &(struct target){decl, NULL, MODEL_IN});
			count++;
		}
		for (k = 0; decl->kind == MODEL_INTERFACE && k < decl->as.iface.method_count; k++) {
			method = &decl->as.iface.methods[k];
			if (method->request.param_count > 0) {
				emit(out, &(struct target){decl, method, MODEL_IN});
				count++;
			}
			if (method->reply.param_count > 0) {
				emit(out, &(struct target){decl, method, MODEL_OUT});
				count++;
			}
		}
	}
	return count;
}

static const char usage[] = "/*\n"
			    " * For libFuzzer: link it with %s_types.c, those of the modules that it imports, the "
			    "library, and -fsanitize=fuzzer.\n"
			    " *\n"
			    " * An input is 8 bytes that choose what to decode (2), the size of the blob area (2), how many "
			    "handles there are (1),\n"
			    " * and whether the peer can still write to the blob area (1); then the body, then the blob area.\n"
			    " */\n";

static const char turn[] =
	"/* A message as it travels, each part in a block of its own, so that a sanitizer sees a read past its end. */\n"
	"struct cdrpc_fuzz_message {\n"
	"\tuint8_t *body;\n"
	"\tuint8_t *blob;\n"
	"\tsize_t body_size;\n"
	"\tsize_t blob_size;\n"
	"\tuint32_t handle_count;\n"
	"\tbool blob_shared;\n"
	"};\n"
	"\n"
	"static uint8_t *\n"
	"cdrpc_fuzz_copy(const void *data, size_t size)\n"
	"{\n"
	"\tuint8_t *copy = (uint8_t *)malloc(size > 0 ? size : 1);\n"
	"\n"
	"\tif (!copy)\n"
	"\t\tabort();\n"
	"\tif (size > 0)\n"
	"\t\tmemcpy(copy, data, size);\n"
	"\treturn copy;\n"
	"}\n"
	"\n"
	"static void\n"
	"cdrpc_fuzz_free(struct cdrpc_fuzz_message *message)\n"
	"{\n"
	"\tfree(message->body);\n"
	"\tfree(message->blob);\n"
	"}\n"
	"\n"
	"static cdrpc_status\n"
	"cdrpc_fuzz_grow(struct cdrpc_writer *w, size_t size)\n"
	"{\n"
	"\tw->base = (uint8_t *)malloc(size);\n"
	"\tw->capacity = size;\n"
	"\treturn w->base ? CDRPC_OK : CDRPC_E_NOMEM;\n"
	"}\n"
	"\n"
	"static void\n"
	"cdrpc_fuzz_written(const struct cdrpc_writer *w, struct cdrpc_fuzz_message *ret_message)\n"
	"{\n"
	"\tuint8_t *blob = (uint8_t *)calloc(w->blob_size + 1, 1);\n"
	"\tsize_t at = 0;\n"
	"\tuint32_t i;\n"
	"\n"
	"\tif (!blob)\n"
	"\t\tabort();\n"
	"\tfor (i = 0; i < w->blob_count; i++) {\n"
	"\t\tif (w->blobs[i].size > 0)\n"
	"\t\t\tmemcpy(blob + at, w->blobs[i].data, w->blobs[i].size);\n"
	"\t\tat += ((size_t)w->blobs[i].size + 7) & ~(size_t)7;\n"
	"\t}\n"
	"\tret_message->body = cdrpc_fuzz_copy(w->base, w->at);\n"
	"\tret_message->blob = cdrpc_fuzz_copy(blob, w->blob_size);\n"
	"\tret_message->body_size = w->at;\n"
	"\tret_message->blob_size = w->blob_size;\n"
	"\tret_message->handle_count = w->handle_count;\n"
	"\tret_message->blob_shared = false;\n"
	"\tfree(blob);\n"
	"}\n"
	"\n"
	"/* Decodes a message and encodes what came of it; false where one of the two is refused, and nothing is returned. */\n"
	"static bool\n"
	"cdrpc_fuzz_turn(const struct cdrpc_fuzz_target *target, const struct cdrpc_fuzz_message *message, "
	"struct cdrpc_fuzz_message *ret_message)\n"
	"{\n"
	"\tstruct cdrpc_arena *arena = cdrpc_arena_new(NULL, (size_t)1 << 24);\n"
	"\tstruct cdrpc_reader r;\n"
	"\tstruct cdrpc_writer w;\n"
	"\tbool good;\n"
	"\n"
	"\tif (!arena)\n"
	"\t\tabort();\n"
	"\tcdrpc_reader_init(&r, arena, message->body, message->body_size, message->blob, message->blob_size);\n"
	"\tr.handles = target->handles;\n"
	"\tr.handle_count = message->handle_count;\n"
	"\tr.blob_shared = message->blob_shared;\n"
	"\tcdrpc_writer_init(&w, NULL, 0, cdrpc_fuzz_grow, NULL);\n"
	"\ttarget->run(&r, &w);\n"
	"\t/* Of an unknown member of a union no value is kept, so it cannot be written. */\n"
	"\tif (w.status != CDRPC_OK && w.status != CDRPC_E_ARGUMENT)\n"
	"\t\tabort();\n"
	"\tgood = r.status == CDRPC_OK && w.status == CDRPC_OK;\n"
	"\tif (good)\n"
	"\t\tcdrpc_fuzz_written(&w, ret_message);\n"
	"\tfree(w.base);\n"
	"\tcdrpc_arena_free(arena);\n"
	"\treturn good;\n"
	"}\n"
	"\n";

static const char entry[] =
	"static bool\n"
	"cdrpc_fuzz_equal(const struct cdrpc_fuzz_message *a, const struct cdrpc_fuzz_message *b)\n"
	"{\n"
	"\treturn a->body_size == b->body_size && memcmp(a->body, b->body, a->body_size) == 0 &&\n"
	"\t       a->blob_size == b->blob_size && memcmp(a->blob, b->blob, a->blob_size) == 0 &&\n"
	"\t       a->handle_count == b->handle_count;\n"
	"}\n"
	"\n"
	"int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);\n"
	"\n"
	"int\n"
	"LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)\n"
	"{\n"
	"\tconst size_t count = sizeof cdrpc_fuzz_targets / sizeof cdrpc_fuzz_targets[0];\n"
	"\tconst size_t head = 8;\n"
	"\tconst struct cdrpc_fuzz_target *target;\n"
	"\tstruct cdrpc_fuzz_message input, once, twice;\n"
	"\n"
	"\tif (size < head)\n"
	"\t\treturn 0;\n"
	"\ttarget = &cdrpc_fuzz_targets[(data[0] | (size_t)data[1] << 8) % count];\n"
	"\tinput.blob_size = (data[2] | (size_t)data[3] << 8) % (size - head + 1) & ~(size_t)7;\n"
	"\tinput.body_size = size - head - input.blob_size;\n"
	"\tinput.body = cdrpc_fuzz_copy(data + head, input.body_size);\n"
	"\tinput.blob = cdrpc_fuzz_copy(data + head + input.body_size, input.blob_size);\n"
	"\tinput.handle_count = data[4] % (target->handle_count + 1);\n"
	"\tinput.blob_shared = (data[5] & 1) != 0;\n"
	"\tif (cdrpc_fuzz_turn(target, &input, &once)) {\n"
	"\t\t/* What was written is read, and written as the same. */\n"
	"\t\tif (!cdrpc_fuzz_turn(target, &once, &twice) || !cdrpc_fuzz_equal(&once, &twice))\n"
	"\t\t\tabort();\n"
	"\t\tcdrpc_fuzz_free(&once);\n"
	"\t\tcdrpc_fuzz_free(&twice);\n"
	"\t}\n"
	"\tcdrpc_fuzz_free(&input);\n"
	"\treturn 0;\n"
	"}\n";

void
emit_fuzz(struct out *out, const struct model *model, const char *stem)
{
	struct arena *arena = out_arena(out);
	struct out *functions = out_new(arena);
	size_t length;

	emit_source(out, model, stem, "Fuzz harness", "#include <stdlib.h>\n#include <string.h>\n");
	if (each_target(functions, model, emit_target) == 0) {
		out_puts(out, "/* There is nothing in this module to decode. */\n");
		return;
	}
	out_puts(out, arena_format(arena, usage, stem));
	out_puts(out, "struct cdrpc_fuzz_target {\n"
		      "\tvoid (*run)(struct cdrpc_reader *r, struct cdrpc_writer *w);\n"
		      "\tconst struct cdrpc_handle_item *handles;\n"
		      "\tuint32_t handle_count;\n"
		      "};\n"
		      "\n");
	out_puts(out, out_string(functions, &length));
	out_puts(out, "\nstatic const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {\n");
	each_target(out, model, emit_entry);
	out_puts(out, "};\n\n");
	out_puts(out, turn);
	out_puts(out, entry);
}
