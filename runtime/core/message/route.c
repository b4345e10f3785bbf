#include "message/route.h"

cdrpc_status
route_choose(const struct route_facts *facts, enum cdrpc_route *ret_route)
{
	if (facts->size > facts->body_max)
		return CDRPC_E_TOO_LARGE;
	if (facts->value_suffices && facts->size == 0)
		*ret_route = CDRPC_ROUTE_VALUE;
	else if (facts->resident && facts->size >= facts->resident_from)
		*ret_route = CDRPC_ROUTE_RESIDENT;
	else if (facts->size > facts->inline_max)
		*ret_route = facts->may_push || facts->may_pull ? CDRPC_ROUTE_SECTION : CDRPC_ROUTE_CHUNKS;
	else
		*ret_route = CDRPC_ROUTE_MESSAGE;
	return CDRPC_OK;
}
