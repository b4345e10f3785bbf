/* Waiting inside a call, which leaves the application's messages alone, and the loop of a program that has none. */
#include "win32_fixture.h"

#include <string.h>

#include "inject.h"
#include "port.h"

#include "proc.h"

/* ---- roles ---- */

/* At each signal sends words[1] frames to the window in words[0]; 0 ends it. */
static int
run_send(struct proc *starter)
{
	static struct recorder recorder;
	struct send_outcome outcome;
	uint64_t i;

	proc_check(recorder_open(&recorder, NULL, NULL) == CDRPC_OK);
	starter->words[2] = port_window(recorder.port);
	proc_signal(starter);
	for (proc_await(starter); starter->words[1]; proc_await(starter)) {
		for (i = 0; i < starter->words[1]; i++) {
			port_send(recorder.port, (window_id)starter->words[0], "abc", 3, 10000, &outcome);
			proc_check(outcome.answered && outcome.result == 9);
		}
		proc_signal(starter);
	}
	recorder_close(&recorder);
	return 0;
}

static void
finish_sender(struct proc *helper)
{
	helper->words[1] = 0;
	proc_signal(helper);
	ck_assert_int_eq(proc_finish(helper), 0);
}

/* ---- waiting ---- */

START_TEST(waiting_leaves_posted_messages_alone)
{
	static struct recorder recorder = { .result = 9 };
	struct proc *helper = proc_start("send");
	MSG message;
	int i;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	proc_await(helper);
	for (i = 0; i < 3; i++)
		ck_assert(PostThreadMessageW(GetCurrentThreadId(), WM_APP, (WPARAM)i, 0));
	ck_assert(port_ring(recorder.port));
	PostQuitMessage(42);
	helper->words[0] = port_window(recorder.port);
	helper->words[1] = 1;
	proc_signal(helper);
	while (recorder.frames == 0)
		port_wait(recorder.port, NULL, PROC_PATIENCE_MS);
	ck_assert_mem_eq(recorder.bytes, "abc", 3);
	/* Nothing to handle: the time passes, whatever is in the queue. */
	port_wait(recorder.port, NULL, 50);
	ck_assert_uint_eq(recorder.frames, 1);
	ck_assert_uint_eq(recorder.bells, 0);

	for (i = 0; i < 3; i++) {
		ck_assert(PeekMessageW(&message, NULL, WM_APP, WM_APP, PM_REMOVE));
		ck_assert_uint_eq(message.wParam, (WPARAM)i);
	}
	ck_assert(PeekMessageW(&message, (HWND)port_window(recorder.port), 0, 0, PM_REMOVE));
	DispatchMessageW(&message);
	ck_assert_uint_eq(recorder.bells, 1);
	ck_assert(PeekMessageW(&message, NULL, 0, 0, PM_REMOVE));
	ck_assert_uint_eq(message.message, WM_QUIT);
	ck_assert_uint_eq(message.wParam, 42);
	ck_assert(!PeekMessageW(&message, NULL, 0, 0, PM_REMOVE));
	finish_sender(helper);
	recorder_close(&recorder);
}
END_TEST

START_TEST(waiting_takes_its_time)
{
	static struct recorder recorder;
	uint64_t begin;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(PostThreadMessageW(GetCurrentThreadId(), WM_APP, 0, 0));
	begin = clock_us();
	port_wait(recorder.port, NULL, 100);
	ck_assert_uint_ge(clock_us() - begin, 90000);
	port_wait(recorder.port, NULL, 0);
	pump_now();
	recorder_close(&recorder);
}
END_TEST

START_TEST(waiting_ends_with_the_peer)
{
	static struct recorder recorder;
	struct proc *helper = proc_start("send");
	struct process *peer;
	uint64_t begin;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	proc_await(helper);
	ck_assert_int_eq(process_open(&recorder.env, (window_id)helper->words[2], &peer), CDRPC_OK);
	ck_assert(process_is_alive(peer));
	begin = clock_us();
	ck_assert(TerminateProcess(helper->process, 1));
	while (process_is_alive(peer) && clock_us() - begin < PROC_PATIENCE_MS * UINT64_C(1000))
		port_wait(recorder.port, peer, PROC_PATIENCE_MS);
	ck_assert(!process_is_alive(peer));
	process_close(peer);
	ck_assert_int_eq(proc_finish(helper), 1);
	recorder_close(&recorder);
}
END_TEST

/* ---- what it asks the system for ---- */

static struct {
	DWORD refused;                  /* a mask with any of these cannot be waited for */
	DWORD masks;                    /* that were waited for without end */
	uint32_t longest_ms;            /* of the waits for sent messages alone */
	uint32_t waits;
	uint32_t looks;                 /* for sent messages, between them */
	uint32_t flood;                 /* so many waits for sent messages alone are over at once, for there is another */
	uint64_t passed_ms;             /* so much time has passed in them, 10 ms in each */
} asked;

static DWORD WINAPI
wait_for(DWORD count, const HANDLE *handles, DWORD timeout_ms, DWORD mask, DWORD flags)
{
	if (mask & asked.refused) {
		SetLastError(ERROR_INVALID_FLAGS);
		return WAIT_FAILED;
	}
	if (mask == QS_SENDMESSAGE) {
		asked.waits++;
		asked.longest_ms = timeout_ms > asked.longest_ms ? timeout_ms : asked.longest_ms;
		if (asked.flood > 0) {
			asked.flood--;
			asked.passed_ms += 10;
			return WAIT_OBJECT_0 + count;
		}
	} else if (timeout_ms == INFINITE) {
		asked.masks |= mask;
	}
	return INJECT_REAL("user32.dll", MsgWaitForMultipleObjectsEx)(count, handles, timeout_ms, mask, flags);
}

static BOOL WINAPI
peek(LPMSG message, HWND window, UINT first, UINT last, UINT remove)
{
	asked.looks += remove == (PM_NOREMOVE | PM_QS_SENDMESSAGE);
	return INJECT_REAL("user32.dll", PeekMessageW)(message, window, first, last, remove);
}

static BOOL WINAPI
unbiased(PULONGLONG ret_time)
{
	BOOL done = INJECT_REAL("kernel32.dll", QueryUnbiasedInterruptTime)(ret_time);

	*ret_time += asked.passed_ms * 10000;
	return done;
}

INJECT(MsgWaitForMultipleObjectsEx, 5, wait_for);
INJECT(QueryUnbiasedInterruptTime, 1, unbiased);
INJECT(PeekMessageW, 5, peek);

enum { TOUCH_AND_PEN = 0x1800 };

static void CALLBACK
quit_at_tick(HWND window, UINT message, UINT_PTR id, DWORD time)
{
	(void)message;
	(void)time;
	KillTimer(window, id);
	PostQuitMessage(0);
}

/* The second round is on a system that does not know of touch and pen. */
START_TEST(the_loop_wakes_for_touch_and_pen)
{
	static struct recorder recorder;
	MSG message;
	int i;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	for (i = 0; i < 2; i++) {
		memset(&asked, 0, sizeof asked);
		asked.refused = i ? TOUCH_AND_PEN : 0;
		ck_assert(SetTimer(NULL, 0, 10, quit_at_tick) != 0);
		ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
		ck_assert_uint_eq(asked.masks & TOUCH_AND_PEN, i ? 0 : TOUCH_AND_PEN);
		ck_assert_uint_eq(asked.masks & QS_ALLINPUT, QS_ALLINPUT);
		ck_assert(PeekMessageW(&message, NULL, WM_QUIT, WM_QUIT, PM_REMOVE));
	}
	memset(&asked, 0, sizeof asked);
	recorder_close(&recorder);
}
END_TEST

/* On Windows a thread that does not look for messages counts as hung after five seconds. */
START_TEST(waits_look_once_a_second)
{
	static struct recorder recorder;
	HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	memset(&asked, 0, sizeof asked);
	ck_assert_uint_eq(port_wait_for(1, &event, 2500), 1);
	ck_assert_uint_ge(asked.waits, 3);
	ck_assert_uint_ge(asked.looks, 2);
	port_wait(recorder.port, NULL, 2500);
	ck_assert_uint_eq(asked.longest_ms, 1000);
	CloseHandle(event);
	recorder_close(&recorder);
}
END_TEST

/* Messages come faster than they are handled, on a system that speaks of them first. */
START_TEST(waits_end_among_messages)
{
	enum { MANY = 1000 };
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);

	memset(&asked, 0, sizeof asked);
	asked.flood = MANY;
	ck_assert_uint_eq(port_wait_for(1, &event, 1500), 1);
	ck_assert_uint_le(asked.waits, 151);
	ck_assert_uint_eq(asked.looks, asked.waits);
	ck_assert(SetEvent(event));
	memset(&asked, 0, sizeof asked);
	asked.flood = MANY;
	ck_assert_uint_eq(port_wait_for(1, &event, INFINITE), 0);
	ck_assert_uint_eq(asked.waits, 1);
	memset(&asked, 0, sizeof asked);
	CloseHandle(event);
}
END_TEST

START_TEST(waits_that_fail_end)
{
	static struct recorder recorder;
	HANDLE event = CreateEventW(NULL, TRUE, TRUE, NULL);

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(port_can_wait(recorder.port));
	memset(&asked, 0, sizeof asked);
	asked.refused = QS_SENDMESSAGE;
	port_wait(recorder.port, NULL, PROC_PATIENCE_MS);
	ck_assert(!port_can_wait(recorder.port));
	ck_assert_ptr_nonnull(strstr(recorder.log, "MsgWaitForMultipleObjectsEx"));
	ck_assert_uint_eq(port_wait_for(1, &event, INFINITE), 1);
	/* The handle itself can be waited for. */
	port_wait_out(event);
	asked.refused = 0;
	port_wait(recorder.port, NULL, 0);
	ck_assert(port_can_wait(recorder.port));
	CloseHandle(event);
	recorder_close(&recorder);
}
END_TEST

/* ---- the loop ---- */

static void
quit_at_three(struct recorder *recorder)
{
	if (recorder->bells == 3)
		port_quit(recorder->port);
	else
		ck_assert(port_ring(recorder->port));
}

START_TEST(the_loop_runs_bells_until_it_is_told_to_quit)
{
	static struct recorder recorder = { .on_bell = quit_at_three };

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	ck_assert_uint_eq(recorder.bells, 3);

	/* Told before it began, it ends at once, and only once. */
	port_quit(recorder.port);
	port_quit(recorder.port);
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	recorder.bells = 0;
	ck_assert(port_ring(recorder.port));
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	ck_assert_uint_eq(recorder.bells, 3);
	recorder_close(&recorder);
}
END_TEST

static void
ring(struct recorder *recorder)
{
	ck_assert(port_ring(recorder->port));
}

static void
quit(struct recorder *recorder)
{
	port_quit(recorder->port);
}

START_TEST(the_loop_handles_frames_and_then_their_bell)
{
	static struct recorder recorder = { .on_frame = ring, .on_bell = quit, .result = 9 };
	struct proc *helper = proc_start("send");

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	proc_await(helper);
	helper->words[0] = port_window(recorder.port);
	helper->words[1] = 1;
	proc_signal(helper);
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	ck_assert_uint_eq(recorder.frames, 1);
	ck_assert_uint_eq(recorder.bells, 1);
	ck_assert(!recorder.bell_in_message);
	proc_await(helper);
	finish_sender(helper);
	recorder_close(&recorder);
}
END_TEST

/* So many that nothing comes of, and the loop does not look behind each any more. */
enum { QUIET_FRAMES = 40 };
static int at_last;

static void
end_at_last(struct recorder *recorder)
{
	if (recorder->frames < QUIET_FRAMES)
		return;
	if (at_last == 0)
		ck_assert(port_ring_after(recorder->port));
	else if (at_last == 1)
		port_quit(recorder->port);
	else
		PostQuitMessage(17);
}

START_TEST(the_loop_ends_after_frames_without_a_bell)
{
	static struct recorder recorder = { .on_frame = end_at_last, .on_bell = quit, .result = 9 };
	struct proc *helper = proc_start("send");
	MSG message;

	at_last = _i;
	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	proc_await(helper);
	helper->words[0] = port_window(recorder.port);
	helper->words[1] = QUIET_FRAMES;
	proc_signal(helper);
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	ck_assert_uint_eq(recorder.frames, QUIET_FRAMES);
	ck_assert_uint_eq(recorder.bells, at_last == 0);
	ck_assert(!recorder.bell_in_message);
	ck_assert_int_eq(PeekMessageW(&message, NULL, WM_QUIT, WM_QUIT, PM_REMOVE), at_last == 2);
	proc_await(helper);
	finish_sender(helper);
	recorder_close(&recorder);
}
END_TEST

static uint32_t ticks;
static struct recorder *tick_recorder;

static void CALLBACK
tick(HWND window, UINT message, UINT_PTR id, DWORD time)
{
	(void)message;
	(void)time;
	KillTimer(window, id);
	ticks++;
	PostQuitMessage(17);
}

START_TEST(the_loop_runs_timers_and_hands_on_wm_quit)
{
	static struct recorder recorder;
	MSG message;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ticks = 0;
	ck_assert(SetTimer(NULL, 0, 10, tick) != 0);
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	ck_assert_uint_eq(ticks, 1);
	ck_assert(PeekMessageW(&message, NULL, 0, 0, PM_REMOVE));
	ck_assert_uint_eq(message.message, WM_QUIT);
	ck_assert_uint_eq(message.wParam, 17);
	ck_assert(!PeekMessageW(&message, NULL, 0, 0, PM_REMOVE));
	recorder_close(&recorder);
}
END_TEST

static DWORD WINAPI
quit_elsewhere(void *parameter)
{
	struct recorder *recorder = parameter;

	if (port_run(recorder->port) != CDRPC_E_WRONG_THREAD)
		return 1;
	port_quit(recorder->port);
	return 0;
}

START_TEST(any_thread_may_quit_the_loop)
{
	static struct recorder recorder;
	HANDLE thread;
	DWORD status = 9;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	thread = CreateThread(NULL, 0, quit_elsewhere, &recorder, 0, NULL);
	ck_assert_ptr_nonnull(thread);
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	proc_await_handle(thread);
	ck_assert(GetExitCodeThread(thread, &status));
	ck_assert_uint_eq(status, 0);
	CloseHandle(thread);
	recorder_close(&recorder);
}
END_TEST

/* A modal loop: runs messages until the next bell has been. */
static void
nest(struct recorder *recorder)
{
	if (recorder->bells == 1) {
		ck_assert(port_ring(recorder->port));
		pump_until(&recorder->bells, 2);
		port_quit(recorder->port);
	}
}

START_TEST(a_modal_loop_in_a_bell_gets_bells)
{
	static struct recorder recorder = { .on_bell = nest };

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	ck_assert_uint_eq(recorder.bells, 2);
	recorder_close(&recorder);
}
END_TEST

static void
nest_in_message(struct recorder *recorder)
{
	ck_assert(port_ring(recorder->port));
	pump_until(&recorder->bells, 1);
	ck_assert(recorder->bell_in_message);
	port_quit(recorder->port);
}

START_TEST(a_modal_loop_in_a_sent_message_gets_bells)
{
	static struct recorder recorder = { .on_frame = nest_in_message, .result = 9 };
	struct proc *helper = proc_start("send");

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	proc_await(helper);
	helper->words[0] = port_window(recorder.port);
	helper->words[1] = 1;
	proc_signal(helper);
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	ck_assert_uint_eq(recorder.bells, 1);
	proc_await(helper);
	finish_sender(helper);
	recorder_close(&recorder);
}
END_TEST

static void CALLBACK
ring_at_tick(HWND window, UINT message, UINT_PTR id, DWORD time)
{
	(void)message;
	(void)time;
	KillTimer(window, id);
	ck_assert(port_ring(tick_recorder->port));
}

/* A queue that takes no more is stood for by a window that is gone: nothing can be posted to either. */
START_TEST(the_loop_needs_no_room_in_the_queue)
{
	static struct recorder recorder = { .on_bell = quit };

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(DestroyWindow((HWND)port_window(recorder.port)));
	tick_recorder = &recorder;
	ck_assert(SetTimer(NULL, 0, 10, ring_at_tick) != 0);
	ck_assert_int_eq(port_run(recorder.port), CDRPC_OK);
	ck_assert_uint_eq(recorder.bells, 1);
	ck_assert(!port_ring(recorder.port));
	recorder_close(&recorder);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("win32_loop");
	TCase *quiet = tcase_create("quiet");
	const TTest *const waiting[] = {
		waiting_leaves_posted_messages_alone,
		waiting_takes_its_time,
		waiting_ends_with_the_peer,
		waits_look_once_a_second,
		waits_end_among_messages,
		waits_that_fail_end,
		NULL,
	};
	const TTest *const loop[] = {
		the_loop_runs_bells_until_it_is_told_to_quit,
		the_loop_handles_frames_and_then_their_bell,
		the_loop_runs_timers_and_hands_on_wm_quit,
		any_thread_may_quit_the_loop,
		a_modal_loop_in_a_bell_gets_bells,
		a_modal_loop_in_a_sent_message_gets_bells,
		the_loop_needs_no_room_in_the_queue,
		the_loop_wakes_for_touch_and_pen,
		NULL,
	};

	add_case(suite, "wait", waiting);
	add_case(suite, "loop", loop);
	tcase_add_loop_test(quiet, the_loop_ends_after_frames_without_a_bell, 0, 3);
	tcase_set_timeout(quiet, 0);
	suite_add_tcase(suite, quiet);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "send", run_send }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
