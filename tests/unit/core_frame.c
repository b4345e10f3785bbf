#include "check_main.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vectors.h"
#include "wire/frame.h"

/* ---- the vectors ---- */

static void
add(char *text, size_t size, const char *format, ...)
{
	size_t length = strlen(text);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text + length, size - length, format, arguments);
	va_end(arguments);
}

static void
add_id(char *text, size_t size, const char *name, const uint8_t id[FRAME_TOKEN_SIZE])
{
	static const uint8_t zero[FRAME_TOKEN_SIZE];
	size_t i;

	if (memcmp(id, zero, sizeof zero) == 0)
		return;
	add(text, size, " %s=", name);
	for (i = 0; i < FRAME_TOKEN_SIZE; i++)
		add(text, size, "%02x", id[i]);
}

/* All of a frame, as tests/vectors/frames.txt writes it. */
static void
print(const struct frame *frame, char *text, size_t size)
{
	uint32_t i;

	snprintf(text, size, "type=%u", (unsigned int)frame->type);
	if (frame->method)
		add(text, size, " method=%u", (unsigned int)frame->method);
	if (frame->flags)
		add(text, size, " flags=%" PRIu32, frame->flags);
	if (frame->status)
		add(text, size, " status=%" PRId32, frame->status);
	if (frame->txn)
		add(text, size, " txn=%" PRIu64, frame->txn);
	add_id(text, size, "token", frame->token);
	add_id(text, size, "causality", frame->causality);
	if (frame->interface_id)
		add(text, size, " interface=%016" PRIx64, frame->interface_id);
	if (frame->interface_version)
		add(text, size, " version=%u", (unsigned int)frame->interface_version);
	if (frame->depth)
		add(text, size, " depth=%u", (unsigned int)frame->depth);
	if (frame->deadline_ms)
		add(text, size, " deadline=%" PRIu32, frame->deadline_ms);
	if (frame->route)
		add(text, size, " route=%u", (unsigned int)frame->route);
	if (frame->body_offset || frame->body_size)
		add(text, size, " body=%" PRIu32 "+%" PRIu32, frame->body_offset, frame->body_size);
	if (frame->blob_offset || frame->blob_size)
		add(text, size, " blob=%" PRIu32 "+%" PRIu32, frame->blob_offset, frame->blob_size);
	for (i = 0; i < frame->handle_count; i++)
		add(text, size, " handle=%" PRIu32 ",%" PRIu32 ",%" PRIu64, frame->handles[i].kind, frame->handles[i].rights,
		    frame->handles[i].value);
	if (frame->section_handle || frame->section_size)
		add(text, size, " section=%" PRIu64 "+%" PRIu64, frame->section_handle, frame->section_size);
	add_id(text, size, "nonce", frame->nonce);
}

START_TEST(frames_are_decoded_as_the_vectors_say)
{
	struct vectors *vectors = vectors_load("frames.txt");
	struct frame untouched;
	struct frame frame;
	char text[1024];
	size_t i;

	memset(&untouched, 0xA5, sizeof untouched);
	ck_assert_uint_gt(vectors->count, 100);
	for (i = 0; i < vectors->count; i++) {
		const struct vector *vector = &vectors->list[i];
		cdrpc_status status;

		frame = untouched;
		status = frame_decode(vector->bytes, vector->size, &frame);
		ck_assert_msg(status == vector->status, "%s: %s", vector->label, cdrpc_status_name(status));
		if (status != CDRPC_OK) {
			ck_assert_msg(memcmp(&frame, &untouched, sizeof frame) == 0, "%s: written", vector->label);
			continue;
		}
		print(&frame, text, sizeof text);
		ck_assert_msg(strcmp(text, vector->text) == 0, "%s: %s", vector->label, text);
	}
	vectors_free(vectors);
}
END_TEST

START_TEST(decoded_frames_are_encoded_to_the_same_bytes)
{
	struct vectors *vectors = vectors_load("frames.txt");
	uint8_t bytes[FRAME_HEADER_SIZE + CDRPC_HANDLES_MAX * FRAME_HANDLE_SIZE];
	struct frame frame;
	size_t i;

	for (i = 0; i < vectors->count; i++) {
		const struct vector *vector = &vectors->list[i];

		if (vector->status != CDRPC_OK || frame_decode(vector->bytes, vector->size, &frame) != CDRPC_OK ||
		    frame.header_size != FRAME_HEADER_SIZE)
			continue;
		frame_encode(&frame, bytes);
		ck_assert_mem_eq(bytes, vector->bytes, FRAME_HEADER_SIZE);
		frame_encode_handles(&frame, bytes);
		ck_assert_mem_eq(bytes, vector->bytes + frame.handle_offset, frame.handle_count * FRAME_HANDLE_SIZE);
	}
	vectors_free(vectors);
}
END_TEST

/* ---- what is not a frame ---- */

/* Cut off anywhere, with the old size and with the right one: only version 1's header makes a frame, and only a whole one. */
START_TEST(no_part_of_a_frame_is_a_frame)
{
	struct vectors *vectors = vectors_load("frames.txt");
	const struct vector *vector = vectors_find(vectors, "request, body, blob area and two handles");
	struct frame frame;
	uint32_t size;

	for (size = 0; size < vector->size; size++) {
		uint8_t *part = malloc(size > 0 ? size : 1);

		memcpy(part, vector->bytes, size);
		ck_assert_int_eq(frame_decode(part, size, &frame), CDRPC_E_BAD_FRAME);
		if (size >= 12) {
			memcpy(part + 8, &size, sizeof size);
			ck_assert_int_eq(frame_decode(part, size, &frame), CDRPC_E_BAD_FRAME);
		}
		free(part);
	}
	vectors_free(vectors);
}
END_TEST

/* Whatever a byte of a good frame becomes: decoded or refused, and what is decoded says no more than what is there. */
static void
check_ranges(const struct frame *frame, size_t size)
{
	uint64_t end = frame->route == FRAME_ROUTE_FRAME ? size : frame->route == FRAME_ROUTE_SECTION ? frame->section_size : UINT32_MAX;

	/* One assertion, for a million frames come by here. */
	ck_assert(frame->frame_size == size && (uint64_t)frame->body_offset + frame->body_size <= end &&
		  (uint64_t)frame->blob_offset + frame->blob_size <= end &&
		  (uint64_t)frame->handle_offset + frame->handle_count * FRAME_HANDLE_SIZE <= size &&
		  frame->handle_count <= CDRPC_HANDLES_MAX &&
		  frame->body_offset % 8 + frame->blob_offset % 8 + frame->handle_offset % 8 == 0);
}

START_TEST(any_byte_may_be_any_other)
{
	struct vectors *vectors = vectors_load("frames.txt");
	struct frame frame;
	size_t i, at;
	int value, decoded = 0, refused = 0;

	for (i = 0; i < vectors->count; i++) {
		const struct vector *vector = &vectors->list[i];

		if (vector->status != CDRPC_OK)
			continue;
		for (at = 0; at < vector->size; at++) {
			uint8_t old = vector->bytes[at];

			for (value = 0; value < 256; value++) {
				vector->bytes[at] = (uint8_t)value;
				if (frame_decode(vector->bytes, vector->size, &frame) == CDRPC_OK) {
					check_ranges(&frame, vector->size);
					decoded++;
				} else {
					refused++;
				}
			}
			vector->bytes[at] = old;
		}
	}
	ck_assert_int_gt(decoded, 1000);
	ck_assert_int_gt(refused, 1000);
	vectors_free(vectors);
}
END_TEST

START_TEST(a_frame_may_stand_at_any_address)
{
	struct vectors *vectors = vectors_load("frames.txt");
	const struct vector *vector = vectors_find(vectors, "request, body, blob area and two handles");
	uint8_t *bytes = malloc(vector->size + 8);
	struct frame frame;
	size_t shift;

	for (shift = 0; shift < 8; shift++) {
		memcpy(bytes + shift, vector->bytes, vector->size);
		ck_assert_int_eq(frame_decode(bytes + shift, vector->size, &frame), CDRPC_OK);
	}
	free(bytes);
	vectors_free(vectors);
}
END_TEST

/* ---- making frames ---- */

START_TEST(an_arranged_frame_is_as_the_vectors_have_it)
{
	struct vectors *vectors = vectors_load("frames.txt");
	struct frame frame, again;
	size_t i;

	for (i = 0; i < vectors->count; i++) {
		const struct vector *vector = &vectors->list[i];

		if (vector->status != CDRPC_OK || frame_decode(vector->bytes, vector->size, &frame) != CDRPC_OK ||
		    frame.header_size != FRAME_HEADER_SIZE)
			continue;
		again = frame;
		again.header_size = 0;
		again.frame_size = 0;
		again.handle_offset = 0;
		again.body_offset = 0;
		again.blob_offset = 0;
		ck_assert_int_eq(frame_arrange(&again, frame.route == FRAME_ROUTE_FRAME ? 0 : frame.body_offset), CDRPC_OK);
		ck_assert_msg(memcmp(&again, &frame, sizeof frame) == 0, "%s", vector->label);
	}
	vectors_free(vectors);
}
END_TEST

START_TEST(too_much_is_not_arranged)
{
	struct frame frame, old;

	memset(&frame, 0, sizeof frame);
	frame.type = FRAME_REQUEST;
	frame.route = FRAME_ROUTE_SECTION;
	frame.body_size = CDRPC_BODY_MAX - 8;
	frame.blob_size = 8;
	ck_assert_int_eq(frame_arrange(&frame, 64), CDRPC_OK);
	ck_assert_uint_eq(frame.blob_offset, CDRPC_BODY_MAX + 56);
	frame.blob_size = 16;
	old = frame;
	ck_assert_int_eq(frame_arrange(&frame, 64), CDRPC_E_TOO_LARGE);
	ck_assert_mem_eq(&frame, &old, sizeof frame);
	frame.body_size = 8;
	frame.blob_size = 0;
	ck_assert_int_eq(frame_arrange(&frame, UINT32_MAX - 15), CDRPC_OK);
	ck_assert_int_eq(frame_arrange(&frame, UINT32_MAX - 7), CDRPC_E_TOO_LARGE);
	frame.body_size = UINT32_MAX;
	frame.blob_size = UINT32_MAX;
	ck_assert_int_eq(frame_arrange(&frame, 64), CDRPC_E_TOO_LARGE);
}
END_TEST

/* ---- results ---- */

/* Each frame, and each kind of method, with what may answer it besides "accepted" and a refusal. */
static const struct cdrpc_method without_outputs = { "a", 1, 1, 0, 0, 0, 0, NULL };
static const struct cdrpc_method with_outputs = { "b", 2, 1, CDRPC_METHOD_OUTPUTS, 0, 0, 0, NULL };
static const struct cdrpc_method inline_method = { "c", 3, 1, CDRPC_METHOD_INLINE, 0, 0, 0, NULL };
static const struct cdrpc_method oneway = { "d", 4, 1, CDRPC_METHOD_ONEWAY, 0, 0, 0, NULL };

static const struct {
	enum frame_type type;
	const struct cdrpc_method *method;
	bool may_be_done;
	bool may_fail;
} answered[] = {
	{ FRAME_HELLO, NULL, false, false },
	{ FRAME_CHALLENGE, NULL, false, false },
	{ FRAME_OPEN, NULL, false, false },
	{ FRAME_REQUEST, &without_outputs, true, true },
	{ FRAME_REQUEST, &inline_method, true, true },
	{ FRAME_REQUEST, &with_outputs, false, true },
	{ FRAME_REQUEST, &oneway, false, false },
	{ FRAME_REQUEST, NULL, true, true },
	{ FRAME_REPLY, &without_outputs, false, false },
	{ FRAME_CANCEL, NULL, false, false },
	{ FRAME_EVENT, &without_outputs, false, false },
	{ FRAME_RELEASE, NULL, false, false },
	{ FRAME_CHUNK, NULL, false, false },
	{ FRAME_CLOSE, NULL, false, false },
};

/* Of all other results none has a meaning, and none is a refusal, after which handles would be taken back. */
START_TEST(each_result_of_each_frame)
{
	static const uint64_t far[] = { 0x30000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, UINT64_C(0x100000001), UINT64_C(0x100000140),
					UINT64_C(0x100010001), UINT64_MAX };
	cdrpc_status said, expected;
	uint64_t result;
	size_t i;

	for (result = 0; result < 0x30000 + sizeof far / sizeof far[0]; result++) {
		uint64_t each = result < 0x30000 ? result : far[result - 0x30000];
		bool refusal = each >= 0x100 + 64 && each <= 0x100 + 81;

		expected = CDRPC_E_PROTOCOL;
		if (each == FRAME_RESULT_ACCEPTED || (each == FRAME_RESULT_DONE && answered[_i].may_be_done))
			expected = CDRPC_OK;
		else if (refusal)
			expected = -(cdrpc_status)(each - 0x100);
		else if (answered[_i].may_fail && each > 0x10000 && each <= 0x1FFFF)
			expected = (cdrpc_status)(each - 0x10000);
		said = 77;
		if (frame_result_is_refusal(each, &said) != refusal || said != (refusal ? expected : 77))
			ck_abort_msg("result %" PRIu64 " is a refusal, or none", each);
		if (frame_result_status((uint16_t)answered[_i].type, answered[_i].method, each) != expected)
			ck_abort_msg("result %" PRIu64, each);
	}
	for (i = 64; i <= 81; i++)
		ck_assert_uint_eq(frame_result_refused(-(cdrpc_status)i), 0x100 + i);
	for (i = 1; i <= FRAME_ERROR_MAX; i++) {
		if (frame_result_error((cdrpc_status)i) != 0x10000 + i)
			ck_abort_msg("error %d", (int)i);
	}
}
END_TEST

START_TEST(only_remote_statuses_are_remote)
{
	cdrpc_status status;

	for (status = -70000; status <= 70000; status++)
		if (status_is_remote(status) != (status >= -81 && status <= -64))
			ck_abort_msg("status %d", (int)status);
	ck_assert(!status_is_remote(INT32_MIN));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("core_frame");
	TCase *tcase = tcase_create("core_frame");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, frames_are_decoded_as_the_vectors_say);
	tcase_add_test(tcase, decoded_frames_are_encoded_to_the_same_bytes);
	tcase_add_test(tcase, no_part_of_a_frame_is_a_frame);
	tcase_add_test(tcase, any_byte_may_be_any_other);
	tcase_add_test(tcase, a_frame_may_stand_at_any_address);
	tcase_add_test(tcase, an_arranged_frame_is_as_the_vectors_have_it);
	tcase_add_test(tcase, too_much_is_not_arranged);
	tcase_add_loop_test(tcase, each_result_of_each_frame, 0, (int)(sizeof answered / sizeof answered[0]));
	tcase_add_test(tcase, only_remote_statuses_are_remote);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
