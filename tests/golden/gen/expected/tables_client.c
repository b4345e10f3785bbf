/* Client stubs of module test.tables, written by cdidl from tables.cdidl. Changes belong there. */
#include "tables.h"

#include <string.h>

#include <cdrpc/generated.h>

#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1
#error "cdrpc is of another version than the cdidl that has written this file"
#endif

/*
 * What is sent is written in a loop. A first round goes on counting when the buffer is full; then cdrpc_write_again() has
 * found room for all of it, and asks for a second one.
 */

/* put(Everything a, Optional b, Lists c, Order d) @1; */
cdrpc_status
tables_put_begin(struct cdrpc_client *client, const struct tables_everything *a, const struct tables_optional *b,
		 const struct tables_lists *c, const struct tables_order *d, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &tables_interface, tables_put_in_table);
	do {
		tables_everything_write(&w, a);
		tables_optional_write(&w, b);
		tables_lists_write(&w, c);
		tables_order_write(&w, d);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
tables_put_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, &tables_interface.methods[tables_put_in_table], NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
tables_put(struct cdrpc_client *client, const struct tables_everything *a, const struct tables_optional *b,
	   const struct tables_lists *c, const struct tables_order *d)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = tables_put_begin(client, a, b, c, d, &pending);
	if (status != CDRPC_OK)
		return status;
	return tables_put_finish(pending);
}

/* get(out Everything a, out Optional b, out Lists c, out Order d) @2; */
cdrpc_status
tables_get_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &tables_interface, tables_get_in_table);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
tables_get_finish(struct cdrpc_pending *pending, const struct tables_everything **ret_a,
		  const struct tables_optional **ret_b, const struct tables_lists **ret_c,
		  const struct tables_order **ret_d, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	struct tables_everything *a;
	struct tables_optional *b;
	struct tables_lists *c;
	struct tables_order *d;

	cdrpc_reply_begin(&r, pending, &tables_interface.methods[tables_get_in_table], reply);
	a = (struct tables_everything *)cdrpc_read_alloc(&r, 1, sizeof *a);
	if (a)
		tables_everything_read(&r, a);
	b = (struct tables_optional *)cdrpc_read_alloc(&r, 1, sizeof *b);
	if (b)
		tables_optional_read(&r, b);
	c = (struct tables_lists *)cdrpc_read_alloc(&r, 1, sizeof *c);
	if (c)
		tables_lists_read(&r, c);
	d = (struct tables_order *)cdrpc_read_alloc(&r, 1, sizeof *d);
	if (d)
		tables_order_read(&r, d);
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_b = b;
		*ret_c = c;
		*ret_d = d;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
tables_get(struct cdrpc_client *client, const struct tables_everything **ret_a, const struct tables_optional **ret_b,
	   const struct tables_lists **ret_c, const struct tables_order **ret_d, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = tables_get_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return tables_get_finish(pending, ret_a, ret_b, ret_c, ret_d, reply);
}

/* maybe(Leaf? a, out Leaf? b, inout Leaf? c) @3; */
cdrpc_status
tables_maybe_begin(struct cdrpc_client *client, const struct tables_leaf *a, const struct tables_leaf *c,
		   struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &tables_interface, tables_maybe_in_table);
	do {
		if (cdrpc_write_present(&w, a))
			tables_leaf_write(&w, a);
		if (cdrpc_write_present(&w, c))
			tables_leaf_write(&w, c);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
tables_maybe_finish(struct cdrpc_pending *pending, const struct tables_leaf **ret_b, const struct tables_leaf **ret_c,
		    struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	struct tables_leaf *b = NULL;
	struct tables_leaf *c = NULL;

	cdrpc_reply_begin(&r, pending, &tables_interface.methods[tables_maybe_in_table], reply);
	if (cdrpc_read_present(&r)) {
		b = (struct tables_leaf *)cdrpc_read_alloc(&r, 1, sizeof *b);
		if (b)
			tables_leaf_read(&r, b);
	}
	if (cdrpc_read_present(&r)) {
		c = (struct tables_leaf *)cdrpc_read_alloc(&r, 1, sizeof *c);
		if (c)
			tables_leaf_read(&r, c);
	}
	if (cdrpc_reply_good(&r)) {
		*ret_b = b;
		*ret_c = c;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
tables_maybe(struct cdrpc_client *client, const struct tables_leaf *a, const struct tables_leaf *c,
	     const struct tables_leaf **ret_b, const struct tables_leaf **ret_c, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = tables_maybe_begin(client, a, c, &pending);
	if (status != CDRPC_OK)
		return status;
	return tables_maybe_finish(pending, ret_b, ret_c, reply);
}
