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
	quota_drop_mapped(session->endpoint->quota, atomic_u64_load(&resident->mapped));
	lock_done(&resident->lock);
	env_free(&session->endpoint->env, resident);
}

bool
resident_count(struct session *session, uint64_t bytes)
{
	const struct endpoint *endpoint = session->endpoint;

	if (!quota_add_mapped(endpoint->quota, bytes, endpoint->limits.mapped_max))
		return false;
	atomic_u64_add(&session->resident->mapped, bytes);
	return true;
}

void
resident_uncount(struct session *session, uint64_t bytes)
{
	atomic_u64_sub(&session->resident->mapped, bytes);
	quota_drop_mapped(session->endpoint->quota, bytes);
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

void
resident_tell(struct session *session)
{
	struct resident *resident = session->resident;

	switch (atomic_u32_load(&resident->peer->doing)) {
	case DOING_SEND:
		break;
	case DOING_WAIT:
		event_set(resident->peer_event);
		break;
	case DOING_EITHER:
		event_set(resident->peer_event);
		port_ring_peer(session->peer.window);
		break;
	default:
		port_ring_peer(session->peer.window);
		break;
	}
}

void
resident_tell_events(struct session *session)
{
	/* One ring until it has looked. Whoever comes back from a call looks by itself, so telling it meanwhile may be in vain. */
	if (atomic_u32_exchange(&session->resident->peer->event_bell, 1) == 0)
		resident_tell(session);
}
