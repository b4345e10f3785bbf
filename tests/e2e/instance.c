/* A program that runs once, started many times at once: one instance is left, and no file is lost. */
#include <stdio.h>
#include <wchar.h>

#include <cdrpc/single_instance.h>

#include "instance.h"
#include "proc.h"

#define MANY 30

/* Words of a start. What it has opened if it was the instance: file n as often as WORD_FILES + n says. */
enum { WORD_FILE, WORD_CLOSES_AFTER, WORD_STATUS, WORD_IS, WORD_IS_SECOND, WORD_FILES };

static void
local_name(char name[64], const char *what, DWORD test)
{
	snprintf(name, 64, "Local\\test.instance.%s.%lu", what, (unsigned long)test);
}

/* All that wait for it go on at once. */
static HANDLE
starting_gun(DWORD test)
{
	char name[64];

	local_name(name, "gun", test);
	return CreateEventA(NULL, TRUE, FALSE, name);
}

/* Whoever is the instance has it. */
static HANDLE
only_place(DWORD test)
{
	char name[64];

	local_name(name, "place", test);
	return CreateSemaphoreA(NULL, 1, MANY, name);
}

/* ---- a start ---- */

struct start {
	struct proc *tester;
	wchar_t file[8];
	char name[64];
	uint32_t opened;
};

static cdrpc_status
open_files(struct cdrpc_call *call, void *self, const cdrpc_wchar *directory, const cdrpc_wchar *const *arguments, uint32_t count)
{
	struct start *start = self;
	uint32_t i;

	(void)call;
	(void)directory;
	for (i = 0; i < count; i++)
		start->tester->words[WORD_FILES + wcstoul(arguments[i], NULL, 10)]++;
	start->opened += count;
	return CDRPC_OK;
}

static cdrpc_status
hand_over(void *self, struct cdrpc_client *client)
{
	struct start *start = self;
	const wchar_t *const arguments[] = { start->file };

	return instance_open(client, L"C:\\", arguments, 1);
}

static cdrpc_status
become(void *self, struct cdrpc_server **ret_server)
{
	static const struct instance_handlers handlers = { .open = open_files };
	struct start *start = self;

	proc_check(cdrpc_server_new(start->name, NULL, ret_server) == CDRPC_OK);
	proc_check(instance_serve(*ret_server, &handlers, self) == CDRPC_OK);
	return CDRPC_OK;
}

/* Until the test says so, or the user has seen enough. */
static void
run_loop(struct start *start)
{
	uint32_t closes_after = (uint32_t)start->tester->words[WORD_CLOSES_AFTER];
	MSG message;

	while (closes_after == 0 || start->opened < closes_after) {
		if (MsgWaitForMultipleObjectsEx(1, &start->tester->event_in, INFINITE, QS_ALLINPUT, MWMO_INPUTAVAILABLE) == WAIT_OBJECT_0)
			return;
		while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
			DispatchMessageW(&message);
	}
}

static int
run_start(struct proc *tester)
{
	struct start start = { .tester = tester };
	HANDLE gun = starting_gun(tester->process_id), place = only_place(tester->process_id);
	struct cdrpc_server *server;

	proc_await(tester);
	swprintf(start.file, 8, L"%u", (unsigned)tester->words[WORD_FILE]);
	snprintf(start.name, sizeof start.name, "test.instance.%lu", (unsigned long)tester->process_id);
	proc_signal(tester);
	WaitForSingleObject(gun, INFINITE);
	tester->words[WORD_STATUS] = (uint64_t)cdrpc_single_instance(start.name, NULL, hand_over, become, &start, &server);
	if (server) {
		tester->words[WORD_IS] = 1;
		tester->words[WORD_IS_SECOND] = WaitForSingleObject(place, 0) != WAIT_OBJECT_0;
		open_files(NULL, &start, NULL, (const wchar_t *const[]){ start.file }, 1);
	}
	proc_signal(tester);
	if (server) {
		run_loop(&start);
		/* One that is being stopped has left it. */
		if (!tester->words[WORD_IS_SECOND])
			ReleaseSemaphore(place, 1, NULL);
		cdrpc_server_free(server);
	}
	return 0;
}

/* ---- the test ---- */

static void
start_all(struct proc *helpers[MANY], HANDLE gun, uint32_t closes_after)
{
	uint32_t i;

	for (i = 0; i < MANY; i++) {
		helpers[i] = proc_start("start");
		helpers[i]->words[WORD_FILE] = i;
		helpers[i]->words[WORD_CLOSES_AFTER] = closes_after;
		proc_signal(helpers[i]);
	}
	for (i = 0; i < MANY; i++)
		proc_await(helpers[i]);
	SetEvent(gun);
	for (i = 0; i < MANY; i++)
		proc_await(helpers[i]);
}

struct sum {
	uint32_t failed, are, second;
	uint32_t lost, twice;           /* files */
};

/* Ends all of them. */
static struct sum
sum_up(struct proc *helpers[MANY])
{
	uint64_t opened[MANY] = { 0 };
	struct sum sum = { 0 };
	uint32_t i, j;

	for (i = 0; i < MANY; i++) {
		proc_signal(helpers[i]);
		proc_await_handle(helpers[i]->process);
		sum.failed += helpers[i]->words[WORD_STATUS] != 0;
		sum.are += helpers[i]->words[WORD_IS] != 0;
		sum.second += helpers[i]->words[WORD_IS_SECOND] != 0;
		for (j = 0; j < MANY; j++)
			opened[j] += helpers[i]->words[WORD_FILES + j];
		ck_assert_int_eq(proc_finish(helpers[i]), 0);
	}
	for (j = 0; j < MANY; j++) {
		sum.lost += opened[j] == 0;
		sum.twice += opened[j] > 1;
	}
	return sum;
}

START_TEST(one_is_left_and_no_file_is_lost)
{
	HANDLE gun = starting_gun(GetCurrentProcessId()), place = only_place(GetCurrentProcessId());
	struct proc *helpers[MANY];
	struct sum sum;

	start_all(helpers, gun, 0);
	sum = sum_up(helpers);
	ck_assert_uint_eq(sum.failed, 0);
	ck_assert_uint_eq(sum.are, 1);
	ck_assert_uint_eq(sum.second, 0);
	ck_assert_uint_eq(sum.lost, 0);
	ck_assert_uint_eq(sum.twice, 0);
	CloseHandle(gun);
	CloseHandle(place);
}
END_TEST

/* Each instance is closed when it has opened three, whoever is still to come: he becomes the next. What was begun just then may be opened by both. */
START_TEST(instances_that_are_closed)
{
	HANDLE gun = starting_gun(GetCurrentProcessId()), place = only_place(GetCurrentProcessId());
	struct proc *helpers[MANY];
	struct sum sum;

	start_all(helpers, gun, 3);
	sum = sum_up(helpers);
	ck_assert_uint_eq(sum.failed, 0);
	ck_assert_uint_eq(sum.second, 0);
	ck_assert_uint_eq(sum.lost, 0);
	ck_assert_uint_ge(sum.are, 2);
	CloseHandle(gun);
	CloseHandle(place);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("instance");
	TCase *tcase = tcase_create("instance");

	tcase_add_loop_test(tcase, one_is_left_and_no_file_is_lost, 0, 5);
	tcase_add_loop_test(tcase, instances_that_are_closed, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "start", run_start }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
