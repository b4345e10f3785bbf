/* Which place a body gets, and how it travels from there. */
#include <string.h>

#include "message/outbox.h"
#include "session/endpoint.h"
#include "session/resident.h"

uint32_t
outbox_inline_max(const struct outbox *outbox)
{
	uint32_t max = outbox->session->terms.inline_max;

	return max < outbox->buffer_size ? max : outbox->buffer_size;
}

static void
use_buffer(struct outbox *outbox)
{
	place_done(outbox->session, &outbox->place);
	outbox->body = outbox->buffer;
	outbox->room = outbox_inline_max(outbox);
}

/* The body begins 'lead' bytes behind the start of its new place, and takes its first 'keep' bytes along. */
static void
use_place(struct outbox *outbox, const struct place *place, size_t lead, size_t keep)
{
	if (keep)
		memcpy(place->memory + lead, outbox->body, keep);
	place_done(outbox->session, &outbox->place);
	outbox->place = *place;
	outbox->body = place->memory + lead;
	outbox->room = place->size - lead;
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
	struct place place;

	use_buffer(outbox);
	if (outbox_may_use_slot(outbox) &&
	    place_in_slot(outbox->session, OUTBOX_LEAD + 1024, OUTBOX_LEAD + outbox_inline_max(outbox), &place))
		use_place(outbox, &place, OUTBOX_LEAD, 0);
}

/* In place if what follows the slot is free, else elsewhere in the arena. */
static bool
slot_for(struct outbox *outbox, size_t size, size_t keep)
{
	uint32_t slot_size = OUTBOX_LEAD + (uint32_t)size;
	struct place place;

	if (size > outbox->session->terms.body_max)
		return false;
	if (place_resize(outbox->session, &outbox->place, slot_size)) {
		outbox->room = outbox->place.size - OUTBOX_LEAD;
		return true;
	}
	if (!place_in_slot(outbox->session, slot_size, slot_size, &place))
		return false;
	use_place(outbox, &place, OUTBOX_LEAD, keep);
	return true;
}

static bool
is_secret(const struct outbox *outbox)
{
	return outbox->method && outbox->method->flags & CDRPC_METHOD_SECRET;
}

/* The body begins behind a header that repeats the frame's nonce: so the receiver knows that it has the section we mean. */
static cdrpc_status
use_section(struct outbox *outbox, size_t size, size_t keep)
{
	struct place place;
	cdrpc_status status;

	status = random_fill(outbox->frame.nonce, sizeof outbox->frame.nonce);
	if (status == CDRPC_OK)
		status = place_in_section(outbox->session, SECTION_HEADER_SIZE + size, is_secret(outbox), &place);
	if (status != CDRPC_OK)
		return status;
	memcpy(place.memory, outbox->frame.nonce, sizeof outbox->frame.nonce);
	use_place(outbox, &place, SECTION_HEADER_SIZE, keep);
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
	struct place place;
	cdrpc_status status;

	if (!may_use_chunks(outbox))
		return CDRPC_E_NOT_AVAILABLE;
	status = place_in_chunks(outbox->session, size, is_secret(outbox), &place);
	if (status != CDRPC_OK)
		return status;
	outbox->frame.section_size = 0;
	memset(outbox->frame.nonce, 0, sizeof outbox->frame.nonce);
	use_place(outbox, &place, 0, keep);
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
	facts.body_max = session->terms.body_max;
	facts.resident_from = outbox->frame.type == FRAME_REPLY ? 0 : session->endpoint->limits.resident_from;
	/* What is in a section or in chunks already stays there, even if the arena has room by now. */
	facts.resident = outbox_may_use_slot(outbox) && outbox->place.kind <= PLACE_SLOT &&
			 ((outbox->place.kind == PLACE_SLOT && size <= outbox->room) || slot_for(outbox, size, keep));
	facts.may_push = session->peer.may_push;
	facts.may_pull = session->peer.may_pull;
	status = route_choose(&facts, &choice);
	if (status != CDRPC_OK)
		return status;
	if (choice.route == CDRPC_ROUTE_CHUNKS && outbox->place.kind != PLACE_CHUNKS) {
		status = outbox_place_chunks(outbox, size, keep);
		if (status != CDRPC_OK)
			return status;
	} else if (choice.route == CDRPC_ROUTE_SECTION && outbox->place.kind != PLACE_SECTION) {
		status = use_section(outbox, size, keep);
		if (status != CDRPC_OK)
			return status;
	} else if (choice.route == CDRPC_ROUTE_MESSAGE && outbox->place.kind == PLACE_SLOT &&
		   (size > outbox->room || outbox->needs_answer)) {
		memcpy(outbox->buffer, outbox->body, keep);
		use_buffer(outbox);
	}
	*ret_choice = choice;
	return CDRPC_OK;
}
