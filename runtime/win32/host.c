/*
 * Running bells from a window of the application: its procedure is replaced, and called for all messages but our bells and timers. The
 * window keeps its flavour: what was made with the A functions is given ANSI messages, as before.
 */
#include "port.h"

#include <wchar.h>

#include "base/env.h"
#include "os_error.h"

struct host {
	HWND window;
	bool unicode;
	WNDPROC previous;
	struct port *ports;
};

enum { HOST_NAME_SIZE = 64, REGISTERED_MESSAGES = 0xC000 };

static LRESULT CALLBACK host_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam);

/*
 * Under which property the window keeps its struct host. The procedure's address makes it this module's own: another DLL of the
 * process may have linked another version of the library.
 */
static void
host_name(WCHAR name[HOST_NAME_SIZE])
{
	swprintf(name, HOST_NAME_SIZE, L"cdrpc.host.%llx", (unsigned long long)(uintptr_t)host_procedure);
}

static struct host *
host_of(HWND window)
{
	WCHAR name[HOST_NAME_SIZE];

	host_name(name);
	return (struct host *)GetPropW(window, name);
}

static LONG_PTR
procedure_get(const struct host *host)
{
	return host->unicode ? GetWindowLongPtrW(host->window, GWLP_WNDPROC) :
			       GetWindowLongPtrA(host->window, GWLP_WNDPROC);
}

static LONG_PTR
procedure_set(const struct host *host, WNDPROC procedure)
{
	return host->unicode ? SetWindowLongPtrW(host->window, GWLP_WNDPROC, (LONG_PTR)procedure) :
			       SetWindowLongPtrA(host->window, GWLP_WNDPROC, (LONG_PTR)procedure);
}

/* Of the process heap: a host may outlive its last port, and with that the allocator. */
static struct host *
host_new(HWND window)
{
	struct host *host = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *host);

	if (host) {
		host->window = window;
		host->unicode = IsWindowUnicode(window) != FALSE;
	}
	return host;
}

static void
host_free(struct host *host)
{
	WCHAR name[HOST_NAME_SIZE];

	host_name(name);
	RemovePropW(host->window, name);
	HeapFree(GetProcessHeap(), 0, host);
}

/* False: somebody who has subclassed the window after us still calls our procedure, which has to stay. */
static bool
host_step_back(const struct host *host)
{
	if (procedure_get(host) != (LONG_PTR)host_procedure)
		return false;
	procedure_set(host, host->previous);
	return true;
}

static cdrpc_status
host_subclass(struct host *host, const struct cdrpc_env *env)
{
	WCHAR name[HOST_NAME_SIZE];

	host_name(name);
	if (!SetPropW(host->window, name, host))
		return os_error(env, "SetPropW", GetLastError());
	host->previous = (WNDPROC)procedure_set(host, host_procedure);
	if (!host->previous)
		return os_error(env, "SetWindowLongPtrW", GetLastError());
	return CDRPC_OK;
}

/* The window is being destroyed: its ports go on with bells from windows of their own. */
static void
host_end(struct host *host)
{
	struct port *port;

	while (host->ports) {
		port = host->ports;
		host->ports = port->host_next;
		port->host = NULL;
		atomic_pointer_store(&port->bell_window, port->window);
		/* A bell that was posted to the host is lost with it. One that is rung just now may come twice; the second does
		 * nothing. */
		if (atomic_bool_load(&port->armed) && !port_post_bell(port)) {
			atomic_bool_store(&port->unposted, true);
			port_watch(port);
		}
		/* So is its timer. */
		if (port->wake_ms)
			port_wake_in(port, port->wake_ms);
	}
	host_step_back(host);
	host_free(host);
}

/* Whose bell it is; NULL: it is none. What lParam says is a window of ours before it is believed. */
static struct port *
find_port(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	struct port *port;

	if (message < REGISTERED_MESSAGES)
		return NULL;
	port = port_of_window((HWND)lparam);
	if (!port || !port->host || port->host->window != window)
		return NULL;
	return message == port->bell_message && wparam == port->bell_key ? port : NULL;
}

/* False: it is no port's. */
static bool
ring_for_timer(const struct host *host, WPARAM timer)
{
	struct port *port = host->ports;

	while (port && (WPARAM)port != timer)
		port = port->host_next;
	if (port)
		port_ring(port);
	return port != NULL;
}

static LRESULT CALLBACK
host_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	struct port *port = find_port(window, message, wparam, lparam);
	struct host *host;
	WNDPROC previous;
	bool unicode;

	if (port) {
		port_answer_bell(port);
		return 0;
	}
	host = host_of(window);
	/* Only after somebody has sent a WM_NCDESTROY to a window that lives on. */
	if (!host)
		return IsWindowUnicode(window) ? DefWindowProcW(window, message, wparam, lparam) :
						 DefWindowProcA(window, message, wparam, lparam);
	/* The host may be gone when the application's procedure returns. */
	previous = host->previous;
	unicode = host->unicode;
	if (message == WM_TIMER && ring_for_timer(host, wparam))
		return 0;
	if (message == WM_NCDESTROY)
		host_end(host);
	return unicode ? CallWindowProcW(previous, window, message, wparam, lparam) :
			 CallWindowProcA(previous, window, message, wparam, lparam);
}

cdrpc_status
host_attach(HWND window, struct port *port)
{
	struct host *host;
	DWORD process_id = 0;
	DWORD thread;
	cdrpc_status status;

	thread = GetWindowThreadProcessId(window, &process_id);
	if (thread == 0 || process_id != GetCurrentProcessId()) {
		env_log(&port->env, CDRPC_LOG_ERROR, thread == 0 ? "options.window: there is no such window" :
								    "options.window: a window of another process");
		return CDRPC_E_ARGUMENT;
	}
	if (thread != GetCurrentThreadId()) {
		env_log(&port->env, CDRPC_LOG_ERROR, "options.window: it belongs to thread %lu, and this is thread %lu", (unsigned long)thread,
			(unsigned long)GetCurrentThreadId());
		return CDRPC_E_WRONG_THREAD;
	}
	host = host_of(window);
	if (!host) {
		host = host_new(window);
		if (!host)
			return CDRPC_E_NOMEM;
		status = host_subclass(host, &port->env);
		if (status != CDRPC_OK) {
			host_free(host);
			return status;
		}
	}
	port->host_next = host->ports;
	host->ports = port;
	port->host = host;
	atomic_pointer_store(&port->bell_window, window);
	return CDRPC_OK;
}

void
host_detach(struct port *port)
{
	struct host *host = port->host;
	struct port **link;

	if (!host)
		return;
	for (link = &host->ports; *link != port; link = &(*link)->host_next)
		;
	*link = port->host_next;
	if (port->wake_ms)
		KillTimer(host->window, (UINT_PTR)port);
	port->host = NULL;
	if (!host->ports && host_step_back(host))
		host_free(host);
}
