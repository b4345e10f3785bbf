/* Client stubs of module test.sets, written by cdidl from sets.cdidl. Changes belong there. */
#include "sets.h"

#include <string.h>

#include <cdrpc/generated.h>

/* put(Open8 a, Strict8 b, Strict64 c, Small d, Wide e, Strict8? f, Open32? g, Wide? h) fails Failure @1; */
cdrpc_status
sets_sets2_put_begin(struct cdrpc_client *client, sets_open8_t a, sets_strict8_t b, sets_strict64_t c, sets_small_t d,
		     sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g, const sets_wide_t *h,
		     struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &sets_sets2_interface, 0);
	do {
		cdrpc_write_i8(&w, a);
		if (!sets_strict8_valid(b))
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		cdrpc_write_u8(&w, b);
		if (!sets_strict64_valid(c))
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		cdrpc_write_i64(&w, c);
		cdrpc_write_u8(&w, d);
		cdrpc_write_u64(&w, e);
		if (cdrpc_write_present(&w, f)) {
			if (!sets_strict8_valid(*f))
				cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(&w, *f);
		}
		if (cdrpc_write_present(&w, g))
			cdrpc_write_i32(&w, *g);
		if (cdrpc_write_present(&w, h))
			cdrpc_write_u64(&w, *h);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
sets_sets2_put_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
sets_sets2_put(struct cdrpc_client *client, sets_open8_t a, sets_strict8_t b, sets_strict64_t c, sets_small_t d,
	       sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g, const sets_wide_t *h)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = sets_sets2_put_begin(client, a, b, c, d, e, f, g, h, &pending);
	if (status != CDRPC_OK)
		return status;
	return sets_sets2_put_finish(pending);
}

/*
 * get(out Open8 a, out Strict8 b, out Strict64 c, out Small d, out Wide e, out Strict8? f,
 *     out Open32? g) @2;
 */
cdrpc_status
sets_sets2_get_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &sets_sets2_interface, 1);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
sets_sets2_get_finish(struct cdrpc_pending *pending, sets_open8_t *ret_a, sets_strict8_t *ret_b, sets_strict64_t *ret_c,
		      sets_small_t *ret_d, sets_wide_t *ret_e, const sets_strict8_t **ret_f,
		      const sets_open32_t **ret_g, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	sets_open8_t a;
	sets_strict8_t b;
	sets_strict64_t c;
	sets_small_t d;
	sets_wide_t e;
	const sets_strict8_t *f = NULL;
	const sets_open32_t *g = NULL;

	cdrpc_reply_begin(&r, pending, reply);
	a = cdrpc_read_i8(&r);
	b = cdrpc_read_u8(&r);
	if (!sets_strict8_valid(b))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	c = cdrpc_read_i64(&r);
	if (!sets_strict64_valid(c))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	d = cdrpc_read_u8(&r);
	e = cdrpc_read_u64(&r);
	if (cdrpc_read_present(&r)) {
		f = (const sets_strict8_t *)cdrpc_read_flat(&r, sizeof *f, 1);
		if (f && !sets_strict8_valid(*f))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(&r))
		g = (const sets_open32_t *)cdrpc_read_flat(&r, sizeof *g, 4);
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_b = b;
		*ret_c = c;
		*ret_d = d;
		*ret_e = e;
		*ret_f = f;
		*ret_g = g;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
sets_sets2_get(struct cdrpc_client *client, sets_open8_t *ret_a, sets_strict8_t *ret_b, sets_strict64_t *ret_c,
	       sets_small_t *ret_d, sets_wide_t *ret_e, const sets_strict8_t **ret_f, const sets_open32_t **ret_g,
	       struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = sets_sets2_get_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return sets_sets2_get_finish(pending, ret_a, ret_b, ret_c, ret_d, ret_e, ret_f, ret_g, reply);
}

/* swap(inout Strict8 a, inout Small b) @3; */
cdrpc_status
sets_sets2_swap_begin(struct cdrpc_client *client, sets_strict8_t a, sets_small_t b, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &sets_sets2_interface, 2);
	do {
		if (!sets_strict8_valid(a))
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		cdrpc_write_u8(&w, a);
		cdrpc_write_u8(&w, b);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
sets_sets2_swap_finish(struct cdrpc_pending *pending, sets_strict8_t *ret_a, sets_small_t *ret_b)
{
	struct cdrpc_reader r;
	sets_strict8_t a;
	sets_small_t b;

	cdrpc_reply_begin(&r, pending, NULL);
	a = cdrpc_read_u8(&r);
	if (!sets_strict8_valid(a))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	b = cdrpc_read_u8(&r);
	if (cdrpc_reply_good(&r)) {
		*ret_a = a;
		*ret_b = b;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
sets_sets2_swap(struct cdrpc_client *client, sets_strict8_t a, sets_small_t b, sets_strict8_t *ret_a,
		sets_small_t *ret_b)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = sets_sets2_swap_begin(client, a, b, &pending);
	if (status != CDRPC_OK)
		return status;
	return sets_sets2_swap_finish(pending, ret_a, ret_b);
}

/*
 * arrays(Strict8[3] fixed, Strict8[<=5] list, out Strict32[3] fixed_out, out Strict32[<=5] list_out,
 *     Strict8[2]? maybe) @4;
 */
cdrpc_status
sets_sets2_arrays_begin(struct cdrpc_client *client, const sets_strict8_t fixed[3], const sets_strict8_t *list,
			uint32_t list_count, const sets_strict8_t *maybe, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &sets_sets2_interface, 3);
	do {
		if (!fixed)
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		for (i = 0; fixed && i < 3; i++) {
			if (!sets_strict8_valid(fixed[i]))
				cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(&w, fixed[i]);
		}
		n = cdrpc_write_count(&w, list, list_count, 5);
		for (i = 0; i < n; i++) {
			if (!sets_strict8_valid(list[i]))
				cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(&w, list[i]);
		}
		if (cdrpc_write_present(&w, maybe)) {
			for (i = 0; i < 2; i++) {
				if (!sets_strict8_valid(maybe[i]))
					cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
				cdrpc_write_u8(&w, maybe[i]);
			}
		}
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
sets_sets2_arrays_finish(struct cdrpc_pending *pending, sets_strict32_t ret_fixed_out[3],
			 const sets_strict32_t **ret_list_out, uint32_t *ret_list_out_count, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const sets_strict32_t *fixed_out;
	const sets_strict32_t *list_out;
	uint32_t list_out_count;
	uint32_t i;

	cdrpc_reply_begin(&r, pending, reply);
	fixed_out = (const sets_strict32_t *)cdrpc_read_flat(&r, 3 * sizeof *fixed_out, 4);
	for (i = 0; fixed_out && i < 3; i++) {
		if (!sets_strict32_valid(fixed_out[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	list_out = (const sets_strict32_t *)cdrpc_read_array(&r, 5, sizeof *list_out, 4, &list_out_count);
	for (i = 0; i < list_out_count; i++) {
		if (!sets_strict32_valid(list_out[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_reply_good(&r)) {
		memcpy(ret_fixed_out, fixed_out, 3 * sizeof *fixed_out);
		*ret_list_out = list_out;
		*ret_list_out_count = list_out_count;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
sets_sets2_arrays(struct cdrpc_client *client, const sets_strict8_t fixed[3], const sets_strict8_t *list,
		  uint32_t list_count, const sets_strict8_t *maybe, sets_strict32_t ret_fixed_out[3],
		  const sets_strict32_t **ret_list_out, uint32_t *ret_list_out_count, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = sets_sets2_arrays_begin(client, fixed, list, list_count, maybe, &pending);
	if (status != CDRPC_OK)
		return status;
	return sets_sets2_arrays_finish(pending, ret_fixed_out, ret_list_out, ret_list_out_count, reply);
}
