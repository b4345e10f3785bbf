/* Server skeletons of module test.unions, written by cdidl from unions.cdidl. Changes belong there. */
#include "unions.h"

#include <string.h>

#include <cdrpc/generated.h>

/* put(Open a, Closed b, Open? c, Closed? d, Small e) @1; */
static cdrpc_status
unions_put_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct unions_handlers *to = (const struct unions_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct unions_open *a;
	struct unions_closed *b;
	struct unions_open *c = NULL;
	struct unions_closed *d = NULL;
	struct unions_small *e;

	if (!to->put)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = (struct unions_open *)cdrpc_read_alloc(&r, 1, sizeof *a);
	if (a)
		unions_open_read(&r, a);
	b = (struct unions_closed *)cdrpc_read_alloc(&r, 1, sizeof *b);
	if (b)
		unions_closed_read(&r, b);
	if (cdrpc_read_present(&r)) {
		c = (struct unions_open *)cdrpc_read_alloc(&r, 1, sizeof *c);
		if (c)
			unions_open_read(&r, c);
	}
	if (cdrpc_read_present(&r)) {
		d = (struct unions_closed *)cdrpc_read_alloc(&r, 1, sizeof *d);
		if (d)
			unions_closed_read(&r, d);
	}
	e = (struct unions_small *)cdrpc_read_alloc(&r, 1, sizeof *e);
	if (e)
		unions_small_read(&r, e);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->put(call, self, a, b, c, d, e);
}

/* get(out Open a, out Closed b, out Open? c, out Small e) @2; */
static cdrpc_status
unions_get_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct unions_handlers *to = (const struct unions_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->get)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->get(call, self);
}

cdrpc_status
unions_get_reply(struct cdrpc_call *call, const struct unions_open *a, const struct unions_closed *b,
		 const struct unions_open *c, const struct unions_small *e)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		unions_open_write(&w, a);
		unions_closed_write(&w, b);
		if (cdrpc_write_present(&w, c))
			unions_open_write(&w, c);
		unions_small_write(&w, e);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* swap(inout Open a, inout Closed? b) @3; */
static cdrpc_status
unions_swap_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct unions_handlers *to = (const struct unions_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct unions_open *a;
	struct unions_closed *b = NULL;

	if (!to->swap)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = (struct unions_open *)cdrpc_read_alloc(&r, 1, sizeof *a);
	if (a)
		unions_open_read(&r, a);
	if (cdrpc_read_present(&r)) {
		b = (struct unions_closed *)cdrpc_read_alloc(&r, 1, sizeof *b);
		if (b)
			unions_closed_read(&r, b);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->swap(call, self, a, b);
}

cdrpc_status
unions_swap_reply(struct cdrpc_call *call, const struct unions_open *a, const struct unions_closed *b)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		unions_open_write(&w, a);
		if (cdrpc_write_present(&w, b))
			unions_closed_write(&w, b);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* lists(Open[<=4] a, Closed[<=4] b, out Open[<=4] c, out Small[<=4] d) @4; */
static cdrpc_status
unions_lists_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct unions_handlers *to = (const struct unions_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct unions_open *a;
	uint32_t a_count;
	struct unions_closed *b;
	uint32_t b_count;
	uint32_t i;

	if (!to->lists)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a_count = cdrpc_read_count(&r, 4, 8);
	a = (struct unions_open *)cdrpc_read_alloc(&r, a_count, sizeof *a);
	for (i = 0; a && i < a_count; i++)
		unions_open_read(&r, &a[i]);
	b_count = cdrpc_read_count(&r, 4, 8);
	b = (struct unions_closed *)cdrpc_read_alloc(&r, b_count, sizeof *b);
	for (i = 0; b && i < b_count; i++)
		unions_closed_read(&r, &b[i]);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->lists(call, self, a, a_count, b, b_count);
}

cdrpc_status
unions_lists_reply(struct cdrpc_call *call, const struct unions_open *c, uint32_t c_count, const struct unions_small *d,
		   uint32_t d_count)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_answer_begin(&w, call);
	do {
		n = cdrpc_write_count(&w, c, c_count, 4);
		for (i = 0; i < n; i++)
			unions_open_write(&w, &c[i]);
		n = cdrpc_write_count(&w, d, d_count, 4);
		for (i = 0; i < n; i++)
			unions_small_write(&w, &d[i]);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

static cdrpc_skeleton *const unions_skeleton_table[] = {
	unions_put_skeleton,
	unions_get_skeleton,
	unions_swap_skeleton,
	unions_lists_skeleton,
};

cdrpc_status
unions_serve(struct cdrpc_server *server, const struct unions_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &unions_interface, unions_skeleton_table, handlers, self);
}
