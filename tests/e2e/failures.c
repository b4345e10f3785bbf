/* What each side sees when the other is missing, ends, hangs or loses its window. Each has a status of its own, and in time. */
#include <stdio.h>

#include "service.h"

static struct serving service;

static uint64_t began;

static void
start_clock(void)
{
	began = GetTickCount64();
}

/* Ticks are of 16 ms. */
static void
check_not_before(uint32_t timeout_ms)
{
	ck_assert_uint_ge(GetTickCount64() - began + 50, timeout_ms);
}

START_TEST(no_server)
{
	const struct cdrpc_client_options options = { .connect_timeout_ms = PROC_NEVER_MS, .call_timeout_ms = PROC_NEVER_MS };
	struct cdrpc_client *client = NULL;

	ck_assert_int_eq(cdrpc_client_connect("test.nobody", &options, &client), CDRPC_E_NOT_FOUND);
	ck_assert_ptr_null(client);
	ck_assert_int_eq(cdrpc_client_connect("no such name", NULL, &client), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(cdrpc_client_connect("", NULL, &client), CDRPC_E_ARGUMENT);
}
END_TEST

START_TEST(killed_in_a_posted_call)
{
	struct cdrpc_pending *first = NULL, *second = NULL;
	uint32_t sum = 7;

	service_connect(&service, _i ? "serve" : "serve-messages");
	cdrpc_client_set_timeout(service.client, PROC_NEVER_MS);
	ck_assert_int_eq(echo_block_begin(service.client, &first), CDRPC_OK);
	proc_await(service.proc);
	proc_kill(service.proc);
	ck_assert_int_eq(echo_block_finish(first), CDRPC_E_PEER_DIED);
	/* And from now on. */
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_E_PEER_DIED);
	ck_assert_int_eq(echo_block_begin(service.client, &second), CDRPC_E_PEER_DIED);
	ck_assert_uint_eq(sum, 7);
	service_buried(&service);
}
END_TEST

static DWORD WINAPI
kill_when_signalled(void *parameter)
{
	struct proc *proc = parameter;

	proc_await(proc);
	proc_kill(proc);
	return 0;
}

START_TEST(killed_in_an_inline_call)
{
	HANDLE thread;

	service_connect(&service, _i ? "serve" : "serve-messages");
	cdrpc_client_set_timeout(service.client, PROC_NEVER_MS);
	thread = CreateThread(NULL, 0, kill_when_signalled, service.proc, 0, NULL);
	ck_assert_int_eq(echo_block_inline(service.client), CDRPC_E_PEER_DIED);
	proc_await_handle(thread);
	CloseHandle(thread);
	service_buried(&service);
}
END_TEST

START_TEST(killed_between_calls)
{
	uint32_t sum;

	service_connect(&service, "serve");
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	proc_kill(service.proc);
	cdrpc_client_set_timeout(service.client, PROC_NEVER_MS);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_E_PEER_DIED);
	service_buried(&service);
}
END_TEST

/* The handler does not come back: the call that it runs, and the one whose message finds nobody to take it. */
START_TEST(stopped_in_a_posted_call)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t sum;

	service_connect(&service, _i ? "serve" : "serve-messages");
	cdrpc_client_set_timeout(service.client, 1000);
	start_clock();
	ck_assert_int_eq(echo_block_begin(service.client, &pending), CDRPC_OK);
	proc_await(service.proc);
	ck_assert_int_eq(echo_block_finish(pending), CDRPC_E_TIMEOUT);
	check_not_before(1000);
	start_clock();
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_E_TIMEOUT);
	check_not_before(1000);
	/* It comes back, and goes on as if nothing had been. */
	service_do(&service, SERVICE_RELEASE, 0);
	cdrpc_client_set_timeout(service.client, 0);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 3);
	service_stop(&service);
}
END_TEST

START_TEST(stopped_in_an_inline_call)
{
	uint32_t sum;

	service_connect(&service, _i ? "serve" : "serve-messages");
	cdrpc_client_set_timeout(service.client, 1000);
	start_clock();
	ck_assert_int_eq(echo_block_inline(service.client), CDRPC_E_TIMEOUT);
	check_not_before(1000);
	proc_await(service.proc);
	service_do(&service, SERVICE_RELEASE, 0);
	cdrpc_client_set_timeout(service.client, 0);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	service_stop(&service);
}
END_TEST

/* Undocumented, but in every Windows since XP; a process's threads one by one would be those of a moment ago. */
typedef LONG NTAPI suspend_function(HANDLE process);

static void
change_process(const struct proc *proc, const char *function_name)
{
	union {
		FARPROC address;
		suspend_function *call;
	} function = { GetProcAddress(GetModuleHandleW(L"ntdll.dll"), function_name) };

	ck_assert(function.address != NULL);
	ck_assert_int_eq(function.call(proc->process), 0);
}

/*
 * A server's thread that has not looked for messages for 5 seconds is hung, until then it is slow: two calls of it in which it does not
 * come back, with deadlines on each side of that. In the second round its whole process does nothing.
 */
START_TEST(hung_after_five_seconds)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t sum;

	service_connect(&service, _i ? "serve" : "serve-messages");
	cdrpc_client_set_timeout(service.client, 7000);
	start_clock();
	ck_assert_int_eq(echo_block_begin(service.client, &pending), CDRPC_OK);
	proc_await(service.proc);
	if (_i)
		change_process(service.proc, "NtSuspendProcess");
	cdrpc_client_set_timeout(service.client, 1500);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_E_TIMEOUT);
	check_not_before(1500);
	ck_assert_int_eq(echo_block_finish(pending), CDRPC_E_HUNG);
	check_not_before(7000);
	/* Known to be hung: nobody waits for the deadline. */
	cdrpc_client_set_timeout(service.client, PROC_NEVER_MS);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_E_HUNG);
	if (_i)
		change_process(service.proc, "NtResumeProcess");
	service_do(&service, SERVICE_RELEASE, 0);
	service_do(&service, SERVICE_SETTLE, 0);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 3);
	service_stop(&service);
}
END_TEST

START_TEST(missing_killed_and_stopped_are_told_apart)
{
	const struct cdrpc_client_options options = { .connect_timeout_ms = PROC_NEVER_MS, .call_timeout_ms = PROC_NEVER_MS };
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_client *client = NULL;
	uint32_t sum;

	service_connect(&service, "serve");
	cdrpc_client_set_timeout(service.client, 3000);
	ck_assert_int_eq(echo_block_begin(service.client, &pending), CDRPC_OK);
	proc_await(service.proc);
	change_process(service.proc, "NtSuspendProcess");
	ck_assert_int_eq(echo_block_finish(pending), CDRPC_E_TIMEOUT);
	proc_kill(service.proc);
	cdrpc_client_set_timeout(service.client, PROC_NEVER_MS);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_E_PEER_DIED);
	ck_assert_int_eq(cdrpc_client_connect(service.name, &options, &client), CDRPC_E_NOT_FOUND);
	service_buried(&service);
}
END_TEST

static const struct {
	uint32_t timeout_ms;
	cdrpc_status status;
} hanging[] = { { 2000, CDRPC_E_TIMEOUT }, { 7000, CDRPC_E_HUNG } };

START_TEST(connecting_to_a_server_that_hangs)
{
	struct cdrpc_client_options options;
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_client *client = NULL;

	service_connect(&service, "serve");
	ck_assert_int_eq(echo_block_begin(service.client, &pending), CDRPC_OK);
	proc_await(service.proc);
	options = service.options;
	options.connect_timeout_ms = options.call_timeout_ms = hanging[_i].timeout_ms;
	start_clock();
	ck_assert_int_eq(cdrpc_client_connect(service.name, &options, &client), hanging[_i].status);
	if (hanging[_i].status == CDRPC_E_TIMEOUT)
		check_not_before(hanging[_i].timeout_ms);
	ck_assert_ptr_null(client);
	service_do(&service, SERVICE_RELEASE, 0);
	ck_assert_int_eq(echo_block_finish(pending), CDRPC_OK);
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &client), CDRPC_OK);
	cdrpc_client_free(client);
	service_stop(&service);
}
END_TEST

START_TEST(its_window_vanishes_in_a_call)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t sum;

	service_connect(&service, _i ? "serve" : "serve-messages");
	cdrpc_client_set_timeout(service.client, PROC_NEVER_MS);
	ck_assert_int_eq(echo_keep_status_begin(service.client, 0, &pending), CDRPC_OK);
	proc_await(service.proc);
	service_do(&service, SERVICE_VANISH, 0);
	ck_assert_int_eq(echo_keep_status_finish(pending), CDRPC_E_PEER_GONE);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_E_PEER_GONE);
	proc_kill(service.proc);
	service_buried(&service);
}
END_TEST

/* ---- the client ends ---- */

/* Connects to the server of its starter, calls, and is killed in the call. */
static int
run_client(struct proc *starter)
{
	struct cdrpc_client *client;
	struct cdrpc_pending *pending;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t sum;

	snprintf(name, sizeof name, "test.echo.%lu", (unsigned long)starter->process_id);
	proc_check(cdrpc_client_connect(name, NULL, &client) == CDRPC_OK);
	proc_check(echo_add(client, 1, 2, &sum) == CDRPC_OK);
	proc_check(echo_keep_status_begin(client, 0, &pending) == CDRPC_OK);
	proc_signal(starter);
	echo_keep_status_finish(pending);
	return 1;
}

START_TEST(the_client_is_killed_in_a_call)
{
	struct leaks before, after;
	struct proc *client;
	uint32_t sum;
	int i;

	service_connect(&service, _i ? "serve" : "serve-messages");
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	for (i = 0; i < 4; i++) {
		client = proc_start("client");
		/* The server says that it has the call, the client that it waits. */
		proc_await(service.proc);
		proc_await(client);
		ck_assert_uint_eq(service_stats(&service).sessions, 2);
		proc_kill(client);
		proc_finish(client);
		service_do(&service, SERVICE_AWAIT_END, (uint64_t)i + 1);
		ck_assert_uint_eq(service_stats(&service).sessions, 1);
		/* Its call is still kept: what it holds goes with the answer. */
		service_do(&service, SERVICE_ANSWER_OWN, 0);
		ck_assert_int_eq((cdrpc_status)(int64_t)service.proc->words[SERVICE_RESULT], CDRPC_E_CLOSED);
		ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
		/* The first time, threads and buffers were made that stay. */
		if (i == 0)
			ck_assert(leaks_count(service.proc->process, &before));
	}
	ck_assert(leaks_count(service.proc->process, &after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	service_stop(&service);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("failures");
	TCase *tcase = tcase_create("failures");

	tcase_add_test(tcase, no_server);
	tcase_add_loop_test(tcase, killed_in_a_posted_call, 0, 2);
	tcase_add_loop_test(tcase, killed_in_an_inline_call, 0, 2);
	tcase_add_test(tcase, killed_between_calls);
	tcase_add_loop_test(tcase, stopped_in_a_posted_call, 0, 2);
	tcase_add_loop_test(tcase, stopped_in_an_inline_call, 0, 2);
	tcase_add_loop_test(tcase, hung_after_five_seconds, 0, 2);
	tcase_add_test(tcase, missing_killed_and_stopped_are_told_apart);
	tcase_add_loop_test(tcase, connecting_to_a_server_that_hangs, 0, 2);
	tcase_add_loop_test(tcase, its_window_vanishes_in_a_call, 0, 2);
	tcase_add_loop_test(tcase, the_client_is_killed_in_a_call, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { "client", run_client }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
