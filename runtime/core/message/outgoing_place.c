/* Which place a body gets, and how it travels from there. */
#include <string.h>

#include "message/outgoing.h"
#include "session/endpoint.h"
#include "session/resident.h"

uint32_t
outgoing_inline_max(const struct outgoing *outgoing)
{
	uint32_t max = outgoing->session->terms.inline_max;

	return max < outgoing->buffer_size ? max : outgoing->buffer_size;
}

static void
use_buffer(struct outgoing *outgoing)
{
	place_done(outgoing->session, &outgoing->place);
	outgoing->body = outgoing->buffer;
	outgoing->room = outgoing_inline_max(outgoing);
}

/* The body begins 'lead' bytes behind the start of its new place, and takes its first 'keep' bytes along. */
static void
use_place(struct outgoing *outgoing, const struct place *place, size_t lead, size_t keep)
{
	if (keep)
		memcpy(place->memory + lead, outgoing->body, keep);
	place_done(outgoing->session, &outgoing->place);
	outgoing->place = *place;
	outgoing->body = place->memory + lead;
	outgoing->room = place->size - lead;
}

/* Secrets do not stay in memory that is used again, and the protocol's own frames are small. */
bool
outgoing_may_use_slot(const struct outgoing *outgoing)
{
	const struct resident *resident = outgoing->session->resident;

	return resident && resident->ready && !outgoing->needs_answer && outgoing->method && !(outgoing->method->flags & CDRPC_METHOD_SECRET);
}

void
outgoing_place_first(struct outgoing *outgoing)
{
	struct place place;

	use_buffer(outgoing);
	if (outgoing_may_use_slot(outgoing) &&
	    place_in_slot(outgoing->session, OUTGOING_LEAD + 1024, OUTGOING_LEAD + outgoing_inline_max(outgoing), &place))
		use_place(outgoing, &place, OUTGOING_LEAD, 0);
}

/* In place if what follows the slot is free, else elsewhere in the arena. */
static bool
slot_for(struct outgoing *outgoing, size_t size, size_t keep)
{
	uint32_t slot_size = OUTGOING_LEAD + (uint32_t)size;
	struct place place;

	if (size > outgoing->session->terms.body_max)
		return false;
	if (place_resize(outgoing->session, &outgoing->place, slot_size)) {
		outgoing->room = outgoing->place.size - OUTGOING_LEAD;
		return true;
	}
	if (!place_in_slot(outgoing->session, slot_size, slot_size, &place))
		return false;
	use_place(outgoing, &place, OUTGOING_LEAD, keep);
	return true;
}

static bool
is_secret(const struct outgoing *outgoing)
{
	return outgoing->method && outgoing->method->flags & CDRPC_METHOD_SECRET;
}

/* The body begins behind a header that repeats the frame's nonce: so the receiver knows that it has the section we mean. */
static cdrpc_status
use_section(struct outgoing *outgoing, size_t size, size_t keep)
{
	struct place place;
	cdrpc_status status;

	status = random_fill(outgoing->frame.nonce, sizeof outgoing->frame.nonce);
	if (status == CDRPC_OK)
		status = place_in_section(outgoing->session, SECTION_HEADER_SIZE + size, is_secret(outgoing), &place);
	if (status != CDRPC_OK)
		return status;
	memcpy(place.memory, outgoing->frame.nonce, sizeof outgoing->frame.nonce);
	use_place(outgoing, &place, SECTION_HEADER_SIZE, keep);
	return CDRPC_OK;
}

/* A call's body; others have to fit into a message. */
static bool
may_use_chunks(const struct outgoing *outgoing)
{
	return outgoing->method && (outgoing->frame.type == FRAME_REQUEST || outgoing->frame.type == FRAME_REPLY);
}

cdrpc_status
outgoing_place_chunks(struct outgoing *outgoing, size_t size, size_t keep)
{
	struct place place;
	cdrpc_status status;

	if (!may_use_chunks(outgoing))
		return CDRPC_E_NOT_AVAILABLE;
	status = place_in_chunks(outgoing->session, size, is_secret(outgoing), &place);
	if (status != CDRPC_OK)
		return status;
	outgoing->frame.section_size = 0;
	memset(outgoing->frame.nonce, 0, sizeof outgoing->frame.nonce);
	use_place(outgoing, &place, 0, keep);
	return CDRPC_OK;
}

cdrpc_status
outgoing_place_for(struct outgoing *outgoing, size_t size, size_t keep, enum cdrpc_route *ret_route)
{
	const struct session *session = outgoing->session;
	struct route_facts facts = { 0 };
	enum cdrpc_route route;
	cdrpc_status status;

	facts.size = size;
	facts.inline_max = outgoing_inline_max(outgoing);
	facts.body_max = session->terms.body_max;
	facts.resident_from = outgoing->frame.type == FRAME_REPLY ? 0 : session->endpoint->limits.resident_from;
	/* What is in a section or in chunks already stays there, even if the arena has room by now. */
	facts.resident = outgoing_may_use_slot(outgoing) && outgoing->place.kind <= PLACE_SLOT &&
			 ((outgoing->place.kind == PLACE_SLOT && size <= outgoing->room) || slot_for(outgoing, size, keep));
	facts.may_push = session->peer.may_push;
	facts.may_pull = session->peer.may_pull;
	status = route_choose(&facts, &route);
	if (status != CDRPC_OK)
		return status;
	if (route == CDRPC_ROUTE_CHUNKS && outgoing->place.kind != PLACE_CHUNKS) {
		status = outgoing_place_chunks(outgoing, size, keep);
	} else if (route == CDRPC_ROUTE_SECTION && outgoing->place.kind != PLACE_SECTION) {
		status = use_section(outgoing, size, keep);
	} else if (route == CDRPC_ROUTE_MESSAGE && outgoing->place.kind == PLACE_SLOT &&
		   (size > outgoing->room || outgoing->needs_answer)) {
		memcpy(outgoing->buffer, outgoing->body, keep);
		use_buffer(outgoing);
	}
	if (status == CDRPC_OK)
		*ret_route = route;
	return status;
}
