/* A list of 1,000 tracks, as codec/ measures it. */
#ifndef BENCH_TRACKS_H
#define BENCH_TRACKS_H

#include "bench.h"

#define TRACK_COUNT 1000

const struct bench_track *tracks_make(void);
/* Looks at all that is in them. */
void tracks_check(const struct bench_track *tracks, uint32_t count);

#endif
