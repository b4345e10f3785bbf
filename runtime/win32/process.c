#include "process_handle.h"

#include "base/env.h"
#include "os_error.h"

struct process {
	struct cdrpc_env env;
	HANDLE handle;                  /* NULL: not even one right was given */
	DWORD rights;
	HWND window;
	struct cdrpc_peer_facts facts;
	WCHAR *image;
	HANDLE watch;
	void (*ended)(void *owner);
	void *owner;
};

/* The best that is given, and what was asked for. Holding any handle keeps the process id from being used again. */
static HANDLE
open_with_most_rights(DWORD process_id, DWORD *ret_rights)
{
	static const DWORD wanted[] = {
		PROCESS_DUP_HANDLE | PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE,
		PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE,
		SYNCHRONIZE,
		PROCESS_QUERY_LIMITED_INFORMATION,
	};
	HANDLE handle;
	size_t i;

	for (i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		handle = OpenProcess(wanted[i], FALSE, process_id);
		if (handle) {
			*ret_rights = wanted[i];
			return handle;
		}
	}
	*ret_rights = 0;
	return NULL;
}

/* The longest path that is asked for; the image of a process with a longer one is not known. */
enum { IMAGE_MAX = 2048 };

static void
read_image(struct process *process)
{
	DWORD length = IMAGE_MAX;
	WCHAR image[IMAGE_MAX];

	if (!QueryFullProcessImageNameW(process->handle, 0, image, &length))
		return;
	process->image = env_alloc(&process->env, (length + 1) * sizeof *image);
	if (process->image)
		memcpy(process->image, image, (length + 1) * sizeof *image);
	process->facts.image = process->image;
}

static bool
window_is_of(HWND window, DWORD thread_id, DWORD process_id)
{
	DWORD owner = 0;

	return GetWindowThreadProcessId(window, &owner) == thread_id && owner == process_id;
}

cdrpc_status
process_open(const struct cdrpc_env *env, window_id window, struct process **ret_process)
{
	struct process *process;
	DWORD process_id = 0;
	DWORD thread;
	DWORD session;

	thread = GetWindowThreadProcessId((HWND)window, &process_id);
	if (thread == 0)
		return CDRPC_E_PEER_GONE;
	process = env_alloc(env, sizeof *process);
	if (!process)
		return CDRPC_E_NOMEM;
	*process = (struct process){
		.env = *env,
		.window = (HWND)window,
		.facts = { .process_id = process_id, .thread_id = thread },
	};
	process->handle = open_with_most_rights(process_id, &process->rights);
	if (ProcessIdToSessionId(process_id, &session))
		process->facts.session_id = session;
	if (process->rights & PROCESS_QUERY_LIMITED_INFORMATION) {
		facts_from_token(process->handle, &process->facts);
		read_image(process);
	}
	/* The process may have ended before it was opened, and its id may be another's by now. */
	if (!window_is_of((HWND)window, thread, process_id)) {
		process_close(process);
		return CDRPC_E_PEER_GONE;
	}
	*ret_process = process;
	return CDRPC_OK;
}

void
process_close(struct process *process)
{
	struct cdrpc_env env;

	if (!process)
		return;
	process_unwatch(process);
	if (process->handle)
		CloseHandle(process->handle);
	LocalFree((HLOCAL)process->facts.user);
	env = process->env;
	env_free(&env, process->image);
	env_free(&env, process);
}

const struct cdrpc_peer_facts *
process_facts(const struct process *process)
{
	return &process->facts;
}

HANDLE
process_handle(const struct process *process)
{
	return process->handle;
}

HANDLE
process_wait_handle(const struct process *process)
{
	return process->rights & SYNCHRONIZE ? process->handle : NULL;
}

const struct cdrpc_env *
process_env(const struct process *process)
{
	return &process->env;
}

bool
process_is_alive(const struct process *process)
{
	HANDLE handle = process_wait_handle(process);

	if (handle)
		return WaitForSingleObject(handle, 0) == WAIT_TIMEOUT;
	return window_is_of(process->window, process->facts.thread_id, process->facts.process_id);
}

bool
process_ends_within(const struct process *process, uint32_t timeout_ms)
{
	HANDLE handle = process_wait_handle(process);

	if (handle)
		return WaitForSingleObject(handle, timeout_ms) == WAIT_OBJECT_0;
	return !process_is_alive(process);
}

bool
process_owns(const struct process *process, window_id window)
{
	DWORD process_id = 0;

	/* Any of its threads: a server may answer from another one than the window found belongs to. */
	return GetWindowThreadProcessId((HWND)window, &process_id) != 0 && process_id == process->facts.process_id;
}

bool
process_may_duplicate(const struct process *process)
{
	return (process->rights & PROCESS_DUP_HANDLE) != 0;
}

static void CALLBACK
process_ended(void *parameter, BOOLEAN timed_out)
{
	struct process *process = parameter;

	(void)timed_out;
	process->ended(process->owner);
}

cdrpc_status
process_watch(struct process *process, void (*ended)(void *owner), void *owner)
{
	HANDLE handle = process_wait_handle(process);

	if (process->watch)
		return CDRPC_E_STATE;
	if (!handle)
		return CDRPC_E_NOT_AVAILABLE;
	process->ended = ended;
	process->owner = owner;
	if (!RegisterWaitForSingleObject(&process->watch, handle, process_ended, process, INFINITE, WT_EXECUTEONLYONCE)) {
		process->watch = NULL;
		return os_error(&process->env, "RegisterWaitForSingleObject", GetLastError());
	}
	return CDRPC_OK;
}

void
process_unwatch(struct process *process)
{
	if (!process->watch)
		return;
	/* INVALID_HANDLE_VALUE: returns when the callback, should it be running, has. */
	UnregisterWaitEx(process->watch, INVALID_HANDLE_VALUE);
	process->watch = NULL;
}
