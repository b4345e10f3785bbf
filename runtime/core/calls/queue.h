/* The calls that an endpoint has accepted and not yet run, in the order of their arrival. The owner's thread only. */
#ifndef CDRPC_CORE_QUEUE_H
#define CDRPC_CORE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

struct cdrpc_call;

struct queue {
	struct cdrpc_call *first;
	struct cdrpc_call **last;
};

void queue_init(struct queue *queue);
void queue_push(struct queue *queue, struct cdrpc_call *call);
/* Takes the first call that is 'wanted'; NULL when there is none. */
struct cdrpc_call *queue_take(struct queue *queue, bool (*wanted)(const struct cdrpc_call *call, const void *about),
			      const void *about);

#endif
