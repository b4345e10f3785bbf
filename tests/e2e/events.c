/* Events between two processes, in rings and by messages. */
#include <stdio.h>
#include <string.h>

#include "side.h"

#define RING_ENTRIES 256

struct listener {
	struct cdrpc_client *client;
	uint32_t ticks;
	uint32_t first;
	uint32_t last;
	uint32_t wrong;         /* not the next, or not of its size */
	uint32_t size;
	uint32_t progress;
	uint64_t at;
	uint32_t in_message;
	uint32_t lost;
	char lost_name[64];
};

static struct proc *helper;
static struct listener ours, other;
static bool messages;

static void
on_ticked(void *self, uint32_t n, struct cdrpc_bytes data)
{
	struct listener *listener = self;

	listener->in_message += side_in_message();
	if (listener->ticks == 0)
		listener->first = n;
	else
		listener->wrong += n <= listener->last || (!messages && n != listener->last + 1);
	listener->wrong += data.size != listener->size;
	listener->last = n;
	listener->ticks++;
}

static void
on_progressed(void *self, uint64_t at)
{
	struct listener *listener = self;

	listener->in_message += side_in_message();
	listener->at = at;
	listener->progress++;
}

static void
on_lost(void *self, const char *interface_name, const char *event_name)
{
	struct listener *listener = self;

	listener->in_message += side_in_message();
	listener->lost++;
	snprintf(listener->lost_name, sizeof listener->lost_name, "%s.%s", interface_name, event_name);
}

static const struct duplex_events both = { on_ticked, on_progressed };
static const struct duplex_events ticks_only = { .ticked = on_ticked };
static const struct duplex_events progress_only = { .progressed = on_progressed };

static void
connect(struct listener *listener)
{
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_client_options options = { .event_lost = on_lost, .event_lost_self = listener, .connect_timeout_ms = 20000,
						.call_timeout_ms = 20000 };
	char name[CDRPC_NAME_MAX + 1];

	memset(listener, 0, sizeof *listener);
	if (messages)
		options.limits = &no_arenas;
	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, &options, &listener->client), CDRPC_OK);
}

static void
begin(uint32_t clients)
{
	helper = proc_start("side");
	helper->words[SIDE_SESSIONS] = clients;
	helper->words[SIDE_MESSAGES] = messages;
	proc_signal(helper);
	proc_await(helper);
	connect(&ours);
}

static void
end(void)
{
	ck_assert_uint_eq(ours.in_message, 0);
	cdrpc_client_free(ours.client);
	ck_assert_int_eq(proc_finish(helper), 0);
}

/* All that was emitted before has come once this has. */
static void
flush(struct listener *listener, uint64_t mark)
{
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;

	ck_assert_int_eq(duplex_advance(listener->client, 1, mark), CDRPC_OK);
	while (listener->at != mark && GetTickCount64() < end)
		side_pump(&listener->progress, listener->progress + 1);
	ck_assert_uint_eq(listener->at, mark);
}

START_TEST(in_order)
{
	uint32_t round;

	begin(1);
	ours.size = 1000;
	ck_assert_int_eq(duplex_listen(ours.client, &both, &ours), CDRPC_OK);
	for (round = 0; round < 10; round++) {
		ck_assert_int_eq(duplex_tick(ours.client, round * 50, 50, 1000, round % 2), CDRPC_OK);
		/* Not in the call. */
		ck_assert_uint_eq(ours.ticks, round * 50);
		side_pump(&ours.ticks, round * 50 + 50);
	}
	flush(&ours, 99);
	ck_assert_uint_eq(ours.ticks, 500);
	ck_assert_uint_eq(ours.first, 0);
	ck_assert_uint_eq(ours.last, 499);
	ck_assert_uint_eq(ours.wrong, 0);
	ck_assert_uint_eq(ours.lost, 0);
	end();
}
END_TEST

START_TEST(all_who_listen)
{
	begin(2);
	connect(&other);
	ck_assert_int_eq(duplex_listen(ours.client, &both, &ours), CDRPC_OK);
	ck_assert_int_eq(duplex_listen(other.client, &both, &other), CDRPC_OK);
	ck_assert_int_eq(duplex_tick(ours.client, 0, 20, 0, false), CDRPC_OK);
	side_pump(&ours.ticks, 20);
	side_pump(&other.ticks, 20);
	/* To one alone. */
	ck_assert_int_eq(duplex_tick(other.client, 20, 5, 0, true), CDRPC_OK);
	side_pump(&other.ticks, 25);
	flush(&ours, 1);
	ck_assert_uint_eq(ours.ticks, 20);
	ck_assert_uint_eq(ours.wrong + other.wrong, 0);
	cdrpc_client_free(other.client);
	end();
}
END_TEST

START_TEST(no_longer)
{
	begin(1);
	ck_assert_int_eq(duplex_listen(ours.client, &both, &ours), CDRPC_OK);
	ck_assert_int_eq(duplex_tick(ours.client, 0, 3, 0, false), CDRPC_OK);
	flush(&ours, 1);
	ck_assert_int_eq(duplex_listen(ours.client, &progress_only, &ours), CDRPC_OK);
	ck_assert_int_eq(duplex_tick(ours.client, 3, 3, 0, false), CDRPC_OK);
	flush(&ours, 2);
	ck_assert_uint_eq(ours.ticks, 3);
	ck_assert_int_eq(duplex_listen(ours.client, NULL, NULL), CDRPC_OK);
	ck_assert_int_eq(duplex_tick(ours.client, 3, 3, 0, false), CDRPC_OK);
	ck_assert_int_eq(duplex_advance(ours.client, 3, 3), CDRPC_OK);
	ck_assert_int_eq(duplex_listen(ours.client, &ticks_only, &ours), CDRPC_OK);
	ck_assert_int_eq(duplex_tick(ours.client, 3, 1, 0, false), CDRPC_OK);
	side_pump(&ours.ticks, 4);
	ck_assert_uint_eq(ours.last, 3);
	ck_assert_uint_eq(ours.at, 2);
	end();
}
END_TEST

START_TEST(the_latest)
{
	uint32_t round;

	begin(1);
	ck_assert_int_eq(duplex_listen(ours.client, &both, &ours), CDRPC_OK);
	for (round = 1; round <= 5; round++) {
		ck_assert_int_eq(duplex_advance(ours.client, 200, round * 1000), CDRPC_OK);
		while (ours.at != round * 1000)
			side_pump(&ours.progress, ours.progress + 1);
	}
	/* By message, some are taken while others are emitted. */
	ck_assert_uint_ge(ours.progress, 5);
	ck_assert_uint_lt(ours.progress, messages ? 1000 : 6);
	ck_assert_uint_eq(ours.lost, 0);
	end();
}
END_TEST

/* While it is in a call, far more comes than there is room for. */
START_TEST(too_much)
{
	uint32_t sum;

	begin(1);
	ours.size = 10;
	ck_assert_int_eq(duplex_listen(ours.client, &both, &ours), CDRPC_OK);
	ck_assert_int_eq(duplex_tick(ours.client, 0, 3000, 10, false), CDRPC_OK);
	side_pump(&ours.lost, 1);
	flush(&ours, 7);
	if (messages)
		ck_assert_uint_ge(ours.ticks, RING_ENTRIES);
	else
		ck_assert_uint_eq(ours.ticks, RING_ENTRIES);
	ck_assert_uint_lt(ours.ticks, 3000);
	ck_assert_uint_eq(ours.wrong, 0);
	ck_assert_str_eq(ours.lost_name, "test.duplex.Duplex.ticked");
	ck_assert_int_eq(duplex_add(ours.client, 1, 2, &sum), CDRPC_OK);
	sum = ours.ticks;
	ck_assert_int_eq(duplex_tick(ours.client, 4000, 3, 10, false), CDRPC_OK);
	flush(&ours, 8);
	ck_assert_uint_eq(ours.ticks, sum);
	/* Whoever wants more asks again. */
	ours.ticks = 0;
	ck_assert_int_eq(duplex_listen(ours.client, &both, &ours), CDRPC_OK);
	ck_assert_int_eq(duplex_tick(ours.client, 5000, 3, 10, false), CDRPC_OK);
	flush(&ours, 9);
	ck_assert_uint_eq(ours.ticks, 3);
	ck_assert_uint_eq(ours.lost, 1);
	end();
}
END_TEST

START_TEST(nothing_is_left_behind)
{
	struct leaks before, after, own_before, own_after;
	uint32_t round;

	begin(13);
	for (round = 0; round < 12; round++) {
		connect(&other);
		ck_assert_int_eq(duplex_listen(other.client, &both, &other), CDRPC_OK);
		ck_assert_int_eq(duplex_tick(other.client, 0, round % 2 ? 400 : 20, 10, false), CDRPC_OK);
		ck_assert_int_eq(duplex_advance(other.client, 20, 5), CDRPC_OK);
		if (round % 3)
			side_pump(&other.ticks, 20);
		cdrpc_client_free(other.client);
		ck_assert_int_eq(duplex_add(ours.client, 1, 2, &(uint32_t){ 0 }), CDRPC_OK);
		if (round == 5) {
			ck_assert(leaks_count(helper->process, &before));
			ck_assert(leaks_count(GetCurrentProcess(), &own_before));
		}
	}
	ck_assert(leaks_count(helper->process, &after));
	ck_assert(leaks_count(GetCurrentProcess(), &own_after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	ck_assert_uint_eq(own_after.handles, own_before.handles);
	ck_assert_uint_eq(own_after.views, own_before.views);
	ck_assert_uint_le(after.private_bytes, before.private_bytes + (1 << 20));
	end();
}
END_TEST

/* ---- in a box that a message to the application's window opens in a call ---- */

enum { APP_BOX = WM_APP };

static struct {
	HWND window;
	HANDLE opened;
	uint32_t ticks_inside;
} box;

static void
on_ticked_in_box(void *self, uint32_t n, struct cdrpc_bytes data)
{
	struct listener *listener = self;

	(void)n;
	(void)data;
	listener->ticks++;
}

static const struct duplex_events in_box = { .ticked = on_ticked_in_box };

static LRESULT CALLBACK
application(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	if (message != APP_BOX)
		return DefWindowProcW(window, message, wparam, lparam);
	SetEvent(box.opened);
	/* The box is closed when it has heard the event. */
	side_pump(&ours.ticks, 1);
	box.ticks_inside = ours.ticks;
	return 0;
}

/* Another client of this process's: returns by which step it failed. */
static DWORD WINAPI
open_box(void *unused)
{
	struct cdrpc_client_options options = { .connect_timeout_ms = PROC_PATIENCE_MS, .call_timeout_ms = PROC_PATIENCE_MS };
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];
	DWORD failed = 0;
	int32_t status;

	(void)unused;
	side_name(name, GetCurrentProcessId());
	if (cdrpc_client_connect(name, &options, &client) != CDRPC_OK)
		return 1;
	if (!SendNotifyMessageW(box.window, APP_BOX, 0, 0) || WaitForSingleObject(box.opened, PROC_PATIENCE_MS) != WAIT_OBJECT_0)
		failed = 2;
	else if (duplex_tick(client, 0, 1, 0, false) != CDRPC_OK)
		failed = 3;
	else if (duplex_answer_kept(client, &status) != CDRPC_OK || status != CDRPC_OK)
		failed = 4;
	cdrpc_client_free(client);
	return failed;
}

START_TEST(heard_in_a_box_in_a_call)
{
	struct cdrpc_pending *pending = NULL;
	DWORD failed = 9;
	uint32_t same = 0;
	HANDLE thread;

	begin(2);
	memset(&box, 0, sizeof box);
	box.opened = CreateEventW(NULL, FALSE, FALSE, NULL);
	box.window = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	SetWindowLongPtrW(box.window, GWLP_WNDPROC, (LONG_PTR)application);
	ck_assert_int_eq(duplex_listen(ours.client, &in_box, &ours), CDRPC_OK);
	ck_assert_int_eq(duplex_keep_begin(ours.client, 5, &pending), CDRPC_OK);
	proc_await(helper);
	thread = CreateThread(NULL, 0, open_box, NULL, 0, NULL);
	ck_assert_ptr_nonnull(thread);
	/* Nothing that is sent is handled before this. */
	ck_assert_int_eq(duplex_keep_finish(pending, &same), CDRPC_OK);
	ck_assert_uint_eq(same, 1);
	ck_assert_uint_eq(box.ticks_inside, 1);
	proc_await_handle(thread);
	ck_assert(GetExitCodeThread(thread, &failed));
	ck_assert_uint_eq(failed, 0);
	CloseHandle(thread);
	CloseHandle(box.opened);
	DestroyWindow(box.window);
	end();
}
END_TEST

static void
with_rings(void)
{
	messages = false;
}

static void
with_messages(void)
{
	messages = true;
}

static void
add(Suite *suite, const char *name, void (*fixture)(void))
{
	TCase *tcase = tcase_create(name);

	tcase_add_unchecked_fixture(tcase, fixture, NULL);
	tcase_add_test(tcase, in_order);
	tcase_add_test(tcase, all_who_listen);
	tcase_add_test(tcase, no_longer);
	tcase_add_test(tcase, the_latest);
	tcase_add_test(tcase, too_much);
	tcase_add_test(tcase, heard_in_a_box_in_a_call);
	tcase_add_test(tcase, nothing_is_left_behind);
	suite_add_tcase(suite, tcase);
}

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("events");

	add(suite, "rings", with_rings);
	add(suite, "messages", with_messages);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
