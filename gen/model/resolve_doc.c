#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/suggest.h"
#include "model/resolve_parts.h"

#define TAG "@param"

/* Lines that are being collected; the last ones that are empty are dropped at the end. */
struct lines {
	struct arena *arena;
	const char **lines;
	size_t count;
	size_t capacity;
};

static void
lines_add(struct lines *lines, const char *text, size_t length)
{
	const char **more;

	while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
		length--;
	if (!length && !lines->count)
		return;
	if (lines->count == lines->capacity) {
		lines->capacity = lines->capacity ? lines->capacity * 2 : 4;
		more = ARENA_ARRAY(lines->arena, lines->capacity, const char *);
		if (lines->count)
			memcpy(more, lines->lines, lines->count * sizeof *more);
		lines->lines = more;
	}
	lines->lines[lines->count++] = arena_copy(lines->arena, text, length);
}

static void
lines_finish(struct lines *lines, const char *const **ret_lines, size_t *ret_count)
{
	while (lines->count && !*lines->lines[lines->count - 1])
		lines->count--;
	*ret_lines = lines->lines;
	*ret_count = lines->count;
}

/* A doc comment's text: without the slashes and one space. */
static const char *
comment_text(const struct comment *comment, const char **ret_end)
{
	const char *text = comment->span.source->text + comment->span.offset;

	*ret_end = text + comment->span.length;
	text += 3;
	return text < *ret_end && *text == ' ' ? text + 1 : text;
}

struct model_doc
resolve_doc(struct resolve *cx, const struct comment *comments)
{
	struct lines lines = {.arena = cx->arena};
	struct model_doc doc = {0};
	const struct comment *comment;
	const char *text, *end;

	for (comment = comments; comment; comment = comment->next) {
		if (comment->kind != COMMENT_DOC)
			continue;
		text = comment_text(comment, &end);
		lines_add(&lines, text, (size_t)(end - text));
	}
	lines_finish(&lines, &doc.lines, &doc.line_count);
	return doc;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

/* The next "@param" that stands as a word of its own, or 'end'. */
static const char *
find_tag(const char *text, const char *end)
{
	const char *p;

	for (p = text; (size_t)(end - p) >= strlen(TAG); p++)
		if (!memcmp(p, TAG, strlen(TAG)) && (p == text || is_space(p[-1])) &&
		    (p + strlen(TAG) == end || is_space(p[strlen(TAG)])))
			return p;
	return end;
}

/* Where the text goes that is being read: to the method, or to one parameter. */
struct sorting {
	struct lines method;
	struct lines param;
	struct model_field *field;
	struct map names; /* of the parameters */
};

static void
report_param(struct resolve *cx, const struct model_method *method, const char *name, struct span span)
{
	struct suggest suggest = suggest_begin(name);
	size_t i;

	for (i = 0; !diag_full(cx->diag) && i < method->param_count; i++)
		suggest_add(&suggest, method->params[i].name.text);
	diag_error(cx->diag, span, "'%s' has no parameter '%s'%s", method->name.text, name,
		   suggest.best ? arena_format(cx->arena, "; did you mean '%s'?", suggest.best) : "");
}

/* The parameter that a tag names, NULL and reported when there is none. Moves '*text' behind the name. */
static struct model_field *
tagged_param(struct resolve *cx, const struct sorting *sorting, const struct comment *comment,
	     const struct model_method *method, const char **text, const char *end)
{
	struct model_field *field;
	struct span span = comment->span;
	const char *begin, *stop, *name;

	for (begin = *text; begin < end && is_space(*begin); begin++)
		;
	for (stop = begin; stop < end && !is_space(*stop); stop++)
		;
	*text = stop < end ? stop + 1 : stop;
	span.offset = (uint32_t)(begin - comment->span.source->text);
	span.length = (uint32_t)(stop - begin);
	name = arena_intern(cx->arena, begin, (size_t)(stop - begin));
	field = map_get(&sorting->names, map_name(name));
	if (!field) {
		report_param(cx, method, name, span);
		return NULL;
	}
	if (!field->doc.line_count)
		return field;
	diag_error(cx->diag, span, "a second @param for '%s'", name);
	return NULL;
}

static void
finish_param(struct sorting *sorting)
{
	if (sorting->field)
		lines_finish(&sorting->param, &sorting->field->doc.lines, &sorting->field->doc.line_count);
	sorting->param = (struct lines){.arena = sorting->param.arena};
	sorting->field = NULL;
}

static void
sort_line(struct resolve *cx, struct sorting *sorting, const struct comment *comment, struct model_method *method)
{
	const char *end, *text = comment_text(comment, &end), *tag = find_tag(text, end);

	if (tag == text && text < end)
		;
	else if (sorting->field && text < end)
		lines_add(&sorting->param, text, (size_t)(tag - text));
	else
		lines_add(&sorting->method, text, (size_t)(tag - text));
	if (text == end)
		finish_param(sorting);
	while (tag < end) {
		finish_param(sorting);
		text = tag + strlen(TAG);
		sorting->field = tagged_param(cx, sorting, comment, method, &text, end);
		tag = find_tag(text, end);
		while (text < tag && is_space(*text))
			text++;
		if (sorting->field)
			lines_add(&sorting->param, text, (size_t)(tag - text));
	}
}

void
resolve_doc_params(struct resolve *cx, const struct comment *comments, struct model_method *method)
{
	struct sorting sorting = {.method.arena = cx->arena, .param.arena = cx->arena};
	struct model_doc_param *params = ARENA_ARRAY(cx->arena, method->param_count, struct model_doc_param);
	const struct comment *comment;
	size_t i, count = 0;

	sorting.names.arena = cx->arena;
	for (i = 0; i < method->param_count; i++)
		map_add(&sorting.names, map_name(method->params[i].name.text), &method->params[i]);
	for (comment = comments; comment; comment = comment->next)
		if (comment->kind == COMMENT_DOC)
			sort_line(cx, &sorting, comment, method);
	finish_param(&sorting);
	lines_finish(&sorting.method, &method->doc.lines, &method->doc.line_count);
	for (i = 0; i < method->param_count; i++) {
		if (!method->params[i].doc.line_count)
			continue;
		params[count].name = method->params[i].name.text;
		params[count].lines = method->params[i].doc.lines;
		params[count++].line_count = method->params[i].doc.line_count;
	}
	method->doc.params = params;
	method->doc.param_count = count;
}
