/* Server skeletons of module test.params, written by cdidl from params.cdidl. Changes belong there. */
#include "params.h"

#include <string.h>

#include <cdrpc/generated.h>

/*
 * texts(string[<=10] a, wstring[<=10] b, bytes[<=10] c, out string[<=10] d, out wstring[<=10] e,
 *     out bytes[<=10] f) @1;
 */
static cdrpc_status
params_texts_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const char *a;
	const cdrpc_wchar *b;
	struct cdrpc_bytes c;

	if (!to->texts)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = cdrpc_read_string(&r, 10);
	b = cdrpc_read_wstring(&r, 10);
	c = cdrpc_read_blob(&r, 10);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->texts(call, self, a, b, c);
}

cdrpc_status
params_texts_reply(struct cdrpc_call *call, const char *d, const cdrpc_wchar *e, struct cdrpc_bytes f)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_string(&w, d, 10);
		cdrpc_write_wstring(&w, e, 10);
		cdrpc_write_blob(&w, f, 10);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/*
 * maybe(string[<=10]? a, wstring[<=10]? b, bytes[<=10]? c, out string[<=10]? d, out wstring[<=10]? e,
 *     out bytes[<=10]? f) @2;
 */
static cdrpc_status
params_maybe_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const char *a = NULL;
	const cdrpc_wchar *b = NULL;
	struct cdrpc_bytes c = {NULL, 0};

	if (!to->maybe)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r))
		a = cdrpc_read_string(&r, 10);
	if (cdrpc_read_present(&r))
		b = cdrpc_read_wstring(&r, 10);
	if (cdrpc_read_present(&r))
		c = cdrpc_read_blob(&r, 10);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe(call, self, a, b, c);
}

cdrpc_status
params_maybe_reply(struct cdrpc_call *call, const char *d, const cdrpc_wchar *e, struct cdrpc_bytes f)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		if (cdrpc_write_present(&w, d))
			cdrpc_write_string(&w, d, 10);
		if (cdrpc_write_present(&w, e))
			cdrpc_write_wstring(&w, e, 10);
		if (cdrpc_write_present(&w, f.data))
			cdrpc_write_blob(&w, f, 10);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/*
 * both(inout string[<=10] a, inout wstring[<=10]? b, inout bytes[<=10] c, inout u32[<=4] d,
 *     inout u8[4] e) @3;
 */
static cdrpc_status
params_both_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const char *a;
	const cdrpc_wchar *b = NULL;
	struct cdrpc_bytes c;
	const uint32_t *d;
	uint32_t d_count;
	const uint8_t *e;

	if (!to->both)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = cdrpc_read_string(&r, 10);
	if (cdrpc_read_present(&r))
		b = cdrpc_read_wstring(&r, 10);
	c = cdrpc_read_blob(&r, 10);
	d = (const uint32_t *)cdrpc_read_array(&r, 4, sizeof *d, 4, &d_count);
	e = (const uint8_t *)cdrpc_read_flat(&r, 4 * sizeof *e, 1);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->both(call, self, a, b, c, d, d_count, e);
}

cdrpc_status
params_both_reply(struct cdrpc_call *call, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c, const uint32_t *d,
		  uint32_t d_count, const uint8_t e[4])
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_string(&w, a, 10);
		if (cdrpc_write_present(&w, b))
			cdrpc_write_wstring(&w, b, 10);
		cdrpc_write_blob(&w, c, 10);
		cdrpc_write_array(&w, d, d_count, 4, sizeof *d, 4);
		cdrpc_write_flat(&w, e, 4 * sizeof *e, 1);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/*
 * lists(bool[<=4] a, u8[<=4] b, string[<=10][<=4] c, wstring[<=10][<=4] d, bytes[<=10][<=4] e, Note[<=4] f,
 *     Amount[<=4] g, Unit[<=4] h, Mode[<=4] i) @4;
 */
static cdrpc_status
params_lists_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const bool *a;
	uint32_t a_count;
	const uint8_t *b;
	uint32_t b_count;
	const char **c;
	uint32_t c_count;
	const cdrpc_wchar **d;
	uint32_t d_count;
	struct cdrpc_bytes *e;
	uint32_t e_count;
	struct common_note *f;
	uint32_t f_count;
	struct common_amount *g;
	uint32_t g_count;
	const common_unit_t *h;
	uint32_t h_count;
	const common_mode_t *i;
	uint32_t i_count;
	uint32_t i_;

	if (!to->lists)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = (const bool *)cdrpc_read_array(&r, 4, sizeof *a, 1, &a_count);
	for (i_ = 0; i_ < a_count; i_++) {
		if (((const uint8_t *)a)[i_] > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	b = (const uint8_t *)cdrpc_read_array(&r, 4, sizeof *b, 1, &b_count);
	c_count = cdrpc_read_count(&r, 4, 5);
	c = (const char **)cdrpc_read_alloc(&r, c_count, sizeof *c);
	for (i_ = 0; c && i_ < c_count; i_++)
		c[i_] = cdrpc_read_string(&r, 10);
	d_count = cdrpc_read_count(&r, 4, 6);
	d = (const cdrpc_wchar **)cdrpc_read_alloc(&r, d_count, sizeof *d);
	for (i_ = 0; d && i_ < d_count; i_++)
		d[i_] = cdrpc_read_wstring(&r, 10);
	e_count = cdrpc_read_count(&r, 4, 4);
	e = (struct cdrpc_bytes *)cdrpc_read_alloc(&r, e_count, sizeof *e);
	for (i_ = 0; e && i_ < e_count; i_++)
		e[i_] = cdrpc_read_bytes(&r, 10);
	f_count = cdrpc_read_count(&r, 4, 8);
	f = (struct common_note *)cdrpc_read_alloc(&r, f_count, sizeof *f);
	for (i_ = 0; f && i_ < f_count; i_++)
		common_note_read(&r, &f[i_]);
	g_count = cdrpc_read_count(&r, 4, 8);
	g = (struct common_amount *)cdrpc_read_alloc(&r, g_count, sizeof *g);
	for (i_ = 0; g && i_ < g_count; i_++)
		common_amount_read(&r, &g[i_]);
	h = (const common_unit_t *)cdrpc_read_array(&r, 4, sizeof *h, 1, &h_count);
	i = (const common_mode_t *)cdrpc_read_array(&r, 4, sizeof *i, 1, &i_count);
	for (i_ = 0; i_ < i_count; i_++) {
		if (!common_mode_valid(i[i_]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->lists(call, self, a, a_count, b, b_count, c, c_count, d, d_count, e, e_count, f, f_count, g, g_count,
			 h, h_count, i, i_count);
}

/*
 * lists_out(out bool[<=4] a, out u8[<=4] b, out string[<=10][<=4] c, out wstring[<=10][<=4] d,
 *     out bytes[<=10][<=4] e, out Note[<=4] f, out Amount[<=4] g, out Unit[<=4] h, out Mode[<=4] i) @5;
 */
static cdrpc_status
params_lists_out_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->lists_out)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->lists_out(call, self);
}

cdrpc_status
params_lists_out_reply(struct cdrpc_call *call, const bool *a, uint32_t a_count, const uint8_t *b, uint32_t b_count,
		       const char *const *c, uint32_t c_count, const cdrpc_wchar *const *d, uint32_t d_count,
		       const struct cdrpc_bytes *e, uint32_t e_count, const struct common_note *f, uint32_t f_count,
		       const struct common_amount *g, uint32_t g_count, const common_unit_t *h, uint32_t h_count,
		       const common_mode_t *i, uint32_t i_count)
{
	struct cdrpc_writer w;
	uint32_t i_, n;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_array(&w, a, a_count, 4, sizeof *a, 1);
		cdrpc_write_array(&w, b, b_count, 4, sizeof *b, 1);
		n = cdrpc_write_count(&w, c, c_count, 4);
		for (i_ = 0; i_ < n; i_++)
			cdrpc_write_string(&w, c[i_], 10);
		n = cdrpc_write_count(&w, d, d_count, 4);
		for (i_ = 0; i_ < n; i_++)
			cdrpc_write_wstring(&w, d[i_], 10);
		n = cdrpc_write_count(&w, e, e_count, 4);
		for (i_ = 0; i_ < n; i_++)
			cdrpc_write_bytes(&w, e[i_], 10);
		n = cdrpc_write_count(&w, f, f_count, 4);
		for (i_ = 0; i_ < n; i_++)
			common_note_write(&w, &f[i_]);
		n = cdrpc_write_count(&w, g, g_count, 4);
		for (i_ = 0; i_ < n; i_++)
			common_amount_write(&w, &g[i_]);
		cdrpc_write_array(&w, h, h_count, 4, sizeof *h, 1);
		n = cdrpc_write_count(&w, i, i_count, 4);
		for (i_ = 0; i_ < n; i_++) {
			if (!common_mode_valid(i[i_]))
				cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(&w, i[i_]);
		}
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/*
 * maybe_lists(bool[<=4]? a, u64[<=4]? b, string[<=10][<=4]? c, Note[<=4]? d, out u64[<=4]? e,
 *     out Note[<=4]? f) @6;
 */
static cdrpc_status
params_maybe_lists_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const bool *a = NULL;
	uint32_t a_count = 0;
	const uint64_t *b = NULL;
	uint32_t b_count = 0;
	const char **c = NULL;
	uint32_t c_count = 0;
	struct common_note *d = NULL;
	uint32_t d_count = 0;
	uint32_t i;

	if (!to->maybe_lists)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r)) {
		a = (const bool *)cdrpc_read_array(&r, 4, sizeof *a, 1, &a_count);
		for (i = 0; i < a_count; i++) {
			if (((const uint8_t *)a)[i] > 1)
				cdrpc_read_fail(&r, CDRPC_E_DECODE);
		}
		if (!a)
			a = (const bool *)cdrpc_read_alloc(&r, 1, sizeof *a);
	}
	if (cdrpc_read_present(&r)) {
		b = (const uint64_t *)cdrpc_read_array(&r, 4, sizeof *b, 8, &b_count);
		if (!b)
			b = (const uint64_t *)cdrpc_read_alloc(&r, 1, sizeof *b);
	}
	if (cdrpc_read_present(&r)) {
		c_count = cdrpc_read_count(&r, 4, 5);
		c = (const char **)cdrpc_read_alloc(&r, c_count ? c_count : 1, sizeof *c);
		for (i = 0; c && i < c_count; i++)
			c[i] = cdrpc_read_string(&r, 10);
	}
	if (cdrpc_read_present(&r)) {
		d_count = cdrpc_read_count(&r, 4, 8);
		d = (struct common_note *)cdrpc_read_alloc(&r, d_count ? d_count : 1, sizeof *d);
		for (i = 0; d && i < d_count; i++)
			common_note_read(&r, &d[i]);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_lists(call, self, a, a_count, b, b_count, c, c_count, d, d_count);
}

cdrpc_status
params_maybe_lists_reply(struct cdrpc_call *call, const uint64_t *e, uint32_t e_count, const struct common_note *f,
			 uint32_t f_count)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_answer_begin(&w, call);
	do {
		if (cdrpc_write_present(&w, e))
			cdrpc_write_array(&w, e, e_count, 4, sizeof *e, 8);
		if (cdrpc_write_present(&w, f)) {
			n = cdrpc_write_count(&w, f, f_count, 4);
			for (i = 0; i < n; i++)
				common_note_write(&w, &f[i]);
		}
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* arrays(bool[4] a, u64[4] b, f32[NAME_MAX] c, out bool[4] d, out u64[4] e, out f32[NAME_MAX] f) @7; */
static cdrpc_status
params_arrays_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const bool *a;
	const uint64_t *b;
	const float *c;
	uint32_t i;

	if (!to->arrays)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = (const bool *)cdrpc_read_flat(&r, 4 * sizeof *a, 1);
	for (i = 0; a && i < 4; i++) {
		if (((const uint8_t *)a)[i] > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	b = (const uint64_t *)cdrpc_read_flat(&r, 4 * sizeof *b, 8);
	c = (const float *)cdrpc_read_flat(&r, COMMON_NAME_MAX * sizeof *c, 4);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->arrays(call, self, a, b, c);
}

cdrpc_status
params_arrays_reply(struct cdrpc_call *call, const bool d[4], const uint64_t e[4], const float f[COMMON_NAME_MAX])
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_flat(&w, d, 4 * sizeof *d, 1);
		cdrpc_write_flat(&w, e, 4 * sizeof *e, 8);
		cdrpc_write_flat(&w, f, COMMON_NAME_MAX * sizeof *f, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* maybe_arrays(bool[4]? a, u64[4]? b, out bool[4]? c, out u64[4]? d) @8; */
static cdrpc_status
params_maybe_arrays_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const bool *a = NULL;
	const uint64_t *b = NULL;
	uint32_t i;

	if (!to->maybe_arrays)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r)) {
		a = (const bool *)cdrpc_read_flat(&r, 4 * sizeof *a, 1);
		for (i = 0; a && i < 4; i++) {
			if (((const uint8_t *)a)[i] > 1)
				cdrpc_read_fail(&r, CDRPC_E_DECODE);
		}
	}
	if (cdrpc_read_present(&r))
		b = (const uint64_t *)cdrpc_read_flat(&r, 4 * sizeof *b, 8);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_arrays(call, self, a, b);
}

cdrpc_status
params_maybe_arrays_reply(struct cdrpc_call *call, const bool *c, const uint64_t *d)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		if (cdrpc_write_present(&w, c))
			cdrpc_write_flat(&w, c, 4 * sizeof *c, 1);
		if (cdrpc_write_present(&w, d))
			cdrpc_write_flat(&w, d, 4 * sizeof *d, 8);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* blobs(bytes[<=1M] a, [shared] bytes[<=1M] b, out bytes[<=1M] c, [shared] out bytes[<=1M] d) @9; */
static cdrpc_status
params_blobs_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct cdrpc_bytes a;
	struct cdrpc_bytes b;

	if (!to->blobs)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = cdrpc_read_blob(&r, 1048576);
	b = cdrpc_read_shared(&r, 1048576);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->blobs(call, self, a, b);
}

cdrpc_status
params_blobs_reply(struct cdrpc_call *call, struct cdrpc_bytes c, struct cdrpc_bytes d)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_blob(&w, c, 1048576);
		cdrpc_write_blob(&w, d, 1048576);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* setting(Setting a, out Setting b, inout Size c) fails CommonError @10; */
static cdrpc_status
params_setting_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct params_handlers *to = (const struct params_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct common_setting *a;
	const struct common_size *c;

	if (!to->setting)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = (const struct common_setting *)cdrpc_read_flat(&r, sizeof *a, 4);
	if (a && !common_setting_valid(a))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	c = (const struct common_size *)cdrpc_read_flat(&r, sizeof *c, 4);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->setting(call, self, a, c);
}

cdrpc_status
params_setting_reply(struct cdrpc_call *call, const struct common_setting *b, const struct common_size *c)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		common_setting_write(&w, b);
		cdrpc_write_flat(&w, c, sizeof *c, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

static cdrpc_skeleton *const params_skeleton_table[] = {
	params_texts_skeleton,
	params_maybe_skeleton,
	params_both_skeleton,
	params_lists_skeleton,
	params_lists_out_skeleton,
	params_maybe_lists_skeleton,
	params_arrays_skeleton,
	params_maybe_arrays_skeleton,
	params_blobs_skeleton,
	params_setting_skeleton,
};

cdrpc_status
params_serve(struct cdrpc_server *server, const struct params_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &params_interface, params_skeleton_table, handlers, self);
}
