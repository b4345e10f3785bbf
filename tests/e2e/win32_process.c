/* Processes at the other end: what is known of them, and how their end is told. */
#include "win32_fixture.h"

#include <stdlib.h>

#include "leaks.h"
#include "proc.h"

static struct recorder own;     /* its log, and a window of this process */

static void
open_own(void)
{
	ck_assert_int_eq(recorder_open(&own, NULL, NULL), CDRPC_OK);
}

static void
close_own(void)
{
	recorder_close(&own);
}

/* Makes two windows, and then lives until it is told not to. */
static int
run_live(struct proc *starter)
{
	static struct recorder a;
	static struct recorder b;

	proc_check(recorder_open(&a, NULL, NULL) == CDRPC_OK);
	proc_check(recorder_open(&b, NULL, NULL) == CDRPC_OK);
	starter->words[0] = port_window(a.port);
	starter->words[1] = port_window(b.port);
	starter->words[2] = GetCurrentThreadId();
	proc_signal(starter);
	proc_await(starter);
	recorder_close(&a);
	proc_signal(starter);
	proc_await(starter);
	recorder_close(&b);
	return 0;
}

/* The same, in a process that lets others do to it only what words[3] says, as far as its owner can be kept from more. */
static int
run_guarded(struct proc *starter)
{
	SID_IDENTIFIER_AUTHORITY world = { SECURITY_WORLD_SID_AUTHORITY };
	SECURITY_DESCRIPTOR descriptor;
	union {
		ACL acl;
		char space[64];
	} list;
	PSID everyone;

	proc_await(starter);
	proc_check(AllocateAndInitializeSid(&world, 1, SECURITY_WORLD_RID, 0, 0, 0, 0, 0, 0, 0, &everyone));
	proc_check(InitializeAcl(&list.acl, sizeof list, ACL_REVISION));
	proc_check(AddAccessAllowedAce(&list.acl, ACL_REVISION, (DWORD)starter->words[3], everyone));
	proc_check(InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION));
	proc_check(SetSecurityDescriptorDacl(&descriptor, TRUE, &list.acl, FALSE));
	proc_check(SetKernelObjectSecurity(GetCurrentProcess(), DACL_SECURITY_INFORMATION, &descriptor));
	FreeSid(everyone);
	return run_live(starter);
}

static void
finish_live(struct proc *helper)
{
	proc_signal(helper);
	proc_await(helper);
	proc_signal(helper);
	ck_assert_int_eq(proc_finish(helper), 0);
}

static enum cdrpc_integrity
integrity_of_helper(const struct proc *helper)
{
	struct {
		TOKEN_MANDATORY_LABEL label;
		char space[SECURITY_MAX_SID_SIZE];
	} info;
	HANDLE token;
	DWORD size;
	DWORD rid;

	ck_assert(OpenProcessToken(helper->process, TOKEN_QUERY, &token));
	ck_assert(GetTokenInformation(token, TokenIntegrityLevel, &info, sizeof info, &size));
	CloseHandle(token);
	rid = *GetSidSubAuthority(info.label.Label.Sid, 0);
	/* One of the named levels: 0x1000 is low, 0x4000 is system. */
	ck_assert_uint_eq(rid % 0x1000, 0);
	return (enum cdrpc_integrity)(rid / 0x1000);
}

static void
assert_facts(const struct cdrpc_peer_facts *facts, DWORD process_id, DWORD thread, enum cdrpc_integrity integrity)
{
	DWORD session = 0;

	ck_assert(ProcessIdToSessionId(process_id, &session));
	ck_assert_uint_eq(facts->process_id, process_id);
	ck_assert_uint_eq(facts->thread_id, thread);
	ck_assert_uint_eq(facts->session_id, session);
	ck_assert(facts->same_user);
	ck_assert_int_eq(facts->integrity, integrity);
}

START_TEST(facts_of_another_process)
{
	struct proc *helper = proc_start("live");
	struct process *process;

	proc_await(helper);
	ck_assert_int_eq(process_open(&own.env, (window_id)helper->words[0], &process), CDRPC_OK);
	assert_facts(process_facts(process), helper->process_id, (DWORD)helper->words[2], integrity_of_helper(helper));
	ck_assert(process_is_alive(process));
	ck_assert(process_may_duplicate(process));
	ck_assert(process_owns(process, (window_id)helper->words[0]));
	ck_assert(process_owns(process, (window_id)helper->words[1]));
	ck_assert(!process_owns(process, port_window(own.port)));
	ck_assert(!process_owns(process, 0));

	/* A window may go; the process lives on, and owns its others. */
	proc_signal(helper);
	proc_await(helper);
	ck_assert(process_is_alive(process));
	ck_assert(!process_owns(process, (window_id)helper->words[0]));
	ck_assert(process_owns(process, (window_id)helper->words[1]));
	proc_signal(helper);
	proc_await_handle(helper->process);
	ck_assert(!process_is_alive(process));
	ck_assert(!process_owns(process, (window_id)helper->words[1]));
	ck_assert_int_eq(proc_finish(helper), 0);
	process_close(process);
}
END_TEST

START_TEST(facts_of_this_process)
{
	struct proc *helper = proc_start("live");
	struct process *process;

	proc_await(helper);
	ck_assert_int_eq(process_open(&own.env, port_window(own.port), &process), CDRPC_OK);
	/* The helper runs at our level. */
	assert_facts(process_facts(process), GetCurrentProcessId(), GetCurrentThreadId(), integrity_of_helper(helper));
	ck_assert(process_is_alive(process));
	ck_assert(process_may_duplicate(process));
	ck_assert(process_owns(process, port_window(own.port)));
	process_close(process);
	finish_live(helper);
}
END_TEST

START_TEST(a_window_that_is_gone_has_no_process)
{
	struct process *process = NULL;
	window_id window = port_window(own.port);

	recorder_close(&own);
	ck_assert_int_eq(process_open(&own.env, window, &process), CDRPC_E_PEER_GONE);
	ck_assert_int_eq(process_open(&own.env, 0, &process), CDRPC_E_PEER_GONE);
	ck_assert_ptr_null(process);
	process_close(NULL);
}
END_TEST

static void
note_end(void *owner)
{
	struct recorder *recorder = owner;

	InterlockedIncrement((volatile LONG *)&recorder->bells);
	ck_assert(port_ring(recorder->port));
}

struct guard {
	DWORD rights;
	bool facts;                     /* its token can be looked at */
	bool wait;                      /* it can be waited for; Wine 8 gives that right to everybody */
};

static const struct guard guards[] = {
	{ SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, true, true },
	{ SYNCHRONIZE, false, true },
	{ PROCESS_QUERY_LIMITED_INFORMATION, true, false },
	{ 0, false, false },
};

static bool
may_open(const struct proc *helper, DWORD rights)
{
	HANDLE handle = OpenProcess(rights, FALSE, helper->process_id);

	if (handle)
		CloseHandle(handle);
	return handle != NULL;
}

START_TEST(what_is_denied_is_done_without)
{
	const struct guard *guard = &guards[_i];
	struct proc *helper = proc_start("guarded");
	struct section section = { .size = 77 };
	struct process *process;
	uint64_t value = 77;
	bool may_wait;

	helper->words[3] = guard->rights;
	proc_signal(helper);
	proc_await(helper);
	may_wait = may_open(helper, SYNCHRONIZE);
	ck_assert(may_wait || !guard->wait);
	ck_assert_int_eq(process_open(&own.env, (window_id)helper->words[0], &process), CDRPC_OK);
	ck_assert_uint_eq(process_facts(process)->process_id, helper->process_id);
	ck_assert_uint_eq(process_facts(process)->thread_id, helper->words[2]);
	ck_assert(process_facts(process)->same_user == guard->facts);
	ck_assert((process_facts(process)->integrity != CDRPC_INTEGRITY_ANY) == guard->facts);
	ck_assert(!process_may_duplicate(process));
	ck_assert(process_is_alive(process));
	ck_assert(process_owns(process, (window_id)helper->words[0]));
	ck_assert_int_eq(section_pull(&own.env, process, 4, 16, 16, &section), CDRPC_E_NOT_AVAILABLE);
	ck_assert_uint_eq(section.size, 77);
	ck_assert_int_eq(section_new(&own.env, 16, &section), CDRPC_OK);
	ck_assert_int_eq(section_push(&section, process, &value), CDRPC_E_NOT_AVAILABLE);
	ck_assert_uint_eq(value, 77);
	section_take_back(process, 4);
	section_done(&section);
	ck_assert_int_eq(process_watch(process, note_end, &own), may_wait ? CDRPC_OK : CDRPC_E_NOT_AVAILABLE);
	ck_assert_uint_eq(own.log_lines, 0);
	/* Without the right to wait nothing but the time ends it. */
	port_wait(own.port, process, 10);
	proc_kill(helper);
	port_wait(own.port, process, 10);
	ck_assert(!process_is_alive(process));
	if (may_wait)
		pump_until(&own.bells, 2);
	process_close(process);
	proc_finish(helper);
}
END_TEST

static void *
no_memory(void *self, size_t size)
{
	(void)self;
	(void)size;
	return NULL;
}

START_TEST(no_memory_is_said)
{
	struct cdrpc_env env = own.env;
	struct process *process = NULL;

	env.alloc = no_memory;
	ck_assert_int_eq(process_open(&env, port_window(own.port), &process), CDRPC_E_NOMEM);
	ck_assert_ptr_null(process);
}
END_TEST

START_TEST(the_end_is_told_once)
{
	static struct recorder told;
	struct proc *helper = proc_start("live");
	struct process *process;

	ck_assert_int_eq(recorder_open(&told, NULL, NULL), CDRPC_OK);
	proc_await(helper);
	ck_assert_int_eq(process_open(&own.env, (window_id)helper->words[0], &process), CDRPC_OK);
	ck_assert_int_eq(process_watch(process, note_end, &told), CDRPC_OK);
	ck_assert_int_eq(process_watch(process, note_end, &told), CDRPC_E_STATE);
	ck_assert_uint_eq(told.bells, 0);
	ck_assert(TerminateProcess(helper->process, 1));
	/* One of the end, one of the bell that it rang. */
	pump_until(&told.bells, 2);
	process_unwatch(process);
	pump_now();
	ck_assert_uint_eq(told.bells, 2);
	process_unwatch(process);
	/* A process that has ended is told of at once. */
	ck_assert_int_eq(process_watch(process, note_end, &told), CDRPC_OK);
	pump_until(&told.bells, 4);
	process_close(process);
	ck_assert_uint_eq(told.bells, 4);
	ck_assert_int_eq(proc_finish(helper), 1);
	recorder_close(&told);
}
END_TEST

START_TEST(who_does_not_watch_is_not_told)
{
	static struct recorder told;
	struct proc *helper = proc_start("live");
	struct process *unwatched;
	struct process *closed;
	struct process *watched;

	ck_assert_int_eq(recorder_open(&told, NULL, NULL), CDRPC_OK);
	proc_await(helper);
	ck_assert_int_eq(process_open(&own.env, (window_id)helper->words[0], &unwatched), CDRPC_OK);
	ck_assert_int_eq(process_open(&own.env, (window_id)helper->words[0], &closed), CDRPC_OK);
	ck_assert_int_eq(process_open(&own.env, (window_id)helper->words[0], &watched), CDRPC_OK);
	ck_assert_int_eq(process_watch(unwatched, note_end, &told), CDRPC_OK);
	ck_assert_int_eq(process_watch(closed, note_end, &told), CDRPC_OK);
	ck_assert_int_eq(process_watch(watched, note_end, &told), CDRPC_OK);
	process_unwatch(unwatched);
	process_close(closed);
	ck_assert(TerminateProcess(helper->process, 1));
	pump_until(&told.bells, 2);
	process_close(watched);
	process_close(unwatched);
	pump_now();
	ck_assert_uint_eq(told.bells, 2);
	ck_assert_int_eq(proc_finish(helper), 1);
	recorder_close(&told);
}
END_TEST

static void
open_and_close(const struct proc *helper, window_id gone)
{
	struct process *process;

	ck_assert_int_eq(process_open(&own.env, (window_id)helper->words[0], &process), CDRPC_OK);
	ck_assert_int_eq(process_watch(process, note_end, &own), CDRPC_OK);
	process_close(process);
	ck_assert_int_eq(process_open(&own.env, port_window(own.port), &process), CDRPC_OK);
	process_close(process);
	ck_assert_int_eq(process_open(&own.env, gone, &process), CDRPC_E_PEER_GONE);
}

START_TEST(nothing_is_left_behind)
{
	static struct recorder gone;
	struct proc *helper = proc_start("live");
	struct leaks before;
	struct leaks after;
	window_id window;
	int i;

	proc_await(helper);
	ck_assert_int_eq(recorder_open(&gone, NULL, NULL), CDRPC_OK);
	window = port_window(gone.port);
	recorder_close(&gone);
	/* The system starts threads of its own for the first waits. */
	for (i = 0; i < 10; i++)
		open_and_close(helper, window);
	ck_assert(leaks_count(GetCurrentProcess(), &before));
	for (i = 0; i < 100; i++)
		open_and_close(helper, window);
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	finish_live(helper);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("win32_process");
	TCase *tcase = tcase_create("process");

	tcase_add_checked_fixture(tcase, open_own, close_own);
	tcase_add_test(tcase, facts_of_another_process);
	tcase_add_test(tcase, facts_of_this_process);
	tcase_add_test(tcase, a_window_that_is_gone_has_no_process);
	tcase_add_loop_test(tcase, what_is_denied_is_done_without, 0, sizeof guards / sizeof guards[0]);
	tcase_add_test(tcase, no_memory_is_said);
	tcase_add_test(tcase, the_end_is_told_once);
	tcase_add_test(tcase, who_does_not_watch_is_not_told);
	tcase_add_test(tcase, nothing_is_left_behind);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "live", run_live }, { "guarded", run_guarded }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
