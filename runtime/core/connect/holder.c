#include "connect/holder.h"

#include "base/deadline.h"
#include "base/env.h"
#include "connect/candidates.h"
#include "connect/handshake.h"
#include "message/send.h"
#include "session/endpoint.h"

#define SILENCE_MS      15000   /* much longer than a busy machine makes anybody silent ... */
#define HUNG_US         UINT64_C(5000000)       /* ... unless the system says that it is the window's own doing */
#define PATIENCE_MS     250     /* for one answer; doubled in each round, and again from the first ... */
#define ROUNDS          4       /* ... after so many: of a CHALLENGE that was missed there is no other without another HELLO */
#define PAUSE_MS        64      /* between rounds */
#define CLOSE_SEND_MS   250

/* What has come of asking one window. */
enum said {
	SAID_NOTHING,           /* yet */
	SAID_HUNG,              /* by the system */
	SAID_NO,                /* it does not count */
	SAID_STOPPING,
	SAID_YES,
	SAID_FAILED             /* on this side */
};

static enum said
weigh(cdrpc_status status)
{
	switch (status) {
	case CDRPC_OK:
	case CDRPC_E_BUSY:
	case CDRPC_E_REFUSED:
	case CDRPC_E_VERSION:
	case CDRPC_E_REMOTE_NOMEM:
		return SAID_YES;
	case CDRPC_E_STOPPING:
		return SAID_STOPPING;
	case CDRPC_E_HUNG:
		return SAID_HUNG;
	case CDRPC_E_TIMEOUT:
	case CDRPC_E_PROTOCOL:
	/* Whether there is another window of that process, the next look tells. */
	case CDRPC_E_PEER_DIED:
	case CDRPC_E_PEER_GONE:
		return SAID_NOTHING;
	case CDRPC_E_POLICY:
	case CDRPC_E_ACCESS:
		return SAID_NO;
	default:
		return SAID_FAILED;
	}
}

/* *ret_status is set where it failed. */
static enum said
ask_one(struct endpoint *endpoint, window_id window, uint32_t patience_ms, struct session **ret_holder, cdrpc_status *ret_status)
{
	struct session *session = NULL;
	cdrpc_status status = session_new(endpoint, window, &session);
	enum said said = weigh(status);

	if (status == CDRPC_OK) {
		/* It may be ended by the other side. */
		session_ref(session);
		status = CDRPC_E_POLICY;
		if (policy_believes(&endpoint->own, &session->peer.facts))
			status = handshake_greet(session, deadline_in(patience_ms));
		said = weigh(status);
		/* It is not to wait for an OPEN. */
		if (status == CDRPC_OK)
			send_close(session, CLOSE_SEND_MS);
		session_end(session, CDRPC_E_CLOSED);
		if (said == SAID_YES)
			*ret_holder = session;
		else
			session_unref(session);
	}
	if (said == SAID_FAILED)
		*ret_status = status;
	return said;
}

/* Of several threads of a process that serve one may be stopping, and another may have begun since. */
static enum said
ask_process(struct endpoint *endpoint, const struct candidates *candidates, struct candidate *candidate, uint32_t patience_ms,
	    struct session **ret_holder, cdrpc_status *ret_status)
{
	size_t first = candidate->at;
	enum said said;

	do {
		said = ask_one(endpoint, candidates->windows[candidate->at], patience_ms, ret_holder, ret_status);
		candidates_next_window(candidates, candidate);
	} while (said == SAID_STOPPING && candidate->at != first);
	candidate->out = said == SAID_NO || said == SAID_STOPPING;
	return said;
}

static void
log_silence(const struct endpoint *endpoint, const struct candidates *candidates)
{
	size_t i;

	for (i = 0; i < candidates->count; i++) {
		if (!candidates->each[i].out)
			env_log(&endpoint->env, CDRPC_LOG_WARNING, "process %u has a window of the name '%s', does not answer, and does not count",
				(unsigned int)candidates->each[i].process_id, candidates->service);
	}
}

/* Asks each that is not out; the one that counts ends it. *ret_status is set where it failed. */
static enum said
ask_all(struct endpoint *endpoint, const struct candidates *candidates, uint32_t patience_ms, struct session **ret_holder,
	cdrpc_status *ret_status)
{
	enum said said = SAID_HUNG, one;
	size_t i;

	for (i = 0; i < candidates->count; i++) {
		if (candidates->each[i].out)
			continue;
		one = ask_process(endpoint, candidates, &candidates->each[i], patience_ms, ret_holder, ret_status);
		if (one == SAID_YES || one == SAID_FAILED)
			return one;
		if (one == SAID_NOTHING)
			said = one;
	}
	return candidates_left(candidates) ? said : SAID_NO;
}

cdrpc_status
holder_find(struct endpoint *endpoint, const char *service, struct session **ret_holder)
{
	uint64_t deadline_us = deadline_in(SILENCE_MS), began_us = awake_us();
	struct candidates candidates;
	uint32_t round = 0, patience_ms;
	cdrpc_status status;
	enum said said;

	candidates_init(&endpoint->env, service, &candidates);
	while ((status = candidates_look(&candidates, endpoint->port, false)) == CDRPC_OK) {
		status = CDRPC_E_NOT_FOUND;
		patience_ms = deadline_slice_ms(deadline_us, (uint32_t)PATIENCE_MS << round++ % ROUNDS);
		said = ask_all(endpoint, &candidates, patience_ms, ret_holder, &status);
		if (said == SAID_YES)
			status = CDRPC_OK;
		if (said != SAID_NOTHING && said != SAID_HUNG)
			break;
		if (deadline_is_over(deadline_us) || (said == SAID_HUNG && awake_us() - began_us >= HUNG_US)) {
			log_silence(endpoint, &candidates);
			break;
		}
		port_wait(endpoint->port, NULL, PAUSE_MS);
	}
	candidates_done(&candidates);
	return status;
}
