#include "base/env.h"
#include "base/sized.h"
#include "calls/mistakes.h"
#include "calls/pending.h"
#include "calls/serve.h"
#include "connect/handshake.h"
#include "connect/nearest.h"
#include "events/events.h"
#include "message/send.h"
#include "service/dispatch.h"
#include "service/options.h"
#include "service/reconnect.h"
#include "service/server.h"
#include "session/client.h"
#include "session/registry.h"

#include <string.h>


#define TIMEOUT_DEFAULT_MS      30000
#define CLOSE_SEND_MS           250

static cdrpc_status
own_endpoint(const struct cdrpc_client_options *options, const struct endpoint_hooks *hooks, struct endpoint **ret_endpoint)
{
	struct endpoint_options endpoint_options = { 0 };
	struct endpoint *endpoint = NULL;
	cdrpc_status status;

	endpoint_options.env = options->env;
	endpoint_options.limits = options->limits;
	endpoint_options.hooks = hooks;
	endpoint_options.reentry = options->reentry;
	if (options->policy)
		endpoint_options.policy.min_integrity = options->policy->min_integrity;
	status = dispatch_new(&endpoint_options, &endpoint);
	if (status != CDRPC_OK)
		return status;
	status = endpoint_open(endpoint, NULL, options->window);
	if (status != CDRPC_OK) {
		dispatch_shut(endpoint);
		endpoint_unref(endpoint);
		return status;
	}
	*ret_endpoint = endpoint;
	return CDRPC_OK;
}

static void client_end(struct drop *drop);

static cdrpc_status
client_new(struct endpoint *endpoint, const struct cdrpc_client_options *options, struct cdrpc_client **ret_client)
{
	struct cdrpc_client *client = env_alloc(&endpoint->env, sizeof *client);

	if (!client)
		return CDRPC_E_NOMEM;
	memset(client, 0, sizeof *client);
	atomic_u32_store(&client->refs, 1);
	client->drop.end = client_end;
	client->endpoint = endpoint_ref(endpoint);
	client->timeout_ms = options->call_timeout_ms ? options->call_timeout_ms : TIMEOUT_DEFAULT_MS;
	client->send_timeout_ms = options->send_timeout_ms;
	client->wait_while_hung = options->wait_while_hung;
	client->trace = options->trace;
	client->trace_self = options->trace_self;
	client->event_lost = options->event_lost;
	client->event_lost_self = options->event_lost_self;
	*ret_client = client;
	return CDRPC_OK;
}

cdrpc_status
client_connect(const char *name, const struct cdrpc_client_options *options, const struct endpoint_hooks *hooks,
	       struct cdrpc_client **ret_client)
{
	static const struct cdrpc_client_options defaults;
	static const struct cdrpc_policy anybody;
	struct cdrpc_env env;
	struct start start;
	struct endpoint *endpoint = NULL;
	struct cdrpc_client *client = NULL;
	struct thread_state *shared;
	cdrpc_status status;

	if (!options)
		options = &defaults;
	env_init(&env, options->env);
	if (!service_name_good(&env, "cdrpc_client_connect", name))
		return CDRPC_E_ARGUMENT;
	if (options->server)
		status = server_endpoint(options->server, "cdrpc_client_connect", &endpoint);
	else
		status = own_endpoint(options, hooks, &endpoint);
	if (status != CDRPC_OK)
		return status;
	start.image = options->start_image;
	start.arguments = options->start_arguments;
	status = client_new(endpoint, options, &client);
	if (status == CDRPC_OK) {
		client->owns_endpoint = !options->server;
		shared = thread_state_hold(endpoint->thread.shared);
		shared->waiting++;
		status = start_connect(endpoint, name, options->policy ? options->policy : &anybody, &start,
				       options->connect_timeout_ms ? options->connect_timeout_ms : TIMEOUT_DEFAULT_MS, &client->session);
		shared->waiting--;
		thread_state_drop(shared);
		if (status == CDRPC_OK) {
			client->owns_session = true;
			client->session->opener = client;
			session_ref(client->session);
			status = reconnect_new(client, name, options);
		}
		if (status == CDRPC_E_NOT_FOUND && !start.image)
			nearest_tell(endpoint, name);
	} else if (!options->server) {
		dispatch_shut(endpoint);
	}
	endpoint_unref(endpoint);
	if (status != CDRPC_OK) {
		cdrpc_client_free(client);
		return status;
	}
	*ret_client = client;
	return CDRPC_OK;
}

cdrpc_status
cdrpc_client_connect_sized(const char *name, const struct cdrpc_client_options *options, const struct cdrpc_sizes *sizes, size_t sizes_size,
			   struct cdrpc_client **ret_client)
{
	struct cdrpc_client_options own;
	struct options_parts parts;
	cdrpc_status status = options_of_client(options, sizes, sizes_size, &parts, &own);

	return status == CDRPC_OK ? client_connect(name, &own, NULL, ret_client) : status;
}

cdrpc_status
cdrpc_peer_client_sized(struct cdrpc_peer *peer, const struct cdrpc_client_options *options, const struct cdrpc_sizes *sizes,
			size_t sizes_size, struct cdrpc_client **ret_client)
{
	struct session *session = session_of(peer);
	struct cdrpc_client *client = NULL;
	struct cdrpc_client_options own;
	struct options_parts parts;
	cdrpc_status status = options_of_client(options, sizes, sizes_size, &parts, &own);

	if (status != CDRPC_OK)
		return status;
	if (!endpoint_on_thread(session->endpoint))
		return endpoint_wrong_thread(session->endpoint, "", "cdrpc_peer_client");
	if (session_state(session) == SESSION_ENDED)
		return session->end_status;
	status = client_new(session->endpoint, &own, &client);
	if (status != CDRPC_OK)
		return status;
	client->session = session_ref(session);
	*ret_client = client;
	return CDRPC_OK;
}

void
cdrpc_client_get_stats_sized(const struct cdrpc_client *client, struct cdrpc_stats *ret_stats, size_t size)
{
	struct cdrpc_stats stats = { 0 };

	endpoint_add_stats(client->endpoint, &stats);
	sized_give(&stats, sizeof stats, ret_stats, size);
}

/* What the application has not given back. It may still do so. */
static void
tell_unfinished(const struct cdrpc_client *client)
{
	const struct session *session = client->session;
	const struct cdrpc_pending *pending, *first = NULL;
	uint32_t unfinished = 0;

	for (pending = session->calls->pendings; pending; pending = pending->next) {
		if (pending->client == client) {
			unfinished++;
			first = pending;
		}
	}
	if (unfinished > 0)
		env_log(&client->endpoint->env, CDRPC_LOG_NOTE, "cdrpc_client_free: calls begun and not finished: %lu, the first of them %s.%s. "
			"Each leaks until its _finish is called", (unsigned long)unfinished, first->iface->name, first->method->name);
	if (client->buffer_count > 0)
		env_log(&client->endpoint->env, CDRPC_LOG_NOTE, "cdrpc_client_free: buffers not given to cdrpc_buffer_free(): %lu. Each leaks until "
			"it is", (unsigned long)client->buffer_count);
	/* Else it is not known whose they are, and the server tells. */
	if (client->owns_endpoint)
		mistake_in_freeing(client->endpoint, "cdrpc_client_free");
}

/* Not of whoever was too slow once: of whose thread has no loop. */
static void
tell_unheard(const struct session *session)
{
	const struct session_events *events = session->events;

	if (events->listeners && !events->ran && !events->held && session_state(session) == SESSION_OPEN && events_waiting(session))
		env_log(&session->endpoint->env, CDRPC_LOG_NOTE, "cdrpc_client_free: events of %s have come, and none has reached the client: "
			"listeners run in the thread's message loop, and it has not been there since", events->listeners->iface->name);
}

/* On the endpoint's thread, or any if that has ended. */
static void
client_end(struct drop *drop)
{
	struct cdrpc_client *client = (struct cdrpc_client *)drop;

	reconnect_forget(client);
	posts_close(client->endpoint, client);
	if (client->session) {
		tell_unfinished(client);
		if (client->owns_session)
			tell_unheard(client->session);
		if (client->owns_session) {
			client->session->opener = NULL;
			if (session_state(client->session) == SESSION_OPEN)
				send_close(client->session, CLOSE_SEND_MS);
			session_end(client->session, CDRPC_E_CLOSED);
		}
		events_forget(client->session, client);
		/* They stay their owners'. */
		client->buffers = NULL;
		session_unref(client->session);
	}
	if (client->owns_endpoint)
		dispatch_shut(client->endpoint);
	client_unref(client);
}

void
cdrpc_client_free(struct cdrpc_client *client)
{
	if (!client)
		return;
	atomic_bool_store(&client->freed, true);
	endpoint_drop(client->endpoint, &client->drop);
}
