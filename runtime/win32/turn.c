/* Turns: a mutex by which one of those that want it comes after the other, and a window by which others see who has it. */
#include <wchar.h>

#include "base/env.h"
#include "os_error.h"
#include "port.h"

struct turn {
	struct cdrpc_env env;
	HANDLE mutex;
	HWND window;
};

static const WCHAR *const classes[] = {
	[TURN_START] = L"cdrpc.start.1",
	[TURN_SERVE] = L"cdrpc.serve.1",
};

static const WCHAR *const prefixes[] = {
	[TURN_START] = L"Local\\cdrpc.start.",
	[TURN_SERVE] = L"Local\\cdrpc.serve.",
};

/* DefWindowProcW is all that such a window needs. Without one, others pass this turn over. */
static HWND
turn_window(const struct cdrpc_env *env, enum turn_kind kind, const WCHAR *title)
{
	HWND window = NULL;

	if (port_make_window(env, classes[kind], HWND_MESSAGE, &window) == CDRPC_OK)
		port_set_title(window, title);
	return window;
}

cdrpc_status
turn_take(const struct cdrpc_env *env, enum turn_kind kind, const char *service, uint32_t timeout_ms, struct turn **ret_turn)
{
	WCHAR title[CDRPC_NAME_MAX + 1], name[CDRPC_NAME_MAX + 32];
	struct turn *turn = NULL;
	HANDLE mutex = NULL;
	cdrpc_status status;

	if (!port_make_title(service, title))
		return CDRPC_E_ARGUMENT;
	swprintf(name, sizeof name / sizeof name[0], L"%ls%ls", prefixes[kind], title);
	/* No more than is needed: of one that a process of another level has made we would not get all. */
	mutex = CreateMutexExW(NULL, name, 0, SYNCHRONIZE | MUTEX_MODIFY_STATE);
	if (!mutex)
		return os_error(env, "CreateMutexExW", GetLastError());
	status = CDRPC_E_NOMEM;
	turn = env_alloc(env, sizeof *turn);
	if (!turn)
		goto out;
	status = CDRPC_E_TIMEOUT;
	if (port_wait_for(1, &mutex, timeout_ms) != 0)
		goto out;
	*turn = (struct turn){ *env, mutex, turn_window(env, kind, title) };
	*ret_turn = turn;
	return CDRPC_OK;
out:
	CloseHandle(mutex);
	env_free(env, turn);
	return status;
}

void
turn_drop(struct turn *turn)
{
	struct cdrpc_env env;

	if (!turn)
		return;
	if (turn->window)
		DestroyWindow(turn->window);
	ReleaseMutex(turn->mutex);
	CloseHandle(turn->mutex);
	env = turn->env;
	env_free(&env, turn);
}

size_t
turn_find(const struct port *port, enum turn_kind kind, const char *service, window_id *ret_windows, size_t max)
{
	return port_find_class(port, classes[kind], service, ret_windows, max);
}
