/* Events on the fake transport, in rings and by messages: who hears what, and in which order. core_losses.c has what is lost. */
#include <string.h>

#include "rig_check.h"
#include "service/server.h"
#include "session/client.h"

static struct {
	uint32_t count;
	uint32_t wrong;         /* not the next value, or other data than it should have */
	uint32_t next;
	uint32_t last;
	uint32_t latest_count;
	uint32_t latest;
	uint32_t in_message;
} heard;

static uint32_t lost_count;

static void
hear(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	const struct endpoint *endpoint = r->client->endpoint;

	heard.in_message += endpoint->thread.shared->nesting > 0;
	if (index == RIG_LATEST) {
		heard.latest_count++;
		heard.latest = value;
		return;
	}
	heard.count++;
	heard.wrong += value != heard.next++ || data.size != value % 50 || (data.size && memcmp(data.data, "0123456789", 1) != 0);
	heard.last = value;
}

static void
hear_of_loss(void *self, const char *interface_name, const char *event_name)
{
	(void)self;
	(void)interface_name;
	(void)event_name;
	lost_count++;
}

static void
begin(void)
{
	memset(&heard, 0, sizeof heard);
	lost_count = 0;
	rig_prepared();
	rig.heard = hear;
	rig.client_options.event_lost = hear_of_loss;
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
}

static void
end(void)
{
	ck_assert_uint_eq(heard.in_message, 0);
	rig_stopped();
}

static void
emit_to(struct cdrpc_peer *to, uint32_t index, uint32_t from, uint32_t count)
{
	static const char digits[] = "00000000000000000000000000000000000000000000000000";
	uint32_t value, failed = 0;

	fake_enter(rig.server_thread);
	for (value = from; value < from + count; value++)
		failed += rig_emit(rig.server, to, index, value, (struct cdrpc_bytes){ digits, value % 50 }) != CDRPC_OK;
	ck_assert_uint_eq(failed, 0);
	fake_enter(rig.client_thread);
}

static void
emit(uint32_t index, uint32_t from, uint32_t count)
{
	emit_to(NULL, index, from, count);
}

START_TEST(heard_in_order_from_the_loop)
{
	begin();
	emit(RIG_EVENT, 0, 100);
	ck_assert_uint_eq(heard.count, 0);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 100);
	emit(RIG_EVENT, 100, 100);
	rig_settle(&rig);
	emit(RIG_EVENT, 200, 100);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 300);
	ck_assert_uint_eq(heard.wrong, 0);
	ck_assert_uint_eq(lost_count, 0);
	end();
}
END_TEST

/* The listener is in its loop, and makes no call by which it would look. */
START_TEST(a_ring_that_is_refused_comes_again)
{
	uint32_t wanted = rig_resident && _i ? 1 : 2;

	begin();
	fake_faults()->ring_peer = true;
	emit(_i ? RIG_LATEST : RIG_EVENT, 0, 2);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count + heard.latest_count, rig_resident ? 0 : wanted);
	fake_advance_us(300000);
	rig_settle(&rig);
	fake_faults()->ring_peer = false;
	fake_advance_us(300000);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, _i ? 0 : wanted);
	ck_assert_uint_eq(heard.latest_count, _i ? wanted : 0);
	end();
}
END_TEST

static cdrpc_status
emit_and_return(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)call;
	(void)index;
	ck_assert_int_eq(rig_emit(r->server, NULL, RIG_EVENT, value, data), CDRPC_OK);
	return CDRPC_OK;
}

/* Emitted while the client waits for its call: it hears of it after, unless it lets everything in. */
START_TEST(heard_after_the_call)
{
	uint32_t value;

	memset(&heard, 0, sizeof heard);
	rig_prepared();
	rig.heard = hear;
	rig.client_options.reentry = (enum cdrpc_reentry)_i;
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	rig.handler = emit_and_return;
	for (value = 0; value < 5; value++) {
		ck_assert_int_eq(rig_call(&rig, value % 2 ? RIG_STATUS : RIG_STATUS_INLINE, value,
					  (struct cdrpc_bytes){ "0000", value }, NULL),
				 CDRPC_OK);
		if (_i != CDRPC_REENTRY_ALLOW)
			ck_assert_uint_eq(heard.count, value);
		rig_settle(&rig);
		ck_assert_uint_eq(heard.count, value + 1);
	}
	ck_assert_uint_eq(heard.wrong, 0);
	end();
}
END_TEST

static struct cdrpc_peer *peers[2];
static uint32_t peer_count;

static void
opened(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	ck_assert_uint_lt(peer_count, 2);
	peers[peer_count++] = peer;
}

/* All that listen, each what it listens to; or one alone. */
START_TEST(all_or_one)
{
	struct cdrpc_client *second = NULL;

	memset(&heard, 0, sizeof heard);
	peer_count = 0;
	rig_prepared();
	rig.heard = hear;
	rig.server_options.session_opened = opened;
	rig_started();
	rig_settle(&rig);
	ck_assert_int_eq(client_connect(RIG_SERVICE, &rig.client_options, NULL, &second), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_uint_eq(peer_count, 2);
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, false), CDRPC_OK);
	ck_assert_int_eq(rig_listen(&rig, second, false, true), CDRPC_OK);
	emit(RIG_EVENT, 0, 3);
	emit(RIG_LATEST, 7, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 3);
	ck_assert_uint_eq(heard.latest_count, 1);
	ck_assert_int_eq(rig_listen(&rig, second, true, true), CDRPC_OK);
	emit(RIG_EVENT, 3, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 5);
	ck_assert_uint_eq(heard.last, 3);
	emit_to(peers[0], RIG_LATEST, 8, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.latest, 7);
	emit_to(peers[1], RIG_LATEST, 9, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.latest, 9);
	cdrpc_client_free(second);
	rig_settle(&rig);
	end();
}
END_TEST

static void
ended(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	ck_assert_uint_gt(peer_count, 0);
	ck_assert_ptr_eq(peers[--peer_count], peer);
	heard.count++;
}

/* One that ends before the server was back in its loop: a handler may have seen it. */
START_TEST(a_short_session)
{
	memset(&heard, 0, sizeof heard);
	peer_count = 0;
	rig_prepared();
	rig.server_options.session_opened = opened;
	rig.server_options.session_ended = ended;
	rig_started();
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, 3, rig_nothing, NULL), 3);
	ck_assert_uint_eq(peer_count, 0);
	rig_disconnect(&rig);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 1);
	ck_assert_uint_eq(peer_count, 0);
	rig_stopped();
}
END_TEST

static uint32_t secrets;

static void
hear_secret(struct cdrpc_reader *r, const void *events, void *self)
{
	(void)events;
	(void)self;
	secrets += cdrpc_event_end(r);
}

static void
is_medium(void *self, struct cdrpc_peer_facts *facts)
{
	(void)self;
	facts->integrity = CDRPC_INTEGRITY_MEDIUM;
	facts->same_user = false;
}

/* An interface's policy holds for its events, too. */
START_TEST(policies_of_interfaces)
{
	static const struct cdrpc_method methods[] = { { "secret", 1, 1, CDRPC_METHOD_EVENT, 0, 0, 0, NULL } };
	static const struct cdrpc_interface ifaces[] = {
		{ UINT64_C(77), "rig.Medium", 1, CDRPC_INTEGRITY_MEDIUM, 0, 0, 1, methods, NULL },
		{ UINT64_C(78), "rig.High", 1, CDRPC_INTEGRITY_HIGH, 0, 0, 1, methods, NULL },
		{ UINT64_C(79), "rig.Own", 1, CDRPC_INTEGRITY_ANY, 1, 0, 1, methods, NULL },
	};
	static const struct cdrpc_event_entry entry = { 0, true, hear_secret };
	struct cdrpc_writer w;

	secrets = 0;
	rig_prepared();
	rig.server_hooks.facts = is_medium;
	rig_started();
	ck_assert_int_eq(cdrpc_client_listen(rig.client, &ifaces[_i], &entry, 1, &entry, sizeof entry, NULL), CDRPC_OK);
	fake_enter(rig.server_thread);
	cdrpc_event_begin(&w, rig.server, NULL, &ifaces[_i], 0);
	ck_assert_int_eq(cdrpc_event_send(&w), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_uint_eq(secrets, _i == 0);
	rig_stopped();
}
END_TEST

START_TEST(unsubscribed)
{
	begin();
	emit(RIG_EVENT, 0, 2);
	rig_settle(&rig);
	ck_assert_int_eq(rig_listen(&rig, rig.client, false, true), CDRPC_OK);
	emit(RIG_EVENT, 2, 2);
	emit(RIG_LATEST, 5, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 2);
	ck_assert_uint_eq(heard.latest_count, 1);
	/* What is on its way when nobody listens any more is not heard. */
	emit(RIG_LATEST, 6, 1);
	ck_assert_int_eq(rig_listen(&rig, rig.client, false, false), CDRPC_OK);
	emit(RIG_LATEST, 7, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.latest_count, 1);
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, false), CDRPC_OK);
	emit(RIG_EVENT, 2, 2);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 4);
	ck_assert_uint_eq(heard.wrong, 0);
	end();
}
END_TEST

START_TEST(the_latest_counts)
{
	uint32_t round;

	begin();
	for (round = 0; round < 20; round++) {
		emit(RIG_LATEST, round * 100, 50);
		emit(RIG_EVENT, round, 1);
		emit(RIG_LATEST, round * 100 + 50, 50);
		rig_settle(&rig);
		ck_assert_uint_eq(heard.latest, round * 100 + 99);
		/* By message the first is on its way when the others come. */
		ck_assert_uint_eq(heard.latest_count, (round + 1) * (rig_resident ? 1 : 2));
	}
	ck_assert_uint_eq(heard.count, 20);
	ck_assert_uint_eq(heard.wrong, 0);
	ck_assert_uint_eq(lost_count, 0);
	end();
}
END_TEST

static void
free_the_client(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)index;
	(void)value;
	(void)data;
	heard.count++;
	cdrpc_client_free(r->client);
	r->client = NULL;
}

/* A listener may do anything. Nothing is heard of a client that is no more. */
START_TEST(freed_by_the_listener)
{
	begin();
	rig.heard = free_the_client;
	emit(RIG_EVENT, 0, 5);
	emit(RIG_LATEST, 0, 5);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 1);
	ck_assert_uint_eq(lost_count, 0);
	end();
}
END_TEST

static struct cdrpc_call *kept;

static cdrpc_status
emit_and_keep(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	kept = call;
	emit_and_return(r, call, index, value, data);
	return cdrpc_call_keep(call);
}

/* The same inside of a wait for an answer, where everything is let in. */
START_TEST(freed_by_the_listener_in_a_call)
{
	memset(&heard, 0, sizeof heard);
	rig_prepared();
	rig.heard = free_the_client;
	rig.client_options.reentry = CDRPC_REENTRY_ALLOW;
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	rig.handler = emit_and_keep;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_E_CLOSED);
	ck_assert_uint_eq(heard.count, 1);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(kept, CDRPC_OK), CDRPC_E_CLOSED);
	fake_enter(rig.client_thread);
	end();
}
END_TEST

static void
listen_no_more(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)index;
	(void)value;
	(void)data;
	heard.count++;
	ck_assert_int_eq(rig_listen(r, r->client, false, false), CDRPC_OK);
}

START_TEST(unsubscribed_by_the_listener)
{
	begin();
	rig.heard = listen_no_more;
	emit(RIG_EVENT, 0, 5);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 1);
	end();
}
END_TEST

static void
call_back(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	hear(r, index, value, data);
	ck_assert_int_eq(rig_call(r, RIG_STATUS, value + 1, rig_nothing, NULL), (cdrpc_status)value + 1);
}

START_TEST(calls_from_a_listener)
{
	begin();
	rig.heard = call_back;
	emit(RIG_EVENT, 0, 10);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 10);
	ck_assert_uint_eq(heard.wrong, 0);
	ck_assert_uint_eq(rig.runs, 10);
	end();
}
END_TEST

START_TEST(what_cannot_be_emitted)
{
	struct cdrpc_bytes large = rig_data(65536);
	struct cdrpc_server *other = NULL;

	begin();
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_EVENT, 0, large), CDRPC_E_TOO_LARGE);
	ck_assert_int_eq(cdrpc_server_new("other", &rig.server_options, &other), CDRPC_OK);
	ck_assert_int_eq(rig_emit(other, NULL, RIG_EVENT, 0, rig_nothing), CDRPC_E_STATE);
	cdrpc_server_free(other);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count + lost_count, 0);
	emit(RIG_EVENT, 0, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 1);
	rig_data_free(large);
	end();
}
END_TEST

static enum fake_fate
count_events(void *self, const struct fake_send *send)
{
	struct frame frame;

	if (frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_EVENT)
		++*(uint32_t *)self;
	return FAKE_DELIVER;
}

/* What is on its way by message then is not sent any more. */
START_TEST(nothing_is_sent_to_who_has_left)
{
	uint32_t sent = 0;

	begin();
	emit(RIG_EVENT, 0, 20);
	rig_disconnect(&rig);
	fake_judge(count_events, &sent);
	rig_settle(&rig);
	fake_judge(NULL, NULL);
	ck_assert_uint_eq(sent, 0);
	ck_assert_uint_eq(heard.count, 0);
	end();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, heard_in_order_from_the_loop);
	tcase_add_loop_test(tcase, a_ring_that_is_refused_comes_again, 0, 2);
	tcase_add_loop_test(tcase, heard_after_the_call, 0, 3);
	tcase_add_test(tcase, all_or_one);
	tcase_add_test(tcase, a_short_session);
	tcase_add_loop_test(tcase, policies_of_interfaces, 0, 3);
	tcase_add_test(tcase, unsubscribed);
	tcase_add_test(tcase, the_latest_counts);
	tcase_add_test(tcase, freed_by_the_listener);
	tcase_add_test(tcase, freed_by_the_listener_in_a_call);
	tcase_add_test(tcase, unsubscribed_by_the_listener);
	tcase_add_test(tcase, calls_from_a_listener);
	tcase_add_test(tcase, what_cannot_be_emitted);
	tcase_add_test(tcase, nothing_is_sent_to_who_has_left);
}

int
main(void)
{
	return check_main(rig_suite("events", add));
}
