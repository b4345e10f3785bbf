/* Client stubs of module test.params, written by cdidl from params.cdidl. Changes belong there. */
#include "params.h"

#include <string.h>

#include <cdrpc/generated.h>

/*
 * texts(string[<=10] a, wstring[<=10] b, bytes[<=10] c, out string[<=10] d, out wstring[<=10] e,
 *     out bytes[<=10] f) @1;
 */
cdrpc_status
params_texts_begin(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
		   struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &params_interface, 0);
	do {
		cdrpc_write_string(&w, a, 10);
		cdrpc_write_wstring(&w, b, 10);
		cdrpc_write_blob(&w, c, 10);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_texts_finish(struct cdrpc_pending *pending, const char **ret_d, const cdrpc_wchar **ret_e,
		    struct cdrpc_bytes *ret_f, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const char *d;
	const cdrpc_wchar *e;
	struct cdrpc_bytes f;

	cdrpc_reply_begin(&r, pending, reply);
	d = cdrpc_read_string(&r, 10);
	e = cdrpc_read_wstring(&r, 10);
	f = cdrpc_read_blob(&r, 10);
	if (cdrpc_reply_good(&r)) {
		*ret_d = d;
		*ret_e = e;
		*ret_f = f;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_texts(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c, const char **ret_d,
	     const cdrpc_wchar **ret_e, struct cdrpc_bytes *ret_f, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_texts_begin(client, a, b, c, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_texts_finish(pending, ret_d, ret_e, ret_f, reply);
}

/*
 * maybe(string[<=10]? a, wstring[<=10]? b, bytes[<=10]? c, out string[<=10]? d, out wstring[<=10]? e,
 *     out bytes[<=10]? f) @2;
 */
cdrpc_status
params_maybe_begin(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
		   struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &params_interface, 1);
	do {
		if (cdrpc_write_present(&w, a))
			cdrpc_write_string(&w, a, 10);
		if (cdrpc_write_present(&w, b))
			cdrpc_write_wstring(&w, b, 10);
		if (cdrpc_write_present(&w, c.data))
			cdrpc_write_blob(&w, c, 10);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_maybe_finish(struct cdrpc_pending *pending, const char **ret_d, const cdrpc_wchar **ret_e,
		    struct cdrpc_bytes *ret_f, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const char *d = NULL;
	const cdrpc_wchar *e = NULL;
	struct cdrpc_bytes f = {NULL, 0};

	cdrpc_reply_begin(&r, pending, reply);
	if (cdrpc_read_present(&r))
		d = cdrpc_read_string(&r, 10);
	if (cdrpc_read_present(&r))
		e = cdrpc_read_wstring(&r, 10);
	if (cdrpc_read_present(&r))
		f = cdrpc_read_blob(&r, 10);
	if (cdrpc_reply_good(&r)) {
		*ret_d = d;
		*ret_e = e;
		*ret_f = f;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_maybe(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c, const char **ret_d,
	     const cdrpc_wchar **ret_e, struct cdrpc_bytes *ret_f, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_maybe_begin(client, a, b, c, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_maybe_finish(pending, ret_d, ret_e, ret_f, reply);
}

/*
 * both(inout string[<=10] a, inout wstring[<=10]? b, inout bytes[<=10] c, inout u32[<=4] d,
 *     inout u8[4] e) @3;
 */
cdrpc_status
params_both_begin(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
		  const uint32_t *d, uint32_t d_count, const uint8_t e[4], struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &params_interface, 2);
	do {
		cdrpc_write_string(&w, a, 10);
		if (cdrpc_write_present(&w, b))
			cdrpc_write_wstring(&w, b, 10);
		cdrpc_write_blob(&w, c, 10);
		cdrpc_write_array(&w, d, d_count, 4, sizeof *d, 4);
		cdrpc_write_flat(&w, e, 4 * sizeof *e, 1);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_both_finish(struct cdrpc_pending *pending, const char **ret_a, const cdrpc_wchar **ret_b,
		   struct cdrpc_bytes *ret_c, const uint32_t **ret_d, uint32_t *ret_d_count, uint8_t ret_e[4],
		   struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const char *a;
	const cdrpc_wchar *b = NULL;
	struct cdrpc_bytes c;
	const uint32_t *d;
	uint32_t d_count;
	const uint8_t *e;

	cdrpc_reply_begin(&r, pending, reply);
	a = cdrpc_read_string(&r, 10);
	if (cdrpc_read_present(&r))
		b = cdrpc_read_wstring(&r, 10);
	c = cdrpc_read_blob(&r, 10);
	d = (const uint32_t *)cdrpc_read_array(&r, 4, sizeof *d, 4, &d_count);
	e = (const uint8_t *)cdrpc_read_flat(&r, 4 * sizeof *e, 1);
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_b = b;
		*ret_c = c;
		*ret_d = d;
		*ret_d_count = d_count;
		memcpy(ret_e, e, 4 * sizeof *e);
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_both(struct cdrpc_client *client, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c, const uint32_t *d,
	    uint32_t d_count, const uint8_t e[4], const char **ret_a, const cdrpc_wchar **ret_b,
	    struct cdrpc_bytes *ret_c, const uint32_t **ret_d, uint32_t *ret_d_count, uint8_t ret_e[4],
	    struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_both_begin(client, a, b, c, d, d_count, e, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_both_finish(pending, ret_a, ret_b, ret_c, ret_d, ret_d_count, ret_e, reply);
}

/*
 * lists(bool[<=4] a, u8[<=4] b, string[<=10][<=4] c, wstring[<=10][<=4] d, bytes[<=10][<=4] e, Note[<=4] f,
 *     Amount[<=4] g, Unit[<=4] h, Mode[<=4] i) @4;
 */
cdrpc_status
params_lists_begin(struct cdrpc_client *client, const bool *a, uint32_t a_count, const uint8_t *b, uint32_t b_count,
		   const char *const *c, uint32_t c_count, const cdrpc_wchar *const *d, uint32_t d_count,
		   const struct cdrpc_bytes *e, uint32_t e_count, const struct common_note *f, uint32_t f_count,
		   const struct common_amount *g, uint32_t g_count, const common_unit_t *h, uint32_t h_count,
		   const common_mode_t *i, uint32_t i_count, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i_, n;

	cdrpc_request_begin(&w, client, &params_interface, 3);
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
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_lists_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_lists(struct cdrpc_client *client, const bool *a, uint32_t a_count, const uint8_t *b, uint32_t b_count,
	     const char *const *c, uint32_t c_count, const cdrpc_wchar *const *d, uint32_t d_count,
	     const struct cdrpc_bytes *e, uint32_t e_count, const struct common_note *f, uint32_t f_count,
	     const struct common_amount *g, uint32_t g_count, const common_unit_t *h, uint32_t h_count,
	     const common_mode_t *i, uint32_t i_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_lists_begin(client, a, a_count, b, b_count, c, c_count, d, d_count, e, e_count, f, f_count, g,
				    g_count, h, h_count, i, i_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_lists_finish(pending);
}

/*
 * lists_out(out bool[<=4] a, out u8[<=4] b, out string[<=10][<=4] c, out wstring[<=10][<=4] d,
 *     out bytes[<=10][<=4] e, out Note[<=4] f, out Amount[<=4] g, out Unit[<=4] h, out Mode[<=4] i) @5;
 */
cdrpc_status
params_lists_out_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &params_interface, 4);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_lists_out_finish(struct cdrpc_pending *pending, const bool **ret_a, uint32_t *ret_a_count, const uint8_t **ret_b,
			uint32_t *ret_b_count, const char *const **ret_c, uint32_t *ret_c_count,
			const cdrpc_wchar *const **ret_d, uint32_t *ret_d_count, const struct cdrpc_bytes **ret_e,
			uint32_t *ret_e_count, const struct common_note **ret_f, uint32_t *ret_f_count,
			const struct common_amount **ret_g, uint32_t *ret_g_count, const common_unit_t **ret_h,
			uint32_t *ret_h_count, const common_mode_t **ret_i, uint32_t *ret_i_count,
			struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
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

	cdrpc_reply_begin(&r, pending, reply);
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
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_a_count = a_count;
		*ret_b = b;
		*ret_b_count = b_count;
		*ret_c = c;
		*ret_c_count = c_count;
		*ret_d = d;
		*ret_d_count = d_count;
		*ret_e = e;
		*ret_e_count = e_count;
		*ret_f = f;
		*ret_f_count = f_count;
		*ret_g = g;
		*ret_g_count = g_count;
		*ret_h = h;
		*ret_h_count = h_count;
		*ret_i = i;
		*ret_i_count = i_count;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_lists_out(struct cdrpc_client *client, const bool **ret_a, uint32_t *ret_a_count, const uint8_t **ret_b,
		 uint32_t *ret_b_count, const char *const **ret_c, uint32_t *ret_c_count,
		 const cdrpc_wchar *const **ret_d, uint32_t *ret_d_count, const struct cdrpc_bytes **ret_e,
		 uint32_t *ret_e_count, const struct common_note **ret_f, uint32_t *ret_f_count,
		 const struct common_amount **ret_g, uint32_t *ret_g_count, const common_unit_t **ret_h,
		 uint32_t *ret_h_count, const common_mode_t **ret_i, uint32_t *ret_i_count, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_lists_out_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_lists_out_finish(pending, ret_a, ret_a_count, ret_b, ret_b_count, ret_c, ret_c_count, ret_d,
				       ret_d_count, ret_e, ret_e_count, ret_f, ret_f_count, ret_g, ret_g_count, ret_h,
				       ret_h_count, ret_i, ret_i_count, reply);
}

/*
 * maybe_lists(bool[<=4]? a, u64[<=4]? b, string[<=10][<=4]? c, Note[<=4]? d, out u64[<=4]? e,
 *     out Note[<=4]? f) @6;
 */
cdrpc_status
params_maybe_lists_begin(struct cdrpc_client *client, const bool *a, uint32_t a_count, const uint64_t *b,
			 uint32_t b_count, const char *const *c, uint32_t c_count, const struct common_note *d,
			 uint32_t d_count, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &params_interface, 5);
	do {
		if (cdrpc_write_present(&w, a))
			cdrpc_write_array(&w, a, a_count, 4, sizeof *a, 1);
		if (cdrpc_write_present(&w, b))
			cdrpc_write_array(&w, b, b_count, 4, sizeof *b, 8);
		if (cdrpc_write_present(&w, c)) {
			n = cdrpc_write_count(&w, c, c_count, 4);
			for (i = 0; i < n; i++)
				cdrpc_write_string(&w, c[i], 10);
		}
		if (cdrpc_write_present(&w, d)) {
			n = cdrpc_write_count(&w, d, d_count, 4);
			for (i = 0; i < n; i++)
				common_note_write(&w, &d[i]);
		}
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_maybe_lists_finish(struct cdrpc_pending *pending, const uint64_t **ret_e, uint32_t *ret_e_count,
			  const struct common_note **ret_f, uint32_t *ret_f_count, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const uint64_t *e = NULL;
	uint32_t e_count = 0;
	struct common_note *f = NULL;
	uint32_t f_count = 0;
	uint32_t i;

	cdrpc_reply_begin(&r, pending, reply);
	if (cdrpc_read_present(&r)) {
		e = (const uint64_t *)cdrpc_read_array(&r, 4, sizeof *e, 8, &e_count);
		if (!e)
			e = (const uint64_t *)cdrpc_read_alloc(&r, 1, sizeof *e);
	}
	if (cdrpc_read_present(&r)) {
		f_count = cdrpc_read_count(&r, 4, 8);
		f = (struct common_note *)cdrpc_read_alloc(&r, f_count ? f_count : 1, sizeof *f);
		for (i = 0; f && i < f_count; i++)
			common_note_read(&r, &f[i]);
	}
	if (cdrpc_reply_good(&r)) {
		*ret_e = e;
		*ret_e_count = e_count;
		*ret_f = f;
		*ret_f_count = f_count;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_maybe_lists(struct cdrpc_client *client, const bool *a, uint32_t a_count, const uint64_t *b, uint32_t b_count,
		   const char *const *c, uint32_t c_count, const struct common_note *d, uint32_t d_count,
		   const uint64_t **ret_e, uint32_t *ret_e_count, const struct common_note **ret_f,
		   uint32_t *ret_f_count, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_maybe_lists_begin(client, a, a_count, b, b_count, c, c_count, d, d_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_maybe_lists_finish(pending, ret_e, ret_e_count, ret_f, ret_f_count, reply);
}

/* arrays(bool[4] a, u64[4] b, f32[NAME_MAX] c, out bool[4] d, out u64[4] e, out f32[NAME_MAX] f) @7; */
cdrpc_status
params_arrays_begin(struct cdrpc_client *client, const bool a[4], const uint64_t b[4], const float c[COMMON_NAME_MAX],
		    struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &params_interface, 6);
	do {
		cdrpc_write_flat(&w, a, 4 * sizeof *a, 1);
		cdrpc_write_flat(&w, b, 4 * sizeof *b, 8);
		cdrpc_write_flat(&w, c, COMMON_NAME_MAX * sizeof *c, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_arrays_finish(struct cdrpc_pending *pending, bool ret_d[4], uint64_t ret_e[4], float ret_f[COMMON_NAME_MAX])
{
	struct cdrpc_reader r;
	const bool *d;
	const uint64_t *e;
	const float *f;
	uint32_t i;

	cdrpc_reply_begin(&r, pending, NULL);
	d = (const bool *)cdrpc_read_flat(&r, 4 * sizeof *d, 1);
	for (i = 0; d && i < 4; i++) {
		if (((const uint8_t *)d)[i] > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	e = (const uint64_t *)cdrpc_read_flat(&r, 4 * sizeof *e, 8);
	f = (const float *)cdrpc_read_flat(&r, COMMON_NAME_MAX * sizeof *f, 4);
	if (cdrpc_reply_good(&r)) {
		memcpy(ret_d, d, 4 * sizeof *d);
		memcpy(ret_e, e, 4 * sizeof *e);
		memcpy(ret_f, f, COMMON_NAME_MAX * sizeof *f);
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_arrays(struct cdrpc_client *client, const bool a[4], const uint64_t b[4], const float c[COMMON_NAME_MAX],
	      bool ret_d[4], uint64_t ret_e[4], float ret_f[COMMON_NAME_MAX])
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_arrays_begin(client, a, b, c, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_arrays_finish(pending, ret_d, ret_e, ret_f);
}

/* maybe_arrays(bool[4]? a, u64[4]? b, out bool[4]? c, out u64[4]? d) @8; */
cdrpc_status
params_maybe_arrays_begin(struct cdrpc_client *client, const bool *a, const uint64_t *b,
			  struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &params_interface, 7);
	do {
		if (cdrpc_write_present(&w, a))
			cdrpc_write_flat(&w, a, 4 * sizeof *a, 1);
		if (cdrpc_write_present(&w, b))
			cdrpc_write_flat(&w, b, 4 * sizeof *b, 8);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_maybe_arrays_finish(struct cdrpc_pending *pending, const bool **ret_c, const uint64_t **ret_d,
			   struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const bool *c = NULL;
	const uint64_t *d = NULL;
	uint32_t i;

	cdrpc_reply_begin(&r, pending, reply);
	if (cdrpc_read_present(&r)) {
		c = (const bool *)cdrpc_read_flat(&r, 4 * sizeof *c, 1);
		for (i = 0; c && i < 4; i++) {
			if (((const uint8_t *)c)[i] > 1)
				cdrpc_read_fail(&r, CDRPC_E_DECODE);
		}
	}
	if (cdrpc_read_present(&r))
		d = (const uint64_t *)cdrpc_read_flat(&r, 4 * sizeof *d, 8);
	if (cdrpc_reply_good(&r)) {
		*ret_c = c;
		*ret_d = d;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_maybe_arrays(struct cdrpc_client *client, const bool *a, const uint64_t *b, const bool **ret_c,
		    const uint64_t **ret_d, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_maybe_arrays_begin(client, a, b, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_maybe_arrays_finish(pending, ret_c, ret_d, reply);
}

/* blobs(bytes[<=1M] a, [shared] bytes[<=1M] b, out bytes[<=1M] c, [shared] out bytes[<=1M] d) @9; */
cdrpc_status
params_blobs_begin(struct cdrpc_client *client, struct cdrpc_bytes a, struct cdrpc_bytes b,
		   struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &params_interface, 8);
	do {
		cdrpc_write_blob(&w, a, 1048576);
		cdrpc_write_blob(&w, b, 1048576);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_blobs_finish(struct cdrpc_pending *pending, struct cdrpc_bytes *ret_c, struct cdrpc_bytes *ret_d,
		    struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	struct cdrpc_bytes c;
	struct cdrpc_bytes d;

	cdrpc_reply_begin(&r, pending, reply);
	c = cdrpc_read_blob(&r, 1048576);
	d = cdrpc_read_shared(&r, 1048576);
	if (cdrpc_reply_good(&r)) {
		*ret_c = c;
		*ret_d = d;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_blobs(struct cdrpc_client *client, struct cdrpc_bytes a, struct cdrpc_bytes b, struct cdrpc_bytes *ret_c,
	     struct cdrpc_bytes *ret_d, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_blobs_begin(client, a, b, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_blobs_finish(pending, ret_c, ret_d, reply);
}

/* setting(Setting a, out Setting b, inout Size c) fails CommonError @10; */
cdrpc_status
params_setting_begin(struct cdrpc_client *client, const struct common_setting *a, const struct common_size *c,
		     struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &params_interface, 9);
	do {
		common_setting_write(&w, a);
		cdrpc_write_flat(&w, c, sizeof *c, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
params_setting_finish(struct cdrpc_pending *pending, struct common_setting *ret_b, struct common_size *ret_c)
{
	struct cdrpc_reader r;
	const struct common_setting *b;
	const struct common_size *c;

	cdrpc_reply_begin(&r, pending, NULL);
	b = (const struct common_setting *)cdrpc_read_flat(&r, sizeof *b, 4);
	if (b && !common_setting_valid(b))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	c = (const struct common_size *)cdrpc_read_flat(&r, sizeof *c, 4);
	if (cdrpc_reply_good(&r)) {
		*ret_b = *b;
		*ret_c = *c;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
params_setting(struct cdrpc_client *client, const struct common_setting *a, const struct common_size *c,
	       struct common_setting *ret_b, struct common_size *ret_c)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = params_setting_begin(client, a, c, &pending);
	if (status != CDRPC_OK)
		return status;
	return params_setting_finish(pending, ret_b, ret_c);
}
