#include "message/outbox.h"

#include <string.h>

#include "base/env.h"
#include "base/fault.h"
#include "message/buffer.h"
#include "message/chunks.h"
#include "message/release.h"
#include "session/endpoint.h"
#include "session/handles.h"
#include "session/resident.h"
#include "session/trace.h"
#include "wire/writer.h"

static cdrpc_status
outbox_make(const struct endpoint *endpoint, struct outbox **ret_outbox)
{
	uint32_t size = endpoint->limits.inline_max;
	struct outbox *outbox;

	outbox = env_alloc(&endpoint->env, frame_padded(sizeof *outbox) + OUTBOX_LEAD + frame_padded(size));
	if (!outbox)
		return CDRPC_E_NOMEM;
	outbox->buffer = (uint8_t *)outbox + frame_padded(sizeof *outbox) + OUTBOX_LEAD;
	outbox->buffer_size = size;
	*ret_outbox = outbox;
	return CDRPC_OK;
}

cdrpc_status
outbox_new(struct session *session, enum frame_type type, const struct cdrpc_method *method, struct outbox **ret_outbox)
{
	struct endpoint *endpoint = session->endpoint;
	struct outbox *outbox = NULL;
	cdrpc_status status;

	if (endpoint_on_thread(endpoint)) {
		outbox = endpoint->spare;
		endpoint->spare = NULL;
	}
	if (!outbox) {
		status = outbox_make(endpoint, &outbox);
		if (status != CDRPC_OK)
			return status;
	}
	outbox->session = session_ref(session);
	outbox->method = method;
	session_frame(session, type, &outbox->frame);
	outbox->place = (struct place){ 0 };
	outbox->needs_answer = false;
	outbox->waits_for_hung = false;
	outbox->copies = 0;
	outbox->bytes = NULL;
	outbox->sent = NULL;
	outbox->route = CDRPC_ROUTE_NONE;
	outbox->body_bytes = 0;
	outbox->client = NULL;
	outbox->call = NULL;
	outbox->iface = NULL;
	outbox->latest = false;
	outbox->newer = NULL;
	outbox->buffers = NULL;
	outbox_place_first(outbox);
	*ret_outbox = outbox;
	return CDRPC_OK;
}

void
outbox_free(struct outbox *outbox)
{
	struct session *session;
	struct endpoint *endpoint;

	if (!outbox)
		return;
	session = outbox->session;
	endpoint = endpoint_ref(session->endpoint);
	place_done(session, &outbox->place);
	handles_withdraw(&outbox->frame, outbox->copies);
	if (outbox->method && outbox->method->flags & CDRPC_METHOD_SECRET)
		env_wipe(outbox->buffer, outbox->buffer_size);
	outbox->session = NULL;
	if (endpoint_on_thread(endpoint) && !endpoint->spare)
		endpoint->spare = outbox;
	else
		env_free(&endpoint->env, outbox);
	session_unref(session);
	endpoint_unref(endpoint);
}

/* What a published REPLY came to, its sender never hears; so nobody could say whose its handles are. */
static void
expect_handles(struct outbox *outbox, uint32_t count)
{
	outbox->needs_answer = count > 0 && outbox->frame.type == FRAME_REPLY;
}

/* The body is larger than its first place, and is written again, into the place where it will travel. */
static cdrpc_status
grow(struct cdrpc_writer *w, size_t size)
{
	struct outbox *outbox = (struct outbox *)w->target;
	struct route_choice choice;
	size_t blob_size = w->blob_size;
	cdrpc_status status;

	expect_handles(outbox, w->handle_count);
	if (buffer_fit(outbox, w, size))
		blob_size = 0;
	status = outbox_place_for(outbox, frame_padded(size) + blob_size, 0, &choice);
	if (status != CDRPC_OK)
		return status;
	w->base = outbox->body;
	w->capacity = size;
	return CDRPC_OK;
}

void
outbox_writer(struct outbox *outbox, struct cdrpc_writer *w)
{
	cdrpc_writer_init(w, outbox->body, outbox->room, grow, outbox);
}

/* A REPLY in a slot is a whole frame there; a REQUEST's header travels in a message and says where in the arena the body is. */
static uint16_t
frame_route(const struct outbox *outbox, enum cdrpc_route route)
{
	if (outbox->frame.body_size == 0)
		return FRAME_ROUTE_NONE;
	if (route == CDRPC_ROUTE_SECTION)
		return FRAME_ROUTE_SECTION;
	if (route == CDRPC_ROUTE_CHUNKS)
		return FRAME_ROUTE_CHUNKS;
	return route == CDRPC_ROUTE_RESIDENT && outbox->frame.type != FRAME_REPLY ? FRAME_ROUTE_RESIDENT : FRAME_ROUTE_FRAME;
}

static cdrpc_status
header_store(struct outbox *outbox, enum cdrpc_route route, const struct cdrpc_handle_item *items, uint32_t count)
{
	struct frame *frame = &outbox->frame;
	const struct section *section = NULL;
	uint32_t start = 0;
	cdrpc_status status;

	frame->route = frame_route(outbox, route);
	if (frame->route == FRAME_ROUTE_RESIDENT)
		start = (uint32_t)(outbox->body - arena_base(&outbox->session->resident->writer, outbox->place.slot));
	if (frame->route == FRAME_ROUTE_SECTION) {
		section = &outbox->place.section;
		start = (uint32_t)(outbox->body - section->view);
		frame->section_size = section->size;
		frame->flags |= outbox->place.offered ? FRAME_FLAG_KEEP : 0;
	}
	frame->handle_count += count;
	status = frame_arrange(frame, start);
	if (status == CDRPC_OK)
		status = handles_offer(outbox->session, section, items, count, frame);
	if (status != CDRPC_OK) {
		frame->handle_count -= count;
		return status;
	}
	outbox->copies = frame->flags & FRAME_FLAG_PUSHED ? 0 : count;
	outbox->route = route;
	outbox->bytes = outbox->place.kind >= PLACE_SECTION ? outbox->buffer : outbox->body;
	outbox->bytes -= FRAME_HEADER_SIZE + frame->handle_count * FRAME_HANDLE_SIZE;
	frame_encode(frame, outbox->bytes);
	frame_encode_handles(frame, outbox->bytes + FRAME_HEADER_SIZE);
	return CDRPC_OK;
}

/* Chooses the route, and completes the body where it travels. *ret_buffer: whose memory that is; NULL: the outbox's own. */
static cdrpc_status
complete(struct outbox *outbox, const struct cdrpc_writer *w, struct buffer **ret_buffer, struct route_choice *ret_choice)
{
	size_t body_size = w ? w->at : 0, blob_size = w ? w->blob_size : 0;
	struct buffer *buffer = blob_size ? buffer_fit(outbox, w, body_size) : NULL;
	cdrpc_status status;

	*ret_buffer = buffer;
	if (buffer)
		return buffer_use(buffer, outbox, w, ret_choice);
	status = outbox_place_for(outbox, frame_padded(body_size) + blob_size, body_size, ret_choice);
	if (status == CDRPC_OK && blob_size)
		writer_store_blobs(w, outbox->body);
	return status;
}

cdrpc_status
outbox_seal(struct outbox *outbox, const struct cdrpc_writer *w)
{
	struct frame *frame = &outbox->frame;
	struct buffer *buffer = NULL;
	struct route_choice choice;
	const struct cdrpc_handle_item *items = w ? w->handles : NULL;
	uint32_t count = w ? w->handle_count : 0;
	size_t size;
	cdrpc_status status;

	if (w && w->status != CDRPC_OK)
		return w->status;
	expect_handles(outbox, count);
	status = complete(outbox, w, &buffer, &choice);
	if (status != CDRPC_OK)
		return status;
	frame->body_size = w ? (uint32_t)w->at : 0;
	frame->blob_size = w ? (uint32_t)w->blob_size : 0;
	outbox->body_bytes = (uint64_t)frame->body_size + frame->blob_size;
	status = header_store(outbox, choice.route, items, count);
	/* The system refuses to put the section into the peer, which may not fetch it either. */
	if (status == CDRPC_E_OS && choice.route == CDRPC_ROUTE_SECTION) {
		size = frame_padded(frame->body_size) + frame->blob_size;
		status = outbox_place_chunks(outbox, size, size);
		if (status == CDRPC_OK && buffer)
			buffers_used(outbox, w, buffer);
		buffer = status == CDRPC_OK ? NULL : buffer;
		if (status == CDRPC_OK)
			status = header_store(outbox, CDRPC_ROUTE_CHUNKS, items, count);
	}
	if (status == CDRPC_OK && w)
		buffers_used(outbox, w, buffer);
	/* It stays the application's. */
	if (status != CDRPC_OK && buffer)
		outbox->place = (struct place){ 0 };
	if (status == CDRPC_OK)
		fault_point(FAULT_SEALED, frame->type);
	return status;
}

void
outbox_serve(struct outbox *outbox, uint64_t deadline_us, const struct chunks_owner *owner)
{
	struct chunks *chunks = outbox->place.chunks;

	if (!chunks)
		return;
	outbox->place.chunks = NULL;
	chunks_serve(chunks, &outbox->frame, outbox->method->flags & CDRPC_METHOD_ONEWAY, deadline_us, owner);
}

void
outbox_publish(struct outbox *outbox)
{
	struct session *session = outbox->session;
	struct resident *resident = session->resident;
	enum slot_kind kind = outbox->frame.type == FRAME_REPLY ? SLOT_BY_EVENT : SLOT_BY_MESSAGE;
	size_t start, size;

	if (outbox->route != CDRPC_ROUTE_RESIDENT)
		return;
	start = (size_t)(outbox->bytes - arena_memory(&resident->writer, outbox->place.slot));
	size = (size_t)(outbox->body - outbox->bytes) + frame_padded(outbox->frame.body_size) + outbox->frame.blob_size;
	if (kind == SLOT_BY_EVENT)
		size = outbox->frame.frame_size;
	lock_take(&resident->lock);
	outbox->place.word = arena_publish(&resident->writer, outbox->place.slot, (uint32_t)start, (uint32_t)size, outbox->frame.txn, kind);
	lock_drop(&resident->lock);
	outbox->place.published = true;
	fault_point(FAULT_PUBLISHED, outbox->frame.type);
	if (kind == SLOT_BY_EVENT) {
		outbox_trace(outbox, 0, FRAME_RESULT_ACCEPTED);
		resident_tell(session);
	}
}

/* What is refused as seen has been taken when it came first, and the peer has said what it did with the section. */
static void
settle_offer(struct outbox *outbox, bool unanswered, bool refused)
{
	enum resident_offer offer = OFFER_TAKEN;

	if (unanswered)
		offer = OFFER_UNKNOWN;
	else if (refused)
		offer = OFFER_NOT_MADE;
	resident_settle_offer(outbox->session, offer, &outbox->place.section);
	outbox->place.offered = false;
}

void
outbox_settle(struct outbox *outbox, const struct send_outcome *outcome)
{
	struct resident *resident = outbox->session->resident;
	bool unanswered = !outcome->answered || outcome->result == FRAME_RESULT_NONE;
	cdrpc_status said;
	bool refused = !unanswered && frame_result_is_refusal(outcome->result, &said);

	if (outbox->place.published && (unanswered || refused)) {
		lock_take(&resident->lock);
		/* The peer may have freed it, and another frame may be in it by now. */
		arena_abandon(&resident->writer, outbox->place.slot, outbox->place.word);
		lock_drop(&resident->lock);
	}
	if (outbox->place.offered)
		settle_offer(outbox, unanswered, refused && said != CDRPC_E_DUPLICATE);
	/* A frame that was sent once more than it had to be is refused as seen; with the first, the handles were the peer's. */
	if (refused && said != CDRPC_E_DUPLICATE) {
		handles_take_back(outbox->session, &outbox->frame);
		/* One that was not offered is still this frame's own; there may be one of another answer to the same call. */
		if (outbox->route == CDRPC_ROUTE_CHUNKS && !outbox->place.chunks)
			chunks_forget(outbox->session, true, outbox->frame.type == FRAME_REPLY, outbox->frame.txn);
		return;
	}
	if (unanswered && (outbox->place.kind == PLACE_SECTION || outbox->frame.handle_count) &&
	    !peer_has_ended(&outbox->session->peer))
		release_post(outbox);
}

void
outbox_trace(const struct outbox *outbox, uint64_t began_us, uint32_t result)
{
	struct trace_line line = { TRACE_OUT, &outbox->frame, outbox->iface, outbox->method, outbox->route, 0, 0, began_us };

	if (!outbox->session->endpoint->trace)
		return;
	if (!(outbox->frame.type == FRAME_REPLY && outbox->route == CDRPC_ROUTE_RESIDENT))
		line.size = outbox->frame.frame_size;
	line.status = outbox->frame.type == FRAME_REPLY ? outbox->frame.status :
							  frame_result_status(outbox->frame.type, outbox->method, result);
	trace_write(outbox->session->endpoint, &line);
}
