/* A server's loop, and its end: by cdrpc_server_stop(), a logoff, or because it is freed. */
#include "service/server_parts.h"

#include "base/deadline.h"
#include "base/env.h"
#include "calls/call.h"
#include "calls/mistakes.h"
#include "service/dispatch.h"
#include "service/stop.h"
#include "service/workers.h"

static void
stop(struct cdrpc_server *server, bool at_once)
{
	if (server->workers)
		workers_stop(server->workers, at_once);
	else
		stop_begin(server->endpoint, at_once);
}

#define LOGOFF_MS 2000  /* stopping takes less, but where it has to wait for a handler that runs a loop of its own */

/* Inside of port_run(), or of a loop or a wait of a handler's or the application's that it runs. */
static void
stop_before_logoff(void *self)
{
	struct cdrpc_server *server = (struct cdrpc_server *)self;
	uint64_t until_us = deadline_in(LOGOFF_MS);

	stop(server, false);
	if (!stop_is_over(server->endpoint))
		port_run_for(server->endpoint->port, deadline_rest_ms(until_us));
	if (server->workers)
		workers_await(server->workers, until_us);
	/* The loop that this has interrupted. */
	port_quit(server->endpoint->port);
}

static cdrpc_status
run_loop(struct cdrpc_server *server)
{
	cdrpc_status status = CDRPC_OK;

	if (server->stop_at_logoff && server->runs == 0)
		status = logoff_new(&server->env, stop_before_logoff, server, &server->logoff);
	if (status != CDRPC_OK)
		return status;
	server->runs++;
	status = port_run(server->endpoint->port);
	server->runs--;
	if (server->runs > 0) {
		/* Of two inside one another the inner one has taken what was for both. */
		if (stop_is_over(server->endpoint))
			port_quit(server->endpoint->port);
		return status;
	}
	logoff_free(server->logoff);
	server->logoff = NULL;
	if (server->dropped)
		server_end(&server->drop);
	return status;
}

cdrpc_status
cdrpc_server_run(struct cdrpc_server *server)
{
	cdrpc_status status;

	if (!server->started) {
		status = cdrpc_server_start(server);
		if (status != CDRPC_OK)
			return status;
	}
	if (!endpoint_on_thread(server->endpoint))
		return endpoint_wrong_thread(server->endpoint, "", "cdrpc_server_run");
	if (stop_is_over(server->endpoint))
		return CDRPC_OK;
	/* Where it was stopped before there was a loop, the loop has that to do. */
	if (atomic_bool_load(&server->endpoint->stopping))
		endpoint_ring(server->endpoint);
	return run_loop(server);
}

void
cdrpc_server_stop(struct cdrpc_server *server)
{
	stop(server, false);
}

void
server_free(void *self)
{
	struct cdrpc_server *server = (struct cdrpc_server *)self;
	struct endpoint *endpoint = server->endpoint;

	start_give_up(&server->ready);
	workers_free(server->workers);
	mistake_in_freeing(endpoint, "cdrpc_server_free");
	dispatch_shut(endpoint);
	session_unref(server->holder);
	env_free(&endpoint->env, server);
	endpoint_unref(endpoint);
}

/* Whether that is asking who else serves, which frees it then. */
static bool
is_left_to_start(struct cdrpc_server *server)
{
	bool claims;

	lock_take(&server->endpoint->lock);
	claims = server->claims;
	server->dropped |= claims;
	lock_drop(&server->endpoint->lock);
	return claims;
}

void
server_end(struct drop *drop)
{
	struct cdrpc_server *server = (struct cdrpc_server *)drop;

	if (is_left_to_start(server))
		return;
	/* Its loop is on the stack, unless the thread has ended inside of it: it is left first. */
	if (server->runs > 0 && endpoint_on_thread(server->endpoint)) {
		server->dropped = true;
		stop(server, true);
		return;
	}
	/* A worker's thread does not wait for itself. */
	if (!server->workers || endpoint_on_thread(server->endpoint) || !workers_own(server->workers))
		server_free(server);
	else if (!thread_run_elsewhere(server_free, server))
		endpoint_drop_later(server->endpoint, drop);
}

/* Not waited for, nor forbidden by anything but what the header says. */
static bool
is_in_handler(const struct endpoint *endpoint)
{
	const struct cdrpc_call *call = endpoint_on_thread(endpoint) ? endpoint->thread.shared->current : NULL;

	while (call && call->session->endpoint != endpoint)
		call = call->outer;
	return call != NULL;
}

void
cdrpc_server_free(struct cdrpc_server *server)
{
	if (server && is_in_handler(server->endpoint))
		env_log(&server->env, CDRPC_LOG_ERROR, "cdrpc_server_free: called inside a handler of the server's, which is not allowed; "
			"cdrpc_server_stop() is");
	if (server)
		endpoint_drop(server->endpoint, &server->drop);
}
