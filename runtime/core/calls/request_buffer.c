/*
 * A program's handle on memory for what it is going to send. It is the program's until it is freed; what it stands for is in message/buffer.h,
 * and is gone once it was sent. Given to a request it is in the client's list, where outgoing_seal() looks.
 */
#include <string.h>

#include "base/env.h"
#include "message/buffer.h"
#include "session/client.h"

struct cdrpc_buffer {
	struct drop drop;               /* first */
	struct cdrpc_client *client;    /* a reference */
	struct session *session;        /* a reference: the memory stays when the client is freed */
	struct buffer *buffer;          /* NULL: it was sent */
	bool given;                     /* once; it is in the client's list, unless it was sent or the client has ended */
};

/* On the endpoint's thread, or any if that has ended. */
static void
handle_end(struct drop *drop)
{
	struct cdrpc_buffer *handle = (struct cdrpc_buffer *)drop;
	struct endpoint *endpoint = endpoint_ref(handle->session->endpoint);
	struct buffer **at = &handle->client->buffers;

	while (*at && *at != handle->buffer)
		at = &(*at)->next;
	if (*at)
		*at = (*at)->next;
	if (handle->buffer) {
		handle->buffer->next = NULL;
		buffers_free(&handle->buffer);
	}
	handle->client->buffer_count--;
	session_unref(handle->session);
	client_unref(handle->client);
	env_free(&endpoint->env, handle);
	endpoint_unref(endpoint);
}

cdrpc_status
cdrpc_buffer_new(struct cdrpc_client *client, uint32_t size, struct cdrpc_buffer **ret_buffer)
{
	const struct cdrpc_env *env = &client->endpoint->env;
	struct cdrpc_buffer *handle;
	void *data;
	cdrpc_status status = client_check(client);

	if (status == CDRPC_E_WRONG_THREAD)
		endpoint_wrong_thread(client->endpoint, "", "cdrpc_buffer_new");
	if (status != CDRPC_OK)
		return status;
	handle = env_alloc(env, sizeof *handle);
	if (!handle)
		return CDRPC_E_NOMEM;
	memset(handle, 0, sizeof *handle);
	status = buffer_new(client->session, size, false, &handle->buffer, &data);
	if (status != CDRPC_OK) {
		env_free(env, handle);
		return status;
	}
	handle->drop.end = handle_end;
	handle->client = client_ref(client);
	client->buffer_count++;
	handle->session = session_ref(client->session);
	handle->buffer->owner = &handle->buffer;
	*ret_buffer = handle;
	return CDRPC_OK;
}

void *
cdrpc_buffer_data(struct cdrpc_buffer *buffer)
{
	return buffer && buffer->buffer ? buffer->buffer->data : NULL;
}

struct cdrpc_bytes
cdrpc_buffer_send(struct cdrpc_buffer *buffer, uint32_t size)
{
	/* No parameter takes so many, whether it is optional or not. */
	static const uint8_t nothing = 0;
	static const struct cdrpc_bytes refused = { &nothing, UINT32_MAX };
	const struct endpoint *endpoint;
	const char *why = NULL;

	if (!buffer)
		return refused;
	endpoint = buffer->session->endpoint;
	if (endpoint_is_elsewhere(endpoint))
		why = "by another thread than the client's";
	else if (!buffer->buffer)
		why = "it was sent";
	else if (size > buffer->buffer->size)
		why = "it is smaller";
	if (why) {
		env_log(&endpoint->env, CDRPC_LOG_ERROR, "cdrpc_buffer_send, %u bytes: %s", (unsigned int)size, why);
		return refused;
	}
	if (!buffer->given) {
		buffer->buffer->next = buffer->client->buffers;
		buffer->client->buffers = buffer->buffer;
		buffer->given = true;
	}
	return (struct cdrpc_bytes){ buffer->buffer->data, size };
}

void
cdrpc_buffer_free(struct cdrpc_buffer *buffer)
{
	if (buffer)
		endpoint_drop(buffer->session->endpoint, &buffer->drop);
}
