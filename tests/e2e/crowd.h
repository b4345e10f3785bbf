/* The test's processes: what they tell each other, and the one that serves. */
#ifndef CDRPC_TESTS_CROWD_H
#define CDRPC_TESTS_CROWD_H

#include "service.h"

#define CLIENTS 8
#define SECONDS 3

/* Words of the server's, and of a client's. Times are counted in 16 steps to the octave. */
enum {
	WORD_MS, WORD_MESSAGES, WORD_ATTACHED, WORD_APP, WORD_DEEPEST, WORD_NESTED, WORD_CALLS, WORD_WINDOW, WORD_SECONDS,
	WORD_TIMES = 128
};

enum { STEPS = 16, TIMES = 22 * STEPS };

/* What the application has to do, and what is told of each, for each second: how often it came, and how late at most. */
enum app_kind { APP_TIMER, APP_POSTED, APP_PAINT, APP_KINDS };
enum { APP_COUNT, APP_WORST, APP_WORDS };

uint64_t crowd_now_us(void);
void crowd_name(char name[CDRPC_NAME_MAX + 1], DWORD process_id);
/* A loop of an application, until WM_QUIT. */
void crowd_loop(void);

int crowd_run_server(struct proc *starter);

#endif
