/*
 * How the bytes of a request or a reply travel: one pure function of size, limits and who may duplicate handles. Everything that
 * sends asks it, and nothing else decides.
 */
#ifndef CDRPC_CORE_ROUTE_H
#define CDRPC_CORE_ROUTE_H

#include "base/names.h"

#include <stdbool.h>
#include <stdint.h>

#include <cdrpc/cdrpc.h>

struct route_facts {
	uint64_t size;                  /* of body and blob area */
	uint32_t inline_max;            /* what both sides take inside a message */
	uint32_t body_max;              /* what both sides take at all */
	uint32_t resident_from;         /* the size from which an arena is better than a message */
	bool value_suffices;            /* a status alone goes back to somebody who is blocked on the message that asked */
	bool resident;                  /* there is room in an arena */
	bool may_push;                  /* we may duplicate handles into the peer */
	bool may_pull;                  /* the peer may duplicate handles out of us */
};

/* CDRPC_E_TOO_LARGE: over body_max. */
cdrpc_status route_choose(const struct route_facts *facts, enum cdrpc_route *ret_route);

#endif
