/* What an endpoint serves: its interfaces, sorted by id. Filled before the endpoint starts, read only from then on. */
#ifndef CDRPC_CORE_REGISTRY_H
#define CDRPC_CORE_REGISTRY_H

#include "base/names.h"

#include <cdrpc/generated.h>

struct service {
	const struct cdrpc_interface *iface;
	cdrpc_skeleton *const *skeletons;
	const void *handlers;
	void *self;
};

struct registry {
	const struct cdrpc_env *env;
	struct service *services;
	uint32_t count;
	uint32_t capacity;
};

/* STATE: there is one with this id. TOO_LARGE: there are CDRPC_INTERFACES_MAX. */
cdrpc_status registry_add(struct registry *registry, const struct service *service);
void registry_done(struct registry *registry);
/* NULL when there is none. */
const struct service *registry_find(const struct registry *registry, uint64_t interface_id);
/* The index of a method or event; method_count when there is none. */
uint32_t registry_method(const struct cdrpc_interface *iface, uint16_t ordinal);

/* Whether a service may have that name: 1 to CDRPC_NAME_MAX of letters, digits, '.', '-' and '_'. NULL is none. */
bool service_name_valid(const char *name);
/* The same; if it may not, the log is told so of this function. */
bool service_name_good(const struct cdrpc_env *env, const char *function, const char *name);

#endif
