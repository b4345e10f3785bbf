/*
 * Client stubs of module test.wide, written by cdidl from wide.cdidl. Changes belong there.
 *
 * The same on the wire as narrow.cdidl, but for what that refuses: longer bounds, open sets, bytes for bools.
 */
#include "wide.h"

#include <string.h>

#include <cdrpc/generated.h>

/* text(string[<=20] x) @1; */
cdrpc_status
wide_text_begin(struct cdrpc_client *client, const char *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 0);
	do {
		cdrpc_write_string(&w, x, 20);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_text_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_text(struct cdrpc_client *client, const char *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_text_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_text_finish(pending);
}

/* wide(wstring[<=20] x) @2; */
cdrpc_status
wide_wide_begin(struct cdrpc_client *client, const cdrpc_wchar *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 1);
	do {
		cdrpc_write_wstring(&w, x, 20);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_wide_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_wide(struct cdrpc_client *client, const cdrpc_wchar *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_wide_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_wide_finish(pending);
}

/* data(bytes[<=20] x) @3; */
cdrpc_status
wide_data_begin(struct cdrpc_client *client, struct cdrpc_bytes x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 2);
	do {
		cdrpc_write_blob(&w, x, 20);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_data_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_data(struct cdrpc_client *client, struct cdrpc_bytes x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_data_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_data_finish(pending);
}

/* list(u32[<=20] x) @4; */
cdrpc_status
wide_list_begin(struct cdrpc_client *client, const uint32_t *x, uint32_t x_count, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 3);
	do {
		cdrpc_write_array(&w, x, x_count, 20, sizeof *x, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_list_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_list(struct cdrpc_client *client, const uint32_t *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_list_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_list_finish(pending);
}

/* texts(string[<=20][<=20] x) @5; */
cdrpc_status
wide_texts_begin(struct cdrpc_client *client, const char *const *x, uint32_t x_count,
		 struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &wide_interface, 4);
	do {
		n = cdrpc_write_count(&w, x, x_count, 20);
		for (i = 0; i < n; i++)
			cdrpc_write_string(&w, x[i], 20);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_texts_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_texts(struct cdrpc_client *client, const char *const *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_texts_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_texts_finish(pending);
}

/* mode(Mode x) @6; */
cdrpc_status
wide_mode_begin(struct cdrpc_client *client, wide_mode_t x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 5);
	do {
		cdrpc_write_u8(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_mode_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_mode(struct cdrpc_client *client, wide_mode_t x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_mode_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_mode_finish(pending);
}

/* modes(Mode[<=20] x) @7; */
cdrpc_status
wide_modes_begin(struct cdrpc_client *client, const wide_mode_t *x, uint32_t x_count,
		 struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 6);
	do {
		cdrpc_write_array(&w, x, x_count, 20, sizeof *x, 1);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_modes_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_modes(struct cdrpc_client *client, const wide_mode_t *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_modes_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_modes_finish(pending);
}

/* fixed_modes(Mode[3] x) @8; */
cdrpc_status
wide_fixed_modes_begin(struct cdrpc_client *client, const wide_mode_t x[3], struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 7);
	do {
		cdrpc_write_flat(&w, x, 3 * sizeof *x, 1);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_fixed_modes_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_fixed_modes(struct cdrpc_client *client, const wide_mode_t x[3])
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_fixed_modes_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_fixed_modes_finish(pending);
}

/* choice(Any x) @9; */
cdrpc_status
wide_choice_begin(struct cdrpc_client *client, const struct wide_any *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 8);
	do {
		wide_any_write(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_choice_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_choice(struct cdrpc_client *client, const struct wide_any *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_choice_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_choice_finish(pending);
}

/* flag(u8 x) @10; */
cdrpc_status
wide_flag_begin(struct cdrpc_client *client, uint8_t x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 9);
	do {
		cdrpc_write_u8(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_flag_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_flag(struct cdrpc_client *client, uint8_t x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_flag_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_flag_finish(pending);
}

/* flags(u8[<=20] x) @11; */
cdrpc_status
wide_flags_begin(struct cdrpc_client *client, const uint8_t *x, uint32_t x_count, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 10);
	do {
		cdrpc_write_array(&w, x, x_count, 20, sizeof *x, 1);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_flags_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_flags(struct cdrpc_client *client, const uint8_t *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_flags_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_flags_finish(pending);
}

/* fixed_flags(u8[3] x) @12; */
cdrpc_status
wide_fixed_flags_begin(struct cdrpc_client *client, const uint8_t x[3], struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 11);
	do {
		cdrpc_write_flat(&w, x, 3 * sizeof *x, 1);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_fixed_flags_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_fixed_flags(struct cdrpc_client *client, const uint8_t x[3])
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_fixed_flags_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_fixed_flags_finish(pending);
}

/* one_pair(Pair x) @13; */
cdrpc_status
wide_one_pair_begin(struct cdrpc_client *client, const struct wide_pair *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 12);
	do {
		cdrpc_write_flat(&w, x, sizeof *x, 2);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_one_pair_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_one_pair(struct cdrpc_client *client, const struct wide_pair *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_one_pair_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_one_pair_finish(pending);
}

/* pairs(Pair[<=20] x) @14; */
cdrpc_status
wide_pairs_begin(struct cdrpc_client *client, const struct wide_pair *x, uint32_t x_count,
		 struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 13);
	do {
		cdrpc_write_array(&w, x, x_count, 20, sizeof *x, 2);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_pairs_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_pairs(struct cdrpc_client *client, const struct wide_pair *x, uint32_t x_count)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_pairs_begin(client, x, x_count, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_pairs_finish(pending);
}

/* maybe_flag(u8? x) @15; */
cdrpc_status
wide_maybe_flag_begin(struct cdrpc_client *client, const uint8_t *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 14);
	do {
		if (cdrpc_write_present(&w, x))
			cdrpc_write_u8(&w, *x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_maybe_flag_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_maybe_flag(struct cdrpc_client *client, const uint8_t *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_maybe_flag_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_maybe_flag_finish(pending);
}

/* maybe_mode(Mode? x) @16; */
cdrpc_status
wide_maybe_mode_begin(struct cdrpc_client *client, const wide_mode_t *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 15);
	do {
		if (cdrpc_write_present(&w, x))
			cdrpc_write_u8(&w, *x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_maybe_mode_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_maybe_mode(struct cdrpc_client *client, const wide_mode_t *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_maybe_mode_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_maybe_mode_finish(pending);
}

/* maybe_pair(Pair? x) @17; */
cdrpc_status
wide_maybe_pair_begin(struct cdrpc_client *client, const struct wide_pair *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 16);
	do {
		if (cdrpc_write_present(&w, x))
			cdrpc_write_flat(&w, x, sizeof *x, 2);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_maybe_pair_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_maybe_pair(struct cdrpc_client *client, const struct wide_pair *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_maybe_pair_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_maybe_pair_finish(pending);
}

/* store(Box x) @18; */
cdrpc_status
wide_store_begin(struct cdrpc_client *client, const struct wide_box *x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 17);
	do {
		wide_box_write(&w, x);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_store_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_store(struct cdrpc_client *client, const struct wide_box *x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_store_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_store_finish(pending);
}

/* file(handle<file: read, write> x) @19; */
cdrpc_status
wide_file_begin(struct cdrpc_client *client, cdrpc_handle x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 18);
	do {
		cdrpc_write_handle(&w, x, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE, false);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_file_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_file(struct cdrpc_client *client, cdrpc_handle x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_file_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_file_finish(pending);
}

/* maybe_file(handle<file: read>? x) @20; */
cdrpc_status
wide_maybe_file_begin(struct cdrpc_client *client, cdrpc_handle x, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 19);
	do {
		cdrpc_write_handle(&w, x, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, true);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_maybe_file_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_maybe_file(struct cdrpc_client *client, cdrpc_handle x)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_maybe_file_begin(client, x, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_maybe_file_finish(pending);
}

/* more(u32 x, u32 y) @21; */
cdrpc_status
wide_more_begin(struct cdrpc_client *client, uint32_t x, uint32_t y, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 20);
	do {
		cdrpc_write_u32(&w, x);
		cdrpc_write_u32(&w, y);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_more_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_more(struct cdrpc_client *client, uint32_t x, uint32_t y)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_more_begin(client, x, y, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_more_finish(pending);
}

/* more_data(bytes[<=20] x, bytes[<=20] y) @22; */
cdrpc_status
wide_more_data_begin(struct cdrpc_client *client, struct cdrpc_bytes x, struct cdrpc_bytes y,
		     struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &wide_interface, 21);
	do {
		cdrpc_write_blob(&w, x, 20);
		cdrpc_write_blob(&w, y, 20);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
wide_more_data_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
wide_more_data(struct cdrpc_client *client, struct cdrpc_bytes x, struct cdrpc_bytes y)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = wide_more_data_begin(client, x, y, &pending);
	if (status != CDRPC_OK)
		return status;
	return wide_more_data_finish(pending);
}
