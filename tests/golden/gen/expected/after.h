/*
 * C header of module test.after, written by cdidl from after.cdidl. Changes belong there.
 *
 * What before.cdidl became: more of everything, and each can read the other.
 */
#ifndef CDIDL_4test_5after_H
#define CDIDL_4test_5after_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

typedef uint8_t after_kind_t;		/* open: a value not listed here is possible */
enum {
	AFTER_KIND_ONE = 1,
	AFTER_KIND_TWO = 2		/* since 2 */
};
/* "One" and so on; NULL for a value not listed. */
const char *after_kind_name(after_kind_t kind);

enum {
	AFTER_SHAPE_SIDE = 1,
	AFTER_SHAPE_EXTRA = 2,
	AFTER_SHAPE_SMALL = 3
};
struct after_shape {
	uint32_t kind;			/* AFTER_SHAPE_*; 0 is none; a value not listed here is possible */
	union {
		uint32_t side;		/* 1 */
		const struct after_extra *extra; /* 2, since 2 */
		uint8_t small_;		/* 3, since 2 */
	} as;
};

struct after_plain {
	uint32_t a;
	uint32_t b;
};

struct after_extra {
	uint32_t a;			/* 1 */
};

struct after_item {
	uint32_t number;		/* 1 */
	const char *text;		/* 2, <= 16 bytes, since 2 */
	uint64_t large;			/* 3, since 2 */
	const struct after_extra *extra; /* 4, optional: NULL is absent, since 2 */
	const char *name;		/* 5, <= 16 bytes */
	const char *const *texts;	/* 6, <= 4 of <= 4 bytes, since 2 */
	uint32_t texts_count;
	struct after_shape shape;	/* 7, since 2 */
	const cdrpc_wchar *wide;	/* 8, <= 8 units, since 2 */
	struct cdrpc_bytes data;	/* 9, <= 8 bytes, since 2 */
	const uint32_t *maybe;		/* 10, optional: NULL is absent, since 2 */
	struct after_plain plain;	/* 11, since 2 */
	uint8_t four[4];		/* 12, since 2 */
};

/* ---- After ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. after_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface after_interface;

/* put(Item item, Shape shape, Kind kind, Item[<=4] items) @1; */
cdrpc_status after_put(struct cdrpc_client *client, const struct after_item *item, const struct after_shape *shape,
		       after_kind_t kind, const struct after_item *items, uint32_t items_count);
cdrpc_status after_put_begin(struct cdrpc_client *client, const struct after_item *item,
			     const struct after_shape *shape, after_kind_t kind, const struct after_item *items,
			     uint32_t items_count, struct cdrpc_pending **ret_pending);
cdrpc_status after_put_finish(struct cdrpc_pending *pending);

/* What a server of After does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct after_handlers {
	cdrpc_status (*put)(struct cdrpc_call *call, void *self, const struct after_item *item,
			    const struct after_shape *shape, after_kind_t kind, const struct after_item *items,
			    uint32_t items_count);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status after_serve(struct cdrpc_server *server, const struct after_handlers *handlers, void *self);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

void after_shape_write(struct cdrpc_writer *w, const struct after_shape *shape);
void after_shape_read(struct cdrpc_reader *r, struct after_shape *shape);
extern const struct cdrpc_shape after_shape_shape;
void after_extra_write(struct cdrpc_writer *w, const struct after_extra *extra);
void after_extra_read(struct cdrpc_reader *r, struct after_extra *extra);
extern const struct cdrpc_shape after_extra_shape;
void after_item_write(struct cdrpc_writer *w, const struct after_item *value);
void after_item_read(struct cdrpc_reader *r, struct after_item *value);
extern const struct cdrpc_shape after_item_shape;
/* Where methods and events stand in the tables of after_interface. */
enum {
	after_put_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
