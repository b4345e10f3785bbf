/* What connecting ends with: whatever a window of the service says, and whenever the time is over. */
#include <string.h>

#include "base/deadline.h"
#include "connect/handshake.h"
#include "fake_world.h"
#include "raw.h"
#include "rig_check.h"
#include "service/dispatch.h"
#include "session/client.h"

/* ---- a window of the same name, of a process that answers what it likes ---- */

static struct {
	uint32_t thread;
	struct port *port;
	uint32_t hello;                 /* the result of HELLO; after it a CHALLENGE if it is "accepted" */
	uint32_t open;                  /* of OPEN; after it a REPLY if it is "accepted" */
	cdrpc_status status;            /* of that REPLY, without a body */
	window_id client;
	uint8_t nonce[FRAME_TOKEN_SIZE];
	uint64_t txn;
	/* The CHALLENGE comes whatever the result of HELLO is: before it, or after it. */
	bool at_once, late;
	bool no_challenge, no_reply;    /* what was promised never comes */
	bool owes_challenge;
	bool owes_reply;
	uint32_t opens;
	uint32_t malformed;
	uint32_t hellos;
} liar;

static void send_what_is_owed(void *owner);

static uint32_t
lie(void *owner, window_id sender, const void *bytes, size_t size)
{
	struct frame frame;

	(void)owner;
	if (frame_decode(bytes, size, &frame) != CDRPC_OK) {
		liar.malformed++;
		return 0;
	}
	liar.client = sender;
	if (frame.type == FRAME_HELLO) {
		liar.hellos++;
		memcpy(liar.nonce, frame.nonce, sizeof liar.nonce);
		liar.owes_challenge = !liar.no_challenge && (liar.at_once || liar.late || liar.hello == FRAME_RESULT_ACCEPTED);
		if (liar.at_once)
			send_what_is_owed(NULL);
		else
			port_ring(liar.port);
		return liar.hello;
	}
	if (frame.type != FRAME_OPEN)
		return 0;
	liar.opens++;
	liar.txn = frame.txn;
	liar.owes_reply = !liar.no_reply && liar.open == FRAME_RESULT_ACCEPTED;
	port_ring(liar.port);
	return liar.open;
}

static void
send_to_client(struct frame *frame, const void *body)
{
	uint8_t bytes[FRAME_HEADER_SIZE + 64] = { 0 };
	struct send_outcome outcome;

	ck_assert_int_eq(frame_arrange(frame, 0), CDRPC_OK);
	frame_encode(frame, bytes);
	if (frame->body_size)
		memcpy(bytes + frame->body_offset, body, frame->body_size);
	port_send(liar.port, liar.client, bytes, frame->frame_size, 100, &outcome);
}

static void
send_what_is_owed(void *owner)
{
	static const uint32_t challenge[] = { FRAME_VERSION, 3, 65536, 1 << 20, 0 };
	struct frame frame = { .token = { 7 } };

	(void)owner;
	if (liar.owes_challenge) {
		liar.owes_challenge = false;
		frame.type = FRAME_CHALLENGE;
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = sizeof challenge;
		memcpy(frame.nonce, liar.nonce, sizeof frame.nonce);
		send_to_client(&frame, challenge);
	} else if (liar.owes_reply) {
		liar.owes_reply = false;
		frame.type = FRAME_REPLY;
		frame.txn = liar.txn;
		frame.status = liar.status;
		send_to_client(&frame, NULL);
	}
}

static void
begin(uint32_t hello, uint32_t open, cdrpc_status status)
{
	struct port_options options = { .service = RIG_SERVICE, .receive = lie, .bell = send_what_is_owed };

	rig_prepared();
	memset(&liar, 0, sizeof liar);
	liar.hello = hello;
	liar.open = open;
	liar.status = status;
	liar.thread = fake_process();
	fake_enter(liar.thread);
	options.env = &rig.env;
	ck_assert_int_eq(port_new(&options, &liar.port), CDRPC_OK);
	fake_enter(rig.client_thread);
	rig.client_options.connect_timeout_ms = 1000;
}

static void
end(void)
{
	fake_enter(liar.thread);
	port_free(liar.port);
	fake_enter(rig.client_thread);
	rig_stopped();
}

static uint64_t began_us;

static cdrpc_status
connect_to_liar(void)
{
	cdrpc_status status;

	began_us = clock_us();
	status = rig_connect(&rig);
	ck_assert((status == CDRPC_OK) == (rig.client != NULL));
	return status;
}

/* What is final; everything else is no answer of a server's, and is tried again until the time is over. */
static cdrpc_status
refusal(uint32_t result)
{
	switch (result - 0x100) {
	case -CDRPC_E_BUSY:
	case -CDRPC_E_REFUSED:
	case -CDRPC_E_STOPPING:
	case -CDRPC_E_REMOTE_NOMEM:
		return -(cdrpc_status)(result - 0x100);
	case -CDRPC_E_REMOTE_VERSION:
		return CDRPC_E_VERSION;
	default:
		return CDRPC_E_TIMEOUT;
	}
}

static const uint32_t results[] = {
	0, 2, 3, 0xFF, 0x100, 0x100 + 1, 0x100 + 63, 0x100 + 64, 0x100 + 65, 0x100 + 66, 0x100 + 67, 0x100 + 68, 0x100 + 69, 0x100 + 70,
	0x100 + 71, 0x100 + 72, 0x100 + 73, 0x100 + 74, 0x100 + 75, 0x100 + 76, 0x100 + 77, 0x100 + 78, 0x100 + 79, 0x100 + 80, 0x100 + 81,
	0x100 + 82, 0x1FF, 0xFFFF, 0x10000, 0x10001, 0x10002, 0x1FFFF, 0x20000, 0x7FFFFFFF, 0xFFFFFFFF,
};
enum { RESULTS = sizeof results / sizeof results[0] };

/* Of HELLO, and of OPEN. */
START_TEST(each_result)
{
	bool of_open = _i >= RESULTS;
	uint32_t result = results[_i % RESULTS];
	cdrpc_status status;

	begin(of_open ? FRAME_RESULT_ACCEPTED : result, result, CDRPC_OK);
	status = connect_to_liar();
	ck_assert_int_eq(status, refusal(result));
	if (status == CDRPC_E_TIMEOUT || status == CDRPC_E_BUSY) {
		/* Not by a loop that never pauses. */
		ck_assert_uint_ge(clock_us() - began_us, 1000000 - 64000);
		ck_assert_uint_le(liar.hellos, 25);
	} else {
		ck_assert_uint_eq(clock_us() - began_us, 0);
		ck_assert_uint_eq(liar.hellos, 1);
	}
	/* Whatever it says, another of that name is found. */
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(connect_to_liar(), CDRPC_OK);
	end();
}
END_TEST

/* A HELLO that has brought its CHALLENGE is over, whatever its result: a second one would be sent with the token of the first. */
START_TEST(a_challenge_whatever_is_answered)
{
	static const uint32_t said[] = { FRAME_RESULT_ACCEPTED, FRAME_RESULT_NONE, 0x100 + 64, 0x100 + 77, 0x100 + 64 };

	begin(said[_i], 0x100 + 70, CDRPC_OK);
	liar.late = _i == 4;
	liar.at_once = !liar.late;
	ck_assert_int_eq(connect_to_liar(), CDRPC_E_REFUSED);
	ck_assert_uint_eq(liar.malformed, 0);
	ck_assert_uint_eq(liar.hellos, 1);
	ck_assert_uint_eq(liar.opens, 1);
	end();
}
END_TEST

/* Statuses of the REPLY to OPEN; success needs the body that is not there. */
START_TEST(each_reply)
{
	static const cdrpc_status statuses[] = { 0, 1, 65535, -64, -65, -66, -70, -75, -76, -77, -78, -81 };
	cdrpc_status status = statuses[_i];

	begin(FRAME_RESULT_ACCEPTED, FRAME_RESULT_ACCEPTED, status);
	ck_assert_int_eq(connect_to_liar(), status < 0 ? refusal(0x100 + (uint32_t)-status) : CDRPC_E_TIMEOUT);
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(connect_to_liar(), CDRPC_OK);
	end();
}
END_TEST

/* ---- time ---- */

static window_id
window_of_server(void)
{
	window_id window = 0;

	ck_assert_uint_eq(port_find(NULL, RIG_SERVICE, &window, 1), 1);
	return window;
}

static uint32_t tries;

static enum fake_fate
hung_for_a_while(void *self, const struct fake_send *send)
{
	(void)self;
	if (send->to != window_of_server())
		return FAKE_DELIVER;
	tries++;
	if (clock_us() - began_us >= 6000000 && rig.client_options.connect_timeout_ms > 6000)
		fake_hang(rig.server_thread, false);
	return FAKE_DELIVER;
}

/* It counts as hung, and comes back before the time is over (0), or never (1). */
START_TEST(a_server_that_is_hung)
{
	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	rig.client_options.connect_timeout_ms = _i == 0 ? 30000 : 5000;
	fake_hang(rig.server_thread, true);
	fake_faults()->hung_at_once = true;
	fake_judge(hung_for_a_while, NULL);
	tries = 0;
	ck_assert_int_eq(connect_to_liar(), _i == 0 ? CDRPC_OK : CDRPC_E_HUNG);
	ck_assert_uint_ge(clock_us() - began_us, _i == 0 ? 6000000 : 5000000);
	ck_assert_uint_le(clock_us() - began_us, (_i == 0 ? 6200000u : 5000000u) + DEADLINE_TICK_US);
	ck_assert_uint_gt(tries, 20);
	ck_assert_uint_lt(tries, 100);
	fake_judge(NULL, NULL);
	fake_hang(rig.server_thread, false);
	rig_stopped();
}
END_TEST

/* One that is hung ends: what counts from then on is another, which is hung as well (0), or that there is none (1). */
static bool is_dead;

static enum fake_fate
ends_after_a_while(void *self, const struct fake_send *send)
{
	(void)self;
	(void)send;
	if (clock_us() - began_us >= 3000000 && !is_dead) {
		fake_kill(rig.server_thread);
		is_dead = true;
	}
	return FAKE_DELIVER;
}

START_TEST(a_server_that_ends_meanwhile)
{
	struct cdrpc_server *next = NULL;
	uint32_t thread;

	rig_prepared();
	is_dead = false;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	fake_hang(rig.server_thread, true);
	fake_faults()->hung_at_once = true;
	thread = fake_process();
	fake_enter(thread);
	ck_assert_int_eq(rig_serve_too(&rig, _i == 0 ? RIG_SERVICE : "other", &rig.server_options, &next), CDRPC_OK);
	fake_enter(rig.client_thread);
	fake_hang(thread, true);
	fake_judge(ends_after_a_while, NULL);
	rig.client_options.connect_timeout_ms = 10000;
	ck_assert_int_eq(connect_to_liar(), _i == 0 ? CDRPC_E_HUNG : CDRPC_E_NOT_FOUND);
	ck_assert_uint_ge(clock_us() - began_us, _i == 0 ? 10000000 : 3000000);
	ck_assert_uint_le(clock_us() - began_us, (_i == 0 ? 10000000u : 4000000u) + DEADLINE_TICK_US);
	fake_judge(NULL, NULL);
	fake_hang(thread, false);
	ck_assert_int_eq(connect_to_liar(), _i == 0 ? CDRPC_OK : CDRPC_E_NOT_FOUND);
	rig_disconnect(&rig);
	fake_enter(thread);
	cdrpc_server_free(next);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* Connecting that has no time says what it has found, not what it had no time for. */
START_TEST(no_time)
{
	struct endpoint *endpoint = NULL;
	struct endpoint_options options = { .env = &rig.env };
	struct cdrpc_limits limits = { 0 };
	struct cdrpc_policy policy = { 0 };
	struct session *session = NULL;

	rig_prepared();
	options.limits = &limits;
	ck_assert_int_eq(dispatch_new(&options, &endpoint), CDRPC_OK);
	ck_assert_int_eq(endpoint_open(endpoint, NULL, NULL), CDRPC_OK);
	ck_assert_int_eq(handshake_connect(endpoint, RIG_SERVICE, &policy, 0, &session), CDRPC_E_NOT_FOUND);
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(handshake_connect(endpoint, RIG_SERVICE, &policy, 0, &session), CDRPC_E_TIMEOUT);
	ck_assert_ptr_null(session);
	dispatch_shut(endpoint);
	endpoint_unref(endpoint);
	rig_stopped();
}
END_TEST

/* ---- who is looked for ---- */

static const struct {
	uint32_t hello;
	bool no_challenge, no_reply;
	uint32_t ms;            /* that it takes to be passed over */
} firsts[] = {
	{ 0x100 + 70, false, false, 0 },
	{ FRAME_RESULT_ACCEPTED, true, false, 300 },
	{ FRAME_RESULT_ACCEPTED, false, true, 2100 },
};

/* One window is enough where it is the server's; where it is not, all are looked for once, and it is not tried again before the others. */
START_TEST(the_first_window)
{
	bool squatted = _i < 3;

	if (squatted) {
		begin(firsts[_i].hello, FRAME_RESULT_ACCEPTED, CDRPC_OK);
		liar.no_challenge = firsts[_i].no_challenge;
		liar.no_reply = firsts[_i].no_reply;
	} else {
		rig_prepared();
	}
	rig.client_options.connect_timeout_ms = 0;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(connect_to_liar(), CDRPC_OK);
	ck_assert_uint_eq(fake_counts()->searches, squatted);
	if (!squatted) {
		rig_stopped();
		return;
	}
	ck_assert_uint_eq(liar.hellos, 1);
	ck_assert_uint_le(clock_us() - began_us, firsts[_i].ms * UINT64_C(1000));
	end();
}
END_TEST

/* Nobody is said not to be there after a look at one window. */
START_TEST(all_are_looked_for_before_there_is_none)
{
	begin(0x100 + 70, 0, CDRPC_OK);
	rig.client_options.connect_timeout_ms = 0;
	ck_assert_int_eq(connect_to_liar(), CDRPC_E_REFUSED);
	ck_assert_uint_eq(liar.hellos, 1);
	ck_assert_uint_eq(fake_counts()->searches, 1);
	end();
}
END_TEST

static uint32_t opens;

static enum fake_fate
delays_opens(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_OPEN) {
		opens++;
		fake_advance_us(1500000);
	}
	return FAKE_DELIVER;
}

/* Handles that are pushed with it cannot be taken back before it is known whether it was taken. */
START_TEST(an_opening_that_takes_long)
{
	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	opens = 0;
	fake_judge(delays_opens, NULL);
	ck_assert_int_eq(connect_to_liar(), CDRPC_OK);
	ck_assert_uint_eq(opens, 1);
	fake_judge(NULL, NULL);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, the_first_window, 0, 4);
	tcase_add_test(tcase, all_are_looked_for_before_there_is_none);
	tcase_add_test(tcase, an_opening_that_takes_long);

	tcase_add_loop_test(tcase, each_result, 0, 2 * RESULTS);
	tcase_add_loop_test(tcase, a_challenge_whatever_is_answered, 0, 5);
	tcase_add_loop_test(tcase, each_reply, 0, 12);
	tcase_add_loop_test(tcase, a_server_that_is_hung, 0, 2);
	tcase_add_loop_test(tcase, a_server_that_ends_meanwhile, 0, 2);
	tcase_add_test(tcase, no_time);
}

int
main(void)
{
	return check_main(rig_suite("connecting", add));
}
