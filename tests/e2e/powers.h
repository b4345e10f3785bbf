/* A session whose sides are told whether they may duplicate handles. The server is a helper, the client is this process. */
#ifndef CDRPC_TESTS_POWERS_H
#define CDRPC_TESTS_POWERS_H

#include "service.h"

/* The server's name: the starter's process id is part of it. */
void powers_name(DWORD process_id, char ret_name[CDRPC_NAME_MAX + 1]);
/* Serves until a session has ended. 'handlers' get the starter for 'self'; NULL: no interface. 'started' is called when it serves, before the
 * starter hears of it; NULL: nothing. */
int powers_serve(struct proc *starter, bool may, const struct echo_handlers *handlers, void (*started)(void));
/* For echo's send(). */
cdrpc_status powers_on_send(struct cdrpc_call *call, void *self, struct cdrpc_bytes data);

/* Starts the helper "powerful" or "powerless", and waits until it serves. */
struct proc *powers_start(bool may);
void powers_connect(bool may, const struct cdrpc_client_options *options, struct cdrpc_client **ret_client);
void powers_end(struct proc *helper, struct cdrpc_client *client);

#endif
