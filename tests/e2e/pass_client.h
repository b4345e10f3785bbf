/* The client of the tests of handles: what it may do, what it and the server hold. */
#ifndef CDRPC_TESTS_PASS_CLIENT_H
#define CDRPC_TESTS_PASS_CLIENT_H

#include "pass.h"

/*
 * Who may duplicate handles: an index of 0 or more. What a side may not do, the other does; where neither may, no handle travels.
 * The first three are with arenas: both sides pull; requests are pushed and replies pulled; the reverse. So are the next three
 * without arenas.
 */
enum { WITH_ARENAS = 3, THAT_PASS = 6, NEITHER_MAY = 6 };

#define PASS_LARGE 200000       /* a body that needs a section of its own, where there are no arenas */

struct pass {
	struct proc *server;
	struct cdrpc_client *client;
};

/* Starts a server, not connected. */
void pass_start(struct pass *pass, int relation);
/* Connects to the server that was started by the process of that id. */
cdrpc_status pass_connect(DWORD starter, int relation, struct cdrpc_client **ret_client);
void pass_open(struct pass *pass, int relation);        /* both */
void pass_close(struct pass *pass);

struct pass_held {
	size_t own;
	size_t own_views;
	size_t servers;
	size_t servers_views;
};

struct pass_held pass_count(struct pass *pass);
void pass_check(struct pass *pass, const struct pass_held *before);
/* The same, soon: what a RELEASE is still to bring back. */
void pass_check_soon(struct pass *pass, const struct pass_held *before);
bool pass_holds_soon(struct pass *pass, const struct pass_held *wanted);

/* Whether the client's system refuses to put handles into others. */
extern bool pass_pushes_fail;

/* Makes the thread that sends on the client's behalf, which stays once it was needed. */
void pass_make_sender(struct pass *pass);

/* exchange() and echo() with PASS_LARGE bytes; what comes back is checked, E_DECODE if it is wrong. */
cdrpc_status pass_try_exchange(struct cdrpc_client *client, uint32_t timeout_ms);
cdrpc_status pass_try_echo(struct cdrpc_client *client);
struct cdrpc_bytes pass_data(void);     /* those bytes */

/* take() and give() with arrays. */
cdrpc_status pass_take_all(struct cdrpc_client *client, const HANDLE h[PASS_KINDS], uint32_t ret_access[PASS_KINDS]);
cdrpc_status pass_give_all(struct cdrpc_client *client, uint32_t which, HANDLE ret_h[PASS_KINDS], struct cdrpc_reply *reply);

#endif
