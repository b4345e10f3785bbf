/* Statuses of "What functions return" that neither a call that goes well nor a fault at some point of one brings: each has a cause here. */
#include <stdio.h>
#include <string.h>

#include "calls/pending.h"
#include "rig_check.h"
#include "session/client.h"

static const struct cdrpc_bytes no_data = { NULL, 5 };  /* and a size */

/* ---- servers ---- */

START_TEST(no_server_is_made)
{
	struct cdrpc_server *server = NULL;

	rig_prepared();
	ck_assert_int_eq(cdrpc_server_new("a name", &rig.server_options, &server), CDRPC_E_ARGUMENT);
	rig.server_options.threads = 65;
	ck_assert_int_eq(cdrpc_server_new("name", &rig.server_options, &server), CDRPC_E_ARGUMENT);
	rig_stopped();
}
END_TEST

START_TEST(an_interface_is_not_added)
{
	static struct cdrpc_interface many[CDRPC_INTERFACES_MAX + 1];
	struct cdrpc_server *server = NULL;
	cdrpc_status status = CDRPC_OK;
	uint32_t i;

	rig_prepared();
	ck_assert_int_eq(cdrpc_server_new("name", &rig.server_options, &server), CDRPC_OK);
	for (i = 0; i < CDRPC_INTERFACES_MAX + 1; i++)
		many[i] = (struct cdrpc_interface){ .id = i + 1, .name = "many", .version = 1 };
	rig.heap.fail_at = 1;
	for (i = 0; i < CDRPC_INTERFACES_MAX && (status == CDRPC_OK || status == CDRPC_E_NOMEM); i++) {
		status = cdrpc_server_add(server, &many[i], NULL, NULL, NULL);
		if (status == CDRPC_E_NOMEM)
			break;
	}
	ck_assert_int_eq(status, CDRPC_E_NOMEM);
	ck_assert_int_eq(cdrpc_server_add(server, &many[0], NULL, NULL, NULL), i == 0 ? CDRPC_OK : CDRPC_E_STATE);
	for (status = CDRPC_OK; status == CDRPC_OK || status == CDRPC_E_STATE; i++)
		status = cdrpc_server_add(server, &many[i], NULL, NULL, NULL);
	ck_assert_int_eq(status, CDRPC_E_TOO_LARGE);
	cdrpc_server_free(server);
	ck_assert_int_eq(rig_serve_too(&rig, NULL, &rig.server_options, &server), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_add(server, &many[0], NULL, NULL, NULL), CDRPC_E_STATE);
	cdrpc_server_free(server);
	rig_stopped();
}
END_TEST

/* What starting returns, of a server that is run without having been started. */
START_TEST(a_server_is_not_run)
{
	struct cdrpc_server_options exclusive;
	struct cdrpc_server *server = NULL;
	cdrpc_status status = CDRPC_E_NOMEM;
	uint32_t fail_at, nomem = 0;

	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	for (fail_at = 1; status == CDRPC_E_NOMEM; fail_at++) {
		ck_assert_int_eq(rig_make(&rig, "name", &rig.server_options, NULL, &server), CDRPC_OK);
		cdrpc_server_stop(server);
		rig.heap.fail_at = fail_at;
		status = cdrpc_server_run(server);
		nomem += status == CDRPC_E_NOMEM;
		rig.heap.fail_at = 0;
		cdrpc_server_free(server);
	}
	ck_assert_int_eq(status, CDRPC_OK);
	ck_assert_uint_gt(nomem, 0);
	exclusive = rig.server_options;
	exclusive.exclusive = true;
	ck_assert_int_eq(rig_make(&rig, RIG_SERVICE, &exclusive, NULL, &server), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_run(server), CDRPC_E_NAME_IN_USE);
	fake_faults()->random = true;
	ck_assert_int_eq(cdrpc_server_run(server), CDRPC_E_OS);
	fake_faults()->random = false;
	cdrpc_server_free(server);
	rig_stopped();
}
END_TEST

static struct cdrpc_server *claiming;
static cdrpc_status run_in_claim;

/* While others are asked, messages are handled, and one of them runs the server once more, or frees it. */
static void
run_or_free(void)
{
	fake_looks(NULL);
	if (run_in_claim == CDRPC_OK)
		cdrpc_server_free(claiming);
	else
		run_in_claim = cdrpc_server_run(claiming);
}

START_TEST(a_server_that_looks_for_others)
{
	struct cdrpc_server_options exclusive;

	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	exclusive = rig.server_options;
	exclusive.exclusive = true;
	ck_assert_int_eq(rig_make(&rig, RIG_SERVICE, &exclusive, NULL, &claiming), CDRPC_OK);
	run_in_claim = _i == 0 ? CDRPC_OK : CDRPC_KEPT;
	fake_looks(run_or_free);
	ck_assert_int_eq(cdrpc_server_run(claiming), _i == 0 ? CDRPC_E_CLOSED : CDRPC_E_NAME_IN_USE);
	ck_assert_int_eq(run_in_claim, _i == 0 ? CDRPC_OK : CDRPC_E_STATE);
	if (_i == 1)
		cdrpc_server_free(claiming);
	rig_stopped();
}
END_TEST

/* ---- connecting ---- */

/* Through a server that is not started, and one of another thread. */
START_TEST(a_client_does_not_connect)
{
	struct cdrpc_server *server = NULL;

	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_make(&rig, NULL, &rig.server_options, NULL, &server), CDRPC_OK);
	rig.client_options.server = server;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_STATE);
	cdrpc_server_free(server);
	rig.client_options.server = rig.server;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_WRONG_THREAD);
	rig_stopped();
}
END_TEST

/* What the client's side serves is told with OPEN. */
START_TEST(a_client_that_serves_too_much)
{
	static struct cdrpc_interface many[CDRPC_INTERFACES_MAX];
	struct cdrpc_server *server = NULL;
	uint32_t i;

	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	rig.server_limits.body_max = 1000;
	ck_assert_int_eq(cdrpc_server_new(NULL, &rig.server_options, &server), CDRPC_OK);
	for (i = 0; i < CDRPC_INTERFACES_MAX - 1; i++) {
		many[i] = (struct cdrpc_interface){ .id = i + 1, .name = "many", .version = 1 };
		ck_assert_int_eq(cdrpc_server_add(server, &many[i], NULL, NULL, NULL), CDRPC_OK);
	}
	ck_assert_int_eq(cdrpc_server_start(server), CDRPC_OK);
	rig.client_options.server = server;
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_TOO_LARGE);
	cdrpc_server_free(server);
	rig_stopped();
}
END_TEST

static cdrpc_status peer_said;

static void
call_back_too_late(void *self, struct cdrpc_peer *peer)
{
	struct cdrpc_client *client = NULL;

	(void)self;
	peer_said = cdrpc_peer_client(peer, NULL, &client);
}

static void
call_back_with_nonsense(void *self, struct cdrpc_peer *peer)
{
	struct cdrpc_client_options options = { .call_timeout_ms = 1 };
	struct cdrpc_client *client = NULL;

	(void)self;
	peer_said = cdrpc_peer_client_sized(peer, &options, NULL, 0, &client);
}

START_TEST(a_peer_is_not_called_back)
{
	rig_prepared();
	rig.server_options.session_opened = call_back_with_nonsense;
	rig.server_options.session_ended = call_back_too_late;
	rig_started();
	rig_settle(&rig);
	ck_assert_int_eq(peer_said, CDRPC_E_ARGUMENT);
	fake_kill(rig.client_thread);
	fake_enter(rig.server_thread);
	rig_settle(&rig);
	ck_assert_int_eq(peer_said, CDRPC_E_PEER_DIED);
	rig_stopped();
}
END_TEST

/* ---- calls ---- */

static void
nobody_is_told(void *self, struct cdrpc_pending *pending)
{
	(void)self;
	(void)pending;
	ck_abort();
}

START_TEST(a_client_that_was_freed)
{
	struct cdrpc_pending *pending;

	rig_connected();
	pending = rig_begun(RIG_STATUS, 0);
	rig_disconnect(&rig);
	ck_assert_int_eq(cdrpc_pending_notify(pending, nobody_is_told, NULL), CDRPC_E_CLOSED);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_CLOSED);
	rig_settle(&rig);
	rig_stopped();
}
END_TEST

static cdrpc_status
oneway(uint16_t since, struct cdrpc_bytes data)
{
	const struct cdrpc_method method = { "note", 5, since, CDRPC_METHOD_ONEWAY, 0, UINT32_MAX, 0, NULL };
	const struct cdrpc_interface iface = { RIG_INTERFACE, "rig.Rig", 2, 0, 0, 0, 1, &method, NULL };
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, rig.client, &iface, 0);
	do {
		cdrpc_write_u32(&w, 0);
		cdrpc_write_blob(&w, data, UINT32_MAX);
	} while (cdrpc_write_again(&w));
	return cdrpc_oneway_send(&w);
}

START_TEST(oneway_methods)
{
	struct cdrpc_bytes much = rig_data(200000);

	rig_prepared();
	rig.client_limits.body_max = 100000;
	rig_started();
	ck_assert_int_eq(oneway(1, rig_nothing), CDRPC_OK);
	ck_assert_int_eq(oneway(2, rig_nothing), CDRPC_E_VERSION);
	ck_assert_int_eq(oneway(1, no_data), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(oneway(1, much), CDRPC_E_TOO_LARGE);
	rig_data_free(much);
	rig_stopped();
}
END_TEST

static bool
may_not(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

/* Where nobody may duplicate, what is over a message goes in pieces; of two on their way at once one is too much. */
START_TEST(bodies_in_pieces)
{
	struct cdrpc_bytes big = rig_data(200000);
	struct cdrpc_pending *pending[2];
	struct rig_answer answer;
	struct cdrpc_call *kept;

	rig_prepared();
	rig.client_hooks.may_duplicate = rig.server_hooks.may_duplicate = may_not;
	rig.client_limits.chunked_max = rig.server_limits.chunked_max = 1;
	rig_started();
	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 1, big, &pending[0]), CDRPC_OK);
	ck_assert_int_eq(oneway(1, big), CDRPC_E_NOT_AVAILABLE);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending[0], &answer), CDRPC_OK);
	rig_settle(&rig);
	rig.handler = rig_keep;
	pending[0] = rig_begun(RIG_ECHO, 1);
	rig_settle(&rig);
	kept = rig_kept;
	pending[1] = rig_begun(RIG_ECHO, 2);
	rig_settle(&rig);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_reply(kept, 1, big), CDRPC_OK);
	ck_assert_int_eq(rig_reply(rig_kept, 2, big), CDRPC_E_NOT_AVAILABLE);
	cdrpc_call_complete(rig_kept, CDRPC_E_BUSY);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending[0], &answer), CDRPC_OK);
	ck_assert_int_lt(rig_finish(&rig, RIG_ECHO, pending[1], &answer), CDRPC_OK);
	rig_settle(&rig);
	rig_data_free(big);
	rig_stopped();
}
END_TEST

/* The client works through a server that is freed before it. */
START_TEST(a_session_that_this_side_has_ended)
{
	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	cdrpc_server_free(rig.back);
	rig.back = NULL;
	ck_assert_int_eq(oneway(1, rig_nothing), CDRPC_E_CLOSED);
	rig_stopped();
}
END_TEST

/* More than the client lets decoding take. */
START_TEST(a_reply_that_takes_too_much)
{
	struct cdrpc_pending *pending;
	struct cdrpc_reader r;

	rig_prepared();
	rig.client_limits.decode_max = 64;
	rig_started();
	pending = rig_begun(RIG_ECHO, 100);
	cdrpc_reply_begin(&r, pending, pending->method, &rig.reply);
	cdrpc_read_u32(&r);
	cdrpc_read_blob(&r, UINT32_MAX);
	ck_assert_ptr_null(cdrpc_read_alloc(&r, 1000, 8));
	ck_assert_int_eq(cdrpc_reply_end(&r), CDRPC_E_TOO_LARGE);
	rig_settle(&rig);
	rig_stopped();
}
END_TEST

static char told[600];

static void
keep_line(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	(void)level;
	snprintf(told + strlen(told), sizeof told - strlen(told), "%s\n", line);
}

static cdrpc_status
serve_greedily(struct cdrpc_call *call, const void *handlers, void *self)
{
	struct cdrpc_reader r;

	(void)handlers;
	(void)self;
	cdrpc_call_inputs(&r, call);
	cdrpc_read_u32(&r);
	cdrpc_read_alloc(&r, 1000, 8);
	return cdrpc_call_inputs_end(&r);
}

/* More than the server does, which its log tells. */
START_TEST(a_request_that_takes_too_much)
{
	static const struct cdrpc_method method = { "take", 1, 1, 0, 0, UINT32_MAX, 0, NULL };
	static const struct cdrpc_interface iface = { 77, "Greedy", 1, 0, 0, 0, 1, &method, NULL };
	static cdrpc_skeleton *const skeletons[] = { serve_greedily };
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_writer w;

	rig_prepared();
	told[0] = '\0';
	rig.env.log = keep_line;
	rig.server_limits.decode_max = 64;
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_make(&rig, RIG_SERVICE, &rig.server_options, NULL, &rig.server), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_add(rig.server, &iface, skeletons, NULL, NULL), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(rig.server), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	cdrpc_request_begin(&w, rig.client, &iface, 0);
	cdrpc_write_u32(&w, 1);
	ck_assert_int_eq(cdrpc_request_send(&w, &pending), CDRPC_OK);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), CDRPC_E_REMOTE_LIMIT);
	ck_assert_ptr_nonnull(strstr(told, "Greedy.take: request of process "));
	ck_assert_ptr_nonnull(strstr(told, " is refused: to decode it takes more than limits.decode_max, 64 bytes\n"));
	rig_stopped();
}
END_TEST

/* ---- events ---- */

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
	rig_prepared();
	rig.heard = hear;
	rig_started();
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_EVENT, 1, no_data), CDRPC_E_ARGUMENT);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* The list of what is listened to is over what a body may have. */
START_TEST(too_much_is_listened_to)
{
	static struct cdrpc_method methods[100];
	static struct cdrpc_event_entry entries[100];
	const struct cdrpc_interface iface = { RIG_INTERFACE, "rig.Rig", 2, 0, 0, 0, 100, methods, NULL };
	uint32_t i;

	rig_prepared();
	rig.client_limits.body_max = 100;
	rig_started();
	for (i = 0; i < 100; i++) {
		methods[i] = (struct cdrpc_method){ "event", (uint16_t)(i + 1), 1, CDRPC_METHOD_EVENT, 0, UINT32_MAX, 0, NULL };
		entries[i] = (struct cdrpc_event_entry){ .index = i, .wanted = true };
	}
	ck_assert_int_eq(cdrpc_client_listen(rig.client, &iface, entries, 100, &i, sizeof i, NULL), CDRPC_E_TOO_LARGE);
	rig_settle(&rig);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, no_server_is_made);
	tcase_add_test(tcase, an_interface_is_not_added);
	tcase_add_test(tcase, a_server_is_not_run);
	tcase_add_loop_test(tcase, a_server_that_looks_for_others, 0, 2);
	tcase_add_test(tcase, a_client_does_not_connect);
	tcase_add_test(tcase, a_client_that_serves_too_much);
	tcase_add_test(tcase, a_peer_is_not_called_back);
	tcase_add_test(tcase, a_client_that_was_freed);
	tcase_add_test(tcase, oneway_methods);
	tcase_add_test(tcase, bodies_in_pieces);
	tcase_add_test(tcase, a_session_that_this_side_has_ended);
	tcase_add_test(tcase, a_reply_that_takes_too_much);
	tcase_add_test(tcase, a_request_that_takes_too_much);
	tcase_add_test(tcase, events);
	tcase_add_test(tcase, too_much_is_listened_to);
}

int
main(void)
{
	return check_main(rig_suite("returned", add));
}
