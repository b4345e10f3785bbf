/*
 * One source file: its path as written, its bytes, and the way from an offset to a line and a column.
 *
 * A source lives as long as the arena it was loaded into; spans point into it.
 */
#ifndef CDIDL_SOURCE_H
#define CDIDL_SOURCE_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/* Offsets are 32 bits wide; no interface file comes near this. */
#define SOURCE_SIZE_MAX (256u << 20)

struct source {
	const char *path; /* as the user or the import wrote it, '/' or '\\' untouched; shown in diagnostics */
	const char *text; /* 'size' bytes and a NUL that does not count */
	size_t size;
	const uint32_t *lines; /* offset of the first byte of each line */
	uint32_t line_count;
	uint32_t order; /* of loading, which is the order of diagnostics */
};

/* A piece of a source. 'source' is NULL for "no place in particular". */
struct span {
	const struct source *source;
	uint32_t offset;
	uint32_t length; /* bytes; 0 marks a place between two characters */
};

/* Both count from 1. A column counts code points, a tab is one; bytes that are not UTF-8 count one each. */
struct position {
	uint32_t line;
	uint32_t column;
};

/*
 * Keeps 'path' and 'text', which are the arena's; 'text' may hold any bytes and ends in a NUL behind 'size'. A byte
 * order mark at the beginning, which some editors write, is left out.
 */
const struct source *source_new(struct arena *arena, uint32_t order, const char *path, const char *text, size_t size);

/* The name of a file without its folder and ".cdidl": what the names of its outputs begin with. */
const char *source_stem(struct arena *arena, const char *path);

struct position source_position(const struct source *source, uint32_t offset);

/* The text of a line that counts from 1, without its line end. */
const char *source_line(const struct source *source, uint32_t line, size_t *ret_length);

/* The length of the UTF-8 sequence at 'text' (1 to 4), or 0 when there is no valid one within 'left' bytes. */
size_t utf8_decode(const char *text, size_t left, uint32_t *ret_code_point);

/* The bytes of a code point, 1 to 4. */
size_t utf8_encode(uint32_t code_point, char ret_bytes[4]);

/* The smallest span that holds both; they are of the same source. */
struct span span_join(struct span first, struct span last);

#endif
