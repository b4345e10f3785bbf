/* The thread that sends for a port, whose owner never waits for it. */
#include "win32_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "leaks.h"
#include "proc.h"

enum { JOBS_MAX = 256 };

static struct recorder own;
static struct sender *sender;

/* What became of jobs, by the number that is each one's first bytes. */
static struct {
	volatile LONG done;
	uint32_t order[JOBS_MAX];
	struct send_outcome outcomes[JOBS_MAX];
	DWORD thread;
	HANDLE each;                    /* set for each job done */
} jobs;

struct numbered_job {
	struct sender_job job;
	uint32_t number;
};

static void
note_done(struct sender_job *job, const struct send_outcome *outcome)
{
	struct numbered_job *numbered = (struct numbered_job *)job;
	LONG done = jobs.done;

	jobs.order[done] = numbered->number;
	jobs.outcomes[done] = *outcome;
	jobs.thread = GetCurrentThreadId();
	free(numbered);
	InterlockedIncrement(&jobs.done);
	SetEvent(jobs.each);
}

static void
post(uint32_t number, window_id to, uint32_t timeout_ms)
{
	struct numbered_job *numbered = calloc(1, sizeof *numbered);

	ck_assert_ptr_nonnull(numbered);
	numbered->number = number;
	numbered->job = (struct sender_job){
		.next = &numbered->job,         /* whatever is left there */
		.to = to,
		.bytes = &numbered->number,
		.size = sizeof numbered->number,
		.timeout_ms = timeout_ms,
		.done = note_done,
	};
	sender_post(sender, &numbered->job);
}

static void
await_done(LONG count)
{
	while (jobs.done < count)
		proc_await_handle(jobs.each);
}

static void
open_sender(void)
{
	memset(&jobs, 0, sizeof jobs);
	jobs.each = CreateEventW(NULL, FALSE, FALSE, NULL);
	ck_assert_int_eq(recorder_open(&own, NULL, NULL), CDRPC_OK);
	ck_assert_int_eq(sender_new(&own.env, own.port, &sender), CDRPC_OK);
}

static void
close_sender(void)
{
	sender_free(sender);
	sender = NULL;
	recorder_close(&own);
	CloseHandle(jobs.each);
}

/* ---- roles ---- */

static struct proc *role_starter;

/* Frames arrive in rising order; the number of a frame is its result. */
static void
check_order(struct recorder *recorder)
{
	uint32_t number;

	proc_check(recorder->size == sizeof number);
	memcpy(&number, recorder->bytes, sizeof number);
	proc_check(number == recorder->frames - 1);
	proc_check(recorder->sender == role_starter->words[1]);
	recorder->result = number + 1000;
}

static int
run_take(struct proc *starter)
{
	static struct recorder recorder = { .on_frame = check_order };

	role_starter = starter;
	proc_check(recorder_open(&recorder, NULL, NULL) == CDRPC_OK);
	starter->words[0] = port_window(recorder.port);
	proc_signal(starter);
	proc_await(starter);
	starter->words[2] = recorder.frames;
	recorder_close(&recorder);
	return 0;
}

/* Takes no messages until it is told to end, and says then how many were left. */
static int
run_hung(struct proc *starter)
{
	static struct recorder recorder;

	proc_check(recorder_open(&recorder, NULL, NULL) == CDRPC_OK);
	starter->words[0] = port_window(recorder.port);
	proc_signal(starter);
	WaitForSingleObject(starter->event_in, INFINITE);
	pump_now();
	starter->words[2] = recorder.frames;
	return 0;
}

/* ---- tests ---- */

START_TEST(jobs_are_done_in_order)
{
	struct proc *helper = proc_start("take");
	uint32_t i;

	proc_await(helper);
	helper->words[1] = port_window(own.port);
	for (i = 0; i < JOBS_MAX; i++)
		post(i, (window_id)helper->words[0], 10000);
	await_done(JOBS_MAX);
	for (i = 0; i < JOBS_MAX; i++) {
		ck_assert_uint_eq(jobs.order[i], i);
		ck_assert(jobs.outcomes[i].answered);
		ck_assert_uint_eq(jobs.outcomes[i].result, i + 1000);
		ck_assert_uint_eq(jobs.outcomes[i].os_error, 0);
	}
	ck_assert_uint_ne(jobs.thread, GetCurrentThreadId());
	proc_signal(helper);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

START_TEST(each_job_has_its_own_time)
{
	struct proc *hung = proc_start("hung");
	uint64_t begin;

	proc_await(hung);
	begin = clock_us();
	post(0, (window_id)hung->words[0], 50);
	post(1, 0, PROC_NEVER_MS);
	post(2, (window_id)hung->words[0], 100);
	await_done(3);
	ck_assert_uint_ge(clock_us() - begin, 140000);
	ck_assert(!jobs.outcomes[0].answered);
	ck_assert(!jobs.outcomes[1].answered);
	ck_assert_uint_eq(jobs.outcomes[1].os_error, ERROR_INVALID_WINDOW_HANDLE);
	ck_assert(!jobs.outcomes[2].answered);
	proc_signal(hung);
	ck_assert_int_eq(proc_finish(hung), 0);
}
END_TEST

START_TEST(freeing_waits_for_the_job_under_way_alone)
{
	struct proc *hung = proc_start("hung");
	uint32_t i;

	proc_await(hung);
	post(0, (window_id)hung->words[0], 200);
	for (i = 1; i < 50; i++)
		post(i, (window_id)hung->words[0], PROC_NEVER_MS);
	sender_free(sender);
	sender = NULL;
	ck_assert_int_eq(jobs.done, 50);
	for (i = 0; i < 50; i++) {
		ck_assert_uint_eq(jobs.order[i], i);
		ck_assert(!jobs.outcomes[i].answered);
		ck_assert_uint_eq(jobs.outcomes[i].result, 0);
	}
	proc_signal(hung);
	ck_assert_int_eq(proc_finish(hung), 0);
}
END_TEST

START_TEST(an_idle_sender_is_freed_at_once)
{
	struct sender *idle = NULL;

	ck_assert_int_eq(sender_new(&own.env, own.port, &idle), CDRPC_OK);
	sender_free(idle);
}
END_TEST

START_TEST(a_job_for_the_freeing_thread_arrives)
{
	own.result = 5;
	post(0, port_window(own.port), PROC_NEVER_MS);
	/* Returns when the message is there, and does not handle it. */
	ck_assert_uint_eq(MsgWaitForMultipleObjectsEx(0, NULL, PROC_PATIENCE_MS, QS_SENDMESSAGE, MWMO_INPUTAVAILABLE),
			  WAIT_OBJECT_0);
	ck_assert_uint_eq(own.frames, 0);
	sender_free(sender);
	sender = NULL;
	ck_assert_int_eq(jobs.done, 1);
	ck_assert_uint_eq(own.frames, 1);
	ck_assert(jobs.outcomes[0].answered);
	ck_assert_uint_eq(jobs.outcomes[0].result, 5);
}
END_TEST

START_TEST(the_owner_need_not_wait)
{
	own.result = 6;
	post(0, port_window(own.port), PROC_NEVER_MS);
	ck_assert_int_eq(jobs.done, 0);
	await_done(1);
	ck_assert(jobs.outcomes[0].answered);
	ck_assert_uint_eq(jobs.outcomes[0].result, 6);
	ck_assert_uint_eq(own.frames, 1);
	ck_assert_uint_eq(own.sender, port_window(own.port));
	ck_assert(own.frame_in_message);
}
END_TEST

START_TEST(nothing_is_left_behind)
{
	struct leaks before;
	struct leaks after;
	struct sender *another;
	int i;

	for (i = 0; i < 110; i++) {
		if (i == 10)
			ck_assert(leaks_count(GetCurrentProcess(), &before));
		ck_assert_int_eq(sender_new(&own.env, own.port, &another), CDRPC_OK);
		sender_free(another);
	}
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("win32_sender");
	TCase *tcase = tcase_create("sender");

	tcase_add_checked_fixture(tcase, open_sender, close_sender);
	tcase_add_test(tcase, jobs_are_done_in_order);
	tcase_add_test(tcase, each_job_has_its_own_time);
	tcase_add_test(tcase, freeing_waits_for_the_job_under_way_alone);
	tcase_add_test(tcase, an_idle_sender_is_freed_at_once);
	tcase_add_test(tcase, a_job_for_the_freeing_thread_arrives);
	tcase_add_test(tcase, the_owner_need_not_wait);
	tcase_add_test(tcase, nothing_is_left_behind);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "take", run_take }, { "hung", run_hung }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
