/* Calls that a handler keeps and answers later, never, or twice. */
#include <string.h>

#include "base/deadline.h"
#include "rig_check.h"

static struct cdrpc_call *kept;
static struct cdrpc_bytes kept_data;

static cdrpc_status
keep(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	kept = call;
	kept_data = data;
	return cdrpc_call_keep(call);
}

static struct cdrpc_pending *
begin_kept(uint32_t index, struct cdrpc_bytes data)
{
	struct cdrpc_pending *pending = NULL;

	rig.handler = keep;
	kept = NULL;
	ck_assert_int_eq(rig_begin(&rig, index, 3, data, &pending), CDRPC_OK);
	fake_run();
	ck_assert_ptr_nonnull(kept);
	return pending;
}

/* Its inputs are still there when it is answered, from the owner's thread (0) or another (1). */
START_TEST(kept_and_answered_later)
{
	static const uint32_t indices[] = { RIG_ECHO, RIG_ECHO_INLINE };
	struct cdrpc_bytes data;
	struct cdrpc_pending *pending;
	struct rig_answer answer;
	uint32_t size;

	rig_connected();
	for (size = 10; size <= 100000; size *= 100) {
		data = rig_data(size);
		pending = begin_kept(indices[_i / 2], data);
		fake_enter(_i % 2 ? fake_thread(rig.server_thread) : rig.server_thread);
		ck_assert_uint_gt(cdrpc_call_remaining_ms(kept), 29000);
		ck_assert_int_eq(rig_reply(kept, 8, kept_data), CDRPC_OK);
		fake_enter(rig.client_thread);
		ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_OK);
		ck_assert_uint_eq(answer.value, 8);
		ck_assert(rig_data_equal(answer.data, data));
		rig_data_free(data);
	}
	rig_stopped();
}
END_TEST

START_TEST(kept_and_completed_later)
{
	static const uint32_t indices[] = { RIG_STATUS, RIG_STATUS_INLINE };
	struct cdrpc_pending *pending;
	cdrpc_status status;

	rig_connected();
	for (status = 0; status < 2; status++) {
		pending = begin_kept(indices[_i / 2], rig_nothing);
		fake_enter(_i % 2 ? fake_thread(rig.server_thread) : rig.server_thread);
		ck_assert_int_eq(cdrpc_call_complete(kept, status), CDRPC_OK);
		fake_enter(rig.client_thread);
		ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), status);
	}
	rig_stopped();
}
END_TEST

static uint32_t refused_sends;

/* Whoever hangs takes messages again after a while. */
static enum fake_fate
revive_after_five(void *self, const struct fake_send *send)
{
	(void)self;
	(void)send;
	if (++refused_sends > 5)
		fake_hang(rig.client_thread, false);
	return FAKE_DELIVER;
}

/* It counts as hung for a second: its answer comes late, and is not lost. By the owner's thread (0) or another (1). */
START_TEST(a_client_that_hangs_when_it_is_answered)
{
	struct cdrpc_pending *pending;

	rig_connected();
	pending = begin_kept(RIG_STATUS, rig_nothing);
	fake_enter(_i ? fake_thread(rig.server_thread) : rig.server_thread);
	fake_hang(rig.client_thread, true);
	refused_sends = rig_resident ? 5 : 0;
	fake_judge(revive_after_five, NULL);
	ck_assert_int_eq(cdrpc_call_complete(kept, 7), CDRPC_OK);
	fake_run();
	fake_judge(NULL, NULL);
	fake_hang(rig.client_thread, false);
	fake_enter(rig.client_thread);
	ck_assert_uint_gt(refused_sends, 4);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), 7);
	rig_stopped();
}
END_TEST

/* Kept, and answered by another thread before the handler has returned. */
static cdrpc_status
keep_and_complete_elsewhere(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	cdrpc_status result = cdrpc_call_keep(call);

	(void)index;
	(void)data;
	fake_enter(fake_thread(r->server_thread));
	ck_assert_int_eq(cdrpc_call_complete(call, (cdrpc_status)value), CDRPC_OK);
	fake_enter(r->server_thread);
	return result;
}

START_TEST(completed_by_another_thread_meanwhile)
{
	rig_connected();
	rig.handler = keep_and_complete_elsewhere;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, 0, rig_nothing, NULL), CDRPC_OK);
	/* A message's value is the owner's thread's alone to give, who may have given it already. */
	ck_assert_int_eq(rig.trace.reply_route, rig_small_reply());
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 9, rig_nothing, NULL), 9);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, 9, rig_nothing, NULL), 9);
	rig_stopped();
}
END_TEST

START_TEST(kept_until_the_client_had_gone)
{
	struct cdrpc_pending *pending;

	rig_connected();
	pending = begin_kept(RIG_ECHO, rig_nothing);
	rig_disconnect(&rig);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, NULL), CDRPC_E_CLOSED);
	fake_enter(rig.server_thread);
	ck_assert_uint_eq(cdrpc_call_remaining_ms(kept), 30000 + 2 * DEADLINE_TICK_US / 1000);
	ck_assert_int_eq(_i ? rig_reply(kept, 1, kept_data) : cdrpc_call_complete(kept, 4), CDRPC_E_CLOSED);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	fake_enter(rig.client_thread);
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

/* The answer is the first to find that its client has died: nothing can be pushed into that process. */
START_TEST(kept_until_the_client_had_died)
{
	struct cdrpc_bytes data = rig_data(100000);
	struct cdrpc_pending *pending;

	rig_init(&rig);
	rig.client_limits.resident_max = CDRPC_RESIDENT_NONE;
	rig.client_hooks.may_duplicate = may_not;
	rig_started();
	pending = begin_kept(RIG_ECHO, data);
	fake_kill(rig.client_thread);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_reply(kept, 1, kept_data), CDRPC_E_CLOSED);
	fake_enter(rig.client_thread);
	ck_assert_int_ne(rig_finish(&rig, RIG_ECHO, pending, NULL), CDRPC_OK);
	rig_data_free(data);
	fake_run();
	rig_stopped();
}
END_TEST

START_TEST(kept_beyond_its_server)
{
	struct cdrpc_pending *pending;

	rig_connected();
	pending = begin_kept(RIG_ECHO, rig_nothing);
	fake_enter(rig.server_thread);
	cdrpc_server_free(rig.server);
	rig.server = NULL;
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, NULL), CDRPC_E_PEER_GONE);
	/* Nobody is told of the client's end any more, although the call still holds its process. */
	fake_kill(rig.client_thread);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(kept, 4), CDRPC_E_CLOSED);
	rig_stopped();
}
END_TEST

START_TEST(kept_and_never_answered)
{
	struct cdrpc_pending *pending;
	uint64_t before;

	rig_connected();
	cdrpc_client_set_timeout(rig.client, 1400);
	before = clock_us();
	pending = begin_kept(RIG_STATUS, rig_nothing);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_TIMEOUT);
	ck_assert_uint_ge(clock_us() - before, 1400000);
	ck_assert_uint_le(clock_us() - before, 1600000);
	/* Answered too late: the call is over, and rig_nothing is sent for it. */
	fake_enter(rig.server_thread);
	ck_assert_uint_eq(cdrpc_call_remaining_ms(kept), 0);
	cdrpc_call_complete(kept, 0);
	fake_enter(rig.client_thread);
	rig.handler = NULL;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 6, rig_nothing, NULL), 6);
	rig_stopped();
}
END_TEST

/* The runtime ends it shortly before the client would. Whoever keeps it learns that when it answers, by this way or that. */
START_TEST(kept_and_abandoned)
{
	struct cdrpc_pending *pending;

	rig_connected();
	cdrpc_client_set_timeout(rig.client, 1600);
	pending = begin_kept(_i & 1 ? RIG_ECHO : RIG_STATUS, rig_nothing);
	fake_advance_us(1560000 + 2 * DEADLINE_TICK_US);
	/* Another call rings the bell, and the server looks. */
	rig.handler = NULL;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 6, rig_nothing, NULL), 6);
	ck_assert_int_eq(rig_finish(&rig, _i & 1 ? RIG_ECHO : RIG_STATUS, pending, NULL), CDRPC_E_ABANDONED);
	fake_enter(_i & 2 ? fake_thread(rig.server_thread) : rig.server_thread);
	ck_assert_uint_gt(cdrpc_call_remaining_ms(kept), 0);
	ck_assert_int_eq(_i & 1 ? rig_reply(kept, 1, kept_data) : cdrpc_call_complete(kept, 4), CDRPC_E_STATE);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static cdrpc_status second_answer;

static cdrpc_status
answer_twice(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	ck_assert_int_eq(rig_reply(call, value, data), CDRPC_OK);
	second_answer = value & 1 ? rig_reply(call, value + 1, data) : cdrpc_call_complete(call, 3);
	return value & 2 ? cdrpc_call_keep(call) : 5;
}

/* The first answer counts; keeping a call that is answered keeps rig_nothing. */
START_TEST(answered_twice)
{
	struct rig_answer answer;
	uint32_t value;

	rig_connected();
	rig.handler = answer_twice;
	for (value = 0; value < 4; value++) {
		second_answer = 0;
		ck_assert_int_eq(rig_call(&rig, _i ? RIG_ECHO : RIG_ECHO_INLINE, value, rig_nothing, &answer), CDRPC_OK);
		ck_assert_uint_eq(answer.value, value);
		ck_assert_int_eq(second_answer, CDRPC_E_STATE);
	}
	ck_assert_uint_eq(rig_stats(&rig).replies_by_message, rig_resident ? 0 : 4);
	rig_stopped();
}
END_TEST

/* One thread has begun to answer when another has answered: the first neither answers the call that comes to stand in the memory of the
 * other, nor takes what the client is fetching of the answer that counts. By message, in place, in pieces. */
START_TEST(answered_by_two_at_once)
{
	struct cdrpc_bytes data = rig_data(_i ? 100000 : 10), other = rig_data(_i ? 100001 : 11);
	struct cdrpc_pending *first, *second;
	struct rig_answer answer;
	struct cdrpc_writer one, two;

	rig_prepared();
	if (_i == 2)
		rig.client_hooks.may_duplicate = rig.server_hooks.may_duplicate = may_not;
	rig_started();
	first = begin_kept(RIG_ECHO, rig_nothing);
	fake_enter(fake_thread(rig.server_thread));
	cdrpc_answer_begin(&one, kept, &rig_interface, RIG_ECHO);
	do {
		cdrpc_write_u32(&one, 1);
		cdrpc_write_blob(&one, data, data.size);
	} while (cdrpc_write_again(&one));
	fake_enter(rig.server_thread);
	cdrpc_answer_begin(&two, kept, &rig_interface, RIG_ECHO);
	do {
		cdrpc_write_u32(&two, 2);
		cdrpc_write_blob(&two, other, other.size);
	} while (cdrpc_write_again(&two));
	ck_assert_int_eq(cdrpc_answer_send(&one), CDRPC_OK);
	fake_enter(rig.client_thread);
	second = begin_kept(RIG_ECHO, rig_nothing);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_answer_send(&two), CDRPC_E_STATE);
	ck_assert_int_eq(rig_reply(kept, 3, rig_nothing), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, first, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, 1);
	ck_assert(rig_data_equal(answer.data, data));
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, second, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, 3);
	rig_data_free(data);
	rig_data_free(other);
	rig_stopped();
}
END_TEST

/* The same in pieces, while the client still fetches. */
START_TEST(the_loser_leaves_the_pieces_of_the_winner)
{
	struct cdrpc_bytes data = rig_data(300000);
	struct cdrpc_pending *pending;
	struct rig_answer answer;
	struct cdrpc_writer one, two;

	rig_prepared();
	rig.client_hooks.may_duplicate = rig.server_hooks.may_duplicate = may_not;
	rig_started();
	pending = begin_kept(RIG_ECHO, rig_nothing);
	fake_enter(rig.server_thread);
	cdrpc_answer_begin(&one, kept, &rig_interface, RIG_ECHO);
	cdrpc_answer_begin(&two, kept, &rig_interface, RIG_ECHO);
	do {
		cdrpc_write_u32(&one, 1);
		cdrpc_write_blob(&one, data, data.size);
	} while (cdrpc_write_again(&one));
	do {
		cdrpc_write_u32(&two, 2);
		cdrpc_write_blob(&two, data, data.size);
	} while (cdrpc_write_again(&two));
	ck_assert_int_eq(cdrpc_answer_send(&one), CDRPC_OK);
	ck_assert_int_eq(cdrpc_answer_send(&two), CDRPC_E_STATE);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, 1);
	ck_assert(rig_data_equal(answer.data, data));
	rig_data_free(data);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, answered_by_two_at_once, 0, 3);
	tcase_add_test(tcase, the_loser_leaves_the_pieces_of_the_winner);
	tcase_add_loop_test(tcase, kept_and_answered_later, 0, 4);
	tcase_add_loop_test(tcase, kept_and_completed_later, 0, 4);
	tcase_add_loop_test(tcase, a_client_that_hangs_when_it_is_answered, 0, 2);
	tcase_add_test(tcase, completed_by_another_thread_meanwhile);
	tcase_add_loop_test(tcase, kept_until_the_client_had_gone, 0, 2);
	tcase_add_test(tcase, kept_until_the_client_had_died);
	tcase_add_test(tcase, kept_beyond_its_server);
	tcase_add_test(tcase, kept_and_never_answered);
	tcase_add_loop_test(tcase, kept_and_abandoned, 0, 4);
	tcase_add_loop_test(tcase, answered_twice, 0, 2);
}

int
main(void)
{
	return check_main(rig_suite("kept", add));
}
