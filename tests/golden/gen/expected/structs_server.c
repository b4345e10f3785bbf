/* Server skeletons of module test.structs, written by cdidl from structs.cdidl. Changes belong there. */
#include "structs.h"

#include <string.h>

#include <cdrpc/generated.h>

/* put(Outer outer, Dense dense, Checked checked, Nest nest) @1; */
static cdrpc_status
structs_put_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct structs_handlers *to = (const struct structs_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_checked *checked;
	const struct structs_nest *nest;

	if (!to->put)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	outer = (const struct structs_outer *)cdrpc_read_flat(&r, sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(&r, sizeof *dense, 8);
	checked = (const struct structs_checked *)cdrpc_read_flat(&r, sizeof *checked, 1);
	if (checked && !structs_checked_valid(checked))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	nest = (const struct structs_nest *)cdrpc_read_flat(&r, sizeof *nest, 8);
	if (nest && !structs_nest_valid(nest))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->put(call, self, outer, dense, checked, nest);
}

/* get(out Outer outer, out Dense dense, out Checked checked, out Nest nest) @2; */
static cdrpc_status
structs_get_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct structs_handlers *to = (const struct structs_handlers *)handlers;
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
structs_get_reply(struct cdrpc_call *call, const struct structs_outer *outer, const struct structs_dense *dense,
		  const struct structs_checked *checked, const struct structs_nest *nest)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		structs_outer_write(&w, outer);
		cdrpc_write_flat(&w, dense, sizeof *dense, 8);
		structs_checked_write(&w, checked);
		structs_nest_write(&w, nest);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* swap(inout Outer outer, inout Dense dense, inout Nest? nest) @3; */
static cdrpc_status
structs_swap_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct structs_handlers *to = (const struct structs_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_nest *nest = NULL;

	if (!to->swap)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	outer = (const struct structs_outer *)cdrpc_read_flat(&r, sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(&r, sizeof *dense, 8);
	if (cdrpc_read_present(&r)) {
		nest = (const struct structs_nest *)cdrpc_read_flat(&r, sizeof *nest, 8);
		if (nest && !structs_nest_valid(nest))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->swap(call, self, outer, dense, nest);
}

cdrpc_status
structs_swap_reply(struct cdrpc_call *call, const struct structs_outer *outer, const struct structs_dense *dense,
		   const struct structs_nest *nest)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		structs_outer_write(&w, outer);
		cdrpc_write_flat(&w, dense, sizeof *dense, 8);
		if (cdrpc_write_present(&w, nest))
			structs_nest_write(&w, nest);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* maybe(Outer? outer, Dense? dense, out Outer? other, out Checked? checked) @4; */
static cdrpc_status
structs_maybe_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct structs_handlers *to = (const struct structs_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct structs_outer *outer = NULL;
	const struct structs_dense *dense = NULL;

	if (!to->maybe)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r))
		outer = (const struct structs_outer *)cdrpc_read_flat(&r, sizeof *outer, 4);
	if (cdrpc_read_present(&r))
		dense = (const struct structs_dense *)cdrpc_read_flat(&r, sizeof *dense, 8);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe(call, self, outer, dense);
}

cdrpc_status
structs_maybe_reply(struct cdrpc_call *call, const struct structs_outer *other, const struct structs_checked *checked)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		if (cdrpc_write_present(&w, other))
			structs_outer_write(&w, other);
		if (cdrpc_write_present(&w, checked))
			structs_checked_write(&w, checked);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/*
 * arrays(Outer[2] outer, Dense[2] dense, Checked[<=4] checked, Nest[<=4] nest, out Nest[2] nest_out,
 *     out Dense[<=4] dense_out, out Nest[<=4] nests_out, Loose[2]? maybe_fixed, Loose[<=3]? maybe_list) @5;
 */
static cdrpc_status
structs_arrays_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct structs_handlers *to = (const struct structs_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_checked *checked;
	uint32_t checked_count;
	const struct structs_nest *nest;
	uint32_t nest_count;
	const struct structs_loose *maybe_fixed = NULL;
	const struct structs_loose *maybe_list = NULL;
	uint32_t maybe_list_count = 0;
	uint32_t i;

	if (!to->arrays)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	outer = (const struct structs_outer *)cdrpc_read_flat(&r, 2 * sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(&r, 2 * sizeof *dense, 8);
	checked = (const struct structs_checked *)cdrpc_read_array(&r, 4, sizeof *checked, 1, &checked_count);
	for (i = 0; i < checked_count; i++) {
		if (!structs_checked_valid(&checked[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	nest = (const struct structs_nest *)cdrpc_read_array(&r, 4, sizeof *nest, 8, &nest_count);
	for (i = 0; i < nest_count; i++) {
		if (!structs_nest_valid(&nest[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_read_present(&r)) {
		maybe_fixed = (const struct structs_loose *)cdrpc_read_flat(&r, 2 * sizeof *maybe_fixed, 8);
		for (i = 0; maybe_fixed && i < 2; i++) {
			if (!structs_loose_valid(&maybe_fixed[i]))
				cdrpc_read_fail(&r, CDRPC_E_DECODE);
		}
	}
	if (cdrpc_read_present(&r)) {
		maybe_list = (const struct structs_loose *)cdrpc_read_array(&r, 3, sizeof *maybe_list, 8,
									    &maybe_list_count);
		for (i = 0; i < maybe_list_count; i++) {
			if (!structs_loose_valid(&maybe_list[i]))
				cdrpc_read_fail(&r, CDRPC_E_DECODE);
		}
		if (!maybe_list)
			maybe_list = (const struct structs_loose *)cdrpc_read_alloc(&r, 1, sizeof *maybe_list);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->arrays(call, self, outer, dense, checked, checked_count, nest, nest_count, maybe_fixed, maybe_list,
			  maybe_list_count);
}

cdrpc_status
structs_arrays_reply(struct cdrpc_call *call, const struct structs_nest nest_out[2],
		     const struct structs_dense *dense_out, uint32_t dense_out_count,
		     const struct structs_nest *nests_out, uint32_t nests_out_count)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_answer_begin(&w, call);
	do {
		if (!nest_out)
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		for (i = 0; nest_out && i < 2; i++)
			structs_nest_write(&w, &nest_out[i]);
		cdrpc_write_array(&w, dense_out, dense_out_count, 4, sizeof *dense_out, 8);
		n = cdrpc_write_count(&w, nests_out, nests_out_count, 4);
		for (i = 0; i < n; i++)
			structs_nest_write(&w, &nests_out[i]);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

static cdrpc_skeleton *const structs_skeleton_table[] = {
	structs_put_skeleton,
	structs_get_skeleton,
	structs_swap_skeleton,
	structs_maybe_skeleton,
	structs_arrays_skeleton,
};

cdrpc_status
structs_serve(struct cdrpc_server *server, const struct structs_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &structs_interface, structs_skeleton_table, handlers, self);
}
