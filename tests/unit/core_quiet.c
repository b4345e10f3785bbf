/* What goes well, and what ends as it may end, is not worth a line, and a program that has a log pays nothing for it. */
#include <stdio.h>
#include <string.h>

#include "rig_check.h"

static char lines[2048];
static const struct cdrpc_bytes none = { NULL, 0 };

static void
keep_line(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	(void)level;
	snprintf(lines + strlen(lines), sizeof lines - strlen(lines), "%s\n", line);
}

static void
begin(bool logged)
{
	lines[0] = '\0';
	rig_prepared();
	if (logged)
		rig.env.log = keep_line;
	rig_started();
	rig_settle(&rig);
}

static void
end(void)
{
	rig_stopped();
	ck_assert_str_eq(lines, "");
}

static void
call_each(void)
{
	static const uint32_t indices[] = { RIG_ECHO, RIG_ECHO_INLINE, RIG_STATUS, RIG_STATUS_INLINE, RIG_NOTE, RIG_SECRET, RIG_SHARED };
	struct cdrpc_bytes data = { "0123456789", 10 };
	struct rig_answer answer;
	size_t i;

	for (i = 0; i < sizeof indices / sizeof *indices; i++)
		ck_assert_int_eq(rig_call(&rig, indices[i], 0, data, &answer), CDRPC_OK);
	cdrpc_reply_free(&rig.reply);
	rig_settle(&rig);
}

/* The allocations of warm calls, with a log and without one. */
START_TEST(calls_that_go_well)
{
	size_t before, i;

	begin(_i == 1);
	for (i = 0; i < 5; i++)
		call_each();
	before = rig.heap.allocations;
	for (i = 0; i < 20; i++)
		call_each();
	ck_assert_uint_eq(rig.heap.allocations, before);
	end();
}
END_TEST

static void
hear(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	(void)data;
}

START_TEST(events)
{
	begin(true);
	rig.heard = hear;
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_EVENT, 1, none), CDRPC_OK);
	ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_LATEST, 1, none), CDRPC_OK);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	end();
}
END_TEST

static enum fake_fate
drop_requests(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	return frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_REQUEST ? FAKE_DROP : FAKE_DELIVER;
}

START_TEST(a_deadline)
{
	begin(true);
	cdrpc_client_set_timeout(rig.client, 1000);
	fake_judge(drop_requests, NULL);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, none, NULL), CDRPC_E_TIMEOUT);
	fake_judge(NULL, NULL);
	rig_settle(&rig);
	end();
}
END_TEST

/* One that was kept is cancelled, and answered by whoever keeps it. */
START_TEST(a_call_that_is_cancelled)
{
	struct cdrpc_pending *pending;

	begin(true);
	rig.handler = rig_keep;
	pending = rig_begun(RIG_STATUS, 0);
	rig_settle(&rig);
	cdrpc_pending_cancel(pending);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_CANCELLED);
	rig_settle(&rig);
	fake_enter(rig.server_thread);
	ck_assert(cdrpc_call_is_cancelled(rig_kept));
	cdrpc_call_complete(rig_kept, CDRPC_OK);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	end();
}
END_TEST

static void
keep_a_call(struct cdrpc_pending **ret_pending)
{
	rig.handler = rig_keep;
	*ret_pending = rig_begun(RIG_STATUS, 0);
	rig_settle(&rig);
}

/* It has calls to answer, and takes no new ones. */
START_TEST(a_server_that_is_being_stopped)
{
	struct cdrpc_pending *pending;

	begin(true);
	keep_a_call(&pending);
	cdrpc_server_stop(rig.server);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, none, NULL), CDRPC_E_STOPPING);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, CDRPC_OK), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_OK);
	rig_settle(&rig);
	end();
}
END_TEST

START_TEST(a_server_that_is_stopped)
{
	struct rig_answer answer;

	begin(true);
	cdrpc_server_stop(rig.server);
	rig_settle(&rig);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 0, none, &answer), CDRPC_E_PEER_GONE);
	end();
}
END_TEST

static enum fake_fate
drop_closes(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	return frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_CLOSE ? FAKE_DROP : FAKE_DELIVER;
}

/* The server has ended the session, and what tells the client so is still on its way when the client speaks. */
START_TEST(a_session_that_both_end)
{
	struct cdrpc_pending *pending;

	begin(true);
	keep_a_call(&pending);
	fake_judge(drop_closes, NULL);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_peer_disconnect(cdrpc_call_peer(rig_kept)), CDRPC_OK);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	fake_judge(NULL, NULL);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 0, none, NULL), CDRPC_E_NO_SESSION);
	cdrpc_pending_cancel(pending);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_CANCELLED);
	rig_settle(&rig);
	rig_disconnect(&rig);
	/* The request, its cancel and the CLOSE. */
	ck_assert_uint_eq(rig_stats(&rig).refused_frames, 3);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, CDRPC_OK), CDRPC_E_CLOSED);
	fake_enter(rig.client_thread);
	end();
}
END_TEST

/* The same of a client that goes while its endpoint stays, and of what is on its way to that. */
START_TEST(a_client_that_goes_unheard)
{
	struct cdrpc_pending *pending;

	lines[0] = '\0';
	rig_prepared();
	rig.env.log = keep_line;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	keep_a_call(&pending);
	cdrpc_pending_cancel(pending);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_CANCELLED);
	fake_judge(drop_closes, NULL);
	rig_disconnect(&rig);
	fake_judge(NULL, NULL);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_call_complete(rig_kept, CDRPC_OK), CDRPC_OK);
	cdrpc_server_stop(rig.server);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	end();
}
END_TEST

START_TEST(a_server_that_dies)
{
	struct rig_answer answer;

	begin(true);
	fake_kill(rig.server_thread);
	rig_settle(&rig);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 0, none, &answer), CDRPC_E_PEER_DIED);
	end();
}
END_TEST

START_TEST(a_server_that_is_not_there)
{
	struct cdrpc_client *client = NULL;

	begin(true);
	ck_assert_int_eq(cdrpc_client_connect("nobody.far.away", &rig.client_options, &client), CDRPC_E_NOT_FOUND);
	end();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, calls_that_go_well, 0, 2);
	tcase_add_test(tcase, events);
	tcase_add_test(tcase, a_deadline);
	tcase_add_test(tcase, a_call_that_is_cancelled);
	tcase_add_test(tcase, a_server_that_is_being_stopped);
	tcase_add_test(tcase, a_server_that_is_stopped);
	tcase_add_test(tcase, a_session_that_both_end);
	tcase_add_test(tcase, a_client_that_goes_unheard);
	tcase_add_test(tcase, a_server_that_dies);
	tcase_add_test(tcase, a_server_that_is_not_there);
}

int
main(void)
{
	return check_main(rig_suite("quiet", add));
}
