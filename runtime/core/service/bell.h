/* What an endpoint does when its bell rings: everything that must not be done inside a sent message. */
#ifndef CDRPC_CORE_BELL_H
#define CDRPC_CORE_BELL_H

#include "session/endpoint.h"

/* For struct port_options. */
void endpoint_bell(void *owner);

/* Tells the application of sessions that have ended, and lets go of them. */
void bell_bury(struct endpoint *endpoint, bool all);

#endif
