#include "raw.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "base/env.h"

static uint32_t
receive(void *owner, window_id sender, const void *bytes, size_t size)
{
	struct raw *raw = owner;
	struct frame frame;

	if (sender != raw->server || frame_decode(bytes, size, &frame) != CDRPC_OK)
		return FRAME_RESULT_NONE;
	/* A CHALLENGE comes once more where its sender has not heard of the first, and where somebody else says HELLO in our name. */
	if (frame.type == FRAME_CHALLENGE && (memcmp(frame.nonce, raw->nonce, sizeof frame.nonce) != 0 ||
					      memcmp(frame.token, raw->token, sizeof frame.token) == 0))
		return raw->result;
	raw->last = frame;
	raw->frames++;
	if (raw->on_frame)
		raw->on_frame(raw);
	return raw->result;
}

static void
bell(void *owner)
{
	(void)owner;
}

cdrpc_status
raw_begin(struct raw *raw, const char *service)
{
	struct port_options options = {
		.env = &raw->env, .admit_lower = true, .owner = raw, .receive = receive, .bell = bell,
	};
	cdrpc_status status;

	memset(raw, 0, sizeof *raw);
	env_init(&raw->env, NULL);
	raw->result = FRAME_RESULT_ACCEPTED;
	raw->terms = 3;
	status = port_new(&options, &raw->port);
	if (status == CDRPC_OK && port_find(raw->port, service, &raw->server, 1) == 0) {
		raw_end(raw);
		status = CDRPC_E_NOT_FOUND;
	}
	return status;
}

void
raw_end(struct raw *raw)
{
	port_free(raw->port);
	raw->port = NULL;
}

bool
raw_await(struct raw *raw, uint32_t frames)
{
	uint64_t deadline_us = deadline_in(RAW_PATIENCE_MS);

	while (raw->frames < frames && deadline_rest_ms(deadline_us) > 0)
		port_wait(raw->port, NULL, deadline_rest_ms(deadline_us));
	return raw->frames >= frames;
}

bool
raw_greet(struct raw *raw)
{
	static const uint16_t versions[] = { FRAME_VERSION, FRAME_VERSION };
	struct frame frame = { .type = FRAME_HELLO, .route = FRAME_ROUTE_FRAME, .body_size = sizeof versions };
	uint32_t frames = raw->frames;

	if (random_fill(raw->nonce, sizeof raw->nonce) != CDRPC_OK)
		return false;
	memcpy(frame.nonce, raw->nonce, sizeof frame.nonce);
	if (raw_send_frame(raw, &frame, versions) != FRAME_RESULT_ACCEPTED || !raw_await(raw, frames + 1))
		return false;
	if (raw->last.type != FRAME_CHALLENGE || memcmp(raw->last.nonce, raw->nonce, sizeof raw->nonce) != 0)
		return false;
	memcpy(raw->token, raw->last.token, sizeof raw->token);
	return true;
}

bool
raw_open(struct raw *raw)
{
	/* Bytes of a message, bytes of a body, no arena; no interfaces. */
	const uint32_t terms[] = { raw->terms, 65536, 1 << 20, 0, 0 };
	struct frame frame = raw_frame(raw, FRAME_OPEN);
	uint32_t frames = raw->frames;

	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof terms;
	return raw_send_frame(raw, &frame, terms) == FRAME_RESULT_ACCEPTED && raw_await(raw, frames + 1) &&
	       raw->last.type == FRAME_REPLY && raw->last.txn == raw->txn;
}

struct frame
raw_frame(struct raw *raw, enum frame_type type)
{
	struct frame frame = { .type = (uint16_t)type };

	memcpy(frame.token, raw->token, sizeof frame.token);
	if (type != FRAME_CLOSE)
		frame.txn = ++raw->txn;
	return frame;
}

struct frame
raw_request(struct raw *raw, uint64_t interface_id, uint16_t method)
{
	struct frame frame = raw_frame(raw, FRAME_REQUEST);

	frame.interface_id = interface_id;
	frame.interface_version = 1;
	frame.method = method;
	frame.deadline_ms = RAW_PATIENCE_MS;
	return frame;
}

uint32_t
raw_send(struct raw *raw, const void *bytes, size_t size)
{
	struct send_outcome outcome;

	port_send(raw->port, raw->server, bytes, size, RAW_PATIENCE_MS, &outcome);
	return outcome.answered ? outcome.result : 0;
}

uint32_t
raw_send_frame(struct raw *raw, struct frame *frame, const void *body)
{
	uint8_t *bytes;
	uint32_t result;
	cdrpc_status status = frame_arrange(frame, 32);

	assert(status == CDRPC_OK);
	(void)status;
	bytes = calloc(1, frame->frame_size);
	assert(bytes);
	frame_encode(frame, bytes);
	if (frame->handle_count)
		frame_encode_handles(frame, bytes + frame->handle_offset);
	if (frame->route == FRAME_ROUTE_FRAME && frame->body_size)
		memcpy(bytes + frame->body_offset, body, frame->body_size);
	result = raw_send(raw, bytes, frame->frame_size);
	free(bytes);
	return result;
}
