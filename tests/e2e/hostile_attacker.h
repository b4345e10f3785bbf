/* What the files of the attacker share. */
#ifndef CDRPC_TESTS_HOSTILE_ATTACKER_H
#define CDRPC_TESTS_HOSTILE_ATTACKER_H

#include "hostile.h"
#include "raw.h"

extern struct raw raw;
extern volatile uint64_t *words;        /* the starter's */

/* Counts an answer of the server's: as a refusal with that status, or as unexpected. */
void expect(uint32_t result, cdrpc_status status);
void begin_session(void);

void attack_sections(void);
void attack_rewritten(void);

#endif
