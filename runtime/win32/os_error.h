#ifndef CDRPC_WIN32_OS_ERROR_H
#define CDRPC_WIN32_OS_ERROR_H

#include "names.h"

#include <windows.h>

#include <cdrpc/cdrpc.h>

/*
 * Logs "CreateFileMappingW failed: error 1455" and says what that is as a status: CDRPC_E_NOMEM for want of memory, commit
 * charge or quota, CDRPC_E_OS for everything else.
 */
cdrpc_status os_error(const struct cdrpc_env *env, const char *function, DWORD error);

#endif
