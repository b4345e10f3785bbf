/* Fuzz harness of module test.unions, written by cdidl from unions.cdidl. Changes belong there. */
#include "unions.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

/*
 * For libFuzzer: link it with unions_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
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
fuzz_unions_leaf(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_leaf *value = (struct unions_leaf *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		unions_leaf_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		unions_leaf_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
fuzz_unions_inner(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_inner *value = (struct unions_inner *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		unions_inner_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		unions_inner_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
fuzz_unions_open(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_open *value = (struct unions_open *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		unions_open_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		unions_open_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
fuzz_unions_closed(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_closed *value = (struct unions_closed *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		unions_closed_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		unions_closed_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
fuzz_unions_small(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_small *value = (struct unions_small *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		unions_small_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		unions_small_write(w, value);
	} while (cdrpc_write_again(w));
}

/* put(Open a, Closed b, Open? c, Closed? d, Small e) @1; */
static void
fuzz_unions_put_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_open *a;
	struct unions_closed *b;
	struct unions_open *c = NULL;
	struct unions_closed *d = NULL;
	struct unions_small *e;

	a = (struct unions_open *)cdrpc_read_alloc(r, 1, sizeof *a);
	if (a)
		unions_open_read(r, a);
	b = (struct unions_closed *)cdrpc_read_alloc(r, 1, sizeof *b);
	if (b)
		unions_closed_read(r, b);
	if (cdrpc_read_present(r)) {
		c = (struct unions_open *)cdrpc_read_alloc(r, 1, sizeof *c);
		if (c)
			unions_open_read(r, c);
	}
	if (cdrpc_read_present(r)) {
		d = (struct unions_closed *)cdrpc_read_alloc(r, 1, sizeof *d);
		if (d)
			unions_closed_read(r, d);
	}
	e = (struct unions_small *)cdrpc_read_alloc(r, 1, sizeof *e);
	if (e)
		unions_small_read(r, e);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		unions_open_write(w, a);
		unions_closed_write(w, b);
		if (cdrpc_write_present(w, c))
			unions_open_write(w, c);
		if (cdrpc_write_present(w, d))
			unions_closed_write(w, d);
		unions_small_write(w, e);
	} while (cdrpc_write_again(w));
}

/* get(out Open a, out Closed b, out Open? c, out Small e) @2; */
static void
fuzz_unions_get_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_open *a;
	struct unions_closed *b;
	struct unions_open *c = NULL;
	struct unions_small *e;

	a = (struct unions_open *)cdrpc_read_alloc(r, 1, sizeof *a);
	if (a)
		unions_open_read(r, a);
	b = (struct unions_closed *)cdrpc_read_alloc(r, 1, sizeof *b);
	if (b)
		unions_closed_read(r, b);
	if (cdrpc_read_present(r)) {
		c = (struct unions_open *)cdrpc_read_alloc(r, 1, sizeof *c);
		if (c)
			unions_open_read(r, c);
	}
	e = (struct unions_small *)cdrpc_read_alloc(r, 1, sizeof *e);
	if (e)
		unions_small_read(r, e);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		unions_open_write(w, a);
		unions_closed_write(w, b);
		if (cdrpc_write_present(w, c))
			unions_open_write(w, c);
		unions_small_write(w, e);
	} while (cdrpc_write_again(w));
}

/* swap(inout Open a, inout Closed? b) @3; */
static void
fuzz_unions_swap_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_open *a;
	struct unions_closed *b = NULL;

	a = (struct unions_open *)cdrpc_read_alloc(r, 1, sizeof *a);
	if (a)
		unions_open_read(r, a);
	if (cdrpc_read_present(r)) {
		b = (struct unions_closed *)cdrpc_read_alloc(r, 1, sizeof *b);
		if (b)
			unions_closed_read(r, b);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		unions_open_write(w, a);
		if (cdrpc_write_present(w, b))
			unions_closed_write(w, b);
	} while (cdrpc_write_again(w));
}

/* swap(inout Open a, inout Closed? b) @3; */
static void
fuzz_unions_swap_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_open *a;
	struct unions_closed *b = NULL;

	a = (struct unions_open *)cdrpc_read_alloc(r, 1, sizeof *a);
	if (a)
		unions_open_read(r, a);
	if (cdrpc_read_present(r)) {
		b = (struct unions_closed *)cdrpc_read_alloc(r, 1, sizeof *b);
		if (b)
			unions_closed_read(r, b);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		unions_open_write(w, a);
		if (cdrpc_write_present(w, b))
			unions_closed_write(w, b);
	} while (cdrpc_write_again(w));
}

/* lists(Open[<=4] a, Closed[<=4] b, out Open[<=4] c, out Small[<=4] d) @4; */
static void
fuzz_unions_lists_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_open *a;
	uint32_t a_count;
	struct unions_closed *b;
	uint32_t b_count;
	uint32_t i, n;

	a_count = cdrpc_read_count(r, 4, 8);
	a = (struct unions_open *)cdrpc_read_alloc(r, a_count, sizeof *a);
	for (i = 0; a && i < a_count; i++)
		unions_open_read(r, &a[i]);
	b_count = cdrpc_read_count(r, 4, 8);
	b = (struct unions_closed *)cdrpc_read_alloc(r, b_count, sizeof *b);
	for (i = 0; b && i < b_count; i++)
		unions_closed_read(r, &b[i]);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		n = cdrpc_write_count(w, a, a_count, 4);
		for (i = 0; i < n; i++)
			unions_open_write(w, &a[i]);
		n = cdrpc_write_count(w, b, b_count, 4);
		for (i = 0; i < n; i++)
			unions_closed_write(w, &b[i]);
	} while (cdrpc_write_again(w));
}

/* lists(Open[<=4] a, Closed[<=4] b, out Open[<=4] c, out Small[<=4] d) @4; */
static void
fuzz_unions_lists_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct unions_open *c;
	uint32_t c_count;
	struct unions_small *d;
	uint32_t d_count;
	uint32_t i, n;

	c_count = cdrpc_read_count(r, 4, 8);
	c = (struct unions_open *)cdrpc_read_alloc(r, c_count, sizeof *c);
	for (i = 0; c && i < c_count; i++)
		unions_open_read(r, &c[i]);
	d_count = cdrpc_read_count(r, 4, 8);
	d = (struct unions_small *)cdrpc_read_alloc(r, d_count, sizeof *d);
	for (i = 0; d && i < d_count; i++)
		unions_small_read(r, &d[i]);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		n = cdrpc_write_count(w, c, c_count, 4);
		for (i = 0; i < n; i++)
			unions_open_write(w, &c[i]);
		n = cdrpc_write_count(w, d, d_count, 4);
		for (i = 0; i < n; i++)
			unions_small_write(w, &d[i]);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{fuzz_unions_leaf, NULL, 0},
	{fuzz_unions_inner, NULL, 0},
	{fuzz_unions_open, NULL, 0},
	{fuzz_unions_closed, NULL, 0},
	{fuzz_unions_small, NULL, 0},
	{fuzz_unions_put_request, NULL, 0},
	{fuzz_unions_get_reply, NULL, 0},
	{fuzz_unions_swap_request, NULL, 0},
	{fuzz_unions_swap_reply, NULL, 0},
	{fuzz_unions_lists_request, NULL, 0},
	{fuzz_unions_lists_reply, NULL, 0},
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
