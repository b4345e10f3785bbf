/*
 * What a session keeps mapped on both sides: an arena for each direction, a control page, and an event on each side. With it a body
 * travels without a system call of its own, and a reply without a message: it is written, its word says so, and the event is set,
 * so whoever replies never waits for whoever asked.
 *
 * The client makes the control page and its arena and passes them with OPEN, the server passes its arena with the answer. A session
 * for which neither side may duplicate handles has none, and works by messages.
 *
 * Threads: 'lock' guards the writer's part, since a kept call may be answered by any thread; the reader's is the owner's.
 */
#ifndef CDRPC_CORE_RESIDENT_H
#define CDRPC_CORE_RESIDENT_H

#include "arena_slots.h"
#include "ring.h"
#include "frame.h"
#include "transport.h"

struct session;

/* What this side's thread is doing, for the other to know how to tell it of a frame. A hint: it may say anything. */
enum resident_doing {
	DOING_OTHER,                    /* ring its bell */
	DOING_SEND,                     /* nothing: it looks when its send returns */
	DOING_WAIT,                     /* set its event */
	DOING_EITHER                    /* set its event, and ring its bell: somebody may wait for the one, its loop for the other */
};

struct resident_half {
	_Atomic uint32_t doing;
	_Atomic uint32_t event_bell;    /* the other side has rung for events that this side has not looked at yet */
	ring_position event_tail;       /* how far this side has read the other's ring */
	uint32_t unused[13];            /* the words of the slots begin a cache line of their own */
	slot_word slots[ARENA_SLOTS];   /* of the arena that this half's side writes */
};

struct resident_control {
	struct resident_half halves[2]; /* the client's, the server's */
};

struct resident {
	struct section control;
	struct section out;
	struct section in;
	struct resident_half *own;
	struct resident_half *peer;
	cdrpc_handle peer_event;
	struct lock lock;
	struct arena_writer writer;
	struct arena_reader reader;
	struct ring_writer ring_out;    /* the last part of each side's section */
	struct ring_reader ring_in;
	bool ready;                     /* both arenas are there */
};

/* The handles that travel with OPEN and with its answer, in this order. */
enum {
	RESIDENT_EVENT,
	RESIDENT_ARENA,
	RESIDENT_CONTROL,               /* with OPEN only */
	RESIDENT_HANDLES
};

/*
 * Makes this side's part and names its handles in 'frame', an OPEN or the answer to it; the server has adopted the client's before.
 * Where it is not to be had the frame names none, and the session goes on without.
 */
void resident_offer(struct session *session, struct frame *frame);
/* After the frame was sent: takes back what was pushed into a peer that did not take it, and gives up. */
void resident_unoffer(struct session *session, const struct frame *frame);
/* Takes the other side's part from its frame. False: it is not what it must be. */
bool resident_adopt(struct session *session, const struct frame *frame);
void resident_free(struct session *session);

/* Says what this thread does from now on; returns what it did, to be said again afterwards. No resident part: nothing. */
enum resident_doing resident_doing(struct session *session, enum resident_doing doing);
/* Tells the peer that there is something in our arena. Any thread. */
void resident_tell(struct session *session);
/* Tells it that there is an event. The owner's thread. */
void resident_tell_events(struct session *session);
/* Takes every frame that the peer has announced by event to pending_receive(). */
void resident_look(struct session *session);

#endif
