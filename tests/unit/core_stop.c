/* Servers that stop, and one that did not start. */
#include "base/deadline.h"
#include "rig_check.h"
#include "service/server.h"
#include "service/stop.h"

/* There are no real threads here, so those of a service cannot be made. */
START_TEST(a_start_that_fails_leaves_nothing_to_find)
{
	rig_prepared();
	rig.server_options.threads = 2;
	ck_assert_int_eq(rig_start(&rig), CDRPC_E_OS);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_NOT_FOUND);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_server_start(rig.server), CDRPC_E_STATE);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST


static cdrpc_status
free_and_keep(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	cdrpc_server_free(r->server);
	r->server = NULL;
	return rig_keep(r, call, index, value, data);
}

/* From the application's own loop a handler may free the server. What it keeps is harmless then. */
START_TEST(freed_by_a_handler_that_keeps_its_call)
{
	struct cdrpc_pending *pending = NULL;

	rig_connected();
	rig.handler = free_and_keep;
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 3, rig_nothing, &pending), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_ptr_null(rig.server);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_PEER_GONE);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, CDRPC_OK), CDRPC_E_CLOSED);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static void
stop_from_elsewhere(void)
{
	fake_enter(fake_thread(rig.server_thread));
	cdrpc_server_stop(rig.server);
	cdrpc_server_stop(rig.server);
	fake_enter(rig.client_thread);
}

static struct cdrpc_pending *
begin_kept(void)
{
	struct cdrpc_pending *pending = NULL;

	rig.handler = rig_keep;
	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 3, rig_nothing, &pending), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_ptr_nonnull(rig_kept);
	return pending;
}

/* What was accepted is answered, by a thread that has had nothing to send before; what comes meanwhile is refused. */
START_TEST(accepted_calls_are_answered)
{
	struct cdrpc_pending *pending, *queued = NULL;
	struct cdrpc_client *client;
	struct rig_answer answer;

	rig_connected();
	pending = begin_kept();
	rig.handler = NULL;
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 4, rig_nothing, &queued), CDRPC_OK);
	stop_from_elsewhere();
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_E_STOPPING);
	client = rig.client;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_STOPPING);
	ck_assert_ptr_eq(rig.client, client);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, queued, NULL), 4);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	fake_enter(fake_thread(rig.server_thread));
	ck_assert_int_eq(rig_reply(rig_kept, 8, rig_nothing), CDRPC_OK);
	fake_enter(rig.client_thread);
	/* The session ends with the last of them, and no sooner. */
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, 8);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_E_PEER_GONE);
	rig_stopped();
}
END_TEST

static struct cdrpc_peer *peer;

static void
remember(void *self, struct cdrpc_peer *which)
{
	(void)self;
	peer = which;
}

/* The side that was called back has had nothing for its sender's thread yet, and stopping does not keep that from being made. */
START_TEST(answered_by_one_that_had_sent_nothing)
{
	struct cdrpc_client *own, *back = NULL;
	struct cdrpc_pending *pending = NULL;

	rig_prepared();
	rig.server_options.session_opened = remember;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_settle(&rig);
	own = rig.client;
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_peer_client(peer, NULL, &back), CDRPC_OK);
	rig.client = back;
	rig.handler = rig_keep;
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 3, rig_nothing, &pending), CDRPC_OK);
	rig_settle(&rig);
	cdrpc_server_stop(rig.back);
	fake_enter(fake_thread(rig.client_thread));
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, 5), CDRPC_OK);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), 5);
	cdrpc_client_free(back);
	rig.client = own;
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* A second is all that it has. */
START_TEST(a_call_that_is_not_answered)
{
	struct cdrpc_pending *pending;
	uint64_t before;

	rig_connected();
	pending = begin_kept();
	stop_from_elsewhere();
	rig_settle(&rig);
	before = clock_us();
	ck_assert(!cdrpc_call_is_cancelled(rig_kept));
	fake_advance_us(999000 + DEADLINE_TICK_US);
	rig_settle(&rig);
	ck_assert(!cdrpc_pending_is_done(pending));
	fake_advance_us(1000);
	rig_settle(&rig);
	ck_assert(cdrpc_pending_is_done(pending));
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, NULL), CDRPC_E_PEER_GONE);
	ck_assert_uint_eq(clock_us() - before, 1000000 + DEADLINE_TICK_US);
	ck_assert(cdrpc_call_is_cancelled(rig_kept));
	fake_enter(fake_thread(rig.server_thread));
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, 8), CDRPC_E_CLOSED);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* The loop of a server that runs itself ends when all that is done; also when it had been stopped before it began. */
START_TEST(the_loop_ends)
{
	rig_connected();
	rig_settle(&rig);
	if (_i == 0)
		stop_from_elsewhere();
	else
		ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_OK);
	fake_enter(rig.server_thread);
	if (_i == 1)
		cdrpc_server_stop(rig.server);
	ck_assert_int_eq(cdrpc_server_run(rig.server), CDRPC_OK);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	ck_assert_int_eq(cdrpc_server_run(rig.server), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_E_PEER_GONE);
	rig_stopped();
}
END_TEST

static uint32_t ended;

static void
on_ended(void *self, struct cdrpc_peer *which)
{
	(void)self;
	(void)which;
	ended++;
}

/* Long after the session has ended, and everybody was told: in a loop of its own, as a box has one. */
static cdrpc_status
outlast_the_stop(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	struct endpoint *endpoint;
	uint32_t bells, i;

	(void)call;
	(void)index;
	(void)value;
	(void)data;
	ck_assert_int_eq(server_endpoint(r->server, "test", &endpoint), CDRPC_OK);
	cdrpc_server_stop(r->server);
	for (i = 0; i < 3000; i++) {
		port_run(endpoint->port);
		fake_advance_us(1000);
	}
	ck_assert(cdrpc_call_is_cancelled(call));
	ck_assert_uint_eq(ended, 0);
	bells = endpoint->service->round;
	for (i = 0; i < 1000; i++) {
		port_run(endpoint->port);
		fake_advance_us(1000);
	}
	ck_assert_uint_eq(endpoint->service->round, bells);
	endpoint_unref(endpoint);
	return CDRPC_OK;
}

/* Its end is waited for, and not looked for all the time. */
START_TEST(a_handler_that_lasts_longer)
{
	struct cdrpc_pending *pending = NULL;

	ended = 0;
	rig_prepared();
	rig.server_options.session_ended = on_ended;
	rig.handler = outlast_the_stop;
	rig_started();
	rig_settle(&rig);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 3, rig_nothing, &pending), CDRPC_OK);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_server_run(rig.server), CDRPC_OK);
	ck_assert_uint_eq(ended, 1);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_PEER_GONE);
	rig_stopped();
}
END_TEST

/* A client that waits for nothing, and one that takes no messages, which keeps nobody up. */
START_TEST(freed_without_a_word)
{
	uint64_t before;

	rig_connected();
	rig_settle(&rig);
	fake_hang(rig.client_thread, _i == 1);
	fake_enter(rig.server_thread);
	before = clock_us();
	cdrpc_server_free(rig.server);
	rig.server = NULL;
	ck_assert_uint_le(clock_us() - before, _i == 1 ? 250000 : 0);
	fake_enter(rig.client_thread);
	fake_hang(rig.client_thread, false);
	before = clock_us();
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_E_PEER_GONE);
	if (_i == 0)
		ck_assert_uint_eq(clock_us() - before, 0);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, accepted_calls_are_answered);
	tcase_add_test(tcase, freed_by_a_handler_that_keeps_its_call);
	tcase_add_test(tcase, answered_by_one_that_had_sent_nothing);
	tcase_add_test(tcase, a_call_that_is_not_answered);
	tcase_add_loop_test(tcase, the_loop_ends, 0, 2);
	tcase_add_loop_test(tcase, freed_without_a_word, 0, 2);
	tcase_add_test(tcase, a_handler_that_lasts_longer);
	tcase_add_test(tcase, a_start_that_fails_leaves_nothing_to_find);
}

int
main(void)
{
	return check_main(rig_suite("stop", add));
}
