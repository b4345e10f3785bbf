#include "wire/slots.h"

#include <string.h>

/* state 0-1, kind 2-3, generation 4-15, transaction 16-31 */
#define STATE_MASK 3u
#define KIND_OF(word) ((word) >> 2 & 3u)
#define GENERATION_MASK 0xFFFu

static uint32_t
word_make(enum slot_kind kind, uint32_t generation, uint64_t txn)
{
	return SLOT_READY | (uint32_t)kind << 2 | (generation & GENERATION_MASK) << 4 | (uint32_t)(txn & 0xFFFF) << 16;
}

static uint32_t
word_in(uint32_t word, enum slot_state state)
{
	return (word & ~STATE_MASK) | (uint32_t)state;
}

void
slots_writer_init(struct slots_writer *arena, uint8_t *base, uint32_t size, slot_word *words)
{
	*arena = (struct slots_writer){ .base = base, .size = size, .words = words };
}

void
slots_reader_init(struct slots_reader *arena, const uint8_t *base, uint32_t size, slot_word *words)
{
	*arena = (struct slots_reader){ .base = base, .size = size, .words = words };
}

/* Where the piece of memory ends that 'offset' is in. */
static uint32_t
piece_end(const struct slots_writer *arena, uint32_t offset)
{
	return offset < arena->size ? arena->size : arena->size + arena->more_size;
}

/* Slots that the reader has freed. A word that is not what it can be by now leaves its slot in use for good. */
static void
collect(struct slots_writer *arena)
{
	uint32_t i;

	for (i = 0; i < ARENA_SLOTS; i++) {
		struct slot *slot = &arena->slots[i];

		if (slot->word && atomic_u32_load(&arena->words[i]) == word_in(slot->word, SLOT_FREE))
			memset(slot, 0, sizeof *slot);
	}
}

/* The first byte from 'from' on that no slot covers, and how many follow it. */
static uint32_t
gap(const struct slots_writer *arena, uint32_t from, uint32_t *ret_size)
{
	bool moved = true;
	uint32_t i, end;

	while (moved) {
		moved = false;
		for (i = 0; i < ARENA_SLOTS; i++) {
			const struct slot *slot = &arena->slots[i];

			if (slot->size && slot->offset <= from && from - slot->offset < slot->size) {
				from = slot->offset + slot->size;
				moved = true;
			}
		}
	}
	end = piece_end(arena, from);
	for (i = 0; i < ARENA_SLOTS; i++) {
		if (arena->slots[i].size && arena->slots[i].offset >= from && arena->slots[i].offset < end)
			end = arena->slots[i].offset;
	}
	*ret_size = end - from;
	return from;
}

bool
slots_reserve(struct slots_writer *arena, uint32_t least, uint32_t most, uint32_t *ret_index)
{
	uint32_t from = ARENA_TABLE_SIZE, size = 0, index;

	collect(arena);
	for (index = 0; index < ARENA_SLOTS && arena->slots[index].size; index++)
		;
	if (index == ARENA_SLOTS)
		return false;
	least = (least + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
	for (;;) {
		from = gap(arena, from, &size);
		if (size >= least)
			break;
		if (from + size >= arena->size + arena->more_size)
			return false;
		from += size;
	}
	most = (most + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
	arena->slots[index] = (struct slot){ .offset = from, .size = size < most ? size : most };
	*ret_index = index;
	return true;
}

bool
slots_resize(struct slots_writer *arena, uint32_t index, uint32_t size)
{
	struct slot *slot = &arena->slots[index];
	uint32_t after, free_size;

	size = (size + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
	if (size > piece_end(arena, slot->offset) - slot->offset)
		return false;
	if (size > slot->size) {
		after = gap(arena, slot->offset + slot->size, &free_size);
		if (after != slot->offset + slot->size || free_size < size - slot->size)
			return false;
	}
	slot->size = size;
	return true;
}

void
slots_release(struct slots_writer *arena, uint32_t index)
{
	memset(&arena->slots[index], 0, sizeof arena->slots[index]);
}

uint32_t
slots_publish(struct slots_writer *arena, uint32_t index, uint32_t start, uint32_t size, uint64_t txn, enum slot_kind kind)
{
	struct slot *slot = &arena->slots[index];
	uint32_t where[2] = { slot->offset + start, size };

	memcpy(arena->base + index * sizeof where, where, sizeof where);
	slot->size = (start + size + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
	slot->word = word_make(kind, ++arena->generation, txn);
	atomic_u32_store(&arena->words[index], slot->word);
	return slot->word;
}

bool
slots_abandon(struct slots_writer *arena, uint32_t index, uint32_t word)
{
	uint32_t expected = word;

	if (arena->slots[index].word != word ||
	    !atomic_u32_compare_exchange(&arena->words[index], &expected, word_in(word, SLOT_ABANDONED)))
		return false;
	slots_release(arena, index);
	return true;
}

/* Where in the arena 'size' bytes at 'offset' are; false: they are not. */
static bool
locate(const struct slots_reader *arena, uint32_t offset, uint32_t size, struct slot_view *ret_view)
{
	uint32_t piece_size = arena->size;

	if (offset % 8 != 0)
		return false;
	ret_view->base = arena->base;
	if (offset >= arena->size && arena->more_size) {
		ret_view->base = arena->more;
		offset -= arena->size;
		piece_size = arena->more_size;
	}
	if (offset > piece_size || size > piece_size - offset)
		return false;
	ret_view->bytes = ret_view->base + offset;
	ret_view->size = size;
	return true;
}

/* Takes slot 'index' if its word is still 'word', and looks where its content is. */
static bool
take_slot(const struct slots_reader *arena, uint32_t index, uint32_t word, struct slot_view *ret_view)
{
	uint32_t where[2];

	if (!atomic_u32_compare_exchange(&arena->words[index], &word, word_in(word, SLOT_TAKEN)))
		return false;
	ret_view->index = index;
	ret_view->word = word;
	memcpy(where, arena->base + index * sizeof where, sizeof where);
	if (!locate(arena, where[0], where[1], ret_view)) {
		slots_free(arena, ret_view);
		return false;
	}
	return true;
}

bool
slots_next(const struct slots_reader *arena, enum slot_kind kind, uint32_t *at, struct slot_view *ret_view)
{
	uint32_t word;

	while (*at < ARENA_SLOTS) {
		uint32_t index = (*at)++;

		word = atomic_u32_load(&arena->words[index]);
		if ((word & STATE_MASK) == SLOT_READY && KIND_OF(word) == (uint32_t)kind && take_slot(arena, index, word, ret_view))
			return true;
	}
	return false;
}

bool
slots_take(const struct slots_reader *arena, uint64_t txn, struct slot_view *ret_view)
{
	uint32_t i, word;

	for (i = 0; i < ARENA_SLOTS; i++) {
		word = atomic_u32_load(&arena->words[i]);
		if ((word & STATE_MASK) == SLOT_READY && KIND_OF(word) == SLOT_BY_MESSAGE && word >> 16 == (txn & 0xFFFF) &&
		    take_slot(arena, i, word, ret_view))
			return true;
	}
	return false;
}

void
slots_free(const struct slots_reader *arena, const struct slot_view *view)
{
	atomic_u32_store_release(&arena->words[view->index], word_in(view->word, SLOT_FREE));
}
