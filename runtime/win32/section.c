#include "base/system.h"

#include <windows.h>

#include "handle.h"
#include "os_error.h"
#include "own_security.h"
#include "section_check.h"

/* What the other side gets: it may look at the section and map it for reading. */
#define SECTION_READ_RIGHTS (SECTION_QUERY | SECTION_MAP_READ)

cdrpc_status
section_new(const struct cdrpc_env *env, size_t size, struct section *ret_section)
{
	HANDLE handle;
	void *view;
	cdrpc_status status;

	if (size == 0)
		return CDRPC_E_ARGUMENT;
	handle = CreateFileMappingW(INVALID_HANDLE_VALUE, own_security(), PAGE_READWRITE | SEC_COMMIT,
				    (DWORD)((uint64_t)size >> 32), (DWORD)((uint64_t)size & UINT32_MAX), NULL);
	if (!handle)
		return os_error(env, "CreateFileMappingW", GetLastError());
	view = MapViewOfFile(handle, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, size);
	if (!view) {
		status = os_error(env, "MapViewOfFile", GetLastError());
		CloseHandle(handle);
		return status;
	}
	*ret_section = (struct section){ .handle = handle, .view = view, .size = size };
	return CDRPC_OK;
}

void
section_unmap(struct section *section)
{
	if (section->view)
		UnmapViewOfFile(section->view);
	section->view = NULL;
}

void
section_done(struct section *section)
{
	section_unmap(section);
	if (section->handle)
		CloseHandle(section->handle);
	*section = (struct section){ 0 };
}

static cdrpc_status
map_part(const struct cdrpc_env *env, cdrpc_handle handle, uint64_t size, size_t part, bool writable, struct section *ret_section)
{
	DWORD access = writable ? FILE_MAP_READ | FILE_MAP_WRITE : FILE_MAP_READ;
	uint8_t *view;

	/* To MapViewOfFile() a size of 0 is all there is. */
	if (part == 0 || part > size || !section_is_sound(handle, size))
		return CDRPC_E_PROTOCOL;
	view = MapViewOfFile(handle, access, 0, 0, part);
	if (!view)
		return os_error(env, "MapViewOfFile", GetLastError());
	if (!view_is_sound(view, part, writable ? PAGE_READWRITE : PAGE_READONLY)) {
		UnmapViewOfFile(view);
		return CDRPC_E_PROTOCOL;
	}
	*ret_section = (struct section){ .handle = handle, .view = view, .size = part };
	return CDRPC_OK;
}

cdrpc_status
section_map(const struct cdrpc_env *env, cdrpc_handle handle, size_t size, bool writable, struct section *ret_section)
{
	return map_part(env, handle, size, size, writable, ret_section);
}

cdrpc_status
section_push(const struct section *section, struct process *peer, uint64_t *ret_value)
{
	return handle_give(section->handle, SECTION_READ_RIGHTS, peer, ret_value);
}

void
section_take_back(struct process *peer, uint64_t value)
{
	handle_take_back(peer, value);
}

cdrpc_status
section_pull(const struct cdrpc_env *env, struct process *peer, uint64_t value, uint64_t size, size_t part,
	     struct section *ret_section)
{
	HANDLE handle = NULL;
	cdrpc_status status;

	status = handle_fetch(peer, value, SECTION_READ_RIGHTS, &handle);
	if (status != CDRPC_OK)
		return status;
	status = map_part(env, handle, size, part, false, ret_section);
	if (status != CDRPC_OK)
		CloseHandle(handle);
	return status;
}

cdrpc_status
section_accept(const struct cdrpc_env *env, uint64_t value, uint64_t size, size_t part, struct section *ret_section)
{
	if (!handle_value_is_plain(value))
		return CDRPC_E_PROTOCOL;
	return map_part(env, (HANDLE)(uintptr_t)value, size, part, false, ret_section);
}
