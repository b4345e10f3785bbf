#include "crash.h"
#include "crash_unwind.h"

#include <stdio.h>
#include <string.h>

enum { CRASH_FRAMES_MAX = 32 };

static void
print_frame(uintptr_t address)
{
	HMODULE module = NULL;
	char path[MAX_PATH] = "?";
	const char *name;

	if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
				(LPCWSTR)address, &module)) {
		fprintf(stderr, "  %p\n", (void *)address);
		return;
	}
	GetModuleFileNameA(module, path, sizeof path);
	name = strrchr(path, '\\');
	name = name ? name + 1 : path;
	fprintf(stderr, "  %s+0x%llx\n", name, (unsigned long long)(address - (uintptr_t)module));
}

static LONG WINAPI
report(EXCEPTION_POINTERS *exception)
{
	const EXCEPTION_RECORD *record = exception->ExceptionRecord;
	uintptr_t frames[CRASH_FRAMES_MAX];
	CONTEXT context = *exception->ContextRecord;
	size_t count;
	size_t i;

	fprintf(stderr, "crash: exception 0x%08lx", (unsigned long)record->ExceptionCode);
	if (record->ExceptionCode == EXCEPTION_ACCESS_VIOLATION && record->NumberParameters >= 2)
		fprintf(stderr, ", %s 0x%llx", record->ExceptionInformation[0] ? "writing" : "reading",
			(unsigned long long)record->ExceptionInformation[1]);
	fprintf(stderr, ", thread %lu\n", (unsigned long)GetCurrentThreadId());
	count = crash_unwind(&context, frames, CRASH_FRAMES_MAX);
	for (i = 0; i < count; i++)
		print_frame(frames[i]);
	fflush(stderr);
	/* No exit(): its handlers would run in a process whose state is unknown. */
	TerminateProcess(GetCurrentProcess(), CRASH_EXIT_STATUS);
	return EXCEPTION_EXECUTE_HANDLER;
}

void
crash_report_install(void)
{
	SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
	SetUnhandledExceptionFilter(report);
}
