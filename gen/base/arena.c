#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE ((size_t)64 << 10)
#define ALIGNMENT            \
	sizeof(union {       \
		long long i; \
		double d;    \
		void *p;     \
	})

struct chunk {
	struct chunk *next;
	union {
		long long i;
		double d;
		void *p;
	} data[];
};

struct string {
	struct string *next;
	size_t length;
	uint64_t hash;
	char text[];
};

struct arena {
	void (*no_memory)(void);
	struct chunk *chunks;
	char *free;
	size_t left;
	struct string **buckets; /* a power of two; NULL until the first string */
	size_t bucket_count;
	size_t string_count;
};

struct arena *
arena_new(void (*no_memory)(void))
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (!arena)
		no_memory();
	arena->no_memory = no_memory;
	return arena;
}

void
arena_free(struct arena *arena)
{
	struct chunk *chunk, *next;

	if (!arena)
		return;
	for (chunk = arena->chunks; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(arena->buckets);
	free(arena);
}

static struct chunk *
chunk_new(struct arena *arena, size_t size)
{
	struct chunk *chunk = size <= SIZE_MAX - sizeof *chunk ? calloc(1, sizeof *chunk + size) : NULL;

	if (!chunk)
		arena->no_memory();
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	char *memory;

	if (size > CHUNK_SIZE / 4)
		return chunk_new(arena, size)->data;
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!arena->free || size > arena->left) {
		arena->free = (char *)chunk_new(arena, CHUNK_SIZE)->data;
		arena->left = CHUNK_SIZE;
	}
	memory = arena->free;
	arena->free += size;
	arena->left -= size;
	return memory;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		arena->no_memory();
	return arena_alloc(arena, count * size);
}

char *
arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length)
		memcpy(copy, text, length);
	return copy;
}

static void
buckets_grow(struct arena *arena)
{
	size_t count = arena->bucket_count ? arena->bucket_count * 2 : 256, i;
	struct string **buckets = calloc(count, sizeof *buckets);
	struct string *string, *next;

	if (!buckets)
		arena->no_memory();
	for (i = 0; i < arena->bucket_count; i++) {
		for (string = arena->buckets[i]; string; string = next) {
			next = string->next;
			string->next = buckets[string->hash & (count - 1)];
			buckets[string->hash & (count - 1)] = string;
		}
	}
	free(arena->buckets);
	arena->buckets = buckets;
	arena->bucket_count = count;
}

uint64_t
text_hash(const char *text, size_t length)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	size_t i;

	for (i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	return hash;
}

const char *
arena_intern(struct arena *arena, const char *text, size_t length)
{
	uint64_t hash = text_hash(text, length);
	struct string *string;

	hash ^= hash >> 32;
	if (arena->string_count >= arena->bucket_count)
		buckets_grow(arena);
	for (string = arena->buckets[hash & (arena->bucket_count - 1)]; string; string = string->next)
		if (string->hash == hash && string->length == length && !memcmp(string->text, text, length))
			return string->text;
	string = arena_alloc(arena, sizeof *string + length + 1);
	string->length = length;
	string->hash = hash;
	memcpy(string->text, text, length);
	string->next = arena->buckets[hash & (arena->bucket_count - 1)];
	arena->buckets[hash & (arena->bucket_count - 1)] = string;
	arena->string_count++;
	return string->text;
}

/* Makes room for 'length' more bytes and the NUL. */
static char *
text_reserve(struct text *text, size_t length)
{
	size_t capacity = text->capacity ? text->capacity : 64;
	char *data;

	if (text->data && length < text->capacity - text->length)
		return text->data + text->length;
	while (length >= capacity - text->length)
		capacity *= 2;
	data = arena_alloc(text->arena, capacity);
	if (text->length)
		memcpy(data, text->data, text->length);
	text->data = data;
	text->capacity = capacity;
	return data + text->length;
}

void
text_add(struct text *text, const char *data, size_t length)
{
	char *end = text_reserve(text, length);

	if (length)
		memcpy(end, data, length);
	text->length += length;
	text->data[text->length] = '\0';
}

void
text_puts(struct text *text, const char *string)
{
	text_add(text, string, strlen(string));
}

void
text_repeat(struct text *text, char c, size_t count)
{
	memset(text_reserve(text, count), c, count);
	text->length += count;
	text->data[text->length] = '\0';
}

static void ARENA_PRINTF(2, 0) text_vformat(struct text *text, const char *format, va_list values)
{
	va_list again;
	int length;

	va_copy(again, values);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		return;
	vsnprintf(text_reserve(text, (size_t)length), (size_t)length + 1, format, values);
	text->length += (size_t)length;
}

void
text_format(struct text *text, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	text_vformat(text, format, values);
	va_end(values);
}

char *
arena_format(struct arena *arena, const char *format, ...)
{
	struct text text = {.arena = arena};
	va_list values;

	va_start(values, format);
	text_vformat(&text, format, values);
	va_end(values);
	return text.data;
}

const char *
text_string(const struct text *text)
{
	return text->data ? text->data : "";
}
