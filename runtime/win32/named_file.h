/* Files that the environment names for the process to write into: the trace's and the log's. */
#ifndef CDRPC_WIN32_NAMED_FILE_H
#define CDRPC_WIN32_NAMED_FILE_H

#include "names.h"

#include "names.h"

#include <stdbool.h>

#include <windows.h>

enum named_file_result {
	NAMED_FILE_NONE,                /* the variable is not set */
	NAMED_FILE_PASSED_OVER,         /* this process is of level High or above, and its parent not known to be of none lower */
	NAMED_FILE_FAILED,              /* GetLastError() says why */
	NAMED_FILE_OPEN
};

/* Opens the file that the variable names, for appending: each write of each process goes to its end. */
enum named_file_result named_file_open(const WCHAR *variable, HANDLE *ret_file);

/* What writers of all processes take turns by; NULL: there is none to be had. The caller closes it. */
HANDLE named_file_turn(void);
/* Appends the text as a whole. 'turn' may be NULL. */
void named_file_append(HANDLE file, HANDLE turn, const char *text, size_t size);

#endif
