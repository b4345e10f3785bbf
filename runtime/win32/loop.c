/* Waiting inside a call, and the message loop of a program that has none. */
#include "port.h"

#include "base/deadline.h"
#include "base/env.h"
#include "os_error.h"
#include "process_handle.h"

enum { LOOK_MS = 1000 };        /* see port_wait_for() */

DWORD
port_wait_for(DWORD count, const HANDLE *handles, uint32_t timeout_ms)
{
	/* What is left of a deadline: that a tick may be missing here does no harm. */
	uint64_t until_us = timeout_ms == INFINITE ? UINT64_MAX : awake_us() + (uint64_t)timeout_ms * 1000;
	uint32_t rest_ms;
	DWORD woke;
	MSG message;

	for (;;) {
		rest_ms = deadline_rest_ms(until_us);
		woke = MsgWaitForMultipleObjectsEx(count, handles, rest_ms < LOOK_MS ? rest_ms : LOOK_MS, QS_SENDMESSAGE,
						   MWMO_INPUTAVAILABLE);
		/* Which of them comes first is not documented: messages that keep coming are not to hide a handle, nor that the time is over. */
		if (woke == WAIT_OBJECT_0 + count || woke == WAIT_TIMEOUT) {
			PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
			woke = WaitForMultipleObjects(count, handles, FALSE, 0);
		}
		if (woke < WAIT_OBJECT_0 + count)
			return woke - WAIT_OBJECT_0;
		/* An abandoned mutex is one that is ours. */
		if (woke >= WAIT_ABANDONED_0 && woke < WAIT_ABANDONED_0 + count)
			return woke - WAIT_ABANDONED_0;
		if (woke == WAIT_FAILED || rest_ms == 0)
			return count;
	}
}

void
port_wait_out(HANDLE handle)
{
	/* Where messages cannot be waited for, the handle still can. */
	if (port_wait_for(1, &handle, INFINITE) != 0)
		WaitForSingleObject(handle, INFINITE);
}

bool
port_await(struct port *port, struct process *peer, uint32_t timeout_ms)
{
	HANDLE handles[2] = { port->event, peer ? process_wait_handle(peer) : NULL };
	DWORD count = handles[1] ? 2 : 1;
	DWORD woke;

	if (timeout_ms > LOOK_MS)
		timeout_ms = LOOK_MS;
	woke = MsgWaitForMultipleObjectsEx(count, handles, timeout_ms, QS_SENDMESSAGE, MWMO_INPUTAVAILABLE);
	if (woke == WAIT_FAILED)
		os_error(&port->env, "MsgWaitForMultipleObjectsEx", GetLastError());
	port->wait_failed = woke == WAIT_FAILED;
	return woke == WAIT_OBJECT_0;
}

bool
port_can_wait(const struct port *port)
{
	return !port->wait_failed;
}

void
port_look(struct port *port)
{
	MSG message;

	(void)port;
	/* Nothing is removed, and what was posted is not even looked at. */
	PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
}

void
port_wait(struct port *port, struct process *peer, uint32_t timeout_ms)
{
	port_await(port, peer, timeout_ms);
	/* Whatever the wait was for: so a reply that the peer sent before it ended is seen. */
	port_look(port);
}

static bool
answer_unposted(struct port *port)
{
	bool any = atomic_bool_exchange(&port->unposted, false);

	if (any)
		port_answer_bell(port);
	return any;
}

/*
 * The message that has been got may run a loop of its own, such as a box's, which does not come back here until it ends: what the same
 * look has rung for goes into the queue, for that loop to find.
 */
static void
post_unposted(struct port *port)
{
	if (atomic_bool_exchange(&port->unposted, false) && !port_post_bell(port))
		atomic_bool_store(&port->unposted, true);
}

/* 'waits': until there is one, which handles sent messages meanwhile and does not come back for them. */
static int
next_message(struct port *port, bool waits, MSG *ret_message)
{
	int got;

	port->takes_message = !waits;
	got = waits ? GetMessageW(ret_message, NULL, 0, 0) : PeekMessageW(ret_message, NULL, 0, 0, PM_REMOVE);
	port->takes_message = false;
	/* A message that could not be delivered here, such as more WM_COPYDATA than the stack holds. */
	if (got < 0)
		env_log(&port->env, CDRPC_LOG_ERROR, "no message: 0x%08x", (unsigned)got);
	/* GetMessageW() says of WM_QUIT what PeekMessageW() says where there is none. */
	return waits && got == 0 ? 1 : got;
}

/* Whatever there may be. A system that does not know of touch and pen refuses to wait for them. */
static DWORD
wait_for_messages(DWORD timeout_ms)
{
	static struct atomic_bool refused;
	DWORD woke = WAIT_FAILED;

	if (!atomic_bool_load(&refused))
		woke = MsgWaitForMultipleObjectsEx(0, NULL, timeout_ms, QS_ALLINPUT | PORT_TOUCH_AND_PEN, MWMO_INPUTAVAILABLE);
	if (woke != WAIT_FAILED)
		return woke;
	woke = MsgWaitForMultipleObjectsEx(0, NULL, timeout_ms, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
	if (woke != WAIT_FAILED)
		atomic_bool_store(&refused, true);
	return woke;
}

/* So many wakes in a row after which there was nothing to do, and the loop lets sent messages be handled inside of GetMessageW(). */
enum { QUIET = 16 };

#define NO_END UINT64_MAX

static DWORD
rest_ms(uint64_t until_us)
{
	return until_us == NO_END ? INFINITE : deadline_rest_ms(until_us);
}

/* With an end WM_QUIT does not end the loop, but is posted again after it as well. */
static cdrpc_status
run(struct port *port, uint64_t until_us)
{
	bool waits = until_us == NO_END, asked = false;
	cdrpc_status status = CDRPC_OK;
	uint32_t quiet = 0;
	MSG message;
	int got, code = 0;

	while (!atomic_bool_exchange(&port->quit, false) && rest_ms(until_us) > 0) {
		got = next_message(port, waits && quiet >= QUIET, &message);
		if (got > 0 && message.message == WM_QUIT) {
			asked = true;
			code = (int)message.wParam;
			if (waits)
				break;
		} else if (got > 0) {
			post_unposted(port);
			TranslateMessage(&message);
			DispatchMessageW(&message);
		}
		/* Of what a sent message has rung for, nothing but this tells. */
		quiet = answer_unposted(port) || got != 0 || !waits ? 0 : quiet + 1;
		/* What has come meanwhile ends the wait at once. */
		if (got == 0 && quiet < QUIET && !atomic_bool_load(&port->quit) && wait_for_messages(rest_ms(until_us)) == WAIT_FAILED) {
			status = os_error(&port->env, "MsgWaitForMultipleObjectsEx", GetLastError());
			break;
		}
	}
	if (asked)
		PostQuitMessage(code);
	return status;
}

cdrpc_status
port_run(struct port *port)
{
	cdrpc_status status;
	bool outer;

	if (!port_on_thread(port))
		return CDRPC_E_WRONG_THREAD;
	outer = atomic_bool_exchange(&port->running, true);
	status = run(port, NO_END);
	atomic_bool_store(&port->running, outer);
	/* One that was rung while the loop ended. */
	answer_unposted(port);
	return status;
}

void
port_run_for(struct port *port, uint32_t timeout_ms)
{
	/* Inside of port_run(), which answers a bell that is rung while this ends. */
	run(port, awake_us() + (uint64_t)timeout_ms * 1000);
}

void
port_quit(struct port *port)
{
	atomic_bool_store(&port->quit, true);
	/* Wakes the loop. If it cannot be posted, the queue is full and the loop awake. */
	PostMessageW(port->window, WM_NULL, 0, 0);
}
