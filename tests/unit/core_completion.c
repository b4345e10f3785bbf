/* Calls that nobody waits for: callbacks, deadlines, a client that goes. core_cancel.c has the rest. */
#include <string.h>

#include "base/deadline.h"
#include "rig_check.h"
#include "session/client.h"

START_TEST(told_from_the_loop)
{
	static const uint32_t indices[] = { RIG_STATUS, RIG_STATUS_INLINE };
	struct cdrpc_pending *pending;

	rig_connected();
	pending = rig_notified(indices[_i], 7);
	/* Also where it has ended already. */
	ck_assert_uint_eq(rig_done.count, 0);
	rig_settle(&rig);
	rig_check_done(1, 7);
	ck_assert_ptr_eq(rig_done.pending, pending);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 1);
	rig_stopped();
}
END_TEST

/* Told while the client waits for another call? Not before it is back in its loop. */
START_TEST(told_after_another_call)
{
	rig_connected();
	rig_notified(RIG_STATUS, 7);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 3, rig_nothing, NULL), 3);
	ck_assert_uint_eq(rig_done.count, 0);
	rig_settle(&rig);
	rig_check_done(1, 7);
	rig_stopped();
}
END_TEST

START_TEST(many_are_told)
{
	uint32_t i;

	rig_connected();
	for (i = 0; i < 40; i++)
		rig_notified(i % 2 ? RIG_STATUS : RIG_STATUS_INLINE, i);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 40);
	rig_stopped();
}
END_TEST

START_TEST(finished_before_it_was_told)
{
	struct cdrpc_pending *pending;

	rig_connected();
	pending = rig_notified(RIG_STATUS, 5);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), 5);
	rig_settle(&rig);
	fake_advance_us(40000000);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 0);
	rig_stopped();
}
END_TEST

START_TEST(told_of_the_deadline)
{
	rig_connected();
	rig.handler = rig_keep;
	cdrpc_client_set_timeout(rig.client, 2000);
	rig_notified(RIG_STATUS, 5);
	cdrpc_client_set_timeout(rig.client, 500);
	rig_settle(&rig);
	/* The one that comes first, although it was made last. */
	rig_notified(RIG_STATUS, 6);
	fake_hang(rig.server_thread, true);
	fake_advance_us(499000);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 0);
	fake_advance_us(2000 + DEADLINE_TICK_US);
	rig_settle(&rig);
	rig_check_done(1, CDRPC_E_TIMEOUT);
	fake_advance_us(1480000);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 1);
	fake_advance_us(520000);
	rig_settle(&rig);
	rig_check_done(2, CDRPC_E_TIMEOUT);
	fake_hang(rig.server_thread, false);
	fake_enter(rig.server_thread);
	cdrpc_call_complete(rig_kept, 0);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

START_TEST(told_that_it_was_abandoned)
{
	rig_connected();
	rig.handler = rig_keep;
	cdrpc_client_set_timeout(rig.client, 1600);
	rig_notified(RIG_STATUS, 5);
	rig_settle(&rig);
	fake_advance_us(1540000);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 0);
	/* By itself: the server has a clock. */
	fake_advance_us(20000 + 2 * DEADLINE_TICK_US);
	rig_settle(&rig);
	rig_check_done(1, CDRPC_E_ABANDONED);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, 0), CDRPC_E_STATE);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

START_TEST(told_of_the_servers_end)
{
	rig_connected();
	rig.handler = rig_keep;
	rig_notified(RIG_STATUS, 5);
	rig_settle(&rig);
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	rig_check_done(1, CDRPC_E_PEER_DIED);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 1, rig_nothing, NULL), CDRPC_E_PEER_DIED);
	fake_enter(rig.server_thread);
	cdrpc_call_complete(rig_kept, 0);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static void
finish_and_free(void *self, struct cdrpc_pending *pending)
{
	(void)self;
	rig_done.count++;
	rig_done.status = rig_finish(&rig, RIG_STATUS, pending, NULL);
	cdrpc_client_free(rig.client);
	rig.client = NULL;
}

/* By the callback that is told of the deadline, while others are on their way. */
START_TEST(client_freed_by_a_callback)
{
	struct cdrpc_pending *other;

	rig_connected();
	cdrpc_client_set_timeout(rig.client, 2000);
	ck_assert_int_eq(cdrpc_pending_notify(rig_begun(RIG_STATUS, 5), finish_and_free, NULL), CDRPC_OK);
	cdrpc_client_set_timeout(rig.client, 20000);
	other = rig_begun(RIG_STATUS, 5);
	fake_hang(rig.server_thread, true);
	fake_advance_us(2100000);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 1);
	ck_assert_int_eq(rig_done.status, CDRPC_E_TIMEOUT);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, other, NULL), CDRPC_E_CLOSED);
	fake_hang(rig.server_thread, false);
	rig_settle(&rig);
	rig_stopped();
}
END_TEST

/* Its pending calls end CLOSED, nobody is told any more, and they are still to be finished. */
START_TEST(client_freed_with_pending_calls)
{
	struct cdrpc_pending *pendings[4];
	int i;

	rig_connected();
	for (i = 0; i < 4; i++)
		pendings[i] = i % 2 ? rig_notified(RIG_STATUS, 5) : rig_begun(RIG_STATUS, 5);
	if (_i)
		rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, _i ? 2 : 0);
	rig_disconnect(&rig);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, _i ? 2 : 0);
	for (i = 0; i < 4; i++) {
		if (!_i || i % 2 == 0)
			ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pendings[i], NULL), _i ? 5 : CDRPC_E_CLOSED);
	}
	rig_stopped();
}
END_TEST

START_TEST(wrong_thread)
{
	struct cdrpc_pending *pending;
	cdrpc_handle event = NULL;

	rig_connected();
	pending = rig_begun(RIG_STATUS, 5);
	fake_enter(fake_thread(rig.client_thread));
	ck_assert_int_eq(cdrpc_pending_notify(pending, rig_on_done, &rig_done), CDRPC_E_WRONG_THREAD);
	ck_assert_int_eq(cdrpc_pending_event(pending, &event), CDRPC_E_WRONG_THREAD);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), 5);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 0);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, told_from_the_loop, 0, 2);
	tcase_add_test(tcase, told_after_another_call);
	tcase_add_test(tcase, many_are_told);
	tcase_add_test(tcase, finished_before_it_was_told);
	tcase_add_test(tcase, told_of_the_deadline);
	tcase_add_test(tcase, told_that_it_was_abandoned);
	tcase_add_test(tcase, told_of_the_servers_end);
	tcase_add_test(tcase, client_freed_by_a_callback);
	tcase_add_loop_test(tcase, client_freed_with_pending_calls, 0, 2);
	tcase_add_test(tcase, wrong_thread);
}

int
main(void)
{
	return check_main(rig_suite("async", add));
}
