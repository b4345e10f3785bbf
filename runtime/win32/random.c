#include "base/system.h"

#include <limits.h>

#include <windows.h>
#include <bcrypt.h>

cdrpc_status
random_fill(void *ret_bytes, size_t size)
{
	if (size > ULONG_MAX)
		return CDRPC_E_ARGUMENT;
	if (BCryptGenRandom(NULL, ret_bytes, (ULONG)size, BCRYPT_USE_SYSTEM_PREFERRED_RNG) < 0)
		return CDRPC_E_OS;
	return CDRPC_OK;
}
