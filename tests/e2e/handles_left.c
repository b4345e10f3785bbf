/* Calls with handles that come to nothing: whatever happens, neither process is left with anything. */
#include "leaks.h"
#include "pass_client.h"

static struct pass pass;

START_TEST(failed_calls_leave_nothing)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	HANDLE file = pass_file();
	struct cdrpc_reply reply = { 0 };
	uint32_t copied = 7, beyond = 7;
	struct pass_held before;
	HANDLE back = event;
	int i;

	pass_open(&pass, _i);
	ck_assert_int_eq(pass_fail(pass.client, event), PASS_ERROR_REFUSED);
	before = pass_count(&pass);
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(pass_fail(pass.client, event), PASS_ERROR_REFUSED);
		/* Refused before anybody looks at the handle. */
		ck_assert_int_eq(pass_locked_open(pass.client, event), CDRPC_E_REFUSED);
		/* Of another kind, missing, or closed: nothing is sent. The second of two: the first comes back. */
		ck_assert_int_eq(pass_signal(pass.client, file), CDRPC_E_ARGUMENT);
		ck_assert_int_eq(pass_signal(pass.client, NULL), CDRPC_E_ARGUMENT);
		ck_assert_int_eq(pass_signal(pass.client, INVALID_HANDLE_VALUE), CDRPC_E_ARGUMENT);
		ck_assert_int_eq(pass_copy(pass.client, file, event, &copied, &beyond), CDRPC_E_ARGUMENT);
		ck_assert_int_eq(pass_copy(pass.client, event, file, &copied, &beyond), CDRPC_E_ARGUMENT);
		ck_assert_int_eq(pass_give_another(pass.client, &back, &reply), CDRPC_E_BUSY);
	}
	ck_assert_uint_eq(copied, 7);
	ck_assert_uint_eq(beyond, 7);
	ck_assert_ptr_eq(back, event);
	pass_check(&pass, &before);
	CloseHandle(file);
	CloseHandle(event);
	pass_close(&pass);
}
END_TEST

START_TEST(calls_that_time_out_leave_nothing)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct pass_held before;
	cdrpc_status status;

	pass_open(&pass, _i);
	pass_make_sender(&pass);
	before = pass_count(&pass);
	cdrpc_client_set_timeout(pass.client, 100);
	status = pass_hold(pass.client, event);
	/* Both sides have a clock. */
	ck_assert_msg(status == CDRPC_E_TIMEOUT || status == CDRPC_E_ABANDONED, "%d", (int)status);
	cdrpc_client_set_timeout(pass.client, 0);
	ck_assert_int_eq(pass_let_go(pass.client), CDRPC_OK);
	pass_check_soon(&pass, &before);
	CloseHandle(event);
	pass_close(&pass);
}
END_TEST

/* The server takes no message while it stalls, so it never sees the call. */
START_TEST(calls_that_were_never_seen_leave_nothing)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	HANDLE begun = CreateEventW(NULL, FALSE, FALSE, NULL);
	HANDLE until = CreateEventW(NULL, FALSE, FALSE, NULL);
	struct pass_held before;
	cdrpc_status status;

	pass_open(&pass, _i);
	pass_make_sender(&pass);
	before = pass_count(&pass);
	ck_assert_int_eq(pass_stall(pass.client, begun, until), CDRPC_OK);
	ck_assert_uint_eq(WaitForSingleObject(begun, PROC_PATIENCE_MS), WAIT_OBJECT_0);
	cdrpc_client_set_timeout(pass.client, 100);
	status = pass_signal(pass.client, event);
	ck_assert_msg(status == CDRPC_E_TIMEOUT || status == CDRPC_E_HUNG, "%d", (int)status);
	ck_assert(SetEvent(until));
	cdrpc_client_set_timeout(pass.client, 0);
	pass_check_soon(&pass, &before);
	ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	CloseHandle(until);
	CloseHandle(begun);
	CloseHandle(event);
	pass_close(&pass);
}
END_TEST

START_TEST(a_server_that_dies_leaves_nothing_here)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_pending *pending = NULL;
	struct leaks before, after;

	pass_start(&pass, _i);
	leaks_count(GetCurrentProcess(), &before);
	ck_assert_int_eq(pass_connect(GetCurrentProcessId(), _i, &pass.client), CDRPC_OK);
	ck_assert_int_eq(pass_hold_begin(pass.client, event, &pending), CDRPC_OK);
	proc_kill(pass.server);
	ck_assert_int_eq(pass_hold_finish(pending), CDRPC_E_PEER_DIED);
	ck_assert_int_eq(pass_signal(pass.client, event), CDRPC_E_PEER_DIED);
	cdrpc_client_free(pass.client);
	leaks_count(GetCurrentProcess(), &after);
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	proc_finish(pass.server);
	CloseHandle(event);
}
END_TEST

/* words[0]: the relation. Ends well, if it is let. */
static int
run_leaver(struct proc *starter)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_pending *pending = NULL;

	proc_await(starter);
	proc_check(pass_connect(starter->process_id, (int)starter->words[0], &pass.client) == CDRPC_OK);
	proc_check(pass_hold_begin(pass.client, event, &pending) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	proc_check(pass_hold_finish(pending) == CDRPC_OK);
	cdrpc_client_free(pass.client);
	return 0;
}

static struct proc *
start_leaver(int relation)
{
	struct proc *leaver = proc_start("leaver");

	leaver->words[0] = (uint64_t)relation;
	proc_signal(leaver);
	proc_await(leaver);
	return leaver;
}

START_TEST(a_client_that_dies_leaves_nothing_there)
{
	struct proc *leaver;
	struct pass_held before;

	pass_open(&pass, _i);
	/* The first one makes threads that the server keeps, and says goodbye. */
	leaver = start_leaver(_i);
	proc_signal(leaver);
	ck_assert_int_eq(pass_let_go(pass.client), CDRPC_OK);
	ck_assert_int_eq(proc_finish(leaver), 0);
	before = pass_count(&pass);

	leaver = start_leaver(_i);
	ck_assert_uint_gt(pass_count(&pass).servers, before.servers);
	proc_kill(leaver);
	proc_finish(leaver);
	ck_assert_int_eq(pass_let_go(pass.client), CDRPC_OK);
	pass_check_soon(&pass, &before);
	pass_close(&pass);
}
END_TEST

static Suite *
make_suite(void)
{
	const TTest *const tests[] = {
		failed_calls_leave_nothing,
		calls_that_time_out_leave_nothing,
		calls_that_were_never_seen_leave_nothing,
		a_server_that_dies_leaves_nothing_here,
		a_client_that_dies_leaves_nothing_there,
	};
	Suite *suite = suite_create("handles_left");
	TCase *tcase = tcase_create("relations");
	size_t i;

	for (i = 0; i < sizeof tests / sizeof tests[0]; i++)
		tcase_add_loop_test(tcase, tests[i], 0, WITH_ARENAS);
	tcase_set_timeout(tcase, 0);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = {
		{ "pass", pass_run }, { "pass-denied", pass_run_denied }, { "leaver", run_leaver }, { 0 },
	};

	return proc_main(argc, argv, roles, make_suite);
}
