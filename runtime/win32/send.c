#include "port.h"

#include "os_error.h"

/* To SendMessageTimeoutW() 0 is for ever, and 0x80000000 and above is at once. */
static UINT
clamp_timeout(uint32_t timeout_ms)
{
	if (timeout_ms == 0)
		return 1;
	return timeout_ms > INT32_MAX ? INT32_MAX : timeout_ms;
}

#define AT_ONCE_US      20000   /* less than any deadline that is worth a name */
enum { AT_ONCE_TRIES = 50 };

/*
 * Wine takes a thread for hung that has had nothing to do for 5 seconds, from the moment that a message wakes it until it looks at
 * that message. Whoever else sends to it just then is turned away at once, as by a thread that hangs. Nothing has been delivered.
 */
static bool
was_turned_away(HWND to, uint64_t began_us, DWORD error)
{
	return error == ERROR_TIMEOUT && clock_us() - began_us < AT_ONCE_US && !IsHungAppWindow(to);
}

void
port_send(const struct port *port, window_id to, const void *bytes, size_t size, uint32_t timeout_ms,
	  struct send_outcome *ret_outcome)
{
	COPYDATASTRUCT data;
	DWORD_PTR result = 0;
	uint64_t began_us;
	LRESULT answered;
	DWORD error;
	int tries = 0;

	/* A sender is a claim, and these would be taken for every window there is. That there is no such window, the system says by itself. */
	if (port_is_broadcast(to)) {
		*ret_outcome = (struct send_outcome){ .os_error = ERROR_INVALID_WINDOW_HANDLE };
		return;
	}
	if (size > INT32_MAX) {
		*ret_outcome = (struct send_outcome){ .os_error = ERROR_INVALID_PARAMETER };
		return;
	}
	data = (COPYDATASTRUCT){ .dwData = COPYDATA_TAG, .cbData = (DWORD)size, .lpData = (void *)bytes };
	do {
		began_us = clock_us();
		/* Not every failure sets an error. */
		SetLastError(0);
		answered = SendMessageTimeoutW((HWND)to, WM_COPYDATA, (WPARAM)port->window, (LPARAM)&data,
					       SMTO_ABORTIFHUNG | SMTO_ERRORONEXIT, clamp_timeout(timeout_ms), &result);
		error = GetLastError();
		if (answered || timeout_ms < 2 * AT_ONCE_US / 1000 || !was_turned_away((HWND)to, began_us, error))
			break;
		/* It is about to look. */
		Sleep(1);
	} while (++tries < AT_ONCE_TRIES);
	*ret_outcome = (struct send_outcome){
		.answered = answered != 0,
		.result = answered != 0 ? (uint32_t)result : 0,
		.os_error = answered != 0 ? 0 : error,
	};
}

uint32_t
window_thread(window_id window, uint32_t *ret_process_id)
{
	DWORD process_id = 0, thread_id = 0;

	if (!port_is_broadcast(window))
		thread_id = GetWindowThreadProcessId((HWND)window, &process_id);
	if (ret_process_id)
		*ret_process_id = thread_id ? process_id : 0;
	return thread_id;
}

bool
window_is_hung(window_id window)
{
	return IsHungAppWindow((HWND)window) != FALSE;
}
