/* Deadlines do not run while the machine sleeps, and a clock that moves in ticks makes none of them early. */
#include "base/deadline.h"
#include "raw.h"
#include "rig_check.h"

#define HOUR_US UINT64_C(3600000000)
#define TICK_US 15625

/* A call that the server keeps. */
static struct cdrpc_pending *
begin_only(uint32_t timeout_ms)
{
	rig_done = (struct rig_done){ 0 };
	rig.handler = rig_keep;
	cdrpc_client_set_timeout(rig.client, timeout_ms);
	return rig_begun(RIG_STATUS, 5);
}

/* One of whose end rig_on_done() is told. */
static void
begin(uint32_t timeout_ms)
{
	ck_assert_int_eq(cdrpc_pending_notify(begin_only(timeout_ms), rig_on_done, &rig_done), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 0);
}

static void
complete(cdrpc_status how)
{
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, how), CDRPC_OK);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	rig_check_done(1, how);
}

START_TEST(a_call_outlives_standby)
{
	rig_connected();
	begin(2000);
	fake_sleep_us(HOUR_US);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 0);
	ck_assert_uint_eq(cdrpc_call_remaining_ms(rig_kept), 2000 + 2 * DEADLINE_TICK_US / 1000);
	fake_advance_us(1000000);
	fake_sleep_us(HOUR_US);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 0);
	ck_assert_uint_eq(cdrpc_call_remaining_ms(rig_kept), 1000 + 2 * DEADLINE_TICK_US / 1000);
	complete(7);
	rig_stopped();
}
END_TEST

START_TEST(a_handshake_outlives_standby)
{
	struct raw raw;

	rig_connected();
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&raw));
	fake_sleep_us(HOUR_US);
	rig_settle(&rig);
	ck_assert(raw_open(&raw));
	raw_end(&raw);
	rig_stopped();
}
END_TEST

/* A server that stops, and gives a call that is rig_kept its second. */
START_TEST(a_drain_outlives_standby)
{
	rig_connected();
	begin(20000);
	cdrpc_server_stop(rig.server);
	rig_settle(&rig);
	fake_sleep_us(HOUR_US);
	rig_settle(&rig);
	ck_assert_uint_eq(rig_done.count, 0);
	complete(7);
	rig_stopped();
}
END_TEST

/* Begun at any part of a tick. By its deadline a call has had its time, and at most two ticks more; whether it is told of the end, which
 * a timer brings, or asks for it. */
START_TEST(no_deadline_is_early)
{
	static const uint32_t timeouts_ms[] = { 1, 2, 15, 16, 17, 40 };
	struct cdrpc_pending *pending = NULL;
	uint64_t began_us, took_us;
	bool asks = _i & 1;
	uint32_t i;

	rig_connected();
	fake_tick_us(TICK_US);
	for (i = 0; i < sizeof timeouts_ms / sizeof timeouts_ms[0]; i++) {
		fake_advance_us(TICK_US - clock_us() % TICK_US + (uint64_t)(_i / 2) * 1000);
		began_us = clock_us();
		if (asks) {
			pending = begin_only(timeouts_ms[i]);
			rig_settle(&rig);
		} else {
			begin(timeouts_ms[i]);
		}
		fake_hang(rig.server_thread, true);
		while (asks ? !cdrpc_pending_is_done(pending) : !rig_done.count) {
			fake_advance_us(500);
			rig_settle(&rig);
		}
		if (asks)
			rig_done.status = rig_finish(&rig, RIG_STATUS, pending, NULL);
		took_us = clock_us() - began_us;
		fake_hang(rig.server_thread, false);
		fake_enter(rig.server_thread);
		cdrpc_call_complete(rig_kept, 0);
		fake_enter(rig.client_thread);
		ck_assert_int_eq(rig_done.status, CDRPC_E_TIMEOUT);
		ck_assert_uint_ge(took_us, (uint64_t)timeouts_ms[i] * 1000);
		ck_assert_uint_le(took_us, (uint64_t)timeouts_ms[i] * 1000 + 3 * TICK_US);
	}
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, a_call_outlives_standby);
	tcase_add_test(tcase, a_handshake_outlives_standby);
	tcase_add_test(tcase, a_drain_outlives_standby);
	tcase_add_loop_test(tcase, no_deadline_is_early, 0, 32);
}

int
main(void)
{
	return check_main(rig_suite("deadline", add));
}
