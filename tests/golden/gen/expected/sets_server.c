/* Server skeletons of module test.sets, written by cdidl from sets.cdidl. Changes belong there. */
#include "sets.h"

#include <string.h>

#include <cdrpc/generated.h>

/* put(Open8 a, Strict8 b, Strict64 c, Small d, Wide e, Strict8? f, Open32? g, Wide? h) fails Failure @1; */
static cdrpc_status
sets_sets2_put_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct sets_sets2_handlers *to = (const struct sets_sets2_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	sets_open8_t a;
	sets_strict8_t b;
	sets_strict64_t c;
	sets_small_t d;
	sets_wide_t e;
	const sets_strict8_t *f = NULL;
	const sets_open32_t *g = NULL;
	const sets_wide_t *h = NULL;

	if (!to->put)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
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
	if (cdrpc_read_present(&r))
		h = (const sets_wide_t *)cdrpc_read_flat(&r, sizeof *h, 8);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->put(call, self, a, b, c, d, e, f, g, h);
}

/*
 * get(out Open8 a, out Strict8 b, out Strict64 c, out Small d, out Wide e, out Strict8? f,
 *     out Open32? g) @2;
 */
static cdrpc_status
sets_sets2_get_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct sets_sets2_handlers *to = (const struct sets_sets2_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->get)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->get(call, self);
}

cdrpc_status
sets_sets2_get_reply(struct cdrpc_call *call, sets_open8_t a, sets_strict8_t b, sets_strict64_t c, sets_small_t d,
		     sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
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
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* swap(inout Strict8 a, inout Small b) @3; */
static cdrpc_status
sets_sets2_swap_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct sets_sets2_handlers *to = (const struct sets_sets2_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	sets_strict8_t a;
	sets_small_t b;

	if (!to->swap)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	a = cdrpc_read_u8(&r);
	if (!sets_strict8_valid(a))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	b = cdrpc_read_u8(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->swap(call, self, a, b);
}

cdrpc_status
sets_sets2_swap_reply(struct cdrpc_call *call, sets_strict8_t a, sets_small_t b)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		if (!sets_strict8_valid(a))
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		cdrpc_write_u8(&w, a);
		cdrpc_write_u8(&w, b);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/*
 * arrays(Strict8[3] fixed, Strict8[<=5] list, out Strict32[3] fixed_out, out Strict32[<=5] list_out,
 *     Strict8[2]? maybe) @4;
 */
static cdrpc_status
sets_sets2_arrays_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct sets_sets2_handlers *to = (const struct sets_sets2_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const sets_strict8_t *fixed;
	const sets_strict8_t *list;
	uint32_t list_count;
	const sets_strict8_t *maybe = NULL;
	uint32_t i;

	if (!to->arrays)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	fixed = (const sets_strict8_t *)cdrpc_read_flat(&r, 3 * sizeof *fixed, 1);
	for (i = 0; fixed && i < 3; i++) {
		if (!sets_strict8_valid(fixed[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	list = (const sets_strict8_t *)cdrpc_read_array(&r, 5, sizeof *list, 1, &list_count);
	for (i = 0; i < list_count; i++) {
		if (!sets_strict8_valid(list[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(&r)) {
		maybe = (const sets_strict8_t *)cdrpc_read_flat(&r, 2 * sizeof *maybe, 1);
		for (i = 0; maybe && i < 2; i++) {
			if (!sets_strict8_valid(maybe[i]))
				cdrpc_read_fail(&r, CDRPC_E_DECODE);
		}
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->arrays(call, self, fixed, list, list_count, maybe);
}

cdrpc_status
sets_sets2_arrays_reply(struct cdrpc_call *call, const sets_strict32_t fixed_out[3], const sets_strict32_t *list_out,
			uint32_t list_out_count)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_answer_begin(&w, call);
	do {
		if (!fixed_out)
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		for (i = 0; fixed_out && i < 3; i++) {
			if (!sets_strict32_valid(fixed_out[i]))
				cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
			cdrpc_write_u32(&w, fixed_out[i]);
		}
		n = cdrpc_write_count(&w, list_out, list_out_count, 5);
		for (i = 0; i < n; i++) {
			if (!sets_strict32_valid(list_out[i]))
				cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
			cdrpc_write_u32(&w, list_out[i]);
		}
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

static cdrpc_skeleton *const sets_sets2_skeleton_table[] = {
	sets_sets2_put_skeleton,
	sets_sets2_get_skeleton,
	sets_sets2_swap_skeleton,
	sets_sets2_arrays_skeleton,
};

cdrpc_status
sets_sets2_serve(struct cdrpc_server *server, const struct sets_sets2_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &sets_sets2_interface, sets_sets2_skeleton_table, handlers, self);
}
