/*
 * A ring of frames in memory that one process writes and another reads. Positions count bytes since the beginning, modulo 2^32;
 * the writer's is in the ring, the reader's in the control page, where it is the reader's word: it is believed only where it can
 * be true, and a reader that lies loses frames of its own.
 */
#ifndef CDRPC_CORE_RING_H
#define CDRPC_CORE_RING_H

#include "base/names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"

#define RING_ENTRIES_MAX 256
#define RING_HEADER_SIZE 64u
#define RING_RESERVE 256u       /* bytes that only the word that something was lost may use */

typedef struct atomic_u32 ring_position;

struct ring_writer {
	uint8_t *bytes;
	uint32_t size;                  /* a power of two */
	uint32_t head;
	uint32_t tail;                  /* the last that could be true */
	uint32_t count;
	uint32_t ends[RING_ENTRIES_MAX];        /* of the latest entries */
	ring_position *shared_head;
	ring_position *shared_tail;
};

struct ring_reader {
	const uint8_t *bytes;
	uint32_t size;
	uint32_t tail;
	bool broken;                    /* the writer has written what is no ring: nothing of it is looked at any more */
	const ring_position *shared_head;
	ring_position *shared_tail;
};

/* 'memory' is RING_HEADER_SIZE + 'size' bytes, zeroed at first. */
void ring_writer_init(struct ring_writer *ring, uint8_t *memory, uint32_t size, ring_position *tail);
void ring_reader_init(struct ring_reader *ring, const uint8_t *memory, uint32_t size, ring_position *tail);

/* Puts an entry. False: it does not fit, or there are RING_ENTRIES_MAX. 'reserve': it may use the reserve. */
bool ring_put(struct ring_writer *ring, const void *bytes, uint32_t size, bool reserve);

bool ring_is_empty(const struct ring_reader *ring);
/* The next entry, in place; false: there is none, or what is there is none, and then there never will be. ring_next() is behind it. */
bool ring_get(struct ring_reader *ring, const uint8_t **ret_bytes, uint32_t *ret_size);
void ring_next(struct ring_reader *ring, uint32_t size);

#endif
