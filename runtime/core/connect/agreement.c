/* What two endpoints say of themselves in their handshake, and what comes of it for the session. */
#include "connect/handshake.h"

#include <string.h>

#include "base/env.h"
#include "message/outgoing.h"
#include "session/endpoint.h"
#include "session/resident.h"

bool
handshake_reader(const struct frame *frame, const void *bytes, uint64_t storage[HANDSHAKE_BODY_MAX / 8],
		 struct cdrpc_reader *ret_r)
{
	if (frame->route != FRAME_ROUTE_FRAME || frame->body_size > HANDSHAKE_BODY_MAX)
		return false;
	memcpy(storage, (const uint8_t *)bytes + frame->body_offset, frame->body_size);
	cdrpc_reader_init(ret_r, NULL, storage, frame->body_size, NULL, 0);
	return true;
}

static bool
we_may_duplicate(const struct session *session)
{
	const struct endpoint_hooks *hooks = &session->endpoint->hooks;
	bool may = process_may_duplicate(session->peer.process);

	return hooks->may_duplicate ? hooks->may_duplicate(hooks->self, may) : may;
}

void
handshake_write_terms(struct cdrpc_writer *w, const struct session *session)
{
	const struct endpoint *endpoint = session->endpoint;
	uint32_t terms = HANDSHAKE_ADAPTS;

	if (we_may_duplicate(session))
		terms |= HANDSHAKE_MAY_DUPLICATE;
	if (policy_believes(&endpoint->own, &session->peer.facts))
		terms |= HANDSHAKE_BELIEVES;
	cdrpc_write_u32(w, terms);
	cdrpc_write_u32(w, endpoint->limits.inline_max);
	cdrpc_write_u32(w, endpoint->limits.body_max);
	cdrpc_write_u32(w, resident_size(session));
}

static uint32_t
least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

void
handshake_read_terms(struct cdrpc_reader *r, struct session *session)
{
	const struct cdrpc_limits *own = &session->endpoint->limits;
	uint32_t terms = cdrpc_read_u32(r);

	session->terms.inline_max = least(cdrpc_read_u32(r), own->inline_max);
	session->terms.body_max = least(cdrpc_read_u32(r), own->body_max);
	session->terms.arena_size = cdrpc_read_u32(r);
	session->peer.may_push = we_may_duplicate(session) && terms & HANDSHAKE_BELIEVES;
	session->terms.adapts = (terms & HANDSHAKE_ADAPTS) != 0;
	session->peer.may_pull = (terms & HANDSHAKE_MAY_DUPLICATE) != 0;
}

static void
write_agreement(struct cdrpc_writer *w, const struct session *session)
{
	const struct registry *registry = &session->endpoint->registry;
	uint32_t i;

	handshake_write_terms(w, session);
	cdrpc_write_u32(w, registry->count);
	for (i = 0; i < registry->count; i++) {
		cdrpc_write_u64(w, registry->services[i].iface->id);
		cdrpc_write_u32(w, registry->services[i].iface->version);
	}
}

cdrpc_status
handshake_seal_agreement(struct outgoing *outgoing)
{
	struct cdrpc_writer w;

	outgoing_writer(outgoing, &w);
	do {
		write_agreement(&w, outgoing->session);
	} while (cdrpc_write_again(&w));
	resident_announce(outgoing->session, &outgoing->frame);
	return outgoing_seal(outgoing, &w);
}

cdrpc_status
handshake_agree(struct session *session, struct incoming *incoming)
{
	struct cdrpc_reader r;
	uint32_t count, i;

	incoming_reader(incoming, &r);
	handshake_read_terms(&r, session);
	count = cdrpc_read_count(&r, CDRPC_INTERFACES_MAX, 12);
	if (count) {
		session->terms.interfaces = env_alloc(&session->endpoint->env, count * sizeof *session->terms.interfaces);
		if (!session->terms.interfaces)
			return CDRPC_E_NOMEM;
	}
	session->terms.interface_count = count;
	for (i = 0; i < count; i++) {
		session->terms.interfaces[i].id = cdrpc_read_u64(&r);
		session->terms.interfaces[i].version = (uint16_t)cdrpc_read_u32(&r);
		if (i && session->terms.interfaces[i].id <= session->terms.interfaces[i - 1].id)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_reader_end(&r) != CDRPC_OK || session->terms.inline_max < ENDPOINT_INLINE_LEAST)
		return CDRPC_E_PROTOCOL;
	return CDRPC_OK;
}
