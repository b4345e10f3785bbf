/*
 * A process that serves test.echo.Echo to the test that started it, and does what it is told. One thread of it serves; the main
 * thread takes commands, so that they arrive whatever the serving thread is doing.
 *
 *	struct serving service;
 *
 *	service_start(&service, "serve");
 *	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
 *	... echo_add(service.client, ...), service.trace ...
 *	service_stop(&service);
 *
 * The program gives SERVICE_ROLES to proc_main().
 */
#ifndef CDRPC_TESTS_SERVICE_H
#define CDRPC_TESTS_SERVICE_H

#include <cdrpc/cdrpc.h>

#include "echo.h"
#include "leaks.h"
#include "proc.h"

/* Words of struct proc. */
enum {
	SERVICE_COMMAND,
	SERVICE_ARGUMENT,
	SERVICE_RESULT,         /* what a command came to; what twice() got the second time */
	SERVICE_THREAD,         /* the serving thread's id */
	SERVICE_WINDOW,         /* a window of the serving thread's, the one it is attached to if it is */
	SERVICE_LOG,            /* what that window was sent of SERVICE_MESSAGE_LOG: times 31, plus wParam */
	SERVICE_HEAP_BLOCKS,    /* what the server's library has allocated */
	SERVICE_HEAP_BYTES,
	SERVICE_ALLOCATIONS,    /* how often it has, ever */
	SERVICE_STATS           /* struct cdrpc_stats, from here on */
};

/* To SERVICE_WINDOW; lParam 1: signal. It answers a WM_COPYDATA with cbData + dwData + wParam. */
#define SERVICE_MESSAGE_LOG (WM_APP + 100)

enum service_command {
	SERVICE_END,            /* cdrpc_server_stop() from another thread; the process ends */
	SERVICE_TELL,           /* fill in SERVICE_HEAP and SERVICE_STATS */
	SERVICE_SETTLE,         /* wait until the serving thread is back in its loop: what it did after an answer is done */
	SERVICE_ANSWER_OWN,     /* answer the kept call by the serving thread, from a message of its loop */
	SERVICE_ANSWER_OTHER,   /* by another thread */
	SERVICE_RELEASE,        /* let block() return */
	SERVICE_AWAIT_END,      /* wait until as many sessions as the argument says have ended since the beginning */
	SERVICE_COPY,           /* send a WM_COPYDATA of 12 bytes, tag 7, from window 30, to the window in the argument */
	SERVICE_START_TIMER,    /* a timer of the window, until its fifth tick */
	SERVICE_VANISH          /* end the serving thread, and with it its windows */
};

struct serving {
	struct proc *proc;
	char name[CDRPC_NAME_MAX + 1];
	struct cdrpc_client_options options;    /* with the trace below */
	struct cdrpc_client *client;
	struct cdrpc_call_trace trace;          /* the last one of the client */
	uint32_t traces;
};

#define SERVICE_ROLES                                                                                                          \
	{ "serve-wide", service_run_wide },                                                                                    \
	{ "serve", service_run }, { "serve-messages", service_run_messages }, { "serve-old", service_run_old },                \
	{ "serve-window", service_run_window }
int service_run(struct proc *starter);
int service_run_messages(struct proc *starter);         /* without arenas */
#define SERVICE_WIDE (70u << 20)
int service_run_wide(struct proc *starter);             /* with arenas of that size */
int service_run_old(struct proc *starter);              /* version 1 of the interface */
int service_run_window(struct proc *starter);           /* attached to a window of the process, in a loop of its own */

/* Starts the process and waits until it serves; the client's options are set, nothing is connected. */
void service_start(struct serving *service, const char *role);
/* The same, and connects. */
void service_connect(struct serving *service, const char *role);
/* Does a command and waits for it. */
void service_do(struct serving *service, enum service_command command, uint64_t argument);
struct cdrpc_stats service_stats(struct serving *service);
/* Frees the client, ends the process, and checks that it ended well. */
void service_stop(struct serving *service);
/* After proc_kill(): frees what is left. */
void service_buried(struct serving *service);

/*
 * Whether a WM_COPYDATA arrives whole that one thread of a process sends to another. To 32-bit programs Wine 8 hands a structure over
 * whose members have moved; without it a client and a server cannot live in one process, and there is nothing to test.
 */
bool service_threads_can_copy(void);

/* 'size' bytes that differ from place to place; the caller frees 'data'. */
struct cdrpc_bytes service_data(uint32_t size);
void service_fill(uint8_t *data, uint32_t size);        /* the same, into 'data' */
uint32_t service_sum(struct cdrpc_bytes data);          /* that of the method store() */
bool service_data_equal(struct cdrpc_bytes a, struct cdrpc_bytes b);

#endif
