/*
 * Thirty processes call a server whose thread does not come back for some seconds. Whatever becomes of a call, it ends with a status
 * that is true: what was acknowledged has run, what was refused has not, and nothing has run twice.
 */
#include <stdio.h>
#include <string.h>

#include "service.h"

#define CLIENTS 30
#define CALLS 16                /* of each client; each with an id of its own */
#define DRAIN_MS 25000

/* Words of the server's: how often each call has run, a byte for each. Of a client's: a call's status in each. */
enum { WORD_RUNS = 8, WORD_CALLS = 8 };

enum kind { POSTED, IN_MESSAGE, ONEWAY, KINDS };

static const uint32_t deadlines_ms[] = { 500, 1500, 4000, 8000 };

struct stall {
	uint32_t milliseconds;
	bool hears;             /* takes sent messages meanwhile, so that calls are accepted and wait */
};

static const struct stall stalls[] = { { 0, false }, { 3000, false }, { 6000, false }, { 3000, true } };

static enum kind
kind_of(uint32_t client, uint32_t call)
{
	return (enum kind)((client + call) % KINDS);
}

static uint32_t
deadline_of(uint32_t client, uint32_t call)
{
	return deadlines_ms[(client / KINDS + call) % 4];
}

/* ---- the server ---- */

static struct cdrpc_server *server;
static struct proc *tester;
static uint32_t ended;

static void
has_run(uint32_t id)
{
	proc_check(id < CLIENTS * CALLS);
	((volatile uint8_t *)&tester->words[WORD_RUNS])[id]++;
}

static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	has_run(a);
	return echo_add_reply(call, a + b);
}

static cdrpc_status
on_add_inline(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	has_run(a);
	return echo_add_inline_reply(call, a + b);
}

static void
on_note(struct cdrpc_call *call, void *self, uint32_t value)
{
	(void)call;
	(void)self;
	has_run(value);
}

static cdrpc_status
on_noted(struct cdrpc_call *call, void *self)
{
	(void)self;
	return echo_noted_reply(call, 0);
}

/* The stall, by its number. */
static cdrpc_status
on_end(struct cdrpc_call *call, void *self, int32_t value)
{
	ULONGLONG until = GetTickCount64() + stalls[value].milliseconds;
	HANDLE never = CreateEventW(NULL, TRUE, FALSE, NULL);
	ULONGLONG now;
	MSG message;

	(void)call;
	(void)self;
	proc_signal(tester);
	while ((now = GetTickCount64()) < until) {
		if (!stalls[value].hears) {
			WaitForSingleObject(never, (DWORD)(until - now));
			continue;
		}
		MsgWaitForMultipleObjectsEx(0, NULL, (DWORD)(until - now), QS_SENDMESSAGE, MWMO_INPUTAVAILABLE);
		PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
	}
	CloseHandle(never);
	return CDRPC_OK;
}

static void
client_went(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	/* The test's own session among them. */
	if (++ended == CLIENTS + 1)
		cdrpc_server_stop(server);
}

static void
name_of(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.stall.%lu", (unsigned long)process_id);
}

static int
run_server(struct proc *starter)
{
	static const struct echo_handlers handlers = {
		.add = on_add,
		.add_inline = on_add_inline,
		.end = on_end,
		.note = on_note,
		.noted = on_noted,
	};
	struct cdrpc_server_options options = { .session_ended = client_went };
	char name[CDRPC_NAME_MAX + 1];

	tester = starter;
	name_of(name, starter->process_id);
	proc_check(cdrpc_server_new(name, &options, &server) == CDRPC_OK);
	proc_check(echo_serve(server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	proc_check(cdrpc_server_run(server) == CDRPC_OK);
	cdrpc_server_free(server);
	return 0;
}

/* ---- the clients ---- */

static cdrpc_status
call_once(struct cdrpc_client *client, enum kind kind, uint32_t id)
{
	cdrpc_status status;
	uint32_t sum = 0;

	if (kind == ONEWAY)
		return echo_note(client, id);
	status = kind == POSTED ? echo_add(client, id, 7, &sum) : echo_add_inline(client, id, 7, &sum);
	proc_check(status != CDRPC_OK || sum == id + 7);
	return status;
}

static int
run_client(struct proc *starter)
{
	uint32_t own = (uint32_t)starter->words[0], noted, i;
	volatile uint64_t *words = &starter->words[WORD_CALLS];
	struct cdrpc_client *client;
	char name[CDRPC_NAME_MAX + 1];

	name_of(name, starter->process_id);
	proc_check(cdrpc_client_connect(name, NULL, &client) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	for (i = 0; i < CALLS; i++) {
		cdrpc_client_set_timeout(client, deadline_of(own, i));
		words[i] = (uint64_t)(int64_t)call_once(client, kind_of(own, i), own * CALLS + i);
	}
	/* What was accepted before it runs before it. It is not sent while the window counts as hung. */
	proc_signal(starter);
	proc_await(starter);
	cdrpc_client_set_timeout(client, DRAIN_MS);
	proc_check(echo_noted(client, &noted) == CDRPC_OK);
	cdrpc_client_free(client);
	return 0;
}

/* ---- the test ---- */

/* What is wrong with how a call ended: NULL for nothing. */
static const char *
judge(cdrpc_status status, uint32_t runs)
{
	if (runs > 1)
		return "ran more than once";
	switch (status) {
	case CDRPC_OK:
		return runs == 1 ? NULL : "was acknowledged and has not run";
	case CDRPC_E_BUSY:
	case CDRPC_E_EXPIRED:
		return runs == 0 ? NULL : "was refused and has run";
	case CDRPC_E_TIMEOUT:
	case CDRPC_E_HUNG:
		return NULL;
	default:
		return "has another status";
	}
}

/* Judges all calls, and counts those that succeeded. */
static uint32_t
judge_all(struct proc *const clients[CLIENTS], const uint8_t runs[CLIENTS * CALLS])
{
	uint32_t good = 0, i, j;
	cdrpc_status status;
	const char *wrong;

	for (i = 0; i < CLIENTS; i++) {
		for (j = 0; j < CALLS; j++) {
			status = (cdrpc_status)(int64_t)clients[i]->words[WORD_CALLS + j];
			wrong = judge(status, runs[i * CALLS + j]);
			if (wrong)
				ck_abort_msg("call %u of client %u, %u ms, %s: %s", (unsigned)j, (unsigned)i,
					     (unsigned)deadline_of(i, j), wrong,
					     cdrpc_status_name(status));
			good += status == CDRPC_OK;
		}
	}
	return good;
}

static void
signal_all(struct proc *const clients[CLIENTS])
{
	uint32_t i;

	for (i = 0; i < CLIENTS; i++)
		proc_signal(clients[i]);
}

static void
await_all(struct proc *const clients[CLIENTS])
{
	uint32_t i;

	for (i = 0; i < CLIENTS; i++)
		proc_await(clients[i]);
}

START_TEST(thirty_senders)
{
	struct proc *clients[CLIENTS], *helper = proc_start("server");
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_client *client = NULL;
	uint8_t runs[CLIENTS * CALLS];
	char name[CDRPC_NAME_MAX + 1];
	uint32_t good, i;

	proc_await(helper);
	for (i = 0; i < CLIENTS; i++) {
		clients[i] = proc_start("client");
		clients[i]->words[0] = i;
	}
	await_all(clients);
	name_of(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &client), CDRPC_OK);
	ck_assert_int_eq(echo_end_begin(client, _i, &pending), CDRPC_OK);
	proc_await(helper);
	signal_all(clients);
	await_all(clients);
	ck_assert_int_eq(echo_end_finish(pending), CDRPC_OK);
	cdrpc_client_free(client);
	signal_all(clients);
	for (i = 0; i < CLIENTS; i++)
		proc_await_handle(clients[i]->process);
	proc_await_handle(helper->process);
	memcpy(runs, (const void *)&helper->words[WORD_RUNS], sizeof runs);
	good = judge_all(clients, runs);
	for (i = 0; i < CLIENTS; i++)
		ck_assert_int_eq(proc_finish(clients[i]), 0);
	ck_assert_int_eq(proc_finish(helper), 0);
	/* There was something to judge: the receiver comes back before some deadlines, and after others if it stalls at all. */
	ck_assert_uint_gt(good, 0);
	ck_assert(stalls[_i].milliseconds == 0 || good < CLIENTS * CALLS);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("stall");
	TCase *tcase = tcase_create("stall");

	tcase_add_loop_test(tcase, thirty_senders, 0, (int)(sizeof stalls / sizeof stalls[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "server", run_server }, { "client", run_client }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
