/*
 * Ending what an endpoint serves, in order: no new calls; those that were accepted end, for a second at most; the peers are told
 * by CLOSE; the loop ends. It goes on with each bell, so nothing waits.
 */
#ifndef CDRPC_CORE_STOP_H
#define CDRPC_CORE_STOP_H

#include "calls/names.h"
#include "session/endpoint.h"

/* How far it is. */
enum stop_phase {
	STOP_NOT_YET,
	STOP_DRAINS,
	STOP_TELLS,
	STOP_OVER
};

struct stop {
	enum stop_phase phase;
	uint64_t until_us;              /* of the phase */
	struct atomic_bool at_once;
	struct atomic_u32 telling;      /* CLOSE frames on their way */
};

/* What an endpoint has of what is served. */
struct endpoint_service {
	struct stop stop;
	struct endpoint_listener listener;
	uint32_t round;                 /* bells so far */
	uint64_t windows_looked_us;     /* when all peers' windows were looked at last */
	struct reconnect *reconnects;   /* of the clients whose sessions' ends are seen to */
};

/* 'at_once': calls are not waited for. Any thread, any number of times. */
void stop_begin(struct endpoint *endpoint, bool at_once);
/* From the bell. */
void stop_due(struct endpoint *endpoint);
/* Whether all that is done. */
bool stop_is_over(const struct endpoint *endpoint);
/* Ends the session, CLOSED on this side, and tells the peer without waiting for it. Nothing happens the second time. */
void stop_session(struct session *session);
/* Ends the sessions that peers have opened, tells them, and waits a moment for them to hear it. */
void stop_now(struct endpoint *endpoint);

#endif
