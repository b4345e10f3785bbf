/*
 * The bell: a posted message that stands for "something is to be done". It carries nothing and proves nothing. A peer, which does not
 * know its key, asks for it by a message of its own; so may anybody, and all that comes of it is one bell more.
 */
#include "port.h"

bool
port_post_bell(struct port *port)
{
	HWND window = atomic_load(&port->bell_window);

	/* lParam tells host.c whose bell it is. It is compared, not followed. */
	if (PostMessageW(window, port->bell_message, port->bell_key, (LPARAM)port->window))
		return true;
	/* A host that has been destroyed since. */
	return window != port->window && PostMessageW(port->window, port->bell_message, port->bell_key, (LPARAM)port->window);
}

void
port_answer_bell(struct port *port)
{
	if (atomic_exchange(&port->armed, false))
		port->bell(port->owner);
}

bool
port_ring(struct port *port)
{
	if (atomic_exchange(&port->armed, true))
		return true;
	if (port_post_bell(port))
		return true;
	/* A loop of ours is awake, since its queue is full, and looks here after each message. */
	atomic_store(&port->unposted, true);
	if (atomic_load(&port->running))
		return true;
	atomic_store(&port->unposted, false);
	atomic_store(&port->armed, false);
	return false;
}

enum { WAKE_TIMER = 1 };

void
port_wake_in(struct port *port, uint32_t timeout_ms)
{
	if (timeout_ms == 0)
		KillTimer(port->window, WAKE_TIMER);
	else
		SetTimer(port->window, WAKE_TIMER, timeout_ms, NULL);
}

/* Registered, so that it means nothing to a stranger's window that has come to bear the number of a peer's. */
UINT
port_ring_message(void)
{
	return RegisterWindowMessageW(L"cdrpc.ring.1");
}

void
port_ring_peer(window_id window)
{
	UINT message = port_ring_message();

	/* Sent, because a sent message ends port_wait() and is taken by any loop, also by one that looks at a single window's posted
	 * messages; and a notification, because that does not wait for the receiver. */
	if (message != 0 && window_exists(window))
		SendNotifyMessageW((HWND)window, message, 0, 0);
}

cdrpc_handle
port_event(const struct port *port)
{
	return port->event;
}

void
event_set(cdrpc_handle event)
{
	SetEvent(event);
}
