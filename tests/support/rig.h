/*
 * A server and a client in two processes of the fake transport, with an interface whose methods differ in how they are called only:
 * each takes a number and a blob.
 *
 *	struct rig rig;
 *
 *	rig_init(&rig);
 *	rig.server_limits.sessions_max = 1;
 *	rig_start(&rig);
 *	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
 *	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 7, bytes, &answer), CDRPC_OK);
 *	ck_assert_str_eq(rig_stop(&rig), "");
 *
 * Between rig_start and rig_stop the client's thread runs.
 */
#ifndef CDRPC_TESTS_RIG_H
#define CDRPC_TESTS_RIG_H

#include <cdrpc/generated.h>

#include "fake.h"
#include "session/endpoint.h"

#define RIG_SERVICE "rig"
#define RIG_INTERFACE UINT64_C(0x7269672E49)

/* Indices of the methods; ordinals are one higher. */
enum {
	RIG_ECHO,               /* answers with what it was given */
	RIG_ECHO_INLINE,
	RIG_STATUS,             /* ends with the number as its status */
	RIG_STATUS_INLINE,
	RIG_NOTE,               /* oneway */
	RIG_ABSENT,             /* the server has no handler */
	RIG_SECRET,             /* an echo */
	RIG_SHORT,              /* an echo whose inputs are 16 bytes at most */
	RIG_EVENT,              /* an event, so no method */
	RIG_LATEST,             /* a [coalesce] event */
	RIG_SHARED,             /* an echo whose blobs are [shared] */
	RIG_LATER,              /* of version 2; the server has version 1 */
	RIG_METHODS
};

struct rig_answer {
	uint32_t value;
	struct cdrpc_bytes data;        /* until the next call */
};

/* Counts what lives, and fails the nth allocation from now if 'fail_at' is n: 1 is the next; with 'for_good' all after it, too. */
struct rig_heap {
	size_t live;
	size_t bytes;
	size_t fail_at;
	bool for_good;
	bool exhausted;         /* all fail */
	size_t allocations;
};

struct rig {
	/* To be changed between rig_init and rig_start, or the client's between its connections. */
	struct cdrpc_server_options server_options;     /* its limits and policy are these */
	struct cdrpc_limits server_limits;
	struct cdrpc_policy server_policy;
	struct cdrpc_client_options client_options;
	struct cdrpc_limits client_limits;
	struct cdrpc_policy client_policy;
	struct endpoint_hooks server_hooks;
	struct endpoint_hooks client_hooks;
	/* Runs in place of what the methods do. */
	cdrpc_status (*handler)(struct rig *rig, struct cdrpc_call *call, uint32_t index, uint32_t value,
				struct cdrpc_bytes data);
	/* Is told of each event that the client listens to. */
	void (*heard)(struct rig *rig, uint32_t index, uint32_t value, struct cdrpc_bytes data);

	struct rig_heap heap;
	struct cdrpc_env env;           /* of both ends */
	uint32_t server_thread;
	uint32_t client_thread;
	uint32_t idle_thread;           /* of a third process */
	struct cdrpc_server *server;
	struct cdrpc_server *back;      /* what the client's side serves to the server's; NULL: nothing */
	struct cdrpc_client *client;
	struct cdrpc_reply reply;
	uint32_t runs;                  /* of handlers */
	uint32_t traces;
	struct cdrpc_call_trace trace;  /* the last one */
};

extern const struct cdrpc_interface rig_interface;      /* as the client has it */

void rig_init(struct rig *rig);
cdrpc_status rig_start(struct rig *rig);
cdrpc_status rig_connect(struct rig *rig);
void rig_disconnect(struct rig *rig);
/* Before rig_connect(): the client's side serves the same interface, with the same handler. 'options' NULL: rig->server_options. */
cdrpc_status rig_serve_back(struct rig *rig, const struct cdrpc_server_options *options);
/* A server with the same interface and handler that is not started. On failure there may be one to be freed. */
cdrpc_status rig_make(struct rig *rig, const char *name, const struct cdrpc_server_options *options, const struct endpoint_hooks *hooks,
		      struct cdrpc_server **ret_server);
/* Another server on the thread that runs, with the same interface and handler; 'name' may be NULL. The caller frees it. */
cdrpc_status rig_serve_too(struct rig *rig, const char *name, const struct cdrpc_server_options *options,
			   struct cdrpc_server **ret_server);
/* Frees what there is, on the right threads. "" if nothing is left in the world and of the heap. */
const char *rig_stop(struct rig *rig);

/* 'ret_answer' is set for methods with outputs, on success. */
cdrpc_status rig_call(struct rig *rig, uint32_t index, uint32_t value, struct cdrpc_bytes data, struct rig_answer *ret_answer);
cdrpc_status rig_begin(struct rig *rig, uint32_t index, uint32_t value, struct cdrpc_bytes data,
		       struct cdrpc_pending **ret_pending);
cdrpc_status rig_finish(struct rig *rig, uint32_t index, struct cdrpc_pending *pending, struct rig_answer *ret_answer);
/* What the reply functions of methods with outputs are. */
cdrpc_status rig_reply(struct cdrpc_call *call, uint32_t value, struct cdrpc_bytes data);

/* Which events rig->heard is told of; neither: of none any more. */
cdrpc_status rig_listen(struct rig *rig, struct cdrpc_client *client, bool event, bool latest);
/* On the server's thread. 'to' NULL: to all. */
cdrpc_status rig_emit(struct cdrpc_server *server, struct cdrpc_peer *to, uint32_t index, uint32_t value,
		      struct cdrpc_bytes data);

/* Lets both sides turn their loops until nothing is left to do; the client's thread runs what follows. */
void rig_settle(struct rig *rig);

struct cdrpc_stats rig_stats(const struct rig *rig);

/* 'size' bytes that differ from place to place; freed by rig_data_free(). */
struct cdrpc_bytes rig_data(uint32_t size);
void rig_data_free(struct cdrpc_bytes data);
bool rig_data_equal(struct cdrpc_bytes a, struct cdrpc_bytes b);

#endif
