#include "calls/reentry.h"

cdrpc_status
reentry_accept(const struct reentry_facts *facts)
{
	/* Such a call would wait in our queue for us, and we, at the other end of the chain, for it. */
	bool in_a_circle = facts->for_the_caller || facts->same_causality;

	if (!facts->waiting)
		return CDRPC_OK;
	if (facts->policy == CDRPC_REENTRY_REFUSE)
		return facts->for_the_caller ? CDRPC_E_WOULD_DEADLOCK : CDRPC_E_BUSY;
	if (facts->stuck)
		return in_a_circle ? CDRPC_E_WOULD_DEADLOCK : CDRPC_OK;
	if (facts->policy == CDRPC_REENTRY_QUEUE)
		return in_a_circle && !facts->same_causality ? CDRPC_E_WOULD_DEADLOCK : CDRPC_OK;
	return CDRPC_OK;
}

bool
reentry_run_now(const struct reentry_facts *facts)
{
	if (!facts->waiting)
		return true;
	if (facts->stuck)
		return false;
	return facts->policy == CDRPC_REENTRY_ALLOW || (facts->policy == CDRPC_REENTRY_QUEUE && facts->same_causality);
}
