/*
 * Which windows hear what is broadcast, as the end of the user's session is. Nothing here ends it: 'logoff log FILE' makes the windows and writes
 * into FILE what each hears; log off while it runs.
 */
#include "fact.h"

#include <stdio.h>

static UINT broadcast;
static bool heard_hidden, heard_only;
static FILE *file;

static LRESULT CALLBACK
hear(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	bool hidden = GetAncestor(window, GA_PARENT) == GetDesktopWindow();

	if (message == broadcast && broadcast)
		*(hidden ? &heard_hidden : &heard_only) = true;
	if (file && (message == WM_QUERYENDSESSION || message == WM_ENDSESSION)) {
		fprintf(file, "%s: %s\n", hidden ? "a hidden top-level window" : "a message-only window",
			message == WM_ENDSESSION ? "WM_ENDSESSION" : "WM_QUERYENDSESSION");
		fflush(file);
	}
	return DefWindowProcW(window, message, wparam, lparam);
}

int
main(int argc, char **argv)
{
	DWORD_PTR result;
	MSG message;

	fact_window(L"cdrpc.fact.hidden", hear, NULL);
	fact_window(L"cdrpc.fact.only", hear, HWND_MESSAGE);
	if (argc > 2) {
		file = fopen(argv[2], "w");
		while (file && GetMessageW(&message, NULL, 0, 0) > 0)
			DispatchMessageW(&message);
		return 0;
	}
	facts_begin(2);
	broadcast = RegisterWindowMessageW(L"cdrpc.fact.broadcast");
	SendMessageTimeoutW(HWND_BROADCAST, broadcast, 0, 0, SMTO_ABORTIFHUNG, 2000, &result);
	while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
		DispatchMessageW(&message);
	fact("a broadcast to a hidden top-level window", "heard", "heard", "%s", heard_hidden ? "heard" : "not heard");
	fact("a broadcast to a message-only window", "not heard", "not heard", "%s", heard_only ? "heard" : "not heard");
	return facts_end();
}
