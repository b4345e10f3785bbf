/*
 * Keeps Wine's desktop open, and says "ready" when it is. start_wine() in setup.sh starts it before anything else.
 *
 * The first program that makes a window, be it a message-only one, starts explorer.exe, which is the desktop's own process. It inherits
 * the program's standard error and keeps that open for as long as anybody has a thread on the desktop: a test that happened to start it
 * would be over, all its cases passed and its exit status 0, and Meson would wait for the end of its output until the time limit. Wine's
 * server ends it when for a second nobody has been on the desktop but its own threads, and refuses a window that is made just then. How it
 * counts them was read and not seen to go wrong: with one stranger left it may take him for the one of explorer.exe that ends just then.
 * So here are two.
 */
#include <windows.h>

static DWORD WINAPI
stay(void *ready)
{
	HWND window = CreateWindowExW(0, L"STATIC", L"keeper", 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
	MSG message;

	if (!window)
		ExitProcess(1);
	SetEvent(ready);
	while (GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
	return 0;
}

int
main(void)
{
	HANDLE ready = CreateEventW(NULL, FALSE, FALSE, NULL);
	HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
	DWORD count;
	int i;

	for (i = 0; i < 2; i++) {
		CreateThread(NULL, 0, stay, ready, 0, NULL);
		WaitForSingleObject(ready, INFINITE);
	}
	WriteFile(out, "ready\n", 6, &count, NULL);
	Sleep(INFINITE);
	return 0;
}
