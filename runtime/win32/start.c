/* Starting a server's program, and telling whoever started this one that it is ready. */
#include <stdlib.h>
#include <wchar.h>

#include "port.h"

#include "env.h"
#include "os_error.h"

static const WCHAR ready_variable[] = L"CDRPC_READY";

/* Waits for one of the handles and handles sent messages meanwhile. Returns which; 'count' when the time is over. */
static DWORD
wait_for(DWORD count, const HANDLE *handles, uint32_t timeout_ms)
{
	ULONGLONG until = GetTickCount64() + timeout_ms;
	ULONGLONG now;
	DWORD woke;
	MSG message;

	for (;;) {
		now = GetTickCount64();
		woke = MsgWaitForMultipleObjectsEx(count, handles, now < until ? (DWORD)(until - now) : 0, QS_SENDMESSAGE,
						   MWMO_INPUTAVAILABLE);
		if (woke < WAIT_OBJECT_0 + count)
			return woke - WAIT_OBJECT_0;
		/* An abandoned mutex is one that is ours. */
		if (woke >= WAIT_ABANDONED_0 && woke < WAIT_ABANDONED_0 + count)
			return woke - WAIT_ABANDONED_0;
		if (woke != WAIT_OBJECT_0 + count)
			return count;
		PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
	}
}

cdrpc_handle
start_turn_take(const char *service, uint32_t timeout_ms)
{
	WCHAR name[CDRPC_NAME_MAX + 32] = L"Local\\cdrpc.start.";
	size_t length = wcslen(name);
	HANDLE mutex;

	if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, service, -1, name + length,
				(int)(sizeof name / sizeof name[0] - length)) == 0)
		return NULL;
	mutex = CreateMutexW(NULL, FALSE, name);
	if (mutex && wait_for(1, &mutex, timeout_ms) == 1) {
		CloseHandle(mutex);
		mutex = NULL;
	}
	return mutex;
}

void
start_turn_drop(cdrpc_handle turn)
{
	if (!turn)
		return;
	ReleaseMutex(turn);
	CloseHandle(turn);
}

/* This process's environment with one variable more: "CDRPC_READY=" and the handle's value. To be freed with env_free(). */
static WCHAR *
environment_with(const struct cdrpc_env *env, HANDLE ready)
{
	WCHAR *own = GetEnvironmentStringsW();
	const WCHAR *end = own;
	WCHAR *made = NULL;
	size_t length;

	if (!own)
		return NULL;
	while (*end)
		end += wcslen(end) + 1;
	length = (size_t)(end - own);
	made = env_alloc(env, (length + 64) * sizeof *made);
	if (made) {
		memcpy(made, own, length * sizeof *made);
		length += (size_t)swprintf(made + length, 62, L"%ls=%lu", ready_variable, (unsigned long)(uintptr_t)ready) + 1;
		made[length] = L'\0';
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

/* Starts it so that it inherits this one handle and no other. */
static cdrpc_status
create_process(const struct cdrpc_env *env, const WCHAR *image, WCHAR *line, WCHAR *environment, HANDLE ready,
	       HANDLE *ret_process)
{
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
	if (!initialised || !UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, &ready, sizeof ready, NULL, NULL)) {
		status = os_error(env, "UpdateProcThreadAttribute", GetLastError());
		goto out;
	}
	startup.lpAttributeList = list;
	if (!CreateProcessW(image, line, NULL, NULL, TRUE, CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT,
			    environment, NULL, &startup.StartupInfo, &started)) {
		status = os_error(env, "CreateProcessW", GetLastError());
		goto out;
	}
	CloseHandle(started.hThread);
	*ret_process = started.hProcess;
	status = CDRPC_OK;
out:
	if (initialised)
		DeleteProcThreadAttributeList(list);
	env_free(env, list);
	return status;
}

cdrpc_status
start_program(const struct cdrpc_env *env, const cdrpc_wchar *image, const cdrpc_wchar *arguments, uint32_t timeout_ms)
{
	SECURITY_ATTRIBUTES inheritable = { sizeof inheritable, NULL, TRUE };
	HANDLE wait[2] = { NULL, NULL };        /* ready, ended */
	WCHAR *environment = NULL;
	WCHAR *line = NULL;
	cdrpc_status status = CDRPC_E_NOMEM;

	wait[0] = CreateEventW(&inheritable, TRUE, FALSE, NULL);
	if (!wait[0])
		return os_error(env, "CreateEventW", GetLastError());
	environment = environment_with(env, wait[0]);
	line = command_line(env, image, arguments);
	if (!environment || !line)
		goto out;
	status = create_process(env, image, line, environment, wait[0], &wait[1]);
	if (status != CDRPC_OK)
		goto out;
	switch (wait_for(2, wait, timeout_ms)) {
	case 0:
		status = CDRPC_OK;
		break;
	case 1:
		status = CDRPC_E_PEER_DIED;
		break;
	default:
		status = CDRPC_E_TIMEOUT;
		break;
	}
out:
	if (wait[1])
		CloseHandle(wait[1]);
	CloseHandle(wait[0]);
	env_free(env, line);
	env_free(env, environment);
	return status;
}

void
start_say_ready(void)
{
	WCHAR text[16];
	WCHAR *end;
	cdrpc_handle ready;
	unsigned long value;

	if (GetEnvironmentVariableW(ready_variable, text, 16) == 0)
		return;
	value = wcstoul(text, &end, 10);
	/* Said once, and not by what this process starts. */
	SetEnvironmentVariableW(ready_variable, NULL);
	if (*end != L'\0' || handle_accept(value, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, &ready) != CDRPC_OK)
		return;
	SetEvent(ready);
	CloseHandle(ready);
}
