/* What OPEN and its answer agree on of what a session keeps mapped. */
#include <string.h>

#include "base/env.h"
#include "session/endpoint.h"
#include "session/handles.h"
#include "session/resident.h"
#include "session/session.h"

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

static uint32_t
smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

uint32_t
resident_size(const struct session *session)
{
	uint32_t max = session->endpoint->limits.resident_max, theirs = session->terms.arena_size;

	if (max == CDRPC_RESIDENT_NONE)
		return 0;
	return smaller(smaller(max, FIRST_SIZE_MAX), theirs ? theirs : UINT32_MAX);
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

/* How large a section of the peer's may be that follows from what it has said of it; 0: it is over our limit, or there is none. */
static uint32_t
largest_in(const struct session *session)
{
	uint32_t max = session->endpoint->limits.resident_max, theirs = session->terms.arena_size;

	/* A server speaks first, and before it knows of ours. */
	if (session->is_client && session->terms.adapts)
		theirs = smaller(theirs, resident_size(session));
	return max == CDRPC_RESIDENT_NONE || theirs < CDRPC_RESIDENT_LEAST || theirs > max ? 0 : theirs;
}

/* False: the session does without arenas. */
static bool
begin(struct session *session)
{
	const struct cdrpc_env *env = &session->endpoint->env;
	uint32_t in_max = largest_in(session);
	struct resident *resident;

	if (in_max == 0)
		return false;
	resident = env_alloc(env, sizeof *resident);
	if (!resident)
		return false;
	memset(resident, 0, sizeof *resident);
	lock_init(&resident->lock);
	resident->in_max = in_max;
	session->resident = resident;
	if (resident_count(session, (uint64_t)in_max + resident_size(session)))
		return true;
	resident_free(session);
	return false;
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
	uint32_t size = resident_size(session);
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
	slots_writer_init(&resident->writer, resident->out.view, arena_size(size), resident->own->slots);
	ring_writer_init(&resident->ring_out, resident->out.view + arena_size(size), ring_size(size),
			 &resident->peer->event_tail);
	return CDRPC_OK;
}

/* In the order of 'offered'. */
static cdrpc_status
name_handles(struct session *session, struct frame *frame)
{
	const struct resident *resident = session->resident;
	const cdrpc_handle own[RESIDENT_HANDLES] = {
		port_event(session->endpoint->port), resident->out.handle, resident->control.handle,
	};
	uint32_t count = session->is_client ? RESIDENT_HANDLES : RESIDENT_CONTROL, i;
	cdrpc_status status = CDRPC_OK;

	for (i = 0; i < count && status == CDRPC_OK; i++) {
		frame->handles[i] = (struct frame_handle){ offered[i].kind, offered[i].rights, (uint64_t)(uintptr_t)own[i] };
		if (frame->flags & FRAME_FLAG_PUSHED)
			status = handle_push(own[i], (enum cdrpc_handle_kind)offered[i].kind, offered[i].rights, session->peer.process,
					     &frame->handles[i].value);
		frame->handle_count += status == CDRPC_OK;
	}
	return status;
}

/* Takes back what was pushed so far, and gives up. */
static void
unoffer(struct session *session, struct frame *frame)
{
	handles_take_back(session, frame);
	frame->handle_count = 0;
	frame->flags &= ~(uint32_t)FRAME_FLAG_PUSHED;
	resident_free(session);
}

void
resident_announce(struct session *session, struct frame *frame)
{
	cdrpc_status status;

	if (!session->peer.may_push && !session->peer.may_pull) {
		resident_free(session);
		return;
	}
	/* A server has begun with the client's part. */
	if (session->is_client)
		begin(session);
	if (!session->resident)
		return;
	if (!session->peer.may_pull)
		frame->flags |= FRAME_FLAG_PUSHED;
	status = own_part(session);
	if (status == CDRPC_OK)
		status = name_handles(session, frame);
	if (status != CDRPC_OK)
		unoffer(session, frame);
	else if (!session->is_client)
		session->resident->ready = true;
}

/* Takes the handles into this process, or believes that they are there. */
static cdrpc_status
take_arenas(const struct session *session, const struct frame *frame, cdrpc_handle ret_handles[RESIDENT_HANDLES])
{
	cdrpc_status status = CDRPC_OK;
	uint32_t i;

	for (i = 0; i < frame->handle_count && status == CDRPC_OK; i++) {
		if (frame->handles[i].kind != offered[i].kind || frame->handles[i].rights != offered[i].rights)
			return CDRPC_E_PROTOCOL;
		status = handles_receive_one(session, frame, i, &ret_handles[i]);
	}
	return status;
}

/* On success the handles are the resident part's; on failure there is none any more, and they are the caller's. */
static cdrpc_status
map_in(struct session *session, const cdrpc_handle handles[RESIDENT_HANDLES])
{
	const struct cdrpc_env *env = &session->endpoint->env;
	struct resident *resident = session->resident;
	uint32_t size = session->terms.arena_size;
	cdrpc_status status;

	status = section_map(env, handles[RESIDENT_ARENA], size, false, &resident->in);
	if (status == CDRPC_OK && !session->is_client) {
		status = section_map(env, handles[RESIDENT_CONTROL], sizeof(struct resident_control), true, &resident->control);
		if (status == CDRPC_OK)
			control_use(session);
	}
	if (status != CDRPC_OK) {
		resident->in.handle = NULL;
		resident_free(session);
		return status;
	}
	resident->peer_event = handles[RESIDENT_EVENT];
	slots_reader_init(&resident->reader, resident->in.view, arena_size(size), resident->peer->slots);
	ring_reader_init(&resident->ring_in, resident->in.view + arena_size(size), ring_size(size),
			 &resident->own->event_tail);
	if (session->is_client)
		resident->ready = true;
	return CDRPC_OK;
}

cdrpc_status
resident_adopt(struct session *session, const struct frame *frame)
{
	uint32_t size = session->terms.arena_size, i;
	bool pushed = (frame->flags & FRAME_FLAG_PUSHED) != 0, without = false;
	cdrpc_handle handles[RESIDENT_HANDLES] = { NULL };
	cdrpc_status status;

	if (frame->handle_count == 0) {
		resident_free(session);
		return CDRPC_OK;
	}
	if (frame->handle_count != (session->is_client ? RESIDENT_CONTROL : RESIDENT_HANDLES))
		return CDRPC_E_PROTOCOL;
	if (!session->is_client)
		without = !begin(session);
	else if (!session->resident || size < CDRPC_RESIDENT_LEAST || size > session->resident->in_max)
		return CDRPC_E_PROTOCOL;
	if (without && !pushed)
		return CDRPC_OK;
	status = take_arenas(session, frame, handles);
	if (status == CDRPC_OK && !without)
		status = map_in(session, handles);
	if (status == CDRPC_OK && !without)
		return CDRPC_OK;
	/* No room here, or none over there. A server has taken nothing of it yet that the client relies on. */
	if (!session->is_client && status != CDRPC_E_PROTOCOL)
		status = CDRPC_OK;
	/* Whose frame is refused closes what it has pushed. */
	for (i = 0; i < RESIDENT_HANDLES && (status == CDRPC_OK || !pushed); i++)
		handle_close(handles[i]);
	resident_free(session);
	return status == CDRPC_OK || status == CDRPC_E_NOMEM ? status : CDRPC_E_PROTOCOL;
}
