/* Bodies as a whole: the vectors, every cut and every changed byte of one that has everything, and random ones. */
#include "check_main.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "tree.h"
#include "vectors.h"
#include "wire/writer.h"

#define BUFFER_SIZE 65536

struct body {
	struct cdrpc_writer w;
	uint8_t *bytes;
	uint8_t *blob;
};

static cdrpc_status
grow(struct cdrpc_writer *w, size_t size)
{
	struct body *body = (struct body *)w->target;

	body->bytes = malloc(size);
	ck_assert_ptr_nonnull(body->bytes);
	memset(body->bytes, 0xA5, size);
	w->base = body->bytes;
	w->capacity = size;
	return CDRPC_OK;
}

/* Into memory of exactly the size, so that a sanitizer sees what is past it; its blobs likewise. Freed by body_done(). */
static cdrpc_status
body_write(struct body *body, const struct tree *tree)
{
	body->bytes = NULL;
	body->blob = NULL;
	cdrpc_writer_init(&body->w, NULL, 0, grow, body);
	do
		tree_write(&body->w, tree);
	while (cdrpc_write_again(&body->w));
	if (body->w.status == CDRPC_OK) {
		body->blob = malloc(body->w.blob_size + 1);
		ck_assert_ptr_nonnull(body->blob);
		writer_copy_blobs(&body->w, body->blob);
	}
	return body->w.status;
}

static void
body_done(struct body *body)
{
	free(body->bytes);
	free(body->blob);
}

static cdrpc_status
body_read(const void *bytes, size_t size, const void *blob, size_t blob_size, const struct cdrpc_writer *handles,
	  const struct tree *tree, bool *ret_same)
{
	struct cdrpc_arena arena;
	struct cdrpc_reader r;
	cdrpc_status status;

	arena_init(&arena, NULL, 1 << 20);
	cdrpc_reader_init(&r, &arena, bytes, size, blob, blob_size);
	r.handles = handles->handles;
	r.handle_count = handles->handle_count;
	*ret_same = tree_read(&r, tree);
	status = cdrpc_reader_end(&r);
	arena_done(&arena);
	return status;
}

START_TEST(values_are_encoded_as_the_vectors_say)
{
	struct vectors *vectors = vectors_load("bodies.txt");
	struct tree_pool pool = { NULL };
	size_t i, written = 0, refused = 0;

	for (i = 0; i < vectors->count; i++) {
		const struct vector *vector = &vectors->list[i];
		const struct tree *tree = tree_parse(&pool, vector->text);
		struct body body;

		ck_assert_msg(tree != NULL, "%s: not understood", vector->label);
		if (vector->status == CDRPC_E_DECODE)
			continue;
		ck_assert_msg(body_write(&body, tree) == vector->status, "%s", vector->label);
		if (vector->status == CDRPC_OK) {
			ck_assert_msg(body.w.at == vector->size, "%s: %zu bytes", vector->label, body.w.at);
			ck_assert_msg(body.w.at == 0 || memcmp(body.bytes, vector->bytes, body.w.at) == 0, "%s", vector->label);
			ck_assert_msg(body.w.blob_size == vector->blob_size, "%s", vector->label);
			ck_assert_msg(memcmp(body.blob, vector->blob, vector->blob_size) == 0, "%s", vector->label);
			written++;
		} else {
			refused++;
		}
		body_done(&body);
	}
	ck_assert_uint_ge(written, 15);
	ck_assert_uint_ge(refused, 8);
	tree_pool_done(&pool);
	vectors_free(vectors);
}
END_TEST

START_TEST(bodies_are_decoded_as_the_vectors_say)
{
	struct vectors *vectors = vectors_load("bodies.txt");
	struct tree_pool pool = { NULL };
	size_t i, read = 0;

	for (i = 0; i < vectors->count; i++) {
		const struct vector *vector = &vectors->list[i];
		const struct tree *tree = tree_parse(&pool, vector->text);
		struct body body;
		cdrpc_status status;
		bool same;

		ck_assert_msg(tree != NULL, "%s: not understood", vector->label);
		if (vector->status == CDRPC_E_ARGUMENT)
			continue;
		/* The frame's handles are those that the value has. */
		body_write(&body, tree);
		status = body_read(vector->bytes, vector->size, vector->blob, vector->blob_size, &body.w, tree, &same);
		ck_assert_msg(status == vector->status, "%s: %s", vector->label, cdrpc_status_name(status));
		ck_assert_msg(status != CDRPC_OK || same, "%s: another value", vector->label);
		body_done(&body);
		read++;
	}
	ck_assert_uint_ge(read, 60);
	tree_pool_done(&pool);
	vectors_free(vectors);
}
END_TEST

static const char composite[] =
	"sequence { u8 1 u64 2 string<=9 \"text\" wstring<=9 \"wide\" blob<=9 0102030405 option { flat/4 01020304 } handle 5 "
	"list<=4 { table { 1 string<=9 \"one\" 2 u32 7 4 list<=3 { string<=4 \"a\" string<=4 \"bc\" } 9 table { 1 bytes<=8 010203 } } "
	"table { 3 i16 -9 5 union { 2 wstring<=4 \"w\" } 6 union { 1 bool 1 } } table { } } "
	"array/8<=2 01020304050607080102030405060708 bytes<=9 0A0B0C union { 3 table { 1 f64 0.5 } } bool 1 }";

/* The body, then the blob area, cut anywhere: E_DECODE, and nothing behind the cut is touched. */
START_TEST(a_body_cut_off_is_refused)
{
	struct tree_pool pool = { NULL };
	const struct tree *tree = tree_parse(&pool, composite);
	struct body body;
	size_t size;
	bool same;

	ck_assert_int_eq(body_write(&body, tree), CDRPC_OK);
	ck_assert_int_eq(body_read(body.bytes, body.w.at, body.blob, body.w.blob_size, &body.w, tree, &same), CDRPC_OK);
	ck_assert(same);
	for (size = 0; size < body.w.at; size++) {
		uint8_t *part = malloc(size > 0 ? size : 1);

		memcpy(part, body.bytes, size);
		ck_assert_int_eq(body_read(part, size, body.blob, body.w.blob_size, &body.w, tree, &same), CDRPC_E_DECODE);
		free(part);
	}
	for (size = 0; size < body.w.blob_size; size++) {
		uint8_t *part = malloc(size > 0 ? size : 1);

		memcpy(part, body.blob, size);
		ck_assert_int_eq(body_read(body.bytes, body.w.at, part, size, &body.w, tree, &same), CDRPC_E_DECODE);
		free(part);
	}
	body_done(&body);
	tree_pool_done(&pool);
}
END_TEST

/* Any byte may become any other. What is accepted nevertheless is another value, for no two bodies mean the same. */
START_TEST(every_byte_matters)
{
	struct tree_pool pool = { NULL };
	const struct tree *tree = tree_parse(&pool, composite);
	struct body body;
	size_t at;
	int value;
	bool same;

	ck_assert_int_eq(body_write(&body, tree), CDRPC_OK);
	for (at = 0; at < body.w.at + body.w.blob_size; at++) {
		uint8_t *byte = at < body.w.at ? body.bytes + at : body.blob + (at - body.w.at);
		uint8_t old = *byte;

		for (value = 0; value < 256; value++) {
			cdrpc_status status;

			*byte = (uint8_t)value;
			status = body_read(body.bytes, body.w.at, body.blob, body.w.blob_size, &body.w, tree, &same);
			if ((status != CDRPC_OK && status != CDRPC_E_DECODE) || (status == CDRPC_OK && same) != (value == old))
				ck_abort_msg("byte %zu as %d: %s", at, value, cdrpc_status_name(status));
		}
		*byte = old;
	}
	body_done(&body);
	tree_pool_done(&pool);
}
END_TEST

/* One round into a buffer that is large enough, or two: the bytes are the same. */
static void
check_round_trip(const struct tree *tree, uint64_t *buffer, size_t capacity)
{
	struct cdrpc_writer w;
	struct body body;
	bool same;

	ck_assert_int_eq(body_write(&body, tree), CDRPC_OK);
	memset(buffer, 0x5A, BUFFER_SIZE);
	cdrpc_writer_init(&w, buffer, BUFFER_SIZE, NULL, NULL);
	tree_write(&w, tree);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(w.status, CDRPC_OK);
	ck_assert_uint_eq(w.at, body.w.at);
	ck_assert(w.at == 0 || memcmp(buffer, body.bytes, w.at) == 0);
	ck_assert_int_eq(body_read(body.bytes, body.w.at, NULL, 0, &body.w, tree, &same), CDRPC_OK);
	ck_assert(same);

	/* A buffer that is too small, by a different amount each time, is not overrun. */
	memset(buffer, 0x5A, BUFFER_SIZE);
	cdrpc_writer_init(&w, buffer, capacity, NULL, NULL);
	tree_write(&w, tree);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(w.status, body.w.at > capacity ? CDRPC_E_TOO_LARGE : CDRPC_OK);
	ck_assert_uint_eq(w.at, body.w.at);
	for (; capacity < body.w.at + 64; capacity++)
		if (((const uint8_t *)buffer)[capacity] != 0x5A)
			ck_abort_msg("byte %zu past the buffer", capacity);
	body_done(&body);
}

START_TEST(random_values_come_back)
{
	uint64_t seed = UINT64_C(20261122);
	uint64_t *buffer = malloc(BUFFER_SIZE);
	size_t largest = 0;
	int i;

	for (i = 0; i < 6000; i++) {
		struct tree_pool pool = { NULL };
		const struct tree *tree = tree_random(&pool, &seed, (uint32_t)(i % 15));
		struct cdrpc_writer w;

		cdrpc_writer_init(&w, NULL, 0, NULL, NULL);
		tree_write(&w, tree);
		if (w.at <= BUFFER_SIZE - 64)
			check_round_trip(tree, buffer, (size_t)(tree_draw(&seed) % (w.at + 9)));
		largest = w.at > largest ? w.at : largest;
		tree_pool_done(&pool);
	}
	ck_assert_uint_gt(largest, 1000);
	free(buffer);
}
END_TEST

/* Random bytes in the place of a body, under the shape of a good one: never more than E_DECODE. */
START_TEST(random_damage_is_refused_or_read)
{
	uint64_t seed = UINT64_C(77);
	int i, k, read = 0;

	for (i = 0; i < 6000; i++) {
		struct tree_pool pool = { NULL };
		const struct tree *tree = tree_random(&pool, &seed, 4);
		struct body body;
		cdrpc_status status;
		bool same;

		ck_assert_int_eq(body_write(&body, tree), CDRPC_OK);
		for (k = 0; k < 3 && body.w.at > 0; k++)
			body.bytes[tree_draw(&seed) % body.w.at] = (uint8_t)(tree_draw(&seed) % 5 ? tree_draw(&seed) % 10 : 0xFF);
		status = body_read(body.bytes, body.w.at, NULL, 0, &body.w, tree, &same);
		ck_assert(status == CDRPC_OK || status == CDRPC_E_DECODE || status == CDRPC_E_TOO_LARGE);
		read += status == CDRPC_OK;
		body_done(&body);
		tree_pool_done(&pool);
	}
	ck_assert_int_gt(read, 100);
	ck_assert_int_lt(read, 5700);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("core_body");
	TCase *tcase = tcase_create("core_body");

	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, values_are_encoded_as_the_vectors_say);
	tcase_add_test(tcase, bodies_are_decoded_as_the_vectors_say);
	tcase_add_test(tcase, a_body_cut_off_is_refused);
	tcase_add_test(tcase, every_byte_matters);
	tcase_add_test(tcase, random_values_come_back);
	tcase_add_test(tcase, random_damage_is_refused_or_read);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
