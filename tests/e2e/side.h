/*
 * A process that serves test.duplex.Duplex to the test that started it, on its main thread, and ends when as many sessions have ended
 * as SIDE_SESSIONS says, 1 if it says nothing. The words that tell it what to be are set before the first signal:
 *
 *	helper = proc_start("side");
 *	helper->words[SIDE_POLICY] = CDRPC_REENTRY_ALLOW;
 *	proc_signal(helper);
 *	proc_await(helper);     // it serves
 */
#ifndef CDRPC_TESTS_SIDE_H
#define CDRPC_TESTS_SIDE_H

#include <cdrpc/cdrpc.h>

#include "duplex.h"
#include "leaks.h"
#include "proc.h"

enum {
	SIDE_SESSIONS,        /* how many */
	SIDE_POLICY,          /* enum cdrpc_reentry */
	SIDE_MESSAGES,        /* no arenas */
	SIDE_THREADS,
	SIDE_CROSSED,         /* what came of the calls that cross() made, one word each: OK, WOULD_DEADLOCK, anything else */
	SIDE_REFUSED = SIDE_CROSSED + 3,    /* calls refused while this side waited, all others */
	SIDE_ADDED = SIDE_REFUSED + 2,
	SIDE_DISPATCHED,        /* messages of the application that were dispatched in a call */
	SIDE_MET                /* what came of the calls that met those of seek(): run, refused */
};

/* One side of it. */
struct side {
	struct cdrpc_server *server;
	struct cdrpc_env env;
	struct proc *starter;           /* NULL in the test's own process */
	HWND window;                    /* of the application, not the library's */
	bool calling;                   /* inside a call of its own */
	uint32_t crossed[3];
	uint32_t refused[2];
	uint32_t dispatched;
	uint32_t in_call_dispatched;
	uint32_t added;
	uint32_t sessions;
	uint32_t notified[2];           /* that nobody waits any more: as it should be, and otherwise */
	struct cdrpc_call *kept;
	struct cdrpc_peer *peer;        /* the last one */
	uint32_t to_cross;
	struct cdrpc_call *met;
	uint32_t meet_calls;
	uint32_t seek_rounds;
	uint32_t seek_met[2];
};

/* Sets the handlers and the options that lead to 'side', and makes the server. 'name' NULL: anonymous. */
cdrpc_status side_new(struct side *side, const char *name, const struct cdrpc_server_options *options);
/* Makes 'count' calls of add() one after another, a message of the application before each, and counts what they come to. */
void side_cross(struct side *side, struct cdrpc_client *client, uint32_t count);

/* "test.duplex.", and the process id of the test. */
void side_name(char name[CDRPC_NAME_MAX + 1], DWORD process_id);

/* A message loop, until *count is at least 'least', or until the handle is signalled; the test fails if that does not come. */
void side_pump(const uint32_t *count, uint32_t least);
void side_pump_handle(HANDLE handle);
/* Whether this is inside a message that another thread has sent. */
bool side_in_message(void);

/* Does what 'starter' asks in its words. */
int side_run(struct proc *starter);

#endif
