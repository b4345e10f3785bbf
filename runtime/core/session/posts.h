/*
 * Functions that other threads have a client's or a server's thread run: first in, first out, from its message loop.
 *
 * They belong to whom they were posted by way of, a client or the server, and what is left of them is run with CLOSED when that is freed.
 */
#ifndef CDRPC_CORE_POSTS_H
#define CDRPC_CORE_POSTS_H

#include "base/names.h"

#include <cdrpc/cdrpc.h>

#include "base/atomic.h"

struct cdrpc_client;
struct endpoint;

struct post;

/* Changed under the endpoint's lock. */
struct posts {
	struct post *first;
	struct post *last;
	struct atomic_u32 count;
};

/* Any thread. 'client': NULL for the server's. BUSY: limits.queue_max of the endpoint's wait; CLOSED: it was freed; STATE: not started. */
cdrpc_status posts_add(struct endpoint *endpoint, const struct cdrpc_client *client, cdrpc_post *fn, void *arg);
/* Those that wait now, from the bell. The endpoint may be shut after it. */
void posts_run(struct endpoint *endpoint);
/* Ends those of one that is freed, after which none is added: of a client that has 'freed' set, of a server (NULL) whose endpoint was shut. */
void posts_close(struct endpoint *endpoint, const struct cdrpc_client *client);

#endif
