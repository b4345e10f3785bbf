/* What is told of that the application has not given back when it frees a client or a server; and that nothing is told of what it has. */
#include <stdio.h>
#include <string.h>

#include "rig_check.h"

static char told[2048];

static void
keep_note(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	if (level == CDRPC_LOG_NOTE)
		snprintf(told + strlen(told), sizeof told - strlen(told), "%s\n", line);
}

static void
begin(void)
{
	rig_prepared();
	told[0] = '\0';
	rig.env.log = keep_note;
	rig.handler = rig_keep;
}

static void
free_server(void)
{
	fake_enter(rig.server_thread);
	cdrpc_server_free(rig.server);
	rig.server = NULL;
	fake_enter(rig.client_thread);
}

#define KEPT(count, name)                                                                                                      \
	"cdrpc_server_free: calls kept and not answered: " count ", the first of them rig.Rig." name ". Each leaks until it is answered\n"
#define REPLIES(function, count) function ": replies not given to cdrpc_reply_free(): " count ". Each leaks until it is\n"

/* Three are kept and the second is answered; their client is there (0), or has gone (1). */
START_TEST(kept_calls)
{
	struct cdrpc_pending *pending[3];
	struct cdrpc_call *kept[3];
	int i;

	begin();
	rig_started();
	for (i = 0; i < 3; i++) {
		pending[i] = rig_begun(i == 0 ? RIG_STATUS : RIG_ECHO, 1);
		rig_settle(&rig);
		kept[i] = rig_kept;
	}
	fake_enter(rig.server_thread);
	cdrpc_call_complete(kept[1], 1);
	fake_enter(rig.client_thread);
	rig_settle(&rig);
	if (_i == 1) {
		for (i = 0; i < 3; i++)
			rig_finish(&rig, i == 0 ? RIG_STATUS : RIG_ECHO, pending[i], NULL);
		rig_disconnect(&rig);
		rig_settle(&rig);
		ck_assert_str_eq(told, "");
	}
	free_server();
	ck_assert_str_eq(told, KEPT("2", "status"));
	told[0] = '\0';
	fake_enter(rig.server_thread);
	for (i = 0; i < 3; i += 2)
		ck_assert_int_eq(cdrpc_call_complete(kept[i], 1), _i == 1 ? CDRPC_E_STATE : CDRPC_E_CLOSED);
	fake_enter(rig.client_thread);
	if (_i == 0) {
		for (i = 0; i < 3; i++)
			rig_finish(&rig, i == 0 ? RIG_STATUS : RIG_ECHO, pending[i], NULL);
	}
	rig_stopped();
	ck_assert_str_eq(told, "");
}
END_TEST

/* Of a client's own (0), and of one that works through a server (1): the first does not know whose they are. */
START_TEST(replies)
{
	struct cdrpc_bytes data = rig_data(3000);
	struct rig_answer answer;

	begin();
	rig.handler = NULL;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	if (_i == 1)
		ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
	rig_disconnect(&rig);
	ck_assert_str_eq(told, _i == 0 ? REPLIES("cdrpc_client_free", "1") : "");
	cdrpc_server_free(rig.back);
	rig.back = NULL;
	ck_assert_str_eq(told, _i == 0 ? REPLIES("cdrpc_client_free", "1") : REPLIES("cdrpc_server_free", "1"));
	ck_assert(rig_data_equal(answer.data, data));
	cdrpc_reply_free(&rig.reply);
	cdrpc_reply_free(&rig.reply);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* One was sent, one was not, one has been freed. */
START_TEST(buffers)
{
	struct cdrpc_buffer *buffer[3];
	struct rig_answer answer;
	int i;

	begin();
	rig.handler = NULL;
	rig_started();
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(cdrpc_buffer_new(rig.client, 100, &buffer[i]), CDRPC_OK);
	memset(cdrpc_buffer_data(buffer[0]), 1, 100);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, cdrpc_buffer_send(buffer[0], 100), &answer), CDRPC_OK);
	cdrpc_reply_free(&rig.reply);
	cdrpc_buffer_free(buffer[2]);
	rig_disconnect(&rig);
	ck_assert_str_eq(told, "cdrpc_client_free: buffers not given to cdrpc_buffer_free(): 2. Each leaks until it is\n");
	for (i = 0; i < 2; i++)
		cdrpc_buffer_free(buffer[i]);
	rig_stopped();
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

/* Events that the client's thread has not been at its loop for (0), has (1); that it has let wait for once it had been there (2). */
START_TEST(events)
{
	struct cdrpc_bytes none = { NULL, 0 };
	int i;

	begin();
	rig.heard = hear;
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, false), CDRPC_OK);
	for (i = 0; i < (_i == 0 ? 1 : _i); i++) {
		fake_enter(rig.server_thread);
		ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_EVENT, 1, none), CDRPC_OK);
		fake_enter(rig.client_thread);
		if (_i > 0 && i == 0)
			rig_settle(&rig);
	}
	rig_disconnect(&rig);
	ck_assert_str_eq(told, _i == 0 && rig_resident ? "cdrpc_client_free: events of rig.Rig have come, and none has reached the client: "
							 "listeners run in the thread's message loop, and it has not been there since\n" : "");
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, kept_calls, 0, 2);
	tcase_add_loop_test(tcase, replies, 0, 2);
	tcase_add_test(tcase, buffers);
	tcase_add_loop_test(tcase, events, 0, 3);
}

int
main(void)
{
	return check_main(rig_suite("left", add));
}
