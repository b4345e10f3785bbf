/*
 * A second look at what was rung. A bell is a posted message, and that need not come: the queue may be full, a loop may throw it away or
 * get the messages of some windows only, and our own loop, for which nothing is posted, may be inside of another loop by now. So a timer
 * of the system's pool looks now and then whether what was rung has been answered, and posts it once more if it has not. It also rings
 * in place of a window's timer that could not be set, and once in a call's send that lasts. While nothing is rung or sent it is not set, and
 * while bells come and are answered it costs nothing but itself: four looks a second.
 */
#include "port.h"

#include "base/env.h"
#include "os_error.h"
#include "session/thread_state.h"

enum {
	LOOK_MS = 250,
	AGAIN_MS = 500,                 /* a bell that has waited for so long is posted once more, then each time that doubles, ... */
	AGAIN_MOST_MS = 64000,          /* ... and by so much at last: it may be in the queue all the time, which is not to be filled */
	TOLD_MS = 3000                  /* such a bell is worth a line in the log */
};

static void
set(struct port *port)
{
	/* From now on, in units of 100 ns. */
	ULARGE_INTEGER due = { .QuadPart = (ULONGLONG)(-(LONGLONG)LOOK_MS * 10000) };
	FILETIME time = { due.LowPart, due.HighPart };

	if (!atomic_bool_load(&port->unwatched))
		SetThreadpoolTimer(port->watch, &time, 0, LOOK_MS / 5);
}

void
port_watch(struct port *port)
{
	if (!atomic_bool_load(&port->watching) && !atomic_bool_exchange(&port->watching, true))
		set(port);
}

void
port_sending(struct port *port, bool begins)
{
	if (begins ? port->send_depth++ > 0 : --port->send_depth > 0)
		return;
	atomic_u32_add(&port->sends, 1);
	if (begins)
		port_watch(port);
}

/* True: there is nothing to be seen of sends at the next look. */
static bool
look_at_sends(struct port *port)
{
	uint32_t sends = atomic_u32_load(&port->sends);
	bool same = sends == port->watched_sends, under_way = sends % 2 != 0;

	port->watched_sends = sends;
	if (!same || !under_way)
		return same;
	/* Messages of the application's are handled in it, and one may run a loop, which only posted messages reach. A thread without any
	 * loop leaves it in its queue, where there is never more than one. */
	if (port->rung_sends != sends && !atomic_bool_exchange(&port->send_bell, true) && !port_post_bell(port)) {
		atomic_bool_store(&port->send_bell, false);
		return false;
	}
	port->rung_sends = sends;
	return true;
}

static void
post_again(struct port *port)
{
	uint32_t waited_ms = atomic_u32_load(&port->waited_ms);
	bool unposted = atomic_bool_exchange(&port->unposted, false);
	bool late = waited_ms >= port->again_ms;

	if ((unposted || late) && !port_post_bell(port))
		atomic_bool_store(&port->unposted, true);
	if (!late)
		return;
	port->again_ms += port->again_ms < AGAIN_MOST_MS ? port->again_ms : AGAIN_MOST_MS;
	/* Whether its loop leaves the bell alone or the thread is busy shows in whether this is handled. */
	if (waited_ms >= TOLD_MS)
		SendNotifyMessageW(port->window, port->ring_message, 0, 0);
}

static void CALLBACK
look_at_ports(PTP_CALLBACK_INSTANCE instance, void *self, PTP_TIMER timer)
{
	struct port *port = self;
	uint32_t bells = atomic_u32_load(&port->bells);
	bool same = bells == port->watched_bells, no_sends;

	(void)instance;
	(void)timer;
	port->watched_bells = bells;
	if (atomic_bool_load(&port->untimed))
		port_ring(port);
	no_sends = look_at_sends(port);
	if (!same || !atomic_bool_load(&port->armed)) {
		atomic_u32_store(&port->waited_ms, 0);
		port->again_ms = AGAIN_MS;
	} else {
		atomic_u32_add(&port->waited_ms, LOOK_MS);
	}
	if (atomic_bool_load(&port->armed)) {
		post_again(port);
		/* Whoever leaves more to be done sets the watch again, or that is seen by orphaned(). */
		if (port_is_orphan(port)) {
			atomic_bool_store(&port->watching, false);
			if (!port->orphaned || port->orphaned(port->owner) || atomic_bool_exchange(&port->watching, true))
				return;
		}
	} else if (same && no_sends) {
		/* Whoever rings or sends just now either sees this, or is seen below. */
		atomic_bool_store(&port->watching, false);
		if ((!atomic_bool_load(&port->armed) && atomic_u32_load(&port->sends) == port->watched_sends) ||
		    atomic_bool_exchange(&port->watching, true))
			return;
	}
	set(port);
}

/* In a wait of ours, during which nothing posted is dispatched. */
static bool
thread_waits(void)
{
	struct thread_state *state = thread_state_take();
	bool waits = state && state->waiting > 0;

	if (state)
		thread_state_drop(state);
	return waits;
}

void
port_tell_late(struct port *port)
{
	uint32_t waited_ms = atomic_u32_load(&port->waited_ms);

	if (!atomic_bool_load(&port->armed) || waited_ms < TOLD_MS) {
		port->told = false;
	} else if (!port->told && !thread_waits()) {
		port->told = true;
		env_log(&port->env, CDRPC_LOG_WARNING, "work has waited for %u ms: thread %lu handles sent messages, but has not dispatched message 0x%04x, which "
			"is posted to window %p. A message loop has to get the messages of all windows, and to dispatch all of them",
			(unsigned)waited_ms, (unsigned long)port->thread, port->bell_message, atomic_pointer_load(&port->bell_window));
	}
}

cdrpc_status
port_watch_new(struct port *port)
{
	port->again_ms = AGAIN_MS;
	port->watch = CreateThreadpoolTimer(look_at_ports, port, NULL);
	return port->watch ? CDRPC_OK : os_error(&port->env, "CreateThreadpoolTimer", GetLastError());
}

void
port_watch_free(struct port *port)
{
	int i;

	if (!port->watch)
		return;
	atomic_bool_store(&port->unwatched, true);
	/* Twice: a look that was under way the first time may have set it again. */
	for (i = 0; i < 2; i++) {
		SetThreadpoolTimer(port->watch, NULL, 0, 0);
		WaitForThreadpoolTimerCallbacks(port->watch, TRUE);
	}
	CloseThreadpoolTimer(port->watch);
}
