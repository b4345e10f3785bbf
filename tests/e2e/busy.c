/* Servers of several threads, some of which are busy: whoever connects gets one that is not. */
#ifdef _WIN64
#include <stdatomic.h>
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

/* ---- all are busy ---- */

static struct {
	char name[CDRPC_NAME_MAX + 1];
	uint32_t threads;
	_Atomic uint32_t inside;        /* handlers */
	_Atomic uint32_t ended;         /* sessions */
	HANDLE all_inside;
	struct cdrpc_server *server;
} own;

/* Says what connecting to its own service came to, when no thread is left that is in its loop. */
static cdrpc_status
connect_from_a_handler(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	struct cdrpc_client *client = NULL;
	cdrpc_status status;

	(void)self;
	(void)a;
	(void)b;
	if (++own.inside == own.threads)
		SetEvent(own.all_inside);
	proc_await_handle(own.all_inside);
	status = cdrpc_client_connect(own.name, &options, &client);
	cdrpc_client_free(client);
	return duplex_add_reply(call, (uint32_t)-status);
}

/* Theirs, and those of their clients. */
static void
session_ended(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	if (++own.ended == 2 * own.threads)
		cdrpc_server_stop(own.server);
}

static int
run_own(struct proc *starter)
{
	static const struct duplex_handlers handlers = { .add = connect_from_a_handler };
	struct cdrpc_server_options server_options = { .session_ended = session_ended };

	own.all_inside = CreateEventW(NULL, TRUE, FALSE, NULL);
	proc_await(starter);
	own.threads = server_options.threads = (uint32_t)starter->words[0];
	snprintf(own.name, sizeof own.name, "test.busy.%lu", (unsigned long)GetCurrentProcessId());
	proc_check(cdrpc_server_new(own.name, &server_options, &own.server) == CDRPC_OK);
	proc_check(duplex_serve(own.server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(own.server) == CDRPC_OK);
	proc_signal(starter);
	proc_check(cdrpc_server_run(own.server) == CDRPC_OK);
	cdrpc_server_free(own.server);
	return 0;
}

/* Each has a session, and its handler connects to the service: to whichever thread, for none of them runs anything else. */
START_TEST(threads_that_all_wait_let_each_other_in)
{
	enum { MOST = 4 };
	struct cdrpc_client_options patient = { .connect_timeout_ms = 20000, .call_timeout_ms = 20000 };
	struct cdrpc_client *clients[MOST] = { NULL };
	struct cdrpc_pending *pending[MOST] = { NULL };
	uint32_t threads = (uint32_t)_i, i, said;
	struct proc *helper = proc_start("own");
	char name[CDRPC_NAME_MAX + 1];

	helper->words[0] = threads;
	proc_signal(helper);
	proc_await(helper);
	snprintf(name, sizeof name, "test.busy.%lu", (unsigned long)helper->process_id);
	for (i = 0; i < threads; i++)
		ck_assert_int_eq(cdrpc_client_connect(name, &patient, &clients[i]), CDRPC_OK);
	for (i = 0; i < threads; i++)
		ck_assert_int_eq(duplex_add_begin(clients[i], 0, 0, &pending[i]), CDRPC_OK);
	for (i = 0; i < threads; i++) {
		ck_assert_int_eq(duplex_add_finish(pending[i], &said), CDRPC_OK);
		ck_assert_int_eq(-(int32_t)said, CDRPC_OK);
	}
	for (i = 0; i < threads; i++)
		cdrpc_client_free(clients[i]);
	ck_assert_int_eq(proc_finish(helper), 0);
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
	tcase_add_loop_test(tcase, threads_that_all_wait_let_each_other_in, 1, 5);
#endif
	tcase_set_timeout(tcase, 0);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = {
		{ "side", side_run },
#ifdef _WIN64
		{ "own", run_own },
#endif
		{ 0 }
	};

	return proc_main(argc, argv, roles, make_suite);
}
