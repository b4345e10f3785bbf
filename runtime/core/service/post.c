/* What other threads have a server's or a client's thread run: the public side of session/posts.h. */
#include "base/env.h"
#include "service/server_parts.h"
#include "session/client.h"

static cdrpc_status
post_by(struct endpoint *endpoint, const struct cdrpc_client *client, const char *function, cdrpc_post *fn, void *arg)
{
	if (fn)
		return posts_add(endpoint, client, fn, arg);
	env_log(&endpoint->env, CDRPC_LOG_ERROR, "%s: no function", function);
	return CDRPC_E_ARGUMENT;
}

cdrpc_status
cdrpc_server_post(struct cdrpc_server *server, cdrpc_post *fn, void *arg)
{
	cdrpc_status status = post_by(server->endpoint, NULL, "cdrpc_server_post", fn, arg);

	if (status == CDRPC_E_STATE)
		env_log(&server->env, CDRPC_LOG_ERROR, "cdrpc_server_post: the server has not been started");
	return status;
}

cdrpc_status
cdrpc_client_post(struct cdrpc_client *client, cdrpc_post *fn, void *arg)
{
	return post_by(client->endpoint, client, "cdrpc_client_post", fn, arg);
}
