/* Limits of bodies and queues, deadlines, the wrong thread. */
#include <string.h>

#include "base/deadline.h"
#include "raw.h"
#include "rig_check.h"

static cdrpc_status reply_status;

static cdrpc_status
answer_too_much(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	struct cdrpc_bytes big = rig_data(2000);

	(void)r;
	(void)index;
	(void)value;
	(void)data;
	reply_status = rig_reply(call, 1, big);
	rig_data_free(big);
	return reply_status == CDRPC_E_TOO_LARGE ? 12 : CDRPC_E_STATE;
}

START_TEST(limits_of_bodies)
{
	struct cdrpc_bytes data = rig_data(2000);
	struct rig_answer answer;

	rig_prepared();
	if (_i == 0)
		rig.server_limits.body_max = 1500;
	else
		rig.client_limits.body_max = 1500;
	rig_started();
	/* Agreed upon, so rig_nothing is sent that would be refused. */
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_E_TOO_LARGE);
	ck_assert_uint_eq(rig_stats(&rig).refused_calls, 0);
	/* The handler is told, and can still answer with an error. */
	rig.handler = answer_too_much;
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer), 12);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

static cdrpc_status
take_long(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)call;
	(void)index;
	(void)data;
	fake_advance_us((uint64_t)value * 1000);
	return 0;
}

START_TEST(a_handler_that_takes_too_long)
{
	static const uint32_t indices[] = { RIG_STATUS, RIG_STATUS_INLINE };

	rig_connected();
	cdrpc_client_set_timeout(rig.client, 1000);
	rig.handler = take_long;
	ck_assert_int_eq(rig_call(&rig, indices[_i], 2000, rig_nothing, NULL), CDRPC_E_TIMEOUT);
	ck_assert_int_eq(rig_call(&rig, indices[_i], 900, rig_nothing, NULL), CDRPC_OK);
	rig_stopped();
}
END_TEST

/* Queued behind one that takes long: by the time it would run, its client has given up. */
START_TEST(expired_in_the_queue)
{
	struct cdrpc_pending *first = NULL, *second = NULL;

	rig_connected();
	rig.handler = take_long;
	cdrpc_client_set_timeout(rig.client, 3000);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 2000, rig_nothing, &first), CDRPC_OK);
	cdrpc_client_set_timeout(rig.client, 1000);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 2000, rig_nothing, &second), CDRPC_OK);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, second, NULL), CDRPC_E_TIMEOUT);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, first, NULL), CDRPC_OK);
	ck_assert_uint_eq(rig.runs, 1);
	rig_stopped();
}
END_TEST

/* The largest timeouts mean what they say, and do not wrap. */
START_TEST(very_long_timeouts)
{
	static const uint32_t timeouts[] = { UINT32_MAX, INT32_MAX, UINT32_C(0x80000000) };

	rig_connected();
	cdrpc_client_set_timeout(rig.client, timeouts[_i]);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, 0, rig_nothing, NULL), CDRPC_OK);
	rig_stopped();
}
END_TEST

START_TEST(a_full_queue_is_busy)
{
	struct cdrpc_pending *pendings[3] = { NULL };
	int i;

	rig_prepared();
	rig.server_limits.queue_max = 2;
	rig_started();
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, (uint32_t)i + 1, rig_nothing, &pendings[i]), CDRPC_OK);
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pendings[i], NULL), i < 2 ? i + 1 : CDRPC_E_BUSY);
	ck_assert_uint_eq(rig.runs, 2);
	ck_assert_uint_eq(rig_stats(&rig).refused_calls, 1);
	/* There is room again. */
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 8, rig_nothing, NULL), 8);
	rig_stopped();
}
END_TEST

START_TEST(a_queue_full_of_bytes_is_busy)
{
	struct cdrpc_bytes data = rig_data(992);
	struct cdrpc_pending *first = NULL, *second = NULL;

	rig_prepared();
	rig.server_limits.queue_bytes_max = 1999;
	rig_started();
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 1, data, &first), CDRPC_OK);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 1, data, &second), CDRPC_OK);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, first, NULL), 1);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, second, NULL), CDRPC_E_BUSY);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 1, data, NULL), 1);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* The application's own message queue is full: refused, not acknowledged. */
START_TEST(no_bell_is_busy)
{
	rig_connected();
	/* What rang for the new session has been answered. */
	fake_run();
	fake_faults()->ring = true;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_E_BUSY);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, 0, rig_nothing, NULL), CDRPC_OK);
	fake_faults()->ring = false;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_OK);
	rig_stopped();
}
END_TEST

START_TEST(a_bell_runs_a_batch)
{
	struct cdrpc_pending *pendings[ENDPOINT_BATCH_CALLS + 1] = { NULL };
	uint32_t i;

	rig_connected();
	for (i = 0; i <= ENDPOINT_BATCH_CALLS; i++)
		ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, i, rig_nothing, &pendings[i]), CDRPC_OK);
	/* The first reply ends the wait, but its bell runs the whole batch. */
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pendings[0], NULL), 0);
	ck_assert_uint_eq(rig.runs, ENDPOINT_BATCH_CALLS);
	for (i = 1; i <= ENDPOINT_BATCH_CALLS; i++)
		ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pendings[i], NULL), (cdrpc_status)i);
	rig_stopped();
}
END_TEST

START_TEST(the_wrong_thread_is_told)
{
	struct rig_answer answer;

	rig_connected();
	fake_enter(fake_thread(rig.client_thread));
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer), CDRPC_E_WRONG_THREAD);
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 1, rig_nothing, NULL), CDRPC_E_WRONG_THREAD);
	fake_enter(fake_thread(rig.server_thread));
	ck_assert_int_eq(cdrpc_server_run(rig.server), CDRPC_E_WRONG_THREAD);
	ck_assert_int_eq(cdrpc_server_start(rig.server), CDRPC_E_STATE);
	fake_enter(rig.client_thread);
	ck_assert_uint_eq(rig.runs, 0);
	rig_stopped();
}
END_TEST

static enum fake_fate
drop_replies(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	return frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_REPLY ? FAKE_DROP : FAKE_DELIVER;
}

/* Whoever sends requests and takes no answers fills no more memory than a full queue does. */
START_TEST(answers_that_nobody_takes)
{
	static const uint32_t body[2] = { 5, 0 };
	struct frame frame;
	struct raw raw;
	uint32_t i;

	rig_prepared();
	rig.server_limits.queue_max = 4;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&raw) && raw_open(&raw));
	fake_judge(drop_replies, NULL);
	for (i = 0; i < 10; i++) {
		frame = raw_request(&raw, RIG_INTERFACE, RIG_ECHO_INLINE + 1);
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = sizeof body;
		ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), i < 4 ? FRAME_RESULT_ACCEPTED : frame_result_refused(CDRPC_E_BUSY));
	}
	ck_assert_uint_eq(rig.runs, 4);
	raw_end(&raw);
	fake_judge(NULL, NULL);
	rig_stopped();
}
END_TEST

static uint32_t
ask_for_large(struct raw *client)
{
	const uint32_t body[2] = { 0, 0 };
	struct frame frame = raw_request(client, RIG_INTERFACE, RIG_ECHO + 1);

	frame.deadline_ms = 300;
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof body;
	return raw_send_frame(client, &frame, body);
}

static struct cdrpc_bytes large;

static cdrpc_status
reply_large(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)data;
	return rig_reply(call, value, large);
}

/* Nor whoever never says whether it has taken a section: each is kept for it until it does, so there is an end to them, and none of them
 * is mapped. When it says so it is served again. */
START_TEST(sections_that_are_never_answered)
{
	uint32_t accepted = 0, i;
	struct raw raw;
	size_t handles;

	rig_prepared();
	large = rig_data(200000);
	rig.handler = reply_large;
	rig.server_limits.queue_max = 4;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&raw) && raw_open(&raw));
	rig_settle(&rig);
	handles = fake_handles(rig.server_thread);
	raw.result = FRAME_RESULT_NONE;
	for (i = 0; i < 20; i++) {
		accepted += ask_for_large(&raw) == FRAME_RESULT_ACCEPTED;
		rig_settle(&rig);
		fake_advance_us(300000);
		rig_settle(&rig);
	}
	ck_assert_uint_eq(accepted, 4);
	ck_assert_uint_eq(rig.runs, 4);
	ck_assert_uint_eq(fake_handles(rig.server_thread), handles + 4);
	ck_assert_uint_eq(fake_mapped(rig.server_thread), 0);
	raw.result = FRAME_RESULT_ACCEPTED;
	ck_assert_uint_eq(ask_for_large(&raw), frame_result_refused(CDRPC_E_BUSY));
	rig_settle(&rig);
	ck_assert_uint_eq(fake_handles(rig.server_thread), handles);
	ck_assert_uint_eq(ask_for_large(&raw), FRAME_RESULT_ACCEPTED);
	rig_settle(&rig);
	ck_assert_int_eq(raw.last.type, FRAME_REPLY);
	rig_data_free(large);
	raw_end(&raw);
	rig_stopped();
}
END_TEST

/* Nor does it keep others waiting until its deadline, and it still gets the answer when it takes it. */
START_TEST(one_that_takes_no_answer)
{
	static const uint32_t body[2] = { 5, 0 };
	struct raw slow, other;
	struct frame frame;
	uint64_t before;
	uint32_t frames;

	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&slow, RIG_SERVICE), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&other, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&slow) && raw_open(&slow));
	fake_judge(drop_replies, NULL);
	frame = raw_request(&slow, RIG_INTERFACE, RIG_ECHO_INLINE + 1);
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof body;
	ck_assert_uint_eq(raw_send_frame(&slow, &frame, body), FRAME_RESULT_ACCEPTED);
	before = clock_us();
	ck_assert(raw_greet(&other));
	ck_assert_uint_lt(clock_us() - before, 1000000);
	fake_judge(NULL, NULL);
	frames = slow.frames;
	ck_assert(raw_await(&slow, frames + 1));
	ck_assert_uint_eq(slow.last.type, FRAME_REPLY);
	raw_end(&slow);
	raw_end(&other);
	rig_stopped();
}
END_TEST

/* So many CHALLENGEs are on their way to a thread; those that were taken are the process's own handshakes. */
START_TEST(a_flood_of_greetings)
{
	static const uint16_t versions[] = { FRAME_VERSION, FRAME_VERSION };
	struct frame frame;
	struct raw raw;
	uint32_t i;

	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	for (i = 0; i < 10; i++) {
		frame = (struct frame){ .type = FRAME_HELLO, .route = FRAME_ROUTE_FRAME, .body_size = sizeof versions, .nonce = { 1 } };
		ck_assert_uint_eq(raw_send_frame(&raw, &frame, versions), i < 4 ? FRAME_RESULT_ACCEPTED : frame_result_refused(CDRPC_E_BUSY));
	}
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 4);
	ck_assert(!raw_greet(&raw));
	fake_advance_us(HANDSHAKE_US + DEADLINE_TICK_US);
	ck_assert(raw_greet(&raw));
	ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	raw_end(&raw);
	rig_stopped();
}
END_TEST

/* Handshakes that are begun and not finished: so many for a process, and for so long, although nobody comes after them. */
START_TEST(unfinished_handshakes)
{
	struct raw raws[4];
	uint32_t i;

	rig_prepared();
	rig.server_limits.handshakes_max = 3;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(raw_begin(&raws[i], RIG_SERVICE), CDRPC_OK);
		ck_assert_int_eq(raw_greet(&raws[i]), i < 3);
	}
	ck_assert_uint_eq(rig_stats(&rig).sessions, 3);
	raw_end(&raws[3]);
	fake_advance_us(HANDSHAKE_US + DEADLINE_TICK_US);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	for (i = 0; i < 3; i++)
		raw_end(&raws[i]);
	rig_stopped();
}
END_TEST

static struct cdrpc_call *kept[4];

static cdrpc_status
keep(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)data;
	kept[value] = call;
	return cdrpc_call_keep(call);
}

/* Kept calls count until they are answered: their number, and (1) their bytes. */
START_TEST(kept_calls_have_an_end)
{
	struct cdrpc_pending *pendings[4] = { NULL };
	struct cdrpc_bytes data = rig_data(992);
	uint32_t i;

	rig_prepared();
	if (_i == 0)
		rig.server_limits.open_max = 3;
	else
		rig.server_limits.queue_bytes_max = 3999;
	rig_started();
	rig.handler = keep;
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, i, data, &pendings[i]), CDRPC_OK);
		rig_settle(&rig);
	}
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pendings[3], NULL), CDRPC_E_BUSY);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(kept[1], 7), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 1, data, &pendings[3]), CDRPC_OK);
	rig_settle(&rig);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(kept[0], 7), CDRPC_OK);
	ck_assert_int_eq(cdrpc_call_complete(kept[1], 7), CDRPC_OK);
	ck_assert_int_eq(cdrpc_call_complete(kept[2], 7), CDRPC_OK);
	fake_enter(rig.client_thread);
	for (i = 0; i < 4; i++)
		ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pendings[i], NULL), 7);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

static struct raw nested;
static uint32_t depth, deepest;

static void
ask_again(struct raw *client)
{
	static const uint32_t body[2] = { 5, 0 };
	struct frame frame = raw_request(client, RIG_INTERFACE, RIG_ECHO_INLINE + 1);

	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof body;
	if (++depth > deepest)
		deepest = depth;
	raw_send_frame(client, &frame, body);
	depth--;
}

START_TEST(nesting_is_as_deep_as_asked_for)
{
	rig_prepared();
	rig.server_limits.nesting_max = 3;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&nested, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&nested) && raw_open(&nested));
	nested.on_frame = ask_again;
	deepest = 0;
	ask_again(&nested);
	ck_assert_uint_eq(deepest, 4);
	ck_assert_uint_eq(rig.runs, 3);
	ck_assert_uint_eq(rig_stats(&rig).nesting, 3);
	raw_end(&nested);
	rig_stopped();
}
END_TEST

static bool
may_not(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

/* Bodies that wait to be fetched. */
START_TEST(chunked_bodies)
{
	struct cdrpc_bytes data = rig_data(200000);
	struct cdrpc_pending *pendings[3] = { NULL };
	uint32_t i;

	rig_prepared();
	rig.client_hooks.may_duplicate = rig.server_hooks.may_duplicate = may_not;
	rig.client_limits.chunked_max = 2;
	rig_started();
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 4, data, &pendings[i]), i < 2 ? CDRPC_OK : CDRPC_E_NOT_AVAILABLE);
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pendings[i], NULL), 4);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 4, data, NULL), 4);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

static uint32_t heard;

static void
hear(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	(void)data;
	heard++;
}

/* By messages: more than may be on their way end the subscription. */
START_TEST(events_on_their_way)
{
	uint32_t i;

	rig_prepared();
	rig.server_limits.events_max = 3;
	rig.client_limits.resident_max = CDRPC_RESIDENT_NONE;
	rig_started();
	rig_settle(&rig);
	heard = 0;
	rig.heard = hear;
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, false), CDRPC_OK);
	fake_enter(rig.server_thread);
	for (i = 0; i < 5; i++)
		ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_EVENT, i, rig_nothing), CDRPC_OK);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	ck_assert_uint_eq(heard, 3);
	ck_assert_uint_eq(rig_stats(&rig).events, 3);
	ck_assert_uint_eq(rig_stats(&rig).events_lost, 1);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, limits_of_bodies, 0, 2);
	tcase_add_loop_test(tcase, a_handler_that_takes_too_long, 0, 2);
	tcase_add_test(tcase, expired_in_the_queue);
	tcase_add_loop_test(tcase, very_long_timeouts, 0, 3);
	tcase_add_test(tcase, a_full_queue_is_busy);
	tcase_add_test(tcase, a_queue_full_of_bytes_is_busy);
	tcase_add_test(tcase, no_bell_is_busy);
	tcase_add_test(tcase, a_bell_runs_a_batch);
	tcase_add_test(tcase, the_wrong_thread_is_told);
	tcase_add_test(tcase, answers_that_nobody_takes);
	tcase_add_test(tcase, sections_that_are_never_answered);
	tcase_add_test(tcase, one_that_takes_no_answer);
	tcase_add_test(tcase, a_flood_of_greetings);
	tcase_add_test(tcase, unfinished_handshakes);
	tcase_add_loop_test(tcase, kept_calls_have_an_end, 0, 2);
	tcase_add_test(tcase, nesting_is_as_deep_as_asked_for);
	tcase_add_test(tcase, chunked_bodies);
	tcase_add_test(tcase, events_on_their_way);
}

int
main(void)
{
	return check_main(rig_suite("limits", add));
}
