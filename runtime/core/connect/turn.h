/* Whom a process waits for whose turn it is not. */
#ifndef CDRPC_CORE_TURN_H
#define CDRPC_CORE_TURN_H

#include "calls/names.h"
#include "session/endpoint.h"

/*
 * Whether the turn that was waited for in vain is to be waited for: as long as somebody has it whom we believe, and until 2 seconds after
 * that, for whoever gets it next has no window at once. A mutex says nothing of who has it, and anybody may have made it. *seen_us, of
 * awake_us(), is when somebody was seen to have it; at first when the wait began.
 */
bool turn_is_held(const struct endpoint *endpoint, enum turn_kind kind, const char *service, uint64_t *seen_us);

#endif
