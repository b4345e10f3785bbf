/*
 * Calls in both directions of a session: calls back, calls that cross, what each policy makes of them, and how deep they go. Calls back
 * are [inline] here: with one real thread, a side that waits cannot take a posted one while the other side waits for it.
 */
#include <string.h>

#include "calls/call.h"
#include "rig_check.h"
#include "service/server.h"
#include "session/client.h"

#define DEPTH_MAX 8

static struct {
	uint32_t deepest;
	cdrpc_status innermost;
	uint32_t same_chain;
	struct causality chain;
} seen;

static struct cdrpc_peer *peer;

static void
opened(void *self, struct cdrpc_peer *which)
{
	(void)self;
	peer = which;
}

static void
begin(enum cdrpc_reentry server, enum cdrpc_reentry client)
{
	struct cdrpc_server_options back;

	memset(&seen, 0, sizeof seen);
	peer = NULL;
	rig_prepared();
	rig.server_options.session_opened = opened;
	back = rig.server_options;
	rig.server_options.reentry = server;
	back.reentry = client;
	back.session_opened = NULL;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, &back), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_ptr_nonnull(peer);
}

/* A call by whoever runs, in the other direction than 'call' came. */
static cdrpc_status
call_back(struct cdrpc_peer *to, uint32_t index, uint32_t value)
{
	struct cdrpc_client *before = rig.client, *back = NULL;
	cdrpc_status status = cdrpc_peer_client(to, &rig.client_options, &back);

	if (status != CDRPC_OK)
		return status;
	rig.client = back;
	status = rig_call(&rig, index, value, rig_nothing, NULL);
	rig.client = before;
	cdrpc_client_free(back);
	return status;
}

/* 'value' more calls, there and back; the innermost status comes out. */
static cdrpc_status
ping_pong(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	const struct endpoint *endpoint = session_of(cdrpc_call_peer(call))->endpoint;
	const struct causality *causality = &endpoint->thread.shared->current->causality;

	(void)data;
	if (r->runs == 1)
		seen.chain = *causality;
	seen.same_chain += causality_same(causality, &seen.chain) && causality->depth == r->runs;
	if (r->runs > seen.deepest)
		seen.deepest = r->runs;
	if (value == 0)
		return 77;
	seen.innermost = call_back(cdrpc_call_peer(call), index, value - 1);
	return seen.innermost > 0 ? seen.innermost : CDRPC_E_BUSY;
}

START_TEST(calls_back)
{
	static const enum cdrpc_reentry policies[] = { CDRPC_REENTRY_QUEUE, CDRPC_REENTRY_ALLOW };
	uint32_t depth;

	begin(policies[_i], policies[_i]);
	rig.handler = ping_pong;
	for (depth = 1; depth <= DEPTH_MAX; depth++) {
		rig.runs = 0;
		seen.same_chain = 0;
		ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, depth - 1, rig_nothing, NULL), 77);
		ck_assert_uint_eq(rig.runs, depth);
		ck_assert_uint_eq(seen.same_chain, depth);
	}
	rig_stopped();
}
END_TEST

START_TEST(not_deeper_than_that)
{
	cdrpc_status first;

	begin(CDRPC_REENTRY_QUEUE, CDRPC_REENTRY_QUEUE);
	rig.handler = ping_pong;
	first = rig_call(&rig, RIG_STATUS_INLINE, DEPTH_MAX, rig_nothing, NULL);
	ck_assert_int_eq(first, CDRPC_E_BUSY);
	ck_assert_uint_eq(rig.runs, DEPTH_MAX);
	/* The next one goes. */
	rig.runs = 0;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, DEPTH_MAX - 1, rig_nothing, NULL), 77);
	rig_stopped();
}
END_TEST

/* Another call has another chain. */
START_TEST(chains_differ)
{
	struct causality first;

	begin(CDRPC_REENTRY_QUEUE, CDRPC_REENTRY_QUEUE);
	rig.handler = ping_pong;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), 77);
	first = seen.chain;
	rig.runs = 0;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL), 77);
	ck_assert(!causality_same(&first, &seen.chain));
	fake_enter(rig.server_thread);
	rig.runs = 0;
	ck_assert_int_eq(call_back(peer, RIG_STATUS, 0), 77);
	fake_enter(rig.client_thread);
	ck_assert(!causality_same(&first, &seen.chain));
	rig_stopped();
}
END_TEST

/* A side that refuses everything while it waits refuses also what its own call leads to. */
START_TEST(refused_back)
{
	begin(CDRPC_REENTRY_QUEUE, CDRPC_REENTRY_REFUSE);
	rig.handler = ping_pong;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 1, rig_nothing, NULL), CDRPC_E_BUSY);
	ck_assert_int_eq(seen.innermost, CDRPC_E_WOULD_DEADLOCK);
	ck_assert_uint_eq(rig.runs, 1);
	rig_stopped();
}
END_TEST

/* ---- calls that cross: while one side's call is on its way, the other side makes one of its own ---- */

static struct {
	uint32_t left;
	cdrpc_status status;
} crossing;

static enum fake_fate
cross(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (crossing.left == 0 || frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_REQUEST)
		return FAKE_DELIVER;
	crossing.left--;
	fake_enter(rig.server_thread);
	crossing.status = call_back(peer, RIG_STATUS, 5);
	fake_enter(rig.client_thread);
	return FAKE_DELIVER;
}

START_TEST(crossing_is_refused)
{
	static const enum cdrpc_reentry policies[] = { CDRPC_REENTRY_QUEUE, CDRPC_REENTRY_REFUSE };
	struct cdrpc_stats stats;
	uint32_t i;

	begin(CDRPC_REENTRY_QUEUE, policies[_i]);
	memset(&crossing, 0, sizeof crossing);
	fake_judge(cross, NULL);
	for (i = 1; i <= 20; i++) {
		crossing.left = 1;
		crossing.status = 0;
		ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 6, rig_nothing, NULL), 6);
		ck_assert_int_eq(crossing.status, CDRPC_E_WOULD_DEADLOCK);
		cdrpc_server_get_stats(rig.back, &stats);
		ck_assert_uint_eq(stats.refused_calls, i);
		ck_assert_uint_eq(stats.calls, 0);
	}
	fake_judge(NULL, NULL);
	/* Nobody waits: it goes. */
	fake_enter(rig.server_thread);
	ck_assert_int_eq(call_back(peer, RIG_STATUS, 5), 5);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* Ended sessions take no calls, and say why. */
START_TEST(to_a_peer_that_has_gone)
{
	struct cdrpc_client *back = NULL;

	begin(CDRPC_REENTRY_QUEUE, CDRPC_REENTRY_QUEUE);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_peer_client(peer, NULL, &back), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(cdrpc_peer_client(peer, NULL, &back), CDRPC_E_WRONG_THREAD);
	rig_disconnect(&rig);
	fake_enter(rig.server_thread);
	rig.client = back;
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 5, rig_nothing, NULL), CDRPC_E_PEER_GONE);
	ck_assert_int_eq(call_back(peer, RIG_STATUS, 5), CDRPC_E_PEER_GONE);
	cdrpc_client_free(back);
	rig.client = NULL;
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* Another client's call while the server waits for the first one: it is taken, or refused. */
static const struct {
	enum cdrpc_reentry policy;
	cdrpc_status status;
} others[] = {
	{ CDRPC_REENTRY_QUEUE, CDRPC_OK },
	{ CDRPC_REENTRY_ALLOW, CDRPC_OK },
	{ CDRPC_REENTRY_REFUSE, CDRPC_E_BUSY },
};

static struct cdrpc_client *third;
static struct cdrpc_pending *third_pending;
static uint32_t third_thread;
static uint32_t third_runs;

/* The first client's side: the third one's call arrives while the server waits for this. */
static cdrpc_status
let_the_third_call(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	struct cdrpc_client *before = r->client;

	(void)call;
	(void)index;
	(void)data;
	if (value == 4) {
		third_runs++;
		return 4;
	}
	fake_enter(third_thread);
	r->client = third;
	ck_assert_int_eq(rig_begin(r, RIG_STATUS, 4, rig_nothing, &third_pending), CDRPC_OK);
	r->client = before;
	fake_enter(r->client_thread);
	ck_assert_uint_eq(third_runs, 0);
	return 5;
}

START_TEST(others_meanwhile)
{
	struct cdrpc_client_options options = { .env = &rig.env };
	cdrpc_status status;

	begin(others[_i].policy, CDRPC_REENTRY_QUEUE);
	third_runs = 0;
	third_thread = fake_process();
	fake_enter(third_thread);
	ck_assert_int_eq(client_connect(RIG_SERVICE, &options, NULL, &third), CDRPC_OK);
	rig.handler = let_the_third_call;
	fake_enter(rig.server_thread);
	ck_assert_int_eq(call_back(peer, RIG_STATUS, 5), 5);
	fake_enter(third_thread);
	status = rig_finish(&rig, RIG_STATUS, third_pending, NULL);
	ck_assert_int_eq(status, others[_i].status == CDRPC_OK ? 4 : others[_i].status);
	ck_assert_uint_eq(third_runs, others[_i].status == CDRPC_OK);
	cdrpc_client_free(third);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, calls_back, 0, 2);
	tcase_add_test(tcase, not_deeper_than_that);
	tcase_add_test(tcase, chains_differ);
	tcase_add_test(tcase, refused_back);
	tcase_add_loop_test(tcase, crossing_is_refused, 0, 2);
	tcase_add_test(tcase, to_a_peer_that_has_gone);
	tcase_add_loop_test(tcase, others_meanwhile, 0, 3);
}

int
main(void)
{
	return check_main(rig_suite("crossing", add));
}
