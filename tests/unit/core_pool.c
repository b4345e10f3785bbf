/* What is given back is taken again, within limits; and calls that are small, once they are warm, take nothing else. */
#include "base/pool.h"

#include <string.h>

#include "base/env.h"
#include "rig_check.h"

static struct {
	struct cdrpc_env env;
	size_t live;
	size_t bytes;
	size_t allocations;
	bool fails;
} heap;

static void *
heap_alloc(void *self, size_t size)
{
	size_t *block;

	(void)self;
	if (heap.fails)
		return NULL;
	block = env_alloc(&heap.env, size + 16);
	*block = size;
	heap.live++;
	heap.bytes += size;
	heap.allocations++;
	return block + 16 / sizeof *block;
}

static void
heap_free(void *self, void *memory)
{
	size_t *block = memory;

	(void)self;
	if (!block)
		return;
	block -= 16 / sizeof *block;
	heap.live--;
	heap.bytes -= *block;
	env_free(&heap.env, block);
}

static const struct cdrpc_env counting = { .alloc = heap_alloc, .free = heap_free };

static struct pool *
pool_made(void)
{
	struct pool *pool = NULL;
	struct cdrpc_env env;

	memset(&heap, 0, sizeof heap);
	env_init(&heap.env, NULL);
	env_init(&env, &counting);
	ck_assert_int_eq(pool_new(&env, &pool), CDRPC_OK);
	return pool;
}

START_TEST(taken_again)
{
	static const size_t sizes[] = { 1, 512, 513, 2048, 2049, 16384, 100000, 524288 };
	struct pool *pool = pool_made();
	size_t i, before;
	void *memory;

	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		memory = env_alloc(pool_env(pool), sizes[i]);
		ck_assert_ptr_nonnull(memory);
		ck_assert_uint_eq((uintptr_t)memory % 16, 0);
		memset(memory, 0xAA, sizes[i]);
		env_free(pool_env(pool), memory);
		before = heap.allocations;
		ck_assert_ptr_eq(env_alloc(pool_env(pool), sizes[i]), memory);
		ck_assert_uint_eq(heap.allocations, before);
		env_free(pool_env(pool), memory);
		/* What fits into the rest of the 512 KiB. */
		if (sizes[i] == 100000) {
			pool_unref(pool);
			ck_assert_uint_eq(heap.live, 0);
			pool = pool_made();
		}
	}
	env_free(pool_env(pool), NULL);
	pool_unref(pool);
	ck_assert_uint_eq(heap.live, 0);
}
END_TEST

START_TEST(not_without_end)
{
	static const size_t sizes[] = { 100, 2000, 60000, 524289, 1 << 20 };
	static const size_t kept[] = { 8, 8, 8, 0, 0 };
	struct pool *pool;
	void *memory[20];
	size_t i, k, before;

	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		pool = pool_made();
		before = heap.live;
		for (k = 0; k < 20; k++)
			memory[k] = env_alloc(pool_env(pool), sizes[i]);
		for (k = 0; k < 20; k++)
			env_free(pool_env(pool), memory[k]);
		ck_assert_uint_eq(heap.live - before, kept[i]);
		ck_assert_uint_le(heap.bytes, 600000);
		pool_unref(pool);
		ck_assert_uint_eq(heap.live, 0);
	}
}
END_TEST

/* A small one does not sit on a large block. */
START_TEST(not_much_too_large)
{
	struct pool *pool = pool_made();
	void *large = env_alloc(pool_env(pool), 500000), *small;

	env_free(pool_env(pool), large);
	small = env_alloc(pool_env(pool), 20000);
	ck_assert_ptr_ne(small, large);
	env_free(pool_env(pool), small);
	pool_unref(pool);
	ck_assert_uint_eq(heap.live, 0);
}
END_TEST

START_TEST(without_memory)
{
	struct pool *pool = pool_made();
	void *memory = env_alloc(pool_env(pool), 100);

	heap.fails = true;
	ck_assert_ptr_null(env_alloc(pool_env(pool), 100));
	ck_assert_ptr_null(env_alloc(pool_env(pool), SIZE_MAX - 8));
	env_free(pool_env(pool), memory);
	ck_assert_ptr_eq(env_alloc(pool_env(pool), 100), memory);
	env_free(pool_env(pool), memory);
	pool_unref(pool);
	ck_assert_uint_eq(heap.live, 0);
}
END_TEST

static void
call_each(uint32_t times, struct cdrpc_bytes data)
{
	static const uint32_t indices[] = { RIG_ECHO, RIG_ECHO_INLINE, RIG_STATUS, RIG_STATUS_INLINE, RIG_NOTE };
	struct rig_answer answer;
	uint32_t i, k, wrong = 0;

	for (i = 0; i < times; i++) {
		for (k = 0; k < sizeof indices / sizeof indices[0]; k++)
			wrong += rig_call(&rig, indices[k], 1, data, &answer) < CDRPC_OK;
		rig_settle(&rig);
	}
	ck_assert_uint_eq(wrong, 0);
}

/* Both sides of the rig share a heap. */
START_TEST(warm_calls_take_nothing)
{
	static const uint32_t sizes[] = { 0, 100, 2000, 65000 };
	struct cdrpc_bytes data = rig_data(sizes[_i]);
	size_t before;

	rig_connected();
	call_each(5, data);
	before = rig.heap.allocations;
	call_each(50, data);
	ck_assert_uint_eq(rig.heap.allocations, before);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, taken_again);
	tcase_add_test(tcase, not_without_end);
	tcase_add_test(tcase, not_much_too_large);
	tcase_add_test(tcase, without_memory);
	tcase_add_loop_test(tcase, warm_calls_take_nothing, 0, 4);
}

int
main(void)
{
	return check_main(rig_suite("pool", add));
}
