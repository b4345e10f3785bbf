/* The clock, random bytes and locks of system.h. */
#include "base/system.h"

#include <limits.h>

#include <windows.h>
#include <bcrypt.h>

_Static_assert(sizeof(SRWLOCK) <= sizeof ((struct lock *)NULL)->of.space, "a lock has no room for an SRWLOCK");

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

void
thread_yield(void)
{
	SwitchToThread();
}

uint32_t
thread_id(void)
{
	return GetCurrentThreadId();
}

cdrpc_status
random_fill(void *ret_bytes, size_t size)
{
	if (size > ULONG_MAX)
		return CDRPC_E_ARGUMENT;
	if (BCryptGenRandom(NULL, ret_bytes, (ULONG)size, BCRYPT_USE_SYSTEM_PREFERRED_RNG) < 0)
		return CDRPC_E_OS;
	return CDRPC_OK;
}

static SRWLOCK *
lock_srw(struct lock *lock)
{
	return (SRWLOCK *)&lock->of.word;
}

void
lock_init(struct lock *lock)
{
	InitializeSRWLock(lock_srw(lock));
}

void
lock_done(struct lock *lock)
{
	/* An SRWLOCK holds nothing. */
	(void)lock;
}

void
lock_take(struct lock *lock)
{
	AcquireSRWLockExclusive(lock_srw(lock));
}

void
lock_drop(struct lock *lock)
{
	ReleaseSRWLockExclusive(lock_srw(lock));
}
