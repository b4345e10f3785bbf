#include "base/system.h"

#include <windows.h>

#include "base/env.h"
#include "os_error.h"
#include "parent.h"

struct trace_file {
	struct cdrpc_env env;
	HANDLE handle;
	HANDLE turn;    /* of all processes that trace; NULL: there is none to be had */
};

enum { TURN_MS = 100 };

/*
 * An elevated process writes to no file that somebody has named who is not elevated: the environment of one that was started by way of
 * UAC is that of whoever asked for it.
 */
static bool
environment_counts(void)
{
	struct cdrpc_peer_facts own;

	process_own_facts(&own);
	if (own.integrity != CDRPC_INTEGRITY_ANY && own.integrity < CDRPC_INTEGRITY_HIGH)
		return true;
	return parent_is_not_lower();
}

struct trace_file *
trace_file_open(const struct cdrpc_env *env)
{
	WCHAR name[MAX_PATH];
	struct trace_file *file;
	HANDLE handle;
	DWORD length;

	length = GetEnvironmentVariableW(L"CDRPC_TRACE", name, MAX_PATH);
	if (length == 0 || length >= MAX_PATH)
		return NULL;
	if (!environment_counts()) {
		env_log(env, "CDRPC_TRACE is passed over: this process is elevated, and its parent is not known to be");
		return NULL;
	}
	/* For appending only, so that each write of each process goes to the end. */
	handle = CreateFileW(name, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
			     FILE_ATTRIBUTE_NORMAL, NULL);
	if (handle == INVALID_HANDLE_VALUE) {
		os_error(env, "CDRPC_TRACE: CreateFileW", GetLastError());
		return NULL;
	}
	file = env_alloc(env, sizeof *file);
	if (!file) {
		CloseHandle(handle);
		return NULL;
	}
	file->env = *env;
	file->handle = handle;
	/* No more than is needed: of one that a process of another level has made we would not get all. */
	file->turn = CreateMutexExW(NULL, L"Local\\cdrpc.trace.1", 0, SYNCHRONIZE | MUTEX_MODIFY_STATE);
	return file;
}

void
trace_file_write(struct trace_file *file, const char *line, size_t size)
{
	DWORD written;
	DWORD turn = WAIT_FAILED;

	/* Wine finds the end in one step and writes there in another: without taking turns, lines go over each other. Whoever holds the turn
	 * for long has been stopped in the midst of it, and is passed over. */
	if (file->turn)
		turn = WaitForSingleObject(file->turn, TURN_MS);
	WriteFile(file->handle, line, (DWORD)size, &written, NULL);
	if (turn == WAIT_OBJECT_0 || turn == WAIT_ABANDONED)
		ReleaseMutex(file->turn);
}

void
trace_file_close(struct trace_file *file)
{
	struct cdrpc_env env;

	if (!file)
		return;
	if (file->turn)
		CloseHandle(file->turn);
	CloseHandle(file->handle);
	env = file->env;
	env_free(&env, file);
}
