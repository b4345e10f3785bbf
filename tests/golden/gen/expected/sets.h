/* C header of module test.sets, written by cdidl from sets.cdidl. Changes belong there. */
#ifndef CDIDL_4test_4sets_H
#define CDIDL_4test_4sets_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

typedef int8_t sets_open8_t;		/* open: a value not listed here is possible */
enum {
	SETS_OPEN8_LOW = -128,
	SETS_OPEN8_ZERO = 0,
	SETS_OPEN8_HIGH = 127
};
/* "Low" and so on; NULL for a value not listed. */
const char *sets_open8_name(sets_open8_t open8);

typedef uint16_t sets_open16_t;		/* open: a value not listed here is possible */
enum {
	SETS_OPEN16_NONE = 0,
	SETS_OPEN16_MANY = 65535
};
/* "None" and so on; NULL for a value not listed. */
const char *sets_open16_name(sets_open16_t open16);

typedef int32_t sets_open32_t;		/* open: a value not listed here is possible */
enum {
	SETS_OPEN32_LOW = -2147483648,
	SETS_OPEN32_HIGH = 2147483647
};
/* "Low" and so on; NULL for a value not listed. */
const char *sets_open32_name(sets_open32_t open32);

typedef uint64_t sets_open64_t;		/* open: a value not listed here is possible */
enum {
	SETS_OPEN64_ONE = 1,
	SETS_OPEN64_LARGE = 2147483647
};
/* "One" and so on; NULL for a value not listed. */
const char *sets_open64_name(sets_open64_t open64);

typedef uint8_t sets_strict8_t;		/* strict: only the values below are possible */
enum {
	SETS_STRICT8_A = 1,
	SETS_STRICT8_B = 2
};
/* "A" and so on; NULL for a value not listed. */
const char *sets_strict8_name(sets_strict8_t strict8);

typedef int8_t sets_strict_s8_t;	/* strict: only the values below are possible */
enum {
	SETS_STRICT_S8_BELOW = -1,
	SETS_STRICT_S8_ABOVE = 1
};
/* "Below" and so on; NULL for a value not listed. */
const char *sets_strict_s8_name(sets_strict_s8_t strict_s8);

typedef uint32_t sets_strict32_t;	/* strict: only the values below are possible */
enum {
	SETS_STRICT32_A = 0,
	SETS_STRICT32_B = 7
};
/* "A" and so on; NULL for a value not listed. */
const char *sets_strict32_name(sets_strict32_t strict32);

typedef int64_t sets_strict64_t;	/* strict: only the values below are possible */
enum {
	SETS_STRICT64_MINUS = -1,
	SETS_STRICT64_PLUS = 1
};
/* "Minus" and so on; NULL for a value not listed. */
const char *sets_strict64_name(sets_strict64_t strict64);

typedef uint8_t sets_small_t;
#define SETS_SMALL_A (UINT8_C(1) << 0)
#define SETS_SMALL_H (UINT8_C(1) << 7)
#define SETS_SMALL_BOTH UINT8_C(129)

typedef uint64_t sets_wide_t;
#define SETS_WIDE_FIRST (UINT64_C(1) << 0)
#define SETS_WIDE_LAST (UINT64_C(1) << 63)

/* What goes wrong. */
enum {
	SETS_FAILURE_LOST = 1,
	SETS_FAILURE_BROKEN = 65535
};
/* "Lost" and so on; NULL for a status that is none of these. */
const char *sets_failure_name(cdrpc_status status);
/* The same, or what cdrpc_status_name() says: for any status, never NULL. */
const char *sets_failure_status_text(cdrpc_status status);

struct sets {
	sets_open8_t open8;		/* 1 */
	sets_open16_t open16;		/* 2 */
	sets_open32_t open32;		/* 3 */
	sets_open64_t open64;		/* 4 */
	sets_strict8_t strict8;		/* 5, 0 when absent */
	sets_strict_s8_t strict_s8;	/* 6, 0 when absent */
	sets_strict32_t strict32;	/* 7 */
	sets_strict64_t strict64;	/* 8, 0 when absent */
	sets_small_t small_;		/* 9 */
	sets_wide_t wide;		/* 10 */
	const sets_strict8_t *maybe8;	/* 11, optional: NULL is absent */
	const sets_strict64_t *maybe64;	/* 12, optional: NULL is absent */
	const sets_open8_t *maybe_open;	/* 13, optional: NULL is absent */
	sets_strict8_t four[4];		/* 14 */
	const sets_strict64_t *some;	/* 15, <= 8 */
	uint32_t some_count;
	const sets_open16_t *open_some;	/* 16, <= 8 */
	uint32_t open_some_count;
};

/* ---- Sets2 ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. sets_sets2_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface sets_sets2_interface;

/* put(Open8 a, Strict8 b, Strict64 c, Small d, Wide e, Strict8? f, Open32? g, Wide? h) fails Failure @1; */
cdrpc_status sets_sets2_put(struct cdrpc_client *client, sets_open8_t a, sets_strict8_t b, sets_strict64_t c,
			    sets_small_t d, sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g,
			    const sets_wide_t *h);
cdrpc_status sets_sets2_put_begin(struct cdrpc_client *client, sets_open8_t a, sets_strict8_t b, sets_strict64_t c,
				  sets_small_t d, sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g,
				  const sets_wide_t *h, struct cdrpc_pending **ret_pending);
cdrpc_status sets_sets2_put_finish(struct cdrpc_pending *pending);

/*
 * get(out Open8 a, out Strict8 b, out Strict64 c, out Small d, out Wide e, out Strict8? f,
 *     out Open32? g) @2;
 */
cdrpc_status sets_sets2_get(struct cdrpc_client *client, sets_open8_t *ret_a, sets_strict8_t *ret_b,
			    sets_strict64_t *ret_c, sets_small_t *ret_d, sets_wide_t *ret_e,
			    const sets_strict8_t **ret_f, const sets_open32_t **ret_g, struct cdrpc_reply *reply);
cdrpc_status sets_sets2_get_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status sets_sets2_get_finish(struct cdrpc_pending *pending, sets_open8_t *ret_a, sets_strict8_t *ret_b,
				   sets_strict64_t *ret_c, sets_small_t *ret_d, sets_wide_t *ret_e,
				   const sets_strict8_t **ret_f, const sets_open32_t **ret_g,
				   struct cdrpc_reply *reply);

/* swap(inout Strict8 a, inout Small b) @3; */
cdrpc_status sets_sets2_swap(struct cdrpc_client *client, sets_strict8_t a, sets_small_t b, sets_strict8_t *ret_a,
			     sets_small_t *ret_b);
cdrpc_status sets_sets2_swap_begin(struct cdrpc_client *client, sets_strict8_t a, sets_small_t b,
				   struct cdrpc_pending **ret_pending);
cdrpc_status sets_sets2_swap_finish(struct cdrpc_pending *pending, sets_strict8_t *ret_a, sets_small_t *ret_b);

/*
 * arrays(Strict8[3] fixed, Strict8[<=5] list, out Strict32[3] fixed_out, out Strict32[<=5] list_out,
 *     Strict8[2]? maybe) @4;
 */
cdrpc_status sets_sets2_arrays(struct cdrpc_client *client, const sets_strict8_t fixed[3], const sets_strict8_t *list,
			       uint32_t list_count, const sets_strict8_t *maybe, sets_strict32_t ret_fixed_out[3],
			       const sets_strict32_t **ret_list_out, uint32_t *ret_list_out_count,
			       struct cdrpc_reply *reply);
cdrpc_status sets_sets2_arrays_begin(struct cdrpc_client *client, const sets_strict8_t fixed[3],
				     const sets_strict8_t *list, uint32_t list_count, const sets_strict8_t *maybe,
				     struct cdrpc_pending **ret_pending);
cdrpc_status sets_sets2_arrays_finish(struct cdrpc_pending *pending, sets_strict32_t ret_fixed_out[3],
				      const sets_strict32_t **ret_list_out, uint32_t *ret_list_out_count,
				      struct cdrpc_reply *reply);

/* What a server of Sets2 does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct sets_sets2_handlers {
	cdrpc_status (*put)(struct cdrpc_call *call, void *self, sets_open8_t a, sets_strict8_t b, sets_strict64_t c,
			    sets_small_t d, sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g,
			    const sets_wide_t *h);
	cdrpc_status (*get)(struct cdrpc_call *call, void *self);
	cdrpc_status (*swap)(struct cdrpc_call *call, void *self, sets_strict8_t a, sets_small_t b);
	cdrpc_status (*arrays)(struct cdrpc_call *call, void *self, const sets_strict8_t fixed[3],
			       const sets_strict8_t *list, uint32_t list_count, const sets_strict8_t *maybe);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status sets_sets2_serve(struct cdrpc_server *server, const struct sets_sets2_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status sets_sets2_get_reply(struct cdrpc_call *call, sets_open8_t a, sets_strict8_t b, sets_strict64_t c,
				  sets_small_t d, sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g);
cdrpc_status sets_sets2_swap_reply(struct cdrpc_call *call, sets_strict8_t a, sets_small_t b);
cdrpc_status sets_sets2_arrays_reply(struct cdrpc_call *call, const sets_strict32_t fixed_out[3],
				     const sets_strict32_t *list_out, uint32_t list_out_count);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

bool sets_strict8_valid(sets_strict8_t strict8);
bool sets_strict_s8_valid(sets_strict_s8_t strict_s8);
bool sets_strict32_valid(sets_strict32_t strict32);
bool sets_strict64_valid(sets_strict64_t strict64);
void sets_write(struct cdrpc_writer *w, const struct sets *sets);
void sets_read(struct cdrpc_reader *r, struct sets *sets);
extern const struct cdrpc_shape sets_shape;
/* Where methods and events stand in the tables of sets_sets2_interface. */
enum {
	sets_sets2_put_in_table,
	sets_sets2_get_in_table,
	sets_sets2_swap_in_table,
	sets_sets2_arrays_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
