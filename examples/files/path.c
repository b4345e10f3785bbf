/* From the paths of the interface to files of the system. */
#include "server.h"

#include <wchar.h>

cdrpc_status
path_error(DWORD os_error)
{
	switch (os_error) {
	case ERROR_FILE_NOT_FOUND:
	case ERROR_PATH_NOT_FOUND:
	case ERROR_INVALID_NAME:
	case ERROR_FILENAME_EXCED_RANGE:
		return FILES_ERROR_NOT_FOUND;
	case ERROR_ACCESS_DENIED:
	case ERROR_SHARING_VIOLATION:
	case ERROR_LOCK_VIOLATION:
		return FILES_ERROR_DENIED;
	case ERROR_DIRECTORY:
		return FILES_ERROR_NOT_A_DIRECTORY;
	default:
		/* The caller gets CDRPC_E_HANDLER: a failure that the interface does not declare. */
		return CDRPC_E_HANDLER;
	}
}

/* A part that the system would take for something else than a name in its directory. */
static bool
part_is_bad(const cdrpc_wchar *part, size_t length)
{
	if (length == 0 || (length == 1 && part[0] == L'.') || (length == 2 && part[0] == L'.' && part[1] == L'.'))
		return true;
	return wmemchr(part, L':', length) != NULL;
}

cdrpc_status
path_resolve(const struct file_service *service, const cdrpc_wchar *path, wchar_t ret_path[PATH_MAX_UNITS + 1])
{
	size_t at = wcslen(service->root);
	size_t length;

	wmemcpy(ret_path, service->root, at + 1);
	if (!*path)
		return CDRPC_OK;
	for (;;) {
		length = wcscspn(path, L"/\\");
		if (part_is_bad(path, length))
			return FILES_ERROR_BAD_PATH;
		/* It fits: the interface bounds the path, and each separator but the first comes from there. */
		ret_path[at++] = L'\\';
		wmemcpy(ret_path + at, path, length);
		at += length;
		path += length;
		if (!*path)
			break;
		path++;
	}
	ret_path[at] = L'\0';
	return CDRPC_OK;
}

cdrpc_status
path_open(const struct file_service *service, const cdrpc_wchar *path, HANDLE *ret_file, uint64_t *ret_size)
{
	wchar_t full[PATH_MAX_UNITS + 1];
	BY_HANDLE_FILE_INFORMATION info;
	cdrpc_status status;
	HANDLE file;

	status = path_resolve(service, path, full);
	if (status != CDRPC_OK)
		return status;
	/* With backup semantics a directory can be opened, and so be told from a file that is denied. */
	file = CreateFileW(full, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
			   FILE_FLAG_BACKUP_SEMANTICS, NULL);
	if (file == INVALID_HANDLE_VALUE)
		return path_error(GetLastError());
	if (!GetFileInformationByHandle(file, &info))
		status = path_error(GetLastError());
	else if (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
		status = FILES_ERROR_NOT_A_FILE;
	if (status != CDRPC_OK) {
		CloseHandle(file);
		return status;
	}
	*ret_file = file;
	*ret_size = (uint64_t)info.nFileSizeHigh << 32 | info.nFileSizeLow;
	return CDRPC_OK;
}
