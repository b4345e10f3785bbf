/* What section.c and wait.c need of a peer's process besides what system.h says of it. */
#ifndef CDRPC_WIN32_PROCESS_HANDLE_H
#define CDRPC_WIN32_PROCESS_HANDLE_H

#include "names.h"

#include <windows.h>

#include "base/system.h"

HANDLE process_handle(const struct process *process);           /* NULL: none was given */
HANDLE process_wait_handle(const struct process *process);      /* NULL: we may not wait for it */
const struct cdrpc_env *process_env(const struct process *process);

/* What the token of 'process' says, where it may be opened with TOKEN_QUERY; what it does not say stays as it is. */
void facts_from_token(HANDLE process, struct cdrpc_peer_facts *facts);

#endif
