/*
 * Random values of the kinds that C has no literals for, their comparison, and the memory that holds them for one
 * round.
 */
#ifndef CDRPC_TESTS_VALUES_H
#define CDRPC_TESTS_VALUES_H

#include "loopback.h"

/* A table in a table in a table: no deeper. */
#define VALUES_DEPTH_MAX 5

struct values {
	struct loopback *loop;
	struct values_block *blocks;
	uint64_t count;                 /* values that were compared */
};

/* Not zeroed but filled, so that what is not set, and the holes of structs, are no zeros by chance. */
void *values_alloc(struct values *values, size_t size);
void values_free_all(struct values *values);

uint32_t values_below(struct values *values, uint32_t below);
/* Every bit pattern, the ends of ranges more often. */
uint64_t values_u64(struct values *values);
/* Up to 'bound', mostly few. */
uint32_t values_count(struct values *values, uint32_t bound);
float values_f32(struct values *values);
double values_f64(struct values *values);
const char *values_string(struct values *values, uint32_t bound);
const cdrpc_wchar *values_wstring(struct values *values, uint32_t bound);
/* The data is never NULL. */
struct cdrpc_bytes values_bytes(struct values *values, uint32_t bound);

/* Floats are compared by their bits. What is longer than its bound is not the same, not even as itself. */
bool values_same(const void *a, const void *b, size_t size);
bool values_same_string(const char *a, const char *b, uint32_t bound);
bool values_same_wstring(const cdrpc_wchar *a, const cdrpc_wchar *b, uint32_t bound);
bool values_same_bytes(struct cdrpc_bytes a, struct cdrpc_bytes b, uint32_t bound);

#endif
