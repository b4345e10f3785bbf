#include "message/incoming.h"

#include <string.h>

#include "base/env.h"
#include "base/fault.h"
#include "base/pool.h"
#include "message/outgoing.h"
#include "session/endpoint.h"
#include "session/handles.h"
#include "session/resident.h"

#define GRANULE UINT64_C(65536)         /* of address space, by which views are placed */
#define SECTION_SLACK GRANULE           /* what may stand in a section besides a body */

/* How much of the section is mapped: all of what is for keeping, else its header and what the frame has placed in it. */
static uint64_t
section_part(const struct frame *frame, bool whole)
{
	uint64_t body_end = (uint64_t)frame->body_offset + frame->body_size;
	uint64_t blob_end = (uint64_t)frame->blob_offset + frame->blob_size;
	uint64_t end = body_end > blob_end ? body_end : blob_end;

	if (whole)
		return frame->section_size;
	return end > sizeof frame->nonce ? end : sizeof frame->nonce;
}

/* Maps the section that the frame names. Its header must repeat the frame's nonce: the value names what the peer meant. */
static cdrpc_status
section_open(const struct session *session, const struct frame *frame, bool whole, struct section *ret_section)
{
	const struct cdrpc_env *env = &session->endpoint->env;
	uint64_t part = section_part(frame, whole);
	struct section section = { 0 };
	cdrpc_status status;

	if (part > frame->section_size)
		return CDRPC_E_BAD_FRAME;
	if (!whole && part > session->endpoint->limits.body_max + SECTION_SLACK)
		return CDRPC_E_REMOTE_LIMIT;
	if (frame->flags & FRAME_FLAG_PUSHED) {
		/* "It is already yours" is believed only from a peer that could have written to our memory anyway. */
		if (!policy_believes(&session->endpoint->own, &session->peer.facts))
			return CDRPC_E_BAD_FRAME;
		status = section_accept(env, frame->section_handle, frame->section_size, (size_t)part, &section);
	} else {
		status = section_pull(env, session->peer.process, frame->section_handle, frame->section_size, (size_t)part,
				      &section);
	}
	if (status != CDRPC_OK)
		return status == CDRPC_E_NOMEM ? CDRPC_E_REMOTE_NOMEM : CDRPC_E_BAD_FRAME;
	if (memcmp(section.view, frame->nonce, sizeof frame->nonce) != 0) {
		if (frame->flags & FRAME_FLAG_PUSHED)
			section.handle = NULL;
		section_done(&section);
		return CDRPC_E_BAD_FRAME;
	}
	*ret_section = section;
	return CDRPC_OK;
}

/* What holds a body while it is copied. */
struct source {
	const uint8_t *bytes;           /* what the frame's offsets count from */
	struct section section;
	struct slot_view slot;
	enum cdrpc_route route;
	bool kept;                      /* the section is the session's from now on, if all goes well */
	bool counted;                   /* it stays mapped, and is counted as that */
};

static cdrpc_status
source_open(const struct session *session, const struct frame *frame, const struct arrival *arrival,
	    struct source *ret_source)
{
	const struct resident *resident = session->resident;
	struct source source = { .route = CDRPC_ROUTE_MESSAGE };
	cdrpc_status status;

	switch (frame->route) {
	case FRAME_ROUTE_NONE:
	case FRAME_ROUTE_FRAME:
		source.bytes = (const uint8_t *)arrival->bytes;
		break;
	case FRAME_ROUTE_SECTION:
		source.kept = resident_wants(session, frame);
		status = section_open(session, frame, source.kept, &source.section);
		/* A 32-bit process may have no room for so much in one piece. */
		if (source.kept && status == CDRPC_E_REMOTE_NOMEM) {
			source.kept = false;
			status = section_open(session, frame, false, &source.section);
		}
		if (status != CDRPC_OK)
			return status;
		source.route = CDRPC_ROUTE_SECTION;
		source.bytes = source.section.view;
		break;
	case FRAME_ROUTE_RESIDENT:
		if (!resident || !resident->ready || !slots_take(&resident->reader, frame->txn, &source.slot))
			return CDRPC_E_BAD_FRAME;
		source.route = CDRPC_ROUTE_RESIDENT;
		source.bytes = source.slot.base;
		break;
	case FRAME_ROUTE_CHUNKS:
		/* They follow. */
		if (frame->body_offset != 0 || (frame->blob_size && frame->blob_offset != frame_padded(frame->body_size)))
			return CDRPC_E_BAD_FRAME;
		source.route = CDRPC_ROUTE_CHUNKS;
		break;
	default:
		return CDRPC_E_BAD_FRAME;
	}
	*ret_source = source;
	return CDRPC_OK;
}

/* Whether body and blob area lie in the slot that the transaction has; the other routes' ranges the frame's decoding has checked. */
static bool
source_holds(const struct source *source, const struct frame *frame)
{
	uint64_t start, end;

	if (source->route != CDRPC_ROUTE_RESIDENT)
		return true;
	start = (uint64_t)(source->slot.bytes - source->bytes);
	end = start + source->slot.size;
	if (frame->body_offset < start || frame->body_offset > end || frame->body_size > end - frame->body_offset)
		return false;
	return frame->blob_size == 0 || (frame->blob_offset >= start && frame->blob_offset <= end &&
					 frame->blob_size <= end - frame->blob_offset);
}

/* What a view takes of the addresses. */
static uint64_t
view_room(const struct section *section)
{
	return (section->size + GRANULE - 1) / GRANULE * GRANULE;
}

static void
source_close(const struct session *session, struct source *source)
{
	if (source->counted)
		atomic_u64_sub(&session->endpoint->quota->mapped, view_room(&source->section));
	section_done(&source->section);
	if (source->route == CDRPC_ROUTE_RESIDENT)
		slots_free(&session->resident->reader, &source->slot);
}

/* Whether it may stay mapped, which is counted then. A slot is counted with its arena. */
static bool
may_hold(const struct session *session, struct source *source)
{
	const struct endpoint *endpoint = session->endpoint;

	source->counted = source->section.view && quota_add(&endpoint->quota->mapped, view_room(&source->section),
								     endpoint->limits.mapped_max);
	return source->counted || !source->section.view;
}

/* Whether the blob area is for reading in the shared memory that it has come in. */
static bool
stays(const struct frame *frame, const struct arrival *arrival, const struct cdrpc_method *method)
{
	uint32_t flag = frame->type == FRAME_REPLY ? CDRPC_METHOD_SHARED_OUTPUTS : CDRPC_METHOD_SHARED_INPUTS;

	return method && (method->flags & (flag | CDRPC_METHOD_SECRET)) == flag && frame->blob_size &&
	       frame->route != FRAME_ROUTE_CHUNKS && (frame->route != FRAME_ROUTE_FRAME || arrival->slot);
}

static cdrpc_status
incoming_alloc(const struct session *session, const struct frame *frame, const struct cdrpc_method *method, bool in_place,
	    struct incoming **ret_incoming)
{
	const struct endpoint *endpoint = session->endpoint;
	uint64_t total = (((uint64_t)frame->body_size + 7) & ~UINT64_C(7)) + (in_place ? 0 : frame->blob_size);
	uint64_t decode_max = endpoint->limits.decode_max + (uint64_t)(in_place ? frame->blob_size : 0);
	uint32_t handle_count = method ? frame->handle_count : 0;
	struct incoming *incoming;

	incoming = env_alloc(pool_env(endpoint->pool), sizeof *incoming + (size_t)total + handle_count * sizeof *incoming->handles);
	if (!incoming)
		return CDRPC_E_REMOTE_NOMEM;
	*incoming = (struct incoming){
		.pool = pool_ref(endpoint->pool),
		.body_size = frame->body_size,
		.blob_size = frame->blob_size,
		.blob = (const uint8_t *)incoming->body + frame_padded(frame->body_size),
		.private_size = (size_t)total,
		.secret = method && method->flags & CDRPC_METHOD_SECRET,
		.handles = (struct cdrpc_handle_item *)(void *)((uint8_t *)incoming->body + total),
	};
	arena_init(&incoming->arena, pool_env(endpoint->pool), decode_max < SIZE_MAX ? (size_t)decode_max : SIZE_MAX);
	incoming->arena.secret = incoming->secret;
	*ret_incoming = incoming;
	return CDRPC_OK;
}

/* The source is the incoming body's to close from now on. */
static void
keep(struct incoming *incoming, struct session *session, const struct frame *frame, struct source *source, struct arrival *arrival)
{
	incoming->holder = session_ref(session);
	incoming->blob = source->bytes + frame->blob_offset;
	incoming->section = source->section;
	if (source->route == CDRPC_ROUTE_RESIDENT)
		incoming->slot = source->slot;
	else if (arrival->slot)
		incoming->slot = *arrival->slot;
	arrival->slot_kept = arrival->slot != NULL;
	memset(source, 0, sizeof *source);
}

cdrpc_status
incoming_new(struct session *session, const struct frame *frame, struct arrival *arrival, const struct cdrpc_method *method,
	  struct incoming **ret_incoming)
{
	struct source source = { 0 };
	bool in_place;
	struct incoming *incoming = NULL;
	cdrpc_status status;

	if ((uint64_t)frame->body_size + frame->blob_size > session->endpoint->limits.body_max)
		return CDRPC_E_REMOTE_LIMIT;
	if (frame->route == FRAME_ROUTE_CHUNKS && (!method || frame->type == FRAME_EVENT))
		return CDRPC_E_BAD_FRAME;
	status = source_open(session, frame, arrival, &source);
	if (status != CDRPC_OK)
		return status;
	fault_point(FAULT_COPYING, frame->type);
	/* Nothing would tell the sender when it may use that part of a section that is kept. */
	in_place = !source.kept && stays(frame, arrival, method) && may_hold(session, &source);
	status = source_holds(&source, frame) ? incoming_alloc(session, frame, method, in_place, &incoming) : CDRPC_E_BAD_FRAME;
	if (status != CDRPC_OK)
		goto out;
	if (frame->body_size && source.bytes)
		memcpy(incoming->body, source.bytes + frame->body_offset, frame->body_size);
	if (frame->blob_size && source.bytes && !in_place)
		memcpy((uint8_t *)incoming->body + frame_padded(frame->body_size), source.bytes + frame->blob_offset,
		       frame->blob_size);
	fault_point(FAULT_COPIED, frame->type);
	incoming->route = source.route;
	/* Nothing can fail after it: from here on the handles are ours. */
	if (method)
		status = handles_receive(session, frame, incoming->handles);
	if (status != CDRPC_OK)
		goto out;
	incoming->handle_count = method ? frame->handle_count : 0;
	if (source.kept)
		resident_keep(session, &source.section);
	if (in_place)
		keep(incoming, session, frame, &source, arrival);
	*ret_incoming = incoming;
	incoming = NULL;
out:
	/* A pushed handle that we refuse stays the peer's to take back. */
	if (status != CDRPC_OK && frame->flags & FRAME_FLAG_PUSHED)
		source.section.handle = NULL;
	source_close(session, &source);
	incoming_free(incoming);
	return status;
}

void
incoming_free(struct incoming *incoming)
{
	struct pool *pool;

	if (!incoming)
		return;
	handles_close(incoming->handles, incoming->handle_count);
	arena_done(&incoming->arena);
	if (incoming->secret)
		env_wipe(incoming->body, incoming->private_size);
	if (incoming->holder) {
		atomic_u64_sub(&incoming->holder->endpoint->quota->mapped, view_room(&incoming->section));
		section_done(&incoming->section);
		if (incoming->slot.bytes)
			slots_free(&incoming->holder->resident->reader, &incoming->slot);
		session_unref(incoming->holder);
	}
	pool = incoming->pool;
	env_free(pool_env(pool), incoming);
	pool_unref(pool);
}

void
incoming_reader(struct incoming *incoming, struct cdrpc_reader *r)
{
	cdrpc_reader_init(r, &incoming->arena, incoming->body, incoming->body_size, incoming->blob, incoming->blob_size);
	r->blob_shared = incoming->holder != NULL;
	r->handles = incoming->handles;
	r->handle_count = incoming->handle_count;
}

cdrpc_handle
incoming_take(struct incoming *incoming, cdrpc_handle handle)
{
	return incoming ? handles_take(incoming->handles, incoming->handle_count, handle) : NULL;
}
