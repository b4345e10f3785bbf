#include "reentry.h"

cdrpc_status
reentry_accept(const struct reentry_facts *facts)
{
	if (!facts->waiting || facts->policy == CDRPC_REENTRY_ALLOW)
		return CDRPC_OK;
	if (facts->policy == CDRPC_REENTRY_QUEUE) {
		/* It would wait in our queue for us, and we for it. */
		return facts->for_the_caller && !facts->same_causality ? CDRPC_E_WOULD_DEADLOCK : CDRPC_OK;
	}
	return facts->for_the_caller ? CDRPC_E_WOULD_DEADLOCK : CDRPC_E_BUSY;
}

bool
reentry_run_now(const struct reentry_facts *facts)
{
	if (!facts->waiting || facts->policy == CDRPC_REENTRY_ALLOW)
		return true;
	return facts->policy == CDRPC_REENTRY_QUEUE && facts->same_causality;
}
