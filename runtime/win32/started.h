/* The mark of a program that has been started and does not serve yet, see started.c. */
#ifndef CDRPC_WIN32_STARTED_H
#define CDRPC_WIN32_STARTED_H

#include "names.h"

#include <windows.h>

#include "base/system.h"

/* An inheritable handle, for the program to inherit; the caller closes it. NULL: it is not to be had, and the start goes on without. */
HANDLE started_mark_new(const struct cdrpc_env *env, const char *service);
/* Says which process has inherited it, and the event by which that says that it is ready. */
void started_mark_fill(HANDLE mark, DWORD process_id, HANDLE ready);

#endif
