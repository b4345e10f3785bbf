/* Deadlines are points of the monotonic clock, in microseconds; what travels and what waits take is the rest of it, in milliseconds. */
#ifndef CDRPC_CORE_DEADLINE_H
#define CDRPC_CORE_DEADLINE_H

#include "transport.h"

static inline uint64_t
deadline_in(uint32_t timeout_ms)
{
	return clock_us() + (uint64_t)timeout_ms * 1000;
}

/* Rounded up, so that 0 means over; at most what a frame may say, which is less than a caller may ask for. */
static inline uint32_t
deadline_rest_ms(uint64_t deadline_us)
{
	uint64_t now = clock_us();
	uint64_t rest = now >= deadline_us ? 0 : (deadline_us - now + 999) / 1000;

	return rest < INT32_MAX ? (uint32_t)rest : INT32_MAX;
}

#endif
