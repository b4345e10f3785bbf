/* Client stubs of module test.names, written by cdidl from names.cdidl. Changes belong there. */
#include "names.h"

#include <string.h>

#include <cdrpc/generated.h>

/*
 * own(u32 client, u32 call, u32 self, u32 reply, u32 pending, u32 ret_pending, u32 w, u32 r, u32 i, u32 n,
 *     u32 status, u32 to, u32 handlers, u32 events, u32 server, u32 w_, string[<=4][<=4] texts,
 *     out string[<=4][<=4] outs) @1;
 */
cdrpc_status
nm_own_begin(struct cdrpc_client *client_, uint32_t client, uint32_t call, uint32_t self, uint32_t reply,
	     uint32_t pending, uint32_t ret_pending, uint32_t w, uint32_t r, uint32_t i, uint32_t n, uint32_t status,
	     uint32_t to, uint32_t handlers, uint32_t events, uint32_t server, uint32_t w_, const char *const *texts,
	     uint32_t texts_count, struct cdrpc_pending **ret_pending_)
{
	struct cdrpc_writer w__;
	uint32_t i_, n_;

	cdrpc_request_begin(&w__, client_, &nm_interface, 0);
	do {
		cdrpc_write_u32(&w__, client);
		cdrpc_write_u32(&w__, call);
		cdrpc_write_u32(&w__, self);
		cdrpc_write_u32(&w__, reply);
		cdrpc_write_u32(&w__, pending);
		cdrpc_write_u32(&w__, ret_pending);
		cdrpc_write_u32(&w__, w);
		cdrpc_write_u32(&w__, r);
		cdrpc_write_u32(&w__, i);
		cdrpc_write_u32(&w__, n);
		cdrpc_write_u32(&w__, status);
		cdrpc_write_u32(&w__, to);
		cdrpc_write_u32(&w__, handlers);
		cdrpc_write_u32(&w__, events);
		cdrpc_write_u32(&w__, server);
		cdrpc_write_u32(&w__, w_);
		n_ = cdrpc_write_count(&w__, texts, texts_count, 4);
		for (i_ = 0; i_ < n_; i_++)
			cdrpc_write_string(&w__, texts[i_], 4);
	} while (cdrpc_write_again(&w__));
	return cdrpc_request_send(&w__, ret_pending_);
}

cdrpc_status
nm_own_finish(struct cdrpc_pending *pending_, const char *const **ret_outs, uint32_t *ret_outs_count,
	      struct cdrpc_reply *reply_)
{
	struct cdrpc_reader r_;
	const char **outs;
	uint32_t outs_count;
	uint32_t i_;

	cdrpc_reply_begin(&r_, pending_, reply_);
	outs_count = cdrpc_read_count(&r_, 4, 5);
	outs = (const char **)cdrpc_read_alloc(&r_, outs_count, sizeof *outs);
	for (i_ = 0; outs && i_ < outs_count; i_++)
		outs[i_] = cdrpc_read_string(&r_, 4);
	if (cdrpc_reply_good(&r_)) {
		*ret_outs = outs;
		*ret_outs_count = outs_count;
	}
	return cdrpc_reply_end(&r_);
}

cdrpc_status
nm_own(struct cdrpc_client *client_, uint32_t client, uint32_t call, uint32_t self, uint32_t reply, uint32_t pending,
       uint32_t ret_pending, uint32_t w, uint32_t r, uint32_t i, uint32_t n, uint32_t status, uint32_t to,
       uint32_t handlers, uint32_t events, uint32_t server, uint32_t w_, const char *const *texts, uint32_t texts_count,
       const char *const **ret_outs, uint32_t *ret_outs_count, struct cdrpc_reply *reply_)
{
	struct cdrpc_pending *pending_;
	cdrpc_status status_;

	status_ = nm_own_begin(client_, client, call, self, reply, pending, ret_pending, w, r, i, n, status, to,
			       handlers, events, server, w_, texts, texts_count, &pending_);
	if (status_ != CDRPC_OK)
		return status_;
	return nm_own_finish(pending_, ret_outs, ret_outs_count, reply_);
}

/* export(u32 int, u32 new, u32 stdin, out u32 memcpy, out u32 nm_export) @2; */
cdrpc_status
nm_export_begin(struct cdrpc_client *client, uint32_t int_, uint32_t new_, uint32_t stdin_,
		struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &nm_interface, 1);
	do {
		cdrpc_write_u32(&w, int_);
		cdrpc_write_u32(&w, new_);
		cdrpc_write_u32(&w, stdin_);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
nm_export_finish(struct cdrpc_pending *pending, uint32_t *ret_memcpy_, uint32_t *ret_nm_export_)
{
	struct cdrpc_reader r;
	uint32_t memcpy_;
	uint32_t nm_export_;

	cdrpc_reply_begin(&r, pending, NULL);
	memcpy_ = cdrpc_read_u32(&r);
	nm_export_ = cdrpc_read_u32(&r);
	if (cdrpc_reply_good(&r)) {
		*ret_memcpy_ = memcpy_;
		*ret_nm_export_ = nm_export_;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
nm_export(struct cdrpc_client *client, uint32_t int_, uint32_t new_, uint32_t stdin_, uint32_t *ret_memcpy_,
	  uint32_t *ret_nm_export_)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = nm_export_begin(client, int_, new_, stdin_, &pending);
	if (status != CDRPC_OK)
		return status;
	return nm_export_finish(pending, ret_memcpy_, ret_nm_export_);
}

/* HTTPGet(u32 URL) @3; */
cdrpc_status
nm_other_name_begin(struct cdrpc_client *client, uint32_t url, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &nm_interface, 2);
	do {
		cdrpc_write_u32(&w, url);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
nm_other_name_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
nm_other_name(struct cdrpc_client *client, uint32_t url)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = nm_other_name_begin(client, url, &pending);
	if (status != CDRPC_OK)
		return status;
	return nm_other_name_finish(pending);
}

/* register(u32 x) @4; */
cdrpc_status
unprefixed_begin(struct cdrpc_client *client, uint32_t x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &nm_interface, 3);
	do {
		cdrpc_write_u32(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
unprefixed_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
unprefixed(struct cdrpc_client *client, uint32_t x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = unprefixed_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return unprefixed_finish(pending);
}

/* event default(u32 self, u32 events, u32 to, u32 r) @5; */
static void
nm_default__sink(struct cdrpc_reader *r_, const void *events_, void *self_)
{
	const struct nm_events *to_ = (const struct nm_events *)events_;
	uint32_t self;
	uint32_t events;
	uint32_t to;
	uint32_t r;

	self = cdrpc_read_u32(r_);
	events = cdrpc_read_u32(r_);
	to = cdrpc_read_u32(r_);
	r = cdrpc_read_u32(r_);
	if (cdrpc_event_end(r_) && to_->default_)
		to_->default_(self_, self, events, to, r);
}

/* event case(u32 server, u32 w) @6; */
static void
nm_nm_tell_sink(struct cdrpc_reader *r, const void *events, void *self)
{
	const struct nm_events *to = (const struct nm_events *)events;
	uint32_t server;
	uint32_t w;

	server = cdrpc_read_u32(r);
	w = cdrpc_read_u32(r);
	if (cdrpc_event_end(r) && to->nm_tell)
		to->nm_tell(self, server, w);
}

/* interface2() @7; */
cdrpc_status
nm_interface2_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &nm_interface, 6);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
nm_interface2_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
nm_interface2(struct cdrpc_client *client)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = nm_interface2_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return nm_interface2_finish(pending);
}

cdrpc_status
nm_listen(struct cdrpc_client *client, const struct nm_events *events, void *self)
{
	const struct cdrpc_event_entry entries[] = {
		{4, events && events->default_, nm_default__sink},
		{5, events && events->nm_tell, nm_nm_tell_sink},
	};
	const uint32_t count = sizeof entries / sizeof entries[0];

	return cdrpc_client_listen(client, &nm_interface, entries, count, events, sizeof *events, self);
}

/* own() @1; */
cdrpc_status
nm_second_own_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &nm_second_interface, 0);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
nm_second_own_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
nm_second_own(struct cdrpc_client *client)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = nm_second_own_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return nm_second_own_finish(pending);
}

/* cdrpc(u32 cdrpc, out u32 std) @2; */
cdrpc_status
nm_second_cdrpc_begin(struct cdrpc_client *client, uint32_t cdrpc_, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &nm_second_interface, 1);
	do {
		cdrpc_write_u32(&w, cdrpc_);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
nm_second_cdrpc_finish(struct cdrpc_pending *pending, uint32_t *ret_std)
{
	struct cdrpc_reader r;
	uint32_t std;

	cdrpc_reply_begin(&r, pending, NULL);
	std = cdrpc_read_u32(&r);
	if (cdrpc_reply_good(&r))
		*ret_std = std;
	return cdrpc_reply_end(&r);
}

cdrpc_status
nm_second_cdrpc(struct cdrpc_client *client, uint32_t cdrpc_, uint32_t *ret_std)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = nm_second_cdrpc_begin(client, cdrpc_, &pending);
	if (status != CDRPC_OK)
		return status;
	return nm_second_cdrpc_finish(pending, ret_std);
}
