/*
 * Asking what became of a frame that nobody answered: RELEASE. Its handles are the peer's if it has seen the frame, ours to take
 * back if it has not, and nobody knows while the peer does not answer this either. So the question is kept, and put again when
 * the peer shows that it lives; it ends with the session at the latest.
 */
#ifndef CDRPC_CORE_RECLAIM_H
#define CDRPC_CORE_RECLAIM_H

#include "base/names.h"
#include "message/outgoing.h"

/* Takes over what the outgoing frame has of handles, and asks through the sender's thread. Any thread. */
void reclaim_post(struct outgoing *outgoing);
/* The peer has just sent something. The owner's thread. */
void reclaim_resume(struct session *session);
/* The session has ended. */
void reclaim_drop(struct session *session);

#endif
