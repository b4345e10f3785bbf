/* A server: what it is made of, how it starts, and what it says of itself. */
#include "service/server.h"

#include <string.h>

#include "base/env.h"
#include "base/sized.h"
#include "events/events.h"
#include "service/dispatch.h"
#include "service/exclusive.h"
#include "service/options.h"
#include "service/server_parts.h"
#include "service/workers.h"
#include "session/endpoint.h"
#include "session/registry.h"
#include "wire/writer.h"

static struct endpoint_options
endpoint_options_of(const struct cdrpc_server_options *options, bool named)
{
	struct endpoint_options made = { 0 };

	if (options->policy)
		made.policy = *options->policy;
	made.reentry = options->reentry;
	made.listener.opened = options->session_opened;
	made.listener.ended = options->session_ended;
	made.listener.self = options->session_self;
	made.admits_clients = named;
	return made;
}

cdrpc_status
server_new(const char *name, const struct cdrpc_server_options *options, const struct endpoint_hooks *hooks,
	   struct cdrpc_server **ret_server)
{
	static const struct cdrpc_server_options defaults;
	struct cdrpc_server *server;
	struct cdrpc_env env;
	cdrpc_status status;

	if (!options)
		options = &defaults;
	env_init(&env, options->env);
	if (name && !service_name_good(&env, "cdrpc_server_new", name))
		return CDRPC_E_ARGUMENT;
	if (options->threads > WORKERS_MAX) {
		env_log(&env, CDRPC_LOG_ERROR, "cdrpc_server_new: options.threads is %lu, and at most %u", (unsigned long)options->threads,
			(unsigned)WORKERS_MAX);
		return CDRPC_E_ARGUMENT;
	}
	server = env_alloc(&env, sizeof *server);
	if (!server)
		return CDRPC_E_NOMEM;
	memset(server, 0, sizeof *server);
	server->drop.end = server_end;
	server->env = env;
	if (options->limits)
		server->limits = *options->limits;
	server->window = options->window;
	server->stop_at_logoff = options->stop_at_logoff;
	server->exclusive = options->exclusive && name;
	server->threads = options->threads ? options->threads : 1;
	server->options = endpoint_options_of(options, name != NULL);
	server->options.env = &server->env;
	server->options.limits = &server->limits;
	if (hooks) {
		server->hooks = *hooks;
		server->options.hooks = &server->hooks;
	}
	if (name)
		memcpy(server->name, name, strlen(name) + 1);
	status = dispatch_new(&server->options, &server->endpoint);
	if (status != CDRPC_OK) {
		env_free(&env, server);
		return status;
	}
	/* As early as we hear of this service: what is started until it serves is not to say so in our place. */
	if (name)
		server->ready = start_take_ready();
	*ret_server = server;
	return CDRPC_OK;
}

cdrpc_status
cdrpc_server_new_sized(const char *name, const struct cdrpc_server_options *options, const struct cdrpc_sizes *sizes, size_t sizes_size,
		       struct cdrpc_server **ret_server)
{
	struct cdrpc_server_options own;
	struct options_parts parts;
	cdrpc_status status = options_of_server(options, sizes, sizes_size, &parts, &own);

	return status == CDRPC_OK ? server_new(name, &own, NULL, ret_server) : status;
}

cdrpc_status
cdrpc_server_add_generated(struct cdrpc_server *server, uint32_t generated, const struct cdrpc_interface *iface,
			   cdrpc_skeleton *const *skeletons, const void *handlers, void *self)
{
	struct service service = { iface, skeletons, handlers, self };
	cdrpc_status status;

	/* Not a word of 'iface' is read before: it may be laid out otherwise. */
	if (generated < CDRPC_GENERATED_LEAST || generated > CDRPC_GENERATED) {
		env_log(&server->env, CDRPC_LOG_ERROR, "generated code of version %u is not served: this library, %s, knows %u to %u",
			(unsigned int)generated, cdrpc_version(), CDRPC_GENERATED_LEAST, CDRPC_GENERATED);
		return CDRPC_E_VERSION;
	}
	status = server->started ? CDRPC_E_STATE : registry_add(&server->endpoint->registry, &service);
	if (status == CDRPC_E_STATE)
		env_log(&server->env, CDRPC_LOG_ERROR, server->started ? "%s: added to a server that has been started" : "%s: added twice",
			iface->name);
	if (status == CDRPC_E_TOO_LARGE)
		env_log(&server->env, CDRPC_LOG_ERROR, "%s: more than %u interfaces", iface->name, (unsigned)CDRPC_INTERFACES_MAX);
	return status;
}

/* An endpoint that serves the same, for another thread. */
static cdrpc_status
another_endpoint(void *self, struct endpoint **ret_endpoint)
{
	const struct cdrpc_server *server = (const struct cdrpc_server *)self;
	const struct registry *registry = &server->endpoint->registry;
	struct endpoint_options options = server->options;
	struct endpoint *endpoint = NULL;
	cdrpc_status status;
	uint32_t i;

	options.quota = server->endpoint->quota;

	status = dispatch_new(&options, &endpoint);
	for (i = 0; status == CDRPC_OK && i < registry->count; i++) {
		if (registry->services[i].iface != &events_interface)
			status = registry_add(&endpoint->registry, &registry->services[i]);
	}
	if (status == CDRPC_OK)
		*ret_endpoint = endpoint;
	else if (endpoint)
		endpoint_unref(endpoint);
	return status;
}

/* The application's messages are handled meanwhile, and other threads go on: either may free the server. */
static cdrpc_status
claim_name(struct cdrpc_server *server, struct turn **ret_turn)
{
	struct endpoint *endpoint = server->endpoint;
	cdrpc_status status;
	bool dropped;

	session_unref(server->holder);
	server->holder = NULL;
	lock_take(&endpoint->lock);
	server->claims = true;
	lock_drop(&endpoint->lock);
	status = exclusive_claim(&server->options, server->name, ret_turn, &server->holder);
	lock_take(&endpoint->lock);
	server->claims = false;
	dropped = server->dropped;
	lock_drop(&endpoint->lock);
	if (!dropped)
		return status;
	turn_drop(*ret_turn);
	server_free(server);
	return CDRPC_E_CLOSED;
}

static cdrpc_status
open_threads(struct cdrpc_server *server)
{
	const char *service = server->name[0] ? server->name : NULL;
	cdrpc_status status = endpoint_open(server->endpoint, service, server->window);

	if (status != CDRPC_OK || server->threads == 1)
		return status;
	status = workers_new(server->endpoint, server->threads, service, another_endpoint, server, &server->workers);
	/* Nobody finds what is not to be served. */
	if (status != CDRPC_OK)
		dispatch_shut(server->endpoint);
	return status;
}

static cdrpc_status
start(struct cdrpc_server *server)
{
	cdrpc_status status = open_threads(server);

	if (status != CDRPC_OK)
		return status;
	server->started = true;
	start_say_ready(&server->ready);
	return CDRPC_OK;
}

static bool
may_start(const struct cdrpc_server *server)
{
	if (!server->started && !server->claims && !server->endpoint->shut)
		return true;
	env_log(&server->env, CDRPC_LOG_ERROR, "cdrpc_server_start: started already");
	return false;
}

/* Clients get one of them, and nobody knows which. */
static void
tell_namesake(const struct cdrpc_server *server)
{
	uint32_t process_id;
	window_id window;

	if (server->name[0] && port_find(NULL, server->name, &window, 1) > 0 && window_thread(window, &process_id) != 0)
		env_log(&server->env, CDRPC_LOG_WARNING, "cdrpc_server_start: process %lu serves as '%s', too: each client gets one of the two. "
			"options.exclusive is for a server that is to be the only one", (unsigned long)process_id, server->name);
}

cdrpc_status
cdrpc_server_start(struct cdrpc_server *server)
{
	struct turn *turn = NULL;
	cdrpc_status status = CDRPC_OK;

	if (!may_start(server))
		return CDRPC_E_STATE;
	if (server->exclusive)
		status = claim_name(server, &turn);
	else
		tell_namesake(server);
	if (status != CDRPC_OK)
		return status;
	status = start(server);
	turn_drop(turn);
	return status;
}

cdrpc_status
server_start_claimed(struct cdrpc_server *server, const char *name)
{
	if (!may_start(server))
		return CDRPC_E_STATE;
	if (strcmp(server->name, name) != 0) {
		env_log(&server->env, CDRPC_LOG_ERROR, "cdrpc_single_instance() of '%s' was given a server of '%s'", name, server->name);
		return CDRPC_E_ARGUMENT;
	}
	return start(server);
}

bool
cdrpc_server_holder_sized(const struct cdrpc_server *server, struct cdrpc_peer_facts *ret_facts, size_t size)
{
	if (!server->holder)
		return false;
	sized_give(&server->holder->peer.facts, sizeof server->holder->peer.facts, ret_facts, size);
	return true;
}

static bool
is_started(const struct cdrpc_server *server, const char *whose, const char *function)
{
	if (!server->started)
		env_log(&server->env, CDRPC_LOG_ERROR, "%s%s%s: the server has not been started", whose, whose[0] ? "." : "", function);
	return server->started;
}

cdrpc_status
server_endpoint(struct cdrpc_server *server, const char *function, struct endpoint **ret_endpoint)
{
	struct endpoint *endpoint = server->endpoint;

	if (!is_started(server, "", function))
		return CDRPC_E_STATE;
	if (server->workers)
		endpoint = workers_own(server->workers);
	if (!endpoint || !endpoint_on_thread(endpoint))
		return endpoint_wrong_thread(server->endpoint, "", function);
	*ret_endpoint = endpoint_ref(endpoint);
	return CDRPC_OK;
}

void
cdrpc_server_get_stats_sized(const struct cdrpc_server *server, struct cdrpc_stats *ret_stats, size_t size)
{
	struct cdrpc_stats stats = { 0 };
	uint32_t i;

	endpoint_add_stats(server->endpoint, &stats);
	for (i = 1; server->workers && i < server->workers->count; i++)
		endpoint_add_stats(server->workers->each[i].endpoint, &stats);
	sized_give(&stats, sizeof stats, ret_stats, size);
}

void
cdrpc_event_begin(struct cdrpc_writer *w, struct cdrpc_server *server, struct cdrpc_peer *to, const struct cdrpc_interface *iface,
		  uint32_t index)
{
	struct endpoint *endpoint = NULL;
	cdrpc_status status = CDRPC_E_STATE;

	if (is_started(server, iface->name, iface->methods[index].name)) {
		if (server->workers)
			endpoint = workers_own(server->workers);
		/* On another thread than the server's it is written here, and emitted there. */
		status = emit_begin(w, endpoint_ref(endpoint ? endpoint : server->endpoint), to, iface, index);
	}
	if (status != CDRPC_OK)
		writer_fail(w, status);
}
