/* Bodies in pieces, between two processes of which neither may duplicate the other's handles. */
#include <stdlib.h>
#include <string.h>

#include "leaks.h"
#include "pass.h"
#include "service/server.h"
#include "session/client.h"

enum { INLINE_MAX = 65536, MOST = 20 << 20 };

static struct proc *server;
static struct cdrpc_client *client;
static struct cdrpc_call_trace trace;
static uint8_t *bytes;

static bool
denied(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

static void
keep_trace(void *self, const struct cdrpc_call_trace *call)
{
	(void)self;
	trace = *call;
}

static void
opened(void)
{
	static const struct endpoint_hooks hooks = { .may_duplicate = denied };
	struct cdrpc_client_options options = { .connect_timeout_ms = 30000, .call_timeout_ms = 30000, .trace = keep_trace };
	char name[CDRPC_NAME_MAX + 1];
	uint32_t i;

	bytes = malloc(MOST);
	ck_assert_ptr_nonnull(bytes);
	for (i = 0; i < MOST; i++)
		bytes[i] = (uint8_t)(i * 7 + i / 251);
	server = proc_start("pass-denied");
	proc_await(server);
	pass_name(name, GetCurrentProcessId());
	ck_assert_int_eq(client_connect(name, &options, &hooks, &client), CDRPC_OK);
}

static void
closed(void)
{
	ck_assert_int_eq(pass_quit(client), CDRPC_OK);
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(server), 0);
	free(bytes);
}

typedef cdrpc_status echo_function(struct cdrpc_client *to, struct cdrpc_bytes data, struct cdrpc_bytes *ret_same,
				   struct cdrpc_reply *reply);

static void
check_echo(echo_function *echo, uint32_t size)
{
	/* The data is padded to 8, and so are the 4 bytes that say how much there is. */
	enum cdrpc_route route = (size + 7) / 8 * 8 + 8 > INLINE_MAX ? CDRPC_ROUTE_CHUNKS : CDRPC_ROUTE_MESSAGE;
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes same;

	ck_assert_int_eq(echo(client, (struct cdrpc_bytes){ bytes, size }, &same, &reply), CDRPC_OK);
	ck_assert_uint_eq(same.size, size);
	ck_assert_int_eq(memcmp(same.data, bytes, size), 0);
	ck_assert_str_eq(cdrpc_route_name(trace.request_route), cdrpc_route_name(route));
	ck_assert_str_eq(cdrpc_route_name(trace.reply_route), cdrpc_route_name(route));
	cdrpc_reply_free(&reply);
}

START_TEST(bytes_there_and_back)
{
	static echo_function *const functions[] = { pass_echo, pass_echo_inline, pass_echo_secret };
	static const uint32_t sizes[] = { 100, INLINE_MAX - 8, INLINE_MAX - 7, INLINE_MAX, 131056, 131057, 1000000, MOST };
	size_t i;

	opened();
	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		check_echo(functions[_i], sizes[i]);
	closed();
}
END_TEST

START_TEST(numbers_there_and_back)
{
	enum { COUNT = 300000 };
	uint64_t *numbers, sum = 0;
	const uint64_t *doubled = NULL;
	struct cdrpc_reply reply = { 0 };
	uint32_t count = 0, i;

	opened();
	numbers = malloc(COUNT * sizeof *numbers);
	for (i = 0; i < COUNT; i++)
		numbers[i] = i;
	ck_assert_int_eq(pass_numbers(client, numbers, COUNT, &sum, &doubled, &count, &reply), CDRPC_OK);
	ck_assert_uint_eq(sum, (uint64_t)COUNT * (COUNT - 1) / 2);
	ck_assert_uint_eq(count, COUNT);
	for (i = 0; i < COUNT; i++)
		ck_assert_uint_eq(doubled[i], 2 * (uint64_t)i);
	ck_assert_int_eq(trace.request_route, CDRPC_ROUTE_CHUNKS);
	ck_assert_int_eq(trace.reply_route, CDRPC_ROUTE_CHUNKS);
	cdrpc_reply_free(&reply);
	free(numbers);
	closed();
}
END_TEST

/* Small calls go on beside it, and several bodies at once share the way. */
START_TEST(others_are_served_meanwhile)
{
	enum { AT_ONCE = 6 };
	struct cdrpc_pending *pending[AT_ONCE];
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes same;
	uint32_t size, i;

	opened();
	for (i = 0; i < AT_ONCE; i++) {
		size = 2000000 + i;
		ck_assert_int_eq(pass_echo_begin(client, (struct cdrpc_bytes){ bytes + i, size }, &pending[i]), CDRPC_OK);
	}
	check_echo(pass_echo, 50);
	for (i = AT_ONCE; i-- > 0;) {
		size = 2000000 + i;
		ck_assert_int_eq(pass_echo_finish(pending[i], &same, &reply), CDRPC_OK);
		ck_assert_uint_eq(same.size, size);
		ck_assert_int_eq(memcmp(same.data, bytes + i, size), 0);
	}
	cdrpc_reply_free(&reply);
	closed();
}
END_TEST

/* Many more than there may be at once are given up, before the server takes a message and in the middle. */
START_TEST(given_up_and_forgotten)
{
	struct cdrpc_reply reply = { 0 };
	struct leaks before, after;
	struct cdrpc_bytes same;
	cdrpc_status status;
	int i;

	opened();
	check_echo(pass_echo, 1000000);
	leaks_count(server->process, &before);
	for (i = 0; i < 40; i++) {
		cdrpc_client_set_timeout(client, (uint32_t)i % 10 + 1);
		status = pass_echo(client, (struct cdrpc_bytes){ bytes, MOST }, &same, &reply);
		ck_assert_msg(status == CDRPC_E_TIMEOUT || status == CDRPC_E_EXPIRED || status == CDRPC_E_HUNG, "%d", (int)status);
	}
	cdrpc_client_set_timeout(client, 0);
	check_echo(pass_echo, MOST);
	leaks_count(server->process, &after);
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	cdrpc_reply_free(&reply);
	closed();
}
END_TEST

/* The server takes no messages for a while in the middle: what is on its way waits. */
START_TEST(a_pause_in_the_middle)
{
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes same;
	cdrpc_status status;
	int i;

	opened();
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(pass_echo_begin(client, (struct cdrpc_bytes){ bytes, MOST }, &pending), CDRPC_OK);
		ck_assert_int_eq(pass_pause(client), CDRPC_OK);
		proc_await(server);
		/* For longer than one send waits. */
		cdrpc_client_set_timeout(client, 400);
		status = pass_use_kept(client);
		ck_assert_msg(status == CDRPC_E_TIMEOUT || status == CDRPC_E_HUNG, "%d", (int)status);
		cdrpc_client_set_timeout(client, 0);
		proc_signal(server);
		ck_assert_int_eq(pass_echo_finish(pending, &same, &reply), CDRPC_OK);
		ck_assert_uint_eq(same.size, MOST);
		ck_assert_int_eq(memcmp(same.data, bytes, MOST), 0);
	}
	cdrpc_reply_free(&reply);
	closed();
}
END_TEST

START_TEST(the_server_ends_in_the_middle)
{
	struct cdrpc_pending *pending = NULL;
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes same;

	opened();
	ck_assert_int_eq(pass_echo_begin(client, (struct cdrpc_bytes){ bytes, MOST }, &pending), CDRPC_OK);
	proc_kill(server);
	ck_assert_int_eq(pass_echo_finish(pending, &same, &reply), CDRPC_E_PEER_DIED);
	cdrpc_client_free(client);
	proc_finish(server);
	free(bytes);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("chunks");
	TCase *tcase = tcase_create("chunks");

	tcase_add_loop_test(tcase, bytes_there_and_back, 0, 3);
	tcase_add_test(tcase, numbers_there_and_back);
	tcase_add_test(tcase, others_are_served_meanwhile);
	tcase_add_test(tcase, given_up_and_forgotten);
	tcase_add_test(tcase, a_pause_in_the_middle);
	tcase_add_test(tcase, the_server_ends_in_the_middle);
	tcase_set_timeout(tcase, 0);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "pass-denied", pass_run_denied }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
