#include "check_main.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

#include "base/arena.h"

/* ---- the truth table of every scalar ---- */

struct scalar {
	const char *name;
	size_t size;
	void (*write)(struct cdrpc_writer *w, uint64_t bits);
	uint64_t (*read)(struct cdrpc_reader *r);
};

#define SCALAR(type, name) \
	static void write_##name(struct cdrpc_writer *w, uint64_t bits) \
	{ \
		type value; \
		memcpy(&value, &bits, sizeof value); \
		cdrpc_write_##name(w, value); \
	} \
	static uint64_t read_##name(struct cdrpc_reader *r) \
	{ \
		type value = cdrpc_read_##name(r); \
		uint64_t bits = 0; \
		memcpy(&bits, &value, sizeof value); \
		return bits; \
	}

SCALAR(bool, bool)
SCALAR(uint8_t, u8)
SCALAR(uint16_t, u16)
SCALAR(uint32_t, u32)
SCALAR(uint64_t, u64)
SCALAR(int8_t, i8)
SCALAR(int16_t, i16)
SCALAR(int32_t, i32)
SCALAR(int64_t, i64)
SCALAR(float, f32)
SCALAR(double, f64)

static const struct scalar scalars[] = {
	{ "bool", 1, write_bool, read_bool }, { "u8", 1, write_u8, read_u8 },    { "u16", 2, write_u16, read_u16 },
	{ "u32", 4, write_u32, read_u32 },    { "u64", 8, write_u64, read_u64 }, { "i8", 1, write_i8, read_i8 },
	{ "i16", 2, write_i16, read_i16 },    { "i32", 4, write_i32, read_i32 }, { "i64", 8, write_i64, read_i64 },
	{ "f32", 4, write_f32, read_f32 },    { "f64", 8, write_f64, read_f64 },
};

static const uint64_t patterns[] = { 0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0x7FFFFFFF, 0x80000000, UINT64_C(0x7FEFFFFFFFFFFFFF),
				     UINT64_C(0x8000000000000000), UINT64_C(0x0102030405060708) };

/* 'before' bytes, the scalar, in a body that is 'size' bytes long: written, its bytes, then read again. */
static void
check_scalar(const struct scalar *scalar, size_t before, uint64_t bits)
{
	uint8_t *body = calloc(4, 8);
	size_t at = (before + scalar->size - 1) / scalar->size * scalar->size;
	struct cdrpc_writer w;
	struct cdrpc_reader r;
	size_t i, size;
	uint8_t *part;

	bits &= scalar->size == 8 ? UINT64_MAX : (UINT64_C(1) << 8 * scalar->size) - 1;
	if (scalar->read == read_bool)
		bits &= 1;
	memset(body, 0x5A, 32);
	cdrpc_writer_init(&w, body, at + scalar->size, NULL, NULL);
	for (i = 0; i < before; i++)
		cdrpc_write_u8(&w, 0xEE);
	scalar->write(&w, bits);
	ck_assert_int_eq(w.status, CDRPC_OK);
	ck_assert_uint_eq(w.at, at + scalar->size);
	for (i = 0; i < 32; i++) {
		uint64_t expected = i < before ? 0xEE : i < at ? 0 : i < w.at ? bits >> 8 * (i - at) & 0xFF : 0x5A;

		if (body[i] != expected)
			ck_abort_msg("%s after %zu bytes: byte %zu", scalar->name, before, i);
	}
	/* The body as it is, and one byte shorter, each at the end of its memory. */
	for (size = w.at - 1; size <= w.at; size++) {
		part = malloc(size > 0 ? size : 1);
		memcpy(part, body, size);
		cdrpc_reader_init(&r, NULL, part, size, NULL, 0);
		for (i = 0; i < before; i++)
			ck_assert_uint_eq(cdrpc_read_u8(&r), 0xEE);
		ck_assert_uint_eq(scalar->read(&r), size == w.at ? bits : 0);
		ck_assert_int_eq(r.status, size == w.at ? CDRPC_OK : CDRPC_E_DECODE);
		ck_assert_int_eq(cdrpc_reader_end(&r), size == w.at ? CDRPC_OK : CDRPC_E_DECODE);
		free(part);
	}
	/* Each byte of the padding, not zero. */
	for (i = before; i < at; i++) {
		body[i] = 1;
		cdrpc_reader_init(&r, NULL, body, w.at, NULL, 0);
		cdrpc_read_flat(&r, before, 1);
		ck_assert_uint_eq(scalar->read(&r), 0);
		ck_assert_int_eq(r.status, CDRPC_E_DECODE);
		body[i] = 0;
	}
	/* A buffer one byte too small holds nothing of it. */
	memset(body, 0x5A, 32);
	cdrpc_writer_init(&w, body, at + scalar->size - 1, NULL, NULL);
	for (i = 0; i < before; i++)
		cdrpc_write_u8(&w, 0xEE);
	scalar->write(&w, bits);
	ck_assert_uint_eq(w.at, at + scalar->size);
	for (i = before; i < 32; i++)
		ck_assert_uint_eq(body[i], 0x5A);
	free(body);
}

START_TEST(scalars_at_every_alignment)
{
	size_t k, before, i;

	for (k = 0; k < sizeof scalars / sizeof scalars[0]; k++)
		for (before = 0; before <= 9; before++)
			for (i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
				check_scalar(&scalars[k], before, patterns[i]);
}
END_TEST

/* ---- bounds ---- */

enum bounded { BOUNDED_STRING, BOUNDED_WSTRING, BOUNDED_BYTES, BOUNDED_BLOB, BOUNDED_ARRAY, BOUNDED_COUNT, BOUNDED_KINDS };

static void
write_bounded(struct cdrpc_writer *w, enum bounded kind, uint32_t count, uint32_t bound)
{
	static const uint8_t data[64] = "abcdefghijklmnopqrstuvwxyz";
	cdrpc_wchar wide[32] = { 0 };
	char text[32] = "";
	struct cdrpc_bytes bytes = { data, count };
	uint32_t i;

	for (i = 0; i < count; i++) {
		wide[i] = (cdrpc_wchar)(i + 0x100);
		text[i] = 'x';
	}
	switch (kind) {
	case BOUNDED_STRING: cdrpc_write_string(w, text, bound); break;
	case BOUNDED_WSTRING: cdrpc_write_wstring(w, wide, bound); break;
	case BOUNDED_BYTES: cdrpc_write_bytes(w, bytes, bound); break;
	case BOUNDED_BLOB: cdrpc_write_blob(w, bytes, bound); break;
	case BOUNDED_ARRAY: cdrpc_write_array(w, data, count, bound, 2, 2); break;
	default:
		count = cdrpc_write_count(w, data, count, bound);
		for (i = 0; i < count; i++)
			cdrpc_write_u16(w, 5);
		break;
	}
}

/* The count that was read, or -1 where what stands for an error came back. */
static int
read_bounded(struct cdrpc_reader *r, enum bounded kind, uint32_t bound)
{
	struct cdrpc_bytes bytes = { NULL, 0 };
	const cdrpc_wchar *wide;
	const char *text;
	const void *items;
	uint32_t count = 77, i;

	switch (kind) {
	case BOUNDED_STRING:
		text = cdrpc_read_string(r, bound);
		return r->status == CDRPC_OK ? (int)strlen(text) : text[0] == '\0' ? -1 : -2;
	case BOUNDED_WSTRING:
		wide = cdrpc_read_wstring(r, bound);
		for (count = 0; wide[count] != 0; count++)
			;
		return r->status == CDRPC_OK ? (int)count : wide == cdrpc_empty_wstring() ? -1 : -2;
	case BOUNDED_BYTES:
	case BOUNDED_BLOB:
		bytes = kind == BOUNDED_BYTES ? cdrpc_read_bytes(r, bound) : cdrpc_read_blob(r, bound);
		if (r->status == CDRPC_OK)
			return bytes.data ? (int)bytes.size : -2;
		return !bytes.data && bytes.size == 0 ? -1 : -2;
	case BOUNDED_ARRAY:
		items = cdrpc_read_array(r, bound, 2, 2, &count);
		if (r->status == CDRPC_OK)
			return (items != NULL) == (count > 0) ? (int)count : -2;
		return !items && count == 0 ? -1 : -2;
	default:
		count = cdrpc_read_count(r, bound, 2);
		for (i = 0; i < count; i++)
			cdrpc_read_u16(r);
		return r->status == CDRPC_OK ? (int)count : count == 0 ? -1 : -2;
	}
}

START_TEST(bounds_are_exact_both_ways)
{
	uint64_t body[16], blob[8];
	struct cdrpc_writer w;
	struct cdrpc_reader r;
	uint32_t bound, count;
	int kind, before;

	for (kind = 0; kind < BOUNDED_KINDS; kind++) {
		for (before = 0; before < 8; before++) {
			for (bound = 1; bound <= 17; bound++) {
				for (count = bound - 1; count <= bound + 1; count++) {
					memset(blob, 0, sizeof blob);
					cdrpc_writer_init(&w, body, sizeof body, NULL, NULL);
					cdrpc_write_flat(&w, "\1\2\3\4\5\6\7\10", (size_t)before, 1);
					write_bounded(&w, (enum bounded)kind, count, bound);
					ck_assert_int_eq(w.status, count <= bound ? CDRPC_OK : CDRPC_E_ARGUMENT);
					/* As a writer that knows another bound would have written it. */
					cdrpc_writer_init(&w, body, sizeof body, NULL, NULL);
					cdrpc_write_flat(&w, "\1\2\3\4\5\6\7\10", (size_t)before, 1);
					write_bounded(&w, (enum bounded)kind, count, 100);
					ck_assert(!cdrpc_write_again(&w));
					cdrpc_reader_init(&r, NULL, body, w.at, blob, w.blob_size);
					cdrpc_read_flat(&r, (size_t)before, 1);
					ck_assert_int_eq(read_bounded(&r, (enum bounded)kind, bound), count <= bound ? (int)count : -1);
					ck_assert_int_eq(cdrpc_reader_end(&r), count <= bound ? CDRPC_OK : CDRPC_E_DECODE);
				}
			}
		}
	}
}
END_TEST

/* ---- errors ---- */

START_TEST(after_an_error_everything_reads_as_nothing)
{
	static const uint64_t ones[8] = { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX };
	uint8_t into[4] = { 1, 2, 3, 4 };
	static const uint8_t zero[4];
	struct cdrpc_field field;
	struct cdrpc_scope scope;
	struct cdrpc_arena arena;
	struct cdrpc_reader r;
	size_t i;

	arena_init(&arena, NULL, 100);
	cdrpc_reader_init(&r, &arena, ones, sizeof ones, ones, sizeof ones);
	cdrpc_read_u8(&r);
	cdrpc_read_fail(&r, CDRPC_E_NOMEM);
	cdrpc_read_fail(&r, CDRPC_E_DECODE);
	for (i = 0; i < sizeof scalars / sizeof scalars[0]; i++)
		ck_assert_uint_eq(scalars[i].read(&r), 0);
	for (i = 0; i < BOUNDED_KINDS; i++)
		ck_assert_int_eq(read_bounded(&r, (enum bounded)i, UINT32_MAX), -1);
	ck_assert_ptr_null(cdrpc_read_flat(&r, 1, 1));
	ck_assert_ptr_null(cdrpc_read_flat(&r, 0, 1));
	cdrpc_read_into(&r, into, sizeof into, 1);
	ck_assert_mem_eq(into, zero, sizeof into);
	ck_assert(!cdrpc_read_present(&r));
	ck_assert_ptr_null(cdrpc_read_alloc(&r, 1, 1));
	ck_assert_ptr_null(cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, true));
	scope = cdrpc_read_table(&r);
	memset(&field, 0, sizeof field);
	ck_assert(!cdrpc_read_field(&r, &scope, &field));
	cdrpc_read_table_end(&r, &scope);
	scope = cdrpc_read_union(&r, &field);
	ck_assert_uint_eq(field.id, 0);
	cdrpc_read_skip(&r, &field);
	cdrpc_read_union_end(&r, &scope);
	field.flag = 1;
	field.value = 5;
	ck_assert_uint_eq(cdrpc_field_value(&r, &field, 9), 0);
	ck_assert_int_eq(cdrpc_field_signed(&r, &field, 0, 9), 0);
	ck_assert(cdrpc_field_f32(&r, &field) == 0);
	ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_E_NOMEM);
	arena_done(&arena);
}
END_TEST

START_TEST(bytes_that_are_cut_off_have_no_size)
{
	static const uint64_t body[2] = { 3, 0 };
	struct cdrpc_bytes bytes;
	struct cdrpc_reader r;

	cdrpc_reader_init(&r, NULL, body, 10, NULL, 0);
	bytes = cdrpc_read_bytes(&r, 9);
	ck_assert_ptr_null(bytes.data);
	ck_assert_uint_eq(bytes.size, 0);
	ck_assert_int_eq(r.status, CDRPC_E_DECODE);
}
END_TEST

/* ---- memory ---- */

START_TEST(arrays_come_from_the_arena_and_its_limit_is_reported)
{
	static const uint64_t body[1];
	struct cdrpc_arena arena;
	struct cdrpc_reader r;

	arena_init(&arena, NULL, 64);
	cdrpc_reader_init(&r, &arena, body, sizeof body, NULL, 0);
	ck_assert_ptr_null(cdrpc_read_alloc(&r, 0, 8));
	ck_assert_ptr_nonnull(cdrpc_read_alloc(&r, 4, 8));
	ck_assert_int_eq(r.status, CDRPC_OK);
	ck_assert_ptr_null(cdrpc_read_alloc(&r, 5, 8));
	ck_assert_int_eq(r.status, CDRPC_E_TOO_LARGE);

	cdrpc_reader_init(&r, &arena, body, sizeof body, NULL, 0);
	ck_assert_ptr_null(cdrpc_read_alloc(&r, SIZE_MAX / 8 + 2, 8));
	ck_assert_int_eq(r.status, CDRPC_E_TOO_LARGE);
	cdrpc_reader_init(&r, NULL, body, sizeof body, NULL, 0);
	ck_assert_ptr_null(cdrpc_read_alloc(&r, 1, 1));
	ck_assert_int_eq(r.status, CDRPC_E_TOO_LARGE);
	cdrpc_reader_init(&r, NULL, body, (size_t)CDRPC_BODY_MAX + 1, NULL, 0);
	ck_assert_int_eq(r.status, CDRPC_E_TOO_LARGE);
	arena_done(&arena);
}
END_TEST

static void *
no_memory(void *self, size_t size)
{
	(void)self;
	(void)size;
	return NULL;
}

static void
no_free(void *self, void *memory)
{
	(void)self;
	ck_assert_ptr_null(memory);
}

START_TEST(no_memory_is_reported)
{
	struct cdrpc_env env = { NULL, no_memory, no_free, NULL };
	static const uint64_t body[1];
	struct cdrpc_arena arena;
	struct cdrpc_reader r;

	arena_init(&arena, &env, 64);
	cdrpc_reader_init(&r, &arena, body, sizeof body, NULL, 0);
	ck_assert_ptr_null(cdrpc_read_alloc(&r, 1, 1));
	ck_assert_int_eq(r.status, CDRPC_E_NOMEM);
	arena_done(&arena);
}
END_TEST

START_TEST(a_shared_blob_is_copied_unless_it_is_asked_for_in_place)
{
	static const uint32_t body[] = { 3, 5 };
	uint8_t area[16] = { 1, 2, 3, 0, 0, 0, 0, 0, 4, 5, 6, 7, 8 };
	uint64_t aligned[1];
	struct cdrpc_bytes copy, place;
	struct cdrpc_arena arena;
	struct cdrpc_reader r;
	int shared;

	memcpy(aligned, body, sizeof aligned);
	for (shared = 0; shared < 2; shared++) {
		arena_init(&arena, NULL, 8);
		cdrpc_reader_init(&r, &arena, aligned, sizeof aligned, area, sizeof area);
		r.blob_shared = shared != 0;
		copy = cdrpc_read_blob(&r, 9);
		place = cdrpc_read_shared(&r, 9);
		ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_OK);
		ck_assert_uint_eq(copy.size, 3);
		ck_assert_mem_eq(copy.data, "\1\2\3", 3);
		ck_assert((copy.data == area) == !shared);
		ck_assert_ptr_eq(place.data, area + 8);
		ck_assert_uint_eq(place.size, 5);
		arena_done(&arena);
	}
	arena_init(&arena, NULL, 0);
	cdrpc_reader_init(&r, &arena, aligned, sizeof aligned, area, sizeof area);
	r.blob_shared = true;
	copy = cdrpc_read_blob(&r, 9);
	ck_assert_ptr_null(copy.data);
	ck_assert_uint_eq(copy.size, 0);
	ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_E_TOO_LARGE);
	arena_done(&arena);
}
END_TEST

START_TEST(handles_are_of_their_kind_and_rights)
{
	static const uint64_t body[1] = { 1 };
	static const uint64_t second[1] = { UINT64_C(2) << 32 | 1 };
	static const uint32_t zero[1];
	static const uint32_t rights[] = { CDRPC_RIGHT_SYNC, CDRPC_RIGHT_SYNC, CDRPC_RIGHT_SYNC | CDRPC_RIGHT_MODIFY,
					   CDRPC_RIGHT_MODIFY };
	struct cdrpc_handle_item item = { NULL, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_SYNC };
	struct cdrpc_reader r;
	int i;

	item.handle = (cdrpc_handle)(uintptr_t)4;
	for (i = 0; i < 4; i++) {
		cdrpc_reader_init(&r, NULL, body, 4, NULL, 0);
		r.handles = &item;
		r.handle_count = 1;
		ck_assert_ptr_eq(cdrpc_read_handle(&r, i == 1 ? CDRPC_HANDLE_MUTEX : CDRPC_HANDLE_EVENT, rights[i], false),
				 i == 0 ? item.handle : NULL);
		ck_assert_int_eq(cdrpc_reader_end(&r), i == 0 ? CDRPC_OK : CDRPC_E_DECODE);
	}
	/* One more than there are. */
	cdrpc_reader_init(&r, NULL, second, sizeof second, NULL, 0);
	r.handles = &item;
	r.handle_count = 1;
	ck_assert_ptr_eq(cdrpc_read_handle(&r, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_SYNC, false), item.handle);
	ck_assert_ptr_null(cdrpc_read_handle(&r, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_SYNC, false));
	ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_E_DECODE);
	cdrpc_reader_init(&r, NULL, zero, sizeof zero, NULL, 0);
	ck_assert_ptr_null(cdrpc_read_handle(&r, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_SYNC, false));
	ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_E_DECODE);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("core_reader");
	TCase *tcase = tcase_create("core_reader");

	tcase_add_test(tcase, scalars_at_every_alignment);
	tcase_add_test(tcase, bounds_are_exact_both_ways);
	tcase_add_test(tcase, after_an_error_everything_reads_as_nothing);
	tcase_add_test(tcase, bytes_that_are_cut_off_have_no_size);
	tcase_add_test(tcase, arrays_come_from_the_arena_and_its_limit_is_reported);
	tcase_add_test(tcase, no_memory_is_reported);
	tcase_add_test(tcase, a_shared_blob_is_copied_unless_it_is_asked_for_in_place);
	tcase_add_test(tcase, handles_are_of_their_kind_and_rights);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
