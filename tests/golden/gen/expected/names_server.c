/* Server skeletons of module test.names, written by cdidl from names.cdidl. Changes belong there. */
#include "names.h"

#include <string.h>

#include <cdrpc/generated.h>

/*
 * own(u32 client, u32 call, u32 self, u32 reply, u32 pending, u32 ret_pending, u32 w, u32 r, u32 i, u32 n,
 *     u32 status, u32 to, u32 handlers, u32 events, u32 server, u32 w_, string[<=4][<=4] texts,
 *     out string[<=4][<=4] outs) @1;
 */
static cdrpc_status
nm_own_skeleton(struct cdrpc_call *call_, const void *handlers_, void *self_)
{
	const struct nm_handlers *to_ = (const struct nm_handlers *)handlers_;
	struct cdrpc_reader r_;
	cdrpc_status status_;
	uint32_t client;
	uint32_t call;
	uint32_t self;
	uint32_t reply;
	uint32_t pending;
	uint32_t ret_pending;
	uint32_t w;
	uint32_t r;
	uint32_t i;
	uint32_t n;
	uint32_t status;
	uint32_t to;
	uint32_t handlers;
	uint32_t events;
	uint32_t server;
	uint32_t w_;
	const char **texts;
	uint32_t texts_count;
	uint32_t i_;

	if (!to_->own)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r_, call_);
	client = cdrpc_read_u32(&r_);
	call = cdrpc_read_u32(&r_);
	self = cdrpc_read_u32(&r_);
	reply = cdrpc_read_u32(&r_);
	pending = cdrpc_read_u32(&r_);
	ret_pending = cdrpc_read_u32(&r_);
	w = cdrpc_read_u32(&r_);
	r = cdrpc_read_u32(&r_);
	i = cdrpc_read_u32(&r_);
	n = cdrpc_read_u32(&r_);
	status = cdrpc_read_u32(&r_);
	to = cdrpc_read_u32(&r_);
	handlers = cdrpc_read_u32(&r_);
	events = cdrpc_read_u32(&r_);
	server = cdrpc_read_u32(&r_);
	w_ = cdrpc_read_u32(&r_);
	texts_count = cdrpc_read_count(&r_, 4, 5);
	texts = (const char **)cdrpc_read_alloc(&r_, texts_count, sizeof *texts);
	for (i_ = 0; texts && i_ < texts_count; i_++)
		texts[i_] = cdrpc_read_string(&r_, 4);
	status_ = cdrpc_call_inputs_end(&r_);
	if (status_ != CDRPC_OK)
		return status_;
	return to_->own(call_, self_, client, call, self, reply, pending, ret_pending, w, r, i, n, status, to, handlers,
			events, server, w_, texts, texts_count);
}

cdrpc_status
nm_own_reply(struct cdrpc_call *call_, const char *const *outs, uint32_t outs_count)
{
	struct cdrpc_writer w__;
	uint32_t i_, n_;

	cdrpc_answer_begin(&w__, call_);
	do {
		n_ = cdrpc_write_count(&w__, outs, outs_count, 4);
		for (i_ = 0; i_ < n_; i_++)
			cdrpc_write_string(&w__, outs[i_], 4);
	} while (cdrpc_write_again(&w__));
	return cdrpc_answer_send(&w__);
}

/* export(u32 int, u32 new, u32 stdin, out u32 memcpy, out u32 nm_export) @2; */
static cdrpc_status
nm_export_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct nm_handlers *to = (const struct nm_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint32_t int_;
	uint32_t new_;
	uint32_t stdin_;

	if (!to->export_)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	int_ = cdrpc_read_u32(&r);
	new_ = cdrpc_read_u32(&r);
	stdin_ = cdrpc_read_u32(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->export_(call, self, int_, new_, stdin_);
}

cdrpc_status
nm_export_reply(struct cdrpc_call *call, uint32_t memcpy_, uint32_t nm_export_)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_u32(&w, memcpy_);
		cdrpc_write_u32(&w, nm_export_);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* HTTPGet(u32 URL) @3; */
static cdrpc_status
nm_other_name_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct nm_handlers *to = (const struct nm_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint32_t url;

	if (!to->other_name)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	url = cdrpc_read_u32(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->other_name(call, self, url);
}

/* register(u32 x) @4; */
static cdrpc_status
unprefixed_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct nm_handlers *to = (const struct nm_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint32_t x;

	if (!to->unprefixed)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_u32(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->unprefixed(call, self, x);
}

/* event default(u32 self, u32 events, u32 to, u32 r) @5; */
cdrpc_status
nm_emit_default(struct cdrpc_server *server, struct cdrpc_peer *to_, uint32_t self, uint32_t events, uint32_t to,
		uint32_t r)
{
	struct cdrpc_writer w;

	cdrpc_event_begin(&w, server, to_, &nm_interface, 4);
	do {
		cdrpc_write_u32(&w, self);
		cdrpc_write_u32(&w, events);
		cdrpc_write_u32(&w, to);
		cdrpc_write_u32(&w, r);
	} while (cdrpc_write_again(&w));
	return cdrpc_event_send(&w);
}

/* event case(u32 server, u32 w) @6; */
cdrpc_status
nm_tell(struct cdrpc_server *server_, struct cdrpc_peer *to, uint32_t server, uint32_t w)
{
	struct cdrpc_writer w_;

	cdrpc_event_begin(&w_, server_, to, &nm_interface, 5);
	do {
		cdrpc_write_u32(&w_, server);
		cdrpc_write_u32(&w_, w);
	} while (cdrpc_write_again(&w_));
	return cdrpc_event_send(&w_);
}

/* interface2() @7; */
static cdrpc_status
nm_interface2_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct nm_handlers *to = (const struct nm_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->interface2)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->interface2(call, self);
}

static cdrpc_skeleton *const nm_skeleton_table[] = {
	nm_own_skeleton,
	nm_export_skeleton,
	nm_other_name_skeleton,
	unprefixed_skeleton,
	NULL,
	NULL,
	nm_interface2_skeleton,
};

cdrpc_status
nm_serve(struct cdrpc_server *server, const struct nm_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &nm_interface, nm_skeleton_table, handlers, self);
}

/* own() @1; */
static cdrpc_status
nm_second_own_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct nm_second_handlers *to = (const struct nm_second_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->own)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->own(call, self);
}

/* cdrpc(u32 cdrpc, out u32 std) @2; */
static cdrpc_status
nm_second_cdrpc_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct nm_second_handlers *to = (const struct nm_second_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint32_t cdrpc_;

	if (!to->cdrpc_)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	cdrpc_ = cdrpc_read_u32(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->cdrpc_(call, self, cdrpc_);
}

cdrpc_status
nm_second_cdrpc_reply(struct cdrpc_call *call, uint32_t std)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_u32(&w, std);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

static cdrpc_skeleton *const nm_second_skeleton_table[] = {
	nm_second_own_skeleton,
	nm_second_cdrpc_skeleton,
};

cdrpc_status
nm_second_serve(struct cdrpc_server *server, const struct nm_second_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &nm_second_interface, nm_second_skeleton_table, handlers, self);
}
