/* How many handshakes may be under way, and whose. */
#include "base/env.h"
#include "session/quota.h"

struct greeting {
	struct greeting *next;
	uint64_t id;
	uint32_t process_id;
	uint32_t thread_id;
	bool challenged;
};

static bool
may_greet(struct quota *quota, uint32_t process_id, uint32_t thread_id, uint32_t most)
{
	const struct greeting *greeting;
	bool apart = slow_peers_unheard(quota, process_id, thread_id);
	uint32_t taken = 0, to_process = 0, to_thread = 0;

	if (slow_peers_penalty(quota, process_id))
		return false;
	for (greeting = quota->greetings; greeting; greeting = greeting->next) {
		if (greeting->process_id != process_id)
			continue;
		taken += greeting->challenged;
		if (greeting->challenged)
			continue;
		to_thread += greeting->thread_id == thread_id;
		to_process += !slow_peers_unheard(quota, process_id, greeting->thread_id);
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
