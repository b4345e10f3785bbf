/* Whom an endpoint talks to. Pure: a decision from facts, one that is not known being never good enough. */
#ifndef CDRPC_CORE_POLICY_H
#define CDRPC_CORE_POLICY_H

#include "base/names.h"

#include <cdrpc/generated.h>

/* What an endpoint has of it. */
struct admission {
	struct cdrpc_policy policy;     /* for those who send HELLO */
	bool lower;                     /* messages of processes below our own integrity level are let in */
	bool clients;                   /* HELLO is answered at all */
};

bool policy_admits(const struct cdrpc_policy *policy, const struct cdrpc_peer_facts *facts);
/* By which rule it was not admitted, in words. */
const char *policy_rule(const struct cdrpc_policy *policy, const struct cdrpc_peer_facts *facts);

/* Whether the peer may call the methods of the interface, and hear its events. */
bool policy_admits_to(const struct cdrpc_interface *iface, const struct cdrpc_peer_facts *peer);

/* Whether a peer is believed that says a handle is already ours: it could have written to our memory anyway. So could no
 * other user, and nobody below our level, whatever the names of the two levels. */
bool policy_believes(const struct cdrpc_peer_facts *own, const struct cdrpc_peer_facts *peer);

/* Whether the other process's level is known, and not below ours by Windows' own count. */
bool policy_is_not_lower(const struct cdrpc_peer_facts *own, const struct cdrpc_peer_facts *peer);

/* Whether it admits processes whose messages the system keeps from us, unless our window lets them in (UIPI). */
bool policy_admits_lower(const struct cdrpc_policy *policy, const struct cdrpc_peer_facts *own);

#endif
