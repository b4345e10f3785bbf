/* The handshake among many: who comes first, who is passed over, and what may be done as soon as it is over. */
#include <string.h>

#include "client.h"
#include "raw.h"
#include "fake_world.h"
#include "rig_check.h"

static cdrpc_status called_back;

/* Calls the client at once, by an [inline] method: with one real thread, the client's own call cannot go on meanwhile. */
static void
call_at_once(void *self, struct cdrpc_peer *peer)
{
	struct cdrpc_client *before = rig.client;

	(void)self;
	ck_assert_int_eq(cdrpc_peer_client(peer, NULL, &rig.client), CDRPC_OK);
	called_back = rig_call(&rig, RIG_STATUS_INLINE, 6, rig_nothing, NULL);
	cdrpc_client_free(rig.client);
	rig.client = before;
}

static bool after_delivery, delivering;

/* Lets the server's loop turn before the answer to OPEN is delivered, or right after that. */
static enum fake_fate
turn_the_loop(void *self, const struct fake_send *send)
{
	struct port server = { .window = send->from };
	struct send_outcome outcome;
	struct frame frame;

	(void)self;
	if (delivering || frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_REPLY)
		return FAKE_DELIVER;
	delivering = true;
	if (after_delivery)
		port_send(&server, send->to, send->bytes, send->size, 100, &outcome);
	fake_run();
	return FAKE_DELIVER;
}

START_TEST(a_server_that_calls_back_at_once)
{
	static const enum cdrpc_reentry policies[] = { CDRPC_REENTRY_QUEUE, CDRPC_REENTRY_ALLOW, CDRPC_REENTRY_REFUSE };
	struct cdrpc_server_options back;

	rig_prepared();
	back = rig.server_options;
	back.reentry = policies[_i / 2];
	rig.server_options.session_opened = call_at_once;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, &back), CDRPC_OK);
	called_back = CDRPC_KEPT;
	after_delivery = _i % 2;
	delivering = false;
	fake_judge(turn_the_loop, NULL);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	fake_judge(NULL, NULL);
	ck_assert(delivering);
	rig_settle(&rig);
	ck_assert_int_eq(called_back, 6);
	rig_stopped();
}
END_TEST

static enum fake_fate
drop_welcomes(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	return frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_REPLY ? FAKE_DROP : FAKE_DELIVER;
}

static uint32_t told;

static void
count(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	told++;
}

/* Whoever does not take the answer to OPEN has no session. */
START_TEST(an_opening_that_is_not_taken)
{
	rig_prepared();
	rig.server_options.session_opened = count;
	rig.client_options.timeout_ms = 1000;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	told = 0;
	fake_judge(drop_welcomes, NULL);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_TIMEOUT);
	rig_settle(&rig);
	fake_judge(NULL, NULL);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	rig.client_options.timeout_ms = 0;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, a_server_that_calls_back_at_once, 0, 6);
	tcase_add_test(tcase, an_opening_that_is_not_taken);
}

int
main(void)
{
	return check_main(rig_suite("greeting", add));
}
