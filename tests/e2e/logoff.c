/* A server whose user logs off: what was accepted is brought to its end before the system may end the process. */
#include <stdio.h>
#include <string.h>

#include "duplex.h"
#include "proc.h"

/* Words of the helper's. */
enum {
	STOPS,                  /* cdrpc_server_options.stop_at_logoff */
	THREADS,
	WINDOW,                 /* of the application */
	ANSWERED,               /* the kept call, inside of the message that tells of logoff */
	ENDED,                  /* sessions */
	IN_BOX                  /* a handler is */
};

enum { BOX = 77, MESSAGE_OPEN_BOX = WM_APP };

/* ---- the server ---- */

static struct proc *tester;
static struct cdrpc_call *kept;
static uint32_t ticks;
static DWORD main_thread, box_thread;

/*
 * Timers come last of all, so at the second tick the loop has seen what the first one left. WM_QUIT there means that the application ends
 * its own loop, which is no reason to leave accepted calls alone.
 */
static void
tick(HWND window)
{
	if (!kept || !InSendMessage())
		return;
	if (++ticks == 1) {
		PostQuitMessage(0);
		return;
	}
	KillTimer(window, 1);
	tester->words[ANSWERED] += duplex_keep_reply(kept, 7) == CDRPC_OK;
}

static LRESULT CALLBACK
application(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	if (message == WM_TIMER)
		tick(window);
	if (message == MESSAGE_OPEN_BOX)
		tester->words[IN_BOX] = 0;
	return DefWindowProcW(window, message, wparam, lparam);
}

static cdrpc_status
on_keep(struct cdrpc_call *call, void *self, uint32_t value)
{
	cdrpc_status status = cdrpc_call_keep(call);

	(void)self;
	(void)value;
	kept = call;
	return status;
}

/* Runs a loop, as a message box does, until it is opened from outside. */
static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	MSG message;

	(void)self;
	if (a == BOX) {
		box_thread = GetCurrentThreadId();
		tester->words[IN_BOX] = 1;
		proc_signal(tester);
		while (tester->words[IN_BOX] && GetMessageW(&message, NULL, 0, 0) > 0)
			DispatchMessageW(&message);
	}
	return duplex_add_reply(call, a + b);
}

static cdrpc_status
on_where(struct cdrpc_call *call, void *self)
{
	(void)self;
	return duplex_where_reply(call, GetCurrentProcessId(), GetCurrentThreadId());
}

static void
session_ended(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	/* A box of another thread is closed when this one has nothing to do any more. */
	if (GetCurrentThreadId() == main_thread && box_thread && box_thread != main_thread) {
		tester->words[IN_BOX] = 0;
		PostThreadMessageW(box_thread, WM_NULL, 0, 0);
	}
	InterlockedIncrement64((volatile LONG64 *)&tester->words[ENDED]);
}

static void
name_of(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.logoff.%lu", (unsigned long)process_id);
}

static int
serve(struct proc *starter)
{
	static const struct duplex_handlers handlers = { .keep = on_keep, .add = on_add, .where = on_where };
	struct cdrpc_server_options options = { .session_ended = session_ended };
	struct cdrpc_server *server;
	char name[CDRPC_NAME_MAX + 1];
	HWND window;

	tester = starter;
	main_thread = GetCurrentThreadId();
	proc_await(starter);
	options.stop_at_logoff = starter->words[STOPS] != 0;
	options.threads = (uint32_t)starter->words[THREADS];
	window = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)application);
	SetTimer(window, 1, 10, NULL);
	starter->words[WINDOW] = (uintptr_t)window;
	name_of(name, starter->process_id);
	proc_check(cdrpc_server_new(name, &options, &server) == CDRPC_OK);
	proc_check(duplex_serve(server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	proc_check(cdrpc_server_run(server) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	cdrpc_server_free(server);
	return 0;
}

/* ---- the user ---- */

static struct proc *helper;
static struct cdrpc_client *client;

/* The top-level window by which the helper hears of it. */
static HWND
logoff_window(void)
{
	HWND window = NULL;
	DWORD process_id = 0;

	while ((window = FindWindowExW(NULL, window, L"cdrpc.logoff.1", NULL)) != NULL) {
		GetWindowThreadProcessId(window, &process_id);
		if (process_id == helper->process_id)
			break;
	}
	return window;
}

static struct cdrpc_client *
connect_one(void)
{
	struct cdrpc_client *made = NULL;
	char name[CDRPC_NAME_MAX + 1];

	name_of(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &made), CDRPC_OK);
	return made;
}

static void
begin(bool stops, uint32_t threads)
{
	uint32_t sum = 0;

	helper = proc_start("serve");
	helper->words[STOPS] = stops;
	helper->words[THREADS] = threads;
	proc_signal(helper);
	proc_await(helper);
	ck_assert_ptr_null(logoff_window());
	proc_signal(helper);
	client = connect_one();
	ck_assert_int_eq(duplex_add(client, 1, 2, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 3);
}

/* Its result; the window's thread must answer. */
static DWORD_PTR
say(UINT message, WPARAM wparam)
{
	DWORD_PTR result = 99;
	HWND window = logoff_window();

	ck_assert_ptr_nonnull(window);
	ck_assert_int_eq(GetWindowLongW(window, GWL_STYLE) & WS_VISIBLE, 0);
	ck_assert(SendMessageTimeoutW(window, message, wparam, 0, SMTO_NORMAL, PROC_PATIENCE_MS, &result) != 0);
	return result;
}

/* Its loop has ended, and with it the window. */
static void
end(void)
{
	cdrpc_client_free(client);
	proc_await(helper);
	ck_assert_ptr_null(logoff_window());
	proc_signal(helper);
	ck_assert_int_eq(proc_finish(helper), 0);
}

START_TEST(what_was_accepted_is_answered_before)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t same = 0, sum = 0;

	begin(true, 1);
	ck_assert_int_eq(duplex_keep_begin(client, 7, &pending), CDRPC_OK);
	ck_assert_uint_eq(say(WM_QUERYENDSESSION, 0), TRUE);
	/* Somebody else has refused. */
	ck_assert_uint_eq(say(WM_ENDSESSION, FALSE), 0);
	/* And nobody else ends the window. */
	ck_assert_uint_eq(say(WM_CLOSE, 0), 0);
	ck_assert_int_eq(duplex_add(client, 2, 3, &sum), CDRPC_OK);
	ck_assert_uint_eq(helper->words[ENDED], 0);

	ck_assert_uint_eq(say(WM_ENDSESSION, TRUE), 0);
	ck_assert_uint_eq(helper->words[ANSWERED], 1);
	ck_assert_uint_eq(helper->words[ENDED], 1);
	ck_assert_int_eq(duplex_keep_finish(pending, &same), CDRPC_OK);
	ck_assert_uint_eq(same, 7);
	ck_assert_int_eq(duplex_add(client, 2, 3, &sum), CDRPC_E_PEER_GONE);
	end();
}
END_TEST

/* The handler is beneath the message on the stack, and cannot go on before that has returned. */
START_TEST(a_handler_that_runs_a_box_does_not_hold_it_up)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t sum = 0;

	begin(true, 1);
	ck_assert_int_eq(duplex_add_begin(client, BOX, 1, &pending), CDRPC_OK);
	proc_await(helper);
	ck_assert_uint_eq(say(WM_ENDSESSION, TRUE), 0);
	ck_assert_uint_eq(helper->words[IN_BOX], 1);
	ck_assert_int_eq(duplex_add_finish(pending, &sum), CDRPC_E_PEER_GONE);
	/* It need not be the last word, and nothing is done twice. */
	ck_assert_uint_eq(say(WM_ENDSESSION, TRUE), 0);
	SendMessageW((HWND)(uintptr_t)helper->words[WINDOW], MESSAGE_OPEN_BOX, 0, 0);
	PostMessageW((HWND)(uintptr_t)helper->words[WINDOW], WM_NULL, 0, 0);
	end();
}
END_TEST

/* The thread that hears of it has nothing to do before the other has. */
START_TEST(all_threads_are_done_before)
{
	struct cdrpc_client *other, *boxed;
	struct cdrpc_pending *pending = NULL;
	uint32_t process_id, thread_id = 0, sum = 0;

	begin(true, 2);
	other = connect_one();
	ck_assert_int_eq(duplex_where(other, &process_id, &thread_id), CDRPC_OK);
	boxed = thread_id == GetWindowThreadProcessId((HWND)(uintptr_t)helper->words[WINDOW], NULL) ? client : other;
	ck_assert_int_eq(duplex_add_begin(boxed, BOX, 1, &pending), CDRPC_OK);
	proc_await(helper);
	ck_assert_uint_eq(say(WM_ENDSESSION, TRUE), 0);
	ck_assert_uint_eq(helper->words[ENDED], 2);
	ck_assert_int_eq(duplex_add_finish(pending, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, BOX + 1);
	cdrpc_client_free(other);
	end();
}
END_TEST

START_TEST(there_is_no_window_unless_asked_for)
{
	uint32_t sum = 0;

	begin(false, 1);
	ck_assert_ptr_null(logoff_window());
	ck_assert_int_eq(duplex_add(client, 2, 3, &sum), CDRPC_OK);
	PostThreadMessageW(GetWindowThreadProcessId((HWND)(uintptr_t)helper->words[WINDOW], NULL), WM_QUIT, 0, 0);
	end();
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("logoff");
	TCase *tcase = tcase_create("logoff");

	tcase_add_test(tcase, what_was_accepted_is_answered_before);
	tcase_add_test(tcase, a_handler_that_runs_a_box_does_not_hold_it_up);
	tcase_add_test(tcase, all_threads_are_done_before);
	tcase_add_test(tcase, there_is_no_window_unless_asked_for);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "serve", serve }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
