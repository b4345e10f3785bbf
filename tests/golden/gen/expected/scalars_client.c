/* Client stubs of module test.scalars, written by cdidl from scalars.cdidl. Changes belong there. */
#include "scalars.h"

#include <string.h>

#include <cdrpc/generated.h>

/* all_in(bool a, i8 b, u8 c, i16 d, u16 e, i32 f, u32 g, i64 h, u64 i, f32 j, f64 k) @1; */
cdrpc_status
scalars_all_in_begin(struct cdrpc_client *client, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
		     uint32_t g, int64_t h, uint64_t i, float j, double k, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &scalars_interface, 0);
	do {
		cdrpc_write_bool(&w, a);
		cdrpc_write_i8(&w, b);
		cdrpc_write_u8(&w, c);
		cdrpc_write_i16(&w, d);
		cdrpc_write_u16(&w, e);
		cdrpc_write_i32(&w, f);
		cdrpc_write_u32(&w, g);
		cdrpc_write_i64(&w, h);
		cdrpc_write_u64(&w, i);
		cdrpc_write_f32(&w, j);
		cdrpc_write_f64(&w, k);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
scalars_all_in_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
scalars_all_in(struct cdrpc_client *client, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f, uint32_t g,
	       int64_t h, uint64_t i, float j, double k)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = scalars_all_in_begin(client, a, b, c, d, e, f, g, h, i, j, k, &pending);
	if (status != CDRPC_OK)
		return status;
	return scalars_all_in_finish(pending);
}

/*
 * all_out(out bool a, out i8 b, out u8 c, out i16 d, out u16 e, out i32 f, out u32 g, out i64 h, out u64 i,
 *     out f32 j, out f64 k) @2;
 */
cdrpc_status
scalars_all_out_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &scalars_interface, 1);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
scalars_all_out_finish(struct cdrpc_pending *pending, bool *ret_a, int8_t *ret_b, uint8_t *ret_c, int16_t *ret_d,
		       uint16_t *ret_e, int32_t *ret_f, uint32_t *ret_g, int64_t *ret_h, uint64_t *ret_i, float *ret_j,
		       double *ret_k)
{
	struct cdrpc_reader r;
	bool a;
	int8_t b;
	uint8_t c;
	int16_t d;
	uint16_t e;
	int32_t f;
	uint32_t g;
	int64_t h;
	uint64_t i;
	float j;
	double k;

	cdrpc_reply_begin(&r, pending, NULL);
	a = cdrpc_read_bool(&r);
	b = cdrpc_read_i8(&r);
	c = cdrpc_read_u8(&r);
	d = cdrpc_read_i16(&r);
	e = cdrpc_read_u16(&r);
	f = cdrpc_read_i32(&r);
	g = cdrpc_read_u32(&r);
	h = cdrpc_read_i64(&r);
	i = cdrpc_read_u64(&r);
	j = cdrpc_read_f32(&r);
	k = cdrpc_read_f64(&r);
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_b = b;
		*ret_c = c;
		*ret_d = d;
		*ret_e = e;
		*ret_f = f;
		*ret_g = g;
		*ret_h = h;
		*ret_i = i;
		*ret_j = j;
		*ret_k = k;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
scalars_all_out(struct cdrpc_client *client, bool *ret_a, int8_t *ret_b, uint8_t *ret_c, int16_t *ret_d,
		uint16_t *ret_e, int32_t *ret_f, uint32_t *ret_g, int64_t *ret_h, uint64_t *ret_i, float *ret_j,
		double *ret_k)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = scalars_all_out_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return scalars_all_out_finish(pending, ret_a, ret_b, ret_c, ret_d, ret_e, ret_f, ret_g, ret_h, ret_i, ret_j,
				      ret_k);
}

/*
 * all_inout(inout bool a, inout i8 b, inout u8 c, inout i16 d, inout u16 e, inout i32 f, inout u32 g,
 *     inout i64 h, inout u64 i, inout f32 j, inout f64 k) @3;
 */
cdrpc_status
scalars_all_inout_begin(struct cdrpc_client *client, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
			uint32_t g, int64_t h, uint64_t i, float j, double k, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &scalars_interface, 2);
	do {
		cdrpc_write_bool(&w, a);
		cdrpc_write_i8(&w, b);
		cdrpc_write_u8(&w, c);
		cdrpc_write_i16(&w, d);
		cdrpc_write_u16(&w, e);
		cdrpc_write_i32(&w, f);
		cdrpc_write_u32(&w, g);
		cdrpc_write_i64(&w, h);
		cdrpc_write_u64(&w, i);
		cdrpc_write_f32(&w, j);
		cdrpc_write_f64(&w, k);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
scalars_all_inout_finish(struct cdrpc_pending *pending, bool *ret_a, int8_t *ret_b, uint8_t *ret_c, int16_t *ret_d,
			 uint16_t *ret_e, int32_t *ret_f, uint32_t *ret_g, int64_t *ret_h, uint64_t *ret_i,
			 float *ret_j, double *ret_k)
{
	struct cdrpc_reader r;
	bool a;
	int8_t b;
	uint8_t c;
	int16_t d;
	uint16_t e;
	int32_t f;
	uint32_t g;
	int64_t h;
	uint64_t i;
	float j;
	double k;

	cdrpc_reply_begin(&r, pending, NULL);
	a = cdrpc_read_bool(&r);
	b = cdrpc_read_i8(&r);
	c = cdrpc_read_u8(&r);
	d = cdrpc_read_i16(&r);
	e = cdrpc_read_u16(&r);
	f = cdrpc_read_i32(&r);
	g = cdrpc_read_u32(&r);
	h = cdrpc_read_i64(&r);
	i = cdrpc_read_u64(&r);
	j = cdrpc_read_f32(&r);
	k = cdrpc_read_f64(&r);
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_b = b;
		*ret_c = c;
		*ret_d = d;
		*ret_e = e;
		*ret_f = f;
		*ret_g = g;
		*ret_h = h;
		*ret_i = i;
		*ret_j = j;
		*ret_k = k;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
scalars_all_inout(struct cdrpc_client *client, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
		  uint32_t g, int64_t h, uint64_t i, float j, double k, bool *ret_a, int8_t *ret_b, uint8_t *ret_c,
		  int16_t *ret_d, uint16_t *ret_e, int32_t *ret_f, uint32_t *ret_g, int64_t *ret_h, uint64_t *ret_i,
		  float *ret_j, double *ret_k)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = scalars_all_inout_begin(client, a, b, c, d, e, f, g, h, i, j, k, &pending);
	if (status != CDRPC_OK)
		return status;
	return scalars_all_inout_finish(pending, ret_a, ret_b, ret_c, ret_d, ret_e, ret_f, ret_g, ret_h, ret_i, ret_j,
					ret_k);
}

/* optional_in(bool? a, i8? b, u8? c, i16? d, u16? e, i32? f, u32? g, i64? h, u64? i, f32? j, f64? k) @4; */
cdrpc_status
scalars_optional_in_begin(struct cdrpc_client *client, const bool *a, const int8_t *b, const uint8_t *c,
			  const int16_t *d, const uint16_t *e, const int32_t *f, const uint32_t *g, const int64_t *h,
			  const uint64_t *i, const float *j, const double *k, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &scalars_interface, 3);
	do {
		if (cdrpc_write_present(&w, a))
			cdrpc_write_bool(&w, *a);
		if (cdrpc_write_present(&w, b))
			cdrpc_write_i8(&w, *b);
		if (cdrpc_write_present(&w, c))
			cdrpc_write_u8(&w, *c);
		if (cdrpc_write_present(&w, d))
			cdrpc_write_i16(&w, *d);
		if (cdrpc_write_present(&w, e))
			cdrpc_write_u16(&w, *e);
		if (cdrpc_write_present(&w, f))
			cdrpc_write_i32(&w, *f);
		if (cdrpc_write_present(&w, g))
			cdrpc_write_u32(&w, *g);
		if (cdrpc_write_present(&w, h))
			cdrpc_write_i64(&w, *h);
		if (cdrpc_write_present(&w, i))
			cdrpc_write_u64(&w, *i);
		if (cdrpc_write_present(&w, j))
			cdrpc_write_f32(&w, *j);
		if (cdrpc_write_present(&w, k))
			cdrpc_write_f64(&w, *k);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
scalars_optional_in_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
scalars_optional_in(struct cdrpc_client *client, const bool *a, const int8_t *b, const uint8_t *c, const int16_t *d,
		    const uint16_t *e, const int32_t *f, const uint32_t *g, const int64_t *h, const uint64_t *i,
		    const float *j, const double *k)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = scalars_optional_in_begin(client, a, b, c, d, e, f, g, h, i, j, k, &pending);
	if (status != CDRPC_OK)
		return status;
	return scalars_optional_in_finish(pending);
}

/* optional_out(out bool? a, out i8? b, out u64? i, out f32? j, out f64? k) @5; */
cdrpc_status
scalars_optional_out_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &scalars_interface, 4);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
scalars_optional_out_finish(struct cdrpc_pending *pending, const bool **ret_a, const int8_t **ret_b,
			    const uint64_t **ret_i, const float **ret_j, const double **ret_k,
			    struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const bool *a = NULL;
	const int8_t *b = NULL;
	const uint64_t *i = NULL;
	const float *j = NULL;
	const double *k = NULL;

	cdrpc_reply_begin(&r, pending, reply);
	if (cdrpc_read_present(&r)) {
		a = (const bool *)cdrpc_read_flat(&r, sizeof *a, 1);
		if (a && *(const uint8_t *)a > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(&r))
		b = (const int8_t *)cdrpc_read_flat(&r, sizeof *b, 1);
	if (cdrpc_read_present(&r))
		i = (const uint64_t *)cdrpc_read_flat(&r, sizeof *i, 8);
	if (cdrpc_read_present(&r))
		j = (const float *)cdrpc_read_flat(&r, sizeof *j, 4);
	if (cdrpc_read_present(&r))
		k = (const double *)cdrpc_read_flat(&r, sizeof *k, 8);
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_b = b;
		*ret_i = i;
		*ret_j = j;
		*ret_k = k;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
scalars_optional_out(struct cdrpc_client *client, const bool **ret_a, const int8_t **ret_b, const uint64_t **ret_i,
		     const float **ret_j, const double **ret_k, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = scalars_optional_out_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return scalars_optional_out_finish(pending, ret_a, ret_b, ret_i, ret_j, ret_k, reply);
}

/* optional_inout(inout bool? a, inout i64? h, inout f64? k) @6; */
cdrpc_status
scalars_optional_inout_begin(struct cdrpc_client *client, const bool *a, const int64_t *h, const double *k,
			     struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &scalars_interface, 5);
	do {
		if (cdrpc_write_present(&w, a))
			cdrpc_write_bool(&w, *a);
		if (cdrpc_write_present(&w, h))
			cdrpc_write_i64(&w, *h);
		if (cdrpc_write_present(&w, k))
			cdrpc_write_f64(&w, *k);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
scalars_optional_inout_finish(struct cdrpc_pending *pending, const bool **ret_a, const int64_t **ret_h,
			      const double **ret_k, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const bool *a = NULL;
	const int64_t *h = NULL;
	const double *k = NULL;

	cdrpc_reply_begin(&r, pending, reply);
	if (cdrpc_read_present(&r)) {
		a = (const bool *)cdrpc_read_flat(&r, sizeof *a, 1);
		if (a && *(const uint8_t *)a > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(&r))
		h = (const int64_t *)cdrpc_read_flat(&r, sizeof *h, 8);
	if (cdrpc_read_present(&r))
		k = (const double *)cdrpc_read_flat(&r, sizeof *k, 8);
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_h = h;
		*ret_k = k;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
scalars_optional_inout(struct cdrpc_client *client, const bool *a, const int64_t *h, const double *k,
		       const bool **ret_a, const int64_t **ret_h, const double **ret_k, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = scalars_optional_inout_begin(client, a, h, k, &pending);
	if (status != CDRPC_OK)
		return status;
	return scalars_optional_inout_finish(pending, ret_a, ret_h, ret_k, reply);
}

/* nothing() @7; */
cdrpc_status
scalars_nothing_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &scalars_interface, 6);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
scalars_nothing_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
scalars_nothing(struct cdrpc_client *client)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = scalars_nothing_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return scalars_nothing_finish(pending);
}
