#include "window.h"

#include <wchar.h>

struct wanted {
	const wchar_t *class_name;
	HWND found;
};

static BOOL CALLBACK
look_at(HWND window, LPARAM parameter)
{
	struct wanted *wanted = (struct wanted *)parameter;
	wchar_t name[64];
	DWORD process_id;

	if (GetWindowThreadProcessId(window, &process_id) != 0 && process_id == GetCurrentProcessId() &&
	    GetClassNameW(window, name, 64) > 0 && wcscmp(name, wanted->class_name) == 0)
		wanted->found = window;
	return !wanted->found;
}

HWND
window_of_class(const wchar_t *class_name)
{
	struct wanted wanted = { .class_name = class_name };
	HWND own = CreateWindowExW(0, L"STATIC", NULL, WS_POPUP, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);

	if (own) {
		EnumChildWindows(GetAncestor(own, GA_PARENT), look_at, (LPARAM)&wanted);
		DestroyWindow(own);
	}
	return wanted.found;
}
