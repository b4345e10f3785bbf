/* Server skeletons of module test.scalars, written by cdidl from scalars.cdidl. Changes belong there. */
#include "scalars.h"

#include <string.h>

#include <cdrpc/generated.h>

/* all_in(bool a, i8 b, u8 c, i16 d, u16 e, i32 f, u32 g, i64 h, u64 i, f32 j, f64 k) @1; */
static cdrpc_status
scalars_all_in_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct scalars_handlers *to = (const struct scalars_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
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

	if (!to->all_in)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
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
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->all_in(call, self, a, b, c, d, e, f, g, h, i, j, k);
}

/*
 * all_out(out bool a, out i8 b, out u8 c, out i16 d, out u16 e, out i32 f, out u32 g, out i64 h, out u64 i,
 *     out f32 j, out f64 k) @2;
 */
static cdrpc_status
scalars_all_out_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct scalars_handlers *to = (const struct scalars_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->all_out)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->all_out(call, self);
}

cdrpc_status
scalars_all_out_reply(struct cdrpc_call *call, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
		      uint32_t g, int64_t h, uint64_t i, float j, double k)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
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
	return cdrpc_answer_send(&w);
}

/*
 * all_inout(inout bool a, inout i8 b, inout u8 c, inout i16 d, inout u16 e, inout i32 f, inout u32 g,
 *     inout i64 h, inout u64 i, inout f32 j, inout f64 k) @3;
 */
static cdrpc_status
scalars_all_inout_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct scalars_handlers *to = (const struct scalars_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
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

	if (!to->all_inout)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
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
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->all_inout(call, self, a, b, c, d, e, f, g, h, i, j, k);
}

cdrpc_status
scalars_all_inout_reply(struct cdrpc_call *call, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
			uint32_t g, int64_t h, uint64_t i, float j, double k)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
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
	return cdrpc_answer_send(&w);
}

/* optional_in(bool? a, i8? b, u8? c, i16? d, u16? e, i32? f, u32? g, i64? h, u64? i, f32? j, f64? k) @4; */
static cdrpc_status
scalars_optional_in_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct scalars_handlers *to = (const struct scalars_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const bool *a = NULL;
	const int8_t *b = NULL;
	const uint8_t *c = NULL;
	const int16_t *d = NULL;
	const uint16_t *e = NULL;
	const int32_t *f = NULL;
	const uint32_t *g = NULL;
	const int64_t *h = NULL;
	const uint64_t *i = NULL;
	const float *j = NULL;
	const double *k = NULL;

	if (!to->optional_in)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r)) {
		a = (const bool *)cdrpc_read_flat(&r, sizeof *a, 1);
		if (a && *(const uint8_t *)a > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(&r))
		b = (const int8_t *)cdrpc_read_flat(&r, sizeof *b, 1);
	if (cdrpc_read_present(&r))
		c = (const uint8_t *)cdrpc_read_flat(&r, sizeof *c, 1);
	if (cdrpc_read_present(&r))
		d = (const int16_t *)cdrpc_read_flat(&r, sizeof *d, 2);
	if (cdrpc_read_present(&r))
		e = (const uint16_t *)cdrpc_read_flat(&r, sizeof *e, 2);
	if (cdrpc_read_present(&r))
		f = (const int32_t *)cdrpc_read_flat(&r, sizeof *f, 4);
	if (cdrpc_read_present(&r))
		g = (const uint32_t *)cdrpc_read_flat(&r, sizeof *g, 4);
	if (cdrpc_read_present(&r))
		h = (const int64_t *)cdrpc_read_flat(&r, sizeof *h, 8);
	if (cdrpc_read_present(&r))
		i = (const uint64_t *)cdrpc_read_flat(&r, sizeof *i, 8);
	if (cdrpc_read_present(&r))
		j = (const float *)cdrpc_read_flat(&r, sizeof *j, 4);
	if (cdrpc_read_present(&r))
		k = (const double *)cdrpc_read_flat(&r, sizeof *k, 8);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->optional_in(call, self, a, b, c, d, e, f, g, h, i, j, k);
}

/* optional_out(out bool? a, out i8? b, out u64? i, out f32? j, out f64? k) @5; */
static cdrpc_status
scalars_optional_out_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct scalars_handlers *to = (const struct scalars_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->optional_out)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->optional_out(call, self);
}

cdrpc_status
scalars_optional_out_reply(struct cdrpc_call *call, const bool *a, const int8_t *b, const uint64_t *i, const float *j,
			   const double *k)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		if (cdrpc_write_present(&w, a))
			cdrpc_write_bool(&w, *a);
		if (cdrpc_write_present(&w, b))
			cdrpc_write_i8(&w, *b);
		if (cdrpc_write_present(&w, i))
			cdrpc_write_u64(&w, *i);
		if (cdrpc_write_present(&w, j))
			cdrpc_write_f32(&w, *j);
		if (cdrpc_write_present(&w, k))
			cdrpc_write_f64(&w, *k);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* optional_inout(inout bool? a, inout i64? h, inout f64? k) @6; */
static cdrpc_status
scalars_optional_inout_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct scalars_handlers *to = (const struct scalars_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const bool *a = NULL;
	const int64_t *h = NULL;
	const double *k = NULL;

	if (!to->optional_inout)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r)) {
		a = (const bool *)cdrpc_read_flat(&r, sizeof *a, 1);
		if (a && *(const uint8_t *)a > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(&r))
		h = (const int64_t *)cdrpc_read_flat(&r, sizeof *h, 8);
	if (cdrpc_read_present(&r))
		k = (const double *)cdrpc_read_flat(&r, sizeof *k, 8);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->optional_inout(call, self, a, h, k);
}

cdrpc_status
scalars_optional_inout_reply(struct cdrpc_call *call, const bool *a, const int64_t *h, const double *k)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		if (cdrpc_write_present(&w, a))
			cdrpc_write_bool(&w, *a);
		if (cdrpc_write_present(&w, h))
			cdrpc_write_i64(&w, *h);
		if (cdrpc_write_present(&w, k))
			cdrpc_write_f64(&w, *k);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* nothing() @7; */
static cdrpc_status
scalars_nothing_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct scalars_handlers *to = (const struct scalars_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->nothing)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->nothing(call, self);
}

static cdrpc_skeleton *const scalars_skeleton_table[] = {
	scalars_all_in_skeleton,
	scalars_all_out_skeleton,
	scalars_all_inout_skeleton,
	scalars_optional_in_skeleton,
	scalars_optional_out_skeleton,
	scalars_optional_inout_skeleton,
	scalars_nothing_skeleton,
};

cdrpc_status
scalars_serve(struct cdrpc_server *server, const struct scalars_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &scalars_interface, scalars_skeleton_table, handlers, self);
}
