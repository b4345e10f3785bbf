#include "calls/call.h"

#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "base/list.h"
#include "base/pool.h"
#include "calls/serve.h"
#include "message/buffer.h"
#include "session/endpoint.h"

#define ABANDON_MARGIN          16      /* this part of a call's time, at most ... */
#define ABANDON_MARGIN_MAX_US   50000   /* ... this */

const struct cdrpc_method *
call_method(const struct cdrpc_call *call)
{
	return &call->service->iface->methods[call->method_index];
}

void
call_uncount(struct cdrpc_call *call)
{
	if (!atomic_bool_exchange(&call->counted, false))
		return;
	atomic_u32_sub(&call->session->calls->open, 1);
	atomic_u64_sub(&call->session->endpoint->quota->bytes, incoming_bytes(call->incoming));
}

void
call_unref(struct cdrpc_call *call)
{
	struct session *session = call->session;
	struct endpoint *endpoint = session->endpoint;

	if (atomic_u32_sub(&call->refs, 1) != 1)
		return;
	lock_take(&endpoint->lock);
	LIST_REMOVE(struct cdrpc_call, &session->calls->live, call, next_live);
	lock_drop(&endpoint->lock);
	buffers_free(&call->buffers);
	call_uncount(call);
	incoming_free(call->incoming);
	env_free(pool_env(endpoint->pool), call);
	/* It may have been what a server that stops was waiting for. */
	if (atomic_bool_load(&endpoint->stopping))
		endpoint_ring(endpoint);
	session_unref(session);
}

void
call_keep(struct cdrpc_call *call)
{
	struct endpoint *endpoint = call->session->endpoint;
	bool notifies;

	atomic_u32_add(&call->refs, 1);
	lock_take(&endpoint->lock);
	call->kept_at = &endpoint->calls->kept;
	call->next_kept = *call->kept_at;
	if (call->next_kept)
		call->next_kept->kept_at = &call->next_kept;
	*call->kept_at = call;
	notifies = call->notify != NULL;
	lock_drop(&endpoint->lock);
	/* It may have been cancelled before, when there was nobody to be told. */
	if (notifies)
		call_look_at(call);
}

void
call_let_go(struct cdrpc_call *call)
{
	struct endpoint *endpoint = call->session->endpoint;

	lock_take(&endpoint->lock);
	*call->kept_at = call->next_kept;
	if (call->next_kept)
		call->next_kept->kept_at = call->kept_at;
	lock_drop(&endpoint->lock);
	call_unref(call);
}

bool
call_ref_if_live(struct cdrpc_call *call)
{
	uint32_t refs = atomic_u32_load(&call->refs);

	while (refs != 0 && !atomic_u32_compare_exchange(&call->refs, &refs, refs + 1))
		;
	return refs != 0;
}

cdrpc_status
call_new(struct session *session, const struct frame *frame, const void *bytes, const struct service *service,
	 uint32_t index, struct cdrpc_call **ret_call)
{
	const struct cdrpc_env *env = pool_env(session->endpoint->pool);
	struct cdrpc_call *call = env_alloc(env, sizeof *call);
	cdrpc_status status;

	if (!call)
		return CDRPC_E_REMOTE_NOMEM;
	memset(call, 0, sizeof *call);
	status = incoming_new(session, frame, &(struct arrival){ .bytes = bytes }, &service->iface->methods[index], &call->incoming);
	if (status != CDRPC_OK) {
		env_free(env, call);
		return status;
	}
	atomic_u32_store(&call->refs, 1);
	call->session = session_ref(session);
	atomic_u32_add(&session->calls->open, 1);
	atomic_bool_store(&call->counted, true);
	call->service = service;
	call->method_index = index;
	call->txn = frame->txn;
	call->deadline_us = deadline_in(frame->deadline_ms);
	call->margin_us = (uint64_t)frame->deadline_ms * 1000 / ABANDON_MARGIN;
	if (call->margin_us > ABANDON_MARGIN_MAX_US)
		call->margin_us = ABANDON_MARGIN_MAX_US;
	lock_take(&session->endpoint->lock);
	call->next_live = session->calls->live;
	session->calls->live = call;
	lock_drop(&session->endpoint->lock);
	*ret_call = call;
	return CDRPC_OK;
}

static bool
wanted_by_none_left(const struct cdrpc_call *call, const void *about)
{
	(void)about;
	return session_state(call->session) == SESSION_ENDED;
}

static bool
call_is_of(const struct cdrpc_call *call, const void *about)
{
	return call->session == (const struct session *)about;
}

void
call_drop_queued(struct session *session)
{
	struct cdrpc_call *call;

	while ((call = queue_take(&session->endpoint->calls->queue, call_is_of, session)) != NULL)
		call_unref(call);
}

void
call_drop_ended(struct endpoint *endpoint)
{
	struct cdrpc_call *call;

	while ((call = queue_take(&endpoint->calls->queue, wanted_by_none_left, NULL)) != NULL)
		call_unref(call);
}

/* The session's first kept call that is overdue, with a reference; else looks when the next one will be. */
static struct cdrpc_call *
overdue(struct session *session, uint64_t *soonest)
{
	uint64_t now = awake_us();
	struct cdrpc_call *call;

	lock_take(&session->endpoint->lock);
	for (call = session->calls->live; call; call = call->next_live) {
		if (!atomic_bool_load(&call->kept) || atomic_bool_load(&call->answered))
			continue;
		if (now >= call_abandon_at(call)) {
			if (call_ref_if_live(call))
				break;
			continue;
		}
		*soonest = call_abandon_at(call) < *soonest ? call_abandon_at(call) : *soonest;
	}
	lock_drop(&session->endpoint->lock);
	return call;
}

static struct cdrpc_call *
first_overdue(const struct endpoint *endpoint, uint64_t *ret_soonest)
{
	struct cdrpc_call *call = NULL;
	struct session *session;

	*ret_soonest = UINT64_MAX;
	for (session = endpoint->sessions.first; session && !call; session = session->next)
		call = overdue(session, ret_soonest);
	return call;
}

uint64_t
call_abandon_overdue(struct endpoint *endpoint)
{
	struct cdrpc_call *call;
	uint64_t soonest;

	/* From the start again after each, for sessions may end while an answer is sent. */
	while ((call = first_overdue(endpoint, &soonest)) != NULL) {
		answer_abandoned(call);
		atomic_bool_store(&endpoint->calls->unwanted, true);
		call_unref(call);
	}
	return soonest;
}

void
call_causality(struct endpoint *endpoint, struct causality *ret_causality)
{
	const struct cdrpc_call *current = endpoint->thread.shared->current;

	if (current) {
		*ret_causality = current->causality;
		ret_causality->depth++;
		return;
	}
	endpoint->chain.count++;
	memcpy(ret_causality->id, &endpoint->chain.base, sizeof endpoint->chain.base);
	memcpy(ret_causality->id + 8, &endpoint->chain.count, sizeof endpoint->chain.count);
	ret_causality->depth = 1;
}
