#include "connect/holder.h"

#include "base/deadline.h"
#include "base/env.h"
#include "connect/candidates.h"
#include "connect/handshake.h"
#include "message/send.h"
#include "session/endpoint.h"

#define SILENCE_MS      5000    /* after which a window counts as hung, too */
#define PATIENCE_MS     250     /* for one answer; doubled in each round ... */
#define ROUNDS          3       /* ... so often */
#define PAUSE_MS        64      /* between rounds */
#define CLOSE_SEND_MS   250

/* What has come of asking one window. */
enum said {
	SAID_NOTHING,           /* yet */
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
	case CDRPC_E_TIMEOUT:
	case CDRPC_E_HUNG:
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
ask(struct endpoint *endpoint, window_id window, uint32_t patience_ms, struct session **ret_holder, cdrpc_status *ret_status)
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
		said = ask(endpoint, candidates->windows[candidate->at], patience_ms, ret_holder, ret_status);
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
			env_log(&endpoint->env, CDRPC_LOG_WARNING, "process %u has a window of the name '%s' and has not answered for %u s: "
				"it does not count", (unsigned int)candidates->each[i].process_id, candidates->service, SILENCE_MS / 1000);
	}
}

cdrpc_status
holder_find(struct endpoint *endpoint, const char *service, struct session **ret_holder)
{
	uint64_t deadline_us = deadline_in(SILENCE_MS);
	uint32_t patience_ms = PATIENCE_MS, round = 0;
	struct candidates candidates;
	enum said said = SAID_NO;
	cdrpc_status status;
	size_t i;

	candidates_init(&endpoint->env, service, &candidates);
	while ((status = candidates_look(&candidates, endpoint->port, false)) == CDRPC_OK) {
		status = CDRPC_E_NOT_FOUND;
		for (i = 0; i < candidates.count && said != SAID_YES && said != SAID_FAILED; i++) {
			if (!candidates.each[i].out)
				said = ask_process(endpoint, &candidates, &candidates.each[i], patience_ms, ret_holder, &status);
		}
		if (said == SAID_YES)
			status = CDRPC_OK;
		if (said == SAID_YES || said == SAID_FAILED || candidates_left(&candidates) == 0)
			break;
		if (deadline_is_over(deadline_us)) {
			log_silence(endpoint, &candidates);
			break;
		}
		port_wait(endpoint->port, NULL, PAUSE_MS);
		if (++round < ROUNDS)
			patience_ms *= 2;
	}
	candidates_done(&candidates);
	return status;
}
