#include "loopback_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct loopback *
loopback_new(size_t capacity, uint64_t seed)
{
	struct loopback *loop = calloc(1, sizeof *loop);

	loop->client.loop = loop;
	loop->server.loop = loop;
	loop->capacity = capacity;
	loop->buffer = malloc(capacity);
	loop->random = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
	return loop;
}

void
loopback_listener_done(struct listener *listener)
{
	free(listener->entries);
	free(listener->events);
	memset(listener, 0, sizeof *listener);
}

void
loopback_free(struct loopback *loop)
{
	size_t i;

	for (i = 0; i < LOOPBACK_INTERFACES_MAX; i++)
		loopback_listener_done(&loop->listeners[i]);
	message_done(&loop->last_reply);
	free(loop->buffer);
	free(loop);
}

struct cdrpc_client *
loopback_client(struct loopback *loop)
{
	return &loop->client;
}

struct cdrpc_server *
loopback_server(struct loopback *loop)
{
	return &loop->server;
}

/* Marsaglia's xorshift64*. */
uint64_t
loopback_random(struct loopback *loop)
{
	loop->random ^= loop->random >> 12;
	loop->random ^= loop->random << 25;
	loop->random ^= loop->random >> 27;
	return loop->random * UINT64_C(0x2545F4914F6CDD1D);
}

uint32_t
loopback_below(struct loopback *loop, uint32_t below)
{
	return (uint32_t)((loopback_random(loop) >> 32) * below >> 32);
}

void
loopback_cross(struct loopback *loop)
{
	loop->cross = true;
}

void
loopback_set_damage(struct loopback *loop, uint32_t times)
{
	loop->damage = times;
}

bool
loopback_damaged(const struct loopback *loop)
{
	return loop->damaged;
}

/* ---- writing ---- */

static cdrpc_status
grow(struct cdrpc_writer *w, size_t size)
{
	struct writing *writing = w->target;

	writing->grown = malloc(size);
	w->base = writing->grown;
	w->capacity = size;
	return CDRPC_OK;
}

void
loopback_begin(struct cdrpc_writer *w, struct loopback *loop, const struct cdrpc_interface *iface, uint32_t index,
	       struct cdrpc_call *call)
{
	struct writing *writing = calloc(1, sizeof *writing);

	writing->loop = loop;
	writing->iface = iface;
	writing->index = index;
	writing->call = call;
	cdrpc_writer_init(w, loop->buffer, loop->capacity, grow, writing);
}

/* The interface's descriptor says how large a message can be. */
static void
check_size(const struct writing *writing, size_t size)
{
	const struct cdrpc_method *method = &writing->iface->methods[writing->index];
	uint32_t max = writing->call ? method->outputs_max : method->inputs_max;

	if (size <= max)
		return;
	fprintf(stderr, "%s.%s: %zu bytes, said to be %u at most\n", writing->iface->name, method->name, size,
		(unsigned)max);
	abort();
}

cdrpc_status
loopback_end(struct cdrpc_writer *w, struct writing *ret_writing, struct message *ret_message)
{
	struct writing *writing = w->target;
	cdrpc_status status = w->status;

	if (status == CDRPC_OK) {
		*ret_message = message_new(w);
		check_size(writing, w->at + w->blob_size);
	}
	free(writing->grown);
	*ret_writing = *writing;
	free(writing);
	return status;
}
