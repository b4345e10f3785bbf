/*
 * Clients in the hands of other threads than their own: finalizers of garbage-collected languages free them so, and what comes after an
 * await may run on any thread.
 */
#include <string.h>

#include "side.h"

enum { ROUNDS = 40 };

static struct proc *helper;

/* ---- freed while its owner ... ---- */

enum mode {
	PUMPS,                  /* runs its message loop, and is told of events */
	HAS_ENDED,
	CALLS,                  /* is in a call by it, and ends without a loop after that */
	CALLS_BY_ANOTHER,       /* has another client, which shares with it what the thread has */
	MODES
};

static struct {
	enum mode mode;
	struct cdrpc_client *client;
	HANDLE ready;
	HANDLE over;
	HANDLE ticked;
	int32_t answered;
	uint32_t wrong;
} owner;

static void
on_ticked(void *self, uint32_t n, struct cdrpc_bytes data)
{
	(void)self;
	(void)n;
	(void)data;
	SetEvent(owner.ticked);
}

static const struct duplex_events events = { .ticked = on_ticked };

static void
pump_until_over(void)
{
	MSG message;

	while (MsgWaitForMultipleObjects(1, &owner.over, FALSE, PROC_PATIENCE_MS, QS_ALLINPUT) == WAIT_OBJECT_0 + 1) {
		while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
			DispatchMessageW(&message);
	}
}

static void
call_by_another(const char *name)
{
	struct cdrpc_client *mine = NULL;
	uint32_t sum;

	owner.wrong += cdrpc_client_connect(name, NULL, &mine) != CDRPC_OK;
	SetEvent(owner.ready);
	while (mine && WaitForSingleObject(owner.over, 0) != WAIT_OBJECT_0)
		owner.wrong += duplex_add(mine, 1, 2, &sum) != CDRPC_OK || sum != 3;
	cdrpc_client_free(mine);
}

static DWORD WINAPI
own(void *parameter)
{
	char name[CDRPC_NAME_MAX + 1];
	uint32_t same = 0;

	(void)parameter;
	side_name(name, GetCurrentProcessId());
	owner.wrong += cdrpc_client_connect(name, NULL, &owner.client) != CDRPC_OK;
	owner.wrong += duplex_listen(owner.client, &events, NULL) != CDRPC_OK;
	switch (owner.mode) {
	case PUMPS:
		SetEvent(owner.ready);
		pump_until_over();
		break;
	case CALLS:
		/* Begun before it is freed, answered after that. */
		owner.wrong += duplex_keep(owner.client, 1, &same) != CDRPC_OK || same != 1;
		break;
	case CALLS_BY_ANOTHER:
		call_by_another(name);
		break;
	default:
		break;
	}
	return 0;
}

static void
run_round(struct cdrpc_client *firer, bool wait_for_a_tick)
{
	cdrpc_status status = CDRPC_OK;
	HANDLE thread;

	ResetEvent(owner.ready);
	ResetEvent(owner.over);
	ResetEvent(owner.ticked);
	thread = CreateThread(NULL, 0, own, NULL, 0, NULL);
	ck_assert_ptr_nonnull(thread);
	if (owner.mode == CALLS)
		proc_await(helper);
	else
		proc_await_handle(owner.mode == HAS_ENDED ? thread : owner.ready);
	if (owner.mode == PUMPS)
		status = duplex_tick(firer, 0, 30, 100, false);
	if (wait_for_a_tick)
		proc_await_handle(owner.ticked);
	cdrpc_client_free(owner.client);
	if (owner.mode == CALLS)
		status = duplex_answer_kept(firer, &owner.answered);
	ck_assert_int_eq(status, CDRPC_OK);
	SetEvent(owner.over);
	proc_await_handle(thread);
	CloseHandle(thread);
}

START_TEST(freed_by_another_thread)
{
	char name[CDRPC_NAME_MAX + 1];
	struct cdrpc_client *firer = NULL;
	uint32_t i;

	memset(&owner, 0, sizeof owner);
	owner.mode = (enum mode)_i;
	owner.ready = CreateEventW(NULL, TRUE, FALSE, NULL);
	owner.over = CreateEventW(NULL, TRUE, FALSE, NULL);
	owner.ticked = CreateEventW(NULL, TRUE, FALSE, NULL);
	helper = proc_start("side");
	/* It ends when all of them have ended. */
	helper->words[SIDE_SESSIONS] = ROUNDS + 1 + (owner.mode == CALLS_BY_ANOTHER ? ROUNDS : 0);
	proc_signal(helper);
	proc_await(helper);
	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &firer), CDRPC_OK);
	for (i = 0; i < ROUNDS; i++)
		run_round(firer, owner.mode == PUMPS && i % 2);
	ck_assert_uint_eq(owner.wrong, 0);
	cdrpc_client_free(firer);
	ck_assert_int_eq(proc_finish(helper), 0);
	CloseHandle(owner.ready);
	CloseHandle(owner.over);
	CloseHandle(owner.ticked);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("owners");
	TCase *freed = tcase_create("freed");

	tcase_add_loop_test(freed, freed_by_another_thread, 0, MODES);
	tcase_set_timeout(freed, 0);
	suite_add_tcase(suite, freed);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
