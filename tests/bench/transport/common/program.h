/*
 * What the programs of the benchmark have in common. Each is one way to carry a call, and plays one of two roles:
 *
 *	PROGRAM serve VARIANT   prints "ready", and serves until its input ends
 *	PROGRAM call VARIANT    prints "ready", and then does what each line of its input says:
 *
 *	run OPERATION SIZE WARM COUNT           WARM calls that are not measured, COUNT that are; answers COUNT times in nanoseconds
 *	sustain OPERATION SIZE START DURATION   calls from START on for DURATION, both in milliseconds of the system's clock;
 *	                                        answers the nanoseconds that it took, and those of each call
 *
 * Who drives them is run.py. A program that finds anything wrong says so and ends with status 2.
 */
#ifndef BENCH_PROGRAM_H
#define BENCH_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <windows.h>

/* As runtime/win32/send.c has them: all peers that send messages do so with these. */
#define SEND_FLAGS      (SMTO_ABORTIFHUNG | SMTO_ERRORONEXIT)
#define SEND_TIMEOUT_MS 30000

#define KIB UINT32_C(1024)
#define MIB (1024 * KIB)
#define SIZE_MOST (64 * MIB)    /* of a payload */

struct operation {
	const char *name;
	/* One call with that payload; the time it takes is what is measured. */
	void (*call)(uint32_t size);
	/* Or, for what is not a call: measures by itself, writes at most 'count' results and returns how many. */
	uint32_t (*series)(uint32_t size, uint32_t count, uint64_t *ret_values);
};

/* ---- each program has these ---- */

/* Serves for ever; calls program_ready() when it can be called. */
void program_serve(const char *variant);
/* Connects to that server, and says what can be measured; the last one has no name. */
const struct operation *program_connect(const char *variant);

/* ---- for all programs ---- */

void program_ready(void);
/* Ends the program unless 'holds'. */
void program_check(bool holds, const char *what);

uint64_t clock_now(void);               /* ticks, the same in all processes */
uint64_t clock_ns(uint64_t ticks);

/*
 * What the users on both sides do with a payload, in place where it is in place: its writer writes all of it, its reader reads all of
 * it, and sees whether it is what was written. A multiple of 8 bytes; each payload has another seed, which is its first word.
 */
void payload_write(void *bytes, uint32_t size, uint64_t seed);
void payload_check(const void *bytes, uint32_t size);                   /* any seed */
void payload_check_seed(const void *bytes, uint32_t size, uint64_t seed);
uint64_t payload_seed(void);            /* another one each time */

/* A message-only window, of a class of the same name. */
HWND window_make(const wchar_t *name, WNDPROC procedure);
HWND window_find(const wchar_t *name);
/* Dispatches for ever. */
void window_loop(void);
/* Sends 'size' bytes by WM_COPYDATA, and requires the answer TRUE. */
void window_send(HWND to, HWND from, ULONG_PTR tag, const void *bytes, uint32_t size);

#endif
