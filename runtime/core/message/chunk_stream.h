/* One end of a body that travels in CHUNK frames, and the frame of it that is on its way. Between chunk_stream.c and chunks.c. */
#ifndef CDRPC_CORE_CHUNK_STREAM_H
#define CDRPC_CORE_CHUNK_STREAM_H

#include "base/names.h"
#include "message/chunks.h"

#define CHUNK_OFFSET_SIZE 8     /* a CHUNK's body: how far the receiver is */

/* Under the endpoint's lock once it is in the session's list. */
struct chunks {
	struct sender_job job;          /* first: the sender gives it back */
	struct chunks *next;
	struct session *session;        /* a reference; does not change from then on, nor do the next ten */
	bool out;                       /* we send it */
	bool of_reply;
	bool secret;
	bool ends_call;                 /* of a oneway: there will be no reply, so the call ends when all of it was taken */
	uint64_t txn;
	uint64_t deadline_us;
	uint32_t size;
	uint8_t *bytes;
	uint8_t *frame;                 /* the CHUNK on its way; the sender's while it is */
	struct chunks_owner owner;
	bool listed;
	bool in_flight;
	bool again;                     /* the next frame is wanted as soon as this one has returned */
	uint32_t from;                  /* what is before the last piece that was sent */
	uint32_t at;                    /* bytes sent, or received */
	bool repeated;                  /* the frame on its way has been sent before, and not been answered */
	bool over;                      /* all of it was taken; with ends_call */
	cdrpc_status failed;            /* OK: it goes on */
};

/* 'out': with memory for 'size' bytes. E_NOT_AVAILABLE: over limits.chunked_max. Any thread. */
cdrpc_status stream_new(struct session *session, bool out, size_t size, struct chunks **ret_chunks);
/* Puts it into the session's list; the lock is held, as for the next two. */
void stream_list(struct chunks *chunks);
/* Takes it out of the list; true: it is the caller's to free, else the return of its frame frees it. */
bool stream_unlist(struct chunks *chunks);
/* The next frame is wanted, that is the piece from where we are, or the question for it: true if it is to be posted now. */
bool stream_go_on(struct chunks *chunks);
void stream_post(struct chunks *chunks);        /* without the lock */

#endif
