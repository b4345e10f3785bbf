/* C header of module test.structs, written by cdidl from structs.cdidl. Changes belong there. */
#ifndef CDIDL_4test_7structs_H
#define CDIDL_4test_7structs_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

typedef uint8_t structs_mode_t;		/* strict: only the values below are possible */
enum {
	STRUCTS_MODE_OFF = 1,
	STRUCTS_MODE_ON = 2
};
/* "Off" and so on; NULL for a value not listed. */
const char *structs_mode_name(structs_mode_t mode);

struct structs_inner {
	uint8_t a;
	uint32_t b;
	uint16_t c;
};

/* Used before it is declared. */
struct structs_outer {
	struct structs_inner inner;
	uint8_t tail;
	struct structs_inner inners[2];
};

struct structs_dense {
	uint32_t a;
	uint32_t b;
	double c;
	uint8_t d[8];
};

struct structs_loose {
	uint8_t a;
	uint64_t b;
	bool c;
};

struct structs_checked {
	bool yes;
	structs_mode_t mode;
	bool many[3];
	structs_mode_t modes[3];
};

struct structs_nest {
	struct structs_checked checked;
	struct structs_checked pair[2];
	struct structs_loose loose;
	float f;
};

struct structs_one {
	uint8_t x;
};

/* ---- Structs ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. structs_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface structs_interface;

/* put(Outer outer, Dense dense, Checked checked, Nest nest) @1; */
cdrpc_status structs_put(struct cdrpc_client *client, const struct structs_outer *outer,
			 const struct structs_dense *dense, const struct structs_checked *checked,
			 const struct structs_nest *nest);
cdrpc_status structs_put_begin(struct cdrpc_client *client, const struct structs_outer *outer,
			       const struct structs_dense *dense, const struct structs_checked *checked,
			       const struct structs_nest *nest, struct cdrpc_pending **ret_pending);
cdrpc_status structs_put_finish(struct cdrpc_pending *pending);

/* get(out Outer outer, out Dense dense, out Checked checked, out Nest nest) @2; */
cdrpc_status structs_get(struct cdrpc_client *client, struct structs_outer *ret_outer, struct structs_dense *ret_dense,
			 struct structs_checked *ret_checked, struct structs_nest *ret_nest);
cdrpc_status structs_get_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status structs_get_finish(struct cdrpc_pending *pending, struct structs_outer *ret_outer,
				struct structs_dense *ret_dense, struct structs_checked *ret_checked,
				struct structs_nest *ret_nest);

/* swap(inout Outer outer, inout Dense dense, inout Nest? nest) @3; */
cdrpc_status structs_swap(struct cdrpc_client *client, const struct structs_outer *outer,
			  const struct structs_dense *dense, const struct structs_nest *nest,
			  struct structs_outer *ret_outer, struct structs_dense *ret_dense,
			  const struct structs_nest **ret_nest, struct cdrpc_reply *reply);
cdrpc_status structs_swap_begin(struct cdrpc_client *client, const struct structs_outer *outer,
				const struct structs_dense *dense, const struct structs_nest *nest,
				struct cdrpc_pending **ret_pending);
cdrpc_status structs_swap_finish(struct cdrpc_pending *pending, struct structs_outer *ret_outer,
				 struct structs_dense *ret_dense, const struct structs_nest **ret_nest,
				 struct cdrpc_reply *reply);

/* maybe(Outer? outer, Dense? dense, out Outer? other, out Checked? checked) @4; */
cdrpc_status structs_maybe(struct cdrpc_client *client, const struct structs_outer *outer,
			   const struct structs_dense *dense, const struct structs_outer **ret_other,
			   const struct structs_checked **ret_checked, struct cdrpc_reply *reply);
cdrpc_status structs_maybe_begin(struct cdrpc_client *client, const struct structs_outer *outer,
				 const struct structs_dense *dense, struct cdrpc_pending **ret_pending);
cdrpc_status structs_maybe_finish(struct cdrpc_pending *pending, const struct structs_outer **ret_other,
				  const struct structs_checked **ret_checked, struct cdrpc_reply *reply);

/*
 * arrays(Outer[2] outer, Dense[2] dense, Checked[<=4] checked, Nest[<=4] nest, out Nest[2] nest_out,
 *     out Dense[<=4] dense_out, out Nest[<=4] nests_out, Loose[2]? maybe_fixed, Loose[<=3]? maybe_list) @5;
 */
cdrpc_status structs_arrays(struct cdrpc_client *client, const struct structs_outer outer[2],
			    const struct structs_dense dense[2], const struct structs_checked *checked,
			    uint32_t checked_count, const struct structs_nest *nest, uint32_t nest_count,
			    const struct structs_loose *maybe_fixed, const struct structs_loose *maybe_list,
			    uint32_t maybe_list_count, struct structs_nest ret_nest_out[2],
			    const struct structs_dense **ret_dense_out, uint32_t *ret_dense_out_count,
			    const struct structs_nest **ret_nests_out, uint32_t *ret_nests_out_count,
			    struct cdrpc_reply *reply);
cdrpc_status structs_arrays_begin(struct cdrpc_client *client, const struct structs_outer outer[2],
				  const struct structs_dense dense[2], const struct structs_checked *checked,
				  uint32_t checked_count, const struct structs_nest *nest, uint32_t nest_count,
				  const struct structs_loose *maybe_fixed, const struct structs_loose *maybe_list,
				  uint32_t maybe_list_count, struct cdrpc_pending **ret_pending);
cdrpc_status structs_arrays_finish(struct cdrpc_pending *pending, struct structs_nest ret_nest_out[2],
				   const struct structs_dense **ret_dense_out, uint32_t *ret_dense_out_count,
				   const struct structs_nest **ret_nests_out, uint32_t *ret_nests_out_count,
				   struct cdrpc_reply *reply);

/* What a server of Structs does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct structs_handlers {
	cdrpc_status (*put)(struct cdrpc_call *call, void *self, const struct structs_outer *outer,
			    const struct structs_dense *dense, const struct structs_checked *checked,
			    const struct structs_nest *nest);
	cdrpc_status (*get)(struct cdrpc_call *call, void *self);
	cdrpc_status (*swap)(struct cdrpc_call *call, void *self, const struct structs_outer *outer,
			     const struct structs_dense *dense, const struct structs_nest *nest);
	cdrpc_status (*maybe)(struct cdrpc_call *call, void *self, const struct structs_outer *outer,
			      const struct structs_dense *dense);
	cdrpc_status (*arrays)(struct cdrpc_call *call, void *self, const struct structs_outer outer[2],
			       const struct structs_dense dense[2], const struct structs_checked *checked,
			       uint32_t checked_count, const struct structs_nest *nest, uint32_t nest_count,
			       const struct structs_loose *maybe_fixed, const struct structs_loose *maybe_list,
			       uint32_t maybe_list_count);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status structs_serve(struct cdrpc_server *server, const struct structs_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status structs_get_reply(struct cdrpc_call *call, const struct structs_outer *outer,
			       const struct structs_dense *dense, const struct structs_checked *checked,
			       const struct structs_nest *nest);
cdrpc_status structs_swap_reply(struct cdrpc_call *call, const struct structs_outer *outer,
				const struct structs_dense *dense, const struct structs_nest *nest);
cdrpc_status structs_maybe_reply(struct cdrpc_call *call, const struct structs_outer *other,
				 const struct structs_checked *checked);
cdrpc_status structs_arrays_reply(struct cdrpc_call *call, const struct structs_nest nest_out[2],
				  const struct structs_dense *dense_out, uint32_t dense_out_count,
				  const struct structs_nest *nests_out, uint32_t nests_out_count);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

void structs_outer_write(struct cdrpc_writer *w, const struct structs_outer *outer);
void structs_inner_write(struct cdrpc_writer *w, const struct structs_inner *inner);
bool structs_loose_valid(const struct structs_loose *loose);
void structs_loose_write(struct cdrpc_writer *w, const struct structs_loose *loose);
bool structs_checked_valid(const struct structs_checked *checked);
void structs_checked_write(struct cdrpc_writer *w, const struct structs_checked *checked);
bool structs_nest_valid(const struct structs_nest *nest);
void structs_nest_write(struct cdrpc_writer *w, const struct structs_nest *nest);
bool structs_mode_valid(structs_mode_t mode);
/* Where methods and events stand in the tables of structs_interface. */
enum {
	structs_put_in_table,
	structs_get_in_table,
	structs_swap_in_table,
	structs_maybe_in_table,
	structs_arrays_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
