/*
 * Tests of two or more processes. A helper is the test program itself, started again with the name of a role:
 *
 *	static int
 *	run_echo(struct proc *starter)
 *	{
 *		... make a window ...
 *		starter->words[0] = window;
 *		proc_signal(starter);           // the starter's proc_await() returns
 *		proc_await(starter);            // until the starter's proc_signal()
 *		return 0;
 *	}
 *
 *	START_TEST(echoes)
 *	{
 *		struct proc *helper = proc_start("echo");
 *
 *		proc_await(helper);
 *		... helper->words[0] ...
 *		proc_signal(helper);
 *		ck_assert_int_eq(proc_finish(helper), 0);
 *	}
 *	END_TEST
 *
 *	int
 *	main(int argc, char **argv)
 *	{
 *		static const struct proc_role roles[] = { { "echo", run_echo }, { 0 } };
 *
 *		return proc_main(argc, argv, roles, make_suite);
 *	}
 *
 * Both ends see the same words; whose turn it is to write them is up to them, signals order it. Nothing sleeps: all waits are for
 * events or the other process's end, and handle sent messages meanwhile. How long they take is up to the machine: after each
 * PROC_PATIENCE_MS they tell what they wait for, and the test runner's limit ends them. Helpers end with the process that started them.
 * With CDRPC_HELPERS in the environment they are the programs of the same name in that folder: those of another architecture.
 */
#ifndef CDRPC_TESTS_PROC_H
#define CDRPC_TESTS_PROC_H

#include <stdint.h>

#include <windows.h>

#include "check_main.h"

enum { PROC_WORDS = 512, PROC_PATIENCE_MS = 30000 };

/* A time-out for what must not wait for it: an hour, longer than any test may run. So whatever waits for it after all shows, however
 * slow the machine is, and no test needs an upper bound for a time. */
enum { PROC_NEVER_MS = 3600000 };

/* The other end: a helper to its starter, the starter to a helper. */
struct proc {
	HANDLE process;
	DWORD process_id;
	volatile uint64_t *words;       /* PROC_WORDS of them, 0 at first */
	HANDLE section;
	HANDLE event_out;
	HANDLE event_in;
};

struct proc_role {
	const char *name;
	int (*run)(struct proc *starter);       /* returns the exit status */
};

/* In a helper: plays its role. Else: runs the suite. Returns main()'s result. 'roles' ends with an empty one. */
int proc_main(int argc, char **argv, const struct proc_role *roles, Suite *(*make_suite)(void));

/* Starts a helper. The caller ends it with proc_finish() or proc_kill(). */
struct proc *proc_start(const char *role);

void proc_signal(struct proc *other);
/* Until the other signals. Its end fails the test, or ends the helper. */
void proc_await(struct proc *other);
/* Until 'handle' is signalled; the same. */
void proc_await_handle(HANDLE handle);

/* Waits until the helper has ended, and frees it. Returns its exit status. */
int proc_finish(struct proc *helper);
/* Ends the process at once, whatever it is doing, and returns when it has ended; proc_finish() is still to be called. */
void proc_kill(struct proc *helper);

/* In a helper, where assertions have no runner: says what is wrong and ends the process with status 1. */
#define proc_check(condition) proc_check_at((condition) != 0, #condition, __FILE__, __LINE__)
void proc_check_at(int holds, const char *condition, const char *file, int line);

#endif
