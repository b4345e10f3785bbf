#include "leaks.h"

#include <stdint.h>
#include <stdlib.h>

#include <winternl.h>
#include <psapi.h>

/* SystemExtendedHandleInformation: its ids and counts are not cut to 16 bits. GetProcessHandleCount() is always 0 under Wine. */
enum { SYSTEM_EXTENDED_HANDLE_INFORMATION = 64 };

struct handle_entry {
	void *object;
	ULONG_PTR process_id;
	ULONG_PTR handle;
	ULONG access;
	USHORT creator;
	USHORT type;
	ULONG attributes;
	ULONG reserved;
};

struct handle_table {
	ULONG_PTR count;
	ULONG_PTR reserved;
	struct handle_entry entries[];
};

static struct handle_table *
read_handle_table(void)
{
	struct handle_table *table = NULL;
	ULONG size = 1 << 16;
	NTSTATUS status;

	do {
		free(table);
		size *= 2;
		table = malloc(size);
		if (!table)
			return NULL;
		status = NtQuerySystemInformation((SYSTEM_INFORMATION_CLASS)SYSTEM_EXTENDED_HANDLE_INFORMATION, table, size,
						  NULL);
	} while (status == (NTSTATUS)0xC0000004 /* STATUS_INFO_LENGTH_MISMATCH */ && size < 1 << 28);
	if (status < 0) {
		free(table);
		return NULL;
	}
	return table;
}

/* 0: they cannot be counted; every process has some. */
static size_t
count_handles(DWORD process_id)
{
	struct handle_table *table = read_handle_table();
	size_t count = 0;
	ULONG_PTR i;

	for (i = 0; table && i < table->count; i++)
		count += table->entries[i].process_id == process_id;
	free(table);
	return count;
}

static size_t
count_views(HANDLE process)
{
	MEMORY_BASIC_INFORMATION info;
	const char *address = NULL;
	const void *last = NULL;
	size_t count = 0;

	while (VirtualQueryEx(process, address, &info, sizeof info) != 0) {
		if (info.State != MEM_FREE && info.Type == MEM_MAPPED && info.AllocationBase != last) {
			last = info.AllocationBase;
			count++;
		}
		address = (const char *)info.BaseAddress + info.RegionSize;
		if ((uintptr_t)address < (uintptr_t)info.BaseAddress)
			break;
	}
	return count;
}

bool
leaks_count(HANDLE process, struct leaks *ret_leaks)
{
	PROCESS_MEMORY_COUNTERS_EX memory = { .cb = sizeof memory };
	size_t handles = count_handles(GetProcessId(process));

	if (handles == 0 || !K32GetProcessMemoryInfo(process, (PROCESS_MEMORY_COUNTERS *)&memory, sizeof memory))
		return false;
	*ret_leaks = (struct leaks){
		.handles = handles,
		.views = count_views(process),
		.private_bytes = memory.PrivateUsage,
	};
	return true;
}
