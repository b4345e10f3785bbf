/* What was rung is done: a moment later where the queue had no room or a loop threw the bell away, and by whichever loop runs. */
#include <string.h>

#include "inject.h"
#include "proc.h"
#include "win32_fixture.h"

/* ---- a queue without room ---- */

static struct {
	_Atomic(HWND) window;           /* to which nothing can be posted; NULL: no such */
	_Atomic uint32_t refused;
} full;

static BOOL WINAPI
post(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	if (window && window == full.window) {
		full.refused++;
		SetLastError(ERROR_NOT_ENOUGH_QUOTA);
		return FALSE;
	}
	return INJECT_REAL("user32.dll", PostMessageW)(window, message, wparam, lparam);
}

INJECT(PostMessageW, 4, post);

static HWND
window_of(const struct recorder *recorder)
{
	return (HWND)port_window(recorder->port);
}

static DWORD WINAPI
ring_elsewhere(void *parameter)
{
	const struct recorder *recorder = parameter;

	return port_ring(recorder->port);
}

static bool
ring_on_thread(struct recorder *recorder)
{
	HANDLE thread = CreateThread(NULL, 0, ring_elsewhere, recorder, 0, NULL);
	DWORD rang = FALSE;

	ck_assert_ptr_nonnull(thread);
	proc_await_handle(thread);
	ck_assert(GetExitCodeThread(thread, &rang));
	CloseHandle(thread);
	return rang;
}

START_TEST(a_bell_without_room_is_late)
{
	static struct recorder recorder;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	full.window = window_of(&recorder);
	full.refused = 0;
	ck_assert(_i ? !ring_on_thread(&recorder) : !port_ring(recorder.port));
	ck_assert_uint_ge(full.refused, 1);
	pump_now();
	ck_assert_uint_eq(recorder.bells, 0);
	full.window = NULL;
	/* Nobody rings again. */
	pump_until(&recorder.bells, 1);
	ck_assert(!recorder.bell_in_message);
	/* It was one bell. */
	ck_assert(port_ring(recorder.port));
	pump_until(&recorder.bells, 2);
	pump_now();
	ck_assert_uint_eq(recorder.bells, 2);
	recorder_close(&recorder);
}
END_TEST

START_TEST(a_bell_without_room_ends_with_its_port)
{
	static struct recorder recorder;
	uint32_t i;

	for (i = 0; i < 20; i++) {
		ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
		full.window = window_of(&recorder);
		ck_assert(!port_ring(recorder.port));
		recorder_close(&recorder);
		full.window = NULL;
		pump_now();
		ck_assert_uint_eq(recorder.bells, 0);
	}
}
END_TEST

/* The host takes the bell with it, and just then there is no room for another. */
START_TEST(a_bell_of_a_host_that_ends_is_late)
{
	static struct recorder recorder;
	HWND host = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);

	ck_assert_int_eq(recorder_open(&recorder, NULL, host), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	full.window = window_of(&recorder);
	full.refused = 0;
	ck_assert(DestroyWindow(host));
	ck_assert_uint_eq(full.refused, 1);
	pump_now();
	ck_assert_uint_eq(recorder.bells, 0);
	full.window = NULL;
	pump_until(&recorder.bells, 1);
	recorder_close(&recorder);
}
END_TEST

/* ---- no timers ---- */

static struct {
	_Atomic bool none;
	_Atomic uint32_t refused, set;
} timers;

static UINT_PTR WINAPI
set_timer(HWND window, UINT_PTR timer, UINT timeout_ms, TIMERPROC procedure)
{
	if (timers.none) {
		timers.refused++;
		SetLastError(ERROR_NO_MORE_USER_HANDLES);
		return 0;
	}
	timers.set++;
	return INJECT_REAL("user32.dll", SetTimer)(window, timer, timeout_ms, procedure);
}

INJECT(SetTimer, 4, set_timer);

START_TEST(a_timer_that_cannot_be_set_is_late)
{
	static struct recorder recorder;
	uint32_t bells;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	timers.none = true;
	timers.refused = timers.set = 0;
	port_wake_in(recorder.port, 10);
	ck_assert_uint_eq(timers.refused, 1);
	/* Nothing is rung, and no timer goes off. */
	pump_until(&recorder.bells, 2);
	timers.none = false;
	bells = recorder.bells;
	pump_until(&recorder.bells, bells + 3);
	ck_assert_uint_eq(timers.set, 1);
	port_wake_in(recorder.port, 0);
	pump_now();
	/* Not any more, and not instead of one that is not wanted. */
	timers.none = true;
	port_wake_in(recorder.port, 10);
	port_wake_in(recorder.port, 0);
	timers.none = false;
	bells = recorder.bells;
	ck_assert(port_ring(recorder.port));
	pump_until(&recorder.bells, bells + 1);
	pump_now();
	ck_assert_uint_eq(recorder.bells, bells + 1);
	ck_assert_uint_eq(timers.set, 1);
	recorder_close(&recorder);
}
END_TEST

/* ---- sends that last ---- */

/* For so many looks of another port's watch, which has a timer to make up for. */
static void
pump_looks(uint32_t looks)
{
	static struct recorder other;

	ck_assert_int_eq(recorder_open(&other, NULL, NULL), CDRPC_OK);
	timers.none = true;
	port_wake_in(other.port, 10);
	timers.none = false;
	while (looks-- > 0) {
		/* Not set now either. */
		timers.none = true;
		pump_until(&other.bells, other.bells + 1);
		timers.none = false;
	}
	recorder_close(&other);
}

/* Nothing is rung for: a loop in there, which sees nothing else, is to look once for what came before it, and the short ones cost no bell. */
START_TEST(a_send_that_lasts_rings_once)
{
	static struct recorder recorder;
	uint32_t i, sends;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	for (i = 0; i < 100; i++) {
		port_sending(recorder.port, true);
		port_sending(recorder.port, false);
	}
	pump_looks(4);
	ck_assert_uint_eq(recorder.bells, 0);
	for (sends = 1; sends <= 2; sends++) {
		port_sending(recorder.port, true);
		pump_until(&recorder.bells, sends);
		ck_assert(!recorder.bell_in_message);
		/* In it are others, of what the loop runs. */
		port_sending(recorder.port, true);
		port_sending(recorder.port, false);
		pump_looks(4);
		ck_assert_uint_eq(recorder.bells, sends);
		port_sending(recorder.port, false);
	}
	recorder_close(&recorder);
}
END_TEST

/* ---- loops that leave bells alone ---- */

START_TEST(a_bell_that_is_thrown_away_comes_again)
{
	static struct recorder recorder;
	MSG message;
	uint32_t i, thrown = 0;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	for (i = 1; i <= 2; i++) {
		ck_assert(port_ring(recorder.port));
		while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
			thrown++;
		ck_assert_uint_eq(thrown, i);
		ck_assert_uint_eq(recorder.bells, i - 1);
		pump_until(&recorder.bells, i);
	}
	recorder_close(&recorder);
}
END_TEST

/* Such as GetMessageW(&message, window, 0, 0): sent messages are handled, and those that were posted to other windows stay. */
START_TEST(a_loop_that_filters_is_told_of)
{
	static struct recorder recorder;
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;
	HWND other = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	MSG message;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	while (recorder.log_lines == 0 && GetTickCount64() < end) {
		MsgWaitForMultipleObjectsEx(0, NULL, 500, QS_SENDMESSAGE, MWMO_INPUTAVAILABLE);
		if (PeekMessageW(&message, other, 0, 0, PM_REMOVE))
			DispatchMessageW(&message);
	}
	ck_assert_uint_eq(recorder.log_lines, 1);
	ck_assert_ptr_nonnull(strstr(recorder.log, "work has waited for "));
	ck_assert_ptr_nonnull(strstr(recorder.log, "message loop"));
	ck_assert_uint_eq(recorder.bells, 0);
	pump_until(&recorder.bells, 1);
	pump_now();
	ck_assert_uint_eq(recorder.bells, 1);
	recorder_close(&recorder);
	DestroyWindow(other);
}
END_TEST

/* ---- our own loop, and loops inside of it ---- */

enum { APP_BUSY = WM_APP, APP_BOX, APP_SENT };

static struct {
	struct recorder recorder;
	HANDLE busy;                    /* the thread is not in its loop any more, and somebody may send to it */
	uint32_t bells_in_box;          /* at once; the watch comes later */
} box;

static void
ring_after(struct recorder *recorder)
{
	ck_assert(port_ring_after(recorder->port));
}

/* Sent, and not handled yet, when this returns. */
static DWORD WINAPI
send_box(void *window)
{
	return SendNotifyMessageW(window, APP_SENT, 0, 0) ? 0 : 1;
}

static void
run_thread(LPTHREAD_START_ROUTINE run, void *parameter)
{
	HANDLE thread = CreateThread(NULL, 0, run, parameter, 0, NULL);
	DWORD status = 9;

	ck_assert_ptr_nonnull(thread);
	ck_assert_uint_eq(WaitForSingleObject(thread, PROC_PATIENCE_MS), WAIT_OBJECT_0);
	ck_assert(GetExitCodeThread(thread, &status));
	ck_assert_uint_eq(status, 0);
	CloseHandle(thread);
}

static DWORD WINAPI
send_another(void *window)
{
	COPYDATASTRUCT data = { FRAME_TAG, 3, (void *)"abc" };

	return SendMessageW(window, WM_COPYDATA, 0, (LPARAM)&data) == 9 ? 0 : 2;
}

/* Handled here, in the box. */
static void
get_another(struct recorder *recorder)
{
	HANDLE thread = CreateThread(NULL, 0, send_another, window_of(recorder), 0, NULL);

	ck_assert_ptr_nonnull(thread);
	proc_await_handle(thread);
	CloseHandle(thread);
}

static LRESULT CALLBACK
application(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	struct recorder *recorder = &box.recorder;

	switch (message) {
	case APP_BUSY:
		/* The next look finds the frame, and after it what opens the box: posted, or sent as well. */
		SetEvent(box.busy);
		ck_assert_uint_eq(MsgWaitForMultipleObjectsEx(0, NULL, PROC_PATIENCE_MS, QS_SENDMESSAGE, MWMO_INPUTAVAILABLE), WAIT_OBJECT_0);
		if (wparam == APP_SENT)
			run_thread(send_box, window);
		else
			PostMessageW(window, APP_BOX, 0, 0);
		return 0;
	case APP_BOX:
		pump_now();
		break;
	case APP_SENT:
		/* For the first bell the watch comes, which cannot know of the box before; for those of later frames nobody need come. */
		pump_until(&recorder->bells, 1);
		get_another(recorder);
		pump_now();
		break;
	default:
		return DefWindowProcW(window, message, wparam, lparam);
	}
	box.bells_in_box = recorder->bells;
	port_quit(recorder->port);
	return 0;
}

static DWORD WINAPI
send_frame(void *window)
{
	return WaitForSingleObject(box.busy, PROC_PATIENCE_MS) == WAIT_OBJECT_0 ? send_another(window) : 1;
}

static void
run_with_frame(UINT then, uint32_t frames)
{
	HWND window;
	HANDLE thread;
	DWORD status = 9;

	memset(&box, 0, sizeof box);
	box.recorder.on_frame = ring_after;
	box.recorder.result = 9;
	box.busy = CreateEventW(NULL, FALSE, FALSE, NULL);
	ck_assert_int_eq(recorder_open(&box.recorder, NULL, NULL), CDRPC_OK);
	window = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)application);
	ck_assert(PostMessageW(window, APP_BUSY, then, 0));
	thread = CreateThread(NULL, 0, send_frame, window_of(&box.recorder), 0, NULL);
	ck_assert_ptr_nonnull(thread);
	ck_assert_int_eq(port_run(box.recorder.port), CDRPC_OK);
	proc_await_handle(thread);
	ck_assert(GetExitCodeThread(thread, &status));
	ck_assert_uint_eq(status, 0);
	CloseHandle(thread);
	CloseHandle(box.busy);
	ck_assert_uint_eq(box.recorder.frames, frames);
	ck_assert_uint_eq(box.bells_in_box, frames);
	ck_assert_uint_eq(box.recorder.bells, frames);
	recorder_close(&box.recorder);
	DestroyWindow(window);
}

START_TEST(a_box_that_the_same_look_opens_runs_the_bell)
{
	run_with_frame(APP_BOX, 1);
}
END_TEST

START_TEST(a_box_that_a_sent_message_opens_runs_the_bell)
{
	run_with_frame(APP_SENT, 2);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("win32_owed");
	TCase *room = tcase_create("room");
	const TTest *const late[] = {
		a_bell_without_room_ends_with_its_port,
		a_bell_of_a_host_that_ends_is_late,
		a_timer_that_cannot_be_set_is_late,
		a_send_that_lasts_rings_once,
		a_bell_that_is_thrown_away_comes_again,
		a_loop_that_filters_is_told_of,
		NULL,
	};
	const TTest *const loops[] = {
		a_box_that_the_same_look_opens_runs_the_bell,
		a_box_that_a_sent_message_opens_runs_the_bell,
		NULL,
	};

	tcase_add_loop_test(room, a_bell_without_room_is_late, 0, 2);
	tcase_set_timeout(room, 0);
	suite_add_tcase(suite, room);
	add_case(suite, "late", late);
	add_case(suite, "loops", loops);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
