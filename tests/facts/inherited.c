/* What a program that is started with inherited handles, but none named for its standard ones, has as its standard output. */
#include "fact.h"

#include <stdio.h>
#include <wchar.h>

/* Bits: 1 the handle is valid, 2 it is a pipe, 4 there is a console. */
static int
look(void)
{
	HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
	DWORD flags;
	int seen = 0;

	if (out && out != INVALID_HANDLE_VALUE && GetHandleInformation(out, &flags))
		seen |= 1 | (GetFileType(out) == FILE_TYPE_PIPE ? 2 : 0);
	return seen | (GetConsoleWindow() || GetConsoleCP() ? 4 : 0);
}

static void
start(const char *name, bool inherit, DWORD flags, const char *windows, const char *wine)
{
	DWORD code = fact_child(L"look", NULL, inherit, flags);

	if (code == (DWORD)-1)
		fact(name, windows, wine, "not started, error %lu", GetLastError());
	else
		fact(name, windows, wine, "%s%s", code & 1 ? code & 2 ? "a pipe" : "no pipe" : "nothing valid", code & 4 ? ", a console" : "");
}

int
main(int argc, char **argv)
{
	SECURITY_ATTRIBUTES attributes = { sizeof attributes, NULL, TRUE };
	HANDLE before = GetStdHandle(STD_OUTPUT_HANDLE), read, write;

	(void)argv;
	if (argc > 1)
		return look();
	facts_begin(2);
	CreatePipe(&read, &write, &attributes, 0);
	SetStdHandle(STD_OUTPUT_HANDLE, write);
	start("standard output of a program that inherits", true, 0, NULL, "a pipe");
	start("the same with CREATE_NO_WINDOW and without inheriting", false, CREATE_NO_WINDOW, "no pipe, a console", "no pipe, a console");
	SetStdHandle(STD_OUTPUT_HANDLE, before);
	return facts_end();
}
