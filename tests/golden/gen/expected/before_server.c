/*
 * Server skeletons of module test.before, written by cdidl from before.cdidl. Changes belong there.
 *
 * What after.cdidl was, one version ago.
 */
#include "before.h"

#include <string.h>

#include <cdrpc/generated.h>

/* put(Item item, Shape shape, Kind kind, Item[<=4] items) @1; */
static cdrpc_status
before_put_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct before_handlers *to = (const struct before_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct before_item *item;
	struct before_shape *shape;
	before_kind_t kind;
	struct before_item *items;
	uint32_t items_count;
	uint32_t i;

	if (!to->put)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	item = (struct before_item *)cdrpc_read_alloc(&r, 1, sizeof *item);
	if (item)
		before_item_read(&r, item);
	shape = (struct before_shape *)cdrpc_read_alloc(&r, 1, sizeof *shape);
	if (shape)
		before_shape_read(&r, shape);
	kind = cdrpc_read_u8(&r);
	items_count = cdrpc_read_count(&r, 4, 8);
	items = (struct before_item *)cdrpc_read_alloc(&r, items_count, sizeof *items);
	for (i = 0; items && i < items_count; i++)
		before_item_read(&r, &items[i]);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->put(call, self, item, shape, kind, items, items_count);
}

static cdrpc_skeleton *const before_skeleton_table[] = {
	before_put_skeleton,
};

cdrpc_status
before_serve(struct cdrpc_server *server, const struct before_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &before_interface, before_skeleton_table, handlers, self);
}
