#include "session/quota.h"

#include <string.h>

#include "base/atomic.h"
#include "base/env.h"

#define SLOW_MOST       64
#define SLOW_US         UINT64_C(2000000)
/* For how long one that has not taken the answer to its OPEN gets no CHALLENGE; doubled each time. */
#define PENALTY_US      UINT64_C(1000000)
#define PENALTIES_MAX   4
#define UNHEARD_MOST    64
#define UNHEARD_US      UINT64_C(16000000)
#define UNHEARD_THREADS 4       /* of a process, from which on all of it is taken for such */

struct greeting {
	struct greeting *next;
	uint64_t id;
	uint32_t process_id;
	uint32_t thread_id;
	bool challenged;
};

struct unheard {
	uint32_t process_id;            /* 0: none */
	uint32_t thread_id;
	uint64_t last_us;
};

struct slow {
	uint32_t process_id;            /* 0: none */
	uint32_t penalties;
	uint64_t last_us;
	uint64_t no_greeting_until_us;
};

struct quota {
	struct cdrpc_env env;
	struct atomic_u32 refs;
	struct atomic_u32 sessions;
	struct atomic_u64 bytes;
	struct atomic_u64 mapped;
	struct lock lock;
	uint64_t last_greeting;         /* under the lock, as is what follows */
	struct greeting *greetings;
	struct slow slow[SLOW_MOST];
	struct unheard unheard[UNHEARD_MOST];
};

cdrpc_status
quota_new(const struct cdrpc_env *env, struct quota **ret_quota)
{
	struct quota *quota = env_alloc(env, sizeof *quota);

	if (!quota)
		return CDRPC_E_NOMEM;
	memset(quota, 0, sizeof *quota);
	quota->env = *env;
	atomic_u32_store(&quota->refs, 1);
	lock_init(&quota->lock);
	*ret_quota = quota;
	return CDRPC_OK;
}

struct quota *
quota_ref(struct quota *quota)
{
	atomic_u32_add(&quota->refs, 1);
	return quota;
}

void
quota_unref(struct quota *quota)
{
	struct cdrpc_env env;

	if (atomic_u32_sub(&quota->refs, 1) != 1)
		return;
	lock_done(&quota->lock);
	env = quota->env;
	env_free(&env, quota);
}

static bool
add_within(struct atomic_u64 *sum, uint64_t bytes, uint64_t max)
{
	uint64_t before = atomic_u64_load(sum);

	do {
		if (bytes > max || before > max - bytes)
			return false;
	} while (!atomic_u64_compare_exchange(sum, &before, before + bytes));
	return true;
}

bool
quota_add_bytes(struct quota *quota, uint64_t bytes, uint64_t max)
{
	return add_within(&quota->bytes, bytes, max);
}

void
quota_drop_bytes(struct quota *quota, uint64_t bytes)
{
	atomic_u64_sub(&quota->bytes, bytes);
}

bool
quota_add_mapped(struct quota *quota, uint64_t bytes, uint64_t max)
{
	return add_within(&quota->mapped, bytes, max);
}

void
quota_drop_mapped(struct quota *quota, uint64_t bytes)
{
	atomic_u64_sub(&quota->mapped, bytes);
}

/* The lock is held, as for the next two. */
static struct slow *
find_slow(struct quota *quota, uint32_t process_id)
{
	uint32_t i;

	for (i = 0; i < SLOW_MOST; i++) {
		if (quota->slow[i].process_id == process_id)
			return &quota->slow[i];
	}
	return NULL;
}

/* One that has been quiet for the longest makes room. */
static struct slow *
add_slow(struct quota *quota, uint32_t process_id)
{
	struct slow *oldest = &quota->slow[0];
	uint32_t i;

	for (i = 1; i < SLOW_MOST; i++) {
		if (quota->slow[i].last_us < oldest->last_us)
			oldest = &quota->slow[i];
	}
	*oldest = (struct slow){ .process_id = process_id };
	return oldest;
}

static struct unheard *
find_unheard(struct quota *quota, uint32_t process_id, uint32_t thread_id)
{
	struct unheard *each;

	for (each = quota->unheard; each < quota->unheard + UNHEARD_MOST; each++) {
		if (each->process_id == process_id && each->thread_id == thread_id)
			return each;
	}
	return NULL;
}

static bool
lets_wait(struct quota *quota, uint32_t process_id, uint32_t thread_id)
{
	const struct unheard *unheard = find_unheard(quota, process_id, thread_id);

	return unheard && awake_us() - unheard->last_us < UNHEARD_US;
}

static bool
may_greet(struct quota *quota, uint32_t process_id, uint32_t thread_id, uint32_t most)
{
	const struct slow *slow = find_slow(quota, process_id);
	const struct greeting *greeting;
	bool apart = lets_wait(quota, process_id, thread_id);
	uint32_t taken = 0, to_process = 0, to_thread = 0;

	if (slow && awake_us() < slow->no_greeting_until_us)
		return false;
	for (greeting = quota->greetings; greeting; greeting = greeting->next) {
		if (greeting->process_id != process_id)
			continue;
		taken += greeting->challenged;
		if (greeting->challenged)
			continue;
		to_thread += greeting->thread_id == thread_id;
		to_process += !lets_wait(quota, process_id, greeting->thread_id);
	}
	if (apart)
		return taken < most && to_thread == 0;
	return taken < most && to_process < QUOTA_CHALLENGES_PROCESS && to_thread < QUOTA_CHALLENGES_THREAD;
}

cdrpc_status
quota_begin_handshake(struct quota *quota, uint32_t process_id, uint32_t thread_id, uint32_t most, uint32_t sessions_max,
	      uint64_t *ret_greeting)
{
	struct greeting *greeting = env_alloc(&quota->env, sizeof *greeting);
	bool may;

	if (!greeting)
		return CDRPC_E_NOMEM;
	lock_take(&quota->lock);
	may = atomic_u32_load(&quota->sessions) < sessions_max && may_greet(quota, process_id, thread_id, most);
	if (may) {
		atomic_u32_add(&quota->sessions, 1);
		*ret_greeting = ++quota->last_greeting;
		*greeting = (struct greeting){ quota->greetings, quota->last_greeting, process_id, thread_id, false };
		quota->greetings = greeting;
	}
	lock_drop(&quota->lock);
	if (!may)
		env_free(&quota->env, greeting);
	return may ? CDRPC_OK : CDRPC_E_BUSY;
}

/* Where the list has it; at its end, which is NULL, it is over. The lock is held. */
static struct greeting **
find_greeting(struct quota *quota, uint64_t id)
{
	struct greeting **at = &quota->greetings;

	while (*at && (*at)->id != id)
		at = &(*at)->next;
	return at;
}

void
quota_challenged(struct quota *quota, uint64_t greeting)
{
	struct greeting *found;

	lock_take(&quota->lock);
	found = *find_greeting(quota, greeting);
	if (found)
		found->challenged = true;
	lock_drop(&quota->lock);
}

void
quota_end_handshake(struct quota *quota, uint64_t greeting)
{
	struct greeting **at, *found;

	lock_take(&quota->lock);
	at = find_greeting(quota, greeting);
	found = *at;
	if (found)
		*at = found->next;
	lock_drop(&quota->lock);
	env_free(&quota->env, found);
}

void
quota_drop_session(struct quota *quota)
{
	atomic_u32_sub(&quota->sessions, 1);
}

void
quota_note_unheard(struct quota *quota, uint32_t process_id, uint32_t thread_id)
{
	struct unheard *at, *each;

	lock_take(&quota->lock);
	at = find_unheard(quota, process_id, thread_id);
	if (!at) {
		at = &quota->unheard[0];
		for (each = at + 1; each < quota->unheard + UNHEARD_MOST; each++)
			at = each->last_us < at->last_us ? each : at;
	}
	*at = (struct unheard){ process_id, thread_id, awake_us() };
	lock_drop(&quota->lock);
}

void
quota_note_heard(struct quota *quota, uint32_t process_id, uint32_t thread_id)
{
	struct unheard *at;

	lock_take(&quota->lock);
	at = find_unheard(quota, process_id, thread_id);
	if (at)
		*at = (struct unheard){ 0 };
	lock_drop(&quota->lock);
}

bool
quota_is_unheard(struct quota *quota, uint32_t process_id, uint32_t thread_id)
{
	const struct unheard *each;
	uint64_t now = awake_us();
	uint32_t threads = 0;
	bool is = false;

	lock_take(&quota->lock);
	for (each = quota->unheard; each < quota->unheard + UNHEARD_MOST; each++) {
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
	uint64_t now = awake_us();
	struct slow *slow;

	lock_take(&quota->lock);
	slow = find_slow(quota, process_id);
	if (!slow)
		slow = add_slow(quota, process_id);
	slow->last_us = now;
	if (of_handshake) {
		slow->no_greeting_until_us = now + (PENALTY_US << slow->penalties);
		if (slow->penalties < PENALTIES_MAX)
			slow->penalties++;
	}
	lock_drop(&quota->lock);
}

bool
quota_is_slow(struct quota *quota, uint32_t process_id)
{
	const struct slow *slow;
	bool is;

	lock_take(&quota->lock);
	slow = find_slow(quota, process_id);
	is = slow && awake_us() - slow->last_us < SLOW_US;
	lock_drop(&quota->lock);
	return is;
}
