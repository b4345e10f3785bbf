/*
 * Clients in the hands of other threads than their own: finalizers of garbage-collected languages free them so, and what comes after an
 * await may run on any thread.
 */
#include <malloc.h>
#include <string.h>

#include "inject.h"
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

/* ---- a server that one of its threads frees when the one that started it has ended ---- */

static struct {
	struct cdrpc_server *server;
	volatile LONG live;             /* allocations of the server's */
	HANDLE freed;                   /* there are none any more */
	volatile LONG refusals;         /* so often the system's pool has no room */
} orphan;

static BOOL WINAPI
submit(PTP_SIMPLE_CALLBACK run, void *self, PTP_CALLBACK_ENVIRON environment)
{
	if (orphan.refusals > 0 && InterlockedDecrement(&orphan.refusals) >= 0) {
		SetLastError(ERROR_NOT_ENOUGH_MEMORY);
		return FALSE;
	}
	return INJECT_REAL("kernel32.dll", TrySubmitThreadpoolCallback)(run, self, environment);
}

INJECT(TrySubmitThreadpoolCallback, 3, submit);

static void *
counted_alloc(void *self, size_t size)
{
	void *memory = _aligned_malloc(size, 16);

	(void)self;
	if (memory)
		InterlockedIncrement(&orphan.live);
	return memory;
}

static void
counted_free(void *self, void *memory)
{
	(void)self;
	_aligned_free(memory);
	if (memory && InterlockedDecrement(&orphan.live) == 0)
		SetEvent(orphan.freed);
}

static cdrpc_status
free_own_server(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	cdrpc_server_free(orphan.server);
	return duplex_add_reply(call, a + b);
}

static DWORD WINAPI
start_and_end(void *name)
{
	static const struct duplex_handlers handlers = { .add = free_own_server };
	struct cdrpc_env env = { .alloc = counted_alloc, .free = counted_free };
	struct cdrpc_server_options options = { .env = &env, .threads = 2 };

	return cdrpc_server_new(name, &options, &orphan.server) != CDRPC_OK ||
	       duplex_serve(orphan.server, &handlers, NULL) != CDRPC_OK || cdrpc_server_start(orphan.server) != CDRPC_OK;
}

/* In a process of its own, for a 32-bit program under Wine does not connect to itself. */
static int
run_caller(struct proc *starter)
{
	char name[CDRPC_NAME_MAX + 1];
	struct cdrpc_client *client = NULL;
	uint32_t sum;

	side_name(name, starter->process_id);
	proc_check(cdrpc_client_connect(name, NULL, &client) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	/* Its answer may come before the session's end, or not. */
	duplex_add(client, 1, 2, &sum);
	cdrpc_client_free(client);
	return 0;
}

START_TEST(freed_by_a_thread_of_its_own)
{
	char name[CDRPC_NAME_MAX + 1];
	DWORD failed = 9;
	HANDLE thread;

	memset(&orphan, 0, sizeof orphan);
	orphan.freed = CreateEventW(NULL, TRUE, FALSE, NULL);
	side_name(name, GetCurrentProcessId());
	thread = CreateThread(NULL, 0, start_and_end, name, 0, NULL);
	ck_assert_ptr_nonnull(thread);
	proc_await_handle(thread);
	ck_assert(GetExitCodeThread(thread, &failed));
	ck_assert_uint_eq(failed, 0);
	CloseHandle(thread);
	helper = proc_start("caller");
	proc_await(helper);
	orphan.refusals = _i;
	proc_signal(helper);
	proc_await_handle(orphan.freed);
	ck_assert_int_le(orphan.refusals, 0);
	ck_assert_int_eq(proc_finish(helper), 0);
	CloseHandle(orphan.freed);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("owners");
	TCase *freed = tcase_create("freed");

	tcase_add_loop_test(freed, freed_by_another_thread, 0, MODES);
	tcase_set_timeout(freed, 0);
	tcase_add_loop_test(freed, freed_by_a_thread_of_its_own, 0, 3);
	suite_add_tcase(suite, freed);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { "caller", run_caller }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
