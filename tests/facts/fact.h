/*
 * A program of facts: what Windows does that this library stands on, and that Wine cannot show. It prints for each fact what is expected
 * and what is seen, as a case of a TAP report; it passes where both are the same. Under Wine it expects what Wine does, so that a
 * program that has rotted shows.
 *
 *	facts_begin(2);
 *	fact("what is the case", "on Windows", "under Wine", "%s", seen);
 *	...
 *	return facts_end();
 */
#ifndef CDRPC_TESTS_FACT_H
#define CDRPC_TESTS_FACT_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>

void facts_begin(unsigned int count);
/* 'windows' NULL: nobody knows, and it is printed only. */
void fact(const char *name, const char *windows, const char *wine, const char *format, ...) __attribute__((format(printf, 4, 5)));
int facts_end(void);
bool facts_on_wine(void);

/* A window of that class and title on this thread, message-only unless 'parent' says otherwise; 'procedure' NULL: DefWindowProc. */
HWND fact_window(const WCHAR *name, WNDPROC procedure, HWND parent);

/* Starts this program again with that argument; 'token' NULL: as it is. Its exit code, or (DWORD)-1 if it cannot be started. */
DWORD fact_child(const WCHAR *argument, HANDLE token, bool inherit, DWORD flags);

#endif
