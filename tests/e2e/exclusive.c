/* Servers that are to be the only ones of their names: many that start at once, and whoever is in the way. */
#include <stdio.h>
#include <string.h>

#include "side.h"

#define MANY 12

enum {
	WORD_HOW,               /* what the helper is to do once it has been started; enum how */
	WORD_STATUS,            /* what starting came to */
	WORD_HOLDER,            /* who had the name, if somebody had */
	WORD_THREADS
};

enum how { RUNS, WAITS_FOR_MESSAGES_ALONE, IS_DEAF, IS_STOPPED };

static void
own_name(char name[CDRPC_NAME_MAX + 1], DWORD test)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.exclusive.%lu", (unsigned long)test);
}

/* All that wait for it go on at once. */
static HANDLE
starting_gun(DWORD test)
{
	char name[64];

	snprintf(name, sizeof name, "Local\\test.exclusive.gun.%lu", (unsigned long)test);
	return CreateEventA(NULL, TRUE, FALSE, name);
}

static struct cdrpc_server *
exclusive_server(struct side *side, DWORD test, uint32_t threads)
{
	const struct cdrpc_server_options options = { .exclusive = true, .threads = threads };
	char name[CDRPC_NAME_MAX + 1];

	own_name(name, test);
	proc_check(side_new(side, name, &options) == CDRPC_OK);
	return side->server;
}

/* Until the test says so, in the way that it has said. */
static void
live_on(struct cdrpc_server *server, struct proc *tester)
{
	MSG message;

	switch ((enum how)tester->words[WORD_HOW]) {
	case IS_STOPPED:
		/* What is stopped ends in the loop: for it that does not come. */
		cdrpc_server_stop(server);
		proc_signal(tester);
		proc_await(tester);
		break;
	case WAITS_FOR_MESSAGES_ALONE:
		proc_signal(tester);
		proc_await(tester);
		break;
	case IS_DEAF:
		proc_signal(tester);
		WaitForSingleObject(tester->event_in, INFINITE);
		break;
	case RUNS:
		proc_signal(tester);
		while (MsgWaitForMultipleObjectsEx(1, &tester->event_in, INFINITE, QS_ALLINPUT, MWMO_INPUTAVAILABLE) != WAIT_OBJECT_0) {
			while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
				DispatchMessageW(&message);
		}
		break;
	}
}

/* Starts when the gun goes, and lives on if it was the one. */
static int
run_runner(struct proc *tester)
{
	struct side side = { .starter = tester };
	struct cdrpc_peer_facts facts = { 0 };
	HANDLE gun = starting_gun(tester->process_id);
	struct cdrpc_server *server;
	cdrpc_status status;

	proc_await(tester);
	server = exclusive_server(&side, tester->process_id, (uint32_t)tester->words[WORD_THREADS]);
	proc_signal(tester);
	WaitForSingleObject(gun, INFINITE);
	CloseHandle(gun);
	status = cdrpc_server_start(server);
	tester->words[WORD_STATUS] = (uint64_t)status;
	if (cdrpc_server_holder(server, &facts))
		tester->words[WORD_HOLDER] = facts.process_id;
	if (status == CDRPC_OK)
		live_on(server, tester);
	else
		proc_signal(tester);
	cdrpc_server_free(server);
	return 0;
}

static struct proc *
runner(enum how how, uint32_t threads)
{
	struct proc *helper = proc_start("runner");

	helper->words[WORD_HOW] = how;
	helper->words[WORD_THREADS] = threads;
	proc_signal(helper);
	proc_await(helper);
	return helper;
}

static cdrpc_status
status_of(const struct proc *helper)
{
	return (cdrpc_status)helper->words[WORD_STATUS];
}

/* Starts one alone, which is told so. */
static struct proc *
started(enum how how, cdrpc_status expected)
{
	HANDLE gun = starting_gun(GetCurrentProcessId());
	struct proc *helper = runner(how, 1);

	SetEvent(gun);
	proc_await(helper);
	ck_assert_int_eq(status_of(helper), expected);
	CloseHandle(gun);
	return helper;
}

static void
finish(struct proc *helper)
{
	proc_signal(helper);
	ck_assert_int_eq(proc_finish(helper), 0);
}

/* With one thread each, and with two. */
START_TEST(of_many_at_once_one_is)
{
	HANDLE gun = starting_gun(GetCurrentProcessId());
	const struct proc *holder = NULL;
	struct proc *helpers[MANY];
	uint32_t i, refused = 0;

	for (i = 0; i < MANY; i++)
		helpers[i] = runner(RUNS, 1 + (uint32_t)_i);
	SetEvent(gun);
	for (i = 0; i < MANY; i++) {
		proc_await(helpers[i]);
		if (status_of(helpers[i]) == CDRPC_OK)
			holder = helpers[i];
	}
	ck_assert_ptr_nonnull(holder);
	for (i = 0; i < MANY; i++)
		refused += status_of(helpers[i]) == CDRPC_E_NAME_IN_USE && helpers[i]->words[WORD_HOLDER] == holder->process_id;
	ck_assert_uint_eq(refused, MANY - 1);
	for (i = 0; i < MANY; i++)
		finish(helpers[i]);
	CloseHandle(gun);
}
END_TEST

/* No loop is needed for being asked, nor is the holder's patience. */
START_TEST(one_that_waits_for_messages_alone)
{
	struct proc *first = started(WAITS_FOR_MESSAGES_ALONE, CDRPC_OK), *second = started(RUNS, CDRPC_E_NAME_IN_USE);

	ck_assert_uint_eq(second->words[WORD_HOLDER], first->process_id);
	finish(second);
	/* A process that is gone has nothing. */
	proc_kill(first);
	proc_finish(first);
	finish(started(RUNS, CDRPC_OK));
}
END_TEST

START_TEST(one_that_is_deaf)
{
	struct proc *first = started(IS_DEAF, CDRPC_OK), *second = started(RUNS, CDRPC_OK);

	finish(second);
	finish(first);
}
END_TEST

/* Its successor is the one that clients find, although the window of the other is still there. */
START_TEST(one_that_is_stopped)
{
	struct proc *first = started(IS_STOPPED, CDRPC_OK), *second = started(RUNS, CDRPC_OK);
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t process_id = 0, thread_id;

	own_name(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &client), CDRPC_OK);
	ck_assert_int_eq(duplex_where(client, &process_id, &thread_id), CDRPC_OK);
	ck_assert_uint_eq(process_id, second->process_id);
	cdrpc_client_free(client);
	finish(second);
	finish(first);
}
END_TEST

/* ---- whoever is in the way of taking turns ---- */

static void
turn_name(char name[CDRPC_NAME_MAX + 32], DWORD test)
{
	strcpy(name, "Local\\cdrpc.serve.");
	own_name(name + strlen(name), test);
}

/* Has the turn, with a window that says so, until the test says that it is over. */
static int
run_holder(struct proc *tester)
{
	WNDCLASSA class = { .lpfnWndProc = DefWindowProcA, .lpszClassName = "cdrpc.serve.1" };
	char name[CDRPC_NAME_MAX + 32];
	HANDLE mutex;

	turn_name(name, tester->process_id);
	mutex = CreateMutexA(NULL, TRUE, name);
	proc_check(mutex != NULL);
	RegisterClassA(&class);
	own_name(name, tester->process_id);
	proc_check(CreateWindowExA(0, class.lpszClassName, name, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL) != NULL);
	proc_signal(tester);
	proc_await(tester);
	ReleaseMutex(mutex);
	return 0;
}

/* Longer than whoever only says that it is his turn is waited for; he gives it back, or he ends without. */
START_TEST(a_turn_is_waited_for)
{
	HANDLE gun = starting_gun(GetCurrentProcessId());
	struct proc *holder = proc_start("holder"), *second;

	proc_await(holder);
	second = runner(RUNS, 1);
	SetEvent(gun);
	ck_assert_uint_eq(WaitForSingleObject(second->event_in, 3500), WAIT_TIMEOUT);
	if (_i == 0)
		proc_signal(holder);
	else
		proc_kill(holder);
	proc_await(second);
	ck_assert_int_eq(status_of(second), CDRPC_OK);
	proc_finish(holder);
	finish(second);
	CloseHandle(gun);
}
END_TEST

/* A mutex that nobody owns up to, and a name that is another object's. */
START_TEST(a_turn_that_is_not_to_be_had)
{
	char name[CDRPC_NAME_MAX + 32];
	HANDLE object;

	turn_name(name, GetCurrentProcessId());
	object = _i == 0 ? CreateMutexA(NULL, TRUE, name) : CreateEventA(NULL, TRUE, FALSE, name);
	ck_assert_ptr_nonnull(object);
	finish(started(RUNS, CDRPC_OK));
	CloseHandle(object);
}
END_TEST

/* A window of the name whose procedure knows nothing of it: here, and without an answer to anything. */
START_TEST(a_window_that_is_only_called_so)
{
	WNDCLASSA class = { .lpfnWndProc = DefWindowProcA, .lpszClassName = "cdrpc.service.1" };
	char name[CDRPC_NAME_MAX + 1];
	struct proc *helper;
	HWND window;

	RegisterClassA(&class);
	own_name(name, GetCurrentProcessId());
	window = CreateWindowExA(0, class.lpszClassName, name, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	ck_assert_ptr_nonnull(window);
	helper = started(RUNS, CDRPC_OK);
	DestroyWindow(window);
	finish(helper);
}
END_TEST

/* The handles and views of one that tries again and again, and is refused. */
START_TEST(nothing_is_left)
{
	struct proc *first = started(RUNS, CDRPC_OK);
	struct leaks before, after;
	struct side side = { 0 };
	struct cdrpc_server *server = exclusive_server(&side, GetCurrentProcessId(), 1);
	uint32_t i, refused = 0;

	for (i = 0; i < 40; i++) {
		refused += cdrpc_server_start(server) == CDRPC_E_NAME_IN_USE;
		if (i == 20)
			ck_assert(leaks_count(GetCurrentProcess(), &before));
	}
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	ck_assert_uint_eq(refused, 40);
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	finish(first);
	ck_assert_int_eq(cdrpc_server_start(server), CDRPC_OK);
	cdrpc_server_free(server);
	DestroyWindow(side.window);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("exclusive");
	TCase *tcase = tcase_create("exclusive");

	tcase_add_loop_test(tcase, of_many_at_once_one_is, 0, 2);
	tcase_add_test(tcase, one_that_waits_for_messages_alone);
	tcase_add_test(tcase, one_that_is_deaf);
	tcase_add_test(tcase, one_that_is_stopped);
	tcase_add_loop_test(tcase, a_turn_is_waited_for, 0, 2);
	tcase_add_loop_test(tcase, a_turn_that_is_not_to_be_had, 0, 2);
	tcase_add_test(tcase, a_window_that_is_only_called_so);
	tcase_add_test(tcase, nothing_is_left);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "runner", run_runner }, { "holder", run_holder }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
