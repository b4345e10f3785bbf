/*
 * What Windows does to sends and Wine does not: UIPI refuses them, or says that they were sent and drops them; and a thread counts as hung
 * that takes sent messages at once, because it has looked for nothing else for 5 seconds, or that will take them in a moment.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inject.h"
#include "service.h"

/* ---- the facts ---- */

enum mode {
	PASS,
	REFUSE,         /* as the documentation of SendMessage() says */
	DROP,           /* "success", and nothing is delivered */
	HUNG,           /* whoever is sent to counts as hung, and takes what is sent to it */
	HANGS           /* whoever is sent to counts as hung, and takes one message of seven */
};
static volatile enum mode mode;
static volatile LONG sends;
static HANDLE waits_for_hung;   /* set when something is sent without SMTO_ABORTIFHUNG; NULL: nobody waits for that */

static LRESULT WINAPI
send(HWND to, UINT message, WPARAM wparam, LPARAM lparam, UINT flags, UINT timeout_ms, PDWORD_PTR ret_result)
{
	LONG count = InterlockedIncrement(&sends);

	if (mode == REFUSE || mode == DROP) {
		*ret_result = 0;
		SetLastError(ERROR_ACCESS_DENIED);
		return mode == DROP;
	}
	if (waits_for_hung && !(flags & SMTO_ABORTIFHUNG))
		SetEvent(waits_for_hung);
	if ((mode == HANGS && count % 7) || (mode == HUNG && flags & SMTO_ABORTIFHUNG)) {
		SetLastError(ERROR_TIMEOUT);
		return 0;
	}
	return INJECT_REAL("user32.dll", SendMessageTimeoutW)(to, message, wparam, lparam, flags, timeout_ms, ret_result);
}

INJECT(SendMessageTimeoutW, 7, send);

static BOOL WINAPI
is_hung(HWND window)
{
	return mode == HUNG || mode == HANGS || INJECT_REAL("user32.dll", IsHungAppWindow)(window);
}

INJECT(IsHungAppWindow, 1, is_hung);

static int
run_hung(struct proc *starter)
{
	mode = HUNG;
	return service_run_messages(starter);
}

static int
run_hangs(struct proc *starter)
{
	mode = HANGS;
	return service_run_messages(starter);
}

/* ---- the tests ---- */

static struct serving service;

/* Nobody waits for what will not come, and nobody sends it again. */
START_TEST(what_is_refused_is_known_at_once)
{
	uint32_t sum;

	service_start(&service, "serve");
	mode = _i ? DROP : REFUSE;
	sends = 0;
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_E_ACCESS);
	ck_assert_int_eq(sends, 1);
	mode = PASS;
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
	mode = _i ? DROP : REFUSE;
	sends = 0;
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_E_ACCESS);
	ck_assert_int_eq(sends, 1);
	mode = PASS;
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	service_stop(&service);
}
END_TEST

/* Both ends, in all that goes by message: a handshake, calls, answers of the owner's thread and of another, bodies in sections. */
START_TEST(who_counts_as_hung_is_served)
{
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_bytes data = service_data(200000), same;
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_pending *pending = NULL;
	uint32_t value = 0;

	mode = _i ? PASS : HUNG;
	service_start(&service, _i ? "serve-hangs" : "serve-hung");
	service.options.limits = &no_arenas;
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &value), CDRPC_OK);
	ck_assert_uint_eq(value, 3);
	ck_assert_int_eq(echo_send(service.client, data, &same, &reply), CDRPC_OK);
	ck_assert(service_data_equal(same, data));
	ck_assert_int_eq(echo_keep_inline_begin(service.client, 5, &pending), CDRPC_OK);
	service_do(&service, SERVICE_ANSWER_OWN, 0);
	ck_assert_int_eq(echo_keep_inline_finish(pending, &value), CDRPC_OK);
	ck_assert_uint_eq(value, 5);
	ck_assert_int_eq(echo_keep_inline_begin(service.client, 6, &pending), CDRPC_OK);
	service_do(&service, SERVICE_ANSWER_OTHER, 0);
	ck_assert_int_eq(echo_keep_inline_finish(pending, &value), CDRPC_OK);
	ck_assert_uint_eq(value, 6);
	mode = PASS;
	cdrpc_reply_free(&reply);
	free((void *)(uintptr_t)data.data);
	service_stop(&service);
}
END_TEST

static DWORD WINAPI
release_when_waited_for(void *unused)
{
	(void)unused;
	WaitForSingleObject(waits_for_hung, PROC_PATIENCE_MS);
	service_do(&service, SERVICE_RELEASE, 0);
	return 0;
}

/* A server that is busy, and counts as hung: whoever wants to waits for it all the same. */
START_TEST(a_call_that_waits_for_who_is_hung)
{
	struct cdrpc_pending *pending = NULL;
	uint32_t sum = 0;
	HANDLE thread;

	service_start(&service, "serve");
	service.options.wait_while_hung = _i;
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
	ck_assert_int_eq(echo_block_begin(service.client, &pending), CDRPC_OK);
	/* It is in its handler. */
	proc_await(service.proc);
	mode = HUNG;
	if (_i) {
		waits_for_hung = CreateEventW(NULL, FALSE, FALSE, NULL);
		thread = CreateThread(NULL, 0, release_when_waited_for, NULL, 0, NULL);
		ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, 3);
		WaitForSingleObject(thread, INFINITE);
		CloseHandle(thread);
		CloseHandle(waits_for_hung);
	} else {
		ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_E_HUNG);
		service_do(&service, SERVICE_RELEASE, 0);
	}
	mode = PASS;
	ck_assert_int_eq(echo_block_finish(pending), CDRPC_OK);
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	service_stop(&service);
}
END_TEST

static void
as_it_is(void)
{
	mode = PASS;
	waits_for_hung = NULL;
}

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("uipi");
	TCase *tcase = tcase_create("uipi");

	tcase_add_checked_fixture(tcase, NULL, as_it_is);
	tcase_add_loop_test(tcase, what_is_refused_is_known_at_once, 0, 2);
	tcase_add_loop_test(tcase, who_counts_as_hung_is_served, 0, 2);
	tcase_add_loop_test(tcase, a_call_that_waits_for_who_is_hung, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "serve-hung", run_hung }, { "serve-hangs", run_hangs }, SERVICE_ROLES, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
