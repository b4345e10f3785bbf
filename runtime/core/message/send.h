/* Sending to the peer of a session: from the calling thread, which waits, or by the sender's, which keeps nobody waiting for long. */
#ifndef CDRPC_CORE_SEND_H
#define CDRPC_CORE_SEND_H

#include "base/names.h"
#include "message/outgoing.h"
#include "session/endpoint.h"

/* Gives 'size' bytes, a frame, to the sender's thread, with that long to be taken; job->done and job->wanted are set. Any thread. */
void endpoint_post_bytes(struct session *session, struct sender_job *job, const void *bytes, size_t size, uint32_t timeout_ms);
/*
 * Whether a frame of that thread's is to be posted once more, which is harmless: what was taken is refused, or passed over, when it comes
 * again. It had no answer, there is time left until 'until_us', a point of awake_us(), the session has not ended, and the peer may take it
 * later: it was the time that was too short, and not a failure that comes at once and would again; or the peer counts as hung, which
 * passes, and the thread has waited for it.
 */
bool endpoint_posts_again(const struct session *session, const struct sender_job *job, const struct send_outcome *outcome,
			  uint64_t until_us);
/* After each send of that thread. */
void endpoint_blame(const struct session *session, const struct send_outcome *outcome, bool of_handshake);

/* Keeps a job that the peer has not taken in a list of the session's, which is under the endpoint's lock, until it is told again. False: the
 * session has ended, and nobody will look there any more. Any thread. */
bool endpoint_park(struct session *session, struct sender_job **list, struct sender_job *job);
/* Empties the list, and returns what was in it. Any thread. */
struct sender_job *endpoint_unpark(struct session *session, struct sender_job **list);

/* Gives the outgoing frame, which is sealed, to the sender's thread, with that many milliseconds to be taken. Any thread. Consumes it. */
void outgoing_post(struct outgoing *outgoing, uint32_t timeout_ms);

/* Sends from the calling thread, and waits. The outcome is not yet settled: outgoing_conclude(). */
void outgoing_send(struct outgoing *outgoing, uint32_t timeout_ms, struct send_outcome *ret_outcome);

/* Tells the peer that the session is over, and waits for that long at most. It does so by itself where that does not arrive: it sees that the
 * process or the window is gone. */
void send_close(struct session *session, uint32_t timeout_ms);

#endif
