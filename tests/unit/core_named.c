/* HELLO in another's name: a third process names windows of the client's process. Whoever is named pays nothing for it. */
#include <string.h>

#include "fake_world.h"
#include "raw.h"
#include "rig_check.h"
#include "session/client.h"
#include "session/quota.h"

static struct {
	window_id named[64];            /* one after another, again and again */
	uint32_t count;
	uint32_t each;                  /* HELLOs before each frame of a handshake */
	uint32_t said;
	uint32_t accepted;
	bool busy;
	uint8_t nonce[FRAME_TOKEN_SIZE];        /* of the client's HELLO */
} namer;

static window_id
window_of_server(void)
{
	window_id window = 0;

	ck_assert_uint_eq(port_find(NULL, RIG_SERVICE, &window, 1), 1);
	return window;
}

/* By the third process, whose own window nobody sees. */
static uint32_t
hello_as(window_id from)
{
	static const uint16_t versions[] = { FRAME_VERSION, FRAME_VERSION };
	struct frame frame = { .type = FRAME_HELLO, .route = FRAME_ROUTE_FRAME, .body_size = sizeof versions };
	struct fake_thread *before = fake_visit(fake_thread_of(rig.idle_thread));
	uint8_t bytes[FRAME_HEADER_SIZE + sizeof versions];
	struct port port = { .window = from };
	struct send_outcome outcome;

	ck_assert_int_eq(random_fill(frame.nonce, sizeof frame.nonce), CDRPC_OK);
	ck_assert_int_eq(frame_arrange(&frame, 0), CDRPC_OK);
	frame_encode(&frame, bytes);
	memcpy(bytes + frame.body_offset, versions, sizeof versions);
	port_send(&port, window_of_server(), bytes, frame.frame_size, 1000, &outcome);
	fake_leave(before);
	return outcome.answered ? outcome.result : 0;
}

static void
name_them(uint32_t times)
{
	uint32_t i;

	for (i = 0; i < times; i++)
		namer.accepted += hello_as(namer.named[namer.said++ % namer.count]) == FRAME_RESULT_ACCEPTED;
}

static enum fake_fate
name_before_each(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (namer.busy || frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type > FRAME_REPLY)
		return FAKE_DELIVER;
	if (frame.type == FRAME_HELLO)
		memcpy(namer.nonce, frame.nonce, sizeof namer.nonce);
	else if (frame.type == FRAME_CHALLENGE && memcmp(namer.nonce, frame.nonce, sizeof namer.nonce) != 0)
		return FAKE_DELIVER;
	namer.busy = true;
	/* The client's window is made when it connects. */
	if (frame.type == FRAME_HELLO && namer.count == 0)
		namer.named[0] = send->from;
	if (namer.count == 0)
		namer.count = 1;
	name_them(namer.each);
	/* Their CHALLENGEs go out before the frame does, and behind it. */
	if (frame.type == FRAME_OPEN)
		fake_run();
	namer.busy = false;
	return FAKE_DELIVER;
}

static void
begin(uint32_t each)
{
	memset(&namer, 0, sizeof namer);
	namer.each = each;
	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
}

static uint64_t
connecting_takes(void)
{
	uint64_t before = clock_us(), took;

	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	took = clock_us() - before;
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	rig_disconnect(&rig);
	return took;
}

/* The window that is connecting is named again and again, in the midst of its handshake. */
START_TEST(the_connecting_window)
{
	uint32_t i;

	begin(_i == 0 ? 1 : QUOTA_CHALLENGES_THREAD - 1);
	fake_judge(name_before_each, NULL);
	for (i = 0; i < 60; i++) {
		namer.count = 0;
		ck_assert_uint_eq(connecting_takes(), 0);
	}
	fake_judge(NULL, NULL);
	ck_assert_uint_ge(namer.accepted, 60);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	rig_stopped();
}
END_TEST

static struct raw others[8];

static void
make_others(uint32_t thread, uint32_t result)
{
	uint32_t i;

	fake_enter(thread);
	for (i = 0; i < 8; i++) {
		ck_assert_int_eq(raw_begin(&others[i], RIG_SERVICE), CDRPC_OK);
		others[i].result = result;
		namer.named[namer.count++] = port_window(others[i].port);
	}
	fake_enter(rig.client_thread);
}

static void
end_others(uint32_t thread)
{
	uint32_t i;

	fake_enter(thread);
	for (i = 0; i < 8; i++)
		raw_end(&others[i]);
	fake_enter(rig.client_thread);
}

/* Other windows of the process, of its thread or of another, which do not know what a CHALLENGE is, or refuse it. */
START_TEST(other_windows_of_the_process)
{
	uint32_t thread, i;

	begin(_i % 2 ? 8 : QUOTA_CHALLENGES_THREAD - 1);
	thread = _i % 2 ? fake_thread(rig.client_thread) : rig.client_thread;
	make_others(thread, _i / 2 ? frame_result_refused(CDRPC_E_NO_SESSION) : 0);
	fake_judge(name_before_each, NULL);
	for (i = 0; i < 10; i++)
		ck_assert_uint_eq(connecting_takes(), 0);
	fake_judge(NULL, NULL);
	ck_assert_uint_ge(namer.accepted, 10);
	/* What nobody asked for is over at once. */
	name_them(8);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	end_others(thread);
	rig_stopped();
}
END_TEST

/* One whose thread is busy: others wait for what is on its way when they come, and its own process no longer. */
START_TEST(a_window_that_is_busy)
{
	uint32_t thread, i;

	begin(0);
	thread = fake_thread(rig.client_thread);
	make_others(thread, FRAME_RESULT_ACCEPTED);
	fake_hang(thread, true);
	for (i = 0; i < 10; i++) {
		name_them(8);
		/* What was not known comes with the others; then what is for that thread comes last. */
		ck_assert_uint_le(connecting_takes(), i == 0 ? QUOTA_CHALLENGES_THREAD * 50000 : 50000);
	}
	ck_assert_uint_ge(namer.accepted, 10);
	rig_settle(&rig);
	ck_assert_uint_eq(connecting_takes(), 0);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	end_others(thread);
	rig_stopped();
}
END_TEST

/* Several threads that are busy, each of which has as many CHALLENGEs on their way as it may: what is on its way to them is nothing that a
 * window of another thread has to wait for, but for those that come before it is known. */
START_TEST(threads_that_are_busy)
{
	enum { THREADS = QUOTA_CHALLENGES_PROCESS / QUOTA_CHALLENGES_THREAD };
	struct raw busy[THREADS];
	uint32_t thread, i;
	uint64_t most = HANDSHAKE_US;

	begin(2 * QUOTA_CHALLENGES_PROCESS);
	for (i = 0; i < THREADS; i++) {
		thread = fake_thread(rig.client_thread);
		fake_enter(thread);
		ck_assert_int_eq(raw_begin(&busy[i], RIG_SERVICE), CDRPC_OK);
		namer.named[namer.count++] = port_window(busy[i].port);
		fake_hang(thread, true);
	}
	fake_enter(rig.client_thread);
	fake_judge(name_before_each, NULL);
	for (i = 0; i < 10; i++) {
		ck_assert_uint_le(connecting_takes(), most);
		/* What is for the process comes after one to each of them: its CHALLENGE, and what is seen to before its OPEN. */
		most = 2 * THREADS * 50000;
	}
	fake_judge(NULL, NULL);
	ck_assert_uint_ge(namer.accepted, QUOTA_CHALLENGES_PROCESS);
	for (i = 0; i < THREADS; i++) {
		thread = window_thread(port_window(busy[i].port), NULL);
		fake_hang(thread, false);
		fake_enter(thread);
		raw_end(&busy[i]);
	}
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static uint32_t tries;

/* Before each HELLO of the client's, until there is no room for it. A HELLO takes a millisecond. */
static enum fake_fate
be_first(void *self, const struct fake_send *send)
{
	const uint32_t *times = self;
	struct frame frame;

	if (namer.busy || frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_HELLO || tries++ >= *times)
		return FAKE_DELIVER;
	namer.busy = true;
	do {
		namer.said++;
		fake_advance_us(1000);
	} while (hello_as(send->from) == FRAME_RESULT_ACCEPTED);
	namer.busy = false;
	return FAKE_DELIVER;
}

/* What is not defended: who is the first each time, keeps a client out. It is in once he is not, even for once. */
START_TEST(whoever_is_first_each_time)
{
	uint32_t times = _i == 0 ? UINT32_MAX : 100;

	begin(0);
	tries = 0;
	rig.client_options.connect_timeout_ms = 2000;
	fake_judge(be_first, &times);
	/* The last of its HELLOs has no time left. */
	ck_assert_int_eq(rig_connect(&rig), _i == 0 ? CDRPC_E_TIMEOUT : CDRPC_OK);
	fake_judge(NULL, NULL);
	/* It tries again whenever it has refused a CHALLENGE that it has not asked for: so there is one more to be first at. */
	if (_i == 0)
		ck_assert_uint_ge(tries, 2000 / 3);
	else
		ck_assert_uint_eq(tries, times + 1);
	ck_assert_uint_ge(namer.said, 2 * (tries - 1));
	rig_stopped();
}
END_TEST

/* A CHALLENGE that was taken is for an OPEN, whoever else is said to have said HELLO. */
START_TEST(one_that_was_accepted)
{
	struct raw raw;
	uint8_t token[FRAME_TOKEN_SIZE];

	begin(0);
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&raw));
	memcpy(token, raw.token, sizeof token);
	raw.result = frame_result_refused(CDRPC_E_NO_SESSION);
	ck_assert_uint_eq(hello_as(port_window(raw.port)), FRAME_RESULT_ACCEPTED);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	raw.result = FRAME_RESULT_ACCEPTED;
	memcpy(raw.token, token, sizeof token);
	ck_assert(raw_open(&raw));
	raw_end(&raw);
	rig_stopped();
}
END_TEST

/* A window that has gone, and one of nobody's: no frame that breaks a rule. */
START_TEST(a_window_that_is_not_there)
{
	begin(0);
	ck_assert_uint_eq(hello_as(0x7FFE), frame_result_refused(CDRPC_E_EXPIRED));
	ck_assert_uint_eq(rig_stats(&rig).refused_frames, 0);
	rig_stopped();
}
END_TEST

static uint32_t lose_next;

static enum fake_fate
lose_challenges(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (lose_next == 0 || frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_CHALLENGE)
		return FAKE_DELIVER;
	lose_next--;
	return FAKE_LOSE;
}

/* Its sender has not heard that it was taken: it comes once more, and is taken as well. */
START_TEST(a_challenge_that_comes_twice)
{
	begin(0);
	lose_next = 1;
	fake_judge(lose_challenges, NULL);
	ck_assert_uint_le(connecting_takes(), 60000);
	fake_judge(NULL, NULL);
	ck_assert_uint_eq(lose_next, 0);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, the_connecting_window, 0, 2);
	tcase_add_loop_test(tcase, other_windows_of_the_process, 0, 4);
	tcase_add_test(tcase, a_window_that_is_busy);
	tcase_add_test(tcase, threads_that_are_busy);
	tcase_add_loop_test(tcase, whoever_is_first_each_time, 0, 2);
	tcase_add_test(tcase, one_that_was_accepted);
	tcase_add_test(tcase, a_window_that_is_not_there);
	tcase_add_test(tcase, a_challenge_that_comes_twice);
}

int
main(void)
{
	return check_main(rig_suite("named", add));
}
