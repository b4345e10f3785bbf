/* Reads the files in tests/vectors, whose form is described at their beginning. A file that is not well formed ends the program. */
#ifndef CDRPC_TESTS_VECTORS_H
#define CDRPC_TESTS_VECTORS_H

#include <stddef.h>
#include <stdint.h>

#include <cdrpc/cdrpc.h>

struct vector {
	char label[128];
	char text[1024];                /* what follows "value" or "frame", lines joined by a space */
	cdrpc_status status;
	uint8_t *bytes;                 /* from malloc(), exactly 'size': reading past them is seen by a sanitizer */
	size_t size;
	uint8_t *blob;
	size_t blob_size;
};

struct vectors {
	size_t count;
	struct vector list[256];
};

/* 'name' is a file's in the folder that the environment's CDRPC_VECTORS names. Freed by vectors_free(). */
struct vectors *vectors_load(const char *name);
void vectors_free(struct vectors *vectors);
/* The one of that label; there must be one. */
const struct vector *vectors_find(const struct vectors *vectors, const char *label);

#endif
