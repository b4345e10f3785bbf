/* A keeper is told when nobody waits for the answer any more: once, from the loop, and not after it has answered. */
#include <string.h>

#include "rig_check.h"
#include "calls/call.h"
#include "session/client.h"

static struct cdrpc_call *kept;
static uint32_t told, told_too;         /* the first keeper, and who took its place */
static uint32_t told_on;                /* the thread */
static uint32_t ended, told_when_ended;
static struct cdrpc_peer *seen;
static cdrpc_status (*in_handler)(struct cdrpc_call *call);
static void (*when_told)(struct cdrpc_call *call);

static void
on_cancelled(void *self, struct cdrpc_call *call)
{
	uint32_t *count = self;
	struct thread_state *state = thread_state_take();

	ck_assert_ptr_eq(call, kept);
	ck_assert(cdrpc_call_is_cancelled(call));
	ck_assert_uint_eq(state->nesting, 0);
	thread_state_drop(state);
	(*count)++;
	told_on = thread_own_id();
	if (when_told)
		when_told(call);
}

static cdrpc_status
keep_and_be_told(struct cdrpc_call *call)
{
	ck_assert_int_eq(cdrpc_call_notify(call, on_cancelled, &told), CDRPC_OK);
	return cdrpc_call_keep(call);
}

static cdrpc_status
keep_alone(struct cdrpc_call *call)
{
	return cdrpc_call_keep(call);
}

static cdrpc_status
handle(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)data;
	(void)value;
	if (index == RIG_NOTE)
		return CDRPC_OK;
	kept = call;
	return in_handler(call);
}

static void
on_opened(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	seen = peer;
}

static void
on_ended(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	ended++;
	told_when_ended = told;
}

static struct cdrpc_pending *
begin_with(cdrpc_status (*keep)(struct cdrpc_call *call))
{
	struct cdrpc_pending *pending;

	kept = NULL;
	told = told_too = told_on = ended = told_when_ended = 0;
	when_told = NULL;
	in_handler = keep;
	rig_prepared();
	rig.server_options.session_opened = on_opened;
	rig.server_options.session_ended = on_ended;
	rig_started();
	cdrpc_client_set_timeout(rig.client, 100000);
	rig.handler = handle;
	pending = rig_begun(RIG_STATUS, 5);
	rig_settle(&rig);
	ck_assert_ptr_nonnull(kept);
	ck_assert_uint_eq(told, 0);
	return pending;
}

static void
complete(uint32_t thread, cdrpc_status expected)
{
	fake_enter(thread);
	ck_assert_int_eq(cdrpc_call_complete(kept, 4), expected);
	fake_enter(rig.client_thread);
}

static void
finish(struct cdrpc_pending *pending, cdrpc_status expected)
{
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), expected);
}

START_TEST(of_a_cancel)
{
	struct cdrpc_pending *pending = begin_with(keep_and_be_told);

	cdrpc_pending_cancel(pending);
	rig_settle(&rig);
	ck_assert_uint_eq(told, 1);
	ck_assert_uint_eq(told_on, rig.server_thread);
	/* Once, whatever else becomes of it. */
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 1, rig_nothing, NULL), CDRPC_OK);
	rig_settle(&rig);
	complete(_i ? fake_thread(rig.server_thread) : rig.server_thread, CDRPC_OK);
	finish(pending, CDRPC_E_CANCELLED);
	ck_assert_uint_eq(told, 1);
	rig_stopped();
}
END_TEST

/* By a worker that has the call already, before it is cancelled or after that. */
START_TEST(set_later)
{
	struct cdrpc_pending *pending = begin_with(keep_alone);
	uint32_t worker = fake_thread(rig.server_thread);

	if (_i) {
		cdrpc_pending_cancel(pending);
		rig_settle(&rig);
	}
	fake_enter(worker);
	ck_assert_int_eq(cdrpc_call_notify(kept, on_cancelled, &told), CDRPC_OK);
	ck_assert_uint_eq(told, 0);
	fake_enter(rig.client_thread);
	if (!_i)
		cdrpc_pending_cancel(pending);
	rig_settle(&rig);
	ck_assert_uint_eq(told, 1);
	ck_assert_uint_eq(told_on, rig.server_thread);
	complete(worker, CDRPC_OK);
	finish(pending, CDRPC_E_CANCELLED);
	rig_stopped();
}
END_TEST

START_TEST(set_anew)
{
	struct cdrpc_pending *pending = begin_with(keep_and_be_told);

	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_notify(kept, _i ? on_cancelled : NULL, &told_too), CDRPC_OK);
	fake_enter(rig.client_thread);
	cdrpc_pending_cancel(pending);
	rig_settle(&rig);
	ck_assert_uint_eq(told, 0);
	ck_assert_uint_eq(told_too, (uint32_t)_i);
	complete(rig.server_thread, CDRPC_OK);
	finish(pending, CDRPC_E_CANCELLED);
	rig_stopped();
}
END_TEST

static struct cdrpc_pending *to_cancel;

/* The cancel is there before the answer, and the loop is still to look. */
START_TEST(not_after_the_answer)
{
	struct cdrpc_pending *pending = begin_with(keep_and_be_told);

	fake_enter(rig.server_thread);
	ck_assert_uint_eq(call_cancel(kept->session, kept->txn), FRAME_RESULT_ACCEPTED);
	ck_assert(cdrpc_call_is_cancelled(kept));
	ck_assert_int_eq(cdrpc_call_complete(kept, 4), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_uint_eq(told, 0);
	finish(pending, 4);
	rig_stopped();
}
END_TEST

static uint32_t worker;
static bool answered_meanwhile;

/* Another thread's answer, between the look for whom to tell and the call of it. */
static void
answer_between(void)
{
	if (answered_meanwhile)
		return;
	if (kept->notify) {
		fake_once_unlocked(answer_between);
		return;
	}
	answered_meanwhile = true;
	fake_enter(worker);
	ck_assert_int_eq(cdrpc_call_complete(kept, 4), CDRPC_OK);
	fake_enter(rig.server_thread);
}

START_TEST(not_after_an_answer_on_another_thread)
{
	struct cdrpc_pending *pending = begin_with(keep_and_be_told);

	worker = fake_thread(rig.server_thread);
	answered_meanwhile = false;
	cdrpc_pending_cancel(pending);
	fake_once_unlocked(answer_between);
	rig_settle(&rig);
	ck_assert(answered_meanwhile);
	ck_assert_uint_eq(told, 0);
	finish(pending, CDRPC_E_CANCELLED);
	rig_stopped();
}
END_TEST

/* What it is cancelled by comes while the handler still runs. */
static cdrpc_status
be_cancelled_and_keep(struct cdrpc_call *call)
{
	ck_assert_int_eq(cdrpc_call_notify(call, on_cancelled, &told), CDRPC_OK);
	fake_enter(rig.client_thread);
	cdrpc_pending_cancel(to_cancel);
	fake_run();
	fake_enter(rig.server_thread);
	ck_assert_uint_eq(told, 0);
	return cdrpc_call_keep(call);
}

START_TEST(cancelled_before_it_is_kept)
{
	struct cdrpc_pending *first = begin_with(keep_alone);
	struct cdrpc_call *other = kept;

	in_handler = be_cancelled_and_keep;
	to_cancel = rig_begun(RIG_STATUS, 6);
	fake_enter(rig.idle_thread);
	fake_run();
	ck_assert_uint_eq(told, 1);
	complete(rig.server_thread, CDRPC_OK);
	kept = other;
	complete(rig.server_thread, CDRPC_OK);
	finish(to_cancel, CDRPC_E_CANCELLED);
	finish(first, 4);
	rig_stopped();
}
END_TEST

/* The runtime answers in time for the caller to learn why; its keeper is told then. */
START_TEST(of_the_deadline)
{
	struct cdrpc_pending *pending;

	pending = begin_with(keep_and_be_told);
	finish(pending, CDRPC_E_ABANDONED);
	rig_settle(&rig);
	ck_assert_uint_eq(told, 1);
	complete(rig.server_thread, CDRPC_E_STATE);
	ck_assert_uint_eq(told, 1);
	rig_stopped();
}
END_TEST

enum end {
	CLIENT_FREED,
	CLIENT_DIED,
	DISCONNECTED,
	STOPPED,
	SERVER_FREED,
	SERVER_FREED_ELSEWHERE,
	SERVERS_THREAD_HAS_ENDED,
	ENDS
};

static void
end_session(enum end how)
{
	uint32_t elsewhere = fake_thread(rig.server_thread);

	if (how == SERVERS_THREAD_HAS_ENDED)
		fake_end_thread(rig.server_thread);
	fake_enter(how == SERVER_FREED_ELSEWHERE || how == SERVERS_THREAD_HAS_ENDED ? elsewhere : rig.server_thread);
	switch (how) {
	case CLIENT_FREED:
		fake_enter(rig.client_thread);
		rig_disconnect(&rig);
		break;
	case CLIENT_DIED:
		fake_kill(rig.client_thread);
		break;
	case DISCONNECTED:
		ck_assert_int_eq(cdrpc_peer_disconnect(seen), CDRPC_OK);
		break;
	case STOPPED:
		cdrpc_server_stop(rig.server);
		fake_enter(rig.idle_thread);
		fake_run();
		/* It has a second to be answered. */
		ck_assert_uint_eq(told, 0);
		fake_advance_us(1100000);
		break;
	default:
		cdrpc_server_free(rig.server);
		rig.server = NULL;
		break;
	}
	fake_enter(rig.idle_thread);
	fake_run();
	fake_enter(elsewhere);
}

/* And before the peer is not valid any more. */
START_TEST(of_the_end)
{
	struct cdrpc_pending *pending = begin_with(keep_and_be_told);
	uint32_t on = _i == SERVERS_THREAD_HAS_ENDED ? 0 : rig.server_thread;

	end_session((enum end)_i);
	ck_assert_uint_eq(told, 1);
	ck_assert_uint_eq(ended, 1);
	ck_assert_uint_eq(told_when_ended, 1);
	ck_assert_uint_eq(told_on, on ? on : thread_own_id());
	ck_assert_int_eq(cdrpc_call_notify(kept, on_cancelled, &told), CDRPC_E_CLOSED);
	ck_assert_int_eq(cdrpc_call_complete(kept, 4), CDRPC_E_CLOSED);
	ck_assert_uint_eq(told, 1);
	/* A process that has ended hears nothing any more. */
	finish(pending, _i == CLIENT_FREED ? CDRPC_E_CLOSED : _i == CLIENT_DIED ? CDRPC_E_TIMEOUT : CDRPC_E_PEER_GONE);
	rig_stopped();
}
END_TEST

/* ---- what it does itself ---- */

static void
answer(struct cdrpc_call *call)
{
	ck_assert_int_eq(cdrpc_call_complete(call, 4), CDRPC_OK);
}

static void
free_the_server(struct cdrpc_call *call)
{
	when_told = NULL;
	cdrpc_server_free(rig.server);
	rig.server = NULL;
	ck_assert_int_eq(cdrpc_call_complete(call, 4), CDRPC_E_CLOSED);
}

START_TEST(does_things_itself)
{
	struct cdrpc_pending *pending = begin_with(keep_and_be_told);

	when_told = _i ? free_the_server : answer;
	cdrpc_pending_cancel(pending);
	rig_settle(&rig);
	ck_assert_uint_eq(told, 1);
	finish(pending, CDRPC_E_CANCELLED);
	rig_stopped();
}
END_TEST

static cdrpc_status
answer_and_ask(struct cdrpc_call *call)
{
	ck_assert_int_eq(cdrpc_call_complete(call, 4), CDRPC_OK);
	ck_assert_int_eq(cdrpc_call_notify(call, on_cancelled, &told), CDRPC_E_STATE);
	return CDRPC_OK;
}

START_TEST(after_the_answer)
{
	struct cdrpc_pending *pending = begin_with(answer_and_ask);

	finish(pending, 4);
	rig_settle(&rig);
	ck_assert_uint_eq(told, 0);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, of_a_cancel, 0, 2);
	tcase_add_loop_test(tcase, set_later, 0, 2);
	tcase_add_loop_test(tcase, set_anew, 0, 2);
	tcase_add_test(tcase, not_after_the_answer);
	tcase_add_test(tcase, not_after_an_answer_on_another_thread);
	tcase_add_test(tcase, cancelled_before_it_is_kept);
	tcase_add_test(tcase, of_the_deadline);
	tcase_add_loop_test(tcase, of_the_end, 0, ENDS);
	tcase_add_loop_test(tcase, does_things_itself, 0, 2);
	tcase_add_test(tcase, after_the_answer);
}

int
main(void)
{
	return check_main(rig_suite("notify", add));
}
