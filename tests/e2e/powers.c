#include "powers.h"

#include <stdio.h>

#include "service/server.h"

static struct cdrpc_server *server;

static void
session_ended(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	cdrpc_server_stop(server);
}

static bool
may_not(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

static const struct endpoint_hooks powerless = { .may_duplicate = may_not };

void
powers_name(DWORD process_id, char ret_name[CDRPC_NAME_MAX + 1])
{
	snprintf(ret_name, CDRPC_NAME_MAX + 1, "test.powers.%lu", (unsigned long)process_id);
}

int
powers_serve(struct proc *starter, bool may, const struct echo_handlers *handlers, void (*started)(void))
{
	struct cdrpc_server_options options = { .session_ended = session_ended };
	char name[CDRPC_NAME_MAX + 1];

	powers_name(starter->process_id, name);
	proc_check(server_new(name, &options, may ? NULL : &powerless, &server) == CDRPC_OK);
	if (handlers)
		proc_check(echo_serve(server, handlers, starter) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	if (started)
		started();
	proc_signal(starter);
	proc_check(cdrpc_server_run(server) == CDRPC_OK);
	cdrpc_server_free(server);
	return 0;
}

cdrpc_status
powers_on_send(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return echo_send_reply(call, data);
}

struct proc *
powers_start(bool may)
{
	struct proc *helper = proc_start(may ? "powerful" : "powerless");

	proc_await(helper);
	return helper;
}

void
powers_connect(bool may, const struct cdrpc_client_options *options, struct cdrpc_client **ret_client)
{
	char name[CDRPC_NAME_MAX + 1];

	powers_name(GetCurrentProcessId(), name);
	ck_assert_int_eq(client_connect(name, options, may ? NULL : &powerless, ret_client), CDRPC_OK);
}

void
powers_end(struct proc *helper, struct cdrpc_client *client)
{
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(helper), 0);
}
