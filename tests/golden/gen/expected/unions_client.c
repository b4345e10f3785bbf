/* Client stubs of module test.unions, written by cdidl from unions.cdidl. Changes belong there. */
#include "unions.h"

#include <string.h>

#include <cdrpc/generated.h>

/* put(Open a, Closed b, Open? c, Closed? d, Small e) @1; */
cdrpc_status
unions_put_begin(struct cdrpc_client *client, const struct unions_open *a, const struct unions_closed *b,
		 const struct unions_open *c, const struct unions_closed *d, const struct unions_small *e,
		 struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &unions_interface, 0);
	do {
		unions_open_write(&w, a);
		unions_closed_write(&w, b);
		if (cdrpc_write_present(&w, c))
			unions_open_write(&w, c);
		if (cdrpc_write_present(&w, d))
			unions_closed_write(&w, d);
		unions_small_write(&w, e);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
unions_put_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
unions_put(struct cdrpc_client *client, const struct unions_open *a, const struct unions_closed *b,
	   const struct unions_open *c, const struct unions_closed *d, const struct unions_small *e)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = unions_put_begin(client, a, b, c, d, e, &pending);
	if (status != CDRPC_OK)
		return status;
	return unions_put_finish(pending);
}

/* get(out Open a, out Closed b, out Open? c, out Small e) @2; */
cdrpc_status
unions_get_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &unions_interface, 1);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
unions_get_finish(struct cdrpc_pending *pending, struct unions_open *ret_a, struct unions_closed *ret_b,
		  const struct unions_open **ret_c, struct unions_small *ret_e, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	struct unions_open *a;
	struct unions_closed *b;
	struct unions_open *c = NULL;
	struct unions_small *e;

	cdrpc_reply_begin(&r, pending, reply);
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
	e = (struct unions_small *)cdrpc_read_alloc(&r, 1, sizeof *e);
	if (e)
		unions_small_read(&r, e);
	if (cdrpc_reply_good(&r)) {
		*ret_a = *a;
		*ret_b = *b;
		*ret_c = c;
		*ret_e = *e;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
unions_get(struct cdrpc_client *client, struct unions_open *ret_a, struct unions_closed *ret_b,
	   const struct unions_open **ret_c, struct unions_small *ret_e, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = unions_get_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return unions_get_finish(pending, ret_a, ret_b, ret_c, ret_e, reply);
}

/* swap(inout Open a, inout Closed? b) @3; */
cdrpc_status
unions_swap_begin(struct cdrpc_client *client, const struct unions_open *a, const struct unions_closed *b,
		  struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &unions_interface, 2);
	do {
		unions_open_write(&w, a);
		if (cdrpc_write_present(&w, b))
			unions_closed_write(&w, b);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
unions_swap_finish(struct cdrpc_pending *pending, struct unions_open *ret_a, const struct unions_closed **ret_b,
		   struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	struct unions_open *a;
	struct unions_closed *b = NULL;

	cdrpc_reply_begin(&r, pending, reply);
	a = (struct unions_open *)cdrpc_read_alloc(&r, 1, sizeof *a);
	if (a)
		unions_open_read(&r, a);
	if (cdrpc_read_present(&r)) {
		b = (struct unions_closed *)cdrpc_read_alloc(&r, 1, sizeof *b);
		if (b)
			unions_closed_read(&r, b);
	}
	if (cdrpc_reply_good(&r)) {
		*ret_a = *a;
		*ret_b = b;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
unions_swap(struct cdrpc_client *client, const struct unions_open *a, const struct unions_closed *b,
	    struct unions_open *ret_a, const struct unions_closed **ret_b, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = unions_swap_begin(client, a, b, &pending);
	if (status != CDRPC_OK)
		return status;
	return unions_swap_finish(pending, ret_a, ret_b, reply);
}

/* lists(Open[<=4] a, Closed[<=4] b, out Open[<=4] c, out Small[<=4] d) @4; */
cdrpc_status
unions_lists_begin(struct cdrpc_client *client, const struct unions_open *a, uint32_t a_count,
		   const struct unions_closed *b, uint32_t b_count, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &unions_interface, 3);
	do {
		n = cdrpc_write_count(&w, a, a_count, 4);
		for (i = 0; i < n; i++)
			unions_open_write(&w, &a[i]);
		n = cdrpc_write_count(&w, b, b_count, 4);
		for (i = 0; i < n; i++)
			unions_closed_write(&w, &b[i]);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
unions_lists_finish(struct cdrpc_pending *pending, const struct unions_open **ret_c, uint32_t *ret_c_count,
		    const struct unions_small **ret_d, uint32_t *ret_d_count, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	struct unions_open *c;
	uint32_t c_count;
	struct unions_small *d;
	uint32_t d_count;
	uint32_t i;

	cdrpc_reply_begin(&r, pending, reply);
	c_count = cdrpc_read_count(&r, 4, 8);
	c = (struct unions_open *)cdrpc_read_alloc(&r, c_count, sizeof *c);
	for (i = 0; c && i < c_count; i++)
		unions_open_read(&r, &c[i]);
	d_count = cdrpc_read_count(&r, 4, 8);
	d = (struct unions_small *)cdrpc_read_alloc(&r, d_count, sizeof *d);
	for (i = 0; d && i < d_count; i++)
		unions_small_read(&r, &d[i]);
	if (cdrpc_reply_good(&r)) {
		*ret_c = c;
		*ret_c_count = c_count;
		*ret_d = d;
		*ret_d_count = d_count;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
unions_lists(struct cdrpc_client *client, const struct unions_open *a, uint32_t a_count, const struct unions_closed *b,
	     uint32_t b_count, const struct unions_open **ret_c, uint32_t *ret_c_count,
	     const struct unions_small **ret_d, uint32_t *ret_d_count, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = unions_lists_begin(client, a, a_count, b, b_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return unions_lists_finish(pending, ret_c, ret_c_count, ret_d, ret_d_count, reply);
}
