/* C header of module test.handles, written by cdidl from handles.cdidl. Changes belong there. */
#ifndef CDIDL_4test_7handles_H
#define CDIDL_4test_7handles_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

/* ---- Handles ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. A oneway is sent by the thread that has
 * connected the client; its handler runs on a thread of the server's. handles_serve comes before the server
 * is started.
 */
extern const struct cdrpc_interface handles_interface;

/*
 * give(handle<file: read> a, handle<file: read, write> b, handle<pipe: write> c, handle<section: read> d,
 *     handle<event: sync, modify> e, handle<mutex: sync> f, handle<semaphore: modify> g,
 *     handle<process: sync> h) @1;
 */
cdrpc_status handles_give(struct cdrpc_client *client, cdrpc_handle a, cdrpc_handle b, cdrpc_handle c, cdrpc_handle d,
			  cdrpc_handle e, cdrpc_handle f, cdrpc_handle g, cdrpc_handle h);
cdrpc_status handles_give_begin(struct cdrpc_client *client, cdrpc_handle a, cdrpc_handle b, cdrpc_handle c,
				cdrpc_handle d, cdrpc_handle e, cdrpc_handle f, cdrpc_handle g, cdrpc_handle h,
				struct cdrpc_pending **ret_pending);
cdrpc_status handles_give_finish(struct cdrpc_pending *pending);

/* take(out handle<file: read, write> a, out handle<event: sync>? b) @2; */
cdrpc_status handles_take(struct cdrpc_client *client, cdrpc_handle *ret_a, cdrpc_handle *ret_b,
			  struct cdrpc_reply *reply);
cdrpc_status handles_take_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status handles_take_finish(struct cdrpc_pending *pending, cdrpc_handle *ret_a, cdrpc_handle *ret_b,
				 struct cdrpc_reply *reply);

/* maybe(handle<file: write>? a, inout handle<section: read, write>? b) @3; */
cdrpc_status handles_maybe(struct cdrpc_client *client, cdrpc_handle a, cdrpc_handle b, cdrpc_handle *ret_b,
			   struct cdrpc_reply *reply);
cdrpc_status handles_maybe_begin(struct cdrpc_client *client, cdrpc_handle a, cdrpc_handle b,
				 struct cdrpc_pending **ret_pending);
cdrpc_status handles_maybe_finish(struct cdrpc_pending *pending, cdrpc_handle *ret_b, struct cdrpc_reply *reply);

/* oneway send(handle<event: modify> done) @4; */
cdrpc_status handles_send(struct cdrpc_client *client, cdrpc_handle done);

/* What a server of Handles does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct handles_handlers {
	cdrpc_status (*give)(struct cdrpc_call *call, void *self, cdrpc_handle a, cdrpc_handle b, cdrpc_handle c,
			     cdrpc_handle d, cdrpc_handle e, cdrpc_handle f, cdrpc_handle g, cdrpc_handle h);
	cdrpc_status (*take)(struct cdrpc_call *call, void *self);
	cdrpc_status (*maybe)(struct cdrpc_call *call, void *self, cdrpc_handle a, cdrpc_handle b);
	void (*send)(struct cdrpc_call *call, void *self, cdrpc_handle done);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status handles_serve(struct cdrpc_server *server, const struct handles_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status handles_take_reply(struct cdrpc_call *call, cdrpc_handle a, cdrpc_handle b);
cdrpc_status handles_maybe_reply(struct cdrpc_call *call, cdrpc_handle b);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

/* Where methods and events stand in the tables of handles_interface. */
enum {
	handles_give_in_table,
	handles_take_in_table,
	handles_maybe_in_table,
	handles_send_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
