/*
 * Deadlines are points of awake_us(), in microseconds; what travels and what waits take is the rest of it, in milliseconds. Time
 * for which the machine sleeps is nobody's: neither side could have done anything.
 */
#ifndef CDRPC_CORE_DEADLINE_H
#define CDRPC_CORE_DEADLINE_H

#include "base/names.h"
#include "base/system.h"

/* That clock moves in ticks, and may have been behind by one when a deadline was made. So it is later by one: none ends early, and what
 * is said of it to the other side, which does the same, is never too little. */
#define DEADLINE_TICK_US 16000

/* 0: it is over. */
static inline uint64_t
deadline_in(uint32_t timeout_ms)
{
	return timeout_ms == 0 ? awake_us() : awake_us() + DEADLINE_TICK_US + (uint64_t)timeout_ms * 1000;
}

static inline bool
deadline_is_over(uint64_t deadline_us)
{
	return awake_us() >= deadline_us;
}

/* Rounded up, so that 0 means over; at most what a frame may say, which is less than a caller may ask for. */
static inline uint32_t
deadline_rest_ms(uint64_t deadline_us)
{
	uint64_t now = awake_us();
	uint64_t rest = now >= deadline_us ? 0 : (deadline_us - now + 999) / 1000;

	return rest < INT32_MAX ? (uint32_t)rest : INT32_MAX;
}

/* The same, and no more than 'most_ms'. */
static inline uint32_t
deadline_slice_ms(uint64_t deadline_us, uint32_t most_ms)
{
	uint32_t rest_ms = deadline_rest_ms(deadline_us);

	return rest_ms < most_ms ? rest_ms : most_ms;
}

#endif
