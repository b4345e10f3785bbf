/* Two endpoints of one service: what is counted is counted for both. */
#include <string.h>

#include "raw.h"
#include "rig_check.h"
#include "service/dispatch.h"
#include "service/workers.h"
#include "session/endpoint.h"

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
		options.quota = i == 0 ? NULL : endpoints[0]->quota;
		threads[i] = fake_thread(rig.server_thread);
		fake_enter(threads[i]);
		ck_assert_int_eq(dispatch_new(&options, &endpoints[i]), CDRPC_OK);
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
		dispatch_shut(endpoints[i]);
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
	struct quota *quota = NULL;

	rig_prepared();
	ck_assert_int_eq(quota_new(&rig.env, &quota), CDRPC_OK);
	ck_assert(!quota_add(&quota->bytes, 11, 10));
	ck_assert(quota_add(&quota->bytes, 4, 10));
	ck_assert(quota_add(&quota->bytes, 6, 10));
	ck_assert(!quota_add(&quota->bytes, 1, 10));
	ck_assert(quota_add(&quota->bytes, 0, 10));
	ck_assert(!quota_add(&quota->bytes, UINT64_MAX, 10));
	atomic_u64_sub(&quota->bytes, 4);
	ck_assert(quota_add(&quota->bytes, 4, 10));
	quota_unref(quota);
	rig_stopped();
}
END_TEST

/* How long one gets no CHALLENGE that has not taken the answer to an OPEN: twice as long each time, to an end. */
START_TEST(blame_grows)
{
	static const uint64_t penalties[] = { 1, 2, 4, 8, 16, 16 };
	uint64_t greeting = 0;
	struct quota *quota = NULL;
	uint32_t i;

	rig_prepared();
	ck_assert_int_eq(quota_new(&rig.env, &quota), CDRPC_OK);
	for (i = 0; i < sizeof penalties / sizeof penalties[0]; i++) {
		quota_note_timeout(quota, 7, true);
		ck_assert(quota_is_slow(quota, 7));
		ck_assert(!quota_is_slow(quota, 8));
		fake_advance_us(penalties[i] * 1000000 - 1);
		ck_assert_int_eq(quota_begin_handshake(quota, 7, 70, 4, 4, &greeting), CDRPC_E_BUSY);
		fake_advance_us(1);
		ck_assert_int_eq(quota_begin_handshake(quota, 7, 70, 4, 4, &greeting), CDRPC_OK);
		quota_end_handshake(quota, greeting);
		quota_drop_session(quota);
	}
	/* Of late replies alone nobody is refused. */
	quota_note_timeout(quota, 9, false);
	ck_assert(quota_is_slow(quota, 9));
	ck_assert_int_eq(quota_begin_handshake(quota, 9, 90, 4, 4, &greeting), CDRPC_OK);
	quota_end_handshake(quota, greeting);
	fake_advance_us(2000000);
	ck_assert(!quota_is_slow(quota, 9));
	/* Nobody is blamed for ever: others take the places of those that have been quiet. */
	for (i = 100; i < 300; i++) {
		quota_note_timeout(quota, i, true);
		fake_advance_us(1);
	}
	ck_assert(!quota_is_slow(quota, 100));
	ck_assert(quota_is_slow(quota, 299));
	quota_unref(quota);
	rig_stopped();
}
END_TEST

static struct quota *own;
static uint64_t greetings[64];
static uint32_t begun;

static cdrpc_status
greet(uint32_t process_id, uint32_t thread_id)
{
	cdrpc_status status = quota_begin_handshake(own, process_id, thread_id, 2, 64, &greetings[begun]);

	begun += status == CDRPC_OK;
	return status;
}

/* Those whose CHALLENGE was taken count for the process, which must have asked; others for the thread, and are forgotten when they end. */
START_TEST(handshakes_are_counted)
{
	uint32_t i, thread;

	rig_prepared();
	begun = 0;
	ck_assert_int_eq(quota_new(&rig.env, &own), CDRPC_OK);
	for (i = 0; i < QUOTA_CHALLENGES_THREAD; i++)
		ck_assert_int_eq(greet(7, 70), CDRPC_OK);
	ck_assert_int_eq(greet(7, 70), CDRPC_E_BUSY);
	for (thread = 71; begun < QUOTA_CHALLENGES_PROCESS; thread++)
		ck_assert_int_eq(greet(7, thread), CDRPC_OK);
	ck_assert_int_eq(greet(7, 99), CDRPC_E_BUSY);
	ck_assert_int_eq(greet(8, 80), CDRPC_OK);
	/* One that was refused is over, twice over or not. */
	quota_end_handshake(own, greetings[0]);
	quota_end_handshake(own, greetings[0]);
	quota_challenged(own, greetings[0]);
	ck_assert_int_eq(greet(7, 70), CDRPC_OK);
	ck_assert_int_eq(greet(7, 70), CDRPC_E_BUSY);
	/* Two were taken. */
	quota_challenged(own, greetings[1]);
	ck_assert_int_eq(greet(7, 70), CDRPC_OK);
	quota_challenged(own, greetings[2]);
	ck_assert_int_eq(greet(7, 99), CDRPC_E_BUSY);
	ck_assert_int_eq(greet(8, 80), CDRPC_OK);
	quota_end_handshake(own, greetings[1]);
	ck_assert_int_eq(greet(7, 70), CDRPC_OK);
	for (i = 0; i < begun; i++)
		quota_end_handshake(own, greetings[i]);
	quota_unref(own);
	rig_stopped();
}
END_TEST

/* What is for a thread that did not take a CHALLENGE comes last for a while, and what is for a process of several such. */
START_TEST(unheard_for_a_while)
{
	uint32_t i;

	rig_prepared();
	ck_assert_int_eq(quota_new(&rig.env, &own), CDRPC_OK);
	ck_assert(!quota_is_unheard(own, 7, 70));
	quota_note_unheard(own, 7, 70);
	ck_assert(quota_is_unheard(own, 7, 70));
	ck_assert(!quota_is_unheard(own, 7, 71));
	ck_assert(!quota_is_slow(own, 7));
	quota_note_unheard(own, 7, 71);
	quota_note_unheard(own, 7, 72);
	quota_note_unheard(own, 7, 72);
	ck_assert(!quota_is_unheard(own, 7, 79));
	quota_note_unheard(own, 7, 73);
	ck_assert(quota_is_unheard(own, 7, 79));
	ck_assert(!quota_is_unheard(own, 8, 79));
	fake_advance_us(15999999);
	ck_assert(quota_is_unheard(own, 7, 70));
	fake_advance_us(1);
	ck_assert(!quota_is_unheard(own, 7, 70));
	/* Others take the places of those who have been quiet. */
	for (i = 100; i < 300; i++) {
		quota_note_unheard(own, i, i);
		fake_advance_us(1);
	}
	ck_assert(!quota_is_unheard(own, 235, 235));
	ck_assert(quota_is_unheard(own, 236, 236));
	ck_assert(quota_is_unheard(own, 299, 299));
	quota_unref(own);
	rig_stopped();
}
END_TEST

/* ---- mail from one to the other ---- */

static struct mail letter;

static void
read_letter(struct endpoint *endpoint, struct mail *mail)
{
	(void)endpoint;
	/* As where it is freed, and the memory used for something else. */
	memset(mail, 0xdd, sizeof *mail);
}

static void
second_reads(void)
{
	fake_enter(threads[1]);
	mail_read(endpoints[1]);
	fake_enter(threads[0]);
}

/* Whoever passes a HELLO on does not look at it any more: it may have been read by then. */
START_TEST(mail_that_is_read_at_once)
{
	struct workers workers = { .env = rig.env, .count = 2 };
	uint32_t i;

	serve_twice(8, 8);
	lock_init(&workers.lock);
	for (i = 0; i < 2; i++) {
		workers.each[i] = (struct worker){ .workers = &workers, .endpoint = endpoints[i], .up = true };
		endpoints[i]->workers = &workers;
	}
	atomic_u32_store(&workers.each[0].sessions, 1);
	letter = (struct mail){ .read = read_letter };
	fake_enter(threads[0]);
	fake_once_unlocked(second_reads);
	ck_assert(mail_pass_on(endpoints[0], &letter));
	ck_assert_uint_eq(letter.anyones_us, UINT64_C(0xdddddddddddddddd));
	ck_assert_uint_le(endpoints[0]->wake_us, clock_us() + 1000000);
	ck_assert_uint_eq(atomic_u32_load(&workers.passed_on), 0);
	endpoints[0]->workers = endpoints[1]->workers = NULL;
	lock_done(&workers.lock);
	end_both();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, handshakes_are_counted);
	tcase_add_test(tcase, unheard_for_a_while);
	tcase_add_loop_test(tcase, counted_together, 0, 2);
	tcase_add_test(tcase, bytes_have_a_bound);
	tcase_add_test(tcase, blame_grows);
	tcase_add_test(tcase, mail_that_is_read_at_once);
}

int
main(void)
{
	return check_main(rig_suite("quota", add));
}
