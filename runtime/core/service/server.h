#ifndef CDRPC_CORE_SERVER_H
#define CDRPC_CORE_SERVER_H

#include "calls/names.h"
#include "session/endpoint.h"

/* cdrpc_server_new() with facts in place of what the system says. */
cdrpc_status server_new(const char *name, const struct cdrpc_server_options *options, const struct endpoint_hooks *hooks,
			struct cdrpc_server **ret_server);

/* cdrpc_server_start() where it is known that nobody else has the name, which the server is to have; else E_ARGUMENT. */
cdrpc_status server_start_claimed(struct cdrpc_server *server, const char *name);

/* The endpoint of a started server, for a client that shares it: a reference. E_STATE, E_WRONG_THREAD, which the log is told of this function. */
cdrpc_status server_endpoint(struct cdrpc_server *server, const char *function, struct endpoint **ret_endpoint);

/* cdrpc_client_connect() with facts in place of what the system says. */
cdrpc_status client_connect(const char *name, const struct cdrpc_client_options *options, const struct endpoint_hooks *hooks,
			    struct cdrpc_client **ret_client);

#endif
