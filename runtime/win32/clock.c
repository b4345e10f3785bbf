#include "base/system.h"

#include <windows.h>

uint64_t
clock_us(void)
{
	LARGE_INTEGER frequency;
	LARGE_INTEGER ticks;
	uint64_t per_second;
	uint64_t now;

	/* Neither fails since Windows XP. */
	QueryPerformanceFrequency(&frequency);
	QueryPerformanceCounter(&ticks);
	per_second = (uint64_t)frequency.QuadPart;
	now = (uint64_t)ticks.QuadPart;
	/* Whole seconds apart from the rest: ticks times a million overflows after some weeks at 3 GHz. */
	return now / per_second * 1000000 + now % per_second * 1000000 / per_second;
}

/* Ticks of up to 15.6 ms. */
uint64_t
awake_us(void)
{
	ULONGLONG now = 0;

	QueryUnbiasedInterruptTime(&now);
	return now / 10;
}
