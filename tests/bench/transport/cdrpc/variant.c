#include "variant.h"

#include <stdio.h>
#include <string.h>

#include "program.h"

#include <psapi.h>

struct variant
variant_named(const char *name)
{
	struct variant variant = { .attached = strcmp(name, "attached") == 0 };

	snprintf(variant.name, sizeof variant.name, "bench.%s", name);
	if (strcmp(name, "large") == 0)
		variant.limits.resident_max = 80 * MIB;
	return variant;
}

uint64_t
private_bytes(void)
{
	PROCESS_MEMORY_COUNTERS counters = { .cb = sizeof counters };

	program_check(K32GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters), "GetProcessMemoryInfo");
	return counters.PagefileUsage;
}
