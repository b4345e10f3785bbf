/* Fuzz harness of module test.sets, written by cdidl from sets.cdidl. Changes belong there. */
#include "sets.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

/*
 * For libFuzzer: link it with sets_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
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
fuzz_sets(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct sets *value = (struct sets *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		sets_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		sets_write(w, value);
	} while (cdrpc_write_again(w));
}

/* put(Open8 a, Strict8 b, Strict64 c, Small d, Wide e, Strict8? f, Open32? g, Wide? h) fails Failure @1; */
static void
fuzz_sets_sets2_put_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	sets_open8_t a;
	sets_strict8_t b;
	sets_strict64_t c;
	sets_small_t d;
	sets_wide_t e;
	const sets_strict8_t *f = NULL;
	const sets_open32_t *g = NULL;
	const sets_wide_t *h = NULL;

	a = cdrpc_read_i8(r);
	b = cdrpc_read_u8(r);
	if (!sets_strict8_valid(b))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	c = cdrpc_read_i64(r);
	if (!sets_strict64_valid(c))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	d = cdrpc_read_u8(r);
	e = cdrpc_read_u64(r);
	if (cdrpc_read_present(r)) {
		f = (const sets_strict8_t *)cdrpc_read_flat(r, sizeof *f, 1);
		if (f && !sets_strict8_valid(*f))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(r))
		g = (const sets_open32_t *)cdrpc_read_flat(r, sizeof *g, 4);
	if (cdrpc_read_present(r))
		h = (const sets_wide_t *)cdrpc_read_flat(r, sizeof *h, 8);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_i8(w, a);
		if (!sets_strict8_valid(b))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_write_u8(w, b);
		if (!sets_strict64_valid(c))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_write_i64(w, c);
		cdrpc_write_u8(w, d);
		cdrpc_write_u64(w, e);
		if (cdrpc_write_present(w, f)) {
			if (!sets_strict8_valid(*f))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(w, *f);
		}
		if (cdrpc_write_present(w, g))
			cdrpc_write_i32(w, *g);
		if (cdrpc_write_present(w, h))
			cdrpc_write_u64(w, *h);
	} while (cdrpc_write_again(w));
}

/*
 * get(out Open8 a, out Strict8 b, out Strict64 c, out Small d, out Wide e, out Strict8? f,
 *     out Open32? g) @2;
 */
static void
fuzz_sets_sets2_get_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	sets_open8_t a;
	sets_strict8_t b;
	sets_strict64_t c;
	sets_small_t d;
	sets_wide_t e;
	const sets_strict8_t *f = NULL;
	const sets_open32_t *g = NULL;

	a = cdrpc_read_i8(r);
	b = cdrpc_read_u8(r);
	if (!sets_strict8_valid(b))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	c = cdrpc_read_i64(r);
	if (!sets_strict64_valid(c))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	d = cdrpc_read_u8(r);
	e = cdrpc_read_u64(r);
	if (cdrpc_read_present(r)) {
		f = (const sets_strict8_t *)cdrpc_read_flat(r, sizeof *f, 1);
		if (f && !sets_strict8_valid(*f))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(r))
		g = (const sets_open32_t *)cdrpc_read_flat(r, sizeof *g, 4);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_i8(w, a);
		if (!sets_strict8_valid(b))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_write_u8(w, b);
		if (!sets_strict64_valid(c))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_write_i64(w, c);
		cdrpc_write_u8(w, d);
		cdrpc_write_u64(w, e);
		if (cdrpc_write_present(w, f)) {
			if (!sets_strict8_valid(*f))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(w, *f);
		}
		if (cdrpc_write_present(w, g))
			cdrpc_write_i32(w, *g);
	} while (cdrpc_write_again(w));
}

/* swap(inout Strict8 a, inout Small b) @3; */
static void
fuzz_sets_sets2_swap_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	sets_strict8_t a;
	sets_small_t b;

	a = cdrpc_read_u8(r);
	if (!sets_strict8_valid(a))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	b = cdrpc_read_u8(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (!sets_strict8_valid(a))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_write_u8(w, a);
		cdrpc_write_u8(w, b);
	} while (cdrpc_write_again(w));
}

/* swap(inout Strict8 a, inout Small b) @3; */
static void
fuzz_sets_sets2_swap_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	sets_strict8_t a;
	sets_small_t b;

	a = cdrpc_read_u8(r);
	if (!sets_strict8_valid(a))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	b = cdrpc_read_u8(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (!sets_strict8_valid(a))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_write_u8(w, a);
		cdrpc_write_u8(w, b);
	} while (cdrpc_write_again(w));
}

/*
 * arrays(Strict8[3] fixed, Strict8[<=5] list, out Strict32[3] fixed_out, out Strict32[<=5] list_out,
 *     Strict8[2]? maybe) @4;
 */
static void
fuzz_sets_sets2_arrays_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const sets_strict8_t *fixed;
	const sets_strict8_t *list;
	uint32_t list_count;
	const sets_strict8_t *maybe = NULL;
	uint32_t i, n;

	fixed = (const sets_strict8_t *)cdrpc_read_flat(r, 3 * sizeof *fixed, 1);
	for (i = 0; fixed && i < 3; i++) {
		if (!sets_strict8_valid(fixed[i]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	list = (const sets_strict8_t *)cdrpc_read_array(r, 5, sizeof *list, 1, &list_count);
	for (i = 0; i < list_count; i++) {
		if (!sets_strict8_valid(list[i]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(r)) {
		maybe = (const sets_strict8_t *)cdrpc_read_flat(r, 2 * sizeof *maybe, 1);
		for (i = 0; maybe && i < 2; i++) {
			if (!sets_strict8_valid(maybe[i]))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
		}
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (!fixed)
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		for (i = 0; fixed && i < 3; i++) {
			if (!sets_strict8_valid(fixed[i]))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(w, fixed[i]);
		}
		n = cdrpc_write_count(w, list, list_count, 5);
		for (i = 0; i < n; i++) {
			if (!sets_strict8_valid(list[i]))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(w, list[i]);
		}
		if (cdrpc_write_present(w, maybe)) {
			for (i = 0; i < 2; i++) {
				if (!sets_strict8_valid(maybe[i]))
					cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
				cdrpc_write_u8(w, maybe[i]);
			}
		}
	} while (cdrpc_write_again(w));
}

/*
 * arrays(Strict8[3] fixed, Strict8[<=5] list, out Strict32[3] fixed_out, out Strict32[<=5] list_out,
 *     Strict8[2]? maybe) @4;
 */
static void
fuzz_sets_sets2_arrays_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const sets_strict32_t *fixed_out;
	const sets_strict32_t *list_out;
	uint32_t list_out_count;
	uint32_t i, n;

	fixed_out = (const sets_strict32_t *)cdrpc_read_flat(r, 3 * sizeof *fixed_out, 4);
	for (i = 0; fixed_out && i < 3; i++) {
		if (!sets_strict32_valid(fixed_out[i]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	list_out = (const sets_strict32_t *)cdrpc_read_array(r, 5, sizeof *list_out, 4, &list_out_count);
	for (i = 0; i < list_out_count; i++) {
		if (!sets_strict32_valid(list_out[i]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (!fixed_out)
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		for (i = 0; fixed_out && i < 3; i++) {
			if (!sets_strict32_valid(fixed_out[i]))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_u32(w, fixed_out[i]);
		}
		n = cdrpc_write_count(w, list_out, list_out_count, 5);
		for (i = 0; i < n; i++) {
			if (!sets_strict32_valid(list_out[i]))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_u32(w, list_out[i]);
		}
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{fuzz_sets, NULL, 0},
	{fuzz_sets_sets2_put_request, NULL, 0},
	{fuzz_sets_sets2_get_reply, NULL, 0},
	{fuzz_sets_sets2_swap_request, NULL, 0},
	{fuzz_sets_sets2_swap_reply, NULL, 0},
	{fuzz_sets_sets2_arrays_request, NULL, 0},
	{fuzz_sets_sets2_arrays_reply, NULL, 0},
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
