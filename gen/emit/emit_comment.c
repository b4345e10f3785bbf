#include "emit/emit_c.h"

#include <string.h>

#include "base/arena.h"
#include "emit/out.h"
#include "model/cname.h"

#define REMARK_COLUMN 40
#define TAB 8

/* A block comment of these lines. */
static void
put_comment(struct out *out, const char *const *lines, size_t count)
{
	struct arena *arena = out_arena(out);
	const char *line;
	size_t i;

	if (count == 1 && strlen(lines[0]) < EMIT_COLUMNS - TAB - strlen("/*  */")) {
		out_puts(out, arena_format(arena, "/* %s */\n", cname_comment(arena, lines[0])));
		return;
	}
	out_puts(out, "/*\n");
	for (i = 0; i < count; i++) {
		line = cname_comment(arena, lines[i]);
		out_puts(out, arena_format(arena, *line ? " * %s\n" : " *\n", line));
	}
	out_puts(out, " */\n");
}

/* The length of the first line: up to a comma if one is near its end, and it is no prose, else up to a blank. */
static size_t
fold_length(const char *text, size_t width, bool prose)
{
	size_t comma, blank;

	if (strlen(text) <= width)
		return strlen(text);
	for (comma = width; !prose && comma > width / 2; comma--) {
		if (text[comma] == ' ' && text[comma - 1] == ',')
			return comma;
	}
	for (blank = width; blank > width / 2; blank--) {
		if (text[blank] == ' ')
			return blank;
	}
	return width + strcspn(text + width, " ");
}

/* Breaks a text into lines; those behind the first begin with 'margin', which prose has none of. */
static const char **
fold(struct arena *arena, const char *text, const char *margin, size_t *ret_count)
{
	const size_t width = EMIT_COLUMNS - TAB - strlen(" *     ");
	const char **lines = ARENA_ARRAY(arena, strlen(text) / (width / 2) + 2, const char *);
	size_t count = 0;
	size_t length;

	do {
		length = fold_length(text, width, !*margin);
		lines[count] = arena_format(arena, "%s%.*s", count ? margin : "", (int)length, text);
		count++;
		text += text[length] == ' ' ? length + 1 : length;
	} while (*text);
	*ret_count = count;
	return lines;
}

void
emit_idl(struct out *out, const char *text)
{
	size_t count;
	const char **lines = fold(out_arena(out), text, "    ", &count);

	put_comment(out, lines, count);
}

const char *
emit_age(struct arena *arena, const struct model_age *age)
{
	struct text text = {.arena = arena};

	if (age->since)
		text_format(&text, ", since %u", (unsigned)age->since);
	if (age->deprecated)
		text_format(&text, ", deprecated since %u", (unsigned)age->deprecated);
	if (age->deprecated_text)
		text_format(&text, ": %s", cname_line(arena, age->deprecated_text));
	return text_string(&text);
}

const char *
emit_age_sentence(struct arena *arena, const struct model_age *age)
{
	struct text text = {.arena = arena};

	if (age->since)
		text_format(&text, "Since version %u.", (unsigned)age->since);
	if (age->deprecated)
		text_format(&text, "%sDeprecated since version %u%s%s.", text.length ? " " : "",
			    (unsigned)age->deprecated, age->deprecated_text ? ": " : "",
			    age->deprecated_text ? cname_line(arena, age->deprecated_text) : "");
	return text_string(&text);
}

const char *
emit_duration(struct arena *arena, uint32_t ms)
{
	return ms % 1000 ? arena_format(arena, "%u ms", (unsigned)ms) : arena_format(arena, "%u s", (unsigned)ms / 1000);
}

const char *
emit_method_facts(struct arena *arena, const struct model_decl *iface, const struct model_method *method)
{
	struct text text = {.arena = arena};

	if (method->is_inline)
		text_puts(&text, " Answered inside the sent message: its handler is quick and calls nobody.");
	if (method->secret)
		text_puts(&text, " Secret: never traced, zeroed after use.");
	if (method->coalesce)
		text_puts(&text, " A slow listener gets the latest only.");
	if (method->timeout_ms != iface->as.iface.timeout_ms && method->kind == MODEL_TWO_WAY)
		text_format(&text, " Its deadline is %s.", emit_duration(arena, method->timeout_ms));
	return text.length ? text_string(&text) + 1 : "";
}

static bool
has_method(const struct model_decl *iface, enum model_method_kind kind)
{
	size_t i;

	for (i = 0; i < iface->as.iface.method_count; i++)
		if (iface->as.iface.methods[i].kind == kind)
			return true;
	return false;
}

const char *
emit_interface_facts(struct arena *arena, const struct model_decl *iface)
{
	uint32_t timeout_ms = iface->as.iface.timeout_ms;
	struct text text = {.arena = arena};

	if (has_method(iface, MODEL_TWO_WAY))
		text_format(&text,
			    "A call is made, begun and finished by the thread that has connected the client. Its deadline is %s, "
			    "unless its method or cdrpc_client_set_timeout() states another. Its handler runs on a thread of the "
			    "server's; any thread replies. ",
			    timeout_ms ? emit_duration(arena, timeout_ms) : "the client's options.call_timeout_ms");
	if (has_method(iface, MODEL_ONEWAY))
		text_puts(&text, "A oneway is sent by the thread that has connected the client; its handler runs on a thread of the "
				 "server's. ");
	if (has_method(iface, MODEL_EVENT))
		text_puts(&text, "Any thread emits; the client's thread listens, and hears. ");
	text_format(&text, "%s_serve comes before the server is started.", iface->name.c);
	return text_string(&text);
}

void
emit_doc_comment(struct out *out, const struct model_doc *doc, const char *remark, const char *text)
{
	struct arena *arena = out_arena(out);
	const char **folded = NULL, **remarks = NULL;
	const char **lines;
	size_t folded_count = 0, remark_count = 0;
	size_t room = doc->line_count + 2;
	size_t count = 0;
	size_t i, k;

	if (text)
		folded = fold(arena, text, "    ", &folded_count);
	if (*remark)
		remarks = fold(arena, remark, "", &remark_count);
	for (i = 0; i < doc->param_count; i++)
		room += doc->params[i].line_count + 1;
	lines = ARENA_ARRAY(arena, room + folded_count + remark_count, const char *);
	for (i = 0; i < doc->line_count; i++)
		lines[count++] = doc->lines[i];
	for (i = 0; i < doc->param_count; i++) {
		lines[count++] = arena_format(arena, "@param %s %s", doc->params[i].name, doc->params[i].lines[0]);
		for (k = 1; k < doc->params[i].line_count; k++)
			lines[count++] = arena_format(arena, "    %s", doc->params[i].lines[k]);
	}
	for (i = 0; i < remark_count; i++)
		lines[count++] = remarks[i];
	if (count > 0 && folded_count > 0)
		lines[count++] = "";
	for (i = 0; i < folded_count; i++)
		lines[count++] = folded[i];
	if (count > 0)
		put_comment(out, lines, count);
}

void
emit_decl_comment(struct out *out, const struct model_decl *decl)
{
	emit_doc_comment(out, &decl->doc, emit_age_sentence(out_arena(out), &decl->age), NULL);
}

static const char *
with_age(struct arena *arena, const struct model_age *age, const char *facts)
{
	const char *sentence = emit_age_sentence(arena, age);

	return arena_format(arena, "%s%s%s", sentence, *sentence && *facts ? " " : "", facts);
}

void
emit_interface_comment(struct out *out, const struct model_decl *iface)
{
	struct arena *arena = out_arena(out);

	emit_doc_comment(out, &iface->doc, with_age(arena, &iface->age, emit_interface_facts(arena, iface)), NULL);
}

void
emit_method_comment(struct out *out, const struct model_decl *iface, const struct model_method *method)
{
	struct arena *arena = out_arena(out);

	emit_doc_comment(out, &method->doc, with_age(arena, &method->age, emit_method_facts(arena, iface, method)), method->text);
}

void
emit_remark(struct out *out, const char *code, const char *comment)
{
	struct arena *arena = out_arena(out);
	struct text line = {.arena = arena};
	const char **lines;
	size_t count;
	size_t column = out_column(out) + strlen(code);

	if (!comment || !*comment) {
		out_puts(out, arena_format(arena, "%s\n", code));
		return;
	}
	comment = cname_comment(arena, comment);
	text_puts(&line, code);
	if (column >= REMARK_COLUMN)
		text_puts(&line, " ");
	for (; column < REMARK_COLUMN; column += TAB - column % TAB)
		text_puts(&line, "\t");
	if (column + strlen(comment) + strlen("/*  */") > EMIT_COLUMNS) {
		lines = fold(arena, comment, "", &count);
		put_comment(out, lines, count);
		out_puts(out, arena_format(arena, "%s\n", code));
		return;
	}
	out_puts(out, arena_format(arena, "%s/* %s */\n", text_string(&line), comment));
}

void
emit_head(struct out *out, const struct model *model, const char *stem, const char *what)
{
	struct arena *arena = out_arena(out);
	const struct model_doc *doc = &model->doc;
	const char **lines = ARENA_ARRAY(arena, doc->line_count + 3, const char *);
	const char *age = emit_age_sentence(arena, &model->age);
	size_t count = 0;
	size_t i;

	lines[count++] = arena_format(arena, "%s of module %s, written by cdidl from %s.cdidl. Changes belong there.",
				      what, model->name.text, stem);
	if (doc->line_count > 0 || *age)
		lines[count++] = "";
	for (i = 0; i < doc->line_count; i++)
		lines[count++] = doc->lines[i];
	if (*age)
		lines[count++] = age;
	put_comment(out, lines, count);
}

void
emit_source(struct out *out, const struct model *model, const char *stem, const char *what, const char *headers)
{
	out_wrap(out, EMIT_COLUMNS);
	emit_head(out, model, stem, what);
	out_text(out, OUT_VARS({"stem", stem}, {"headers", headers}),
		 "#include \"$stem$.h\"\n"
		 "\n"
		 "$headers$\n"
		 "#include <cdrpc/generated.h>\n"
		 "\n"
		 "#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1\n"
		 "#error \"cdrpc is of another version than the cdidl that has written this file\"\n"
		 "#endif\n"
		 "\n");
}

void
emit_why_again(struct out *out)
{
	out_puts(out, "/*\n"
		      " * What is sent is written in a loop. A first round goes on counting when the buffer is full; then cdrpc_write_again() has\n"
		      " * found room for all of it, and asks for a second one.\n"
		      " */\n\n");
}

void
emit_interfaces(struct out *out, const struct model *model,
		void (*emit)(struct out *out, const struct model_decl *iface))
{
	size_t i;

	for (i = 0; i < model->decl_count; i++)
		if (model->decls[i]->kind == MODEL_INTERFACE)
			emit(out, model->decls[i]);
}
