/* Handles that a peer could pass off as one of a committed section. */
#ifndef CDRPC_TESTS_WIN32_OBJECTS_H
#define CDRPC_TESTS_WIN32_OBJECTS_H

#include <windows.h>

enum bad {
	BAD_EVENT,
	BAD_RESERVED,   /* a section without pages */
	BAD_FILE,       /* a section of a file, whose pages may fail to come */
	BAD_IMAGE,
	BAD_PROCESS,    /* this one, with all rights */
	BAD_COUNT
};

/* The caller closes it. proc_check() fails if it cannot be made. */
HANDLE make_bad(enum bad what);

#endif
