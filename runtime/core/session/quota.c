#include "session/quota.h"

#include <string.h>

#include "base/env.h"

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

bool
quota_add(struct atomic_u64 *sum, uint64_t bytes, uint64_t max)
{
	uint64_t before = atomic_u64_load(sum);

	do {
		if (bytes > max || before > max - bytes)
			return false;
	} while (!atomic_u64_compare_exchange(sum, &before, before + bytes));
	return true;
}

void
quota_drop_session(struct quota *quota)
{
	atomic_u32_sub(&quota->sessions, 1);
}
