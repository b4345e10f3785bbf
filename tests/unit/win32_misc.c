/* The clock, random bytes and locks. */
#include "base/system.h"

#include <string.h>

#include <windows.h>

#include "check_main.h"

static uint64_t
microseconds_of(LARGE_INTEGER ticks)
{
	LARGE_INTEGER frequency;

	QueryPerformanceFrequency(&frequency);
	return (uint64_t)((long double)ticks.QuadPart / (long double)frequency.QuadPart * 1e6L);
}

START_TEST(the_clock_counts_microseconds)
{
	LARGE_INTEGER before;
	LARGE_INTEGER after;
	uint64_t now;

	QueryPerformanceCounter(&before);
	now = clock_us();
	QueryPerformanceCounter(&after);
	/* One for what is rounded off. */
	ck_assert_uint_ge(now + 1, microseconds_of(before));
	ck_assert_uint_le(now, microseconds_of(after) + 1);
}
END_TEST

/* In ticks, of which 16 ms are the longest on a machine that has the time to count them. */
START_TEST(the_clock_of_deadlines)
{
	uint64_t began_us = clock_us(), first = awake_us(), now, ticks = 0;

	while (ticks < 5) {
		now = awake_us();
		ck_assert_uint_ge(now, first);
		ticks += now != first;
		first = now;
	}
	ck_assert_uint_gt(clock_us(), began_us);
}
END_TEST

START_TEST(random_bytes_differ)
{
	static const uint8_t zeros[16];
	uint8_t a[33] = { 0 };
	uint8_t b[32] = { 0 };

	ck_assert_int_eq(random_fill(a, 32), CDRPC_OK);
	ck_assert_int_eq(random_fill(b, 32), CDRPC_OK);
	ck_assert_mem_ne(a, b, 32);
	ck_assert_mem_ne(a, zeros, 16);
	ck_assert_mem_ne(a + 16, zeros, 16);
	ck_assert_uint_eq(a[32], 0);
}
END_TEST

START_TEST(threads_are_told_apart)
{
	ck_assert_uint_eq(thread_id(), GetCurrentThreadId());
}
END_TEST

enum { COUNTERS = 2, ROUNDS = 2000 };

struct counted {
	struct lock lock;
	volatile uint32_t count;
	HANDLE begin;
};

static DWORD WINAPI
count_up(void *parameter)
{
	struct counted *counted = parameter;
	uint32_t i;
	uint32_t count;

	WaitForSingleObject(counted->begin, 30000);
	for (i = 0; i < ROUNDS; i++) {
		lock_take(&counted->lock);
		count = counted->count;
		/* Whoever could come in now would count on from the same number. */
		SwitchToThread();
		counted->count = count + 1;
		lock_drop(&counted->lock);
	}
	return 0;
}

START_TEST(a_lock_excludes)
{
	struct counted counted = { .begin = CreateEventW(NULL, TRUE, FALSE, NULL) };
	HANDLE threads[COUNTERS];
	size_t i;

	memset(&counted.lock, 0xee, sizeof counted.lock);
	lock_init(&counted.lock);
	for (i = 0; i < COUNTERS; i++)
		threads[i] = CreateThread(NULL, 0, count_up, &counted, 0, NULL);
	SetEvent(counted.begin);
	for (i = 0; i < COUNTERS; i++) {
		ck_assert_uint_eq(WaitForSingleObject(threads[i], 30000), WAIT_OBJECT_0);
		CloseHandle(threads[i]);
	}
	ck_assert_uint_eq(counted.count, COUNTERS * ROUNDS);
	lock_done(&counted.lock);
	CloseHandle(counted.begin);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("win32_misc");
	TCase *tcase = tcase_create("misc");

	tcase_add_test(tcase, the_clock_counts_microseconds);
	tcase_add_test(tcase, the_clock_of_deadlines);
	tcase_add_test(tcase, random_bytes_differ);
	tcase_add_test(tcase, threads_are_told_apart);
	tcase_add_test(tcase, a_lock_excludes);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
