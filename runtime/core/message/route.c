#include "message/route.h"

cdrpc_status
route_choose(const struct route_facts *facts, struct route_choice *ret_choice)
{
	struct route_choice choice = { CDRPC_ROUTE_MESSAGE, false };

	if (facts->size > facts->body_max)
		return CDRPC_E_TOO_LARGE;
	if (facts->value_suffices && facts->size == 0) {
		choice.route = CDRPC_ROUTE_VALUE;
	} else if (facts->resident && facts->size >= facts->resident_from) {
		choice.route = CDRPC_ROUTE_RESIDENT;
	} else if (facts->size > facts->inline_max) {
		choice.route = facts->may_push || facts->may_pull ? CDRPC_ROUTE_SECTION : CDRPC_ROUTE_CHUNKS;
		/* What the peer fetches by itself cannot be left behind in a peer that never looked. */
		choice.push = facts->may_push && !facts->may_pull;
	}
	*ret_choice = choice;
	return CDRPC_OK;
}
