/* A server of version 1. The two headers describe the same module, so this one has a file to itself. */
#include "service_old.h"

#include "echo_old.h"

static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	return old_echo_add_reply(call, a + b);
}

cdrpc_status
service_serve_old(struct cdrpc_server *server)
{
	static const struct old_echo_handlers handlers = { .add = on_add };

	return old_echo_serve(server, &handlers, NULL);
}
