#include "calls/serve.h"

#include <string.h>

#include "base/deadline.h"
#include "base/fault.h"
#include "calls/call.h"
#include "calls/mistakes.h"
#include "calls/reentry.h"
#include "calls/wait.h"
#include "message/chunks.h"
#include "message/outgoing.h"
#include "session/endpoint.h"

void
queue_init(struct queue *queue)
{
	queue->first = NULL;
	queue->last = &queue->first;
}

void
queue_push(struct queue *queue, struct cdrpc_call *call)
{
	call->next = NULL;
	*queue->last = call;
	queue->last = &call->next;
	call->session->calls->queued++;
}

struct cdrpc_call *
queue_take(struct queue *queue, bool (*wanted)(const struct cdrpc_call *call, const void *about), const void *about)
{
	struct cdrpc_call **at = &queue->first, *call;

	while (*at && !wanted(*at, about))
		at = &(*at)->next;
	call = *at;
	if (!call)
		return NULL;
	*at = call->next;
	if (!*at)
		queue->last = at;
	call->session->calls->queued--;
	return call;
}

/* Who is asked for what: everything about a REQUEST that can be judged before its body is looked at. */
static cdrpc_status
find_method(const struct session *session, const struct frame *frame, const struct service **ret_service,
	    uint32_t *ret_index, const char **ret_reason)
{
	const struct endpoint *endpoint = session->endpoint;
	const struct service *service;
	const struct cdrpc_interface *iface;
	uint32_t index;

	if (atomic_bool_load(&endpoint->stopping))
		return CDRPC_E_STOPPING;
	if (frame->deadline_ms == 0)
		return CDRPC_E_EXPIRED;
	service = registry_find(&endpoint->registry, frame->interface_id);
	if (!service)
		return CDRPC_E_NO_INTERFACE;
	iface = service->iface;
	if (!policy_admits_to(iface, &session->peer.facts)) {
		*ret_reason = iface->same_user && !session->peer.facts.same_user ? "the interface is [same_user]" :
										      "its level is below the interface's [min_integrity]";
		return CDRPC_E_REFUSED;
	}
	index = registry_method(iface, frame->method);
	if (index == iface->method_count || iface->methods[index].flags & CDRPC_METHOD_EVENT)
		return CDRPC_E_NO_METHOD;
	if ((uint64_t)frame->body_size + frame->blob_size > iface->methods[index].inputs_max) {
		*ret_reason = "longer than all its inputs together can be";
		return CDRPC_E_BAD_REQUEST;
	}
	*ret_service = service;
	*ret_index = index;
	return CDRPC_OK;
}

/* Runs the handler, and answers unless it has answered or will later. Consumes the queue's reference. */
static void
run_call(struct cdrpc_call *call)
{
	const struct service *service = call->service;
	struct session *session = call->session;
	struct endpoint *endpoint = session->endpoint;
	/* The handler may shut the endpoint. */
	struct thread_state *shared = thread_state_hold(endpoint->thread.shared);
	const struct wait *rest = wait_interrupt(shared);
	cdrpc_status status;

	call->outer = shared->current;
	shared->current = call;
	session->calls->running++;
	fault_point(FAULT_HANDLER, FRAME_REQUEST);
	/* A oneway's sender was told that it is taken, and would not hear that it has not been run. */
	if (deadline_is_over(call->deadline_us) && !(call_method(call)->flags & CDRPC_METHOD_ONEWAY))
		status = CDRPC_E_EXPIRED;
	else if (!service->skeletons[call->method_index])
		status = CDRPC_E_NOT_IMPLEMENTED;
	else
		status = service->skeletons[call->method_index](call, service->handlers, service->self);
	fault_point(FAULT_HANDLED, FRAME_REQUEST);
	session->calls->running--;
	shared->current = call->outer;
	wait_resume(shared, rest);
	thread_state_drop(shared);
	/* Calls of the session that came meanwhile were passed over; of its end the application is told after them. */
	if (session->calls->running == 0 && (session->calls->queued || session_state(session) == SESSION_ENDED) && endpoint->port)
		port_ring(endpoint->port);
	if (status != CDRPC_KEPT || !atomic_bool_load(&call->kept))
		answer_after_handler(call, status);
	else if (endpoint->port)
		endpoint_wake_at(endpoint, call_abandon_at(call));
	call_unref(call);
}

static bool
queue_takes(const struct session *session)
{
	return session->calls->queued < session->endpoint->limits.queue_max;
}

static struct reentry_facts
reentry_of(const struct session *session, const struct causality *causality)
{
	const struct endpoint *endpoint = session->endpoint;
	const struct wait *innermost = endpoint->thread.shared->waits, *wait;
	struct reentry_facts facts = { .policy = endpoint->calls->reentry, .waiting = innermost != NULL };

	facts.stuck = innermost && (innermost->in_message || innermost->depth >= ENDPOINT_WAITS_MAX);
	for (wait = innermost; wait; wait = wait->outer) {
		facts.for_the_caller |= peer_same(&wait->session->peer, &session->peer);
		facts.same_causality |= causality_same(&wait->causality, causality);
	}
	return facts;
}

/* Whether a call for the method is taken now, its body not looked at yet. Whoever waits for this thread is not kept waiting for it. */
static cdrpc_status
judge(const struct session *session, const struct causality *causality, bool in_message, const char **ret_reason)
{
	const struct endpoint *endpoint = session->endpoint;
	struct reentry_facts facts = reentry_of(session, causality);
	cdrpc_status status = causality->depth > CAUSALITY_DEPTH_MAX ? CDRPC_E_BUSY : CDRPC_OK;

	*ret_reason = "calls within calls are too deep";
	if (status == CDRPC_OK && !in_message) {
		status = reentry_accept(&facts);
		*ret_reason = "this thread waits for an answer itself, see options.reentry";
	}
	if (status != CDRPC_OK)
		return status;
	/* Whoever does not take its answers, or does not say whether it has, gets no more of them. */
	*ret_reason = "it does not take its answers, see limits.queue_max";
	if (atomic_u32_load(&session->messages->posted) + atomic_u32_load(&session->messages->asked) >= endpoint->limits.queue_max)
		return CDRPC_E_BUSY;
	/* The bell comes before the copy: an application whose queue is full refuses, and has lost nothing. */
	*ret_reason = "its calls wait to be run, see limits.queue_max";
	if (!in_message && (!queue_takes(session) || !port_ring_after(endpoint->port)))
		return CDRPC_E_BUSY;
	*ret_reason = "its calls wait to be answered, see limits.open_max";
	return atomic_u32_load(&session->calls->open) >= endpoint->limits.open_max ? CDRPC_E_BUSY : CDRPC_OK;
}

/* Runs the handler before the message returns; the result is what it returns. Consumes the call. */
static uint32_t
run_in_message(struct cdrpc_call *call)
{
	uint32_t result;

	call->in_message = true;
	call->result = FRAME_RESULT_ACCEPTED;
	atomic_u32_add(&call->refs, 1);
	run_call(call);
	call->in_message = false;
	result = call->result;
	call_unref(call);
	return result;
}

/* The body has arrived in pieces, or will not: the call is the queue's then, or gone. */
static cdrpc_status
inputs_arrived(void *self, cdrpc_status status)
{
	struct cdrpc_call *call = (struct cdrpc_call *)self;
	struct endpoint *endpoint = call->session->endpoint;

	if (status == CDRPC_OK && (atomic_bool_load(&call->cancelled) || !port_ring(endpoint->port)))
		status = CDRPC_E_BUSY;
	if (status == CDRPC_OK)
		queue_push(&endpoint->calls->queue, call);
	else
		call_unref(call);
	return status;
}

/* What is refused, and why: 'reason' is set where it is worth more words than the status. */
static cdrpc_status
take_request(struct session *session, const struct frame *frame, const void *bytes, uint32_t *ret_result, const char **ret_reason)
{
	struct endpoint *endpoint = session->endpoint;
	const struct service *service = NULL;
	struct cdrpc_call *call = NULL;
	struct causality causality;
	uint32_t index = 0;
	uint64_t size = (uint64_t)frame->body_size + frame->blob_size;
	bool in_message;
	cdrpc_status status;

	status = find_method(session, frame, &service, &index, ret_reason);
	if (status != CDRPC_OK)
		return status;
	memcpy(causality.id, frame->causality, sizeof causality.id);
	causality.depth = frame->depth;
	/* When the body is there, no message is under way in which to run. */
	in_message = (service->iface->methods[index].flags & CDRPC_METHOD_INLINE) != 0 && frame->route != FRAME_ROUTE_CHUNKS;
	status = judge(session, &causality, in_message, ret_reason);
	if (status != CDRPC_OK)
		return status;
	*ret_reason = "calls wait to be answered, see limits.queue_bytes_max";
	if (!quota_add(&endpoint->quota->bytes, size, endpoint->limits.queue_bytes_max))
		return CDRPC_E_BUSY;
	*ret_reason = NULL;
	status = call_new(session, frame, bytes, service, index, &call);
	if (status != CDRPC_OK) {
		atomic_u64_sub(&endpoint->quota->bytes, size);
		return status;
	}
	call->causality = causality;
	if (frame->route == FRAME_ROUTE_CHUNKS) {
		status = chunks_expect(session, FRAME_REQUEST, call->txn, call->incoming, call->deadline_us,
				       &(struct chunks_owner){ inputs_arrived, call });
		if (status != CDRPC_OK) {
			call_unref(call);
			return status;
		}
	}
	atomic_u64_add(&endpoint->counters.calls, 1);
	if (in_message)
		*ret_result = run_in_message(call);
	else if (frame->route != FRAME_ROUTE_CHUNKS)
		queue_push(&endpoint->calls->queue, call);
	return CDRPC_OK;
}

uint32_t
serve_receive(struct session *session, const struct frame *frame, const void *bytes)
{
	uint32_t result = FRAME_RESULT_ACCEPTED;
	const char *reason = NULL;
	cdrpc_status status;

	if (session_state(session) != SESSION_OPEN)
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	if (seen_test_and_set(&session->calls->requests_seen, frame->txn))
		return frame_result_refused(CDRPC_E_DUPLICATE);
	status = take_request(session, frame, bytes, &result, &reason);
	if (status == CDRPC_OK)
		return result;
	seen_test_and_set(&session->calls->requests_untouched, frame->txn);
	mistake_in_request(session, frame, status, reason);
	return frame_result_refused(status);
}

bool
serve_is_untouched(struct session *session, uint64_t txn)
{
	if (!seen_test_and_set(&session->calls->requests_seen, txn))
		seen_test_and_set(&session->calls->requests_untouched, txn);
	return seen_is_marked(&session->calls->requests_untouched, txn);
}

/* Handlers of one session run one at a time, also where a handler runs a message loop of its own. */
static bool
wanted_by_bell(const struct cdrpc_call *call, const void *about)
{
	(void)about;
	return call->session->calls->running == 0;
}

static bool
wanted_by_wait(const struct cdrpc_call *call, const void *about)
{
	struct reentry_facts facts = reentry_of(call->session, &call->causality);

	(void)about;
	return reentry_run_now(&facts);
}

void
serve_queue(struct endpoint *endpoint)
{
	uint64_t until = clock_us() + ENDPOINT_BATCH_US;
	struct cdrpc_call *call;
	uint32_t count = 0;

	while ((call = queue_take(&endpoint->calls->queue, wanted_by_bell, NULL)) != NULL) {
		run_call(call);
		if (!endpoint->calls->queue.first)
			return;
		if (++count == ENDPOINT_BATCH_CALLS || clock_us() >= until) {
			port_ring(endpoint->port);
			return;
		}
	}
}

static struct cdrpc_call *
next_wanted(const struct thread_state *shared)
{
	struct cdrpc_call *call = NULL;
	struct endpoint *endpoint;

	for (endpoint = shared->endpoints; endpoint && !call; endpoint = endpoint->thread.next)
		call = queue_take(&endpoint->calls->queue, wanted_by_wait, NULL);
	return call;
}

void
serve_waiting(struct thread_state *shared)
{
	struct cdrpc_call *call;

	/* From the first endpoint again after each, for a handler may do anything. */
	while ((call = next_wanted(shared)) != NULL)
		run_call(call);
}
