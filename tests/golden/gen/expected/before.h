/*
 * C header of module test.before, written by cdidl from before.cdidl. Changes belong there.
 *
 * What after.cdidl was, one version ago.
 */
#ifndef CDIDL_4test_6before_H
#define CDIDL_4test_6before_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

typedef uint8_t before_kind_t;		/* open: a value not listed here is possible */
enum {
	BEFORE_KIND_ONE = 1
};
/* "One" and so on; NULL for a value not listed. */
const char *before_kind_name(before_kind_t kind);

enum {
	BEFORE_SHAPE_SIDE = 1
};
struct before_shape {
	uint32_t kind;			/* BEFORE_SHAPE_*; 0 is none; a value not listed here is possible */
	union {
		uint32_t side;		/* 1 */
	} as;
};

struct before_item {
	uint32_t number;		/* 1 */
	const char *name;		/* 5, <= 16 bytes */
};

/* ---- Before ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. before_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface before_interface;

/* put(Item item, Shape shape, Kind kind, Item[<=4] items) @1; */
cdrpc_status before_put(struct cdrpc_client *client, const struct before_item *item, const struct before_shape *shape,
			before_kind_t kind, const struct before_item *items, uint32_t items_count);
cdrpc_status before_put_begin(struct cdrpc_client *client, const struct before_item *item,
			      const struct before_shape *shape, before_kind_t kind, const struct before_item *items,
			      uint32_t items_count, struct cdrpc_pending **ret_pending);
cdrpc_status before_put_finish(struct cdrpc_pending *pending);

/* What a server of Before does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct before_handlers {
	cdrpc_status (*put)(struct cdrpc_call *call, void *self, const struct before_item *item,
			    const struct before_shape *shape, before_kind_t kind, const struct before_item *items,
			    uint32_t items_count);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status before_serve(struct cdrpc_server *server, const struct before_handlers *handlers, void *self);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

void before_shape_write(struct cdrpc_writer *w, const struct before_shape *shape);
void before_shape_read(struct cdrpc_reader *r, struct before_shape *shape);
extern const struct cdrpc_shape before_shape_shape;
void before_item_write(struct cdrpc_writer *w, const struct before_item *value);
void before_item_read(struct cdrpc_reader *r, struct before_item *value);
extern const struct cdrpc_shape before_item_shape;
/* Where methods and events stand in the tables of before_interface. */
enum {
	before_put_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
