#include "loopback_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

cdrpc_status
cdrpc_server_add_generated(struct cdrpc_server *server, uint32_t generated, const struct cdrpc_interface *iface,
			   cdrpc_skeleton *const *skeletons, const void *handlers, void *self)
{
	struct service *service = server->loop->services;

	assert(generated == CDRPC_GENERATED);
	while (service->iface)
		service++;
	*service = (struct service){iface, skeletons, handlers, self};
	return CDRPC_OK;
}

void
cdrpc_call_inputs(struct cdrpc_reader *r, struct cdrpc_call *call)
{
	message_read(call->request, r, call->arena);
}

cdrpc_status
cdrpc_call_inputs_end(struct cdrpc_reader *r)
{
	return cdrpc_reader_end(r);
}

void
cdrpc_answer_begin(struct cdrpc_writer *w, struct cdrpc_call *call, const struct cdrpc_interface *iface, uint32_t index)
{
	assert(iface == call->iface && index == call->index);
	loopback_begin(w, call->loop, call->iface, call->index, call);
}

cdrpc_status
cdrpc_answer_send(struct cdrpc_writer *w)
{
	struct writing writing;
	struct message reply;
	cdrpc_status status = loopback_end(w, &writing, &reply);

	if (status != CDRPC_OK)
		return status;
	message_done(&writing.call->reply);
	writing.call->reply = reply;
	writing.call->answered = true;
	return CDRPC_OK;
}

void
cdrpc_event_begin(struct cdrpc_writer *w, struct cdrpc_server *server, struct cdrpc_peer *to,
		  const struct cdrpc_interface *iface, uint32_t index)
{
	(void)to;
	loopback_begin(w, server->loop, iface, index, NULL);
}

static void
hear(const struct writing *writing, const struct message *message)
{
	struct cdrpc_arena *arena = cdrpc_arena_new(NULL, LOOPBACK_DECODE_MAX);
	const struct listener *listener;
	struct cdrpc_reader r;
	uint32_t i;

	for (listener = writing->loop->listeners; listener->iface; listener++) {
		for (i = 0; listener->iface == writing->iface && i < listener->entry_count; i++) {
			if (listener->entries[i].index != writing->index || !listener->entries[i].wanted)
				continue;
			message_read(message, &r, arena);
			listener->entries[i].sink(&r, listener->events, listener->self);
		}
	}
	cdrpc_arena_free(arena);
}

cdrpc_status
cdrpc_event_send(struct cdrpc_writer *w)
{
	struct message message, copy;
	struct writing writing;
	cdrpc_status status = loopback_end(w, &writing, &message);
	uint32_t i;

	if (status != CDRPC_OK)
		return status;
	hear(&writing, &message);
	writing.loop->damaged = true;
	for (i = 0; i < writing.loop->damage; i++) {
		copy = message_damage(&message, writing.loop);
		hear(&writing, &copy);
		message_done(&copy);
	}
	writing.loop->damaged = false;
	message_done(&message);
	return CDRPC_OK;
}

cdrpc_status
loopback_run(const struct writing *writing, const struct message *request, struct message *ret_reply)
{
	struct cdrpc_call call = {
		.loop = writing->loop, .iface = writing->iface, .index = writing->index, .request = request};
	cdrpc_status status = CDRPC_E_NO_INTERFACE;
	const struct service *service;
	size_t i;

	call.arena = cdrpc_arena_new(NULL, LOOPBACK_DECODE_MAX);
	for (i = 0; i < LOOPBACK_INTERFACES_MAX; i++) {
		service = &writing->loop->services[i];
		if (writing->loop->cross ? i == 0 : service->iface == writing->iface)
			status = service->skeletons[writing->index](&call, service->handlers, service->self);
	}
	if (status == CDRPC_OK && !call.answered &&
	    writing->iface->methods[writing->index].flags & CDRPC_METHOD_OUTPUTS)
		status = CDRPC_E_HANDLER;
	cdrpc_arena_free(call.arena);
	*ret_reply = call.reply;
	return status;
}
