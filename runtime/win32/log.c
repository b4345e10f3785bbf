/*
 * Where lines of the log go by default. Nothing is kept between two of them, for a process has no place of its own for the library, and lines
 * are rare: the file is opened for each, and a look whether there is one reads memory of the process only.
 */
#include "base/system.h"

#include <stdio.h>

#include <windows.h>

#include "named_file.h"

enum { LINE_SIZE = 640 };       /* 511 bytes and what stands before them */

static const char *
level_name(enum cdrpc_log_level level)
{
	switch (level) {
	case CDRPC_LOG_WARNING:
		return "warning";
	case CDRPC_LOG_NOTE:
		return "note";
	default:
		return "error";
	}
}

void
log_to_file(enum cdrpc_log_level level, const char *line)
{
	DWORD error = GetLastError();
	char text[LINE_SIZE];
	HANDLE file, turn;
	SYSTEMTIME now;
	int length;

	if (named_file_open(L"CDRPC_LOG", &file) == NAMED_FILE_OPEN) {
		GetSystemTime(&now);
		length = snprintf(text, sizeof text, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ %lu %s %s\n", now.wYear, now.wMonth, now.wDay,
				  now.wHour, now.wMinute, now.wSecond, now.wMilliseconds, (unsigned long)GetCurrentProcessId(),
				  level_name(level), line);
		turn = named_file_turn();
		if (length > 0)
			named_file_append(file, turn, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
		if (turn)
			CloseHandle(turn);
		CloseHandle(file);
	}
	SetLastError(error);
}

void
log_to_debugger(const char *line)
{
	char text[LINE_SIZE];

	if (!IsDebuggerPresent())
		return;
	snprintf(text, sizeof text, "cdrpc: %s\n", line);
	OutputDebugStringA(text);
}
