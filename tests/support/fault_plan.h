/*
 * Ends a process at a point of a call, see core/base/fault.h: this one, or the peer, whose next step then meets nobody. The plan is in
 * words that whoever makes it shares with the process which comes to the point, so it can be made at any time. A program that
 * has fault_plan.c among its sources has this in place of the library's fault.c.
 */
#ifndef CDRPC_TESTS_FAULT_PLAN_H
#define CDRPC_TESTS_FAULT_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include <windows.h>

#include "base/fault.h"

enum { FAULT_PLAN_WORDS = 3 };

/* From now on the process looks at these. */
void fault_plan_use(volatile uint64_t *words);
/* The next one to come to the point ends 'victim', once, and goes on when that has ended. */
void fault_plan_make(volatile uint64_t *words, enum fault fault, uint32_t frame_type, DWORD victim);
/* Whether somebody came there; if not, nobody will any more. */
bool fault_plan_was_reached(volatile uint64_t *words);

#endif
