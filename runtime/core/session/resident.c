#include "session/resident.h"

#include "base/env.h"
#include "session/endpoint.h"
#include "session/session.h"

void
resident_free(struct session *session)
{
	struct resident *resident = session->resident;

	if (!resident)
		return;
	session->resident = NULL;
	section_done(&resident->control);
	section_done(&resident->out);
	section_done(&resident->out_more);
	section_done(&resident->in);
	section_done(&resident->in_more);
	handle_close(resident->peer_event);
	atomic_u64_sub(&session->endpoint->quota->mapped, atomic_u64_load(&resident->mapped));
	lock_done(&resident->lock);
	env_free(&session->endpoint->env, resident);
}

bool
resident_count(struct session *session, uint64_t bytes)
{
	const struct endpoint *endpoint = session->endpoint;

	if (!quota_add(&endpoint->quota->mapped, bytes, endpoint->limits.mapped_max))
		return false;
	atomic_u64_add(&session->resident->mapped, bytes);
	return true;
}

void
resident_uncount(struct session *session, uint64_t bytes)
{
	atomic_u64_sub(&session->resident->mapped, bytes);
	atomic_u64_sub(&session->endpoint->quota->mapped, bytes);
}

enum resident_doing
resident_doing(struct session *session, enum resident_doing doing)
{
	struct resident *resident = session->resident;

	if (!resident || !resident->ready)
		return DOING_OTHER;
	/* Sequentially consistent, and so is the peer's publishing: it sees this, or we see what it has published. */
	return (enum resident_doing)atomic_u32_exchange(&resident->own->doing, (uint32_t)doing);
}

/* False: the system has refused to ring. */
static bool
wake_peer(const struct session *session)
{
	const struct resident *resident = session->resident;

	switch (atomic_u32_load(&resident->peer->doing)) {
	case DOING_SEND:
		return true;
	case DOING_WAIT:
		event_set(resident->peer_event);
		return true;
	case DOING_EITHER:
		event_set(resident->peer_event);
		return port_ring_peer(session->peer.window);
	default:
		return port_ring_peer(session->peer.window);
	}
}

void
resident_tell(struct session *session)
{
	if (wake_peer(session))
		return;
	/* Of events the peer may hear by nothing else. */
	atomic_bool_store(&session->resident->untold, true);
	endpoint_ring(session->endpoint);
}

bool
resident_is_untold(const struct session *session)
{
	return session->resident && atomic_bool_load(&session->resident->untold);
}

void
resident_tell_again(struct session *session)
{
	struct resident *resident = session->resident;

	if (!resident_is_untold(session))
		return;
	/* In this order: what another thread has to tell meanwhile stays untold. */
	atomic_bool_store(&resident->untold, false);
	if (wake_peer(session))
		return;
	atomic_bool_store(&resident->untold, true);
	endpoint_wake_at(session->endpoint, awake_us() + RESIDENT_UNTOLD_US);
}

void
resident_tell_events(struct session *session)
{
	/* One ring until it has looked. Whoever comes back from a call looks by itself, so telling it meanwhile may be in vain. */
	if (atomic_u32_exchange(&session->resident->peer->event_bell, 1) == 0)
		resident_tell(session);
}

/* ---- growing ---- */

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
