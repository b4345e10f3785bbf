/* Ports on a window of the application: it must not notice, whoever comes and goes in whichever order. */
#include "win32_fixture.h"

#include <string.h>

#include "proc.h"

/* What the application's procedure saw last. */
static struct {
	uint32_t count;
	UINT message;
	WPARAM wparam;
	LPARAM lparam;
	char copied[16];
	uint32_t destroyed;
} seen;

static LRESULT
app_handle(UINT message, WPARAM wparam, LPARAM lparam)
{
	const COPYDATASTRUCT *data = (const COPYDATASTRUCT *)lparam;

	seen.count++;
	seen.message = message;
	seen.wparam = wparam;
	seen.lparam = lparam;
	if (message == WM_COPYDATA && data->cbData <= sizeof seen.copied)
		memcpy(seen.copied, data->lpData, data->cbData);
	return 4711;
}

static bool
is_ours(UINT message)
{
	return message == WM_COPYDATA || message == WM_TIMER || message >= WM_USER;
}

static LRESULT CALLBACK
app_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	if (is_ours(message))
		return app_handle(message, wparam, lparam);
	seen.destroyed += message == WM_NCDESTROY;
	return DefWindowProcW(window, message, wparam, lparam);
}

static LRESULT CALLBACK
ansi_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	if (message == WM_SETTEXT) {
		strncpy(seen.copied, (const char *)lparam, sizeof seen.copied - 1);
		return 4712;
	}
	return is_ours(message) ? app_handle(message, wparam, lparam) : DefWindowProcA(window, message, wparam, lparam);
}

static HWND
make_app_window(void)
{
	const WNDCLASSEXW class = {
		.cbSize = sizeof class,
		.lpfnWndProc = app_procedure,
		.hInstance = GetModuleHandleW(NULL),
		.lpszClassName = L"test.app",
	};
	HWND window;

	RegisterClassExW(&class);
	window = CreateWindowExW(0, class.lpszClassName, L"app", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, class.hInstance, NULL);
	ck_assert_ptr_nonnull(window);
	memset(&seen, 0, sizeof seen);
	return window;
}

static HWND
make_ansi_window(void)
{
	const WNDCLASSEXA class = {
		.cbSize = sizeof class,
		.lpfnWndProc = ansi_procedure,
		.hInstance = GetModuleHandleW(NULL),
		.lpszClassName = "test.ansi",
	};
	HWND window;

	RegisterClassExA(&class);
	window = CreateWindowExA(0, class.lpszClassName, "app", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, class.hInstance, NULL);
	ck_assert_ptr_nonnull(window);
	memset(&seen, 0, sizeof seen);
	return window;
}

static WNDPROC
procedure_of(HWND window)
{
	return (WNDPROC)GetWindowLongPtrW(window, GWLP_WNDPROC);
}

/* Both a message of the application and a WM_COPYDATA that looks like a frame reach the procedure as they are. */
static void
assert_app_undisturbed(HWND window)
{
	COPYDATASTRUCT data = { .dwData = FRAME_TAG, .cbData = 5, .lpData = (void *)"frame" };
	uint32_t count = seen.count;

	ck_assert_int_eq(SendMessageW(window, WM_APP + 5, 11, 22), 4711);
	ck_assert_uint_eq(seen.count, count + 1);
	ck_assert_uint_eq(seen.message, WM_APP + 5);
	ck_assert_uint_eq(seen.wparam, 11);
	ck_assert_int_eq(seen.lparam, 22);
	memset(seen.copied, 0, sizeof seen.copied);
	ck_assert_int_eq(SendMessageW(window, WM_COPYDATA, 33, (LPARAM)&data), 4711);
	ck_assert_uint_eq(seen.count, count + 2);
	ck_assert_uint_eq(seen.wparam, 33);
	ck_assert_mem_eq(seen.copied, "frame", 6);
	ck_assert_int_eq(PostMessageW(window, WM_APP + 6, 44, 55), TRUE);
	pump_now();
	ck_assert_uint_eq(seen.count, count + 3);
	ck_assert_uint_eq(seen.message, WM_APP + 6);
}

/* The bell comes by a message of 'window'. */
static void
assert_bell_from(HWND window, struct recorder *recorder)
{
	uint32_t bells = recorder->bells;
	uint32_t count = seen.count;
	MSG message;

	ck_assert(port_ring(recorder->port));
	ck_assert(PeekMessageW(&message, window, 0, 0, PM_REMOVE));
	ck_assert_ptr_eq(message.hwnd, window);
	DispatchMessageW(&message);
	ck_assert_uint_eq(recorder->bells, bells + 1);
	ck_assert_uint_eq(seen.count, count);
}

START_TEST(the_application_gets_its_messages)
{
	static struct recorder recorder;
	HWND window = make_app_window();

	ck_assert_int_eq(recorder_open(&recorder, NULL, window), CDRPC_OK);
	ck_assert(procedure_of(window) != app_procedure);
	assert_app_undisturbed(window);
	assert_bell_from(window, &recorder);
	ck_assert_uint_eq(recorder.frames, 0);
	recorder_close(&recorder);
	ck_assert(procedure_of(window) == app_procedure);
	assert_app_undisturbed(window);
	DestroyWindow(window);
	ck_assert_uint_eq(seen.destroyed, 1);
}
END_TEST

START_TEST(a_window_keeps_its_flavour)
{
	static struct recorder recorder;
	HWND window = make_ansi_window();

	ck_assert(!IsWindowUnicode(window));
	ck_assert_int_eq(recorder_open(&recorder, NULL, window), CDRPC_OK);
	ck_assert(!IsWindowUnicode(window));
	ck_assert_int_eq(SendMessageW(window, WM_SETTEXT, 0, (LPARAM)L"wide"), 4712);
	ck_assert_str_eq(seen.copied, "wide");
	assert_app_undisturbed(window);
	assert_bell_from(window, &recorder);
	recorder_close(&recorder);
	ck_assert(!IsWindowUnicode(window));
	ck_assert((WNDPROC)GetWindowLongPtrA(window, GWLP_WNDPROC) == ansi_procedure);
	DestroyWindow(window);
}
END_TEST

START_TEST(ports_share_a_window)
{
	static struct recorder a;
	static struct recorder b;
	static struct recorder c;
	HWND window = make_app_window();
	WNDPROC ours;

	ck_assert_int_eq(recorder_open(&a, NULL, window), CDRPC_OK);
	ours = procedure_of(window);
	ck_assert_int_eq(recorder_open(&b, NULL, window), CDRPC_OK);
	ck_assert_int_eq(recorder_open(&c, NULL, window), CDRPC_OK);
	ck_assert(procedure_of(window) == ours);
	assert_app_undisturbed(window);
	assert_bell_from(window, &a);
	assert_bell_from(window, &b);
	assert_bell_from(window, &c);
	recorder_close(&b);
	assert_bell_from(window, &a);
	assert_bell_from(window, &c);
	recorder_close(&a);
	assert_bell_from(window, &c);
	assert_app_undisturbed(window);
	ck_assert(procedure_of(window) == ours);
	recorder_close(&c);
	ck_assert(procedure_of(window) == app_procedure);
	assert_app_undisturbed(window);
	DestroyWindow(window);
}
END_TEST

/* Somebody who has subclassed the window after us. */
static WNDPROC later_previous;
static uint32_t later_count;

static LRESULT CALLBACK
later_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	later_count += message == WM_APP + 5;
	return CallWindowProcW(later_previous, window, message, wparam, lparam);
}

static void
subclass_later(HWND window)
{
	later_count = 0;
	later_previous = (WNDPROC)SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)later_procedure);
}

START_TEST(leaving_below_a_later_subclass)
{
	static struct recorder recorder;
	HWND window = make_app_window();

	ck_assert_int_eq(recorder_open(&recorder, NULL, window), CDRPC_OK);
	subclass_later(window);
	assert_bell_from(window, &recorder);
	recorder_close(&recorder);
	ck_assert(procedure_of(window) == later_procedure);
	assert_app_undisturbed(window);
	ck_assert_uint_eq(later_count, 1);

	/* The procedure that stayed serves the next port. */
	ck_assert_int_eq(recorder_open(&recorder, NULL, window), CDRPC_OK);
	assert_bell_from(window, &recorder);
	assert_app_undisturbed(window);
	recorder_close(&recorder);

	/* The other one leaves, and puts back what it had found. */
	SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)later_previous);
	assert_app_undisturbed(window);
	ck_assert_int_eq(recorder_open(&recorder, NULL, window), CDRPC_OK);
	assert_bell_from(window, &recorder);
	recorder_close(&recorder);
	ck_assert(procedure_of(window) == app_procedure);
	assert_app_undisturbed(window);
	DestroyWindow(window);
	ck_assert_uint_eq(seen.destroyed, 1);
}
END_TEST

START_TEST(destroyed_below_a_later_subclass)
{
	static struct recorder recorder;
	HWND window = make_app_window();

	ck_assert_int_eq(recorder_open(&recorder, NULL, window), CDRPC_OK);
	subclass_later(window);
	DestroyWindow(window);
	ck_assert_uint_eq(seen.destroyed, 1);
	assert_bell_from((HWND)port_window(recorder.port), &recorder);
	recorder_close(&recorder);
}
END_TEST

START_TEST(a_bell_outlives_its_host)
{
	static struct recorder rung;
	static struct recorder silent;
	HWND window = make_app_window();

	ck_assert_int_eq(recorder_open(&rung, NULL, window), CDRPC_OK);
	ck_assert_int_eq(recorder_open(&silent, NULL, window), CDRPC_OK);
	ck_assert(port_ring(rung.port));
	DestroyWindow(window);
	ck_assert_uint_eq(seen.destroyed, 1);
	pump_now();
	ck_assert_uint_eq(rung.bells, 1);
	ck_assert_uint_eq(silent.bells, 0);
	assert_bell_from((HWND)port_window(rung.port), &rung);
	assert_bell_from((HWND)port_window(silent.port), &silent);
	recorder_close(&rung);
	recorder_close(&silent);
}
END_TEST

enum { APP_TIMER = 5, APP_TICKS = 100 };

/* Gets the messages of that window alone, until there was a bell, or so many of its own timer's. How many timers there were of nobody's. */
static uint32_t
run_window_alone(HWND window, const struct recorder *recorder, uint32_t ticks)
{
	uint32_t strange = 0;
	MSG message;

	while (ticks > 0 && !recorder->bells && GetMessageW(&message, window, 0, 0) > 0) {
		seen.message = 0;
		DispatchMessageW(&message);
		ticks -= message.message == WM_TIMER && message.wParam == APP_TIMER;
		strange += seen.message == WM_TIMER && seen.wparam != APP_TIMER;
	}
	return strange;
}

START_TEST(a_timer_comes_to_the_host)
{
	static struct recorder first, second;
	HWND window = make_app_window();

	memset(&first, 0, sizeof first);
	memset(&second, 0, sizeof second);
	ck_assert_int_eq(recorder_open(&first, NULL, window), CDRPC_OK);
	ck_assert_int_eq(recorder_open(&second, NULL, window), CDRPC_OK);
	port_wake_in(first.port, 10);
	port_wake_in(second.port, 10);
	port_wake_in(second.port, 0);
	SetTimer(window, APP_TIMER, 10, NULL);
	ck_assert_uint_eq(run_window_alone(window, &first, APP_TICKS), 0);
	ck_assert_uint_eq(first.bells, 1);
	ck_assert_uint_eq(second.bells, 0);
	/* It leaves the window as it was. */
	port_wake_in(second.port, 10);
	recorder_close(&first);
	ck_assert_uint_eq(run_window_alone(window, &second, APP_TICKS), 0);
	ck_assert_uint_eq(second.bells, 1);
	/* And goes on without it. */
	DestroyWindow(window);
	pump_until(&second.bells, 3);
	recorder_close(&second);
}
END_TEST

START_TEST(a_bell_may_free_the_last_port)
{
	static struct recorder recorder = { .on_bell = recorder_close };
	HWND window = make_app_window();

	ck_assert_int_eq(recorder_open(&recorder, NULL, window), CDRPC_OK);
	ck_assert(port_ring(recorder.port));
	pump_now();
	ck_assert_uint_eq(recorder.bells, 1);
	ck_assert(procedure_of(window) == app_procedure);
	assert_app_undisturbed(window);
	DestroyWindow(window);
}
END_TEST

struct elsewhere {
	HWND window;
	cdrpc_status status;
};

static DWORD WINAPI
attach_elsewhere(void *parameter)
{
	static struct recorder recorder;
	struct elsewhere *elsewhere = parameter;

	elsewhere->status = recorder_open(&recorder, NULL, elsewhere->window);
	return 0;
}

static int
run_window(struct proc *starter)
{
	HWND window = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);

	proc_check(window != NULL);
	starter->words[0] = (uintptr_t)window;
	proc_signal(starter);
	proc_await(starter);
	return 0;
}

START_TEST(only_windows_of_this_thread_are_hosts)
{
	static struct recorder recorder;
	struct proc *helper = proc_start("window");
	struct elsewhere elsewhere = { .window = make_app_window() };
	HANDLE thread = CreateThread(NULL, 0, attach_elsewhere, &elsewhere, 0, NULL);

	ck_assert_ptr_nonnull(thread);
	proc_await_handle(thread);
	CloseHandle(thread);
	ck_assert_int_eq(elsewhere.status, CDRPC_E_WRONG_THREAD);
	proc_await(helper);
	ck_assert_int_eq(recorder_open(&recorder, NULL, (HWND)(uintptr_t)helper->words[0]), CDRPC_E_ARGUMENT);
	proc_signal(helper);
	ck_assert_int_eq(proc_finish(helper), 0);
	DestroyWindow(elsewhere.window);
	ck_assert_int_eq(recorder_open(&recorder, NULL, elsewhere.window), CDRPC_E_ARGUMENT);
	ck_assert_ptr_null(recorder.port);
}
END_TEST

/* Sends messages that look like the library's, and like the window's end, to the window in words[0]. */
static int
run_forger(struct proc *starter)
{
	UINT bell = RegisterWindowMessageW(L"cdrpc.bell.1");
	DWORD_PTR result = 0;
	HWND window;

	proc_await(starter);
	window = (HWND)(uintptr_t)starter->words[0];
	proc_check(SendMessageTimeoutW(window, bell, 0, (LPARAM)starter->words[1], SMTO_NORMAL, 5000, &result) != 0);
	starter->words[2] = result;
	proc_check(SendMessageTimeoutW(window, WM_NCDESTROY, 0, 0, SMTO_NORMAL, 5000, &result) != 0);
	proc_signal(starter);
	return 0;
}

START_TEST(forged_messages_do_no_harm)
{
	static struct recorder recorder;
	struct proc *forger = proc_start("forger");
	HWND window = make_app_window();

	ck_assert_int_eq(recorder_open(&recorder, NULL, window), CDRPC_OK);
	forger->words[0] = (uintptr_t)window;
	forger->words[1] = port_window(recorder.port);
	ck_assert(port_ring(recorder.port));
	proc_signal(forger);
	proc_await(forger);
	/* What is not a bell of ours is the application's. */
	ck_assert_uint_eq(recorder.bells, 0);
	ck_assert_uint_eq(forger->words[2], 4711);
	pump_now();
	ck_assert_uint_eq(recorder.bells, 1);
	assert_app_undisturbed(window);
	ck_assert_int_eq(proc_finish(forger), 0);
	recorder_close(&recorder);
	assert_app_undisturbed(window);
	DestroyWindow(window);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("win32_host");
	const TTest *const tests[] = {
		the_application_gets_its_messages,
		a_window_keeps_its_flavour,
		ports_share_a_window,
		leaving_below_a_later_subclass,
		destroyed_below_a_later_subclass,
		a_bell_outlives_its_host,
		a_timer_comes_to_the_host,
		a_bell_may_free_the_last_port,
		only_windows_of_this_thread_are_hosts,
		forged_messages_do_no_harm,
		NULL,
	};

	add_case(suite, "host", tests);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "window", run_window }, { "forger", run_forger }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
