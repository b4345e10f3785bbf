/* The listening side of events. */
#include <string.h>

#include "base/env.h"
#include "calls/client.h"
#include "events/events.h"
#include "message/inbox.h"
#include "session/resident.h"
#include "session/trace.h"

/* The endpoint lives on: somebody holds it besides the client. */
static void
listener_free(const struct cdrpc_env *env, struct listener *listener)
{
	if (!listener)
		return;
	client_unref(listener->client);
	env_free(env, listener->entries);
	env_free(env, listener->events);
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
	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
cdrpc_client_listen(struct cdrpc_client *client, const struct cdrpc_interface *iface,
		    const struct cdrpc_event_entry *entries, uint32_t entry_count, const void *events, size_t size,
		    void *self)
{
	struct endpoint *endpoint = client->endpoint;
	struct listener *listener, **at, *old;
	struct session *session;
	cdrpc_status status;

	if (!endpoint_on_thread(endpoint))
		return CDRPC_E_WRONG_THREAD;
	if (atomic_bool_load(&client->freed))
		return CDRPC_E_CLOSED;
	listener = env_alloc(&endpoint->env, sizeof *listener);
	if (!listener)
		return CDRPC_E_NOMEM;
	memset(listener, 0, sizeof *listener);
	listener->client = client_ref(client);
	listener->iface = iface;
	listener->self = self;
	listener->count = events ? entry_count : 0;
	listener->entries = copy(&endpoint->env, entries, listener->count * sizeof *entries);
	listener->events = copy(&endpoint->env, events, events ? size : 0);
	/* The client may be freed while it subscribes. */
	session = session_ref(client->session);
	status = CDRPC_E_NOMEM;
	if (listener->entries && listener->events)
		status = subscribe(client, iface, entries, listener->count);
	if (status == CDRPC_OK) {
		/* Events of the new subscription run from the bell, hence not before this. */
		at = listener_of(session, iface->id);
		old = *at;
		listener->next = old ? old->next : NULL;
		*at = listener;
		listener = old;
	}
	listener_free(&endpoint->env, listener);
	session_unref(session);
	return status;
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
lost(struct session *session, const struct inbox *inbox)
{
	const struct endpoint *endpoint = session->endpoint;
	const struct cdrpc_interface *iface;
	const struct listener *listener;
	struct cdrpc_reader r;
	uint16_t ordinal;
	uint32_t index;

	inbox_reader(inbox, &r);
	listener = *listener_of(session, cdrpc_read_u64(&r));
	ordinal = cdrpc_read_u16(&r);
	if (cdrpc_reader_end(&r) != CDRPC_OK || !listener)
		return;
	iface = listener->iface;
	index = registry_method(iface, ordinal);
	if (index == iface->method_count)
		return;
	env_log(&endpoint->env, "too slow for event %s.%s: not subscribed any more", iface->name, iface->methods[index].name);
	/* The log is the application's, and may take as long as another thread needs to free the client. */
	if (session->events->event_lost && !atomic_bool_load(&session->events->muted))
		session->events->event_lost(session->events->event_lost_self, iface->name, iface->methods[index].name);
}

static void
run(struct session *session, uint64_t iface, uint16_t ordinal, const struct inbox *inbox)
{
	const struct listener *listener = *listener_of(session, iface);
	struct cdrpc_reader r;
	uint32_t i;

	if (iface == events_interface.id) {
		lost(session, inbox);
		return;
	}
	for (i = 0; listener && i < listener->count; i++) {
		if (listener->iface->methods[listener->entries[i].index].ordinal != ordinal)
			continue;
		inbox_reader(inbox, &r);
		r.target = listener->client;
		listener->entries[i].sink(&r, listener->events, listener->self);
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
	event->next = NULL;
	event->iface = frame->interface_id;
	event->ordinal = frame->method;
	status = inbox_new(session, frame, &(struct arrival){ .bytes = bytes }, NULL, &event->inbox);
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
		run(session, event->iface, event->ordinal, event->inbox);
		inbox_free(event->inbox);
		env_free(&session->endpoint->env, event);
	}
}

/* A frame in the peer's memory, copied before it is looked at. NULL: it is no event, or there is no memory. */
static struct inbox *
take(struct session *session, const uint8_t *bytes, uint32_t size, struct frame *ret_frame)
{
	struct inbox *inbox = NULL;

	if (frame_decode(bytes, size, ret_frame) == CDRPC_OK && ret_frame->type == FRAME_EVENT &&
	    ret_frame->route <= FRAME_ROUTE_FRAME)
		inbox_new(session, ret_frame, &(struct arrival){ .bytes = bytes }, NULL, &inbox);
	return inbox;
}

static void
run_taken(struct session *session, const struct frame *frame, struct inbox *inbox)
{
	if (inbox) {
		trace_write(session->endpoint, &(struct trace_line){ .direction = TRACE_IN, .frame = frame,
								     .route = CDRPC_ROUTE_RESIDENT });
		run(session, frame->interface_id, frame->method, inbox);
	}
	inbox_free(inbox);
}

static void
run_latest(struct session *session)
{
	const struct resident *resident = session->resident;
	struct arena_view view;
	struct inbox *inbox;
	struct frame frame;
	uint32_t at = 0;

	while (session_state(session) == SESSION_OPEN && arena_next(&resident->reader, SLOT_BY_BELL, &at, &view)) {
		inbox = take(session, view.bytes, view.size, &frame);
		arena_free(&resident->reader, &view);
		run_taken(session, &frame, inbox);
	}
}

static void
run_ring(struct session *session)
{
	struct resident *resident = session->resident;
	struct inbox *inbox;
	struct frame frame;
	const uint8_t *bytes;
	uint32_t size, count;

	if (!resident || !resident->ready || session_state(session) != SESSION_OPEN)
		return;
	/* From here on the peer rings again for what it puts there. */
	atomic_u32_store(&resident->own->event_bell, 0);
	for (count = 0; count < RING_ENTRIES_MAX && ring_get(&resident->ring_in, &bytes, &size); count++) {
		inbox = take(session, bytes, size, &frame);
		ring_next(&resident->ring_in, size);
		run_taken(session, &frame, inbox);
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
	run_messages(session);
	run_ring(session);
}

void
events_forget(struct session *session, const struct cdrpc_client *client)
{
	struct listener **at = &session->events->listeners, *listener;

	while ((listener = *at) != NULL) {
		if (listener->client != client) {
			at = &listener->next;
			continue;
		}
		*at = listener->next;
		listener_free(&session->endpoint->env, listener);
	}
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
		inbox_free(event->inbox);
		env_free(env, event);
	}
	env_free(env, session->events->subscriptions);
}
