#include "session/policy.h"

#include <string.h>

/* A program of a newer cdrpc.h finds 0 in what this library does not know. */
static bool
authorises(const struct cdrpc_policy *policy, const struct cdrpc_peer_facts *facts)
{
	union {
		struct cdrpc_peer_facts facts;
		unsigned char all[CDRPC_STRUCT_MAX];
	} given;

	memset(&given, 0, sizeof given);
	given.facts = *facts;
	return policy->authorise(policy->authorise_self, &given.facts);
}

bool
policy_admits(const struct cdrpc_policy *policy, const struct cdrpc_peer_facts *facts)
{
	if (facts->integrity < policy->min_integrity)
		return false;
	if (policy->same_user && !facts->same_user)
		return false;
	return !policy->authorise || authorises(policy, facts);
}

const char *
policy_rule(const struct cdrpc_policy *policy, const struct cdrpc_peer_facts *facts)
{
	if (facts->integrity < policy->min_integrity)
		return facts->integrity == CDRPC_INTEGRITY_ANY ? "its integrity level is not known, and options.min_integrity asks for one" :
								 "its integrity level is below options.min_integrity";
	if (policy->same_user && !facts->same_user)
		return "it is not known to be of this user, and options.same_user is set";
	return "options.authorise has said no";
}

bool
policy_admits_to(const struct cdrpc_interface *iface, const struct cdrpc_peer_facts *peer)
{
	return (uint32_t)peer->integrity >= iface->min_integrity && (!iface->same_user || peer->same_user);
}

bool
policy_is_not_lower(const struct cdrpc_peer_facts *own, const struct cdrpc_peer_facts *peer)
{
	return own->integrity_rid != 0 && peer->integrity_rid >= own->integrity_rid;
}

bool
policy_believes(const struct cdrpc_peer_facts *own, const struct cdrpc_peer_facts *peer)
{
	return peer->same_user && policy_is_not_lower(own, peer);
}

bool
policy_admits_lower(const struct cdrpc_policy *policy, const struct cdrpc_peer_facts *own)
{
	if (policy->min_integrity == CDRPC_INTEGRITY_ANY)
		return false;
	/* As Windows counts the levels that have names: SECURITY_MANDATORY_LOW_RID is 0x1000, and so on. */
	return own->integrity_rid == 0 || (uint32_t)policy->min_integrity * 0x1000 < own->integrity_rid;
}
