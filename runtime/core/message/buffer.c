#include "message/buffer.h"

#include <string.h>

#include "base/env.h"
#include "session/endpoint.h"
#include "wire/writer.h"

/* What goes into a message with the smallest body is copied there anyway. */
static cdrpc_status
find_place(struct buffer *buffer, size_t total, bool secret)
{
	struct session *session = buffer->session;

	if (!secret && place_in_slot(session, (uint32_t)total, (uint32_t)total, &buffer->place))
		return CDRPC_OK;
	if (frame_padded(buffer->size) + 8 > session->terms.inline_max && (session->peer.may_push || session->peer.may_pull))
		return place_in_section(session, total, secret, &buffer->place);
	buffer->place.memory = env_alloc(&session->endpoint->env, buffer->size ? buffer->size : 1);
	return buffer->place.memory ? CDRPC_OK : CDRPC_E_NOMEM;
}

cdrpc_status
buffer_new(struct session *session, uint32_t size, bool secret, struct buffer **list, void **ret_data)
{
	const struct cdrpc_env *env = &session->endpoint->env;
	struct buffer *buffer;
	cdrpc_status status;

	if (size > session->terms.body_max)
		return CDRPC_E_TOO_LARGE;
	buffer = env_alloc(env, sizeof *buffer);
	if (!buffer)
		return CDRPC_E_NOMEM;
	memset(buffer, 0, sizeof *buffer);
	buffer->session = session;
	buffer->size = size;
	status = find_place(buffer, BUFFER_DATA + frame_padded(size) + BUFFER_BESIDE, secret);
	if (status != CDRPC_OK) {
		env_free(env, buffer);
		return status;
	}
	buffer->data = buffer->place.memory + (buffer->place.kind == PLACE_PRIVATE ? 0 : BUFFER_DATA);
	buffer->next = *list;
	*list = buffer;
	*ret_data = buffer->data;
	return CDRPC_OK;
}

static void
give_back(struct buffer *buffer)
{
	if (buffer->place.kind == PLACE_PRIVATE)
		env_free(&buffer->session->endpoint->env, buffer->place.memory);
	place_done(buffer->session, &buffer->place);
}

void
buffers_free(struct buffer **list)
{
	struct buffer *buffer;

	while ((buffer = *list) != NULL) {
		*list = buffer->next;
		give_back(buffer);
		env_free(&buffer->session->endpoint->env, buffer);
	}
}

static bool
overlaps(const struct buffer *buffer, const struct cdrpc_bytes *blob)
{
	uintptr_t ours = (uintptr_t)buffer->data, theirs = (uintptr_t)blob->data;

	return blob->size > 0 && ours < theirs + blob->size && theirs < ours + buffer->size;
}

/* The last blob that is in the buffer, if it begins there. Those before it are copied before anything behind it is overwritten. */
static bool
find_blob(const struct buffer *buffer, const struct cdrpc_writer *w, uint32_t *ret_index)
{
	uint32_t i = w->blob_count;

	while (i > 0 && !overlaps(buffer, &w->blobs[i - 1]))
		i--;
	if (i == 0 || w->blobs[i - 1].data != buffer->data || w->blobs[i - 1].size > buffer->size)
		return false;
	*ret_index = i - 1;
	return true;
}

/* What has to stand before the blob: the body, and the blobs that come first. */
static size_t
size_before(const struct cdrpc_writer *w, size_t body_size, uint32_t index)
{
	size_t size = frame_padded(body_size);
	uint32_t i;

	for (i = 0; i < index; i++)
		size += frame_padded(w->blobs[i].size);
	return size;
}

static bool
fits(const struct outgoing *outgoing, const struct buffer *buffer, const struct cdrpc_writer *w, size_t body_size)
{
	size_t total = frame_padded(body_size) + w->blob_size, before;
	uint32_t index;

	/* What was got in a session that has ended is copied into the one after it. */
	if (buffer->session != outgoing->session || !find_blob(buffer, w, &index) || total > outgoing->session->terms.body_max)
		return false;
	before = size_before(w, body_size, index);
	if (before > BUFFER_DATA - OUTGOING_LEAD || total - before > frame_padded(buffer->size) + BUFFER_BESIDE)
		return false;
	if (buffer->place.kind == PLACE_SLOT)
		return outgoing_may_use_slot(outgoing);
	/* What is to be kept holds no secrets. */
	if (buffer->place.kind != PLACE_SECTION || (buffer->place.offered && outgoing->method->flags & CDRPC_METHOD_SECRET))
		return false;
	return total > outgoing_inline_max(outgoing);
}

struct buffer *
buffer_fit(const struct outgoing *outgoing, const struct cdrpc_writer *w, size_t body_size)
{
	struct buffer *buffer = outgoing->buffers ? *outgoing->buffers : NULL;

	while (buffer && !fits(outgoing, buffer, w, body_size))
		buffer = buffer->next;
	return buffer;
}

cdrpc_status
buffer_use(struct buffer *buffer, struct outgoing *outgoing, const struct cdrpc_writer *w, enum cdrpc_route *ret_route)
{
	struct frame *frame = &outgoing->frame;
	uint8_t *body;
	uint32_t index = 0;
	cdrpc_status status = CDRPC_OK;

	memset(frame->nonce, 0, sizeof frame->nonce);
	if (buffer->place.kind == PLACE_SECTION)
		status = random_fill(frame->nonce, sizeof frame->nonce);
	if (status != CDRPC_OK)
		return status;
	find_blob(buffer, w, &index);
	body = buffer->data - size_before(w, w->at, index);
	memcpy(body, outgoing->body, w->at);
	writer_store_blobs(w, body);
	place_done(outgoing->session, &outgoing->place);
	outgoing->place = buffer->place;
	outgoing->body = body;
	*ret_route = CDRPC_ROUTE_RESIDENT;
	if (buffer->place.kind == PLACE_SECTION) {
		memcpy(buffer->place.memory, frame->nonce, sizeof frame->nonce);
		*ret_route = CDRPC_ROUTE_SECTION;
	}
	return CDRPC_OK;
}

static bool
was_given(const struct buffer *buffer, const struct cdrpc_writer *w)
{
	uint32_t i;

	for (i = 0; i < w->blob_count; i++) {
		if (overlaps(buffer, &w->blobs[i]))
			return true;
	}
	return false;
}

void
buffers_used(struct outgoing *outgoing, const struct cdrpc_writer *w, const struct buffer *taken)
{
	struct buffer **at = outgoing->buffers, *buffer;

	while (at && (buffer = *at) != NULL) {
		if (!was_given(buffer, w)) {
			at = &buffer->next;
			continue;
		}
		*at = buffer->next;
		/* A client does not say beforehand of which method the request will be. */
		if (buffer != taken && outgoing->method->flags & CDRPC_METHOD_SECRET)
			env_wipe(buffer->data, buffer->size);
		if (buffer != taken)
			give_back(buffer);
		if (buffer->owner)
			*buffer->owner = NULL;
		env_free(&buffer->session->endpoint->env, buffer);
	}
}
