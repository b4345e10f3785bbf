#include "named_file.h"

#include "base/system.h"
#include "parent.h"

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

enum named_file_result
named_file_open(const WCHAR *variable, HANDLE *ret_file)
{
	WCHAR name[MAX_PATH];
	HANDLE file;
	DWORD length;

	length = GetEnvironmentVariableW(variable, name, MAX_PATH);
	if (length == 0 || length >= MAX_PATH)
		return NAMED_FILE_NONE;
	if (!environment_counts())
		return NAMED_FILE_PASSED_OVER;
	file = CreateFileW(name, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
			   FILE_ATTRIBUTE_NORMAL, NULL);
	if (file == INVALID_HANDLE_VALUE)
		return NAMED_FILE_FAILED;
	*ret_file = file;
	return NAMED_FILE_OPEN;
}

HANDLE
named_file_turn(void)
{
	/* No more than is needed: of one that a process of another level has made we would not get all. */
	return CreateMutexExW(NULL, L"Local\\cdrpc.trace.1", 0, SYNCHRONIZE | MUTEX_MODIFY_STATE);
}

void
named_file_append(HANDLE file, HANDLE turn, const char *text, size_t size)
{
	DWORD written;
	DWORD taken = WAIT_FAILED;

	/* Wine finds the end in one step and writes there in another: without taking turns, lines go over each other. Whoever holds the turn
	 * for long has been stopped in the midst of it, and is passed over. */
	if (turn)
		taken = WaitForSingleObject(turn, TURN_MS);
	WriteFile(file, text, (DWORD)size, &written, NULL);
	if (taken == WAIT_OBJECT_0 || taken == WAIT_ABANDONED)
		ReleaseMutex(turn);
}
