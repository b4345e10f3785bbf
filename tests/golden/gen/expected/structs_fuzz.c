/* Fuzz harness of module test.structs, written by cdidl from structs.cdidl. Changes belong there. */
#include "structs.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

/*
 * For libFuzzer: link it with structs_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
 *
 * An input is 8 bytes that choose what to decode (2), the size of the blob area (2), how many handles there are (1),
 * and whether the peer can still write to the blob area (1); then the body, then the blob area.
 */
struct cdrpc_fuzz_target {
	void (*run)(struct cdrpc_reader *r, struct cdrpc_writer *w);
	const struct cdrpc_handle_item *handles;
	uint32_t handle_count;
};

/* put(Outer outer, Dense dense, Checked checked, Nest nest) @1; */
static void
fuzz_structs_put_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_checked *checked;
	const struct structs_nest *nest;

	outer = (const struct structs_outer *)cdrpc_read_flat(r, sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(r, sizeof *dense, 8);
	checked = (const struct structs_checked *)cdrpc_read_flat(r, sizeof *checked, 1);
	if (checked && !structs_checked_valid(checked))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	nest = (const struct structs_nest *)cdrpc_read_flat(r, sizeof *nest, 8);
	if (nest && !structs_nest_valid(nest))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		structs_outer_write(w, outer);
		cdrpc_write_flat(w, dense, sizeof *dense, 8);
		structs_checked_write(w, checked);
		structs_nest_write(w, nest);
	} while (cdrpc_write_again(w));
}

/* get(out Outer outer, out Dense dense, out Checked checked, out Nest nest) @2; */
static void
fuzz_structs_get_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_checked *checked;
	const struct structs_nest *nest;

	outer = (const struct structs_outer *)cdrpc_read_flat(r, sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(r, sizeof *dense, 8);
	checked = (const struct structs_checked *)cdrpc_read_flat(r, sizeof *checked, 1);
	if (checked && !structs_checked_valid(checked))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	nest = (const struct structs_nest *)cdrpc_read_flat(r, sizeof *nest, 8);
	if (nest && !structs_nest_valid(nest))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		structs_outer_write(w, outer);
		cdrpc_write_flat(w, dense, sizeof *dense, 8);
		structs_checked_write(w, checked);
		structs_nest_write(w, nest);
	} while (cdrpc_write_again(w));
}

/* swap(inout Outer outer, inout Dense dense, inout Nest? nest) @3; */
static void
fuzz_structs_swap_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_nest *nest = NULL;

	outer = (const struct structs_outer *)cdrpc_read_flat(r, sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(r, sizeof *dense, 8);
	if (cdrpc_read_present(r)) {
		nest = (const struct structs_nest *)cdrpc_read_flat(r, sizeof *nest, 8);
		if (nest && !structs_nest_valid(nest))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		structs_outer_write(w, outer);
		cdrpc_write_flat(w, dense, sizeof *dense, 8);
		if (cdrpc_write_present(w, nest))
			structs_nest_write(w, nest);
	} while (cdrpc_write_again(w));
}

/* swap(inout Outer outer, inout Dense dense, inout Nest? nest) @3; */
static void
fuzz_structs_swap_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_nest *nest = NULL;

	outer = (const struct structs_outer *)cdrpc_read_flat(r, sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(r, sizeof *dense, 8);
	if (cdrpc_read_present(r)) {
		nest = (const struct structs_nest *)cdrpc_read_flat(r, sizeof *nest, 8);
		if (nest && !structs_nest_valid(nest))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		structs_outer_write(w, outer);
		cdrpc_write_flat(w, dense, sizeof *dense, 8);
		if (cdrpc_write_present(w, nest))
			structs_nest_write(w, nest);
	} while (cdrpc_write_again(w));
}

/* maybe(Outer? outer, Dense? dense, out Outer? other, out Checked? checked) @4; */
static void
fuzz_structs_maybe_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct structs_outer *outer = NULL;
	const struct structs_dense *dense = NULL;

	if (cdrpc_read_present(r))
		outer = (const struct structs_outer *)cdrpc_read_flat(r, sizeof *outer, 4);
	if (cdrpc_read_present(r))
		dense = (const struct structs_dense *)cdrpc_read_flat(r, sizeof *dense, 8);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, outer))
			structs_outer_write(w, outer);
		if (cdrpc_write_present(w, dense))
			cdrpc_write_flat(w, dense, sizeof *dense, 8);
	} while (cdrpc_write_again(w));
}

/* maybe(Outer? outer, Dense? dense, out Outer? other, out Checked? checked) @4; */
static void
fuzz_structs_maybe_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct structs_outer *other = NULL;
	const struct structs_checked *checked = NULL;

	if (cdrpc_read_present(r))
		other = (const struct structs_outer *)cdrpc_read_flat(r, sizeof *other, 4);
	if (cdrpc_read_present(r)) {
		checked = (const struct structs_checked *)cdrpc_read_flat(r, sizeof *checked, 1);
		if (checked && !structs_checked_valid(checked))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, other))
			structs_outer_write(w, other);
		if (cdrpc_write_present(w, checked))
			structs_checked_write(w, checked);
	} while (cdrpc_write_again(w));
}

/*
 * arrays(Outer[2] outer, Dense[2] dense, Checked[<=4] checked, Nest[<=4] nest, out Nest[2] nest_out,
 *     out Dense[<=4] dense_out, out Nest[<=4] nests_out, Loose[2]? maybe_fixed, Loose[<=3]? maybe_list) @5;
 */
static void
fuzz_structs_arrays_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_checked *checked;
	uint32_t checked_count;
	const struct structs_nest *nest;
	uint32_t nest_count;
	const struct structs_loose *maybe_fixed = NULL;
	const struct structs_loose *maybe_list = NULL;
	uint32_t maybe_list_count = 0;
	uint32_t i, n;

	outer = (const struct structs_outer *)cdrpc_read_flat(r, 2 * sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(r, 2 * sizeof *dense, 8);
	checked = (const struct structs_checked *)cdrpc_read_array(r, 4, sizeof *checked, 1, &checked_count);
	for (i = 0; i < checked_count; i++) {
		if (!structs_checked_valid(&checked[i]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	nest = (const struct structs_nest *)cdrpc_read_array(r, 4, sizeof *nest, 8, &nest_count);
	for (i = 0; i < nest_count; i++) {
		if (!structs_nest_valid(&nest[i]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(r)) {
		maybe_fixed = (const struct structs_loose *)cdrpc_read_flat(r, 2 * sizeof *maybe_fixed, 8);
		for (i = 0; maybe_fixed && i < 2; i++) {
			if (!structs_loose_valid(&maybe_fixed[i]))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
		}
	}
	if (cdrpc_read_present(r)) {
		maybe_list = (const struct structs_loose *)cdrpc_read_array(r, 3, sizeof *maybe_list, 8,
									    &maybe_list_count);
		for (i = 0; i < maybe_list_count; i++) {
			if (!structs_loose_valid(&maybe_list[i]))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
		}
		if (!maybe_list)
			maybe_list = (const struct structs_loose *)cdrpc_read_alloc(r, 1, sizeof *maybe_list);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (!outer)
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		for (i = 0; outer && i < 2; i++)
			structs_outer_write(w, &outer[i]);
		cdrpc_write_flat(w, dense, 2 * sizeof *dense, 8);
		n = cdrpc_write_count(w, checked, checked_count, 4);
		for (i = 0; i < n; i++)
			structs_checked_write(w, &checked[i]);
		n = cdrpc_write_count(w, nest, nest_count, 4);
		for (i = 0; i < n; i++)
			structs_nest_write(w, &nest[i]);
		if (cdrpc_write_present(w, maybe_fixed)) {
			for (i = 0; i < 2; i++)
				structs_loose_write(w, &maybe_fixed[i]);
		}
		if (cdrpc_write_present(w, maybe_list)) {
			n = cdrpc_write_count(w, maybe_list, maybe_list_count, 3);
			for (i = 0; i < n; i++)
				structs_loose_write(w, &maybe_list[i]);
		}
	} while (cdrpc_write_again(w));
}

/*
 * arrays(Outer[2] outer, Dense[2] dense, Checked[<=4] checked, Nest[<=4] nest, out Nest[2] nest_out,
 *     out Dense[<=4] dense_out, out Nest[<=4] nests_out, Loose[2]? maybe_fixed, Loose[<=3]? maybe_list) @5;
 */
static void
fuzz_structs_arrays_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct structs_nest *nest_out;
	const struct structs_dense *dense_out;
	uint32_t dense_out_count;
	const struct structs_nest *nests_out;
	uint32_t nests_out_count;
	uint32_t i, n;

	nest_out = (const struct structs_nest *)cdrpc_read_flat(r, 2 * sizeof *nest_out, 8);
	for (i = 0; nest_out && i < 2; i++) {
		if (!structs_nest_valid(&nest_out[i]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	dense_out = (const struct structs_dense *)cdrpc_read_array(r, 4, sizeof *dense_out, 8, &dense_out_count);
	nests_out = (const struct structs_nest *)cdrpc_read_array(r, 4, sizeof *nests_out, 8, &nests_out_count);
	for (i = 0; i < nests_out_count; i++) {
		if (!structs_nest_valid(&nests_out[i]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (!nest_out)
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		for (i = 0; nest_out && i < 2; i++)
			structs_nest_write(w, &nest_out[i]);
		cdrpc_write_array(w, dense_out, dense_out_count, 4, sizeof *dense_out, 8);
		n = cdrpc_write_count(w, nests_out, nests_out_count, 4);
		for (i = 0; i < n; i++)
			structs_nest_write(w, &nests_out[i]);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{fuzz_structs_put_request, NULL, 0},
	{fuzz_structs_get_reply, NULL, 0},
	{fuzz_structs_swap_request, NULL, 0},
	{fuzz_structs_swap_reply, NULL, 0},
	{fuzz_structs_maybe_request, NULL, 0},
	{fuzz_structs_maybe_reply, NULL, 0},
	{fuzz_structs_arrays_request, NULL, 0},
	{fuzz_structs_arrays_reply, NULL, 0},
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
