/*
 * Which transactions of a peer have been seen, so that none runs twice: a high-water mark and the 1,024 below it, one bit each.
 * Older ones count as seen.
 */
#ifndef CDRPC_CORE_SEEN_H
#define CDRPC_CORE_SEEN_H

#include "base/names.h"

#include <stdbool.h>
#include <stdint.h>

#define SEEN_WINDOW 1024

struct seen {
	uint64_t high;                  /* the highest transaction seen; 0: none yet, no transaction has that ID */
	uint64_t bits[SEEN_WINDOW / 64];        /* of transaction t, while t > high - SEEN_WINDOW: bit t % SEEN_WINDOW */
};

/* Marks the transaction, and tells whether it had been seen before. */
bool seen_test_and_set(struct seen *seen, uint64_t txn);

/* Whether it is known to have been marked: not of one that is too old for that. */
bool seen_is_marked(const struct seen *seen, uint64_t txn);

#endif
