#include "session/registry.h"

#include <string.h>

#include "base/env.h"

/* The place of 'interface_id', or where it would go. */
static uint32_t
place(const struct registry *registry, uint64_t interface_id)
{
	uint32_t low = 0, high = registry->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (registry->services[middle].iface->id < interface_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

cdrpc_status
registry_add(struct registry *registry, const struct service *service)
{
	uint32_t at = place(registry, service->iface->id);
	struct service *grown;

	if (at < registry->count && registry->services[at].iface->id == service->iface->id)
		return CDRPC_E_STATE;
	if (registry->count == CDRPC_INTERFACES_MAX)
		return CDRPC_E_TOO_LARGE;
	if (registry->count == registry->capacity) {
		registry->capacity = registry->capacity ? registry->capacity * 2 : 4;
		grown = env_alloc(registry->env, registry->capacity * sizeof *grown);
		if (!grown) {
			registry->capacity = registry->count;
			return CDRPC_E_NOMEM;
		}
		if (registry->count)
			memcpy(grown, registry->services, registry->count * sizeof *grown);
		env_free(registry->env, registry->services);
		registry->services = grown;
	}
	memmove(&registry->services[at + 1], &registry->services[at], (registry->count - at) * sizeof *grown);
	registry->services[at] = *service;
	registry->count++;
	return CDRPC_OK;
}

void
registry_done(struct registry *registry)
{
	env_free(registry->env, registry->services);
	registry->services = NULL;
	registry->count = registry->capacity = 0;
}

const struct service *
registry_find(const struct registry *registry, uint64_t interface_id)
{
	uint32_t at = place(registry, interface_id);

	if (at == registry->count || registry->services[at].iface->id != interface_id)
		return NULL;
	return &registry->services[at];
}

uint32_t
registry_method(const struct cdrpc_interface *iface, uint16_t ordinal)
{
	uint32_t low = 0, high = iface->method_count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (iface->methods[middle].ordinal < ordinal)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == iface->method_count || iface->methods[low].ordinal != ordinal)
		return iface->method_count;
	return low;
}

bool
service_name_valid(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
	size_t length;

	if (!name)
		return false;
	length = strspn(name, allowed);
	return length > 0 && length <= CDRPC_NAME_MAX && name[length] == '\0';
}

bool
service_name_good(const struct cdrpc_env *env, const char *function, const char *name)
{
	if (service_name_valid(name))
		return true;
	if (name)
		env_log(env, CDRPC_LOG_ERROR, "%s: '%.*s' names no service: 1 to %u letters, digits, '.', '-' and '_'", function,
			2 * CDRPC_NAME_MAX, name, (unsigned)CDRPC_NAME_MAX);
	else
		env_log(env, CDRPC_LOG_ERROR, "%s: no name", function);
	return false;
}
