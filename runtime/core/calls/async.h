/* What happens by itself on an endpoint's thread: completions of calls that nobody waits for, and deadlines. */
#ifndef CDRPC_CORE_ASYNC_H
#define CDRPC_CORE_ASYNC_H

#include "session/endpoint.h"

/* From the bell: cancels what other threads have. */
void async_cancel_wanted(struct endpoint *endpoint);
/* From the bell: tells of what is complete, ends what is overdue, and sees to the next time. */
void async_due(struct endpoint *endpoint);

#endif
