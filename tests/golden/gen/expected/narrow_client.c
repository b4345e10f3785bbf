/*
 * Client stubs of module test.narrow, written by cdidl from narrow.cdidl. Changes belong there.
 *
 * What wide.cdidl sends, this may refuse.
 */
#include "narrow.h"

#include <string.h>

#include <cdrpc/generated.h>

/* text(string[<=4] x) @1; */
cdrpc_status
narrow_text_begin(struct cdrpc_client *client, const char *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 0);
	do {
		cdrpc_write_string(&w, x, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_text_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_text(struct cdrpc_client *client, const char *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_text_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_text_finish(pending);
}

/* wide(wstring[<=4] x) @2; */
cdrpc_status
narrow_wide_begin(struct cdrpc_client *client, const cdrpc_wchar *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 1);
	do {
		cdrpc_write_wstring(&w, x, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_wide_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_wide(struct cdrpc_client *client, const cdrpc_wchar *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_wide_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_wide_finish(pending);
}

/* data(bytes[<=4] x) @3; */
cdrpc_status
narrow_data_begin(struct cdrpc_client *client, struct cdrpc_bytes x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 2);
	do {
		cdrpc_write_blob(&w, x, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_data_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_data(struct cdrpc_client *client, struct cdrpc_bytes x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_data_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_data_finish(pending);
}

/* list(u32[<=4] x) @4; */
cdrpc_status
narrow_list_begin(struct cdrpc_client *client, const uint32_t *x, uint32_t x_count, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 3);
	do {
		cdrpc_write_array(&w, x, x_count, 4, sizeof *x, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_list_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_list(struct cdrpc_client *client, const uint32_t *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_list_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_list_finish(pending);
}

/* texts(string[<=4][<=4] x) @5; */
cdrpc_status
narrow_texts_begin(struct cdrpc_client *client, const char *const *x, uint32_t x_count,
		   struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &narrow_interface, 4);
	do {
		n = cdrpc_write_count(&w, x, x_count, 4);
		for (i = 0; i < n; i++)
			cdrpc_write_string(&w, x[i], 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_texts_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_texts(struct cdrpc_client *client, const char *const *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_texts_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_texts_finish(pending);
}

/* mode(Mode x) @6; */
cdrpc_status
narrow_mode_begin(struct cdrpc_client *client, narrow_mode_t x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 5);
	do {
		if (!narrow_mode_valid(x))
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		cdrpc_write_u8(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_mode_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_mode(struct cdrpc_client *client, narrow_mode_t x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_mode_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_mode_finish(pending);
}

/* modes(Mode[<=4] x) @7; */
cdrpc_status
narrow_modes_begin(struct cdrpc_client *client, const narrow_mode_t *x, uint32_t x_count,
		   struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &narrow_interface, 6);
	do {
		n = cdrpc_write_count(&w, x, x_count, 4);
		for (i = 0; i < n; i++) {
			if (!narrow_mode_valid(x[i]))
				cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(&w, x[i]);
		}
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_modes_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_modes(struct cdrpc_client *client, const narrow_mode_t *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_modes_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_modes_finish(pending);
}

/* fixed_modes(Mode[3] x) @8; */
cdrpc_status
narrow_fixed_modes_begin(struct cdrpc_client *client, const narrow_mode_t x[3], struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i;

	cdrpc_request_begin(&w, client, &narrow_interface, 7);
	do {
		if (!x)
			cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
		for (i = 0; x && i < 3; i++) {
			if (!narrow_mode_valid(x[i]))
				cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(&w, x[i]);
		}
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_fixed_modes_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_fixed_modes(struct cdrpc_client *client, const narrow_mode_t x[3])
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_fixed_modes_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_fixed_modes_finish(pending);
}

/* choice(Any x) @9; */
cdrpc_status
narrow_choice_begin(struct cdrpc_client *client, const struct narrow_any *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 8);
	do {
		narrow_any_write(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_choice_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_choice(struct cdrpc_client *client, const struct narrow_any *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_choice_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_choice_finish(pending);
}

/* flag(bool x) @10; */
cdrpc_status
narrow_flag_begin(struct cdrpc_client *client, bool x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 9);
	do {
		cdrpc_write_bool(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_flag_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_flag(struct cdrpc_client *client, bool x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_flag_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_flag_finish(pending);
}

/* flags(bool[<=4] x) @11; */
cdrpc_status
narrow_flags_begin(struct cdrpc_client *client, const bool *x, uint32_t x_count, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 10);
	do {
		cdrpc_write_array(&w, x, x_count, 4, sizeof *x, 1);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_flags_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_flags(struct cdrpc_client *client, const bool *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_flags_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_flags_finish(pending);
}

/* fixed_flags(bool[3] x) @12; */
cdrpc_status
narrow_fixed_flags_begin(struct cdrpc_client *client, const bool x[3], struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 11);
	do {
		cdrpc_write_flat(&w, x, 3 * sizeof *x, 1);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_fixed_flags_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_fixed_flags(struct cdrpc_client *client, const bool x[3])
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_fixed_flags_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_fixed_flags_finish(pending);
}

/* one_pair(Pair x) @13; */
cdrpc_status
narrow_one_pair_begin(struct cdrpc_client *client, const struct narrow_pair *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 12);
	do {
		narrow_pair_write(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_one_pair_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_one_pair(struct cdrpc_client *client, const struct narrow_pair *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_one_pair_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_one_pair_finish(pending);
}

/* pairs(Pair[<=4] x) @14; */
cdrpc_status
narrow_pairs_begin(struct cdrpc_client *client, const struct narrow_pair *x, uint32_t x_count,
		   struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &narrow_interface, 13);
	do {
		n = cdrpc_write_count(&w, x, x_count, 4);
		for (i = 0; i < n; i++)
			narrow_pair_write(&w, &x[i]);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_pairs_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_pairs(struct cdrpc_client *client, const struct narrow_pair *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_pairs_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_pairs_finish(pending);
}

/* maybe_flag(bool? x) @15; */
cdrpc_status
narrow_maybe_flag_begin(struct cdrpc_client *client, const bool *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 14);
	do {
		if (cdrpc_write_present(&w, x))
			cdrpc_write_bool(&w, *x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_maybe_flag_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_maybe_flag(struct cdrpc_client *client, const bool *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_maybe_flag_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_maybe_flag_finish(pending);
}

/* maybe_mode(Mode? x) @16; */
cdrpc_status
narrow_maybe_mode_begin(struct cdrpc_client *client, const narrow_mode_t *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 15);
	do {
		if (cdrpc_write_present(&w, x)) {
			if (!narrow_mode_valid(*x))
				cdrpc_write_fail(&w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(&w, *x);
		}
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_maybe_mode_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_maybe_mode(struct cdrpc_client *client, const narrow_mode_t *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_maybe_mode_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_maybe_mode_finish(pending);
}

/* maybe_pair(Pair? x) @17; */
cdrpc_status
narrow_maybe_pair_begin(struct cdrpc_client *client, const struct narrow_pair *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 16);
	do {
		if (cdrpc_write_present(&w, x))
			narrow_pair_write(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_maybe_pair_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_maybe_pair(struct cdrpc_client *client, const struct narrow_pair *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_maybe_pair_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_maybe_pair_finish(pending);
}

/* store(Box x) @18; */
cdrpc_status
narrow_store_begin(struct cdrpc_client *client, const struct narrow_box *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 17);
	do {
		narrow_box_write(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_store_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_store(struct cdrpc_client *client, const struct narrow_box *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_store_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_store_finish(pending);
}

/* file(handle<file: read> x) @19; */
cdrpc_status
narrow_file_begin(struct cdrpc_client *client, cdrpc_handle x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 18);
	do {
		cdrpc_write_handle(&w, x, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, false);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_file_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_file(struct cdrpc_client *client, cdrpc_handle x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_file_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_file_finish(pending);
}

/* maybe_file(handle<file: read> x) @20; */
cdrpc_status
narrow_maybe_file_begin(struct cdrpc_client *client, cdrpc_handle x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 19);
	do {
		cdrpc_write_handle(&w, x, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, false);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_maybe_file_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_maybe_file(struct cdrpc_client *client, cdrpc_handle x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_maybe_file_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_maybe_file_finish(pending);
}

/* more(u32 x) @21; */
cdrpc_status
narrow_more_begin(struct cdrpc_client *client, uint32_t x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 20);
	do {
		cdrpc_write_u32(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_more_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_more(struct cdrpc_client *client, uint32_t x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_more_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_more_finish(pending);
}

/* more_data(bytes[<=4] x) @22; */
cdrpc_status
narrow_more_data_begin(struct cdrpc_client *client, struct cdrpc_bytes x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &narrow_interface, 21);
	do {
		cdrpc_write_blob(&w, x, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
narrow_more_data_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
narrow_more_data(struct cdrpc_client *client, struct cdrpc_bytes x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = narrow_more_data_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return narrow_more_data_finish(pending);
}
