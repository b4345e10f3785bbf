#include "model/cname.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "model/model.h"

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A word begins at a capital, unless it goes on in an abbreviation: HTTPServer, Utf8Text, deviceID. */
static bool
begins_word(const char *name, size_t at)
{
	if (at == 0 || !is_upper(name[at]))
		return false;
	if (is_lower(name[at - 1]) || is_digit(name[at - 1]))
		return true;
	return is_upper(name[at - 1]) && is_lower(name[at + 1]);
}

const char *
cname_snake(struct arena *arena, const char *name)
{
	struct text text = {.arena = arena};
	size_t i;
	char c;

	for (i = 0; name[i]; i++) {
		if (begins_word(name, i))
			text_puts(&text, "_");
		c = is_upper(name[i]) ? (char)(name[i] - 'A' + 'a') : name[i];
		text_add(&text, &c, 1);
	}
	return text_string(&text);
}

const char *
cname_capitals(struct arena *arena, const char *name)
{
	char *capitals = arena_copy(arena, name, strlen(name));
	char *c;

	for (c = capitals; *c; c++) {
		if (is_lower(*c))
			*c = (char)(*c - 'a' + 'A');
	}
	return capitals;
}

static bool
ends_in_underscore(const char *name)
{
	size_t length = strlen(name);

	return length && name[length - 1] == '_';
}

const char *
cname_with(struct arena *arena, const char *name, const char *suffix)
{
	return arena_format(arena, "%s%s", name, suffix + ends_in_underscore(name));
}

const char *
cname_other(struct arena *arena, const char *name)
{
	return arena_format(arena, "%s%s", name, ends_in_underscore(name) ? "x" : "_");
}

const char *
cname_union_kind(struct arena *arena, const struct model_decl *decl, const struct model_field *member)
{
	const char *own = member->name.c_override;

	if (!own)
		own = cname_snake(arena, member->name.text);
	return cname_capitals(arena, cname_with(arena, decl->name.c, arena_format(arena, "_%s", own)));
}

/*
 * The length of a character that changes the direction of writing (U+200E, 200F, 202A to 202E, 2066 to 2069), else 0.
 */
static size_t
bidi_length(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;

	if (c[0] != 0xe2)
		return 0;
	if (c[1] == 0x80 && (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xaa && c[2] <= 0xae)))
		return 3;
	if (c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9)
		return 3;
	return 0;
}

/* Adds the character at 'from' such that it shows, and on the same line. Returns where the next one begins. */
static const char *
put_visible(struct text *text, const char *from)
{
	if (bidi_length(from) > 0) {
		text_format(text, "<U+%04X>",
			    0x2000u | ((unsigned char)from[1] & 0x3fu) << 6 | ((unsigned char)from[2] & 0x3fu));
		return from + 3;
	}
	text_add(text, (unsigned char)*from < ' ' || *from == 0x7f ? " " : from, 1);
	return from + 1;
}

const char *
cname_line(struct arena *arena, const char *from)
{
	struct text text = {.arena = arena};

	while (*from)
		from = put_visible(&text, from);
	return text_string(&text);
}

const char *
cname_comment(struct arena *arena, const char *from)
{
	struct text text = {.arena = arena};

	while (*from) {
		/* A trigraph for a backslash, at the end of a line, would join it with the next. */
		if ((from[0] == '*' && from[1] == '/') || (from[0] == '/' && from[1] == '*') ||
		    (from[0] == '?' && from[1] == '?')) {
			text_add(&text, from++, 1);
			text_puts(&text, " ");
		} else {
			from = put_visible(&text, from);
		}
	}
	return text_string(&text);
}

const char *
cname_literal(struct arena *arena, const char *from)
{
	struct text text = {.arena = arena};

	text_puts(&text, "\"");
	for (; *from; from++) {
		if ((unsigned char)*from < ' ' || (unsigned char)*from >= 0x7f)
			text_format(&text, "\\%03o", (unsigned)(unsigned char)*from);
		else if (*from == '"' || *from == '\\' || *from == '?')
			text_format(&text, "\\%c", *from);
		else
			text_add(&text, from, 1);
	}
	text_puts(&text, "\"");
	return text_string(&text);
}
