/* Fuzz harness of module test.tables, written by cdidl from tables.cdidl. Changes belong there. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1
#error "cdrpc is of another version than the cdidl that has written this file"
#endif

/*
 * For libFuzzer: link it with tables_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
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
cdrpc_fuzz_type_tables_any(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_any *value = (struct tables_any *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		tables_any_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		tables_any_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
cdrpc_fuzz_type_tables_leaf(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_leaf *value = (struct tables_leaf *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		tables_leaf_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		tables_leaf_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
cdrpc_fuzz_type_tables_everything(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_everything *value = (struct tables_everything *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		tables_everything_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		tables_everything_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
cdrpc_fuzz_type_tables_optional(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_optional *value = (struct tables_optional *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		tables_optional_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		tables_optional_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
cdrpc_fuzz_type_tables_lists(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_lists *value = (struct tables_lists *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		tables_lists_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		tables_lists_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
cdrpc_fuzz_type_tables_order(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_order *value = (struct tables_order *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		tables_order_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		tables_order_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
cdrpc_fuzz_type_tables_choice(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_choice *value = (struct tables_choice *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		tables_choice_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		tables_choice_write(w, value);
	} while (cdrpc_write_again(w));
}

/* put(Everything a, Optional b, Lists c, Order d) @1; */
static void
cdrpc_fuzz_request_tables_put(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_everything *a;
	struct tables_optional *b;
	struct tables_lists *c;
	struct tables_order *d;

	a = (struct tables_everything *)cdrpc_read_alloc(r, 1, sizeof *a);
	if (a)
		tables_everything_read(r, a);
	b = (struct tables_optional *)cdrpc_read_alloc(r, 1, sizeof *b);
	if (b)
		tables_optional_read(r, b);
	c = (struct tables_lists *)cdrpc_read_alloc(r, 1, sizeof *c);
	if (c)
		tables_lists_read(r, c);
	d = (struct tables_order *)cdrpc_read_alloc(r, 1, sizeof *d);
	if (d)
		tables_order_read(r, d);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		tables_everything_write(w, a);
		tables_optional_write(w, b);
		tables_lists_write(w, c);
		tables_order_write(w, d);
	} while (cdrpc_write_again(w));
}

/* get(out Everything a, out Optional b, out Lists c, out Order d) @2; */
static void
cdrpc_fuzz_reply_tables_get(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_everything *a;
	struct tables_optional *b;
	struct tables_lists *c;
	struct tables_order *d;

	a = (struct tables_everything *)cdrpc_read_alloc(r, 1, sizeof *a);
	if (a)
		tables_everything_read(r, a);
	b = (struct tables_optional *)cdrpc_read_alloc(r, 1, sizeof *b);
	if (b)
		tables_optional_read(r, b);
	c = (struct tables_lists *)cdrpc_read_alloc(r, 1, sizeof *c);
	if (c)
		tables_lists_read(r, c);
	d = (struct tables_order *)cdrpc_read_alloc(r, 1, sizeof *d);
	if (d)
		tables_order_read(r, d);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		tables_everything_write(w, a);
		tables_optional_write(w, b);
		tables_lists_write(w, c);
		tables_order_write(w, d);
	} while (cdrpc_write_again(w));
}

/* maybe(Leaf? a, out Leaf? b, inout Leaf? c) @3; */
static void
cdrpc_fuzz_request_tables_maybe(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_leaf *a = NULL;
	struct tables_leaf *c = NULL;

	if (cdrpc_read_present(r)) {
		a = (struct tables_leaf *)cdrpc_read_alloc(r, 1, sizeof *a);
		if (a)
			tables_leaf_read(r, a);
	}
	if (cdrpc_read_present(r)) {
		c = (struct tables_leaf *)cdrpc_read_alloc(r, 1, sizeof *c);
		if (c)
			tables_leaf_read(r, c);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, a))
			tables_leaf_write(w, a);
		if (cdrpc_write_present(w, c))
			tables_leaf_write(w, c);
	} while (cdrpc_write_again(w));
}

/* maybe(Leaf? a, out Leaf? b, inout Leaf? c) @3; */
static void
cdrpc_fuzz_reply_tables_maybe(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct tables_leaf *b = NULL;
	struct tables_leaf *c = NULL;

	if (cdrpc_read_present(r)) {
		b = (struct tables_leaf *)cdrpc_read_alloc(r, 1, sizeof *b);
		if (b)
			tables_leaf_read(r, b);
	}
	if (cdrpc_read_present(r)) {
		c = (struct tables_leaf *)cdrpc_read_alloc(r, 1, sizeof *c);
		if (c)
			tables_leaf_read(r, c);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, b))
			tables_leaf_write(w, b);
		if (cdrpc_write_present(w, c))
			tables_leaf_write(w, c);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{cdrpc_fuzz_type_tables_any, NULL, 0},
	{cdrpc_fuzz_type_tables_leaf, NULL, 0},
	{cdrpc_fuzz_type_tables_everything, NULL, 0},
	{cdrpc_fuzz_type_tables_optional, NULL, 0},
	{cdrpc_fuzz_type_tables_lists, NULL, 0},
	{cdrpc_fuzz_type_tables_order, NULL, 0},
	{cdrpc_fuzz_type_tables_choice, NULL, 0},
	{cdrpc_fuzz_request_tables_put, NULL, 0},
	{cdrpc_fuzz_reply_tables_get, NULL, 0},
	{cdrpc_fuzz_request_tables_maybe, NULL, 0},
	{cdrpc_fuzz_reply_tables_maybe, NULL, 0},
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
