/*
 * Two processes that serve and call each other by endpoints that know nothing of one another: a server, and an ordinary client beside
 * it. A chain of calls goes back and forth through both all the same.
 */
#include <stdio.h>

#include "side.h"

static struct cdrpc_server *server;
static struct cdrpc_client *client;     /* to the other process's server */

static void
name_of(char name[CDRPC_NAME_MAX + 1], const char *which, DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.apart.%s.%lu", which, (unsigned long)process_id);
}

static cdrpc_status
on_nested(struct cdrpc_call *call, void *self, uint32_t depth)
{
	cdrpc_status status = CDRPC_OK;
	uint32_t sum = 0;

	(void)self;
	if (depth > 0)
		status = duplex_nested(client, depth - 1, &sum);
	return status == CDRPC_OK ? duplex_nested_reply(call, sum + depth) : status;
}

static void
stop_with_its_client(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	cdrpc_server_stop(server);
}

static cdrpc_status
serve(const char *name, enum cdrpc_reentry reentry)
{
	static const struct duplex_handlers handlers = { .nested = on_nested };
	struct cdrpc_server_options options = { .reentry = reentry, .session_ended = stop_with_its_client };
	cdrpc_status status;

	status = cdrpc_server_new(name, &options, &server);
	if (status == CDRPC_OK)
		status = duplex_serve(server, &handlers, NULL);
	if (status == CDRPC_OK)
		status = cdrpc_server_start(server);
	return status;
}

static int
run_other(struct proc *starter)
{
	char ours[CDRPC_NAME_MAX + 1], theirs[CDRPC_NAME_MAX + 1];

	proc_await(starter);
	name_of(ours, "helper", starter->process_id);
	name_of(theirs, "test", starter->process_id);
	proc_check(serve(ours, (enum cdrpc_reentry)starter->words[0]) == CDRPC_OK);
	proc_check(cdrpc_client_connect(theirs, NULL, &client) == CDRPC_OK);
	proc_signal(starter);
	proc_check(cdrpc_server_run(server) == CDRPC_OK);
	cdrpc_client_free(client);
	cdrpc_server_free(server);
	return 0;
}

START_TEST(a_chain_there_and_back)
{
	static const enum cdrpc_reentry policies[] = { CDRPC_REENTRY_QUEUE, CDRPC_REENTRY_ALLOW };
	char ours[CDRPC_NAME_MAX + 1], theirs[CDRPC_NAME_MAX + 1];
	struct proc *helper = proc_start("other");
	uint32_t depth, sum;

	name_of(ours, "test", GetCurrentProcessId());
	name_of(theirs, "helper", GetCurrentProcessId());
	ck_assert_int_eq(serve(ours, policies[_i]), CDRPC_OK);
	helper->words[0] = policies[_i];
	proc_signal(helper);
	side_pump_handle(helper->event_in);
	ck_assert_int_eq(cdrpc_client_connect(theirs, NULL, &client), CDRPC_OK);
	for (depth = 0; depth < 8; depth++) {
		ck_assert_int_eq(duplex_nested(client, depth, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, depth * (depth + 1) / 2);
	}
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(helper), 0);
	cdrpc_server_free(server);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("apart");
	TCase *tcase = tcase_create("apart");

	tcase_add_loop_test(tcase, a_chain_there_and_back, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "other", run_other }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
