/* What other threads have a server's or a client's thread run: once each, in their order, or CLOSED when that is freed. */
#include <string.h>

#include "rig_check.h"
#include "session/client.h"

enum { MANY = 64 };             /* what queue_max is, unless it is set */

static struct told {
	uint32_t what;
	cdrpc_status status;
	uint32_t thread;
} told[4 * MANY];
static uint32_t count;
static uint32_t other;          /* another thread of the server's process, and then of the client's */
static uint32_t nesting;        /* the most messages that were under way around one that ran OK */

static void
tell(void *arg, cdrpc_status status)
{
	struct thread_state *state = thread_state_take();

	if (status == CDRPC_OK && state->nesting > nesting)
		nesting = state->nesting;
	thread_state_drop(state);
	told[count++] = (struct told){ (uint32_t)(uintptr_t)arg, status, thread_own_id() };
}

static void *
number(uint32_t n)
{
	return (void *)(uintptr_t)n;
}

static void
begin(void)
{
	count = nesting = 0;
	rig_connected();
	other = fake_thread(rig.server_thread);
}

/* 'first' and those after it, all with that status on that thread, and nothing else. */
static void
check_told(uint32_t first, uint32_t how_many, cdrpc_status status, uint32_t thread)
{
	uint32_t i;

	ck_assert_uint_eq(count, how_many);
	for (i = 0; i < how_many; i++) {
		ck_assert_uint_eq(told[i].what, first + i);
		ck_assert_int_eq(told[i].status, status);
		ck_assert_uint_eq(told[i].thread, thread);
	}
	ck_assert_uint_eq(nesting, 0);
	count = 0;
}

static void
post(uint32_t thread, uint32_t first, uint32_t how_many, cdrpc_status expected)
{
	uint32_t i;

	fake_enter(thread);
	for (i = 0; i < how_many; i++)
		ck_assert_int_eq(cdrpc_server_post(rig.server, tell, number(first + i)), expected);
	fake_enter(rig.idle_thread);
}

START_TEST(runs_on_the_servers_thread)
{
	begin();
	post(other, 1, 3, CDRPC_OK);
	ck_assert_uint_eq(count, 0);
	fake_run();
	check_told(1, 3, CDRPC_OK, rig.server_thread);
	post(rig.server_thread, 7, 2, CDRPC_OK);
	fake_run();
	check_told(7, 2, CDRPC_OK, rig.server_thread);
	rig_stopped();
}
END_TEST

START_TEST(runs_on_the_clients_thread)
{
	uint32_t i;

	begin();
	fake_enter(fake_thread(rig.client_thread));
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(cdrpc_client_post(rig.client, tell, number(i)), CDRPC_OK);
	fake_enter(rig.idle_thread);
	ck_assert_uint_eq(count, 0);
	fake_run();
	check_told(0, 3, CDRPC_OK, rig.client_thread);
	rig_stopped();
}
END_TEST

/* A call's wait dispatches nothing that is posted. */
START_TEST(does_not_run_in_a_wait)
{
	begin();
	fake_enter(rig.client_thread);
	ck_assert_int_eq(cdrpc_client_post(rig.client, tell, number(1)), CDRPC_OK);
	ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 5, rig_nothing, NULL), 5);
	ck_assert_uint_eq(count, 0);
	fake_enter(rig.idle_thread);
	fake_run();
	check_told(1, 1, CDRPC_OK, rig.client_thread);
	rig_stopped();
}
END_TEST

START_TEST(at_most_queue_max)
{
	begin();
	post(other, 0, MANY, CDRPC_OK);
	post(other, 1000, 1, CDRPC_E_BUSY);
	fake_run();
	check_told(0, MANY, CDRPC_OK, rig.server_thread);
	post(other, 5, 1, CDRPC_OK);
	fake_run();
	check_told(5, 1, CDRPC_OK, rig.server_thread);
	rig_stopped();
}
END_TEST

START_TEST(without_a_function)
{
	begin();
	ck_assert_int_eq(cdrpc_server_post(rig.server, NULL, NULL), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(cdrpc_client_post(rig.client, NULL, NULL), CDRPC_E_ARGUMENT);
	rig_stopped();
}
END_TEST

START_TEST(without_memory)
{
	begin();
	rig.heap.exhausted = true;
	post(other, 1, 1, CDRPC_E_NOMEM);
	ck_assert_int_eq(cdrpc_client_post(rig.client, tell, NULL), CDRPC_E_NOMEM);
	rig.heap.exhausted = false;
	fake_run();
	check_told(0, 0, CDRPC_OK, 0);
	rig_stopped();
}
END_TEST

START_TEST(to_a_server_that_is_not_started)
{
	struct cdrpc_server *server = NULL;

	begin();
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_make(&rig, NULL, &rig.server_options, NULL, &server), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_post(server, tell, NULL), CDRPC_E_STATE);
	cdrpc_server_free(server);
	check_told(0, 0, CDRPC_OK, 0);
	rig_stopped();
}
END_TEST

/* Still with a message loop. */
START_TEST(after_stop)
{
	begin();
	cdrpc_server_stop(rig.server);
	fake_run();
	post(other, 1, 1, CDRPC_OK);
	fake_run();
	check_told(1, 1, CDRPC_OK, rig.server_thread);
	rig_stopped();
}
END_TEST

/* Inside of the free on its own thread; else by the server's thread, after that has looked; or by whoever frees, if that has ended. */
START_TEST(closed_by_the_servers_free)
{
	begin();
	post(other, 1, 3, CDRPC_OK);
	if (_i == 2)
		fake_end_thread(rig.server_thread);
	fake_enter(_i == 0 ? rig.server_thread : other);
	cdrpc_server_free(rig.server);
	rig.server = NULL;
	if (_i == 1) {
		ck_assert_uint_eq(count, 0);
		fake_enter(rig.idle_thread);
		fake_run();
	}
	check_told(1, 3, CDRPC_E_CLOSED, _i == 2 ? other : rig.server_thread);
	rig_stopped();
}
END_TEST

START_TEST(closed_by_the_clients_free)
{
	uint32_t i;

	begin();
	other = fake_thread(rig.client_thread);
	fake_enter(other);
	for (i = 1; i <= 3; i++)
		ck_assert_int_eq(cdrpc_client_post(rig.client, tell, number(i)), CDRPC_OK);
	if (_i == 2)
		fake_end_thread(rig.client_thread);
	fake_enter(_i == 0 ? rig.client_thread : other);
	cdrpc_client_free(rig.client);
	if (_i == 1)
		ck_assert_int_eq(cdrpc_client_post(rig.client, tell, NULL), CDRPC_E_CLOSED);
	rig.client = NULL;
	if (_i == 1) {
		ck_assert_uint_eq(count, 0);
		fake_enter(rig.idle_thread);
		fake_run();
	}
	check_told(1, 3, CDRPC_E_CLOSED, _i == 2 ? other : rig.client_thread);
	rig_stopped();
}
END_TEST

/* Posted to a client that works through a server: that goes on, with what is its. */
START_TEST(closed_by_one_of_two)
{
	struct cdrpc_client *client = NULL;
	struct cdrpc_client_options options = { 0 };

	count = nesting = 0;
	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_serve_back(&rig, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	fake_enter(rig.client_thread);
	options.env = &rig.env;
	options.server = rig.back;
	ck_assert_int_eq(cdrpc_client_connect(RIG_SERVICE, &options, &client), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_post(rig.back, tell, number(3)), CDRPC_OK);
	ck_assert_int_eq(cdrpc_client_post(client, tell, number(1)), CDRPC_OK);
	ck_assert_int_eq(cdrpc_client_post(rig.client, tell, number(4)), CDRPC_OK);
	ck_assert_int_eq(cdrpc_client_post(client, tell, number(2)), CDRPC_OK);
	cdrpc_client_free(client);
	check_told(1, 2, CDRPC_E_CLOSED, rig.client_thread);
	ck_assert_int_eq(cdrpc_server_post(rig.back, tell, number(5)), CDRPC_OK);
	fake_enter(rig.idle_thread);
	fake_run();
	check_told(3, 3, CDRPC_OK, rig.client_thread);
	rig_stopped();
}
END_TEST

/* ---- what runs does things itself ---- */

static void
post_again(void *arg, cdrpc_status status)
{
	tell(arg, status);
	if (told[count - 1].what < 4)
		ck_assert_int_eq(cdrpc_server_post(rig.server, post_again, number(told[count - 1].what + 2)), status);
}

START_TEST(posts)
{
	begin();
	fake_enter(other);
	ck_assert_int_eq(cdrpc_server_post(rig.server, post_again, number(1)), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_post(rig.server, post_again, number(2)), CDRPC_OK);
	fake_enter(rig.idle_thread);
	fake_run();
	check_told(1, 5, CDRPC_OK, rig.server_thread);
	rig_stopped();
}
END_TEST

static void
post_until_served(void *arg, cdrpc_status status)
{
	tell(arg, status);
	if (rig.runs == 0 && count < MANY)
		ck_assert_int_eq(cdrpc_server_post(rig.server, post_until_served, arg), status);
}

/* One that posts itself again keeps nothing else from its turn. */
START_TEST(posts_itself)
{
	struct cdrpc_pending *pending;

	begin();
	pending = rig_begun(RIG_STATUS, 5);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_server_post(rig.server, post_until_served, number(1)), CDRPC_OK);
	fake_enter(rig.idle_thread);
	fake_run();
	ck_assert_uint_le(count, 2);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending, NULL), 5);
	rig_stopped();
}
END_TEST

/* It is told what it was told. */
START_TEST(posts_when_it_is_closed)
{
	begin();
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_server_post(rig.server, post_again, number(1)), CDRPC_OK);
	cdrpc_server_free(rig.server);
	rig.server = NULL;
	check_told(1, 1, CDRPC_E_CLOSED, rig.server_thread);
	rig_stopped();
}
END_TEST

static void
free_server(void *arg, cdrpc_status status)
{
	tell(arg, status);
	cdrpc_server_free(rig.server);
	rig.server = NULL;
}

START_TEST(frees_the_server)
{
	begin();
	fake_enter(other);
	ck_assert_int_eq(cdrpc_server_post(rig.server, free_server, number(1)), CDRPC_OK);
	fake_enter(rig.idle_thread);
	post(other, 2, 2, CDRPC_OK);
	fake_run();
	ck_assert_uint_eq(count, 3);
	ck_assert_int_eq(told[0].status, CDRPC_OK);
	told[0].status = CDRPC_E_CLOSED;
	check_told(1, 3, CDRPC_E_CLOSED, rig.server_thread);
	rig_stopped();
}
END_TEST

static void
free_client(void *arg, cdrpc_status status)
{
	tell(arg, status);
	fake_enter(other);
	cdrpc_client_free(rig.client);
	rig.client = NULL;
	fake_enter(rig.client_thread);
}

/* By another thread, while the first runs: the second is told so, whether the client's thread has looked or not. */
START_TEST(the_client_is_freed_meanwhile)
{
	begin();
	other = fake_thread(rig.client_thread);
	fake_enter(other);
	ck_assert_int_eq(cdrpc_client_post(rig.client, free_client, number(1)), CDRPC_OK);
	ck_assert_int_eq(cdrpc_client_post(rig.client, tell, number(2)), CDRPC_OK);
	fake_enter(rig.idle_thread);
	fake_run();
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(told[0].status, CDRPC_OK);
	told[0].status = CDRPC_E_CLOSED;
	check_told(1, 2, CDRPC_E_CLOSED, rig.client_thread);
	rig_stopped();
}
END_TEST

/* A message box, for instance. */
static void
run_loop(void *arg, cdrpc_status status)
{
	tell(arg, status);
	fake_enter(rig.idle_thread);
	fake_run();
	fake_enter(rig.server_thread);
	told[count++] = (struct told){ 9, status, thread_own_id() };
}

START_TEST(runs_a_loop)
{
	begin();
	fake_enter(other);
	ck_assert_int_eq(cdrpc_server_post(rig.server, run_loop, number(6)), CDRPC_OK);
	fake_enter(rig.idle_thread);
	post(other, 7, 2, CDRPC_OK);
	fake_run();
	check_told(6, 4, CDRPC_OK, rig.server_thread);
	rig_stopped();
}
END_TEST

static cdrpc_status
post_in_handler(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)index;
	(void)data;
	ck_assert_int_eq(cdrpc_server_post(r->server, tell, number(value)), CDRPC_OK);
	ck_assert_uint_eq(count, 0);
	return rig_reply(call, value, data);
}

/* From inside of a sent message, for [inline] ones: after it. */
START_TEST(posted_by_a_handler)
{
	struct rig_answer answer = { 0 };

	begin();
	rig.handler = post_in_handler;
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_call(&rig, _i ? RIG_ECHO_INLINE : RIG_ECHO, 9, rig_nothing, &answer), CDRPC_OK);
	fake_enter(rig.idle_thread);
	fake_run();
	check_told(9, 1, CDRPC_OK, rig.server_thread);
	rig_stopped();
}
END_TEST

/* ---- events that other threads emit ---- */

static uint32_t heard[2 * MANY];
static uint32_t heard_count;

static void
hear(struct rig *r, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	ck_assert_uint_eq(data.size, value % 3);
	heard[heard_count++] = value;
}

static struct cdrpc_peer *seen;
static bool to_one;            /* the events go to it alone */

static void
see(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	seen = peer;
}

static void
begin_to_listen(void)
{
	count = nesting = heard_count = 0;
	rig_prepared();
	rig.heard = hear;
	rig.server_options.session_opened = see;
	rig_started();
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, true), CDRPC_OK);
	rig_settle(&rig);
	other = fake_thread(rig.server_thread);
	fake_enter(other);
}

static cdrpc_status
emit_one(uint32_t value, uint32_t size)
{
	return rig_emit(rig.server, to_one ? seen : NULL, RIG_EVENT, value, (struct cdrpc_bytes){ "abc", size });
}

static void
check_heard(uint32_t first, uint32_t how_many)
{
	uint32_t i;

	ck_assert_uint_eq(heard_count, how_many);
	for (i = 0; i < how_many; i++)
		ck_assert_uint_eq(heard[i], first + i);
	heard_count = 0;
}

static void
tell_how_many(void *arg, cdrpc_status status)
{
	(void)arg;
	tell(number((uint32_t)rig_stats(&rig).events), status);
}

START_TEST(emitted_by_another_thread)
{
	uint32_t i;

	to_one = _i;
	begin_to_listen();
	for (i = 10; i < 15; i++) {
		ck_assert_int_eq(emit_one(i, i % 3), CDRPC_OK);
		ck_assert_int_eq(cdrpc_server_post(rig.server, tell_how_many, NULL), CDRPC_OK);
	}
	/* By the server's thread, and no other. */
	ck_assert_uint_eq(rig_stats(&rig).events, 0);
	fake_enter(rig.idle_thread);
	fake_run();
	check_heard(10, 5);
	/* In its turn among what is posted. */
	check_told(1, 5, CDRPC_OK, rig.server_thread);
	rig_stopped();
}
END_TEST

/* To the last one that came or to both, of whom the other has stopped listening when the second event has its turn. */
START_TEST(emitted_to_some)
{
	struct cdrpc_client *first;

	to_one = _i;
	begin_to_listen();
	first = rig.client;
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_listen(&rig, rig.client, true, false), CDRPC_OK);
	rig_settle(&rig);
	fake_enter(other);
	ck_assert_int_eq(emit_one(1, 1), CDRPC_OK);
	fake_enter(rig.idle_thread);
	fake_run();
	ck_assert_uint_eq(heard_count, _i ? 1 : 2);
	fake_enter(other);
	ck_assert_int_eq(emit_one(2, 2), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_int_eq(rig_listen(&rig, first, false, false), CDRPC_OK);
	fake_enter(rig.idle_thread);
	fake_run();
	ck_assert_uint_eq(heard_count, _i ? 2 : 3);
	ck_assert_uint_eq(rig_stats(&rig).events, heard_count);
	fake_enter(rig.client_thread);
	cdrpc_client_free(first);
	rig_stopped();
}
END_TEST

/* What keeps no bound is refused where it is written; what is over queue_max where it is posted, with nothing emitted. */
START_TEST(emitted_in_vain)
{
	struct cdrpc_bytes big = rig_data(100000);
	uint32_t i;

	to_one = _i;
	begin_to_listen();
	ck_assert_int_eq(rig_emit(rig.server, NULL, RIG_EVENT, 1, big), CDRPC_E_TOO_LARGE);
	rig_data_free(big);
	for (i = 0; i < MANY; i++)
		ck_assert_int_eq(emit_one(i, i % 3), CDRPC_OK);
	ck_assert_int_eq(emit_one(i, i % 3), CDRPC_E_BUSY);
	ck_assert_int_eq(cdrpc_server_post(rig.server, tell, number(1)), CDRPC_E_BUSY);
	fake_enter(rig.idle_thread);
	fake_run();
	check_heard(0, MANY);
	rig_stopped();
}
END_TEST

/* Each allocation fails once: nothing is heard that was refused, and nothing is left. */
START_TEST(emitted_without_memory)
{
	uint32_t at = 0;
	cdrpc_status status;

	to_one = _i;
	begin_to_listen();
	do {
		rig.heap.fail_at = ++at;
		status = emit_one(3, 0);
		ck_assert(status == CDRPC_OK || status == CDRPC_E_NOMEM);
	} while (status != CDRPC_OK);
	rig.heap.fail_at = 0;
	ck_assert_uint_eq(at, 4);
	fake_enter(rig.idle_thread);
	fake_run();
	check_heard(3, 1);
	rig_stopped();
}
END_TEST

/* It goes with the server, or to nobody: of a peer the session is held until then. */
START_TEST(emitted_before_the_end)
{
	to_one = _i & 1;
	begin_to_listen();
	ck_assert_int_eq(emit_one(3, 0), CDRPC_OK);
	if (_i & 2) {
		fake_enter(rig.client_thread);
		rig_disconnect(&rig);
	} else {
		fake_enter(rig.server_thread);
		cdrpc_server_free(rig.server);
		rig.server = NULL;
	}
	fake_enter(rig.idle_thread);
	fake_run();
	check_heard(0, 0);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, runs_on_the_servers_thread);
	tcase_add_test(tcase, runs_on_the_clients_thread);
	tcase_add_test(tcase, does_not_run_in_a_wait);
	tcase_add_test(tcase, at_most_queue_max);
	tcase_add_test(tcase, without_a_function);
	tcase_add_test(tcase, without_memory);
	tcase_add_test(tcase, to_a_server_that_is_not_started);
	tcase_add_test(tcase, after_stop);
	tcase_add_loop_test(tcase, closed_by_the_servers_free, 0, 3);
	tcase_add_loop_test(tcase, closed_by_the_clients_free, 0, 3);
	tcase_add_test(tcase, closed_by_one_of_two);
	tcase_add_test(tcase, posts);
	tcase_add_test(tcase, posts_itself);
	tcase_add_test(tcase, runs_a_loop);
	tcase_add_test(tcase, posts_when_it_is_closed);
	tcase_add_test(tcase, frees_the_server);
	tcase_add_test(tcase, the_client_is_freed_meanwhile);
	tcase_add_loop_test(tcase, posted_by_a_handler, 0, 2);
	tcase_add_loop_test(tcase, emitted_by_another_thread, 0, 2);
	tcase_add_loop_test(tcase, emitted_to_some, 0, 2);
	tcase_add_loop_test(tcase, emitted_in_vain, 0, 2);
	tcase_add_loop_test(tcase, emitted_without_memory, 0, 2);
	tcase_add_loop_test(tcase, emitted_before_the_end, 0, 4);
}

int
main(void)
{
	return check_main(rig_suite("post", add));
}
