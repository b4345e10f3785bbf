/* Waiting inside a call, and the message loop of a program that has none. */
#include "port.h"

#include "env.h"
#include "os_error.h"
#include "process_handle.h"

void
port_wait(struct port *port, struct process *peer, uint32_t timeout_ms)
{
	HANDLE handles[2] = { port->event, peer ? process_wait_handle(peer) : NULL };
	DWORD count = handles[1] ? 2 : 1;
	DWORD woke;
	MSG message;

	woke = MsgWaitForMultipleObjectsEx(count, handles, timeout_ms, QS_SENDMESSAGE, MWMO_INPUTAVAILABLE);
	if (woke == WAIT_FAILED)
		os_error(&port->env, "MsgWaitForMultipleObjectsEx", GetLastError());
	/*
	 * The wait itself handles nothing; looking for a message does. It is done whatever the wait was for, so that a reply that
	 * the peer sent before it ended is seen. Nothing is removed, and what was posted is not even looked at.
	 */
	PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
}

static void
answer_unposted(struct port *port)
{
	if (atomic_exchange(&port->unposted, false))
		port_answer_bell(port);
}

cdrpc_status
port_run(struct port *port)
{
	cdrpc_status status = CDRPC_OK;
	MSG message;
	bool outer;
	int got;

	if (!port_on_thread(port))
		return CDRPC_E_WRONG_THREAD;
	outer = atomic_exchange(&port->running, true);
	while (!atomic_exchange(&port->quit, false)) {
		port->looking = true;
		got = PeekMessageW(&message, NULL, 0, 0, PM_REMOVE);
		port->looking = false;
		if (got > 0 && message.message == WM_QUIT) {
			PostQuitMessage((int)message.wParam);
			break;
		}
		if (got > 0) {
			TranslateMessage(&message);
			DispatchMessageW(&message);
		} else if (got < 0) {
			/* A message that could not be delivered here, such as more WM_COPYDATA than the stack holds. */
			env_log(&port->env, "PeekMessageW failed: 0x%08x", (unsigned)got);
		}
		/* Of what a sent message has rung for, nothing but this tells. */
		answer_unposted(port);
		/* What has come meanwhile ends the wait at once. */
		if (got == 0 &&
		    MsgWaitForMultipleObjectsEx(0, NULL, INFINITE, QS_ALLINPUT, MWMO_INPUTAVAILABLE) == WAIT_FAILED) {
			status = os_error(&port->env, "MsgWaitForMultipleObjectsEx", GetLastError());
			break;
		}
	}
	atomic_store(&port->running, outer);
	/* One that was rung while the loop ended. */
	answer_unposted(port);
	return status;
}

void
port_quit(struct port *port)
{
	atomic_store(&port->quit, true);
	/* Wakes the loop. If it cannot be posted, the queue is full and the loop awake. */
	PostMessageW(port->window, WM_NULL, 0, 0);
}
