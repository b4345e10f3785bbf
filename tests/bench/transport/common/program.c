#include "program.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_MOST 100000

static uint64_t values[COUNT_MOST];

void
program_ready(void)
{
	puts("ready");
	fflush(stdout);
}

void
program_check(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s: failed: %s (error %lu)\n", GetCommandLineA(), what, GetLastError());
	ExitProcess(2);
}

uint64_t
clock_now(void)
{
	LARGE_INTEGER now;

	QueryPerformanceCounter(&now);
	return (uint64_t)now.QuadPart;
}

uint64_t
clock_ns(uint64_t ticks)
{
	static uint64_t frequency;
	LARGE_INTEGER got;

	if (frequency == 0) {
		QueryPerformanceFrequency(&got);
		frequency = (uint64_t)got.QuadPart;
	}
	return ticks / frequency * 1000000000 + ticks % frequency * 1000000000 / frequency;
}

static uint64_t
system_ms(void)
{
	FILETIME time;

	GetSystemTimeAsFileTime(&time);
	return ((uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime) / 10000 - UINT64_C(11644473600000);
}

/* ---- the role of a caller ---- */

static const struct operation *
find(const struct operation *operations, const char *name)
{
	for (; operations->name; operations++) {
		if (strcmp(operations->name, name) == 0)
			return operations;
	}
	program_check(false, name);
	return NULL;
}

static uint64_t
measure(const struct operation *operation, uint32_t size)
{
	uint64_t begin = clock_now();

	operation->call(size);
	return clock_ns(clock_now() - begin);
}

static uint32_t
run(const struct operation *operation, uint32_t size, uint32_t warm, uint32_t count)
{
	uint32_t i;

	if (operation->series)
		return operation->series(size, count, values);
	for (i = 0; i < warm; i++)
		operation->call(size);
	for (i = 0; i < count; i++)
		values[i] = measure(operation, size);
	return count;
}

/* A thread that has not looked at its messages for 5 seconds counts as hung, and is not answered by those who send SMTO_ABORTIFHUNG. */
static void
pump(void)
{
	MSG message;

	while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
		DispatchMessageW(&message);
}

static uint32_t
sustain(const struct operation *operation, uint32_t size, uint64_t start_ms, uint32_t duration_ms)
{
	uint64_t begin, end, now = system_ms();
	uint32_t count = 1;

	program_check(now < start_ms && operation->call, "told before it begins");
	Sleep((DWORD)(start_ms - now));
	pump();
	begin = clock_now();
	do {
		if (count % 512 == 0)
			pump();
		values[count++] = measure(operation, size);
		end = clock_now();
	} while (count < COUNT_MOST && clock_ns(end - begin) < duration_ms * UINT64_C(1000000));
	values[0] = clock_ns(end - begin);
	return count;
}

static void
obey(const struct operation *operations)
{
	char line[200], name[32];
	uint32_t size, second, i, count = 0;
	uint64_t first;

	while (fgets(line, sizeof line, stdin)) {
		pump();
		if (sscanf(line, "run %31s %" SCNu32 " %" SCNu64 " %" SCNu32, name, &size, &first, &second) == 4) {
			program_check(second <= COUNT_MOST && size <= SIZE_MOST, line);
			count = run(find(operations, name), size, (uint32_t)first, second);
		} else if (sscanf(line, "sustain %31s %" SCNu32 " %" SCNu64 " %" SCNu32, name, &size, &first, &second) == 4) {
			count = sustain(find(operations, name), size, first, second);
		} else {
			program_check(false, line);
		}
		for (i = 0; i < count; i++)
			printf("%s%" PRIu64, i ? " " : "", values[i]);
		putchar('\n');
		fflush(stdout);
	}
}

static DWORD WINAPI
end_with_input(void *unused)
{
	(void)unused;
	while (getchar() != EOF)
		;
	ExitProcess(0);
}

int
main(int argc, char **argv)
{
	const struct operation *operations;

	program_check(argc == 3, "usage: serve|call VARIANT");
	if (strcmp(argv[1], "serve") == 0) {
		program_check(CreateThread(NULL, 0, end_with_input, NULL, 0, NULL) != NULL, "CreateThread");
		program_serve(argv[2]);
	} else {
		operations = program_connect(argv[2]);
		program_ready();
		obey(operations);
		/* What is left is the system's to free. */
		ExitProcess(0);
	}
	return 2;
}
