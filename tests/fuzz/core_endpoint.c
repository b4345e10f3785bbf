/*
 * A server against a client that does as it likes: the input says which frames it sends, before a handshake, within one and after
 * it, with sections and arenas that it writes to. Whatever that is, each frame must get a documented result, and when the client's
 * process has ended nothing may be left of it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "raw.h"
#include "rig.h"
#include "session/resident.h"

#define ARENA_SIZE 65536
#define FRAMES_MAX 64
#define FRAME_MOST 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct script {
	const uint8_t *at;
	size_t left;
};

/* What the client has to offer. */
struct client {
	struct raw raw;
	struct section arena;
	struct section control;
	cdrpc_handle event;
};

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static uint32_t
next(struct script *script, size_t size)
{
	uint32_t value = 0;

	if (size > script->left)
		size = script->left;
	memcpy(&value, script->at, size);
	script->at += size;
	script->left -= size;
	return value;
}

static void
check_result(uint32_t result)
{
	cdrpc_status said;

	must(result == FRAME_RESULT_ACCEPTED || result == FRAME_RESULT_DONE || result > 0x10000 ||
	     frame_result_is_refusal(result, &said));
}

static void
name_handle(struct frame *frame, uint32_t kind, uint32_t rights, cdrpc_handle handle)
{
	struct frame_handle *named = &frame->handles[frame->handle_count++];

	named->kind = kind;
	named->rights = rights;
	named->value = (uint64_t)(uintptr_t)handle;
}

/* A good frame of that kind, as a start for what comes then. */
static void
make_frame(struct client *client, struct script *script, struct frame *ret_frame)
{
	static const uint8_t types[] = { FRAME_REQUEST, FRAME_REQUEST, FRAME_REQUEST, FRAME_OPEN,
					 FRAME_REPLY, FRAME_CANCEL, FRAME_RELEASE, FRAME_CLOSE };
	uint32_t choice = next(script, 1);
	struct frame frame;

	if (types[choice % 8] == FRAME_REQUEST)
		frame = raw_request(&client->raw, RIG_INTERFACE, (uint16_t)(next(script, 1) % (RIG_METHODS + 1) + 1));
	else
		frame = raw_frame(&client->raw, types[choice % 8]);
	if (choice & 8)
		frame.txn = next(script, 2);
	if (frame.type == FRAME_REQUEST || frame.type == FRAME_REPLY || frame.type == FRAME_OPEN) {
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = 4 + next(script, 1) % 60;
	}
	if (frame.type == FRAME_OPEN && choice & 16) {
		name_handle(&frame, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, client->event);
		name_handle(&frame, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, client->arena.handle);
		name_handle(&frame, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, client->control.handle);
	}
	if (frame.type == FRAME_REQUEST && choice & 32) {
		frame.route = choice & 64 ? FRAME_ROUTE_RESIDENT : FRAME_ROUTE_SECTION;
		frame.blob_size = next(script, 1) * 8;
	}
	if (frame.route == FRAME_ROUTE_SECTION) {
		/* The section's header repeats the nonce: the arena is full of it. */
		memset(frame.nonce, 0x5A, sizeof frame.nonce);
		frame.section_handle = (uint64_t)(uintptr_t)client->arena.handle;
		frame.section_size = ARENA_SIZE;
	}
	*ret_frame = frame;
}

static void
send_frame(struct client *client, struct script *script)
{
	uint8_t bytes[FRAME_MOST];
	struct frame frame;
	uint32_t patches, at, i;

	make_frame(client, script, &frame);
	must(frame_arrange(&frame, 192) == CDRPC_OK && frame.frame_size <= sizeof bytes);
	memset(bytes, 0, sizeof bytes);
	frame_encode(&frame, bytes);
	frame_encode_handles(&frame, bytes + frame.handle_offset);
	if (frame.route == FRAME_ROUTE_FRAME) {
		for (i = 0; i < frame.body_size; i++)
			bytes[frame.body_offset + i] = (uint8_t)next(script, 1);
	}
	for (patches = next(script, 1) % 4; patches > 0; patches--) {
		at = next(script, 2) % frame.frame_size;
		bytes[at] = (uint8_t)next(script, 1);
	}
	check_result(raw_send(&client->raw, bytes, frame.frame_size));
}

static void
send_bytes(struct client *client, struct script *script)
{
	size_t size = next(script, 2) % FRAME_MOST;

	if (size > script->left)
		size = script->left;
	check_result(raw_send(&client->raw, script->at, size));
	next(script, 0);
	script->at += size;
	script->left -= size;
}

/* Writes to what both sides have mapped. */
static void
poke(struct client *client, struct script *script)
{
	uint32_t choice = next(script, 1), value;
	uint8_t *to = choice & 1 ? client->arena.view : client->control.view;
	size_t size = choice & 1 ? ARENA_SIZE : sizeof(struct resident_control);
	size_t at = next(script, 2) % (size / 4) * 4;

	value = next(script, 4);
	memcpy(to + at, &value, sizeof value);
}

static bool
open_with_arenas(struct client *client)
{
	/* Terms: we may duplicate, we believe; bytes of a message, of a body, of our arena; no interfaces. */
	static const uint32_t terms[] = { 3, 65536, 1 << 20, ARENA_SIZE, 0 };
	struct frame frame = raw_frame(&client->raw, FRAME_OPEN);

	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof terms;
	name_handle(&frame, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, client->event);
	name_handle(&frame, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, client->arena.handle);
	name_handle(&frame, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, client->control.handle);
	return raw_send_frame(&client->raw, &frame, terms) == FRAME_RESULT_ACCEPTED;
}

static void
play(struct client *client, struct script *script)
{
	uint32_t count;

	for (count = 0; count < FRAMES_MAX && script->left > 0; count++) {
		switch (next(script, 1) % 8) {
		case 0:
			raw_greet(&client->raw);
			break;
		case 1:
			open_with_arenas(client);
			break;
		case 2:
			raw_open(&client->raw);
			break;
		case 3:
			send_bytes(client, script);
			break;
		case 4:
			poke(client, script);
			break;
		case 5:
			fake_run();
			fake_advance_us(next(script, 2) * UINT64_C(1000));
			break;
		default:
			send_frame(client, script);
			break;
		}
	}
	fake_run();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct script script = { data, size };
	struct client client;
	struct rig rig;

	rig_init(&rig);
	rig.server_limits.sessions_max = 3;
	rig.server_limits.queue_max = 4;
	rig.server_limits.resident_max = ARENA_SIZE;
	must(rig_start(&rig) == CDRPC_OK);
	memset(&client, 0, sizeof client);
	must(raw_begin(&client.raw, RIG_SERVICE) == CDRPC_OK);
	must(section_new(&rig.env, ARENA_SIZE, &client.arena) == CDRPC_OK);
	memset(client.arena.view, 0x5A, ARENA_SIZE);
	must(section_new(&rig.env, sizeof(struct resident_control), &client.control) == CDRPC_OK);
	client.event = fake_handle_new(CDRPC_HANDLE_EVENT);

	play(&client, &script);
	fake_kill(rig.client_thread);
	section_done(&client.arena);
	section_done(&client.control);
	raw_end(&client.raw);
	must(rig_stop(&rig)[0] == '\0');
	return 0;
}
