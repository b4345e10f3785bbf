/* How a call is answered: by the value of the message that brought it, or by a REPLY frame. */
#ifndef CDRPC_CORE_ANSWER_H
#define CDRPC_CORE_ANSWER_H

#include "calls/call.h"

/* The handler has returned 'status' and has not kept the call: answers with it, unless a reply function has answered. */
void answer_after_handler(struct cdrpc_call *call, cdrpc_status status);

/* Ends a kept call whose time is over. It stays its keeper's, whose answer comes too late then: E_STATE. */
void answer_abandoned(struct cdrpc_call *call);

/* Answers a call that was claimed with a status, by the sender's thread. It takes no memory, and cannot fail. Any thread. */
void answer_bare(struct cdrpc_call *call, cdrpc_status status);

#endif
