/* The handshake among many: who comes first, who is passed over, and what may be done as soon as it is over. */
#include <string.h>

#include "fake_world.h"
#include "raw.h"
#include "rig_check.h"
#include "session/client.h"

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
	rig.client_options.connect_timeout_ms = 1000;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	told = 0;
	fake_judge(drop_welcomes, NULL);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_TIMEOUT);
	rig_settle(&rig);
	fake_judge(NULL, NULL);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	rig.client_options.connect_timeout_ms = 0;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	rig_stopped();
}
END_TEST

/* ---- other windows of the same name ---- */

#define SQUATTERS 15

static struct raw squatters[300];

static void
nothing(void *self)
{
	(void)self;
}

static uint32_t
take_and_say_nothing(void *self, window_id sender, const void *bytes, size_t size)
{
	(void)self;
	(void)sender;
	(void)bytes;
	(void)size;
	return FRAME_RESULT_ACCEPTED;
}

static void
squat(struct raw *squatter)
{
	struct port_options options = { .env = &rig.env, .service = RIG_SERVICE, .owner = squatter,
					.receive = take_and_say_nothing, .bell = nothing };

	ck_assert_int_eq(port_new(&options, &squatter->port), CDRPC_OK);
}

static uint32_t rejected_process, asked;

static bool
not_that_one(void *self, const struct cdrpc_peer_facts *facts)
{
	(void)self;
	asked++;
	return facts->process_id != rejected_process;
}

/* Any number of windows of one process is passed over at once: silent ones, and ones of a process that is not admitted. */
START_TEST(one_that_has_many_windows)
{
	uint32_t thread, i, count = sizeof squatters / sizeof squatters[0];
	uint64_t before;

	rig_prepared();
	thread = fake_process();
	fake_enter(thread);
	for (i = 0; i < count; i++)
		squat(&squatters[i]);
	fake_enter(rig.client_thread);
	rejected_process = 0;
	if (_i == 0)
		window_thread(port_window(squatters[0].port), &rejected_process);
	asked = 0;
	rig.client_policy.authorise = not_that_one;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	before = clock_us();
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_uint_le(clock_us() - before, _i == 0 ? 0 : 500000);
	ck_assert_uint_eq(asked, 2);
	fake_enter(thread);
	for (i = 0; i < count; i++)
		port_free(squatters[i].port);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* Silent processes use up neither a long time nor a short one. */
START_TEST(many_that_say_nothing)
{
	uint32_t threads[SQUATTERS], i;
	uint64_t before;

	rig_prepared();
	rig.client_options.connect_timeout_ms = _i == 0 ? 30000 : 1000;
	for (i = 0; i < SQUATTERS; i++) {
		threads[i] = fake_process();
		fake_enter(threads[i]);
		squat(&squatters[i]);
	}
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	before = clock_us();
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_uint_lt(clock_us() - before, 6000000);
	for (i = 0; i < SQUATTERS; i++) {
		fake_enter(threads[i]);
		port_free(squatters[i].port);
	}
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static uint32_t drop_next;

static enum fake_fate
drop_challenges(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_CHALLENGE || drop_next == 0)
		return FAKE_DELIVER;
	drop_next--;
	return FAKE_DROP;
}

/* What did not come in time may come when it is asked for again. */
START_TEST(a_challenge_that_got_lost)
{
	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	drop_next = 1;
	fake_judge(drop_challenges, NULL);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	fake_judge(NULL, NULL);
	rig_stopped();
}
END_TEST

/* ---- processes that sleep in their window procedures ---- */

#define SLEEPERS 2
#define SLEEPER_WINDOWS 4

static struct raw sleepers[SLEEPERS][SLEEPER_WINDOWS];
static uint32_t sleeper_threads[SLEEPERS];

/* Says HELLO from each of their windows. */
static uint32_t
flood(void)
{
	static const uint16_t versions[] = { FRAME_VERSION, FRAME_VERSION };
	uint32_t i, j, accepted = 0;
	struct frame frame;

	for (i = 0; i < SLEEPERS; i++) {
		fake_enter(sleeper_threads[i]);
		for (j = 0; j < SLEEPER_WINDOWS; j++) {
			frame = (struct frame){ .type = FRAME_HELLO, .route = FRAME_ROUTE_FRAME, .body_size = sizeof versions, .nonce = { 1 } };
			accepted += raw_send_frame(&sleepers[i][j], &frame, versions) == FRAME_RESULT_ACCEPTED;
		}
	}
	fake_enter(rig.client_thread);
	return accepted;
}

static uint64_t
connecting_takes(void)
{
	uint64_t before = clock_us();

	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_disconnect(&rig);
	return clock_us() - before;
}

START_TEST(a_flood_of_sleepers)
{
	uint32_t i, j;

	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	for (i = 0; i < SLEEPERS; i++) {
		sleeper_threads[i] = fake_process();
		fake_enter(sleeper_threads[i]);
		for (j = 0; j < SLEEPER_WINDOWS; j++)
			ck_assert_int_eq(raw_begin(&sleepers[i][j], RIG_SERVICE), CDRPC_OK);
		fake_hang(sleeper_threads[i], true);
	}
	/* Each costs others a moment for each CHALLENGE, and is known then. */
	ck_assert_uint_eq(flood(), SLEEPERS * SLEEPER_WINDOWS);
	ck_assert_uint_le(connecting_takes(), SLEEPERS * SLEEPER_WINDOWS * 50000);
	flood();
	ck_assert_uint_le(connecting_takes(), 50000);
	rig_settle(&rig);
	/* From then on it has one on its way at a time, and what is for it comes last. */
	ck_assert_uint_eq(flood(), SLEEPERS);
	ck_assert_uint_le(connecting_takes(), 50000);
	for (i = 0; i < SLEEPERS; i++) {
		fake_enter(sleeper_threads[i]);
		for (j = 0; j < SLEEPER_WINDOWS; j++)
			raw_end(&sleepers[i][j]);
	}
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static window_id
window_of_server(void)
{
	window_id window = 0;

	ck_assert_uint_eq(port_find(NULL, RIG_SERVICE, &window, 1), 1);
	return window;
}

/* Its process lives, so that nobody tells of it. */
START_TEST(a_window_that_vanishes)
{
	rig_connected();
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	fake_lose_window(rig.client->endpoint->window);
	fake_advance_us(2000000);
	fake_enter(rig.server_thread);
	port_ring(fake_port_find(window_of_server()));
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	/* A process that ends loses its windows first: it has a moment to show that. */
	ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	fake_advance_us(DEATH_WAIT_MS * 1000);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, a_flood_of_sleepers);
	tcase_add_test(tcase, a_window_that_vanishes);
	tcase_add_loop_test(tcase, one_that_has_many_windows, 0, 2);
	tcase_add_loop_test(tcase, many_that_say_nothing, 0, 2);
	tcase_add_test(tcase, a_challenge_that_got_lost);
	tcase_add_loop_test(tcase, a_server_that_calls_back_at_once, 0, 6);
	tcase_add_test(tcase, an_opening_that_is_not_taken);
}

int
main(void)
{
	return check_main(rig_suite("greeting", add));
}
