/*
 * Which functions of the system a program calls, and how often: the entries of its import table lead through a few instructions that
 * count. The product has nothing of that. What never leaves the process is not counted: the clock, locks, thread ids, last errors, what
 * is known of a window of its own, the C runtime.
 */
#ifndef CDRPC_TESTS_COUNTED_H
#define CDRPC_TESTS_COUNTED_H

#include <stdint.h>

/* From here on this program's calls are counted, on all threads. False: its import table was not understood. */
int counted_begin(void);
void counted_reset(void);
/* "Name 1, Name 2", sorted by name, what was called since: each count divided by 'rounds' and rounded up, as few more as one call of
 * every ten are passed over. "" for nothing. */
void counted_text(uint32_t rounds, char *ret_text, uint32_t size);

#endif
