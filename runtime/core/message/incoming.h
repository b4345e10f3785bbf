/*
 * A body that has arrived, in private memory: copied out of the message, the section or the arena before anything in it is looked
 * at, because a peer can still write to what is shared. Holds the memory that decoding takes, too. The blob area of a method with
 * [shared] parameters may stay where it is: nothing about it is checked.
 */
#ifndef CDRPC_CORE_INCOMING_H
#define CDRPC_CORE_INCOMING_H

#include "base/names.h"

#include <cdrpc/generated.h>

#include "base/arena.h"
#include "session/session.h"
#include "wire/slots.h"

struct pool;

struct incoming {
	struct pool *pool;              /* a reference; what all of it is taken from */
	struct cdrpc_arena arena;       /* what decoding takes */
	uint32_t body_size;
	uint32_t blob_size;
	size_t private_size;            /* of what is at 'body' */
	enum cdrpc_route route;
	bool secret;                    /* zeroed before it is freed */
	uint32_t handle_count;
	struct cdrpc_handle_item *handles;      /* closed with it, but for those that were taken */
	struct session *holder;         /* a reference, while the blob area is in shared memory; else NULL */
	struct section section;         /* that section, or ... */
	struct slot_view slot;         /* ... that slot of the peer's arena: 'bytes' is NULL if not */
	const uint8_t *blob;
	uint64_t body[];
};

/* How a frame has come, and where the offsets of its route 1 count from. */
struct arrival {
	const void *bytes;
	const struct slot_view *slot;  /* NULL: in a message */
	bool slot_kept;                 /* set when the slot is the incoming body's to free */
};

/*
 * 'frame' is the decoded header, 'method' whose inputs or outputs they are; NULL: a frame of the protocol's
 * own, whose handles are not parameters. On failure the peer's section was not kept, a pushed handle not closed;
 * the status is what the frame is refused with: BAD_FRAME, REMOTE_LIMIT or REMOTE_NOMEM. Of a body that comes in CHUNK frames only the
 * memory is there yet.
 */
cdrpc_status incoming_new(struct session *session, const struct frame *frame, struct arrival *arrival,
		       const struct cdrpc_method *method, struct incoming **ret_incoming);
void incoming_free(struct incoming *incoming);   /* NULL is fine */
void incoming_reader(struct incoming *incoming, struct cdrpc_reader *r);
/* Takes a handle out of it, which is the caller's then; NULL: it is not there. 'incoming' may be NULL. */
cdrpc_handle incoming_take(struct incoming *incoming, cdrpc_handle handle);
static inline uint64_t
incoming_bytes(const struct incoming *incoming)
{
	return (uint64_t)incoming->body_size + incoming->blob_size;
}

#endif
