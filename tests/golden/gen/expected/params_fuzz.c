/* Fuzz harness of module test.params, written by cdidl from params.cdidl. Changes belong there. */
#include "params.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

/*
 * For libFuzzer: link it with params_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
 *
 * An input is 8 bytes that choose what to decode (2), the size of the blob area (2), how many handles there are (1),
 * and whether the peer can still write to the blob area (1); then the body, then the blob area.
 */
struct cdrpc_fuzz_target {
	void (*run)(struct cdrpc_reader *r, struct cdrpc_writer *w);
	const struct cdrpc_handle_item *handles;
	uint32_t handle_count;
};

/*
 * texts(string[<=10] a, wstring[<=10] b, bytes[<=10] c, out string[<=10] d, out wstring[<=10] e,
 *     out bytes[<=10] f) @1;
 */
static void
fuzz_params_texts_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char *a;
	const cdrpc_wchar *b;
	struct cdrpc_bytes c;

	a = cdrpc_read_string(r, 10);
	b = cdrpc_read_wstring(r, 10);
	c = cdrpc_read_blob(r, 10);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_string(w, a, 10);
		cdrpc_write_wstring(w, b, 10);
		cdrpc_write_blob(w, c, 10);
	} while (cdrpc_write_again(w));
}

/*
 * texts(string[<=10] a, wstring[<=10] b, bytes[<=10] c, out string[<=10] d, out wstring[<=10] e,
 *     out bytes[<=10] f) @1;
 */
static void
fuzz_params_texts_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char *d;
	const cdrpc_wchar *e;
	struct cdrpc_bytes f;

	d = cdrpc_read_string(r, 10);
	e = cdrpc_read_wstring(r, 10);
	f = cdrpc_read_blob(r, 10);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_string(w, d, 10);
		cdrpc_write_wstring(w, e, 10);
		cdrpc_write_blob(w, f, 10);
	} while (cdrpc_write_again(w));
}

/*
 * maybe(string[<=10]? a, wstring[<=10]? b, bytes[<=10]? c, out string[<=10]? d, out wstring[<=10]? e,
 *     out bytes[<=10]? f) @2;
 */
static void
fuzz_params_maybe_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char *a = NULL;
	const cdrpc_wchar *b = NULL;
	struct cdrpc_bytes c = {NULL, 0};

	if (cdrpc_read_present(r))
		a = cdrpc_read_string(r, 10);
	if (cdrpc_read_present(r))
		b = cdrpc_read_wstring(r, 10);
	if (cdrpc_read_present(r))
		c = cdrpc_read_blob(r, 10);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, a))
			cdrpc_write_string(w, a, 10);
		if (cdrpc_write_present(w, b))
			cdrpc_write_wstring(w, b, 10);
		if (cdrpc_write_present(w, c.data))
			cdrpc_write_blob(w, c, 10);
	} while (cdrpc_write_again(w));
}

/*
 * maybe(string[<=10]? a, wstring[<=10]? b, bytes[<=10]? c, out string[<=10]? d, out wstring[<=10]? e,
 *     out bytes[<=10]? f) @2;
 */
static void
fuzz_params_maybe_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char *d = NULL;
	const cdrpc_wchar *e = NULL;
	struct cdrpc_bytes f = {NULL, 0};

	if (cdrpc_read_present(r))
		d = cdrpc_read_string(r, 10);
	if (cdrpc_read_present(r))
		e = cdrpc_read_wstring(r, 10);
	if (cdrpc_read_present(r))
		f = cdrpc_read_blob(r, 10);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, d))
			cdrpc_write_string(w, d, 10);
		if (cdrpc_write_present(w, e))
			cdrpc_write_wstring(w, e, 10);
		if (cdrpc_write_present(w, f.data))
			cdrpc_write_blob(w, f, 10);
	} while (cdrpc_write_again(w));
}

/*
 * both(inout string[<=10] a, inout wstring[<=10]? b, inout bytes[<=10] c, inout u32[<=4] d,
 *     inout u8[4] e) @3;
 */
static void
fuzz_params_both_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char *a;
	const cdrpc_wchar *b = NULL;
	struct cdrpc_bytes c;
	const uint32_t *d;
	uint32_t d_count;
	const uint8_t *e;

	a = cdrpc_read_string(r, 10);
	if (cdrpc_read_present(r))
		b = cdrpc_read_wstring(r, 10);
	c = cdrpc_read_blob(r, 10);
	d = (const uint32_t *)cdrpc_read_array(r, 4, sizeof *d, 4, &d_count);
	e = (const uint8_t *)cdrpc_read_flat(r, 4 * sizeof *e, 1);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_string(w, a, 10);
		if (cdrpc_write_present(w, b))
			cdrpc_write_wstring(w, b, 10);
		cdrpc_write_blob(w, c, 10);
		cdrpc_write_array(w, d, d_count, 4, sizeof *d, 4);
		cdrpc_write_flat(w, e, 4 * sizeof *e, 1);
	} while (cdrpc_write_again(w));
}

/*
 * both(inout string[<=10] a, inout wstring[<=10]? b, inout bytes[<=10] c, inout u32[<=4] d,
 *     inout u8[4] e) @3;
 */
static void
fuzz_params_both_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char *a;
	const cdrpc_wchar *b = NULL;
	struct cdrpc_bytes c;
	const uint32_t *d;
	uint32_t d_count;
	const uint8_t *e;

	a = cdrpc_read_string(r, 10);
	if (cdrpc_read_present(r))
		b = cdrpc_read_wstring(r, 10);
	c = cdrpc_read_blob(r, 10);
	d = (const uint32_t *)cdrpc_read_array(r, 4, sizeof *d, 4, &d_count);
	e = (const uint8_t *)cdrpc_read_flat(r, 4 * sizeof *e, 1);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_string(w, a, 10);
		if (cdrpc_write_present(w, b))
			cdrpc_write_wstring(w, b, 10);
		cdrpc_write_blob(w, c, 10);
		cdrpc_write_array(w, d, d_count, 4, sizeof *d, 4);
		cdrpc_write_flat(w, e, 4 * sizeof *e, 1);
	} while (cdrpc_write_again(w));
}

/*
 * lists(bool[<=4] a, u8[<=4] b, string[<=10][<=4] c, wstring[<=10][<=4] d, bytes[<=10][<=4] e, Note[<=4] f,
 *     Amount[<=4] g, Unit[<=4] h, Mode[<=4] i) @4;
 */
static void
fuzz_params_lists_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
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
	uint32_t i_, n;

	a = (const bool *)cdrpc_read_array(r, 4, sizeof *a, 1, &a_count);
	for (i_ = 0; i_ < a_count; i_++) {
		if (((const uint8_t *)a)[i_] > 1)
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	b = (const uint8_t *)cdrpc_read_array(r, 4, sizeof *b, 1, &b_count);
	c_count = cdrpc_read_count(r, 4, 5);
	c = (const char **)cdrpc_read_alloc(r, c_count, sizeof *c);
	for (i_ = 0; c && i_ < c_count; i_++)
		c[i_] = cdrpc_read_string(r, 10);
	d_count = cdrpc_read_count(r, 4, 6);
	d = (const cdrpc_wchar **)cdrpc_read_alloc(r, d_count, sizeof *d);
	for (i_ = 0; d && i_ < d_count; i_++)
		d[i_] = cdrpc_read_wstring(r, 10);
	e_count = cdrpc_read_count(r, 4, 4);
	e = (struct cdrpc_bytes *)cdrpc_read_alloc(r, e_count, sizeof *e);
	for (i_ = 0; e && i_ < e_count; i_++)
		e[i_] = cdrpc_read_bytes(r, 10);
	f_count = cdrpc_read_count(r, 4, 8);
	f = (struct common_note *)cdrpc_read_alloc(r, f_count, sizeof *f);
	for (i_ = 0; f && i_ < f_count; i_++)
		common_note_read(r, &f[i_]);
	g_count = cdrpc_read_count(r, 4, 8);
	g = (struct common_amount *)cdrpc_read_alloc(r, g_count, sizeof *g);
	for (i_ = 0; g && i_ < g_count; i_++)
		common_amount_read(r, &g[i_]);
	h = (const common_unit_t *)cdrpc_read_array(r, 4, sizeof *h, 1, &h_count);
	i = (const common_mode_t *)cdrpc_read_array(r, 4, sizeof *i, 1, &i_count);
	for (i_ = 0; i_ < i_count; i_++) {
		if (!common_mode_valid(i[i_]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_array(w, a, a_count, 4, sizeof *a, 1);
		cdrpc_write_array(w, b, b_count, 4, sizeof *b, 1);
		n = cdrpc_write_count(w, c, c_count, 4);
		for (i_ = 0; i_ < n; i_++)
			cdrpc_write_string(w, c[i_], 10);
		n = cdrpc_write_count(w, d, d_count, 4);
		for (i_ = 0; i_ < n; i_++)
			cdrpc_write_wstring(w, d[i_], 10);
		n = cdrpc_write_count(w, e, e_count, 4);
		for (i_ = 0; i_ < n; i_++)
			cdrpc_write_bytes(w, e[i_], 10);
		n = cdrpc_write_count(w, f, f_count, 4);
		for (i_ = 0; i_ < n; i_++)
			common_note_write(w, &f[i_]);
		n = cdrpc_write_count(w, g, g_count, 4);
		for (i_ = 0; i_ < n; i_++)
			common_amount_write(w, &g[i_]);
		cdrpc_write_array(w, h, h_count, 4, sizeof *h, 1);
		n = cdrpc_write_count(w, i, i_count, 4);
		for (i_ = 0; i_ < n; i_++) {
			if (!common_mode_valid(i[i_]))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(w, i[i_]);
		}
	} while (cdrpc_write_again(w));
}

/*
 * lists_out(out bool[<=4] a, out u8[<=4] b, out string[<=10][<=4] c, out wstring[<=10][<=4] d,
 *     out bytes[<=10][<=4] e, out Note[<=4] f, out Amount[<=4] g, out Unit[<=4] h, out Mode[<=4] i) @5;
 */
static void
fuzz_params_lists_out_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
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
	uint32_t i_, n;

	a = (const bool *)cdrpc_read_array(r, 4, sizeof *a, 1, &a_count);
	for (i_ = 0; i_ < a_count; i_++) {
		if (((const uint8_t *)a)[i_] > 1)
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	b = (const uint8_t *)cdrpc_read_array(r, 4, sizeof *b, 1, &b_count);
	c_count = cdrpc_read_count(r, 4, 5);
	c = (const char **)cdrpc_read_alloc(r, c_count, sizeof *c);
	for (i_ = 0; c && i_ < c_count; i_++)
		c[i_] = cdrpc_read_string(r, 10);
	d_count = cdrpc_read_count(r, 4, 6);
	d = (const cdrpc_wchar **)cdrpc_read_alloc(r, d_count, sizeof *d);
	for (i_ = 0; d && i_ < d_count; i_++)
		d[i_] = cdrpc_read_wstring(r, 10);
	e_count = cdrpc_read_count(r, 4, 4);
	e = (struct cdrpc_bytes *)cdrpc_read_alloc(r, e_count, sizeof *e);
	for (i_ = 0; e && i_ < e_count; i_++)
		e[i_] = cdrpc_read_bytes(r, 10);
	f_count = cdrpc_read_count(r, 4, 8);
	f = (struct common_note *)cdrpc_read_alloc(r, f_count, sizeof *f);
	for (i_ = 0; f && i_ < f_count; i_++)
		common_note_read(r, &f[i_]);
	g_count = cdrpc_read_count(r, 4, 8);
	g = (struct common_amount *)cdrpc_read_alloc(r, g_count, sizeof *g);
	for (i_ = 0; g && i_ < g_count; i_++)
		common_amount_read(r, &g[i_]);
	h = (const common_unit_t *)cdrpc_read_array(r, 4, sizeof *h, 1, &h_count);
	i = (const common_mode_t *)cdrpc_read_array(r, 4, sizeof *i, 1, &i_count);
	for (i_ = 0; i_ < i_count; i_++) {
		if (!common_mode_valid(i[i_]))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_array(w, a, a_count, 4, sizeof *a, 1);
		cdrpc_write_array(w, b, b_count, 4, sizeof *b, 1);
		n = cdrpc_write_count(w, c, c_count, 4);
		for (i_ = 0; i_ < n; i_++)
			cdrpc_write_string(w, c[i_], 10);
		n = cdrpc_write_count(w, d, d_count, 4);
		for (i_ = 0; i_ < n; i_++)
			cdrpc_write_wstring(w, d[i_], 10);
		n = cdrpc_write_count(w, e, e_count, 4);
		for (i_ = 0; i_ < n; i_++)
			cdrpc_write_bytes(w, e[i_], 10);
		n = cdrpc_write_count(w, f, f_count, 4);
		for (i_ = 0; i_ < n; i_++)
			common_note_write(w, &f[i_]);
		n = cdrpc_write_count(w, g, g_count, 4);
		for (i_ = 0; i_ < n; i_++)
			common_amount_write(w, &g[i_]);
		cdrpc_write_array(w, h, h_count, 4, sizeof *h, 1);
		n = cdrpc_write_count(w, i, i_count, 4);
		for (i_ = 0; i_ < n; i_++) {
			if (!common_mode_valid(i[i_]))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(w, i[i_]);
		}
	} while (cdrpc_write_again(w));
}

/*
 * maybe_lists(bool[<=4]? a, u64[<=4]? b, string[<=10][<=4]? c, Note[<=4]? d, out u64[<=4]? e,
 *     out Note[<=4]? f) @6;
 */
static void
fuzz_params_maybe_lists_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const bool *a = NULL;
	uint32_t a_count = 0;
	const uint64_t *b = NULL;
	uint32_t b_count = 0;
	const char **c = NULL;
	uint32_t c_count = 0;
	struct common_note *d = NULL;
	uint32_t d_count = 0;
	uint32_t i, n;

	if (cdrpc_read_present(r)) {
		a = (const bool *)cdrpc_read_array(r, 4, sizeof *a, 1, &a_count);
		for (i = 0; i < a_count; i++) {
			if (((const uint8_t *)a)[i] > 1)
				cdrpc_read_fail(r, CDRPC_E_DECODE);
		}
		if (!a)
			a = (const bool *)cdrpc_read_alloc(r, 1, sizeof *a);
	}
	if (cdrpc_read_present(r)) {
		b = (const uint64_t *)cdrpc_read_array(r, 4, sizeof *b, 8, &b_count);
		if (!b)
			b = (const uint64_t *)cdrpc_read_alloc(r, 1, sizeof *b);
	}
	if (cdrpc_read_present(r)) {
		c_count = cdrpc_read_count(r, 4, 5);
		c = (const char **)cdrpc_read_alloc(r, c_count ? c_count : 1, sizeof *c);
		for (i = 0; c && i < c_count; i++)
			c[i] = cdrpc_read_string(r, 10);
	}
	if (cdrpc_read_present(r)) {
		d_count = cdrpc_read_count(r, 4, 8);
		d = (struct common_note *)cdrpc_read_alloc(r, d_count ? d_count : 1, sizeof *d);
		for (i = 0; d && i < d_count; i++)
			common_note_read(r, &d[i]);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, a))
			cdrpc_write_array(w, a, a_count, 4, sizeof *a, 1);
		if (cdrpc_write_present(w, b))
			cdrpc_write_array(w, b, b_count, 4, sizeof *b, 8);
		if (cdrpc_write_present(w, c)) {
			n = cdrpc_write_count(w, c, c_count, 4);
			for (i = 0; i < n; i++)
				cdrpc_write_string(w, c[i], 10);
		}
		if (cdrpc_write_present(w, d)) {
			n = cdrpc_write_count(w, d, d_count, 4);
			for (i = 0; i < n; i++)
				common_note_write(w, &d[i]);
		}
	} while (cdrpc_write_again(w));
}

/*
 * maybe_lists(bool[<=4]? a, u64[<=4]? b, string[<=10][<=4]? c, Note[<=4]? d, out u64[<=4]? e,
 *     out Note[<=4]? f) @6;
 */
static void
fuzz_params_maybe_lists_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const uint64_t *e = NULL;
	uint32_t e_count = 0;
	struct common_note *f = NULL;
	uint32_t f_count = 0;
	uint32_t i, n;

	if (cdrpc_read_present(r)) {
		e = (const uint64_t *)cdrpc_read_array(r, 4, sizeof *e, 8, &e_count);
		if (!e)
			e = (const uint64_t *)cdrpc_read_alloc(r, 1, sizeof *e);
	}
	if (cdrpc_read_present(r)) {
		f_count = cdrpc_read_count(r, 4, 8);
		f = (struct common_note *)cdrpc_read_alloc(r, f_count ? f_count : 1, sizeof *f);
		for (i = 0; f && i < f_count; i++)
			common_note_read(r, &f[i]);
	}
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, e))
			cdrpc_write_array(w, e, e_count, 4, sizeof *e, 8);
		if (cdrpc_write_present(w, f)) {
			n = cdrpc_write_count(w, f, f_count, 4);
			for (i = 0; i < n; i++)
				common_note_write(w, &f[i]);
		}
	} while (cdrpc_write_again(w));
}

/* arrays(bool[4] a, u64[4] b, f32[NAME_MAX] c, out bool[4] d, out u64[4] e, out f32[NAME_MAX] f) @7; */
static void
fuzz_params_arrays_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const bool *a;
	const uint64_t *b;
	const float *c;
	uint32_t i;

	a = (const bool *)cdrpc_read_flat(r, 4 * sizeof *a, 1);
	for (i = 0; a && i < 4; i++) {
		if (((const uint8_t *)a)[i] > 1)
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	b = (const uint64_t *)cdrpc_read_flat(r, 4 * sizeof *b, 8);
	c = (const float *)cdrpc_read_flat(r, COMMON_NAME_MAX * sizeof *c, 4);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_flat(w, a, 4 * sizeof *a, 1);
		cdrpc_write_flat(w, b, 4 * sizeof *b, 8);
		cdrpc_write_flat(w, c, COMMON_NAME_MAX * sizeof *c, 4);
	} while (cdrpc_write_again(w));
}

/* arrays(bool[4] a, u64[4] b, f32[NAME_MAX] c, out bool[4] d, out u64[4] e, out f32[NAME_MAX] f) @7; */
static void
fuzz_params_arrays_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const bool *d;
	const uint64_t *e;
	const float *f;
	uint32_t i;

	d = (const bool *)cdrpc_read_flat(r, 4 * sizeof *d, 1);
	for (i = 0; d && i < 4; i++) {
		if (((const uint8_t *)d)[i] > 1)
			cdrpc_read_fail(r, CDRPC_E_DECODE);
	}
	e = (const uint64_t *)cdrpc_read_flat(r, 4 * sizeof *e, 8);
	f = (const float *)cdrpc_read_flat(r, COMMON_NAME_MAX * sizeof *f, 4);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_flat(w, d, 4 * sizeof *d, 1);
		cdrpc_write_flat(w, e, 4 * sizeof *e, 8);
		cdrpc_write_flat(w, f, COMMON_NAME_MAX * sizeof *f, 4);
	} while (cdrpc_write_again(w));
}

/* maybe_arrays(bool[4]? a, u64[4]? b, out bool[4]? c, out u64[4]? d) @8; */
static void
fuzz_params_maybe_arrays_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const bool *a = NULL;
	const uint64_t *b = NULL;
	uint32_t i;

	if (cdrpc_read_present(r)) {
		a = (const bool *)cdrpc_read_flat(r, 4 * sizeof *a, 1);
		for (i = 0; a && i < 4; i++) {
			if (((const uint8_t *)a)[i] > 1)
				cdrpc_read_fail(r, CDRPC_E_DECODE);
		}
	}
	if (cdrpc_read_present(r))
		b = (const uint64_t *)cdrpc_read_flat(r, 4 * sizeof *b, 8);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, a))
			cdrpc_write_flat(w, a, 4 * sizeof *a, 1);
		if (cdrpc_write_present(w, b))
			cdrpc_write_flat(w, b, 4 * sizeof *b, 8);
	} while (cdrpc_write_again(w));
}

/* maybe_arrays(bool[4]? a, u64[4]? b, out bool[4]? c, out u64[4]? d) @8; */
static void
fuzz_params_maybe_arrays_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const bool *c = NULL;
	const uint64_t *d = NULL;
	uint32_t i;

	if (cdrpc_read_present(r)) {
		c = (const bool *)cdrpc_read_flat(r, 4 * sizeof *c, 1);
		for (i = 0; c && i < 4; i++) {
			if (((const uint8_t *)c)[i] > 1)
				cdrpc_read_fail(r, CDRPC_E_DECODE);
		}
	}
	if (cdrpc_read_present(r))
		d = (const uint64_t *)cdrpc_read_flat(r, 4 * sizeof *d, 8);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		if (cdrpc_write_present(w, c))
			cdrpc_write_flat(w, c, 4 * sizeof *c, 1);
		if (cdrpc_write_present(w, d))
			cdrpc_write_flat(w, d, 4 * sizeof *d, 8);
	} while (cdrpc_write_again(w));
}

/* blobs(bytes[<=1M] a, [shared] bytes[<=1M] b, out bytes[<=1M] c, [shared] out bytes[<=1M] d) @9; */
static void
fuzz_params_blobs_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct cdrpc_bytes a;
	struct cdrpc_bytes b;

	a = cdrpc_read_blob(r, 1048576);
	b = cdrpc_read_shared(r, 1048576);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_blob(w, a, 1048576);
		cdrpc_write_blob(w, b, 1048576);
	} while (cdrpc_write_again(w));
}

/* blobs(bytes[<=1M] a, [shared] bytes[<=1M] b, out bytes[<=1M] c, [shared] out bytes[<=1M] d) @9; */
static void
fuzz_params_blobs_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct cdrpc_bytes c;
	struct cdrpc_bytes d;

	c = cdrpc_read_blob(r, 1048576);
	d = cdrpc_read_shared(r, 1048576);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_blob(w, c, 1048576);
		cdrpc_write_blob(w, d, 1048576);
	} while (cdrpc_write_again(w));
}

/* setting(Setting a, out Setting b, inout Size c) fails CommonError @10; */
static void
fuzz_params_setting_request(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct common_setting *a;
	const struct common_size *c;

	a = (const struct common_setting *)cdrpc_read_flat(r, sizeof *a, 4);
	if (a && !common_setting_valid(a))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	c = (const struct common_size *)cdrpc_read_flat(r, sizeof *c, 4);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		common_setting_write(w, a);
		cdrpc_write_flat(w, c, sizeof *c, 4);
	} while (cdrpc_write_again(w));
}

/* setting(Setting a, out Setting b, inout Size c) fails CommonError @10; */
static void
fuzz_params_setting_reply(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct common_setting *b;
	const struct common_size *c;

	b = (const struct common_setting *)cdrpc_read_flat(r, sizeof *b, 4);
	if (b && !common_setting_valid(b))
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	c = (const struct common_size *)cdrpc_read_flat(r, sizeof *c, 4);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		common_setting_write(w, b);
		cdrpc_write_flat(w, c, sizeof *c, 4);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{fuzz_params_texts_request, NULL, 0},
	{fuzz_params_texts_reply, NULL, 0},
	{fuzz_params_maybe_request, NULL, 0},
	{fuzz_params_maybe_reply, NULL, 0},
	{fuzz_params_both_request, NULL, 0},
	{fuzz_params_both_reply, NULL, 0},
	{fuzz_params_lists_request, NULL, 0},
	{fuzz_params_lists_out_reply, NULL, 0},
	{fuzz_params_maybe_lists_request, NULL, 0},
	{fuzz_params_maybe_lists_reply, NULL, 0},
	{fuzz_params_arrays_request, NULL, 0},
	{fuzz_params_arrays_reply, NULL, 0},
	{fuzz_params_maybe_arrays_request, NULL, 0},
	{fuzz_params_maybe_arrays_reply, NULL, 0},
	{fuzz_params_blobs_request, NULL, 0},
	{fuzz_params_blobs_reply, NULL, 0},
	{fuzz_params_setting_request, NULL, 0},
	{fuzz_params_setting_reply, NULL, 0},
};

/* A message as it travels, each part in a block of its own, so that a sanitizer sees a read past its end. */
struct cdrpc_fuzz_message {
	uint8_t *body;
	uint8_t *blob;
	size_t body_size;
	size_t blob_size;
	uint32_t handle_count;
	bool blob_shared;
};

static uint8_t *
cdrpc_fuzz_copy(const void *data, size_t size)
{
	uint8_t *copy = (uint8_t *)malloc(size > 0 ? size : 1);

	if (!copy)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

static void
cdrpc_fuzz_free(struct cdrpc_fuzz_message *message)
{
	free(message->body);
	free(message->blob);
}

static cdrpc_status
cdrpc_fuzz_grow(struct cdrpc_writer *w, size_t size)
{
	w->base = (uint8_t *)malloc(size);
	w->capacity = size;
	return w->base ? CDRPC_OK : CDRPC_E_NOMEM;
}

static void
cdrpc_fuzz_written(const struct cdrpc_writer *w, struct cdrpc_fuzz_message *ret_message)
{
	uint8_t *blob = (uint8_t *)calloc(w->blob_size + 1, 1);
	size_t at = 0;
	uint32_t i;

	if (!blob)
		abort();
	for (i = 0; i < w->blob_count; i++) {
		if (w->blobs[i].size > 0)
			memcpy(blob + at, w->blobs[i].data, w->blobs[i].size);
		at += ((size_t)w->blobs[i].size + 7) & ~(size_t)7;
	}
	ret_message->body = cdrpc_fuzz_copy(w->base, w->at);
	ret_message->blob = cdrpc_fuzz_copy(blob, w->blob_size);
	ret_message->body_size = w->at;
	ret_message->blob_size = w->blob_size;
	ret_message->handle_count = w->handle_count;
	ret_message->blob_shared = false;
	free(blob);
}

/* Decodes a message and encodes what came of it; false where one of the two is refused, and nothing is returned. */
static bool
cdrpc_fuzz_turn(const struct cdrpc_fuzz_target *target, const struct cdrpc_fuzz_message *message,
		struct cdrpc_fuzz_message *ret_message)
{
	struct cdrpc_arena *arena = cdrpc_arena_new(NULL, (size_t)1 << 24);
	struct cdrpc_reader r;
	struct cdrpc_writer w;
	bool good;

	if (!arena)
		abort();
	cdrpc_reader_init(&r, arena, message->body, message->body_size, message->blob, message->blob_size);
	r.handles = target->handles;
	r.handle_count = message->handle_count;
	r.blob_shared = message->blob_shared;
	cdrpc_writer_init(&w, NULL, 0, cdrpc_fuzz_grow, NULL);
	target->run(&r, &w);
	/* Of an unknown member of a union no value is kept, so it cannot be written. */
	if (w.status != CDRPC_OK && w.status != CDRPC_E_ARGUMENT)
		abort();
	good = r.status == CDRPC_OK && w.status == CDRPC_OK;
	if (good)
		cdrpc_fuzz_written(&w, ret_message);
	free(w.base);
	cdrpc_arena_free(arena);
	return good;
}

static bool
cdrpc_fuzz_equal(const struct cdrpc_fuzz_message *a, const struct cdrpc_fuzz_message *b)
{
	return a->body_size == b->body_size && memcmp(a->body, b->body, a->body_size) == 0 &&
	       a->blob_size == b->blob_size && memcmp(a->blob, b->blob, a->blob_size) == 0 &&
	       a->handle_count == b->handle_count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t count = sizeof cdrpc_fuzz_targets / sizeof cdrpc_fuzz_targets[0];
	const size_t head = 8;
	const struct cdrpc_fuzz_target *target;
	struct cdrpc_fuzz_message input, once, twice;

	if (size < head)
		return 0;
	target = &cdrpc_fuzz_targets[(data[0] | (size_t)data[1] << 8) % count];
	input.blob_size = (data[2] | (size_t)data[3] << 8) % (size - head + 1) & ~(size_t)7;
	input.body_size = size - head - input.blob_size;
	input.body = cdrpc_fuzz_copy(data + head, input.body_size);
	input.blob = cdrpc_fuzz_copy(data + head + input.body_size, input.blob_size);
	input.handle_count = data[4] % (target->handle_count + 1);
	input.blob_shared = (data[5] & 1) != 0;
	if (cdrpc_fuzz_turn(target, &input, &once)) {
		/* What was written is read, and written as the same. */
		if (!cdrpc_fuzz_turn(target, &once, &twice) || !cdrpc_fuzz_equal(&once, &twice))
			abort();
		cdrpc_fuzz_free(&once);
		cdrpc_fuzz_free(&twice);
	}
	cdrpc_fuzz_free(&input);
	return 0;
}
