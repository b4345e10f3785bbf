/* Starting a server's program, and telling whoever started this one that it is ready. */
#include <stdlib.h>
#include <wchar.h>

#include "port.h"

#include "base/env.h"
#include "os_error.h"
#include "parent.h"
#include "started.h"

static const WCHAR ready_variable[] = L"CDRPC_READY";
static const WCHAR mark_variable[] = L"CDRPC_STARTED";

/* Whether it is the variable of that name, which may be of any case. */
static bool
is_variable(const WCHAR *text, const WCHAR *name)
{
	size_t length = wcslen(name);

	return _wcsnicmp(text, name, length) == 0 && text[length] == L'=';
}

/*
 * This process's environment with CDRPC_READY saying "HANDLE PROCESS-ID": which handle the child inherits, and from whom; and
 * CDRPC_STARTED, if there is a mark, which handle that is. To be freed with env_free().
 */
static WCHAR *
environment_with(const struct cdrpc_env *env, HANDLE ready, HANDLE mark)
{
	enum { ROOM = 64 };
	WCHAR *own = GetEnvironmentStringsW();
	const WCHAR *at, *end = own;
	WCHAR *made = NULL;
	size_t length, to = 0;

	if (!own)
		return NULL;
	while (*end)
		end += wcslen(end) + 1;
	made = env_alloc(env, ((size_t)(end - own) + 2 * ROOM + 1) * sizeof *made);
	for (at = own; made && *at; at += length) {
		length = wcslen(at) + 1;
		if (is_variable(at, ready_variable) || is_variable(at, mark_variable))
			continue;
		memcpy(made + to, at, length * sizeof *made);
		to += length;
	}
	if (made) {
		to += (size_t)swprintf(made + to, ROOM, L"%ls=%lu %lu", ready_variable, (unsigned long)(uintptr_t)ready,
				       (unsigned long)GetCurrentProcessId()) + 1;
		if (mark)
			to += (size_t)swprintf(made + to, ROOM, L"%ls=%lu", mark_variable, (unsigned long)(uintptr_t)mark) + 1;
		made[to] = L'\0';
	}
	FreeEnvironmentStringsW(own);
	return made;
}

/* "image" arguments */
static WCHAR *
command_line(const struct cdrpc_env *env, const WCHAR *image, const WCHAR *arguments)
{
	size_t length = wcslen(image) + (arguments ? wcslen(arguments) : 0) + 4;
	WCHAR *line = env_alloc(env, length * sizeof *line);

	if (line)
		swprintf(line, length, arguments ? L"\"%ls\" %ls" : L"\"%ls\"", image, arguments);
	return line;
}

static cdrpc_status
not_created(const struct cdrpc_env *env, DWORD error)
{
	cdrpc_status status = os_error(env, "CreateProcessW", error);

	/* ERROR_ELEVATION_REQUIRED, which MinGW does not name. */
	if (error != 740)
		return status;
	env_log(env, CDRPC_LOG_ERROR, "the program to start needs elevation, which only its user can give (ShellExecuteExW with \"runas\"): "
		"nothing is started");
	return CDRPC_E_ACCESS;
}

/*
 * Starts it so that it inherits these handles and no other: without being told to, the system gives it the numbers of our standard
 * handles, which mean nothing there or something else. A program of the console subsystem gets a console that nobody sees, to the others
 * that flag means nothing.
 */
static cdrpc_status
create_process(const struct cdrpc_env *env, const WCHAR *image, WCHAR *line, WCHAR *environment, HANDLE ready, HANDLE mark,
	       HANDLE *ret_process)
{
	HANDLE inherited[] = { ready, mark };
	SIZE_T inherited_size = mark ? sizeof inherited : sizeof ready;
	STARTUPINFOEXW startup = { .StartupInfo.cb = sizeof startup };
	PROCESS_INFORMATION started;
	LPPROC_THREAD_ATTRIBUTE_LIST list = NULL;
	SIZE_T size = 0;
	cdrpc_status status = CDRPC_E_NOMEM;
	bool initialised = false;

	InitializeProcThreadAttributeList(NULL, 1, 0, &size);
	list = env_alloc(env, size);
	if (!list)
		goto out;
	initialised = InitializeProcThreadAttributeList(list, 1, 0, &size) != FALSE;
	if (!initialised || !UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, inherited, inherited_size,
							NULL, NULL)) {
		status = os_error(env, "UpdateProcThreadAttribute", GetLastError());
		goto out;
	}
	startup.lpAttributeList = list;
	/* None of the three. */
	startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
	if (!CreateProcessW(image, line, NULL, NULL, TRUE,
			    CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT | CREATE_NO_WINDOW, environment, NULL,
			    &startup.StartupInfo, &started)) {
		status = not_created(env, GetLastError());
		goto out;
	}
	CloseHandle(started.hThread);
	if (mark) {
		/* What this process starts otherwise would have it for good. */
		SetHandleInformation(mark, HANDLE_FLAG_INHERIT, 0);
		started_mark_fill(mark, started.dwProcessId, ready);
	}
	*ret_process = started.hProcess;
	status = CDRPC_OK;
out:
	if (initialised)
		DeleteProcThreadAttributeList(list);
	env_free(env, list);
	return status;
}

static cdrpc_status
ended_early(const struct cdrpc_env *env, HANDLE process)
{
	DWORD code = 0;

	if (!GetExitCodeProcess(process, &code))
		return os_error(env, "GetExitCodeProcess", GetLastError());
	env_log(env, CDRPC_LOG_ERROR, "the program that was started ended before it was ready, with exit code %lu (0x%08lx)", (unsigned long)code,
		(unsigned long)code);
	return code == 0 ? CDRPC_E_PEER_GONE : CDRPC_E_PEER_DIED;
}

struct program {
	const struct cdrpc_env *env;
	HANDLE mark;
	HANDLE ready;
	HANDLE process;
};

cdrpc_status
start_program(const struct cdrpc_env *env, const char *service, const cdrpc_wchar *image, const cdrpc_wchar *arguments,
	      struct program **ret_program)
{
	SECURITY_ATTRIBUTES inheritable = { sizeof inheritable, NULL, TRUE };
	struct program *program = env_alloc(env, sizeof *program);
	WCHAR *environment = NULL;
	WCHAR *line = NULL;
	cdrpc_status status = CDRPC_E_NOMEM;

	if (!program)
		return CDRPC_E_NOMEM;
	*program = (struct program){ .env = env };
	program->ready = CreateEventW(&inheritable, TRUE, FALSE, NULL);
	if (!program->ready) {
		status = os_error(env, "CreateEventW", GetLastError());
		goto out;
	}
	program->mark = started_mark_new(env, service);
	environment = environment_with(env, program->ready, program->mark);
	line = command_line(env, image, arguments);
	if (environment && line)
		status = create_process(env, image, line, environment, program->ready, program->mark, &program->process);
out:
	if (status == CDRPC_OK)
		*ret_program = program;
	else
		start_program_leave(program);
	env_free(env, line);
	env_free(env, environment);
	return status;
}

cdrpc_status
start_program_await(struct program *program, uint32_t timeout_ms)
{
	const HANDLE wait[] = { program->ready, program->process };

	switch (port_wait_for(2, wait, timeout_ms)) {
	case 0: return CDRPC_OK;
	case 1: return ended_early(program->env, program->process);
	default: return CDRPC_E_TIMEOUT;
	}
}

void
start_program_leave(struct program *program)
{
	if (!program)
		return;
	handle_close(program->process);
	handle_close(program->mark);
	handle_close(program->ready);
	env_free(program->env, program);
}

/* What the variable says, which no process that is started from here on finds. 0: it says nothing, or too much. */
static DWORD
take_variable(const WCHAR *name, WCHAR text[32])
{
	DWORD length = GetEnvironmentVariableW(name, text, 32);

	if (length > 0)
		SetEnvironmentVariableW(name, NULL);
	return length < 32 ? length : 0;
}

static bool
take_handle(unsigned long value, enum cdrpc_handle_kind kind, uint32_t right, cdrpc_handle *ret_handle)
{
	if (handle_accept(value, kind, right, ret_handle) != CDRPC_OK)
		return false;
	/* Of it, too, our children are to inherit nothing. */
	SetHandleInformation(*ret_handle, HANDLE_FLAG_INHERIT, 0);
	return true;
}

struct start_ready
start_take_ready(void)
{
	struct start_ready ready = { NULL, NULL };
	WCHAR text[32], mark_text[32], *end;
	unsigned long value, starter;
	uint32_t parent;
	bool marked = take_variable(mark_variable, mark_text) > 0;

	if (take_variable(ready_variable, text) == 0)
		return ready;
	/* A process that has inherited the variable alone is not the starter's child, and the value may be a handle of its
	 * own; and a parent of a lower integrity level has no say in what becomes of our handles. */
	value = wcstoul(text, &end, 10);
	starter = *end == L' ' ? wcstoul(end + 1, &end, 10) : 0;
	if (*end != L'\0' || starter == 0 || !parent_process_id(&parent) || starter != parent || !parent_is_not_lower() ||
	    !take_handle(value, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, &ready.event))
		return ready;
	if (marked) {
		value = wcstoul(mark_text, &end, 10);
		if (*end == L'\0')
			take_handle(value, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, &ready.mark);
	}
	return ready;
}

void
start_give_up(struct start_ready *ready)
{
	handle_close(ready->event);
	handle_close(ready->mark);
	*ready = (struct start_ready){ NULL, NULL };
}

void
start_say_ready(struct start_ready *ready)
{
	if (ready->event)
		SetEvent(ready->event);
	start_give_up(ready);
}
