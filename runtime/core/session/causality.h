/* Which chain of calls a call belongs to: all that one call leads to, across processes, carry the ID that the first one got. */
#ifndef CDRPC_CORE_CAUSALITY_H
#define CDRPC_CORE_CAUSALITY_H

#include <string.h>

#include "wire/frame.h"

#define CAUSALITY_DEPTH_MAX 8           /* calls within calls */

struct causality {
	uint8_t id[FRAME_TOKEN_SIZE];
	uint16_t depth;                 /* 1: nobody called whoever made this call */
};

static inline bool
causality_same(const struct causality *a, const struct causality *b)
{
	return memcmp(a->id, b->id, sizeof a->id) == 0;
}

#endif
