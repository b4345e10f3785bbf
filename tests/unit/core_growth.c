/* An arena that grows by the first section that is made: when it does, when it does not, and what goes on without. */
#include <string.h>

#include "rig_check.h"
#include "session/client.h"
#include "session/resident.h"

#define MIB (UINT32_C(1) << 20)

static void
begin(uint32_t client_max, uint32_t server_max)
{
	rig_resident = true;
	rig_prepared();
	rig.client_limits.resident_max = client_max;
	rig.server_limits.resident_max = server_max;
}

/* Echoes so many bytes, and returns by which route they went there; they come back by 'answer'. */
static enum cdrpc_route
echo(uint32_t index, uint32_t size, enum cdrpc_route answer)
{
	struct cdrpc_bytes data = rig_data(size);
	struct rig_answer got;

	ck_assert_int_eq(rig_call(&rig, index, 1, data, &got), CDRPC_OK);
	ck_assert(rig_data_equal(got.data, data));
	ck_assert_str_eq(cdrpc_route_name(rig.trace.reply_route), cdrpc_route_name(answer));
	rig_data_free(data);
	return rig.trace.request_route;
}

/* The first large one brings it, the others use it, up to the limit; what is over that has sections of its own. */
START_TEST(grows_with_the_first_large_body)
{
	static const uint32_t indices[] = { RIG_ECHO, RIG_ECHO_INLINE, RIG_SHARED };
	size_t views, handles;
	uint32_t i;

	begin(8 * MIB, 8 * MIB);
	rig_started();
	ck_assert_int_eq(echo(indices[_i], 700000, CDRPC_ROUTE_RESIDENT), CDRPC_ROUTE_RESIDENT);
	views = fake_views(rig.client_thread);
	ck_assert_int_eq(echo(indices[_i], 2 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	cdrpc_reply_free(&rig.reply);
	ck_assert_uint_eq(fake_views(rig.client_thread), views + 2);
	handles = fake_handles(rig.client_thread);
	for (i = 0; i < 40; i++) {
		ck_assert_int_eq(echo(indices[_i], (i % 6 + 1) * MIB, CDRPC_ROUTE_RESIDENT), CDRPC_ROUTE_RESIDENT);
		ck_assert_int_eq(echo(indices[_i], 100000 * (i % 7), CDRPC_ROUTE_RESIDENT),
				 i % 7 ? CDRPC_ROUTE_RESIDENT : CDRPC_ROUTE_MESSAGE);
	}
	ck_assert_int_eq(echo(indices[_i], 7 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	cdrpc_reply_free(&rig.reply);
	ck_assert_uint_eq(fake_views(rig.client_thread), views + 2);
	ck_assert_uint_eq(fake_handles(rig.client_thread), handles);
	rig_stopped();
}
END_TEST

/* A side that keeps less than is offered gets sections as before; so does one that cannot make so large a section. */
START_TEST(limits_of_either_side)
{
	uint32_t i;

	begin(_i == 0 ? 2 * MIB : 64 * MIB, _i == 0 ? 64 * MIB : 2 * MIB);
	rig_started();
	for (i = 0; i < 4; i++) {
		/* 63 MiB are more than 2, and 1 is less than the body. */
		ck_assert_int_eq(echo(RIG_ECHO, 3 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
		ck_assert_int_eq(echo(RIG_ECHO, 700000, CDRPC_ROUTE_RESIDENT), CDRPC_ROUTE_RESIDENT);
	}
	rig_stopped();
}
END_TEST

START_TEST(a_large_limit)
{
	begin(100 * MIB, 100 * MIB);
	rig.client_limits.body_max = rig.server_limits.body_max = 200 * MIB;
	rig_started();
	ck_assert_int_eq(echo(RIG_ECHO, 4 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	ck_assert_int_eq(echo(RIG_ECHO, 64 * MIB, CDRPC_ROUTE_RESIDENT), CDRPC_ROUTE_RESIDENT);
	ck_assert_int_eq(echo(RIG_ECHO, 98 * MIB, CDRPC_ROUTE_RESIDENT), CDRPC_ROUTE_RESIDENT);
	ck_assert_int_eq(echo(RIG_ECHO, 100 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	rig_stopped();
}
END_TEST

/* A secret's section is its own, and gone afterwards. */
START_TEST(secrets_are_not_kept)
{
	size_t views;

	begin(8 * MIB, 8 * MIB);
	rig_started();
	views = fake_views(rig.client_thread);
	ck_assert_int_eq(echo(RIG_SECRET, 2 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	ck_assert_uint_eq(fake_views(rig.client_thread), views);
	ck_assert_int_eq(rig.client->session->resident->growth, GROWTH_POSSIBLE);
	ck_assert_int_eq(echo(RIG_ECHO, 2 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	ck_assert_int_eq(echo(RIG_SECRET, 2 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	ck_assert_int_eq(echo(RIG_ECHO, 2 * MIB, CDRPC_ROUTE_RESIDENT), CDRPC_ROUTE_RESIDENT);
	rig_stopped();
}
END_TEST

static enum fake_fate fate;
static uint32_t judged;

static enum fake_fate
judge(void *self, const struct fake_send *send)
{
	(void)self;
	(void)send;
	return judged++ == 0 ? fate : FAKE_DELIVER;
}

/* The frame that offers is lost, refused, or nobody knows. The arena grows with the next one if nobody has it, else not at all. */
START_TEST(an_offer_that_went_wrong)
{
	static const struct {
		enum fake_fate fate;
		enum resident_growth growth;
	} cases[] = {
		{ FAKE_DROP, GROWTH_DONE }, { FAKE_LOSE, GROWTH_DONE }, { FAKE_RAISE, GROWTH_DONE }, { FAKE_DENY, GROWTH_DONE },
	};
	struct cdrpc_bytes data = rig_data(2 * MIB);
	struct cdrpc_pending *pending = NULL;
	uint32_t i;

	begin(8 * MIB, 8 * MIB);
	rig_started();
	fate = cases[_i].fate;
	judged = 0;
	fake_judge(judge, NULL);
	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 1, data, &pending), CDRPC_OK);
	cdrpc_pending_cancel(pending);
	ck_assert_int_ne(rig_finish(&rig, RIG_ECHO, pending, NULL), CDRPC_OK);
	fake_judge(NULL, NULL);
	rig_settle(&rig);
	ck_assert_int_eq(rig.client->session->resident->growth, cases[_i].growth);
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(echo(RIG_ECHO, 2 * MIB, i ? CDRPC_ROUTE_RESIDENT : CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

START_TEST(a_refused_offer_is_made_again)
{
	struct cdrpc_bytes data = rig_data(2 * MIB);
	struct rig_answer answer;

	begin(8 * MIB, 8 * MIB);
	rig_started();
	ck_assert_int_eq(rig_call(&rig, RIG_SHORT, 1, data, &answer), CDRPC_E_BAD_REQUEST);
	rig_data_free(data);
	ck_assert_int_eq(rig.client->session->resident->growth, GROWTH_POSSIBLE);
	ck_assert_int_eq(echo(RIG_ECHO, 2 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	ck_assert_int_eq(rig.client->session->resident->growth, GROWTH_DONE);
	rig_stopped();
}
END_TEST

/* A buffer for which there was no room brings the section, if it is used; its end does not hinder the next. */
START_TEST(buffers_offer_too)
{
	struct cdrpc_buffer *first = NULL, *buffer = NULL;
	struct rig_answer answer;

	begin(8 * MIB, 8 * MIB);
	rig_started();
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, 3 * MIB, &first), CDRPC_OK);
	ck_assert_int_eq(rig.client->session->resident->growth, GROWTH_OFFERED);
	ck_assert_int_eq(echo(RIG_ECHO, 2 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	cdrpc_buffer_free(first);
	ck_assert_int_eq(rig.client->session->resident->growth, GROWTH_POSSIBLE);
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, 3 * MIB, &buffer), CDRPC_OK);
	memset(cdrpc_buffer_data(buffer), 1, 3 * MIB);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, cdrpc_buffer_send(buffer, 3 * MIB), &answer), CDRPC_OK);
	cdrpc_buffer_free(buffer);
	ck_assert_int_eq(rig.trace.request_route, CDRPC_ROUTE_SECTION);
	ck_assert_int_eq(rig.client->session->resident->growth, GROWTH_DONE);
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, 3 * MIB, &buffer), CDRPC_OK);
	memset(cdrpc_buffer_data(buffer), 2, 3 * MIB);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, cdrpc_buffer_send(buffer, 3 * MIB), &answer), CDRPC_OK);
	cdrpc_buffer_free(buffer);
	ck_assert_int_eq(rig.trace.request_route, CDRPC_ROUTE_RESIDENT);
	ck_assert_int_eq(rig.trace.reply_route, CDRPC_ROUTE_RESIDENT);
	rig_stopped();
}
END_TEST

/* The server may duplicate and the client may not, or the other way round: what is kept was pushed or pulled. */
static bool
never(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

START_TEST(pushed_or_pulled)
{
	uint32_t i;

	begin(8 * MIB, 8 * MIB);
	if (_i == 0)
		rig.client_hooks.may_duplicate = never;
	else
		rig.server_hooks.may_duplicate = never;
	rig_started();
	ck_assert_int_eq(echo(RIG_ECHO, 2 * MIB, CDRPC_ROUTE_SECTION), CDRPC_ROUTE_SECTION);
	for (i = 0; i < 5; i++)
		ck_assert_int_eq(echo(RIG_SHARED, 2 * MIB, CDRPC_ROUTE_RESIDENT), CDRPC_ROUTE_RESIDENT);
	rig_stopped();
}
END_TEST

/* Replies that are read in place, also of what the arena has grown by, outlive the session. */
START_TEST(read_after_the_end)
{
	struct cdrpc_bytes data = rig_data(2 * MIB);
	struct rig_answer answer;

	begin(8 * MIB, 8 * MIB);
	rig_started();
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, data, &answer), CDRPC_OK);
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, data, &answer), CDRPC_OK);
	ck_assert_int_eq(rig.trace.reply_route, CDRPC_ROUTE_RESIDENT);
	rig_disconnect(&rig);
	rig_settle(&rig);
	ck_assert(rig_data_equal(answer.data, data));
	cdrpc_reply_free(&rig.reply);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("growth");
	TCase *tcase = tcase_create("growth");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, grows_with_the_first_large_body, 0, 3);
	tcase_add_loop_test(tcase, limits_of_either_side, 0, 2);
	tcase_add_test(tcase, a_large_limit);
	tcase_add_test(tcase, secrets_are_not_kept);
	tcase_add_loop_test(tcase, an_offer_that_went_wrong, 0, 4);
	tcase_add_test(tcase, a_refused_offer_is_made_again);
	tcase_add_test(tcase, buffers_offer_too);
	tcase_add_loop_test(tcase, pushed_or_pulled, 0, 2);
	tcase_add_test(tcase, read_after_the_end);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
