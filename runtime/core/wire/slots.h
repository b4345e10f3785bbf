/*
 * An arena: memory that one side of a session writes and the other maps for reading only, in slots that each hold one frame or
 * one body. The state of each slot is a word in the control page, which both sides can write to; so what it says is compared
 * with what it must say, and never used as an index or a size.
 *
 *	writer: FREE -> READY                   the slot is filled
 *	reader: READY -> TAKEN -> FREE          it is being read, it was read
 *	writer: READY -> ABANDONED              nobody has looked at it in time, and now nobody will
 *
 * An arena may grow once, by a second piece of memory. Offsets of slots count on there from the first one's size; no slot is in both.
 *
 * A word says more than the state: which slot's turn it is (generation), whose (transaction), and how it is announced. A reader
 * that comes late finds another word, and fails. A peer that writes nonsense has a slot less.
 */
#ifndef CDRPC_CORE_SLOTS_H
#define CDRPC_CORE_SLOTS_H

#include "base/names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/atomic.h"

#define ARENA_SLOTS 16
#define ARENA_ALIGN 64u
#define ARENA_TABLE_SIZE (ARENA_SLOTS * 8u)     /* at the arena's start: offset and size of each slot's content */

enum slot_state {
	SLOT_FREE,
	SLOT_READY,
	SLOT_TAKEN,
	SLOT_ABANDONED
};

/* How the reader hears of it. */
enum slot_kind {
	SLOT_BY_MESSAGE,                /* a frame in a message names the transaction */
	SLOT_BY_EVENT,                  /* the reader finds it when it looks: a whole frame */
	SLOT_BY_BELL                    /* the same, but it looks when its bell rings only */
};

typedef struct atomic_u32 slot_word;

struct slot {
	uint32_t offset;
	uint32_t size;                  /* 0: not in use */
	uint32_t word;                  /* what READY was published as; 0: not published */
};

struct slots_writer {
	uint8_t *base;
	uint32_t size;                  /* a multiple of ARENA_ALIGN, where it grows */
	uint8_t *more;
	uint32_t more_size;             /* 0: it has not grown */
	uint32_t generation;
	slot_word *words;
	struct slot slots[ARENA_SLOTS];
};

struct slots_reader {
	const uint8_t *base;
	uint32_t size;
	const uint8_t *more;
	uint32_t more_size;
	slot_word *words;
};

/* A slot that is being read. */
struct slot_view {
	const uint8_t *bytes;
	uint32_t size;
	uint32_t index;
	uint32_t word;
	const uint8_t *base;            /* of the memory that it is in */
};

/* Both sides: the memory is zeroed, the words are all 0. */
void slots_writer_init(struct slots_writer *arena, uint8_t *base, uint32_t size, slot_word *words);
void slots_reader_init(struct slots_reader *arena, const uint8_t *base, uint32_t size, slot_word *words);

/* A slot of at least 'least' and at most 'most' bytes; false when there is no room. */
bool slots_reserve(struct slots_writer *arena, uint32_t least, uint32_t most, uint32_t *ret_index);
/* Makes a reserved slot 'size' bytes, if what follows it is free. */
bool slots_resize(struct slots_writer *arena, uint32_t index, uint32_t size);
/* The memory that a slot is in, and the slot's own. */
static inline uint8_t *
slots_base(const struct slots_writer *arena, uint32_t index)
{
	return arena->slots[index].offset < arena->size ? arena->base : arena->more;
}
static inline uint8_t *
slots_memory(const struct slots_writer *arena, uint32_t index)
{
	uint32_t offset = arena->slots[index].offset;

	return slots_base(arena, index) + (offset < arena->size ? offset : offset - arena->size);
}
/* Gives a slot back that was not published. */
void slots_release(struct slots_writer *arena, uint32_t index);
/* The slot's content is 'size' bytes at 'start' in it; what is behind goes back at once. Returns the
 * word that tells this turn of the slot from others. */
uint32_t slots_publish(struct slots_writer *arena, uint32_t index, uint32_t start, uint32_t size, uint64_t txn,
		       enum slot_kind kind);
/* Takes a published slot back that nobody has taken, if this still is the turn of that word. False: it was taken, and goes back when
 * the reader frees it; or the turn is another's. */
bool slots_abandon(struct slots_writer *arena, uint32_t index, uint32_t word);

/* The next published slot of that kind from *at on, taken; *at is behind it then. */
bool slots_next(const struct slots_reader *arena, enum slot_kind kind, uint32_t *at, struct slot_view *ret_view);
/* The slot of a transaction that a message announced. */
bool slots_take(const struct slots_reader *arena, uint64_t txn, struct slot_view *ret_view);
void slots_free(const struct slots_reader *arena, const struct slot_view *view);

#endif
