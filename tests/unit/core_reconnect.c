/* The end of a client's session, and the session after it, on the fake transport. */
#include <stdio.h>
#include <string.h>

#include "base/deadline.h"
#include "fake_world.h"
#include "rig_check.h"
#include "service/server.h"
#include "session/client.h"

#define PAUSE_MOST_MS 1000

/* All that the application is told, in order: "died ", "gone ", "closed ", "again ", and the value of each event. */
static char story[256];
static uint32_t in_message;
/* What is done in the callbacks. */
static void (*on_end)(struct cdrpc_client *client);
static void (*on_start)(struct cdrpc_client *client);

static void
tell(const char *what)
{
	ck_assert_uint_lt(strlen(story) + strlen(what) + 1, sizeof story);
	strcat(story, what);
	strcat(story, " ");
	/* It may be told when the client has been freed, which is a failure of its own. */
	in_message += rig.client && rig.client->endpoint->thread.shared && rig.client->endpoint->thread.shared->nesting > 0;
}

static void
disconnected(void *self, struct cdrpc_client *client, cdrpc_status why)
{
	ck_assert_ptr_eq(self, &story);
	ck_assert_ptr_eq(client, rig.client);
	tell(why == CDRPC_E_PEER_DIED ? "died" : why == CDRPC_E_PEER_GONE ? "gone" : why == CDRPC_E_CLOSED ? "closed" : "odd");
	if (on_end)
		on_end(client);
}

static void
reconnected(void *self, struct cdrpc_client *client)
{
	ck_assert_ptr_eq(self, &story);
	ck_assert_ptr_eq(client, rig.client);
	tell("again");
	if (on_start)
		on_start(client);
}

static void
hear(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	char text[2] = { (char)('0' + value), '\0' };

	(void)r;
	(void)data;
	tell(index == RIG_LATEST ? "latest" : text);
}

/* Servers whose processes have ended. */
static struct {
	struct cdrpc_server *server;
	uint32_t thread;
} past[8];
static uint32_t past_count;

static void
prepare(void)
{
	story[0] = '\0';
	past_count = 0;
	in_message = 0;
	on_end = NULL;
	on_start = NULL;
	rig_prepared();
	rig.heard = hear;
	rig.client_options.disconnected = disconnected;
	rig.client_options.reconnected = reconnected;
	rig.client_options.session_self = story;
	rig.client_options.reconnect_ms = PAUSE_MOST_MS;
}

static void
check_story(const char *expected)
{
	ck_assert_str_eq(story, expected);
	ck_assert_uint_eq(in_message, 0);
	story[0] = '\0';
}

static void
stopped(void)
{
	check_story("");
	while (past_count > 0) {
		fake_enter(past[--past_count].thread);
		cdrpc_server_free(past[past_count].server);
	}
	rig_stopped();
}

/* Another process serves; returns the thread that did until now. What that process leaves behind is freed in the end, for it takes time. */
static uint32_t
start_another(void)
{
	uint32_t before = rig.server_thread;

	ck_assert_uint_lt(past_count, sizeof past / sizeof past[0]);
	past[past_count].server = rig.server;
	past[past_count++].thread = before;
	rig.server_thread = fake_process();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	return before;
}

static void
pass_ms(uint32_t ms)
{
	while (ms-- > 0) {
		fake_advance_us(1000);
		rig_settle(&rig);
	}
}

static void
emit(uint32_t index, uint32_t value)
{
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_emit(rig.server, NULL, index, value, rig_nothing), CDRPC_OK);
	rig_settle(&rig);
}

static cdrpc_status
call(void)
{
	return rig_call(&rig, RIG_STATUS, 0, rig_nothing, NULL);
}

/* ---- it has ended ---- */

enum end { KILLED, KILLED_UNWATCHED, WINDOW_LOST, SERVER_FREED, ENDS };

static const struct {
	const char *told;
	cdrpc_status why;
} ends[ENDS] = {
	[KILLED] = { "died ", CDRPC_E_PEER_DIED },
	[KILLED_UNWATCHED] = { "gone ", CDRPC_E_PEER_GONE },
	[WINDOW_LOST] = { "gone ", CDRPC_E_PEER_GONE },
	[SERVER_FREED] = { "gone ", CDRPC_E_PEER_GONE },
};

static void
bring_about(enum end end)
{
	window_id window = 0;

	switch (end) {
	case KILLED:
	case KILLED_UNWATCHED:
		fake_kill(rig.server_thread);
		break;
	case WINDOW_LOST:
		ck_assert_uint_eq(port_find(NULL, RIG_SERVICE, &window, 1), 1);
		fake_lose_window(window);
		break;
	default:
		fake_enter(rig.server_thread);
		cdrpc_server_free(rig.server);
		rig.server = NULL;
		fake_enter(rig.client_thread);
		break;
	}
}

static void
prepare_end(enum end end)
{
	prepare();
	rig.client_options.reconnect_ms = 0;
	fake_process_of(rig.server_thread)->may_be_waited_for = end != KILLED_UNWATCHED;
}

START_TEST(told_once)
{
	prepare_end((enum end)_i);
	rig_started();
	rig_settle(&rig);
	check_story("");
	bring_about((enum end)_i);
	rig_settle(&rig);
	/* Of the end of what may not be watched nobody tells. */
	if (_i == KILLED_UNWATCHED || _i == WINDOW_LOST) {
		check_story("");
		pass_ms(3100);
	}
	check_story(ends[_i].told);
	pass_ms(3100);
	ck_assert_int_eq(call(), ends[_i].why);
	stopped();
}
END_TEST

/* The windows of a process go before it has ended. */
START_TEST(a_window_that_goes_first)
{
	prepare_end(KILLED);
	rig_started();
	rig_settle(&rig);
	bring_about(WINDOW_LOST);
	fake_advance_us(1100000);
	port_ring_peer(rig.client->endpoint->window);
	rig_settle(&rig);
	pass_ms(50);
	check_story("");
	bring_about(KILLED);
	rig_settle(&rig);
	check_story("died ");
	stopped();
}
END_TEST

/* A thread that has no loop has it from its next call; the callback is the loop's. */
START_TEST(learnt_by_a_call)
{
	enum end why = _i == KILLED_UNWATCHED ? KILLED : (enum end)_i;

	prepare_end((enum end)_i);
	rig_started();
	bring_about((enum end)_i);
	/* A send that brings no answer looks at the process, too. */
	ck_assert_int_eq(call(), ends[why].why);
	ck_assert_int_eq(call(), ends[why].why);
	check_story("");
	rig_settle(&rig);
	check_story(ends[why].told);
	stopped();
}
END_TEST

START_TEST(not_of_ones_own_free)
{
	prepare();
	rig_started();
	rig_disconnect(&rig);
	rig_settle(&rig);
	check_story("");
	/* Nor when it had ended before, and the loop had not come to it. */
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	fake_kill(rig.server_thread);
	rig_disconnect(&rig);
	rig_settle(&rig);
	stopped();
}
END_TEST

static void
free_it(struct cdrpc_client *client)
{
	rig.client = NULL;
	cdrpc_client_free(client);
}

START_TEST(freed_in_the_callback)
{
	prepare();
	on_end = _i ? NULL : free_it;
	on_start = _i ? free_it : NULL;
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	check_story("died ");
	start_another();
	pass_ms(PAUSE_MOST_MS);
	check_story(_i ? "again " : "");
	emit(RIG_EVENT, 1);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	stopped();
}
END_TEST

/* Two of one thread, through one server's endpoint: what one's callback does to the other. */
static struct cdrpc_client *second;

static void
free_both(struct cdrpc_client *client)
{
	cdrpc_client_free(second);
	second = NULL;
	if (client == rig.client)
		free_it(client);
}

/* By another thread, while this callback runs. */
static void
free_second_elsewhere(struct cdrpc_client *client)
{
	(void)client;
	fake_enter(fake_thread(rig.client_thread));
	cdrpc_client_free(second);
	second = NULL;
	fake_enter(rig.client_thread);
}

static void
told_second(void *self, struct cdrpc_client *client, cdrpc_status why)
{
	(void)self;
	(void)why;
	ck_assert_ptr_eq(client, second);
	tell("second");
}

START_TEST(of_clients_that_share_an_endpoint)
{
	static const struct {
		void (*on_end)(struct cdrpc_client *client);
		const char *ends;
		const char *starts;
		uint32_t sessions;
		uint32_t left;          /* when the second was freed */
	} cases[] = {
		{ NULL, "died second ", "again ", 2, 1 },
		{ free_both, "died ", "", 0, 0 },
		{ free_second_elsewhere, "died ", "again ", 1, 1 },
	};
	struct cdrpc_client_options options;

	prepare();
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	on_end = cases[_i].on_end;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	options = rig.client_options;
	options.disconnected = told_second;
	options.reconnected = NULL;
	ck_assert_int_eq(client_connect(RIG_SERVICE, &options, &rig.client_hooks, &second), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	check_story(cases[_i].ends);
	start_another();
	pass_ms(PAUSE_MOST_MS);
	check_story(cases[_i].starts);
	ck_assert_uint_eq(rig_stats(&rig).sessions, cases[_i].sessions);
	cdrpc_client_free(second);
	second = NULL;
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, cases[_i].left);
	stopped();
}
END_TEST

/* ---- and begins again ---- */

START_TEST(with_what_it_listened_to)
{
	int round;

	prepare();
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, false), CDRPC_OK);
	emit(RIG_EVENT, 1);
	check_story("1 ");
	for (round = 0; round < 3; round++) {
		bring_about(round == 1 ? SERVER_FREED : KILLED);
		rig_settle(&rig);
		check_story(round == 1 ? "gone " : "died ");
		ck_assert_int_eq(call(), round == 1 ? CDRPC_E_PEER_GONE : CDRPC_E_PEER_DIED);
		start_another();
		pass_ms(PAUSE_MOST_MS);
		check_story("again ");
		emit(RIG_EVENT, 2);
		emit(RIG_LATEST, 3);
		check_story("2 ");
		ck_assert_int_eq(call(), CDRPC_OK);
		ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
	}
	stopped();
}
END_TEST

/* What nobody wants any more, the session after it does not get. */
START_TEST(without_what_it_does_not_listen_to)
{
	prepare();
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	check_story("died ");
	ck_assert_int_eq(rig_listen(&rig, rig.client, false, false), CDRPC_E_PEER_DIED);
	start_another();
	pass_ms(PAUSE_MOST_MS);
	check_story("again ");
	emit(RIG_EVENT, 2);
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	emit(RIG_EVENT, 3);
	check_story("3 ");
	stopped();
}
END_TEST

/* Each millisecond of the first three seconds, whether there was a try. */
START_TEST(after_pauses_that_grow)
{
	static const uint32_t expected[] = { 64, 192, 448, 960, 1960, 2960 };
	uint32_t tries[8], count = 0, before, ms;

	prepare();
	rig_started();
	pass_ms(5);
	fake_kill(rig.server_thread);
	before = fake_counts()->searches;
	rig_settle(&rig);
	/* At once. */
	ck_assert_uint_gt(fake_counts()->searches, before);
	for (ms = 1; ms <= 3000; ms++) {
		before = fake_counts()->searches;
		pass_ms(1);
		if (fake_counts()->searches != before && count < 8)
			tries[count++] = ms;
	}
	ck_assert_uint_eq(count, sizeof expected / sizeof expected[0]);
	ck_assert_mem_eq(tries, expected, sizeof expected);
	check_story("died ");
	stopped();
}
END_TEST

/* A server that ends as soon as it is there: the pauses go on. After a session that has lasted they begin anew. */
START_TEST(not_faster_than_it_ends)
{
	uint32_t round, ms;

	prepare();
	rig_started();
	for (round = 0; round < 6; round++) {
		fake_kill(rig.server_thread);
		rig_settle(&rig);
		start_another();
		for (ms = 0; !strstr(story, "again"); ms++)
			pass_ms(1);
		check_story("died again ");
		/* The first try was at once, and in vain. */
		ck_assert_uint_eq(ms, round == 5 ? 64 : UINT32_C(64) << round < PAUSE_MOST_MS ? UINT32_C(64) << round : PAUSE_MOST_MS);
		if (round == 4)
			pass_ms(PAUSE_MOST_MS);
	}
	stopped();
}
END_TEST

static uint32_t turned_away;

static void
turn_away(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	turned_away++;
	ck_assert_int_eq(cdrpc_peer_disconnect(peer), CDRPC_OK);
}

/* A server that ends each session as soon as it is there is no reason to open one after the other: no try is in vain there. */
START_TEST(not_faster_than_it_is_turned_away)
{
	static const uint32_t expected[] = { 0, 64, 192, 448, 960, 1960, 2960 };
	uint32_t at[8], count = 0, before, ms;

	turned_away = 0;
	prepare();
	rig.server_options.session_opened = turn_away;
	rig_started();
	for (ms = 0; ms <= 3000 && count < 8; ms++) {
		before = turned_away;
		if (ms > 0)
			pass_ms(1);
		else
			rig_settle(&rig);
		/* The first session is the one that connecting has opened. */
		before += before == 0;
		for (; before < turned_away && count < 8; before++)
			at[count++] = ms;
	}
	ck_assert_uint_eq(count, sizeof expected / sizeof expected[0]);
	ck_assert_mem_eq(at, expected, sizeof expected);
	story[0] = '\0';
	stopped();
}
END_TEST

static bool admitted;
static uint32_t asked;

static bool
authorise(void *self, const struct cdrpc_peer_facts *facts)
{
	(void)self;
	(void)facts;
	asked++;
	return admitted;
}

START_TEST(with_whom_the_policy_admits)
{
	asked = 0;
	admitted = true;
	prepare();
	rig.client_policy.authorise = authorise;
	rig_started();
	ck_assert_uint_eq(asked, 1);
	fake_kill(rig.server_thread);
	admitted = false;
	start_another();
	pass_ms(PAUSE_MOST_MS);
	check_story("died ");
	ck_assert_uint_gt(asked, 1);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	fake_process_of(rig.server_thread)->same_user = false;
	admitted = true;
	pass_ms(PAUSE_MOST_MS);
	check_story("again ");
	stopped();
}
END_TEST

START_TEST(with_nobody_below_the_level_asked_for)
{
	prepare();
	rig.client_policy.min_integrity = CDRPC_INTEGRITY_HIGH;
	rig_started();
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	start_another();
	fake_process_of(rig.server_thread)->integrity = CDRPC_INTEGRITY_MEDIUM;
	pass_ms(3 * PAUSE_MOST_MS);
	check_story("died ");
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	stopped();
}
END_TEST

/* Nobody pumps: the call after the one that has told of the end. All is told when the loop turns at last, events last. */
START_TEST(by_the_next_call)
{
	prepare();
	rig.client_options.reentry = CDRPC_REENTRY_ALLOW;
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	fake_kill(start_another());
	ck_assert_int_eq(call(), CDRPC_E_PEER_DIED);
	ck_assert_int_eq(call(), CDRPC_OK);
	check_story("");
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_EVENT, 1, rig_nothing), CDRPC_OK);
	fake_enter(rig.client_thread);
	/* Which lets events in, but not those. */
	ck_assert_int_eq(call(), CDRPC_OK);
	check_story("");
	rig_settle(&rig);
	check_story("died again 1 ");
	stopped();
}
END_TEST

/* Where the end has come before any call, a call tells of it, too, before another session is opened. */
START_TEST(by_the_call_after_the_one_that_tells)
{
	prepare();
	rig_started();
	bring_about(SERVER_FREED);
	rig.server_thread = fake_process();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(call(), CDRPC_E_PEER_GONE);
	ck_assert_int_eq(call(), CDRPC_OK);
	rig_settle(&rig);
	check_story("gone again ");
	stopped();
}
END_TEST

/* A session of which nobody was told has not been. */
START_TEST(untold_and_ended_again)
{
	prepare();
	rig_started();
	fake_kill(start_another());
	ck_assert_int_eq(call(), CDRPC_E_PEER_DIED);
	ck_assert_int_eq(call(), CDRPC_OK);
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	check_story("died ");
	start_another();
	pass_ms(PAUSE_MOST_MS);
	check_story("again ");
	stopped();
}
END_TEST

static cdrpc_status in_the_callback;

static void
call_in_it(struct cdrpc_client *client)
{
	(void)client;
	in_the_callback = call();
}

START_TEST(calls_in_the_callbacks)
{
	prepare();
	rig_started();
	on_end = call_in_it;
	on_start = call_in_it;
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	ck_assert_int_eq(in_the_callback, CDRPC_E_PEER_DIED);
	start_another();
	pass_ms(PAUSE_MOST_MS);
	ck_assert_int_eq(in_the_callback, CDRPC_OK);
	check_story("died again ");
	stopped();
}
END_TEST

/* A call that is under way is not repeated. */
START_TEST(a_call_ends_with_its_session)
{
	struct cdrpc_pending *pending;

	prepare();
	rig.handler = rig_keep;
	rig_started();
	pending = rig_notified(RIG_STATUS, 1);
	rig_settle(&rig);
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	rig_check_done(1, CDRPC_E_PEER_DIED);
	ck_assert_ptr_eq(rig_done.pending, pending);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, CDRPC_OK), CDRPC_OK);
	start_another();
	pass_ms(PAUSE_MOST_MS);
	ck_assert_uint_eq(rig.runs, 1);
	check_story("died again ");
	stopped();
}
END_TEST

/* A buffer of the session before is memory like any other in the one after it. */
START_TEST(a_buffer_outlives_its_session)
{
	struct rig_answer answer;
	struct cdrpc_bytes data = rig_data(100000);
	struct cdrpc_buffer *buffer = NULL, *other = NULL;

	prepare();
	rig_started();
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, data.size, &buffer), CDRPC_OK);
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, data.size, &other), CDRPC_OK);
	cdrpc_buffer_send(other, data.size);
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	start_another();
	pass_ms(PAUSE_MOST_MS);
	memcpy(cdrpc_buffer_data(buffer), data.data, data.size);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, cdrpc_buffer_send(buffer, data.size), &answer), CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, data));
	ck_assert_ptr_null(cdrpc_buffer_data(buffer));
	cdrpc_buffer_free(buffer);
	cdrpc_buffer_free(other);
	check_story("died again ");
	rig_data_free(data);
	stopped();
}
END_TEST

/* ---- what goes wrong meanwhile ---- */

/* A server that does not answer keeps the thread for a quarter of a second, and the pauses keep growing. */
START_TEST(a_try_is_short)
{
	uint64_t before, longest = 0;
	uint32_t ms;

	prepare();
	rig_started();
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	start_another();
	fake_hang(rig.server_thread, true);
	for (ms = 0; ms < 2000; ms++) {
		fake_advance_us(1000);
		before = awake_us();
		rig_settle(&rig);
		if (awake_us() - before > longest)
			longest = awake_us() - before;
	}
	ck_assert_uint_ge(longest, 200000);
	ck_assert_uint_le(longest, 250000 + 2 * DEADLINE_TICK_US);
	fake_hang(rig.server_thread, false);
	pass_ms(PAUSE_MOST_MS);
	check_story("died again ");
	stopped();
}
END_TEST

static struct {
	uint32_t at, count;     /* which frame */
	bool silent;            /* it is lost, and the client lives */
} meanwhile;

static enum fake_fate
free_in_a_message(void *self, const struct fake_send *send)
{
	struct fake_thread *before;

	(void)self;
	(void)send;
	if (++meanwhile.count != meanwhile.at)
		return FAKE_DELIVER;
	if (meanwhile.silent)
		return FAKE_DROP;
	/* As a message to its thread does. */
	before = fake_visit(fake_thread_of(rig.client_thread));
	free_it(rig.client);
	fake_leave(before);
	return FAKE_DELIVER;
}

/* A message that comes while the try waits may free the client: at each frame of the handshake and of the subscriptions. */
START_TEST(freed_while_it_tries)
{
	memset(&meanwhile, 0, sizeof meanwhile);
	do {
		prepare();
		if (_i & 1)
			ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
		rig_started();
		ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
		fake_kill(rig.server_thread);
		rig_settle(&rig);
		check_story("died ");
		start_another();
		meanwhile.at++;
		meanwhile.count = 0;
		meanwhile.silent = _i & 2;
		fake_judge(free_in_a_message, NULL);
		if (meanwhile.silent) {
			pass_ms(2 * PAUSE_MOST_MS);
			check_story("again ");
		} else if (meanwhile.at % 2 || (_i & 1)) {
			pass_ms(PAUSE_MOST_MS);
		} else {
			/* By a call. */
			fake_advance_us(PAUSE_MOST_MS * 1000);
			call();
			rig_settle(&rig);
		}
		fake_judge(NULL, NULL);
		pass_ms(PAUSE_MOST_MS);
		if (!meanwhile.silent && meanwhile.count >= meanwhile.at) {
			ck_assert_ptr_null(rig.client);
			ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
			story[0] = '\0';
		} else {
			check_story(meanwhile.silent ? "" : "again ");
			emit(RIG_EVENT, 1);
			check_story("1 ");
		}
		stopped();
	} while (meanwhile.count >= meanwhile.at && meanwhile.at < 100);
	/* HELLO, CHALLENGE, OPEN, its answer, listen, and what answers that. */
	ck_assert_uint_ge(meanwhile.at, 5);
}
END_TEST

static enum fake_fate
stop_listening_in_a_message(void *self, const struct fake_send *send)
{
	struct fake_thread *before;

	(void)self;
	(void)send;
	if (++meanwhile.count == meanwhile.at) {
		before = fake_visit(fake_thread_of(rig.client_thread));
		ck_assert_int_eq(rig_listen(&rig, rig.client, false, false), CDRPC_E_PEER_DIED);
		fake_leave(before);
	}
	return FAKE_DELIVER;
}

/* A message that comes while the try waits may end the listening, too: whose functions they were is not called by the new session. */
START_TEST(not_listening_any_more_while_it_tries)
{
	memset(&meanwhile, 0, sizeof meanwhile);
	for (;;) {
		prepare();
		if (_i)
			rig.client_options.reconnected = NULL;
		rig_started();
		ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
		fake_kill(rig.server_thread);
		rig_settle(&rig);
		start_another();
		meanwhile.at++;
		meanwhile.count = 0;
		fake_judge(stop_listening_in_a_message, NULL);
		/* Another try may be needed, but not many. */
		pass_ms(2 * PAUSE_MOST_MS);
		fake_judge(NULL, NULL);
		ck_assert_uint_eq(rig_stats(&rig).sessions, 1);
		check_story(_i ? "died " : "died again ");
		emit(RIG_EVENT, 1);
		if (meanwhile.count < meanwhile.at)
			break;
		check_story("");
		stopped();
	}
	check_story("1 ");
	stopped();
	/* HELLO, CHALLENGE, OPEN, its answer, listen, and what answers that. */
	ck_assert_uint_ge(meanwhile.at, 5);
}
END_TEST

static bool
free_and_authorise(void *self, const struct cdrpc_peer_facts *facts)
{
	(void)self;
	(void)facts;
	if (asked++ > 0 && rig.client)
		free_it(rig.client);
	return admitted;
}

/* By the function that is asked about the new server, which is said yes to or no; from the loop, and by a call. */
START_TEST(freed_where_the_policy_is_asked)
{
	asked = 0;
	prepare();
	admitted = true;
	rig.client_policy.authorise = free_and_authorise;
	if (_i & 4)
		ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	admitted = _i & 1;
	fake_kill(start_another());
	if (_i & 2) {
		ck_assert_int_eq(call(), CDRPC_E_PEER_DIED);
		ck_assert_int_eq(call(), CDRPC_E_CLOSED);
	}
	rig_settle(&rig);
	pass_ms(PAUSE_MOST_MS);
	ck_assert_ptr_null(rig.client);
	ck_assert_uint_eq(asked, 2);
	check_story(_i & 2 ? "" : "died ");
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	stopped();
}
END_TEST

static uint32_t loops;

/* A message box in the callback, while which things go on; in the first ones only. */
static void
run_a_loop(struct cdrpc_client *client)
{
	(void)client;
	tell("(");
	if (loops-- > 0) {
		fake_kill(start_another());
		pass_ms(PAUSE_MOST_MS);
	}
	tell(")");
}

static void
run_a_loop_and_free(struct cdrpc_client *client)
{
	run_a_loop(client);
	if (rig.client)
		free_it(client);
}

/* What comes next is told in it, and what was told is not told twice; nor is anything of a client that is freed at its end. */
START_TEST(loops_in_the_callbacks)
{
	static const char *const stories[] = {
		"died ( again ) ", "died again ( died again ( ) ) ", "died ( again ( died ( again ( ) ) ) ) ", "died ( again ) ",
		"died again ( died again ( ) ) ",
	};

	prepare();
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	loops = _i == 2 ? 3 : 1;
	on_end = _i == 0 || _i == 2 ? run_a_loop : _i == 3 ? run_a_loop_and_free : NULL;
	on_start = _i == 1 || _i == 2 ? run_a_loop : _i == 4 ? run_a_loop_and_free : NULL;
	fake_kill(rig.server_thread);
	start_another();
	rig_settle(&rig);
	pass_ms(3 * PAUSE_MOST_MS);
	check_story(stories[_i]);
	if (_i < 3)
		emit(RIG_EVENT, 1);
	check_story(_i < 3 ? "1 " : "");
	ck_assert_uint_eq(rig_stats(&rig).sessions, _i < 3);
	stopped();
}
END_TEST

static uint32_t
run_with_failing_allocation(uint32_t at, bool for_good)
{
	bool reached, connected;

	prepare();
	rig_started();
	connected = rig_listen(&rig, rig.client, true, true) == CDRPC_OK;
	ck_assert(connected);
	fake_kill(rig.server_thread);
	start_another();
	rig.heap.fail_at = at;
	rig.heap.for_good = for_good;
	rig_settle(&rig);
	pass_ms(PAUSE_MOST_MS);
	reached = rig.heap.fail_at == 0;
	rig.heap.fail_at = 0;
	rig.heap.exhausted = false;
	pass_ms(3 * PAUSE_MOST_MS);
	check_story("died again ");
	emit(RIG_EVENT, 1);
	check_story("1 ");
	stopped();
	return reached;
}

/* Whatever fails, a later try does not. */
START_TEST(each_allocation_fails)
{
	uint32_t at = 0;

	while (run_with_failing_allocation(++at, _i))
		;
	ck_assert_uint_gt(at, 10);
}
END_TEST

START_TEST(connecting_without_memory)
{
	static const cdrpc_wchar image[] = { 'C', ':', '\\', 'x', 0 };
	cdrpc_status status;
	uint32_t at = 0;

	do {
		prepare();
		rig.client_options.start_image = rig.client_options.start_arguments = image;
		rig.client_options.reconnect_starts = true;
		ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
		rig.heap.fail_at = ++at;
		status = rig_connect(&rig);
		ck_assert(status == CDRPC_OK || rig.client == NULL);
		rig.heap.fail_at = 0;
		stopped();
	} while (status != CDRPC_OK || at < 20);
}
END_TEST

/* ---- starting the server ---- */

static const cdrpc_wchar image[] = { 'C', ':', '\\', 's', '.', 'e', 'x', 'e', 0 };
static bool under_way;

static bool
is_under_way(void *self)
{
	(void)self;
	return under_way;
}

static void
prepare_start(bool starts)
{
	prepare();
	under_way = false;
	rig.client_options.start_image = image;
	rig.client_options.reconnect_starts = starts;
	fake_starts()->under_way = is_under_way;
	fake_starts()->status = CDRPC_E_TIMEOUT;
	rig_started();
	fake_kill(rig.server_thread);
}

START_TEST(started_once)
{
	uint64_t before;

	prepare_start(_i != 0);
	before = awake_us();
	rig_settle(&rig);
	/* Nobody waits for it. */
	ck_assert_uint_eq(awake_us(), before);
	ck_assert_uint_eq(fake_starts()->count, (uint32_t)_i);
	under_way = true;
	pass_ms(3 * PAUSE_MOST_MS);
	ck_assert_uint_eq(fake_starts()->count, (uint32_t)_i);
	start_another();
	pass_ms(PAUSE_MOST_MS);
	check_story("died again ");
	stopped();
}
END_TEST

static char line[512];

static void
keep_line(void *self, enum cdrpc_log_level level, const char *told)
{
	(void)self;
	ck_assert_int_eq(level, CDRPC_LOG_ERROR);
	snprintf(line, sizeof line, "%s", told);
}

START_TEST(started_by_nobody)
{
	static const char *const told[] = {
		"", "options.reconnect_starts: nothing is started again without start_image",
		"options.reconnect_starts: nothing is started again without reconnect_ms",
	};

	line[0] = '\0';
	prepare();
	rig.env.log = keep_line;
	rig.client_options.reconnect_starts = true;
	rig.client_options.start_image = _i == 1 ? NULL : image;
	rig.client_options.reconnect_ms = _i == 2 ? 0 : PAUSE_MOST_MS;
	rig_started();
	ck_assert_str_eq(line, told[_i]);
	stopped();
}
END_TEST

/* One that ends before it is ready is started again, after pauses. */
START_TEST(started_again_after_pauses)
{
	prepare_start(true);
	pass_ms(1000);
	/* At 0, 64, 192, 448 and 960 ms. */
	ck_assert_uint_eq(fake_starts()->count, 5);
	check_story("died ");
	stopped();
}
END_TEST

/* Somebody else has the turn: whom we believe, or, for two seconds, anybody. */
START_TEST(started_by_somebody_else)
{
	struct port_options options = { .env = &rig.env, .service = "holder" };
	struct port *port = NULL;

	prepare_start(true);
	fake_enter(rig.idle_thread);
	ck_assert_int_eq(port_new(&options, &port), CDRPC_OK);
	fake_process_of(rig.idle_thread)->same_user = _i == 0;
	fake_turns(TURN_START)->holder = port_window(port);
	fake_enter(rig.client_thread);
	pass_ms(1900);
	ck_assert_uint_eq(fake_starts()->count, 0);
	pass_ms(2000);
	ck_assert_int_eq(fake_starts()->count > 0, _i);
	fake_enter(rig.idle_thread);
	port_free(port);
	fake_turns(TURN_START)->holder = 0;
	fake_enter(rig.client_thread);
	check_story("died ");
	stopped();
}
END_TEST

/* Who gets the turn next has no window at once: a look just then is no reason to start another, however long the first has had it. */
START_TEST(a_turn_that_changes_hands)
{
	struct port_options options = { .env = &rig.env, .service = "holder" };
	struct port *port = NULL;
	uint32_t looks;

	prepare_start(true);
	fake_enter(rig.idle_thread);
	ck_assert_int_eq(port_new(&options, &port), CDRPC_OK);
	fake_turns(TURN_START)->holder = port_window(port);
	fake_enter(rig.client_thread);
	pass_ms(_i ? 5000 : 0);
	fake_turns(TURN_START)->holder = (window_id)~(uintptr_t)0;
	looks = fake_counts()->searches;
	while (fake_counts()->searches == looks)
		pass_ms(1);
	fake_turns(TURN_START)->holder = port_window(port);
	pass_ms(3000);
	ck_assert_uint_eq(fake_starts()->count, 0);
	/* Nor is it passed over for ever. */
	fake_turns(TURN_START)->holder = (window_id)~(uintptr_t)0;
	pass_ms(4000);
	ck_assert_uint_gt(fake_starts()->count, 0);
	fake_enter(rig.idle_thread);
	port_free(port);
	fake_turns(TURN_START)->holder = 0;
	fake_enter(rig.client_thread);
	check_story("died ");
	stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, told_once, 0, ENDS);
	tcase_add_test(tcase, a_window_that_goes_first);
	tcase_add_loop_test(tcase, learnt_by_a_call, 0, ENDS);
	tcase_add_test(tcase, not_of_ones_own_free);
	tcase_add_loop_test(tcase, freed_in_the_callback, 0, 2);
	tcase_add_loop_test(tcase, of_clients_that_share_an_endpoint, 0, 3);
	tcase_add_test(tcase, with_what_it_listened_to);
	tcase_add_test(tcase, without_what_it_does_not_listen_to);
	tcase_add_test(tcase, after_pauses_that_grow);
	tcase_add_test(tcase, not_faster_than_it_ends);
	tcase_add_test(tcase, not_faster_than_it_is_turned_away);
	tcase_add_test(tcase, with_whom_the_policy_admits);
	tcase_add_test(tcase, with_nobody_below_the_level_asked_for);
	tcase_add_test(tcase, by_the_next_call);
	tcase_add_test(tcase, by_the_call_after_the_one_that_tells);
	tcase_add_test(tcase, untold_and_ended_again);
	tcase_add_test(tcase, calls_in_the_callbacks);
	tcase_add_test(tcase, a_call_ends_with_its_session);
	tcase_add_test(tcase, a_buffer_outlives_its_session);
	tcase_add_test(tcase, a_try_is_short);
	tcase_add_loop_test(tcase, freed_while_it_tries, 0, 4);
	tcase_add_loop_test(tcase, loops_in_the_callbacks, 0, 5);
	tcase_add_loop_test(tcase, freed_where_the_policy_is_asked, 0, 8);
	tcase_add_loop_test(tcase, not_listening_any_more_while_it_tries, 0, 2);
	tcase_add_loop_test(tcase, each_allocation_fails, 0, 2);
	tcase_add_test(tcase, connecting_without_memory);
	tcase_add_loop_test(tcase, started_once, 0, 2);
	tcase_add_loop_test(tcase, started_by_nobody, 0, 3);
	tcase_add_test(tcase, started_again_after_pauses);
	tcase_add_loop_test(tcase, started_by_somebody_else, 0, 2);
	tcase_add_loop_test(tcase, a_turn_that_changes_hands, 0, 2);
}

int
main(void)
{
	return check_main(rig_suite("reconnect", add));
}
