#include "leaks.h"

#include <stdint.h>

#include <psapi.h>

/* Handles are multiples of 4, and the lowest free one is given out first: past this many free ones there are none. */
#define FREE_IN_A_ROW 256

/* Threads of a process let go of things after the call that they were for: counted, some ms each time, until nothing changes. */
enum { SAME_IN_A_ROW = 2, TRIES = 1000 };

static bool
is_handle(HANDLE process, uintptr_t value)
{
	HANDLE copy = NULL;

	if (!DuplicateHandle(process, (HANDLE)value, GetCurrentProcess(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS))
		return false;
	CloseHandle(copy);
	return true;
}

/*
 * GetProcessHandleCount() is always 0 under Wine, so there each value that a handle can have is tried: the process itself is asked for
 * it, and nothing else of the system is.
 *
 * 0: they cannot be counted; every process has some.
 */
static size_t
count_handles(HANDLE process)
{
	uintptr_t value, last = 0;
	DWORD told = 0;
	size_t count = 0;

	if (GetProcessHandleCount(process, &told) && told != 0)
		return told;
	for (value = 4; value - last <= 4 * FREE_IN_A_ROW; value += 4) {
		if (is_handle(process, value)) {
			last = value;
			count++;
		}
	}
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

static void CALLBACK
never(void *self, BOOLEAN timed_out)
{
	(void)self;
	(void)timed_out;
}

/* The system's pool lets an event of its own go when nobody has waited for anything for 5 s: so somebody always does. */
static void
keep_pool(void)
{
	static HANDLE wait;

	if (!wait)
		RegisterWaitForSingleObject(&wait, CreateEventW(NULL, TRUE, FALSE, NULL), never, NULL, INFINITE,
					    WT_EXECUTEONLYONCE);
}

static bool
count(HANDLE process, struct leaks *ret_leaks)
{
	PROCESS_MEMORY_COUNTERS_EX memory = { .cb = sizeof memory };
	size_t handles = count_handles(process);

	if (handles == 0 || !K32GetProcessMemoryInfo(process, (PROCESS_MEMORY_COUNTERS *)&memory, sizeof memory))
		return false;
	*ret_leaks = (struct leaks){
		.handles = handles,
		.views = count_views(process),
		.private_bytes = memory.PrivateUsage,
	};
	return true;
}

bool
leaks_count(HANDLE process, struct leaks *ret_leaks)
{
	struct leaks last = { 0 };
	int same = 0, tries;

	keep_pool();
	for (tries = 0; same < SAME_IN_A_ROW && tries < TRIES; tries++) {
		if (!count(process, ret_leaks))
			return false;
		same = ret_leaks->handles == last.handles && ret_leaks->views == last.views ? same + 1 : 1;
		last = *ret_leaks;
	}
	return same == SAME_IN_A_ROW;
}
