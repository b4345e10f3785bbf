/* Fuzz harness of module test.events, written by cdidl from events.cdidl. Changes belong there. */
#include "events.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1
#error "cdrpc is of another version than the cdidl that has written this file"
#endif

/*
 * For libFuzzer: link it with events_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
 *
 * An input is 8 bytes that choose what to decode (2), the size of the blob area (2), how many handles there are (1),
 * and whether the peer can still write to the blob area (1); then the body, then the blob area.
 */
struct cdrpc_fuzz_target {
	void (*run)(struct cdrpc_reader *r, struct cdrpc_writer *w);
	const struct cdrpc_handle_item *handles;
	uint32_t handle_count;
};

static void
cdrpc_fuzz_type_events_leaf(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct events_leaf *value = (struct events_leaf *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		events_leaf_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		events_leaf_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
cdrpc_fuzz_type_events_any(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct events_any *value = (struct events_any *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		events_any_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		events_any_write(w, value);
	} while (cdrpc_write_again(w));
}

/* event changed(Leaf leaf, Any? any, string[<=16][<=4] names) @2; */
static void
cdrpc_fuzz_request_events_news_emit_changed(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct events_leaf *leaf;
	struct events_any *any = NULL;
	const char **names;
	uint32_t names_count;
	uint32_t i, n;

	leaf = (struct events_leaf *)cdrpc_read_alloc(r, 1, sizeof *leaf);
	if (leaf)
		events_leaf_read(r, leaf);
	if (cdrpc_read_present(r)) {
		any = (struct events_any *)cdrpc_read_alloc(r, 1, sizeof *any);
		if (any)
			events_any_read(r, any);
	}
	names_count = cdrpc_read_count(r, 4, 5);
	names = (const char **)cdrpc_read_alloc(r, names_count, sizeof *names);
	for (i = 0; names && i < names_count; i++)
		names[i] = cdrpc_read_string(r, 16);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		events_leaf_write(w, leaf);
		if (cdrpc_write_present(w, any))
			events_any_write(w, any);
		n = cdrpc_write_count(w, names, names_count, 4);
		for (i = 0; i < n; i++)
			cdrpc_write_string(w, names[i], 16);
	} while (cdrpc_write_again(w));
}

/* event progress(u64 position_ns) @1; */
static void
cdrpc_fuzz_request_events_news_emit_progress(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint64_t position_ns;

	position_ns = cdrpc_read_u64(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u64(w, position_ns);
	} while (cdrpc_write_again(w));
}

/* oneway write(string[<=1K] line, Leaf[<=4] leaves) @1; */
static void
cdrpc_fuzz_request_events_log_write(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char *line;
	struct events_leaf *leaves;
	uint32_t leaves_count;
	uint32_t i, n;

	line = cdrpc_read_string(r, (1 << 10));
	leaves_count = cdrpc_read_count(r, 4, 8);
	leaves = (struct events_leaf *)cdrpc_read_alloc(r, leaves_count, sizeof *leaves);
	for (i = 0; leaves && i < leaves_count; i++)
		events_leaf_read(r, &leaves[i]);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_string(w, line, (1 << 10));
		n = cdrpc_write_count(w, leaves, leaves_count, 4);
		for (i = 0; i < n; i++)
			events_leaf_write(w, &leaves[i]);
	} while (cdrpc_write_again(w));
}

/* level(out u32 level) @3; */
static void
cdrpc_fuzz_reply_events_log_level(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t level;

	level = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, level);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{cdrpc_fuzz_type_events_leaf, NULL, 0},
	{cdrpc_fuzz_type_events_any, NULL, 0},
	{cdrpc_fuzz_request_events_news_emit_changed, NULL, 0},
	{cdrpc_fuzz_request_events_news_emit_progress, NULL, 0},
	{cdrpc_fuzz_request_events_log_write, NULL, 0},
	{cdrpc_fuzz_reply_events_log_level, NULL, 0},
};

/* A message as it travels, each part in a block of its own, so that a sanitizer sees a read past its end. */
struct cdrpc_fuzz_message {
	uint8_t *body;
	uint8_t *blob;
	size_t body_size;
	size_t blob_size;
	uint32_t handle_count;
	bool blob_shared;
};

static uint8_t *
cdrpc_fuzz_copy(const void *data, size_t size)
{
	uint8_t *copy = (uint8_t *)malloc(size > 0 ? size : 1);

	if (!copy)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

static void
cdrpc_fuzz_free(struct cdrpc_fuzz_message *message)
{
	free(message->body);
	free(message->blob);
}

static cdrpc_status
cdrpc_fuzz_grow(struct cdrpc_writer *w, size_t size)
{
	w->base = (uint8_t *)malloc(size);
	w->capacity = size;
	return w->base ? CDRPC_OK : CDRPC_E_NOMEM;
}

static void
cdrpc_fuzz_written(const struct cdrpc_writer *w, struct cdrpc_fuzz_message *ret_message)
{
	uint8_t *blob = (uint8_t *)calloc(w->blob_size + 1, 1);
	size_t at = 0;
	uint32_t i;

	if (!blob)
		abort();
	for (i = 0; i < w->blob_count; i++) {
		if (w->blobs[i].size > 0)
			memcpy(blob + at, w->blobs[i].data, w->blobs[i].size);
		at += ((size_t)w->blobs[i].size + 7) & ~(size_t)7;
	}
	ret_message->body = cdrpc_fuzz_copy(w->base, w->at);
	ret_message->blob = cdrpc_fuzz_copy(blob, w->blob_size);
	ret_message->body_size = w->at;
	ret_message->blob_size = w->blob_size;
	ret_message->handle_count = w->handle_count;
	ret_message->blob_shared = false;
	free(blob);
}

/* Decodes a message and encodes what came of it; false where one of the two is refused, and nothing is returned. */
static bool
cdrpc_fuzz_turn(const struct cdrpc_fuzz_target *target, const struct cdrpc_fuzz_message *message,
		struct cdrpc_fuzz_message *ret_message)
{
	struct cdrpc_arena *arena = cdrpc_arena_new(NULL, (size_t)1 << 24);
	struct cdrpc_reader r;
	struct cdrpc_writer w;
	bool good;

	if (!arena)
		abort();
	cdrpc_reader_init(&r, arena, message->body, message->body_size, message->blob, message->blob_size);
	r.handles = target->handles;
	r.handle_count = message->handle_count;
	r.blob_shared = message->blob_shared;
	cdrpc_writer_init(&w, NULL, 0, cdrpc_fuzz_grow, NULL);
	target->run(&r, &w);
	/* Of an unknown member of a union no value is kept, so it cannot be written. */
	if (w.status != CDRPC_OK && w.status != CDRPC_E_ARGUMENT)
		abort();
	good = r.status == CDRPC_OK && w.status == CDRPC_OK;
	if (good)
		cdrpc_fuzz_written(&w, ret_message);
	free(w.base);
	cdrpc_arena_free(arena);
	return good;
}

static bool
cdrpc_fuzz_equal(const struct cdrpc_fuzz_message *a, const struct cdrpc_fuzz_message *b)
{
	return a->body_size == b->body_size && memcmp(a->body, b->body, a->body_size) == 0 &&
	       a->blob_size == b->blob_size && memcmp(a->blob, b->blob, a->blob_size) == 0 &&
	       a->handle_count == b->handle_count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t count = sizeof cdrpc_fuzz_targets / sizeof cdrpc_fuzz_targets[0];
	const size_t head = 8;
	const struct cdrpc_fuzz_target *target;
	struct cdrpc_fuzz_message input, once, twice;

	if (size < head)
		return 0;
	target = &cdrpc_fuzz_targets[(data[0] | (size_t)data[1] << 8) % count];
	input.blob_size = (data[2] | (size_t)data[3] << 8) % (size - head + 1) & ~(size_t)7;
	input.body_size = size - head - input.blob_size;
	input.body = cdrpc_fuzz_copy(data + head, input.body_size);
	input.blob = cdrpc_fuzz_copy(data + head + input.body_size, input.blob_size);
	input.handle_count = data[4] % (target->handle_count + 1);
	input.blob_shared = (data[5] & 1) != 0;
	if (cdrpc_fuzz_turn(target, &input, &once)) {
		/* What was written is read, and written as the same. */
		if (!cdrpc_fuzz_turn(target, &once, &twice) || !cdrpc_fuzz_equal(&once, &twice))
			abort();
		cdrpc_fuzz_free(&once);
		cdrpc_fuzz_free(&twice);
	}
	cdrpc_fuzz_free(&input);
	return 0;
}
