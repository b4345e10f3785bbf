/* Client stubs of module test.handles, written by cdidl from handles.cdidl. Changes belong there. */
#include "handles.h"

#include <string.h>

#include <cdrpc/generated.h>

/*
 * give(handle<file: read> a, handle<file: read, write> b, handle<pipe: write> c, handle<section: read> d,
 *     handle<event: sync, modify> e, handle<mutex: sync> f, handle<semaphore: modify> g,
 *     handle<process: sync> h) @1;
 */
cdrpc_status
handles_give_begin(struct cdrpc_client *client, cdrpc_handle a, cdrpc_handle b, cdrpc_handle c, cdrpc_handle d,
		   cdrpc_handle e, cdrpc_handle f, cdrpc_handle g, cdrpc_handle h, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &handles_interface, 0);
	do {
		cdrpc_write_handle(&w, a, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, false);
		cdrpc_write_handle(&w, b, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, false);
		cdrpc_write_handle(&w, c, CDRPC_HANDLE_PIPE, CDRPC_RIGHT_WRITE, false);
		cdrpc_write_handle(&w, d, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, false);
		cdrpc_write_handle(&w, e, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_SYNC | CDRPC_RIGHT_MODIFY, false);
		cdrpc_write_handle(&w, f, CDRPC_HANDLE_MUTEX, CDRPC_RIGHT_SYNC, false);
		cdrpc_write_handle(&w, g, CDRPC_HANDLE_SEMAPHORE, CDRPC_RIGHT_MODIFY, false);
		cdrpc_write_handle(&w, h, CDRPC_HANDLE_PROCESS, CDRPC_RIGHT_SYNC, false);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
handles_give_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
handles_give(struct cdrpc_client *client, cdrpc_handle a, cdrpc_handle b, cdrpc_handle c, cdrpc_handle d,
	     cdrpc_handle e, cdrpc_handle f, cdrpc_handle g, cdrpc_handle h)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = handles_give_begin(client, a, b, c, d, e, f, g, h, &pending);
	if (status != CDRPC_OK)
		return status;
	return handles_give_finish(pending);
}

/* take(out handle<file: read, write> a, out handle<event: sync>? b) @2; */
cdrpc_status
handles_take_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &handles_interface, 1);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
handles_take_finish(struct cdrpc_pending *pending, cdrpc_handle *ret_a, cdrpc_handle *ret_b, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	cdrpc_handle a;
	cdrpc_handle b;

	cdrpc_reply_begin(&r, pending, reply);
	a = cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, false);
	b = cdrpc_read_handle(&r, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_SYNC, true);
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_b = b;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
handles_take(struct cdrpc_client *client, cdrpc_handle *ret_a, cdrpc_handle *ret_b, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = handles_take_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return handles_take_finish(pending, ret_a, ret_b, reply);
}

/* maybe(handle<file: write>? a, inout handle<section: read, write>? b) @3; */
cdrpc_status
handles_maybe_begin(struct cdrpc_client *client, cdrpc_handle a, cdrpc_handle b, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &handles_interface, 2);
	do {
		cdrpc_write_handle(&w, a, CDRPC_HANDLE_FILE, CDRPC_RIGHT_WRITE, true);
		cdrpc_write_handle(&w, b, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, true);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
handles_maybe_finish(struct cdrpc_pending *pending, cdrpc_handle *ret_b, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	cdrpc_handle b;

	cdrpc_reply_begin(&r, pending, reply);
	b = cdrpc_read_handle(&r, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, true);
	if (cdrpc_reply_good(&r))
		*ret_b = b;
	return cdrpc_reply_end(&r);
}

cdrpc_status
handles_maybe(struct cdrpc_client *client, cdrpc_handle a, cdrpc_handle b, cdrpc_handle *ret_b,
	      struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = handles_maybe_begin(client, a, b, &pending);
	if (status != CDRPC_OK)
		return status;
	return handles_maybe_finish(pending, ret_b, reply);
}

/* oneway send(handle<event: modify> done) @4; */
cdrpc_status
handles_send(struct cdrpc_client *client, cdrpc_handle done)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &handles_interface, 3);
	do {
		cdrpc_write_handle(&w, done, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, false);
	} while (cdrpc_write_again(&w));
	return cdrpc_oneway_send(&w);
}
