#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#include "command.h"

/* The entry point of a program linked with -municode. */
int wmain(int argc, wchar_t **argv);

static char *
utf8_from_utf16(const wchar_t *wide)
{
	int length = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
	char *text = length ? malloc((size_t)length) : NULL;

	if (text)
		WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, length, NULL, NULL);
	return text;
}

int
wmain(int argc, wchar_t **argv)
{
	char **arguments = calloc((size_t)argc + 1, sizeof *arguments);
	int code = 2, i = 0;

	/* What is printed is the same bytes on every system. */
	_setmode(_fileno(stdout), _O_BINARY);
	_setmode(_fileno(stderr), _O_BINARY);
	SetConsoleOutputCP(CP_UTF8);
	while (arguments && i < argc && (arguments[i] = utf8_from_utf16(argv[i])))
		i++;
	if (arguments && i == argc)
		code = cdidl_main(argc, arguments);
	for (i = 0; arguments && i < argc; i++)
		free(arguments[i]);
	free(arguments);
	return code;
}
