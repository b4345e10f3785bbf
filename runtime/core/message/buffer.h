/*
 * Memory that the application fills before the frame is made in which it will travel: in a slot of the session's arena, else in a
 * one-off section, else private memory, which is copied like any other. Before the data is room for the body, so that nothing has
 * to be moved when that is known.
 *
 *	buffer_new -> filled by the application -> buffer_fit, buffer_use and buffers_used by outgoing_seal -> buffers_free
 *
 * A call has a list of them, and a client one of those that are about to be sent; who owns them holds the session. What is in such memory the peer may see at any time.
 */
#ifndef CDRPC_CORE_BUFFER_H
#define CDRPC_CORE_BUFFER_H

#include "base/names.h"
#include "message/outgoing.h"

/* For what stands before the data, which is the body and `bytes` that come first, and as much for what stands behind it. */
#define BUFFER_BESIDE 4096
#define BUFFER_ALIGN 64u        /* of the data, counted from the slot's or section's start */
#define BUFFER_DATA ((OUTGOING_LEAD + BUFFER_BESIDE + BUFFER_ALIGN - 1) & ~(BUFFER_ALIGN - 1))

struct buffer {
	struct buffer *next;
	struct session *session;
	struct buffer **owner;          /* whose pointer to it is cleared when it is used; NULL: nobody's but its list's */
	struct place place;
	uint8_t *data;                  /* BUFFER_DATA behind the place's start, but in private memory */
	uint32_t size;
};

/* Any thread. 'secret': neither in an arena. E_TOO_LARGE: more than a body may be. */
cdrpc_status buffer_new(struct session *session, uint32_t size, bool secret, struct buffer **list, void **ret_data);
/* Any thread. */
void buffers_free(struct buffer **list);

/* The buffer in which a body of 'body_size' bytes, with the blobs of 'w', may travel without a copy of the largest; NULL: there is none. */
struct buffer *buffer_fit(const struct outgoing *outgoing, const struct cdrpc_writer *w, size_t body_size);
/* Makes it the place of the outgoing frame, and completes the body there. It stays in its list. */
cdrpc_status buffer_use(struct buffer *buffer, struct outgoing *outgoing, const struct cdrpc_writer *w, enum cdrpc_route *ret_route);
/* The frame is complete: the memory of 'taken', which may be NULL, is the outgoing frame's, and the others that it was given are freed. */
void buffers_used(struct outgoing *outgoing, const struct cdrpc_writer *w, const struct buffer *taken);

#endif
