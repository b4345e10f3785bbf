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

/* A refusal comes at once, however busy the machine is; a receiver that has taken the message and then hangs is given up after 5 s. */
#define AT_ONCE_US      500000
enum { HUNG_MS = 250 };         /* for how long somebody is waited for who counts as hung */

struct attempt {
	LRESULT answered;
	DWORD_PTR result;
	DWORD error;
};

static struct attempt
send_once(const struct port *port, HWND to, const COPYDATASTRUCT *data, UINT flags, uint32_t timeout_ms)
{
	struct attempt attempt = { 0 };

	/* Not every failure sets an error. */
	SetLastError(0);
	attempt.answered = SendMessageTimeoutW(to, WM_COPYDATA, (WPARAM)port->window, (LPARAM)data, flags | SMTO_ERRORONEXIT,
					       clamp_timeout(timeout_ms), &attempt.result);
	attempt.error = GetLastError();
	return attempt;
}

/*
 * With SMTO_ABORTIFHUNG the system turns away at once who sends to a thread that counts as hung, and some count so that take messages:
 * on Windows a thread that has waited for nothing but sent messages for 5 seconds; under Wine one that has had nothing to do for as
 * long, from the moment that a message wakes it until it looks at that. Nothing has been delivered then, so it is sent once more
 * without; to one that does count as hung for a moment only.
 */
static struct attempt
send_patiently(const struct port *port, HWND to, const COPYDATASTRUCT *data, uint32_t timeout_ms)
{
	uint64_t began_us = clock_us(), spent_us;
	struct attempt attempt = send_once(port, to, data, SMTO_ABORTIFHUNG, timeout_ms);
	uint32_t rest_ms;

	if (attempt.answered || (attempt.error != ERROR_TIMEOUT && attempt.error != 0))
		return attempt;
	spent_us = clock_us() - began_us;
	if (spent_us >= AT_ONCE_US || spent_us / 1000 >= timeout_ms)
		return attempt;
	rest_ms = timeout_ms - (uint32_t)(spent_us / 1000);
	if (rest_ms > HUNG_MS && IsHungAppWindow(to))
		rest_ms = HUNG_MS;
	return send_once(port, to, data, 0, rest_ms);
}

static void
port_send_either(const struct port *port, window_id to, const void *bytes, size_t size, uint32_t timeout_ms, bool to_hung,
		 struct send_outcome *ret_outcome)
{
	COPYDATASTRUCT data;
	struct attempt attempt;

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
	attempt = to_hung ? send_once(port, (HWND)to, &data, 0, timeout_ms) : send_patiently(port, (HWND)to, &data, timeout_ms);
	/* What UIPI refuses it may report as sent, and not deliver: then there is no result, and the error says why. */
	*ret_outcome = (struct send_outcome){
		.answered = attempt.answered != 0,
		.result = attempt.answered != 0 ? (uint32_t)attempt.result : 0,
		.os_error = attempt.answered != 0 && attempt.result != 0 ? 0 : attempt.error,
	};
}

void
port_send(const struct port *port, window_id to, const void *bytes, size_t size, uint32_t timeout_ms,
	  struct send_outcome *ret_outcome)
{
	port_send_either(port, to, bytes, size, timeout_ms, false, ret_outcome);
}

void
port_send_to_hung(const struct port *port, window_id to, const void *bytes, size_t size, uint32_t timeout_ms,
		  struct send_outcome *ret_outcome)
{
	port_send_either(port, to, bytes, size, timeout_ms, true, ret_outcome);
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
