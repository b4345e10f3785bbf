/*
 * What the endpoints of one service have in common, so that its limits are the service's and not those of each of its threads:
 * how many sessions there are, how many bytes of calls, how much of peers' sections is mapped, whose handshakes are under way,
 * and who has kept a sender's thread waiting. Any thread. The limit of handshakes is in handshake_limit.c, the memory of who was slow in
 * slow_peers.c.
 */
#ifndef CDRPC_CORE_QUOTA_H
#define CDRPC_CORE_QUOTA_H

#include "base/names.h"
#include "base/atomic.h"
#include "base/system.h"

#define SLOW_PEERS_MOST 64

/* A process, or one of its threads, that has kept us waiting. */
struct slow_peer {
	uint32_t process_id;            /* 0: none */
	uint32_t thread_id;             /* 0: the process as a whole */
	uint64_t last_us;
	uint32_t penalties;
	uint64_t no_greeting_until_us;
};

struct quota {
	struct cdrpc_env env;
	struct atomic_u32 refs;
	struct atomic_u32 sessions;
	struct atomic_u64 bytes;        /* of calls */
	struct atomic_u64 mapped;       /* bytes, for longer than a copy takes */
	struct lock lock;
	uint64_t last_greeting;         /* under the lock, as is what follows */
	struct greeting *greetings;
	struct slow_peer slow[SLOW_PEERS_MOST];         /* processes that did not take a frame of a session in time */
	struct slow_peer unheard[SLOW_PEERS_MOST];      /* threads that did not take a CHALLENGE in time */
};

cdrpc_status quota_new(const struct cdrpc_env *env, struct quota **ret_quota);
struct quota *quota_ref(struct quota *quota);
void quota_unref(struct quota *quota);

/* Adds to one of its sums; false: that would be more than 'max'. What is no longer counted is subtracted from the sum itself. */
bool quota_add(struct atomic_u64 *sum, uint64_t bytes, uint64_t max);

/* ---- handshakes and sessions: handshake_limit.c ---- */

/*
 * A handshake is named by a number; each is a session, too. Until the CHALLENGE has been taken, anybody may have begun it in the
 * name of the window's owner, who pays nothing for it.
 */
#define QUOTA_CHALLENGES_THREAD       4
#define QUOTA_CHALLENGES_PROCESS      16

/*
 * Whether one may begin with a window of that thread: BUSY if the process has taken 'most' CHALLENGEs and not finished, or has not
 * taken the answer to an OPEN lately; if so many CHALLENGEs are on their way to the thread, or to the process, as said above; or if
 * there are 'sessions_max' sessions. Those for threads that have let one wait, see quota_note_unheard(), are counted apart: one for each
 * thread, and none for the process, whose other threads are not to wait for them. NOMEM.
 */
cdrpc_status quota_begin_handshake(struct quota *quota, uint32_t process_id, uint32_t thread_id, uint32_t most, uint32_t sessions_max,
			   uint64_t *ret_greeting);
/* The CHALLENGE was taken, so that the handshake is the process's own; nothing happens if it is over. */
void quota_challenged(struct quota *quota, uint64_t greeting);
/* The handshake is over; the session stays, until quota_drop_session(). One that is over already, and 0, are fine. */
void quota_end_handshake(struct quota *quota, uint64_t greeting);
void quota_drop_session(struct quota *quota);

/* ---- slow_peers.c: who did not take a CHALLENGE ---- */

/* The thread has not taken a CHALLENGE in time. It need not have asked for one, so it is refused none for that, but more than one at a
 * time; and what is to be sent to one that may not have asked comes after everything else, if it is for such a thread or a process of
 * several. */
void quota_note_unheard(struct quota *quota, uint32_t process_id, uint32_t thread_id);
/* The thread has answered one. */
void quota_note_heard(struct quota *quota, uint32_t process_id, uint32_t thread_id);
bool quota_is_unheard(struct quota *quota, uint32_t process_id, uint32_t thread_id);

/* ---- who did not take a frame of a session in the time that there was for it ---- */

void quota_note_timeout(struct quota *quota, uint32_t process_id, bool of_handshake);
/* True if that process let one of our sends time out within the last 2 s (SLOW_US). The sender's thread then serves it after all others. */
bool quota_is_slow(struct quota *quota, uint32_t process_id);

/* ---- between the two, the lock being held ---- */

/* Whether the process has not taken the answer to an OPEN lately, and is to wait before it begins another handshake. */
bool slow_peers_penalty(struct quota *quota, uint32_t process_id);
/* Whether the thread has not taken a CHALLENGE lately. */
bool slow_peers_unheard(struct quota *quota, uint32_t process_id, uint32_t thread_id);

#endif
