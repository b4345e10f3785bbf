/* The server of idl/files.cdidl: serves one directory, for reading. Usage: files-server DIRECTORY */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include "example.h"

static uint64_t
join(DWORD high, DWORD low)
{
	return (uint64_t)high << 32 | low;
}

static cdrpc_status
on_stat(struct cdrpc_call *call, void *self, const cdrpc_wchar *path)
{
	const struct file_service *service = self;
	wchar_t full[PATH_MAX_UNITS + 1];
	WIN32_FILE_ATTRIBUTE_DATA data;
	struct files_entry entry;
	cdrpc_status status;

	status = path_resolve(service, path, full);
	if (status != CDRPC_OK)
		return status;
	if (!GetFileAttributesExW(full, GetFileExInfoStandard, &data))
		return path_error(GetLastError());
	entry = (struct files_entry){
		.name = *path ? wcsrchr(full, L'\\') + 1 : L"",
		.kind = FILES_KIND_DIRECTORY,
		.modified_at = join(data.ftLastWriteTime.dwHighDateTime, data.ftLastWriteTime.dwLowDateTime),
	};
	if (!(data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) {
		entry.kind = FILES_KIND_FILE;
		entry.size = join(data.nFileSizeHigh, data.nFileSizeLow);
	}
	return files_stat_reply(call, &entry);
}

static struct files_entry
entry_of(const WIN32_FIND_DATAW *found)
{
	struct files_entry entry = {
		.name = found->cFileName,
		.kind = FILES_KIND_DIRECTORY,
		.modified_at = join(found->ftLastWriteTime.dwHighDateTime, found->ftLastWriteTime.dwLowDateTime),
	};

	if (!(found->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) {
		entry.kind = FILES_KIND_FILE;
		entry.size = join(found->nFileSizeHigh, found->nFileSizeLow);
	}
	return entry;
}

/* Where the next entry goes; the list doubles. NULL: no memory. */
static WIN32_FIND_DATAW *
next_place(WIN32_FIND_DATAW **list, size_t count, size_t *capacity)
{
	WIN32_FIND_DATAW *larger;

	if (count == *capacity) {
		larger = realloc(*list, (*capacity ? *capacity * 2 : 64) * sizeof **list);
		if (!larger)
			return NULL;
		*list = larger;
		*capacity = *capacity ? *capacity * 2 : 64;
	}
	return *list + count;
}

/* Everything in the directory that 'pattern' ends with; the caller frees *ret_list. */
static cdrpc_status
find_all(const wchar_t *pattern, WIN32_FIND_DATAW **ret_list, uint32_t *ret_count)
{
	WIN32_FIND_DATAW *list = NULL;
	WIN32_FIND_DATAW found, *place;
	size_t capacity = 0;
	uint32_t count = 0;
	cdrpc_status status = CDRPC_OK;
	HANDLE search;

	search = FindFirstFileW(pattern, &found);
	if (search == INVALID_HANDLE_VALUE)
		return path_error(GetLastError());
	do {
		if (wcscmp(found.cFileName, L".") == 0 || wcscmp(found.cFileName, L"..") == 0)
			continue;
		place = next_place(&list, count, &capacity);
		if (count == FILES_ENTRIES_MAX)
			status = FILES_ERROR_TOO_MANY;
		else if (!place)
			status = CDRPC_E_HANDLER;
		else
			list[count++] = found;
	} while (status == CDRPC_OK && FindNextFileW(search, &found));
	if (status == CDRPC_OK && GetLastError() != ERROR_NO_MORE_FILES)
		status = path_error(GetLastError());
	FindClose(search);
	if (status != CDRPC_OK) {
		free(list);
		return status;
	}
	*ret_list = list;
	*ret_count = count;
	return CDRPC_OK;
}

static cdrpc_status
on_list(struct cdrpc_call *call, void *self, const cdrpc_wchar *path)
{
	const struct file_service *service = self;
	wchar_t full[PATH_MAX_UNITS + 3];
	WIN32_FIND_DATAW *found = NULL;
	struct files_entry *entries = NULL;
	uint32_t count = 0, i;
	cdrpc_status status;
	DWORD attributes;

	status = path_resolve(service, path, full);
	if (status != CDRPC_OK)
		return status;
	attributes = GetFileAttributesW(full);
	if (attributes == INVALID_FILE_ATTRIBUTES)
		return path_error(GetLastError());
	if (!(attributes & FILE_ATTRIBUTE_DIRECTORY))
		return FILES_ERROR_NOT_A_DIRECTORY;
	wcscat(full, L"\\*");
	status = find_all(full, &found, &count);
	if (status != CDRPC_OK)
		return status;
	status = CDRPC_E_HANDLER;
	entries = calloc(count ? count : 1, sizeof *entries);
	if (!entries)
		goto out;
	for (i = 0; i < count; i++)
		entries[i] = entry_of(&found[i]);
	/* Whether this goes by message or by section is the runtime's business. */
	status = files_list_reply(call, entries, count);
out:
	free(entries);
	free(found);
	return status;
}

static cdrpc_status
on_read(struct cdrpc_call *call, void *self, const cdrpc_wchar *path, uint64_t offset, uint32_t size)
{
	const struct file_service *service = self;
	LARGE_INTEGER begin = { .QuadPart = (LONGLONG)offset };
	void *data = NULL;
	cdrpc_status status;
	uint64_t file_size;
	DWORD got = 0;
	HANDLE file;

	status = path_open(service, path, &file, &file_size);
	if (status != CDRPC_OK)
		return status;
	status = FILES_ERROR_OUT_OF_RANGE;
	if (size > FILES_READ_MAX || offset > file_size || size > file_size - offset)
		goto out;
	status = CDRPC_E_HANDLER;
	data = malloc(size ? size : 1);
	if (!data || !SetFilePointerEx(file, begin, NULL, FILE_BEGIN))
		goto out;
	if (!ReadFile(file, data, size, &got, NULL))
		status = path_error(GetLastError());
	else if (got < size)
		status = FILES_ERROR_OUT_OF_RANGE;      /* cut off meanwhile */
	else
		status = files_read_reply(call, (struct cdrpc_bytes){ data, size });
out:
	free(data);
	CloseHandle(file);
	return status;
}

/* The directory's own name for itself, without links and relative parts. */
static bool
find_root(const wchar_t *directory, wchar_t ret_root[ROOT_MAX + 1])
{
	HANDLE handle;
	DWORD length;

	handle = CreateFileW(directory, FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
			     OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
	if (handle == INVALID_HANDLE_VALUE)
		return false;
	length = GetFinalPathNameByHandleW(handle, ret_root, ROOT_MAX + 1, FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
	CloseHandle(handle);
	if (length == 0 || length > ROOT_MAX)
		return false;
	/* Of a drive: "\\?\C:\". */
	if (ret_root[length - 1] == L'\\')
		ret_root[length - 1] = L'\0';
	return true;
}

static int
serve(struct file_service *service)
{
	static const struct files_handlers handlers = {
		.stat = on_stat,
		.list = on_list,
		.read = on_read,
		.checksum = on_checksum,
	};
	struct cdrpc_server *server;
	PTP_CLEANUP_GROUP group;
	int exit_status = 1;

	if (cdrpc_server_new(FILES_SERVICE, NULL, &server) != CDRPC_OK)
		return 1;
	group = CreateThreadpoolCleanupGroup();
	if (group) {
		InitializeThreadpoolEnvironment(&service->workers);
		SetThreadpoolCallbackCleanupGroup(&service->workers, group, NULL);
		if (files_serve(server, &handlers, service) == CDRPC_OK)
			exit_status = example_serve(server);
		/* Waits for the workers: they hold calls of this server. */
		CloseThreadpoolCleanupGroupMembers(group, FALSE, NULL);
		CloseThreadpoolCleanupGroup(group);
		DestroyThreadpoolEnvironment(&service->workers);
	}
	cdrpc_server_free(server);
	return exit_status;
}

int
wmain(int argc, wchar_t **argv)
{
	struct file_service service;

	if (argc != 2) {
		fputs("usage: files-server DIRECTORY\n", stderr);
		return 2;
	}
	if (!find_root(argv[1], service.root)) {
		fputs("files-server: that is no directory, or its path is too long\n", stderr);
		return 1;
	}
	return serve(&service);
}
