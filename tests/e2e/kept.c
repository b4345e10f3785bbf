/* Calls that a handler of another process keeps: answered later, by this thread or that, too late, never, twice. */
#include "service.h"

static struct serving service;

static cdrpc_status
result(void)
{
	return (cdrpc_status)(int64_t)service.proc->words[SERVICE_RESULT];
}

static const enum service_command answers[] = { SERVICE_ANSWER_OWN, SERVICE_ANSWER_OTHER };

START_TEST(answered_later)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t same, i;

	service_connect(&service, _i & 2 ? "serve" : "serve-messages");
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(echo_keep_begin(service.client, 70 + i, &pending), CDRPC_OK);
		proc_await(service.proc);
		service_do(&service, answers[_i & 1], 0);
		ck_assert_int_eq(result(), CDRPC_OK);
		ck_assert_int_eq(echo_keep_finish(pending, &same), CDRPC_OK);
		ck_assert_uint_eq(same, 70 + i);
	}
	service_stop(&service);
}
END_TEST

/* The client of an [inline] method is not blocked by the keeping: begin returns, the answer comes by itself. */
START_TEST(answered_later_inline)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t same;

	service_connect(&service, _i & 2 ? "serve" : "serve-messages");
	ck_assert_int_eq(echo_keep_inline_begin(service.client, 9, &pending), CDRPC_OK);
	proc_await(service.proc);
	service_do(&service, answers[_i & 1], 0);
	ck_assert_int_eq(result(), CDRPC_OK);
	ck_assert_int_eq(echo_keep_inline_finish(pending, &same), CDRPC_OK);
	ck_assert_uint_eq(same, 9);
	service_stop(&service);
}
END_TEST

START_TEST(completed_later)
{
	static const int32_t statuses[] = { CDRPC_OK, ECHO_FAILURE_SEVENTH, CDRPC_E_BUSY, CDRPC_E_TIMEOUT };
	static const int32_t arrive[] = { CDRPC_OK, ECHO_FAILURE_SEVENTH, CDRPC_E_BUSY, CDRPC_E_HANDLER };
	struct cdrpc_pending *pending = NULL;
	int i;

	service_connect(&service, _i & 2 ? "serve" : "serve-messages");
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(echo_keep_status_begin(service.client, statuses[i], &pending), CDRPC_OK);
		proc_await(service.proc);
		service_do(&service, answers[_i & 1], 0);
		ck_assert_int_eq(result(), CDRPC_OK);
		ck_assert_int_eq(echo_keep_status_finish(pending), arrive[i]);
	}
	service_stop(&service);
}
END_TEST

/* Many calls later, more than the window in which transactions are told apart. */
START_TEST(answered_much_later)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t same, sum, i;

	service_connect(&service, _i ? "serve" : "serve-messages");
	ck_assert_int_eq(echo_keep_begin(service.client, 5, &pending), CDRPC_OK);
	proc_await(service.proc);
	for (i = 0; i < 1100; i++)
		ck_assert_int_eq(echo_add_inline(service.client, i, 1, &sum), CDRPC_OK);
	service_do(&service, SERVICE_ANSWER_OTHER, 0);
	ck_assert_int_eq(echo_keep_finish(pending, &same), CDRPC_OK);
	ck_assert_uint_eq(same, 5);
	service_stop(&service);
}
END_TEST

START_TEST(answered_after_the_client_went)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t same = 1, sum;

	service_connect(&service, "serve");
	ck_assert_int_eq(echo_keep_begin(service.client, 70, &pending), CDRPC_OK);
	proc_await(service.proc);
	cdrpc_client_free(service.client);
	ck_assert_int_eq(echo_keep_finish(pending, &same), CDRPC_E_CLOSED);
	ck_assert_uint_eq(same, 1);
	service_do(&service, answers[_i], 0);
	ck_assert_int_eq(result(), CDRPC_E_CLOSED);
	ck_assert_uint_eq(service_stats(&service).sessions, 0);
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	service_stop(&service);
}
END_TEST

/*
 * The server ends the call shortly before its client would give up, and tells whoever kept it when that answers. On a busy machine
 * its word may come too late: what happens exactly is core_kept's to check.
 */
START_TEST(answered_too_late)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t same = 1, sum;
	cdrpc_status status;

	service_connect(&service, "serve");
	cdrpc_client_set_timeout(service.client, 2000);
	ck_assert_int_eq(echo_keep_begin(service.client, 70, &pending), CDRPC_OK);
	proc_await(service.proc);
	status = echo_keep_finish(pending, &same);
	ck_assert(status == CDRPC_E_ABANDONED || status == CDRPC_E_TIMEOUT);
	cdrpc_client_set_timeout(service.client, 0);
	service_do(&service, answers[_i], 0);
	ck_assert(result() == CDRPC_E_STATE || status == CDRPC_E_TIMEOUT);
	ck_assert_uint_eq(same, 1);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 3);
	service_stop(&service);
}
END_TEST

/* The server is stopped with a call still kept: nobody is left who could answer it. */
START_TEST(never_answered)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t same = 1;

	service_connect(&service, "serve");
	ck_assert_int_eq(echo_keep_begin(service.client, 70, &pending), CDRPC_OK);
	proc_await(service.proc);
	service_do(&service, SERVICE_END, 0);
	proc_await_handle(service.proc->process);
	ck_assert_int_eq(echo_keep_finish(pending, &same), CDRPC_E_PEER_GONE);
	ck_assert_uint_eq(same, 1);
	service_buried(&service);
}
END_TEST

START_TEST(answered_twice)
{
	uint32_t same;

	service_connect(&service, "serve");
	ck_assert_int_eq(echo_twice(service.client, 11, &same), CDRPC_OK);
	ck_assert_uint_eq(same, 11);
	/* The first answer is here before the handler has tried the second. */
	service_do(&service, SERVICE_SETTLE, 0);
	ck_assert_int_eq(result(), CDRPC_E_STATE);
	service_stop(&service);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("kept");
	TCase *tcase = tcase_create("kept");

	tcase_add_loop_test(tcase, answered_later, 0, 4);
	tcase_add_loop_test(tcase, answered_later_inline, 0, 4);
	tcase_add_loop_test(tcase, completed_later, 0, 4);
	tcase_add_loop_test(tcase, answered_much_later, 0, 2);
	tcase_add_loop_test(tcase, answered_after_the_client_went, 0, 2);
	tcase_add_loop_test(tcase, answered_too_late, 0, 2);
	tcase_add_test(tcase, never_answered);
	tcase_add_test(tcase, answered_twice);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
