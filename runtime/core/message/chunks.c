#include "message/chunks.h"

#include <string.h>

#include "base/deadline.h"
#include "message/chunk_stream.h"
#include "message/incoming.h"
#include "message/outgoing.h"
#include "session/endpoint.h"

cdrpc_status
chunks_new(struct session *session, size_t size, bool secret, struct chunks **ret_chunks, uint8_t **ret_bytes)
{
	cdrpc_status status = stream_new(session, true, size, ret_chunks);

	if (status != CDRPC_OK)
		return status;
	(*ret_chunks)->secret = secret;
	/* The padding at the end. */
	memset((*ret_chunks)->bytes + size - 8, 0, 8);
	*ret_bytes = (*ret_chunks)->bytes;
	return CDRPC_OK;
}

void
chunks_serve(struct chunks *chunks, const struct frame *frame, bool oneway, uint64_t deadline_us, const struct chunks_owner *owner)
{
	struct session *session = chunks->session;
	bool ended;

	chunks->txn = frame->txn;
	chunks->of_reply = frame->type == FRAME_REPLY;
	chunks->ends_call = oneway;
	chunks->deadline_us = deadline_us;
	chunks->owner = *owner;
	chunks->size = (uint32_t)frame_padded(frame->body_size) + frame->blob_size;
	lock_take(&session->endpoint->lock);
	ended = session_state(session) == SESSION_ENDED;
	if (!ended)
		stream_list(chunks);
	lock_drop(&session->endpoint->lock);
	if (ended)
		chunks_free(chunks);
	else if (endpoint_on_thread(session->endpoint))
		endpoint_wake_at(session->endpoint, deadline_us);
}

cdrpc_status
chunks_expect(struct session *session, enum frame_type type, uint64_t txn, struct incoming *incoming, uint64_t deadline_us,
	      const struct chunks_owner *owner)
{
	struct endpoint *endpoint = session->endpoint;
	struct chunks *chunks = NULL;
	cdrpc_status status;

	status = stream_new(session, false, incoming->private_size, &chunks);
	if (status != CDRPC_OK)
		return status == CDRPC_E_NOMEM ? CDRPC_E_REMOTE_NOMEM : CDRPC_E_BUSY;
	chunks->bytes = (uint8_t *)incoming->body;
	chunks->of_reply = type == FRAME_REPLY;
	chunks->txn = txn;
	chunks->deadline_us = deadline_us;
	chunks->owner = *owner;
	lock_take(&endpoint->lock);
	stream_list(chunks);
	stream_go_on(chunks);
	lock_drop(&endpoint->lock);
	stream_post(chunks);
	endpoint_wake_at(endpoint, deadline_us);
	return CDRPC_OK;
}

static struct chunks *
find_stream(const struct session *session, bool out, bool of_reply, uint64_t txn)
{
	struct chunks *chunks = session->messages->chunks;

	while (chunks && (chunks->out != out || chunks->of_reply != of_reply || chunks->txn != txn))
		chunks = chunks->next;
	return chunks;
}

/* Unlists it and tells its owner; 'chunks' is listed and the lock is held, which it drops. */
static cdrpc_status
conclude(struct chunks *chunks, cdrpc_status status)
{
	struct session *session = session_ref(chunks->session);
	struct chunks_owner owner = chunks->owner;
	bool ours = stream_unlist(chunks);

	lock_drop(&session->endpoint->lock);
	if (ours)
		chunks_free(chunks);
	status = owner.done ? owner.done(owner.self, status) : CDRPC_OK;
	session_unref(session);
	return status;
}

/* The peer has 'offset' bytes and asks for more. A question may come twice, when the first return was not waited for. */
static bool
asked(struct chunks *chunks, uint64_t offset, bool *ret_post)
{
	if (offset == chunks->at && offset < chunks->size)
		*ret_post = stream_go_on(chunks);
	else if (offset != chunks->from)
		return false;
	return true;
}

static bool
arrived(struct chunks *chunks, uint64_t offset, const uint8_t *piece, uint32_t size, bool *ret_post)
{
	if (offset == chunks->at && size <= chunks->size - chunks->at) {
		memcpy(chunks->bytes + chunks->at, piece, size);
		chunks->at += size;
		*ret_post = chunks->at < chunks->size && stream_go_on(chunks);
		return true;
	}
	return offset < chunks->at && size == chunks->at - offset;
}

uint32_t
chunks_receive(struct session *session, const struct frame *frame, const void *bytes)
{
	const uint8_t *from = (const uint8_t *)bytes;
	bool out = frame->blob_size == 0, of_reply = (frame->flags & FRAME_FLAG_OF_REPLY) != 0;
	struct endpoint *endpoint = session->endpoint;
	struct chunks *chunks;
	uint64_t offset;
	bool next = false, fits;
	cdrpc_status status;

	if (session_state(session) != SESSION_OPEN || frame->body_size != CHUNK_OFFSET_SIZE)
		return frame_result_refused(CDRPC_E_BAD_FRAME);
	memcpy(&offset, from + frame->body_offset, CHUNK_OFFSET_SIZE);
	lock_take(&endpoint->lock);
	chunks = find_stream(session, out, of_reply, frame->txn);
	if (!chunks || chunks->failed != CDRPC_OK) {
		lock_drop(&endpoint->lock);
		return frame_result_refused(CDRPC_E_EXPIRED);
	}
	fits = out ? asked(chunks, offset, &next) :
		     arrived(chunks, offset, from + frame->blob_offset, frame->blob_size, &next);
	if (!fits || (!out && chunks->at == chunks->size)) {
		status = conclude(chunks, fits ? CDRPC_OK : CDRPC_E_PROTOCOL);
		if (!fits)
			return frame_result_refused(CDRPC_E_BAD_FRAME);
		return status == CDRPC_OK ? FRAME_RESULT_ACCEPTED : frame_result_refused(status);
	}
	lock_drop(&endpoint->lock);
	if (next)
		stream_post(chunks);
	return FRAME_RESULT_ACCEPTED;
}

void
chunks_forget(struct session *session, bool out, bool of_reply, uint64_t txn)
{
	struct chunks *chunks;
	bool ours;

	if (atomic_u32_load(&session->messages->chunk_count) == 0)
		return;
	/* There is one at most, but what it is written to may be gone after this: so none is left. */
	do {
		ours = false;
		lock_take(&session->endpoint->lock);
		chunks = find_stream(session, out, of_reply, txn);
		if (chunks)
			ours = stream_unlist(chunks);
		lock_drop(&session->endpoint->lock);
		if (ours)
			chunks_free(chunks);
	} while (chunks);
}

/* The first that has failed, or is over, or is past its deadline at 'now', or any; the lock is held. */
static struct chunks *
find_ended(const struct session *session, uint64_t now, bool any)
{
	struct chunks *chunks = session->messages->chunks;

	while (chunks && !any && !chunks->over && chunks->failed == CDRPC_OK && now < chunks->deadline_us)
		chunks = chunks->next;
	return chunks;
}

static void
end_all(struct session *session, uint64_t now, bool any)
{
	struct chunks *chunks;

	if (atomic_u32_load(&session->messages->chunk_count) == 0)
		return;
	for (;;) {
		lock_take(&session->endpoint->lock);
		chunks = find_ended(session, now, any);
		if (!chunks)
			break;
		conclude(chunks, chunks->failed == CDRPC_OK && !chunks->over ? CDRPC_E_TIMEOUT : chunks->failed);
	}
	lock_drop(&session->endpoint->lock);
}

void
chunks_look(struct session *session)
{
	end_all(session, 0, false);
}

uint64_t
chunks_end_overdue(struct endpoint *endpoint)
{
	uint64_t soonest = UINT64_MAX, now = awake_us();
	const struct chunks *chunks;
	struct session *session;

	for (session = endpoint->sessions.first; session; session = session->next) {
		end_all(session, now, false);
		lock_take(&endpoint->lock);
		for (chunks = session->messages->chunks; chunks; chunks = chunks->next)
			soonest = chunks->deadline_us < soonest ? chunks->deadline_us : soonest;
		lock_drop(&endpoint->lock);
	}
	return soonest;
}

void
chunks_drop(struct session *session)
{
	end_all(session, 0, true);
}
