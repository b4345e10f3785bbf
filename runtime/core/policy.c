#include "policy.h"

bool
policy_admits(const struct policy *policy, const struct cdrpc_peer_facts *facts)
{
	if (facts->integrity < policy->min_integrity)
		return false;
	if (policy->same_user && !facts->same_user)
		return false;
	return !policy->authorise || policy->authorise(policy->authorise_self, facts);
}

bool
policy_admits_to(const struct cdrpc_interface *iface, const struct cdrpc_peer_facts *peer)
{
	return (uint32_t)peer->integrity >= iface->min_integrity && (!iface->same_user || peer->same_user);
}

bool
policy_believes(const struct cdrpc_peer_facts *own, const struct cdrpc_peer_facts *peer)
{
	return own->integrity != CDRPC_INTEGRITY_ANY && peer->integrity >= own->integrity;
}
