/* Eight clients in processes of their own call one server at the same time: every call is right, and none runs inside another. */
#include <stdio.h>

#include "call.h"
#include "endpoint.h"
#include "service.h"

#define CLIENTS 8
#define MILLISECONDS 1500

enum { WORD_DEEPEST, WORD_CALLS, WORD_NESTED, WORD_MESSAGES };

static struct cdrpc_server *server;
static struct proc *tester;
static uint32_t running, nested, calls, ended;

/* Handlers that run inside one another, or inside a message. */
static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	cdrpc_status status;

	(void)self;
	nested += running > 0 || call->session->endpoint->shared->nesting > 0;
	running++;
	status = echo_add_reply(call, a + b);
	running--;
	calls++;
	tester->words[WORD_DEEPEST] = call->session->endpoint->deepest;
	return status;
}

static void
session_ended(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	if (++ended == CLIENTS)
		cdrpc_server_stop(server);
}

static void
name_of(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.crowd.%lu", (unsigned long)process_id);
}

static int
run_server(struct proc *starter)
{
	static const struct echo_handlers handlers = { .add = on_add };
	struct cdrpc_server_options options = { .session_ended = session_ended };
	char name[CDRPC_NAME_MAX + 1];

	tester = starter;
	proc_await(starter);
	if (starter->words[WORD_MESSAGES])
		options.limits.resident_max = CDRPC_RESIDENT_NONE;
	name_of(name, starter->process_id);
	proc_check(cdrpc_server_new(name, &options, &server) == CDRPC_OK);
	proc_check(echo_serve(server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	proc_check(cdrpc_server_run(server) == CDRPC_OK);
	starter->words[WORD_CALLS] = calls;
	starter->words[WORD_NESTED] = nested;
	cdrpc_server_free(server);
	return 0;
}

static int
run_client(struct proc *starter)
{
	struct cdrpc_client *client;
	char name[CDRPC_NAME_MAX + 1];
	ULONGLONG until;
	uint32_t sum, i;

	name_of(name, starter->process_id);
	proc_check(cdrpc_client_connect(name, NULL, &client) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	until = GetTickCount64() + MILLISECONDS;
	for (i = 0; GetTickCount64() < until; i++) {
		proc_check(echo_add(client, i, 5, &sum) == CDRPC_OK);
		proc_check(sum == i + 5);
	}
	starter->words[WORD_CALLS] = i;
	cdrpc_client_free(client);
	return 0;
}

START_TEST(eight_at_once)
{
	struct proc *clients[CLIENTS], *helper = proc_start("server");
	uint64_t total = 0;
	uint32_t i;

	helper->words[WORD_MESSAGES] = (uint64_t)_i;
	proc_signal(helper);
	proc_await(helper);
	for (i = 0; i < CLIENTS; i++)
		clients[i] = proc_start("client");
	for (i = 0; i < CLIENTS; i++)
		proc_await(clients[i]);
	for (i = 0; i < CLIENTS; i++)
		proc_signal(clients[i]);
	for (i = 0; i < CLIENTS; i++) {
		proc_await_handle(clients[i]->process);
		/* Nobody starves. */
		ck_assert_uint_gt(clients[i]->words[WORD_CALLS], 10);
		total += clients[i]->words[WORD_CALLS];
		ck_assert_int_eq(proc_finish(clients[i]), 0);
	}
	proc_await_handle(helper->process);
	ck_assert_uint_eq(helper->words[WORD_CALLS], total);
	ck_assert_uint_eq(helper->words[WORD_NESTED], 0);
	ck_assert_uint_eq(helper->words[WORD_DEEPEST], 1);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("crowd");
	TCase *tcase = tcase_create("crowd");

	tcase_add_loop_test(tcase, eight_at_once, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "server", run_server }, { "client", run_client }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
