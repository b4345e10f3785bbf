/* C header of module test.tables, written by cdidl from tables.cdidl. Changes belong there. */
#ifndef CDIDL_4test_6tables_H
#define CDIDL_4test_6tables_H

#include <cdrpc/cdrpc.h>
#include "contoso/common.h"

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

#define TABLES_SOME UINT32_C(5)

typedef uint8_t tables_mode_t;		/* strict: only the values below are possible */
enum {
	TABLES_MODE_OFF = 1,
	TABLES_MODE_ON = 2
};
/* "Off" and so on; NULL for a value not listed. */
const char *tables_mode_name(tables_mode_t mode);

struct tables_plain {
	uint32_t a;
	uint32_t b;
};

struct tables_loose {
	uint8_t a;
	uint32_t b;
	bool c;
};

enum {
	TABLES_ANY_NUMBER = 1,
	TABLES_ANY_TEXT = 2,
	TABLES_ANY_LEAF = 3
};
struct tables_any {
	uint32_t kind;			/* TABLES_ANY_*; 0 is none; a value not listed here is possible */
	union {
		uint32_t number;	/* 1 */
		const char *text;	/* 2, <= 32 bytes */
		const struct tables_leaf *leaf; /* 3 */
	} as;
};

struct tables_leaf {
	uint32_t value;			/* 1 */
};

struct tables_everything {
	bool b;				/* 1 */
	int8_t i1;			/* 2 */
	uint8_t u1;			/* 3 */
	int16_t i2;			/* 4 */
	uint16_t u2;			/* 5 */
	int32_t i4;			/* 6 */
	uint32_t u4;			/* 7 */
	int64_t i8;			/* 8 */
	uint64_t u8;			/* 9 */
	float f4;			/* 10 */
	double f8;			/* 11 */
	const char *text;		/* 12, <= 100 bytes */
	const cdrpc_wchar *wide;	/* 13, <= 100 units */
	struct cdrpc_bytes data;	/* 14, <= 100 bytes */
	struct tables_plain plain;	/* 15 */
	struct tables_loose loose;	/* 16 */
	const struct tables_leaf *leaf;	/* 17, optional: NULL is absent */
	struct tables_any any;		/* 18 */
	uint8_t id[16];			/* 19 */
	struct tables_loose looses[2];	/* 20 */
	bool bools[4];			/* 21 */
};

/* Every kind where absent differs from zero. */
struct tables_optional {
	const bool *b;			/* 1, optional: NULL is absent */
	const int8_t *i1;		/* 2, optional: NULL is absent */
	const uint8_t *u1;		/* 3, optional: NULL is absent */
	const int16_t *i2;		/* 4, optional: NULL is absent */
	const uint16_t *u2;		/* 5, optional: NULL is absent */
	const int32_t *i4;		/* 6, optional: NULL is absent */
	const uint32_t *u4;		/* 7, optional: NULL is absent */
	const int64_t *i8;		/* 8, optional: NULL is absent */
	const uint64_t *u8;		/* 9, optional: NULL is absent */
	const float *f4;		/* 10, optional: NULL is absent */
	const double *f8;		/* 11, optional: NULL is absent */
	const char *text;		/* 12, <= 100 bytes, optional: NULL is absent */
	const cdrpc_wchar *wide;	/* 13, <= 100 units, optional: NULL is absent */
	struct cdrpc_bytes data;	/* 14, <= 100 bytes, optional: NULL data is absent */
	const struct tables_plain *plain; /* 15, optional: NULL is absent */
	const struct tables_loose *loose; /* 16, optional: NULL is absent */
	const struct tables_any *any;	/* 18, optional: NULL is absent */
	const uint8_t *id;		/* 19, optional: NULL is absent */
	const struct tables_loose *looses; /* 20, optional: NULL is absent */
	const bool *bools;		/* 21, optional: NULL is absent */
	const uint32_t *numbers;	/* 22, <= TABLES_SOME, optional: NULL is absent */
	uint32_t numbers_count;
	const char *const *texts;	/* 23, <= 5 of <= 10 bytes, optional: NULL is absent */
	uint32_t texts_count;
};

struct tables_lists {
	const bool *bools;		/* 1, <= TABLES_SOME */
	uint32_t bools_count;
	const uint32_t *numbers;	/* 2, <= TABLES_SOME */
	uint32_t numbers_count;
	const double *reals;		/* 3, <= TABLES_SOME */
	uint32_t reals_count;
	const char *const *texts;	/* 4, <= TABLES_SOME of <= 10 bytes */
	uint32_t texts_count;
	const cdrpc_wchar *const *wides; /* 5, <= TABLES_SOME of <= 10 units */
	uint32_t wides_count;
	const struct cdrpc_bytes *datas; /* 6, <= TABLES_SOME of <= 10 bytes */
	uint32_t datas_count;
	const struct tables_plain *plains; /* 7, <= TABLES_SOME */
	uint32_t plains_count;
	const struct tables_loose *looses; /* 8, <= TABLES_SOME */
	uint32_t looses_count;
	const struct tables_leaf *leaves; /* 9, <= TABLES_SOME */
	uint32_t leaves_count;
	const struct tables_any *anys;	/* 10, <= TABLES_SOME */
	uint32_t anys_count;
	const tables_mode_t *modes;	/* 11, <= TABLES_SOME */
	uint32_t modes_count;
	const struct common_setting *settings; /* 12, <= TABLES_SOME */
	uint32_t settings_count;
	const struct common_note *notes; /* 13, <= TABLES_SOME */
	uint32_t notes_count;
};

enum {
	TABLES_CHOICE_ORDER = 1,
	TABLES_CHOICE_NONE = 2
};
struct tables_choice {
	uint32_t kind;			/* TABLES_CHOICE_*; 0 is none; a value not listed here is possible */
	union {
		const struct tables_order *order; /* 1 */
		uint32_t none;		/* 2 */
	} as;
};

/* A tree. */
struct tables_order {
	const char *name;		/* 1, <= 20 bytes */
	const struct tables_order *parts; /* 2, <= 4 */
	uint32_t parts_count;
	const struct tables_order *next; /* 3, optional: NULL is absent */
	struct tables_choice choice;	/* 4 */
};

/* ---- Tables ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. tables_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface tables_interface;

/* put(Everything a, Optional b, Lists c, Order d) @1; */
cdrpc_status tables_put(struct cdrpc_client *client, const struct tables_everything *a, const struct tables_optional *b,
			const struct tables_lists *c, const struct tables_order *d);
cdrpc_status tables_put_begin(struct cdrpc_client *client, const struct tables_everything *a,
			      const struct tables_optional *b, const struct tables_lists *c,
			      const struct tables_order *d, struct cdrpc_pending **ret_pending);
cdrpc_status tables_put_finish(struct cdrpc_pending *pending);

/* get(out Everything a, out Optional b, out Lists c, out Order d) @2; */
cdrpc_status tables_get(struct cdrpc_client *client, const struct tables_everything **ret_a,
			const struct tables_optional **ret_b, const struct tables_lists **ret_c,
			const struct tables_order **ret_d, struct cdrpc_reply *reply);
cdrpc_status tables_get_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status tables_get_finish(struct cdrpc_pending *pending, const struct tables_everything **ret_a,
			       const struct tables_optional **ret_b, const struct tables_lists **ret_c,
			       const struct tables_order **ret_d, struct cdrpc_reply *reply);

/* maybe(Leaf? a, out Leaf? b, inout Leaf? c) @3; */
cdrpc_status tables_maybe(struct cdrpc_client *client, const struct tables_leaf *a, const struct tables_leaf *c,
			  const struct tables_leaf **ret_b, const struct tables_leaf **ret_c,
			  struct cdrpc_reply *reply);
cdrpc_status tables_maybe_begin(struct cdrpc_client *client, const struct tables_leaf *a, const struct tables_leaf *c,
				struct cdrpc_pending **ret_pending);
cdrpc_status tables_maybe_finish(struct cdrpc_pending *pending, const struct tables_leaf **ret_b,
				 const struct tables_leaf **ret_c, struct cdrpc_reply *reply);

/* What a server of Tables does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct tables_handlers {
	cdrpc_status (*put)(struct cdrpc_call *call, void *self, const struct tables_everything *a,
			    const struct tables_optional *b, const struct tables_lists *c,
			    const struct tables_order *d);
	cdrpc_status (*get)(struct cdrpc_call *call, void *self);
	cdrpc_status (*maybe)(struct cdrpc_call *call, void *self, const struct tables_leaf *a,
			      const struct tables_leaf *c);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status tables_serve(struct cdrpc_server *server, const struct tables_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status tables_get_reply(struct cdrpc_call *call, const struct tables_everything *a,
			      const struct tables_optional *b, const struct tables_lists *c,
			      const struct tables_order *d);
cdrpc_status tables_maybe_reply(struct cdrpc_call *call, const struct tables_leaf *b, const struct tables_leaf *c);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

bool tables_mode_valid(tables_mode_t mode);
bool tables_loose_valid(const struct tables_loose *loose);
void tables_loose_write(struct cdrpc_writer *w, const struct tables_loose *loose);
void tables_any_write(struct cdrpc_writer *w, const struct tables_any *any);
void tables_any_read(struct cdrpc_reader *r, struct tables_any *any);
extern const struct cdrpc_shape tables_any_shape;
void tables_leaf_write(struct cdrpc_writer *w, const struct tables_leaf *leaf);
void tables_leaf_read(struct cdrpc_reader *r, struct tables_leaf *leaf);
extern const struct cdrpc_shape tables_leaf_shape;
void tables_everything_write(struct cdrpc_writer *w, const struct tables_everything *everything);
void tables_everything_read(struct cdrpc_reader *r, struct tables_everything *everything);
extern const struct cdrpc_shape tables_everything_shape;
void tables_optional_write(struct cdrpc_writer *w, const struct tables_optional *optional);
void tables_optional_read(struct cdrpc_reader *r, struct tables_optional *optional);
extern const struct cdrpc_shape tables_optional_shape;
void tables_lists_write(struct cdrpc_writer *w, const struct tables_lists *lists);
void tables_lists_read(struct cdrpc_reader *r, struct tables_lists *lists);
extern const struct cdrpc_shape tables_lists_shape;
void tables_order_write(struct cdrpc_writer *w, const struct tables_order *order);
void tables_order_read(struct cdrpc_reader *r, struct tables_order *order);
extern const struct cdrpc_shape tables_order_shape;
void tables_choice_write(struct cdrpc_writer *w, const struct tables_choice *choice);
void tables_choice_read(struct cdrpc_reader *r, struct tables_choice *choice);
extern const struct cdrpc_shape tables_choice_shape;
/* Where methods and events stand in the tables of tables_interface. */
enum {
	tables_put_in_table,
	tables_get_in_table,
	tables_maybe_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
