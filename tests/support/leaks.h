/* What a process holds of the system, for comparing before and after. Windows, and exact under Wine. */
#ifndef CDRPC_TESTS_LEAKS_H
#define CDRPC_TESTS_LEAKS_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>

struct leaks {
	size_t handles;
	size_t views;                   /* sections mapped into it, images not counted */
	size_t private_bytes;           /* grows in steps, and with what the heap keeps for later */
};

/*
 * 'process' needs PROCESS_DUP_HANDLE, PROCESS_QUERY_INFORMATION and PROCESS_VM_READ; GetCurrentProcess() will do.
 * False: it cannot be counted.
 */
bool leaks_count(HANDLE process, struct leaks *ret_leaks);

#endif
