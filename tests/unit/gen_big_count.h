/*
 * Included before each source of the generator that gen_big counts the steps of. The compiler counts the blocks of code
 * (-fsanitize-coverage=trace-pc); what the C library's functions go through is counted here, 16 bytes being a step.
 */
#ifndef CDRPC_TESTS_GEN_BIG_COUNT_H
#define CDRPC_TESTS_GEN_BIG_COUNT_H

#include <stdint.h>
#include <string.h>

extern uint64_t big_steps;

static inline size_t
big_count(size_t size)
{
	big_steps += size >> 4;
	return size;
}

#define memcmp(a, b, size) memcmp(a, b, big_count(size))
#define memcpy(to, from, size) memcpy(to, from, big_count(size))
#define memmove(to, from, size) memmove(to, from, big_count(size))
#define memset(to, value, size) memset(to, value, big_count(size))
#define strlen(text) big_count(strlen(text))

#endif
