/* Server skeletons of module test.handles, written by cdidl from handles.cdidl. Changes belong there. */
#include "handles.h"

#include <string.h>

#include <cdrpc/generated.h>

/*
 * give(handle<file: read> a, handle<file: read, write> b, handle<pipe: write> c, handle<section: read> d,
 *     handle<event: sync, modify> e, handle<mutex: sync> f, handle<semaphore: modify> g,
 *     handle<process: sync> h) @1;
 */
static cdrpc_status
handles_give_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct handles_handlers *to = (const struct handles_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	cdrpc_handle a;
	cdrpc_handle b;
	cdrpc_handle c;
	cdrpc_handle d;
	cdrpc_handle e;
	cdrpc_handle f;
	cdrpc_handle g;
	cdrpc_handle h;

	if (!to->give)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, false);
	b = cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, false);
	c = cdrpc_read_handle(&r, CDRPC_HANDLE_PIPE, CDRPC_RIGHT_WRITE, false);
	d = cdrpc_read_handle(&r, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, false);
	e = cdrpc_read_handle(&r, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_SYNC | CDRPC_RIGHT_MODIFY, false);
	f = cdrpc_read_handle(&r, CDRPC_HANDLE_MUTEX, CDRPC_RIGHT_SYNC, false);
	g = cdrpc_read_handle(&r, CDRPC_HANDLE_SEMAPHORE, CDRPC_RIGHT_MODIFY, false);
	h = cdrpc_read_handle(&r, CDRPC_HANDLE_PROCESS, CDRPC_RIGHT_SYNC, false);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->give(call, self, a, b, c, d, e, f, g, h);
}

/* take(out handle<file: read, write> a, out handle<event: sync>? b) @2; */
static cdrpc_status
handles_take_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct handles_handlers *to = (const struct handles_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->take)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->take(call, self);
}

cdrpc_status
handles_take_reply(struct cdrpc_call *call, cdrpc_handle a, cdrpc_handle b)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_handle(&w, a, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, false);
		cdrpc_write_handle(&w, b, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_SYNC, true);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* maybe(handle<file: write>? a, inout handle<section: read, write>? b) @3; */
static cdrpc_status
handles_maybe_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct handles_handlers *to = (const struct handles_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	cdrpc_handle a;
	cdrpc_handle b;

	if (!to->maybe)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_WRITE, true);
	b = cdrpc_read_handle(&r, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, true);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe(call, self, a, b);
}

cdrpc_status
handles_maybe_reply(struct cdrpc_call *call, cdrpc_handle b)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_handle(&w, b, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, true);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* oneway send(handle<event: modify> done) @4; */
static cdrpc_status
handles_send_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct handles_handlers *to = (const struct handles_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	cdrpc_handle done;

	if (!to->send)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	done = cdrpc_read_handle(&r, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, false);
	status = cdrpc_call_inputs_end(&r);
	if (status == CDRPC_OK)
		to->send(call, self, done);
	return status;
}

static cdrpc_skeleton *const handles_skeleton_table[] = {
	handles_give_skeleton,
	handles_take_skeleton,
	handles_maybe_skeleton,
	handles_send_skeleton,
};

cdrpc_status
handles_serve(struct cdrpc_server *server, const struct handles_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &handles_interface, handles_skeleton_table, handlers, self);
}
