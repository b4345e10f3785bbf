/* The listening side of events: what has come, and the listeners that it is given to. */
#include <string.h>

#include "base/env.h"
#include "events/events.h"
#include "message/incoming.h"
#include "session/client.h"
#include "session/report.h"
#include "session/resident.h"
#include "session/trace.h"

void
listener_free(const struct cdrpc_env *env, struct listener *listener)
{
	if (!listener)
		return;
	client_unref(listener->client);
	env_free(env, (void *)listener->entries);
	env_free(env, (void *)listener->events);
	env_free(env, listener);
}

static struct listener **
listener_of(struct session *session, uint64_t iface)
{
	struct listener **at = &session->events->listeners;

	while (*at && (*at)->iface->id != iface)
		at = &(*at)->next;
	return at;
}

static void *
copy(const struct cdrpc_env *env, const void *from, size_t size)
{
	void *to = env_alloc(env, size ? size : 1);

	if (to && size)
		memcpy(to, from, size);
	return to;
}

cdrpc_status
listener_new(struct cdrpc_client *client, const struct listener *what, size_t size, struct listener **ret_listener)
{
	const struct cdrpc_env *env = &client->endpoint->env;
	struct listener *listener = env_alloc(env, sizeof *listener);

	if (!listener)
		return CDRPC_E_NOMEM;
	*listener = *what;
	listener->client = client_ref(client);
	listener->entries = copy(env, what->entries, what->count * sizeof *what->entries);
	listener->events = copy(env, what->events, size);
	if (!listener->entries || !listener->events) {
		listener_free(env, listener);
		return CDRPC_E_NOMEM;
	}
	*ret_listener = listener;
	return CDRPC_OK;
}

void
listener_put(struct session *session, struct listener *listener)
{
	struct listener **at = listener_of(session, listener->iface->id), *old = *at;

	listener->next = old ? old->next : NULL;
	*at = listener;
	listener_free(&session->endpoint->env, old);
}

void
listener_drop(struct session *session, uint64_t iface)
{
	struct listener **at = listener_of(session, iface), *listener = *at;

	if (!listener)
		return;
	*at = listener->next;
	listener_free(&session->endpoint->env, listener);
}

struct listener *
listener_take(struct session *session, const struct cdrpc_client *client)
{
	struct listener **at = &session->events->listeners, *listener;

	while (*at && (*at)->client != client)
		at = &(*at)->next;
	listener = *at;
	if (listener)
		*at = listener->next;
	return listener;
}

/* Last before the application's function: reading takes time, in which another thread may free the client. */
bool
cdrpc_event_end(struct cdrpc_reader *r)
{
	const struct cdrpc_client *client = (const struct cdrpc_client *)r->target;

	return cdrpc_reader_end(r) == CDRPC_OK && !atomic_bool_load(&client->freed);
}

/* "Lost" of cdrpc.Session: which subscription has ended because this side was too slow. */
static void
lost(struct session *session, struct incoming *incoming)
{
	const struct endpoint *endpoint = session->endpoint;
	const struct cdrpc_interface *iface;
	const struct listener *listener;
	struct cdrpc_client *client;
	struct cdrpc_reader r;
	uint16_t ordinal;
	uint32_t index;

	incoming_reader(incoming, &r);
	listener = *listener_of(session, cdrpc_read_u64(&r));
	ordinal = cdrpc_read_u16(&r);
	if (cdrpc_reader_end(&r) != CDRPC_OK || !listener)
		return;
	iface = listener->iface;
	index = registry_method(iface, ordinal);
	if (index == iface->method_count)
		return;
	client = session->opener ? client_ref(session->opener) : NULL;
	env_log(&endpoint->env, CDRPC_LOG_WARNING, "%s.%s: this side was too slow for this event, and is not subscribed to it any more: listeners "
		"run in the thread's message loop, which has to come sooner", iface->name, iface->methods[index].name);
	/* The log is the application's, and may take as long as another thread needs to free the client. */
	if (client && client->event_lost && !atomic_bool_load(&client->freed))
		client->event_lost(client->event_lost_self, iface->name, iface->methods[index].name);
	client_unref(client);
}

static void
run_listener(struct session *session, uint64_t iface, uint16_t ordinal, struct incoming *incoming)
{
	const struct listener *listener = *listener_of(session, iface);
	const struct cdrpc_interface *about;
	const struct cdrpc_method *method;
	struct cdrpc_reader r;
	uint32_t i;

	if (iface == events_interface.id) {
		lost(session, incoming);
		return;
	}
	for (i = 0; listener && i < listener->count; i++) {
		if (listener->iface->methods[listener->entries[i].index].ordinal != ordinal)
			continue;
		incoming_reader(incoming, &r);
		r.target = listener->client;
		/* The listener may be gone after it. */
		about = listener->iface;
		method = &about->methods[listener->entries[i].index];
		listener->entries[i].sink(&r, listener->events, listener->self);
		if (r.status != CDRPC_OK)
			report_unreadable(&(struct report){ &session->endpoint->env, about, method, false, session->peer.facts.process_id },
					  &r, incoming->body, incoming->body_size);
		return;
	}
}

uint32_t
events_receive(struct session *session, const struct frame *frame, const void *bytes)
{
	const struct endpoint *endpoint = session->endpoint;
	uint32_t most = endpoint->limits.events_max, count = 0;
	struct event *event, **last;
	cdrpc_status status;

	/* Whoever sends events keeps to the inline limit, by whichever route they go. */
	if (session_state(session) != SESSION_OPEN || (uint64_t)frame->body_size + frame->blob_size > endpoint->limits.inline_max)
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	for (last = &session->events->arrived; *last; last = &(*last)->next)
		count++;
	/* There is room for the word that there was none. */
	if (frame->interface_id == events_interface.id)
		most += EVENTS_SUBSCRIPTIONS_MAX;
	if (count >= most || !port_ring(endpoint->port))
		return frame_result_refused(CDRPC_E_BUSY);
	event = env_alloc(&endpoint->env, sizeof *event);
	if (!event)
		return frame_result_refused(CDRPC_E_REMOTE_NOMEM);
	*event = (struct event){ .iface = frame->interface_id, .ordinal = frame->method };
	status = incoming_new(session, frame, &(struct arrival){ .bytes = bytes }, NULL, &event->incoming);
	if (status != CDRPC_OK) {
		env_free(&endpoint->env, event);
		return frame_result_refused(status);
	}
	*last = event;
	return FRAME_RESULT_ACCEPTED;
}

bool
events_waiting(const struct session *session)
{
	const struct resident *resident = session->resident;

	if (session->events->held)
		return false;
	if (session->events->arrived)
		return true;
	return resident && resident->ready &&
	       (atomic_u32_load(&resident->own->event_bell) || !ring_is_empty(&resident->ring_in));
}

static void
run_messages(struct session *session)
{
	struct event *event;

	/* A listener may end the session, and hears no more then. */
	while (session_state(session) == SESSION_OPEN && (event = session->events->arrived) != NULL) {
		session->events->arrived = event->next;
		run_listener(session, event->iface, event->ordinal, event->incoming);
		incoming_free(event->incoming);
		env_free(&session->endpoint->env, event);
	}
}

/* A frame in the peer's memory, copied before it is looked at. NULL: it is no event, or there is no memory. */
static struct incoming *
take_event(struct session *session, const uint8_t *bytes, uint32_t size, struct frame *ret_frame)
{
	struct incoming *incoming = NULL;

	if (frame_decode(bytes, size, ret_frame) == CDRPC_OK && ret_frame->type == FRAME_EVENT &&
	    ret_frame->route <= FRAME_ROUTE_FRAME)
		incoming_new(session, ret_frame, &(struct arrival){ .bytes = bytes }, NULL, &incoming);
	return incoming;
}

static void
run_taken(struct session *session, const struct frame *frame, struct incoming *incoming)
{
	if (incoming) {
		trace_write(session->endpoint, &(struct trace_line){ .direction = TRACE_IN, .frame = frame,
								     .route = CDRPC_ROUTE_RESIDENT });
		run_listener(session, frame->interface_id, frame->method, incoming);
	}
	incoming_free(incoming);
}

static void
run_latest(struct session *session)
{
	const struct resident *resident = session->resident;
	struct slot_view view;
	struct incoming *incoming;
	struct frame frame;
	uint32_t at = 0;

	while (session_state(session) == SESSION_OPEN && slots_next(&resident->reader, SLOT_BY_BELL, &at, &view)) {
		incoming = take_event(session, view.bytes, view.size, &frame);
		slots_free(&resident->reader, &view);
		run_taken(session, &frame, incoming);
	}
}

static void
run_ring(struct session *session)
{
	struct resident *resident = session->resident;
	struct incoming *incoming;
	struct frame frame;
	const uint8_t *bytes;
	uint32_t size, count;

	if (!resident || !resident->ready || session_state(session) != SESSION_OPEN)
		return;
	/* From here on the peer rings again for what it puts there. */
	atomic_u32_store(&resident->own->event_bell, 0);
	for (count = 0; count < RING_ENTRIES_MAX && ring_get(&resident->ring_in, &bytes, &size); count++) {
		incoming = take_event(session, bytes, size, &frame);
		ring_next(&resident->ring_in, size);
		run_taken(session, &frame, incoming);
		if (session_state(session) != SESSION_OPEN)
			return;
	}
	run_latest(session);
	if (session_state(session) == SESSION_OPEN && !ring_is_empty(&resident->ring_in))
		port_ring(session->endpoint->port);
}

void
events_run(struct session *session)
{
	if (session->events->held)
		return;
	session->events->ran = true;
	run_messages(session);
	run_ring(session);
}

void
events_forget(struct session *session, const struct cdrpc_client *client)
{
	struct listener *listener;

	while ((listener = listener_take(session, client)) != NULL)
		listener_free(&session->endpoint->env, listener);
}

void
events_done(struct session *session)
{
	const struct cdrpc_env *env = &session->endpoint->env;
	struct listener *listener;
	struct event *event;

	while ((listener = session->events->listeners) != NULL) {
		session->events->listeners = listener->next;
		listener_free(env, listener);
	}
	while ((event = session->events->arrived) != NULL) {
		session->events->arrived = event->next;
		incoming_free(event->incoming);
		env_free(env, event);
	}
	env_free(env, session->events->subscriptions);
}
