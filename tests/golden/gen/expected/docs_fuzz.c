/*
 * Fuzz harness of module test.docs, written by cdidl from docs.cdidl. Changes belong there.
 *
 * A module with * / and / * and ? ?/ in its doc comment.
 *
 * Second paragraph: äöü, "quotes", back\slash, %d, $dollar$.
 * Deprecated since version 9.
 */
#include "docs.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

/*
 * For libFuzzer: link it with docs_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
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
fuzz_docs_thing(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct docs_thing *value = (struct docs_thing *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		docs_thing_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		docs_thing_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
fuzz_docs_choice(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct docs_choice *value = (struct docs_choice *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		docs_choice_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		docs_choice_write(w, value);
	} while (cdrpc_write_again(w));
}

/* do_it(Thing thing, u32 count) fails Failure @1; */
static void
fuzz_docs_do_it_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct docs_thing *thing;
	uint32_t count;

	thing = (struct docs_thing *)cdrpc_read_alloc(r, 1, sizeof *thing);
	if (thing)
		docs_thing_read(r, thing);
	count = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		docs_thing_write(w, thing);
		cdrpc_write_u32(w, count);
	} while (cdrpc_write_again(w));
}

/*
 * undocumented_with_a_long_list_of_parameters(u32 the_first_parameter, u32 the_second_parameter,
 *     u32 the_third_parameter, string[<=MANY][<=MANY] the_fourth_parameter) @2;
 */
static void
fuzz_docs_undocumented_with_a_long_list_of_parameters_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t the_first_parameter;
	uint32_t the_second_parameter;
	uint32_t the_third_parameter;
	const char **the_fourth_parameter;
	uint32_t the_fourth_parameter_count;
	uint32_t i, n;

	the_first_parameter = cdrpc_read_u32(r);
	the_second_parameter = cdrpc_read_u32(r);
	the_third_parameter = cdrpc_read_u32(r);
	the_fourth_parameter_count = cdrpc_read_count(r, DOCS_MANY, 5);
	the_fourth_parameter = (const char **)cdrpc_read_alloc(r, the_fourth_parameter_count,
							       sizeof *the_fourth_parameter);
	for (i = 0; the_fourth_parameter && i < the_fourth_parameter_count; i++)
		the_fourth_parameter[i] = cdrpc_read_string(r, DOCS_MANY);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, the_first_parameter);
		cdrpc_write_u32(w, the_second_parameter);
		cdrpc_write_u32(w, the_third_parameter);
		n = cdrpc_write_count(w, the_fourth_parameter, the_fourth_parameter_count, DOCS_MANY);
		for (i = 0; i < n; i++)
			cdrpc_write_string(w, the_fourth_parameter[i], DOCS_MANY);
	} while (cdrpc_write_again(w));
}

/* event happened(Choice choice) @3; */
static void
fuzz_docs_emit_happened_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct docs_choice *choice;

	choice = (struct docs_choice *)cdrpc_read_alloc(r, 1, sizeof *choice);
	if (choice)
		docs_choice_read(r, choice);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		docs_choice_write(w, choice);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{fuzz_docs_thing, NULL, 0},
	{fuzz_docs_choice, NULL, 0},
	{fuzz_docs_do_it_request, NULL, 0},
	{fuzz_docs_undocumented_with_a_long_list_of_parameters_request, NULL, 0},
	{fuzz_docs_emit_happened_request, NULL, 0},
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
