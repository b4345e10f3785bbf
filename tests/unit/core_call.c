/* Calls on the fake transport: routes, statuses, what cannot be called. */
#include <stdio.h>
#include <string.h>

#include "rig_check.h"
#include "service/server.h"

/* A body is a u32 and a blob's u32 size: 8 bytes, to which the blob is added. */
#define BODY_FIXED 8
#define INLINE_MAX 65536
#define RESIDENT_FROM 4096
#define RESIDENT_MAX (1 << 20)

static enum cdrpc_route
route_of(uint64_t size, uint64_t inline_max, uint64_t resident_from)
{
	if (rig_resident && size >= resident_from && size < RESIDENT_MAX / 2)
		return CDRPC_ROUTE_RESIDENT;
	return size > inline_max ? CDRPC_ROUTE_SECTION : CDRPC_ROUTE_MESSAGE;
}

static void
check_trace(const char *name, enum cdrpc_route request, enum cdrpc_route reply, uint64_t request_bytes,
	    uint64_t reply_bytes, cdrpc_status status)
{
	ck_assert_str_eq(rig.trace.interface_name, "rig.Rig");
	ck_assert_str_eq(rig.trace.method_name, name);
	ck_assert_str_eq(cdrpc_route_name(rig.trace.request_route), cdrpc_route_name(request));
	ck_assert_str_eq(cdrpc_route_name(rig.trace.reply_route), cdrpc_route_name(reply));
	ck_assert_uint_eq(rig.trace.request_bytes, request_bytes);
	ck_assert_uint_eq(rig.trace.reply_bytes, reply_bytes);
	ck_assert_int_eq(rig.trace.status, status);
	ck_assert_uint_gt(rig.trace.txn, 0);
}

static uint64_t
body_bytes(uint32_t blob)
{
	return BODY_FIXED + ((uint64_t)blob + 7) / 8 * 8;
}

static void
check_echo(uint32_t index, const char *name, uint32_t size, uint32_t inline_max)
{
	/* Secrets do not go where memory is used again. */
	uint64_t none = index == RIG_SECRET ? UINT64_MAX : 0;
	enum cdrpc_route request = route_of(body_bytes(size), inline_max, none ? none : RESIDENT_FROM);
	enum cdrpc_route reply = route_of(body_bytes(size), inline_max, none);
	struct cdrpc_bytes data = rig_data(size);
	struct rig_answer answer = { 0 };

	ck_assert_int_eq(rig_call(&rig, index, size ^ 0x5A5A, data, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, size ^ 0x5A5A);
	ck_assert(rig_data_equal(answer.data, data));
	check_trace(name, request, reply, body_bytes(size), body_bytes(size), CDRPC_OK);
	rig_data_free(data);
}

static const uint32_t sizes[] = {
	0,
	1,
	20,
	RESIDENT_FROM - BODY_FIXED - 8,
	RESIDENT_FROM - BODY_FIXED,
	INLINE_MAX - BODY_FIXED - 8,
	INLINE_MAX - BODY_FIXED,
	INLINE_MAX - BODY_FIXED + 1,
	100000,
	20000000,
};

START_TEST(echoes_of_each_size)
{
	enum cdrpc_route reply = route_of(body_bytes(sizes[_i]), INLINE_MAX, 0);
	enum cdrpc_route secret = route_of(body_bytes(sizes[_i]), INLINE_MAX, UINT64_MAX);
	struct cdrpc_stats stats;

	rig_connected();
	check_echo(RIG_ECHO, "echo", sizes[_i], INLINE_MAX);
	check_echo(RIG_ECHO_INLINE, "echo_inline", sizes[_i], INLINE_MAX);
	check_echo(RIG_SECRET, "secret", sizes[_i], INLINE_MAX);
	stats = rig_stats(&rig);
	ck_assert_uint_eq(stats.calls, 3);
	ck_assert_uint_eq(stats.refused_frames, 0);
	ck_assert_uint_eq(stats.refused_calls, 0);
	ck_assert_uint_eq(stats.replies_by_value, 0);
	ck_assert_uint_eq(stats.replies_by_message,
			  2u * (reply == CDRPC_ROUTE_MESSAGE) + (secret == CDRPC_ROUTE_MESSAGE));
	ck_assert_uint_eq(stats.replies_by_section,
			  2u * (reply == CDRPC_ROUTE_SECTION) + (secret == CDRPC_ROUTE_SECTION));
	ck_assert_uint_eq(stats.sessions, 1);
	rig_stopped();
}
END_TEST

/* The sides' limits differ: the smaller one counts, in both directions. */
START_TEST(the_smaller_inline_limit_counts)
{
	rig_prepared();
	if (_i == 0)
		rig.server_limits.inline_max = 40000;
	else
		rig.client_limits.inline_max = 40000;
	rig_started();
	check_echo(RIG_SECRET, "secret", 40000 - BODY_FIXED, 40000);
	check_echo(RIG_SECRET, "secret", 40000 - BODY_FIXED + 1, 40000);
	rig_stopped();
}
END_TEST

static const struct {
	cdrpc_status given;
	cdrpc_status arrives;
} statuses[] = {
	{ CDRPC_OK, CDRPC_OK },
	{ 1, 1 },
	{ 65535, 65535 },
	{ 65536, CDRPC_E_HANDLER },
	{ CDRPC_E_BUSY, CDRPC_E_BUSY },
	{ CDRPC_E_NOT_IMPLEMENTED, CDRPC_E_NOT_IMPLEMENTED },
	{ CDRPC_E_PEER_DIED, CDRPC_E_HANDLER },
	{ CDRPC_E_TIMEOUT, CDRPC_E_HANDLER },
	{ CDRPC_E_ARGUMENT, CDRPC_E_HANDLER },
	{ -63, CDRPC_E_HANDLER },
	{ -82, CDRPC_E_HANDLER },
	{ CDRPC_KEPT, CDRPC_E_HANDLER },        /* without having kept it */
	{ INT32_MIN, CDRPC_E_HANDLER },
	{ INT32_MAX, CDRPC_E_HANDLER },
};

START_TEST(statuses_of_handlers)
{
	bool by_value = statuses[_i].arrives >= 0;

	rig_connected();
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, (uint32_t)statuses[_i].given, rig_nothing, NULL), statuses[_i].arrives);
	check_trace("status", CDRPC_ROUTE_MESSAGE, rig_small_reply(), BODY_FIXED, 0, statuses[_i].arrives);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS_INLINE, (uint32_t)statuses[_i].given, rig_nothing, NULL),
			 statuses[_i].arrives);
	check_trace("status_inline", CDRPC_ROUTE_MESSAGE,
		    by_value ? CDRPC_ROUTE_VALUE : rig_small_reply(), BODY_FIXED, 0, statuses[_i].arrives);
	ck_assert_uint_eq(rig_stats(&rig).replies_by_value, by_value ? 1 : 0);
	ck_assert_uint_eq(rig_stats(&rig).replies_by_message, rig_resident ? 0 : by_value ? 1 : 2);
	rig_stopped();
}
END_TEST

static cdrpc_status
return_value(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)call;
	(void)index;
	(void)data;
	return (cdrpc_status)value;
}

START_TEST(success_without_the_outputs)
{
	struct rig_answer answer = { 77, { "kept", 4 } };

	rig_connected();
	rig.handler = return_value;
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 0, rig_nothing, &answer), CDRPC_E_HANDLER);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO_INLINE, 0, rig_nothing, &answer), CDRPC_E_HANDLER);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 5, rig_nothing, &answer), 5);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO_INLINE, 5, rig_nothing, &answer), 5);
	/* Outputs are written on success only. */
	ck_assert_uint_eq(answer.value, 77);
	ck_assert_str_eq(answer.data.data, "kept");
	rig_stopped();
}
END_TEST

START_TEST(methods_that_cannot_be_called)
{
	struct cdrpc_bytes data = rig_data(20);
	uint32_t traces;
	struct rig_answer answer;

	rig_connected();
	ck_assert_int_eq(rig_call(&rig, RIG_ABSENT, 1, rig_nothing, &answer), CDRPC_E_NOT_IMPLEMENTED);
	ck_assert_int_eq(rig_call(&rig, RIG_SHORT, 1, data, &answer), CDRPC_E_BAD_REQUEST);
	check_trace("short", CDRPC_ROUTE_MESSAGE, CDRPC_ROUTE_VALUE, body_bytes(20), 0, CDRPC_E_BAD_REQUEST);
	ck_assert_int_eq(rig_call(&rig, RIG_EVENT, 1, rig_nothing, NULL), CDRPC_E_NO_METHOD);
	ck_assert_uint_eq(rig_stats(&rig).refused_calls, 2);
	ck_assert_uint_eq(rig.runs, 0);
	/* The session's version lacks it: rig_nothing is sent, and rig_nothing traced. */
	traces = rig.traces;
	ck_assert_int_eq(rig_call(&rig, RIG_LATER, 1, rig_nothing, NULL), CDRPC_E_VERSION);
	ck_assert_uint_eq(rig.traces, traces);
	ck_assert_uint_eq(rig_stats(&rig).refused_calls, 2);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

START_TEST(oneway_runs_after_it_returned)
{
	rig_connected();
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 1, rig_nothing, NULL), CDRPC_OK);
	ck_assert_uint_eq(rig.runs, 0);
	check_trace("note", CDRPC_ROUTE_MESSAGE, CDRPC_ROUTE_NONE, BODY_FIXED, 0, CDRPC_OK);
	fake_run();
	ck_assert_uint_eq(rig.runs, 1);
	ck_assert_uint_eq(rig_stats(&rig).replies_by_message, 0);
	/* It was acknowledged, so it runs although its client has gone. */
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 1, rig_nothing, NULL), CDRPC_OK);
	rig_disconnect(&rig);
	fake_run();
	ck_assert_uint_eq(rig.runs, 2);
	rig_stopped();
}
END_TEST

/* And although its deadline has passed in the queue, which ends other calls there. */
START_TEST(oneway_runs_late)
{
	struct cdrpc_pending *pending = NULL;

	rig_connected();
	cdrpc_client_set_timeout(rig.client, 1000);
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 1, rig_nothing, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 4, rig_nothing, &pending), CDRPC_OK);
	fake_advance_us(2000000);
	fake_run();
	ck_assert_uint_eq(rig.runs, 1);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_TIMEOUT);
	rig_stopped();
}
END_TEST

START_TEST(many_at_once_finished_in_any_order)
{
	struct cdrpc_pending *pendings[20] = { NULL };
	int i;

	rig_connected();
	for (i = 0; i < 20; i++)
		ck_assert_int_eq(rig_begin(&rig, i & 1 ? RIG_STATUS : RIG_STATUS_INLINE, (uint32_t)i, rig_nothing, &pendings[i]),
				 CDRPC_OK);
	for (i = 0; i < 20; i++)
		ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pendings[i * 7 % 20], NULL), i * 7 % 20);
	ck_assert_uint_eq(rig.traces, 20);
	rig_stopped();
}
END_TEST

/* Finished after their client was freed: one had ended before, one had not. Nobody is left to be told by a trace. */
START_TEST(finished_after_the_client_was_freed)
{
	struct cdrpc_pending *done = NULL, *waiting = NULL;

	rig_connected();
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS_INLINE, 3, rig_nothing, &done), CDRPC_OK);
	ck_assert_int_eq(rig_begin(&rig, RIG_STATUS, 4, rig_nothing, &waiting), CDRPC_OK);
	rig_disconnect(&rig);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, done, NULL), 3);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, waiting, NULL), CDRPC_E_CLOSED);
	ck_assert_uint_eq(rig.traces, 0);
	rig_stopped();
}
END_TEST

static char log_line[512];
static uint32_t lines;

static void
note_line(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	/* The rig frees its last reply after the client. */
	if (level == CDRPC_LOG_NOTE)
		return;
	ck_assert_int_eq(level, CDRPC_LOG_ERROR);
	snprintf(log_line, sizeof log_line, "%s", line);
	lines++;
}

/* The copy that a DLL would have, and the same with another interface's id. */
static cdrpc_status
answers_in_turn(struct rig *with, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	struct cdrpc_interface same = rig_interface, other = rig_interface;
	struct cdrpc_writer w;

	(void)with;
	other.id++;
	other.name = "rig.Other";
	cdrpc_answer_begin(&w, call, &rig_interface, RIG_SHARED);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(cdrpc_answer_send(&w), CDRPC_E_ARGUMENT);
	ck_assert_uint_eq(lines, 1);
	ck_assert_str_eq(log_line, "rig.Rig.echo: answered by the reply function of rig.Rig.shared, which is refused");
	cdrpc_answer_begin(&w, call, &other, index);
	ck_assert_int_eq(cdrpc_answer_send(&w), CDRPC_E_ARGUMENT);
	ck_assert_uint_eq(lines, 2);
	ck_assert_str_eq(log_line, "rig.Rig.echo: answered by the reply function of rig.Other.echo, which is refused");
	cdrpc_answer_begin(&w, call, &same, index);
	cdrpc_write_u32(&w, value + 1);
	cdrpc_write_blob(&w, data, data.size);
	return cdrpc_answer_send(&w);
}

/* Its outputs are not what the caller reads, or worse, are what it can read. The call can still be answered. */
START_TEST(answers_of_another_method_are_refused)
{
	struct rig_answer answer = { 0 };

	rig_prepared();
	rig.env.log = note_line;
	rig.handler = answers_in_turn;
	lines = 0;
	rig_started();
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 41, rig_nothing, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, 42);
	ck_assert_uint_eq(lines, 2);
	rig_stopped();
}
END_TEST

/* Of such code nothing is read, not even where its parts are. */
START_TEST(generated_code_of_another_version)
{
	const uint32_t versions[] = { 0, CDRPC_GENERATED_LEAST - 1, CDRPC_GENERATED + 1, UINT32_MAX };
	struct cdrpc_server *server = NULL;
	char line[200];
	int i;

	rig_prepared();
	rig.env.log = note_line;
	ck_assert_int_eq(server_new("other", &rig.server_options, NULL, &server), CDRPC_OK);
	for (i = 0; i < 4; i++) {
		snprintf(line, sizeof line, "generated code of version %u is not served: this library, %s, knows %u to %u",
			 (unsigned int)versions[i], cdrpc_version(), CDRPC_GENERATED_LEAST, CDRPC_GENERATED);
		ck_assert_int_eq(cdrpc_server_add_generated(server, versions[i], NULL, NULL, NULL, NULL), CDRPC_E_VERSION);
		ck_assert_str_eq(log_line, line);
	}
	cdrpc_server_free(server);
	rig_started();
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, generated_code_of_another_version);
	tcase_add_test(tcase, answers_of_another_method_are_refused);
	tcase_add_loop_test(tcase, echoes_of_each_size, 0, (int)(sizeof sizes / sizeof sizes[0]));
	tcase_add_loop_test(tcase, the_smaller_inline_limit_counts, 0, 2);
	tcase_add_loop_test(tcase, statuses_of_handlers, 0, (int)(sizeof statuses / sizeof statuses[0]));
	tcase_add_test(tcase, success_without_the_outputs);
	tcase_add_test(tcase, methods_that_cannot_be_called);
	tcase_add_test(tcase, oneway_runs_after_it_returned);
	tcase_add_test(tcase, oneway_runs_late);
	tcase_add_test(tcase, many_at_once_finished_in_any_order);
	tcase_add_test(tcase, finished_after_the_client_was_freed);
}

int
main(void)
{
	return check_main(rig_suite("call", add));
}
