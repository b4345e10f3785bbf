/*
 * Which program has been started for a service and does not serve yet: whoever started it may have lost patience, and ended.
 *
 * The mark is a section with a name, which lasts as long as somebody has a handle of it: the starter while it waits, and the program, which
 * inherits one and closes it when it serves. In it stands which process that is, and the numbers of its handles. By the name anybody can
 * have made a section. So it is believed only if the process that it names has the very same section under the number that it says, by a
 * handle that allows what whoever makes one is allowed: nobody could have put that there who could not have done worse to that process.
 * What peers pass each other, as a section with a body, may be of anybody, but is for reading, or for reading and writing, no more.
 */
#include "started.h"

#include <winternl.h>

#include "handle.h"
#include "os_error.h"
#include "process_handle.h"
#include "session/policy.h"

struct mark {
	uint32_t process_id;
	uint32_t handle;                /* the process's, of the mark */
	uint32_t ready;                 /* likewise, of the event by which it says that it is ready */
};

enum { MARK_NAME_MAX = CDRPC_NAME_MAX + 32 };

/* Documented for drivers; MinGW-w64 has the name, the SDK has not. */
#define OBJECT_NAME_INFORMATION_CLASS ((OBJECT_INFORMATION_CLASS)1)

static bool
mark_name(const char *service, WCHAR name[MARK_NAME_MAX])
{
	static const WCHAR prefix[] = L"Local\\cdrpc.started.";
	enum { PREFIX = sizeof prefix / sizeof prefix[0] - 1 };

	memcpy(name, prefix, sizeof prefix);
	return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, service, -1, name + PREFIX, MARK_NAME_MAX - PREFIX) != 0;
}

HANDLE
started_mark_new(const struct cdrpc_env *env, const char *service)
{
	SECURITY_ATTRIBUTES inheritable = { sizeof inheritable, NULL, TRUE };
	WCHAR name[MARK_NAME_MAX];
	HANDLE mark;
	DWORD error;

	if (!mark_name(service, name))
		return NULL;
	mark = CreateFileMappingW(INVALID_HANDLE_VALUE, &inheritable, PAGE_READWRITE | SEC_COMMIT, 0, sizeof(struct mark), name);
	error = GetLastError();
	/* Somebody's who is not believed, or the mark of a program that does not close it, and serves no more: it stays his. */
	if (mark && error == ERROR_ALREADY_EXISTS) {
		CloseHandle(mark);
		return NULL;
	}
	if (!mark)
		os_error(env, "CreateFileMappingW", error);
	return mark;
}

void
started_mark_fill(HANDLE mark, DWORD process_id, HANDLE ready)
{
	struct mark *view = MapViewOfFile(mark, FILE_MAP_WRITE, 0, 0, sizeof *view);

	if (!view)
		return;
	*view = (struct mark){ process_id, (uint32_t)(uintptr_t)mark, (uint32_t)(uintptr_t)ready };
	UnmapViewOfFile(view);
}

static bool
find_mark(const struct cdrpc_env *env, const char *service, struct section *ret_section)
{
	WCHAR name[MARK_NAME_MAX];
	HANDLE handle = mark_name(service, name) ? OpenFileMappingW(SECTION_QUERY | SECTION_MAP_READ, FALSE, name) : NULL;

	if (!handle)
		return false;
	if (section_map(env, handle, sizeof(struct mark), false, ret_section) == CDRPC_OK)
		return true;
	CloseHandle(handle);
	return false;
}

/* With the same access. NULL: there is no such handle. */
static HANDLE
copy_of(HANDLE process, uint32_t value)
{
	HANDLE copy = NULL;

	if (!handle_value_is_plain(value) ||
	    !DuplicateHandle(process, (HANDLE)(uintptr_t)value, GetCurrentProcess(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS))
		return NULL;
	return copy;
}

/* Of two sections: while one is there, no other has its name. */
static bool
is_same(HANDLE named, HANDLE other)
{
	struct {
		UNICODE_STRING name;
		unsigned char space[2048];
	} names[2] = { 0 };
	const UNICODE_STRING *one = &names[0].name, *two = &names[1].name;

	if (NtQueryObject(named, OBJECT_NAME_INFORMATION_CLASS, &names[0], sizeof names[0], NULL) < 0 ||
	    NtQueryObject(other, OBJECT_NAME_INFORMATION_CLASS, &names[1], sizeof names[1], NULL) < 0)
		return false;
	return one->Length > 0 && one->Length == two->Length && memcmp(one->Buffer, two->Buffer, one->Length) == 0;
}

static bool
has_mark(HANDLE process, const struct section *section, const struct mark *mark)
{
	HANDLE theirs = copy_of(process, mark->handle);
	bool has;

	if (!theirs)
		return false;
	has = handle_has_type(theirs, L"Section") && handle_grants(theirs, SECTION_MAP_WRITE | WRITE_DAC) && is_same(section->handle, theirs);
	CloseHandle(theirs);
	return has;
}

/* A program built before there were marks does not close its own when it is ready, but sets the event, and closes that. */
static bool
is_to_be_ready(HANDLE process, const struct mark *mark)
{
	HANDLE ready = copy_of(process, mark->ready);
	bool is;

	if (!ready)
		return false;
	is = handle_has_type(ready, L"Event") && handle_grants(ready, SYNCHRONIZE) && WaitForSingleObject(ready, 0) == WAIT_TIMEOUT;
	CloseHandle(ready);
	return is;
}

bool
start_is_under_way(const struct cdrpc_env *env, const struct cdrpc_peer_facts *own, const char *service)
{
	struct cdrpc_peer_facts facts = { 0 };
	struct section section;
	struct mark mark;
	HANDLE process;
	bool is = false;

	if (!find_mark(env, service, &section))
		return false;
	/* Once, for whoever has made it may change it. */
	memcpy(&mark, section.view, sizeof mark);
	/* Without the right to duplicate nothing is proved; a process with that number may be any other. */
	process = OpenProcess(PROCESS_DUP_HANDLE | PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, mark.process_id);
	if (!process)
		goto out;
	facts_from_token(process, &facts);
	is = WaitForSingleObject(process, 0) == WAIT_TIMEOUT && policy_believes(own, &facts) && has_mark(process, &section, &mark) &&
	     is_to_be_ready(process, &mark);
	LocalFree((HLOCAL)facts.user);
	CloseHandle(process);
out:
	section_done(&section);
	return is;
}
