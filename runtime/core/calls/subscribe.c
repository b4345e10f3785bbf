/* The built-in interface cdrpc.Session, by which one side subscribes to events of the other: both ends of its method. */
#include "base/deadline.h"
#include "base/env.h"
#include "calls/call.h"
#include "calls/pending.h"
#include "calls/serve.h"
#include "events/events.h"
#include "session/client.h"
#include "session/endpoint.h"

static cdrpc_status
serve_listen(struct cdrpc_call *call, const void *handlers, void *self)
{
	struct session *session = call->session;
	struct subscription *subscriptions;
	struct cdrpc_reader r;
	uint32_t kept = 0, count, i;
	uint64_t iface;
	cdrpc_status status;

	(void)handlers;
	(void)self;
	cdrpc_call_inputs(&r, call);
	iface = cdrpc_read_u64(&r);
	count = cdrpc_read_count(&r, EVENTS_SUBSCRIPTIONS_MAX, 2);
	for (i = 0; i < session->events->subscription_count; i++)
		kept += session->events->subscriptions[i].iface != iface;
	if (kept + count > EVENTS_SUBSCRIPTIONS_MAX)
		return CDRPC_E_REMOTE_LIMIT;
	subscriptions = env_alloc(&session->endpoint->env, (kept + count + 1) * sizeof *subscriptions);
	if (!subscriptions)
		return CDRPC_E_REMOTE_NOMEM;
	kept = 0;
	for (i = 0; i < session->events->subscription_count; i++) {
		if (session->events->subscriptions[i].iface != iface)
			subscriptions[kept++] = session->events->subscriptions[i];
	}
	for (i = 0; i < count; i++) {
		subscriptions[kept].iface = iface;
		subscriptions[kept++].ordinal = cdrpc_read_u16(&r);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK) {
		env_free(&session->endpoint->env, subscriptions);
		return status;
	}
	env_free(&session->endpoint->env, session->events->subscriptions);
	session->events->subscriptions = subscriptions;
	session->events->subscription_count = kept;
	return CDRPC_OK;
}

static cdrpc_skeleton *const skeletons[] = { serve_listen, NULL };
const struct service session_service = { &events_interface, skeletons, NULL, NULL };

/* Tells the other side which events of the interface it is to send from now on. */
static cdrpc_status
subscribe(struct cdrpc_client *client, const struct cdrpc_interface *iface, const struct cdrpc_event_entry *entries,
	  uint32_t count)
{
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_writer w;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint32_t i, wanted = 0;

	for (i = 0; i < count; i++)
		wanted += entries[i].wanted;
	cdrpc_request_begin(&w, client, &events_interface, 0);
	do {
		cdrpc_write_u64(&w, iface->id);
		cdrpc_write_u32(&w, wanted);
		for (i = 0; i < count; i++) {
			if (entries[i].wanted)
				cdrpc_write_u16(&w, iface->methods[entries[i].index].ordinal);
		}
	} while (cdrpc_write_again(&w));
	status = cdrpc_request_send(&w, &pending);
	if (status != CDRPC_OK)
		return status;
	cdrpc_reply_begin(&r, pending, &events_interface.methods[0], NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
cdrpc_client_listen(struct cdrpc_client *client, const struct cdrpc_interface *iface, const struct cdrpc_event_entry *entries,
		    uint32_t entry_count, const void *events, size_t size, void *self)
{
	struct listener what = {
		.iface = iface, .entries = entries, .count = events ? entry_count : 0, .events = events, .self = self,
	};
	struct endpoint *endpoint = client->endpoint;
	struct listener *listener = NULL;
	struct session *session;
	cdrpc_status status;

	if (!endpoint_on_thread(endpoint))
		return endpoint_wrong_thread(endpoint, iface->name, "listen");
	/* Nor in the session after this one, if there will be one. */
	if (!events && session_state(client->session) == SESSION_ENDED)
		listener_drop(client->session, iface->id);
	status = client_check(client);
	if (status == CDRPC_OK)
		status = listener_new(client, &what, events ? size : 0, &listener);
	if (status != CDRPC_OK)
		return status;
	/* The client may be freed while it subscribes. */
	session = session_ref(client->session);
	status = subscribe(client, iface, entries, what.count);
	/* Events of the new subscription run from the bell, hence not before this. */
	if (status == CDRPC_OK)
		listener_put(session, listener);
	else
		listener_free(&endpoint->env, listener);
	session_unref(session);
	return status;
}

static struct listener *
next_to_subscribe(const struct session *session, const struct cdrpc_client *client)
{
	struct listener *listener = session->events->listeners;

	while (listener && (listener->client != client || listener->subscribed))
		listener = listener->next;
	return listener;
}

/* Whether the last listener that was subscribed is still there: a message that was handled meanwhile may have ended the listening. */
static bool
still_listens(const struct session *session, uint64_t iface)
{
	const struct listener *listener = session->events->listeners;

	while (listener && listener->iface->id != iface)
		listener = listener->next;
	return listener != NULL;
}

static cdrpc_status
subscribe_one(struct cdrpc_client *caller, const struct session *from, struct listener *listener, uint64_t until_us)
{
	const struct cdrpc_interface *iface = listener->iface;
	uint32_t rest_ms = deadline_rest_ms(until_us);
	cdrpc_status status;

	listener->subscribed = true;
	if (rest_ms == 0)
		return CDRPC_E_TIMEOUT;
	cdrpc_client_set_timeout(caller, rest_ms);
	status = subscribe(caller, iface, listener->entries, listener->count);
	if (status_is_remote(status))
		env_log(&from->endpoint->env, CDRPC_LOG_WARNING, "not connected again: the server has refused the subscription to %s: %s",
			iface->name, cdrpc_status_name(status));
	/* The next try is made without it. */
	return status == CDRPC_OK && !still_listens(from, iface->id) ? CDRPC_E_CANCELLED : status;
}

cdrpc_status
subscribe_anew(struct cdrpc_client *client, struct session *to, uint64_t until_us)
{
	/* Calls of the client itself have no session yet. */
	struct cdrpc_client caller = { .endpoint = to->endpoint, .session = to };
	struct session *from = session_ref(client->session);
	cdrpc_status status = CDRPC_OK;
	struct listener *listener;

	atomic_u32_store(&caller.refs, 1);
	for (listener = from->events->listeners; listener; listener = listener->next)
		listener->subscribed = false;
	while (status == CDRPC_OK && (listener = next_to_subscribe(from, client)) != NULL)
		status = subscribe_one(&caller, from, listener, until_us);
	/* All at once: until then they are where whoever stops listening, or frees the client, looks for them. */
	while (status == CDRPC_OK && (listener = listener_take(from, client)) != NULL)
		listener_put(to, listener);
	session_unref(from);
	return status;
}
