/* Servers of several threads, some of which are busy: whoever connects gets one that is not. */
#ifdef _WIN64
#include <stdio.h>
#include <string.h>
#endif

#include "side.h"

enum { FIRST = 12, THEN = 3 };

static struct cdrpc_client_options options = { .connect_timeout_ms = 5000, .call_timeout_ms = 5000 };

static uint32_t
thread_of(struct cdrpc_client *client)
{
	uint32_t process_id = 0, thread_id = 0;

	ck_assert_int_eq(duplex_where(client, &process_id, &thread_id), CDRPC_OK);
	return thread_id;
}

/* The one that is busy, in a handler that takes sent messages alone, has the fewest sessions by far, so that it would get the next ones. */
START_TEST(a_busy_thread_keeps_nobody_out)
{
	struct proc *helper = proc_start("side");
	struct cdrpc_client *first[FIRST] = { NULL }, *then[THEN] = { NULL };
	struct cdrpc_pending *block = NULL;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t i, sum, left = 0, busy;

	helper->words[SIDE_THREADS] = 2;
	helper->words[SIDE_SESSIONS] = FIRST + THEN;
	proc_signal(helper);
	proc_await(helper);
	side_name(name, GetCurrentProcessId());
	for (i = 0; i < FIRST; i++)
		ck_assert_int_eq(cdrpc_client_connect(name, &options, &first[i]), CDRPC_OK);
	busy = thread_of(first[0]);
	for (i = 1; i < FIRST; i++) {
		if (thread_of(first[i]) != busy) {
			left++;
			continue;
		}
		cdrpc_client_free(first[i]);
		first[i] = NULL;
	}
	/* They were spread. */
	ck_assert_uint_eq(left, FIRST / 2);
	ck_assert_int_eq(duplex_block_begin(first[0], &block), CDRPC_OK);
	proc_await(helper);
	for (i = 0; i < THEN; i++) {
		ck_assert_int_eq(cdrpc_client_connect(name, &options, &then[i]), CDRPC_OK);
		ck_assert_int_eq(duplex_add(then[i], i, 1, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, i + 1);
		ck_assert_uint_ne(thread_of(then[i]), busy);
	}
	cdrpc_pending_cancel(block);
	proc_await(helper);
	ck_assert_int_eq(duplex_block_finish(block), CDRPC_E_CANCELLED);
	for (i = 0; i < THEN; i++)
		cdrpc_client_free(then[i]);
	for (i = 0; i < FIRST; i++)
		cdrpc_client_free(first[i]);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

/* Wine 8 gives a 32-bit program that sends WM_COPYDATA to a window of its own the structure that 64-bit programs have. */
#ifdef _WIN64

/* While it connects it takes sent messages alone, and is the one with the fewest sessions each second time. */
START_TEST(a_thread_connects_to_its_own_service)
{
	struct cdrpc_server_options server_options = { .threads = 2 + (uint32_t)_i };
	enum { OWN = 4 };
	struct cdrpc_client *clients[OWN] = { NULL };
	struct side side;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t i;

	memset(&side, 0, sizeof side);
	snprintf(name, sizeof name, "test.busy.%lu", (unsigned long)GetCurrentProcessId());
	ck_assert_int_eq(side_new(&side, name, &server_options), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(side.server), CDRPC_OK);
	for (i = 0; i < OWN; i++)
		ck_assert_int_eq(cdrpc_client_connect(name, &options, &clients[i]), CDRPC_OK);
	for (i = 0; i < OWN; i++)
		cdrpc_client_free(clients[i]);
	cdrpc_server_free(side.server);
	DestroyWindow(side.window);
}
END_TEST

#endif

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("busy");
	TCase *tcase = tcase_create("busy");

	tcase_add_test(tcase, a_busy_thread_keeps_nobody_out);
#ifdef _WIN64
	tcase_add_loop_test(tcase, a_thread_connects_to_its_own_service, 0, 2);
#endif
	tcase_set_timeout(tcase, 0);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
