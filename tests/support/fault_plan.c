#include "fault_plan.h"

enum {
	PLAN_POINT,             /* 0: none */
	PLAN_VICTIM,
	PLAN_REACHED
};

static volatile uint64_t *plan;

static LONG64
point_of(enum fault fault, uint32_t frame_type)
{
	return 1 + ((LONG64)fault << 32 | frame_type);
}

/* Whether this takes the plan from the words. */
static bool
take(volatile uint64_t *words, LONG64 point)
{
	return InterlockedCompareExchange64((volatile LONG64 *)&words[PLAN_POINT], 0, point) == point;
}

void
fault_plan_use(volatile uint64_t *words)
{
	plan = words;
}

void
fault_plan_make(volatile uint64_t *words, enum fault fault, uint32_t frame_type, DWORD victim)
{
	words[PLAN_VICTIM] = victim;
	words[PLAN_REACHED] = 0;
	InterlockedExchange64((volatile LONG64 *)&words[PLAN_POINT], point_of(fault, frame_type));
}

bool
fault_plan_was_reached(volatile uint64_t *words)
{
	InterlockedExchange64((volatile LONG64 *)&words[PLAN_POINT], 0);
	return words[PLAN_REACHED] != 0;
}

void
fault_point(enum fault fault, uint32_t frame_type)
{
	HANDLE victim;

	if (!plan || !take(plan, point_of(fault, frame_type)))
		return;
	plan[PLAN_REACHED] = 1;
	if (plan[PLAN_VICTIM] == GetCurrentProcessId())
		TerminateProcess(GetCurrentProcess(), 9);
	victim = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, (DWORD)plan[PLAN_VICTIM]);
	TerminateProcess(victim, 9);
	WaitForSingleObject(victim, INFINITE);
	CloseHandle(victim);
}
