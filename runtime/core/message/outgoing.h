/*
 * A frame on its way out, and the place where its body is written: behind the header in a buffer of its own, or elsewhere.
 *
 *	outgoing_new -> outgoing_writer, writing -> outgoing_seal -> outgoing_send or outgoing_post -> outgoing_free
 *
 * It belongs to the thread that made it until it is posted, then to the sender's.
 */
#ifndef CDRPC_CORE_OUTGOING_H
#define CDRPC_CORE_OUTGOING_H

#include "base/names.h"

#include <cdrpc/generated.h>

#include "base/atomic.h"
#include "base/system.h"
#include "message/place.h"
#include "message/route.h"
#include "wire/frame.h"

struct buffer;
struct chunks;
struct chunks_owner;
struct endpoint;
struct session;

/* What an endpoint has of messages. */
struct endpoint_messages {
	struct outgoing *spare;         /* one for the owner's thread, kept warm */
};

/* What a session has of messages. */
struct session_messages {
	struct chunks *chunks;          /* bodies that travel in CHUNK frames; under the endpoint's lock */
	struct atomic_u32 chunk_count;
	struct sender_job *reclaims;    /* questions that the peer has not answered; under the endpoint's lock */
	struct atomic_u32 asked;        /* questions among them and on their way: each holds a frame's handles, and perhaps its section */
	struct atomic_u32 posted;       /* frames that the sender's thread has for it, but for events */
};

/* A section begins with its nonce; its body follows at this offset. */
#define SECTION_HEADER_SIZE 32
/* What stands before a body that travels in its frame: the handles, and the header before them, end where the body begins. */
#define OUTGOING_LEAD (FRAME_HEADER_SIZE + CDRPC_HANDLES_MAX * FRAME_HANDLE_SIZE)

struct outgoing {
	struct sender_job job;          /* first: the sender gives it back */
	struct session *session;        /* a reference; NULL between uses of the spare one */
	const struct cdrpc_method *method;      /* NULL: a frame of the protocol's own */
	struct frame frame;
	struct place place;
	uint8_t *body;                  /* at a multiple of 8; but for a section or chunks with OUTGOING_LEAD bytes before it */
	size_t room;                    /* bytes at 'body' */
	bool waits_for_hung;            /* a receiver that counts as hung is waited for */
	bool needs_answer;              /* not to be published: it must be heard whether the peer has taken the handles */
	uint32_t copies;                /* of the frame's handles, the last of them: ours, for the peer to fetch */
	uint8_t *bytes;                 /* where the frame begins, from outgoing_seal on */
	enum cdrpc_route route;         /* likewise */
	uint64_t body_bytes;            /* body and blob area, likewise */
	uint64_t until_us;              /* until when the sender's thread tries to have it taken */
	void (*sent)(struct outgoing *outgoing, const struct send_outcome *outcome);    /* told by it when it has had it; NULL: nobody */
	uint32_t buffer_size;
	uint8_t *buffer;
	/* Of a [coalesce] event by message, under the endpoint's lock: in the session's list of those that are on their way; and the newest
	 * of its kind, which waits until this one is back. */
	bool latest;
	struct outgoing *next_latest;
	struct outgoing *newer;
	/* What the stub that began the writing has to know when it sends. */
	struct cdrpc_client *client;
	struct cdrpc_call *call;
	const struct cdrpc_interface *iface;
	struct buffer **buffers;        /* where what is written may be already; NULL: nowhere */
};

/* 'method' is NULL for a frame of the protocol's own. Any thread; other threads than the owner's never get the spare one. */
cdrpc_status outgoing_new(struct session *session, enum frame_type type, const struct cdrpc_method *method,
			struct outgoing **ret_outgoing);
/* Closes what it still has; the spare place takes it if that is empty and this is the owner's thread. NULL is fine. */
void outgoing_free(struct outgoing *outgoing);

/* Begins the writing of the body. */
void outgoing_writer(struct outgoing *outgoing, struct cdrpc_writer *w);
/* Tells the log why it could not be sealed, if that is for the application to mend and has not been told by the writer. */
void outgoing_tell(const struct outgoing *outgoing, const struct cdrpc_writer *w, cdrpc_status status);

/*
 * Ends the writing, 'w' NULL if there was none: chooses the route, completes the body where it travels, pushes the section's
 * handle, encodes the header. After a failure nothing is pushed.
 */
cdrpc_status outgoing_seal(struct outgoing *outgoing, const struct cdrpc_writer *w);

/* Before a send: lets the peer fetch the body, if it travels in CHUNK frames, until the deadline. */
void outgoing_serve(struct outgoing *outgoing, uint64_t deadline_us, const struct chunks_owner *owner);

/* Publishes the body, if it travels in a slot. A REPLY that does has arrived with this, and is not sent; one with handles never
 * does. */
void outgoing_publish(struct outgoing *outgoing);

/*
 * After the send: takes pushed handles back from a peer that refused the frame; asks a peer that gave no answer whether it has
 * seen it (RELEASE), and takes them back if not. Our own handles are closed by outgoing_free() in any case.
 */
void outgoing_conclude(struct outgoing *outgoing, const struct send_outcome *outcome);

/* Traces a frame that was sent, with what came of it; or that was published in an arena, 'result' being accepted then. */
void outgoing_trace(const struct outgoing *outgoing, uint64_t began_us, uint32_t result);

/* ---- between outgoing.c and outgoing_place.c ---- */

uint32_t outgoing_inline_max(const struct outgoing *outgoing);
bool outgoing_may_use_slot(const struct outgoing *outgoing);
/* Where the writing begins. */
void outgoing_place_first(struct outgoing *outgoing);
/* Makes the place take 'size' bytes in all, the first 'keep' of which stay, and says how they will travel. */
cdrpc_status outgoing_place_for(struct outgoing *outgoing, size_t size, size_t keep, enum cdrpc_route *ret_route);
/* Makes it the place of a body that travels in CHUNK frames. NOT_AVAILABLE: it is no call's. */
cdrpc_status outgoing_place_chunks(struct outgoing *outgoing, size_t size, size_t keep);

#endif
