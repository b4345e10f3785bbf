/*
 * What the threads of one service leave for each other. Each has an endpoint of its own, with a window that clients may find; whichever
 * gets a HELLO, the one with the fewest sessions answers it and owns the session.
 */
#ifndef CDRPC_CORE_MAIL_H
#define CDRPC_CORE_MAIL_H

#include "base/names.h"
#include "base/atomic.h"
#include "base/system.h"

struct endpoint;
struct thread_state;

#define WORKERS_MAX 64

struct mail {
	struct mail *next;
	void (*read)(struct endpoint *endpoint, struct mail *mail);     /* on the thread of the endpoint; frees the mail */
	uint64_t anyones_us;            /* from when on the others may read it, too; 0: never */
};

struct worker {
	struct workers *workers;
	struct endpoint *endpoint;
	struct thread *thread;          /* NULL: the one that started the server */
	const char *service;
	bool up;                        /* under the lock: it has a port */
	bool absent;                    /* under the lock: it did not come for its mail, and has not come since */
	struct mail *mail;              /* under the lock, the latest first */
	struct atomic_u32 sessions;
};

struct workers {
	struct cdrpc_env env;
	struct lock lock;
	uint32_t count;
	struct atomic_u32 passed_on;    /* mail that others may read */
	struct worker each[WORKERS_MAX];
};

/* Leaves mail for the least loaded one that is not busy; false if that is 'own', or there is no other. The others look after it. */
bool mail_pass_on(struct endpoint *own, struct mail *mail);
/* Leaves mail for all others but 'own', as many copies as 'copy' makes. */
void mail_tell_others(struct endpoint *own, struct mail *(*copy)(void *self), void *self);
/* Reads the endpoint's mail. */
void mail_read(struct endpoint *endpoint);
/*
 * In a wait of this thread, which answers no bell: reads what nobody has come for, nor those who would answer it sooner. Returns how long the
 * wait may take without that being looked at again, 'wait_ms' at most.
 */
uint32_t mail_read_left(const struct thread_state *shared, uint32_t wait_ms);

#endif
