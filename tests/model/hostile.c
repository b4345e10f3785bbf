/*
 * The hostile process: windows of its own, any window's name as the sender, any frame at any time, sessions that it opens or lets be
 * opened, memory that it shares, and whatever answer it likes.
 */
#include <stdlib.h>
#include <string.h>

#include "model.h"

#include "base/atomic.h"
#include "connect/handshake.h"
#include "events/events.h"
#include "fake_world.h"
#include "session/resident.h"

#define ARENA_SIZE 65536
#define NONCE 0x5A              /* each byte of it, in all its sections */
#define SEND_MS 250
#define BODY_MOST 1200          /* that it sends inside a frame */
#define SLOT_OFFSET 4096        /* in its arena */
/* In the fake world whoever makes one thread wait makes all wait: so little that nobody's handshake runs out of its two seconds. */
#define MEANWHILE_US UINT64_C(200000)

static bool
may_act(const struct world *world)
{
	return !world->hostile_dead && world->budget > 0 && world->depth < 4;
}

struct asked *
hostile_asked(struct world *world, const uint8_t token[16], uint64_t txn)
{
	uint32_t i;

	for (i = 0; i < world->asked_count; i++) {
		if (world->asked[i].txn == txn && memcmp(world->asked[i].token, token, 16) == 0)
			return &world->asked[i];
	}
	return NULL;
}

struct asked *
hostile_note(struct world *world, const uint8_t token[16], uint64_t txn)
{
	struct asked *asked = hostile_asked(world, token, txn);

	if (asked)
		return asked;
	MUST(world, world->asked_count < ASKED_MAX, "the model has no room for more calls");
	asked = &world->asked[world->asked_count++];
	memset(asked, 0, sizeof *asked);
	memcpy(asked->token, token, sizeof asked->token);
	asked->txn = txn;
	return asked;
}

bool
hostile_serves(const struct world *world)
{
	return world->windows[WINDOWS - 1].port != NULL;
}

/* NULL: there have been enough. */
static struct talk_session *
session_add(struct world *world)
{
	uint32_t i;

	for (i = 0; i < SESSIONS; i++) {
		if (!world->sessions[i].window)
			return &world->sessions[i];
	}
	return NULL;
}

static struct talk_session *
session_any(struct world *world, enum talk state)
{
	uint32_t from = dice_below(&world->dice, SESSIONS), i;

	for (i = 0; i < SESSIONS; i++) {
		struct talk_session *session = &world->sessions[(i + from) % SESSIONS];

		if (session->window && session->state == state)
			return session;
	}
	return NULL;
}

/* ---- sending ---- */

/* The first two numbers of a body that is in the frame or in the scratch section; NULL: there are none. */
static const uint32_t *
read_body(const struct world *world, const struct frame *frame, const void *bytes, uint32_t body[2])
{
	const uint8_t *from = (const uint8_t *)bytes;

	if (frame->body_size < 8)
		return NULL;
	if (frame->route == FRAME_ROUTE_SECTION)
		from = frame->body_offset <= ARENA_SIZE - 8 ? world->scratch.view : NULL;
	else if (frame->route != FRAME_ROUTE_FRAME)
		from = NULL;
	if (!from)
		return NULL;
	memcpy(body, from + frame->body_offset, 8);
	return body;
}

static uint32_t
send_bytes(struct world *world, window_id from, window_id to, const void *bytes, size_t size)
{
	struct port forged = { .window = from };
	struct talk_session *session = NULL;
	struct fake_thread *before;
	struct send_outcome outcome;
	struct verdict verdict;
	struct frame frame;
	uint32_t body[2];
	uint64_t epoch;

	bool own = window_thread(to, NULL) == world->hostile_thread;

	if (!may_act(world) || from == 0 || (own && world->hung))
		return 0;
	world->budget--;
	world->counts->frames++;
	world->counts->nested += world->depth > 0;
	verdict = rules_frame(world, from, to, bytes, size, &frame, &session);
	tell(world, "  %u -> %u type %u txn %llu flags %x status %d route %u", (unsigned)from, (unsigned)to, frame.type,
	     (unsigned long long)frame.txn, frame.flags, frame.status, frame.route);
	epoch = ++world->epoch;
	world->hostile_fresh += session && frame.type == FRAME_REQUEST && !txn_set_has(&session->requests, frame.txn);
	world->depth++;
	before = fake_visit(fake_thread_of(world->hostile_thread));
	world->to_itself = own;
	port_send(&forged, to, bytes, size, SEND_MS, &outcome);
	fake_leave(before);
	world->depth--;
	if (!outcome.answered) {
		world->counts->results[frame.type][0]++;
		rules_apply(world, session, &frame, NULL, FRAME_RESULT_NONE);
		return 0;
	}
	tell(world, "  = %x", outcome.result);
	world->counts->results[frame.type][outcome.result <= FRAME_RESULT_DONE ? 1 : outcome.result < 0x10000 ? 2 : 3]++;
	rules_apply(world, session, &frame, read_body(world, &frame, bytes, body), outcome.result);
	/* What it has done meanwhile may have changed what is right. */
	if (epoch == world->epoch)
		MUST(world, rules_allow(&verdict, outcome.result), "a frame of type %u, transaction %llu, got %x", frame.type,
		     (unsigned long long)frame.txn, outcome.result);
	return outcome.result;
}

/* 'body' is put behind the frame or where its route says, in the scratch section; blob area behind it. */
static uint32_t
send_frame(struct world *world, window_id from, window_id to, struct frame *frame, const void *body)
{
	uint8_t *bytes, *where = NULL;
	uint32_t result, patches, body_size = frame->body_size;

	if (frame_arrange(frame, frame->route == FRAME_ROUTE_CHUNKS ? 0 : 32) != CDRPC_OK)
		return 0;
	bytes = calloc(1, frame->frame_size);
	frame_encode(frame, bytes);
	if (frame->handle_count)
		frame_encode_handles(frame, bytes + frame->handle_offset);
	if (frame->route == FRAME_ROUTE_FRAME)
		where = bytes;
	else if (frame->route == FRAME_ROUTE_SECTION)
		where = world->scratch.view;
	if (where && body_size && body)
		memcpy(where + frame->body_offset, body, body_size);
	/* A byte here and there is another. */
	for (patches = frame->type != FRAME_HELLO && dice_chance(&world->dice, 4) ? 1 + dice_below(&world->dice, 3) : 0; patches > 0; patches--)
		bytes[dice_below(&world->dice, frame->frame_size)] = (uint8_t)dice_next(&world->dice);
	/* Whoever is believed could close handles of the receiver in another way as well. */
	if (fake_process_of(world->hostile_thread)->integrity >= CDRPC_INTEGRITY_HIGH)
		bytes[16] &= (uint8_t)~FRAME_FLAG_PUSHED;
	result = send_bytes(world, from, to, bytes, frame->frame_size);
	free(bytes);
	return result;
}

static window_id
any_window(struct world *world, bool own)
{
	uint32_t choice = dice_below(&world->dice, 10);
	const struct hostile_window *window = &world->windows[dice_below(&world->dice, WINDOWS)];
	const struct port *port = fake_world.ports;
	uint32_t skip;

	if (own || choice < 3)
		return window->port ? port_window(window->port) : 0;
	if (choice == 3)
		return (window_id)dice_next(&world->dice) & 0x1FFFE;
	for (skip = dice_below(&world->dice, 12); port && skip > 0; skip--)
		port = port->next ? port->next : fake_world.ports;
	return port ? port->window : 0;
}

static struct talk_session *
session_for(struct world *world, enum talk state, struct frame *ret_frame, enum frame_type type)
{
	struct talk_session *session = session_any(world, state);

	memset(ret_frame, 0, sizeof *ret_frame);
	ret_frame->type = (uint16_t)type;
	if (session)
		memcpy(ret_frame->token, session->token, sizeof ret_frame->token);
	return session;
}

/* ---- transactions and bodies ---- */

static uint64_t
any_txn(struct world *world, struct talk_session *session, bool of_theirs)
{
	uint32_t choice = dice_below(&world->dice, 16), i;

	/* What it was asked, the latest first. */
	if (of_theirs && choice < 12 && world->asked_count) {
		for (i = world->asked_count; i > 0; i--) {
			if (memcmp(world->asked[i - 1].token, session->token, 16) == 0 && dice_chance(&world->dice, 60))
				return world->asked[i - 1].txn;
		}
	}
	switch (choice) {
	case 12:
		return UINT64_MAX - dice_below(&world->dice, 3);
	case 13:
		return (UINT64_C(1) << 40) + dice_below(&world->dice, 4);
	case 14:
		return 1 + dice_below(&world->dice, 40);
	case 15:
		return session->txn ? session->txn - dice_below(&world->dice, 2) : 1;
	default:
		return of_theirs ? 1 + dice_below(&world->dice, 12) : ++session->txn;
	}
}

/* What an echo decodes, or anything. Returns the body's size; the blob area is a multiple of 8, and zero. */
static uint32_t
make_body(struct world *world, uint32_t body[BODY_MOST / 4], uint32_t *ret_blob, bool *ret_well)
{
	uint32_t i, size = 8;

	*ret_well = dice_chance(&world->dice, 80);
	*ret_blob = dice_chance(&world->dice, 50) ? 0 : dice_below(&world->dice, 20) * 8;
	memset(body, 0, BODY_MOST);
	body[0] = 1 + dice_below(&world->dice, 200);
	body[1] = *ret_blob;
	if (*ret_well)
		return size;
	size = 4 + dice_below(&world->dice, 60);
	for (i = 0; i < 16; i++)
		body[i] = (uint32_t)dice_next(&world->dice) >> dice_below(&world->dice, 32);
	return size;
}

/* How a body is said to travel; from a process of a lower level nothing is believed to be the receiver's already. */
static void
choose_route(struct world *world, struct talk_session *session, struct frame *frame)
{
	uint32_t choice = dice_below(&world->dice, 16);

	frame->route = FRAME_ROUTE_FRAME;
	if (choice < (frame->type == FRAME_REPLY ? 5u : 3u)) {
		frame->route = FRAME_ROUTE_CHUNKS;
		if (dice_chance(&world->dice, 30))
			frame->blob_size = dice_below(&world->dice, 2000) * 8;
	} else if (choice < 7) {
		frame->route = FRAME_ROUTE_SECTION;
		memset(frame->nonce, dice_chance(&world->dice, 80) ? NONCE : NONCE + 1, sizeof frame->nonce);
		frame->section_handle = (uint64_t)(uintptr_t)world->scratch.handle;
		frame->section_size = dice_chance(&world->dice, 80) ? ARENA_SIZE : (uint64_t)dice_next(&world->dice) >> 20;
		if (dice_chance(&world->dice, 20))
			frame->flags |= FRAME_FLAG_KEEP;
		if (dice_chance(&world->dice, 20) && fake_process_of(world->hostile_thread)->integrity < CDRPC_INTEGRITY_HIGH)
			frame->flags |= FRAME_FLAG_PUSHED;
	} else if (choice == 7 && session->resident) {
		frame->route = FRAME_ROUTE_RESIDENT;
	}
}

/* ---- frames of a session ---- */

static void
act_hello(struct world *world)
{
	uint16_t versions[] = { FRAME_VERSION, FRAME_VERSION };
	bool own = dice_chance(&world->dice, 40);
	window_id from = any_window(world, own), to = world->server_window;
	struct frame frame = { .type = FRAME_HELLO, .route = FRAME_ROUTE_FRAME, .body_size = sizeof versions };
	struct talk_session *session = NULL;
	uint32_t i;

	if (dice_chance(&world->dice, 10))
		to = any_window(world, false);
	if (dice_chance(&world->dice, 5))
		versions[0] = (uint16_t)dice_below(&world->dice, 5);
	for (i = 0; i < sizeof frame.nonce; i++)
		frame.nonce[i] = (uint8_t)dice_next(&world->dice);
	/* For a CHALLENGE that comes to a window of its own. */
	for (i = 0; i < WINDOWS; i++) {
		if (world->windows[i].port && port_window(world->windows[i].port) == from)
			session = session_add(world);
	}
	if (session) {
		memset(session, 0, sizeof *session);
		session->window = from;
		session->peer = to;
		memcpy(session->nonce, frame.nonce, sizeof frame.nonce);
	}
	send_frame(world, from, to, &frame, versions);
}

static void
name_handle(struct frame *frame, uint32_t kind, uint32_t rights, cdrpc_handle handle)
{
	struct frame_handle *named = &frame->handles[frame->handle_count++];

	named->kind = kind;
	named->rights = rights;
	named->value = (uint64_t)(uintptr_t)handle;
}

/* Sections of its own, on its own thread. */
static bool
offer_arena(struct world *world, struct talk_session *session, struct frame *frame)
{
	struct fake_thread *before = fake_visit(fake_thread_of(world->hostile_thread));

	if (!session->arena.view) {
		section_new(&world->rig.env, ARENA_SIZE, &session->arena);
		memset(session->arena.view, NONCE, ARENA_SIZE);
		session->event = fake_handle_new(CDRPC_HANDLE_EVENT);
		if (!session->serves)
			section_new(&world->rig.env, sizeof(struct resident_control), &session->control);
	}
	fake_leave(before);
	name_handle(frame, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, session->event);
	name_handle(frame, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, session->arena.handle);
	if (!session->serves)
		name_handle(frame, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, session->control.handle);
	return true;
}

/* Terms: what it may and believes, bytes of a message, of a body, of its arena; one interface, or nonsense. */
static void
agree(struct world *world, struct talk_session *session, struct frame *frame, uint32_t body[10])
{
	bool arena = dice_chance(&world->dice, 60) && (!session->serves || session->control.view);
	uint32_t wrong = dice_chance(&world->dice, 10) ? dice_below(&world->dice, 9) : 9;

	session->resident = arena && offer_arena(world, session, frame);
	memset(body, 0, 40);
	body[0] = dice_chance(&world->dice, 70) ? 3 : dice_below(&world->dice, 4);
	body[1] = 65536;
	body[2] = 1 << 20;
	body[3] = arena ? ARENA_SIZE : 0;
	body[4] = 1;
	body[6] = (uint32_t)RIG_INTERFACE;
	body[7] = (uint32_t)(RIG_INTERFACE >> 32);
	body[8] = 2;
	if (wrong < 9)
		body[wrong] = (uint32_t)dice_next(&world->dice) >> dice_below(&world->dice, 32);
	frame->route = FRAME_ROUTE_FRAME;
	frame->body_size = 36;
}

static void
act_open(struct world *world)
{
	struct frame frame;
	struct talk_session *session = session_for(world, dice_chance(&world->dice, 95) ? TALK_GREETED : TALK_OPEN, &frame,
						   FRAME_OPEN);
	uint32_t body[10];

	if (!session || session->serves)
		return;
	agree(world, session, &frame, body);
	frame.txn = dice_chance(&world->dice, 90) ? ++session->txn : any_txn(world, session, false);
	send_frame(world, session->window, session->peer, &frame, body);
}

static void
act_request(struct world *world)
{
	static const uint16_t indices[] = { RIG_ECHO, RIG_ECHO_INLINE, RIG_STATUS, RIG_STATUS_INLINE, RIG_NOTE, RIG_ABSENT, RIG_SECRET,
					    RIG_SHORT, RIG_EVENT, RIG_SHARED, RIG_LATER, RIG_METHODS };
	struct frame frame;
	struct talk_session *session = session_for(world, TALK_OPEN, &frame, FRAME_REQUEST);
	uint32_t body[BODY_MOST / 4];
	bool well;

	if (!session)
		return;
	frame.txn = any_txn(world, session, false);
	frame.interface_id = RIG_INTERFACE;
	frame.interface_version = 1;
	frame.method = (uint16_t)(indices[dice_below(&world->dice, 12)] + 1);
	frame.deadline_ms = dice_chance(&world->dice, 5) ? 0 : 100 + dice_below(&world->dice, 5000);
	frame.body_size = make_body(world, body, &frame.blob_size, &well);
	choose_route(world, session, &frame);
	if (dice_chance(&world->dice, 5))
		frame.interface_id += dice_below(&world->dice, 3);
	if (dice_chance(&world->dice, 5))
		frame.depth = (uint16_t)dice_below(&world->dice, 20);
	if (dice_chance(&world->dice, 10)) {
		/* Listens to an event, or to nothing that there is. */
		memset(body, 0, 24);
		frame.interface_id = events_interface.id;
		frame.method = (uint16_t)(1 + dice_below(&world->dice, 2));
		body[0] = (uint32_t)RIG_INTERFACE;
		body[1] = (uint32_t)(RIG_INTERFACE >> 32);
		body[2] = 1;
		body[3] = RIG_EVENT + 1 + dice_below(&world->dice, 3);
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = 14;
		frame.blob_size = 0;
	}
	send_frame(world, session->window, session->peer, &frame, body);
}

static void
make_reply(struct world *world, struct talk_session *session, struct frame *frame, uint32_t body[BODY_MOST / 4])
{
	bool well;

	frame->txn = any_txn(world, session, true);
	if (dice_chance(&world->dice, 20)) {
		frame->status = dice_chance(&world->dice, 50) ? (cdrpc_status)dice_below(&world->dice, 70000) :
								-(cdrpc_status)dice_below(&world->dice, 90);
		frame->route = FRAME_ROUTE_NONE;
		return;
	}
	frame->body_size = make_body(world, body, &frame->blob_size, &well);
	choose_route(world, session, frame);
}

/* A session in which somebody waits for an answer. */
static struct talk_session *
session_that_waits(struct world *world)
{
	uint32_t i, k;

	for (i = world->asked_count; i > 0; i--) {
		const struct asked *asked = &world->asked[i - 1];

		if (!honest_waits(world, asked->token, asked->txn))
			continue;
		for (k = 0; k < SESSIONS; k++) {
			if (world->sessions[k].state == TALK_OPEN && memcmp(world->sessions[k].token, asked->token, 16) == 0)
				return &world->sessions[k];
		}
	}
	return NULL;
}

static void
act_reply(struct world *world)
{
	struct frame frame;
	struct talk_session *session = session_for(world, TALK_OPEN, &frame, FRAME_REPLY), *better = session_that_waits(world);
	uint32_t body[BODY_MOST / 4];
	uint64_t txn;

	if (better && dice_chance(&world->dice, 80)) {
		session = better;
		memcpy(frame.token, session->token, sizeof frame.token);
	}
	if (!session)
		return;
	make_reply(world, session, &frame, body);
	txn = frame.txn;
	send_frame(world, session->window, session->peer, &frame, body);
	/* Whoever answers once may do so again, in the same way or in another. */
	if (dice_chance(&world->dice, 30)) {
		if (dice_chance(&world->dice, 50)) {
			memset(&frame, 0, sizeof frame);
			frame.type = FRAME_REPLY;
			memcpy(frame.token, session->token, sizeof frame.token);
			make_reply(world, session, &frame, body);
			frame.txn = txn;
		}
		send_frame(world, session->window, session->peer, &frame, body);
	}
}

static void
act_of_transaction(struct world *world)
{
	static const uint8_t types[] = { FRAME_RELEASE, FRAME_RELEASE, FRAME_CANCEL, FRAME_CHUNK, FRAME_CHUNK, FRAME_EVENT };
	enum frame_type type = (enum frame_type)types[dice_below(&world->dice, 6)];
	struct frame frame;
	struct talk_session *session = session_for(world, TALK_OPEN, &frame, type), *better = session_that_waits(world);
	uint64_t body[2] = { 0, 0 };
	bool of_reply = dice_chance(&world->dice, 50);

	if (better && dice_chance(&world->dice, 50)) {
		session = better;
		memcpy(frame.token, session->token, sizeof frame.token);
	}
	if (!session)
		return;
	frame.txn = any_txn(world, session, of_reply);
	if (type == FRAME_RELEASE || type == FRAME_CHUNK)
		frame.flags = of_reply ? FRAME_FLAG_OF_REPLY : 0;
	/* What is far ahead makes all before it old. */
	if (type == FRAME_RELEASE && dice_chance(&world->dice, 30))
		frame.txn = (UINT64_C(1) << 40) + dice_below(&world->dice, 4000);
	if (type == FRAME_CHUNK) {
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = dice_chance(&world->dice, 95) ? 8 : 4;
		frame.blob_size = dice_chance(&world->dice, 50) ? 0 : dice_below(&world->dice, 60) * 8;
		if (dice_chance(&world->dice, 30))
			body[0] = dice_next(&world->dice) >> dice_below(&world->dice, 64);
	} else if (type == FRAME_EVENT) {
		frame.interface_id = RIG_INTERFACE;
		frame.interface_version = 1;
		frame.method = (uint16_t)(1 + dice_below(&world->dice, RIG_METHODS));
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = 8;
	}
	send_frame(world, session->window, session->peer, &frame, body);
}

static void
act_close(struct world *world)
{
	struct frame frame;
	struct talk_session *session = session_for(world, dice_chance(&world->dice, 70) ? TALK_OPEN : TALK_GREETED, &frame,
						   FRAME_CLOSE);

	if (session)
		send_frame(world, session->window, session->peer, &frame, NULL);
}

/* A CHALLENGE and an answer to OPEN that are due, or for which nobody has asked. */
static void
act_challenge(struct world *world, struct talk_session *due)
{
	uint32_t body[6] = { FRAME_VERSION, 3, 65536, 1 << 20, ARENA_SIZE, 0 }, i;
	struct frame frame = { .type = FRAME_CHALLENGE, .route = FRAME_ROUTE_FRAME, .body_size = 20 };
	window_id from, to;

	if (due) {
		due->challenge_due = false;
		memcpy(frame.nonce, due->nonce, sizeof frame.nonce);
		memcpy(frame.token, due->token, sizeof frame.token);
		from = due->window;
		to = due->peer;
	} else {
		memset(frame.nonce, 1, sizeof frame.nonce);
		for (i = 0; i < sizeof frame.token; i++)
			frame.token[i] = (uint8_t)dice_next(&world->dice);
		from = any_window(world, dice_chance(&world->dice, 50));
		to = any_window(world, false);
	}
	if (dice_chance(&world->dice, 5))
		body[dice_below(&world->dice, 5)] = (uint32_t)dice_next(&world->dice);
	send_frame(world, from, to, &frame, body);
}

static void
act_answer_open(struct world *world, struct talk_session *session)
{
	struct frame frame = { .type = FRAME_REPLY };
	uint32_t body[10];

	session->answer_due = false;
	memcpy(frame.token, session->token, sizeof frame.token);
	frame.txn = dice_chance(&world->dice, 95) ? 1 : any_txn(world, session, false);
	agree(world, session, &frame, body);
	send_frame(world, session->window, session->peer, &frame, body);
}

/* ---- without a session's token ---- */

static void
act_forge(struct world *world)
{
	static const uint8_t types[] = { FRAME_OPEN, FRAME_REQUEST, FRAME_REPLY, FRAME_CANCEL, FRAME_EVENT,
					 FRAME_RELEASE, FRAME_CHUNK, FRAME_CLOSE };
	uint32_t body[BODY_MOST / 4] = { 0 }, i;
	struct talk_session *session = session_any(world, TALK_OPEN);
	struct frame frame = { .type = types[dice_below(&world->dice, 8)], .txn = 1 + dice_below(&world->dice, 30) };

	for (i = 0; i < sizeof frame.token; i++)
		frame.token[i] = (uint8_t)(1 + dice_below(&world->dice, 255));
	/* Its own token, under another window's name. */
	if (session && dice_chance(&world->dice, 50))
		memcpy(frame.token, session->token, sizeof frame.token);
	if (frame.type == FRAME_CLOSE)
		frame.txn = 0;
	if (frame.type == FRAME_REQUEST || frame.type == FRAME_EVENT) {
		frame.interface_id = RIG_INTERFACE;
		frame.interface_version = 1;
		frame.method = (uint16_t)(1 + dice_below(&world->dice, RIG_METHODS));
	}
	if (frame.type == FRAME_REQUEST || frame.type == FRAME_OPEN)
		frame.deadline_ms = 1000;
	if (frame.type != FRAME_CANCEL && frame.type != FRAME_RELEASE && frame.type != FRAME_CLOSE) {
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = 8;
	}
	send_frame(world, any_window(world, false), dice_chance(&world->dice, 60) ? world->server_window : any_window(world, false),
		   &frame, body);
}

static void
act_garbage(struct world *world)
{
	uint8_t bytes[300];
	size_t size = dice_below(&world->dice, sizeof bytes), i;

	for (i = 0; i < size; i++)
		bytes[i] = (uint8_t)dice_next(&world->dice);
	send_bytes(world, any_window(world, false), any_window(world, false), bytes, size);
}

/* ---- shared memory ---- */

static void
act_poke(struct world *world)
{
	struct talk_session *session = session_any(world, TALK_OPEN);
	uint32_t value = (uint32_t)dice_next(&world->dice) >> dice_below(&world->dice, 32), at;
	uint8_t *to;

	if (!session || !session->arena.view || !session->control.view)
		return;
	if (dice_chance(&world->dice, 60)) {
		to = session->control.view;
		at = dice_below(&world->dice, sizeof(struct resident_control) / 4) * 4;
	} else {
		to = session->arena.view;
		at = dice_below(&world->dice, 64) * 4;
	}
	memcpy(to + at, &value, sizeof value);
	port_ring_peer(session->peer);
}

/* A whole frame in its arena, announced by a slot's word. */
static void
act_arena_reply(struct world *world)
{
	struct frame frame;
	struct talk_session *session = session_for(world, TALK_OPEN, &frame, FRAME_REPLY);
	uint32_t body[BODY_MOST / 4], slot = dice_below(&world->dice, ARENA_SLOTS), place[2];
	struct resident_control *control;

	if (!session || !session->arena.view || !session->control.view || !session->resident)
		return;
	make_reply(world, session, &frame, body);
	if (frame.route > FRAME_ROUTE_FRAME)
		frame.route = FRAME_ROUTE_FRAME;
	frame.flags = 0;
	frame.section_handle = frame.section_size = 0;
	memset(frame.nonce, 0, sizeof frame.nonce);
	if (frame_arrange(&frame, 0) != CDRPC_OK || frame.frame_size > 8192)
		return;
	control = (struct resident_control *)(void *)session->control.view;
	memset(session->arena.view + SLOT_OFFSET, 0, 8192);
	frame_encode(&frame, session->arena.view + SLOT_OFFSET);
	if (frame.body_size)
		memcpy(session->arena.view + SLOT_OFFSET + frame.body_offset, body, frame.body_size);
	place[0] = SLOT_OFFSET;
	place[1] = frame.frame_size;
	memcpy(session->arena.view + slot * 8, place, sizeof place);
	atomic_u32_store(&control->halves[session->serves].slots[slot],
			 (uint32_t)(SLOT_READY | SLOT_BY_EVENT << 2 | 1 << 4 | frame.txn << 16));
	rules_arena(world, session, &frame);
	tell(world, "  reply to %llu in the arena, status %d", (unsigned long long)frame.txn, frame.status);
	port_ring_peer(session->peer);
}

/* ---- what it is sent ---- */


/* A process that connects to the window with the service's name. */
static void
note_hello(struct world *world, const struct hostile_window *window, window_id sender, const struct frame *frame)
{
	struct talk_session *session = session_add(world);
	uint32_t i;

	if (!session || window->at != WINDOWS - 1)
		return;
	memset(session, 0, sizeof *session);
	session->serves = true;
	session->window = port_window(window->port);
	session->peer = sender;
	memcpy(session->nonce, frame->nonce, sizeof session->nonce);
	for (i = 0; i < sizeof session->token; i++)
		session->token[i] = (uint8_t)(1 + dice_below(&world->dice, 255));
	session->challenge_due = true;
	port_ring(window->port);
}

static void
note_challenge(struct world *world, window_id to, window_id sender, const struct frame *frame)
{
	uint32_t i;

	for (i = 0; i < SESSIONS; i++) {
		struct talk_session *session = &world->sessions[i];

		if (session->window != to || session->serves || memcmp(session->nonce, frame->nonce, 16) != 0)
			continue;
		if (session->state == TALK_NONE) {
			session->state = TALK_GREETED;
			session->peer = sender;
			memcpy(session->token, frame->token, sizeof session->token);
		}
		return;
	}
	/* It may have had no room to note a HELLO of its own. */
	MUST(world, !session_add(world), "a CHALLENGE that nobody asked for");
}

/* OPEN names a control page: it is mapped, to be written to. */
static void
take_control(struct world *world, struct talk_session *session, const struct frame *frame)
{
	struct process *process = NULL;
	cdrpc_handle handle = NULL;

	if (frame->handle_count != RESIDENT_HANDLES || frame->flags & FRAME_FLAG_PUSHED || session->control.view)
		return;
	if (process_open(&world->rig.env, session->peer, &process) != CDRPC_OK)
		return;
	if (handle_pull(process, frame->handles[RESIDENT_CONTROL].value, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, &handle) == CDRPC_OK)
		section_map(&world->rig.env, handle, sizeof(struct resident_control), true, &session->control);
	process_close(process);
}

static void
note_frame(struct world *world, const struct hostile_window *window, window_id sender, const struct frame *frame)
{
	struct talk_session *session = NULL;
	uint32_t i;

	for (i = 0; i < SESSIONS; i++) {
		if (world->sessions[i].window && memcmp(world->sessions[i].token, frame->token, 16) == 0)
			session = &world->sessions[i];
	}
	if (!session) {
		MUST(world, !session_add(world), "a frame of type %u with the token of a session that is not the receiver's",
		     frame->type);
		return;
	}
	MUST(world, session->peer == sender, "a frame of a session from another window");
	switch (frame->type) {
	case FRAME_OPEN:
		if (session->serves && session->state == TALK_GREETED) {
			take_control(world, session, frame);
			session->answer_due = true;
			port_ring(window->port);
		}
		break;
	case FRAME_REQUEST:
		/* It may have answered already: transactions can be guessed. */
		hostile_note(world, session->token, frame->txn)->came = true;
		port_ring(window->port);
		break;
	case FRAME_REPLY:
		if (!session->serves && session->state == TALK_GREETED && frame->status == CDRPC_OK) {
			session->state = TALK_OPEN;
			world->counts->opened[0]++;
		}
		break;
	default:
		break;
	}
}

static uint32_t
any_result(struct world *world, const struct frame *frame)
{
	static const uint32_t results[] = { 0, 2, 0x100, 0x100 + 64, 0x100 + 76, 0x10001, 0x10002, 0x1FFFF, 0x20000, 0x12345678, 3 };

	if (dice_chance(&world->dice, frame->type == FRAME_HELLO ? 60 : 85))
		return FRAME_RESULT_ACCEPTED;
	if (dice_chance(&world->dice, 30))
		return 0x100 + 60 + dice_below(&world->dice, 30);
	return results[dice_below(&world->dice, sizeof results / sizeof results[0])];
}

static uint32_t
receive(void *owner, window_id sender, const void *bytes, size_t size)
{
	const struct hostile_window *window = owner;
	struct world *world = window->world;
	window_id own = port_window(window->port);
	struct asked *asked;
	struct frame frame;
	uint32_t result;

	/* What it sends to itself is its own affair. */
	if (world->to_itself) {
		world->to_itself = false;
		return FRAME_RESULT_ACCEPTED;
	}
	MUST(world, frame_decode(bytes, size, &frame) == CDRPC_OK, "a frame of %u bytes that is none", (unsigned)size);
	tell(world, "  hostile gets type %u txn %llu", frame.type, (unsigned long long)frame.txn);
	if (frame.type == FRAME_HELLO)
		note_hello(world, window, sender, &frame);
	else if (frame.type == FRAME_CHALLENGE)
		note_challenge(world, own, sender, &frame);
	else
		note_frame(world, window, sender, &frame);
	world->epoch++;
	if (dice_chance(&world->dice, 30))
		hostile_meanwhile(world);
	result = any_result(world, &frame);
	asked = frame.type == FRAME_REQUEST ? hostile_asked(world, frame.token, frame.txn) : NULL;
	if (asked && !asked->returned) {
		asked->returned = true;
		asked->result = result;
	}
	if (frame.type == FRAME_CHUNK && !(frame.flags & FRAME_FLAG_OF_REPLY) && (asked = hostile_asked(world, frame.token, frame.txn)))
		asked->piece_result = result;
	return result;
}

static void
bell(void *owner)
{
	const struct hostile_window *window = owner;
	struct world *world = window->world;
	uint32_t i;

	for (i = 0; i < SESSIONS; i++) {
		struct talk_session *session = &world->sessions[i];

		if (!session->window || !may_act(world))
			continue;
		if (session->challenge_due)
			act_challenge(world, session);
		else if (session->answer_due)
			act_answer_open(world, session);
	}
	if (may_act(world) && dice_chance(&world->dice, 50))
		act_reply(world);
	if (dice_chance(&world->dice, 70))
		hostile_meanwhile(world);
}

/* ---- windows ---- */

static void
window_open(struct world *world, uint32_t at)
{
	struct hostile_window *window = &world->windows[at];
	struct port_options options = { .env = &world->rig.env, .owner = window, .receive = receive, .bell = bell };
	struct fake_thread *before;

	if (window->port)
		return;
	options.service = at == WINDOWS - 1 ? RIG_SERVICE : NULL;
	window->world = world;
	window->at = at;
	before = fake_visit(fake_thread_of(world->hostile_thread));
	port_new(&options, &window->port);
	fake_leave(before);
}

static void
window_close(struct world *world, uint32_t at)
{
	struct fake_thread *before = fake_visit(fake_thread_of(world->hostile_thread));

	port_free(world->windows[at].port);
	world->windows[at].port = NULL;
	fake_leave(before);
}

static void
act_window(struct world *world)
{
	uint32_t at = dice_chance(&world->dice, 60) ? WINDOWS - 1 : dice_below(&world->dice, WINDOWS);

	/* Not under the feet of a message to it. */
	if (!world->windows[at].port)
		window_open(world, at);
	else if (world->depth == 0 && fake_thread_of(world->hostile_thread)->active == 0 && dice_chance(&world->dice, 30))
		window_close(world, at);
}

static void
act_hang(struct world *world)
{
	world->hung = !world->hung && dice_chance(&world->dice, 30);
	fake_hang(world->hostile_thread, world->hung);
}

/* ---- what it does ---- */

static void
act(struct world *world)
{
	static void (*const outside[])(struct world *world) = {
		act_hello, act_hello, act_hello, act_hello, act_open, act_open, act_open, act_forge, act_forge, act_forge, act_window, act_garbage,
	};
	static void (*const inside[])(struct world *world) = {
		act_request, act_request, act_request, act_reply, act_reply, act_reply, act_of_transaction, act_of_transaction,
		act_of_transaction, act_poke, act_arena_reply,
	};
	bool in_session = session_any(world, TALK_OPEN) && dice_chance(&world->dice, 65);
	uint32_t choice = dice_below(&world->dice, 80);

	world->epoch++;
	if (choice == 0)
		act_hang(world);
	else if (choice == 1)
		act_close(world);
	else if (choice == 2)
		act_challenge(world, NULL);
	else if (choice == 3)
		port_ring_peer(any_window(world, false));
	else if (in_session)
		inside[choice % (sizeof inside / sizeof inside[0])](world);
	else
		outside[choice % (sizeof outside / sizeof outside[0])](world);
}

void
hostile_meanwhile(struct world *world)
{
	uint64_t until = clock_us() + MEANWHILE_US;

	while (may_act(world) && clock_us() < until && dice_chance(&world->dice, 60))
		act(world);
}

void
hostile_step(struct world *world)
{
	uint32_t i;

	for (i = 1 + dice_below(&world->dice, 12); i > 0 && may_act(world); i--)
		act(world);
	rig_settle(&world->rig);
}

void
hostile_begin(struct world *world, bool first)
{
	struct fake_thread *before;
	uint32_t i;

	before = fake_visit(fake_thread_of(world->hostile_thread));
	section_new(&world->rig.env, ARENA_SIZE, &world->scratch);
	memset(world->scratch.view, NONCE, ARENA_SIZE);
	fake_leave(before);
	for (i = 0; i < WINDOWS; i++) {
		if (i < WINDOWS - 1 || first)
			window_open(world, i);
	}
}

void
hostile_end(struct world *world)
{
	struct fake_thread *before = fake_visit(fake_thread_of(world->hostile_thread));
	uint32_t i;

	for (i = 0; i < SESSIONS; i++) {
		section_done(&world->sessions[i].arena);
		section_done(&world->sessions[i].control);
		handle_close(world->sessions[i].event);
	}
	section_done(&world->scratch);
	fake_leave(before);
	fake_kill(world->hostile_thread);
	world->hostile_dead = true;
	for (i = 0; i < WINDOWS; i++)
		window_close(world, i);
}
