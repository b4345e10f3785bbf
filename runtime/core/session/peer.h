/*
 * Who is at the other end of a session: a window, the thread that it belongs to, and its process. Here alone it is asked whether they are
 * still there, and what a send that brought no answer means. Any thread, where nothing else is said.
 */
#ifndef CDRPC_CORE_PEER_H
#define CDRPC_CORE_PEER_H

#include "base/names.h"
#include "base/atomic.h"
#include "base/system.h"

struct peer {
	window_id window;
	uint32_t thread;                /* the window's */
	struct process *process;
	struct cdrpc_peer_facts facts;  /* of the process, or what a test says of it */
	bool watched;                   /* the system tells us when its process ends */
	struct atomic_bool ended;       /* it has */
	uint64_t window_missed_us;      /* when a look has first not found the window; 0: it was there */
	bool may_push;                  /* we may duplicate handles into it, and it believes us */
	bool may_pull;                  /* it may duplicate handles out of us */
};

enum peer_state {
	PEER_LIVES,
	PEER_WINDOW_GONE,               /* or of another thread now: a thread can die while its process lives */
	PEER_ENDED
};

/* Whether the process has ended: asks the system for it alone. */
bool peer_has_ended(const struct peer *peer);
/* Whether the window is there, and still of the same thread. */
bool peer_window_is_there(const struct peer *peer);
/* Both. */
enum peer_state peer_look(const struct peer *peer);
/* Whether the same thread is at the other end. */
bool peer_same(const struct peer *a, const struct peer *b);

/* Why a send to it brought no answer, with the system's error, or 0; or why a session with it no longer works. Death may show a moment later, and is
 * waited for so long. */
#define DEATH_WAIT_MS 100
cdrpc_status peer_diagnose(const struct peer *peer, uint32_t os_error, uint32_t death_wait_ms);

/* What is known after a send that brought no answer, and what it means. Pure. */
struct outcome_facts {
	bool process_ended;             /* looked at for up to 100 ms after the send failed */
	bool window_exists;             /* and still belongs to that process */
	bool window_hung;
	uint32_t os_error;
};

/* In this order: PEER_DIED, PEER_GONE, ACCESS, HUNG, TIMEOUT. */
cdrpc_status outcome_classify(const struct outcome_facts *facts);

#endif
