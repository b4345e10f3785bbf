/*
 * What the core asks of the system: windows that carry frames, processes at the other end, sections, a clock. win32/ implements
 * it with the real thing; tests/support has a fake one for unit tests and fuzzers. The core calls nothing else of the system.
 *
 * Threads: a port belongs to the thread that made it; functions that any thread may call say so.
 */
#ifndef CDRPC_CORE_SYSTEM_H
#define CDRPC_CORE_SYSTEM_H

#include "base/names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cdrpc/cdrpc.h>
#include <cdrpc/generated.h>

typedef uintptr_t window_id;    /* HWND; 0 is none */

/* ---- ports: windows that frames travel between ---- */

struct port;

struct port_options {
	const struct cdrpc_env *env;
	const char *service;            /* the name under which port_find() finds it; NULL: not to be found */
	bool admit_lower;               /* processes of a lower integrity level may send to it (UIPI) */
	cdrpc_window host;              /* run the bell from this window's message loop; NULL: from the port's own */
	void *owner;
	/* A frame arrived, claimed to be from 'sender'. The bytes are valid until it returns what the sender gets to see. */
	uint32_t (*receive)(void *owner, window_id sender, const void *bytes, size_t size);
	/* Something that port_ring() announced is to be done now, from a posted message. It may free the port. Where the application
	 * runs a loop inside a sent message, that message is still under way. */
	void (*bell)(void *owner);
	/* The thread has ended with the port still there and rung, so that bell() is not called any more. Called on a thread of the system's
	 * for which port_free() waits: it hands on what it has to do. False: it is to be called again. NULL: not told. */
	bool (*orphaned)(void *owner);
};

cdrpc_status port_new(const struct port_options *options, struct port **ret_port);
void port_free(struct port *port);
window_id port_window(const struct port *port);
bool port_on_thread(const struct port *port);           /* any thread: whether it is the port's */
bool port_is_orphan(const struct port *port);           /* any thread: the port's has ended */

/* Calls bell() soon from the message loop. One ring is outstanding at most. Any thread. False: the queue is full now, so that it may take
 * a moment longer; who asked for something may be refused it. */
bool port_ring(struct port *port);

/* The same, inside receive(), when nothing but its return comes after it: where port_run() handles the message, nothing is posted. */
bool port_ring_after(struct port *port);

/* Calls bell() from the message loop when that time is over, and again each time it is over once more, until something else is
 * asked for. 0: not any more. Where the system has no timer left, from time to time until it has. */
void port_wake_in(struct port *port, uint32_t timeout_ms);

/* Up to 'max' windows of a service, or, NULL, of all services, in no particular order, whoever made them. One takes much less time than all
 * of them. 'port' is any of the calling thread; with NULL it takes longer. */
size_t port_find(const struct port *port, const char *service, window_id *ret_windows, size_t max);
/* The text by which port_find() finds it, which may be no name; does not wait for its thread. False: it has gone, or that is too long. */
bool window_service(window_id window, char ret_name[CDRPC_NAME_MAX + 1]);

/* What a send came to. answered: the receiver's window procedure returned 'result', or the system says so and delivered nothing; then
 * the result is 0, and os_error may say why. */
struct send_outcome {
	bool answered;
	uint32_t result;
	uint32_t os_error;
};

/*
 * Sends a frame and waits for the receiver to take it, at most 'timeout_ms', and if it counts as hung a quarter of a second; sent
 * messages to this thread are handled meanwhile.
 * Any thread: 'port' names the sender only.
 */
void port_send(const struct port *port, window_id to, const void *bytes, size_t size, uint32_t timeout_ms,
	       struct send_outcome *ret_outcome);
/* The same, and waits for one that counts as hung as for any other. */
void port_send_to_hung(const struct port *port, window_id to, const void *bytes, size_t size, uint32_t timeout_ms,
		       struct send_outcome *ret_outcome);

struct process;

/*
 * Waits until a sent message has been handled, 'peer' (may be NULL) has ended, or 'timeout_ms', or a second, is over; handles sent
 * messages and leaves posted ones alone.
 */
void port_wait(struct port *port, struct process *peer, uint32_t timeout_ms);
/* Its two parts. The wait says whether it was the port's event that ended it: what that stands for may leave nothing to look for. */
bool port_await(struct port *port, struct process *peer, uint32_t timeout_ms);
void port_look(struct port *port);
/*
 * Around a send in which messages that are not the port's may be handled, inside one another: if it takes longer than a moment, the bell
 * rings once, for a loop that such a message may run in it.
 */
void port_sending(struct port *port, bool begins);
/* False: the last wait failed, and so would the next, at once; the log has why. */
bool port_can_wait(const struct port *port);

/* The port's own auto-reset event, which ends port_wait() too. Peers are given it to set, and can do nothing else with it; it proves
 * nothing. The port's to close. */
cdrpc_handle port_event(const struct port *port);
void event_set(cdrpc_handle event);             /* any thread */
/* Rings the bell of another endpoint's port, without waiting. False: the system has refused; else nothing tells whether it arrived. Any
 * thread. */
bool port_ring_peer(window_id window);

/* The message loop of a program that has none: dispatches everything, calls bell() whenever port_ring() was called, until
 * port_quit() or WM_QUIT, which it posts again for the loops around it. */
cdrpc_status port_run(struct port *port);
void port_quit(struct port *port);      /* any thread */
/* The same loop, inside of port_run(), until port_quit(), for 'timeout_ms' at most. WM_QUIT is for the loops around it. */
void port_run_for(struct port *port, uint32_t timeout_ms);

/* Its thread's id; 0: there is no such window. ret_process_id: its process's, or 0; may be NULL. */
uint32_t window_thread(window_id window, uint32_t *ret_process_id);
bool window_is_hung(window_id window);

/* ---- processes at the other end ---- */

/* Holds the process that owns 'window', with as many rights of those that a session needs as it is given; none will do.
 * PEER_GONE: there is no such window. */
cdrpc_status process_open(const struct cdrpc_env *env, window_id window, struct process **ret_process);
void process_close(struct process *process);    /* NULL is fine; any thread */
const struct cdrpc_peer_facts *process_facts(const struct process *process);
/* Of the calling thread and its process: ids and integrity level, by name and by number; the others are zero. */
void process_own_facts(struct cdrpc_peer_facts *ret_facts);
bool process_is_alive(const struct process *process);
/* Waits for its end; false if it still lives. After a failed send, death may show a moment later. */
bool process_ends_within(const struct process *process, uint32_t timeout_ms);
bool process_owns(const struct process *process, window_id window);
bool process_may_duplicate(const struct process *process);      /* we may duplicate handles out of it and into it */
/* Lets the process bring its windows to the front, if this one may itself: where the user has just started it, for instance. */
void process_let_come(uint32_t process_id);
/* Calls ended(owner) once, on a thread of the system's, when the process ends. NOT_AVAILABLE: we may not wait for it. STATE: it is
 * watched already. Unwatching, and closing, is not for ended() itself. */
cdrpc_status process_watch(struct process *process, void (*ended)(void *owner), void *owner);
void process_unwatch(struct process *process);  /* after it returns, ended() is not running and will not run */

/* ---- handles that travel ---- */

/*
 * Rights are CDRPC_RIGHT_*, and the other side gets no more than the system's least set for them. A value is what travels.
 * E_NOT_AVAILABLE: we may not duplicate for this peer. E_ARGUMENT: 'handle' is not of that kind, or lacks the rights.
 */
cdrpc_status handle_push(cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights, struct process *peer,
			 uint64_t *ret_value);
/* Why it was E_ARGUMENT, in words: "a handle of another kind". */
const char *handle_fault(cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights);
/* Duplicates the peer's handle, which stays the peer's. E_PROTOCOL: no plain value, no such handle, or of another kind. */
cdrpc_status handle_pull(struct process *peer, uint64_t value, enum cdrpc_handle_kind kind, uint32_t rights,
			 cdrpc_handle *ret_handle);
/* Checks that a value which a believed peer has put into this process is of that kind and has these rights. E_PROTOCOL: it is not, and
 * not ours to close. */
cdrpc_status handle_accept(uint64_t value, enum cdrpc_handle_kind kind, uint32_t rights, cdrpc_handle *ret_handle);
/* A copy of our own with just these rights, for the peer to pull. E_ARGUMENT as handle_push(). */
cdrpc_status handle_copy(const struct cdrpc_env *env, cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights,
			 cdrpc_handle *ret_copy);
/* Closes in the peer what handle_push() gave it, when the peer has provably not touched it. */
void handle_take_back(struct process *peer, uint64_t value);
void handle_close(cdrpc_handle handle);         /* NULL is fine; any thread */

/* ---- sections ---- */

struct section {
	cdrpc_handle handle;
	uint8_t *view;
	size_t size;                    /* of the view, as asked for; the system rounds up to pages */
};

/* Anonymous, committed, zeroed, mapped for reading and writing. Whoever is given a handle of it can get no more access than that has. */
cdrpc_status section_new(const struct cdrpc_env *env, size_t size, struct section *ret_section);
/* Maps a section whose handle has travelled, after checking that it is committed memory of at least 'size' bytes. On success the
 * handle is *ret_section's, on failure still the caller's. */
cdrpc_status section_map(const struct cdrpc_env *env, cdrpc_handle handle, size_t size, bool writable,
			 struct section *ret_section);
/* Unmaps it, and leaves the handle open. */
void section_unmap(struct section *section);
/* Unmaps and closes; an empty one is fine, and so is one whose handle was set to NULL because it is not ours to close. */
void section_done(struct section *section);
/* Gives the peer a handle of its own, for reading only. */
cdrpc_status section_push(const struct section *section, struct process *peer, uint64_t *ret_value);
/* Closes in the peer what section_push() gave it, when the peer has provably not touched it. */
void section_take_back(struct process *peer, uint64_t value);
/* Duplicates the peer's handle 'value', which stays the peer's, and maps the first 'part' bytes for reading, no more of the section than
 * the system's rounding adds. The value is checked to be no pseudo-handle, the object to be a committed section of at least 'size'
 * bytes; 'part' is 1 to 'size'. */
cdrpc_status section_pull(const struct cdrpc_env *env, struct process *peer, uint64_t value, uint64_t size, size_t part,
			  struct section *ret_section);
/* The same with a handle that the peer has put into this process. On failure it is not closed: it may be an unrelated handle of ours.
 * For the same reason, look at what is in it before section_done() closes it. */
cdrpc_status section_accept(const struct cdrpc_env *env, uint64_t value, uint64_t size, size_t part, struct section *ret_section);

/* ---- a thread that sends, so that the owner's thread never waits for a peer ---- */

struct sender;
struct sender_job {
	struct sender_job *next;
	window_id to;
	const void *bytes;
	size_t size;
	uint32_t timeout_ms;
	uint64_t posted_us;             /* who posts it writes down when */
	bool last;                      /* after all that are not */
	bool (*wanted)(const struct sender_job *job);   /* asked just before it is sent; NULL: it is. If not, it is not answered */
	void (*done)(struct sender_job *job, const struct send_outcome *outcome);       /* on the sender's thread; frees the job */
};
cdrpc_status sender_new(const struct cdrpc_env *env, const struct port *port, struct sender **ret_sender);
void sender_post(struct sender *sender, struct sender_job *job);        /* any thread */
/* Waits for the job under way, and handles sent messages meanwhile; the others are done with answered = false. */
void sender_free(struct sender *sender);

/* ---- threads ---- */

struct thread;
/* Runs prepare(self) on a thread of its own, waits for its status, and if that is OK goes on with run(self) there. */
cdrpc_status thread_start(const struct cdrpc_env *env, cdrpc_status (*prepare)(void *self), void (*run)(void *self),
			  void *self, struct thread **ret_thread);
void thread_join(struct thread *thread);        /* handles sent messages meanwhile; NULL is fine */
void thread_await(struct thread *thread, uint32_t timeout_ms);          /* until it has ended; likewise */

/* Runs run(self) on a thread of the system's, and keeps the module that holds the library loaded until that has returned. False: it is not
 * to be had. */
bool thread_run_elsewhere(void (*run)(void *self), void *self);

/* ---- turns: of processes that would do the same at the same time, one does ---- */

enum turn_kind {
	TURN_START,             /* to start the service's program */
	TURN_SERVE              /* to see that nobody serves under the service's name, and to begin to */
};

struct turn;
/*
 * Whoever has the turn has a window that says so while it has it. Waits for the turn, and handles sent messages meanwhile. A thread that
 * has it gets it once more. TIMEOUT: somebody else has it; anything else: it is not to be had.
 */
cdrpc_status turn_take(const struct cdrpc_env *env, enum turn_kind kind, const char *service, uint32_t timeout_ms, struct turn **ret_turn);
void turn_drop(struct turn *turn);      /* NULL is fine; on the thread that took it */
/* Up to 'max' windows that say so, as port_find(). */
size_t turn_find(const struct port *port, enum turn_kind kind, const char *service, window_id *ret_windows, size_t max);

/* ---- starting a server ---- */

struct program;
/*
 * Starts the service's program, whose full path 'image' is. It inherits no handles but what it says with that it is ready, and neither a
 * console nor standard handles. ACCESS: it needs elevation.
 */
cdrpc_status start_program(const struct cdrpc_env *env, const char *service, const cdrpc_wchar *image, const cdrpc_wchar *arguments,
			   struct program **ret_program);
/* Waits until the program says that it is ready, and handles sent messages meanwhile. PEER_GONE: it ended before, with exit code 0;
 * PEER_DIED: with another; TIMEOUT: neither yet. */
cdrpc_status start_program_await(struct program *program, uint32_t timeout_ms);
void start_program_leave(struct program *program);      /* which goes on; NULL is fine */
/* Whether a program that somebody has started for the service lives and is not ready. One of another user, or of a lower level than 'own',
 * does not count, nor does one that we may not look at. Asked before the look for the server: of one that is ready by then, that tells. */
bool start_is_under_way(const struct cdrpc_env *env, const struct cdrpc_peer_facts *own, const char *service);

/* What a program that was started says with that it is ready; zeros: nobody is to be told. */
struct start_ready {
	cdrpc_handle event;
	cdrpc_handle mark;      /* as long as it has this one, it is under way */
};
/* Whether it is for this process to say so, and to whom: to its parent, if that is known to be of no lower integrity level. No process
 * that it starts inherits that. */
struct start_ready start_take_ready(void);
/* Says so, or that it never will be. Consumes what 'ready' holds; zeros are fine. */
void start_say_ready(struct start_ready *ready);
void start_give_up(struct start_ready *ready);

/* ---- the end of the user's session ---- */

struct logoff;
/*
 * Hears of logoff and shutdown, by a hidden top-level window of this thread. 'ends' is called inside of the message that says so: when it
 * has returned the system may end the process.
 */
cdrpc_status logoff_new(const struct cdrpc_env *env, void (*ends)(void *self), void *self, struct logoff **ret_logoff);
void logoff_free(struct logoff *logoff);        /* NULL is fine */

/* ---- the log ---- */

/* To the file that CDRPC_LOG names, if it names one and, as for the trace, this process may go by that. Any thread. */
void log_to_file(enum cdrpc_log_level level, const char *line);
/* To a debugger, if there is one. Any thread. */
void log_to_debugger(const char *line);

/* ---- the trace's file ---- */

struct trace_file;
/* The file that CDRPC_TRACE names, for appending; NULL if it names none, or, which is logged, it cannot be opened or this process is of
 * level High or above and its parent not known to be of none lower. */
struct trace_file *trace_file_open(const struct cdrpc_env *env);
void trace_file_write(struct trace_file *file, const char *line, size_t size);  /* as a whole; any thread */
void trace_file_close(struct trace_file *file);         /* NULL is fine */

/* ---- small things ---- */

/* For what is measured in less than a tick, and for traces. Monotonic; it runs on while the machine sleeps. Any thread. */
uint64_t clock_us(void);
/* For deadlines, see deadline.h. Monotonic, and cheaper; it stands still while the machine sleeps, and moves in ticks of up to 16 ms. */
uint64_t awake_us(void);
uint32_t thread_own_id(void);
void thread_yield(void);        /* lets others run that could, on this processor */
cdrpc_status random_fill(void *ret_bytes, size_t size); /* from the system's secure source; any thread */

struct lock {
	union {
		void *word;
		unsigned char space[64];
	} of;
};
void lock_init(struct lock *lock);
void lock_done(struct lock *lock);
void lock_take(struct lock *lock);
void lock_drop(struct lock *lock);

#endif
