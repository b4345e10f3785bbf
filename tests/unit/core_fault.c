/*
 * Every frame of a session, in turn, is lost, denied, answered by nobody, or is the last thing that one of the processes does; every
 * allocation, in turn, fails. Each call must end with a status that fits, within its deadline, nothing may be left of it, and the
 * next client is served.
 */
#include <string.h>

#include "fake_world.h"
#include "rig_check.h"

#define TIMEOUT_MS 5000
#define SLACK_US 400000         /* a look at whether the process has ended, on both sides, before it is called a timeout */

enum { CALLS = 6 };

struct run {
	cdrpc_status connected;
	cdrpc_status calls[CALLS];
	uint64_t slowest_us;
};

static struct cdrpc_bytes big;

/* Connects, makes calls of all kinds, and goes. */
static void
run_session(struct run *ret_run)
{
	static const struct {
		uint32_t index;
		bool large;
	} calls[CALLS] = {
		{ RIG_ECHO, false }, { RIG_SECRET, true }, { RIG_STATUS_INLINE, false },
		{ RIG_NOTE, false }, { RIG_SECRET, true }, { RIG_ECHO_INLINE, true },
	};
	struct rig_answer answer;
	uint64_t began;
	int i;

	memset(ret_run, 0, sizeof *ret_run);
	rig.client_options.connect_timeout_ms = rig.client_options.call_timeout_ms = TIMEOUT_MS;
	began = clock_us();
	ret_run->connected = rig_connect(&rig);
	ret_run->slowest_us = clock_us() - began;
	for (i = 0; i < CALLS && ret_run->connected == CDRPC_OK; i++) {
		began = clock_us();
		ret_run->calls[i] = rig_call(&rig, calls[i].index, 0, calls[i].large ? big : rig_nothing, &answer);
		if (clock_us() - began > ret_run->slowest_us)
			ret_run->slowest_us = clock_us() - began;
	}
	/* The sender's thread asks after what had no answer. */
	fake_run();
	rig_disconnect(&rig);
	fake_run();
}

static struct {
	uint32_t at;            /* which frame; 0: none */
	uint32_t sent;
	enum fake_fate fate;
	uint32_t victim;        /* a thread of the process that ends then; 0: none */
} plan;

/* Whether the frame of the plan was there at all; from here on nothing goes wrong. */
static bool
plan_ended(void)
{
	bool reached = plan.at > 0 && plan.sent >= plan.at;

	plan.at = 0;
	return reached;
}

static bool
all_well(const struct run *run)
{
	int i;

	for (i = 0; i < CALLS; i++) {
		if (run->calls[i] != CDRPC_OK)
			return false;
	}
	return run->connected == CDRPC_OK;
}

/* A new process does not know what the one before went through. */
static void
check_next_client(void)
{
	struct run run;

	rig.client_thread = fake_process();
	fake_enter(rig.client_thread);
	/* What the one before left unfinished has had its time. */
	fake_advance_us(UINT64_C(3000000));
	run_session(&run);
	ck_assert_int_eq(run.connected, CDRPC_OK);
	ck_assert(all_well(&run));
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
}

static void
check_deadline(const struct run *run, uint32_t at)
{
	ck_assert_msg(run->slowest_us <= TIMEOUT_MS * 1000 + SLACK_US, "frame %u: %u us", at, (unsigned)run->slowest_us);
}

/*
 * Where one side may not fetch, the other puts handles into it. If it never answers in the handshake, or the other ends before it
 * says so ('maybe'), they stay there: those of one frame, three at most.
 */
static void
check_stopped(size_t at, bool maybe)
{
	const char *left = rig_stop(&rig);
	bool well = left[0] == '\0' || (maybe && (strcmp(left, "1 object") == 0 || strcmp(left, "2 objects") == 0 ||
							  strcmp(left, "3 objects") == 0));

	ck_assert_msg(well, "%u: %s", (unsigned)at, left);
}

/* ---- frames that do not arrive ---- */

static enum fake_fate
judge(void *self, const struct fake_send *send)
{
	(void)self;
	(void)send;
	if (++plan.sent != plan.at)
		return FAKE_DELIVER;
	if (plan.victim)
		fake_kill(plan.victim);
	return plan.fate;
}

/* The relations that decide which way sections go: pushed and pulled, requests and replies; or in pieces. */
enum { RELATIONS = 4 };

static bool
may(void *self, bool system_says)
{
	(void)self;
	return system_says;
}

static bool
may_not(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

static void
begin(uint32_t at, int relation)
{
	rig_prepared();
	rig.client_hooks.may_duplicate = relation & 1 ? may_not : may;
	rig.server_hooks.may_duplicate = relation & 2 ? may_not : may;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	memset(&plan, 0, sizeof plan);
	plan.at = at;
	fake_judge(judge, NULL);
}

static bool
fits(enum fake_fate fate, cdrpc_status status)
{
	if (status == CDRPC_OK || status == CDRPC_E_TIMEOUT)
		return true;
	/* A frame whose handshake was lost on the way. */
	return status == (fate == FAKE_DENY ? CDRPC_E_ACCESS : CDRPC_E_NO_SESSION);
}

START_TEST(each_frame_fails)
{
	static const enum fake_fate fates[] = { FAKE_DROP, FAKE_LOSE, FAKE_RAISE, FAKE_DENY };
	enum fake_fate fate = fates[_i / RELATIONS];
	struct run run;
	uint32_t at = 0;
	bool reached;
	int i;

	big = rig_data(100000);
	do {
		begin(++at, _i % RELATIONS);
		plan.fate = fate;
		run_session(&run);
		check_deadline(&run, at);
		ck_assert_msg(fits(fate, run.connected), "frame %u: %d", at, run.connected);
		for (i = 0; i < CALLS; i++)
			ck_assert_msg(fits(fate, run.calls[i]), "frame %u, call %d: %d", at, i, run.calls[i]);
		reached = plan_ended();
		check_next_client();
		check_stopped(at, _i % RELATIONS != 0 && run.connected != CDRPC_OK);
	} while (reached);
	/* HELLO, CHALLENGE, OPEN, its answer, the calls, CLOSE. */
	ck_assert_uint_gt(at, CALLS + 5);
	rig_data_free(big);
}
END_TEST

/* Before the frame is taken, if it is the client's; in the midst of things, if it is its own. */
START_TEST(the_server_ends_at_each_frame)
{
	struct run run;
	uint32_t at = 0;
	bool reached;
	int i;

	big = rig_data(100000);
	do {
		begin(++at, _i % RELATIONS);
		plan.victim = rig.server_thread;
		run_session(&run);
		check_deadline(&run, at);
		reached = plan_ended();
		if (!reached) {
			ck_assert(all_well(&run));
		} else {
			ck_assert_msg(run.connected == CDRPC_OK || run.connected == CDRPC_E_NOT_FOUND, "frame %u: %d", at,
				      run.connected);
			for (i = 0; i < CALLS; i++)
				ck_assert_msg(run.calls[i] == CDRPC_OK || run.calls[i] == CDRPC_E_PEER_DIED,
					      "frame %u, call %d: %d", at, i, run.calls[i]);
		}
		check_stopped(at, _i % RELATIONS != 0);
	} while (reached);
	ck_assert_uint_gt(at, CALLS + 5);
	rig_data_free(big);
}
END_TEST

START_TEST(the_client_ends_at_each_frame)
{
	struct run run;
	uint32_t at = 0, dead;
	bool killed;

	big = rig_data(100000);
	do {
		begin(++at, _i % RELATIONS);
		dead = plan.victim = rig.client_thread;
		run_session(&run);
		killed = plan_ended();
		ck_assert_uint_eq(fake_handles(dead), 0);
		check_next_client();
		check_stopped(at, _i % RELATIONS != 0);
	} while (killed);
	ck_assert_uint_gt(at, CALLS + 5);
	rig_data_free(big);
}
END_TEST

/* ---- a server that ends the session in the midst of the handshake ---- */

/* When it does: at the client's OPEN, before its own REPLY, after it. */
static struct {
	int when;
	bool busy;
} closing;

static void
send_now(window_id from, window_id to, const void *bytes, size_t size)
{
	struct port port = { .window = from };
	struct send_outcome outcome;

	port_send(&port, to, bytes, size, 100, &outcome);
}

static enum fake_fate
close_meanwhile(void *self, const struct fake_send *send)
{
	uint8_t bytes[FRAME_HEADER_SIZE];
	struct frame frame, close = { .type = FRAME_CLOSE };
	window_id server;

	(void)self;
	ck_assert_int_eq(frame_decode(send->bytes, send->size, &frame), CDRPC_OK);
	if (closing.busy || frame.type != (closing.when == 0 ? FRAME_OPEN : FRAME_REPLY))
		return FAKE_DELIVER;
	closing.busy = true;
	memcpy(close.token, frame.token, sizeof close.token);
	ck_assert_int_eq(frame_arrange(&close, 0), CDRPC_OK);
	frame_encode(&close, bytes);
	server = closing.when == 0 ? send->to : send->from;
	if (closing.when == 2)
		send_now(server, send->to, send->bytes, send->size);
	send_now(server, closing.when == 0 ? send->from : send->to, bytes, sizeof bytes);
	return FAKE_DELIVER;
}

START_TEST(closed_in_the_handshake)
{
	big = rig_data(100000);
	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	closing.when = _i;
	closing.busy = false;
	fake_judge(close_meanwhile, NULL);
	/* It has a session for the next attempt. */
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert(closing.busy);
	fake_judge(NULL, NULL);
	rig_disconnect(&rig);
	check_next_client();
	rig_stopped();
	rig_data_free(big);
}
END_TEST

/* ---- memory ---- */

static bool
is_of_memory(cdrpc_status status)
{
	return status == CDRPC_OK || status == CDRPC_E_NOMEM || status == CDRPC_E_REMOTE_NOMEM;
}

/* Whichever side had none: whoever waits hears so. */
static void
check_said(const struct run *run, uint32_t at)
{
	int i;

	ck_assert_msg(is_of_memory(run->connected), "%u: connecting: %s", at, cdrpc_status_name(run->connected));
	for (i = 0; i < CALLS; i++)
		ck_assert_msg(is_of_memory(run->calls[i]), "%u: call %d: %s", at, i, cdrpc_status_name(run->calls[i]));
}

/* And then, from RELATIONS on, all after it. */
START_TEST(each_allocation_fails)
{
	struct run run;
	size_t at = 0;
	bool started, failed;

	big = rig_data(100000);
	do {
		memset(&run, 0, sizeof run);
		rig_prepared();
		rig.client_hooks.may_duplicate = _i & 1 ? may_not : may;
		rig.server_hooks.may_duplicate = _i & 2 ? may_not : may;
		rig.heap.fail_at = ++at;
		rig.heap.for_good = _i >= RELATIONS;
		started = rig_start(&rig) == CDRPC_OK;
		if (started)
			run_session(&run);
		failed = rig.heap.fail_at == 0;
		if (!failed)
			ck_assert(all_well(&run));
		rig.heap.fail_at = 0;
		rig.heap.exhausted = false;
		check_deadline(&run, (uint32_t)at);
		check_said(&run, (uint32_t)at);
		if (started)
			check_next_client();
		check_stopped(at, false);
	} while (failed);
	ck_assert_uint_gt(at, 20);
	rig_data_free(big);
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, each_frame_fails, 0, 4 * RELATIONS);
	tcase_add_loop_test(tcase, the_server_ends_at_each_frame, 0, RELATIONS);
	tcase_add_loop_test(tcase, the_client_ends_at_each_frame, 0, RELATIONS);
	tcase_add_loop_test(tcase, closed_in_the_handshake, 0, 3);
	tcase_add_loop_test(tcase, each_allocation_fails, 0, 2 * RELATIONS);
}

int
main(void)
{
	return check_main(rig_suite("fault", add));
}
