/* Server skeletons of module test.tables, written by cdidl from tables.cdidl. Changes belong there. */
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
static cdrpc_status
tables_put_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct tables_handlers *to = (const struct tables_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct tables_everything *a;
	struct tables_optional *b;
	struct tables_lists *c;
	struct tables_order *d;

	if (!to->put)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
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
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->put(call, self, a, b, c, d);
}

/* get(out Everything a, out Optional b, out Lists c, out Order d) @2; */
static cdrpc_status
tables_get_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct tables_handlers *to = (const struct tables_handlers *)handlers;
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
tables_get_reply(struct cdrpc_call *call, const struct tables_everything *a, const struct tables_optional *b,
		 const struct tables_lists *c, const struct tables_order *d)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call, &tables_interface, tables_get_in_table);
	do {
		tables_everything_write(&w, a);
		tables_optional_write(&w, b);
		tables_lists_write(&w, c);
		tables_order_write(&w, d);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* maybe(Leaf? a, out Leaf? b, inout Leaf? c) @3; */
static cdrpc_status
tables_maybe_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct tables_handlers *to = (const struct tables_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct tables_leaf *a = NULL;
	struct tables_leaf *c = NULL;

	if (!to->maybe)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r)) {
		a = (struct tables_leaf *)cdrpc_read_alloc(&r, 1, sizeof *a);
		if (a)
			tables_leaf_read(&r, a);
	}
	if (cdrpc_read_present(&r)) {
		c = (struct tables_leaf *)cdrpc_read_alloc(&r, 1, sizeof *c);
		if (c)
			tables_leaf_read(&r, c);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe(call, self, a, c);
}

cdrpc_status
tables_maybe_reply(struct cdrpc_call *call, const struct tables_leaf *b, const struct tables_leaf *c)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call, &tables_interface, tables_maybe_in_table);
	do {
		if (cdrpc_write_present(&w, b))
			tables_leaf_write(&w, b);
		if (cdrpc_write_present(&w, c))
			tables_leaf_write(&w, c);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

static cdrpc_skeleton *const tables_skeleton_table[] = {
	tables_put_skeleton,
	tables_get_skeleton,
	tables_maybe_skeleton,
};

cdrpc_status
tables_serve(struct cdrpc_server *server, const struct tables_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &tables_interface, tables_skeleton_table, handlers, self);
}
