/*
 * Server skeletons of module test.narrow, written by cdidl from narrow.cdidl. Changes belong there.
 *
 * What wide.cdidl sends, this may refuse.
 */
#include "narrow.h"

#include <string.h>

#include <cdrpc/generated.h>

/* text(string[<=4] x) @1; */
static cdrpc_status
narrow_text_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const char *x;

	if (!to->text)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_string(&r, 4);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->text(call, self, x);
}

/* wide(wstring[<=4] x) @2; */
static cdrpc_status
narrow_wide_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const cdrpc_wchar *x;

	if (!to->wide)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_wstring(&r, 4);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->wide(call, self, x);
}

/* data(bytes[<=4] x) @3; */
static cdrpc_status
narrow_data_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct cdrpc_bytes x;

	if (!to->data)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_blob(&r, 4);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->data(call, self, x);
}

/* list(u32[<=4] x) @4; */
static cdrpc_status
narrow_list_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const uint32_t *x;
	uint32_t x_count;

	if (!to->list)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const uint32_t *)cdrpc_read_array(&r, 4, sizeof *x, 4, &x_count);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->list(call, self, x, x_count);
}

/* texts(string[<=4][<=4] x) @5; */
static cdrpc_status
narrow_texts_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const char **x;
	uint32_t x_count;
	uint32_t i;

	if (!to->texts)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x_count = cdrpc_read_count(&r, 4, 5);
	x = (const char **)cdrpc_read_alloc(&r, x_count, sizeof *x);
	for (i = 0; x && i < x_count; i++)
		x[i] = cdrpc_read_string(&r, 4);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->texts(call, self, x, x_count);
}

/* mode(Mode x) @6; */
static cdrpc_status
narrow_mode_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	narrow_mode_t x;

	if (!to->mode)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_u8(&r);
	if (!narrow_mode_valid(x))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->mode(call, self, x);
}

/* modes(Mode[<=4] x) @7; */
static cdrpc_status
narrow_modes_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const narrow_mode_t *x;
	uint32_t x_count;
	uint32_t i;

	if (!to->modes)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const narrow_mode_t *)cdrpc_read_array(&r, 4, sizeof *x, 1, &x_count);
	for (i = 0; i < x_count; i++) {
		if (!narrow_mode_valid(x[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->modes(call, self, x, x_count);
}

/* fixed_modes(Mode[3] x) @8; */
static cdrpc_status
narrow_fixed_modes_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const narrow_mode_t *x;
	uint32_t i;

	if (!to->fixed_modes)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const narrow_mode_t *)cdrpc_read_flat(&r, 3 * sizeof *x, 1);
	for (i = 0; x && i < 3; i++) {
		if (!narrow_mode_valid(x[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->fixed_modes(call, self, x);
}

/* choice(Any x) @9; */
static cdrpc_status
narrow_choice_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct narrow_any *x;

	if (!to->choice)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (struct narrow_any *)cdrpc_read_alloc(&r, 1, sizeof *x);
	if (x)
		narrow_any_read(&r, x);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->choice(call, self, x);
}

/* flag(bool x) @10; */
static cdrpc_status
narrow_flag_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	bool x;

	if (!to->flag)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_bool(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->flag(call, self, x);
}

/* flags(bool[<=4] x) @11; */
static cdrpc_status
narrow_flags_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const bool *x;
	uint32_t x_count;
	uint32_t i;

	if (!to->flags)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const bool *)cdrpc_read_array(&r, 4, sizeof *x, 1, &x_count);
	for (i = 0; i < x_count; i++) {
		if (((const uint8_t *)x)[i] > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->flags(call, self, x, x_count);
}

/* fixed_flags(bool[3] x) @12; */
static cdrpc_status
narrow_fixed_flags_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const bool *x;
	uint32_t i;

	if (!to->fixed_flags)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const bool *)cdrpc_read_flat(&r, 3 * sizeof *x, 1);
	for (i = 0; x && i < 3; i++) {
		if (((const uint8_t *)x)[i] > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->fixed_flags(call, self, x);
}

/* one_pair(Pair x) @13; */
static cdrpc_status
narrow_one_pair_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct narrow_pair *x;

	if (!to->one_pair)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const struct narrow_pair *)cdrpc_read_flat(&r, sizeof *x, 2);
	if (x && !narrow_pair_valid(x))
		cdrpc_read_fail(&r, CDRPC_E_DECODE);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->one_pair(call, self, x);
}

/* pairs(Pair[<=4] x) @14; */
static cdrpc_status
narrow_pairs_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct narrow_pair *x;
	uint32_t x_count;
	uint32_t i;

	if (!to->pairs)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const struct narrow_pair *)cdrpc_read_array(&r, 4, sizeof *x, 2, &x_count);
	for (i = 0; i < x_count; i++) {
		if (!narrow_pair_valid(&x[i]))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->pairs(call, self, x, x_count);
}

/* maybe_flag(bool? x) @15; */
static cdrpc_status
narrow_maybe_flag_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const bool *x = NULL;

	if (!to->maybe_flag)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r)) {
		x = (const bool *)cdrpc_read_flat(&r, sizeof *x, 1);
		if (x && *(const uint8_t *)x > 1)
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_flag(call, self, x);
}

/* maybe_mode(Mode? x) @16; */
static cdrpc_status
narrow_maybe_mode_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const narrow_mode_t *x = NULL;

	if (!to->maybe_mode)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r)) {
		x = (const narrow_mode_t *)cdrpc_read_flat(&r, sizeof *x, 1);
		if (x && !narrow_mode_valid(*x))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_mode(call, self, x);
}

/* maybe_pair(Pair? x) @17; */
static cdrpc_status
narrow_maybe_pair_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct narrow_pair *x = NULL;

	if (!to->maybe_pair)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r)) {
		x = (const struct narrow_pair *)cdrpc_read_flat(&r, sizeof *x, 2);
		if (x && !narrow_pair_valid(x))
			cdrpc_read_fail(&r, CDRPC_E_DECODE);
	}
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_pair(call, self, x);
}

/* store(Box x) @18; */
static cdrpc_status
narrow_store_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct narrow_box *x;

	if (!to->store)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (struct narrow_box *)cdrpc_read_alloc(&r, 1, sizeof *x);
	if (x)
		narrow_box_read(&r, x);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->store(call, self, x);
}

/* file(handle<file: read> x) @19; */
static cdrpc_status
narrow_file_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	cdrpc_handle x;

	if (!to->file)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, false);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->file(call, self, x);
}

/* maybe_file(handle<file: read> x) @20; */
static cdrpc_status
narrow_maybe_file_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	cdrpc_handle x;

	if (!to->maybe_file)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, false);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_file(call, self, x);
}

/* more(u32 x) @21; */
static cdrpc_status
narrow_more_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint32_t x;

	if (!to->more)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_u32(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->more(call, self, x);
}

/* more_data(bytes[<=4] x) @22; */
static cdrpc_status
narrow_more_data_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct narrow_handlers *to = (const struct narrow_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct cdrpc_bytes x;

	if (!to->more_data)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_blob(&r, 4);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->more_data(call, self, x);
}

static cdrpc_skeleton *const narrow_skeleton_table[] = {
	narrow_text_skeleton,
	narrow_wide_skeleton,
	narrow_data_skeleton,
	narrow_list_skeleton,
	narrow_texts_skeleton,
	narrow_mode_skeleton,
	narrow_modes_skeleton,
	narrow_fixed_modes_skeleton,
	narrow_choice_skeleton,
	narrow_flag_skeleton,
	narrow_flags_skeleton,
	narrow_fixed_flags_skeleton,
	narrow_one_pair_skeleton,
	narrow_pairs_skeleton,
	narrow_maybe_flag_skeleton,
	narrow_maybe_mode_skeleton,
	narrow_maybe_pair_skeleton,
	narrow_store_skeleton,
	narrow_file_skeleton,
	narrow_maybe_file_skeleton,
	narrow_more_skeleton,
	narrow_more_data_skeleton,
};

cdrpc_status
narrow_serve(struct cdrpc_server *server, const struct narrow_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &narrow_interface, narrow_skeleton_table, handlers, self);
}
