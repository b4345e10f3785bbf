/*
 * Bodies that neither a message nor a section can carry, because neither side may duplicate handles: they travel in CHUNK frames.
 * The receiver of a REQUEST or REPLY that announces one asks for each piece by the number of bytes that it has, the sender answers
 * with the piece from there. One piece is on its way at a time, and everything goes through the sender's thread, so nobody waits.
 *
 * A body belongs to a transaction, and either side's end of it to the session: what is not done at the deadline, or when the
 * session ends, is dropped. What comes out of order ends the transaction.
 */
#ifndef CDRPC_CORE_CHUNKS_H
#define CDRPC_CORE_CHUNKS_H

#include "base/names.h"
#include "session/session.h"
#include "wire/frame.h"

struct chunks;
struct incoming;

/*
 * Who is told, once and on the endpoint's thread, that a body has all arrived or been taken, or, with a status other than OK, never will be:
 * TIMEOUT, or what the peer has refused a piece with. Returns what the sender of the last piece is told. Nobody is told of what was
 * forgotten.
 */
struct chunks_owner {
	cdrpc_status (*done)(void *self, cdrpc_status status);          /* NULL: nobody */
	void *self;
};

/* Memory for a body that will be sent so, a multiple of 8 long. E_NOT_AVAILABLE: over limits.chunked_max. Any thread. */
cdrpc_status chunks_new(struct session *session, size_t size, bool secret, struct chunks **ret_chunks, uint8_t **ret_bytes);
void chunks_free(struct chunks *chunks);        /* one that was not offered */
/* From now on the peer may ask for it, as the body of 'frame'. 'oneway': there will be no reply, so its owner is told when the peer has
 * all of it, too. Consumes it. Any thread. */
void chunks_serve(struct chunks *chunks, const struct frame *frame, bool oneway, uint64_t deadline_us, const struct chunks_owner *owner);

/* A frame of that type announces a body, which is fetched into the memory that is there for it. E_REMOTE_NOMEM, E_BUSY. */
cdrpc_status chunks_expect(struct session *session, enum frame_type type, uint64_t txn, struct incoming *incoming, uint64_t deadline_us,
			   const struct chunks_owner *owner);

/* A CHUNK of the session: what its sender gets as the result. */
uint32_t chunks_receive(struct session *session, const struct frame *frame, const void *bytes);

/* Nobody wants the body any more. 'out': it is ours to send. Any thread. */
void chunks_forget(struct session *session, bool out, bool of_reply, uint64_t txn);
/* Ends the transactions whose bodies cannot be had. The owner's thread, as for what follows. */
void chunks_look(struct session *session);
/* Drops what is past its deadline, and returns when the next one will be; UINT64_MAX: there is none. */
uint64_t chunks_end_overdue(struct endpoint *endpoint);
void chunks_drop(struct session *session);      /* the session has ended */

#endif
