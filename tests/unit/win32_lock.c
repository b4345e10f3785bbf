/* Threads, and locks that keep them apart. */
#include "base/system.h"

#include <string.h>

#include <windows.h>

#include "check_main.h"

START_TEST(threads_are_told_apart)
{
	ck_assert_uint_eq(thread_own_id(), GetCurrentThreadId());
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
	Suite *suite = suite_create("win32_lock");
	TCase *tcase = tcase_create("lock");

	tcase_add_test(tcase, threads_are_told_apart);
	tcase_add_test(tcase, a_lock_excludes);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
