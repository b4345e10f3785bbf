/*
 * How an event reaches the peer of a session: by a slot or the ring of our arena; where there is none by messages of the sender's thread,
 * and what becomes of those that the peer has not taken.
 */
#include <string.h>

#include "base/env.h"
#include "base/list.h"
#include "events/events.h"
#include "message/outgoing.h"
#include "message/send.h"
#include "session/endpoint.h"
#include "session/resident.h"
#include "session/trace.h"

#define RETRY_US UINT64_C(1000000)      /* until a peer that has not taken the word of a loss is told again */

static const struct cdrpc_method methods[] = {
	{ "listen", 1, 1, CDRPC_METHOD_INLINE, 0, 12 + 2 * EVENTS_SUBSCRIPTIONS_MAX, 0, NULL },
	{ "lost", EVENTS_LOST, 1, CDRPC_METHOD_EVENT, 0, 10, 0, NULL },
};
const struct cdrpc_interface events_interface = {
	UINT64_C(0x351abe2529729aa7), "cdrpc.Session", 1, CDRPC_INTEGRITY_ANY, 0, 0, 2, methods, NULL,
};

static void
forget(struct outgoing *outgoing)
{
	atomic_u32_sub(&outgoing->session->events->on_the_way, 1);
	outgoing_free(outgoing);
}

/* ---- [coalesce]: of a kind, one is on its way at a time, and the newest waits behind it ---- */

static void
list(struct outgoing *outgoing)
{
	outgoing->next_latest = outgoing->session->events->latest;
	outgoing->session->events->latest = outgoing;
}

/* Returns what is to be sent now; NULL: nothing, for one of its kind is on its way. *ret_old: what it replaces, for the caller to forget. */
static struct outgoing *
line_up(struct outgoing *outgoing, struct outgoing **ret_old)
{
	const struct frame *frame = &outgoing->frame;
	struct session *session = outgoing->session;
	struct outgoing *first;

	*ret_old = NULL;
	lock_take(&session->endpoint->lock);
	first = session->events->latest;
	while (first && (first->frame.interface_id != frame->interface_id || first->frame.method != frame->method))
		first = first->next_latest;
	if (first) {
		*ret_old = first->newer;
		first->newer = outgoing;
		outgoing = NULL;
	} else {
		list(outgoing);
	}
	lock_drop(&session->endpoint->lock);
	return outgoing;
}

/* Takes 'outgoing' off the list of coalesced events in flight and frees it. If a newer event of its kind waited behind it, that one is listed
 * in its place and returned for the caller to post; else NULL. */
static struct outgoing *
next_latest_of(struct outgoing *outgoing)
{
	struct endpoint *endpoint = outgoing->session->endpoint;
	struct outgoing *newer;

	lock_take(&endpoint->lock);
	LIST_REMOVE(struct outgoing, &outgoing->session->events->latest, outgoing, next_latest);
	newer = outgoing->newer;
	if (newer)
		list(newer);
	lock_drop(&endpoint->lock);
	forget(outgoing);
	return newer;
}

/* Whether the peer may take another one later. */
static bool
too_slow(const struct send_outcome *outcome)
{
	return !outcome->answered || outcome->result == FRAME_RESULT_NONE ||
	       outcome->result == frame_result_refused(CDRPC_E_BUSY) ||
	       outcome->result == frame_result_refused(CDRPC_E_REMOTE_NOMEM);
}

static void
post_event(struct outgoing *outgoing)
{
	endpoint_post_bytes(outgoing->session, &outgoing->job, outgoing->bytes, outgoing->frame.frame_size, REPLY_SEND_MS);
}

/* Hundreds may be on their way to a listener that leaves. */
static bool
wanted(const struct sender_job *job)
{
	return session_state(((const struct outgoing *)job)->session) != SESSION_ENDED;
}

static void
event_sent(struct sender_job *job, const struct send_outcome *outcome)
{
	struct outgoing *outgoing = (struct outgoing *)job, *newer = NULL;
	struct endpoint *endpoint = outgoing->session->endpoint;

	if (wanted(job))
		endpoint_blame(outgoing->session, outcome, false);
	/* What becomes of it is for the owner's thread, where the subscriptions are. */
	if (too_slow(outcome) && endpoint_park(outgoing->session, &outgoing->session->events->undelivered, job)) {
		port_ring(endpoint->port);
		return;
	}
	if (outgoing->latest)
		newer = next_latest_of(outgoing);
	else
		forget(outgoing);
	if (newer)
		post_event(newer);
}

/* False: too much is on its way. */
static bool
put_message(struct session *session, const struct frame *frame, const uint8_t *body, enum put_how how)
{
	uint32_t size = frame->frame_size - FRAME_HEADER_SIZE;
	uint32_t most = session->endpoint->limits.events_max + (how == PUT_LAST ? EVENTS_SUBSCRIPTIONS_MAX : 0);
	struct outgoing *outgoing = NULL, *old = NULL;

	if (atomic_u32_add(&session->events->on_the_way, 1) >= most || size > session->terms.inline_max ||
	    outgoing_new(session, FRAME_EVENT, NULL, &outgoing) != CDRPC_OK) {
		atomic_u32_sub(&session->events->on_the_way, 1);
		return false;
	}
	memcpy(outgoing->body, body, size);
	outgoing->frame = *frame;
	outgoing->bytes = outgoing->body - FRAME_HEADER_SIZE;
	frame_encode(frame, outgoing->bytes);
	outgoing->job.wanted = wanted;
	outgoing->job.done = event_sent;
	outgoing->latest = how == PUT_LATEST;
	if (outgoing->latest)
		outgoing = line_up(outgoing, &old);
	if (outgoing)
		post_event(outgoing);
	if (old)
		forget(old);
	return true;
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
		struct coalesced *each = &session->events->coalesced[i];

		if (each->ordinal == 0 || (each->iface == frame->interface_id && each->ordinal == frame->method))
			latest = each;
	}
	if (!latest)
		return false;
	lock_take(&resident->lock);
	if (latest->ordinal)
		slots_abandon(&resident->writer, latest->slot, latest->word);
	reserved = slots_reserve(&resident->writer, frame->frame_size, frame->frame_size, &slot);
	if (reserved) {
		memcpy(slots_memory(&resident->writer, slot), bytes, frame->frame_size);
		latest->word = slots_publish(&resident->writer, slot, 0, frame->frame_size, frame->txn, SLOT_BY_BELL);
		latest->slot = slot;
		latest->iface = frame->interface_id;
		latest->ordinal = frame->method;
	}
	lock_drop(&resident->lock);
	return reserved;
}

bool
event_put(struct session *session, const struct frame *what, uint8_t *body, enum put_how how)
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
		return put_message(session, &frame, body, how);
	frame_encode(&frame, bytes);
	if (!(how == PUT_LATEST && by_slot(session, &frame, bytes)) &&
	    !ring_put(&resident->ring_out, bytes, frame.frame_size, how == PUT_LAST))
		return false;
	resident_tell_events(session);
	return true;
}

struct subscription *
events_subscription(const struct session *session, uint64_t iface, uint16_t ordinal)
{
	uint32_t i;

	for (i = 0; i < session->events->subscription_count; i++) {
		if (session->events->subscriptions[i].iface == iface && session->events->subscriptions[i].ordinal == ordinal)
			return &session->events->subscriptions[i];
	}
	return NULL;
}

static void
tell_lost(const struct session *session, uint64_t iface, uint16_t ordinal)
{
	const struct service *service = registry_find(&session->endpoint->registry, iface);
	uint32_t index = service ? registry_method(service->iface, ordinal) : 0;

	if (service && index < service->iface->method_count)
		env_log(&session->endpoint->env, CDRPC_LOG_WARNING, "%s.%s: process %lu was too slow for this event, and is not subscribed to it any "
			"more", service->iface->name, service->iface->methods[index].name,
			(unsigned long)session->peer.facts.process_id);
}

void
event_note_lost(struct session *session, uint64_t iface, uint16_t ordinal)
{
	uint64_t storage[(FRAME_HEADER_SIZE + 16) / 8];
	uint8_t *body = (uint8_t *)storage + FRAME_HEADER_SIZE;
	struct subscription *subscription = events_subscription(session, iface, ordinal);
	struct frame frame = {
		.interface_id = events_interface.id, .interface_version = events_interface.version, .method = EVENTS_LOST,
	};
	struct cdrpc_writer w;

	if (!subscription)
		return;
	*subscription = session->events->subscriptions[--session->events->subscription_count];
	tell_lost(session, iface, ordinal);
	atomic_u64_add(&session->endpoint->counters.events_lost, 1);
	cdrpc_writer_init(&w, body, 16, NULL, NULL);
	cdrpc_write_u64(&w, iface);
	cdrpc_write_u16(&w, ordinal);
	frame.body_size = (uint32_t)w.at;
	event_put(session, &frame, body, PUT_LAST);
}

/* Of a session that has ended. */
static void
drop(struct outgoing *outgoing)
{
	while (outgoing && outgoing->latest)
		outgoing = next_latest_of(outgoing);
	if (outgoing)
		forget(outgoing);
}

void
events_undelivered(struct session *session)
{
	bool again = session->events->retry_us != 0 && awake_us() >= session->events->retry_us;
	struct sender_job *job, *next;
	struct outgoing *outgoing;

	if (again)
		session->events->retry_us = 0;
	for (job = endpoint_unpark(session, &session->events->undelivered); job; job = next) {
		next = job->next;
		outgoing = (struct outgoing *)job;
		if (outgoing->frame.interface_id != events_interface.id && !outgoing->latest) {
			event_note_lost(session, outgoing->frame.interface_id, outgoing->frame.method);
			forget(outgoing);
		} else if (again) {
			/* Of the latest, whatever that is by now. */
			post_event(outgoing->newer ? next_latest_of(outgoing) : outgoing);
		} else {
			/* A peer that takes nothing at once is not asked all the time. */
			if (session->events->retry_us == 0)
				session->events->retry_us = awake_us() + RETRY_US;
			endpoint_wake_at(session->endpoint, session->events->retry_us);
			if (!endpoint_park(session, &session->events->undelivered, job))
				drop(outgoing);
		}
	}
}

void
events_drop(struct session *session)
{
	struct sender_job *job, *next;

	for (job = endpoint_unpark(session, &session->events->undelivered); job; job = next) {
		next = job->next;
		drop((struct outgoing *)job);
	}
}
