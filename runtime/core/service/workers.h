/* The threads of one service: making them, stopping them, waiting for them. What they leave for each other is in session/mail.h. */
#ifndef CDRPC_CORE_WORKERS_H
#define CDRPC_CORE_WORKERS_H

#include "calls/names.h"
#include "session/endpoint.h"
#include "session/mail.h"

/* 'first' is of the calling thread and open already; 'make' makes the endpoints of the others, which are opened on threads of
 * their own. The limits are each endpoint's. */
cdrpc_status workers_new(struct endpoint *first, uint32_t count, const char *service,
			 cdrpc_status (*make)(void *self, struct endpoint **ret_endpoint), void *self,
			 struct workers **ret_workers);
/* Stops the other threads and waits for them. NULL is fine. */
void workers_free(struct workers *workers);

/* The endpoint of the calling thread; NULL: it has none. */
struct endpoint *workers_own(struct workers *workers);
/* stop_begin() for each. Any thread. */
void workers_stop(struct workers *workers, bool at_once);
/* Waits for the other threads to end, until then at most. On that of the first. */
void workers_await(struct workers *workers, uint64_t until_us);

#endif
