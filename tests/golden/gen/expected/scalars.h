/* C header of module test.scalars, written by cdidl from scalars.cdidl. Changes belong there. */
#ifndef CDIDL_4test_7scalars_H
#define CDIDL_4test_7scalars_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

#define SCALARS_MIN_I8 (-INT8_C(128))
#define SCALARS_MAX_U8 UINT8_C(255)
#define SCALARS_MIN_I16 (-INT16_C(32768))
#define SCALARS_MAX_U16 UINT16_C(65535)
#define SCALARS_MIN_I32 (-INT32_C(2147483647) - 1)
#define SCALARS_SOME_I32 (-INT32_C(5))
#define SCALARS_MAX_U32 UINT32_C(4294967295)
#define SCALARS_MIN_I64 (-INT64_C(9223372036854775807) - 1)
#define SCALARS_MAX_I64 INT64_C(9223372036854775807)
#define SCALARS_MAX_U64 UINT64_C(18446744073709551615)
#define SCALARS_SHIFTED UINT32_C(19)
#define SCALARS_KIBI UINT32_C(1024)
#define SCALARS_SAME UINT32_C(19)

/* ---- Scalars ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. scalars_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface scalars_interface;

/* all_in(bool a, i8 b, u8 c, i16 d, u16 e, i32 f, u32 g, i64 h, u64 i, f32 j, f64 k) @1; */
cdrpc_status scalars_all_in(struct cdrpc_client *client, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
			    uint32_t g, int64_t h, uint64_t i, float j, double k);
cdrpc_status scalars_all_in_begin(struct cdrpc_client *client, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
				  int32_t f, uint32_t g, int64_t h, uint64_t i, float j, double k,
				  struct cdrpc_pending **ret_pending);
cdrpc_status scalars_all_in_finish(struct cdrpc_pending *pending);

/*
 * all_out(out bool a, out i8 b, out u8 c, out i16 d, out u16 e, out i32 f, out u32 g, out i64 h, out u64 i,
 *     out f32 j, out f64 k) @2;
 */
cdrpc_status scalars_all_out(struct cdrpc_client *client, bool *ret_a, int8_t *ret_b, uint8_t *ret_c, int16_t *ret_d,
			     uint16_t *ret_e, int32_t *ret_f, uint32_t *ret_g, int64_t *ret_h, uint64_t *ret_i,
			     float *ret_j, double *ret_k);
cdrpc_status scalars_all_out_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status scalars_all_out_finish(struct cdrpc_pending *pending, bool *ret_a, int8_t *ret_b, uint8_t *ret_c,
				    int16_t *ret_d, uint16_t *ret_e, int32_t *ret_f, uint32_t *ret_g, int64_t *ret_h,
				    uint64_t *ret_i, float *ret_j, double *ret_k);

/*
 * all_inout(inout bool a, inout i8 b, inout u8 c, inout i16 d, inout u16 e, inout i32 f, inout u32 g,
 *     inout i64 h, inout u64 i, inout f32 j, inout f64 k) @3;
 */
cdrpc_status scalars_all_inout(struct cdrpc_client *client, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
			       int32_t f, uint32_t g, int64_t h, uint64_t i, float j, double k, bool *ret_a,
			       int8_t *ret_b, uint8_t *ret_c, int16_t *ret_d, uint16_t *ret_e, int32_t *ret_f,
			       uint32_t *ret_g, int64_t *ret_h, uint64_t *ret_i, float *ret_j, double *ret_k);
cdrpc_status scalars_all_inout_begin(struct cdrpc_client *client, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
				     int32_t f, uint32_t g, int64_t h, uint64_t i, float j, double k,
				     struct cdrpc_pending **ret_pending);
cdrpc_status scalars_all_inout_finish(struct cdrpc_pending *pending, bool *ret_a, int8_t *ret_b, uint8_t *ret_c,
				      int16_t *ret_d, uint16_t *ret_e, int32_t *ret_f, uint32_t *ret_g, int64_t *ret_h,
				      uint64_t *ret_i, float *ret_j, double *ret_k);

/* optional_in(bool? a, i8? b, u8? c, i16? d, u16? e, i32? f, u32? g, i64? h, u64? i, f32? j, f64? k) @4; */
cdrpc_status scalars_optional_in(struct cdrpc_client *client, const bool *a, const int8_t *b, const uint8_t *c,
				 const int16_t *d, const uint16_t *e, const int32_t *f, const uint32_t *g,
				 const int64_t *h, const uint64_t *i, const float *j, const double *k);
cdrpc_status scalars_optional_in_begin(struct cdrpc_client *client, const bool *a, const int8_t *b, const uint8_t *c,
				       const int16_t *d, const uint16_t *e, const int32_t *f, const uint32_t *g,
				       const int64_t *h, const uint64_t *i, const float *j, const double *k,
				       struct cdrpc_pending **ret_pending);
cdrpc_status scalars_optional_in_finish(struct cdrpc_pending *pending);

/* optional_out(out bool? a, out i8? b, out u64? i, out f32? j, out f64? k) @5; */
cdrpc_status scalars_optional_out(struct cdrpc_client *client, const bool **ret_a, const int8_t **ret_b,
				  const uint64_t **ret_i, const float **ret_j, const double **ret_k,
				  struct cdrpc_reply *reply);
cdrpc_status scalars_optional_out_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status scalars_optional_out_finish(struct cdrpc_pending *pending, const bool **ret_a, const int8_t **ret_b,
					 const uint64_t **ret_i, const float **ret_j, const double **ret_k,
					 struct cdrpc_reply *reply);

/* optional_inout(inout bool? a, inout i64? h, inout f64? k) @6; */
cdrpc_status scalars_optional_inout(struct cdrpc_client *client, const bool *a, const int64_t *h, const double *k,
				    const bool **ret_a, const int64_t **ret_h, const double **ret_k,
				    struct cdrpc_reply *reply);
cdrpc_status scalars_optional_inout_begin(struct cdrpc_client *client, const bool *a, const int64_t *h, const double *k,
					  struct cdrpc_pending **ret_pending);
cdrpc_status scalars_optional_inout_finish(struct cdrpc_pending *pending, const bool **ret_a, const int64_t **ret_h,
					   const double **ret_k, struct cdrpc_reply *reply);

/* nothing() @7; */
cdrpc_status scalars_nothing(struct cdrpc_client *client);
cdrpc_status scalars_nothing_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status scalars_nothing_finish(struct cdrpc_pending *pending);

/* What a server of Scalars does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct scalars_handlers {
	cdrpc_status (*all_in)(struct cdrpc_call *call, void *self, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
			       int32_t f, uint32_t g, int64_t h, uint64_t i, float j, double k);
	cdrpc_status (*all_out)(struct cdrpc_call *call, void *self);
	cdrpc_status (*all_inout)(struct cdrpc_call *call, void *self, bool a, int8_t b, uint8_t c, int16_t d,
				  uint16_t e, int32_t f, uint32_t g, int64_t h, uint64_t i, float j, double k);
	cdrpc_status (*optional_in)(struct cdrpc_call *call, void *self, const bool *a, const int8_t *b,
				    const uint8_t *c, const int16_t *d, const uint16_t *e, const int32_t *f,
				    const uint32_t *g, const int64_t *h, const uint64_t *i, const float *j,
				    const double *k);
	cdrpc_status (*optional_out)(struct cdrpc_call *call, void *self);
	cdrpc_status (*optional_inout)(struct cdrpc_call *call, void *self, const bool *a, const int64_t *h,
				       const double *k);
	cdrpc_status (*nothing)(struct cdrpc_call *call, void *self);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status scalars_serve(struct cdrpc_server *server, const struct scalars_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status scalars_all_out_reply(struct cdrpc_call *call, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
				   int32_t f, uint32_t g, int64_t h, uint64_t i, float j, double k);
cdrpc_status scalars_all_inout_reply(struct cdrpc_call *call, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
				     int32_t f, uint32_t g, int64_t h, uint64_t i, float j, double k);
cdrpc_status scalars_optional_out_reply(struct cdrpc_call *call, const bool *a, const int8_t *b, const uint64_t *i,
					const float *j, const double *k);
cdrpc_status scalars_optional_inout_reply(struct cdrpc_call *call, const bool *a, const int64_t *h, const double *k);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

/* Where methods and events stand in the tables of scalars_interface. */
enum {
	scalars_all_in_in_table,
	scalars_all_out_in_table,
	scalars_all_inout_in_table,
	scalars_optional_in_in_table,
	scalars_optional_out_in_table,
	scalars_optional_inout_in_table,
	scalars_nothing_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
