/* What a small call asks of the system, on either side, and what connecting does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "counted.h"
#include "echo.h"
#include "proc.h"

enum { ROUNDS = 200, TEXT_MAX = 512, COUNT_ANEW = 1, COUNT_TOLD = 2, STOP = 3 };

static struct cdrpc_client *client;
static struct cdrpc_server *server;
static struct proc *starter;

static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	return echo_add_reply(call, a + b);
}

static cdrpc_status
on_add_inline(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	return echo_add_inline_reply(call, a + b);
}

static cdrpc_status
on_end_inline(struct cdrpc_call *call, void *self, int32_t value)
{
	(void)call;
	(void)self;
	return value;
}

/* Tells what was called, by the words that both processes see. */
static void
on_note(struct cdrpc_call *call, void *self, uint32_t value)
{
	static char text[TEXT_MAX];
	uint32_t i;

	(void)call;
	(void)self;
	if (value == COUNT_TOLD) {
		counted_text(ROUNDS, text, sizeof text);
		for (i = 0; i < TEXT_MAX / 8; i++)
			memcpy((void *)(uintptr_t)&starter->words[i], text + 8 * i, 8);
		proc_signal(starter);
	}
	if (value == STOP) {
		cdrpc_server_stop(server);
		PostQuitMessage(0);
	}
	counted_reset();
}

static int
serve(struct proc *by, cdrpc_window window)
{
	static const struct echo_handlers handlers = {
		.add = on_add, .add_inline = on_add_inline, .end_inline = on_end_inline, .note = on_note,
	};
	struct cdrpc_server_options options = { .window = window };
	char name[CDRPC_NAME_MAX + 1];
	MSG message;

	starter = by;
	snprintf(name, sizeof name, "syscalls.%lu", (unsigned long)by->process_id);
	proc_check(counted_begin());
	proc_check(cdrpc_server_new(name, &options, &server) == CDRPC_OK && echo_serve(server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	if (!window)
		proc_check(cdrpc_server_run(server) == CDRPC_OK);
	/* The loop that an application has. */
	while (window && GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
	cdrpc_server_free(server);
	return 0;
}

static int
serve_own(struct proc *by)
{
	return serve(by, NULL);
}

static int
serve_attached(struct proc *by)
{
	return serve(by, CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, NULL, NULL, GetModuleHandleW(NULL), NULL));
}

static cdrpc_status
call_add(uint32_t value)
{
	uint32_t sum;

	return echo_add(client, value, 1, &sum);
}

static cdrpc_status
call_add_inline(uint32_t value)
{
	uint32_t sum;

	return echo_add_inline(client, value, 1, &sum);
}

static cdrpc_status
call_end_inline(uint32_t value)
{
	(void)value;
	return echo_end_inline(client, 0);
}

/*
 * Whether the answer is there before the client waits for it is a matter of luck: it gives way three times at most, then waits and is
 * woken at most once. Every 4 ms a bell looks whether input, painting or timers wait behind it.
 */
#define YIELD "SwitchToThread 1, SwitchToThread 2, SwitchToThread 3"
#define SEND "SendMessageTimeoutW 1"
#define WAIT "MsgWaitForMultipleObjectsEx 1, PeekMessageW 1"
static const struct {
	const char *role;
	cdrpc_status (*call)(uint32_t value);
	const char *ours;
	const char *ours_at_least;
	const char *theirs;
	const char *theirs_at_least;
} cases[] = {
	{ "own", call_end_inline, SEND, SEND, WAIT, "" },
	{ "own", call_add_inline, SEND, SEND, WAIT, "" },
	{ "own", call_add, YIELD ", " WAIT ", " SEND, SEND, WAIT ", GetQueueStatus 1, SetEvent 1", "" },
	{ "attached", call_add, YIELD ", " WAIT ", " SEND, SEND,
	  "DispatchMessageW 1, GetMessageW 1, GetQueueStatus 1, PostMessageW 1, SetEvent 1", "PostMessageW 1" },
	{ "attached", call_add_inline, SEND, SEND, "", "" },
};

/* Whether each of the comma-separated items of 'part' is one of 'whole'. */
static bool
within(const char *part, const char *whole)
{
	char item[TEXT_MAX];
	size_t length;

	for (; *part; part += part[length] ? length + 2 : length) {
		length = strcspn(part, ",");
		snprintf(item, sizeof item, "%.*s", (int)length, part);
		if (!strstr(whole, item))
			return false;
	}
	return true;
}

START_TEST(of_a_small_call)
{
	struct proc *helper = proc_start(cases[_i].role);
	char name[CDRPC_NAME_MAX + 1], ours[TEXT_MAX], theirs[TEXT_MAX];
	uint32_t i, wrong = 0;

	proc_await(helper);
	snprintf(name, sizeof name, "syscalls.%lu", (unsigned long)GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &client), CDRPC_OK);
	for (i = 0; i < 20; i++)
		wrong += cases[_i].call(i) != CDRPC_OK;
	ck_assert_int_eq(echo_note(client, COUNT_ANEW), CDRPC_OK);
	counted_reset();
	for (i = 0; i < ROUNDS; i++)
		wrong += cases[_i].call(i) != CDRPC_OK;
	counted_text(ROUNDS, ours, sizeof ours);
	ck_assert_int_eq(echo_note(client, COUNT_TOLD), CDRPC_OK);
	proc_await(helper);
	for (i = 0; i < TEXT_MAX / 8; i++)
		memcpy(theirs + 8 * i, (const void *)(uintptr_t)&helper->words[i], 8);
	ck_assert_uint_eq(wrong, 0);
	ck_assert_msg(within(ours, cases[_i].ours) && within(cases[_i].ours_at_least, ours) && within(theirs, cases[_i].theirs) &&
		      within(cases[_i].theirs_at_least, theirs), "%s; %s", ours, theirs);
	ck_assert_int_eq(echo_note(client, STOP), CDRPC_OK);
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

/* Of all the windows that there are, the first is asked for, and no list of them. */
START_TEST(of_connecting)
{
	struct proc *helper = proc_start("own");
	char name[CDRPC_NAME_MAX + 1], ours[4 * TEXT_MAX];

	proc_await(helper);
	snprintf(name, sizeof name, "syscalls.%lu", (unsigned long)GetCurrentProcessId());
	counted_reset();
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &client), CDRPC_OK);
	counted_text(1, ours, sizeof ours);
	ck_assert_ptr_nonnull(strstr(ours, "FindWindowExW 1"));
	ck_assert_msg(!strstr(ours, "EnumChildWindows"), "%s", ours);
	ck_assert_int_eq(echo_note(client, STOP), CDRPC_OK);
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("syscalls");
	TCase *tcase = tcase_create("syscalls");

	if (!counted_begin())
		abort();
	tcase_add_loop_test(tcase, of_a_small_call, 0, sizeof cases / sizeof cases[0]);
	tcase_add_test(tcase, of_connecting);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "own", serve_own }, { "attached", serve_attached }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
