#include "emit/out.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

#define TAB 8
#define PARENS_MAX 32

struct out {
	struct arena *arena;
	struct text all;
	struct text line; /* what was added since the last newline, indentation included */
	size_t columns;
	size_t empty; /* lines that are held back until another follows */
	int indent;
};

struct out *
out_new(struct arena *arena)
{
	struct out *out = ARENA_NEW(arena, struct out);

	out->arena = arena;
	out->all.arena = arena;
	out->line.arena = arena;
	return out;
}

struct arena *
out_arena(const struct out *out)
{
	return out->arena;
}

void
out_wrap(struct out *out, size_t columns)
{
	out->columns = columns;
}

void
out_indent(struct out *out, int levels)
{
	out->indent += levels;
	assert(out->indent >= 0);
}

size_t
out_column(const struct out *out)
{
	return (size_t)out->indent * TAB;
}

static size_t
column_after(size_t column, char c)
{
	if (c == '\t')
		return column + TAB - column % TAB;
	/* A column is a code point: bytes that continue one are none. */
	return ((unsigned char)c & 0xc0) == 0x80 ? column : column + 1;
}

/* The index behind a string or character literal that begins at 'at'. */
static size_t
skip_literal(const char *line, size_t length, size_t at)
{
	char quote = line[at++];

	while (at < length && line[at] != quote)
		at += line[at] == '\\' ? 2 : 1;
	return at + 1;
}

static bool
may_break_at(const char *line, size_t length, size_t at)
{
	if (line[at] != ' ' || at == 0 || at + 1 == length)
		return false;
	return line[at - 1] == ',' ||
	       (at >= 2 && (memcmp(line + at - 2, "&&", 2) == 0 || memcmp(line + at - 2, "||", 2) == 0));
}

/* A place in a line, and the columns behind the parentheses that are open there. */
struct place {
	size_t at;
	size_t column;
	size_t depth;
	size_t parens[PARENS_MAX];
};

/* Steps over one character, or one literal. */
static void
step(struct place *place, const char *line, size_t length)
{
	char c = line[place->at];
	size_t next = place->at + 1;

	if (c == '"' || c == '\'')
		next = skip_literal(line, length, place->at);
	else if (c == '(' && place->depth < PARENS_MAX)
		place->parens[place->depth++] = place->column + 1;
	else if (c == ')' && place->depth > 0)
		place->depth--;
	for (; place->at < next && place->at < length; place->at++)
		place->column = column_after(place->column, line[place->at]);
}

/*
 * The last blank from 'from' on where the line may be broken and is not too wide yet; false when it need not or must
 * not be.
 */
static bool
find_break(const char *line, size_t length, size_t columns, const struct place *from, struct place *ret_place)
{
	struct place place = *from;
	struct place best;
	bool found = false;

	while (place.at < length) {
		if (strncmp(line + place.at, "/*", 2) == 0 || strncmp(line + place.at, "//", 2) == 0)
			return false;
		if (place.depth > 0 && place.column <= columns && may_break_at(line, length, place.at)) {
			best = place;
			found = true;
		}
		step(&place, line, length);
		if (place.column > columns && found) {
			*ret_place = best;
			return true;
		}
	}
	return false;
}

static void
end_line(struct out *out)
{
	const char *line = text_string(&out->line);
	size_t length = out->line.length;
	struct place place = {0};
	size_t start = 0;

	if (length == 0) {
		out->empty += out->all.length > 0;
		return;
	}
	text_repeat(&out->all, '\n', out->empty);
	out->empty = 0;
	while (out->columns && find_break(line, length, out->columns, &place, &place)) {
		text_add(&out->all, line + start, place.at - start);
		text_add(&out->all, "\n", 1);
		place.column = place.parens[place.depth - 1];
		text_repeat(&out->all, '\t', place.column / TAB);
		text_repeat(&out->all, ' ', place.column % TAB);
		start = ++place.at;
	}
	text_add(&out->all, line + start, length - start);
	text_add(&out->all, "\n", 1);
	out->line.length = 0;
}

static void
put(struct out *out, const char *text, size_t length)
{
	size_t i, start = 0;

	for (i = 0; i < length; i++) {
		if (out->line.length == 0 && text[i] != '\n')
			text_repeat(&out->line, '\t', (size_t)out->indent);
		if (text[i] != '\n')
			continue;
		text_add(&out->line, text + start, i - start);
		end_line(out);
		start = i + 1;
	}
	text_add(&out->line, text + start, length - start);
}

void
out_puts(struct out *out, const char *text)
{
	put(out, text, strlen(text));
}

static const char *
find_value(const struct out_var *vars, const char *name, size_t length)
{
	for (; vars && vars->name; vars++) {
		if (strlen(vars->name) == length && memcmp(vars->name, name, length) == 0)
			return vars->value;
	}
	return NULL;
}

void
out_text(struct out *out, const struct out_var *vars, const char *template)
{
	const char *dollar, *end, *value;

	while ((dollar = strchr(template, '$')) != NULL) {
		put(out, template, (size_t)(dollar - template));
		end = strchr(dollar + 1, '$');
		assert(end);
		value = end == dollar + 1 ? "$" : find_value(vars, dollar + 1, (size_t)(end - dollar - 1));
		assert(value);
		out_puts(out, value);
		template = end + 1;
		if (*value && value[strlen(value) - 1] == '_' && *template == '_')
			template++;
	}
	out_puts(out, template);
}

const char *
out_string(const struct out *out, size_t *ret_length)
{
	assert(out->line.length == 0);
	*ret_length = out->all.length;
	return text_string(&out->all);
}
