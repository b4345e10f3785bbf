#include "commons.h"

#include <string.h>

#include "atomic.h"
#include "env.h"

#define SLOW_MOST       64
#define SLOW_US         UINT64_C(2000000)
/* For how long one that has not taken its CHALLENGE gets no other; doubled each time. */
#define PENALTY_US      UINT64_C(1000000)
#define PENALTIES_MAX   4

struct greeting {
	struct greeting *next;
	struct commons *commons;
	uint32_t process_id;
	bool challenged;
};

struct slow {
	uint32_t process_id;            /* 0: none */
	uint32_t penalties;
	uint64_t last_us;
	uint64_t no_greeting_until_us;
};

struct commons {
	struct cdrpc_env env;
	struct atomic_u32 refs;
	struct atomic_u32 sessions;
	struct atomic_u64 bytes;
	struct atomic_u64 mapped;
	struct lock lock;
	struct greeting *greetings;     /* under the lock */
	struct slow slow[SLOW_MOST];    /* likewise */
};

cdrpc_status
commons_new(const struct cdrpc_env *env, struct commons **ret_commons)
{
	struct commons *commons = env_alloc(env, sizeof *commons);

	if (!commons)
		return CDRPC_E_NOMEM;
	memset(commons, 0, sizeof *commons);
	commons->env = *env;
	atomic_u32_store(&commons->refs, 1);
	lock_init(&commons->lock);
	*ret_commons = commons;
	return CDRPC_OK;
}

struct commons *
commons_ref(struct commons *commons)
{
	atomic_u32_add(&commons->refs, 1);
	return commons;
}

void
commons_unref(struct commons *commons)
{
	struct cdrpc_env env;

	if (atomic_u32_sub(&commons->refs, 1) != 1)
		return;
	lock_done(&commons->lock);
	env = commons->env;
	env_free(&env, commons);
}

static bool
add(struct atomic_u64 *sum, uint64_t bytes, uint64_t max)
{
	uint64_t before = atomic_u64_load(sum);

	do {
		if (bytes > max || before > max - bytes)
			return false;
	} while (!atomic_u64_compare_exchange(sum, &before, before + bytes));
	return true;
}

bool
commons_add_bytes(struct commons *commons, uint64_t bytes, uint64_t max)
{
	return add(&commons->bytes, bytes, max);
}

void
commons_drop_bytes(struct commons *commons, uint64_t bytes)
{
	atomic_u64_sub(&commons->bytes, bytes);
}

bool
commons_add_mapped(struct commons *commons, uint64_t bytes, uint64_t max)
{
	return add(&commons->mapped, bytes, max);
}

void
commons_drop_mapped(struct commons *commons, uint64_t bytes)
{
	atomic_u64_sub(&commons->mapped, bytes);
}

/* The lock is held, as for the next two. */
static struct slow *
find_slow(struct commons *commons, uint32_t process_id)
{
	uint32_t i;

	for (i = 0; i < SLOW_MOST; i++) {
		if (commons->slow[i].process_id == process_id)
			return &commons->slow[i];
	}
	return NULL;
}

/* One that has been quiet for the longest makes room. */
static struct slow *
add_slow(struct commons *commons, uint32_t process_id)
{
	struct slow *oldest = &commons->slow[0];
	uint32_t i;

	for (i = 1; i < SLOW_MOST; i++) {
		if (commons->slow[i].last_us < oldest->last_us)
			oldest = &commons->slow[i];
	}
	*oldest = (struct slow){ .process_id = process_id };
	return oldest;
}

static bool
may_greet(struct commons *commons, uint32_t process_id, uint32_t most)
{
	const struct slow *slow = find_slow(commons, process_id);
	const struct greeting *greeting;
	uint32_t count = 0;

	if (slow && clock_us() < slow->no_greeting_until_us)
		return false;
	for (greeting = commons->greetings; greeting; greeting = greeting->next) {
		if (greeting->process_id != process_id)
			continue;
		if (!greeting->challenged)
			return false;
		count++;
	}
	return count < most;
}

cdrpc_status
commons_greet(struct commons *commons, uint32_t process_id, uint32_t most, uint32_t sessions_max, struct greeting **ret_greeting)
{
	struct greeting *greeting = env_alloc(&commons->env, sizeof *greeting);
	bool may;

	if (!greeting)
		return CDRPC_E_NOMEM;
	*greeting = (struct greeting){ .commons = commons, .process_id = process_id };
	lock_take(&commons->lock);
	may = atomic_u32_load(&commons->sessions) < sessions_max && may_greet(commons, process_id, most);
	if (may) {
		atomic_u32_add(&commons->sessions, 1);
		greeting->next = commons->greetings;
		commons->greetings = greeting;
	}
	lock_drop(&commons->lock);
	if (!may) {
		env_free(&commons->env, greeting);
		return CDRPC_E_BUSY;
	}
	commons_ref(commons);
	*ret_greeting = greeting;
	return CDRPC_OK;
}

void
commons_challenged(struct commons *commons, uint32_t process_id)
{
	struct greeting *greeting;

	lock_take(&commons->lock);
	for (greeting = commons->greetings; greeting; greeting = greeting->next)
		greeting->challenged |= greeting->process_id == process_id;
	lock_drop(&commons->lock);
}

void
commons_greeted(struct greeting *greeting)
{
	struct commons *commons;
	struct greeting **at;

	if (!greeting)
		return;
	commons = greeting->commons;
	lock_take(&commons->lock);
	for (at = &commons->greetings; *at != greeting; at = &(*at)->next)
		;
	*at = greeting->next;
	lock_drop(&commons->lock);
	env_free(&commons->env, greeting);
	commons_unref(commons);
}

void
commons_drop_session(struct commons *commons)
{
	atomic_u32_sub(&commons->sessions, 1);
}

void
commons_blame(struct commons *commons, uint32_t process_id, bool of_handshake)
{
	uint64_t now = clock_us();
	struct slow *slow;

	lock_take(&commons->lock);
	slow = find_slow(commons, process_id);
	if (!slow)
		slow = add_slow(commons, process_id);
	slow->last_us = now;
	if (of_handshake) {
		slow->no_greeting_until_us = now + (PENALTY_US << slow->penalties);
		if (slow->penalties < PENALTIES_MAX)
			slow->penalties++;
	}
	lock_drop(&commons->lock);
}

bool
commons_is_slow(struct commons *commons, uint32_t process_id)
{
	const struct slow *slow;
	bool is;

	lock_take(&commons->lock);
	slow = find_slow(commons, process_id);
	is = slow && clock_us() - slow->last_us < SLOW_US;
	lock_drop(&commons->lock);
	return is;
}
