/* Who serves under a name already, for a server that is to be the only one. */
#ifndef CDRPC_CORE_HOLDER_H
#define CDRPC_CORE_HOLDER_H

#include "calls/names.h"
#include "session/session.h"

/*
 * Whoever counts proves by a handshake that his window is served, or refuses ours by anything but STOPPING. He is of our user and not below
 * our integrity level. 'endpoint' is one that nobody finds. On success *ret_holder is a reference to a session that has ended, which tells
 * who he is, and keeps his process from having its number used again. NOT_FOUND: nobody counts; one that did not answer was asked for 15
 * seconds, for 5 if it counts as hung. NOMEM, OS.
 */
cdrpc_status holder_find(struct endpoint *endpoint, const char *service, struct session **ret_holder);

#endif
