/* An endpoint as a whole: what comes, and what becomes of it, in the rooms above the session's. */
#ifndef CDRPC_CORE_DISPATCH_H
#define CDRPC_CORE_DISPATCH_H

#include "calls/names.h"
#include "session/endpoint.h"

/* endpoint_new(), served from above, and with the built-in interface. 'options' may leave out 'up'. */
cdrpc_status dispatch_new(const struct endpoint_options *options, struct endpoint **ret_endpoint);
/* Ends all sessions, drops the queue, closes the port, ends what was posted to the server; what other threads still hold stays valid and does nothing. */
void dispatch_shut(struct endpoint *endpoint);

/* ---- bell.c ---- */

/* What an endpoint does when its bell rings: everything that must not be done inside a sent message. For struct port_options. */
void endpoint_bell(void *owner);
/* Tells the application of sessions that have ended, and lets go of them. */
void bell_bury(struct endpoint *endpoint, bool all);

#endif
