#include "wire/seen.h"

#include <string.h>

bool
seen_test_and_set(struct seen *seen, uint64_t txn)
{
	uint64_t *word = &seen->bits[txn % SEEN_WINDOW / 64];
	uint64_t bit = UINT64_C(1) << (txn % 64);
	uint64_t t;
	bool before;

	if (txn > seen->high) {
		if (txn - seen->high >= SEEN_WINDOW)
			memset(seen->bits, 0, sizeof seen->bits);
		else
			for (t = seen->high + 1; t < txn; t++)
				seen->bits[t % SEEN_WINDOW / 64] &= ~(UINT64_C(1) << (t % 64));
		seen->high = txn;
		*word |= bit;
		return false;
	}
	if (txn == 0 || seen->high - txn >= SEEN_WINDOW)
		return true;
	before = (*word & bit) != 0;
	*word |= bit;
	return before;
}

bool
seen_is_marked(const struct seen *seen, uint64_t txn)
{
	return txn <= seen->high && seen->high - txn < SEEN_WINDOW && (seen->bits[txn % SEEN_WINDOW / 64] >> (txn % 64) & 1) != 0;
}
