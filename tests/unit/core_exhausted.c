/* When every allocation fails: a call that was accepted is answered all the same, with a status that says so. */
#include <string.h>

#include "base/deadline.h"
#include "rig_check.h"
#include "session/client.h"

static bool
may_not(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

static cdrpc_status
reply_without_memory(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	cdrpc_status status;

	(void)index;
	r->heap.exhausted = true;
	status = rig_reply(call, value, data);
	ck_assert_int_eq(status, CDRPC_E_NOMEM);
	return status;
}

/* The handler returns what its reply function did: the client hears that it was memory, and not that the handler is at fault. */
START_TEST(a_reply_that_has_no_room)
{
	static const uint32_t indices[] = { RIG_ECHO, RIG_ECHO_INLINE };
	struct cdrpc_bytes data = rig_data(100000);
	struct rig_answer answer;

	rig_prepared();
	/* In pieces, which take memory. */
	rig.client_hooks.may_duplicate = rig.server_hooks.may_duplicate = may_not;
	rig_started();
	rig.handler = reply_without_memory;
	ck_assert_int_eq(rig_call(&rig, indices[_i], 1, data, &answer), CDRPC_E_REMOTE_NOMEM);
	rig.heap.exhausted = false;
	rig.handler = NULL;
	ck_assert_int_eq(rig_call(&rig, indices[_i], 1, data, &answer), CDRPC_OK);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

enum { CALLS = 20 };

static struct cdrpc_call *kept[CALLS];
static uint32_t kept_count;

static cdrpc_status
keep(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	(void)data;
	kept[kept_count++] = call;
	return cdrpc_call_keep(call);
}

static void
begin_calls(struct cdrpc_pending *pendings[CALLS])
{
	uint32_t i;

	rig.handler = keep;
	kept_count = 0;
	for (i = 0; i < CALLS; i++) {
		ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, i, rig_nothing, &pendings[i]), CDRPC_OK);
		rig_settle(&rig);
	}
	ck_assert_uint_eq(kept_count, CALLS);
}

static void
end_calls(struct cdrpc_pending *pendings[CALLS], cdrpc_status expected)
{
	struct rig_answer answer;
	uint32_t i, wrong = 0;

	for (i = 0; i < CALLS; i++)
		wrong += rig_finish(&rig, RIG_ECHO, pendings[i], &answer) != expected;
	ck_assert_uint_eq(wrong, 0);
	rig.heap.exhausted = false;
	rig.handler = NULL;
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer), CDRPC_OK);
}

/* Kept calls, completed by the server's thread (0) or another (1), and those that nobody completes (2). */
START_TEST(kept_calls)
{
	struct cdrpc_pending *pendings[CALLS] = { NULL };
	uint32_t i;

	rig_connected();
	cdrpc_client_set_timeout(rig.client, 1600);
	begin_calls(pendings);
	rig.heap.exhausted = true;
	if (_i == 2)
		fake_advance_us(1560000 + 2 * DEADLINE_TICK_US);
	rig_settle(&rig);
	fake_enter(_i == 0 ? rig.server_thread : fake_thread(rig.server_thread));
	for (i = 0; i < CALLS && _i < 2; i++) {
		ck_assert_int_eq(rig_reply(kept[i], i, rig_nothing), CDRPC_E_NOMEM);
		ck_assert_int_eq(cdrpc_call_complete(kept[i], CDRPC_E_NOMEM), CDRPC_OK);
	}
	fake_enter(rig.client_thread);
	end_calls(pendings, _i < 2 ? CDRPC_E_REMOTE_NOMEM : CDRPC_E_ABANDONED);
	fake_enter(rig.server_thread);
	for (i = 0; i < CALLS && _i == 2; i++)
		ck_assert_int_eq(cdrpc_call_complete(kept[i], 1), CDRPC_E_STATE);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static struct cdrpc_client *back;

static void
on_opened(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	ck_assert_int_eq(cdrpc_peer_client(peer, &rig.client_options, &back), CDRPC_OK);
}

/* A client that is called back, and has never needed a thread that sends: now there is no memory for one. */
START_TEST(no_memory_for_the_thread_that_sends)
{
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_client *front;
	struct rig_answer answer;

	rig_prepared();
	rig.server_options.session_opened = on_opened;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	rig.server_options.session_opened = NULL;
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_settle(&rig);
	front = rig.client;
	rig.client = back;
	rig.handler = keep;
	kept_count = 0;
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 1, rig_nothing, &pending), CDRPC_OK);
	fake_enter(rig.idle_thread);
	fake_run();
	ck_assert_uint_eq(kept_count, 1);
	ck_assert_ptr_null(front->endpoint->jobs.sender);
	rig.heap.exhausted = true;
	fake_enter(fake_thread(rig.client_thread));
	ck_assert_int_eq(rig_reply(kept[0], 1, rig_nothing), CDRPC_E_NOMEM);
	ck_assert_int_eq(cdrpc_call_complete(kept[0], CDRPC_E_NOMEM), CDRPC_OK);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_REMOTE_NOMEM);
	rig.heap.exhausted = false;
	cdrpc_client_free(back);
	rig.client = front;
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, a_reply_that_has_no_room, 0, 2);
	tcase_add_loop_test(tcase, kept_calls, 0, 3);
	tcase_add_test(tcase, no_memory_for_the_thread_that_sends);
}

int
main(void)
{
	return check_main(rig_suite("exhausted", add));
}
