#include <cdrpc/single_instance.h>

#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "service/exclusive.h"
#include "service/options.h"
#include "service/server.h"
#include "session/registry.h"

#define TIMEOUT_DEFAULT_MS 30000

/* What a start is told to do, and with whom it does it. */
struct instance {
	const char *name;
	struct cdrpc_client_options options;
	cdrpc_status (*hand_over)(void *self, struct cdrpc_client *client);
	cdrpc_status (*become)(void *self, struct cdrpc_server **ret_server);
	void *self;
	uint32_t holder_id;             /* the process that has proved that it is the instance */
	bool refused;                   /* the program's policy does not admit that */
};

/* The client is to be one of the process that was asked, and of no other that has the name. */
static bool
admits(void *self, const struct cdrpc_peer_facts *facts)
{
	struct instance *instance = (struct instance *)self;

	if (facts->process_id != instance->holder_id)
		return false;
	instance->refused = instance->options.policy && !policy_admits(instance->options.policy, facts);
	return !instance->refused;
}

static cdrpc_status
try_to_hand_over(struct instance *instance, uint64_t deadline_us)
{
	const struct cdrpc_policy policy = { .authorise = admits, .authorise_self = instance };
	struct cdrpc_client_options options = instance->options;
	struct cdrpc_client *client = NULL;
	cdrpc_status status;

	instance->refused = false;
	options.server = NULL;
	options.start_image = NULL;
	options.policy = &policy;
	options.connect_timeout_ms = deadline_rest_ms(deadline_us);
	if (options.connect_timeout_ms == 0)
		options.connect_timeout_ms = 1;
	status = client_connect(instance->name, &options, NULL, &client);
	if (status != CDRPC_OK)
		return status;
	process_let_come(instance->holder_id);
	status = instance->hand_over(instance->self, client);
	cdrpc_client_free(client);
	return status;
}

/* Whether there may be another instance by now, or none. */
static bool
has_ended(const struct instance *instance, cdrpc_status status)
{
	switch (status) {
	case CDRPC_E_STOPPING:
	case CDRPC_E_NO_SESSION:
	case CDRPC_E_NOT_FOUND:
	case CDRPC_E_PEER_DIED:
	case CDRPC_E_PEER_GONE:
		return true;
	case CDRPC_E_POLICY:
		return !instance->refused;
	default:
		return false;
	}
}

static cdrpc_status
try_to_become(const struct instance *instance, struct cdrpc_server **ret_server)
{
	struct cdrpc_server *server = NULL;
	cdrpc_status status = instance->become(instance->self, &server);

	if (status != CDRPC_OK)
		return status;
	if (!server) {
		env_log(instance->options.env, CDRPC_LOG_ERROR, "cdrpc_single_instance() of '%s': become() has returned CDRPC_OK and no server",
			instance->name);
		return CDRPC_E_ARGUMENT;
	}
	status = server_start_claimed(server, instance->name);
	if (status == CDRPC_OK)
		*ret_server = server;
	else
		cdrpc_server_free(server);
	return status;
}

static cdrpc_status
single_instance(struct instance *instance, struct cdrpc_server **ret_server)
{
	const struct endpoint_options asking = { .env = instance->options.env, .limits = instance->options.limits };
	uint32_t timeout_ms = instance->options.connect_timeout_ms;
	uint64_t deadline_us = deadline_in(timeout_ms ? timeout_ms : TIMEOUT_DEFAULT_MS);
	struct session *holder = NULL;
	struct turn *turn = NULL;
	cdrpc_status status;

	do {
		status = exclusive_claim(&asking, instance->name, &turn, &holder);
		if (status == CDRPC_OK) {
			status = try_to_become(instance, ret_server);
			turn_drop(turn);
			return status;
		}
		if (status != CDRPC_E_NAME_IN_USE)
			return status;
		/* Held until the end, so that its number is no other's. */
		instance->holder_id = holder->peer.facts.process_id;
		status = try_to_hand_over(instance, deadline_us);
		session_unref(holder);
	} while (has_ended(instance, status) && !deadline_is_over(deadline_us));
	return status;
}

cdrpc_status
cdrpc_single_instance_sized(const char *name, const struct cdrpc_client_options *options, const struct cdrpc_sizes *sizes,
			    size_t sizes_size, cdrpc_status (*hand_over)(void *self, struct cdrpc_client *client),
			    cdrpc_status (*become)(void *self, struct cdrpc_server **ret_server), void *self,
			    struct cdrpc_server **ret_server)
{
	struct instance instance = { .name = name, .hand_over = hand_over, .become = become, .self = self };
	struct options_parts parts;
	cdrpc_status status = options_of_client(options, sizes, sizes_size, &parts, &instance.options);

	*ret_server = NULL;
	if (status != CDRPC_OK)
		return status;
	if (!service_name_good(instance.options.env, "cdrpc_single_instance", name))
		return CDRPC_E_ARGUMENT;
	return single_instance(&instance, ret_server);
}
