/* What the files of the fake transport share. fake.h says what it is. */
#ifndef CDRPC_TESTS_FAKE_WORLD_H
#define CDRPC_TESTS_FAKE_WORLD_H

#include "fake.h"
#include "session/thread_state.h"

#define FAKE_ERROR_ACCESS_DENIED 5
#define FAKE_ERROR_NO_WINDOW 1400
#define FAKE_ERROR_TIMEOUT 1460
#define FAKE_PAGE 4096

/* What handles stand for. */
struct fake_object {
	struct fake_object *next;
	enum cdrpc_handle_kind kind;
	uint32_t refs;                  /* handles and views */
	bool signalled;                 /* of an event */
	size_t size;                    /* of a section: whole pages */
	void *memory;
	uint8_t *bytes;                 /* in it, at a multiple of 16 */
};

struct fake_handle {
	struct fake_handle *next;
	uint64_t value;
	struct fake_object *object;
};

struct fake_home {
	struct fake_home *next;
	struct fake_process visible;
	uint32_t id;
	bool alive;
	uint64_t next_value;
	struct fake_handle *handles;
	size_t views;
	uint64_t mapped;                /* bytes of them */
};

struct fake_thread {
	struct fake_thread *next;
	struct fake_home *home;
	uint32_t id;
	uint32_t active;                /* calls of it on the stack: its loop does not turn */
	bool hung;
	bool ended;                     /* the thread, not its process */
	uint64_t received;              /* messages that it has handled so far */
	struct thread_state *state;     /* NULL: no endpoint of it is open */
};

struct port {
	struct port *next;
	struct cdrpc_env env;
	void *owner;
	uint32_t (*receive)(void *owner, window_id sender, const void *bytes, size_t size);
	void (*bell)(void *owner);
	bool admit_lower;
	bool (*orphaned)(void *owner);
	char service[CDRPC_NAME_MAX + 1];
	struct fake_thread *thread;
	window_id window;
	bool window_lost;
	bool armed;
	bool quit;
	int sending;
	uint64_t wake_period_us;        /* 0: it does not wake by itself */
	uint64_t wake_us;
	cdrpc_handle event;
};

struct sender {
	struct sender *next;
	struct cdrpc_env env;
	const struct port *port;
	struct fake_thread *thread;
	struct sender_job *first;
};

struct process {
	struct process *next;
	struct cdrpc_env env;
	struct fake_home *home;         /* the process it stands for */
	struct fake_home *holder;
	window_id window;
	struct cdrpc_peer_facts facts;
	void (*ended)(void *owner);
	void *ended_owner;
};

struct fake_world {
	uint64_t now_us;                /* while the machine was awake */
	uint64_t slept_us;
	uint64_t tick_us;
	uint64_t random;
	uint32_t next_id;
	window_id next_window;
	struct fake_home *homes;
	struct fake_thread *threads;
	struct fake_thread *current;
	struct port *ports;             /* in the order of their making, like the next three */
	struct sender *senders;
	struct process *processes;
	struct fake_object *objects;
	struct fake_faults faults;
	struct fake_counts counts;
	enum fake_fate (*judge)(void *self, const struct fake_send *send);
	void *judge_self;
	void (*look)(void);
	void (*unlocked)(void);
	struct fake_turns turns[TURN_SERVE + 1];
	struct fake_starts starts;
	void (*trace)(void *self, const char *line, size_t size);
	void *trace_self;
	char left[160];
};
extern struct fake_world fake_world;

struct fake_thread *fake_thread_of(uint32_t id);
struct fake_thread *fake_thread_new(struct fake_home *home);

/* Runs what follows on 'thread', until fake_leave() is given what this returned. */
struct fake_thread *fake_visit(struct fake_thread *thread);
void fake_leave(struct fake_thread *before);

/* The process's integrity level as Windows counts it; 0: it is not known. */
uint32_t fake_rid(const struct fake_home *home);

/* The port behind a window that others can see; NULL: none. */
struct port *fake_port_find(window_id window);
/* Runs one posted thing; false: there was none. */
bool fake_step(void);

/* The process's handle of that value; NULL: none. */
struct fake_object *fake_object_of(const struct fake_home *home, uint64_t value);
/* Adds a handle, which holds a reference. */
uint64_t fake_handle_add(struct fake_home *home, struct fake_object *object);
void fake_handle_drop(struct fake_home *home, uint64_t value);

#endif
