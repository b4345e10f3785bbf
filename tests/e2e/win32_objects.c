#include "win32_objects.h"

#include "proc.h"

/* A file of 64 KiB that is gone when the last handle to it is. */
static HANDLE
temporary_file(void)
{
	static const char zeros[1 << 16];
	wchar_t folder[MAX_PATH];
	wchar_t path[MAX_PATH];
	HANDLE file;
	DWORD written;

	proc_check(GetTempPathW(MAX_PATH, folder) != 0);
	proc_check(GetTempFileNameW(folder, L"cdr", 0, path) != 0);
	file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, NULL);
	proc_check(file != INVALID_HANDLE_VALUE);
	proc_check(WriteFile(file, zeros, sizeof zeros, &written, NULL) && written == sizeof zeros);
	return file;
}

static HANDLE
image_file(void)
{
	wchar_t path[MAX_PATH];
	HANDLE file;

	proc_check(GetModuleFileNameW(NULL, path, MAX_PATH) != 0);
	file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
	proc_check(file != INVALID_HANDLE_VALUE);
	return file;
}

static HANDLE
section_of_file(HANDLE file, DWORD protection)
{
	HANDLE section = CreateFileMappingW(file, NULL, protection, 0, 0, NULL);

	proc_check(section != NULL);
	CloseHandle(file);
	return section;
}

HANDLE
make_bad(enum bad what)
{
	HANDLE handle = NULL;

	switch (what) {
	case BAD_EVENT:
		handle = CreateEventW(NULL, FALSE, FALSE, NULL);
		break;
	case BAD_RESERVED:
		handle = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, 0, 1 << 16, NULL);
		break;
	case BAD_FILE:
		handle = section_of_file(temporary_file(), PAGE_READWRITE);
		break;
	case BAD_IMAGE:
		handle = section_of_file(image_file(), PAGE_READONLY | SEC_IMAGE);
		break;
	case BAD_PROCESS:
		handle = OpenProcess(PROCESS_ALL_ACCESS, FALSE, GetCurrentProcessId());
		break;
	case BAD_COUNT:
		break;
	}
	proc_check(handle != NULL);
	return handle;
}
