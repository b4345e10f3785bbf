/* Two processes that call each other at the same time, under each policy; and calls within calls, there and back. */
#include <string.h>

#include "side.h"

/* Without arenas a call is several times slower. */
#define CALLS_ALLOWED 10000
#define CALLS 1000
#define CALLS_BY_MESSAGE 300
#define CALLS_BACK 10000

/* Calls that are known to meet one of the other side, each way. */
#define CALLS_MET 10000
#define CALLS_A_ROUND 10

static struct proc *helper;
static struct side ours;
static struct cdrpc_client *client;

static void
begin(enum cdrpc_reentry policy, bool messages)
{
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_server_options options = { .reentry = policy };
	struct cdrpc_client_options client_options = { .connect_timeout_ms = 20000, .call_timeout_ms = 20000 };
	char name[CDRPC_NAME_MAX + 1];

	memset(&ours, 0, sizeof ours);
	if (messages)
		options.limits = &no_arenas;
	helper = proc_start("side");
	helper->words[SIDE_POLICY] = policy;
	helper->words[SIDE_MESSAGES] = messages;
	proc_signal(helper);
	proc_await(helper);
	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(side_new(&ours, NULL, &options), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(ours.server), CDRPC_OK);
	client_options.server = ours.server;
	ck_assert_int_eq(cdrpc_client_connect(name, &client_options, &client), CDRPC_OK);
}

/* What the helper has come to stays in its words until it is finished. */
static void
end(void)
{
	cdrpc_client_free(client);
	proc_await_handle(helper->process);
	cdrpc_server_free(ours.server);
	DestroyWindow(ours.window);
}

static void
buried(void)
{
	ck_assert_int_eq(proc_finish(helper), 0);
}

static const struct {
	enum cdrpc_reentry policy;
	bool messages;
	uint32_t calls;
} ways[] = {
	{ CDRPC_REENTRY_ALLOW, false, CALLS_ALLOWED },
	{ CDRPC_REENTRY_ALLOW, true, CALLS_BY_MESSAGE },
	{ CDRPC_REENTRY_QUEUE, false, CALLS },
	{ CDRPC_REENTRY_QUEUE, true, CALLS_BY_MESSAGE },
	{ CDRPC_REENTRY_REFUSE, false, CALLS },
	{ CDRPC_REENTRY_REFUSE, true, CALLS_BY_MESSAGE },
};

/* Each call is run, or refused because this side was waiting for that very peer; nothing else happens, and nothing is lost. */
START_TEST(both_at_once)
{
	uint32_t calls = ways[_i].calls;
	volatile uint64_t *words;
	struct cdrpc_stats stats;

	begin(ways[_i].policy, ways[_i].messages);
	words = helper->words;
	ck_assert_int_eq(duplex_cross(client, calls), CDRPC_OK);
	side_cross(&ours, client, calls);
	side_pump_handle(helper->event_in);
	cdrpc_server_get_stats(ours.server, &stats);
	end();
	ck_assert_uint_eq(ours.crossed[2], 0);
	ck_assert_uint_eq(words[SIDE_CROSSED + 2], 0);
	ck_assert_uint_eq(ours.crossed[0] + ours.crossed[1], calls);
	ck_assert_uint_eq(words[SIDE_CROSSED] + words[SIDE_CROSSED + 1], calls);
	/* What one side counts is what the other side has seen. */
	ck_assert_uint_eq(words[SIDE_ADDED], ours.crossed[0]);
	ck_assert_uint_eq(ours.added, words[SIDE_CROSSED]);
	ck_assert_uint_eq(words[SIDE_REFUSED], ours.crossed[1]);
	ck_assert_uint_eq(ours.refused[0], words[SIDE_CROSSED + 1]);
	ck_assert_uint_eq(stats.refused_calls, ours.refused[0]);
	ck_assert_uint_eq(words[SIDE_REFUSED + 1] + ours.refused[1], 0);
	if (ways[_i].policy == CDRPC_REENTRY_ALLOW)
		ck_assert_uint_eq(ours.crossed[1] + words[SIDE_CROSSED + 1], 0);
	else
		ck_assert_uint_gt(ours.crossed[1] + words[SIDE_CROSSED + 1], 0);
	/* Posted messages of the application wait until the call has ended. */
	ck_assert_uint_eq(ours.dispatched, calls);
	ck_assert_uint_eq(ours.in_call_dispatched, 0);
	ck_assert_uint_eq(words[SIDE_DISPATCHED], 0);
	buried();
}
END_TEST

/*
 * Here it is known beforehand which calls are refused. One side is in a call that the other answers only when it has made its own,
 * so that each of these finds it waiting: all are refused, or under 'allow' none. Those between are not.
 */
START_TEST(each_refusal_is_predicted)
{
	uint32_t calls = ways[_i].policy == CDRPC_REENTRY_REFUSE && !ways[_i].messages ? CALLS_MET : CALLS_BY_MESSAGE;
	uint32_t rounds = calls / CALLS_A_ROUND;
	uint32_t refusals = ways[_i].policy == CDRPC_REENTRY_ALLOW ? 0 : calls;
	uint32_t met[2] = { 0, 0 }, wrong = 0, run, refused, sum, i;
	struct cdrpc_stats stats;

	begin(ways[_i].policy, ways[_i].messages);
	for (i = 0; i < rounds; i++) {
		wrong += duplex_meet(client, CALLS_A_ROUND, &run, &refused) != CDRPC_OK;
		met[0] += run;
		met[1] += refused;
		wrong += duplex_add(client, i, 2, &sum) != CDRPC_OK || sum != i + 2;
	}
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_eq(met[0], calls - refusals);
	ck_assert_uint_eq(met[1], refusals);
	cdrpc_server_get_stats(ours.server, &stats);
	ck_assert_uint_eq(stats.refused_calls, refusals);
	ck_assert_uint_eq(ours.added, calls - refusals);
	/* And the other way round. */
	ck_assert_int_eq(duplex_seek(client, rounds, CALLS_A_ROUND), CDRPC_OK);
	side_pump_handle(helper->event_in);
	cdrpc_server_get_stats(ours.server, &stats);
	ck_assert_uint_eq(stats.refused_calls, refusals);
	end();
	ck_assert_uint_eq(helper->words[SIDE_MET], calls - refusals);
	ck_assert_uint_eq(helper->words[SIDE_MET + 1], refusals);
	ck_assert_uint_eq(helper->words[SIDE_ADDED], rounds + calls - refusals);
	ck_assert_uint_eq(helper->words[SIDE_REFUSED] + helper->words[SIDE_REFUSED + 1], refusals);
	buried();
}
END_TEST

static const enum cdrpc_reentry lenient[] = { CDRPC_REENTRY_ALLOW, CDRPC_REENTRY_QUEUE };

START_TEST(calls_back)
{
	uint32_t round, depth, sum, wrong = 0;

	begin(lenient[_i / 2], _i % 2);
	for (round = 0; round < 30; round++) {
		for (depth = 0; depth < 8; depth++) {
			sum = 0;
			wrong += duplex_nested(client, depth, &sum) != CDRPC_OK || sum != depth * (depth + 1) / 2;
		}
	}
	ck_assert_uint_eq(wrong, 0);
	/* One more is one too many, and does no harm. */
	ck_assert_int_eq(duplex_nested(client, 8, &sum), CDRPC_E_BUSY);
	ck_assert_int_eq(duplex_nested(client, 7, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 28);
	end();
	buried();
}
END_TEST

START_TEST(many_calls_back)
{
	uint32_t sum, wrong = 0, i;

	begin(CDRPC_REENTRY_QUEUE, false);
	for (i = 0; i < CALLS_BACK; i++) {
		sum = 0;
		wrong += duplex_nested(client, 1, &sum) != CDRPC_OK || sum != 1;
	}
	ck_assert_uint_eq(wrong, 0);
	end();
	buried();
}
END_TEST

START_TEST(refused_back)
{
	uint32_t sum = 9;

	begin(CDRPC_REENTRY_REFUSE, _i);
	ck_assert_int_eq(duplex_nested(client, 1, &sum), CDRPC_E_WOULD_DEADLOCK);
	ck_assert_uint_eq(ours.refused[1], 1);
	ck_assert_int_eq(duplex_nested(client, 0, &sum), CDRPC_OK);
	end();
	buried();
}
END_TEST

START_TEST(nothing_is_left_behind)
{
	struct leaks before, after, own_before, own_after;
	uint32_t round, sum;

	begin(CDRPC_REENTRY_ALLOW, _i);
	for (round = 0; round < 3; round++) {
		ck_assert_int_eq(duplex_cross(client, 100), CDRPC_OK);
		side_cross(&ours, client, 100);
		side_pump_handle(helper->event_in);
		ck_assert_int_eq(duplex_nested(client, 7, &sum), CDRPC_OK);
		if (round == 0) {
			ck_assert(leaks_count(helper->process, &before));
			ck_assert(leaks_count(GetCurrentProcess(), &own_before));
		}
	}
	ck_assert(leaks_count(helper->process, &after));
	ck_assert(leaks_count(GetCurrentProcess(), &own_after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	ck_assert_uint_eq(own_after.handles, own_before.handles);
	ck_assert_uint_eq(own_after.views, own_before.views);
	end();
	buried();
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("crossing");
	TCase *tcase = tcase_create("crossing");
	TCase *back = tcase_create("back");

	tcase_add_loop_test(tcase, both_at_once, 0, 6);
	tcase_add_loop_test(tcase, each_refusal_is_predicted, 0, 6);
	tcase_add_test(tcase, many_calls_back);
	tcase_add_loop_test(back, calls_back, 0, 4);
	tcase_add_loop_test(back, refused_back, 0, 2);
	tcase_add_loop_test(tcase, nothing_is_left_behind, 0, 2);
	suite_add_tcase(suite, tcase);
	suite_add_tcase(suite, back);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
