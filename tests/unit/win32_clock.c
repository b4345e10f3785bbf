/* The clock, and that of deadlines. */
#include "base/system.h"

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

int
main(void)
{
	Suite *suite = suite_create("win32_clock");
	TCase *tcase = tcase_create("clock");

	tcase_add_test(tcase, the_clock_counts_microseconds);
	tcase_add_test(tcase, the_clock_of_deadlines);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
