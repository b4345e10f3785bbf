#include <string.h>

#include "base/env.h"
#include "message/chunks.h"
#include "message/outbox.h"
#include "session/endpoint.h"
#include "session/resident.h"

uint32_t
outbox_inline_max(const struct outbox *outbox)
{
	uint32_t max = outbox->session->inline_max;

	return max < outbox->buffer_size ? max : outbox->buffer_size;
}

static void
use_buffer(struct outbox *outbox)
{
	outbox->place = PLACE_BUFFER;
	outbox->body = outbox->buffer;
	outbox->room = outbox_inline_max(outbox);
}

static void
use_slot(struct outbox *outbox, uint32_t slot)
{
	const struct arena_writer *arena = &outbox->session->resident->writer;

	outbox->place = PLACE_SLOT;
	outbox->slot = slot;
	outbox->body = arena_memory(arena, slot) + OUTBOX_LEAD;
	outbox->room = arena->slots[slot].size - OUTBOX_LEAD;
}

/* Secrets do not stay in memory that is used again, and the protocol's own frames are small. */
bool
outbox_may_use_slot(const struct outbox *outbox)
{
	const struct resident *resident = outbox->session->resident;

	return resident && resident->ready && !outbox->needs_answer && outbox->method && !(outbox->method->flags & CDRPC_METHOD_SECRET);
}

void
outbox_place_first(struct outbox *outbox)
{
	struct resident *resident = outbox->session->resident;
	uint32_t slot = 0;
	bool reserved;

	use_buffer(outbox);
	if (!outbox_may_use_slot(outbox))
		return;
	lock_take(&resident->lock);
	reserved = arena_reserve(&resident->writer, OUTBOX_LEAD + 1024, OUTBOX_LEAD + outbox_inline_max(outbox), &slot);
	lock_drop(&resident->lock);
	if (reserved)
		use_slot(outbox, slot);
}

/* In place if what follows the slot is free, else elsewhere in the arena. */
static bool
slot_for(struct outbox *outbox, size_t size, size_t keep)
{
	struct resident *resident = outbox->session->resident;
	const uint8_t *old = outbox->body;
	uint32_t slot = 0, slot_size = OUTBOX_LEAD + (uint32_t)size;
	bool resized = false, reserved = false;

	if (size > outbox->session->body_max)
		return false;
	lock_take(&resident->lock);
	if (outbox->place == PLACE_SLOT)
		resized = arena_resize(&resident->writer, outbox->slot, slot_size);
	if (!resized)
		reserved = arena_reserve(&resident->writer, slot_size, slot_size, &slot);
	if (reserved && keep)
		memcpy(arena_memory(&resident->writer, slot) + OUTBOX_LEAD, old, keep);
	if (reserved && outbox->place == PLACE_SLOT)
		arena_release(&resident->writer, outbox->slot);
	lock_drop(&resident->lock);
	if (resized || reserved)
		use_slot(outbox, resized ? outbox->slot : slot);
	return resized || reserved;
}

/* The body begins behind a header that repeats the frame's nonce: so the receiver knows that it has the section we mean. */
static cdrpc_status
use_section(struct outbox *outbox, size_t size, size_t keep)
{
	bool secret = outbox->method && outbox->method->flags & CDRPC_METHOD_SECRET, offered = false;
	struct section section;
	cdrpc_status status;

	status = random_fill(outbox->frame.nonce, sizeof outbox->frame.nonce);
	if (status == CDRPC_OK)
		status = resident_section(outbox->session, !secret, SECTION_HEADER_SIZE + size, &section, &offered);
	if (status != CDRPC_OK)
		return status;
	memcpy(section.view, outbox->frame.nonce, sizeof outbox->frame.nonce);
	if (keep)
		memcpy(section.view + SECTION_HEADER_SIZE, outbox->body, keep);
	outbox_place_done(outbox);
	outbox->place = PLACE_SECTION;
	outbox->section = section;
	outbox->offered = offered;
	outbox->body = section.view + SECTION_HEADER_SIZE;
	outbox->room = size;
	return CDRPC_OK;
}

/* A call's body; others have to fit into a message. */
static bool
may_use_chunks(const struct outbox *outbox)
{
	return outbox->method && (outbox->frame.type == FRAME_REQUEST || outbox->frame.type == FRAME_REPLY);
}

cdrpc_status
outbox_place_chunks(struct outbox *outbox, size_t size, size_t keep)
{
	struct chunks *chunks = NULL;
	cdrpc_status status;
	bool secret;

	if (!may_use_chunks(outbox))
		return CDRPC_E_NOT_AVAILABLE;
	secret = (outbox->method->flags & CDRPC_METHOD_SECRET) != 0;
	status = chunks_new(outbox->session, size, secret, &chunks);
	if (status != CDRPC_OK)
		return status;
	if (keep)
		memcpy(chunks_bytes(chunks), outbox->body, keep);
	outbox_place_done(outbox);
	outbox->frame.section_size = 0;
	memset(outbox->frame.nonce, 0, sizeof outbox->frame.nonce);
	outbox->place = PLACE_CHUNKS;
	outbox->chunks = chunks;
	outbox->body = chunks_bytes(chunks);
	outbox->room = size;
	return CDRPC_OK;
}

cdrpc_status
outbox_place_for(struct outbox *outbox, size_t size, size_t keep, struct route_choice *ret_choice)
{
	const struct session *session = outbox->session;
	struct route_facts facts = { 0 };
	struct route_choice choice;
	cdrpc_status status;

	facts.size = size;
	facts.inline_max = outbox_inline_max(outbox);
	facts.body_max = session->body_max;
	facts.resident_from = outbox->frame.type == FRAME_REPLY ? 0 : session->endpoint->limits.resident_from;
	/* What is in a section or in chunks already stays there, even if the arena has room by now. */
	facts.resident = outbox_may_use_slot(outbox) && outbox->place <= PLACE_SLOT &&
			 ((outbox->place == PLACE_SLOT && size <= outbox->room) || slot_for(outbox, size, keep));
	facts.may_push = session->may_push;
	facts.may_pull = session->may_pull;
	status = route_choose(&facts, &choice);
	if (status != CDRPC_OK)
		return status;
	if (choice.route == CDRPC_ROUTE_CHUNKS && outbox->place != PLACE_CHUNKS) {
		status = outbox_place_chunks(outbox, size, keep);
		if (status != CDRPC_OK)
			return status;
	} else if (choice.route == CDRPC_ROUTE_SECTION && outbox->place != PLACE_SECTION) {
		status = use_section(outbox, size, keep);
		if (status != CDRPC_OK)
			return status;
	} else if (choice.route == CDRPC_ROUTE_MESSAGE && outbox->place == PLACE_SLOT &&
		   (size > outbox->room || outbox->needs_answer)) {
		memcpy(outbox->buffer, outbox->body, keep);
		outbox_place_done(outbox);
		use_buffer(outbox);
	}
	*ret_choice = choice;
	return CDRPC_OK;
}

void
outbox_place_done(struct outbox *outbox)
{
	struct resident *resident = outbox->session->resident;

	if (outbox->place == PLACE_SLOT && !outbox->published) {
		lock_take(&resident->lock);
		arena_release(&resident->writer, outbox->slot);
		lock_drop(&resident->lock);
	}
	if (outbox->offered)
		resident_settle_offer(outbox->session, OFFER_NOT_MADE, &outbox->section);
	outbox->offered = false;
	section_done(&outbox->section);
	if (outbox->chunks)
		chunks_free(outbox->chunks);
	outbox->chunks = NULL;
	outbox->place = PLACE_BUFFER;
}
