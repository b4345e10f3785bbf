/*
 * The threads of one service. Each has an endpoint of its own, with a window that clients may find; whichever gets a HELLO, the one
 * with the fewest sessions answers it and owns the session. What they share is this list, and what they leave in each other's
 * mail.
 */
#ifndef CDRPC_CORE_WORKERS_H
#define CDRPC_CORE_WORKERS_H

#include "base/atomic.h"
#include "session/endpoint.h"

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

/* 'first' is of the calling thread and open already; 'make' makes the endpoints of the others, which are opened on threads of
 * their own. The limits are each endpoint's. */
cdrpc_status workers_new(struct endpoint *first, uint32_t count, const char *service,
			 cdrpc_status (*make)(void *self, struct endpoint **ret_endpoint), void *self,
			 struct workers **ret_workers);
/* Stops the other threads and waits for them. NULL is fine. */
void workers_free(struct workers *workers);

/* The endpoint of the calling thread; NULL: it has none. */
struct endpoint *workers_own(struct workers *workers);
/* Leaves mail for the least loaded one that is not busy; false if that is 'own', or there is no other. The others look after it. */
bool workers_pass_on(struct endpoint *own, struct mail *mail);
/* Leaves mail for all others but 'own', as many copies as 'copy' makes. */
void workers_tell_others(struct endpoint *own, struct mail *(*copy)(void *self), void *self);
/* Reads the endpoint's mail. */
void workers_read(struct endpoint *endpoint);
/* stop_begin() for each. Any thread. */
void workers_stop(struct workers *workers, bool at_once);
/* Waits for the other threads to end, until then at most. On that of the first. */
void workers_await(struct workers *workers, uint64_t until_us);

#endif
