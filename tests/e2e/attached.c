/* Endpoints on windows that an application already has: calls run from its loop, and nothing else of it changes. */
#include <stdlib.h>

#include "service.h"

static struct serving service;

static LRESULT
copy_to(HWND window, ULONG_PTR tag, WPARAM sender, DWORD size)
{
	static const char bytes[1000] = "not of the library";
	COPYDATASTRUCT data = { tag, size, (void *)(uintptr_t)bytes };
	DWORD_PTR result = 0;

	ck_assert(SendMessageTimeoutW(window, WM_COPYDATA, sender, (LPARAM)&data, SMTO_ABORTIFHUNG, 20000, &result));
	return (LRESULT)result;
}

START_TEST(a_server_in_the_loop_of_an_application)
{
	uint32_t sum, i;
	uint64_t expected = 0;
	struct cdrpc_bytes data = service_data(100000), same;
	struct cdrpc_reply reply = { 0 };
	HWND window;

	service_connect(&service, "serve-window");
	window = (HWND)(uintptr_t)service.proc->words[SERVICE_WINDOW];
	for (i = 0; i < 100; i++) {
		/* Posted ones stay in order, whatever calls are between them. */
		ck_assert(PostMessageW(window, SERVICE_MESSAGE_LOG, i, i == 99));
		expected = expected * 31 + i;
		ck_assert_int_eq(i % 2 ? echo_add(service.client, i, 1, &sum) : echo_add_inline(service.client, i, 1, &sum),
				 CDRPC_OK);
		ck_assert_uint_eq(sum, i + 1);
		/* WM_COPYDATA is the application's, the library's own tag included: its frames go elsewhere. */
		ck_assert_int_eq(copy_to(window, 7, i, 40), 47 + (LRESULT)i);
		ck_assert_int_eq(copy_to(window, 0x63647270, i, i), 0x63647270 + 2 * (LRESULT)i);
	}
	ck_assert_int_eq(echo_send(service.client, data, &same, &reply), CDRPC_OK);
	ck_assert(service_data_equal(same, data));
	cdrpc_reply_free(&reply);
	free((void *)(uintptr_t)data.data);
	proc_await(service.proc);
	ck_assert_uint_eq(service.proc->words[SERVICE_LOG], expected);
	ck_assert_uint_eq(service_stats(&service).refused_frames, 0);
	service_stop(&service);
}
END_TEST

static DWORD WINAPI
await_service(void *parameter)
{
	proc_await(parameter);
	return 0;
}

/* Calls without pause, until the application's timer has ticked five times. */
START_TEST(timers_go_on_under_load)
{
	uint32_t sum;
	HANDLE thread;

	service_connect(&service, "serve-window");
	service.proc->words[SERVICE_COMMAND] = SERVICE_START_TIMER;
	proc_signal(service.proc);
	thread = CreateThread(NULL, 0, await_service, service.proc, 0, NULL);
	while (WaitForSingleObject(thread, 0) == WAIT_TIMEOUT)
		ck_assert_int_eq(echo_add(service.client, 1, 1, &sum), CDRPC_OK);
	CloseHandle(thread);
	service_stop(&service);
}
END_TEST

/* ---- a client on a window ---- */

static struct {
	uint64_t log;
	uint32_t count;
	uint32_t copied;
} seen;

static LRESULT CALLBACK
procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	switch (message) {
	case SERVICE_MESSAGE_LOG:
		seen.log = seen.log * 31 + wparam;
		seen.count++;
		return 0;
	case WM_COPYDATA:
		seen.copied++;
		return (LRESULT)(((const COPYDATASTRUCT *)lparam)->cbData + wparam);
	default:
		return DefWindowProcW(window, message, wparam, lparam);
	}
}

static HWND
make_window(void)
{
	WNDCLASSW class = { .lpfnWndProc = procedure, .lpszClassName = L"test.attached" };
	HWND window;

	RegisterClassW(&class);
	window = CreateWindowW(L"test.attached", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	ck_assert_ptr_nonnull(window);
	seen.log = seen.count = seen.copied = 0;
	return window;
}

static void
pump(void)
{
	MSG message;

	while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
		DispatchMessageW(&message);
}

struct outsider {
	HWND window;
	LRESULT result;
};

/* Has something sent to the client's window while that waits for a reply, and then has the call answered. */
static DWORD WINAPI
disturb(void *parameter)
{
	struct outsider *outsider = parameter;

	service_do(&service, SERVICE_COPY, (uintptr_t)outsider->window);
	outsider->result = (LRESULT)service.proc->words[SERVICE_RESULT];
	service_do(&service, SERVICE_ANSWER_OTHER, 0);
	return 0;
}

START_TEST(a_client_on_the_window_of_an_application)
{
	struct cdrpc_pending *pending = NULL;
	struct outsider outsider = { 0 };
	uint64_t expected = 0;
	uint32_t sum, same, i;
	HANDLE thread;

	service_start(&service, _i ? "serve" : "serve-messages");
	outsider.window = make_window();
	service.options.window = outsider.window;
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
	for (i = 0; i < 50; i++) {
		ck_assert(PostMessageW(outsider.window, SERVICE_MESSAGE_LOG, i, 0));
		expected = expected * 31 + i;
		ck_assert_int_eq(echo_add(service.client, i, 1, &sum), CDRPC_OK);
	}
	/* What is sent is handled in the midst of a call; what was posted waits for the application's loop. */
	ck_assert_int_eq(echo_keep_begin(service.client, 9, &pending), CDRPC_OK);
	proc_await(service.proc);
	thread = CreateThread(NULL, 0, disturb, &outsider, 0, NULL);
	ck_assert_int_eq(echo_keep_finish(pending, &same), CDRPC_OK);
	proc_await_handle(thread);
	CloseHandle(thread);
	ck_assert_int_eq(outsider.result, 42);
	ck_assert_uint_eq(seen.copied, 1);
	ck_assert_uint_eq(seen.count, 0);
	pump();
	ck_assert_uint_eq(seen.count, 50);
	ck_assert_uint_eq(seen.log, expected);
	/* And after it has been left again. */
	cdrpc_client_free(service.client);
	service.client = NULL;
	service_do(&service, SERVICE_COPY, (uintptr_t)outsider.window);
	ck_assert_uint_eq(service.proc->words[SERVICE_RESULT], 42);
	ck_assert_uint_eq(seen.copied, 2);
	service_stop(&service);
	DestroyWindow(outsider.window);
}
END_TEST

struct done {
	struct cdrpc_pending *pending;
	HWND window;
	bool called;
	bool in_message;
};

static void
on_done(void *self, struct cdrpc_pending *pending)
{
	struct done *done = self;

	ck_assert_ptr_eq(pending, done->pending);
	done->called = true;
	done->in_message = InSendMessage();
}

/* The application's loop goes on between begin and finish. */
START_TEST(a_call_completed_by_the_loop)
{
	struct done done = { 0 };
	uint32_t same;
	MSG message;

	service_start(&service, _i ? "serve" : "serve-messages");
	done.window = make_window();
	service.options.window = done.window;
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
	ck_assert_int_eq(echo_keep_begin(service.client, 9, &done.pending), CDRPC_OK);
	ck_assert_int_eq(cdrpc_pending_notify(done.pending, on_done, &done), CDRPC_OK);
	proc_await(service.proc);
	ck_assert(PostMessageW(done.window, SERVICE_MESSAGE_LOG, 1, 0));
	pump();
	ck_assert_uint_eq(seen.count, 1);
	ck_assert(!done.called && !cdrpc_pending_is_done(done.pending));
	service_do(&service, SERVICE_ANSWER_OTHER, 0);
	while (!done.called && GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
	ck_assert(!done.in_message && cdrpc_pending_is_done(done.pending));
	ck_assert_int_eq(echo_keep_finish(done.pending, &same), CDRPC_OK);
	ck_assert_uint_eq(same, 9);
	service_stop(&service);
	DestroyWindow(done.window);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("attached");
	TCase *tcase = tcase_create("attached");

	tcase_add_test(tcase, a_server_in_the_loop_of_an_application);
	tcase_add_test(tcase, timers_go_on_under_load);
	tcase_add_loop_test(tcase, a_client_on_the_window_of_an_application, 0, 2);
	tcase_add_loop_test(tcase, a_call_completed_by_the_loop, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
