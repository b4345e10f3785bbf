/* Events that a listener is too slow for: it loses the subscription, is told so once, and keeps the session. */
#include <stdio.h>
#include <string.h>

#include "rig_check.h"

#define RING_ENTRIES 256

static struct {
	uint32_t count;
	uint32_t wrong;
	uint32_t next;
	uint32_t latest;
	uint32_t latest_count;
} heard;

static char lost[64];
static uint32_t lost_count;

static void
hear(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)data;
	if (index == RIG_LATEST) {
		heard.latest = value;
		heard.latest_count++;
		return;
	}
	heard.count++;
	heard.wrong += value != heard.next++;
}

static void
hear_of_loss(void *self, const char *interface_name, const char *event_name)
{
	ck_assert_ptr_eq(self, &lost);
	lost_count++;
	snprintf(lost, sizeof lost, "%s.%s", interface_name, event_name);
}

static void
begin(void)
{
	memset(&heard, 0, sizeof heard);
	lost_count = 0;
	lost[0] = '\0';
	rig_prepared();
	rig.heard = hear;
	rig.client_options.event_lost = hear_of_loss;
	rig.client_options.event_lost_self = &lost;
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
}

static void
emit(uint32_t index, uint32_t from, uint32_t count)
{
	uint32_t value, failed = 0;

	fake_enter(rig.server_thread);
	for (value = from; value < from + count; value++)
		failed += rig_emit(rig.server, NULL, index, value, rig_nothing) != CDRPC_OK;
	ck_assert_uint_eq(failed, 0);
	fake_enter(rig.client_thread);
}

/* Of the one that did not fit there is no more, and that is said once; everything else goes on. */
START_TEST(too_much)
{
	begin();
	emit(RIG_EVENT, 0, RING_ENTRIES + 44);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, RING_ENTRIES);
	ck_assert_uint_eq(heard.wrong, 0);
	ck_assert_uint_eq(lost_count, 1);
	ck_assert_str_eq(lost, "rig.Rig.event");
	emit(RIG_EVENT, 0, 1);
	emit(RIG_LATEST, 3, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, RING_ENTRIES);
	ck_assert_uint_eq(heard.latest, 3);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 6, rig_nothing, NULL), 6);
	/* Whoever wants more asks for it again. */
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	emit(RIG_EVENT, RING_ENTRIES, 5);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, RING_ENTRIES + 5);
	ck_assert_uint_eq(heard.wrong, 0);
	ck_assert_uint_eq(lost_count, 1);
	rig_stopped();
}
END_TEST

/* A window that takes no messages loses nothing that waits in a ring; of messages that it did not take it is told when it does. */
START_TEST(hung_meanwhile)
{
	begin();
	fake_hang(rig.client_thread, true);
	emit(RIG_EVENT, 0, 3);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, 0);
	fake_hang(rig.client_thread, false);
	rig_settle(&rig);
	fake_advance_us(1000000);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, rig_resident ? 3 : 0);
	ck_assert_uint_eq(lost_count, rig_resident ? 0 : 1);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 6, rig_nothing, NULL), 6);
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	emit(RIG_EVENT, heard.next, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.count, rig_resident ? 4 : 1);
	fake_advance_us(5000000);
	rig_settle(&rig);
	ck_assert_uint_eq(lost_count, rig_resident ? 0 : 1);
	rig_stopped();
}
END_TEST

/* Of a [coalesce] event, whoever takes nothing for a while misses all but the latest, and that is no loss. */
START_TEST(the_latest_is_not_lost)
{
	begin();
	fake_hang(rig.client_thread, true);
	emit(RIG_LATEST, 0, 3);
	rig_settle(&rig);
	emit(RIG_LATEST, 3, 4);
	fake_advance_us(2000000);
	rig_settle(&rig);
	emit(RIG_LATEST, 7, 2);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.latest_count, 0);
	fake_hang(rig.client_thread, false);
	fake_advance_us(2000000);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.latest, 8);
	ck_assert_uint_le(heard.latest_count, 2);
	ck_assert_uint_eq(lost_count, 0);
	emit(RIG_LATEST, 9, 1);
	rig_settle(&rig);
	ck_assert_uint_eq(heard.latest, 9);
	rig_stopped();
}
END_TEST

/* Nor does anything stay behind of a session that ends while the word of a loss waits. */
START_TEST(hung_until_the_end)
{
	begin();
	fake_hang(rig.client_thread, true);
	emit(RIG_EVENT, 0, 3);
	emit(RIG_LATEST, 0, 3);
	rig_settle(&rig);
	fake_advance_us(1000000);
	rig_settle(&rig);
	if (_i)
		fake_hang(rig.client_thread, false);
	rig_stopped();
	ck_assert_uint_eq(heard.count + lost_count, 0);
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, too_much);
	tcase_add_test(tcase, hung_meanwhile);
	tcase_add_test(tcase, the_latest_is_not_lost);
	tcase_add_loop_test(tcase, hung_until_the_end, 0, 2);
}

int
main(void)
{
	return check_main(rig_suite("losses", add));
}
