/*
 * core/base/system.h in one process and on one real thread, for unit tests and fuzzers. Everything is deterministic: a send runs the
 * receiver at once, posted things run in a fixed order when somebody waits, and time passes only where something waits in vain.
 *
 *	fake_begin();
 *	server = fake_process();
 *	client = fake_process();
 *	fake_enter(server);             // what follows runs on the first thread of that process
 *	... cdrpc_server_start ...
 *	fake_enter(client);
 *	... cdrpc_client_connect, calls: the server runs while the client waits ...
 *	... free both, each on its own thread ...
 *	ck_assert_str_eq(fake_end(), "");
 *
 * The world is one, and global, because system.h has functions without a context.
 */
#ifndef CDRPC_TESTS_FAKE_H
#define CDRPC_TESTS_FAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/system.h"

/* What others see of a process, and may do with it. May be changed at any time. Messages from a lower level to a higher are refused as
 * by UIPI, unless the port lets them in; a process of level ANY, which is not known, is in nobody's way. */
struct fake_process {
	enum cdrpc_integrity integrity;         /* HIGH at first */
	bool same_user;                         /* true at first, like the rest */
	bool may_be_duplicated;                 /* handles may be duplicated out of it and into it, by anybody */
	bool may_be_waited_for;
	uint32_t above;                         /* how far its level is above the named one, as Windows counts; 0 at first */
};

void fake_begin(void);
/* Ends the world. "" if everything had been given back, else what is left: "1 port, 2 handles". Valid until the next fake_begin(). */
const char *fake_end(void);

/* A new process with one thread. Processes and threads stay until the end. */
uint32_t fake_process(void);
uint32_t fake_thread(uint32_t sibling);         /* another thread of the same process */
struct fake_process *fake_process_of(uint32_t thread);

/* The thread that runs what follows; the one before goes back to its message loop. */
void fake_enter(uint32_t thread);

/* Ends the process: its windows and handles are gone, who watches it is told. Its memory is not: enter it and free that. */
void fake_kill(uint32_t thread);
/* Its window vanishes while the process lives. */
void fake_lose_window(window_id window);
/* It takes no more messages, neither sent nor posted, until told otherwise. */
void fake_hang(uint32_t thread, bool hung);

/* The thread ends, and its windows with it, while its process lives. */
void fake_end_thread(uint32_t thread);

/* Runs what was posted to threads that are in their loops, and the senders' jobs, until nothing is left. */
void fake_run(void);
void fake_advance_us(uint64_t us);
/* The machine sleeps meanwhile: clock_us() goes on, awake_us() does not. */
void fake_sleep_us(uint64_t us);
/* awake_us() moves in ticks of that many microseconds from now on, 1 at first. */
void fake_tick_us(uint64_t us);

enum fake_fate {
	FAKE_DELIVER,
	FAKE_DROP,      /* the timeout passes, the receiver never sees it */
	FAKE_LOSE,      /* delivered, but the timeout passes before the answer */
	FAKE_RAISE,     /* the receiver's procedure raises before it looks at it: answered, 0 */
	FAKE_DENY       /* refused by the system: error 5 */
};
struct fake_send {
	window_id from;
	window_id to;
	const void *bytes;
	size_t size;
	uint32_t timeout_ms;
};
/* Asked before each send; may call fake_kill() and the like. NULL: everything is delivered. */
void fake_judge(enum fake_fate (*judge)(void *self, const struct fake_send *send), void *self);

/* Called in each look for sent messages: what the application does with one that is sent to a window of its own. NULL: there is none. */
void fake_looks(void (*look)(void));

/* Runs once, when any lock is dropped next: what another thread may do just then. */
void fake_once_unlocked(void (*run)(void));

#define FAKE_HUNG_US 50000

/* Functions of system.h that fail from now on, on every thread. */
struct fake_faults {
	bool ring;              /* port_ring(): the queue is full */
	bool ring_peer;
	bool random;
	bool section_new;
	bool section_map;       /* no room for a view */
	bool duplicate;         /* the system refuses although it had given the right */
	bool watch;
	bool wait;              /* waits fail, and return at once */
	bool hung_at_once;      /* a send to a thread that hangs fails after FAKE_HUNG_US, as to one that counts as hung: never without any time */
	uint32_t timer_early_us;        /* timers go off so much too early */
};
struct fake_faults *fake_faults(void);

/* How often sections have gone from process to process, and how; and what else is counted. */
struct fake_counts {
	uint32_t pushed;
	uint32_t pulled;
	uint32_t accepted;
	uint32_t taken_back;
	uint32_t searches;      /* port_find() for more than one window */
	uint32_t let_come;      /* process_let_come(), ... */
	uint32_t last_let;      /* ... and for which process last */
};
const struct fake_counts *fake_counts(void);

/* Turns of one kind, of all services. */
struct fake_turns {
	window_id holder;       /* which does not give it back; 0: it is free */
	void (*waited)(void *self);     /* called when it was waited for in vain; may be NULL */
	void *self;
	uint32_t taken;         /* and not dropped */
};
struct fake_turns *fake_turns(enum turn_kind kind);

/* Starting programs, which never comes to one that serves here. */
struct fake_starts {
	void (*waited)(void *self);     /* called when a program was waited for in vain; may be NULL */
	void *self;
	bool (*under_way)(void *self);  /* start_is_under_way(); NULL: nothing is */
	uint32_t count;         /* of attempts */
	uint64_t last_us;       /* when the last one was */
	cdrpc_status status;    /* what they come to, TIMEOUT for neither ready nor ended; 0: E_OS */
};
struct fake_starts *fake_starts(void);

/* Is given each line of the trace by endpoints that are opened from now on. NULL: there is no trace. */
void fake_trace(void (*write)(void *self, const char *line, size_t size), void *self);

/* What the process holds now. */
size_t fake_handles(uint32_t thread);
size_t fake_views(uint32_t thread);
uint64_t fake_mapped(uint32_t thread);  /* bytes of its views */

/* A handle of the current process to something of that kind, for passing it on. */
cdrpc_handle fake_handle_new(enum cdrpc_handle_kind kind);

#endif
