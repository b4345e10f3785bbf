/* Where a body travels when the place that was meant for it is not to be had, or only for a moment. */
#include <string.h>

#include "calls/pending.h"
#include "rig_check.h"
#include "session/client.h"
#include "session/resident.h"

#define LARGE 200000

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

static struct {
	uint32_t count;
	bool fail;
} pushes;

static bool
push_fails(void *self)
{
	(void)self;
	pushes.count++;
	return pushes.fail;
}

/* The one side may not fetch, and the other is refused what it was given the right to: the body goes in pieces. Secret, or it
 * would stand in an arena. */
START_TEST(a_push_fails)
{
	struct endpoint_hooks pushing = { .may_duplicate = may, .push_fails = push_fails };
	struct endpoint_hooks denied = { .may_duplicate = may_not };
	struct cdrpc_bytes large = rig_data(LARGE);
	struct rig_answer answer;
	int i;

	rig_prepared();
	rig.client_hooks = _i ? denied : pushing;
	rig.server_hooks = _i ? pushing : denied;
	rig_started();
	for (i = 0; i < 4; i++) {
		pushes.count = 0;
		pushes.fail = i % 2 != 0;
		ck_assert_int_eq(rig_call(&rig, RIG_SECRET, 7, large, &answer), CDRPC_OK);
		ck_assert(rig_data_equal(answer.data, large));
		ck_assert_uint_eq(pushes.count, 1);
		ck_assert_int_eq(_i ? rig.trace.reply_route : rig.trace.request_route,
				 pushes.fail ? CDRPC_ROUTE_CHUNKS : CDRPC_ROUTE_SECTION);
		ck_assert_int_eq(_i ? rig.trace.request_route : rig.trace.reply_route, CDRPC_ROUTE_SECTION);
	}
	rig_data_free(large);
	rig_stopped();
}
END_TEST

/* An arena that is full while the body is measured, and free when it is sealed: what was begun elsewhere stays there. */
START_TEST(an_arena_that_is_full_for_a_moment)
{
	static const struct cdrpc_method method = { "echo", 1, 1, CDRPC_METHOD_OUTPUTS, 0, UINT32_MAX, UINT32_MAX, NULL };
	static const struct cdrpc_interface iface = { RIG_INTERFACE, "rig.Rig", 2, 0, 0, 0, 1, &method, NULL };
	struct cdrpc_pending *pending = NULL;
	struct slots_writer *arena = NULL;
	uint32_t slots[ARENA_SLOTS];
	uint32_t count = 0, passes = 0, i;
	struct cdrpc_writer w;
	struct cdrpc_reader r;

	rig_connected();
	cdrpc_request_begin(&w, rig.client, &iface, 0);
	if (rig_resident) {
		arena = &rig.client->session->resident->writer;
		while (slots_reserve(arena, 64, UINT32_MAX / 2, &slots[count]))
			count++;
		ck_assert_uint_gt(count, 0);
	}
	do {
		/* The second time it is known to go into a section. */
		for (; passes == 1 && count > 0; count--)
			slots_release(arena, slots[count - 1]);
		passes++;
		for (i = 0; i < LARGE / 4; i++)
			cdrpc_write_u32(&w, i);
	} while (cdrpc_write_again(&w));
	ck_assert_uint_eq(passes, 2);
	ck_assert_int_eq(cdrpc_request_send(&w, &pending), CDRPC_OK);
	cdrpc_reply_begin(&r, pending, pending->method, NULL);
	/* It has come to where it is decoded, and only there it is too much. */
	ck_assert_int_eq(cdrpc_reply_end(&r), CDRPC_E_BAD_REQUEST);
	ck_assert_int_eq(rig.trace.request_route, CDRPC_ROUTE_SECTION);
	ck_assert_uint_eq(rig_stats(&rig).refused_frames, 0);
	rig_stopped();
}
END_TEST

/* The server ends when it sends its reply, which arrives. */
static enum fake_fate
ends_with_its_reply(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_REPLY &&
	    frame.route == FRAME_ROUTE_SECTION)
		fake_kill(rig.server_thread);
	return FAKE_DELIVER;
}

/* What the reply names went with the process that sent it. */
START_TEST(a_reply_whose_section_is_gone)
{
	struct cdrpc_bytes large = rig_data(LARGE);
	struct rig_answer answer;

	rig_connected();
	fake_judge(ends_with_its_reply, NULL);
	ck_assert_int_eq(rig_call(&rig, RIG_SECRET, 7, large, &answer), CDRPC_E_PEER_DIED);
	rig_data_free(large);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, a_push_fails, 0, 2);
	tcase_add_test(tcase, a_reply_whose_section_is_gone);
	tcase_add_test(tcase, an_arena_that_is_full_for_a_moment);
}

int
main(void)
{
	return check_main(rig_suite("places", add));
}
