/* What a program has to do with its peers, on the fake transport: facts, data of its own, the end of a session. */
#include <stdio.h>
#include <string.h>

#include "rig_check.h"
#include "session/client.h"

/* What each session has for its data: how often its handlers have run. */
struct account {
	uint32_t calls;
	uint32_t ends;
};

static struct account accounts[4];
static uint32_t account_count;
static struct cdrpc_peer *last;
static cdrpc_status (*in_handler)(struct cdrpc_call *call);

static void
opened(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	ck_assert_uint_lt(account_count, 4);
	ck_assert_ptr_null(cdrpc_peer_data(peer));
	cdrpc_peer_set_data(peer, &accounts[account_count++]);
	last = peer;
}

static void
ended(void *self, struct cdrpc_peer *peer)
{
	struct account *account = cdrpc_peer_data(peer);

	(void)self;
	account->ends++;
	/* In vain, and harmless. */
	ck_assert_int_eq(cdrpc_peer_disconnect(peer), CDRPC_OK);
	last = NULL;
}

static cdrpc_status
handle(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	struct account *account = cdrpc_peer_data(cdrpc_call_peer(call));

	(void)r;
	(void)index;
	(void)value;
	(void)data;
	if (account)
		account->calls++;
	return in_handler ? in_handler(call) : CDRPC_OK;
}

static char line[512];

static void
keep_line(void *self, enum cdrpc_log_level level, const char *told)
{
	(void)self;
	(void)level;
	snprintf(line, sizeof line, "%s", told);
}

/* The log is told of 'function', which was called on thread 'from' and belongs to the other. */
static void
check_blamed(const char *function, uint32_t from, uint32_t to)
{
	char expected[512];

	snprintf(expected, sizeof expected, "%s: called on thread %u; the client or server belongs to thread %u, which has connected or started it",
		 function, from, to);
	ck_assert_str_eq(line, expected);
}

static void
begin(void)
{
	memset(accounts, 0, sizeof accounts);
	account_count = 0;
	last = NULL;
	in_handler = NULL;
	rig_prepared();
	rig.env.log = keep_line;
	rig.handler = handle;
	rig.server_options.session_opened = opened;
	rig.server_options.session_ended = ended;
	rig_started();
	rig_settle(&rig);
	ck_assert_uint_eq(account_count, 1);
}

static cdrpc_status
call(void)
{
	return rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL);
}

START_TEST(data_of_a_peer)
{
	struct cdrpc_client *first;

	begin();
	ck_assert_int_eq(call(), CDRPC_OK);
	first = rig.client;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_int_eq(call(), CDRPC_OK);
	ck_assert_int_eq(call(), CDRPC_OK);
	cdrpc_client_free(first);
	rig_settle(&rig);
	ck_assert_uint_eq(accounts[0].calls, 1);
	ck_assert_uint_eq(accounts[0].ends, 1);
	ck_assert_uint_eq(accounts[1].calls, 2);
	ck_assert_uint_eq(accounts[1].ends, 0);
	rig_stopped();
	ck_assert_uint_eq(accounts[1].ends, 1);
}
END_TEST

START_TEST(facts_of_both)
{
	struct cdrpc_peer_facts own, facts;

	begin();
	process_own_facts(&own);
	fake_enter(rig.server_thread);
	cdrpc_peer_get_facts(last, &facts);
	ck_assert_uint_eq(facts.process_id, own.process_id);
	ck_assert_uint_eq(facts.thread_id, rig.client_thread);
	process_own_facts(&own);
	ck_assert_int_eq(cdrpc_client_peer_facts(rig.client, &facts), CDRPC_E_WRONG_THREAD);
	check_blamed("cdrpc_client_peer_facts", rig.server_thread, rig.client_thread);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(cdrpc_client_peer_facts(rig.client, &facts), CDRPC_OK);
	ck_assert_uint_eq(facts.process_id, own.process_id);
	ck_assert_int_eq(facts.integrity, CDRPC_INTEGRITY_HIGH);
	fake_kill(rig.server_thread);
	ck_assert_int_eq(call(), CDRPC_E_PEER_DIED);
	ck_assert_int_eq(cdrpc_client_peer_facts(rig.client, &facts), CDRPC_OK);
	ck_assert_uint_eq(facts.process_id, own.process_id);
	rig_stopped();
}
END_TEST

static void
disconnect(void)
{
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_peer_disconnect(last), CDRPC_OK);
	fake_enter(rig.client_thread);
}

START_TEST(disconnected)
{
	struct cdrpc_client *other;

	begin();
	ck_assert_int_eq(cdrpc_peer_disconnect(last), CDRPC_E_WRONG_THREAD);
	check_blamed("cdrpc_peer_disconnect", rig.client_thread, rig.server_thread);
	other = rig.client;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_settle(&rig);
	disconnect();
	rig_settle(&rig);
	ck_assert_uint_eq(accounts[1].ends, 1);
	ck_assert_int_eq(call(), CDRPC_E_PEER_GONE);
	ck_assert_uint_eq(accounts[1].calls, 0);
	/* The others go on, and it may come again. */
	rig_disconnect(&rig);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_int_eq(call(), CDRPC_OK);
	rig_disconnect(&rig);
	rig.client = other;
	ck_assert_int_eq(call(), CDRPC_OK);
	ck_assert_uint_eq(accounts[0].calls, 1);
	ck_assert_uint_eq(accounts[0].ends, 0);
	rig_stopped();
}
END_TEST

/* What waits to be run is not. */
START_TEST(disconnected_with_calls_in_the_queue)
{
	struct cdrpc_pending *pending[3];
	uint32_t i;

	begin();
	for (i = 0; i < 3; i++)
		pending[i] = rig_begun(RIG_STATUS, 0);
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 0, rig_nothing, NULL), CDRPC_OK);
	disconnect();
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending[i], NULL), CDRPC_E_PEER_GONE);
	rig_settle(&rig);
	ck_assert_uint_eq(accounts[0].calls, 0);
	ck_assert_uint_eq(accounts[0].ends, 1);
	rig_stopped();
}
END_TEST

static cdrpc_status
disconnect_its_caller(struct cdrpc_call *call)
{
	struct account *account = cdrpc_peer_data(cdrpc_call_peer(call));

	ck_assert_int_eq(cdrpc_peer_disconnect(cdrpc_call_peer(call)), CDRPC_OK);
	ck_assert(cdrpc_call_is_cancelled(call));
	/* Told when the handler has returned. */
	ck_assert_uint_eq(account->ends, 0);
	return CDRPC_OK;
}

START_TEST(disconnected_by_a_handler)
{
	begin();
	in_handler = disconnect_its_caller;
	ck_assert_int_eq(rig_call(&rig, _i ? RIG_STATUS_INLINE : RIG_STATUS, 0, rig_nothing, NULL), CDRPC_E_PEER_GONE);
	rig_settle(&rig);
	ck_assert_uint_eq(accounts[0].calls, 1);
	ck_assert_uint_eq(accounts[0].ends, 1);
	rig_stopped();
}
END_TEST

static struct cdrpc_call *kept;

static cdrpc_status
keep(struct cdrpc_call *call)
{
	kept = call;
	return cdrpc_call_keep(call);
}

START_TEST(disconnected_with_a_kept_call)
{
	struct cdrpc_pending *pending;

	begin();
	in_handler = keep;
	pending = rig_begun(RIG_STATUS, 0);
	rig_settle(&rig);
	disconnect();
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_PEER_GONE);
	fake_enter(rig.server_thread);
	ck_assert(cdrpc_call_is_cancelled(kept));
	ck_assert_int_eq(cdrpc_call_complete(kept, CDRPC_OK), CDRPC_E_CLOSED);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	ck_assert_uint_eq(accounts[0].ends, 1);
	rig_stopped();
}
END_TEST

static cdrpc_status why;

static void
told(void *self, struct cdrpc_client *client, cdrpc_status status)
{
	(void)self;
	ck_assert_ptr_eq(client, rig.client);
	why = status;
}

static cdrpc_status
end_a_session_of_its_own(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	(void)data;
	ck_assert_int_eq(cdrpc_peer_disconnect(cdrpc_call_peer(call)), CDRPC_OK);
	return CDRPC_OK;
}

static struct cdrpc_client *back;

static void
connect_back(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	ck_assert_int_eq(cdrpc_peer_client(peer, NULL, &back), CDRPC_OK);
}

/* The client's side serves, too: its handler ends the session that its client has opened. */
START_TEST(of_a_session_that_a_client_has_opened)
{
	struct cdrpc_client *front;

	why = CDRPC_OK;
	rig_prepared();
	rig.client_options.disconnected = told;
	rig.server_options.session_opened = connect_back;
	rig.handler = end_a_session_of_its_own;
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	rig_started();
	rig_settle(&rig);
	front = rig.client;
	fake_enter(rig.server_thread);
	rig.client = back;
	ck_assert_int_eq(call(), CDRPC_E_PEER_GONE);
	cdrpc_client_free(back);
	rig.client = front;
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	ck_assert_int_eq(why, CDRPC_E_CLOSED);
	ck_assert_int_eq(call(), CDRPC_E_CLOSED);
	rig_stopped();
}
END_TEST

/* ---- what is told of a server that is freed in the callback ---- */

static uint32_t told_after_free;

static void
free_when_opened(void *self, struct cdrpc_peer *peer)
{
	struct cdrpc_server *server = rig.server;

	(void)self;
	cdrpc_peer_set_data(peer, &accounts[account_count++]);
	if (!server)
		return;
	rig.server = NULL;
	cdrpc_server_free(server);
	told_after_free = accounts[0].ends == 0;
}

/* The end of its session is told in cdrpc_server_free(), whether it had come before or comes by that. Nothing is told after it. */
START_TEST(a_server_freed_when_a_session_is_opened)
{
	memset(accounts, 0, sizeof accounts);
	account_count = 0;
	told_after_free = 0;
	rig_prepared();
	rig.server_options.session_opened = free_when_opened;
	rig.server_options.session_ended = ended;
	rig_started();
	if (_i)
		rig_disconnect(&rig);
	rig_settle(&rig);
	ck_assert_ptr_null(rig.server);
	ck_assert_uint_eq(account_count, 1);
	ck_assert_uint_eq(accounts[0].ends, 1);
	ck_assert_uint_eq(told_after_free, 0);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, data_of_a_peer);
	tcase_add_test(tcase, facts_of_both);
	tcase_add_test(tcase, disconnected);
	tcase_add_test(tcase, disconnected_with_calls_in_the_queue);
	tcase_add_loop_test(tcase, disconnected_by_a_handler, 0, 2);
	tcase_add_test(tcase, disconnected_with_a_kept_call);
	tcase_add_test(tcase, of_a_session_that_a_client_has_opened);
	tcase_add_loop_test(tcase, a_server_freed_when_a_session_is_opened, 0, 2);
}

int
main(void)
{
	return check_main(rig_suite("peers", add));
}
