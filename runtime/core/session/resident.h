/*
 * What a session keeps mapped on both sides: an arena for each direction, a control page, and an event on each side. With it a body
 * travels without a system call of its own, and a reply without a message: it is written, its word says so, and the event is set,
 * so whoever replies never waits for whoever asked.
 *
 * The client makes the control page and its arena and passes them with OPEN, the server passes its arena with the answer. A session
 * for which neither side may duplicate handles has none, and works by messages; so does one that would map more than either side's
 * limits let it.
 *
 * An arena grows once: the first one-off section of its writer is made as large as the limit allows, and offered to the reader for
 * keeping. From then on it is part of the arena, and larger bodies need no section of their own.
 *
 * Threads: 'lock' guards the writer's part, since a kept call may be answered by any thread; the reader's is the owner's.
 */
#ifndef CDRPC_CORE_RESIDENT_H
#define CDRPC_CORE_RESIDENT_H

#include "base/names.h"
#include "base/atomic.h"
#include "base/system.h"
#include "wire/frame.h"
#include "wire/ring.h"
#include "wire/slots.h"

struct session;

/* What this side's thread is doing, for the other to know how to tell it of a frame. A hint: it may say anything. */
enum resident_doing {
	DOING_OTHER,                    /* ring its bell */
	DOING_SEND,                     /* nothing: it looks when its send returns */
	DOING_WAIT,                     /* set its event */
	DOING_EITHER                    /* set its event, and ring its bell: somebody may wait for the one, its loop for the other */
};

struct resident_half {
	struct atomic_u32 doing;
	struct atomic_u32 event_bell;   /* the other side has rung for events that this side has not looked at yet */
	ring_position event_tail;       /* how far this side has read the other's ring */
	struct atomic_u32 keeps;        /* this side keeps the section by which the other's arena is to grow */
	uint32_t unused[12];            /* the words of the slots begin a cache line of their own */
	slot_word slots[ARENA_SLOTS];   /* of the arena that this half's side writes */
};

struct resident_control {
	struct resident_half halves[2]; /* the client's, the server's */
};

/* Of our arena. */
enum resident_growth {
	GROWTH_POSSIBLE,
	GROWTH_OFFERED,                 /* a frame with the section is made, or on its way */
	GROWTH_DONE                     /* it has grown, or will not */
};

struct resident {
	struct section control;
	struct section out;
	struct section out_more;        /* by which our arena has grown */
	struct section in;
	struct section in_more;
	enum resident_growth growth;
	struct resident_half *own;
	struct resident_half *peer;
	cdrpc_handle peer_event;
	struct lock lock;
	struct slots_writer writer;
	struct slots_reader reader;
	struct ring_writer ring_out;    /* the last part of each side's section */
	struct ring_reader ring_in;
	uint32_t in_max;                /* bytes of the peer's first section, of which it has been told */
	struct atomic_u64 mapped;       /* bytes that are counted among what is mapped */
	struct atomic_bool untold;      /* the system has refused to ring for what is in our arena */
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
void resident_announce(struct session *session, struct frame *frame);
/*
 * Takes the other side's part from its frame. What a client offers and this side has no room for, or which is over its limits, is not
 * taken, and the session goes on without arenas: then what was pushed is closed, what was not stays where it is. E_PROTOCOL: it is not
 * what it must be. E_NOMEM: no room for what the server has answered, which goes on with it. After either nothing was touched.
 */
cdrpc_status resident_adopt(struct session *session, const struct frame *frame);
void resident_free(struct session *session);

/* What the terms say of our section: what of limits.resident_max is there from the beginning, and no more than the peer says of its
 * own, where that is known; 0: sessions keep nothing. */
uint32_t resident_size(const struct session *session);

/* Counts bytes that this session keeps mapped; false: over limits.mapped_max. There is a resident part. Any thread, as for the next. */
bool resident_count(struct session *session, uint64_t bytes);
void resident_uncount(struct session *session, uint64_t bytes);
/*
 * A section of 'size' bytes at least, for a frame that does not fit elsewhere. *ret_offered: it is larger, and the peer may keep it;
 * resident_conclude_growth() is to be told what has come of that. 'may_offer': no secret travels in it. Any thread.
 */
cdrpc_status resident_section(struct session *session, bool may_offer, size_t size, struct section *ret_section,
			      bool *ret_offered);
enum growth_outcome {
	GROWTH_UNSEEN,                 /* the peer has not seen it */
	GROWTH_UNKNOWN,                  /* nobody can tell */
	GROWTH_TAKEN                     /* it has accepted the frame, and kept the section if it says so */
};
/* Takes the section where the arena has grown by it. */
void resident_conclude_growth(struct session *session, enum growth_outcome offer, struct section *section);
/* Whether this side keeps what a frame offers. The owner's thread, as for what follows. */
bool resident_wants(const struct session *session, const struct frame *frame);
void resident_keep(struct session *session, struct section *section);

/* Says what this thread does from now on; returns what it did, to be said again afterwards. No resident part: nothing. */
enum resident_doing resident_doing(struct session *session, enum resident_doing doing);
/* Tells the peer that there is something in our arena. Any thread. */
void resident_tell(struct session *session);
/* Tells it that there is an event. The owner's thread, as for the next. */
void resident_tell_events(struct session *session);
/* Whether the system has refused to; once more then, and again after so long. */
bool resident_is_untold(const struct session *session);
void resident_tell_again(struct session *session);
#define RESIDENT_UNTOLD_US UINT64_C(250000)

#endif
