/*
 * Who may duplicate handles decides how a body travels that is too large for a message. Both sides of a real session are told what
 * to believe of that, and their windows are watched: does a section's handle arrive as the receiver's own, or as the sender's?
 */
#include <stdlib.h>
#include <string.h>

#include "port.h"
#include "powers.h"
#include "window.h"
#include "wire/frame.h"

#define LARGE (3 << 20)

enum { WORD_FETCHED, WORD_PUSHED, WORD_RESIDENT };      /* frames that came to the server, by how their bodies did */

/* ---- watching a window ---- */

static struct {
	HWND window;
	WNDPROC previous;
	uint64_t fetched;
	uint64_t pushed;
	uint64_t resident;
} watch;

static LRESULT CALLBACK
watch_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	const COPYDATASTRUCT *data = (const COPYDATASTRUCT *)lparam;
	struct frame frame;

	if (message == WM_COPYDATA && data->dwData == COPYDATA_TAG &&
	    frame_decode(data->lpData, data->cbData, &frame) == CDRPC_OK) {
		watch.resident += frame.route == FRAME_ROUTE_RESIDENT;
		if (frame.route == FRAME_ROUTE_SECTION)
			*(frame.flags & FRAME_FLAG_PUSHED ? &watch.pushed : &watch.fetched) += 1;
	}
	return CallWindowProcW(watch.previous, window, message, wparam, lparam);
}

static bool
watch_begin(const wchar_t *class_name)
{
	memset(&watch, 0, sizeof watch);
	watch.window = window_of_class(class_name);
	if (watch.window)
		watch.previous = (WNDPROC)SetWindowLongPtrW(watch.window, GWLP_WNDPROC, (LONG_PTR)watch_procedure);
	return watch.previous != NULL;
}

/* ---- the server ---- */

static cdrpc_status
on_fetch(struct cdrpc_call *call, void *self, uint32_t size)
{
	struct cdrpc_bytes data = service_data(size);
	cdrpc_status status = echo_fetch_reply(call, data);

	(void)self;
	free((void *)(uintptr_t)data.data);
	return status;
}

static cdrpc_status
on_store(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return echo_store_reply(call, data.size);
}

static cdrpc_status
on_noted(struct cdrpc_call *call, void *self)
{
	struct proc *starter = self;

	starter->words[WORD_FETCHED] = watch.fetched;
	starter->words[WORD_PUSHED] = watch.pushed;
	starter->words[WORD_RESIDENT] = watch.resident;
	return echo_noted_reply(call, 0);
}

static const struct echo_handlers handlers = {
	.send = powers_on_send,
	.fetch = on_fetch,
	.store = on_store,
	.noted = on_noted,
};

static void
watch_server(void)
{
	proc_check(watch_begin(L"cdrpc.service.1"));
}

static int
run_powerful(struct proc *starter)
{
	return powers_serve(starter, true, &handlers, watch_server);
}

static int
run_powerless(struct proc *starter)
{
	return powers_serve(starter, false, &handlers, watch_server);
}

/* ---- the tests ---- */

static struct proc *helper;
static struct cdrpc_client *client;
static struct cdrpc_call_trace last;

static void
keep_trace(void *self, const struct cdrpc_call_trace *call)
{
	(void)self;
	last = *call;
}

/* Without arenas, unless they are wanted, so that every large body needs a section of its own. */
static void
begin(bool client_may, bool server_may, bool arenas)
{
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_client_options options = { .trace = keep_trace };

	if (!arenas)
		options.limits = &no_arenas;
	helper = powers_start(server_may);
	powers_connect(client_may, &options, &client);
	ck_assert(watch_begin(L"cdrpc.client.1"));
}

static void
check_sections(uint64_t fetched, uint64_t pushed)
{
	uint32_t value;

	ck_assert_int_eq(echo_noted(client, &value), CDRPC_OK);
	ck_assert_uint_eq(helper->words[WORD_FETCHED], fetched);
	ck_assert_uint_eq(helper->words[WORD_PUSHED], pushed);
}

/* What the receiver may fetch it fetches; only where it may not, the sender puts the handle into it. */
static const struct {
	bool client_may;
	bool server_may;
	bool request_pushed;
	bool reply_pushed;
} relations[] = {
	{ true, true, false, false },
	{ true, false, true, false },
	{ false, true, false, true },
};

START_TEST(large_bodies)
{
	struct cdrpc_bytes data = service_data(LARGE), same;
	struct cdrpc_reply reply = { 0 };
	struct leaks before, after;
	uint64_t i;

	begin(relations[_i].client_may, relations[_i].server_may, false);
	for (i = 1; i <= 20; i++) {
		ck_assert_int_eq(echo_send(client, data, &same, &reply), CDRPC_OK);
		ck_assert(service_data_equal(same, data));
		ck_assert_int_eq(last.request_route, CDRPC_ROUTE_SECTION);
		ck_assert_int_eq(last.reply_route, CDRPC_ROUTE_SECTION);
		check_sections(relations[_i].request_pushed ? 0 : i, relations[_i].request_pushed ? i : 0);
		ck_assert_uint_eq(watch.fetched, relations[_i].reply_pushed ? 0 : i);
		ck_assert_uint_eq(watch.pushed, relations[_i].reply_pushed ? i : 0);
		if (i == 5)
			ck_assert(leaks_count(helper->process, &before));
	}
	ck_assert(leaks_count(helper->process, &after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	cdrpc_reply_free(&reply);
	free((void *)(uintptr_t)data.data);
	powers_end(helper, client);
}
END_TEST

/* Arenas are agreed upon in every relation in which at least one side may. */
START_TEST(arenas)
{
	struct cdrpc_bytes data = service_data(100000), same;
	struct cdrpc_reply reply = { 0 };

	begin(relations[_i].client_may, relations[_i].server_may, true);
	ck_assert_int_eq(echo_send(client, data, &same, &reply), CDRPC_OK);
	ck_assert(service_data_equal(same, data));
	ck_assert_int_eq(last.request_route, CDRPC_ROUTE_RESIDENT);
	ck_assert_int_eq(last.reply_route, CDRPC_ROUTE_RESIDENT);
	check_sections(0, 0);
	ck_assert_uint_eq(helper->words[WORD_RESIDENT], 1);
	cdrpc_reply_free(&reply);
	free((void *)(uintptr_t)data.data);
	powers_end(helper, client);
}
END_TEST

/* Neither may: what fits into a message travels in one, arenas or not, and the rest in several. */
START_TEST(neither)
{
	struct cdrpc_bytes small = service_data(60000), large = service_data(LARGE), same;
	struct cdrpc_reply reply = { 0 };
	uint32_t size = 0;

	begin(false, false, _i != 0);
	ck_assert_int_eq(echo_send(client, small, &same, &reply), CDRPC_OK);
	ck_assert(service_data_equal(same, small));
	ck_assert_int_eq(last.request_route, CDRPC_ROUTE_MESSAGE);
	ck_assert_int_eq(last.reply_route, CDRPC_ROUTE_MESSAGE);
	ck_assert_int_eq(echo_store(client, large, &size), CDRPC_OK);
	ck_assert_uint_eq(size, LARGE);
	ck_assert_int_eq(last.request_route, CDRPC_ROUTE_CHUNKS);
	ck_assert_int_eq(echo_fetch(client, LARGE, &same, &reply), CDRPC_OK);
	ck_assert(service_data_equal(same, large));
	ck_assert_int_eq(last.reply_route, CDRPC_ROUTE_CHUNKS);
	check_sections(0, 0);
	cdrpc_reply_free(&reply);
	free((void *)(uintptr_t)small.data);
	free((void *)(uintptr_t)large.data);
	powers_end(helper, client);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("relations");
	TCase *tcase = tcase_create("relations");

	tcase_add_loop_test(tcase, large_bodies, 0, 3);
	tcase_add_loop_test(tcase, arenas, 0, 3);
	tcase_add_loop_test(tcase, neither, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "powerful", run_powerful }, { "powerless", run_powerless }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
