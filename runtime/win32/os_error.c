#include "os_error.h"

#include "base/env.h"

cdrpc_status
os_error(const struct cdrpc_env *env, const char *function, DWORD error)
{
	env_log(env, CDRPC_LOG_ERROR, "%s failed: error %lu", function, (unsigned long)error);
	switch (error) {
	case ERROR_NOT_ENOUGH_MEMORY:
	case ERROR_OUTOFMEMORY:
	case ERROR_NO_SYSTEM_RESOURCES:
	case ERROR_COMMITMENT_LIMIT:
	case ERROR_NOT_ENOUGH_QUOTA:
		return CDRPC_E_NOMEM;
	default:
		return CDRPC_E_OS;
	}
}
