/* The emitting side of events, and the built-in service that sets subscriptions. */
#include <string.h>

#include "base/env.h"
#include "calls/call.h"
#include "events/events.h"
#include "service/server.h"
#include "service/workers.h"
#include "session/resident.h"
#include "session/trace.h"
#include "wire/writer.h"

#define LOST_ORDINAL 2

/* An event that is being written: once, whoever many listen. */
struct emission {
	struct mail mail;               /* first: other workers of the service get copies */
	struct endpoint *endpoint;      /* a reference, while it is being written */
	struct session *to;             /* NULL: all */
	const struct cdrpc_interface *iface;
	const struct cdrpc_method *method;
	struct frame frame;
	uint64_t bytes[];               /* room for a header, then the body */
};

static cdrpc_status
listen_serve(struct cdrpc_call *call, const void *handlers, void *self)
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
	for (i = 0; i < session->subscription_count; i++)
		kept += session->subscriptions[i].iface != iface;
	if (kept + count > EVENTS_SUBSCRIPTIONS_MAX)
		return CDRPC_E_REMOTE_LIMIT;
	subscriptions = env_alloc(&session->endpoint->env, (kept + count + 1) * sizeof *subscriptions);
	if (!subscriptions)
		return CDRPC_E_REMOTE_NOMEM;
	kept = 0;
	for (i = 0; i < session->subscription_count; i++) {
		if (session->subscriptions[i].iface != iface)
			subscriptions[kept++] = session->subscriptions[i];
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
	env_free(&session->endpoint->env, session->subscriptions);
	session->subscriptions = subscriptions;
	session->subscription_count = kept;
	return CDRPC_OK;
}

static cdrpc_skeleton *const skeletons[] = { listen_serve, NULL };
static const struct cdrpc_method methods[] = {
	{ "listen", 1, 1, CDRPC_METHOD_INLINE, 0, 12 + 2 * EVENTS_SUBSCRIPTIONS_MAX, 0 },
	{ "lost", LOST_ORDINAL, 1, CDRPC_METHOD_EVENT, 0, 10, 0 },
};
static const struct cdrpc_interface session_interface = {
	UINT64_C(0x351abe2529729aa7), "cdrpc.Session", 1, CDRPC_INTEGRITY_ANY, 0, 0, 2, methods,
};
const struct service events_service = { &session_interface, skeletons, NULL, NULL };

void
cdrpc_event_begin(struct cdrpc_writer *w, struct cdrpc_server *server, struct cdrpc_peer *to,
		  const struct cdrpc_interface *iface, uint32_t index)
{
	struct endpoint *endpoint = NULL;
	struct emission *emission = NULL;
	uint32_t room;
	cdrpc_status status;

	status = server_endpoint(server, &endpoint);
	if (status == CDRPC_OK) {
		room = endpoint->limits.inline_max;
		emission = env_alloc(&endpoint->env, sizeof *emission + FRAME_HEADER_SIZE + room);
		status = emission ? CDRPC_OK : CDRPC_E_NOMEM;
	}
	if (status != CDRPC_OK) {
		if (endpoint)
			endpoint_unref(endpoint);
		cdrpc_writer_init(w, NULL, 0, NULL, NULL);
		cdrpc_write_fail(w, status);
		return;
	}
	emission->endpoint = endpoint;
	emission->to = to ? session_of(to) : NULL;
	emission->iface = iface;
	emission->method = &iface->methods[index];
	cdrpc_writer_init(w, (uint8_t *)emission->bytes + FRAME_HEADER_SIZE, room, NULL, emission);
}

static struct subscription *
subscription_of(const struct session *session, uint64_t iface, uint16_t ordinal)
{
	uint32_t i;

	for (i = 0; i < session->subscription_count; i++) {
		if (session->subscriptions[i].iface == iface && session->subscriptions[i].ordinal == ordinal)
			return &session->subscriptions[i];
	}
	return NULL;
}

/* Only the latest counts: one that the peer has not looked at yet is replaced. */
static bool
by_slot(struct session *session, const struct frame *frame, const uint8_t *bytes)
{
	struct resident *resident = session->resident;
	struct coalesced *latest = NULL;
	uint32_t i, slot = 0;
	bool reserved;

	for (i = 0; i < EVENTS_COALESCED_MAX && !latest; i++) {
		struct coalesced *each = &session->coalesced[i];

		if (each->ordinal == 0 || (each->iface == frame->interface_id && each->ordinal == frame->method))
			latest = each;
	}
	if (!latest)
		return false;
	lock_take(&resident->lock);
	if (latest->ordinal)
		arena_abandon(&resident->writer, latest->slot, latest->word);
	reserved = arena_reserve(&resident->writer, frame->frame_size, frame->frame_size, &slot);
	if (reserved) {
		memcpy(arena_memory(&resident->writer, slot), bytes, frame->frame_size);
		latest->word = arena_publish(&resident->writer, slot, 0, frame->frame_size, frame->txn, SLOT_BY_BELL);
		latest->slot = slot;
		latest->iface = frame->interface_id;
		latest->ordinal = frame->method;
	}
	lock_drop(&resident->lock);
	return reserved;
}

/* What is sent: 'frame' has interface, method and sizes, 'body' has room for the header before it. */
static bool
put(struct session *session, const struct frame *what, uint8_t *body, enum put_how how)
{
	struct resident *resident = session->resident;
	uint8_t *bytes = body - FRAME_HEADER_SIZE;
	struct frame frame = *what;

	frame.type = FRAME_EVENT;
	frame.route = frame.body_size ? FRAME_ROUTE_FRAME : FRAME_ROUTE_NONE;
	frame.txn = ++session->next_txn;
	memcpy(frame.token, session->token, sizeof frame.token);
	if (frame_arrange(&frame, 0) != CDRPC_OK)
		return false;
	trace_write(session->endpoint,
		    &(struct trace_line){ .direction = TRACE_OUT, .frame = &frame,
					  .route = resident && resident->ready ? CDRPC_ROUTE_RESIDENT : CDRPC_ROUTE_MESSAGE });
	if (!resident || !resident->ready)
		return event_post(session, &frame, body, how);
	frame_encode(&frame, bytes);
	if (!(how == PUT_LATEST && by_slot(session, &frame, bytes)) &&
	    !ring_put(&resident->ring_out, bytes, frame.frame_size, NULL, 0, how == PUT_LAST))
		return false;
	resident_tell_events(session);
	return true;
}

/* It gets no more of this event, and is told. */
void
event_lost(struct session *session, uint64_t iface, uint16_t ordinal)
{
	uint64_t storage[(FRAME_HEADER_SIZE + 16) / 8];
	uint8_t *body = (uint8_t *)storage + FRAME_HEADER_SIZE;
	struct subscription *subscription = subscription_of(session, iface, ordinal);
	struct frame frame = { 0 };
	struct cdrpc_writer w;

	if (!subscription)
		return;
	*subscription = session->subscriptions[--session->subscription_count];
	atomic_u64_add(&session->endpoint->counters.events_lost, 1);
	cdrpc_writer_init(&w, body, 16, NULL, NULL);
	cdrpc_write_u64(&w, iface);
	cdrpc_write_u16(&w, ordinal);
	frame.interface_id = session_interface.id;
	frame.interface_version = session_interface.version;
	frame.method = LOST_ORDINAL;
	frame.body_size = (uint32_t)w.at;
	put(session, &frame, body, PUT_LAST);
}

static void
emit(struct session *session, struct emission *emission)
{
	const struct frame *frame = &emission->frame;
	enum put_how how = emission->method->flags & CDRPC_METHOD_COALESCE ? PUT_LATEST : PUT_QUEUED;

	if (session_state(session) != SESSION_OPEN || !subscription_of(session, frame->interface_id, frame->method))
		return;
	/* Anybody may subscribe. */
	if (!policy_admits_to(emission->iface, &session->facts))
		return;
	if (put(session, frame, (uint8_t *)emission->bytes + FRAME_HEADER_SIZE, how))
		atomic_u64_add(&session->endpoint->counters.events, 1);
	else
		event_lost(session, frame->interface_id, frame->method);
}

/* The blob area comes behind the body, if there is room. */
static cdrpc_status
complete(const struct cdrpc_writer *w, struct emission *emission)
{
	struct frame frame = { 0 };

	if (w->status != CDRPC_OK)
		return w->status;
	if (frame_padded(w->at) + w->blob_size > emission->endpoint->limits.inline_max)
		return CDRPC_E_TOO_LARGE;
	if (w->blob_size)
		writer_store_blobs(w, w->base);
	frame.interface_id = emission->iface->id;
	frame.interface_version = emission->iface->version;
	frame.method = emission->method->ordinal;
	frame.body_size = (uint32_t)w->at;
	frame.blob_size = (uint32_t)w->blob_size;
	emission->frame = frame;
	return CDRPC_OK;
}

static void
emit_to_all(struct endpoint *endpoint, struct emission *emission)
{
	struct session *session;

	for (session = endpoint->sessions; session; session = session->next)
		emit(session, emission);
}

static void
emission_read(struct endpoint *endpoint, struct mail *mail)
{
	emit_to_all(endpoint, (struct emission *)mail);
	env_free(&endpoint->env, mail);
}

static struct mail *
emission_copy(void *self)
{
	const struct emission *emission = (const struct emission *)self;
	size_t size = sizeof *emission + FRAME_HEADER_SIZE + frame_padded(emission->frame.body_size) +
		      emission->frame.blob_size;
	struct emission *copy = env_alloc(&emission->endpoint->env, size);

	if (!copy)
		return NULL;
	memcpy(copy, emission, size);
	copy->mail.read = emission_read;
	copy->mail.anyones_us = 0;
	copy->endpoint = NULL;
	return &copy->mail;
}

cdrpc_status
cdrpc_event_send(struct cdrpc_writer *w)
{
	struct emission *emission = (struct emission *)w->target;
	struct endpoint *endpoint;
	cdrpc_status status;

	if (!emission)
		return w->status;
	endpoint = emission->endpoint;
	status = complete(w, emission);
	if (status == CDRPC_OK && emission->to && emission->to->endpoint != endpoint) {
		status = CDRPC_E_WRONG_THREAD;
	} else if (status == CDRPC_OK && emission->to) {
		emit(emission->to, emission);
	} else if (status == CDRPC_OK) {
		emit_to_all(endpoint, emission);
		workers_tell_others(endpoint, emission_copy, emission);
	}
	env_free(&endpoint->env, emission);
	endpoint_unref(endpoint);
	return status;
}
