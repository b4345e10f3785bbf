/*
 * Fuzz harness of module test.wide, written by cdidl from wide.cdidl. Changes belong there.
 *
 * The same on the wire as narrow.cdidl, but for what that refuses: longer bounds, open sets, bytes for bools.
 */
#include "wide.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

/*
 * For libFuzzer: link it with wide_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
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
fuzz_wide_any(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct wide_any *value = (struct wide_any *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		wide_any_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		wide_any_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
fuzz_wide_box(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct wide_box *value = (struct wide_box *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		wide_box_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		wide_box_write(w, value);
	} while (cdrpc_write_again(w));
}

/* text(string[<=20] x) @1; */
static void
fuzz_wide_text_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char *x;

	x = cdrpc_read_string(r, 20);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_string(w, x, 20);
	} while (cdrpc_write_again(w));
}

/* wide(wstring[<=20] x) @2; */
static void
fuzz_wide_wide_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const cdrpc_wchar *x;

	x = cdrpc_read_wstring(r, 20);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_wstring(w, x, 20);
	} while (cdrpc_write_again(w));
}

/* data(bytes[<=20] x) @3; */
static void
fuzz_wide_data_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct cdrpc_bytes x;

	x = cdrpc_read_blob(r, 20);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_blob(w, x, 20);
	} while (cdrpc_write_again(w));
}

/* list(u32[<=20] x) @4; */
static void
fuzz_wide_list_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const uint32_t *x;
	uint32_t x_count;

	x = (const uint32_t *)cdrpc_read_array(r, 20, sizeof *x, 4, &x_count);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_array(w, x, x_count, 20, sizeof *x, 4);
	} while (cdrpc_write_again(w));
}

/* texts(string[<=20][<=20] x) @5; */
static void
fuzz_wide_texts_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char **x;
	uint32_t x_count;
	uint32_t i, n;

	x_count = cdrpc_read_count(r, 20, 5);
	x = (const char **)cdrpc_read_alloc(r, x_count, sizeof *x);
	for (i = 0; x && i < x_count; i++)
		x[i] = cdrpc_read_string(r, 20);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		n = cdrpc_write_count(w, x, x_count, 20);
		for (i = 0; i < n; i++)
			cdrpc_write_string(w, x[i], 20);
	} while (cdrpc_write_again(w));
}

/* mode(Mode x) @6; */
static void
fuzz_wide_mode_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	wide_mode_t x;

	x = cdrpc_read_u8(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u8(w, x);
	} while (cdrpc_write_again(w));
}

/* modes(Mode[<=20] x) @7; */
static void
fuzz_wide_modes_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const wide_mode_t *x;
	uint32_t x_count;

	x = (const wide_mode_t *)cdrpc_read_array(r, 20, sizeof *x, 1, &x_count);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_array(w, x, x_count, 20, sizeof *x, 1);
	} while (cdrpc_write_again(w));
}

/* fixed_modes(Mode[3] x) @8; */
static void
fuzz_wide_fixed_modes_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const wide_mode_t *x;

	x = (const wide_mode_t *)cdrpc_read_flat(r, 3 * sizeof *x, 1);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_flat(w, x, 3 * sizeof *x, 1);
	} while (cdrpc_write_again(w));
}

/* choice(Any x) @9; */
static void
fuzz_wide_choice_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct wide_any *x;

	x = (struct wide_any *)cdrpc_read_alloc(r, 1, sizeof *x);
	if (x)
		wide_any_read(r, x);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		wide_any_write(w, x);
	} while (cdrpc_write_again(w));
}

/* flag(u8 x) @10; */
static void
fuzz_wide_flag_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint8_t x;

	x = cdrpc_read_u8(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u8(w, x);
	} while (cdrpc_write_again(w));
}

/* flags(u8[<=20] x) @11; */
static void
fuzz_wide_flags_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const uint8_t *x;
	uint32_t x_count;

	x = (const uint8_t *)cdrpc_read_array(r, 20, sizeof *x, 1, &x_count);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_array(w, x, x_count, 20, sizeof *x, 1);
	} while (cdrpc_write_again(w));
}

/* fixed_flags(u8[3] x) @12; */
static void
fuzz_wide_fixed_flags_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const uint8_t *x;

	x = (const uint8_t *)cdrpc_read_flat(r, 3 * sizeof *x, 1);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_flat(w, x, 3 * sizeof *x, 1);
	} while (cdrpc_write_again(w));
}

/* one_pair(Pair x) @13; */
static void
fuzz_wide_one_pair_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct wide_pair *x;

	x = (const struct wide_pair *)cdrpc_read_flat(r, sizeof *x, 2);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_flat(w, x, sizeof *x, 2);
	} while (cdrpc_write_again(w));
}

/* pairs(Pair[<=20] x) @14; */
static void
fuzz_wide_pairs_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct wide_pair *x;
	uint32_t x_count;

	x = (const struct wide_pair *)cdrpc_read_array(r, 20, sizeof *x, 2, &x_count);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_array(w, x, x_count, 20, sizeof *x, 2);
	} while (cdrpc_write_again(w));
}

/* maybe_flag(u8? x) @15; */
static void
fuzz_wide_maybe_flag_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const uint8_t *x = NULL;

	if (cdrpc_read_present(r))
		x = (const uint8_t *)cdrpc_read_flat(r, sizeof *x, 1);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, x))
			cdrpc_write_u8(w, *x);
	} while (cdrpc_write_again(w));
}

/* maybe_mode(Mode? x) @16; */
static void
fuzz_wide_maybe_mode_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const wide_mode_t *x = NULL;

	if (cdrpc_read_present(r))
		x = (const wide_mode_t *)cdrpc_read_flat(r, sizeof *x, 1);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, x))
			cdrpc_write_u8(w, *x);
	} while (cdrpc_write_again(w));
}

/* maybe_pair(Pair? x) @17; */
static void
fuzz_wide_maybe_pair_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct wide_pair *x = NULL;

	if (cdrpc_read_present(r))
		x = (const struct wide_pair *)cdrpc_read_flat(r, sizeof *x, 2);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, x))
			cdrpc_write_flat(w, x, sizeof *x, 2);
	} while (cdrpc_write_again(w));
}

/* store(Box x) @18; */
static void
fuzz_wide_store_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct wide_box *x;

	x = (struct wide_box *)cdrpc_read_alloc(r, 1, sizeof *x);
	if (x)
		wide_box_read(r, x);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		wide_box_write(w, x);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_handle_item wide_file_request_handles[] = {
	{(cdrpc_handle)1, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE},
};

/* file(handle<file: read, write> x) @19; */
static void
fuzz_wide_file_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	cdrpc_handle x;

	x = cdrpc_read_handle(r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, false);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_handle(w, x, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, false);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_handle_item wide_maybe_file_request_handles[] = {
	{(cdrpc_handle)1, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ},
};

/* maybe_file(handle<file: read>? x) @20; */
static void
fuzz_wide_maybe_file_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	cdrpc_handle x;

	x = cdrpc_read_handle(r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, true);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_handle(w, x, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, true);
	} while (cdrpc_write_again(w));
}

/* more(u32 x, u32 y) @21; */
static void
fuzz_wide_more_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t x;
	uint32_t y;

	x = cdrpc_read_u32(r);
	y = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, x);
		cdrpc_write_u32(w, y);
	} while (cdrpc_write_again(w));
}

/* more_data(bytes[<=20] x, bytes[<=20] y) @22; */
static void
fuzz_wide_more_data_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct cdrpc_bytes x;
	struct cdrpc_bytes y;

	x = cdrpc_read_blob(r, 20);
	y = cdrpc_read_blob(r, 20);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_blob(w, x, 20);
		cdrpc_write_blob(w, y, 20);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{fuzz_wide_any, NULL, 0},
	{fuzz_wide_box, NULL, 0},
	{fuzz_wide_text_request, NULL, 0},
	{fuzz_wide_wide_request, NULL, 0},
	{fuzz_wide_data_request, NULL, 0},
	{fuzz_wide_list_request, NULL, 0},
	{fuzz_wide_texts_request, NULL, 0},
	{fuzz_wide_mode_request, NULL, 0},
	{fuzz_wide_modes_request, NULL, 0},
	{fuzz_wide_fixed_modes_request, NULL, 0},
	{fuzz_wide_choice_request, NULL, 0},
	{fuzz_wide_flag_request, NULL, 0},
	{fuzz_wide_flags_request, NULL, 0},
	{fuzz_wide_fixed_flags_request, NULL, 0},
	{fuzz_wide_one_pair_request, NULL, 0},
	{fuzz_wide_pairs_request, NULL, 0},
	{fuzz_wide_maybe_flag_request, NULL, 0},
	{fuzz_wide_maybe_mode_request, NULL, 0},
	{fuzz_wide_maybe_pair_request, NULL, 0},
	{fuzz_wide_store_request, NULL, 0},
	{fuzz_wide_file_request, wide_file_request_handles, 1},
	{fuzz_wide_maybe_file_request, wide_maybe_file_request_handles, 1},
	{fuzz_wide_more_request, NULL, 0},
	{fuzz_wide_more_data_request, NULL, 0},
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
