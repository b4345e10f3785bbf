#include "message/place.h"

#include "message/chunks.h"
#include "session/resident.h"
#include "session/session.h"

bool
place_in_slot(struct session *session, uint32_t least, uint32_t most, struct place *ret_place)
{
	struct resident *resident = session->resident;
	struct place place = { .kind = PLACE_SLOT };
	bool reserved;

	if (!resident || !resident->ready)
		return false;
	lock_take(&resident->lock);
	reserved = slots_reserve(&resident->writer, least, most, &place.slot);
	lock_drop(&resident->lock);
	if (!reserved)
		return false;
	place.memory = slots_memory(&resident->writer, place.slot);
	place.size = resident->writer.slots[place.slot].size;
	*ret_place = place;
	return true;
}

bool
place_resize(struct session *session, struct place *place, uint32_t size)
{
	struct resident *resident = session->resident;
	bool resized;

	if (place->kind != PLACE_SLOT)
		return false;
	lock_take(&resident->lock);
	resized = slots_resize(&resident->writer, place->slot, size);
	lock_drop(&resident->lock);
	if (resized)
		place->size = resident->writer.slots[place->slot].size;
	return resized;
}

cdrpc_status
place_in_section(struct session *session, size_t size, bool secret, struct place *ret_place)
{
	struct place place = { .kind = PLACE_SECTION, .size = size };
	cdrpc_status status = resident_section(session, !secret, size, &place.section, &place.offered);

	if (status != CDRPC_OK)
		return status;
	place.memory = place.section.view;
	*ret_place = place;
	return CDRPC_OK;
}

cdrpc_status
place_in_chunks(struct session *session, size_t size, bool secret, struct place *ret_place)
{
	struct place place = { .kind = PLACE_CHUNKS, .size = size };
	cdrpc_status status = chunks_new(session, size, secret, &place.chunks, &place.memory);

	if (status == CDRPC_OK)
		*ret_place = place;
	return status;
}

void
place_done(struct session *session, struct place *place)
{
	struct resident *resident = session->resident;

	if (place->kind == PLACE_SLOT && !place->published) {
		lock_take(&resident->lock);
		slots_release(&resident->writer, place->slot);
		lock_drop(&resident->lock);
	}
	if (place->offered)
		resident_conclude_growth(session, GROWTH_UNSEEN, &place->section);
	section_done(&place->section);
	if (place->chunks)
		chunks_free(place->chunks);
	*place = (struct place){ 0 };
}
