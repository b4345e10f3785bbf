/*
 * Hearing of logoff and shutdown. The system asks top-level windows with WM_QUERYENDSESSION and tells them with WM_ENDSESSION, and may end
 * the process when the last of its windows has returned from that. Message-only windows hear nothing of it, and a console program that has
 * windows gets no CTRL_LOGOFF_EVENT.
 */
#include "port.h"

#include "base/env.h"

struct logoff {
	struct cdrpc_env env;
	void (*ends)(void *self);
	void *self;
	HWND window;
	bool ending;                    /* inside of 'ends' */
};

static LRESULT CALLBACK
logoff_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	struct logoff *logoff = (struct logoff *)GetWindowLongPtrW(window, GWLP_USERDATA);

	if (!logoff)
		return DefWindowProcW(window, message, wparam, lparam);
	switch (message) {
	case WM_QUERYENDSESSION:
		return TRUE;
	case WM_ENDSESSION:
		/* FALSE: another program has refused, and the session goes on. */
		if (wparam && !logoff->ending) {
			logoff->ending = true;
			logoff->ends(logoff->self);
			logoff->ending = false;
		}
		return 0;
	case WM_CLOSE:
	case WM_NCDESTROY:
		/* As for a port: nobody else ends it. */
		return 0;
	default:
		return DefWindowProcW(window, message, wparam, lparam);
	}
}

cdrpc_status
logoff_new(const struct cdrpc_env *env, void (*ends)(void *self), void *self, struct logoff **ret_logoff)
{
	struct logoff *logoff = env_alloc(env, sizeof *logoff);
	cdrpc_status status;

	if (!logoff)
		return CDRPC_E_NOMEM;
	*logoff = (struct logoff){ .env = *env, .ends = ends, .self = self };
	status = port_make_window(env, L"cdrpc.logoff.1", NULL, &logoff->window);
	if (status != CDRPC_OK) {
		env_free(env, logoff);
		return status;
	}
	SetWindowLongPtrW(logoff->window, GWLP_USERDATA, (LONG_PTR)logoff);
	SetWindowLongPtrW(logoff->window, GWLP_WNDPROC, (LONG_PTR)logoff_procedure);
	*ret_logoff = logoff;
	return CDRPC_OK;
}

void
logoff_free(struct logoff *logoff)
{
	struct cdrpc_env env;

	if (!logoff)
		return;
	SetWindowLongPtrW(logoff->window, GWLP_USERDATA, 0);
	DestroyWindow(logoff->window);
	env = logoff->env;
	env_free(&env, logoff);
}
