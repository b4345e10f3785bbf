/* A machine that sleeps while a call is under way: the counter that goes on meanwhile is no clock for deadlines. */
#include "inject.h"
#include "service.h"

/* Of the waiting thread at either clock. A wait that finds its deadline over ends after fewer; one that does not takes some slices. */
enum { LOOKS = 10 };

static struct serving service;
static volatile LONG slept;
static DWORD waiting;
static LONG looks;
static HANDLE looked;                   /* so often, after the machine has slept */

static void
count_look(void)
{
	if (slept && GetCurrentThreadId() == waiting && ++looks == LOOKS)
		SetEvent(looked);
}

static BOOL WINAPI
counter(LARGE_INTEGER *ret_ticks)
{
	BOOL done = INJECT_REAL("kernel32.dll", QueryPerformanceCounter)(ret_ticks);
	LARGE_INTEGER frequency;

	if (slept) {
		QueryPerformanceFrequency(&frequency);
		ret_ticks->QuadPart += 3600 * frequency.QuadPart;
	}
	count_look();
	return done;
}

INJECT(QueryPerformanceCounter, 1, counter);

static BOOL WINAPI
unbiased(PULONGLONG ret_time)
{
	count_look();
	return INJECT_REAL("kernel32.dll", QueryUnbiasedInterruptTime)(ret_time);
}

INJECT(QueryUnbiasedInterruptTime, 1, unbiased);

static DWORD WINAPI
answer(void *unused)
{
	(void)unused;
	proc_await_handle(looked);
	service_do(&service, SERVICE_ANSWER_OTHER, 0);
	return 0;
}

START_TEST(a_call_over_standby)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t same = 0;
	HANDLE thread;

	looked = CreateEventW(NULL, TRUE, FALSE, NULL);
	service_connect(&service, "serve");
	cdrpc_client_set_timeout(service.client, 20000);
	ck_assert_int_eq(echo_keep_begin(service.client, 7, &pending), CDRPC_OK);
	proc_await(service.proc);
	waiting = GetCurrentThreadId();
	slept = 1;
	thread = CreateThread(NULL, 0, answer, NULL, 0, NULL);
	ck_assert_int_eq(echo_keep_finish(pending, &same), CDRPC_OK);
	ck_assert_uint_eq(same, 7);
	proc_await_handle(thread);
	CloseHandle(thread);
	CloseHandle(looked);
	service_stop(&service);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("standby");
	TCase *tcase = tcase_create("standby");

	tcase_add_test(tcase, a_call_over_standby);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
