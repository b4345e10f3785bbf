/* The trace's lines: one for each frame, and whole. That they reach a file is looked at under Wine. */
#include <string.h>

#include "base/env.h"
#include "rig_check.h"
#include "session/trace.h"

static char text[1 << 16];
static size_t length;

static void
keep_line(void *self, const char *line, size_t size)
{
	ck_assert_ptr_eq(self, text);
	ck_assert_uint_lt(length + size, sizeof text);
	memcpy(text + length, line, size);
	length += size;
	text[length] = '\0';
}

static void
traced(void)
{
	rig_prepared();
	length = 0;
	text[0] = '\0';
	fake_trace(keep_line, text);
	rig_started();
}

static enum fake_fate
lose_requests(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	return frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_REQUEST ? FAKE_LOSE : FAKE_DELIVER;
}

START_TEST(a_question_about_handles_is_traced)
{
	struct cdrpc_bytes data = rig_data(3 << 20);

	traced();
	cdrpc_client_set_timeout(rig.client, 1000);
	fake_judge(lose_requests, NULL);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, 0, data, NULL), CDRPC_E_TIMEOUT);
	rig_settle(&rig);
	fake_judge(NULL, NULL);
	ck_assert_ptr_nonnull(strstr(text, "\"dir\":\"out\",\"type\":\"RELEASE\",\"txn\":2,\"method\":\"\",\"route\":\"message\","
					   "\"frame\":136,\"body\":0,\"status\":\"CDRPC_OK\""));
	rig_stopped();
	rig_data_free(data);
}
END_TEST

START_TEST(a_long_name_is_no_reason_to_be_silent)
{
	static char name[2000];
	const struct cdrpc_interface iface = { 1, name, 1, 0, 0, 0, 0, NULL, NULL };
	const struct cdrpc_method method = { "method", 1, 1, 0, 0, 0, 0, NULL };
	struct trace_line line = { .iface = &iface, .method = &method };
	struct endpoint endpoint = { 0 };

	rig_prepared();
	memset(name, 'n', sizeof name - 1);
	fake_trace(keep_line, text);
	env_init(&endpoint.env, NULL);
	endpoint.trace = trace_file_open(&endpoint.env);
	length = 0;
	trace_write(&endpoint, &line);
	ck_assert_uint_gt(length, sizeof name);
	ck_assert_int_eq(text[length - 1], '\n');
	ck_assert_ptr_nonnull(strstr(text, name));
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, a_question_about_handles_is_traced);
	tcase_add_test(tcase, a_long_name_is_no_reason_to_be_silent);
}

int
main(void)
{
	return check_main(rig_suite("trace", add));
}
