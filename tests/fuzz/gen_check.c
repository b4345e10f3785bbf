/*
 * The generator on any bytes: lexer, parser, resolver, C names, and the rendering of what they report. It ends in a model or in
 * diagnostics, never in both or neither, and what it would print is always text. What is accepted is written by each emitter, and
 * formatted: that makes the same model, and formatting it once more changes nothing.
 */
#include "front.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "emit/emit.h"
#include "emit/out.h"
#include "fmt/fmt.h"
#include "syntax/ast.h"
#include "syntax/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct piece {
	const char *bytes;
	size_t size;
};

static void
require(bool fact)
{
	if (!fact)
		abort();
}

static void
require_utf8(struct piece text)
{
	size_t at, step;
	uint32_t code;

	for (at = 0; at < text.size; at += step) {
		step = utf8_decode(text.bytes + at, text.size - at, &code);
		require(step > 0);
	}
}

static struct front
check(struct piece input)
{
	struct front front = front_text(input.bytes, input.size);
	const struct unit *unit = front.load->inputs[0];
	struct piece messages;

	messages.bytes = front_messages(&front, &messages.size);
	require((diag_errors(front.diag) == 0) == (messages.size == 0));
	require(unit->broken ? diag_errors(front.diag) > 0 : unit->model != NULL);
	require_utf8(messages);
	return front;
}

static struct piece
emitted(const struct front *front, void (*emit)(struct out *out, const struct model *model, const char *stem))
{
	struct out *out = out_new(front->arena);
	struct piece text;

	emit(out, front->load->inputs[0]->model, "test");
	text.bytes = out_string(out, &text.size);
	require(text.size > 0);
	require_utf8(text);
	return text;
}

static struct piece
formatted(const struct front *front, struct piece input)
{
	const struct source *source =
		source_new(front->arena, 0, "test.cdidl", arena_copy(front->arena, input.bytes, input.size), input.size);
	struct piece text;

	text.bytes = fmt_source(front->arena, source, &text.size);
	return text;
}

static void
require_equal(struct piece a, struct piece b)
{
	require(a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0);
}

/* The model without what was written, spaces included, for people to read. */
static struct piece
meaning(const struct front *front)
{
	const struct piece json = emitted(front, emit_json);
	char *kept = arena_alloc(front->arena, json.size);
	const char *line, *next, *end = json.bytes + json.size;
	size_t size = 0;

	for (line = json.bytes; line < end; line = next) {
		next = (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
		if (strncmp(line + strspn(line, "\t"), "\"text\":", 7) == 0)
			continue;
		memcpy(kept + size, line, (size_t)(next - line));
		size += (size_t)(next - line);
	}
	return (struct piece){kept, size};
}

static void
write_all(const struct front *front)
{
	emitted(front, emit_header);
	emitted(front, emit_types);
	emitted(front, emit_client);
	emitted(front, emit_server);
	emitted(front, emit_cpp);
	emitted(front, emit_fuzz);
	emitted(front, emit_doc);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct piece input = {(const char *)data, size};
	struct front front = check(input);
	struct front again;
	struct piece once;

	if (diag_errors(front.diag) == 0) {
		write_all(&front);
		once = formatted(&front, input);
		again = check(once);
		require(diag_errors(again.diag) == 0);
		require_equal(meaning(&front), meaning(&again));
		require_equal(once, formatted(&again, once));
		front_free(&again);
	}
	front_free(&front);
	return 0;
}
