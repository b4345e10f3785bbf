/* Servers that are to be the only ones of their names: who counts as another, and whose turn it is to look. */
#include "fake_world.h"
#include "rig_check.h"
#include "wire/frame.h"

/* The second server, of the rig's third process, unless a test is about others. */
static struct cdrpc_server *second;
static struct cdrpc_server_options exclusive;
static uint64_t began_us;
static uint32_t told;           /* how often the first heard of sessions */

static void
tell(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	told++;
}

static void
prepare(void)
{
	rig_prepared();
	rig.server_options.session_opened = tell;
	rig.server_options.session_ended = tell;
	exclusive = rig.server_options;
	exclusive.exclusive = true;
	second = NULL;
	told = 0;
	fake_enter(rig.idle_thread);
}

/* Goes back to the client's thread. */
static void
end(void)
{
	fake_enter(rig.idle_thread);
	cdrpc_server_free(second);
	fake_enter(rig.client_thread);
	rig_stopped();
}

static void
start_first(bool is_exclusive)
{
	rig.server_options.exclusive = is_exclusive;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	fake_enter(rig.idle_thread);
}

static cdrpc_status
start_second(void)
{
	began_us = clock_us();
	return rig_serve_too(&rig, RIG_SERVICE, &exclusive, &second);
}

static size_t
windows(void)
{
	window_id found[8];

	return port_find(NULL, RIG_SERVICE, found, 8);
}

static uint32_t
process_id(uint32_t thread)
{
	return fake_thread_of(thread)->home->id;
}

/* The first one knows nothing of it, and has it off its hands at once. */
START_TEST(the_second_is_told_who_was_first)
{
	struct cdrpc_peer_facts facts;

	prepare();
	start_first(_i == 1);
	ck_assert_int_eq(start_second(), CDRPC_E_NAME_IN_USE);
	ck_assert_uint_eq(clock_us() - began_us, 0);
	ck_assert_uint_eq(windows(), 1);
	ck_assert(cdrpc_server_holder(second, &facts));
	ck_assert_uint_eq(facts.process_id, process_id(rig.server_thread));
	ck_assert_int_eq(facts.integrity, CDRPC_INTEGRITY_HIGH);
	ck_assert(facts.same_user);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	rig_settle(&rig);
	ck_assert_uint_eq(told, 0);
	/* What was said to the first leaves room for others, and the one that was refused may try again. */
	fake_enter(rig.idle_thread);
	ck_assert_int_eq(cdrpc_server_start(second), CDRPC_E_NAME_IN_USE);
	fake_enter(rig.server_thread);
	cdrpc_server_free(rig.server);
	rig.server = NULL;
	fake_enter(rig.idle_thread);
	ck_assert(cdrpc_server_holder(second, &facts));
	ck_assert_int_eq(cdrpc_server_start(second), CDRPC_OK);
	ck_assert(!cdrpc_server_holder(second, &facts));
	ck_assert_uint_eq(windows(), 1);
	end();
}
END_TEST

/* Only who says that he is to be the only one is; and without a name there is nothing to be the only one of. */
START_TEST(others_may_be_many)
{
	prepare();
	start_first(true);
	exclusive.exclusive = false;
	ck_assert_int_eq(start_second(), CDRPC_OK);
	ck_assert_uint_eq(windows(), 2);
	cdrpc_server_free(second);
	exclusive.exclusive = true;
	ck_assert_int_eq(rig_serve_too(&rig, NULL, &exclusive, &second), CDRPC_OK);
	end();
}
END_TEST

enum uncounted { LOWER, BARELY_LOWER, OTHER_USER, UNKNOWN, OUT_OF_REACH, HANGS, IS_STOPPED, UNCOUNTED };

static enum fake_fate
deny(void *self, const struct fake_send *send)
{
	(void)self;
	(void)send;
	return FAKE_DENY;
}

START_TEST(who_does_not_count)
{
	struct cdrpc_peer_facts facts;
	struct fake_process *first, *own;

	prepare();
	first = fake_process_of(rig.server_thread);
	own = fake_process_of(rig.idle_thread);
	start_first(true);
	switch ((enum uncounted)_i) {
	case LOWER:
		first->integrity = CDRPC_INTEGRITY_MEDIUM;
		break;
	case BARELY_LOWER:
		own->above = 0x100;
		break;
	case OTHER_USER:
		first->same_user = false;
		break;
	case UNKNOWN:
		first->integrity = CDRPC_INTEGRITY_ANY;
		break;
	case OUT_OF_REACH:
		fake_judge(deny, NULL);
		break;
	case HANGS:
		fake_hang(rig.server_thread, true);
		fake_faults()->hung_at_once = true;
		break;
	case IS_STOPPED:
		/* But has not heard of it yet. */
		cdrpc_server_stop(rig.server);
		break;
	case UNCOUNTED:
		break;
	}
	ck_assert_int_eq(start_second(), CDRPC_OK);
	ck_assert_uint_eq((clock_us() - began_us) / 1000000, _i == HANGS ? 5 : 0);
	ck_assert_uint_eq(windows(), 2);
	ck_assert(!cdrpc_server_holder(second, &facts));
	fake_judge(NULL, NULL);
	fake_hang(rig.server_thread, false);
	end();
}
END_TEST

/* One that is equal, or more, counts; of that which is more the window lets nothing in unless its policy says so. */
START_TEST(an_elevated_one_that_lets_us_in_counts)
{
	prepare();
	rig.server_policy.min_integrity = _i == 0 ? CDRPC_INTEGRITY_MEDIUM : CDRPC_INTEGRITY_ANY;
	fake_process_of(rig.idle_thread)->integrity = CDRPC_INTEGRITY_MEDIUM;
	start_first(true);
	ck_assert_int_eq(start_second(), _i == 0 ? CDRPC_E_NAME_IN_USE : CDRPC_OK);
	end();
}
END_TEST

/* One that wakes up in time is asked again. */
static enum fake_fate
wake_up_in_time(void *self, const struct fake_send *send)
{
	(void)self;
	(void)send;
	if (clock_us() - began_us >= 4000000)
		fake_hang(rig.server_thread, false);
	return FAKE_DELIVER;
}

START_TEST(a_slow_one_counts)
{
	prepare();
	start_first(true);
	fake_hang(rig.server_thread, true);
	fake_faults()->hung_at_once = _i == 1;
	fake_judge(wake_up_in_time, NULL);
	ck_assert_int_eq(start_second(), CDRPC_E_NAME_IN_USE);
	ck_assert_uint_ge(clock_us() - began_us, 4000000);
	end();
}
END_TEST

/* ---- what a window says ---- */

static uint32_t answer;

static uint32_t
say(void *owner, window_id sender, const void *bytes, size_t size)
{
	(void)owner;
	(void)sender;
	(void)bytes;
	(void)size;
	return answer;
}

static const struct {
	cdrpc_status said;
	bool counts;
	uint32_t seconds;
} sayings[] = {
	{ CDRPC_E_REFUSED, true, 0 },
	{ CDRPC_E_BUSY, true, 0 },
	{ CDRPC_E_REMOTE_VERSION, true, 0 },
	{ CDRPC_E_REMOTE_NOMEM, true, 0 },
	{ CDRPC_E_STOPPING, false, 0 },
	/* What no server answers to HELLO, and a promise of a CHALLENGE that never comes: silence. */
	{ CDRPC_E_NO_METHOD, false, 15 },
	{ CDRPC_OK, false, 15 },
};

START_TEST(whatever_a_window_says)
{
	struct port_options options = { .env = &rig.env, .service = RIG_SERVICE, .receive = say };
	struct port *port = NULL;

	prepare();
	fake_enter(rig.server_thread);
	ck_assert_int_eq(port_new(&options, &port), CDRPC_OK);
	fake_enter(rig.idle_thread);
	answer = sayings[_i].said == CDRPC_OK ? FRAME_RESULT_ACCEPTED : frame_result_refused(sayings[_i].said);
	ck_assert_int_eq(start_second(), sayings[_i].counts ? CDRPC_E_NAME_IN_USE : CDRPC_OK);
	ck_assert_uint_eq((clock_us() - began_us) / 1000000, sayings[_i].seconds);
	fake_enter(rig.server_thread);
	port_free(port);
	end();
}
END_TEST

/* Of one process: the one of its servers that is being stopped hides none that has begun since, whichever is found first. */
START_TEST(one_that_is_stopped_beside_one_that_is_not)
{
	struct cdrpc_server *other = NULL, *third = NULL;
	uint32_t thread;

	prepare();
	thread = fake_thread(rig.server_thread);
	start_first(false);
	fake_enter(thread);
	ck_assert_int_eq(rig_serve_too(&rig, RIG_SERVICE, &rig.server_options, &other), CDRPC_OK);
	fake_enter(rig.idle_thread);
	cdrpc_server_stop(_i == 0 ? rig.server : other);
	ck_assert_int_eq(start_second(), CDRPC_E_NAME_IN_USE);
	cdrpc_server_stop(_i == 0 ? other : rig.server);
	ck_assert_int_eq(rig_serve_too(&rig, RIG_SERVICE, &exclusive, &third), CDRPC_OK);
	cdrpc_server_free(third);
	fake_enter(thread);
	cdrpc_server_free(other);
	end();
}
END_TEST

/* One that the process has itself, on this thread. */
START_TEST(one_of_this_thread)
{
	struct cdrpc_peer_facts facts;
	struct cdrpc_server *again = NULL;

	prepare();
	ck_assert_int_eq(start_second(), CDRPC_OK);
	ck_assert_int_eq(rig_serve_too(&rig, RIG_SERVICE, &exclusive, &again), CDRPC_E_NAME_IN_USE);
	ck_assert(cdrpc_server_holder(again, &facts));
	ck_assert_uint_eq(facts.process_id, process_id(rig.idle_thread));
	cdrpc_server_free(again);
	end();
}
END_TEST

/* ---- turns ---- */

/* Somebody who has it: of the client's process, and what he serves is of no interest. */
static struct cdrpc_server *holder;

static void
held(void)
{
	window_id window = 0;

	prepare();
	fake_enter(rig.client_thread);
	ck_assert_int_eq(cdrpc_server_new("holder", &rig.server_options, &holder), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(holder), CDRPC_OK);
	ck_assert_uint_eq(port_find(NULL, "holder", &window, 1), 1);
	fake_turns(TURN_SERVE)->holder = window;
	fake_enter(rig.idle_thread);
}

static void
end_held(void)
{
	fake_enter(rig.client_thread);
	cdrpc_server_free(holder);
	end();
}

/* Whoever is believed is waited for, but not for ever; who is not for 2 seconds. Then it goes without the turn. */
START_TEST(a_turn_that_is_not_given_back)
{
	held();
	if (_i == 1)
		fake_process_of(rig.client_thread)->integrity = CDRPC_INTEGRITY_MEDIUM;
	if (_i == 2)
		fake_process_of(rig.client_thread)->same_user = false;
	if (_i == 3)
		fake_lose_window(fake_turns(TURN_SERVE)->holder);
	ck_assert_int_eq(start_second(), CDRPC_OK);
	ck_assert_uint_eq(clock_us() - began_us, _i == 0 ? 60000000 : 2000000);
	end_held();
}
END_TEST

/* Whoever had it serves when he gives it back, or has ended. */
static void
give_back(void *self)
{
	if (clock_us() - began_us < 10000000)
		return;
	fake_turns(TURN_SERVE)->holder = 0;
	if (!*(bool *)self)
		return;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	fake_enter(rig.idle_thread);
}

START_TEST(a_turn_that_is_given_back)
{
	bool serves = _i == 1;

	held();
	rig.server_options.exclusive = true;
	fake_turns(TURN_SERVE)->waited = give_back;
	fake_turns(TURN_SERVE)->self = &serves;
	ck_assert_int_eq(start_second(), serves ? CDRPC_E_NAME_IN_USE : CDRPC_OK);
	ck_assert_uint_eq(clock_us() - began_us, 10000000);
	end_held();
}
END_TEST

/* Whoever gets it next has no window at once, and then he has: it is not passed over between the two. */
static void
change_hands(void *self)
{
	static const uint32_t gap_us = 1750000;
	uint64_t now = clock_us() - began_us;
	window_id window = *(window_id *)self;

	fake_turns(TURN_SERVE)->holder = now % 4000000 < gap_us ? 1 : window;
	if (now >= 30000000)
		fake_turns(TURN_SERVE)->holder = 0;
}

START_TEST(a_turn_that_changes_hands)
{
	window_id window;

	held();
	window = fake_turns(TURN_SERVE)->holder;
	fake_turns(TURN_SERVE)->waited = change_hands;
	fake_turns(TURN_SERVE)->self = &window;
	ck_assert_int_eq(start_second(), CDRPC_OK);
	ck_assert_uint_eq(clock_us() - began_us, 30000000);
	end_held();
}
END_TEST

/* It has the turn as long as others would not find it yet, and no longer. */
static enum fake_fate
look_at_turn(void *self, const struct fake_send *send)
{
	(void)send;
	ck_assert_uint_eq(fake_turns(TURN_SERVE)->taken, 1);
	++*(uint32_t *)self;
	return FAKE_DELIVER;
}

START_TEST(the_turn_is_dropped)
{
	uint32_t looked = 0;

	prepare();
	start_first(true);
	ck_assert_uint_eq(fake_turns(TURN_SERVE)->taken, 0);
	fake_judge(look_at_turn, &looked);
	ck_assert_int_eq(start_second(), CDRPC_E_NAME_IN_USE);
	/* HELLO, CHALLENGE, CLOSE. */
	ck_assert_uint_eq(looked, 3);
	ck_assert_uint_eq(fake_turns(TURN_SERVE)->taken, 0);
	fake_judge(NULL, NULL);
	end();
}
END_TEST

/* ---- what happens meanwhile ---- */

static cdrpc_status restarted;

static void
meanwhile(void *self)
{
	const int *what = self;

	if (!second)
		return;
	if (*what == 2) {
		restarted = cdrpc_server_start(second);
	} else if (*what == 1) {
		struct fake_thread *before = fake_visit(fake_thread_of(fake_thread(rig.idle_thread)));

		cdrpc_server_free(second);
		fake_leave(before);
	} else {
		cdrpc_server_free(second);
	}
	fake_turns(TURN_SERVE)->holder = 0;
}

/* In a message, or by another thread, while it looks; with somebody who has the name, and without. */
START_TEST(freed_meanwhile)
{
	int what = _i % 2;

	held();
	if (_i >= 2)
		start_first(true);
	fake_turns(TURN_SERVE)->waited = meanwhile;
	fake_turns(TURN_SERVE)->self = &what;
	ck_assert_int_eq(start_second(), CDRPC_E_CLOSED);
	second = NULL;
	end_held();
}
END_TEST

START_TEST(started_meanwhile)
{
	int what = 2;

	held();
	restarted = CDRPC_OK;
	fake_turns(TURN_SERVE)->waited = meanwhile;
	fake_turns(TURN_SERVE)->self = &what;
	ck_assert_int_eq(start_second(), CDRPC_OK);
	ck_assert_int_eq(restarted, CDRPC_E_STATE);
	end_held();
}
END_TEST

/* One that cannot look does not serve. */
START_TEST(when_nothing_is_to_be_had)
{
	prepare();
	start_first(true);
	fake_faults()->random = true;
	ck_assert_int_eq(start_second(), CDRPC_E_OS);
	fake_faults()->random = false;
	ck_assert_int_eq(cdrpc_server_start(second), CDRPC_E_NAME_IN_USE);
	end();
}
END_TEST

/* Each allocation in turn, with somebody who has the name and without. */
START_TEST(without_memory)
{
	size_t at = 0;
	cdrpc_status status;

	do {
		prepare();
		if (_i == 1)
			start_first(true);
		rig.heap.fail_at = ++at;
		status = start_second();
		rig.heap.fail_at = 0;
		ck_assert(status == CDRPC_E_NOMEM || status == (_i == 1 ? CDRPC_E_NAME_IN_USE : CDRPC_OK));
		end();
	} while (status == CDRPC_E_NOMEM || at < 40);
	ck_assert_uint_gt(at, 5);
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, the_second_is_told_who_was_first, 0, 2);
	tcase_add_test(tcase, others_may_be_many);
	tcase_add_loop_test(tcase, who_does_not_count, 0, UNCOUNTED);
	tcase_add_loop_test(tcase, an_elevated_one_that_lets_us_in_counts, 0, 2);
	tcase_add_loop_test(tcase, a_slow_one_counts, 0, 2);
	tcase_add_loop_test(tcase, whatever_a_window_says, 0, sizeof sayings / sizeof sayings[0]);
	tcase_add_loop_test(tcase, one_that_is_stopped_beside_one_that_is_not, 0, 2);
	tcase_add_test(tcase, one_of_this_thread);
	tcase_add_loop_test(tcase, a_turn_that_is_not_given_back, 0, 4);
	tcase_add_loop_test(tcase, a_turn_that_is_given_back, 0, 2);
	tcase_add_test(tcase, a_turn_that_changes_hands);
	tcase_add_test(tcase, the_turn_is_dropped);
	tcase_add_loop_test(tcase, freed_meanwhile, 0, 4);
	tcase_add_test(tcase, started_meanwhile);
	tcase_add_test(tcase, when_nothing_is_to_be_had);
	tcase_add_loop_test(tcase, without_memory, 0, 2);
}

int
main(void)
{
	return check_main(rig_suite("exclusive", add));
}
