/*
 * Where a thread keeps its state: an index of the system's, which is there while any thread has one. A variable of the compiler's
 * would be emulated by MinGW, with a library of threads that every program then needs.
 */
#include "session/thread_state.h"

#include <windows.h>

static SRWLOCK lock = SRWLOCK_INIT;
static DWORD slot;                      /* valid while there are states */
static uint32_t states;

static struct thread_state *
state_new(void)
{
	struct thread_state *state;

	if (states == 0)
		slot = TlsAlloc();
	if (slot == TLS_OUT_OF_INDEXES)
		return NULL;
	/* Of the process heap: its endpoints may have allocators of their own. */
	state = (struct thread_state *)HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *state);
	if (state && TlsSetValue(slot, state)) {
		states++;
		return state;
	}
	if (state)
		HeapFree(GetProcessHeap(), 0, state);
	if (states == 0)
		TlsFree(slot);
	return NULL;
}

struct thread_state *
thread_state_take(void)
{
	struct thread_state *state;

	AcquireSRWLockExclusive(&lock);
	state = states ? (struct thread_state *)TlsGetValue(slot) : NULL;
	if (!state)
		state = state_new();
	if (state)
		thread_state_hold(state);
	ReleaseSRWLockExclusive(&lock);
	return state;
}

void
thread_state_drop(struct thread_state *state)
{
	if (atomic_u32_sub(&state->refs, 1) != 1)
		return;
	AcquireSRWLockExclusive(&lock);
	if (TlsGetValue(slot) == state)
		TlsSetValue(slot, NULL);
	if (--states == 0)
		TlsFree(slot);
	ReleaseSRWLockExclusive(&lock);
	HeapFree(GetProcessHeap(), 0, state);
}
