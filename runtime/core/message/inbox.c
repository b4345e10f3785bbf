#include "message/inbox.h"

#include <string.h>

#include "base/env.h"
#include "base/fault.h"
#include "base/pool.h"
#include "message/outbox.h"
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
	struct arena_view slot;
	bool in_slot;
	bool kept;                      /* the section is the session's from now on, if all goes well */
	bool counted;                   /* it stays mapped, and is counted as that */
};

static cdrpc_status
source_open(const struct session *session, const struct frame *frame, const struct arrival *arrival,
	    struct source *ret_source)
{
	const struct resident *resident = session->resident;
	struct source source = { 0 };
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
		source.bytes = source.section.view;
		break;
	case FRAME_ROUTE_RESIDENT:
		if (!resident || !resident->ready || !arena_take(&resident->reader, frame->txn, &source.slot))
			return CDRPC_E_BAD_FRAME;
		source.in_slot = true;
		source.bytes = source.slot.base;
		break;
	case FRAME_ROUTE_CHUNKS:
		/* They follow. */
		if (frame->body_offset != 0 || (frame->blob_size && frame->blob_offset != frame_padded(frame->body_size)))
			return CDRPC_E_BAD_FRAME;
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

	if (!source->in_slot)
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
		commons_drop_mapped(session->endpoint->commons, view_room(&source->section));
	section_done(&source->section);
	if (source->in_slot)
		arena_free(&session->resident->reader, &source->slot);
}

static enum cdrpc_route
route_of(const struct source *source)
{
	if (source->in_slot)
		return CDRPC_ROUTE_RESIDENT;
	if (!source->bytes)
		return CDRPC_ROUTE_CHUNKS;
	return source->section.view ? CDRPC_ROUTE_SECTION : CDRPC_ROUTE_MESSAGE;
}

/* Whether it may stay mapped, which is counted then. A slot is counted with its arena. */
static bool
may_hold(const struct session *session, struct source *source)
{
	const struct endpoint *endpoint = session->endpoint;

	source->counted = source->section.view && commons_add_mapped(endpoint->commons, view_room(&source->section),
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
inbox_alloc(const struct session *session, const struct frame *frame, const struct cdrpc_method *method, bool in_place,
	    struct inbox **ret_inbox)
{
	const struct endpoint *endpoint = session->endpoint;
	uint64_t total = (((uint64_t)frame->body_size + 7) & ~UINT64_C(7)) + (in_place ? 0 : frame->blob_size);
	uint64_t decode_max = endpoint->limits.decode_max + (uint64_t)(in_place ? frame->blob_size : 0);
	uint32_t handle_count = method ? frame->handle_count : 0;
	struct inbox *inbox;

	inbox = env_alloc(pool_env(endpoint->pool), sizeof *inbox + (size_t)total + handle_count * sizeof *inbox->handles);
	if (!inbox)
		return CDRPC_E_REMOTE_NOMEM;
	inbox->pool = pool_ref(endpoint->pool);
	arena_init(&inbox->arena_memory, pool_env(endpoint->pool), decode_max < SIZE_MAX ? (size_t)decode_max : SIZE_MAX);
	inbox->arena = &inbox->arena_memory;
	inbox->body_size = frame->body_size;
	inbox->blob_size = frame->blob_size;
	inbox->blob = (const uint8_t *)inbox->body + frame_padded(frame->body_size);
	inbox->private_size = (size_t)total;
	inbox->holder = NULL;
	inbox->secret = method && method->flags & CDRPC_METHOD_SECRET;
	inbox->arena_memory.secret = inbox->secret;
	inbox->handle_count = 0;
	inbox->handles = (struct cdrpc_handle_item *)(void *)((uint8_t *)inbox->body + total);
	*ret_inbox = inbox;
	return CDRPC_OK;
}

/* The source is the inbox's to close from now on. */
static void
keep(struct inbox *inbox, struct session *session, const struct frame *frame, struct source *source, struct arrival *arrival)
{
	inbox->holder = session_ref(session);
	inbox->blob = source->bytes + frame->blob_offset;
	inbox->section = source->section;
	memset(&inbox->slot, 0, sizeof inbox->slot);
	if (source->in_slot)
		inbox->slot = source->slot;
	else if (arrival->slot)
		inbox->slot = *arrival->slot;
	arrival->slot_kept = arrival->slot != NULL;
	memset(source, 0, sizeof *source);
}

cdrpc_status
inbox_new(struct session *session, const struct frame *frame, struct arrival *arrival, const struct cdrpc_method *method,
	  struct inbox **ret_inbox)
{
	struct source source = { 0 };
	bool in_place;
	struct inbox *inbox = NULL;
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
	status = source_holds(&source, frame) ? inbox_alloc(session, frame, method, in_place, &inbox) : CDRPC_E_BAD_FRAME;
	if (status != CDRPC_OK)
		goto out;
	if (frame->body_size && source.bytes)
		memcpy(inbox->body, source.bytes + frame->body_offset, frame->body_size);
	if (frame->blob_size && source.bytes && !in_place)
		memcpy((uint8_t *)inbox->body + frame_padded(frame->body_size), source.bytes + frame->blob_offset,
		       frame->blob_size);
	fault_point(FAULT_COPIED, frame->type);
	inbox->route = route_of(&source);
	/* Nothing can fail after it: from here on the handles are ours. */
	if (method)
		status = handles_receive(session, frame, inbox->handles);
	if (status != CDRPC_OK)
		goto out;
	inbox->handle_count = method ? frame->handle_count : 0;
	if (source.kept)
		resident_keep(session, &source.section);
	if (in_place)
		keep(inbox, session, frame, &source, arrival);
	*ret_inbox = inbox;
	inbox = NULL;
out:
	/* A pushed handle that we refuse stays the peer's to take back. */
	if (status != CDRPC_OK && frame->flags & FRAME_FLAG_PUSHED)
		source.section.handle = NULL;
	source_close(session, &source);
	inbox_free(inbox);
	return status;
}

void
inbox_free(struct inbox *inbox)
{
	struct pool *pool;

	if (!inbox)
		return;
	handles_close(inbox->handles, inbox->handle_count);
	arena_done(inbox->arena);
	if (inbox->secret)
		env_wipe(inbox->body, inbox->private_size);
	if (inbox->holder) {
		commons_drop_mapped(inbox->holder->endpoint->commons, view_room(&inbox->section));
		section_done(&inbox->section);
		if (inbox->slot.bytes)
			arena_free(&inbox->holder->resident->reader, &inbox->slot);
		session_unref(inbox->holder);
	}
	pool = inbox->pool;
	env_free(pool_env(pool), inbox);
	pool_unref(pool);
}

void
inbox_reader(const struct inbox *inbox, struct cdrpc_reader *r)
{
	cdrpc_reader_init(r, inbox->arena, inbox->body, inbox->body_size, inbox->blob, inbox->blob_size);
	r->blob_shared = inbox->holder != NULL;
	r->handles = inbox->handles;
	r->handle_count = inbox->handle_count;
}

cdrpc_handle
inbox_take(struct inbox *inbox, cdrpc_handle handle)
{
	return inbox ? handles_take(inbox->handles, inbox->handle_count, handle) : NULL;
}
