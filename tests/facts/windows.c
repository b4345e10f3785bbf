/* Whether message-only windows of other processes are found in one snapshot: those below the parent of one's own. */
#include "fact.h"

#include <stdio.h>
#include <wchar.h>

#define NAME L"cdrpc.fact.found"

static BOOL CALLBACK
look(HWND window, LPARAM self)
{
	unsigned int *found = (unsigned int *)self;
	WCHAR name[64] = L"";
	DWORD process = 0;

	GetClassNameW(window, name, 64);
	if (wcscmp(name, NAME) == 0) {
		GetWindowThreadProcessId(window, &process);
		found[process != GetCurrentProcessId()]++;
	}
	return TRUE;
}

/* Makes a window, and looks for all: own in the tens, others' in the ones. */
static int
find(void)
{
	HWND window = fact_window(NAME, NULL, HWND_MESSAGE);
	unsigned int found[2] = { 0, 0 };

	EnumChildWindows(GetAncestor(window, GA_PARENT), look, (LPARAM)found);
	DestroyWindow(window);
	return (int)(found[0] * 10 + found[1]);
}

int
main(int argc, char **argv)
{
	HWND window;
	DWORD code;

	(void)argv;
	if (argc > 1)
		return find();
	facts_begin(3);
	window = fact_window(NAME, NULL, HWND_MESSAGE);
	fact("the parent of a message-only window", "another than the desktop", "another than the desktop", "%s",
	     !GetAncestor(window, GA_PARENT) ? "none" : GetAncestor(window, GA_PARENT) == GetDesktopWindow() ? "the desktop" :
													       "another than the desktop");
	code = fact_child(L"find", NULL, false, CREATE_NO_WINDOW);
	fact("windows below it that another process finds", "1 of its own, 1 of others", "1 of its own, 1 of others", "%lu of its own, %lu of others",
	     code / 10, code % 10);
	DestroyWindow(window);
	code = (DWORD)find();
	fact("the same when the other is gone", "1 of its own, 0 of others", "1 of its own, 0 of others", "%lu of its own, %lu of others", code / 10,
	     code % 10);
	return facts_end();
}
