/* Calls that are cancelled, and calls whose end an event tells. */
#include "fake_world.h"
#include "rig_check.h"
#include "session/client.h"

static uint32_t cancelled_after;        /* what the running handler saw of a cancel: 1 no, 2 yes */

START_TEST(cancelled_in_the_queue)
{
	struct cdrpc_pending *pending;

	rig_connected();
	pending = rig_begun(RIG_STATUS, 5);
	cdrpc_pending_cancel(pending);
	ck_assert(cdrpc_pending_is_done(pending));
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_CANCELLED);
	rig_settle(&rig);
	ck_assert_uint_eq(rig.runs, 0);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 6, rig_nothing, NULL), 6);
	ck_assert_uint_eq(rig.runs, 1);
	rig_stopped();
}
END_TEST

START_TEST(cancelled_while_kept)
{
	struct cdrpc_pending *pending;

	rig_connected();
	rig.handler = rig_keep;
	pending = rig_begun(RIG_STATUS, 5);
	rig_settle(&rig);
	ck_assert(!cdrpc_call_is_cancelled(rig_kept));
	cdrpc_pending_cancel(pending);
	rig_settle(&rig);
	ck_assert(cdrpc_call_is_cancelled(rig_kept));
	/* The server still ends it. */
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, 4), CDRPC_OK);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_CANCELLED);
	rig_stopped();
}
END_TEST

static struct cdrpc_pending *to_cancel;

/* The client's other doings, while this one runs. */
static cdrpc_status
be_cancelled(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)index;
	(void)value;
	(void)data;
	ck_assert(!cdrpc_call_is_cancelled(call));
	fake_enter(r->client_thread);
	cdrpc_pending_cancel(to_cancel);
	fake_run();
	fake_enter(r->server_thread);
	cancelled_after = cdrpc_call_is_cancelled(call) ? 2 : 1;
	return 3;
}

START_TEST(cancelled_while_running)
{
	rig_connected();
	cancelled_after = 0;
	rig.handler = be_cancelled;
	to_cancel = rig_notified(RIG_STATUS, 5);
	/* Entered, so that it is the server's thread that the handler returns to. */
	fake_enter(rig.server_thread);
	cdrpc_server_run(rig.server);
	fake_enter(rig.client_thread);
	ck_assert_uint_eq(cancelled_after, 2);
	rig_settle(&rig);
	rig_check_done(1, CDRPC_E_CANCELLED);
	rig_stopped();
}
END_TEST

START_TEST(cancelled_too_late)
{
	struct cdrpc_pending *pending;

	rig_connected();
	pending = rig_begun(RIG_STATUS_INLINE, 5);
	cdrpc_pending_cancel(pending);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS_INLINE, pending, NULL), 5);
	rig_stopped();
}
END_TEST

START_TEST(cancelled_when_the_server_is_gone)
{
	struct cdrpc_pending *pending;

	rig_connected();
	pending = rig_notified(RIG_STATUS, 5);
	if (_i)
		fake_kill(rig.server_thread);
	else
		fake_hang(rig.server_thread, true);
	cdrpc_pending_cancel(pending);
	rig_settle(&rig);
	rig_check_done(1, CDRPC_E_CANCELLED);
	fake_hang(rig.server_thread, false);
	rig_stopped();
}
END_TEST

static bool
take_signal(cdrpc_handle event)
{
	struct fake_object *object = fake_object_of(fake_world.current->home, (uint64_t)(uintptr_t)event);
	bool was = object->signalled;

	object->signalled = false;
	return was;
}

/* A thread that has no loop waits for the event, and looks. */
START_TEST(by_event)
{
	struct cdrpc_pending *pending;
	cdrpc_handle event = NULL;
	uint32_t i;

	rig_connected();
	rig.handler = rig_keep;
	for (i = 0; i < 3; i++) {
		pending = rig_begun(RIG_STATUS, 5);
		if (!rig_resident) {
			ck_assert_int_eq(cdrpc_pending_event(pending, &event), CDRPC_E_NOT_AVAILABLE);
			ck_assert_ptr_null(event);
		} else {
			ck_assert_int_eq(cdrpc_pending_event(pending, &event), CDRPC_OK);
			ck_assert_ptr_eq(event, port_event(rig.client->endpoint->port));
			take_signal(event);
		}
		/* The client's thread does not turn its loop. */
		fake_run();
		ck_assert(!cdrpc_pending_is_done(pending));
		ck_assert(!rig_resident || !take_signal(event));
		fake_enter(rig.server_thread);
		cdrpc_call_complete(rig_kept, 9);
		fake_enter(rig.client_thread);
		ck_assert(!rig_resident || take_signal(event));
		ck_assert(cdrpc_pending_is_done(pending));
		ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), 9);
	}
	rig_stopped();
}
END_TEST

START_TEST(by_event_that_was)
{
	struct cdrpc_pending *pending;
	cdrpc_handle event = NULL;

	rig_connected();
	pending = rig_begun(RIG_STATUS_INLINE, 5);
	if (rig_resident) {
		ck_assert_int_eq(cdrpc_pending_event(pending, &event), CDRPC_OK);
		ck_assert(take_signal(event));
	}
	ck_assert(cdrpc_pending_is_done(pending));
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), 5);
	rig_stopped();
}
END_TEST

START_TEST(by_event_at_the_servers_end)
{
	struct cdrpc_pending *pending;
	cdrpc_handle event = NULL;

	rig_connected();
	rig.handler = rig_keep;
	pending = rig_begun(RIG_STATUS, 5);
	fake_run();
	if (rig_resident) {
		ck_assert_int_eq(cdrpc_pending_event(pending, &event), CDRPC_OK);
		take_signal(event);
		fake_kill(rig.server_thread);
		ck_assert(take_signal(event));
		ck_assert(cdrpc_pending_is_done(pending));
	} else {
		fake_kill(rig.server_thread);
	}
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_PEER_DIED);
	fake_enter(rig.server_thread);
	cdrpc_call_complete(rig_kept, 0);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, cancelled_in_the_queue);
	tcase_add_test(tcase, cancelled_while_kept);
	tcase_add_test(tcase, cancelled_while_running);
	tcase_add_test(tcase, cancelled_too_late);
	tcase_add_loop_test(tcase, cancelled_when_the_server_is_gone, 0, 2);
	tcase_add_test(tcase, by_event);
	tcase_add_test(tcase, by_event_that_was);
	tcase_add_test(tcase, by_event_at_the_servers_end);
}

int
main(void)
{
	return check_main(rig_suite("cancel", add));
}
