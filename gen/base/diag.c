#include "base/diag.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Of a longer source line only a part around the caret is shown, in code points. */
#define LINE_SHOWN_MAX 160
#define LINE_SHOWN_BEFORE 60

/* A note to an error holds on to it; a cycle may need several, but not a thousand. */
#define NOTES_MAX 16

struct message {
	struct message *next; /* the next note */
	struct span span;
	const char *text;
};

struct error {
	struct message message;
	struct message *last_note;
	size_t note_count;
	size_t sequence;
};

struct diag {
	struct arena *arena;
	struct error errors[DIAG_ERRORS_MAX];
	size_t kept;
	size_t count;
	struct error *last; /* where a note goes; NULL after an error that was dropped */
};

struct diag *
diag_new(struct arena *arena)
{
	struct diag *diag = ARENA_NEW(arena, struct diag);

	diag->arena = arena;
	return diag;
}

static const char *DIAG_PRINTF(2, 0) message_text(struct arena *arena, const char *format, va_list values)
{
	va_list again;
	char *text, *c;
	int length;

	va_copy(again, values);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, values);
	/* A string of the source may have line ends in it, by escapes. */
	for (c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	return text;
}

static bool
span_equal(struct span a, struct span b)
{
	return a.source && a.source == b.source && a.offset == b.offset && a.length == b.length;
}

void
diag_error(struct diag *diag, struct span span, const char *format, ...)
{
	struct error *error;
	va_list values;
	size_t i;

	diag->last = NULL;
	for (i = 0; i < diag->kept; i++)
		if (span_equal(diag->errors[i].message.span, span))
			return;
	diag->count++;
	if (diag->kept == DIAG_ERRORS_MAX)
		return;
	error = &diag->errors[diag->kept];
	error->message.span = span;
	error->sequence = diag->kept++;
	va_start(values, format);
	error->message.text = message_text(diag->arena, format, values);
	va_end(values);
	diag->last = error;
}

void
diag_note(struct diag *diag, struct span span, const char *format, ...)
{
	struct error *error = diag->last;
	struct message *note;
	va_list values;

	if (!error || error->note_count == NOTES_MAX)
		return;
	note = ARENA_NEW(diag->arena, struct message);
	note->span = span;
	va_start(values, format);
	note->text = message_text(diag->arena, format, values);
	va_end(values);
	LIST_ADD(error->message.next, error->last_note, note);
	error->note_count++;
}

size_t
diag_errors(const struct diag *diag)
{
	return diag->count;
}

bool
diag_full(const struct diag *diag)
{
	return diag->kept == DIAG_ERRORS_MAX;
}

/* One code point of a source line; what a terminal must not see is replaced. */
static void
render_character(struct text *out, const char *text, size_t length, uint32_t code)
{
	bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
	bool direction = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);

	if (!length || (control && code != '\t') || direction)
		text_puts(out, "\xef\xbf\xbd");
	else
		text_add(out, text, length);
}

/* The line and, below it, the carets. Tabs stand in both, so that they line up whatever the tab width is. */
static void
render_line(struct text *out, struct span span, struct position position)
{
	size_t size, at, length, step;
	const char *line = source_line(span.source, position.line, &size);
	size_t start = span.offset - span.source->lines[position.line - 1];
	size_t end = start + (span.length ? span.length : 1);
	struct text carets = {.arena = out->arena};
	uint32_t code = 0, column = 1, from = 1, to;
	bool marked = false;

	if (position.column > LINE_SHOWN_MAX - LINE_SHOWN_BEFORE)
		from = position.column - LINE_SHOWN_BEFORE;
	to = from + LINE_SHOWN_MAX;
	text_puts(out, "  ");
	text_puts(&carets, "  ");
	if (from > 1) {
		text_puts(out, "...");
		text_puts(&carets, "   ");
	}
	for (at = 0; at < size && column < to; at += step, column++) {
		length = utf8_decode(line + at, size - at, &code);
		step = length ? length : 1;
		if (column < from)
			continue;
		render_character(out, line + at, length, code);
		if (at >= end)
			continue;
		text_repeat(&carets, at < start ? (line[at] == '\t' ? '\t' : ' ') : marked ? '~' : '^', 1);
		marked = at >= start;
	}
	if (at < size)
		text_puts(out, "...");
	text_format(out, "\n%s%s\n", text_string(&carets), marked ? "" : "^");
}

static void
render_message(struct text *out, const struct message *message, const char *severity)
{
	struct position position;

	if (!message->span.source) {
		text_format(out, "cdidl: %s: %s\n", severity, message->text);
		return;
	}
	position = source_position(message->span.source, message->span.offset);
	text_format(out, "%s:%u:%u: %s: %s\n", message->span.source->path, (unsigned)position.line,
		    (unsigned)position.column, severity, message->text);
	render_line(out, message->span, position);
}

static int
error_compare(const void *left, const void *right)
{
	const struct error *a = *(const struct error *const *)left, *b = *(const struct error *const *)right;
	const struct source *source_a = a->message.span.source, *source_b = b->message.span.source;
	/* What belongs to no file comes last. */
	uint64_t order_a = source_a ? (uint64_t)source_a->order << 32 | a->message.span.offset : UINT64_MAX;
	uint64_t order_b = source_b ? (uint64_t)source_b->order << 32 | b->message.span.offset : UINT64_MAX;

	if (order_a != order_b)
		return order_a < order_b ? -1 : 1;
	return a->sequence < b->sequence ? -1 : 1;
}

const char *
diag_render(const struct diag *diag, size_t *ret_length)
{
	struct text out = {.arena = diag->arena};
	const struct error *sorted[DIAG_ERRORS_MAX];
	const struct message *note;
	size_t i;

	for (i = 0; i < diag->kept; i++)
		sorted[i] = &diag->errors[i];
	qsort(sorted, diag->kept, sizeof *sorted, error_compare);
	for (i = 0; i < diag->kept; i++) {
		render_message(&out, &sorted[i]->message, "error");
		for (note = sorted[i]->message.next; note; note = note->next)
			render_message(&out, note, "note");
	}
	if (diag->count > diag->kept)
		text_format(&out, "too many errors: %zu shown, %zu more\n", diag->kept, diag->count - diag->kept);
	else if (diag->count)
		text_format(&out, "%zu error%s\n", diag->count, diag->count == 1 ? "" : "s");
	*ret_length = out.length;
	return text_string(&out);
}
