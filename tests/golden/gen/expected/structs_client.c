/* Client stubs of module test.structs, written by cdidl from structs.cdidl. Changes belong there. */
#include "structs.h"

#include <string.h>

#include <cdrpc/generated.h>

/* put(Outer outer, Dense dense, Checked checked, Nest nest) @1; */
cdrpc_status
structs_put_begin(struct cdrpc_client *client, const struct structs_outer *outer, const struct structs_dense *dense,
		  const struct structs_checked *checked, const struct structs_nest *nest,
		  struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &structs_interface, 0);
	do {
		structs_outer_write(&w, outer);
		cdrpc_write_flat(&w, dense, sizeof *dense, 8);
		structs_checked_write(&w, checked);
		structs_nest_write(&w, nest);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
structs_put_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
structs_put(struct cdrpc_client *client, const struct structs_outer *outer, const struct structs_dense *dense,
	    const struct structs_checked *checked, const struct structs_nest *nest)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = structs_put_begin(client, outer, dense, checked, nest, &pending);
	if (status != CDRPC_OK)
		return status;
	return structs_put_finish(pending);
}

/* get(out Outer outer, out Dense dense, out Checked checked, out Nest nest) @2; */
cdrpc_status
structs_get_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &structs_interface, 1);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
structs_get_finish(struct cdrpc_pending *pending, struct structs_outer *ret_outer, struct structs_dense *ret_dense,
		   struct structs_checked *ret_checked, struct structs_nest *ret_nest)
{
	struct cdrpc_reader r;
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_checked *checked;
	const struct structs_nest *nest;

	cdrpc_reply_begin(&r, pending, NULL);
	outer = (const struct structs_outer *)cdrpc_read_flat(&r, sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(&r, sizeof *dense, 8);
	checked = (const struct structs_checked *)cdrpc_read_flat(&r, sizeof *checked, 1);
	if (checked && !structs_checked_valid(checked))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	nest = (const struct structs_nest *)cdrpc_read_flat(&r, sizeof *nest, 8);
	if (nest && !structs_nest_valid(nest))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	if (cdrpc_reply_good(&r)) {
		*ret_outer = *outer;
		*ret_dense = *dense;
		*ret_checked = *checked;
		*ret_nest = *nest;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
structs_get(struct cdrpc_client *client, struct structs_outer *ret_outer, struct structs_dense *ret_dense,
	    struct structs_checked *ret_checked, struct structs_nest *ret_nest)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = structs_get_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return structs_get_finish(pending, ret_outer, ret_dense, ret_checked, ret_nest);
}

/* swap(inout Outer outer, inout Dense dense, inout Nest? nest) @3; */
cdrpc_status
structs_swap_begin(struct cdrpc_client *client, const struct structs_outer *outer, const struct structs_dense *dense,
		   const struct structs_nest *nest, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &structs_interface, 2);
	do {
		structs_outer_write(&w, outer);
		cdrpc_write_flat(&w, dense, sizeof *dense, 8);
		if (cdrpc_write_present(&w, nest))
			structs_nest_write(&w, nest);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
structs_swap_finish(struct cdrpc_pending *pending, struct structs_outer *ret_outer, struct structs_dense *ret_dense,
		    const struct structs_nest **ret_nest, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const struct structs_outer *outer;
	const struct structs_dense *dense;
	const struct structs_nest *nest = NULL;

	cdrpc_reply_begin(&r, pending, reply);
	outer = (const struct structs_outer *)cdrpc_read_flat(&r, sizeof *outer, 4);
	dense = (const struct structs_dense *)cdrpc_read_flat(&r, sizeof *dense, 8);
	if (cdrpc_read_present(&r)) {
		nest = (const struct structs_nest *)cdrpc_read_flat(&r, sizeof *nest, 8);
		if (nest && !structs_nest_valid(nest))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_reply_good(&r)) {
		*ret_outer = *outer;
		*ret_dense = *dense;
		*ret_nest = nest;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
structs_swap(struct cdrpc_client *client, const struct structs_outer *outer, const struct structs_dense *dense,
	     const struct structs_nest *nest, struct structs_outer *ret_outer, struct structs_dense *ret_dense,
	     const struct structs_nest **ret_nest, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = structs_swap_begin(client, outer, dense, nest, &pending);
	if (status != CDRPC_OK)
		return status;
	return structs_swap_finish(pending, ret_outer, ret_dense, ret_nest, reply);
}

/* maybe(Outer? outer, Dense? dense, out Outer? other, out Checked? checked) @4; */
cdrpc_status
structs_maybe_begin(struct cdrpc_client *client, const struct structs_outer *outer, const struct structs_dense *dense,
		    struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &structs_interface, 3);
	do {
		if (cdrpc_write_present(&w, outer))
			structs_outer_write(&w, outer);
		if (cdrpc_write_present(&w, dense))
			cdrpc_write_flat(&w, dense, sizeof *dense, 8);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
structs_maybe_finish(struct cdrpc_pending *pending, const struct structs_outer **ret_other,
		     const struct structs_checked **ret_checked, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const struct structs_outer *other = NULL;
	const struct structs_checked *checked = NULL;

	cdrpc_reply_begin(&r, pending, reply);
	if (cdrpc_read_present(&r))
		other = (const struct structs_outer *)cdrpc_read_flat(&r, sizeof *other, 4);
	if (cdrpc_read_present(&r)) {
		checked = (const struct structs_checked *)cdrpc_read_flat(&r, sizeof *checked, 1);
		if (checked && !structs_checked_valid(checked))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_reply_good(&r)) {
		*ret_other = other;
		*ret_checked = checked;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
structs_maybe(struct cdrpc_client *client, const struct structs_outer *outer, const struct structs_dense *dense,
	      const struct structs_outer **ret_other, const struct structs_checked **ret_checked,
	      struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = structs_maybe_begin(client, outer, dense, &pending);
	if (status != CDRPC_OK)
		return status;
	return structs_maybe_finish(pending, ret_other, ret_checked, reply);
}

/*
 * arrays(Outer[2] outer, Dense[2] dense, Checked[<=4] checked, Nest[<=4] nest, out Nest[2] nest_out,
 *     out Dense[<=4] dense_out, out Nest[<=4] nests_out, Loose[2]? maybe_fixed, Loose[<=3]? maybe_list) @5;
 */
cdrpc_status
structs_arrays_begin(struct cdrpc_client *client, const struct structs_outer outer[2],
		     const struct structs_dense dense[2], const struct structs_checked *checked, uint32_t checked_count,
		     const struct structs_nest *nest, uint32_t nest_count, const struct structs_loose *maybe_fixed,
		     const struct structs_loose *maybe_list, uint32_t maybe_list_count,
		     struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &structs_interface, 4);
	do {
		if (!outer)
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		for (i = 0; outer && i < 2; i++)
			structs_outer_write(&w, &outer[i]);
		cdrpc_write_flat(&w, dense, 2 * sizeof *dense, 8);
		n = cdrpc_write_count(&w, checked, checked_count, 4);
		for (i = 0; i < n; i++)
			structs_checked_write(&w, &checked[i]);
		n = cdrpc_write_count(&w, nest, nest_count, 4);
		for (i = 0; i < n; i++)
			structs_nest_write(&w, &nest[i]);
		if (cdrpc_write_present(&w, maybe_fixed)) {
			for (i = 0; i < 2; i++)
				structs_loose_write(&w, &maybe_fixed[i]);
		}
		if (cdrpc_write_present(&w, maybe_list)) {
			n = cdrpc_write_count(&w, maybe_list, maybe_list_count, 3);
			for (i = 0; i < n; i++)
				structs_loose_write(&w, &maybe_list[i]);
		}
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
structs_arrays_finish(struct cdrpc_pending *pending, struct structs_nest ret_nest_out[2],
		      const struct structs_dense **ret_dense_out, uint32_t *ret_dense_out_count,
		      const struct structs_nest **ret_nests_out, uint32_t *ret_nests_out_count,
		      struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	const struct structs_nest *nest_out;
	const struct structs_dense *dense_out;
	uint32_t dense_out_count;
	const struct structs_nest *nests_out;
	uint32_t nests_out_count;
	uint32_t i;

	cdrpc_reply_begin(&r, pending, reply);
	nest_out = (const struct structs_nest *)cdrpc_read_flat(&r, 2 * sizeof *nest_out, 8);
	for (i = 0; nest_out && i < 2; i++) {
		if (!structs_nest_valid(&nest_out[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	dense_out = (const struct structs_dense *)cdrpc_read_array(&r, 4, sizeof *dense_out, 8, &dense_out_count);
	nests_out = (const struct structs_nest *)cdrpc_read_array(&r, 4, sizeof *nests_out, 8, &nests_out_count);
	for (i = 0; i < nests_out_count; i++) {
		if (!structs_nest_valid(&nests_out[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	if (cdrpc_reply_good(&r)) {
		memcpy(ret_nest_out, nest_out, 2 * sizeof *nest_out);
		*ret_dense_out = dense_out;
		*ret_dense_out_count = dense_out_count;
		*ret_nests_out = nests_out;
		*ret_nests_out_count = nests_out_count;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
structs_arrays(struct cdrpc_client *client, const struct structs_outer outer[2], const struct structs_dense dense[2],
	       const struct structs_checked *checked, uint32_t checked_count, const struct structs_nest *nest,
	       uint32_t nest_count, const struct structs_loose *maybe_fixed, const struct structs_loose *maybe_list,
	       uint32_t maybe_list_count, struct structs_nest ret_nest_out[2],
	       const struct structs_dense **ret_dense_out, uint32_t *ret_dense_out_count,
	       const struct structs_nest **ret_nests_out, uint32_t *ret_nests_out_count, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = structs_arrays_begin(client, outer, dense, checked, checked_count, nest, nest_count, maybe_fixed,
				      maybe_list, maybe_list_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return structs_arrays_finish(pending, ret_nest_out, ret_dense_out, ret_dense_out_count, ret_nests_out,
				     ret_nests_out_count, reply);
}
