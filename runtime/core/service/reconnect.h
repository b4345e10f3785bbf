/*
 * The end of a client's session, and the session after it: who is told, and when and how another one is opened. The client's thread.
 *
 *	session_end -> bell: disconnected() -> a try, now and after each pause -> reconnected() -> events of the new session
 *
 * The application is told from its message loop alone. A thread that has none learns by a call that the session has ended, and opens
 * another with its next one.
 */
#ifndef CDRPC_CORE_RECONNECT_H
#define CDRPC_CORE_RECONNECT_H

#include "calls/names.h"
#include "session/client.h"
#include "session/policy.h"

struct reconnect;

/* Notes down what it takes, if the options ask for any of it: from here on the end of client->session is seen to. NOMEM. */
cdrpc_status reconnect_new(struct cdrpc_client *client, const char *service, const struct cdrpc_client_options *options);
/* Nobody is told any more, and no other session is opened. One that is being opened just now is ended by whoever opens it. */
void reconnect_forget(struct cdrpc_client *client);

/* Whether the end of the session is to be seen to, and so to be noticed. */
bool reconnect_watches(const struct session *session);
/* For a call of a client whose session has ended: OK if it has another one now; else why the first has ended. CLOSED: the client may
 * have been freed meanwhile. */
cdrpc_status reconnect_for_call(struct cdrpc_client *client);
/* From the bell: tells what there is to tell, and tries once if it is time. */
void reconnect_run(struct endpoint *endpoint);
/* When the next try is due; UINT64_MAX: none is. */
uint64_t reconnect_due(const struct endpoint *endpoint);

#endif
