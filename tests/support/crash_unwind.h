#ifndef CDRPC_TESTS_CRASH_UNWIND_H
#define CDRPC_TESTS_CRASH_UNWIND_H

#include <windows.h>

/*
 * Write the code addresses of the call stack that 'context' is the top of, innermost first, at most 'max' of them.
 * 'context' is changed. Returns how many were written. It reads the stack of the calling thread only.
 */
size_t crash_unwind(CONTEXT *context, uintptr_t *ret_frames, size_t max);

#endif
