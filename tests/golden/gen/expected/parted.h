/*
 * C header of module a.b, written by cdidl from parted.cdidl. Changes belong there.
 *
 * Names that are put together of others: the guards of both headers, and what a fuzzer calls a table and a request.
 */
#ifndef CDIDL_1a_1b_H
#define CDIDL_1a_1b_H

#include <cdrpc/cdrpc.h>
#include "joined.h"

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

struct b_ask_request {
	uint32_t number;		/* 1 */
};

struct b_answer {
	uint32_t number;		/* 1 */
};

/* ---- B ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. b_serve comes before the server is started.
 */
extern const struct cdrpc_interface b_interface;

/* ask(AskRequest request, a_b.Pair pair, out Answer reply, out handle<event: sync> made) @1; */
cdrpc_status b_ask(struct cdrpc_client *client, const struct b_ask_request *request, const struct a_b_pair *pair,
		   const struct b_answer **ret_reply, cdrpc_handle *ret_made, struct cdrpc_reply *reply_);
cdrpc_status b_ask_begin(struct cdrpc_client *client, const struct b_ask_request *request, const struct a_b_pair *pair,
			 struct cdrpc_pending **ret_pending);
cdrpc_status b_ask_finish(struct cdrpc_pending *pending, const struct b_answer **ret_reply, cdrpc_handle *ret_made,
			  struct cdrpc_reply *reply_);

/* What a server of B does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct b_handlers {
	cdrpc_status (*ask)(struct cdrpc_call *call, void *self, const struct b_ask_request *request,
			    const struct a_b_pair *pair);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status b_serve(struct cdrpc_server *server, const struct b_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status b_ask_reply(struct cdrpc_call *call, const struct b_answer *reply, cdrpc_handle made);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

void b_ask_request_write(struct cdrpc_writer *w, const struct b_ask_request *ask_request);
void b_ask_request_read(struct cdrpc_reader *r, struct b_ask_request *ask_request);
extern const struct cdrpc_shape b_ask_request_shape;
void b_answer_write(struct cdrpc_writer *w, const struct b_answer *answer);
void b_answer_read(struct cdrpc_reader *r, struct b_answer *answer);
extern const struct cdrpc_shape b_answer_shape;
/* Where methods and events stand in the tables of b_interface. */
enum {
	b_ask_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
