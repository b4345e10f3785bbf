/* Memory that is asked for before the frame is made: where it travels, what of it is copied, who frees it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls/call.h"
#include "calls/pending.h"
#include "message/buffer.h"
#include "rig_check.h"
#include "session/client.h"

/* The fake transport maps a section at one address for all: bytes that come back where they were written were not copied. */
static const void *filled;
static struct cdrpc_bytes expected;
static cdrpc_status first_status;

static struct cdrpc_bytes
fill(void *buffer, uint32_t size)
{
	struct cdrpc_bytes data = rig_data(size);

	memcpy(buffer, data.data, size);
	rig_data_free(data);
	filled = buffer;
	return (struct cdrpc_bytes){ buffer, size };
}

static struct cdrpc_buffer *handle;

/* What a request is passed of a buffer that is full; *handle is it. */
static struct cdrpc_bytes
made(uint32_t size)
{
	handle = NULL;
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, size, &handle), CDRPC_OK);
	ck_assert_uint_eq((uintptr_t)cdrpc_buffer_data(handle) % 16, 0);
	fill(cdrpc_buffer_data(handle), size);
	return cdrpc_buffer_send(handle, size);
}

/* The request has gone out. */
static void
check_sent(void)
{
	ck_assert_ptr_null(cdrpc_buffer_data(handle));
	ck_assert_ptr_null(rig.client->buffers);
	cdrpc_buffer_free(handle);
}

static enum cdrpc_route
route_of(uint32_t size, bool in_slot)
{
	if (in_slot)
		return CDRPC_ROUTE_RESIDENT;
	return size > 65536 - 16 ? CDRPC_ROUTE_SECTION : CDRPC_ROUTE_MESSAGE;
}

static const uint32_t sizes[] = { 1, 100, 5001, 65536, 300000, 3000000 };
enum { SIZES = sizeof sizes / sizeof sizes[0], IN_FIRST_PART = 300000 };

static cdrpc_status
reply_with_buffer(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	void *buffer = NULL;

	(void)r;
	(void)index;
	(void)data;
	ck_assert_int_eq(cdrpc_call_buffer(call, value, &buffer), CDRPC_OK);
	ck_assert_uint_eq((uintptr_t)buffer % 16, 0);
	return rig_reply(call, value, fill(buffer, value));
}

START_TEST(a_reply_is_read_where_it_was_written)
{
	struct rig_answer answer = { 0 };
	bool in_slot;
	int i, k;

	rig_connected();
	rig.handler = reply_with_buffer;
	for (k = 0; k < 3; k++) {
		for (i = 0; i < SIZES; i++) {
			/* The first body that does not fit brings the section in which later ones do, and is copied. */
			in_slot = rig_resident && (sizes[i] <= IN_FIRST_PART || k > 0);
			expected = rig_data(sizes[i]);
			ck_assert_int_eq(rig_call(&rig, RIG_SHARED, sizes[i], rig_nothing, &answer), CDRPC_OK);
			ck_assert_uint_eq(answer.value, sizes[i]);
			ck_assert(rig_data_equal(answer.data, expected));
			ck_assert_str_eq(cdrpc_route_name(rig.trace.reply_route), cdrpc_route_name(route_of(sizes[i], in_slot)));
			ck_assert((answer.data.data == filled) ==
				  (rig.trace.reply_route != CDRPC_ROUTE_MESSAGE && (in_slot || !rig_resident)));
			rig_data_free(expected);
		}
	}
	rig_stopped();
}
END_TEST

static const void *arrived;
static bool arrived_well;

static cdrpc_status
look(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	arrived = data.data;
	arrived_well = rig_data_equal(data, expected);
	return rig_reply(call, value, rig_nothing);
}

START_TEST(a_request_is_read_where_it_was_written)
{
	struct rig_answer answer;
	bool in_slot;
	int i, k;

	rig_connected();
	rig.handler = look;
	for (k = 0; k < 3; k++) {
		for (i = 0; i < SIZES; i++) {
			in_slot = rig_resident && (sizes[i] <= IN_FIRST_PART || k > 0);
			expected = rig_data(sizes[i]);
			ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, made(sizes[i]), &answer), CDRPC_OK);
			check_sent();
			ck_assert(arrived_well);
			ck_assert_str_eq(cdrpc_route_name(rig.trace.request_route), cdrpc_route_name(route_of(sizes[i], in_slot)));
			ck_assert((arrived == filled) ==
				  (rig.trace.request_route != CDRPC_ROUTE_MESSAGE && (in_slot || !rig_resident)));
			rig_data_free(expected);
		}
	}
	rig_stopped();
}
END_TEST

/* A first part travels as it is, with zeros behind it; what begins elsewhere is copied. Both are right. */
START_TEST(a_part_of_a_buffer)
{
	static const uint32_t offsets[] = { 0, 0, 0, 8, 1000, 99999 };
	static const uint32_t parts[] = { 1, 70001, 100000, 99992, 77777, 1 };
	struct rig_answer answer;
	struct cdrpc_bytes part;
	int i;

	rig_connected();
	rig.handler = look;
	for (i = 0; i < 6; i++) {
		part = made(100000);
		if (offsets[i] == 0)
			part = cdrpc_buffer_send(handle, parts[i]);
		part.data = (const uint8_t *)part.data + offsets[i];
		part.size = parts[i];
		expected = rig_data(100000);
		expected.data = (const uint8_t *)expected.data + offsets[i];
		expected.size = parts[i];
		ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, part, &answer), CDRPC_OK);
		check_sent();
		ck_assert(arrived_well);
		ck_assert((arrived == filled) == (offsets[i] == 0 && (rig_resident || parts[i] > 65536)));
		free((uint8_t *)(uintptr_t)expected.data - offsets[i]);
	}
	rig_stopped();
}
END_TEST

enum { MANY = 5 };
static struct cdrpc_bytes many[MANY];

/* A reply of a text and five blobs, of which by 'value' some are in buffers. */
static cdrpc_status
reply_with_many(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	static const uint32_t lengths[MANY] = { 13, 2000, 90000, 0, 1001 };
	static char text[6001];
	struct cdrpc_writer w;
	void *buffer = NULL;
	cdrpc_status status;
	uint32_t i;

	(void)r;
	(void)index;
	(void)data;
	for (i = 0; i < MANY; i++) {
		many[i] = rig_data(lengths[i]);
		if (!(value & 1u << i))
			continue;
		ck_assert_int_eq(cdrpc_call_buffer(call, lengths[i], &buffer), CDRPC_OK);
		memcpy(buffer, many[i].data, lengths[i]);
	}
	/* All but one in one buffer, from its end to its beginning. */
	if (value & 64)
		ck_assert_int_eq(cdrpc_call_buffer(call, 200000, &buffer), CDRPC_OK);
	for (i = 0; value & 64 && i < MANY; i++)
		memcpy((uint8_t *)buffer + 40000 * (4 - i), many[i].data, i == 2 ? 40000 : lengths[i]);
	memset(text, 'x', sizeof text - 1);
	text[value & 32 ? 6000 : 10] = '\0';
	cdrpc_answer_begin(&w, call, &rig_interface, call->method_index);
	do {
		cdrpc_write_string(&w, text, 6000);
		for (i = 0; i < MANY; i++) {
			struct cdrpc_bytes blob = { many[i].data, lengths[i] };
			const struct buffer *each;

			for (each = call->buffers; each; each = each->next) {
				if (value & 1u << i && each->size == lengths[i])
					blob.data = each->data;
			}
			if (value & 64 && i != 2)
				blob.data = (uint8_t *)buffer + 40000 * (4 - i);
			cdrpc_write_blob(&w, blob, 100000);
		}
	} while (cdrpc_write_again(&w));
	status = cdrpc_answer_send(&w);
	memset(text, 'x', sizeof text - 1);
	return status;
}

START_TEST(several_outputs_in_any_memory)
{
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_reader r;
	struct cdrpc_bytes got[MANY];
	const char *text;
	uint32_t value, i, wrong = 0;

	rig_connected();
	rig.handler = reply_with_many;
	for (value = 0; value < 128; value++) {
		ck_assert_int_eq(rig_begin(&rig, RIG_SHARED, value, rig_nothing, &pending), CDRPC_OK);
		cdrpc_reply_begin(&r, pending, pending->method, &rig.reply);
		text = cdrpc_read_string(&r, 6000);
		for (i = 0; i < MANY; i++)
			got[i] = cdrpc_read_blob(&r, 100000);
		ck_assert_msg(cdrpc_reply_good(&r), "%u", value);
		wrong += strlen(text) != (value & 32 ? 6000 : 10);
		for (i = 0; i < MANY; i++) {
			wrong += !rig_data_equal(got[i], many[i]);
			rig_data_free(many[i]);
		}
		ck_assert_int_eq(cdrpc_reply_end(&r), CDRPC_OK);
	}
	ck_assert_uint_eq(wrong, 0);
	rig_stopped();
}
END_TEST

/* Many, used by none, one or the last; by a call that succeeds or not. */
static cdrpc_status
reply_with_one_of_many(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	static const uint32_t lengths[] = { 10, 100000, 5000, 1000000, 2000000, 0 };
	void *buffers[6];
	uint32_t i;

	(void)r;
	(void)index;
	for (i = 0; i < 6; i++)
		ck_assert_int_eq(cdrpc_call_buffer(call, lengths[i], &buffers[i]), CDRPC_OK);
	if (value == 6)
		return 5;
	if (value == 7)
		return rig_reply(call, value, data);
	expected = fill(buffers[value], lengths[value]);
	return rig_reply(call, value, expected);
}

START_TEST(what_is_not_used_is_freed)
{
	struct cdrpc_bytes data = rig_data(100);
	struct rig_answer answer;
	uint32_t value, round;

	rig_connected();
	rig.handler = reply_with_one_of_many;
	for (round = 0; round < 4; round++) {
		for (value = 0; value < 6; value++)
			ck_assert_int_eq(rig_call(&rig, RIG_SHARED, value, data, &answer), CDRPC_OK);
		ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 6, data, &answer), 5);
		ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 7, data, &answer), CDRPC_OK);
		ck_assert(rig_data_equal(answer.data, data));
	}
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* Others come in between, of which one is passed memory of it that was not given away; and there are others like it. */
START_TEST(a_buffer_waits_for_its_request)
{
	struct cdrpc_bytes data = rig_data(7000), given;
	struct cdrpc_buffer *others[20], *mine;
	struct rig_answer answer;
	const void *where;
	uint32_t i;

	rig_connected();
	rig.handler = NULL;
	given = made(200000);
	mine = handle;
	where = filled;
	for (i = 0; i < 20; i++) {
		made(i * 1000);
		others[i] = handle;
	}
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, data));
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 4, rig_nothing, NULL), 4);
	handle = NULL;
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, 7000, &handle), CDRPC_OK);
	fill(cdrpc_buffer_data(handle), 7000);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, (struct cdrpc_bytes){ cdrpc_buffer_data(handle), 7000 }, &answer), CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, data));
	ck_assert_ptr_eq(cdrpc_buffer_data(handle), filled);
	cdrpc_buffer_free(handle);
	for (i = 0; i < 20; i += 2)
		cdrpc_buffer_free(others[i]);
	expected = rig_data(200000);
	rig.handler = look;
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, given, &answer), CDRPC_OK);
	ck_assert(arrived_well && arrived == where);
	ck_assert_ptr_null(cdrpc_buffer_data(mine));
	for (i = 1; i < 20; i += 2)
		cdrpc_buffer_free(others[i]);
	ck_assert_ptr_null(rig.client->buffers);
	cdrpc_buffer_free(mine);
	cdrpc_buffer_free(NULL);
	rig_data_free(expected);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

static char log_line[512];

static void
note_line(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	(void)level;
	snprintf(log_line, sizeof log_line, "%s", line);
}

/* Nothing of it is sent, and the log says why. */
static void
check_refused(struct cdrpc_buffer *buffer, uint32_t size, const char *line)
{
	struct rig_answer answer;

	log_line[0] = '\0';
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, cdrpc_buffer_send(buffer, size), &answer), CDRPC_E_ARGUMENT);
	ck_assert_str_eq(log_line, line);
}

START_TEST(what_cannot_be_sent)
{
	struct rig_answer answer;
	struct cdrpc_bytes bytes;

	rig_prepared();
	rig.env.log = note_line;
	rig_started();
	rig.handler = look;
	expected = rig_data(5000);
	bytes = made(5000);
	ck_assert_int_eq(rig.runs, 0);
	check_refused(handle, 5001, "cdrpc_buffer_send, 5001 bytes: it is smaller");
	fake_enter(fake_thread(rig.client_thread));
	bytes = cdrpc_buffer_send(handle, 1);
	fake_enter(rig.client_thread);
	ck_assert_str_eq(log_line, "cdrpc_buffer_send, 1 bytes: by another thread than the client's");
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, bytes, &answer), CDRPC_E_ARGUMENT);
	/* That was all for nothing: it is still there. */
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, cdrpc_buffer_send(handle, 5000), &answer), CDRPC_OK);
	ck_assert(arrived_well);
	check_refused(handle, 0, "cdrpc_buffer_send, 0 bytes: it was sent");
	check_refused(handle, 5000, "cdrpc_buffer_send, 5000 bytes: it was sent");
	ck_assert_int_eq(rig.runs, 1);
	check_refused(NULL, 0, "");
	ck_assert_ptr_null(cdrpc_buffer_data(NULL));
	check_sent();
	rig_data_free(expected);
	rig_stopped();
}
END_TEST

/* In any state; by the client's thread or by another, which leaves it to that; after the client, when the memory is still there. */
START_TEST(freed_at_any_time)
{
	int state, thread, when;

	for (state = 0; state < 3; state++) {
		for (thread = 0; thread < 2; thread++) {
			for (when = 0; when < 2; when++) {
				struct rig_answer answer;
				struct cdrpc_bytes bytes;

				rig_connected();
				rig.handler = look;
				expected = rig_data(100000);
				ck_assert_int_eq(cdrpc_buffer_new(rig.client, 100000, &handle), CDRPC_OK);
				fill(cdrpc_buffer_data(handle), 100000);
				bytes = state > 0 ? cdrpc_buffer_send(handle, 100000) : rig_nothing;
				if (state > 1)
					ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, bytes, &answer), CDRPC_OK);
				if (when)
					rig_disconnect(&rig);
				if (when && state < 2)
					memset(cdrpc_buffer_data(handle), 7, 100000);
				fake_enter(thread ? fake_thread(rig.client_thread) : rig.client_thread);
				cdrpc_buffer_free(handle);
				fake_enter(rig.client_thread);
				rig_settle(&rig);
				if (!when)
					ck_assert_ptr_null(rig.client->buffers);
				rig_data_free(expected);
				rig_stopped();
			}
		}
	}
}
END_TEST

START_TEST(secrets_are_wiped)
{
	struct rig_answer answer;
	uint32_t i, left = 0;

	rig_connected();
	expected = rig_data(5000);
	ck_assert_int_eq(rig_call(&rig, RIG_SECRET, 1, made(5000), &answer), CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, expected));
	ck_assert_int_eq(rig.trace.request_route, CDRPC_ROUTE_MESSAGE);
	check_sent();
	for (i = 0; rig_resident && i < 5000; i++)
		left += ((const uint8_t *)filled)[i] != 0;
	ck_assert_uint_eq(left, 0);
	rig.handler = reply_with_buffer;
	ck_assert_int_eq(rig_call(&rig, RIG_SECRET, 5000, rig_nothing, &answer), CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, expected));
	ck_assert_int_eq(rig.trace.reply_route, CDRPC_ROUTE_MESSAGE);
	rig_data_free(expected);
	rig_stopped();
}
END_TEST

/* In sections made for them they are sent first. */
START_TEST(large_secrets_arrive)
{
	struct rig_answer answer = { 0 };

	rig_connected();
	expected = rig_data(2000000);
	ck_assert_int_eq(rig_call(&rig, RIG_SECRET, 1, made(2000000), &answer), CDRPC_OK);
	check_sent();
	ck_assert_int_eq(rig.trace.request_route, CDRPC_ROUTE_SECTION);
	ck_assert(rig_data_equal(answer.data, expected));
	rig.handler = reply_with_buffer;
	ck_assert_int_eq(rig_call(&rig, RIG_SECRET, 2000000, rig_nothing, &answer), CDRPC_OK);
	ck_assert_int_eq(rig.trace.reply_route, CDRPC_ROUTE_SECTION);
	ck_assert(rig_data_equal(answer.data, expected));
	rig_data_free(expected);
	rig_stopped();
}
END_TEST

/* The first attempt fails before anything is sent, and leaves the buffer as it was. */
static cdrpc_status
reply_again(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	void *buffer = NULL;

	(void)r;
	(void)index;
	(void)data;
	ck_assert_int_eq(cdrpc_call_buffer(call, 2000000, &buffer), CDRPC_OK);
	fake_faults()->random = true;
	first_status = rig_reply(call, value, fill(buffer, 2000000));
	fake_faults()->random = false;
	return rig_reply(call, value, (struct cdrpc_bytes){ buffer, 2000000 });
}

static bool
server_only(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

START_TEST(a_reply_that_failed_leaves_the_buffer)
{
	struct rig_answer answer = { 0 };

	rig_prepared();
	/* The server pushes. */
	rig.client_hooks.may_duplicate = server_only;
	rig_started();
	rig.handler = reply_again;
	expected = rig_data(2000000);
	first_status = CDRPC_OK;
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, rig_nothing, &answer), CDRPC_OK);
	ck_assert_int_ne(first_status, CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, expected));
	ck_assert((answer.data.data == filled) == !rig_resident);
	rig_data_free(expected);
	rig_stopped();
}
END_TEST

static cdrpc_status
reply_unpushed(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	void *buffer = NULL;
	cdrpc_status status;

	(void)r;
	(void)index;
	(void)data;
	ck_assert_int_eq(cdrpc_call_buffer(call, 2000000, &buffer), CDRPC_OK);
	fake_faults()->duplicate = true;
	status = rig_reply(call, value, fill(buffer, 2000000));
	fake_faults()->duplicate = false;
	return status;
}

/* The section cannot be put into the client. Its contents arrive all the same. */
START_TEST(a_section_that_cannot_be_pushed)
{
	struct rig_answer answer = { 0 };

	rig_prepared();
	rig.client_hooks.may_duplicate = server_only;
	rig_started();
	rig.handler = reply_unpushed;
	expected = rig_data(2000000);
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, rig_nothing, &answer), CDRPC_OK);
	ck_assert_int_eq(rig.trace.reply_route, CDRPC_ROUTE_CHUNKS);
	ck_assert(rig_data_equal(answer.data, expected));
	rig_data_free(expected);
	rig_stopped();
}
END_TEST

/* A handle that cannot be passed on. */
START_TEST(a_request_that_failed_leaves_the_buffer)
{
	struct cdrpc_bytes data = rig_data(300000);
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_bytes bytes;
	struct rig_answer answer;
	struct cdrpc_writer w;

	rig_connected();
	bytes = made(100000);
	cdrpc_request_begin(&w, rig.client, &rig_interface, RIG_SHARED);
	cdrpc_write_u32(&w, 1);
	cdrpc_write_blob(&w, bytes, 100000);
	cdrpc_write_handle(&w, port_event(rig.client->endpoint->port), CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, false);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(cdrpc_request_send(&w, &pending), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, data));
	rig.handler = look;
	expected = rig_data(100000);
	ck_assert_ptr_eq(cdrpc_buffer_data(handle), bytes.data);
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, bytes, &answer), CDRPC_OK);
	ck_assert(arrived_well && arrived == bytes.data);
	check_sent();
	rig_data_free(expected);
	rig_data_free(data);
	rig_stopped();
}
END_TEST


START_TEST(another_thread_fills_and_answers)
{
	struct cdrpc_pending *pending = NULL;
	struct rig_answer answer = { 0 };
	void *buffer = NULL;

	rig_connected();
	rig.handler = rig_keep;
	ck_assert_int_eq(rig_begin(&rig, RIG_SHARED, 3, rig_nothing, &pending), CDRPC_OK);
	fake_run();
	fake_enter(fake_thread(rig.server_thread));
	ck_assert_int_eq(cdrpc_call_buffer(rig_kept, 100000, &buffer), CDRPC_OK);
	ck_assert_int_eq(rig_reply(rig_kept, 8, fill(buffer, 100000)), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_SHARED, pending, &answer), CDRPC_OK);
	ck_assert_ptr_eq(answer.data.data, buffer);
	expected = rig_data(100000);
	ck_assert(rig_data_equal(answer.data, expected));
	rig_data_free(expected);
	rig_stopped();
}
END_TEST

/* Its memory lives as long as the call, however the session has ended. */
START_TEST(filled_when_nobody_waits_any_more)
{
	struct cdrpc_pending *pending = NULL;
	void *buffer = NULL;

	rig_connected();
	rig.handler = rig_keep;
	ck_assert_int_eq(rig_begin(&rig, RIG_SHARED, 3, rig_nothing, &pending), CDRPC_OK);
	fake_run();
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_buffer(rig_kept, (uint32_t)_i, &buffer), CDRPC_OK);
	rig_disconnect(&rig);
	ck_assert_int_eq(rig_finish(&rig, RIG_SHARED, pending, NULL), CDRPC_E_CLOSED);
	fake_enter(rig.server_thread);
	fill(buffer, (uint32_t)_i);
	ck_assert_int_eq(cdrpc_call_buffer(rig_kept, 1, &buffer), CDRPC_E_CLOSED);
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, 4), CDRPC_E_CLOSED);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static cdrpc_status
ask_too_much(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	void *buffer = NULL;

	(void)r;
	(void)index;
	ck_assert_int_eq(cdrpc_call_buffer(call, 3000001, &buffer), CDRPC_E_TOO_LARGE);
	ck_assert_int_eq(cdrpc_call_buffer(call, 3000000, &buffer), CDRPC_OK);
	/* With the rest of the body it is over the limit. */
	ck_assert_int_eq(rig_reply(call, value, fill(buffer, 3000000)), CDRPC_E_TOO_LARGE);
	ck_assert_int_eq(rig_reply(call, value, data), CDRPC_OK);
	ck_assert_int_eq(cdrpc_call_buffer(call, 1, &buffer), CDRPC_E_STATE);
	ck_assert_ptr_eq(buffer, filled);
	return CDRPC_OK;
}

START_TEST(limits_and_misuse)
{
	struct cdrpc_bytes data = rig_data(9);
	struct cdrpc_buffer *none = NULL;
	struct cdrpc_bytes bytes;
	struct rig_answer answer;

	rig_prepared();
	rig.server_limits.body_max = 3000000;
	rig_started();
	rig.handler = ask_too_much;
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, data, &answer), CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, data));
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, 3000001, &none), CDRPC_E_TOO_LARGE);
	bytes = made(100000);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, 1, &none), CDRPC_E_WRONG_THREAD);
	cdrpc_server_free(rig.server);
	rig.server = NULL;
	fake_enter(rig.client_thread);
	fill(cdrpc_buffer_data(handle), 100000);
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, bytes, &answer), CDRPC_E_PEER_GONE);
	ck_assert_int_eq(cdrpc_buffer_new(rig.client, 1, &none), CDRPC_E_PEER_GONE);
	ck_assert_ptr_null(none);
	cdrpc_buffer_free(handle);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, a_reply_is_read_where_it_was_written);
	tcase_add_test(tcase, a_request_is_read_where_it_was_written);
	tcase_add_test(tcase, a_part_of_a_buffer);
	tcase_add_test(tcase, several_outputs_in_any_memory);
	tcase_add_test(tcase, what_is_not_used_is_freed);
	tcase_add_test(tcase, a_buffer_waits_for_its_request);
	tcase_add_test(tcase, what_cannot_be_sent);
	tcase_add_test(tcase, freed_at_any_time);
	tcase_add_test(tcase, secrets_are_wiped);
	tcase_add_test(tcase, large_secrets_arrive);
	tcase_add_test(tcase, a_reply_that_failed_leaves_the_buffer);
	tcase_add_test(tcase, a_section_that_cannot_be_pushed);
	tcase_add_test(tcase, a_request_that_failed_leaves_the_buffer);
	tcase_add_test(tcase, another_thread_fills_and_answers);
	tcase_add_loop_test(tcase, filled_when_nobody_waits_any_more, 1, 3);
	tcase_add_loop_test(tcase, filled_when_nobody_waits_any_more, 1000000, 1000001);
	tcase_add_test(tcase, limits_and_misuse);
}

int
main(void)
{
	return check_main(rig_suite("buffer", add));
}
