#include "emit/emit_json.h"

#include "base/arena.h"
#include "emit/out.h"

/* Control characters are escaped; all else is UTF-8, as it came. */
static const char *
quote(struct arena *arena, const char *from)
{
	struct text text = {.arena = arena};

	text_puts(&text, "\"");
	for (; *from; from++) {
		if ((unsigned char)*from < ' ')
			text_format(&text, "\\u%04x", (unsigned)(unsigned char)*from);
		else if (*from == '"' || *from == '\\')
			text_format(&text, "\\%c", *from);
		else
			text_add(&text, from, 1);
	}
	text_puts(&text, "\"");
	return text_string(&text);
}

static void
begin(struct json *json, const char *key)
{
	if (json->more)
		out_puts(json->out, ",\n");
	json->more = true;
	if (key) {
		out_puts(json->out, quote(out_arena(json->out), key));
		out_puts(json->out, ": ");
	}
}

void
json_open(struct json *json, const char *key, char bracket)
{
	begin(json, key);
	out_puts(json->out, bracket == '{' ? "{\n" : "[\n");
	out_indent(json->out, 1);
	json->more = false;
}

void
json_close(struct json *json, char bracket)
{
	if (json->more)
		out_puts(json->out, "\n");
	out_indent(json->out, -1);
	out_puts(json->out, bracket == '}' ? "}" : "]");
	json->more = true;
}

void
json_raw(struct json *json, const char *key, const char *value)
{
	begin(json, key);
	out_puts(json->out, value);
}

void
json_string(struct json *json, const char *key, const char *value)
{
	json_raw(json, key, quote(out_arena(json->out), value));
}

void
json_number(struct json *json, const char *key, uint64_t value)
{
	json_raw(json, key, arena_format(out_arena(json->out), "%llu", (unsigned long long)value));
}

void
json_bool(struct json *json, const char *key, bool value)
{
	json_raw(json, key, value ? "true" : "false");
}
