#include <string.h>

#include "check_main.h"
#include "wire/ring.h"

#define SIZE 8192u
#define ENTRY(size) (8u + (((size) + 7u) & ~7u))

/* Two mappings of one memory, as in two processes. */
static struct ring_writer writer;
static struct ring_reader reader;
static _Alignas(64) uint8_t memory[RING_HEADER_SIZE + SIZE];
static ring_position shared_tail;

static void
begin(void)
{
	memset(memory, 0, sizeof memory);
	atomic_u32_store(&shared_tail, 0);
	ring_writer_init(&writer, memory, SIZE, &shared_tail);
	ring_reader_init(&reader, memory, SIZE, &shared_tail);
}

/* As after so many bytes: 'at' is a multiple of 8. */
static void
begin_at(uint32_t at)
{
	begin();
	writer.head = writer.tail = reader.tail = at;
	atomic_u32_store(writer.shared_head, at);
	atomic_u32_store(&shared_tail, at);
}

/* An entry whose bytes follow from its number and size. */
static bool
put(uint32_t number, uint32_t size, bool reserve)
{
	uint8_t bytes[SIZE];
	uint32_t i;

	for (i = 0; i < size; i++)
		bytes[i] = (uint8_t)(number * 31 + i * 7);
	return ring_put(&writer, bytes, size, reserve);
}

/* Whether the next entry is that one; it is read then. */
static bool
get(uint32_t number, uint32_t size)
{
	const uint8_t *bytes = NULL;
	uint32_t got = 0, wrong = 0, i;

	if (!ring_get(&reader, &bytes, &got) || got != size)
		return false;
	for (i = 0; i < size; i++)
		wrong += bytes[i] != (uint8_t)(number * 31 + i * 7);
	ring_next(&reader, got);
	return wrong == 0;
}

static bool
nothing(void)
{
	const uint8_t *bytes = NULL;
	uint32_t size = 77;

	return !ring_get(&reader, &bytes, &size) && !bytes && size == 77;
}

START_TEST(what_is_put_is_got)
{
	begin();
	ck_assert(ring_is_empty(&reader));
	ck_assert(nothing());
	ck_assert(put(1, 100, false));
	ck_assert(put(2, 0, false));
	ck_assert(put(3, 1, false));
	ck_assert(!ring_is_empty(&reader));
	ck_assert(get(1, 100));
	ck_assert(get(2, 0));
	ck_assert(!ring_is_empty(&reader));
	ck_assert(get(3, 1));
	ck_assert(ring_is_empty(&reader));
	ck_assert(nothing());
	ck_assert_uint_eq(atomic_u32_load(&shared_tail), ENTRY(100) + ENTRY(0) + ENTRY(1));
}
END_TEST

/* Until it is passed, an entry can be looked at again. */
START_TEST(got_twice)
{
	const uint8_t *first = NULL, *second = NULL;
	uint32_t size = 0;

	begin();
	ck_assert(put(1, 40, false));
	ck_assert(ring_get(&reader, &first, &size));
	ck_assert(ring_get(&reader, &second, &size));
	ck_assert_ptr_eq(first, second);
}
END_TEST

/* Any sizes, any lag of the reader, positions that pass 2^32: a model says what must be there. */
START_TEST(any_sequence)
{
	static uint32_t sizes[1 << 16];
	uint32_t put_count = 0, got_count = 0, state = 12345u + (uint32_t)_i, wrong = 0, step, size, refused = 0;

	begin_at(_i % 2 ? UINT32_MAX - 20000 + 1 - (UINT32_MAX - 20000 + 1) % 8 : 0);
	for (step = 0; step < 60000; step++) {
		state = state * 1664525u + 1013904223u;
		size = (state >> 8) % (_i < 2 ? 300 : 4097);
		if (state >> 31) {
			if (put(put_count, size, false))
				sizes[put_count++] = size;
			else
				refused++;
		} else if (got_count < put_count) {
			wrong += !get(got_count, sizes[got_count]);
			got_count++;
		} else {
			wrong += !nothing();
		}
	}
	while (got_count < put_count) {
		wrong += !get(got_count, sizes[got_count]);
		got_count++;
	}
	ck_assert_uint_eq(wrong, 0);
	ck_assert(ring_is_empty(&reader));
	ck_assert_uint_gt(put_count, 10000);
	ck_assert_uint_gt(refused, 0);
}
END_TEST

START_TEST(full_by_bytes)
{
	uint32_t count = 0, i;

	begin();
	while (put(count, 500, false))
		count++;
	ck_assert_uint_eq(count, (SIZE - RING_RESERVE) / ENTRY(500));
	/* The reserve is for words that may use it, and ends too. */
	ck_assert(put(count, 100, true));
	ck_assert(put(count + 1, 100, true));
	ck_assert(!put(count + 2, 400, true));
	for (i = 0; i < count; i++)
		ck_assert(get(i, 500));
	ck_assert(get(count, 100));
	ck_assert(get(count + 1, 100));
	ck_assert(nothing());
}
END_TEST

START_TEST(full_by_entries)
{
	uint32_t count = 0, i;

	begin();
	while (put(count, 1, false))
		count++;
	ck_assert_uint_eq(count, RING_ENTRIES_MAX);
	ck_assert(put(count, 1, true));
	/* Two read make room for one: the reserved one counts. */
	ck_assert(get(0, 1));
	ck_assert(!put(count + 1, 1, false));
	ck_assert(get(1, 1));
	ck_assert(put(count + 1, 1, false));
	ck_assert(!put(count + 2, 1, false));
	for (i = 2; i < count + 2; i++)
		ck_assert(get(i, 1));
	ck_assert(nothing());
}
END_TEST

START_TEST(too_large_for_ever)
{
	begin();
	ck_assert(!put(1, SIZE / 2 + 1, false));
	ck_assert(!put(1, SIZE / 2 + 1, true));
	ck_assert(put(1, SIZE / 2, false));
	ck_assert(get(1, SIZE / 2));
}
END_TEST

/* The rest up to the end is passed over where an entry does not fit there. */
START_TEST(around_the_end)
{
	begin_at(SIZE - 16);
	ck_assert(put(1, 100, false));
	ck_assert_uint_eq(atomic_u32_load(writer.shared_head), SIZE + ENTRY(100));
	ck_assert(get(1, 100));
	ck_assert_uint_eq(atomic_u32_load(&shared_tail), SIZE + ENTRY(100));
	begin_at(SIZE - 16);
	ck_assert(put(1, 8, false));
	ck_assert_uint_eq(atomic_u32_load(writer.shared_head), SIZE);
	ck_assert(put(2, 8, false));
	ck_assert(get(1, 8));
	ck_assert(get(2, 8));
}
END_TEST

/* ---- a reader that lies ---- */

/* What it says of how far it is counts only where it can be true; else it loses what does not fit, and nothing is overwritten before. */
START_TEST(hostile_tails)
{
	static const uint32_t lies[] = { 1, 4, 7, 8 + 3, 600, SIZE, SIZE + 8, UINT32_MAX, UINT32_MAX - 7, 0x80000000u };
	uint32_t base = _i % 2 ? UINT32_MAX - 7 - 2048 : 64, count = 0, number;

	begin_at(base - base % 8);
	base = writer.head;
	for (number = 0; number < 3; number++)
		ck_assert(put(number, 200, false));
	atomic_u32_store(&shared_tail, base + lies[_i / 2]);
	while (count < 1000 && put(count, 200, false))
		count++;
	/* A lie of more than was ever written is none that could be true. */
	if (lies[_i / 2] > 3 * ENTRY(200))
		ck_assert_uint_eq(writer.tail, base);
	ck_assert_uint_le(count, SIZE / ENTRY(200));
	ck_assert_uint_le(writer.head - writer.tail, SIZE);
	/* It goes on as soon as the reader says what can be true. */
	atomic_u32_store(&shared_tail, writer.head);
	ck_assert(put(9, 200, false));
}
END_TEST

/* A tail that goes back does not take away what was free. */
START_TEST(a_tail_that_goes_back)
{
	uint32_t count = 0;

	begin();
	while (put(count, 500, false))
		count++;
	atomic_u32_store(&shared_tail, writer.head);
	ck_assert(put(1, 500, false));
	atomic_u32_store(&shared_tail, 0);
	ck_assert(put(2, 500, false));
}
END_TEST

/* ---- a writer that lies ---- */

/* Nothing is got, and from then on nothing is looked for: whatever the writer does next, this is no ring any more. */
static void
check_broken(void)
{
	ck_assert(nothing());
	ck_assert(ring_is_empty(&reader));
	atomic_u32_store(writer.shared_head, reader.tail + ENTRY(8));
	ck_assert(nothing());
	ck_assert(ring_is_empty(&reader));
}

START_TEST(hostile_heads)
{
	static const uint32_t lies[] = { 1, 4, 7, 9, SIZE + 8, SIZE + 1, 0x80000000u, UINT32_MAX, UINT32_MAX - 7 };
	uint32_t base = _i % 2 ? UINT32_MAX - 7 : SIZE - 8;

	begin_at(base);
	memset(memory + RING_HEADER_SIZE, 0, SIZE);
	atomic_u32_store(writer.shared_head, base + lies[_i / 2]);
	ck_assert(!ring_is_empty(&reader));
	check_broken();
}
END_TEST

/* Sizes that are not there: more than was written, more than there is, over the end; a rest that is passed over and nothing behind it. */
static const struct {
	uint32_t at;
	uint32_t used;
	uint32_t size;
} entries[] = {
	{ 0, 8, 1 },
	{ 0, 16, 9 },
	{ 0, SIZE, SIZE - 7 },
	{ 0, SIZE, SIZE },
	{ 0, SIZE, SIZE + 1 },
	{ 0, SIZE, UINT32_MAX - 1 },
	{ 0, SIZE, UINT32_MAX - 7 },
	{ 0, SIZE, UINT32_MAX - 8 },
	{ 0, SIZE, 0x80000000u },
	{ SIZE - 8, 16, 1 },
	{ SIZE - 16, SIZE, 9 },
	{ SIZE / 2, SIZE, SIZE / 2 },
	{ 0, SIZE - 8, UINT32_MAX },
	{ 0, SIZE, UINT32_MAX },
	{ SIZE - 24, 8, UINT32_MAX },
	{ SIZE - 24, 24, UINT32_MAX },
};

START_TEST(hostile_sizes)
{
	begin_at(entries[_i].at);
	memcpy(memory + RING_HEADER_SIZE + entries[_i].at, &entries[_i].size, 4);
	atomic_u32_store(writer.shared_head, entries[_i].at + entries[_i].used);
	check_broken();
}
END_TEST

/* After a rest that is passed over there is another, or an entry that is none. */
START_TEST(hostile_after_the_rest)
{
	static const uint32_t sizes[] = { UINT32_MAX, SIZE, 25, UINT32_MAX - 8 };
	uint32_t skip = UINT32_MAX;

	begin_at(SIZE - 8);
	memcpy(memory + RING_HEADER_SIZE + SIZE - 8, &skip, 4);
	memcpy(memory + RING_HEADER_SIZE, &sizes[_i], 4);
	atomic_u32_store(writer.shared_head, SIZE + 32);
	check_broken();
}
END_TEST

/* Whatever is in the memory, nothing outside of it is touched, and it comes to an end. */
START_TEST(noise)
{
	uint32_t state = 99u + (uint32_t)_i, i, round, size, sum = 0, count;
	const uint8_t *bytes;

	for (round = 0; round < 3000; round++) {
		begin_at(round * 8);
		for (i = 0; i < SIZE; i += 4) {
			state = state * 1664525u + 1013904223u;
			size = state >> 12 & 3 ? state >> 24 & 0x38 : state;
			memcpy(memory + RING_HEADER_SIZE + i, &size, 4);
		}
		atomic_u32_store(writer.shared_head, round * 8 + (state >> 4) % (SIZE + 64) / 8 * 8);
		for (count = 0; ring_get(&reader, &bytes, &size); count++) {
			for (i = 0; i < size; i++)
				sum += bytes[i];
			ring_next(&reader, size);
		}
		ck_assert(count <= SIZE / 8 && ring_is_empty(&reader));
		}
	ck_assert_uint_gt(sum, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ring");
	TCase *tcase = tcase_create("honest");

	tcase_add_test(tcase, what_is_put_is_got);
	tcase_add_test(tcase, got_twice);
	tcase_add_loop_test(tcase, any_sequence, 0, 4);
	tcase_add_test(tcase, full_by_bytes);
	tcase_add_test(tcase, full_by_entries);
	tcase_add_test(tcase, too_large_for_ever);
	tcase_add_test(tcase, around_the_end);
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("hostile");
	tcase_add_loop_test(tcase, hostile_tails, 0, 20);
	tcase_add_test(tcase, a_tail_that_goes_back);
	tcase_add_loop_test(tcase, hostile_heads, 0, 18);
	tcase_add_loop_test(tcase, hostile_sizes, 0, (int)(sizeof entries / sizeof entries[0]));
	tcase_add_loop_test(tcase, hostile_after_the_rest, 0, 4);
	tcase_add_test(tcase, noise);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
