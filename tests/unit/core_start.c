/* Whom a client waits for that finds no server, before it starts one, and what it waits for then. */
#include "base/deadline.h"
#include "rig_check.h"

static const cdrpc_wchar image[] = { 'C', ':', '\\', 'p', 0 };

/* The holder of the turn is of a third process. */
static struct cdrpc_server *holder;
static uint64_t began_us;

static void
held(enum cdrpc_integrity integrity, bool same_user)
{
	static window_id window = 0;

	rig_prepared();
	rig.client_options.start_image = image;
	rig.client_options.connect_timeout_ms = 10000;
	fake_enter(rig.idle_thread);
	*fake_process_of(rig.idle_thread) = (struct fake_process){ integrity, same_user, true, true, 0 };
	ck_assert_int_eq(cdrpc_server_new("holder", &rig.server_options, &holder), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(holder), CDRPC_OK);
	ck_assert_uint_eq(port_find(NULL, "holder", &window, 1), 1);
	fake_enter(rig.client_thread);
	fake_turns(TURN_START)->holder = window;
	began_us = clock_us();
}

static void
not_held_any_more(void)
{
	fake_enter(rig.idle_thread);
	cdrpc_server_free(holder);
	fake_enter(rig.client_thread);
	rig_stopped();
}

static void
serve_late(void *self)
{
	(void)self;
	if (!rig.server && clock_us() - began_us >= 5000000)
		ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
}

/* Slow, but alive: its server is waited for, and is the only one. */
START_TEST(a_slow_start_is_waited_for)
{
	held(CDRPC_INTEGRITY_HIGH, true);
	fake_turns(TURN_START)->waited = serve_late;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_uint_eq(fake_starts()->count, 0);
	not_held_any_more();
}
END_TEST

START_TEST(but_not_for_ever)
{
	held(CDRPC_INTEGRITY_HIGH, true);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_TIMEOUT);
	ck_assert_uint_eq(clock_us() - began_us, 10000000 + DEADLINE_TICK_US);
	ck_assert_uint_eq(fake_starts()->count, 0);
	not_held_any_more();
}
END_TEST

/* Whoever may not be believed is passed over: of a lower level, of another user, gone. */
START_TEST(a_turn_that_is_only_claimed)
{
	held(_i == 0 ? CDRPC_INTEGRITY_MEDIUM : CDRPC_INTEGRITY_HIGH, _i != 1);
	if (_i == 2)
		fake_lose_window(fake_turns(TURN_START)->holder);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_OS);
	ck_assert_uint_eq(clock_us() - began_us, 2000000);
	ck_assert_uint_eq(fake_starts()->count, 1);
	not_held_any_more();
}
END_TEST

START_TEST(a_free_turn_is_taken_at_once)
{
	held(CDRPC_INTEGRITY_HIGH, true);
	fake_turns(TURN_START)->holder = 0;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_OS);
	ck_assert_uint_eq(clock_us() - began_us, 0);
	ck_assert_uint_eq(fake_starts()->count, 1);
	not_held_any_more();
}
END_TEST

/* Time that is too short for a start is not spent on one; nor is any where there is a server, however short it is. */
START_TEST(no_start_without_time_for_it)
{
	rig_prepared();
	rig.client_options.start_image = image;
	rig.client_options.connect_timeout_ms = _i == 1 ? 250 : 249;
	if (_i == 2) {
		ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
		fake_hang(rig.server_thread, true);
	}
	ck_assert_int_eq(rig_connect(&rig), _i == 0 ? CDRPC_E_TIMEOUT : _i == 1 ? CDRPC_E_OS : CDRPC_E_HUNG);
	ck_assert_uint_eq(fake_starts()->count, _i == 1);
	fake_hang(rig.server_thread, false);
	rig_stopped();
}
END_TEST

static const struct {
	const char *path;
	cdrpc_status status;
} paths[] = {
	{ "C:\\p", CDRPC_E_OS },
	{ "z:/p", CDRPC_E_OS },
	{ "\\\\server\\share\\p", CDRPC_E_OS },
	{ "\\\\?\\C:\\p", CDRPC_E_OS },
	{ "", CDRPC_E_ARGUMENT },
	{ "p", CDRPC_E_ARGUMENT },
	{ "C", CDRPC_E_ARGUMENT },
	{ "C:", CDRPC_E_ARGUMENT },
	{ "C:p", CDRPC_E_ARGUMENT },
	{ "@:\\p", CDRPC_E_ARGUMENT },
	{ "[:\\p", CDRPC_E_ARGUMENT },
	{ ".\\p", CDRPC_E_ARGUMENT },
	{ "\\p", CDRPC_E_ARGUMENT },
	{ "\"C:\\p\"", CDRPC_E_ARGUMENT },
};

/* Refused even where there is a server, so that the mistake shows before the first user's machine on which there is none. */
START_TEST(an_image_is_a_full_path)
{
	bool refused = paths[_i].status == CDRPC_E_ARGUMENT;
	cdrpc_wchar wide[32];
	size_t i = 0;

	do {
		wide[i] = (unsigned char)paths[_i].path[i];
	} while (paths[_i].path[i++]);
	rig_prepared();
	rig.client_options.start_image = wide;
	ck_assert_int_eq(rig_connect(&rig), paths[_i].status);
	ck_assert_uint_eq(fake_starts()->count, !refused);
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), refused ? CDRPC_E_ARGUMENT : CDRPC_OK);
	ck_assert_uint_eq(fake_starts()->count, !refused);
	rig_stopped();
}
END_TEST

static const struct {
	cdrpc_status program, connect;
	uint32_t seconds;
} endings[] = {
	{ CDRPC_E_PEER_GONE, CDRPC_E_TIMEOUT, 10 },     /* what it may have started never serves */
	{ CDRPC_E_PEER_DIED, CDRPC_E_NOT_FOUND, 0 },
	{ CDRPC_E_ACCESS, CDRPC_E_ACCESS, 0 },
};

START_TEST(programs_that_do_not_serve)
{
	rig_prepared();
	rig.client_options.start_image = image;
	rig.client_options.connect_timeout_ms = 10000;
	fake_starts()->status = endings[_i].program;
	began_us = clock_us();
	ck_assert_int_eq(rig_connect(&rig), endings[_i].connect);
	ck_assert_uint_eq((clock_us() - began_us) / 100000, endings[_i].seconds * 10);
	ck_assert_uint_eq(fake_starts()->count, 1);
	rig_stopped();
}
END_TEST

/* ---- a program that is slower than its starter ---- */

static struct {
	uint64_t serves_us;     /* when it begins to serve; 0: never */
	uint64_t ends_us;       /* when it ends without that; 0: never */
} slow;

/* What is said of it, and, as if by chance just then, its beginning to serve. */
static bool
is_slow(void *self)
{
	uint64_t now = clock_us() - began_us;

	(void)self;
	if (rig.server || fake_starts()->count == 0 || (slow.ends_us && now >= slow.ends_us))
		return false;
	if (slow.serves_us && now >= slow.serves_us)
		ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	return true;
}

static void
one_is_started(uint64_t serves_us, uint64_t ends_us)
{
	rig_prepared();
	rig.client_options.start_image = image;
	rig.client_options.connect_timeout_ms = 1000;
	fake_starts()->status = CDRPC_E_TIMEOUT;
	fake_starts()->under_way = is_slow;
	slow.serves_us = serves_us;
	slow.ends_us = ends_us;
	began_us = clock_us();
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_TIMEOUT);
	ck_assert_uint_eq(fake_starts()->count, 1);
}

/* Of any number of clients that lose patience one after the other, one has started it. */
START_TEST(the_impatient_start_one)
{
	uint32_t i;

	one_is_started(8000000, 0);
	for (i = 0; i < 5; i++)
		ck_assert_int_eq(rig_connect(&rig), CDRPC_E_TIMEOUT);
	rig.client_options.connect_timeout_ms = 10000;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_uint_eq(fake_starts()->count, 1);
	rig_stopped();
}
END_TEST

/* One that has ended is started anew, by whoever waits for it or comes later. */
START_TEST(one_that_ends_is_started_anew)
{
	one_is_started(0, 3000000);
	rig.client_options.connect_timeout_ms = 10000;
	if (_i == 1)
		fake_advance_us(5000000);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_TIMEOUT);
	ck_assert_uint_eq(fake_starts()->count, 2);
	ck_assert_uint_le(fake_starts()->last_us - began_us, _i == 0 ? 3500000 : 6500000);
	rig_stopped();
}
END_TEST

/* It is ready between two looks: no other is started because it is not under way any more. */
static uint32_t asked;

static bool
ready_meanwhile(void *self)
{
	(void)self;
	if (++asked == 1)
		return true;
	if (!rig.server)
		ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	return false;
}

START_TEST(one_that_is_ready_meanwhile)
{
	rig_prepared();
	rig.client_options.start_image = image;
	fake_starts()->under_way = ready_meanwhile;
	asked = 0;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_uint_eq(asked, 2);
	ck_assert_uint_eq(fake_starts()->count, 0);
	rig_stopped();
}
END_TEST

/* Somebody starts one by hand while ours, which never gets ready, is waited for. */
START_TEST(one_that_comes_meanwhile)
{
	rig_prepared();
	rig.client_options.start_image = image;
	rig.client_options.connect_timeout_ms = 10000;
	fake_starts()->status = CDRPC_E_TIMEOUT;
	fake_starts()->waited = serve_late;
	began_us = clock_us();
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_uint_eq(fake_starts()->count, 1);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, one_that_comes_meanwhile);
	tcase_add_test(tcase, the_impatient_start_one);
	tcase_add_loop_test(tcase, one_that_ends_is_started_anew, 0, 2);
	tcase_add_test(tcase, one_that_is_ready_meanwhile);

	tcase_add_loop_test(tcase, an_image_is_a_full_path, 0, sizeof paths / sizeof paths[0]);
	tcase_add_loop_test(tcase, programs_that_do_not_serve, 0, sizeof endings / sizeof endings[0]);
	tcase_add_loop_test(tcase, no_start_without_time_for_it, 0, 3);
	tcase_add_test(tcase, a_slow_start_is_waited_for);
	tcase_add_test(tcase, but_not_for_ever);
	tcase_add_loop_test(tcase, a_turn_that_is_only_claimed, 0, 3);
	tcase_add_test(tcase, a_free_turn_is_taken_at_once);
}

int
main(void)
{
	return check_main(rig_suite("start", add));
}
