#include "calls/queue.h"

#include "calls/call.h"

void
queue_init(struct queue *queue)
{
	queue->first = NULL;
	queue->last = &queue->first;
}

void
queue_push(struct queue *queue, struct cdrpc_call *call)
{
	call->next = NULL;
	*queue->last = call;
	queue->last = &call->next;
	call->session->queued++;
}

struct cdrpc_call *
queue_take(struct queue *queue, bool (*wanted)(const struct cdrpc_call *call, const void *about), const void *about)
{
	struct cdrpc_call **at = &queue->first, *call;

	while (*at && !wanted(*at, about))
		at = &(*at)->next;
	call = *at;
	if (!call)
		return NULL;
	*at = call->next;
	if (!*at)
		queue->last = at;
	call->session->queued--;
	return call;
}
