/*
 * Memory for one run: a bump allocator that is freed as a whole, interned strings, and growing texts.
 *
 * Nothing here returns NULL: when memory is gone 'no_memory' is called, which must not return.
 */
#ifndef CDIDL_ARENA_H
#define CDIDL_ARENA_H

#include <stddef.h>
#include <stdint.h>

#if defined(__MINGW32__)
#define ARENA_PRINTF(text, values) __attribute__((format(gnu_printf, text, values)))
#else
#define ARENA_PRINTF(text, values) __attribute__((format(printf, text, values)))
#endif

struct arena;

struct arena *arena_new(void (*no_memory)(void));
void arena_free(struct arena *arena);

/* Zeroed, aligned for any object. A size of 0 gives a pointer that is not to be followed. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

/* Puts a node behind a list's last one, which is NULL while there is none. */
#define LIST_ADD(first, last, node)                               \
	do {                                                      \
		*((last) ? &(last)->next : &(first)) = (node);    \
		(last) = (node);                                  \
	} while (0)

char *arena_copy(struct arena *arena, const char *text, size_t length);
char *arena_format(struct arena *arena, const char *format, ...) ARENA_PRINTF(2, 3);

/* Equal texts give the same pointer, so that names are compared and looked up by address. */
const char *arena_intern(struct arena *arena, const char *text, size_t length);

/* FNV-1a, 64 bits. */
uint64_t text_hash(const char *text, size_t length);

/* A text that grows; 'data' always ends in NUL. Begin with { .arena = arena }. */
struct text {
	struct arena *arena;
	char *data;
	size_t length;
	size_t capacity;
};

void text_add(struct text *text, const char *data, size_t length);
void text_puts(struct text *text, const char *string);
void text_repeat(struct text *text, char c, size_t count);
void text_format(struct text *text, const char *format, ...) ARENA_PRINTF(2, 3);

/* What was added so far; never NULL. */
const char *text_string(const struct text *text);

#endif
