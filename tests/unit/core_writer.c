#include "check_main.h"

#include <stdlib.h>
#include <string.h>

#include "wire/writer.h"

/* ---- rounds ---- */

struct target {
	int grown;
	size_t asked;
	cdrpc_status answer;
	uint8_t *memory;
	size_t extra;
};

static cdrpc_status
grow(struct cdrpc_writer *w, size_t size)
{
	struct target *target = (struct target *)w->target;

	target->grown++;
	target->asked = size;
	if (target->answer != CDRPC_OK)
		return target->answer;
	target->memory = malloc(size + target->extra);
	ck_assert_ptr_nonnull(target->memory);
	memset(target->memory, 0x5A, size + target->extra);
	w->base = target->memory;
	w->capacity = size + target->extra;
	return CDRPC_OK;
}

START_TEST(what_fits_takes_one_round)
{
	struct target target = { 0, 0, CDRPC_OK, NULL, 0 };
	uint64_t buffer[2] = { UINT64_MAX, UINT64_MAX };
	struct cdrpc_writer w;
	int rounds = 0;

	cdrpc_writer_init(&w, buffer, sizeof buffer, grow, &target);
	do {
		cdrpc_write_u64(&w, 1);
		cdrpc_write_u64(&w, 2);
		rounds++;
	} while (cdrpc_write_again(&w));
	ck_assert_int_eq(rounds, 1);
	ck_assert_int_eq(target.grown, 0);
	ck_assert_int_eq(w.status, CDRPC_OK);
	ck_assert_uint_eq(w.at, 16);
	ck_assert_uint_eq(buffer[0], 1);
	ck_assert_uint_eq(buffer[1], 2);
}
END_TEST

START_TEST(one_byte_more_takes_two_rounds_of_the_exact_size)
{
	struct target target = { 0, 0, CDRPC_OK, NULL, 5 };
	uint64_t buffer[3] = { UINT64_MAX, UINT64_MAX, UINT64_MAX };
	static const uint8_t expected[] = { 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0x5A };
	struct cdrpc_writer w;
	int rounds = 0;

	cdrpc_writer_init(&w, buffer, 16, grow, &target);
	do {
		cdrpc_write_u64(&w, 1);
		cdrpc_write_u64(&w, 2);
		cdrpc_write_u8(&w, 3);
		rounds++;
	} while (cdrpc_write_again(&w));
	ck_assert_int_eq(rounds, 2);
	ck_assert_int_eq(target.grown, 1);
	ck_assert_uint_eq(target.asked, 17);
	ck_assert_int_eq(w.status, CDRPC_OK);
	ck_assert_uint_eq(w.at, 17);
	ck_assert_mem_eq(target.memory, expected, sizeof expected);
	ck_assert_uint_eq(buffer[2], UINT64_MAX);
	free(target.memory);
}
END_TEST

START_TEST(without_grow_an_overflow_is_too_large)
{
	uint64_t buffer[1];
	struct cdrpc_writer w;

	cdrpc_writer_init(&w, buffer, 8, NULL, NULL);
	cdrpc_write_u64(&w, 1);
	cdrpc_write_u8(&w, 1);
	ck_assert_int_eq(w.status, CDRPC_OK);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(w.status, CDRPC_E_TOO_LARGE);
}
END_TEST

START_TEST(what_grow_says_is_reported)
{
	struct target target = { 0, 0, CDRPC_E_NOMEM, NULL, 0 };
	struct cdrpc_writer w;

	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	cdrpc_write_u8(&w, 1);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(w.status, CDRPC_E_NOMEM);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(target.grown, 1);
}
END_TEST

START_TEST(grow_is_not_asked_after_an_error)
{
	struct target target = { 0, 0, CDRPC_OK, NULL, 0 };
	struct cdrpc_writer w;

	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	cdrpc_write_u8(&w, 1);
	cdrpc_write_fail(&w, CDRPC_E_VERSION);
	cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
	cdrpc_write_u64(&w, 1);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(w.status, CDRPC_E_VERSION);
	ck_assert_int_eq(target.grown, 0);
}
END_TEST

/* The second round writes 'second' strings where the first wrote three, or a larger blob. */
static cdrpc_status
write_changing(int second, uint32_t second_blob)
{
	struct target target = { 0, 0, CDRPC_OK, NULL, 64 };
	struct cdrpc_bytes blob = { "12345678", 8 };
	struct cdrpc_writer w;
	int count = 3;
	size_t i;

	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	do {
		int k;

		cdrpc_write_blob(&w, blob, 100);
		for (k = 0; k < count; k++)
			cdrpc_write_string(&w, "text", 10);
		count = second;
		blob.size = second_blob;
	} while (cdrpc_write_again(&w));
	for (i = target.asked; i < target.asked + target.extra; i++)
		ck_assert_uint_eq(target.memory[i], 0x5A);
	free(target.memory);
	return w.status;
}

START_TEST(rounds_that_differ_are_an_argument_error)
{
	ck_assert_int_eq(write_changing(3, 8), CDRPC_OK);
	ck_assert_int_eq(write_changing(2, 8), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(write_changing(4, 8), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(write_changing(40, 8), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(write_changing(3, 0), CDRPC_E_ARGUMENT);
}
END_TEST

/* ---- limits ---- */

/* Only counted, so nothing is read of what is not there; the compiler must not know the size, or it warns of just that. */
static void
count_flat(struct cdrpc_writer *w, volatile size_t size, size_t align)
{
	static const uint8_t byte[1] = { 0 };

	cdrpc_write_flat(w, byte, size, align);
}

START_TEST(a_gibibyte_is_the_limit)
{
	static const uint8_t byte[1] = { 0 };
	struct cdrpc_bytes half = { byte, CDRPC_BODY_MAX / 2 };
	struct cdrpc_bytes whole = { byte, CDRPC_BODY_MAX };
	struct target target = { 0, 0, CDRPC_E_NOMEM, NULL, 0 };
	struct cdrpc_writer w;

	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	count_flat(&w, CDRPC_BODY_MAX, 1);
	ck_assert_int_eq(w.status, CDRPC_OK);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_uint_eq(target.asked, CDRPC_BODY_MAX);

	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	count_flat(&w, CDRPC_BODY_MAX, 1);
	cdrpc_write_u8(&w, 1);
	ck_assert_int_eq(w.status, CDRPC_E_TOO_LARGE);

	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	cdrpc_write_u8(&w, 1);
	count_flat(&w, SIZE_MAX, 8);
	ck_assert_int_eq(w.status, CDRPC_E_TOO_LARGE);

	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	cdrpc_write_array(&w, byte, UINT32_MAX, UINT32_MAX, 1 << 20, 8);
	ck_assert_int_eq(w.status, CDRPC_E_TOO_LARGE);

	/* Body and blob area together. */
	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	cdrpc_write_blob(&w, half, UINT32_MAX);
	count_flat(&w, CDRPC_BODY_MAX / 2 - 4, 1);
	target.asked = 0;
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_uint_eq(target.asked, CDRPC_BODY_MAX / 2);
	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	cdrpc_write_blob(&w, half, UINT32_MAX);
	count_flat(&w, CDRPC_BODY_MAX / 2 - 3, 1);
	target.grown = 0;
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(w.status, CDRPC_E_TOO_LARGE);
	ck_assert_int_eq(target.grown, 0);

	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	cdrpc_write_blob(&w, whole, UINT32_MAX);
	cdrpc_write_blob(&w, half, UINT32_MAX);
	ck_assert_int_eq(w.status, CDRPC_E_TOO_LARGE);
	whole.size++;
	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	cdrpc_write_blob(&w, whole, UINT32_MAX);
	ck_assert_int_eq(w.status, CDRPC_E_TOO_LARGE);
	cdrpc_writer_init(&w, NULL, 0, grow, &target);
	cdrpc_write_bytes(&w, whole, UINT32_MAX);
	ck_assert_int_eq(w.status, CDRPC_E_TOO_LARGE);
}
END_TEST

START_TEST(sixteen_levels_are_the_limit)
{
	uint64_t buffer[64];
	struct cdrpc_mark marks[CDRPC_DEPTH_MAX + 1];
	struct cdrpc_writer w;
	uint32_t levels, i;

	for (levels = 1; levels <= CDRPC_DEPTH_MAX + 1; levels++) {
		cdrpc_writer_init(&w, buffer, sizeof buffer, NULL, NULL);
		for (i = 0; i < levels; i++)
			marks[i] = i % 2 ? cdrpc_union_begin(&w, 1) : cdrpc_table_begin(&w);
		/* A scalar member is no level. */
		cdrpc_field_u32(&w, 1, 5);
		for (i = levels; i-- > 0;)
			i % 2 ? cdrpc_union_end(&w, marks[i]) : cdrpc_table_end(&w, marks[i]);
		cdrpc_write_again(&w);
		ck_assert_int_eq(w.status, levels <= CDRPC_DEPTH_MAX ? CDRPC_OK : CDRPC_E_ARGUMENT);
		ck_assert_uint_eq(w.depth, 0);
	}
}
END_TEST

/* ---- what callers get wrong ---- */

START_TEST(missing_data_is_an_argument_error)
{
	static const struct cdrpc_bytes nothing = { NULL, 1 };
	static const struct cdrpc_bytes empty = { NULL, 0 };
	uint64_t buffer[8];
	struct cdrpc_writer w;
	int i;

	for (i = 0; i < 9; i++) {
		cdrpc_writer_init(&w, buffer, sizeof buffer, NULL, NULL);
		switch (i) {
		case 0: cdrpc_write_string(&w, NULL, 9); break;
		case 1: cdrpc_write_wstring(&w, NULL, 9); break;
		case 2: cdrpc_write_bytes(&w, nothing, 9); break;
		case 3: cdrpc_write_blob(&w, nothing, 9); break;
		case 4: cdrpc_write_flat(&w, NULL, 1, 1); break;
		case 5: cdrpc_write_array(&w, NULL, 1, 9, 1, 1); break;
		case 6: ck_assert_uint_eq(cdrpc_write_count(&w, NULL, 1, 9), 0); break;
		case 7: cdrpc_write_handle(&w, NULL, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, false); break;
		default: ck_assert_uint_eq(cdrpc_write_count(&w, buffer, 10, 9), 0); break;
		}
		ck_assert_int_eq(w.status, CDRPC_E_ARGUMENT);
		ck_assert(!cdrpc_write_again(&w));
		ck_assert_int_eq(w.status, CDRPC_E_ARGUMENT);
	}
	cdrpc_writer_init(&w, buffer, sizeof buffer, NULL, NULL);
	cdrpc_write_bytes(&w, empty, 0);
	cdrpc_write_blob(&w, empty, 0);
	cdrpc_write_array(&w, NULL, 0, 0, 8, 8);
	ck_assert_uint_eq(cdrpc_write_count(&w, NULL, 0, 0), 0);
	ck_assert(!cdrpc_write_present(&w, NULL));
	cdrpc_write_handle(&w, NULL, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, true);
	ck_assert_int_eq(w.status, CDRPC_OK);
	ck_assert_uint_eq(w.at, 24);
}
END_TEST

/* The first error sticks; what is written after it, tables and records too, changes nothing and touches nothing. */
START_TEST(nothing_is_stored_after_an_error)
{
	uint64_t buffer[8];
	uint64_t untouched[8];
	struct cdrpc_mark table, field, record;
	struct cdrpc_writer w;

	memset(buffer, 0x5A, sizeof buffer);
	memset(untouched, 0x5A, sizeof untouched);
	cdrpc_writer_init(&w, buffer, sizeof buffer, NULL, NULL);
	cdrpc_write_string(&w, NULL, 9);
	table = cdrpc_table_begin(&w);
	cdrpc_field_u32(&w, 1, 1);
	field = cdrpc_field_begin(&w, 2);
	record = cdrpc_union_begin(&w, 1);
	cdrpc_write_string(&w, "text", 9);
	cdrpc_union_end(&w, record);
	cdrpc_field_end(&w, field);
	cdrpc_table_end(&w, table);
	cdrpc_write_f64(&w, 1.0);
	ck_assert_mem_eq(buffer, untouched, sizeof buffer);
	ck_assert_int_eq(w.status, CDRPC_E_ARGUMENT);
	ck_assert_uint_eq(w.at, 0);
}
END_TEST

START_TEST(handles_and_blobs_are_noted_in_order)
{
	uint64_t buffer[64];
	struct cdrpc_bytes blob = { "123456789", 9 };
	static const uint8_t area[16] = { '1', '2', '3', '4', '5', '6', '7', '8', '9' };
	uint8_t copy[16 * CDRPC_BLOBS_MAX];
	struct cdrpc_writer w;
	uint32_t i;

	cdrpc_writer_init(&w, buffer, sizeof buffer, NULL, NULL);
	for (i = 0; i < CDRPC_HANDLES_MAX; i++)
		cdrpc_write_handle(&w, (cdrpc_handle)(uintptr_t)(4 * i + 4), CDRPC_HANDLE_PIPE, CDRPC_RIGHT_WRITE, i % 2 == 0);
	for (i = 0; i < CDRPC_BLOBS_MAX; i++)
		cdrpc_write_blob(&w, blob, 9);
	ck_assert_int_eq(w.status, CDRPC_OK);
	ck_assert_uint_eq(w.handle_count, CDRPC_HANDLES_MAX);
	for (i = 0; i < CDRPC_HANDLES_MAX; i++) {
		ck_assert_ptr_eq(w.handles[i].handle, (cdrpc_handle)(uintptr_t)(4 * i + 4));
		ck_assert_uint_eq(w.handles[i].kind, CDRPC_HANDLE_PIPE);
		ck_assert_uint_eq(w.handles[i].rights, CDRPC_RIGHT_WRITE);
	}
	ck_assert_uint_eq(w.blob_size, sizeof copy);
	memset(copy, 0x5A, sizeof copy);
	writer_copy_blobs(&w, copy);
	for (i = 0; i < CDRPC_BLOBS_MAX; i++)
		ck_assert_mem_eq(copy + 16 * i, area, 16);

	cdrpc_write_handle(&w, (cdrpc_handle)(uintptr_t)4, CDRPC_HANDLE_PIPE, CDRPC_RIGHT_WRITE, false);
	ck_assert_int_eq(w.status, CDRPC_E_ARGUMENT);
	cdrpc_writer_init(&w, buffer, sizeof buffer, NULL, NULL);
	for (i = 0; i <= CDRPC_BLOBS_MAX; i++)
		cdrpc_write_blob(&w, blob, 9);
	ck_assert_int_eq(w.status, CDRPC_E_ARGUMENT);
}
END_TEST

/* How generated code pads the tail of a struct that it writes member by member. */
START_TEST(an_empty_flat_item_pads)
{
	uint64_t buffer[2] = { UINT64_MAX, UINT64_MAX };
	struct cdrpc_writer w;

	cdrpc_writer_init(&w, buffer, sizeof buffer, NULL, NULL);
	cdrpc_write_flat(&w, "", 0, 8);
	ck_assert_uint_eq(w.at, 0);
	cdrpc_write_u8(&w, 7);
	cdrpc_write_flat(&w, "", 0, 8);
	ck_assert_uint_eq(w.at, 8);
	ck_assert_uint_eq(buffer[0], 7);
	cdrpc_writer_init(&w, NULL, 0, NULL, NULL);
	cdrpc_write_flat(&w, "", 0, 8);
	ck_assert_uint_eq(w.at, 0);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(w.status, CDRPC_OK);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("core_writer");
	TCase *tcase = tcase_create("core_writer");

	tcase_add_test(tcase, what_fits_takes_one_round);
	tcase_add_test(tcase, one_byte_more_takes_two_rounds_of_the_exact_size);
	tcase_add_test(tcase, without_grow_an_overflow_is_too_large);
	tcase_add_test(tcase, what_grow_says_is_reported);
	tcase_add_test(tcase, grow_is_not_asked_after_an_error);
	tcase_add_test(tcase, rounds_that_differ_are_an_argument_error);
	tcase_add_test(tcase, a_gibibyte_is_the_limit);
	tcase_add_test(tcase, sixteen_levels_are_the_limit);
	tcase_add_test(tcase, missing_data_is_an_argument_error);
	tcase_add_test(tcase, nothing_is_stored_after_an_error);
	tcase_add_test(tcase, handles_and_blobs_are_noted_in_order);
	tcase_add_test(tcase, an_empty_flat_item_pads);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
