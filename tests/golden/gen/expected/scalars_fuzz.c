/* Fuzz harness of module test.scalars, written by cdidl from scalars.cdidl. Changes belong there. */
#include "scalars.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

/*
 * For libFuzzer: link it with scalars_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
 *
 * An input is 8 bytes that choose what to decode (2), the size of the blob area (2), how many handles there are (1),
 * and whether the peer can still write to the blob area (1); then the body, then the blob area.
 */
struct cdrpc_fuzz_target {
	void (*run)(struct cdrpc_reader *r, struct cdrpc_writer *w);
	const struct cdrpc_handle_item *handles;
	uint32_t handle_count;
};

/* all_in(bool a, i8 b, u8 c, i16 d, u16 e, i32 f, u32 g, i64 h, u64 i, f32 j, f64 k) @1; */
static void
fuzz_scalars_all_in_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	bool a;
	int8_t b;
	uint8_t c;
	int16_t d;
	uint16_t e;
	int32_t f;
	uint32_t g;
	int64_t h;
	uint64_t i;
	float j;
	double k;

	a = cdrpc_read_bool(r);
	b = cdrpc_read_i8(r);
	c = cdrpc_read_u8(r);
	d = cdrpc_read_i16(r);
	e = cdrpc_read_u16(r);
	f = cdrpc_read_i32(r);
	g = cdrpc_read_u32(r);
	h = cdrpc_read_i64(r);
	i = cdrpc_read_u64(r);
	j = cdrpc_read_f32(r);
	k = cdrpc_read_f64(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_bool(w, a);
		cdrpc_write_i8(w, b);
		cdrpc_write_u8(w, c);
		cdrpc_write_i16(w, d);
		cdrpc_write_u16(w, e);
		cdrpc_write_i32(w, f);
		cdrpc_write_u32(w, g);
		cdrpc_write_i64(w, h);
		cdrpc_write_u64(w, i);
		cdrpc_write_f32(w, j);
		cdrpc_write_f64(w, k);
	} while (cdrpc_write_again(w));
}

/*
 * all_out(out bool a, out i8 b, out u8 c, out i16 d, out u16 e, out i32 f, out u32 g, out i64 h, out u64 i,
 *     out f32 j, out f64 k) @2;
 */
static void
fuzz_scalars_all_out_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	bool a;
	int8_t b;
	uint8_t c;
	int16_t d;
	uint16_t e;
	int32_t f;
	uint32_t g;
	int64_t h;
	uint64_t i;
	float j;
	double k;

	a = cdrpc_read_bool(r);
	b = cdrpc_read_i8(r);
	c = cdrpc_read_u8(r);
	d = cdrpc_read_i16(r);
	e = cdrpc_read_u16(r);
	f = cdrpc_read_i32(r);
	g = cdrpc_read_u32(r);
	h = cdrpc_read_i64(r);
	i = cdrpc_read_u64(r);
	j = cdrpc_read_f32(r);
	k = cdrpc_read_f64(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_bool(w, a);
		cdrpc_write_i8(w, b);
		cdrpc_write_u8(w, c);
		cdrpc_write_i16(w, d);
		cdrpc_write_u16(w, e);
		cdrpc_write_i32(w, f);
		cdrpc_write_u32(w, g);
		cdrpc_write_i64(w, h);
		cdrpc_write_u64(w, i);
		cdrpc_write_f32(w, j);
		cdrpc_write_f64(w, k);
	} while (cdrpc_write_again(w));
}

/*
 * all_inout(inout bool a, inout i8 b, inout u8 c, inout i16 d, inout u16 e, inout i32 f, inout u32 g,
 *     inout i64 h, inout u64 i, inout f32 j, inout f64 k) @3;
 */
static void
fuzz_scalars_all_inout_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	bool a;
	int8_t b;
	uint8_t c;
	int16_t d;
	uint16_t e;
	int32_t f;
	uint32_t g;
	int64_t h;
	uint64_t i;
	float j;
	double k;

	a = cdrpc_read_bool(r);
	b = cdrpc_read_i8(r);
	c = cdrpc_read_u8(r);
	d = cdrpc_read_i16(r);
	e = cdrpc_read_u16(r);
	f = cdrpc_read_i32(r);
	g = cdrpc_read_u32(r);
	h = cdrpc_read_i64(r);
	i = cdrpc_read_u64(r);
	j = cdrpc_read_f32(r);
	k = cdrpc_read_f64(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_bool(w, a);
		cdrpc_write_i8(w, b);
		cdrpc_write_u8(w, c);
		cdrpc_write_i16(w, d);
		cdrpc_write_u16(w, e);
		cdrpc_write_i32(w, f);
		cdrpc_write_u32(w, g);
		cdrpc_write_i64(w, h);
		cdrpc_write_u64(w, i);
		cdrpc_write_f32(w, j);
		cdrpc_write_f64(w, k);
	} while (cdrpc_write_again(w));
}

/*
 * all_inout(inout bool a, inout i8 b, inout u8 c, inout i16 d, inout u16 e, inout i32 f, inout u32 g,
 *     inout i64 h, inout u64 i, inout f32 j, inout f64 k) @3;
 */
static void
fuzz_scalars_all_inout_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	bool a;
	int8_t b;
	uint8_t c;
	int16_t d;
	uint16_t e;
	int32_t f;
	uint32_t g;
	int64_t h;
	uint64_t i;
	float j;
	double k;

	a = cdrpc_read_bool(r);
	b = cdrpc_read_i8(r);
	c = cdrpc_read_u8(r);
	d = cdrpc_read_i16(r);
	e = cdrpc_read_u16(r);
	f = cdrpc_read_i32(r);
	g = cdrpc_read_u32(r);
	h = cdrpc_read_i64(r);
	i = cdrpc_read_u64(r);
	j = cdrpc_read_f32(r);
	k = cdrpc_read_f64(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_bool(w, a);
		cdrpc_write_i8(w, b);
		cdrpc_write_u8(w, c);
		cdrpc_write_i16(w, d);
		cdrpc_write_u16(w, e);
		cdrpc_write_i32(w, f);
		cdrpc_write_u32(w, g);
		cdrpc_write_i64(w, h);
		cdrpc_write_u64(w, i);
		cdrpc_write_f32(w, j);
		cdrpc_write_f64(w, k);
	} while (cdrpc_write_again(w));
}

/* optional_in(bool? a, i8? b, u8? c, i16? d, u16? e, i32? f, u32? g, i64? h, u64? i, f32? j, f64? k) @4; */
static void
fuzz_scalars_optional_in_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const bool *a = NULL;
	const int8_t *b = NULL;
	const uint8_t *c = NULL;
	const int16_t *d = NULL;
	const uint16_t *e = NULL;
	const int32_t *f = NULL;
	const uint32_t *g = NULL;
	const int64_t *h = NULL;
	const uint64_t *i = NULL;
	const float *j = NULL;
	const double *k = NULL;

	if (cdrpc_read_present(r)) {
		a = (const bool *)cdrpc_read_flat(r, sizeof *a, 1);
		if (a && *(const uint8_t *)a > 1)
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(r))
		b = (const int8_t *)cdrpc_read_flat(r, sizeof *b, 1);
	if (cdrpc_read_present(r))
		c = (const uint8_t *)cdrpc_read_flat(r, sizeof *c, 1);
	if (cdrpc_read_present(r))
		d = (const int16_t *)cdrpc_read_flat(r, sizeof *d, 2);
	if (cdrpc_read_present(r))
		e = (const uint16_t *)cdrpc_read_flat(r, sizeof *e, 2);
	if (cdrpc_read_present(r))
		f = (const int32_t *)cdrpc_read_flat(r, sizeof *f, 4);
	if (cdrpc_read_present(r))
		g = (const uint32_t *)cdrpc_read_flat(r, sizeof *g, 4);
	if (cdrpc_read_present(r))
		h = (const int64_t *)cdrpc_read_flat(r, sizeof *h, 8);
	if (cdrpc_read_present(r))
		i = (const uint64_t *)cdrpc_read_flat(r, sizeof *i, 8);
	if (cdrpc_read_present(r))
		j = (const float *)cdrpc_read_flat(r, sizeof *j, 4);
	if (cdrpc_read_present(r))
		k = (const double *)cdrpc_read_flat(r, sizeof *k, 8);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, a))
			cdrpc_write_bool(w, *a);
		if (cdrpc_write_present(w, b))
			cdrpc_write_i8(w, *b);
		if (cdrpc_write_present(w, c))
			cdrpc_write_u8(w, *c);
		if (cdrpc_write_present(w, d))
			cdrpc_write_i16(w, *d);
		if (cdrpc_write_present(w, e))
			cdrpc_write_u16(w, *e);
		if (cdrpc_write_present(w, f))
			cdrpc_write_i32(w, *f);
		if (cdrpc_write_present(w, g))
			cdrpc_write_u32(w, *g);
		if (cdrpc_write_present(w, h))
			cdrpc_write_i64(w, *h);
		if (cdrpc_write_present(w, i))
			cdrpc_write_u64(w, *i);
		if (cdrpc_write_present(w, j))
			cdrpc_write_f32(w, *j);
		if (cdrpc_write_present(w, k))
			cdrpc_write_f64(w, *k);
	} while (cdrpc_write_again(w));
}

/* optional_out(out bool? a, out i8? b, out u64? i, out f32? j, out f64? k) @5; */
static void
fuzz_scalars_optional_out_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const bool *a = NULL;
	const int8_t *b = NULL;
	const uint64_t *i = NULL;
	const float *j = NULL;
	const double *k = NULL;

	if (cdrpc_read_present(r)) {
		a = (const bool *)cdrpc_read_flat(r, sizeof *a, 1);
		if (a && *(const uint8_t *)a > 1)
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(r))
		b = (const int8_t *)cdrpc_read_flat(r, sizeof *b, 1);
	if (cdrpc_read_present(r))
		i = (const uint64_t *)cdrpc_read_flat(r, sizeof *i, 8);
	if (cdrpc_read_present(r))
		j = (const float *)cdrpc_read_flat(r, sizeof *j, 4);
	if (cdrpc_read_present(r))
		k = (const double *)cdrpc_read_flat(r, sizeof *k, 8);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, a))
			cdrpc_write_bool(w, *a);
		if (cdrpc_write_present(w, b))
			cdrpc_write_i8(w, *b);
		if (cdrpc_write_present(w, i))
			cdrpc_write_u64(w, *i);
		if (cdrpc_write_present(w, j))
			cdrpc_write_f32(w, *j);
		if (cdrpc_write_present(w, k))
			cdrpc_write_f64(w, *k);
	} while (cdrpc_write_again(w));
}

/* optional_inout(inout bool? a, inout i64? h, inout f64? k) @6; */
static void
fuzz_scalars_optional_inout_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const bool *a = NULL;
	const int64_t *h = NULL;
	const double *k = NULL;

	if (cdrpc_read_present(r)) {
		a = (const bool *)cdrpc_read_flat(r, sizeof *a, 1);
		if (a && *(const uint8_t *)a > 1)
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(r))
		h = (const int64_t *)cdrpc_read_flat(r, sizeof *h, 8);
	if (cdrpc_read_present(r))
		k = (const double *)cdrpc_read_flat(r, sizeof *k, 8);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, a))
			cdrpc_write_bool(w, *a);
		if (cdrpc_write_present(w, h))
			cdrpc_write_i64(w, *h);
		if (cdrpc_write_present(w, k))
			cdrpc_write_f64(w, *k);
	} while (cdrpc_write_again(w));
}

/* optional_inout(inout bool? a, inout i64? h, inout f64? k) @6; */
static void
fuzz_scalars_optional_inout_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const bool *a = NULL;
	const int64_t *h = NULL;
	const double *k = NULL;

	if (cdrpc_read_present(r)) {
		a = (const bool *)cdrpc_read_flat(r, sizeof *a, 1);
		if (a && *(const uint8_t *)a > 1)
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(r))
		h = (const int64_t *)cdrpc_read_flat(r, sizeof *h, 8);
	if (cdrpc_read_present(r))
		k = (const double *)cdrpc_read_flat(r, sizeof *k, 8);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, a))
			cdrpc_write_bool(w, *a);
		if (cdrpc_write_present(w, h))
			cdrpc_write_i64(w, *h);
		if (cdrpc_write_present(w, k))
			cdrpc_write_f64(w, *k);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{fuzz_scalars_all_in_request, NULL, 0},
	{fuzz_scalars_all_out_reply, NULL, 0},
	{fuzz_scalars_all_inout_request, NULL, 0},
	{fuzz_scalars_all_inout_reply, NULL, 0},
	{fuzz_scalars_optional_in_request, NULL, 0},
	{fuzz_scalars_optional_out_reply, NULL, 0},
	{fuzz_scalars_optional_inout_request, NULL, 0},
	{fuzz_scalars_optional_inout_reply, NULL, 0},
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
