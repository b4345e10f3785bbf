#include "program.h"

HWND
window_make(const wchar_t *name, WNDPROC procedure)
{
	WNDCLASSW class = { .lpfnWndProc = procedure, .lpszClassName = name };
	HWND window;

	program_check(RegisterClassW(&class) != 0, "RegisterClass");
	window = CreateWindowW(name, name, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	program_check(window != NULL, "CreateWindow");
	return window;
}

HWND
window_find(const wchar_t *name)
{
	HWND window = FindWindowExW(HWND_MESSAGE, NULL, name, name);

	program_check(window != NULL, "FindWindow");
	return window;
}

void
window_loop(void)
{
	MSG message;

	while (GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
	program_check(false, "GetMessage");
}

void
window_send(HWND to, HWND from, ULONG_PTR tag, const void *bytes, uint32_t size)
{
	COPYDATASTRUCT data = { .dwData = tag, .cbData = size, .lpData = (void *)(uintptr_t)bytes };
	DWORD_PTR result = 0;
	int tries = 0;

	/* As the library does: Wine takes a thread that has just been woken for hung if it had been idle for 5 seconds. */
	SetLastError(0);
	while (!SendMessageTimeoutW(to, WM_COPYDATA, (WPARAM)from, (LPARAM)&data, SEND_FLAGS, SEND_TIMEOUT_MS, &result) &&
	       GetLastError() == ERROR_TIMEOUT && ++tries < 100)
		Sleep(1);
	program_check(result == TRUE, "SendMessageTimeout");
}
