/*
 * One of two processes ends at a named point of a call: each at each. Whoever is left gets the status that fits and keeps nothing, and
 * the next call is answered. Both pass the points in the test's variant of fault_point().
 */
#include <stdio.h>
#include <string.h>

#include "fault_plan.h"
#include "leaks.h"
#include "pass_client.h"
#include "wire/frame.h"

#define PLAN PASS_FREE          /* of a helper's words: its fault plan */

enum { CALLER_RELATION, CALLER_WHAT };  /* words of a caller */

/* What is done so that a point is reached. */
enum what {
	CONNECT,
	EXCHANGE,               /* a body for a section of its own and a handle, there and back */
	ECHO,                   /* a body for the arena, or in chunks */
	TIME_OUT,               /* EXCHANGE that a stalled server never sees */
	CANCEL,                 /* of a call that is kept */
	CLOSE
};

/* What the client is told when the server ends. */
enum told {
	DIED,
	ANSWERED,
	ANSWERED_IF_PUSHED,     /* what is to be fetched out of the server's process is gone */
	EITHER,                 /* the answer may have overtaken the end */
	GAVE_UP,
	CANCELLED
};

/* Relations, a bit each; see pass_client.h. */
enum {
	ARENAS = 1 << 0 | 1 << 1 | 1 << 2,
	SECTIONS = 1 << 3 | 1 << 4 | 1 << 5,
	CHUNKS = 1 << NEITHER_MAY
};

static const struct point {
	const char *name;
	enum fault fault;
	enum frame_type type;
	bool at_server;         /* who comes there */
	enum what what;
	enum told told;
	uint32_t relations;
	uint32_t pushed;        /* handles that are in the other process, and not its own, where they are pushed */
} points[] = {
	{ "HELLO sealed", FAULT_SEALED, FRAME_HELLO, false, CONNECT, DIED, 1, 0 },
	{ "HELLO sent", FAULT_SENT, FRAME_HELLO, false, CONNECT, DIED, 1, 0 },
	{ "HELLO arrived", FAULT_ARRIVED, FRAME_HELLO, true, CONNECT, DIED, 1, 0 },
	{ "HELLO vetted", FAULT_JUDGED, FRAME_HELLO, true, CONNECT, DIED, 1, 0 },
	{ "CHALLENGE sealed", FAULT_SEALED, FRAME_CHALLENGE, true, CONNECT, DIED, 1, 0 },
	{ "CHALLENGE sent", FAULT_POSTED, FRAME_CHALLENGE, true, CONNECT, DIED, 1, 0 },
	{ "CHALLENGE arrived", FAULT_ARRIVED, FRAME_CHALLENGE, false, CONNECT, DIED, 1, 0 },
	{ "CHALLENGE taken", FAULT_JUDGED, FRAME_CHALLENGE, false, CONNECT, DIED, 1, 0 },
	{ "OPEN sealed", FAULT_SEALED, FRAME_OPEN, false, CONNECT, DIED, ARENAS | CHUNKS, 3 },
	/* Where the server pushes, nobody can say whether its answer, which is on its way by then, arrives. */
	{ "OPEN sent", FAULT_SENT, FRAME_OPEN, false, CONNECT, EITHER, 1 << 0 | 1 << 1 | CHUNKS, 0 },
	{ "OPEN arrived", FAULT_ARRIVED, FRAME_OPEN, true, CONNECT, DIED, ARENAS, 0 },
	{ "OPEN adopted", FAULT_JUDGED, FRAME_OPEN, true, CONNECT, EITHER, 1 << 0 | 1 << 1, 0 },
	{ "OPEN answer sealed", FAULT_SEALED, FRAME_REPLY, true, CONNECT, DIED, ARENAS, 2 },
	{ "OPEN answered", FAULT_POSTED, FRAME_REPLY, true, CONNECT, ANSWERED, ARENAS | CHUNKS, 0 },
	{ "OPEN answer arrived", FAULT_ARRIVED, FRAME_REPLY, false, CONNECT, ANSWERED_IF_PUSHED, ARENAS, 0 },
	{ "OPEN answer taken", FAULT_JUDGED, FRAME_REPLY, false, CONNECT, ANSWERED, ARENAS, 0 },
	{ "request sealed", FAULT_SEALED, FRAME_REQUEST, false, EXCHANGE, DIED, SECTIONS, 2 },
	{ "request published", FAULT_PUBLISHED, FRAME_REQUEST, false, ECHO, DIED, ARENAS, 0 },
	{ "request sent", FAULT_SENT, FRAME_REQUEST, false, EXCHANGE, EITHER, 1 << 3 | 1 << 4, 0 },
	{ "request arrived", FAULT_ARRIVED, FRAME_REQUEST, true, EXCHANGE, DIED, SECTIONS, 0 },
	{ "request open", FAULT_COPYING, FRAME_REQUEST, true, EXCHANGE, DIED, SECTIONS, 0 },
	{ "request copied", FAULT_COPIED, FRAME_REQUEST, true, EXCHANGE, DIED, SECTIONS, 0 },
	{ "request accepted", FAULT_JUDGED, FRAME_REQUEST, true, EXCHANGE, DIED, SECTIONS, 0 },
	{ "before the handler", FAULT_HANDLER, FRAME_REQUEST, true, EXCHANGE, DIED, SECTIONS, 0 },
	{ "after the handler", FAULT_HANDLED, FRAME_REQUEST, true, EXCHANGE, ANSWERED, SECTIONS, 0 },
	{ "reply sealed", FAULT_SEALED, FRAME_REPLY, true, EXCHANGE, DIED, SECTIONS, 2 },
	{ "reply published", FAULT_PUBLISHED, FRAME_REPLY, true, ECHO, ANSWERED, ARENAS, 0 },
	{ "reply sent", FAULT_SENT, FRAME_REPLY, true, EXCHANGE, ANSWERED, SECTIONS, 0 },
	{ "reply arrived", FAULT_ARRIVED, FRAME_REPLY, false, EXCHANGE, ANSWERED_IF_PUSHED, SECTIONS, 0 },
	{ "reply open", FAULT_COPYING, FRAME_REPLY, false, EXCHANGE, ANSWERED_IF_PUSHED, SECTIONS, 0 },
	{ "reply open in the arena", FAULT_COPYING, FRAME_REPLY, false, ECHO, ANSWERED, ARENAS, 0 },
	{ "reply copied", FAULT_COPIED, FRAME_REPLY, false, EXCHANGE, ANSWERED_IF_PUSHED, SECTIONS, 0 },
	{ "reply taken", FAULT_JUDGED, FRAME_REPLY, false, EXCHANGE, ANSWERED, SECTIONS, 0 },
	{ "RELEASE asked", FAULT_ARRIVED, FRAME_RELEASE, true, TIME_OUT, GAVE_UP, SECTIONS, 2 },
	{ "RELEASE answered", FAULT_POSTED, FRAME_RELEASE, false, TIME_OUT, GAVE_UP, SECTIONS, 2 },
	{ "chunk asked for", FAULT_ARRIVED, FRAME_CHUNK, false, ECHO, DIED, CHUNKS, 0 },
	{ "chunk arrived", FAULT_ARRIVED, FRAME_CHUNK, true, ECHO, DIED, CHUNKS, 0 },
	{ "chunk sent", FAULT_POSTED, FRAME_CHUNK, false, ECHO, DIED, CHUNKS, 0 },
	{ "chunk asked", FAULT_POSTED, FRAME_CHUNK, true, ECHO, DIED, CHUNKS, 0 },
	{ "CANCEL arrived", FAULT_ARRIVED, FRAME_CANCEL, true, CANCEL, CANCELLED, 1, 0 },
	{ "CANCEL sent", FAULT_POSTED, FRAME_CANCEL, false, CANCEL, CANCELLED, 1, 0 },
	{ "CLOSE arrived", FAULT_ARRIVED, FRAME_CLOSE, true, CLOSE, ANSWERED, 1, 0 },
	{ "CLOSE taken", FAULT_JUDGED, FRAME_CLOSE, true, CLOSE, ANSWERED, 1, 0 },
	{ "CLOSE sent", FAULT_SENT, FRAME_CLOSE, false, CLOSE, ANSWERED, 1, 0 },
};

enum { POINT_COUNT = sizeof points / sizeof points[0] };

static struct pass pass;
static volatile uint64_t own_plan[FAULT_PLAN_WORDS];

/* ---- what is done ---- */

/* The RELEASE is answered when the server takes messages again. */
static cdrpc_status
time_out(struct cdrpc_client *client)
{
	HANDLE begun = CreateEventW(NULL, FALSE, FALSE, NULL);
	HANDLE until = CreateEventW(NULL, FALSE, FALSE, NULL);
	cdrpc_status status = pass_stall(client, begun, until);

	if (status == CDRPC_OK) {
		proc_await_handle(begun);
		status = pass_try_exchange(client, 100);
		SetEvent(until);
	}
	CloseHandle(begun);
	CloseHandle(until);
	return status;
}

static cdrpc_status
cancel(struct cdrpc_client *client)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_pending *pending = NULL;
	cdrpc_status status = pass_hold_begin(client, event, &pending);

	if (status == CDRPC_OK) {
		cdrpc_pending_cancel(pending);
		status = pass_hold_finish(pending);
	}
	CloseHandle(event);
	return status;
}

/* All but the connecting. */
static cdrpc_status
do_it(struct cdrpc_client *client, enum what what)
{
	switch (what) {
	case EXCHANGE:
		return pass_try_exchange(client, 0);
	case ECHO:
		return pass_try_echo(client);
	case TIME_OUT:
		return time_out(client);
	case CANCEL:
		return cancel(client);
	default:
		return CDRPC_OK;
	}
}

/* ---- helpers ---- */

static int
run_server(struct proc *starter)
{
	fault_plan_use(&starter->words[PLAN]);
	return pass_run(starter);
}

static int
run_server_denied(struct proc *starter)
{
	fault_plan_use(&starter->words[PLAN]);
	return pass_run_denied(starter);
}

/* Does one thing, and waits to be ended. */
static int
run_caller(struct proc *starter)
{
	struct cdrpc_client *client = NULL;
	enum what what;
	int relation;

	proc_await(starter);
	what = (enum what)starter->words[CALLER_WHAT];
	relation = (int)starter->words[CALLER_RELATION];
	fault_plan_use(&starter->words[PLAN]);
	proc_check(pass_connect(starter->process_id, relation, &client) == CDRPC_OK);
	if (what != CONNECT) {
		proc_signal(starter);
		proc_await(starter);
		do_it(client, what);
	}
	if (what == CLOSE)
		cdrpc_client_free(client);
	/* The end is to come, from a thread of the sender's or from the other process. */
	proc_await(starter);
	return 1;
}

/* ---- the server ends ---- */

static bool
fits(const struct point *point, int relation, cdrpc_status status)
{
	/* In relations 2 and 5 the server pushes. */
	bool pushed = relation % 3 == 2;
	/* Whoever connects looks once more. */
	cdrpc_status died = point->what == CONNECT ? CDRPC_E_NOT_FOUND : CDRPC_E_PEER_DIED;

	switch (point->told) {
	case DIED:
		return status == died;
	case ANSWERED:
		return status == CDRPC_OK;
	case ANSWERED_IF_PUSHED:
		return status == (pushed ? CDRPC_OK : died);
	case EITHER:
		return status == CDRPC_OK || status == died;
	case GAVE_UP:
		return status == CDRPC_E_TIMEOUT || status == CDRPC_E_HUNG;
	default:
		return status == CDRPC_E_CANCELLED;
	}
}

/* What was pushed into the one that is left, by one that ended before it could say so or take it back: nobody knows of it. */
static uint32_t
left_behind(const struct point *point, int relation, bool server_ends)
{
	bool by_server = point->at_server && point->type != FRAME_RELEASE;
	bool pushes = relation < NEITHER_MAY && relation % 3 == (by_server ? 2 : 1);

	return pushes && by_server == server_ends ? point->pushed : 0;
}

static void
check_next(int relation)
{
	struct cdrpc_client *client = NULL;

	ck_assert_int_eq(pass_connect(GetCurrentProcessId(), relation, &client), CDRPC_OK);
	ck_assert_int_eq(relation == NEITHER_MAY ? pass_try_echo(client) : pass_try_exchange(client, 0), CDRPC_OK);
	cdrpc_client_free(client);
}

static void
make_plan(const struct point *point, DWORD victim)
{
	fault_plan_make(point->at_server ? &pass.server->words[PLAN] : own_plan, point->fault, point->type, victim);
}

static bool
plan_was_reached(const struct point *point)
{
	return fault_plan_was_reached(point->at_server ? &pass.server->words[PLAN] : own_plan);
}

static void
end_server_at(const struct point *point, int relation)
{
	struct cdrpc_client *client = NULL;
	struct leaks before, after;
	cdrpc_status status;

	ck_assert(leaks_count(GetCurrentProcess(), &before));
	if (point->what == CONNECT)
		make_plan(point, pass.server->process_id);
	status = pass_connect(GetCurrentProcessId(), relation, &client);
	if (point->what != CONNECT && status == CDRPC_OK) {
		make_plan(point, pass.server->process_id);
		status = do_it(client, point->what);
	}
	if (point->what == CLOSE) {
		cdrpc_client_free(client);
		client = NULL;
	}
	proc_await_handle(pass.server->process);
	ck_assert_msg(plan_was_reached(point), "%s, relation %d: not reached", point->name, relation);
	ck_assert_msg(fits(point, relation, status), "%s, relation %d: %s", point->name, relation, cdrpc_status_name(status));
	if (client)
		ck_assert_int_eq(pass_try_echo(client), CDRPC_E_PEER_DIED);
	cdrpc_client_free(client);
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	before.handles += left_behind(point, relation, true);
	ck_assert_msg(after.handles == before.handles && after.views == before.views,
		      "%s, relation %d: %u handles were %u, %u views were %u", point->name, relation, (unsigned)after.handles,
		      (unsigned)before.handles, (unsigned)after.views, (unsigned)before.views);
}

/* Each server serves one honest client, the next call after the end of the last. */
START_TEST(the_server_ends)
{
	int i;

	pass_start(&pass, _i);
	check_next(_i);
	for (i = 0; i < POINT_COUNT; i++) {
		if (!(points[i].relations >> _i & 1))
			continue;
		end_server_at(&points[i], _i);
		proc_finish(pass.server);
		pass_start(&pass, _i);
		check_next(_i);
	}
	proc_kill(pass.server);
	proc_finish(pass.server);
}
END_TEST

/* ---- the client ends ---- */

static void
end_client_at(const struct point *point, int relation)
{
	struct proc *caller = proc_start("caller");
	volatile uint64_t *plan = point->at_server ? &pass.server->words[PLAN] : &caller->words[PLAN];

	caller->words[CALLER_RELATION] = (uint64_t)relation;
	caller->words[CALLER_WHAT] = point->what;
	if (point->what != CONNECT) {
		proc_signal(caller);
		proc_await(caller);
	}
	fault_plan_make(plan, point->fault, point->type, caller->process_id);
	proc_signal(caller);
	proc_await_handle(caller->process);
	ck_assert_msg(fault_plan_was_reached(plan), "%s, relation %d: not reached", point->name, relation);
	ck_assert_int_eq(proc_finish(caller), 9);
	/* What is kept holds its handle until it is answered. */
	if (point->what == CANCEL)
		ck_assert_int_eq(pass_let_go(pass.client), CDRPC_OK);
	check_next(relation);
}

/* One server sees them all. */
START_TEST(the_client_ends)
{
	struct pass_held before;
	int i;

	pass_open(&pass, _i);
	check_next(_i);
	/* The first one makes threads that the server keeps. */
	end_client_at(&points[0], _i);
	before = pass_count(&pass);
	for (i = 0; i < POINT_COUNT; i++) {
		if (!(points[i].relations >> _i & 1))
			continue;
		end_client_at(&points[i], _i);
		before.servers += left_behind(&points[i], _i, false);
		ck_assert_msg(pass_holds_soon(&pass, &before), "%s, relation %d: the server holds more or less", points[i].name, _i);
	}
	pass_close(&pass);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("faults");
	TCase *server = tcase_create("server"), *client = tcase_create("client");

	fault_plan_use(own_plan);
	tcase_add_loop_test(server, the_server_ends, 0, NEITHER_MAY + 1);
	tcase_set_timeout(server, 0);
	suite_add_tcase(suite, server);
	tcase_add_loop_test(client, the_client_ends, 0, NEITHER_MAY + 1);
	tcase_set_timeout(client, 0);
	suite_add_tcase(suite, client);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = {
		{ "pass", run_server }, { "pass-denied", run_server_denied }, { "caller", run_caller }, { 0 },
	};

	return proc_main(argc, argv, roles, make_suite);
}
