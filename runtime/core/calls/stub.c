/* What a generated client calls. */
#include <string.h>

#include "base/deadline.h"
#include "base/pool.h"
#include "calls/call.h"
#include "calls/mistakes.h"
#include "calls/pending.h"
#include "session/client.h"
#include "wire/writer.h"

void
cdrpc_client_set_timeout(struct cdrpc_client *client, uint32_t timeout_ms)
{
	atomic_u32_store(&client->timeout_forced_ms, timeout_ms);
}

static uint32_t
timeout_of(const struct cdrpc_client *client, const struct cdrpc_interface *iface, const struct cdrpc_method *method)
{
	uint32_t forced_ms = atomic_u32_load(&client->timeout_forced_ms);

	if (forced_ms)
		return forced_ms;
	if (method->timeout_ms)
		return method->timeout_ms;
	return iface->timeout_ms ? iface->timeout_ms : client->timeout_ms;
}

/* Why a call of this method cannot be begun; OK if it can. */
static cdrpc_status
obstacle(struct cdrpc_client *client, const struct cdrpc_interface *iface, const struct cdrpc_method *method)
{
	cdrpc_status status = client_check(client);
	uint16_t version;

	if (status != CDRPC_OK)
		return status;
	version = session_interface_version(client->session, iface->id);
	if (version == 0)
		return CDRPC_E_NO_INTERFACE;
	return version < method->since ? CDRPC_E_VERSION : CDRPC_OK;
}

void
cdrpc_request_begin(struct cdrpc_writer *w, struct cdrpc_client *client, const struct cdrpc_interface *iface,
		    uint32_t index)
{
	const struct cdrpc_method *method = &iface->methods[index];
	struct outgoing *outgoing = NULL;
	cdrpc_status status;

	status = obstacle(client, iface, method);
	if (status != CDRPC_OK)
		mistake_in_calling(client, iface, method, status);
	else
		status = outgoing_new(client->session, FRAME_REQUEST, method, &outgoing);
	if (status != CDRPC_OK) {
		writer_fail(w, status);
		return;
	}
	outgoing->client = client;
	outgoing->buffers = &client->buffers;
	outgoing->iface = iface;
	outgoing->frame.interface_id = iface->id;
	outgoing->frame.interface_version = iface->version;
	outgoing->frame.method = method->ordinal;
	outgoing_writer(outgoing, w);
}

static void
trace(const struct cdrpc_pending *pending)
{
	const struct cdrpc_client *client = pending->client;
	/* A program of a newer cdrpc.h finds 0 in what this library does not know. */
	union {
		struct cdrpc_call_trace call;
		unsigned char all[CDRPC_STRUCT_MAX];
	} given;

	if (!client || !client->trace)
		return;
	memset(&given, 0, sizeof given);
	given.call.txn = pending->txn;
	given.call.interface_name = pending->iface->name;
	given.call.method_name = pending->method->name;
	given.call.request_route = pending->request_route;
	given.call.reply_route = pending->reply_route;
	given.call.request_bytes = pending->request_bytes;
	given.call.reply_bytes = pending->incoming ? incoming_bytes(pending->incoming) : 0;
	given.call.elapsed_us = (uint32_t)(clock_us() - pending->started_us);
	given.call.status = pending->status;
	if (!atomic_bool_load(&client->freed))
		client->trace(client->trace_self, &given.call);
}

/* *ret_pending is set in any case in which a frame went out. */
cdrpc_status
cdrpc_request_send(struct cdrpc_writer *w, struct cdrpc_pending **ret_pending)
{
	struct outgoing *outgoing = (struct outgoing *)w->target;
	struct cdrpc_pending *pending = NULL;
	cdrpc_status status = w->status;

	/* It could not be begun. */
	if (!outgoing)
		return status;
	if (status == CDRPC_OK)
		status = pending_new(outgoing->session,
				     deadline_in(timeout_of(outgoing->client, outgoing->iface, outgoing->method)), &pending);
	if (status == CDRPC_OK)
		status = outgoing_seal(outgoing, w);
	if (status == CDRPC_OK) {
		pending->client = client_ref(outgoing->client);
		pending->iface = outgoing->iface;
		pending->method = outgoing->method;
		call_causality(outgoing->session->endpoint, &pending->causality);
		pending_send(pending, outgoing);
		*ret_pending = pending;
	} else {
		outgoing_tell(outgoing, w, status);
		pending_free(pending);
	}
	outgoing_free(outgoing);
	return status;
}

/* The thread may never be in a loop: here it looks at what others have freed of its own. */
static void
end(struct cdrpc_pending *pending)
{
	struct endpoint *endpoint = endpoint_ref(pending->session->endpoint);
	struct session *session = pending->session;

	/* Its status has said why. */
	if (session_state(session) == SESSION_ENDED && pending->status == session->end_status && session->opener)
		session->opener->why_known = true;
	pending_free(pending);
	endpoint_end_drops_here(endpoint);
	endpoint_unref(endpoint);
}

cdrpc_status
cdrpc_oneway_send(struct cdrpc_writer *w)
{
	struct cdrpc_pending *pending = NULL;
	cdrpc_status status;

	status = cdrpc_request_send(w, &pending);
	if (status != CDRPC_OK)
		return status;
	/* In pieces it is the server's only when that has all of them. */
	if (pending->request_route == CDRPC_ROUTE_CHUNKS)
		pending_wait(pending);
	if (!pending->done)
		pending_finish(pending, CDRPC_OK);
	pending->reply_route = CDRPC_ROUTE_NONE;
	status = pending->status;
	trace(pending);
	end(pending);
	return status;
}

void
cdrpc_reply_begin(struct cdrpc_reader *r, struct cdrpc_pending *pending, const struct cdrpc_method *method, struct cdrpc_reply *reply)
{
	cdrpc_status status = pending_obstacle(pending, method);

	cdrpc_reader_init(r, NULL, NULL, 0, NULL, 0);
	if (status != CDRPC_OK) {
		cdrpc_read_fail(r, status);
		return;
	}
	pending_wait(pending);
	trace(pending);
	pending->reply = reply;
	if (pending->incoming)
		incoming_reader(pending->incoming, r);
	r->target = pending;
	if (pending->status != CDRPC_OK)
		cdrpc_read_fail(r, pending->status);
	if (reply)
		cdrpc_reply_free(reply);
}

bool
cdrpc_reply_good(struct cdrpc_reader *r)
{
	return cdrpc_reader_end(r) == CDRPC_OK;
}

cdrpc_status
cdrpc_reply_end(struct cdrpc_reader *r)
{
	struct cdrpc_pending *pending = (struct cdrpc_pending *)r->target;
	cdrpc_status status = cdrpc_reader_end(r);

	if (!pending)
		return status;
	if (status == CDRPC_OK && pending->reply) {
		pending->reply->held = pending->incoming;
		if (pending->incoming)
			pool_hold(pending->incoming->pool);
		pending->incoming = NULL;
	}
	if (status == CDRPC_E_DECODE || status == CDRPC_E_BAD_REQUEST || status == CDRPC_E_TOO_LARGE)
		mistake_in_reply(pending, r);
	end(pending);
	return status;
}

void
cdrpc_reply_free(struct cdrpc_reply *reply)
{
	struct incoming *incoming = (struct incoming *)reply->held;

	if (!incoming)
		return;
	pool_let_go(incoming->pool);
	incoming_free(incoming);
	reply->held = NULL;
}

cdrpc_handle
cdrpc_reply_take(struct cdrpc_reply *reply, cdrpc_handle handle)
{
	return incoming_take((struct incoming *)reply->held, handle);
}
