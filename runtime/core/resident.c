#include "resident.h"

#include <string.h>

#include "endpoint.h"
#include "env.h"
#include "pending.h"
#include "session.h"

#define RING_SIZE_MAX UINT32_C(262144)
#define FIRST_SIZE_MAX (UINT32_C(1) << 20)

static const struct {
	uint32_t kind;
	uint32_t rights;
} offered[RESIDENT_HANDLES] = {
	{ CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY },
	{ CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ },
	{ CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE },
};

static struct resident *
resident_new(const struct session *session)
{
	struct resident *resident = env_alloc(&session->endpoint->env, sizeof *resident);

	if (!resident)
		return NULL;
	memset(resident, 0, sizeof *resident);
	lock_init(&resident->lock);
	return resident;
}

void
resident_free(struct session *session)
{
	struct resident *resident = session->resident;

	if (!resident)
		return;
	session->resident = NULL;
	section_done(&resident->control);
	section_done(&resident->out);
	section_done(&resident->out_more);
	section_done(&resident->in);
	section_done(&resident->in_more);
	handle_close(resident->peer_event);
	lock_done(&resident->lock);
	env_free(&session->endpoint->env, resident);
}

/* A section is an arena, and then a ring with its header. */
static uint32_t
ring_size(uint32_t section_size)
{
	uint32_t size = RING_SIZE_MAX;

	while (size > section_size / 4)
		size /= 2;
	return size;
}

static uint32_t
arena_size(uint32_t section_size)
{
	return (section_size - RING_HEADER_SIZE - ring_size(section_size)) & ~(ARENA_ALIGN - 1);
}

uint32_t
resident_first_size(const struct cdrpc_limits *limits)
{
	if (limits->resident_max == CDRPC_RESIDENT_NONE)
		return 0;
	return limits->resident_max < FIRST_SIZE_MAX ? limits->resident_max : FIRST_SIZE_MAX;
}

static void
control_use(struct session *session)
{
	struct resident *resident = session->resident;
	struct resident_control *control = (struct resident_control *)(void *)resident->control.view;

	resident->own = &control->halves[session->is_client ? 0 : 1];
	resident->peer = &control->halves[session->is_client ? 1 : 0];
}

static cdrpc_status
own_part(struct session *session)
{
	struct resident *resident = session->resident;
	const struct endpoint *endpoint = session->endpoint;
	uint32_t size = resident_first_size(&endpoint->limits);
	cdrpc_status status = CDRPC_OK;

	if (session->is_client) {
		status = section_new(&endpoint->env, sizeof(struct resident_control), &resident->control);
		if (status == CDRPC_OK)
			control_use(session);
	}
	if (status == CDRPC_OK)
		status = section_new(&endpoint->env, size, &resident->out);
	if (status != CDRPC_OK)
		return status;
	arena_writer_init(&resident->writer, resident->out.view, arena_size(size), resident->own->slots);
	ring_writer_init(&resident->ring_out, resident->out.view + arena_size(size), ring_size(size),
			 &resident->peer->event_tail);
	return CDRPC_OK;
}

static cdrpc_status
name_handle(struct session *session, struct frame *frame, cdrpc_handle handle)
{
	struct frame_handle *named = &frame->handles[frame->handle_count];
	cdrpc_status status = CDRPC_OK;

	named->kind = offered[frame->handle_count].kind;
	named->rights = offered[frame->handle_count].rights;
	if (frame->flags & FRAME_FLAG_PUSHED)
		status = handle_push(handle, named->kind, named->rights, session->process, &named->value);
	else
		named->value = (uint64_t)(uintptr_t)handle;
	if (status == CDRPC_OK)
		frame->handle_count++;
	return status;
}

void
resident_offer(struct session *session, struct frame *frame)
{
	const struct endpoint *endpoint = session->endpoint;
	cdrpc_status status;

	if (endpoint->limits.resident_max == CDRPC_RESIDENT_NONE || (!session->may_push && !session->may_pull))
		return;
	if (session->is_client)
		session->resident = resident_new(session);
	if (!session->resident)
		return;
	if (!session->may_pull)
		frame->flags |= FRAME_FLAG_PUSHED;
	status = own_part(session);
	if (status == CDRPC_OK)
		status = name_handle(session, frame, port_event(endpoint->port));
	if (status == CDRPC_OK)
		status = name_handle(session, frame, session->resident->out.handle);
	if (status == CDRPC_OK && session->is_client)
		status = name_handle(session, frame, session->resident->control.handle);
	if (status != CDRPC_OK) {
		resident_unoffer(session, frame);
		frame->handle_count = 0;
		frame->flags &= ~(uint32_t)FRAME_FLAG_PUSHED;
	} else if (!session->is_client) {
		session->resident->ready = true;
	}
}

void
resident_unoffer(struct session *session, const struct frame *frame)
{
	uint32_t i;

	for (i = 0; frame->flags & FRAME_FLAG_PUSHED && i < frame->handle_count; i++)
		handle_take_back(session->process, frame->handles[i].value);
	resident_free(session);
}

/* Takes the handle into this process, or believes that it is there. */
static cdrpc_status
take_handle(const struct session *session, const struct frame *frame, uint32_t index, cdrpc_handle *ret_handle)
{
	const struct frame_handle *named = &frame->handles[index];

	if (named->kind != offered[index].kind || named->rights != offered[index].rights)
		return CDRPC_E_PROTOCOL;
	if (!(frame->flags & FRAME_FLAG_PUSHED))
		return handle_pull(session->process, named->value, named->kind, named->rights, ret_handle);
	if (!policy_believes(&session->endpoint->own, &session->facts))
		return CDRPC_E_PROTOCOL;
	return handle_accept(named->value, named->kind, named->rights, ret_handle);
}

static cdrpc_status
take_section(const struct session *session, const struct frame *frame, uint32_t index, size_t size,
	     struct section *ret_section)
{
	cdrpc_handle handle = NULL;
	cdrpc_status status = take_handle(session, frame, index, &handle);

	if (status != CDRPC_OK)
		return status;
	status = section_map(&session->endpoint->env, handle, size, index == RESIDENT_CONTROL, ret_section);
	if (status != CDRPC_OK && !(frame->flags & FRAME_FLAG_PUSHED))
		handle_close(handle);
	return status;
}

bool
resident_adopt(struct session *session, const struct frame *frame)
{
	uint32_t expected = session->is_client ? RESIDENT_CONTROL : RESIDENT_HANDLES;
	uint32_t size = session->peer_arena_size;
	struct resident *resident;
	cdrpc_status status;

	if (frame->handle_count == 0) {
		resident_free(session);
		return true;
	}
	if (!session->is_client)
		session->resident = resident_new(session);
	resident = session->resident;
	if (!resident || frame->handle_count != expected || size < CDRPC_RESIDENT_LEAST || size > CDRPC_RESIDENT_MOST)
		return false;
	status = take_handle(session, frame, RESIDENT_EVENT, &resident->peer_event);
	if (status == CDRPC_OK)
		status = take_section(session, frame, RESIDENT_ARENA, size, &resident->in);
	if (status == CDRPC_OK && !session->is_client) {
		status = take_section(session, frame, RESIDENT_CONTROL, sizeof(struct resident_control), &resident->control);
		if (status == CDRPC_OK)
			control_use(session);
	}
	if (status != CDRPC_OK) {
		/* What was pushed is not ours to close after a failure: its sender takes it back. */
		if (frame->flags & FRAME_FLAG_PUSHED) {
			resident->peer_event = NULL;
			resident->in.handle = NULL;
			resident->control.handle = session->is_client ? resident->control.handle : NULL;
		}
		resident_free(session);
		return false;
	}
	arena_reader_init(&resident->reader, resident->in.view, arena_size(size), resident->peer->slots);
	ring_reader_init(&resident->ring_in, resident->in.view + arena_size(size), ring_size(size),
			 &resident->own->event_tail);
	if (session->is_client)
		resident->ready = true;
	return true;
}

enum resident_doing
resident_doing(struct session *session, enum resident_doing doing)
{
	struct resident *resident = session->resident;

	if (!resident || !resident->ready)
		return DOING_OTHER;
	/* Sequentially consistent, and so is the peer's publishing: it sees this, or we see what it has published. */
	return (enum resident_doing)atomic_u32_exchange(&resident->own->doing, (uint32_t)doing);
}

void
resident_tell(struct session *session)
{
	struct resident *resident = session->resident;

	switch (atomic_u32_load(&resident->peer->doing)) {
	case DOING_SEND:
		break;
	case DOING_WAIT:
		event_set(resident->peer_event);
		break;
	case DOING_EITHER:
		event_set(resident->peer_event);
		port_ring_peer(session->window);
		break;
	default:
		port_ring_peer(session->window);
		break;
	}
}

void
resident_tell_events(struct session *session)
{
	/* One ring until it has looked. Whoever comes back from a call looks by itself, so telling it meanwhile may be in vain. */
	if (atomic_u32_exchange(&session->resident->peer->event_bell, 1) == 0)
		resident_tell(session);
}

void
resident_look(struct session *session)
{
	struct resident *resident = session->resident;
	struct arena_view view;
	struct frame frame;
	uint32_t at = 0;

	if (!resident || !resident->ready)
		return;
	while (arena_next(&resident->reader, SLOT_BY_EVENT, &at, &view)) {
		struct arrival arrival = { view.bytes, &view, false };

		/* The header is copied before it is judged; a body is copied after that. */
		if (frame_decode(view.bytes, view.size, &frame) == CDRPC_OK && frame.type == FRAME_REPLY)
			pending_receive(session, &frame, &arrival);
		if (!arrival.slot_kept)
			arena_free(&resident->reader, &view);
	}
}
