/* Whom a process waits for whose turn it is not. */
#ifndef CDRPC_CORE_TURN_H
#define CDRPC_CORE_TURN_H

#include "base/names.h"
#include "session/endpoint.h"

/*
 * Whether the turn that was waited for in vain, since 'began_us' of awake_us(), is to be waited for: for 2 seconds in any case, then as long
 * as somebody has it whom we believe. A mutex says nothing of who has it, and anybody may have made it.
 */
bool turn_is_held(const struct endpoint *endpoint, enum turn_kind kind, const char *service, uint64_t began_us);

#endif
