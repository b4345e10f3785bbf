/* Bells: how a port puts work off until no message is under way. */
#include "win32_fixture.h"

#include <string.h>

#include "proc.h"

/* Sends a frame to the window in words[0]. */
static int
run_send(struct proc *starter)
{
	static struct recorder recorder;
	static const uint8_t bytes[] = { 1, 2, 3 };
	struct send_outcome outcome;

	proc_check(recorder_open(&recorder, NULL, NULL) == CDRPC_OK);
	proc_await(starter);
	port_send(recorder.port, (window_id)starter->words[0], bytes, sizeof bytes, 5000, &outcome);
	starter->words[2] = outcome.answered;
	starter->words[3] = outcome.result;
	starter->words[4] = port_window(recorder.port);
	recorder_close(&recorder);
	proc_signal(starter);
	return 0;
}

/* Sends and posts bells that are not the port's own to the window in words[0]. */
static int
run_forger(struct proc *starter)
{
	HWND window;
	UINT bell = RegisterWindowMessageW(L"cdrpc.bell.1");
	DWORD_PTR result;

	proc_await(starter);
	window = (HWND)(uintptr_t)starter->words[0];
	proc_check(PostMessageW(window, bell, 0, (LPARAM)window));
	proc_check(SendMessageTimeoutW(window, bell, 0, (LPARAM)window, SMTO_NORMAL, 5000, &result) != 0);
	proc_check(SendMessageTimeoutW(window, WM_CLOSE, 0, 0, SMTO_NORMAL, 5000, &result) != 0);
	proc_check(SendMessageTimeoutW(window, WM_SETTEXT, 0, (LPARAM)L"mine", SMTO_NORMAL, 5000, &result) != 0);
	proc_signal(starter);
	return 0;
}

static const struct proc_role roles[] = { { "send", run_send }, { "forger", run_forger }, { 0 } };

START_TEST(many_rings_are_one_bell)
{
	static struct recorder recorder;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	ck_assert(port_ring(recorder.port));
	ck_assert(port_ring(recorder.port));
	ck_assert_uint_eq(recorder.bells, 0);
	pump_now();
	ck_assert_uint_eq(recorder.bells, 1);
	ck_assert(!recorder.bell_in_message);
	pump_now();
	ck_assert_uint_eq(recorder.bells, 1);
	ck_assert(port_ring(recorder.port));
	pump_now();
	ck_assert_uint_eq(recorder.bells, 2);
	recorder_close(&recorder);
}
END_TEST

START_TEST(one_message_stands_for_all_rings)
{
	static struct recorder recorder;
	MSG message;
	MSG another;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	ck_assert(port_ring(recorder.port));
	ck_assert(PeekMessageW(&message, NULL, 0, 0, PM_REMOVE));
	ck_assert(!PeekMessageW(&another, NULL, 0, 0, PM_REMOVE));
	/* One that comes twice, as it may when its host is destroyed, is one bell. */
	DispatchMessageW(&message);
	DispatchMessageW(&message);
	ck_assert_uint_eq(recorder.bells, 1);
	recorder_close(&recorder);
}
END_TEST

static void
ring_up_to_three(struct recorder *recorder)
{
	if (recorder->bells < 3)
		ck_assert(port_ring(recorder->port));
}

START_TEST(a_bell_may_ring_again)
{
	static struct recorder recorder = { .on_bell = ring_up_to_three };

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	pump_now();
	ck_assert_uint_eq(recorder.bells, 3);
	recorder_close(&recorder);
}
END_TEST

START_TEST(a_bell_may_free_its_port)
{
	static struct recorder recorder = { .on_bell = recorder_close };

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	pump_now();
	ck_assert_uint_eq(recorder.bells, 1);
	ck_assert_ptr_null(recorder.port);
}
END_TEST

static DWORD WINAPI
ring_elsewhere(void *parameter)
{
	struct recorder *recorder = parameter;

	return !port_on_thread(recorder->port) && port_ring(recorder->port);
}

START_TEST(any_thread_may_ring)
{
	static struct recorder recorder;
	HANDLE thread;
	DWORD rang = 0;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(port_on_thread(recorder.port));
	thread = CreateThread(NULL, 0, ring_elsewhere, &recorder, 0, NULL);
	ck_assert_ptr_nonnull(thread);
	pump_until(&recorder.bells, 1);
	proc_await_handle(thread);
	ck_assert(GetExitCodeThread(thread, &rang));
	ck_assert_uint_eq(rang, 1);
	CloseHandle(thread);
	recorder_close(&recorder);
}
END_TEST

START_TEST(a_ring_that_cannot_be_posted_fails_each_time)
{
	static struct recorder recorder;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(DestroyWindow((HWND)port_window(recorder.port)));
	ck_assert(!port_ring(recorder.port));
	ck_assert(!port_ring(recorder.port));
	recorder_close(&recorder);
}
END_TEST

START_TEST(others_cannot_ring_close_or_rename)
{
	static struct recorder recorder;
	char name[CDRPC_NAME_MAX + 1];
	struct proc *forger = proc_start("forger");
	window_id found;

	service_name(name, "forged", GetCurrentProcessId());
	ck_assert_int_eq(recorder_open(&recorder, name, NULL), CDRPC_OK);
	forger->words[0] = port_window(recorder.port);
	/* Only a bell that the port waits for could be mistaken for it. It comes to the queue first, but is not handled there. */
	ck_assert(port_ring(recorder.port));
	proc_signal(forger);
	proc_await(forger);
	ck_assert_uint_eq(recorder.bells, 0);
	pump_now();
	ck_assert_uint_eq(recorder.bells, 1);
	ck_assert(!recorder.bell_in_message);
	ck_assert_uint_eq(port_find(recorder.port, name, &found, 1), 1);
	ck_assert_uint_eq(found, port_window(recorder.port));
	ck_assert_int_eq(proc_finish(forger), 0);
	recorder_close(&recorder);
}
END_TEST

static void
count_bells_of_frame(struct recorder *recorder)
{
	ck_assert(port_ring(recorder->port));
	recorder->result = 0x100 + recorder->bells;
}

START_TEST(a_bell_waits_for_the_sent_message_to_end)
{
	static struct recorder recorder = { .on_frame = count_bells_of_frame };
	struct proc *sender = proc_start("send");

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	sender->words[0] = port_window(recorder.port);
	proc_signal(sender);
	pump_until(&recorder.bells, 1);
	ck_assert(recorder.frame_in_message);
	ck_assert(!recorder.bell_in_message);
	proc_await(sender);
	ck_assert_uint_eq(sender->words[2], 1);
	ck_assert_uint_eq(sender->words[3], 0x100);
	ck_assert_uint_eq(sender->words[4], recorder.sender);
	ck_assert_int_eq(proc_finish(sender), 0);
	recorder_close(&recorder);
}
END_TEST

/* ---- bells come before input, paint and timers, but must not starve them ---- */

static uint32_t others;         /* such messages that have come */
static uint32_t others_bells;   /* bells until the first of them */
static struct recorder *busy;

static LRESULT CALLBACK
other_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	switch (message) {
	case WM_PAINT:
		ValidateRect(window, NULL);
		/* Fall through. */
	case WM_TIMER:
	case WM_KEYDOWN:
		if (others++ == 0)
			others_bells = busy->bells;
		return 0;
	default:
		return DefWindowProcW(window, message, wparam, lparam);
	}
}

static HWND
make_other_window(void)
{
	HWND window = CreateWindowExW(0, L"STATIC", L"", WS_POPUP | WS_VISIBLE, 0, 0, 50, 50, NULL, NULL, NULL, NULL);

	ck_assert_ptr_nonnull(window);
	SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)other_procedure);
	pump_now();
	return window;
}

static void
ring_again(struct recorder *recorder)
{
	if (others == 0 || recorder->bells <= others_bells)
		ck_assert(port_ring(recorder->port));
}

static void
press_key(HWND window)
{
	SetForegroundWindow(window);
	SetFocus(window);
	keybd_event('A', 0, 0, 0);
}

/* Until such a message waits. Keys go to whoever is in the foreground, which may be somebody else just now. */
static void
make_other(HWND window, DWORD kind)
{
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;
	DWORD woke = WAIT_TIMEOUT;

	if (kind == QS_PAINT)
		InvalidateRect(window, NULL, FALSE);
	else if (kind == QS_TIMER)
		SetTimer(window, 1, 10, NULL);
	while (woke != WAIT_OBJECT_0 && GetTickCount64() < end) {
		if (kind == QS_KEY)
			press_key(window);
		woke = MsgWaitForMultipleObjectsEx(0, NULL, 500, kind, MWMO_INPUTAVAILABLE);
	}
	ck_assert_uint_eq(woke, WAIT_OBJECT_0);
	others = 0;
}

static const DWORD kinds[] = { QS_TIMER, QS_PAINT, QS_KEY };

/* A bell that always rings again is always in the queue: another 200,000 of them would be run before the timer otherwise. */
START_TEST(others_get_their_turn)
{
	static struct recorder recorder;
	HWND window, host = NULL;
	MSG message;

	memset(&recorder, 0, sizeof recorder);
	recorder.on_bell = ring_again;
	busy = &recorder;
	window = make_other_window();
	if (_i % 2)
		host = window;
	ck_assert_int_eq(recorder_open(&recorder, NULL, host), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	make_other(window, kinds[_i / 2]);
	while (others == 0 && recorder.bells < 200000 && GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
	ck_assert_uint_gt(others, 0);
	/* And the bell goes on. */
	pump_until(&recorder.bells, others_bells + 1);
	recorder_close(&recorder);
	DestroyWindow(window);
}
END_TEST

/* A loop that leaves a timer of another window alone for ever does not wait for it. */
START_TEST(others_that_stay_do_not_hold_up_bells)
{
	static struct recorder recorder;
	HWND window = make_other_window();
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;
	HWND host;
	MSG message;

	memset(&recorder, 0, sizeof recorder);
	host = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	busy = &recorder;
	recorder.on_bell = ring_again;
	ck_assert_int_eq(recorder_open(&recorder, NULL, host), CDRPC_OK);
	make_other(window, QS_TIMER);
	ck_assert(port_ring(recorder.port));
	while (recorder.bells < 1000 && GetTickCount64() < end) {
		MsgWaitForMultipleObjectsEx(0, NULL, 100, QS_SENDMESSAGE | QS_POSTMESSAGE, MWMO_INPUTAVAILABLE);
		if (PeekMessageW(&message, host, 0, 0, PM_REMOVE))
			DispatchMessageW(&message);
	}
	ck_assert_uint_ge(recorder.bells, 1000);
	ck_assert_uint_eq(others, 0);
	recorder_close(&recorder);
	DestroyWindow(window);
	DestroyWindow(host);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("win32_bell");
	TCase *turns = tcase_create("turns");
	const TTest *const bells[] = {
		many_rings_are_one_bell,
		one_message_stands_for_all_rings,
		a_bell_may_ring_again,
		a_bell_may_free_its_port,
		any_thread_may_ring,
		a_ring_that_cannot_be_posted_fails_each_time,
		others_cannot_ring_close_or_rename,
		a_bell_waits_for_the_sent_message_to_end,
		NULL,
	};

	add_case(suite, "bells", bells);
	tcase_add_loop_test(turns, others_get_their_turn, 0, 6);
	tcase_add_test(turns, others_that_stay_do_not_hold_up_bells);
	suite_add_tcase(suite, turns);
	return suite;
}

int
main(int argc, char **argv)
{
	return proc_main(argc, argv, roles, make_suite);
}
