/*
 * The bell: a posted message that stands for "something is to be done". It carries nothing and proves nothing. A peer, which does not
 * know its key, asks for it by a message of its own; so may anybody, and all that comes of it is one bell more.
 */
#include "port.h"

bool
port_post_bell(struct port *port)
{
	HWND window = atomic_pointer_load(&port->bell_window);

	/* lParam tells host.c whose bell it is. */
	if (PostMessageW(window, port->bell_message, port->bell_key, (LPARAM)port->window))
		return true;
	/* A host that has been destroyed since. */
	return window != port->window && PostMessageW(port->window, port->bell_message, port->bell_key, (LPARAM)port->window);
}

/*
 * The system hands out posted messages before input, paint and timers, however long those have waited. So a bell that finds such
 * messages is put off until some of them have gone. What brings it back is a nudge, sent by a thread of the system's pool: any loop
 * handles sent messages, and each time that it looks for its next message. A timer would not do: it comes last, and not at all where
 * the application always has something to paint.
 */
#define TURN_US 4000            /* for so long bells come first, and then, if need be, the others */

enum { NUDGES = 4 };            /* so many at least: one that comes at once may have let nobody go */

/* Makes what is in the queue "no longer new" for a wait without MWMO_INPUTAVAILABLE, as the look for a message does that led here. */
static bool
others_wait(void)
{
	static const UINT known = QS_INPUT | QS_HOTKEY | QS_PAINT | QS_TIMER;
	static struct atomic_bool refused;
	DWORD status = 0;

	if (!atomic_bool_load(&refused)) {
		SetLastError(0);
		status = GetQueueStatus(known | PORT_TOUCH_AND_PEN);
		if (status != 0 || GetLastError() != ERROR_INVALID_FLAGS)
			return HIWORD(status) != 0;
		/* The system does not know of touch and pen. */
		atomic_bool_store(&refused, true);
	}
	return HIWORD(GetQueueStatus(known)) != 0;
}

static void CALLBACK
nudge(PTP_CALLBACK_INSTANCE instance, void *self, PTP_WORK work)
{
	const struct port *port = self;

	(void)instance;
	(void)work;
	SendNotifyMessageW(port->window, port->ring_message, 0, 0);
}

/* Whether the bell is put off. */
static bool
gives_way(struct port *port)
{
	uint64_t now = clock_us();

	if (now - port->turn_us < TURN_US)
		return false;
	port->turn_us = now;
	if (!others_wait())
		return false;
	if (!port->nudge)
		port->nudge = CreateThreadpoolWork(nudge, port, NULL);
	if (!port->nudge)
		return false;
	port->nudges = NUDGES;
	SubmitThreadpoolWork(port->nudge);
	return true;
}

static void
come_back(struct port *port)
{
	port->nudges = 0;
	port->turn_us = clock_us();
	if (port_post_bell(port))
		return;
	/* The queue is full: the watch has it looked at again. */
	atomic_bool_store(&port->unposted, true);
	port_watch(port);
}

void
port_nudged(struct port *port)
{
	port_tell_late(port);
	if (port->nudges == 0) {
		port_ring(port);
	} else if (others_wait() && (port->nudges > 1 || clock_us() - port->turn_us < TURN_US)) {
		port->nudges -= port->nudges > 1;
		SubmitThreadpoolWork(port->nudge);
	} else {
		come_back(port);
	}
}

void
port_nudge_free(struct port *port)
{
	if (!port->nudge)
		return;
	WaitForThreadpoolWorkCallbacks(port->nudge, TRUE);
	CloseThreadpoolWork(port->nudge);
}

enum { UNTIMED_MS = 250 };      /* a timer that could not be set goes off as often as the watch looks, when it can */

void
port_answer_bell(struct port *port)
{
	/* A bell that was posted is dispatched while our loop still looks for its next message: by the loop of somebody whose message it
	 * handles there. What is rung from now on is posted for that one. */
	port->takes_message = false;
	if (atomic_bool_load(&port->send_bell) && atomic_bool_exchange(&port->send_bell, false))
		atomic_bool_store(&port->armed, true);
	if (!atomic_bool_load(&port->armed) || (port->nudges == 0 && gives_way(port)))
		return;
	port->nudges = 0;
	if (!atomic_bool_exchange(&port->armed, false))
		return;
	atomic_u32_add(&port->bells, 1);
	/* How much of its time is over is not known here. */
	if (atomic_bool_load(&port->untimed))
		port_wake_in(port, port->wake_ms < UNTIMED_MS ? port->wake_ms : UNTIMED_MS);
	port->bell(port->owner);
}

bool
port_ring(struct port *port)
{
	/* What the loop was to look at may have to be done inside of a message by now, in a loop of the application's. */
	if (atomic_bool_exchange(&port->armed, true) && !atomic_bool_exchange(&port->unposted, false)) {
		/* A request, for instance, whose sender need not wait for the nudge. */
		if (port_on_thread(port) && port->nudges > 0 && !others_wait())
			come_back(port);
		return true;
	}
	if (port_post_bell(port)) {
		port_watch(port);
		return true;
	}
	/* The queue is full. A loop of ours is awake then, and looks here after each message; the watch tries to post it meanwhile. */
	atomic_bool_store(&port->unposted, true);
	port_watch(port);
	return atomic_bool_load(&port->running);
}

bool
port_ring_after(struct port *port)
{
	/* Our own loop handles this message, and looks when it has been handled. */
	if (!port->takes_message || port->nesting != 1 || port->host || port->nudges > 0)
		return port_ring(port);
	if (!atomic_bool_exchange(&port->armed, true)) {
		atomic_bool_store(&port->unposted, true);
		/* What else is sent may be handled in this look, too, and run a loop of its own. */
		port_watch(port);
	}
	return true;
}

enum { WAKE_TIMER = 1 };

void
port_wake_in(struct port *port, uint32_t timeout_ms)
{
	/* A loop that gets the messages of the application's window alone is to get this one as well. */
	HWND window = atomic_pointer_load(&port->bell_window);
	UINT_PTR timer = port->host ? (UINT_PTR)port : WAKE_TIMER;

	port->wake_ms = timeout_ms;
	if (timeout_ms == 0)
		KillTimer(window, timer);
	/* The system has no room for one: the watch rings until it has. */
	atomic_bool_store(&port->untimed, timeout_ms != 0 && SetTimer(window, timer, timeout_ms, NULL) == 0);
	if (atomic_bool_load(&port->untimed))
		port_watch(port);
}

/* Registered, so that it means nothing to a stranger's window that has come to bear the number of a peer's. */
UINT
port_ring_message(void)
{
	/* The system says the same each time, and has to look for it: too dear for each event. */
	static struct atomic_u32 known;
	UINT message = atomic_u32_load(&known);

	if (message == 0) {
		message = RegisterWindowMessageW(L"cdrpc.ring.1");
		atomic_u32_store(&known, message);
	}
	return message;
}

bool
port_ring_peer(window_id window)
{
	UINT message = port_ring_message();

	/* Sent, because a sent message ends port_wait() and is taken by any loop, also by one that looks at a single window's posted
	 * messages; and a notification, because that does not wait for the receiver. */
	return message != 0 && !port_is_broadcast(window) && SendNotifyMessageW((HWND)window, message, 0, 0);
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
