#include "fmt/fmt_parts.h"

#include <stdbool.h>
#include <string.h>

/* Whether the second comment stands one line below the first. */
static bool
neighbours(const struct text *text, const struct fmt_mark *mark)
{
	const char *line_end;

	if (!mark->next || mark->next->level != mark->level)
		return false;
	line_end = memchr(text->data + mark->offset, '\n', mark->next->offset - mark->offset);
	return line_end && !memchr(line_end + 1, '\n', (size_t)(text->data + mark->next->offset - line_end - 1));
}

static struct text
align(struct arena *arena, const struct text *text, const struct fmt_mark *marks)
{
	struct text out = {.arena = arena};
	const struct fmt_mark *mark, *last;
	size_t column, written = 0;

	for (mark = marks; mark; mark = last->next) {
		column = mark->column;
		for (last = mark; neighbours(text, last); last = last->next)
			column = last->next->column > column ? last->next->column : column;
		for (;; mark = mark->next) {
			text_add(&out, text->data + written, mark->offset - written);
			text_repeat(&out, ' ', column - mark->column);
			written = mark->offset;
			if (mark == last)
				break;
		}
	}
	if (text->length > written)
		text_add(&out, text->data + written, text->length - written);
	return out;
}

/* Every line end, those in block comments too, becomes that of the first line. */
static const char *
set_line_ends(struct arena *arena, const struct source *source, const struct text *text, size_t *ret_length)
{
	const char *first = memchr(source->text, '\n', source->size), *line, *end, *stop = text->data + text->length;
	bool crlf = first && first > source->text && first[-1] == '\r';
	struct text out = {.arena = arena};

	for (line = text->data; line && line < stop; line = end + 1) {
		end = memchr(line, '\n', (size_t)(stop - line));
		text_add(&out, line, (size_t)(end - line) - (end > line && end[-1] == '\r'));
		text_puts(&out, crlf ? "\r\n" : "\n");
	}
	*ret_length = out.length;
	return text_string(&out);
}

const char *
fmt_finish(struct arena *arena, const struct source *source, const struct text *text, const struct fmt_mark *marks,
	   size_t *ret_length)
{
	struct text aligned = align(arena, text, marks);

	return set_line_ends(arena, source, &aligned, ret_length);
}
