/* C header of module test.unions, written by cdidl from unions.cdidl. Changes belong there. */
#ifndef CDIDL_4test_6unions_H
#define CDIDL_4test_6unions_H

#include <cdrpc/cdrpc.h>
#include "contoso/common.h"

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

typedef int16_t unions_mode_t;		/* strict: only the values below are possible */
enum {
	UNIONS_MODE_OFF = -1,
	UNIONS_MODE_ON = 2
};
/* "Off" and so on; NULL for a value not listed. */
const char *unions_mode_name(unions_mode_t mode);

struct unions_plain {
	uint32_t a;
	uint32_t b;
};

struct unions_loose {
	uint8_t a;
	uint32_t b;
	bool c;
};

struct unions_leaf {
	uint32_t value;			/* 1 */
};

enum {
	UNIONS_INNER_SMALL = 1,
	UNIONS_INNER_LARGE = 2
};
struct unions_inner {
	uint32_t kind;			/* UNIONS_INNER_*; 0 is none; a value not listed here is possible */
	union {
		uint8_t small_;		/* 1 */
		uint64_t large;		/* 2 */
	} as;
};

enum {
	UNIONS_OPEN_B = 1,
	UNIONS_OPEN_I1 = 2,
	UNIONS_OPEN_U1 = 3,
	UNIONS_OPEN_I2 = 4,
	UNIONS_OPEN_U2 = 5,
	UNIONS_OPEN_I4 = 6,
	UNIONS_OPEN_U4 = 7,
	UNIONS_OPEN_I8 = 8,
	UNIONS_OPEN_U8 = 9,
	UNIONS_OPEN_F4 = 10,
	UNIONS_OPEN_F8 = 11,
	UNIONS_OPEN_TEXT = 12,
	UNIONS_OPEN_WIDE = 13,
	UNIONS_OPEN_DATA = 14,
	UNIONS_OPEN_PLAIN = 15,
	UNIONS_OPEN_LOOSE = 16,
	UNIONS_OPEN_LEAF = 17,
	UNIONS_OPEN_INNER = 18,
	UNIONS_OPEN_ID = 19,
	UNIONS_OPEN_LOOSES = 20,
	UNIONS_OPEN_MODE = 21,
	UNIONS_OPEN_AMOUNT = 22,
	UNIONS_OPEN_LAST = 65535
};
struct unions_open {
	uint32_t kind;			/* UNIONS_OPEN_*; 0 is none; a value not listed here is possible */
	union {
		bool b;			/* 1 */
		int8_t i1;		/* 2 */
		uint8_t u1;		/* 3 */
		int16_t i2;		/* 4 */
		uint16_t u2;		/* 5 */
		int32_t i4;		/* 6 */
		uint32_t u4;		/* 7 */
		int64_t i8;		/* 8 */
		uint64_t u8;		/* 9 */
		float f4;		/* 10 */
		double f8;		/* 11 */
		const char *text;	/* 12, <= 100 bytes */
		const cdrpc_wchar *wide; /* 13, <= 100 units */
		struct cdrpc_bytes data; /* 14, <= 100 bytes */
		struct unions_plain plain; /* 15 */
		struct unions_loose loose; /* 16 */
		const struct unions_leaf *leaf; /* 17 */
		struct unions_inner inner; /* 18 */
		uint8_t id[16];		/* 19 */
		struct unions_loose looses[2]; /* 20 */
		unions_mode_t mode;	/* 21 */
		struct common_amount amount; /* 22 */
		const char *last;	/* 65535, <= 1 bytes, deprecated since 2: use text */
	} as;
};

enum {
	UNIONS_CLOSED_A = 1,
	UNIONS_CLOSED_B = 2
};
struct unions_closed {
	uint32_t kind;			/* UNIONS_CLOSED_*; 0 is none */
	union {
		uint8_t a;		/* 1 */
		const char *b;		/* 2, <= 8 bytes */
	} as;
};

enum {
	UNIONS_SMALL_A = 1,
	UNIONS_SMALL_B = 2
};
struct unions_small {
	uint32_t kind;			/* UNIONS_SMALL_*; 0 is none */
	union {
		uint8_t a;		/* 1 */
		int32_t b;		/* 2 */
	} as;
};

/* ---- Unions ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. unions_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface unions_interface;

/* put(Open a, Closed b, Open? c, Closed? d, Small e) @1; */
cdrpc_status unions_put(struct cdrpc_client *client, const struct unions_open *a, const struct unions_closed *b,
			const struct unions_open *c, const struct unions_closed *d, const struct unions_small *e);
cdrpc_status unions_put_begin(struct cdrpc_client *client, const struct unions_open *a, const struct unions_closed *b,
			      const struct unions_open *c, const struct unions_closed *d, const struct unions_small *e,
			      struct cdrpc_pending **ret_pending);
cdrpc_status unions_put_finish(struct cdrpc_pending *pending);

/* get(out Open a, out Closed b, out Open? c, out Small e) @2; */
cdrpc_status unions_get(struct cdrpc_client *client, struct unions_open *ret_a, struct unions_closed *ret_b,
			const struct unions_open **ret_c, struct unions_small *ret_e, struct cdrpc_reply *reply);
cdrpc_status unions_get_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status unions_get_finish(struct cdrpc_pending *pending, struct unions_open *ret_a, struct unions_closed *ret_b,
			       const struct unions_open **ret_c, struct unions_small *ret_e, struct cdrpc_reply *reply);

/* swap(inout Open a, inout Closed? b) @3; */
cdrpc_status unions_swap(struct cdrpc_client *client, const struct unions_open *a, const struct unions_closed *b,
			 struct unions_open *ret_a, const struct unions_closed **ret_b, struct cdrpc_reply *reply);
cdrpc_status unions_swap_begin(struct cdrpc_client *client, const struct unions_open *a, const struct unions_closed *b,
			       struct cdrpc_pending **ret_pending);
cdrpc_status unions_swap_finish(struct cdrpc_pending *pending, struct unions_open *ret_a,
				const struct unions_closed **ret_b, struct cdrpc_reply *reply);

/* lists(Open[<=4] a, Closed[<=4] b, out Open[<=4] c, out Small[<=4] d) @4; */
cdrpc_status unions_lists(struct cdrpc_client *client, const struct unions_open *a, uint32_t a_count,
			  const struct unions_closed *b, uint32_t b_count, const struct unions_open **ret_c,
			  uint32_t *ret_c_count, const struct unions_small **ret_d, uint32_t *ret_d_count,
			  struct cdrpc_reply *reply);
cdrpc_status unions_lists_begin(struct cdrpc_client *client, const struct unions_open *a, uint32_t a_count,
				const struct unions_closed *b, uint32_t b_count, struct cdrpc_pending **ret_pending);
cdrpc_status unions_lists_finish(struct cdrpc_pending *pending, const struct unions_open **ret_c, uint32_t *ret_c_count,
				 const struct unions_small **ret_d, uint32_t *ret_d_count, struct cdrpc_reply *reply);

/* What a server of Unions does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct unions_handlers {
	cdrpc_status (*put)(struct cdrpc_call *call, void *self, const struct unions_open *a,
			    const struct unions_closed *b, const struct unions_open *c, const struct unions_closed *d,
			    const struct unions_small *e);
	cdrpc_status (*get)(struct cdrpc_call *call, void *self);
	cdrpc_status (*swap)(struct cdrpc_call *call, void *self, const struct unions_open *a,
			     const struct unions_closed *b);
	cdrpc_status (*lists)(struct cdrpc_call *call, void *self, const struct unions_open *a, uint32_t a_count,
			      const struct unions_closed *b, uint32_t b_count);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status unions_serve(struct cdrpc_server *server, const struct unions_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status unions_get_reply(struct cdrpc_call *call, const struct unions_open *a, const struct unions_closed *b,
			      const struct unions_open *c, const struct unions_small *e);
cdrpc_status unions_swap_reply(struct cdrpc_call *call, const struct unions_open *a, const struct unions_closed *b);
cdrpc_status unions_lists_reply(struct cdrpc_call *call, const struct unions_open *c, uint32_t c_count,
				const struct unions_small *d, uint32_t d_count);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

bool unions_loose_valid(const struct unions_loose *loose);
void unions_loose_write(struct cdrpc_writer *w, const struct unions_loose *loose);
bool unions_mode_valid(unions_mode_t mode);
void unions_leaf_write(struct cdrpc_writer *w, const struct unions_leaf *leaf);
void unions_leaf_read(struct cdrpc_reader *r, struct unions_leaf *leaf);
extern const struct cdrpc_shape unions_leaf_shape;
void unions_inner_write(struct cdrpc_writer *w, const struct unions_inner *inner);
void unions_inner_read(struct cdrpc_reader *r, struct unions_inner *inner);
extern const struct cdrpc_shape unions_inner_shape;
void unions_open_write(struct cdrpc_writer *w, const struct unions_open *open);
void unions_open_read(struct cdrpc_reader *r, struct unions_open *open);
extern const struct cdrpc_shape unions_open_shape;
void unions_closed_write(struct cdrpc_writer *w, const struct unions_closed *closed);
void unions_closed_read(struct cdrpc_reader *r, struct unions_closed *closed);
extern const struct cdrpc_shape unions_closed_shape;
void unions_small_write(struct cdrpc_writer *w, const struct unions_small *value);
void unions_small_read(struct cdrpc_reader *r, struct unions_small *value);
extern const struct cdrpc_shape unions_small_shape;
/* Where methods and events stand in the tables of unions_interface. */
enum {
	unions_put_in_table,
	unions_get_in_table,
	unions_swap_in_table,
	unions_lists_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
