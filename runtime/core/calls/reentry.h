/*
 * What happens to a call that arrives while this endpoint waits for an answer itself. Pure; one table of the policy.
 */
#ifndef CDRPC_CORE_REENTRY_H
#define CDRPC_CORE_REENTRY_H

#include "calls/names.h"

#include <cdrpc/cdrpc.h>

struct reentry_facts {
	enum cdrpc_reentry policy;
	bool waiting;                   /* this endpoint waits for an answer */
	bool for_the_caller;            /* one that it waits for is the caller */
	bool stuck;                     /* nothing is run before that has been answered: it waits inside of a message, or too deep */
	bool same_causality;            /* the call is made on behalf of a call of ours that we wait for */
};

/* OK: it is accepted. E_WOULD_DEADLOCK, E_BUSY: it is refused at once. */
cdrpc_status reentry_accept(const struct reentry_facts *facts);
/* Whether an accepted call is run while the endpoint waits, or after. */
bool reentry_run_now(const struct reentry_facts *facts);

#endif
