/*
 * Server skeletons of module test.wide, written by cdidl from wide.cdidl. Changes belong there.
 *
 * The same on the wire as narrow.cdidl, but for what that refuses: longer bounds, open sets, bytes for bools.
 */
#include "wide.h"

#include <string.h>

#include <cdrpc/generated.h>

/* text(string[<=20] x) @1; */
static cdrpc_status
wide_text_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const char *x;

	if (!to->text)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_string(&r, 20);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->text(call, self, x);
}

/* wide(wstring[<=20] x) @2; */
static cdrpc_status
wide_wide_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const cdrpc_wchar *x;

	if (!to->wide)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_wstring(&r, 20);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->wide(call, self, x);
}

/* data(bytes[<=20] x) @3; */
static cdrpc_status
wide_data_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct cdrpc_bytes x;

	if (!to->data)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_blob(&r, 20);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->data(call, self, x);
}

/* list(u32[<=20] x) @4; */
static cdrpc_status
wide_list_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const uint32_t *x;
	uint32_t x_count;

	if (!to->list)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const uint32_t *)cdrpc_read_array(&r, 20, sizeof *x, 4, &x_count);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->list(call, self, x, x_count);
}

/* texts(string[<=20][<=20] x) @5; */
static cdrpc_status
wide_texts_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const char **x;
	uint32_t x_count;
	uint32_t i;

	if (!to->texts)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x_count = cdrpc_read_count(&r, 20, 5);
	x = (const char **)cdrpc_read_alloc(&r, x_count, sizeof *x);
	for (i = 0; x && i < x_count; i++)
		x[i] = cdrpc_read_string(&r, 20);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->texts(call, self, x, x_count);
}

/* mode(Mode x) @6; */
static cdrpc_status
wide_mode_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	wide_mode_t x;

	if (!to->mode)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_u8(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->mode(call, self, x);
}

/* modes(Mode[<=20] x) @7; */
static cdrpc_status
wide_modes_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const wide_mode_t *x;
	uint32_t x_count;

	if (!to->modes)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const wide_mode_t *)cdrpc_read_array(&r, 20, sizeof *x, 1, &x_count);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->modes(call, self, x, x_count);
}

/* fixed_modes(Mode[3] x) @8; */
static cdrpc_status
wide_fixed_modes_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const wide_mode_t *x;

	if (!to->fixed_modes)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const wide_mode_t *)cdrpc_read_flat(&r, 3 * sizeof *x, 1);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->fixed_modes(call, self, x);
}

/* choice(Any x) @9; */
static cdrpc_status
wide_choice_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct wide_any *x;

	if (!to->choice)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (struct wide_any *)cdrpc_read_alloc(&r, 1, sizeof *x);
	if (x)
		wide_any_read(&r, x);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->choice(call, self, x);
}

/* flag(u8 x) @10; */
static cdrpc_status
wide_flag_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint8_t x;

	if (!to->flag)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_u8(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->flag(call, self, x);
}

/* flags(u8[<=20] x) @11; */
static cdrpc_status
wide_flags_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const uint8_t *x;
	uint32_t x_count;

	if (!to->flags)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const uint8_t *)cdrpc_read_array(&r, 20, sizeof *x, 1, &x_count);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->flags(call, self, x, x_count);
}

/* fixed_flags(u8[3] x) @12; */
static cdrpc_status
wide_fixed_flags_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const uint8_t *x;

	if (!to->fixed_flags)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const uint8_t *)cdrpc_read_flat(&r, 3 * sizeof *x, 1);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->fixed_flags(call, self, x);
}

/* one_pair(Pair x) @13; */
static cdrpc_status
wide_one_pair_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct wide_pair *x;

	if (!to->one_pair)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const struct wide_pair *)cdrpc_read_flat(&r, sizeof *x, 2);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->one_pair(call, self, x);
}

/* pairs(Pair[<=20] x) @14; */
static cdrpc_status
wide_pairs_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct wide_pair *x;
	uint32_t x_count;

	if (!to->pairs)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (const struct wide_pair *)cdrpc_read_array(&r, 20, sizeof *x, 2, &x_count);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->pairs(call, self, x, x_count);
}

/* maybe_flag(u8? x) @15; */
static cdrpc_status
wide_maybe_flag_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const uint8_t *x = NULL;

	if (!to->maybe_flag)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r))
		x = (const uint8_t *)cdrpc_read_flat(&r, sizeof *x, 1);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_flag(call, self, x);
}

/* maybe_mode(Mode? x) @16; */
static cdrpc_status
wide_maybe_mode_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const wide_mode_t *x = NULL;

	if (!to->maybe_mode)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r))
		x = (const wide_mode_t *)cdrpc_read_flat(&r, sizeof *x, 1);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_mode(call, self, x);
}

/* maybe_pair(Pair? x) @17; */
static cdrpc_status
wide_maybe_pair_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct wide_pair *x = NULL;

	if (!to->maybe_pair)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	if (cdrpc_read_present(&r))
		x = (const struct wide_pair *)cdrpc_read_flat(&r, sizeof *x, 2);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_pair(call, self, x);
}

/* store(Box x) @18; */
static cdrpc_status
wide_store_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct wide_box *x;

	if (!to->store)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = (struct wide_box *)cdrpc_read_alloc(&r, 1, sizeof *x);
	if (x)
		wide_box_read(&r, x);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->store(call, self, x);
}

/* file(handle<file: read, write> x) @19; */
static cdrpc_status
wide_file_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	cdrpc_handle x;

	if (!to->file)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, false);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->file(call, self, x);
}

/* maybe_file(handle<file: read>? x) @20; */
static cdrpc_status
wide_maybe_file_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	cdrpc_handle x;

	if (!to->maybe_file)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, true);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->maybe_file(call, self, x);
}

/* more(u32 x, u32 y) @21; */
static cdrpc_status
wide_more_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint32_t x;
	uint32_t y;

	if (!to->more)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_u32(&r);
	y = cdrpc_read_u32(&r);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->more(call, self, x, y);
}

/* more_data(bytes[<=20] x, bytes[<=20] y) @22; */
static cdrpc_status
wide_more_data_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct wide_handlers *to = (const struct wide_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct cdrpc_bytes x;
	struct cdrpc_bytes y;

	if (!to->more_data)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	x = cdrpc_read_blob(&r, 20);
	y = cdrpc_read_blob(&r, 20);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->more_data(call, self, x, y);
}

static cdrpc_skeleton *const wide_skeleton_table[] = {
	wide_text_skeleton,
	wide_wide_skeleton,
	wide_data_skeleton,
	wide_list_skeleton,
	wide_texts_skeleton,
	wide_mode_skeleton,
	wide_modes_skeleton,
	wide_fixed_modes_skeleton,
	wide_choice_skeleton,
	wide_flag_skeleton,
	wide_flags_skeleton,
	wide_fixed_flags_skeleton,
	wide_one_pair_skeleton,
	wide_pairs_skeleton,
	wide_maybe_flag_skeleton,
	wide_maybe_mode_skeleton,
	wide_maybe_pair_skeleton,
	wide_store_skeleton,
	wide_file_skeleton,
	wide_maybe_file_skeleton,
	wide_more_skeleton,
	wide_more_data_skeleton,
};

cdrpc_status
wide_serve(struct cdrpc_server *server, const struct wide_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &wide_interface, wide_skeleton_table, handlers, self);
}
