#include "counted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

enum { COUNTED_MAX = 256, CODE_SIZE = 32 };

static struct counter {
	const char *name;
	volatile LONG count;
} counters[COUNTED_MAX];
static uint32_t counter_count;
static uint8_t *code;

static int
stays_in_the_process(const char *name)
{
	static const char *const names[] = { "GetCurrentThreadId", "GetCurrentProcess", "GetCurrentProcessId", "QueryPerformance",
					     "QueryUnbiasedInterruptTime", "GetLastError", "SetLastError", "AcquireSRWLock",
					     "ReleaseSRWLock", "InitializeSRWLock",
					     "GetWindowLongPtr", "GetWindowLong", "GetWindowThreadProcessId",
					     "EnterCriticalSection", "LeaveCriticalSection", "TlsGetValue", "Interlocked" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strncmp(name, names[i], strlen(names[i])) == 0)
			return 1;
	}
	return 0;
}

/* Adds one to the counter, and goes on to the function. Neither changes a register that holds an argument. */
static void *
make_stub(volatile LONG *count, void *function)
{
	uint8_t *at = code + counter_count * CODE_SIZE;
#ifdef _WIN64
	static const uint8_t load[] = { 0x48, 0xB8 }, add[] = { 0xF0, 0xFF, 0x00 };

	memcpy(at, load, 2);
	memcpy(at + 2, &count, 8);
	memcpy(at + 10, add, 3);
	memcpy(at + 13, load, 2);
	memcpy(at + 15, &function, 8);
	at[23] = 0xFF;
	at[24] = 0xE0;
#else
	static const uint8_t add[] = { 0xF0, 0xFF, 0x05 };

	memcpy(at, add, 3);
	memcpy(at + 3, &count, 4);
	at[7] = 0xB8;
	memcpy(at + 8, &function, 4);
	at[12] = 0xFF;
	at[13] = 0xE0;
#endif
	return code + counter_count * CODE_SIZE;
}

static int
patch(uint8_t *base, const IMAGE_IMPORT_DESCRIPTOR *import)
{
	const IMAGE_THUNK_DATA *name = (const IMAGE_THUNK_DATA *)(const void *)(base + import->OriginalFirstThunk);
	void **entry = (void **)(void *)(base + import->FirstThunk);
	const IMAGE_IMPORT_BY_NAME *by_name;
	DWORD before;

	for (; name->u1.AddressOfData; name++, entry++) {
		if (IMAGE_SNAP_BY_ORDINAL(name->u1.Ordinal))
			continue;
		by_name = (const IMAGE_IMPORT_BY_NAME *)(const void *)(base + name->u1.AddressOfData);
		if (stays_in_the_process((const char *)by_name->Name))
			continue;
		if (counter_count == COUNTED_MAX || !VirtualProtect(entry, sizeof *entry, PAGE_READWRITE, &before))
			return 0;
		counters[counter_count].name = (const char *)by_name->Name;
		*entry = make_stub(&counters[counter_count].count, *entry);
		counter_count++;
		VirtualProtect(entry, sizeof *entry, before, &before);
	}
	return 1;
}

int
counted_begin(void)
{
	uint8_t *base = (uint8_t *)(void *)GetModuleHandleW(NULL);
	const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)(const void *)base;
	const IMAGE_NT_HEADERS *nt = (const IMAGE_NT_HEADERS *)(const void *)(base + dos->e_lfanew);
	const IMAGE_DATA_DIRECTORY *directory = &nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT];
	const IMAGE_IMPORT_DESCRIPTOR *import = (const IMAGE_IMPORT_DESCRIPTOR *)(const void *)(base + directory->VirtualAddress);

	code = VirtualAlloc(NULL, COUNTED_MAX * CODE_SIZE, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
	if (!code)
		return 0;
	for (; import->Name; import++) {
		const char *module = (const char *)(base + import->Name);

		if (_strnicmp(module, "msvcrt", 6) == 0 || _strnicmp(module, "ucrt", 4) == 0 || _strnicmp(module, "api-ms", 6) == 0)
			continue;
		if (!patch(base, import))
			return 0;
	}
	return 1;
}

void
counted_reset(void)
{
	uint32_t i;

	for (i = 0; i < counter_count; i++)
		counters[i].count = 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct counter *)a)->name, ((const struct counter *)b)->name);
}

void
counted_text(uint32_t rounds, char *ret_text, uint32_t size)
{
	struct counter sorted[COUNTED_MAX];
	uint32_t i, at = 0, each;

	memcpy(sorted, counters, sizeof sorted);
	qsort(sorted, counter_count, sizeof sorted[0], by_name);
	ret_text[0] = '\0';
	for (i = 0; i < counter_count; i++) {
		each = ((uint32_t)sorted[i].count + rounds - 1 - rounds / 10) / rounds;
		if (each && at < size)
			at += (uint32_t)snprintf(ret_text + at, size - at, "%s%s %u", at ? ", " : "", sorted[i].name, each);
	}
}
