#include "handle.h"

#include <wchar.h>
#include <winternl.h>

#include "os_error.h"
#include "process_handle.h"

/* A kind of handle as the kernel sees it, and the least access for each right; 0: the kind has no such right. */
struct kind {
	const WCHAR *type;
	DWORD file_type;                /* what GetFileType() says; 0: the type alone tells */
	DWORD read;
	DWORD write;
	DWORD sync;
	DWORD modify;
};

static const struct kind kinds[] = {
	[CDRPC_HANDLE_FILE] = { L"File", FILE_TYPE_DISK, FILE_GENERIC_READ, FILE_GENERIC_WRITE, 0, 0 },
	[CDRPC_HANDLE_PIPE] = { L"File", FILE_TYPE_PIPE, FILE_GENERIC_READ, FILE_GENERIC_WRITE, 0, 0 },
	/* To map for writing is to map for reading, too. */
	[CDRPC_HANDLE_SECTION] = { L"Section", 0, SECTION_QUERY | SECTION_MAP_READ,
				   SECTION_QUERY | SECTION_MAP_READ | SECTION_MAP_WRITE, 0, 0 },
	[CDRPC_HANDLE_EVENT] = { L"Event", 0, 0, 0, SYNCHRONIZE, EVENT_MODIFY_STATE },
	[CDRPC_HANDLE_MUTEX] = { L"Mutant", 0, 0, 0, SYNCHRONIZE, MUTANT_QUERY_STATE },
	[CDRPC_HANDLE_SEMAPHORE] = { L"Semaphore", 0, 0, 0, SYNCHRONIZE, SEMAPHORE_MODIFY_STATE },
	/* Whether it lives, and which one it is: nothing that could harm it. */
	[CDRPC_HANDLE_PROCESS] = { L"Process", 0, 0, 0, SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, 0 },
};

static bool
add_access(DWORD *access, uint32_t rights, uint32_t right, DWORD least)
{
	if (!(rights & right))
		return true;
	*access |= least;
	return least != 0;
}

/* 0: there is no such kind, or it has no such rights. */
static DWORD
least_access(enum cdrpc_handle_kind kind, uint32_t rights)
{
	const struct kind *known;
	DWORD access = 0;

	if ((uint32_t)kind < CDRPC_HANDLE_FILE || (uint32_t)kind > CDRPC_HANDLE_PROCESS)
		return 0;
	known = &kinds[kind];
	if (!add_access(&access, rights, CDRPC_RIGHT_READ, known->read) ||
	    !add_access(&access, rights, CDRPC_RIGHT_WRITE, known->write) ||
	    !add_access(&access, rights, CDRPC_RIGHT_SYNC, known->sync) ||
	    !add_access(&access, rights, CDRPC_RIGHT_MODIFY, known->modify))
		return 0;
	return access;
}

bool
handle_value_is_plain(uint64_t value)
{
	return value > 0 && value <= INT32_MAX && value % 4 == 0;
}

bool
handle_has_type(HANDLE handle, const WCHAR *name)
{
	union {
		PUBLIC_OBJECT_TYPE_INFORMATION type;
		unsigned char space[512];       /* the names of all types that Windows has are shorter */
	} info;
	const UNICODE_STRING *actual = &info.type.TypeName;
	size_t size = wcslen(name) * sizeof *name;

	if (NtQueryObject(handle, ObjectTypeInformation, &info, sizeof info, NULL) < 0)
		return false;
	return actual->Length == size && memcmp(actual->Buffer, name, size) == 0;
}

static bool
is_of_kind(HANDLE handle, enum cdrpc_handle_kind kind)
{
	const struct kind *known = &kinds[kind];

	if (!handle_has_type(handle, known->type))
		return false;
	return known->file_type == 0 || GetFileType(handle) == known->file_type;
}

/* Asked of the handle, because DuplicateHandle() gives more than the handle has where the object's security allows it. */
bool
handle_grants(HANDLE handle, DWORD access)
{
	PUBLIC_OBJECT_BASIC_INFORMATION info;

	if (NtQueryObject(handle, ObjectBasicInformation, &info, sizeof info, NULL) < 0)
		return false;
	return (info.GrantedAccess & access) == access;
}

/* The least access for the rights, if the handle is of that kind and has it; else 0. */
static DWORD
access_granted(HANDLE handle, enum cdrpc_handle_kind kind, uint32_t rights)
{
	DWORD access = least_access(kind, rights);

	return access != 0 && is_of_kind(handle, kind) && handle_grants(handle, access) ? access : 0;
}

const char *
handle_fault(cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights)
{
	DWORD flags;

	if (handle == INVALID_HANDLE_VALUE)
		return "INVALID_HANDLE_VALUE, which functions return that have failed";
	if (!GetHandleInformation(handle, &flags))
		return "no handle of this process, or one that was closed";
	if (!is_of_kind(handle, kind))
		return "a handle of another kind";
	return access_granted(handle, kind, rights) ? NULL : "a handle without the rights that its type names";
}

cdrpc_status
handle_give(HANDLE handle, DWORD access, struct process *peer, uint64_t *ret_value)
{
	HANDLE theirs = NULL;

	if (!process_may_duplicate(peer))
		return CDRPC_E_NOT_AVAILABLE;
	if (!DuplicateHandle(GetCurrentProcess(), handle, process_handle(peer), &theirs, access, FALSE, 0))
		return os_error(process_env(peer), "DuplicateHandle", GetLastError());
	/* Handles have 32 significant bits, whichever bitness the two processes have. */
	*ret_value = (uint32_t)(uintptr_t)theirs;
	return CDRPC_OK;
}

cdrpc_status
handle_fetch(struct process *peer, uint64_t value, DWORD access, HANDLE *ret_handle)
{
	HANDLE ours = NULL;
	DWORD error;

	if (!handle_value_is_plain(value))
		return CDRPC_E_PROTOCOL;
	if (!process_may_duplicate(peer))
		return CDRPC_E_NOT_AVAILABLE;
	/* Without DUPLICATE_CLOSE_SOURCE: a forged sender would make us close any handle of a third process. */
	if (!DuplicateHandle(process_handle(peer), (HANDLE)(uintptr_t)value, GetCurrentProcess(), &ours, access, FALSE, 0)) {
		error = GetLastError();
		if (error == ERROR_INVALID_HANDLE || error == ERROR_ACCESS_DENIED)
			return CDRPC_E_PROTOCOL;
		return os_error(process_env(peer), "DuplicateHandle", error);
	}
	*ret_handle = ours;
	return CDRPC_OK;
}

cdrpc_status
handle_push(cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights, struct process *peer, uint64_t *ret_value)
{
	DWORD access;

	if (!process_may_duplicate(peer))
		return CDRPC_E_NOT_AVAILABLE;
	access = access_granted(handle, kind, rights);
	if (access == 0)
		return CDRPC_E_ARGUMENT;
	return handle_give(handle, access, peer, ret_value);
}

cdrpc_status
handle_copy(const struct cdrpc_env *env, cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights,
	    cdrpc_handle *ret_copy)
{
	DWORD access = access_granted(handle, kind, rights);
	HANDLE copy = NULL;

	if (access == 0)
		return CDRPC_E_ARGUMENT;
	if (!DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, access, FALSE, 0))
		return os_error(env, "DuplicateHandle", GetLastError());
	*ret_copy = copy;
	return CDRPC_OK;
}

cdrpc_status
handle_pull(struct process *peer, uint64_t value, enum cdrpc_handle_kind kind, uint32_t rights, cdrpc_handle *ret_handle)
{
	DWORD access = least_access(kind, rights);
	HANDLE handle = NULL;
	cdrpc_status status;

	if (access == 0)
		return CDRPC_E_PROTOCOL;
	status = handle_fetch(peer, value, access, &handle);
	if (status != CDRPC_OK)
		return status;
	if (!is_of_kind(handle, kind)) {
		CloseHandle(handle);
		return CDRPC_E_PROTOCOL;
	}
	*ret_handle = handle;
	return CDRPC_OK;
}

cdrpc_status
handle_accept(uint64_t value, enum cdrpc_handle_kind kind, uint32_t rights, cdrpc_handle *ret_handle)
{
	HANDLE handle = (HANDLE)(uintptr_t)value;

	if (!handle_value_is_plain(value) || access_granted(handle, kind, rights) == 0)
		return CDRPC_E_PROTOCOL;
	*ret_handle = handle;
	return CDRPC_OK;
}

void
handle_take_back(struct process *peer, uint64_t value)
{
	HANDLE ours = NULL;

	if (!process_may_duplicate(peer) || !handle_value_is_plain(value))
		return;
	/*
	 * A NULL target process would do on Windows; across processes Wine closes the source only when it has a real target.
	 * It fails when the peer has ended, and then the system has closed the handle.
	 */
	if (DuplicateHandle(process_handle(peer), (HANDLE)(uintptr_t)value, GetCurrentProcess(), &ours, 0, FALSE,
			    DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE))
		CloseHandle(ours);
}

void
handle_close(cdrpc_handle handle)
{
	if (handle)
		CloseHandle(handle);
}
