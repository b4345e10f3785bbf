/* What section.c needs of handle.c: duplicating without looking at what the handle is of, because the caller knows or will look. */
#ifndef CDRPC_WIN32_HANDLE_H
#define CDRPC_WIN32_HANDLE_H

#include "names.h"

#include <windows.h>

#include "base/system.h"

/* Whether a value from a frame can be a handle that DuplicateHandle() may see: no pseudo-handle, for duplicating one out of a
 * process gives full access to it, and a multiple of 4, since the low bits are the caller's own and ignored. */
bool handle_value_is_plain(uint64_t value);

/* The name of its type in the kernel. */
bool handle_has_type(HANDLE handle, const WCHAR *name);

/* Whether it was opened for all of that. */
bool handle_grants(HANDLE handle, DWORD access);

/* Statuses as for handle_push() and handle_pull(). */
cdrpc_status handle_give(HANDLE handle, DWORD access, struct process *peer, uint64_t *ret_value);
cdrpc_status handle_fetch(struct process *peer, uint64_t value, DWORD access, HANDLE *ret_handle);

#endif
