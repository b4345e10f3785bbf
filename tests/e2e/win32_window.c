/* How a port's window is made, and what others may do to it. */
#include <stdatomic.h>
#include <string.h>

#include "inject.h"
#include "port.h"
#include "proc.h"
#include "win32_fixture.h"

/* ---- classes ---- */

enum { THREADS = 8, OURS_MOST = 200 };

/*
 * Under Wine a class that another thread is just registering neither exists nor can be registered, and a window of it cannot be made. So
 * one thread at a time is between the one call and the other.
 */
static struct {
	_Atomic DWORD maker;            /* whose window is being made */
	_Atomic uint32_t made;
	_Atomic uint32_t met;           /* another at it */
} making;

static ATOM WINAPI
register_class(const WNDCLASSEXW *class)
{
	DWORD nobody = 0;

	if (wcsncmp(class->lpszClassName, L"cdrpc.", 6) == 0 && !atomic_compare_exchange_strong(&making.maker, &nobody, GetCurrentThreadId()))
		making.met++;
	SwitchToThread();
	return INJECT_REAL("user32.dll", RegisterClassExW)(class);
}

static HWND WINAPI
create_window(DWORD ex_style, LPCWSTR class_name, LPCWSTR title, DWORD style, int x, int y, int width, int height, HWND parent, HMENU menu,
	      HINSTANCE instance, LPVOID parameter)
{
	HWND window;

	SwitchToThread();
	window = INJECT_REAL("user32.dll", CreateWindowExW)(ex_style, class_name, title, style, x, y, width, height, parent, menu, instance,
							    parameter);
	if (wcsncmp(class_name, L"cdrpc.", 6) == 0) {
		making.made++;
		making.met += atomic_exchange(&making.maker, 0) != GetCurrentThreadId();
	}
	return window;
}

INJECT(RegisterClassExW, 1, register_class);
INJECT(CreateWindowExW, 12, create_window);

static HANDLE all;

static DWORD WINAPI
open_ports(void *parameter)
{
	struct recorder *recorder = parameter;
	uint32_t i, opened = 0;

	WaitForSingleObject(all, INFINITE);
	for (i = 0; i < OURS_MOST / THREADS; i++) {
		opened += recorder_open(recorder, NULL, NULL) == CDRPC_OK;
		recorder_close(recorder);
	}
	return opened;
}

START_TEST(threads_that_connect_at_the_same_time)
{
	static struct recorder recorders[THREADS];
	HANDLE threads[THREADS];
	DWORD opened = 0, sum = 0;
	uint32_t i;

	memset(&making, 0, sizeof making);
	all = CreateEventW(NULL, TRUE, FALSE, NULL);
	for (i = 0; i < THREADS; i++) {
		threads[i] = CreateThread(NULL, 0, open_ports, &recorders[i], 0, NULL);
		ck_assert_ptr_nonnull(threads[i]);
	}
	SetEvent(all);
	for (i = 0; i < THREADS; i++) {
		proc_await_handle(threads[i]);
		GetExitCodeThread(threads[i], &opened);
		sum += opened;
		CloseHandle(threads[i]);
	}
	CloseHandle(all);
	ck_assert_uint_eq(sum, OURS_MOST);
	ck_assert_uint_eq(making.made, OURS_MOST);
	ck_assert_uint_eq(making.met, 0);
}
END_TEST

/* ---- filters ---- */

static struct {
	const char *service;
	const struct port *finder;
	uint32_t filtered;
	uint32_t found;                 /* before the filter was set */
} filter;

static BOOL WINAPI
set_filter(HWND window, UINT message, DWORD action, PCHANGEFILTERSTRUCT more)
{
	window_id found;

	(void)window;
	(void)message;
	(void)action;
	(void)more;
	filter.filtered++;
	filter.found += filter.service && port_find(filter.finder, filter.service, &found, 1) != 0;
	return TRUE;
}

INJECT(ChangeWindowMessageFilterEx, 4, set_filter);

START_TEST(found_when_it_lets_everybody_in)
{
	static struct recorder recorder;
	char name[CDRPC_NAME_MAX + 1];
	struct port_options options = { .env = &recorder.env, .service = name, .admit_lower = true, .owner = &recorder };
	struct port *port = NULL;
	window_id found = 0;

	service_name(name, "filter", GetCurrentProcessId());
	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	filter.service = name;
	filter.finder = recorder.port;
	ck_assert_int_eq(port_new(&options, &port), CDRPC_OK);
	ck_assert_uint_eq(filter.filtered, 2);
	ck_assert_uint_eq(filter.found, 0);
	ck_assert_uint_eq(port_find(recorder.port, name, &found, 1), 1);
	ck_assert_uint_eq(found, port_window(port));
	port_free(port);
	ck_assert_uint_eq(port_find(recorder.port, name, &found, 1), 0);
	recorder_close(&recorder);
}
END_TEST

/* ---- what others send ---- */

START_TEST(keeps_its_name_whatever_is_sent)
{
	static const UINT sent[] = { WM_CLOSE, WM_DESTROY, WM_NCDESTROY, WM_SETTEXT, WM_NCCREATE, WM_QUIT };
	/* What making a window tells it, as another process may. */
	CREATESTRUCTW made = { .lpszName = L"mine", .lpszClass = PORT_SERVICE_CLASS };
	static struct recorder recorder;
	char name[CDRPC_NAME_MAX + 1];
	window_id found = 0;
	uint32_t i;

	service_name(name, "kept", GetCurrentProcessId());
	ck_assert_int_eq(recorder_open(&recorder, name, NULL), CDRPC_OK);
	for (i = 0; i < sizeof sent / sizeof sent[0]; i++) {
		LPARAM with = sent[i] == WM_SETTEXT ? (LPARAM)L"mine" : sent[i] == WM_NCCREATE ? (LPARAM)&made : 0;

		SendMessageW((HWND)port_window(recorder.port), sent[i], 0, with);
		ck_assert_uint_eq(port_find(recorder.port, name, &found, 1), 1);
		ck_assert_uint_eq(found, port_window(recorder.port));
	}
	ck_assert(port_ring(recorder.port));
	pump_until(&recorder.bells, 1);
	recorder_close(&recorder);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("win32_window");
	const TTest *const window[] = {
		threads_that_connect_at_the_same_time,
		found_when_it_lets_everybody_in,
		keeps_its_name_whatever_is_sent,
		NULL,
	};

	add_case(suite, "window", window);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
