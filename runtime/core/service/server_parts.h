/* What server.c and server_run.c share. */
#ifndef CDRPC_CORE_SERVER_PARTS_H
#define CDRPC_CORE_SERVER_PARTS_H

#include "calls/names.h"
#include "session/endpoint.h"

struct cdrpc_server {
	struct drop drop;
	uint32_t runs;                  /* cdrpc_server_run(), inside one another */
	bool dropped;                   /* to be ended when the outermost has returned, or when it does not claim any more */
	bool stop_at_logoff;
	struct logoff *logoff;          /* while it runs */
	struct endpoint *endpoint;      /* of the thread that starts it */
	struct workers *workers;        /* NULL: that thread alone */
	cdrpc_window window;
	uint32_t threads;
	bool exclusive;
	bool claims;                    /* under the endpoint's lock: it asks who else serves under its name, and is not to be freed */
	struct session *holder;         /* a reference; who does */
	bool started;
	struct start_ready ready;       /* to be said when it serves */
	struct endpoint_options options;        /* for the endpoints of the other threads */
	struct cdrpc_env env;
	struct cdrpc_limits limits;
	struct endpoint_hooks hooks;
	char name[CDRPC_NAME_MAX + 1];
};

/* What drop->end() is: frees the server, when neither its loop nor a start is under way. */
void server_end(struct drop *drop);
/* Frees it, a struct cdrpc_server: on the endpoint's thread, or any but a worker's if that has ended. */
void server_free(void *self);

#endif
