/*
 * Which program has been started for a service and does not serve yet: whoever started it may have lost patience, and ended.
 *
 * The mark is a section with a name, which lasts as long as somebody has a handle of it: the starter while it waits, and the program, which
 * inherits one and closes it when it serves. In it stands which process that is, and the numbers of its handles. By the name anybody can
 * have made a section. So it is believed only if the process that it names has the very same section under the number that it says: nobody
 * could have put that there who could not have done worse to that process.
 */
#include "started.h"

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

/* Consumes the handle. */
static bool
read_mark(const struct cdrpc_env *env, HANDLE handle, struct mark *ret_mark)
{
	struct section section;

	if (section_map(env, handle, sizeof *ret_mark, false, &section) != CDRPC_OK) {
		CloseHandle(handle);
		return false;
	}
	memcpy(ret_mark, section.view, sizeof *ret_mark);
	section_done(&section);
	return true;
}

static bool
find_mark(const struct cdrpc_env *env, const char *service, struct mark *ret_mark)
{
	WCHAR name[MARK_NAME_MAX];
	HANDLE handle = mark_name(service, name) ? OpenFileMappingW(SECTION_QUERY | SECTION_MAP_READ, FALSE, name) : NULL;

	return handle && read_mark(env, handle, ret_mark);
}

/* NULL: there is no such handle. */
static HANDLE
copy_of(HANDLE process, uint32_t value, DWORD access)
{
	HANDLE copy = NULL;

	if (!handle_value_is_plain(value) ||
	    !DuplicateHandle(process, (HANDLE)(uintptr_t)value, GetCurrentProcess(), &copy, access, FALSE, 0))
		return NULL;
	return copy;
}

static bool
has_mark(const struct cdrpc_env *env, HANDLE process, const struct mark *mark)
{
	HANDLE theirs = copy_of(process, mark->handle, SECTION_QUERY | SECTION_MAP_READ);
	struct mark seen;

	return theirs && read_mark(env, theirs, &seen) && memcmp(&seen, mark, sizeof seen) == 0;
}

/* A program built before there were marks does not close its own when it is ready, but sets the event, and closes that. */
static bool
is_to_be_ready(HANDLE process, const struct mark *mark)
{
	HANDLE ready = copy_of(process, mark->ready, SYNCHRONIZE);
	bool is;

	if (!ready)
		return false;
	is = handle_has_type(ready, L"Event") && WaitForSingleObject(ready, 0) == WAIT_TIMEOUT;
	CloseHandle(ready);
	return is;
}

bool
start_is_under_way(const struct cdrpc_env *env, const struct cdrpc_peer_facts *own, const char *service)
{
	struct cdrpc_peer_facts facts = { 0 };
	struct mark mark;
	HANDLE process;
	bool is;

	if (!find_mark(env, service, &mark))
		return false;
	/* Without the right to duplicate nothing is proved; a process with that number may be any other. */
	process = OpenProcess(PROCESS_DUP_HANDLE | PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, mark.process_id);
	if (!process)
		return false;
	facts_from_token(process, &facts);
	is = WaitForSingleObject(process, 0) == WAIT_TIMEOUT && policy_believes(own, &facts) && has_mark(env, process, &mark) &&
	     is_to_be_ready(process, &mark);
	LocalFree((HLOCAL)facts.user);
	CloseHandle(process);
	return is;
}
