/* A client: this side's right to call what the peer of a session serves. Its making and ending is in service/client.c. */
#ifndef CDRPC_CORE_CLIENT_H
#define CDRPC_CORE_CLIENT_H

#include "base/names.h"
#include "session/endpoint.h"

struct reconnect;

struct cdrpc_client {
	struct drop drop;
	struct atomic_u32 refs;         /* its owner's, and one of each pending call and listener */
	struct atomic_bool freed;       /* by any thread: nothing of its user's is called any more */
	struct endpoint *endpoint;      /* a reference */
	struct session *session;        /* a reference; NULL while it is being opened */
	bool owns_endpoint;             /* else it is a server's */
	bool owns_session;              /* else it is the peer's, who opened it */
	uint32_t send_timeout_ms;       /* 0: as long as the call has */
	bool wait_while_hung;           /* a server that counts as hung is waited for as any other */
	uint32_t timeout_ms;            /* of methods that state none */
	struct atomic_u32 timeout_forced_ms;    /* of all; 0: not set */
	void (*trace)(void *self, const struct cdrpc_call_trace *call);
	void *trace_self;
	struct buffer *buffers;         /* those that a request has been given, or will be: see calls/request_buffer.c */
	uint32_t buffer_count;          /* the program's, until it frees them; on the endpoint's thread */
	void (*event_lost)(void *self, const char *interface_name, const char *event_name);
	void *event_lost_self;
	struct reconnect *reconnect;    /* what becomes of it when its session ends, see service/reconnect.h; NULL: nothing */
	bool why_known;                 /* since its session has ended, the application has been told of that */
};

struct cdrpc_client *client_ref(struct cdrpc_client *client);
void client_unref(struct cdrpc_client *client); /* NULL is fine */

/* Why nothing can be called: the wrong thread, or no session; OK: client->session is open, which may be another one than before.
 * CLOSED: the client may have been freed meanwhile. */
cdrpc_status client_check(struct cdrpc_client *client);

#endif
