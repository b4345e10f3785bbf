/*
 * Client stubs of module test.after, written by cdidl from after.cdidl. Changes belong there.
 *
 * What before.cdidl became: more of everything, and each can read the other.
 */
#include "after.h"

#include <string.h>

#include <cdrpc/generated.h>

/* put(Item item, Shape shape, Kind kind, Item[<=4] items) @1; */
cdrpc_status
after_put_begin(struct cdrpc_client *client, const struct after_item *item, const struct after_shape *shape,
		after_kind_t kind, const struct after_item *items, uint32_t items_count,
		struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &after_interface, 0);
	do {
		after_item_write(&w, item);
		after_shape_write(&w, shape);
		cdrpc_write_u8(&w, kind);
		n = cdrpc_write_count(&w, items, items_count, 4);
		for (i = 0; i < n; i++)
			after_item_write(&w, &items[i]);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
after_put_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
after_put(struct cdrpc_client *client, const struct after_item *item, const struct after_shape *shape,
	  after_kind_t kind, const struct after_item *items, uint32_t items_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = after_put_begin(client, item, shape, kind, items, items_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return after_put_finish(pending);
}
