/*
 * "Who closes what" of PROTOCOL.md, a test for each row, named after it: what happens to handles and sections when a call does not go
 * well, in each relation of who may duplicate, counted in both processes before and after. Bodies need a section of their own.
 */
#include "leaks.h"
#include "pass_client.h"
#include "upset.h"
#include "wire/frame.h"

enum { BOTH_MAY = 3, CLIENT_PUSHES = 4, SERVER_PUSHES = 5, RELATIONS = 3 };     /* without arenas */

static struct pass pass;
static struct pass_held before;
static volatile uint64_t own_words[UPSET_FETCHED + 1], *server_words;

static void
begin(int relation)
{
	size_t i;

	pass_pushes_fail = false;
	pass_open(&pass, relation);
	for (i = 0; i <= UPSET_FETCHED; i++)
		own_words[i] = 0;
	server_words = &pass.server->words[PASS_UPSET];
	ck_assert(upset_window(L"cdrpc.client.1", own_words, NULL));
	pass_make_sender(&pass);
	ck_assert_int_eq(pass_try_exchange(pass.client, 0), CDRPC_OK);
	before = pass_count(&pass);
}

static void
end(void)
{
	pass_check_soon(&pass, &before);
	ck_assert_int_eq(pass_try_exchange(pass.client, 0), CDRPC_OK);
	pass_check(&pass, &before);
	pass_close(&pass);
}

static void
upset(volatile uint64_t *words, enum frame_type type, enum upset how)
{
	words[UPSET_MET] = 0;
	words[UPSET_RELEASES] = 0;
	words[UPSET_TYPE] = type;
	words[UPSET_HOW] = how;
}

/* One frame was treated as was said; then RELEASE came, again where its answer was not heard in time, and was answered so. */
static void
check_released(const volatile uint64_t *words, uint32_t result)
{
	pass_check_soon(&pass, &before);
	ck_assert_uint_eq(words[UPSET_MET], 1);
	ck_assert_uint_ge(words[UPSET_RELEASES], 1);
	ck_assert_uint_eq(words[UPSET_RELEASE_RESULT], result);
}

static uint32_t
unseen(void)
{
	return frame_result_refused(CDRPC_E_EXPIRED);
}

static bool
gave_up(cdrpc_status status)
{
	return status == CDRPC_E_TIMEOUT || status == CDRPC_E_HUNG;
}

/* ---- the rows ---- */

/* A section goes in pieces then; a handle cannot. */
START_TEST(push_fails)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_reply reply = { 0 };
	HANDLE back = NULL;
	int i;

	begin(BOTH_MAY + _i);
	for (i = 0; i < 3; i++) {
		pass_pushes_fail = true;
		pass.server->words[PASS_PUSHES_FAIL] = 1;
		own_words[UPSET_PUSHED] = server_words[UPSET_PUSHED] = 0;
		ck_assert_int_eq(pass_try_echo(pass.client), CDRPC_OK);
		ck_assert_int_eq(pass_signal(pass.client, event), _i + BOTH_MAY == CLIENT_PUSHES ? CDRPC_E_OS : CDRPC_OK);
		/* Its handler is told why, and the client that it was the handler. */
		pass_pushes_fail = false;
		ck_assert_int_eq(pass_turn(pass.client, event, &back, &reply),
				 _i + BOTH_MAY == SERVER_PUSHES ? CDRPC_E_HANDLER : CDRPC_OK);
		cdrpc_reply_free(&reply);
		/* pass_turn()'s own, of the client's. */
		ck_assert_uint_eq(server_words[UPSET_PUSHED], _i + BOTH_MAY == CLIENT_PUSHES);
		ck_assert_uint_eq(own_words[UPSET_PUSHED], 0);
		pass.server->words[PASS_PUSHES_FAIL] = 0;
		pass_check(&pass, &before);
	}
	end();
	CloseHandle(event);
}
END_TEST

START_TEST(refused)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	int i;

	begin(BOTH_MAY + _i);
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(pass_locked_store(pass.client, pass_data(), event), CDRPC_E_REFUSED);
		pass_check(&pass, &before);
	}
	end();
	CloseHandle(event);
}
END_TEST

/* A REQUEST, which the server has not looked at, or has run. */
START_TEST(no_answer_to_a_request)
{
	bool looks = _i / RELATIONS != 0;
	int i;

	begin(BOTH_MAY + _i % RELATIONS);
	for (i = 0; i < 2; i++) {
		upset(server_words, FRAME_REQUEST, looks ? UPSET_DUMB : UPSET_DEAF);
		ck_assert_int_eq(pass_try_exchange(pass.client, 2000), CDRPC_E_TIMEOUT);
		check_released(server_words, looks ? FRAME_RESULT_ACCEPTED : unseen());
	}
	end();
}
END_TEST

/* A REPLY, which the client has not looked at, or has taken. */
START_TEST(no_answer_to_a_reply)
{
	bool looks = _i / RELATIONS != 0;
	cdrpc_status status;
	int i;

	begin(BOTH_MAY + _i % RELATIONS);
	for (i = 0; i < 2; i++) {
		upset(own_words, FRAME_REPLY, looks ? UPSET_DUMB : UPSET_DEAF);
		status = pass_try_exchange(pass.client, looks ? 0 : 500);
		ck_assert_int_eq(status, looks ? CDRPC_OK : CDRPC_E_TIMEOUT);
		check_released(own_words, looks ? FRAME_RESULT_ACCEPTED : unseen());
	}
	end();
}
END_TEST

START_TEST(accepted)
{
	bool client_pushes = BOTH_MAY + _i == CLIENT_PUSHES, server_pushes = BOTH_MAY + _i == SERVER_PUSHES;
	int i;

	begin(BOTH_MAY + _i);
	own_words[UPSET_PUSHED] = own_words[UPSET_FETCHED] = server_words[UPSET_PUSHED] = server_words[UPSET_FETCHED] = 0;
	for (i = 0; i < 10; i++)
		ck_assert_int_eq(pass_try_exchange(pass.client, 0), CDRPC_OK);
	ck_assert_uint_eq(server_words[UPSET_PUSHED], client_pushes ? 10 : 0);
	ck_assert_uint_eq(server_words[UPSET_FETCHED], client_pushes ? 0 : 10);
	ck_assert_uint_eq(own_words[UPSET_PUSHED], server_pushes ? 10 : 0);
	ck_assert_uint_eq(own_words[UPSET_FETCHED], server_pushes ? 0 : 10);
	pass_check(&pass, &before);
	end();
}
END_TEST

static void
count(struct pass_held *ret_held)
{
	struct leaks own, servers;

	ck_assert(leaks_count(GetCurrentProcess(), &own));
	ck_assert(leaks_count(pass.server->process, &servers));
	*ret_held = (struct pass_held){ own.handles, own.views, servers.handles, servers.views };
}

/* Until the RELEASE is answered, the section, which is not mapped any more, and the copy of the handle are to be had, or are in the server
 * already. */
static void
check_offered(const struct pass_held *was, bool pushed)
{
	struct pass_held now;

	count(&now);
	ck_assert_uint_eq(now.own, was->own + (pushed ? 1 : 2));
	ck_assert_uint_eq(now.own_views, was->own_views);
	ck_assert_uint_eq(now.servers, was->servers + (pushed ? 2 : 0));
	ck_assert_uint_eq(now.servers_views, was->servers_views);
}

/* The server takes no message meanwhile. Nothing was pulled, and what was pushed comes back. */
START_TEST(timeout_never_delivered)
{
	HANDLE begun = CreateEventW(NULL, FALSE, FALSE, NULL);
	HANDLE until = CreateEventW(NULL, FALSE, FALSE, NULL);
	struct pass_held stalled;

	begin(BOTH_MAY + _i);
	ck_assert_int_eq(pass_stall(pass.client, begun, until), CDRPC_OK);
	proc_await_handle(begun);
	upset(server_words, FRAME_RELEASE, UPSET_NOT);
	count(&stalled);
	ck_assert(gave_up(pass_try_exchange(pass.client, 100)));
	check_offered(&stalled, BOTH_MAY + _i == CLIENT_PUSHES);
	ck_assert(SetEvent(until));
	pass_check_soon(&pass, &before);
	ck_assert_uint_ge(server_words[UPSET_RELEASES], 1);
	ck_assert_uint_eq(server_words[UPSET_RELEASE_RESULT], unseen());
	end();
	CloseHandle(until);
	CloseHandle(begun);
}
END_TEST

/* It has the message, and looks at it when the client has given up: what was offered is still there. */
START_TEST(timeout_before_it_is_looked_at)
{
	struct pass_held was;

	begin(BOTH_MAY + _i);
	upset(server_words, FRAME_REQUEST, UPSET_LATE);
	count(&was);
	ck_assert(gave_up(pass_try_exchange(pass.client, 300)));
	ck_assert_uint_eq(server_words[UPSET_MET], 1);
	check_offered(&was, BOTH_MAY + _i == CLIENT_PUSHES);
	proc_signal(pass.server);
	check_released(server_words, FRAME_RESULT_ACCEPTED);
	end();
}
END_TEST

/* It has taken the call, and does not return in time: what was pushed is its own. */
START_TEST(timeout_seen)
{
	begin(BOTH_MAY + _i);
	upset(server_words, FRAME_REQUEST, UPSET_SLOW);
	ck_assert(gave_up(pass_try_exchange(pass.client, 300)));
	ck_assert_uint_eq(server_words[UPSET_MET], 1);
	proc_signal(pass.server);
	check_released(server_words, FRAME_RESULT_ACCEPTED);
	end();
}
END_TEST

/* Of a transaction that the client knows no more. */
START_TEST(late_reply)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes same;
	HANDLE back = NULL;
	int i;

	begin(BOTH_MAY + _i);
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(pass_hold_exchange_begin(pass.client, pass_data(), event, &pending), CDRPC_OK);
		/* It is kept by now. */
		ck_assert_int_eq(pass_signal(pass.client, event), CDRPC_OK);
		cdrpc_pending_cancel(pending);
		ck_assert_int_eq(pass_hold_exchange_finish(pending, &same, &back, &reply), CDRPC_E_CANCELLED);
		own_words[UPSET_PUSHED] = own_words[UPSET_FETCHED] = 0;
		ck_assert_int_eq(pass_let_go(pass.client), CDRPC_OK);
		ck_assert_uint_eq(own_words[UPSET_PUSHED], BOTH_MAY + _i == SERVER_PUSHES);
		ck_assert_uint_eq(own_words[UPSET_FETCHED], BOTH_MAY + _i != SERVER_PUSHES);
		pass_check(&pass, &before);
	}
	end();
	CloseHandle(event);
}
END_TEST

/* Holds a call with a section and a handle, and is killed in it. words[0]: the relation. */
static int
run_leaver(struct proc *starter)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_client *client = NULL;

	proc_await(starter);
	proc_check(pass_connect(starter->process_id, (int)starter->words[0], &client) == CDRPC_OK);
	proc_check(pass_hold_exchange_begin(client, pass_data(), event, &pending) == CDRPC_OK);
	proc_check(pass_signal(client, event) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	return 1;
}

static void
client_comes_and_dies(int relation)
{
	struct proc *leaver = proc_start("leaver");

	leaver->words[0] = (uint64_t)relation;
	proc_signal(leaver);
	proc_await(leaver);
	proc_kill(leaver);
	proc_finish(leaver);
	ck_assert_int_eq(pass_let_go(pass.client), CDRPC_OK);
}

START_TEST(client_dies_in_a_call)
{
	begin(BOTH_MAY + _i);
	/* The first makes threads that the server keeps, by the time that the second has come. */
	client_comes_and_dies(BOTH_MAY + _i);
	client_comes_and_dies(BOTH_MAY + _i);
	before.servers = pass_count(&pass).servers;
	client_comes_and_dies(BOTH_MAY + _i);
	end();
}
END_TEST

START_TEST(server_dies_in_a_call)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_reply reply = { 0 };
	struct leaks was, is;
	struct cdrpc_bytes same;
	HANDLE back = NULL;

	pass_start(&pass, BOTH_MAY + _i);
	ck_assert(leaks_count(GetCurrentProcess(), &was));
	ck_assert_int_eq(pass_connect(GetCurrentProcessId(), BOTH_MAY + _i, &pass.client), CDRPC_OK);
	ck_assert_int_eq(pass_hold_exchange_begin(pass.client, pass_data(), event, &pending), CDRPC_OK);
	proc_kill(pass.server);
	ck_assert_int_eq(pass_hold_exchange_finish(pending, &same, &back, &reply), CDRPC_E_PEER_DIED);
	ck_assert_int_eq(pass_try_exchange(pass.client, 0), CDRPC_E_PEER_DIED);
	cdrpc_client_free(pass.client);
	ck_assert(leaks_count(GetCurrentProcess(), &is));
	ck_assert_uint_eq(is.handles, was.handles);
	ck_assert_uint_eq(is.views, was.views);
	proc_finish(pass.server);
	CloseHandle(event);
}
END_TEST

static Suite *
make_suite(void)
{
	const struct {
		const TTest *test;
		int ways;
	} rows[] = {
		{ push_fails, 1 },
		{ refused, 1 },
		{ no_answer_to_a_request, 2 },
		{ no_answer_to_a_reply, 2 },
		{ accepted, 1 },
		{ timeout_never_delivered, 1 },
		{ timeout_before_it_is_looked_at, 1 },
		{ timeout_seen, 1 },
		{ late_reply, 1 },
		{ client_dies_in_a_call, 1 },
		{ server_dies_in_a_call, 1 },
	};
	Suite *suite = suite_create("matrix");
	TCase *tcase = tcase_create("relations");
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
		tcase_add_loop_test(tcase, rows[i].test, 0, RELATIONS * rows[i].ways);
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
