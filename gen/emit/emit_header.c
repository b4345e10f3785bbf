#include "emit/emit.h"

#include <string.h>

#include "base/arena.h"
#include "emit/emit_c.h"
#include "emit/out.h"
#include "model/cname.h"

const char *
emit_guard(struct arena *arena, const struct model *model, const char *suffix)
{
	const char *guard = "CDIDL", *part = model->name.text;
	size_t length;

	/* With the length of each part, and case as it is: those of 'a.b', 'a_b' and 'A.b' are three. */
	for (; *part; part += length + (part[length] == '.')) {
		length = strcspn(part, ".");
		guard = cname_with(arena, guard, arena_format(arena, "_%zu%.*s", length, (int)length, part));
	}
	return cname_with(arena, guard, suffix);
}

static void
emit_client_method(struct out *out, const struct model_decl *iface, const struct model_method *method)
{
	const struct out_var *vars = emit_method_vars(out_arena(out), iface, method);
	const char *reply = method->needs_reply ? ", struct cdrpc_reply *$reply$" : "";

	emit_method_comment(out, iface, method);
	if (method->kind == MODEL_ONEWAY) {
		out_text(out, vars, "cdrpc_status $method$(struct cdrpc_client *$client$$inputs$);\n\n");
		return;
	}
	out_text(out, vars, "cdrpc_status $method$(struct cdrpc_client *$client$$inputs$$outputs$");
	out_text(out, vars, reply);
	out_text(out, vars,
		 ");\n"
		 "cdrpc_status $method$_begin(struct cdrpc_client *$client$$inputs$, struct cdrpc_pending "
		 "**$ret_pending$);\n"
		 "cdrpc_status $method$_finish(struct cdrpc_pending *$pending$$outputs$");
	out_text(out, vars, reply);
	out_puts(out, ");\n\n");
}

static void
emit_events(struct out *out, const struct model_decl *iface)
{
	const struct out_var *vars = OUT_VARS({"iface", iface->name.c}, {"name", iface->name.text});
	const struct model_method *method;
	size_t i;

	out_text(out, vars,
		 "/* What a client of $name$ listens to; a NULL member is not subscribed. */\n"
		 "struct $iface$_events {\n");
	out_indent(out, 1);
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if (method->kind != MODEL_EVENT)
			continue;
		emit_method_comment(out, iface, method);
		out_text(out, emit_method_vars(out_arena(out), iface, method),
			 "void (*$member$)(void *$self$$inputs$);\n");
	}
	out_indent(out, -1);
	out_text(out, vars,
		 "};\n"
		 "/* 'events' is copied; NULL ends all subscriptions. 'self' is passed to each listener. */\n"
		 "cdrpc_status $iface$_listen(struct cdrpc_client *client, const struct $iface$_events *events, void "
		 "*self);\n"
		 "\n");
}

static void
emit_handlers(struct out *out, const struct model_decl *iface)
{
	const struct out_var *vars = OUT_VARS({"iface", iface->name.c}, {"name", iface->name.text});
	const struct model_method *method;
	size_t i;

	out_text(out, vars,
		 "/* What a server of $name$ does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */\n"
		 "struct $iface$_handlers {\n");
	out_indent(out, 1);
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if (method->kind == MODEL_EVENT)
			continue;
		out_puts(out, method->kind == MODEL_ONEWAY ? "void " : "cdrpc_status ");
		out_text(out, emit_method_vars(out_arena(out), iface, method),
			 "(*$member$)(struct cdrpc_call *$call$, void *$self$$inputs$);\n");
	}
	out_indent(out, -1);
	out_text(out, vars,
		 "};\n"
		 "/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. "
		 "*/\n"
		 "cdrpc_status $iface$_serve(struct cdrpc_server *server, const struct $iface$_handlers *handlers, "
		 "void *self);\n"
		 "\n");
}

/* Reply functions, and those that emit events. */
static void
emit_answers(struct out *out, const struct model_decl *iface)
{
	const struct model_method *method;
	const struct out_var *vars;
	bool any = false;
	size_t i;

	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if (method->kind != MODEL_TWO_WAY || method->reply.param_count == 0)
			continue;
		vars = emit_method_vars(out_arena(out), iface, method);
		if (!any)
			out_puts(out, "/* Answers with success and these outputs, which are borrowed until it returns. "
				      "Any thread, once a call. */\n");
		any = true;
		out_text(out, vars, "cdrpc_status $method$_reply(struct cdrpc_call *$call$$answers$);\n");
	}
	if (any)
		out_puts(out, "\n");
	any = false;
	for (i = 0; i < iface->as.iface.method_count; i++) {
		method = &iface->as.iface.methods[i];
		if (method->kind != MODEL_EVENT)
			continue;
		vars = emit_method_vars(out_arena(out), iface, method);
		if (!any)
			out_puts(out, "/* To one listener, or with NULL to every one. Any thread: see cdrpc_server_post(). */\n");
		any = true;
		out_text(out, vars,
			 "cdrpc_status $method$(struct cdrpc_server *$server$, struct cdrpc_peer *$to$$inputs$);\n");
	}
	if (any)
		out_puts(out, "\n");
}

static void
emit_header_interface(struct out *out, const struct model_decl *iface)
{
	const struct out_var *vars = OUT_VARS({"iface", iface->name.c}, {"name", iface->name.text});
	size_t methods = emit_count_methods(&iface->as.iface, false);
	size_t i;

	out_text(out, vars, "/* ---- $name$ ---- */\n\n");
	emit_service(out, iface->as.iface.c_service, iface->as.iface.service);
	emit_interface_comment(out, iface);
	out_text(out, vars, "extern const struct cdrpc_interface $iface$_interface;\n\n");
	for (i = 0; i < iface->as.iface.method_count; i++) {
		if (iface->as.iface.methods[i].kind != MODEL_EVENT)
			emit_client_method(out, iface, &iface->as.iface.methods[i]);
	}
	if (methods < iface->as.iface.method_count)
		emit_events(out, iface);
	if (methods > 0)
		emit_handlers(out, iface);
	else
		out_text(out, vars,
			 "/* The interface has events only. */\n"
			 "cdrpc_status $iface$_serve(struct cdrpc_server *server);\n\n");
	emit_answers(out, iface);
}

static void
emit_places(struct out *out, const struct model_decl *iface)
{
	const struct model_interface *methods = &iface->as.iface;
	size_t i;

	out_text(out, OUT_VARS({"iface", iface->name.c}), "/* Where methods and events stand in the tables of $iface$_interface. */\nenum {\n");
	for (i = 0; i < methods->method_count; i++)
		out_text(out, OUT_VARS({"method", methods->by_ordinal[i]->name.c}, {"comma", i + 1 < methods->method_count ? "," : ""}),
			 "\t$method$_in_table$comma$\n");
	out_puts(out, "};\n\n");
}

/* What stubs, skeletons and importing modules need. */
static void
emit_codec(struct out *out, const struct model_decl *decl)
{
	struct arena *arena = out_arena(out);
	const struct out_var *vars = OUT_VARS({"decl", decl->name.c}, {"object", emit_object(arena, decl)});

	if (decl->kind == MODEL_INTERFACE)
		emit_places(out, decl);
	if (decl->kind == MODEL_ENUM && decl->as.set.strict)
		out_text(out, vars, "bool $decl$_valid($decl$_t $object$);\n");
	if (decl->kind == MODEL_STRUCT && decl->facts.checked)
		out_text(out, vars, "bool $decl$_valid(const struct $decl$ *$object$);\n");
	if (decl->kind == MODEL_TABLE || decl->kind == MODEL_UNION ||
	    (decl->kind == MODEL_STRUCT && emit_has_write(decl)))
		out_text(out, vars, "void $decl$_write(struct cdrpc_writer *w, const struct $decl$ *$object$);\n");
	if (decl->kind == MODEL_TABLE || decl->kind == MODEL_UNION)
		out_text(out, vars,
			 "void $decl$_read(struct cdrpc_reader *r, struct $decl$ *$object$);\n"
			 "extern const struct cdrpc_shape $decl$_shape;\n");
}

static void
emit_codecs(struct out *out, const struct model *model)
{
	struct out *codecs = out_new(out_arena(out));
	const char *text;
	size_t length, i;

	for (i = 0; i < model->decl_count; i++)
		emit_codec(codecs, model->decls[i]);
	text = out_string(codecs, &length);
	if (length == 0)
		return;
	out_puts(out, "/* ---- for generated code ---- */\n\n"
		      "struct cdrpc_reader;\n"
		      "struct cdrpc_shape;\n"
		      "struct cdrpc_writer;\n"
		      "\n");
	out_puts(out, text);
	out_puts(out, "\n");
}

void
emit_header(struct out *out, const struct model *model, const char *stem)
{
	struct arena *arena = out_arena(out);
	const struct out_var *vars = OUT_VARS({"guard", emit_guard(arena, model, "_H")});
	size_t i;

	out_wrap(out, EMIT_COLUMNS);
	emit_head(out, model, stem, "C header");
	out_text(out, vars,
		 "#ifndef $guard$\n"
		 "#define $guard$\n"
		 "\n"
		 "#include <cdrpc/cdrpc.h>\n");
	for (i = 0; i < model->import_count; i++)
		out_puts(out, arena_format(arena, "#include \"%s\"\n", model->imports[i].include));
	out_puts(out, "\n" EMIT_PACK_BEGIN "#ifdef __cplusplus\n"
		      "extern \"C\" {\n"
		      "#endif\n"
		      "\n");
	emit_consts(out, model);
	emit_sets(out, model);
	emit_record_types(out, model);
	emit_interfaces(out, model, emit_header_interface);
	emit_codecs(out, model);
	out_puts(out, "#ifdef __cplusplus\n"
		      "}\n"
		      "#endif\n" EMIT_PACK_END "#endif\n");
}
