#include "session/resident.h"

#include "session/endpoint.h"
#include "session/session.h"

/* By how much our arena can grow. */
static size_t
more_size(const struct session *session)
{
	return session->endpoint->limits.resident_max - session->resident->out.size;
}

static bool
take_offer(struct session *session)
{
	struct resident *resident = session->resident;
	bool taken;

	lock_take(&resident->lock);
	taken = resident->growth == GROWTH_POSSIBLE && resident_count(session, more_size(session));
	if (taken)
		resident->growth = GROWTH_OFFERED;
	lock_drop(&resident->lock);
	return taken;
}

cdrpc_status
resident_section(struct session *session, bool may_offer, size_t size, struct section *ret_section, bool *ret_offered)
{
	const struct endpoint *endpoint = session->endpoint;
	struct resident *resident = session->resident;
	struct section none = { 0 };
	size_t more;

	*ret_offered = false;
	if (resident && resident->ready && may_offer) {
		more = more_size(session);
		if (more >= size && take_offer(session)) {
			*ret_offered = section_new(&endpoint->env, more, ret_section) == CDRPC_OK;
			if (*ret_offered)
				return CDRPC_OK;
			/* No room for so much: not now, and hardly later. */
			resident_conclude_growth(session, GROWTH_UNKNOWN, &none);
		}
	}
	return section_new(&endpoint->env, size, ret_section);
}

void
resident_conclude_growth(struct session *session, enum growth_outcome offer, struct section *section)
{
	struct resident *resident = session->resident;
	struct slots_writer *arena = &resident->writer;

	lock_take(&resident->lock);
	resident->growth = offer == GROWTH_UNSEEN ? GROWTH_POSSIBLE : GROWTH_DONE;
	/* Whoever says so and does not gets frames that it cannot read. */
	if (offer == GROWTH_TAKEN && atomic_u32_load(&resident->peer->keeps)) {
		resident->out_more = *section;
		*section = (struct section){ 0 };
		arena->more = resident->out_more.view;
		arena->more_size = (uint32_t)resident->out_more.size & ~(ARENA_ALIGN - 1);
	} else {
		resident_uncount(session, more_size(session));
	}
	lock_drop(&resident->lock);
}

bool
resident_wants(const struct session *session, const struct frame *frame)
{
	const struct resident *resident = session->resident;
	uint32_t max = session->endpoint->limits.resident_max;

	return frame->flags & FRAME_FLAG_KEEP && resident && resident->ready && !resident->in_more.view &&
	       frame->section_size <= max - resident->in.size;
}

void
resident_keep(struct session *session, struct section *section)
{
	struct resident *resident = session->resident;

	/* Over the limit the peer's arena does not grow, as if it were too large. */
	if (!resident_count(session, section->size))
		return;
	resident->in_more = *section;
	*section = (struct section){ 0 };
	resident->reader.more = resident->in_more.view;
	resident->reader.more_size = (uint32_t)resident->in_more.size & ~(ARENA_ALIGN - 1);
	atomic_u32_store(&resident->own->keeps, 1);
}
