#include "message/chunk_stream.h"

#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "base/fault.h"
#include "base/list.h"
#include "message/outgoing.h"
#include "message/send.h"
#include "session/endpoint.h"
#include "session/trace.h"

static uint32_t
piece_max(const struct session *session)
{
	return (session->terms.inline_max - CHUNK_OFFSET_SIZE) & ~7u;
}

void
chunks_free(struct chunks *chunks)
{
	struct session *session = chunks->session;

	if (chunks->out && chunks->secret)
		env_wipe(chunks->bytes, chunks->size + FRAME_HEADER_SIZE + CHUNK_OFFSET_SIZE + piece_max(session));
	env_free(&session->endpoint->env, chunks);
	atomic_u32_sub(&session->messages->chunk_count, 1);
	session_unref(session);
}

bool
stream_unlist(struct chunks *chunks)
{
	LIST_REMOVE(struct chunks, &chunks->session->messages->chunks, chunks, next);
	chunks->listed = false;
	return !chunks->in_flight;
}

void
stream_list(struct chunks *chunks)
{
	chunks->next = chunks->session->messages->chunks;
	chunks->session->messages->chunks = chunks;
	chunks->listed = true;
}

/* Writes the next frame: the piece from where we are, or the question for it. */
static void
prepare_frame(struct chunks *chunks)
{
	uint32_t left = chunks->size - chunks->at, max = piece_max(chunks->session);
	uint64_t offset = chunks->at;
	struct frame frame;

	session_frame(chunks->session, FRAME_CHUNK, &frame);
	frame.txn = chunks->txn;
	frame.flags = chunks->of_reply ? FRAME_FLAG_OF_REPLY : 0;
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = CHUNK_OFFSET_SIZE;
	if (chunks->out)
		frame.blob_size = left < max ? left : max;
	frame_arrange(&frame, 0);
	frame_encode(&frame, chunks->frame);
	memcpy(chunks->frame + FRAME_HEADER_SIZE, &offset, CHUNK_OFFSET_SIZE);
	memcpy(chunks->frame + FRAME_HEADER_SIZE + CHUNK_OFFSET_SIZE, chunks->bytes + chunks->at, frame.blob_size);
	chunks->from = chunks->at;
	chunks->at += frame.blob_size;
	chunks->job.size = frame.frame_size;
	chunks->repeated = false;
	chunks->in_flight = true;
}

void
stream_post(struct chunks *chunks)
{
	endpoint_post_bytes(chunks->session, &chunks->job, chunks->frame, chunks->job.size,
			    deadline_slice_ms(chunks->deadline_us, REPLY_SEND_MS));
}

bool
stream_go_on(struct chunks *chunks)
{
	chunks->again = chunks->in_flight;
	if (chunks->again)
		return false;
	prepare_frame(chunks);
	return true;
}

/* The last piece, sent once more than it had to be, finds nobody who still waits for it. */
static bool
taken_before(const struct chunks *chunks, cdrpc_status said)
{
	return chunks->out && chunks->at == chunks->size && chunks->repeated && said == CDRPC_E_EXPIRED;
}

static void
trace_chunk(const struct chunks *chunks, const struct send_outcome *outcome)
{
	const struct endpoint *endpoint = chunks->session->endpoint;
	cdrpc_status status = outcome->answered ? frame_result_status(FRAME_CHUNK, NULL, outcome->result) : CDRPC_E_TIMEOUT;
	struct frame frame;

	if (endpoint->trace && frame_decode(chunks->frame, chunks->job.size, &frame) == CDRPC_OK)
		trace_write(endpoint, &(struct trace_line){ TRACE_OUT, &frame, NULL, NULL, CDRPC_ROUTE_CHUNKS,
							    frame.frame_size, status, 0 });
}

static void
chunk_done(struct sender_job *job, const struct send_outcome *outcome)
{
	struct chunks *chunks = (struct chunks *)job;
	struct session *session = session_ref(chunks->session);
	struct endpoint *endpoint = session->endpoint;
	bool repeats = endpoint_posts_again(session, job, outcome, chunks->deadline_us);
	bool over = false, next = false, tell = false;
	cdrpc_status said = CDRPC_E_TIMEOUT;

	if (outcome->answered)
		fault_point(FAULT_POSTED, FRAME_CHUNK);
	trace_chunk(chunks, outcome);
	endpoint_blame(session, outcome, false);
	lock_take(&endpoint->lock);
	chunks->in_flight = false;
	if (!chunks->listed) {
		over = true;
	} else if (outcome->answered && outcome->result == FRAME_RESULT_ACCEPTED) {
		over = chunks->out && chunks->at == chunks->size;
		next = !over && chunks->again && stream_go_on(chunks);
	} else if (repeats) {
		chunks->in_flight = chunks->repeated = true;
		next = true;
	} else if (outcome->answered && frame_result_is_refusal(outcome->result, &said) && taken_before(chunks, said)) {
		over = true;
	} else {
		chunks->failed = said;
		tell = true;
	}
	if (over && chunks->listed && chunks->ends_call) {
		chunks->over = tell = true;
		over = false;
	} else if (over && chunks->listed) {
		stream_unlist(chunks);
	}
	lock_drop(&endpoint->lock);
	if (over)
		chunks_free(chunks);
	else if (next)
		stream_post(chunks);
	if (tell) {
		/* Whether its owner waits in a call or runs its loop. */
		port_ring(endpoint->port);
		event_set(port_event(endpoint->port));
	}
	session_unref(session);
}

cdrpc_status
stream_new(struct session *session, bool out, size_t size, struct chunks **ret_chunks)
{
	size_t frame_size = FRAME_HEADER_SIZE + CHUNK_OFFSET_SIZE + (out ? piece_max(session) : 0);
	struct chunks *chunks;

	if (atomic_u32_add(&session->messages->chunk_count, 1) >= session->endpoint->limits.chunked_max) {
		atomic_u32_sub(&session->messages->chunk_count, 1);
		return CDRPC_E_NOT_AVAILABLE;
	}
	chunks = env_alloc(&session->endpoint->env, sizeof *chunks + frame_size + (out ? size : 0));
	if (!chunks) {
		atomic_u32_sub(&session->messages->chunk_count, 1);
		return CDRPC_E_NOMEM;
	}
	memset(chunks, 0, sizeof *chunks);
	chunks->session = session_ref(session);
	chunks->job.done = chunk_done;
	chunks->out = out;
	chunks->size = (uint32_t)size;
	chunks->bytes = (uint8_t *)(chunks + 1);
	chunks->frame = out ? chunks->bytes + size : chunks->bytes;
	*ret_chunks = chunks;
	return CDRPC_OK;
}
