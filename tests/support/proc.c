#include "proc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "crash.h"

#define HELPERS_VARIABLE L"CDRPC_HELPERS"

/* The exit status of a helper whose starter did not go on. */
enum { STATUS_ABANDONED = 3, STATUS_KILLED = 9 };

/* In a helper, the process that started it. */
static const struct proc *our_starter;

static void
give_up(const char *why)
{
	if (!our_starter)
		ck_abort_msg("%s", why);
	fprintf(stderr, "helper: %s\n", why);
	ExitProcess(STATUS_ABANDONED);
}

void
proc_check_at(int holds, const char *condition, const char *file, int line)
{
	if (holds)
		return;
	fprintf(stderr, "%s:%d: helper: '%s' does not hold\n", file, line, condition);
	fflush(stderr);
	ExitProcess(1);
}

/* Which of the handles came first; sent messages are handled meanwhile. How long it takes is up to the machine: it is told, and goes on. */
static DWORD
wait_for(const HANDLE *handles, DWORD count, const char *what)
{
	DWORD woke;
	MSG message;

	for (;;) {
		woke = MsgWaitForMultipleObjectsEx(count, handles, PROC_PATIENCE_MS, QS_SENDMESSAGE, MWMO_INPUTAVAILABLE);
		if (woke == WAIT_TIMEOUT)
			fprintf(stderr, "%s: waits for %s\n", our_starter ? "helper" : "test", what);
		else if (woke != WAIT_OBJECT_0 + count)
			return woke;
		PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
	}
}

void
proc_signal(struct proc *other)
{
	SetEvent(other->event_out);
}

void
proc_await(struct proc *other)
{
	/* The event comes first in the array: a signal given before the end counts. */
	const HANDLE handles[] = { other->event_in, other->process };

	/* It does not go away unseen. */
	switch (wait_for(handles, 2, "the other process")) {
	case WAIT_OBJECT_0:
		return;
	case WAIT_OBJECT_0 + 1:
		give_up("the other process has ended");
		break;
	default:
		give_up("the other process cannot be waited for");
	}
}

void
proc_await_handle(HANDLE handle)
{
	if (wait_for(&handle, 1, "a handle") != WAIT_OBJECT_0)
		give_up("a handle cannot be waited for");
}

/*
 * Holds the helpers of this process, and ends them when its only handle is closed by this process's end, however that comes. The
 * handle is never closed before.
 */
static HANDLE
helpers_job(void)
{
	static HANDLE job;
	JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {
		.BasicLimitInformation = { .LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE },
	};

	if (!job) {
		job = CreateJobObjectW(NULL, NULL);
		ck_assert_ptr_nonnull(job);
		ck_assert(SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits));
	}
	return job;
}

static HANDLE
inheritable_event(void)
{
	SECURITY_ATTRIBUTES inheritable = { .nLength = sizeof inheritable, .bInheritHandle = TRUE };
	HANDLE event = CreateEventW(&inheritable, FALSE, FALSE, NULL);

	ck_assert_ptr_nonnull(event);
	return event;
}

static HANDLE
inheritable_self(void)
{
	HANDLE handle;

	ck_assert(DuplicateHandle(GetCurrentProcess(), GetCurrentProcess(), GetCurrentProcess(), &handle,
				  SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, TRUE, 0));
	return handle;
}

static void
keep_to_ourselves(HANDLE handle)
{
	ck_assert(SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0));
}

/* Our own program; or, for two architectures that meet, the one of the same name in the folder that HELPERS_VARIABLE names. */
static void
helper_path(wchar_t path[MAX_PATH])
{
	wchar_t folder[MAX_PATH], own[MAX_PATH];
	DWORD length = GetEnvironmentVariableW(HELPERS_VARIABLE, folder, MAX_PATH);

	ck_assert_uint_gt(GetModuleFileNameW(NULL, own, MAX_PATH), 0);
	ck_assert_uint_lt(length, MAX_PATH);
	ck_assert_int_gt(length == 0 ? swprintf(path, MAX_PATH, L"%ls", own) :
				       swprintf(path, MAX_PATH, L"%ls%ls", folder, wcsrchr(own, L'\\')), 0);
}

/* A helper that comes from elsewhere is there for its pointers of another size. */
static void
check_architecture(HANDLE helper)
{
	BOOL own_emulated, helper_emulated = FALSE;

	if (GetEnvironmentVariableW(HELPERS_VARIABLE, NULL, 0) == 0)
		return;
	ck_assert(IsWow64Process(GetCurrentProcess(), &own_emulated) && IsWow64Process(helper, &helper_emulated));
	ck_assert_int_ne(own_emulated, helper_emulated);
}

static void
create_process(struct proc *helper, const char *role)
{
	STARTUPINFOW startup = { .cb = sizeof startup };
	PROCESS_INFORMATION info;
	HANDLE self = inheritable_self();
	wchar_t path[MAX_PATH];
	BOOL started;
	wchar_t command[MAX_PATH + 256];

	helper_path(path);
	swprintf(command, sizeof command / sizeof command[0], L"\"%ls\" --role %hs %llx %llx %llx %llx", path, role,
		 (unsigned long long)(uintptr_t)self, (unsigned long long)(uintptr_t)helper->section,
		 (unsigned long long)(uintptr_t)helper->event_out, (unsigned long long)(uintptr_t)helper->event_in);
	started = CreateProcessW(path, command, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &startup, &info);
	ck_assert_msg(started, "CreateProcessW: %ls: error %lu", path, (unsigned long)GetLastError());
	CloseHandle(self);
	ck_assert(AssignProcessToJobObject(helpers_job(), info.hProcess));
	check_architecture(info.hProcess);
	ResumeThread(info.hThread);
	CloseHandle(info.hThread);
	helper->process = info.hProcess;
	helper->process_id = info.dwProcessId;
}

struct proc *
proc_start(const char *role)
{
	SECURITY_ATTRIBUTES inheritable = { .nLength = sizeof inheritable, .bInheritHandle = TRUE };
	struct proc *helper = calloc(1, sizeof *helper);

	ck_assert_ptr_nonnull(helper);
	helper->section = CreateFileMappingW(INVALID_HANDLE_VALUE, &inheritable, PAGE_READWRITE, 0,
					     PROC_WORDS * sizeof(uint64_t), NULL);
	ck_assert_ptr_nonnull(helper->section);
	helper->words = MapViewOfFile(helper->section, FILE_MAP_WRITE, 0, 0, 0);
	ck_assert_ptr_nonnull((void *)helper->words);
	helper->event_out = inheritable_event();
	helper->event_in = inheritable_event();
	create_process(helper, role);
	/* The next helper is not to have them. */
	keep_to_ourselves(helper->section);
	keep_to_ourselves(helper->event_out);
	keep_to_ourselves(helper->event_in);
	return helper;
}

int
proc_finish(struct proc *helper)
{
	DWORD status = 0;

	proc_await_handle(helper->process);
	ck_assert(GetExitCodeProcess(helper->process, &status));
	UnmapViewOfFile((void *)helper->words);
	CloseHandle(helper->section);
	CloseHandle(helper->event_out);
	CloseHandle(helper->event_in);
	CloseHandle(helper->process);
	free(helper);
	return (int)status;
}

void
proc_kill(struct proc *helper)
{
	ck_assert(TerminateProcess(helper->process, STATUS_KILLED));
	proc_await_handle(helper->process);
}

static HANDLE
handle_argument(const char *text)
{
	return (HANDLE)(uintptr_t)strtoull(text, NULL, 16);
}

static int
play_role(char **argv, const struct proc_role *roles)
{
	struct proc starter = {
		.process = handle_argument(argv[1]),
		.section = handle_argument(argv[2]),
		.event_in = handle_argument(argv[3]),
		.event_out = handle_argument(argv[4]),
	};

	our_starter = &starter;
	crash_report_install();
	starter.process_id = GetProcessId(starter.process);
	starter.words = MapViewOfFile(starter.section, FILE_MAP_WRITE, 0, 0, 0);
	proc_check(starter.words != NULL);
	while (roles->name && strcmp(roles->name, argv[0]) != 0)
		roles++;
	proc_check(roles->run != NULL);
	return roles->run(&starter);
}

int
proc_main(int argc, char **argv, const struct proc_role *roles, Suite *(*make_suite)(void))
{
	if (argc == 7 && strcmp(argv[1], "--role") == 0)
		return play_role(argv + 2, roles);
	return check_main(make_suite());
}
