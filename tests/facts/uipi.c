/*
 * What becomes of a message to a window of a process of a higher integrity level (UIPI): the program starts itself at Low and at Medium, and
 * those send. Where this is no higher than Medium, run it as an administrator as well.
 */
#include "fact.h"

#include <sddl.h>
#include <stdio.h>
#include <wchar.h>

#define NAME L"cdrpc.fact.uipi"
#define NOT_FOUND 9
#define RETURNED 1000000u       /* more than ten times each error that a send leaves */

static volatile LONG arrived;

static LRESULT CALLBACK
receive(HWND window, UINT message, WPARAM sender, LPARAM data)
{
	if (message != WM_COPYDATA)
		return DefWindowProcW(window, message, sender, data);
	arrived++;
	return 7;
}

/* What the send returned, its error and its result, in an exit code. */
static int
send(void)
{
	char bytes[4] = "abc";
	COPYDATASTRUCT data = { 0x63647270, sizeof bytes, bytes };
	HWND window = FindWindowExW(HWND_MESSAGE, NULL, NAME, NULL);
	DWORD_PTR result = 0;
	LRESULT returned;

	if (!window)
		return NOT_FOUND;
	SetLastError(0);
	returned = SendMessageTimeoutW(window, WM_COPYDATA, 0, (LPARAM)&data, SMTO_ABORTIFHUNG, 5000, &result);
	return (int)((returned ? RETURNED : 0u) + GetLastError() * 10 + (DWORD)(result & 7));
}

static DWORD
level_of(HANDLE token)
{
	DWORD buffer[64], size;
	TOKEN_MANDATORY_LABEL *label = (TOKEN_MANDATORY_LABEL *)(void *)buffer;

	if (!GetTokenInformation(token, TokenIntegrityLevel, buffer, sizeof buffer, &size))
		return 0;
	return *GetSidSubAuthority(label->Label.Sid, *GetSidSubAuthorityCount(label->Label.Sid) - 1u);
}

/* This process's token, lowered. NULL: it cannot be. */
static HANDLE
lowered(const WCHAR *level)
{
	TOKEN_MANDATORY_LABEL label = { .Label.Attributes = SE_GROUP_INTEGRITY };
	HANDLE own = NULL, token = NULL;
	bool lower = false;

	OpenProcessToken(GetCurrentProcess(), TOKEN_DUPLICATE | TOKEN_QUERY | TOKEN_ADJUST_DEFAULT | TOKEN_ASSIGN_PRIMARY, &own);
	if (DuplicateTokenEx(own, 0, NULL, SecurityImpersonation, TokenPrimary, &token) && ConvertStringSidToSidW(level, &label.Label.Sid)) {
		lower = SetTokenInformation(token, TokenIntegrityLevel, &label, sizeof label + GetLengthSid(label.Label.Sid));
		LocalFree(label.Label.Sid);
	}
	CloseHandle(own);
	if (lower)
		return token;
	printf("# the token cannot be lowered, error %lu\n", GetLastError());
	if (token)
		CloseHandle(token);
	return NULL;
}

static void
from(const char *what, const char *opened, const WCHAR *level, DWORD rid)
{
	/* Wine has one level, and lets 64-bit programs name another. */
	const char *wine = sizeof(void *) == 8 ? "sent 1, error 0, result 7, arrived 1" : NULL;
	HANDLE own = NULL, token = lowered(level);
	DWORD code = (DWORD)-1;
	char name[100];
	const char *windows;

	OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own);
	/* Error 5 and no result, or what the window returned. */
	windows = level_of(own) > rid && !opened[0] ? "sent 0, error 5, result 0, arrived 0" : "sent 1, error 0, result 7, arrived 1";
	CloseHandle(own);
	arrived = 0;
	if (token) {
		code = fact_child(L"send", token, false, CREATE_NO_WINDOW);
		CloseHandle(token);
	}
	snprintf(name, sizeof name, "a message from %s%s", what, opened);
	if (code == (DWORD)-1)
		fact(name, windows, wine, "no process of that level");
	else if (code == NOT_FOUND)
		fact(name, windows, wine, "no window found");
	else
		fact(name, windows, wine, "sent %lu, error %lu, result %lu, arrived %ld", code / RETURNED, code % RETURNED / 10, code % 10, arrived);
}

int
main(int argc, char **argv)
{
	HWND window;

	(void)argv;
	if (argc > 1)
		return send();
	facts_begin(4);
	window = fact_window(NAME, receive, HWND_MESSAGE);
	from("Low", "", L"S-1-16-4096", 0x1000);
	from("Medium", "", L"S-1-16-8192", 0x2000);
	ChangeWindowMessageFilterEx(window, WM_COPYDATA, MSGFLT_ALLOW, NULL);
	from("Low", ", filter opened", L"S-1-16-4096", 0x1000);
	from("Medium", ", filter opened", L"S-1-16-8192", 0x2000);
	return facts_end();
}
