/* Clients, servers and calls in the hands of other threads than their own: freed, cancelled, finished, asked. */
#include <string.h>

#include "rig_check.h"
#include "session/client.h"

static uint32_t other;          /* another thread of the client's process */
static uint32_t heard, notified, opened, ended;
static bool frees;              /* whoever is told next frees the client, on the other thread */

static void
free_on(uint32_t thread)
{
	fake_enter(thread);
	cdrpc_client_free(rig.client);
	rig.client = NULL;
}

static void
be_told(uint32_t *count)
{
	(*count)++;
	if (!frees)
		return;
	free_on(other);
	fake_enter(rig.client_thread);
}

static void
hear(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	(void)data;
	be_told(&heard);
}

static void
on_done(void *self, struct cdrpc_pending *pending)
{
	(void)self;
	(void)pending;
	be_told(&notified);
}

static void
on_opened(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	opened++;
}

static void
on_ended(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	ended++;
}

static void
begin(void)
{
	heard = notified = opened = ended = 0;
	frees = false;
	rig_prepared();
	rig.server_options.session_opened = on_opened;
	rig.server_options.session_ended = on_ended;
	rig.heard = hear;
	rig_started();
	rig_settle(&rig);
	ck_assert_uint_eq(opened, 1);
	other = fake_thread(rig.client_thread);
}

static void
end(void)
{
	rig_stopped();
}

static struct cdrpc_pending *
begun(uint32_t value)
{
	struct cdrpc_pending *pending = NULL;

	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, value, rig_nothing, &pending), CDRPC_OK);
	return pending;
}

static void
emit(uint32_t value)
{
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_EVENT, value, rig_nothing), CDRPC_OK);
	fake_enter(rig.idle_thread);
}

/* ---- clients ---- */

START_TEST(freed_on_its_own_thread)
{
	begin();
	free_on(rig.client_thread);
	fake_run();
	ck_assert_uint_eq(ended, 1);
	end();
}
END_TEST

START_TEST(freed_by_another_thread)
{
	const struct cdrpc_client *client;

	begin();
	client = rig.client;
	free_on(other);
	/* Its own thread has not looked yet. */
	ck_assert_int_eq(session_state(client->session), SESSION_OPEN);
	ck_assert_uint_eq(ended, 0);
	fake_run();
	ck_assert_uint_eq(ended, 1);
	end();
}
END_TEST

START_TEST(freed_after_its_thread_has_ended)
{
	begin();
	fake_end_thread(rig.client_thread);
	free_on(other);
	/* The goodbye is here: nothing else is to be waited for. */
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	fake_run();
	ck_assert_uint_eq(ended, 1);
	end();
}
END_TEST

START_TEST(freed_before_its_thread_ends)
{
	begin();
	free_on(other);
	fake_end_thread(rig.client_thread);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	fake_run();
	ck_assert_uint_eq(ended, 1);
	end();
}
END_TEST

START_TEST(hears_nothing_when_it_has_been_freed)
{
	begin();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	emit(1);
	fake_run();
	ck_assert_uint_eq(heard, 1);
	emit(2);
	free_on(other);
	emit(3);
	fake_run();
	ck_assert_uint_eq(heard, 1);
	ck_assert_uint_eq(ended, 1);
	end();
}
END_TEST

/* One that runs is not waited for; the next one is not begun. */
START_TEST(hears_nothing_more_when_it_is_freed_in_a_callback)
{
	begin();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	frees = true;
	emit(1);
	emit(2);
	fake_run();
	ck_assert_uint_eq(heard, 1);
	ck_assert_uint_eq(ended, 1);
	end();
}
END_TEST

/* While an event is read, which may take long. */
static void
sink_late(struct cdrpc_reader *r, const void *events, void *self)
{
	(void)events;
	(void)self;
	cdrpc_read_u32(r);
	cdrpc_read_blob(r, 1);
	free_on(other);
	fake_enter(rig.client_thread);
	heard += cdrpc_event_end(r);
}

START_TEST(hears_nothing_when_it_is_freed_before_the_listener_is_called)
{
	static const struct cdrpc_event_entry entry = { RIG_EVENT, true, sink_late };

	begin();
	ck_assert_int_eq(cdrpc_client_listen(rig.client, &rig_interface, &entry, 1, &entry, sizeof entry, NULL), CDRPC_OK);
	emit(1);
	fake_run();
	ck_assert_uint_eq(heard, 0);
	ck_assert_uint_eq(ended, 1);
	end();
}
END_TEST

static uint32_t told_of_loss;

static void
hear_of_loss(void *self, const char *interface_name, const char *event_name)
{
	(void)self;
	(void)interface_name;
	(void)event_name;
	told_of_loss++;
}

static void
free_in_log(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	(void)level;
	if (!strstr(line, "too slow") || !rig.client)
		return;
	free_on(other);
	fake_enter(rig.client_thread);
}

/* A loss comes into the log first, and that takes as long as the application likes. */
START_TEST(is_told_of_no_loss_when_it_is_freed_in_the_log)
{
	struct cdrpc_env env;
	uint32_t i;

	begin();
	rig_disconnect(&rig);
	env = rig.env;
	env.log = free_in_log;
	rig.client_options.env = &env;
	rig.client_options.event_lost = hear_of_loss;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	told_of_loss = 0;
	fake_hang(rig.client_thread, true);
	for (i = 0; i < 300; i++)
		emit(i);
	fake_run();
	fake_hang(rig.client_thread, false);
	fake_advance_us(1000000);
	fake_run();
	ck_assert_ptr_null(rig.client);
	ck_assert_uint_eq(told_of_loss, 0);
	end();
}
END_TEST

static struct cdrpc_peer *seen;

static void
see(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	seen = peer;
}

/* A client by the session that its peer has opened: that goes on, and so do the peer's events. */
START_TEST(hears_nothing_more_of_a_peer)
{
	struct cdrpc_client *back = NULL;
	uint32_t i;

	heard = 0;
	frees = false;
	rig_prepared();
	rig.server_options.session_opened = see;
	rig.heard = hear;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_settle(&rig);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_peer_client(seen, NULL, &back), CDRPC_OK);
	ck_assert_int_eq(rig_listen(&rig, back, true, false), CDRPC_OK);
	for (i = 0; i < 3; i++) {
		fake_enter(rig.client_thread);
		ck_assert_int_eq(rig_emit(rig.back, NULL, RIG_EVENT, i, rig_nothing), CDRPC_OK);
		fake_enter(rig.idle_thread);
		fake_run();
		if (i > 0)
			continue;
		ck_assert_uint_eq(heard, 1);
		fake_enter(_i ? fake_thread(rig.server_thread) : rig.server_thread);
		cdrpc_client_free(back);
	}
	ck_assert_uint_eq(heard, 1);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 6, rig_nothing, NULL), 6);
	end();
}
END_TEST

static cdrpc_status
free_in_handler(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)index;
	if (value == 1) {
		fake_enter(other);
		cdrpc_client_free(r->client);
		fake_enter(r->server_thread);
	}
	return rig_reply(call, value, data);
}

/* The thread is in calls alone, and never in a loop: it looks when its call has ended. */
START_TEST(freed_while_its_thread_calls)
{
	struct rig_answer answer = { 0 };

	begin();
	rig.handler = free_in_handler;
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO_INLINE, 1, rig_nothing, &answer), CDRPC_OK);
	rig.client = NULL;
	ck_assert_uint_eq(answer.value, 1);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	end();
}
END_TEST

/* Whoever still calls by it is told so. */
START_TEST(called_when_it_has_been_freed)
{
	struct cdrpc_client *client;
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_buffer *buffer;

	begin();
	client = rig.client;
	free_on(other);
	fake_enter(rig.client_thread);
	rig.client = client;
	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 1, rig_nothing, &pending), CDRPC_E_CLOSED);
	ck_assert_int_eq(cdrpc_buffer_new(client, 1, &buffer), CDRPC_E_CLOSED);
	ck_assert_int_eq(rig_listen(&rig, client, true, true), CDRPC_E_CLOSED);
	rig.client = NULL;
	rig_settle(&rig);
	ck_assert_uint_eq(ended, 1);
	end();
}
END_TEST

START_TEST(asked_by_another_thread)
{
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_stats stats;
	struct cdrpc_buffer *buffer;

	begin();
	fake_enter(other);
	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 1, rig_nothing, &pending), CDRPC_E_WRONG_THREAD);
	ck_assert_int_eq(rig_begin(&rig, RIG_NOTE, 1, rig_nothing, NULL), CDRPC_E_WRONG_THREAD);
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, 1, &buffer), CDRPC_E_WRONG_THREAD);
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_E_WRONG_THREAD);
	cdrpc_client_set_timeout(rig.client, 1234);
	cdrpc_client_get_stats(rig.client, &stats);
	ck_assert_uint_eq(stats.calls, 0);
	end();
}
END_TEST

/* ---- calls ---- */

START_TEST(finished_twice)
{
	struct cdrpc_pending *pending;
	struct rig_answer answer;

	begin();
	pending = begun(7);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_OK);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_STATE);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, NULL, &answer), CDRPC_E_STATE);
	ck_assert_uint_eq(answer.value, 7);
	end();
}
END_TEST

START_TEST(finished_by_another_thread)
{
	struct cdrpc_pending *pending;
	struct rig_answer answer;
	cdrpc_handle event;

	begin();
	pending = begun(7);
	fake_enter(other);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_WRONG_THREAD);
	ck_assert_int_eq(cdrpc_pending_notify(pending, on_done, NULL), CDRPC_E_WRONG_THREAD);
	ck_assert_int_eq(cdrpc_pending_event(pending, &event), CDRPC_E_WRONG_THREAD);
	ck_assert(!cdrpc_pending_is_done(pending));
	fake_run();
	/* It is still the other's. */
	fake_enter(rig.client_thread);
	ck_assert(cdrpc_pending_is_done(pending));
	fake_enter(other);
	ck_assert(cdrpc_pending_is_done(pending));
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, 7);
	end();
}
END_TEST

START_TEST(cancelled_by_another_thread)
{
	struct cdrpc_pending *pending;
	struct rig_answer answer;

	begin();
	fake_hang(rig.server_thread, true);
	fake_enter(rig.client_thread);
	cdrpc_client_set_timeout(rig.client, 100);
	fake_hang(rig.server_thread, false);
	pending = begun(7);
	ck_assert_int_eq(cdrpc_pending_notify(pending, on_done, NULL), CDRPC_OK);
	fake_hang(rig.server_thread, true);
	fake_enter(other);
	cdrpc_pending_cancel(pending);
	fake_run();
	ck_assert_uint_eq(notified, 1);
	fake_hang(rig.server_thread, false);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_CANCELLED);
	end();
}
END_TEST

/* Its callback is not called, by whomever the client was freed; the call is still to be finished. */
START_TEST(notifies_of_nothing_when_its_client_was_freed)
{
	struct cdrpc_pending *pending;
	struct rig_answer answer;

	begin();
	/* The client of a server of its thread: that goes on. */
	rig_disconnect(&rig);
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	pending = begun(7);
	ck_assert_int_eq(cdrpc_pending_notify(pending, on_done, NULL), CDRPC_OK);
	fake_hang(rig.server_thread, true);
	free_on(_i ? other : rig.client_thread);
	fake_enter(rig.idle_thread);
	fake_run();
	fake_hang(rig.server_thread, false);
	fake_run();
	ck_assert_uint_eq(notified, 0);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_CLOSED);
	end();
}
END_TEST

START_TEST(notifies_of_no_other_when_it_is_freed_in_a_callback)
{
	struct cdrpc_pending *pendings[2];
	struct rig_answer answer;
	uint32_t i;

	begin();
	for (i = 0; i < 2; i++) {
		pendings[i] = begun(7);
		ck_assert_int_eq(cdrpc_pending_notify(pendings[i], on_done, NULL), CDRPC_OK);
	}
	/* Both answers are there before the client's loop turns. */
	fake_run();
	frees = true;
	fake_enter(rig.idle_thread);
	fake_run();
	ck_assert_uint_eq(notified, 1);
	fake_enter(rig.client_thread);
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pendings[i], &answer), CDRPC_OK);
	end();
}
END_TEST

/* The system refuses to wait: the call ends at once, and not in a loop until its deadline. */
START_TEST(ends_where_nothing_can_be_waited_for)
{
	struct cdrpc_pending *pending;
	struct rig_answer answer;

	begin();
	pending = begun(7);
	fake_faults()->wait = true;
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_OS);
	fake_faults()->wait = false;
	end();
}
END_TEST

/* ---- servers ---- */

START_TEST(server_freed_by_another_thread)
{
	uint32_t another;

	begin();
	another = fake_thread(rig.server_thread);
	fake_enter(another);
	cdrpc_server_free(rig.server);
	ck_assert_uint_eq(ended, 0);
	fake_run();
	ck_assert_uint_eq(ended, 1);
	rig.server = NULL;
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 1, rig_nothing, NULL), CDRPC_E_PEER_GONE);
	end();
}
END_TEST

static cdrpc_status
free_server(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)index;
	if (value == 1) {
		fake_enter(fake_thread(r->server_thread));
		cdrpc_server_free(r->server);
		fake_enter(r->server_thread);
	}
	return rig_reply(call, value, data);
}

/* The loop on the stack is left before what it works with is gone. */
START_TEST(server_freed_while_it_runs)
{
	struct cdrpc_pending *pending;
	struct rig_answer answer = { 0 };

	begin();
	rig.handler = free_server;
	pending = begun(1);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_server_run(rig.server), CDRPC_OK);
	rig.server = NULL;
	ck_assert_uint_eq(ended, 1);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_OK);
	end();
}
END_TEST

/* ---- who ends without a word ---- */

START_TEST(a_thread_that_ends_is_noticed)
{
	uint32_t i;

	begin();
	fake_enter(rig.idle_thread);
	/* Long after the last frame, when no handshake is looked after any more. */
	for (i = 0; i < 10; i++) {
		fake_advance_us(1000000);
		fake_run();
	}
	ck_assert_uint_eq(ended, 0);
	fake_end_thread(rig.client_thread);
	for (i = 0; i < 5 && ended == 0; i++) {
		fake_advance_us(1000000);
		fake_run();
	}
	ck_assert_uint_eq(ended, 1);
	end();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, freed_on_its_own_thread);
	tcase_add_test(tcase, freed_by_another_thread);
	tcase_add_test(tcase, freed_after_its_thread_has_ended);
	tcase_add_test(tcase, freed_before_its_thread_ends);
	tcase_add_test(tcase, hears_nothing_when_it_has_been_freed);
	tcase_add_test(tcase, hears_nothing_more_when_it_is_freed_in_a_callback);
	tcase_add_test(tcase, hears_nothing_when_it_is_freed_before_the_listener_is_called);
	tcase_add_test(tcase, is_told_of_no_loss_when_it_is_freed_in_the_log);
	tcase_add_loop_test(tcase, hears_nothing_more_of_a_peer, 0, 2);
	tcase_add_test(tcase, freed_while_its_thread_calls);
	tcase_add_test(tcase, called_when_it_has_been_freed);
	tcase_add_test(tcase, asked_by_another_thread);
	tcase_add_test(tcase, finished_twice);
	tcase_add_test(tcase, finished_by_another_thread);
	tcase_add_test(tcase, cancelled_by_another_thread);
	tcase_add_loop_test(tcase, notifies_of_nothing_when_its_client_was_freed, 0, 2);
	tcase_add_test(tcase, notifies_of_no_other_when_it_is_freed_in_a_callback);
	tcase_add_test(tcase, ends_where_nothing_can_be_waited_for);
	tcase_add_test(tcase, server_freed_by_another_thread);
	tcase_add_test(tcase, server_freed_while_it_runs);
	tcase_add_test(tcase, a_thread_that_ends_is_noticed);
}

int
main(void)
{
	return check_main(rig_suite("drop", add));
}
