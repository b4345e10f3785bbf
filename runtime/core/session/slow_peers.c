/* Who has kept us waiting lately: processes that did not take a frame, and threads that did not take a CHALLENGE. */
#include "session/quota.h"

#define SLOW_US         UINT64_C(2000000)
/* For how long one that has not taken the answer to its OPEN gets no CHALLENGE; doubled each time. */
#define PENALTY_US      UINT64_C(1000000)
#define PENALTIES_MAX   4
#define UNHEARD_US      UINT64_C(16000000)
#define UNHEARD_THREADS 4       /* of a process, from which on all of it is taken for such */

/* NULL: it is not there. The lock is held, as for the next. */
static struct slow_peer *
find_slow_peer(struct slow_peer peers[SLOW_PEERS_MOST], uint32_t process_id, uint32_t thread_id)
{
	struct slow_peer *each;

	for (each = peers; each < peers + SLOW_PEERS_MOST; each++) {
		if (each->process_id == process_id && each->thread_id == thread_id)
			return each;
	}
	return NULL;
}

/* That it is slow now. One that has been quiet for the longest makes room. */
static struct slow_peer *
note(struct slow_peer peers[SLOW_PEERS_MOST], uint32_t process_id, uint32_t thread_id)
{
	struct slow_peer *at = find_slow_peer(peers, process_id, thread_id), *each;

	if (!at) {
		at = peers;
		for (each = at + 1; each < peers + SLOW_PEERS_MOST; each++)
			at = each->last_us < at->last_us ? each : at;
		*at = (struct slow_peer){ .process_id = process_id, .thread_id = thread_id };
	}
	at->last_us = awake_us();
	return at;
}

bool
slow_peers_penalty(struct quota *quota, uint32_t process_id)
{
	const struct slow_peer *slow = find_slow_peer(quota->slow, process_id, 0);

	return slow && awake_us() < slow->no_greeting_until_us;
}

bool
slow_peers_unheard(struct quota *quota, uint32_t process_id, uint32_t thread_id)
{
	const struct slow_peer *unheard = find_slow_peer(quota->unheard, process_id, thread_id);

	return unheard && awake_us() - unheard->last_us < UNHEARD_US;
}

void
quota_note_unheard(struct quota *quota, uint32_t process_id, uint32_t thread_id)
{
	lock_take(&quota->lock);
	note(quota->unheard, process_id, thread_id);
	lock_drop(&quota->lock);
}

void
quota_note_heard(struct quota *quota, uint32_t process_id, uint32_t thread_id)
{
	struct slow_peer *at;

	lock_take(&quota->lock);
	at = find_slow_peer(quota->unheard, process_id, thread_id);
	if (at)
		*at = (struct slow_peer){ 0 };
	lock_drop(&quota->lock);
}

bool
quota_is_unheard(struct quota *quota, uint32_t process_id, uint32_t thread_id)
{
	const struct slow_peer *each;
	uint64_t now = awake_us();
	uint32_t threads = 0;
	bool is = false;

	lock_take(&quota->lock);
	for (each = quota->unheard; each < quota->unheard + SLOW_PEERS_MOST; each++) {
		if (each->process_id != process_id || now - each->last_us >= UNHEARD_US)
			continue;
		threads++;
		is |= each->thread_id == thread_id;
	}
	lock_drop(&quota->lock);
	return is || threads >= UNHEARD_THREADS;
}

void
quota_note_timeout(struct quota *quota, uint32_t process_id, bool of_handshake)
{
	struct slow_peer *slow;

	lock_take(&quota->lock);
	slow = note(quota->slow, process_id, 0);
	if (of_handshake) {
		slow->no_greeting_until_us = slow->last_us + (PENALTY_US << slow->penalties);
		if (slow->penalties < PENALTIES_MAX)
			slow->penalties++;
	}
	lock_drop(&quota->lock);
}

bool
quota_is_slow(struct quota *quota, uint32_t process_id)
{
	const struct slow_peer *slow;
	bool is;

	lock_take(&quota->lock);
	slow = find_slow_peer(quota->slow, process_id, 0);
	is = slow && awake_us() - slow->last_us < SLOW_US;
	lock_drop(&quota->lock);
	return is;
}
