/* Windows of the library that a test looks behind. */
#ifndef CDRPC_TESTS_WINDOW_H
#define CDRPC_TESTS_WINDOW_H

#include <windows.h>

/* This process's message-only window of that class, the newest if there are several; NULL: it has none. */
HWND window_of_class(const wchar_t *class_name);

#endif
