#include <string.h>

#include "check_main.h"
#include "wire/slots.h"

#define SIZE 4096u

/* One memory and one set of words. */
static struct slots_writer writer;
static struct slots_reader reader;
static _Alignas(64) uint8_t memory[SIZE];
static slot_word words[ARENA_SLOTS];

static void
begin(void)
{
	uint32_t i;

	memset(memory, 0, sizeof memory);
	for (i = 0; i < ARENA_SLOTS; i++)
		atomic_u32_store(&words[i], 0);
	slots_writer_init(&writer, memory, SIZE, words);
	slots_reader_init(&reader, memory, SIZE, words);
}

static uint32_t
reserved(uint32_t least, uint32_t most)
{
	uint32_t index = 99;

	ck_assert(slots_reserve(&writer, least, most, &index));
	return index;
}

static bool
full(uint32_t least)
{
	uint32_t index = 99;

	return !slots_reserve(&writer, least, least, &index) && index == 99;
}

/* Publishes 'size' bytes that follow from the transaction. */
static uint32_t
published(uint32_t size, uint64_t txn, enum slot_kind kind)
{
	uint32_t index = reserved(size, size);

	memset(slots_memory(&writer, index), (int)(txn & 0xFF), size);
	slots_publish(&writer, index, 0, size, txn, kind);
	return index;
}

/* Takes the transaction's slot, and checks what is in it. */
static bool
taken(uint64_t txn, uint32_t size, struct slot_view *ret_view)
{
	uint32_t i, wrong = 0;

	if (!slots_take(&reader, txn, ret_view))
		return false;
	ck_assert_uint_eq(ret_view->size, size);
	for (i = 0; i < size; i++)
		wrong += ret_view->bytes[i] != (txn & 0xFF);
	return wrong == 0;
}

/* The slot's present turn. */
static bool
taken_back(uint32_t index)
{
	return slots_abandon(&writer, index, writer.slots[index].word);
}

START_TEST(there_and_back)
{
	struct slot_view view;
	uint32_t index;

	begin();
	index = published(100, 7, SLOT_BY_MESSAGE);
	ck_assert(!slots_take(&reader, 8, &view));
	ck_assert(taken(7, 100, &view));
	/* Once only. */
	ck_assert(!slots_take(&reader, 7, &view));
	ck_assert(!taken_back(index));
	slots_free(&reader, &view);
	ck_assert(!slots_take(&reader, 7, &view));
	ck_assert_uint_eq(published(3000, 8, SLOT_BY_MESSAGE), 0);
}
END_TEST

START_TEST(kinds_are_found_by_their_readers)
{
	struct slot_view view;
	uint32_t at = 0;

	begin();
	published(10, 1, SLOT_BY_EVENT);
	published(10, 2, SLOT_BY_BELL);
	published(10, 3, SLOT_BY_MESSAGE);
	published(10, 4, SLOT_BY_EVENT);
	ck_assert(!slots_take(&reader, 1, &view));
	ck_assert(!slots_take(&reader, 2, &view));
	ck_assert(slots_next(&reader, SLOT_BY_EVENT, &at, &view));
	ck_assert_uint_eq(view.bytes[0], 1);
	slots_free(&reader, &view);
	ck_assert(slots_next(&reader, SLOT_BY_EVENT, &at, &view));
	ck_assert_uint_eq(view.bytes[0], 4);
	slots_free(&reader, &view);
	ck_assert(!slots_next(&reader, SLOT_BY_EVENT, &at, &view));
	at = 0;
	ck_assert(slots_next(&reader, SLOT_BY_BELL, &at, &view));
	ck_assert_uint_eq(view.bytes[0], 2);
	ck_assert(taken(3, 10, &view));
}
END_TEST

START_TEST(exhausted_by_slots)
{
	struct slot_view view;
	uint64_t txn;

	begin();
	for (txn = 1; txn <= ARENA_SLOTS; txn++)
		published(1, txn, SLOT_BY_MESSAGE);
	ck_assert(full(1));
	/* Taken is not free yet. */
	ck_assert(taken(5, 1, &view));
	ck_assert(full(1));
	slots_free(&reader, &view);
	ck_assert_uint_eq(published(1, 100, SLOT_BY_MESSAGE), 4);
	ck_assert(full(1));
}
END_TEST

START_TEST(exhausted_by_bytes)
{
	struct slot_view view;
	uint32_t index;

	begin();
	published(1920, 1, SLOT_BY_MESSAGE);
	published(1920, 2, SLOT_BY_MESSAGE);
	ck_assert(full(SIZE - ARENA_TABLE_SIZE - 2 * 1920 + 1));
	/* The rest, less than was wished. */
	index = reserved(1, SIZE);
	ck_assert_uint_eq(writer.slots[index].size, SIZE - ARENA_TABLE_SIZE - 2 * 1920);
	ck_assert(full(1));
	slots_release(&writer, index);
	ck_assert(full(1920));
	ck_assert(taken(1, 1920, &view));
	slots_free(&reader, &view);
	ck_assert(!full(1920));
}
END_TEST

/* What lies behind a slot's content goes back when it is published, and may be taken before that. */
START_TEST(slots_shrink_and_grow)
{
	uint32_t first, second;

	begin();
	ck_assert_uint_eq(writer.slots[reserved(1, 100)].size, 128);
	slots_release(&writer, 0);
	first = reserved(64, SIZE);
	ck_assert(full(1));
	slots_publish(&writer, first, 0, 100, 1, SLOT_BY_MESSAGE);
	ck_assert_uint_eq(writer.slots[first].size, 128);
	second = reserved(64, 64);
	ck_assert(slots_resize(&writer, second, 1000));
	ck_assert_uint_eq(writer.slots[second].size, 1024);
	ck_assert(slots_resize(&writer, second, 64));
	published(64, 3, SLOT_BY_MESSAGE);
	ck_assert(!slots_resize(&writer, second, 65));
	ck_assert_uint_eq(writer.slots[second].size, 64);
}
END_TEST

START_TEST(abandoned)
{
	struct slot_view view;
	uint32_t index;

	begin();
	index = published(50, 7, SLOT_BY_MESSAGE);
	ck_assert(taken_back(index));
	ck_assert(!slots_take(&reader, 7, &view));
	/* The memory is the writer's again at once. */
	ck_assert_uint_eq(published(SIZE - ARENA_TABLE_SIZE, 8, SLOT_BY_MESSAGE), index);
	ck_assert(taken(8, SIZE - ARENA_TABLE_SIZE, &view));
}
END_TEST

START_TEST(replaced_only_in_its_turn)
{
	struct slot_view view;
	uint32_t index, word, at = 0;

	begin();
	index = reserved(10, 10);
	word = slots_publish(&writer, index, 0, 10, 1, SLOT_BY_BELL);
	ck_assert(slots_next(&reader, SLOT_BY_BELL, &at, &view));
	slots_free(&reader, &view);
	ck_assert_uint_eq(published(20, 2, SLOT_BY_MESSAGE), index);
	slots_abandon(&writer, index, word);
	ck_assert(taken(2, 20, &view));
}
END_TEST

/* A reader that looked at a word and comes late: the slot has gone through other turns since, also one of the same transaction. */
START_TEST(aba)
{
	struct slot_view view;
	uint32_t index, word, i;

	begin();
	index = published(10, 7, SLOT_BY_MESSAGE);
	word = atomic_u32_load(&words[index]);
	for (i = 0; i < 100; i++) {
		ck_assert(taken_back(index));
		ck_assert_uint_eq(published(10, 7, SLOT_BY_MESSAGE), index);
		ck_assert_uint_ne(atomic_u32_load(&words[index]), word);
	}
	/* What it stores for the turn that is over frees nothing. */
	view = (struct slot_view){ .index = index, .word = word };
	slots_free(&reader, &view);
	i = reserved(10, 10);
	ck_assert_uint_ne(i, index);
}
END_TEST

/* ---- a second piece of memory ---- */

enum { MORE = 8192 };
static _Alignas(64) uint8_t second[MORE];

static void
grow(void)
{
	memset(second, 0, sizeof second);
	reader.more = writer.more = second;
	reader.more_size = writer.more_size = MORE;
}

START_TEST(a_slot_is_in_one_piece)
{
	struct slot_view view;
	uint32_t small, large, tail;

	begin();
	ck_assert(full(MORE));
	small = published(1000, 1, SLOT_BY_MESSAGE);
	grow();
	ck_assert(full(MORE + 1));
	/* More than is left of the first piece, although both together have it. */
	large = published(4000, 2, SLOT_BY_MESSAGE);
	ck_assert_ptr_eq(slots_memory(&writer, large), second);
	ck_assert_ptr_eq(slots_base(&writer, large), second);
	ck_assert_ptr_eq(slots_base(&writer, small), memory);
	tail = reserved(1000, SIZE);
	ck_assert_ptr_eq(slots_base(&writer, tail), memory);
	ck_assert_ptr_eq(slots_memory(&writer, tail) + writer.slots[tail].size, memory + SIZE);
	ck_assert(!slots_resize(&writer, tail, writer.slots[tail].size + 1));
	slots_release(&writer, tail);
	ck_assert(taken(1, 1000, &view));
	ck_assert_ptr_eq(view.base, memory);
	slots_free(&reader, &view);
	ck_assert(taken(2, 4000, &view));
	ck_assert_ptr_eq(view.base, second);
	ck_assert_ptr_eq(view.bytes, second);
	slots_free(&reader, &view);
	large = reserved(MORE, MORE);
	ck_assert_ptr_eq(slots_memory(&writer, large), second);
	ck_assert(full(SIZE));
	slots_release(&writer, large);
	ck_assert(slots_resize(&writer, reserved(SIZE, SIZE), MORE));
}
END_TEST

/* Where the content is said to be, and how much it is, by whoever writes the arena. */
START_TEST(places_past_the_pieces)
{
	static const struct {
		uint32_t where[2];
		bool first_only;
		bool both;
	} cases[] = {
		{ { 128, SIZE - 128 }, true, true },         { { 128, SIZE - 127 }, false, false },
		{ { SIZE - 8, 8 }, true, true },             { { SIZE - 8, 9 }, false, false },
		{ { SIZE, 0 }, true, true },                 { { SIZE, 1 }, false, true },
		{ { SIZE, MORE }, false, true },             { { SIZE, MORE + 1 }, false, false },
		{ { SIZE + MORE - 8, 8 }, false, true },     { { SIZE + MORE, 0 }, false, true },
		{ { SIZE + MORE + 8, 0 }, false, false },    { { UINT32_MAX - 7, 8 }, false, false },
		{ { SIZE + 4, 8 }, false, false },           { { 128, UINT32_MAX }, false, false },
	};
	struct slot_view view;
	uint32_t index;
	size_t i;

	for (i = 0; i < 2 * sizeof cases / sizeof cases[0]; i++) {
		begin();
		if (i % 2)
			grow();
		index = published(10, 7, SLOT_BY_MESSAGE);
		memcpy(memory + index * sizeof cases[0].where, cases[i / 2].where, sizeof cases[0].where);
		ck_assert_msg(slots_take(&reader, 7, &view) == (i % 2 ? cases[i / 2].both : cases[i / 2].first_only), "%zu", i);
	}
}
END_TEST

/* ---- a peer that writes nonsense ---- */

/* A slot whose word is not what it can be stays in use; the others go on. */
START_TEST(hostile_words)
{
	static const uint32_t masks[] = { 1, 2, 3, 4, 0x10, 0x8000, 0x10000, 0x80000000u, UINT32_MAX };
	struct slot_view view;
	uint32_t index, other, i;

	begin();
	index = published(64, 7, SLOT_BY_MESSAGE);
	atomic_u32_store(&words[index], atomic_u32_load(&words[index]) ^ masks[_i]);
	if (masks[_i] == 1) {
		/* READY with its lowest bit turned is FREE, which is what a reader says that wants nothing of it. */
		ck_assert_uint_eq(reserved(64, 64), index);
	} else {
		for (i = 0; i < 50; i++) {
			other = reserved(64, 64);
			ck_assert_uint_ne(other, index);
			ck_assert_uint_ne(writer.slots[other].offset, writer.slots[index].offset);
			slots_publish(&writer, other, 0, 64, 8, SLOT_BY_MESSAGE);
			ck_assert(slots_take(&reader, 8, &view));
			slots_free(&reader, &view);
		}
		ck_assert(!taken_back(index));
	}
}
END_TEST

/* All words, nonsense: nothing more is to be had, and nothing breaks. */
START_TEST(all_words_hostile)
{
	uint32_t i;

	begin();
	for (i = 0; i < ARENA_SLOTS; i++)
		published(64, i + 1, SLOT_BY_MESSAGE);
	for (i = 0; i < ARENA_SLOTS; i++)
		atomic_u32_store(&words[i], 0xDEADBEEFu * (i + 1));
	ck_assert(full(1));
	for (i = 0; i < ARENA_SLOTS; i++)
		ck_assert(!taken_back(i));
	ck_assert(full(1));
}
END_TEST

/* Where the content is, is checked; the slot is given back. */
static const struct {
	uint32_t offset;
	uint32_t size;
	bool good;
} places[] = {
	{ 0, SIZE, true },
	{ SIZE, 0, true },
	{ SIZE - 8, 8, true },
	{ SIZE - 8, 9, false },
	{ SIZE, 1, false },
	{ SIZE + 8, 0, false },
	{ 0, SIZE + 1, false },
	{ 4, 8, false },
	{ 8, UINT32_MAX, false },
	{ UINT32_MAX - 7, 8, false },
	{ UINT32_MAX - 7, 16, false },
	{ 0x80000000u, 0x80000000u, false },
};

START_TEST(hostile_places)
{
	const uint32_t where[2] = { places[_i].offset, places[_i].size };
	struct slot_view view = { 0 };
	uint32_t index, i, sum = 0;

	begin();
	index = published(64, 7, SLOT_BY_MESSAGE);
	memcpy(memory + index * sizeof where, where, sizeof where);
	ck_assert_int_eq(slots_take(&reader, 7, &view), places[_i].good);
	if (places[_i].good) {
		for (i = 0; i < view.size; i++)
			sum += view.bytes[i];
		ck_assert_uint_ge(sum, 0);
		ck_assert_uint_eq(view.size, places[_i].size);
	} else {
		ck_assert_uint_eq(atomic_u32_load(&words[index]) & 3, SLOT_FREE);
	}
}
END_TEST

/* ---- anything ---- */

static uint32_t state;

static uint32_t
below(uint32_t n)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 10) % n;
}

static bool
overlap(void)
{
	uint32_t i, j;

	for (i = 0; i < ARENA_SLOTS; i++) {
		const struct slot *a = &writer.slots[i];

		if (a->size && (a->offset < ARENA_TABLE_SIZE || a->offset + a->size > SIZE || a->offset % ARENA_ALIGN))
			return true;
		for (j = 0; j < i; j++) {
			const struct slot *b = &writer.slots[j];

			if (a->size && b->size && a->offset < b->offset + b->size && b->offset < a->offset + a->size)
				return true;
		}
	}
	return false;
}

/* Slots never overlap, whatever is done in whatever order, and in the end all memory is free again. */
START_TEST(any_sequence)
{
	struct slot_view views[ARENA_SLOTS];
	uint32_t open = 0, step, index, size, wrong = 0, done = 0;

	begin();
	state = 4711u + (uint32_t)_i;
	for (step = 0; step < 50000; step++) {
		size = 16 + below(below(2) ? 100 : 1500);
		switch (below(4)) {
		case 0:
		case 1:
			if (!slots_reserve(&writer, size, size + below(500), &index))
				break;
			if (below(3) == 0)
				slots_resize(&writer, index, size + below(300));
			wrong += overlap();
			if (below(5) == 0) {
				slots_release(&writer, index);
				break;
			}
			slots_publish(&writer, index, below(2) ? 0 : size / 2 & ~7u, size / 2, step & 0xFF, SLOT_BY_MESSAGE);
			if (below(5) == 0)
				taken_back(index);
			break;
		case 2:
			if (open < ARENA_SLOTS && slots_take(&reader, step & 0xFF, &views[open]))
				open++;
			break;
		default:
			if (open == 0)
				break;
			index = below(open);
			slots_free(&reader, &views[index]);
			views[index] = views[--open];
			done++;
		}
		wrong += overlap();
		if (below(50) == 0)
			while (open < ARENA_SLOTS && (index = 0, slots_next(&reader, SLOT_BY_MESSAGE, &index, &views[open])))
				open++;
	}
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_gt(done, 1000);
	while (open)
		slots_free(&reader, &views[--open]);
	for (index = 0; slots_next(&reader, SLOT_BY_MESSAGE, &index, &views[0]);)
		slots_free(&reader, &views[0]);
	ck_assert(!full(SIZE - ARENA_TABLE_SIZE));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("slots");
	TCase *tcase = tcase_create("honest");

	tcase_add_test(tcase, there_and_back);
	tcase_add_test(tcase, kinds_are_found_by_their_readers);
	tcase_add_test(tcase, exhausted_by_slots);
	tcase_add_test(tcase, exhausted_by_bytes);
	tcase_add_test(tcase, slots_shrink_and_grow);
	tcase_add_test(tcase, abandoned);
	tcase_add_test(tcase, replaced_only_in_its_turn);
	tcase_add_test(tcase, aba);
	tcase_add_test(tcase, a_slot_is_in_one_piece);
	tcase_add_test(tcase, places_past_the_pieces);
	tcase_add_loop_test(tcase, any_sequence, 0, 3);
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("hostile");
	tcase_add_loop_test(tcase, hostile_words, 0, 9);
	tcase_add_test(tcase, all_words_hostile);
	tcase_add_loop_test(tcase, hostile_places, 0, (int)(sizeof places / sizeof places[0]));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
