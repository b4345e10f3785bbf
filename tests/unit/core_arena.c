#include "check_main.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

#include "base/arena.h"

/* Counts what is out, and fails the allocation of that number, from 1. */
struct heap {
	int count;
	int fail_at;
	int out;
	size_t bytes;
};

static void *
heap_alloc(void *self, size_t size)
{
	struct heap *heap = (struct heap *)self;
	void *memory;

	if (++heap->count == heap->fail_at)
		return NULL;
	memory = malloc(size);
	ck_assert_ptr_nonnull(memory);
	/* What is given out zeroed was not so by chance. */
	memset(memory, 0xA5, size);
	heap->out++;
	heap->bytes += size;
	return memory;
}

static void
heap_free(void *self, void *memory)
{
	((struct heap *)self)->out -= memory != NULL;
	free(memory);
}

static struct cdrpc_env
heap_env(struct heap *heap)
{
	struct cdrpc_env env = { heap, heap_alloc, heap_free, NULL };

	return env;
}

START_TEST(memory_is_zeroed_aligned_and_apart)
{
	static const unsigned char zero[4096];
	struct heap heap = { 0, 0, 0, 0 };
	struct cdrpc_env env = heap_env(&heap);
	struct cdrpc_arena arena;
	unsigned char *blocks[200];
	void *memory = NULL;
	size_t i, k;

	arena_init(&arena, &env, 1 << 20);
	ck_assert_int_eq(heap.count, 0);
	for (i = 0; i < 200; i++) {
		size_t size = (i * 37) % 4096 + 1;

		ck_assert_int_eq(arena_alloc(&arena, size, &memory), CDRPC_OK);
		ck_assert_uint_eq((uintptr_t)memory % 8, 0);
		ck_assert_mem_eq(memory, zero, size);
		memset(memory, (int)i + 1, size);
		blocks[i] = (unsigned char *)memory;
	}
	for (i = 0; i < 200; i++)
		for (k = 0; k < (i * 37) % 4096 + 1; k++)
			if (blocks[i][k] != (unsigned char)(i + 1))
				ck_abort_msg("byte %zu of block %zu", k, i);
	arena_done(&arena);
	ck_assert_int_eq(heap.out, 0);
	ck_assert_int_eq(arena_alloc(&arena, 1, &memory), CDRPC_E_TOO_LARGE);

	/* Around the first block's size, each in a block of its own. */
	for (i = 1000; i < 1048; i++) {
		arena_init(&arena, &env, 1 << 20);
		ck_assert_int_eq(arena_alloc(&arena, i, &memory), CDRPC_OK);
		memset(memory, 1, i);
		arena_done(&arena);
	}
}
END_TEST

START_TEST(the_limit_is_exact)
{
	struct heap heap = { 0, 0, 0, 0 };
	struct cdrpc_env env = heap_env(&heap);
	struct cdrpc_arena arena;
	void *memory = &heap;

	arena_init(&arena, &env, 24);
	ck_assert_int_eq(arena_alloc(&arena, 25, &memory), CDRPC_E_TOO_LARGE);
	ck_assert_int_eq(arena_alloc(&arena, SIZE_MAX, &memory), CDRPC_E_TOO_LARGE);
	ck_assert_ptr_eq(memory, &heap);
	ck_assert_int_eq(arena_alloc(&arena, 9, &memory), CDRPC_OK);   /* rounded up to 16 */
	ck_assert_int_eq(arena_alloc(&arena, 9, &memory), CDRPC_E_TOO_LARGE);
	ck_assert_int_eq(arena_alloc(&arena, 8, &memory), CDRPC_OK);
	ck_assert_int_eq(arena_alloc(&arena, 1, &memory), CDRPC_E_TOO_LARGE);
	ck_assert_int_eq(heap.count, 1);
	ck_assert_uint_le(heap.bytes, 24 + 16);
	arena_done(&arena);
	ck_assert_int_eq(heap.out, 0);
}
END_TEST

START_TEST(blocks_hold_twice_the_limit_at_most)
{
	struct heap heap = { 0, 0, 0, 0 };
	struct cdrpc_env env = heap_env(&heap);
	struct cdrpc_arena arena;
	size_t sizes[] = { 8, 1000, 4000, 70000, 100000, 24 };
	void *memory;
	size_t i;

	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		heap.bytes = 0;
		heap.count = 0;
		arena_init(&arena, &env, 1000000);
		while (arena_alloc(&arena, sizes[i], &memory) == CDRPC_OK)
			;
		ck_assert_uint_le(heap.bytes, 2000000 + 16 * (size_t)heap.count);
		arena_done(&arena);
	}
	ck_assert_int_eq(heap.out, 0);
}
END_TEST

/* The nth allocation fails, for every n until none does; nothing is lost, and the arena can go on. */
START_TEST(a_failed_allocation_loses_nothing)
{
	struct heap heap = { 0, 0, 0, 0 };
	struct cdrpc_env env = heap_env(&heap);
	cdrpc_status status = CDRPC_E_NOMEM;
	int n;

	for (n = 1; status != CDRPC_OK; n++) {
		struct cdrpc_arena *arena;
		void *memory = &heap;
		int i;

		ck_assert_int_lt(n, 20);
		heap.count = 0;
		heap.fail_at = n;
		status = CDRPC_OK;
		arena = cdrpc_arena_new(&env, 100000);
		if (!arena) {
			ck_assert_int_eq(n, 1);
			ck_assert_int_eq(heap.out, 0);
			status = CDRPC_E_NOMEM;
			continue;
		}
		for (i = 0; i < 10 && status == CDRPC_OK; i++)
			status = arena_alloc(arena, 3000, &memory);
		if (status != CDRPC_OK) {
			ck_assert_int_eq(status, CDRPC_E_NOMEM);
			ck_assert_int_eq(arena_alloc(arena, 3000, &memory), CDRPC_OK);
		}
		cdrpc_arena_free(arena);
		ck_assert_int_eq(heap.out, 0);
	}
	ck_assert_int_gt(n, 3);
	cdrpc_arena_free(NULL);
}
END_TEST

START_TEST(the_default_heap_serves)
{
	struct cdrpc_arena *arena = cdrpc_arena_new(NULL, 64);
	void *memory = NULL;

	ck_assert_ptr_nonnull(arena);
	ck_assert_int_eq(arena_alloc(arena, 64, &memory), CDRPC_OK);
	memset(memory, 1, 64);
	cdrpc_arena_free(arena);
}
END_TEST

/* The one block that the next arena takes. */
static unsigned char only_block[2048];

static void *
only_alloc(void *self, size_t size)
{
	(void)self;
	ck_assert_uint_le(size, sizeof only_block);
	return only_block;
}

static void
only_free(void *self, void *memory)
{
	(void)self;
	(void)memory;
}

static size_t
secrets_left(bool secret)
{
	const struct cdrpc_env env = { NULL, only_alloc, only_free, NULL };
	struct cdrpc_arena arena;
	void *memory = NULL;
	size_t i, left = 0;

	arena_init(&arena, &env, 1000);
	arena.secret = secret;
	ck_assert_int_eq(arena_alloc(&arena, 400, &memory), CDRPC_OK);
	memset(memory, 0x5E, 400);
	ck_assert_int_eq(arena_alloc(&arena, 600, &memory), CDRPC_OK);
	memset(memory, 0x5E, 600);
	arena_done(&arena);
	for (i = 0; i < sizeof only_block; i++)
		left += only_block[i] == 0x5E;
	return left;
}

START_TEST(secrets_are_zeroed)
{
	ck_assert_uint_eq(secrets_left(false), 1000);
	ck_assert_uint_eq(secrets_left(true), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("core_arena");
	TCase *tcase = tcase_create("core_arena");

	tcase_add_test(tcase, memory_is_zeroed_aligned_and_apart);
	tcase_add_test(tcase, the_limit_is_exact);
	tcase_add_test(tcase, blocks_hold_twice_the_limit_at_most);
	tcase_add_test(tcase, a_failed_allocation_loses_nothing);
	tcase_add_test(tcase, the_default_heap_serves);
	tcase_add_test(tcase, secrets_are_zeroed);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
