#include "base/system.h"

#include <windows.h>

_Static_assert(sizeof(SRWLOCK) <= sizeof ((struct lock *)NULL)->of.space, "a lock has no room for an SRWLOCK");

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
