/* Two endpoints of one service: what is counted is counted for both. */
#include "endpoint.h"
#include "raw.h"
#include "rig_check.h"

static struct endpoint *endpoints[2];
static uint32_t threads[2];

/* Each on a thread of its own, as workers are. */
static void
serve_twice(uint32_t sessions_max, uint32_t handshakes_max)
{
	const struct cdrpc_limits limits = { .sessions_max = sessions_max, .handshakes_max = handshakes_max };
	struct endpoint_options options = { .admits_clients = true, .limits = &limits };
	uint32_t i;

	rig_prepared();
	for (i = 0; i < 2; i++) {
		options.commons = i == 0 ? NULL : endpoints[0]->commons;
		threads[i] = fake_thread(rig.server_thread);
		fake_enter(threads[i]);
		ck_assert_int_eq(endpoint_new(&options, &endpoints[i]), CDRPC_OK);
		ck_assert_int_eq(endpoint_open(endpoints[i], i == 0 ? "first" : "second", NULL), CDRPC_OK);
	}
	fake_enter(rig.client_thread);
}

static void
end_both(void)
{
	uint32_t i;

	for (i = 0; i < 2; i++) {
		fake_enter(threads[i]);
		endpoint_shut(endpoints[i]);
		endpoint_unref(endpoints[i]);
	}
	fake_enter(rig.client_thread);
	rig_stopped();
}

/* Sessions (0), and handshakes of a process that are under way (1). */
START_TEST(counted_together)
{
	struct raw first, second;

	serve_twice(_i == 0 ? 1 : 8, _i == 1 ? 1 : 8);
	ck_assert_int_eq(raw_begin(&first, "first"), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&second, "second"), CDRPC_OK);
	ck_assert(raw_greet(&first));
	ck_assert(!raw_greet(&second));
	ck_assert(raw_open(&first));
	ck_assert_int_eq(raw_greet(&second), _i == 1);
	raw_end(&first);
	raw_end(&second);
	end_both();
}
END_TEST

START_TEST(bytes_have_a_bound)
{
	struct commons *commons = NULL;

	rig_prepared();
	ck_assert_int_eq(commons_new(&rig.env, &commons), CDRPC_OK);
	ck_assert(!commons_add_bytes(commons, 11, 10));
	ck_assert(commons_add_bytes(commons, 4, 10));
	ck_assert(commons_add_bytes(commons, 6, 10));
	ck_assert(!commons_add_bytes(commons, 1, 10));
	ck_assert(commons_add_bytes(commons, 0, 10));
	ck_assert(!commons_add_bytes(commons, UINT64_MAX, 10));
	commons_drop_bytes(commons, 4);
	ck_assert(commons_add_bytes(commons, 4, 10));
	commons_unref(commons);
	rig_stopped();
}
END_TEST

/* How long one gets no CHALLENGE that has not taken the one before: twice as long each time, to an end. */
START_TEST(blame_grows)
{
	static const uint64_t penalties[] = { 1, 2, 4, 8, 16, 16 };
	struct greeting *greeting = NULL;
	struct commons *commons = NULL;
	uint32_t i;

	rig_prepared();
	ck_assert_int_eq(commons_new(&rig.env, &commons), CDRPC_OK);
	for (i = 0; i < sizeof penalties / sizeof penalties[0]; i++) {
		commons_blame(commons, 7, true);
		ck_assert(commons_is_slow(commons, 7));
		ck_assert(!commons_is_slow(commons, 8));
		fake_advance_us(penalties[i] * 1000000 - 1);
		ck_assert_int_eq(commons_greet(commons, 7, 4, 4, &greeting), CDRPC_E_BUSY);
		fake_advance_us(1);
		ck_assert_int_eq(commons_greet(commons, 7, 4, 4, &greeting), CDRPC_OK);
		commons_greeted(greeting);
		commons_drop_session(commons);
	}
	/* Of late replies alone nobody is refused. */
	commons_blame(commons, 9, false);
	ck_assert(commons_is_slow(commons, 9));
	ck_assert_int_eq(commons_greet(commons, 9, 4, 4, &greeting), CDRPC_OK);
	commons_greeted(greeting);
	fake_advance_us(2000000);
	ck_assert(!commons_is_slow(commons, 9));
	/* Nobody is blamed for ever: others take the places of those that have been quiet. */
	for (i = 100; i < 300; i++) {
		commons_blame(commons, i, true);
		fake_advance_us(1);
	}
	ck_assert(!commons_is_slow(commons, 100));
	ck_assert(commons_is_slow(commons, 299));
	commons_unref(commons);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, counted_together, 0, 2);
	tcase_add_test(tcase, bytes_have_a_bound);
	tcase_add_test(tcase, blame_grows);
}

int
main(void)
{
	return check_main(rig_suite("commons", add));
}
