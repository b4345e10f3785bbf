/*
 * Server skeletons of module test.after, written by cdidl from after.cdidl. Changes belong there.
 *
 * What before.cdidl became: more of everything, and each can read the other.
 */
#include "after.h"

#include <string.h>

#include <cdrpc/generated.h>

/* put(Item item, Shape shape, Kind kind, Item[<=4] items) @1; */
static cdrpc_status
after_put_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct after_handlers *to = (const struct after_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct after_item *item;
	struct after_shape *shape;
	after_kind_t kind;
	struct after_item *items;
	uint32_t items_count;
	uint32_t i;

	if (!to->put)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	item = (struct after_item *)cdrpc_read_alloc(&r, 1, sizeof *item);
	if (item)
		after_item_read(&r, item);
	shape = (struct after_shape *)cdrpc_read_alloc(&r, 1, sizeof *shape);
	if (shape)
		after_shape_read(&r, shape);
	kind = cdrpc_read_u8(&r);
	items_count = cdrpc_read_count(&r, 4, 8);
	items = (struct after_item *)cdrpc_read_alloc(&r, items_count, sizeof *items);
	for (i = 0; items && i < items_count; i++)
		after_item_read(&r, &items[i]);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->put(call, self, item, shape, kind, items, items_count);
}

static cdrpc_skeleton *const after_skeleton_table[] = {
	after_put_skeleton,
};

cdrpc_status
after_serve(struct cdrpc_server *server, const struct after_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &after_interface, after_skeleton_table, handlers, self);
}
