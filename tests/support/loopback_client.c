#include "loopback_parts.h"

#include <stdlib.h>
#include <string.h>

void
cdrpc_request_begin(struct cdrpc_writer *w, struct cdrpc_client *client, const struct cdrpc_interface *iface,
		    uint32_t index)
{
	loopback_begin(w, client->loop, iface, index, NULL);
}

static void
run_damaged(const struct writing *writing, const struct message *request)
{
	struct message copy, reply;
	uint32_t i;

	writing->loop->damaged = true;
	for (i = 0; i < writing->loop->damage; i++) {
		copy = message_damage(request, writing->loop);
		loopback_run(writing, &copy, &reply);
		message_done(&copy);
		message_done(&reply);
	}
	writing->loop->damaged = false;
}

cdrpc_status
cdrpc_request_send(struct cdrpc_writer *w, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_pending *pending;
	struct writing writing;
	struct message request;
	cdrpc_status status = loopback_end(w, &writing, &request);

	if (status != CDRPC_OK)
		return status;
	pending = calloc(1, sizeof *pending);
	pending->loop = writing.loop;
	pending->status = loopback_run(&writing, &request, &pending->reply);
	message_done(&writing.loop->last_reply);
	writing.loop->last_reply = message_copy(&pending->reply);
	run_damaged(&writing, &request);
	message_done(&request);
	*ret_pending = pending;
	return CDRPC_OK;
}

cdrpc_status
cdrpc_oneway_send(struct cdrpc_writer *w)
{
	struct writing writing;
	struct message request, reply;
	cdrpc_status status = loopback_end(w, &writing, &request);

	if (status != CDRPC_OK)
		return status;
	status = loopback_run(&writing, &request, &reply);
	run_damaged(&writing, &request);
	message_done(&request);
	message_done(&reply);
	return status;
}

struct cdrpc_pending *
loopback_damaged_reply(struct loopback *loop)
{
	struct cdrpc_pending *pending = calloc(1, sizeof *pending);

	pending->loop = loop;
	pending->reply = message_damage(&loop->last_reply, loop);
	return pending;
}

/* What a reply holds: its message and the arena of its C arrays. */
struct held {
	struct message message;
	struct cdrpc_arena *arena;
};

void
cdrpc_reply_free(struct cdrpc_reply *reply)
{
	struct held *held = reply->held;

	if (!held)
		return;
	message_done(&held->message);
	cdrpc_arena_free(held->arena);
	free(held);
	reply->held = NULL;
}

void
cdrpc_reply_begin(struct cdrpc_reader *r, struct cdrpc_pending *pending, const struct cdrpc_method *method, struct cdrpc_reply *reply)
{
	(void)method;
	if (reply)
		cdrpc_reply_free(reply);
	pending->held = reply;
	message_read(&pending->reply, r, cdrpc_arena_new(NULL, LOOPBACK_DECODE_MAX));
	r->target = pending;
	if (pending->status != CDRPC_OK)
		cdrpc_read_fail(r, pending->status);
}

bool
cdrpc_reply_good(struct cdrpc_reader *r)
{
	return cdrpc_reader_end(r) == CDRPC_OK;
}

cdrpc_status
cdrpc_reply_end(struct cdrpc_reader *r)
{
	struct cdrpc_pending *pending = r->target;
	struct held *held = calloc(1, sizeof *held);
	struct cdrpc_reply own = {held};
	cdrpc_status status = cdrpc_reader_end(r);

	held->message = pending->reply;
	held->arena = r->arena;
	if (pending->held && status == CDRPC_OK)
		*pending->held = own;
	else
		cdrpc_reply_free(&own);
	free(pending);
	return status;
}

cdrpc_status
cdrpc_client_listen(struct cdrpc_client *client, const struct cdrpc_interface *iface,
		    const struct cdrpc_event_entry *entries, uint32_t entry_count, const void *events, size_t size,
		    void *self)
{
	struct listener *listener = client->loop->listeners;

	while (listener->iface && listener->iface != iface)
		listener++;
	loopback_listener_done(listener);
	if (!events)
		return CDRPC_OK;
	listener->iface = iface;
	listener->entries = malloc(entry_count * sizeof *entries);
	memcpy(listener->entries, entries, entry_count * sizeof *entries);
	listener->entry_count = entry_count;
	listener->events = malloc(size);
	memcpy(listener->events, events, size);
	listener->self = self;
	return CDRPC_OK;
}

bool
cdrpc_event_end(struct cdrpc_reader *r)
{
	return cdrpc_reader_end(r) == CDRPC_OK;
}
