#include "port.h"

#include "base/env.h"
#include "os_error.h"
#include "own_security.h"

/* As PORT_SERVICE_CLASS. */
static const WCHAR client_class[] = L"cdrpc.client.1";

static LRESULT
receive_copydata(HWND window, struct port *port, WPARAM sender, const COPYDATASTRUCT *data)
{
	/* A length without bytes and bytes without a length do arrive. */
	bool empty = !data->lpData || data->cbData == 0;
	DWORD error = GetLastError();
	uint32_t result;

	port->nesting++;
	result = port->receive(port->owner, sender, empty ? NULL : data->lpData, empty ? 0 : data->cbData);
	/* The port may be gone. */
	if (GetWindowLongPtrW(window, GWLP_USERDATA) == (LONG_PTR)port)
		port->nesting--;
	/* This may run inside a send of this thread, which will look at its own error. */
	SetLastError(error);
	return (LRESULT)result;
}

static LRESULT CALLBACK
port_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	struct port *port = (struct port *)GetWindowLongPtrW(window, GWLP_USERDATA);
	const COPYDATASTRUCT *data;

	if (!port)
		return DefWindowProcW(window, message, wparam, lparam);
	switch (message) {
	case WM_COPYDATA:
		data = (const COPYDATASTRUCT *)lparam;
		if (data && data->dwData == COPYDATA_TAG)
			return receive_copydata(window, port, wparam, data);
		break;
	case WM_TIMER:
		port_ring(port);
		return 0;
	case WM_CLOSE:
	case WM_SETTEXT:
	case WM_NCCREATE:
	case WM_NCDESTROY:
		/* Whoever may send to this window could end the service, or take its name, with these. When it is made, and really destroyed,
		 * there is no port. */
		return 0;
	default:
		if (message == port->bell_message) {
			if (wparam == port->bell_key)
				port_answer_bell(port);
			return 0;
		}
		if (message == port->ring_message) {
			port_nudged(port);
			return 0;
		}
		break;
	}
	return DefWindowProcW(window, message, wparam, lparam);
}

struct port *
port_of_window(HWND window)
{
	if (GetWindowThreadProcessId(window, NULL) != GetCurrentThreadId() ||
	    GetWindowLongPtrW(window, GWLP_WNDPROC) != (LONG_PTR)port_procedure)
		return NULL;
	return (struct port *)GetWindowLongPtrW(window, GWLP_USERDATA);
}

/* Threads that register and create at the same time see, under Wine, a class that neither exists nor can be made. */
static SRWLOCK making = SRWLOCK_INIT;

/* How often it is tried: another module of the process, with a lock of its own, may be at it. */
enum { MAKING_TRIES = 20 };

/*
 * The class is the whole process's, for its procedure is the system's: executable and DLLs may have linked this library in different
 * versions, and a DLL that is unloaded leaves nothing behind that points into it. So it need not be unregistered, which another
 * thread that makes a window of it would not take well.
 */
static HWND
make_window(const WNDCLASSEXW *class, HWND parent, const char **ret_call)
{
	HWND window = NULL;

	AcquireSRWLockExclusive(&making);
	*ret_call = "RegisterClassExW";
	if (RegisterClassExW(class) || GetLastError() == ERROR_CLASS_ALREADY_EXISTS) {
		*ret_call = "CreateWindowExW";
		/* WS_POPUP: has no caption to be measured, which takes long for a window that nobody sees. */
		window = CreateWindowExW(0, class->lpszClassName, L"", WS_POPUP, 0, 0, 0, 0, parent, NULL, class->hInstance, NULL);
	}
	ReleaseSRWLockExclusive(&making);
	return window;
}

cdrpc_status
port_make_window(const struct cdrpc_env *env, const WCHAR *class_name, HWND parent, HWND *ret_window)
{
	const WNDCLASSEXW class = {
		.cbSize = sizeof class,
		.lpfnWndProc = DefWindowProcW,
		.hInstance = GetModuleHandleW(NULL),
		.lpszClassName = class_name,
	};
	const char *call;
	DWORD error;
	int i;

	for (i = 0; i < MAKING_TRIES; i++) {
		*ret_window = make_window(&class, parent, &call);
		if (*ret_window)
			return CDRPC_OK;
		error = GetLastError();
		if (error != ERROR_CLASS_DOES_NOT_EXIST && error != ERROR_CANNOT_FIND_WND_CLASS)
			break;
		SwitchToThread();
	}
	return os_error(env, call, error);
}

void
port_set_title(HWND window, const WCHAR *title)
{
	/* Past the window's own procedure, which takes none. */
	DefWindowProcW(window, WM_SETTEXT, 0, (LPARAM)title);
}

/*
 * UIPI keeps messages of processes of a lower integrity level away, unless the window says otherwise. At or below Low a process may
 * not even say so, and need not. Only this window of ours: never one of the application's.
 */
static void
admit_lower(struct port *port)
{
	ChangeWindowMessageFilterEx(port->window, WM_COPYDATA, MSGFLT_ALLOW, NULL);
	ChangeWindowMessageFilterEx(port->window, port->ring_message, MSGFLT_ALLOW, NULL);
}

static cdrpc_status
prepare_bell(struct port *port)
{
	port->event = CreateEventW(own_security(), FALSE, FALSE, NULL);
	if (!port->event)
		return os_error(&port->env, "CreateEventW", GetLastError());
	port->bell_message = RegisterWindowMessageW(L"cdrpc.bell.1");
	port->ring_message = port_ring_message();
	if (port->bell_message == 0 || port->ring_message == 0)
		return os_error(&port->env, "RegisterWindowMessageW", GetLastError());
	if (random_fill(&port->bell_key, sizeof port->bell_key) != CDRPC_OK) {
		env_log(&port->env, CDRPC_LOG_ERROR, "BCryptGenRandom failed");
		return CDRPC_E_OS;
	}
	return port_watch_new(port);
}

cdrpc_status
port_new(const struct port_options *options, struct port **ret_port)
{
	WCHAR title[CDRPC_NAME_MAX + 1] = L"";
	struct port *port;
	cdrpc_status status;

	if (options->service && !port_make_title(options->service, title))
		return CDRPC_E_ARGUMENT;
	port = env_alloc(options->env, sizeof *port);
	if (!port)
		return CDRPC_E_NOMEM;
	*port = (struct port){
		.env = *options->env,
		.owner = options->owner,
		.receive = options->receive,
		.bell = options->bell,
		.orphaned = options->orphaned,
		.thread = GetCurrentThreadId(),
	};
	status = prepare_bell(port);
	if (status != CDRPC_OK)
		goto out;
	/* The host comes first: once the window is there, frames may arrive. */
	if (options->host) {
		status = host_attach(options->host, port);
		if (status != CDRPC_OK)
			goto out;
	}
	status = port_make_window(&port->env, options->service ? PORT_SERVICE_CLASS : client_class, HWND_MESSAGE, &port->window);
	if (status != CDRPC_OK)
		goto out;
	SetWindowLongPtrW(port->window, GWLP_USERDATA, (LONG_PTR)port);
	SetWindowLongPtrW(port->window, GWLP_WNDPROC, (LONG_PTR)port_procedure);
	if (options->admit_lower)
		admit_lower(port);
	/* Last: whoever finds the window by it finds it ready. */
	if (options->service)
		port_set_title(port->window, title);
	if (!port->host)
		atomic_pointer_store(&port->bell_window, port->window);
	*ret_port = port;
	port = NULL;
out:
	port_free(port);
	return status;
}

void
port_free(struct port *port)
{
	struct cdrpc_env env;

	if (!port)
		return;
	host_detach(port);
	port_watch_free(port);
	port_nudge_free(port);
	if (port->window) {
		SetWindowLongPtrW(port->window, GWLP_USERDATA, 0);
		DestroyWindow(port->window);
	}
	if (port->event)
		CloseHandle(port->event);
	env = port->env;
	env_free(&env, port);
}

window_id
port_window(const struct port *port)
{
	return (window_id)port->window;
}

bool
port_on_thread(const struct port *port)
{
	return GetCurrentThreadId() == port->thread;
}

/* A window goes with its thread, whose number another one may have by then. */
bool
port_is_orphan(const struct port *port)
{
	return GetWindowThreadProcessId(port->window, NULL) != port->thread;
}
