/*
 * The code that cdidl generates, client stub and server skeleton, on the runtime's writer, reader and arena. What is decoded points
 * into the message. So a message either stays as it is until the call has ended, which is the first codec; or it is copied before
 * anything in it is looked at, which is the second, and what the runtime does where a peer could still write to it.
 */
#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

#include "base/arena.h"
#include "bench.h"
#include "codec.h"

#define DECODE_MAX ((size_t)1 << 26)    /* of the arena, as the runtime has it */

/* The server's side of one message. */
struct cdrpc_call {
	struct cdrpc_arena arena;
	const uint8_t *body;
	size_t body_size;
	const uint8_t *blob;
	size_t blob_size;
	uint64_t copy[];                /* of both, if they were copied */
};

struct cdrpc_server {
	cdrpc_skeleton *const *skeletons;
	const void *handlers;
	void *self;
};

struct cdrpc_client {
	struct use *use;
	bool copied;
};

static uint64_t memory[BYTES_MAX / sizeof(uint64_t)];
static uint8_t *bytes;
static struct cdrpc_server server;
static struct cdrpc_client in_place = {NULL, false}, copied = {NULL, true};

static struct small small;
static struct bench_event event;
static struct bench_track tracks[TRACK_COUNT];
static struct cdrpc_bytes data;

/* What cdrpc_buffer_new() gives: the bytes, with room for the body before them. */
#define BUILT_BEFORE 4096
static uint64_t built_memory[(BUILT_BEFORE + DATA_SIZE) / sizeof(uint64_t)];
static uint8_t *const built = (uint8_t *)built_memory + BUILT_BEFORE;

static void
must(bool holds)
{
	if (!holds)
		codec_fail("cdrpc", "a message");
}

void
cdrpc_request_begin(struct cdrpc_writer *w, struct cdrpc_client *to, const struct cdrpc_interface *iface, uint32_t index)
{
	bytes = (uint8_t *)memory + bytes_shift;
	cdrpc_writer_init(w, bytes, sizeof memory - bytes_shift, NULL, to);
	w->about = &iface->methods[index];
}

static cdrpc_status
call_in_place(struct cdrpc_call *call, const struct cdrpc_method *method, struct use *use)
{
	cdrpc_status status;

	arena_init(&call->arena, NULL, DECODE_MAX);
	status = server.skeletons[method->ordinal - 1](call, server.handlers, use);
	arena_done(&call->arena);
	return status;
}

/* Body and blob area go into one block with the arena. */
static cdrpc_status
call_copied(const struct cdrpc_call *from, const struct cdrpc_method *method, struct use *use)
{
	size_t padded = (from->body_size + 7) & ~(size_t)7;
	struct cdrpc_call *call = malloc(sizeof *call + padded + from->blob_size);
	cdrpc_status status;

	must(call != NULL);
	call->body = (uint8_t *)call->copy;
	call->body_size = from->body_size;
	memcpy(call->copy, from->body, from->body_size);
	call->blob = (uint8_t *)call->copy + padded;
	call->blob_size = from->blob_size;
	if (from->blob_size > 0)
		memcpy((uint8_t *)call->copy + padded, from->blob, from->blob_size);
	status = call_in_place(call, method, use);
	free(call);
	return status;
}

cdrpc_status
cdrpc_oneway_send(struct cdrpc_writer *w)
{
	const struct cdrpc_client *from = w->target;
	size_t padded = (w->at + 7) & ~(size_t)7;
	uint8_t *blob = bytes + padded;
	struct cdrpc_call call;

	if (w->status != CDRPC_OK)
		return w->status;
	must(w->blob_count <= 1 && padded + w->blob_size <= sizeof memory - bytes_shift);
	if (w->blob_count > 0 && w->blobs[0].data == built) {
		/* As the runtime does: the body goes before them. */
		blob = built;
		bytes = memcpy(built - padded, bytes, w->at);
	} else if (w->blob_count > 0) {
		memcpy(blob, w->blobs[0].data, w->blobs[0].size);
		memset(blob + w->blobs[0].size, 0, w->blob_size - w->blobs[0].size);
	}
	from->use->size = padded + w->blob_size;
	call.body = bytes;
	call.body_size = w->at;
	call.blob = blob;
	call.blob_size = w->blob_size;
	return from->copied ? call_copied(&call, w->about, from->use) : call_in_place(&call, w->about, from->use);
}

cdrpc_status
cdrpc_server_add_generated(struct cdrpc_server *to, uint32_t generated, const struct cdrpc_interface *iface,
			   cdrpc_skeleton *const *skeletons, const void *handlers, void *self)
{
	(void)generated;
	(void)iface;
	to->skeletons = skeletons;
	to->handlers = handlers;
	to->self = self;
	return CDRPC_OK;
}

void
cdrpc_call_inputs(struct cdrpc_reader *r, struct cdrpc_call *call)
{
	cdrpc_reader_init(r, &call->arena, call->body, call->body_size, call->blob, call->blob_size);
}

cdrpc_status
cdrpc_call_inputs_end(struct cdrpc_reader *r)
{
	return cdrpc_reader_end(r);
}

static void
on_flat(struct cdrpc_call *call, void *self, uint64_t time_ns, double level, uint32_t id, int16_t delta, bool loud,
	const char *name)
{
	const struct small result = {time_ns, level, id, delta, loud, name};

	(void)call;
	use_small(self, &result);
}

static void
on_evolving(struct cdrpc_call *call, void *self, const struct bench_event *from)
{
	const struct small result = {from->time_ns, from->level, from->id, from->delta, from->loud, from->name};

	(void)call;
	use_small(self, &result);
}

static void
compare_track(struct use *use, uint32_t index, const struct bench_track *from)
{
	struct track track;

	track.title = from->title;
	track.path = from->path;
	track.duration_ns = from->duration_ns;
	memcpy(track.id, from->id, sizeof track.id);
	track.codec = from->codec;
	track.rating = from->rating;
	use_track(use, index, &track);
}

static void
on_list(struct cdrpc_call *call, void *self, const struct bench_track *list, uint32_t count)
{
	const struct bench_track *track;
	struct use *use = self;
	uint32_t i;

	(void)call;
	for (i = 0; i < count; i++) {
		track = &list[i];
		use->sum += track->duration_ns + (uint8_t)track->title[0] + (uint8_t)track->path[0] + track->id[15];
		if (use->expected)
			compare_track(use, i, track);
	}
}

static void
on_data(struct cdrpc_call *call, void *self, struct cdrpc_bytes decoded)
{
	(void)call;
	use_data(self, decoded.data, decoded.size);
}

static const struct bench_handlers handlers = {on_flat, on_evolving, on_list, on_data};

static void
prepare(const struct sample *sample)
{
	size_t i;

	must(bench_serve(&server, &handlers, NULL) == CDRPC_OK);
	small = sample->small;
	event.id = small.id;
	event.time_ns = small.time_ns;
	event.level = small.level;
	event.delta = small.delta;
	event.loud = small.loud;
	event.name = small.name;
	for (i = 0; i < TRACK_COUNT; i++) {
		tracks[i].title = sample->tracks[i].title;
		tracks[i].path = sample->tracks[i].path;
		tracks[i].duration_ns = sample->tracks[i].duration_ns;
		memcpy(tracks[i].id, sample->tracks[i].id, sizeof sample->tracks[i].id);
		tracks[i].codec = (bench_codec_t)sample->tracks[i].codec;
		tracks[i].rating = sample->tracks[i].rating;
	}
	data.data = sample->data;
	data.size = sizeof sample->data;
	memcpy(built, sample->data, sizeof sample->data);
}

static void
turn(struct cdrpc_client *client, struct use *use, enum message message)
{
	cdrpc_status status = CDRPC_E_ARGUMENT;

	client->use = use;
	switch (message) {
	case SMALL:
		status = bench_flat(client, small.time_ns, small.level, small.id, small.delta, small.loud, small.name);
		break;
	case SMALL_TABLE:
		status = bench_evolving(client, &event);
		break;
	case LIST:
		status = bench_list(client, tracks, TRACK_COUNT);
		break;
	case DATA:
		status = bench_data(client, data);
		break;
	case DATA_BUILT:
		status = bench_data(client, (struct cdrpc_bytes){built, data.size});
		break;
	case MESSAGE_COUNT:
		break;
	}
	must(status == CDRPC_OK);
}

static void
turn_in_place(struct use *use, enum message message)
{
	turn(&in_place, use, message);
}

static void
turn_copied(struct use *use, enum message message)
{
	turn(&copied, use, message);
}

const struct codec codec_cdrpc = {"cdrpc", prepare, turn_in_place};
const struct codec codec_cdrpc_copied = {"cdrpc, copied", prepare, turn_copied};
