/*
 * How an event reaches the peer of a session: by a slot or the ring of our arena; where there is none by messages of the sender's thread,
 * and what becomes of those that the peer has not taken.
 */
#include <string.h>

#include "base/env.h"
#include "events/events.h"
#include "message/outbox.h"
#include "session/endpoint.h"
#include "session/resident.h"
#include "session/trace.h"

#define RETRY_US UINT64_C(1000000)      /* until a peer that has not taken the word of a loss is told again */

static const struct cdrpc_method methods[] = {
	{ "listen", 1, 1, CDRPC_METHOD_INLINE, 0, 12 + 2 * EVENTS_SUBSCRIPTIONS_MAX, 0 },
	{ "lost", EVENTS_LOST, 1, CDRPC_METHOD_EVENT, 0, 10, 0 },
};
const struct cdrpc_interface events_interface = {
	UINT64_C(0x351abe2529729aa7), "cdrpc.Session", 1, CDRPC_INTEGRITY_ANY, 0, 0, 2, methods,
};

static void
forget(struct outbox *outbox)
{
	atomic_u32_sub(&outbox->session->events->on_the_way, 1);
	outbox_free(outbox);
}

/* False: the session has ended, and nobody will look there any more. */
static bool
park(struct outbox *outbox)
{
	struct session *session = outbox->session;
	bool parked = false;

	lock_take(&session->endpoint->lock);
	if (session_state(session) != SESSION_ENDED) {
		outbox->job.next = session->events->undelivered;
		session->events->undelivered = &outbox->job;
		parked = true;
	}
	lock_drop(&session->endpoint->lock);
	return parked;
}

/* ---- [coalesce]: of a kind, one is on its way at a time, and the newest waits behind it ---- */

static void
list(struct outbox *outbox)
{
	outbox->next_latest = outbox->session->events->latest;
	outbox->session->events->latest = outbox;
}

/* Returns what is to be sent now; NULL: nothing, for one of its kind is on its way. *ret_old: what it replaces, for the caller to forget. */
static struct outbox *
line_up(struct outbox *outbox, struct outbox **ret_old)
{
	const struct frame *frame = &outbox->frame;
	struct session *session = outbox->session;
	struct outbox *first;

	*ret_old = NULL;
	lock_take(&session->endpoint->lock);
	first = session->events->latest;
	while (first && (first->frame.interface_id != frame->interface_id || first->frame.method != frame->method))
		first = first->next_latest;
	if (first) {
		*ret_old = first->newer;
		first->newer = outbox;
		outbox = NULL;
	} else {
		list(outbox);
	}
	lock_drop(&session->endpoint->lock);
	return outbox;
}

/* It is on its way no more, and forgotten. Returns the one that has waited for that, which has its place then; NULL: none. */
static struct outbox *
make_way(struct outbox *outbox)
{
	struct outbox **at = &outbox->session->events->latest, *newer;
	struct endpoint *endpoint = outbox->session->endpoint;

	lock_take(&endpoint->lock);
	while (*at != outbox)
		at = &(*at)->next_latest;
	*at = outbox->next_latest;
	newer = outbox->newer;
	if (newer)
		list(newer);
	lock_drop(&endpoint->lock);
	forget(outbox);
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

static void post(struct outbox *outbox);

/* Hundreds may be on their way to a listener that leaves. */
static bool
wanted(const struct sender_job *job)
{
	return session_state(((const struct outbox *)job)->session) != SESSION_ENDED;
}

static void
event_sent(struct sender_job *job, const struct send_outcome *outcome)
{
	struct outbox *outbox = (struct outbox *)job, *newer = NULL;
	struct endpoint *endpoint = outbox->session->endpoint;

	if (wanted(job))
		endpoint_blame(outbox->session, outcome, false);
	/* What becomes of it is for the owner's thread, where the subscriptions are. */
	if (too_slow(outcome) && park(outbox)) {
		port_ring(endpoint->port);
		return;
	}
	if (outbox->latest)
		newer = make_way(outbox);
	else
		forget(outbox);
	if (newer)
		post(newer);
}

static void
post(struct outbox *outbox)
{
	outbox->job.to = outbox->session->peer.window;
	outbox->job.bytes = outbox->bytes;
	outbox->job.size = outbox->frame.frame_size;
	outbox->job.timeout_ms = REPLY_SEND_MS;
	outbox->job.wanted = wanted;
	outbox->job.done = event_sent;
	outbox->job.last = endpoint_is_slow(outbox->session);
	endpoint_post_job(outbox->session->endpoint, &outbox->job);
}

/* False: too much is on its way. */
static bool
put_message(struct session *session, const struct frame *frame, const uint8_t *body, enum put_how how)
{
	uint32_t size = frame->frame_size - FRAME_HEADER_SIZE;
	uint32_t most = session->endpoint->limits.events_max + (how == PUT_LAST ? EVENTS_SUBSCRIPTIONS_MAX : 0);
	struct outbox *outbox = NULL, *old = NULL;

	if (atomic_u32_add(&session->events->on_the_way, 1) >= most || size > session->terms.inline_max ||
	    outbox_new(session, FRAME_EVENT, NULL, &outbox) != CDRPC_OK) {
		atomic_u32_sub(&session->events->on_the_way, 1);
		return false;
	}
	memcpy(outbox->body, body, size);
	outbox->frame = *frame;
	outbox->bytes = outbox->body - FRAME_HEADER_SIZE;
	frame_encode(frame, outbox->bytes);
	outbox->latest = how == PUT_LATEST;
	if (outbox->latest)
		outbox = line_up(outbox, &old);
	if (outbox)
		post(outbox);
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
	    !ring_put(&resident->ring_out, bytes, frame.frame_size, NULL, 0, how == PUT_LAST))
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

void
event_lost(struct session *session, uint64_t iface, uint16_t ordinal)
{
	uint64_t storage[(FRAME_HEADER_SIZE + 16) / 8];
	uint8_t *body = (uint8_t *)storage + FRAME_HEADER_SIZE;
	struct subscription *subscription = events_subscription(session, iface, ordinal);
	struct frame frame = { 0 };
	struct cdrpc_writer w;

	if (!subscription)
		return;
	*subscription = session->events->subscriptions[--session->events->subscription_count];
	atomic_u64_add(&session->endpoint->counters.events_lost, 1);
	cdrpc_writer_init(&w, body, 16, NULL, NULL);
	cdrpc_write_u64(&w, iface);
	cdrpc_write_u16(&w, ordinal);
	frame.interface_id = events_interface.id;
	frame.interface_version = events_interface.version;
	frame.method = EVENTS_LOST;
	frame.body_size = (uint32_t)w.at;
	event_put(session, &frame, body, PUT_LAST);
}

/* Of a session that has ended. */
static void
drop(struct outbox *outbox)
{
	while (outbox && outbox->latest)
		outbox = make_way(outbox);
	if (outbox)
		forget(outbox);
}

static struct sender_job *
undelivered(struct session *session)
{
	struct sender_job *jobs;

	lock_take(&session->endpoint->lock);
	jobs = session->events->undelivered;
	session->events->undelivered = NULL;
	lock_drop(&session->endpoint->lock);
	return jobs;
}

void
events_undelivered(struct session *session)
{
	bool again = session->events->retry_us != 0 && awake_us() >= session->events->retry_us;
	struct sender_job *job, *next;
	struct outbox *outbox;

	if (again)
		session->events->retry_us = 0;
	for (job = undelivered(session); job; job = next) {
		next = job->next;
		outbox = (struct outbox *)job;
		if (outbox->frame.interface_id != events_interface.id && !outbox->latest) {
			event_lost(session, outbox->frame.interface_id, outbox->frame.method);
			forget(outbox);
		} else if (again) {
			/* Of the latest, whatever that is by now. */
			post(outbox->newer ? make_way(outbox) : outbox);
		} else {
			/* A peer that takes nothing at once is not asked all the time. */
			if (session->events->retry_us == 0)
				session->events->retry_us = awake_us() + RETRY_US;
			endpoint_wake_at(session->endpoint, session->events->retry_us);
			if (!park(outbox))
				drop(outbox);
		}
	}
}

void
events_drop(struct session *session)
{
	struct sender_job *job, *next;

	for (job = undelivered(session); job; job = next) {
		next = job->next;
		drop((struct outbox *)job);
	}
}
