/* What the files that make up a port share. */
#ifndef CDRPC_WIN32_PORT_H
#define CDRPC_WIN32_PORT_H

#include "names.h"

#include <stdbool.h>

#include <windows.h>

#include "base/atomic.h"
#include "base/system.h"

/* dwData of a frame, "cdrp". It fits into 32 bits: towards a 32-bit process the system cuts off or zeroes the others. */
#define COPYDATA_TAG 0x63647270u

/* Of a service's window. The number goes up when programs with the old and the new one can no longer understand each other's HELLO. */
#define PORT_SERVICE_CLASS L"cdrpc.service.1"

struct host;

/* Members that are not atomic belong to the owner's thread, or do not change. */
struct port {
	struct cdrpc_env env;
	void *owner;
	uint32_t (*receive)(void *owner, window_id sender, const void *bytes, size_t size);
	void (*bell)(void *owner);
	bool (*orphaned)(void *owner);
	HWND window;                    /* the library's own, message-only */
	DWORD thread;
	HANDLE event;
	UINT bell_message;
	UINT ring_message;              /* a peer's, see port_ring_peer() */
	uint32_t bell_key;              /* wParam of a bell: tells ours from those that others send or post */
	uint64_t turn_us;               /* since when bells come first, or the messages that they must not starve */
	uint32_t nudges;                /* while these do: how many are still to come at least; else 0 */
	PTP_WORK nudge;                 /* sends one; NULL until it is needed */
	uint32_t wake_ms;               /* of the timer; 0: it is not to be set */
	struct atomic_bool untimed;     /* it is to be set, and could not be */
	struct host *host;              /* NULL: none, or it was destroyed */
	struct port *host_next;         /* the next port on the same host */
	struct atomic_pointer bell_window;      /* where bells are posted: the host, or 'window' */
	struct atomic_bool armed;       /* rung, and bell() was not called yet */
	struct atomic_bool unposted;    /* rung, and no message stands for it; port_run() looks at it, and the watch */
	PTP_TIMER watch;                /* looks again at what was rung, see watch.c */
	struct atomic_bool watching;    /* it is set */
	struct atomic_bool unwatched;   /* it is not to be set any more */
	struct atomic_u32 bells;        /* answered */
	uint32_t watched_bells;         /* the watch's own: how many when it looked last */
	uint32_t send_depth;            /* sends of the owner's thread, inside one another */
	struct atomic_u32 sends;        /* beginnings and ends of the outermost: odd while there is one */
	struct atomic_bool send_bell;   /* one was posted for a send: it counts as rung when it is dispatched, and nothing waits for that */
	uint32_t watched_sends;         /* the watch's own, too: what it saw last */
	uint32_t rung_sends;            /* likewise: for which it has posted a bell */
	uint32_t again_ms;              /* likewise: how long a bell has to wait until it is posted once more */
	struct atomic_u32 waited_ms;    /* how long this one has; counted by the watch */
	bool told;                      /* of a bell that waits, the log has been told */
	struct atomic_bool running;     /* in port_run() */
	bool takes_message;             /* its loop is in PeekMessageW(), which handles sent ones; not in what those do in turn */
	uint32_t nesting;               /* window procedures of frames, inside one another */
	struct atomic_bool quit;
	bool wait_failed;               /* the last port_await() */
};

/* HWND_BROADCAST and what the system takes for it, whichever bitness the number comes from; NULL, for which there is no window. */
static inline bool
port_is_broadcast(window_id window)
{
	return window == 0 || (uint32_t)window == 0xFFFF || (uint32_t)window == UINT32_MAX;
}

/* The message by which peers ask for a bell; 0: the system has none left. */
UINT port_ring_message(void);

/* Makes a window without a title that nobody sees, which runs DefWindowProcW. 'parent': HWND_MESSAGE, or NULL: it is a top-level one. OS: the
 * log has why. */
cdrpc_status port_make_window(const struct cdrpc_env *env, const WCHAR *class_name, HWND parent, HWND *ret_window);
/* By its title others find it. */
void port_set_title(HWND window, const WCHAR *title);

/* A name of a service as a window's title. False: it is no name. */
bool port_make_title(const char *service, WCHAR title[CDRPC_NAME_MAX + 1]);

/* The message-only windows of that class whose title is the service's name; as port_find(). */
size_t port_find_class(const struct port *port, const WCHAR *class_name, const char *service, window_id *ret_windows, size_t max);

/* The port behind a window of this thread; NULL: it is no port's, or another thread's. */
struct port *port_of_window(HWND window);

/* Posts the bell to where it belongs now. Any thread. */
bool port_post_bell(struct port *port);

/* A bell arrived: calls bell() if it was rung, or sees to it that it is called soon. Touches the port no more, for bell() may free it. */
void port_answer_bell(struct port *port);

/* Touch and pen, which the headers for Windows 7 lack, are input as well. */
#define PORT_TOUCH_AND_PEN 0x1800u

/*
 * Waits for one of the handles and handles sent messages meanwhile. Returns which; 'count': the time is over, or it cannot be waited for.
 * Looks for messages once a second at least: on Windows a thread that does not, and waits for sent ones alone, counts as hung after 5 s.
 */
DWORD port_wait_for(DWORD count, const HANDLE *handles, uint32_t timeout_ms);
/* The same for one handle, however long it takes. */
void port_wait_out(HANDLE handle);

/* There is something to look at again. Any thread; seldom asks the system for anything. */
void port_watch(struct port *port);
cdrpc_status port_watch_new(struct port *port);
void port_watch_free(struct port *port);
/* On the owner's thread, inside of a message: tells the log of a bell that has waited for seconds. */
void port_tell_late(struct port *port);

/* Somebody asked for a bell by a message: a peer, or what was to bring back one that was put off. */
void port_nudged(struct port *port);
void port_nudge_free(struct port *port);

/*
 * Lets 'window', which must be this thread's, run the port's bell. Many ports may share a window, and each may leave at any time.
 * CDRPC_E_ARGUMENT: no window, or another process's. CDRPC_E_WRONG_THREAD: another thread's.
 */
cdrpc_status host_attach(HWND window, struct port *port);
void host_detach(struct port *port);

#endif
