#include "wire/ring.h"

#include <string.h>

#define ENTRY_HEADER 8u         /* u32 size of the entry, u32 0 */
#define ENTRY_SKIP UINT32_MAX   /* the rest up to the ring's end is not used */

static uint32_t
entry_size(uint32_t size)
{
	return ENTRY_HEADER + ((size + 7) & ~7u);
}

void
ring_writer_init(struct ring_writer *ring, uint8_t *memory, uint32_t size, ring_position *tail)
{
	*ring = (struct ring_writer){
		.bytes = memory + RING_HEADER_SIZE, .size = size, .shared_head = (ring_position *)(void *)memory, .shared_tail = tail,
	};
}

void
ring_reader_init(struct ring_reader *ring, const uint8_t *memory, uint32_t size, ring_position *tail)
{
	*ring = (struct ring_reader){
		.bytes = memory + RING_HEADER_SIZE, .size = size, .shared_head = (const ring_position *)(const void *)memory,
		.shared_tail = tail,
	};
}

/* Room from the head on, after a look at how far the reader says it is. */
static uint32_t
room(struct ring_writer *ring)
{
	uint32_t tail = atomic_u32_load(ring->shared_tail);

	if (ring->head - tail <= ring->head - ring->tail)
		ring->tail = tail;
	return ring->size - (ring->head - ring->tail);
}

static bool
entries_full(const struct ring_writer *ring)
{
	uint32_t oldest;

	if (ring->count < RING_ENTRIES_MAX)
		return false;
	oldest = ring->ends[ring->count % RING_ENTRIES_MAX];
	return ring->head - oldest < ring->head - ring->tail;
}

static void
put_header(struct ring_writer *ring, uint32_t at, uint32_t size)
{
	uint32_t header[2] = { size, 0 };

	memcpy(ring->bytes + at, header, sizeof header);
}

bool
ring_put(struct ring_writer *ring, const void *bytes, uint32_t size, bool reserve)
{
	uint32_t at = ring->head & (ring->size - 1);
	uint32_t to_end = ring->size - at;
	uint32_t skip = entry_size(size) > to_end ? to_end : 0;
	uint32_t free_size = room(ring);

	if (size > ring->size / 2 || skip + entry_size(size) + (reserve ? 0 : RING_RESERVE) > free_size)
		return false;
	if (!reserve && entries_full(ring))
		return false;
	if (skip) {
		put_header(ring, at, ENTRY_SKIP);
		at = 0;
	}
	put_header(ring, at, size);
	memcpy(ring->bytes + at + ENTRY_HEADER, bytes, size);
	ring->head += skip + entry_size(size);
	ring->ends[ring->count++ % RING_ENTRIES_MAX] = ring->head;
	atomic_u32_store(ring->shared_head, ring->head);
	return true;
}

bool
ring_is_empty(const struct ring_reader *ring)
{
	return ring->broken || atomic_u32_load(ring->shared_head) == ring->tail;
}

/* The size of the entry at the tail, which is moved to the ring's start where it must; false: there is no such entry. */
static bool
find_entry(struct ring_reader *ring, uint32_t used, uint32_t *ret_size)
{
	uint32_t at = ring->tail & (ring->size - 1);
	uint32_t size;

	if (used > ring->size || used % 8 != 0)
		return false;
	memcpy(&size, ring->bytes + at, sizeof size);
	if (size == ENTRY_SKIP) {
		if (ring->size - at >= used)
			return false;
		ring->tail += ring->size - at;
		used -= ring->size - at;
		at = 0;
		memcpy(&size, ring->bytes, sizeof size);
	}
	if (size > ring->size || entry_size(size) > used || entry_size(size) > ring->size - at)
		return false;
	*ret_size = size;
	return true;
}

bool
ring_get(struct ring_reader *ring, const uint8_t **ret_bytes, uint32_t *ret_size)
{
	uint32_t used = atomic_u32_load(ring->shared_head) - ring->tail;
	uint32_t size;

	if (ring->broken || used == 0)
		return false;
	/* Looked at again, nonsense would look like work that is never done. */
	if (!find_entry(ring, used, &size)) {
		ring->broken = true;
		return false;
	}
	*ret_bytes = ring->bytes + (ring->tail & (ring->size - 1)) + ENTRY_HEADER;
	*ret_size = size;
	return true;
}

void
ring_next(struct ring_reader *ring, uint32_t size)
{
	ring->tail += entry_size(size);
	atomic_u32_store(ring->shared_tail, ring->tail);
}
