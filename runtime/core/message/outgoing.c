#include "message/outgoing.h"

#include <string.h>

#include "base/env.h"
#include "base/fault.h"
#include "message/buffer.h"
#include "message/chunks.h"
#include "message/reclaim.h"
#include "session/endpoint.h"
#include "session/handles.h"
#include "session/report.h"
#include "session/resident.h"
#include "session/trace.h"
#include "wire/writer.h"

static cdrpc_status
outgoing_make(const struct endpoint *endpoint, struct outgoing **ret_outgoing)
{
	uint32_t size = endpoint->limits.inline_max;
	struct outgoing *outgoing;

	outgoing = env_alloc(&endpoint->env, frame_padded(sizeof *outgoing) + OUTGOING_LEAD + frame_padded(size));
	if (!outgoing)
		return CDRPC_E_NOMEM;
	outgoing->buffer = (uint8_t *)outgoing + frame_padded(sizeof *outgoing) + OUTGOING_LEAD;
	outgoing->buffer_size = size;
	*ret_outgoing = outgoing;
	return CDRPC_OK;
}

cdrpc_status
outgoing_new(struct session *session, enum frame_type type, const struct cdrpc_method *method, struct outgoing **ret_outgoing)
{
	struct endpoint *endpoint = session->endpoint;
	struct outgoing *outgoing = NULL;
	cdrpc_status status;

	if (endpoint_on_thread(endpoint)) {
		outgoing = endpoint->messages->spare;
		endpoint->messages->spare = NULL;
	}
	if (!outgoing) {
		status = outgoing_make(endpoint, &outgoing);
		if (status != CDRPC_OK)
			return status;
	}
	*outgoing = (struct outgoing){
		.session = session_ref(session), .method = method,
		.buffer = outgoing->buffer, .buffer_size = outgoing->buffer_size,
	};
	session_frame(session, type, &outgoing->frame);
	outgoing_place_first(outgoing);
	*ret_outgoing = outgoing;
	return CDRPC_OK;
}

void
outgoing_free(struct outgoing *outgoing)
{
	struct session *session;
	struct endpoint *endpoint;

	if (!outgoing)
		return;
	session = outgoing->session;
	endpoint = endpoint_ref(session->endpoint);
	place_done(session, &outgoing->place);
	handles_withdraw(&outgoing->frame, outgoing->copies);
	if (outgoing->method && outgoing->method->flags & CDRPC_METHOD_SECRET)
		env_wipe(outgoing->buffer, outgoing->buffer_size);
	outgoing->session = NULL;
	if (endpoint_on_thread(endpoint) && !endpoint->messages->spare)
		endpoint->messages->spare = outgoing;
	else
		env_free(&endpoint->env, outgoing);
	session_unref(session);
	endpoint_unref(endpoint);
}

/* What a published REPLY came to, its sender never hears; so nobody could say whose its handles are. */
static void
expect_handles(struct outgoing *outgoing, uint32_t count)
{
	outgoing->needs_answer = count > 0 && outgoing->frame.type == FRAME_REPLY;
}

/* The body is larger than its first place, and is written again, into the place where it will travel. */
static cdrpc_status
grow(struct cdrpc_writer *w, size_t size)
{
	struct outgoing *outgoing = (struct outgoing *)w->target;
	enum cdrpc_route route;
	size_t blob_size = w->blob_size;
	cdrpc_status status;

	expect_handles(outgoing, w->handle_count);
	if (buffer_fit(outgoing, w, size))
		blob_size = 0;
	status = outgoing_place_for(outgoing, frame_padded(size) + blob_size, 0, &route);
	if (status != CDRPC_OK)
		return status;
	w->base = outgoing->body;
	w->capacity = size;
	return CDRPC_OK;
}

static struct report
report_of_outgoing(const struct outgoing *outgoing)
{
	return (struct report){
		.env = &outgoing->session->endpoint->env,
		.iface = outgoing->iface,
		.method = outgoing->method,
		.outputs = outgoing->frame.type == FRAME_REPLY,
	};
}

static bool
argument_refused(struct cdrpc_writer *w)
{
	struct report report = report_of_outgoing((const struct outgoing *)w->target);

	return report_refused(w, &report);
}

void
outgoing_writer(struct outgoing *outgoing, struct cdrpc_writer *w)
{
	cdrpc_writer_init(w, outgoing->body, outgoing->room, grow, outgoing);
	w->refused = argument_refused;
}

void
outgoing_tell(const struct outgoing *outgoing, const struct cdrpc_writer *w, cdrpc_status status)
{
	const struct session *session = outgoing->session;
	struct report report = report_of_outgoing(outgoing);
	const char *fault = NULL;
	uint32_t i;

	if (!outgoing->method)
		return;
	if (status == CDRPC_E_TOO_LARGE)
		report_too_large(&report, frame_padded(w->at) + w->blob_size, session->terms.body_max,
				 session->terms.body_max < session->endpoint->limits.body_max ? "limits.body_max of the other side" :
												  "limits.body_max");
	for (i = 0; i < w->handle_count && w->status == CDRPC_OK && status == CDRPC_E_ARGUMENT && !fault; i++)
		fault = handle_fault(w->handles[i].handle, (enum cdrpc_handle_kind)w->handles[i].kind, w->handles[i].rights);
	if (fault)
		report_handle(&report, outgoing->body, w->at, i, fault);
	if (w->handle_count > 0 && status == CDRPC_E_NOT_AVAILABLE)
		report_handle(&report, outgoing->body, w->at, 1, "neither process may duplicate handles for the other");
}

/* A REPLY in a slot is a whole frame there; a REQUEST's header travels in a message and says where in the arena the body is. */
static uint16_t
frame_route(const struct outgoing *outgoing, enum cdrpc_route route)
{
	if (outgoing->frame.body_size == 0)
		return FRAME_ROUTE_NONE;
	if (route == CDRPC_ROUTE_SECTION)
		return FRAME_ROUTE_SECTION;
	if (route == CDRPC_ROUTE_CHUNKS)
		return FRAME_ROUTE_CHUNKS;
	return route == CDRPC_ROUTE_RESIDENT && outgoing->frame.type != FRAME_REPLY ? FRAME_ROUTE_RESIDENT : FRAME_ROUTE_FRAME;
}

static cdrpc_status
header_store(struct outgoing *outgoing, enum cdrpc_route route, const struct cdrpc_handle_item *items, uint32_t count)
{
	struct frame *frame = &outgoing->frame;
	const struct section *section = NULL;
	uint32_t start = 0;
	cdrpc_status status;

	frame->route = frame_route(outgoing, route);
	if (frame->route == FRAME_ROUTE_RESIDENT)
		start = (uint32_t)(outgoing->body - slots_base(&outgoing->session->resident->writer, outgoing->place.slot));
	if (frame->route == FRAME_ROUTE_SECTION) {
		section = &outgoing->place.section;
		start = (uint32_t)(outgoing->body - section->view);
		frame->section_size = section->size;
		frame->flags |= outgoing->place.offered ? FRAME_FLAG_KEEP : 0;
	}
	frame->handle_count += count;
	status = frame_arrange(frame, start);
	if (status == CDRPC_OK)
		status = handles_attach(outgoing->session, section, items, count, frame);
	if (status != CDRPC_OK) {
		frame->handle_count -= count;
		return status;
	}
	outgoing->copies = frame->flags & FRAME_FLAG_PUSHED ? 0 : count;
	outgoing->route = route;
	outgoing->bytes = outgoing->place.kind >= PLACE_SECTION ? outgoing->buffer : outgoing->body;
	outgoing->bytes -= FRAME_HEADER_SIZE + frame->handle_count * FRAME_HANDLE_SIZE;
	frame_encode(frame, outgoing->bytes);
	frame_encode_handles(frame, outgoing->bytes + FRAME_HEADER_SIZE);
	return CDRPC_OK;
}

/* Chooses the route, and completes the body where it travels. *ret_buffer: whose memory that is; NULL: the outgoing frame's own. */
static cdrpc_status
complete_body(struct outgoing *outgoing, const struct cdrpc_writer *w, struct buffer **ret_buffer, enum cdrpc_route *ret_route)
{
	size_t body_size = w ? w->at : 0, blob_size = w ? w->blob_size : 0;
	struct buffer *buffer = blob_size ? buffer_fit(outgoing, w, body_size) : NULL;
	cdrpc_status status;

	*ret_buffer = buffer;
	if (buffer)
		return buffer_use(buffer, outgoing, w, ret_route);
	status = outgoing_place_for(outgoing, frame_padded(body_size) + blob_size, body_size, ret_route);
	if (status == CDRPC_OK && blob_size)
		writer_store_blobs(w, outgoing->body);
	return status;
}

cdrpc_status
outgoing_seal(struct outgoing *outgoing, const struct cdrpc_writer *w)
{
	struct frame *frame = &outgoing->frame;
	struct buffer *buffer = NULL;
	enum cdrpc_route route;
	const struct cdrpc_handle_item *items = w ? w->handles : NULL;
	uint32_t count = w ? w->handle_count : 0;
	size_t size;
	cdrpc_status status;

	if (w && w->status != CDRPC_OK)
		return w->status;
	expect_handles(outgoing, count);
	status = complete_body(outgoing, w, &buffer, &route);
	if (status != CDRPC_OK)
		return status;
	frame->body_size = w ? (uint32_t)w->at : 0;
	frame->blob_size = w ? (uint32_t)w->blob_size : 0;
	outgoing->body_bytes = (uint64_t)frame->body_size + frame->blob_size;
	status = header_store(outgoing, route, items, count);
	/* The system refuses to put the section into the peer, which may not fetch it either. */
	if (status == CDRPC_E_OS && route == CDRPC_ROUTE_SECTION) {
		size = frame_padded(frame->body_size) + frame->blob_size;
		status = outgoing_place_chunks(outgoing, size, size);
		if (status == CDRPC_OK && buffer)
			buffers_used(outgoing, w, buffer);
		buffer = status == CDRPC_OK ? NULL : buffer;
		if (status == CDRPC_OK)
			status = header_store(outgoing, CDRPC_ROUTE_CHUNKS, items, count);
	}
	if (status == CDRPC_OK && w)
		buffers_used(outgoing, w, buffer);
	/* It stays the application's. */
	if (status != CDRPC_OK && buffer)
		outgoing->place = (struct place){ 0 };
	if (status == CDRPC_OK)
		fault_point(FAULT_SEALED, frame->type);
	return status;
}

void
outgoing_serve(struct outgoing *outgoing, uint64_t deadline_us, const struct chunks_owner *owner)
{
	struct chunks *chunks = outgoing->place.chunks;

	if (!chunks)
		return;
	outgoing->place.chunks = NULL;
	chunks_serve(chunks, &outgoing->frame, outgoing->method->flags & CDRPC_METHOD_ONEWAY, deadline_us, owner);
}

void
outgoing_publish(struct outgoing *outgoing)
{
	struct session *session = outgoing->session;
	struct resident *resident = session->resident;
	enum slot_kind kind = outgoing->frame.type == FRAME_REPLY ? SLOT_BY_EVENT : SLOT_BY_MESSAGE;
	size_t start, size;

	if (outgoing->route != CDRPC_ROUTE_RESIDENT)
		return;
	start = (size_t)(outgoing->bytes - slots_memory(&resident->writer, outgoing->place.slot));
	size = (size_t)(outgoing->body - outgoing->bytes) + frame_padded(outgoing->frame.body_size) + outgoing->frame.blob_size;
	if (kind == SLOT_BY_EVENT)
		size = outgoing->frame.frame_size;
	lock_take(&resident->lock);
	outgoing->place.word = slots_publish(&resident->writer, outgoing->place.slot, (uint32_t)start, (uint32_t)size, outgoing->frame.txn, kind);
	lock_drop(&resident->lock);
	outgoing->place.published = true;
	fault_point(FAULT_PUBLISHED, outgoing->frame.type);
	if (kind == SLOT_BY_EVENT) {
		outgoing_trace(outgoing, 0, FRAME_RESULT_ACCEPTED);
		resident_tell(session);
	}
}

void
outgoing_conclude(struct outgoing *outgoing, const struct send_outcome *outcome)
{
	struct resident *resident = outgoing->session->resident;
	bool unanswered = !outcome->answered || outcome->result == FRAME_RESULT_NONE;
	cdrpc_status said;
	bool refused = !unanswered && frame_result_is_refusal(outcome->result, &said);
	/* A frame that was sent once more than it had to be is refused as seen; with the first, the handles were the peer's, and it has said what
	 * it did with the section. */
	bool untouched = refused && said != CDRPC_E_DUPLICATE;

	if (outgoing->place.published && (unanswered || refused)) {
		lock_take(&resident->lock);
		/* The peer may have freed it, and another frame may be in it by now. */
		slots_abandon(&resident->writer, outgoing->place.slot, outgoing->place.word);
		lock_drop(&resident->lock);
	}
	if (outgoing->place.offered) {
		resident_conclude_growth(outgoing->session, unanswered ? GROWTH_UNKNOWN : untouched ? GROWTH_UNSEEN : GROWTH_TAKEN,
					 &outgoing->place.section);
		outgoing->place.offered = false;
	}
	if (untouched) {
		handles_take_back(outgoing->session, &outgoing->frame);
		/* One that was not offered is still this frame's own; there may be one of another answer to the same call. */
		if (outgoing->route == CDRPC_ROUTE_CHUNKS && !outgoing->place.chunks)
			chunks_forget(outgoing->session, true, outgoing->frame.type == FRAME_REPLY, outgoing->frame.txn);
		return;
	}
	if (unanswered && (outgoing->place.kind == PLACE_SECTION || outgoing->frame.handle_count) &&
	    !peer_has_ended(&outgoing->session->peer))
		reclaim_post(outgoing);
}

void
outgoing_trace(const struct outgoing *outgoing, uint64_t began_us, uint32_t result)
{
	struct trace_line line = { TRACE_OUT, &outgoing->frame, outgoing->iface, outgoing->method, outgoing->route, 0, 0, began_us };

	if (!outgoing->session->endpoint->trace)
		return;
	if (!(outgoing->frame.type == FRAME_REPLY && outgoing->route == CDRPC_ROUTE_RESIDENT))
		line.size = outgoing->frame.frame_size;
	line.status = outgoing->frame.type == FRAME_REPLY ? outgoing->frame.status :
							  frame_result_status(outgoing->frame.type, outgoing->method, result);
	trace_write(outgoing->session->endpoint, &line);
}
