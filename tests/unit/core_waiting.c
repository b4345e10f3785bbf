/* What a thread hears and runs while it waits for an answer, with one endpoint or several, and what it still hears afterwards. */
#include <string.h>

#include "base/deadline.h"
#include "calls/call.h"
#include "fake_world.h"
#include "rig_check.h"
#include "service/server.h"
#include "session/client.h"

#define APART "rig.apart"

/* ---- a client and a server of one thread that have nothing else to do with each other ---- */

static struct {
	struct cdrpc_client *to_back;   /* the server's, to what the client's thread serves */
	uint32_t left;
	cdrpc_status status;
	struct causality chain;
	uint32_t same_chain;
} apart;

static cdrpc_status
call_apart(uint32_t index, uint32_t value)
{
	struct cdrpc_client *before = rig.client;
	cdrpc_status status;

	rig.client = apart.to_back;
	status = rig_call(&rig, index, value, rig_nothing, NULL);
	rig.client = before;
	return status;
}

static void
begin_apart(enum cdrpc_reentry client)
{
	struct cdrpc_client_options options = { .env = &rig.env };
	struct cdrpc_server_options back;

	memset(&apart, 0, sizeof apart);
	rig_prepared();
	back = rig.server_options;
	back.reentry = client;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_too(&rig, APART, &back, &rig.back), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(client_connect(APART, &options, NULL, &apart.to_back), CDRPC_OK);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
}

static void
end_apart(void)
{
	fake_enter(rig.server_thread);
	cdrpc_client_free(apart.to_back);
	fake_enter(rig.client_thread);
	rig_stopped();
}

static enum fake_fate
cross_apart(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (apart.left == 0 || frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_REQUEST)
		return FAKE_DELIVER;
	apart.left--;
	fake_enter(rig.server_thread);
	apart.status = call_apart(RIG_STATUS, 5);
	fake_enter(rig.client_thread);
	return FAKE_DELIVER;
}

START_TEST(crossing_calls_of_two_endpoints_are_refused)
{
	static const enum cdrpc_reentry policies[] = { CDRPC_REENTRY_QUEUE, CDRPC_REENTRY_REFUSE };

	begin_apart(policies[_i]);
	apart.left = 1;
	fake_judge(cross_apart, NULL);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 6, rig_nothing, NULL), 6);
	fake_judge(NULL, NULL);
	ck_assert_int_eq(apart.status, CDRPC_E_WOULD_DEADLOCK);
	/* Nobody waits: it goes. */
	fake_enter(rig.server_thread);
	ck_assert_int_eq(call_apart(RIG_STATUS, 5), 5);
	fake_enter(rig.client_thread);
	end_apart();
}
END_TEST

static cdrpc_status
go_on_apart(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	const struct causality *causality = &session_of(cdrpc_call_peer(call))->endpoint->thread.shared->current->causality;

	(void)index;
	(void)data;
	if (r->runs == 1)
		apart.chain = *causality;
	apart.same_chain += causality_same(causality, &apart.chain) && causality->depth == r->runs;
	return value == 0 ? 77 : call_apart(RIG_STATUS_INLINE, value - 1);
}

/* The chain goes through, whichever endpoint a call is made with. */
START_TEST(a_chain_through_two_endpoints)
{
	begin_apart(CDRPC_REENTRY_QUEUE);
	rig.handler = go_on_apart;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 1, rig_nothing, NULL), 77);
	ck_assert_uint_eq(rig.runs, 2);
	ck_assert_uint_eq(apart.same_chain, 2);
	end_apart();
}
END_TEST

/* ---- a third process ---- */

static struct cdrpc_peer *peer;         /* the client */
static struct cdrpc_client *third;
static uint32_t third_thread;

static void
opened(void *self, struct cdrpc_peer *which)
{
	(void)self;
	if (!peer)
		peer = which;
}

static cdrpc_status
call_back(struct cdrpc_peer *to, uint32_t index, uint32_t value)
{
	struct cdrpc_client *before = rig.client, *back = NULL;
	cdrpc_status status = cdrpc_peer_client(to, &rig.client_options, &back);

	if (status != CDRPC_OK)
		return status;
	rig.client = back;
	status = rig_call(&rig, index, value, rig_nothing, NULL);
	rig.client = before;
	cdrpc_client_free(back);
	return status;
}

/* The server allows everything. Both others can be called. */
static void
begin_three(void)
{
	struct cdrpc_server_options back;

	peer = NULL;
	rig_prepared();
	back = rig.server_options;
	rig.server_options.session_opened = opened;
	rig.server_options.reentry = CDRPC_REENTRY_ALLOW;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, &back), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_settle(&rig);
	third_thread = fake_process();
}

#define MANY 12

static struct {
	struct cdrpc_server *server;    /* the third one's, which calls only come back to */
	struct cdrpc_pending *pending[MANY];
	uint32_t deepest;
} many;

static cdrpc_status
begin_third(uint32_t value, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_client *before = rig.client;
	cdrpc_status status;

	fake_enter(third_thread);
	rig.client = third;
	status = rig_begin(&rig, RIG_STATUS, value, rig_nothing, ret_pending);
	rig.client = before;
	return status;
}

static cdrpc_status
finish_third(struct cdrpc_pending *pending)
{
	cdrpc_status status;

	fake_enter(third_thread);
	status = rig_finish(&rig, RIG_STATUS, pending, NULL);
	return status;
}

/* In the server: a call of the third one's calls the client, which takes a while to come to it. */
static cdrpc_status
nest(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	const struct session *session = session_of(cdrpc_call_peer(call));
	const struct wait *wait = session->endpoint->thread.shared->waits;

	(void)r;
	(void)index;
	(void)data;
	if (session == session_of(peer) || session->is_client)
		return (cdrpc_status)value;
	if (wait && wait->depth > many.deepest)
		many.deepest = wait->depth;
	return call_back(peer, RIG_STATUS, value);
}

START_TEST(waits_do_not_nest_without_end)
{
	struct cdrpc_client_options options = { .env = &rig.env };
	uint32_t i;

	memset(&many, 0, sizeof many);
	begin_three();
	rig.handler = nest;
	fake_enter(third_thread);
	ck_assert_int_eq(client_connect(RIG_SERVICE, &options, NULL, &third), CDRPC_OK);
	for (i = 0; i < MANY; i++)
		ck_assert_int_eq(begin_third(i + 1, &many.pending[i]), CDRPC_OK);
	for (i = 0; i < MANY; i++)
		ck_assert_int_eq(finish_third(many.pending[i]), (cdrpc_status)i + 1);
	ck_assert_uint_eq(many.deepest, ENDPOINT_WAITS_MAX - 1);
	cdrpc_client_free(third);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* In the server: while it waits for the client, a call of the third one's calls that one back, so that it waits in a wait. */
static cdrpc_status
wait_in_a_wait(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	const struct session *session = session_of(cdrpc_call_peer(call));

	(void)r;
	(void)index;
	(void)data;
	return session->is_client || value != 4 ? (cdrpc_status)value : call_back(cdrpc_call_peer(call), RIG_STATUS, 3);
}

/* An endpoint has one event. Whoever is woken by it in the place of another must not let that one sleep on. */
START_TEST(a_wait_inside_takes_no_answer_away)
{
	struct cdrpc_client_options options = { .env = &rig.env };
	struct cdrpc_server_options anonymous;
	struct cdrpc_pending *pending = NULL;
	uint64_t began;

	begin_three();
	rig.handler = wait_in_a_wait;
	fake_enter(third_thread);
	anonymous = rig.server_options;
	anonymous.session_opened = NULL;
	ck_assert_int_eq(rig_serve_too(&rig, NULL, &anonymous, &many.server), CDRPC_OK);
	options.server = many.server;
	ck_assert_int_eq(client_connect(RIG_SERVICE, &options, NULL, &third), CDRPC_OK);
	ck_assert_int_eq(begin_third(4, &pending), CDRPC_OK);
	began = clock_us();
	fake_enter(rig.server_thread);
	ck_assert_int_eq(call_back(peer, RIG_STATUS, 5), 5);
	ck_assert_uint_eq(clock_us(), began);
	ck_assert_int_eq(finish_third(pending), 3);
	cdrpc_client_free(third);
	cdrpc_server_free(many.server);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* ---- inside of a message ---- */

/* client: [inline] to the server; server: [inline] back; client: a posted call, which the server could run only afterwards. */
static cdrpc_status
into_a_message(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)data;
	switch (value) {
	case 2:
		return call_back(cdrpc_call_peer(call), RIG_STATUS_INLINE, 1);
	case 1:
		return call_back(cdrpc_call_peer(call), RIG_STATUS, 99);
	default:
		return (cdrpc_status)value;
	}
}

START_TEST(a_call_that_could_not_be_run_is_refused)
{
	begin_three();
	rig.handler = into_a_message;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, 2, rig_nothing, NULL), CDRPC_E_WOULD_DEADLOCK);
	ck_assert_uint_eq(rig.runs, 2);
	rig_stopped();
}
END_TEST

/* ---- a handler that runs a loop of its own while its thread waits ---- */

static struct {
	struct cdrpc_client *client;    /* rig.client is the one of whoever calls */
	struct cdrpc_call *kept;
	struct cdrpc_call *waited_for;  /* kept as well, and the client waits for its end */
	bool early;             /* before the handler begins */
	bool emits;             /* an event is emitted, else the call is answered */
	uint32_t done;
	uint32_t heard;
	uint32_t done_inside;
	uint32_t heard_inside;
	cdrpc_handle event;     /* to be asked for in there */
	struct cdrpc_pending *by_event;
} box;

static void
box_done(void *self, struct cdrpc_pending *pending)
{
	(void)self;
	box.done++;
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), 9);
}

static void
box_heard(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	(void)data;
	box.heard++;
}

/* On the server's thread. */
static void
answer_or_emit(void)
{
	if (box.emits)
		ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_EVENT, 1, rig_nothing), CDRPC_OK);
	else
		ck_assert_int_eq(cdrpc_call_complete(box.kept, 9), CDRPC_OK);
}

static cdrpc_status
run_a_box(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)data;
	if (value == 7) {
		box.kept = call;
		return cdrpc_call_keep(call);
	}
	if (value == 2) {
		if (box.early)
			answer_or_emit();
		return call_back(cdrpc_call_peer(call), RIG_STATUS_INLINE, 1);
	}
	if (box.by_event && rig_resident)
		ck_assert_int_eq(cdrpc_pending_event(box.by_event, &box.event), CDRPC_OK);
	if (!box.early && !box.by_event) {
		fake_enter(rig.server_thread);
		answer_or_emit();
		fake_enter(rig.client_thread);
	}
	port_run(box.client->endpoint->port);
	box.done_inside = box.done;
	box.heard_inside = box.heard;
	return (cdrpc_status)value;
}

/* The loop is told, as any other, and not by a wait that is over only after it. */
START_TEST(a_loop_inside_of_a_wait)
{
	static const uint32_t indices[] = { RIG_STATUS, RIG_STATUS_INLINE };
	struct cdrpc_pending *pending = NULL;
	uint64_t began;

	memset(&box, 0, sizeof box);
	box.early = (_i & 2) != 0;
	box.emits = (_i & 4) != 0;
	begin_three();
	box.client = rig.client;
	rig.handler = run_a_box;
	rig.heard = box_heard;
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, false), CDRPC_OK);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 7, rig_nothing, &pending), CDRPC_OK);
	ck_assert_int_eq(cdrpc_pending_notify(pending, box_done, NULL), CDRPC_OK);
	rig_settle(&rig);
	began = clock_us();
	ck_assert_int_eq(rig_call(&rig, indices[_i % 2], 2, rig_nothing, NULL), 1);
	ck_assert_uint_eq(box.done_inside, !box.emits);
	ck_assert_uint_eq(box.heard_inside, box.emits);
	ck_assert_uint_eq(clock_us(), began);
	fake_enter(rig.server_thread);
	if (box.emits)
		ck_assert_int_eq(cdrpc_call_complete(box.kept, 9), CDRPC_OK);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	ck_assert_uint_eq(box.done, 1);
	ck_assert_uint_eq(box.heard, box.emits);
	rig_stopped();
}
END_TEST

/* ---- a message to a window of the application's, handled in a wait of ours, which runs a loop ---- */

static cdrpc_status
keep_either(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)data;
	if (value == 7) {
		box.kept = call;
	} else {
		box.waited_for = call;
		if (box.early)
			answer_or_emit();
	}
	return cdrpc_call_keep(call);
}

/* The loop, and what happens meanwhile. */
static void
open_box(void)
{
	if (!box.early) {
		fake_enter(rig.server_thread);
		answer_or_emit();
		fake_enter(rig.client_thread);
	}
	port_run(box.client->endpoint->port);
	box.done_inside = box.done;
	box.heard_inside = box.heard;
}

static void
look(void)
{
	struct cdrpc_call *call = box.waited_for;

	if (!call)
		return;
	box.waited_for = NULL;
	open_box();
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(call, 1), CDRPC_OK);
	fake_enter(rig.client_thread);
}

static void
begin_box(bool emits, bool early)
{
	struct cdrpc_pending *pending = NULL;

	memset(&box, 0, sizeof box);
	box.emits = emits;
	box.early = early;
	begin_three();
	box.client = rig.client;
	rig.handler = keep_either;
	rig.heard = box_heard;
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, false), CDRPC_OK);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 7, rig_nothing, &pending), CDRPC_OK);
	ck_assert_int_eq(cdrpc_pending_notify(pending, box_done, NULL), CDRPC_OK);
	rig_settle(&rig);
}

static void
end_box(void)
{
	ck_assert_uint_eq(box.done_inside, !box.emits);
	ck_assert_uint_eq(box.heard_inside, box.emits);
	if (box.emits) {
		fake_enter(rig.server_thread);
		ck_assert_int_eq(cdrpc_call_complete(box.kept, 9), CDRPC_OK);
		fake_enter(rig.client_thread);
	}
	rig_settle(&rig);
	ck_assert_uint_eq(box.done, 1);
	ck_assert_uint_eq(box.heard, box.emits);
	rig_stopped();
}

START_TEST(a_loop_inside_of_a_look)
{
	begin_box((_i & 1) != 0, (_i & 2) != 0);
	fake_looks(look);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 2, rig_nothing, NULL), 1);
	fake_looks(NULL);
	end_box();
}
END_TEST

static enum fake_fate
box_in_a_send(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_REQUEST)
		return FAKE_DELIVER;
	fake_judge(NULL, NULL);
	/* The watch. */
	ck_assert_int_eq(box.client->endpoint->port->sending, 1);
	ck_assert(port_ring(box.client->endpoint->port));
	port_run(box.client->endpoint->port);
	open_box();
	return FAKE_DELIVER;
}

static cdrpc_status
keep_7_only(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	return value == 7 ? keep_either(r, call, index, value, data) : (cdrpc_status)value;
}

/* From the first bell on that is heard there. */
START_TEST(a_loop_inside_of_a_send)
{
	begin_box((_i & 1) != 0, false);
	rig.handler = keep_7_only;
	fake_judge(box_in_a_send, NULL);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 2, rig_nothing, NULL), 2);
	end_box();
}
END_TEST

/* What a handler inside of a wait was promised holds after the wait. */
START_TEST(an_event_that_is_asked_for_inside_of_a_wait)
{
	memset(&box, 0, sizeof box);
	begin_three();
	box.client = rig.client;
	rig.handler = run_a_box;
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 7, rig_nothing, &box.by_event), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 2, rig_nothing, NULL), 1);
	/* That wait may have left it set. */
	port_await(rig.client->endpoint->port, NULL, 1);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(box.kept, 9), CDRPC_OK);
	fake_enter(rig.client_thread);
	if (rig_resident)
		ck_assert(port_await(rig.client->endpoint->port, NULL, 1));
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, box.by_event, NULL), 9);
	rig_stopped();
}
END_TEST

/* ---- afterwards ---- */

static struct {
	struct cdrpc_call *kept;
	uint32_t done;
	uint32_t ended_after;           /* so many runs */
} later;

static cdrpc_status
keep_7(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)data;
	if (value != 7)
		return (cdrpc_status)value;
	later.kept = call;
	return cdrpc_call_keep(call);
}

static void
on_done(void *self, struct cdrpc_pending *pending)
{
	(void)self;
	later.done++;
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), 8);
}

/* Somebody waits for the event, and the loop for the completion of another call: both are told. */
START_TEST(an_event_and_a_callback)
{
	struct cdrpc_pending *by_event = NULL, *by_callback = NULL;
	cdrpc_handle event;
	uint64_t began;

	memset(&later, 0, sizeof later);
	rig_connected();
	rig.handler = keep_7;
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 7, rig_nothing, &by_event), CDRPC_OK);
	if (rig_resident)
		ck_assert_int_eq(cdrpc_pending_event(by_event, &event), CDRPC_OK);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 8, rig_nothing, &by_callback), CDRPC_OK);
	ck_assert_int_eq(cdrpc_pending_notify(by_callback, on_done, NULL), CDRPC_OK);
	began = clock_us();
	rig_settle(&rig);
	ck_assert_uint_eq(later.done, 1);
	ck_assert_uint_eq(clock_us(), began);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(later.kept, 9), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, by_event, NULL), 9);
	rig_stopped();
}
END_TEST

static void
on_timeout(void *self, struct cdrpc_pending *pending)
{
	(void)self;
	later.done++;
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_TIMEOUT);
}

/* The system's timer goes off a moment too early. What it was set for is not put off by another such time. */
START_TEST(a_timer_that_is_early)
{
	struct cdrpc_pending *pending = NULL;

	memset(&later, 0, sizeof later);
	rig_connected();
	rig.handler = keep_7;
	fake_faults()->timer_early_us = 10000;
	cdrpc_client_set_timeout(rig.client, 1000);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 8, rig_nothing, &pending), CDRPC_OK);
	fake_hang(rig.server_thread, true);
	ck_assert_int_eq(cdrpc_pending_notify(pending, on_timeout, NULL), CDRPC_OK);
	fake_enter(rig.idle_thread);
	fake_advance_us(995000 + DEADLINE_TICK_US);
	fake_run();
	ck_assert_uint_eq(later.done, 0);
	fake_advance_us(6000);
	fake_run();
	ck_assert_uint_eq(later.done, 1);
	fake_hang(rig.server_thread, false);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static void
ended(void *self, struct cdrpc_peer *which)
{
	(void)self;
	(void)which;
	later.ended_after = rig.runs;
}

/* What was accepted runs, and whoever made it is not gone for the application before that. */
START_TEST(calls_of_a_client_that_has_gone)
{
	uint32_t i;

	memset(&later, 0, sizeof later);
	rig_prepared();
	rig.server_options.session_ended = ended;
	rig_started();
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(rig_begin(&rig, RIG_NOTE, 8, rig_nothing, NULL), CDRPC_OK);
	rig_disconnect(&rig);
	rig_settle(&rig);
	ck_assert_uint_eq(rig.runs, 3);
	ck_assert_uint_eq(later.ended_after, 3);
	rig_stopped();
}
END_TEST

/* The server takes no messages. Whoever only begins a call need not wait for that until the call's deadline. */
START_TEST(a_request_that_nobody_takes)
{
	static const uint32_t indices[] = { RIG_STATUS, RIG_STATUS_INLINE, RIG_NOTE };
	struct cdrpc_pending *pending = NULL;
	uint64_t began;
	cdrpc_status status;

	rig_prepared();
	rig.client_options.connect_timeout_ms = rig.client_options.call_timeout_ms = 20000;
	rig.client_options.send_timeout_ms = 300;
	rig_started();
	fake_hang(rig.server_thread, true);
	began = clock_us();
	status = rig_begin(&rig, indices[_i], 8, rig_nothing, &pending);
	ck_assert_uint_ge(clock_us() - began, 300000);
	ck_assert_uint_lt(clock_us() - began, 1000000);
	if (status == CDRPC_OK)
		status = rig_finish(&rig, indices[_i], pending, NULL);
	ck_assert_int_eq(status, CDRPC_E_HUNG);
	ck_assert_uint_lt(clock_us() - began, 1000000);
	fake_hang(rig.server_thread, false);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 8, rig_nothing, NULL), 8);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, crossing_calls_of_two_endpoints_are_refused, 0, 2);
	tcase_add_test(tcase, a_chain_through_two_endpoints);
	tcase_add_test(tcase, waits_do_not_nest_without_end);
	tcase_add_test(tcase, a_wait_inside_takes_no_answer_away);
	tcase_add_test(tcase, a_call_that_could_not_be_run_is_refused);
	tcase_add_loop_test(tcase, a_loop_inside_of_a_wait, 0, 8);
	tcase_add_loop_test(tcase, a_loop_inside_of_a_look, 0, 4);
	tcase_add_loop_test(tcase, a_loop_inside_of_a_send, 0, 2);
	tcase_add_test(tcase, an_event_that_is_asked_for_inside_of_a_wait);
	tcase_add_test(tcase, an_event_and_a_callback);
	tcase_add_test(tcase, a_timer_that_is_early);
	tcase_add_test(tcase, calls_of_a_client_that_has_gone);
	tcase_add_loop_test(tcase, a_request_that_nobody_takes, 0, 3);
}

int
main(void)
{
	return check_main(rig_suite("waiting", add));
}
