#include <string.h>

#include "fmt/fmt.h"
#include "fmt/fmt_parts.h"

#define CONTINUATION 4

size_t
fmt_columns(const char *text, size_t length)
{
	size_t count = 0, i;

	for (i = 0; i < length; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

const char *
fmt_text(struct span span)
{
	return span.source->text + span.offset;
}

struct piece *
fmt_add_piece(struct fmt *fmt, struct span span, bool space)
{
	const char *text = fmt_text(span);
	size_t length = span.length;
	struct piece *pieces;

	while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
		length--;
	if (fmt->piece_count == fmt->piece_capacity) {
		fmt->piece_capacity = fmt->piece_capacity ? fmt->piece_capacity * 2 : 64;
		pieces = ARENA_ARRAY(fmt->arena, fmt->piece_capacity, struct piece);
		if (fmt->piece_count)
			memcpy(pieces, fmt->pieces, fmt->piece_count * sizeof *pieces);
		fmt->pieces = pieces;
	}
	fmt->pieces[fmt->piece_count] = (struct piece){.text = text, .length = length, .space = space};
	return &fmt->pieces[fmt->piece_count++];
}

/* From one place where the line may break to the next. */
static size_t
chunk_width(const struct fmt *fmt, size_t first)
{
	size_t sum = 0, i;

	for (i = first; i < fmt->piece_count; i++) {
		if (fmt->pieces[i].behind || (i > first && (fmt->pieces[i].may_break || fmt->pieces[i].must_break)))
			break;
		sum += (i > first && fmt->pieces[i].space) + fmt_columns(fmt->pieces[i].text, fmt->pieces[i].length);
	}
	return sum;
}

static void
add_mark(struct fmt *fmt, size_t column)
{
	struct fmt_mark *mark = ARENA_NEW(fmt->arena, struct fmt_mark);

	mark->offset = fmt->out.length;
	mark->column = column;
	mark->level = fmt->level;
	LIST_ADD(fmt->marks, fmt->last_mark, mark);
}

void
fmt_flush(struct fmt *fmt)
{
	size_t column = fmt->level * FMT_INDENT, i;
	const struct piece *piece;

	fmt->begun = fmt->ended = fmt->after_comment = false;
	if (!fmt->piece_count)
		return;
	text_repeat(&fmt->out, ' ', column);
	for (i = 0; i < fmt->piece_count; i++) {
		piece = &fmt->pieces[i];
		if (i && (piece->must_break ||
			  (piece->may_break && column + piece->space + chunk_width(fmt, i) > FMT_WIDTH))) {
			column = fmt->level * FMT_INDENT + CONTINUATION;
			text_puts(&fmt->out, "\n");
			text_repeat(&fmt->out, ' ', column);
		} else if (i && piece->behind && !fmt->pieces[i - 1].behind) {
			add_mark(fmt, column);
			text_puts(&fmt->out, " ");
		} else if (i && piece->space) {
			text_puts(&fmt->out, " ");
			column++;
		}
		text_add(&fmt->out, piece->text, piece->length);
		column += fmt_columns(piece->text, piece->length);
	}
	text_puts(&fmt->out, "\n");
	fmt->piece_count = 0;
	fmt->opened = fmt->opens || fmt->closes;
	if (fmt->opens)
		fmt->level = 1;
	fmt->opens = fmt->closes = false;
}

void
fmt_keep_empty_line(struct fmt *fmt, uint32_t newlines)
{
	if (newlines > 1 && fmt->out.length && !fmt->opened)
		text_puts(&fmt->out, "\n");
	fmt->opened = false;
}

/* ---- behind the last line ---- */

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
