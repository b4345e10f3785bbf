#include "fact.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CHILD_MS 60000

static unsigned int facts, wrong;

bool
facts_on_wine(void)
{
	return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL;
}

void
facts_begin(unsigned int count)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	printf("1..%u\n", count);
}

void
fact(const char *name, const char *windows, const char *wine, const char *format, ...)
{
	const char *expected = facts_on_wine() ? wine : windows;
	char seen[200];
	va_list list;
	bool right;

	va_start(list, format);
	vsnprintf(seen, sizeof seen, format, list);
	va_end(list);
	right = !expected || strcmp(seen, expected) == 0;
	wrong += !right;
	printf("%sok %u - %s: expected %s, seen %s\n", right ? "" : "not ", ++facts, name, expected ? expected : "nothing", seen);
}

int
facts_end(void)
{
	return wrong != 0;
}

HWND
fact_window(const WCHAR *name, WNDPROC procedure, HWND parent)
{
	WNDCLASSW class = { .lpfnWndProc = procedure ? procedure : DefWindowProcW, .hInstance = GetModuleHandleW(NULL), .lpszClassName = name };

	RegisterClassW(&class);
	return CreateWindowExW(0, name, name, WS_POPUP, 0, 0, 0, 0, parent, NULL, class.hInstance, NULL);
}

DWORD
fact_child(const WCHAR *argument, HANDLE token, bool inherit, DWORD flags)
{
	STARTUPINFOW info = { .cb = sizeof info };
	WCHAR image[MAX_PATH], line[MAX_PATH * 2];
	PROCESS_INFORMATION process;
	DWORD code = (DWORD)-1;
	BOOL started;
	MSG message;

	GetModuleFileNameW(NULL, image, MAX_PATH);
	swprintf(line, sizeof line / sizeof line[0], L"\"%ls\" %ls", image, argument);
	if (token)
		started = CreateProcessAsUserW(token, image, line, NULL, NULL, inherit, flags, NULL, NULL, &info, &process);
	else
		started = CreateProcessW(image, line, NULL, NULL, inherit, flags, NULL, NULL, &info, &process);
	if (!started)
		return code;
	/* It may send to a window of ours. */
	while (MsgWaitForMultipleObjectsEx(1, &process.hProcess, CHILD_MS, QS_ALLINPUT, MWMO_INPUTAVAILABLE) == WAIT_OBJECT_0 + 1) {
		while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
			DispatchMessageW(&message);
	}
	GetExitCodeProcess(process.hProcess, &code);
	CloseHandle(process.hThread);
	CloseHandle(process.hProcess);
	return code;
}
