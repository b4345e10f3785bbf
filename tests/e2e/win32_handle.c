/* Handles between processes: what a value becomes on the other side, with which access, and what is refused. */
#include "win32_fixture.h"

#include <stdio.h>
#include <string.h>

#include <winternl.h>

#include "leaks.h"
#include "proc.h"

/* ---- the other process ---- */

enum { OP_END, OP_ACCEPT, OP_PULL, OP_CLOSE };

/* words: [0] its window, [1] what to do, [2] the value, [3] kind, [4] rights, [5] the starter's window; what came of it: [6]
 * status, [7] access, [8] the value there. */
static void
report(struct proc *starter, cdrpc_status status, HANDLE handle)
{
	PUBLIC_OBJECT_BASIC_INFORMATION info = { 0 };

	if (status == CDRPC_OK)
		proc_check(NtQueryObject(handle, ObjectBasicInformation, &info, sizeof info, NULL) == 0);
	starter->words[6] = (uint64_t)(int64_t)status;
	starter->words[7] = info.GrantedAccess;
	starter->words[8] = (uintptr_t)handle;
}

static void
take(struct proc *starter, const struct cdrpc_env *env)
{
	enum cdrpc_handle_kind kind = (enum cdrpc_handle_kind)starter->words[3];
	struct process *process = NULL;
	HANDLE handle = NULL;
	cdrpc_status status;

	if (starter->words[1] == OP_ACCEPT) {
		status = handle_accept(starter->words[2], kind, (uint32_t)starter->words[4], &handle);
		report(starter, status, handle);
		return;
	}
	proc_check(process_open(env, (window_id)starter->words[5], &process) == CDRPC_OK);
	status = handle_pull(process, starter->words[2], kind, (uint32_t)starter->words[4], &handle);
	report(starter, status, handle);
	process_close(process);
}

static int
run_taker(struct proc *starter)
{
	static struct recorder recorder;

	proc_check(recorder_open(&recorder, NULL, NULL) == CDRPC_OK);
	starter->words[0] = port_window(recorder.port);
	proc_signal(starter);
	for (;;) {
		proc_await(starter);
		if (starter->words[1] == OP_END)
			break;
		if (starter->words[1] == OP_CLOSE)
			proc_check(CloseHandle((HANDLE)(uintptr_t)starter->words[2]));
		else
			take(starter, &recorder.env);
		proc_signal(starter);
	}
	recorder_close(&recorder);
	return 0;
}

static const struct proc_role roles[] = { { "taker", run_taker }, { 0 } };

/* ---- both ends ---- */

static struct recorder recorder;
static struct proc *taker;
static struct process *peer;

static void
open_both(void)
{
	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	taker = proc_start("taker");
	proc_await(taker);
	ck_assert_int_eq(process_open(&recorder.env, (window_id)taker->words[0], &peer), CDRPC_OK);
	taker->words[5] = port_window(recorder.port);
}

static void
close_both(void)
{
	taker->words[1] = OP_END;
	proc_signal(taker);
	ck_assert_int_eq(proc_finish(taker), 0);
	process_close(peer);
	recorder_close(&recorder);
}

static cdrpc_status
ask(uint32_t what, uint64_t value, uint32_t kind, uint32_t rights)
{
	taker->words[1] = what;
	taker->words[2] = value;
	taker->words[3] = kind;
	taker->words[4] = rights;
	proc_signal(taker);
	proc_await(taker);
	return (cdrpc_status)taker->words[6];
}

static size_t
handles_of(HANDLE process)
{
	struct leaks leaks;

	leaks_count(process, &leaks);
	return leaks.handles;
}

enum { READ = CDRPC_RIGHT_READ, WRITE = CDRPC_RIGHT_WRITE, SYNC = CDRPC_RIGHT_SYNC, MODIFY = CDRPC_RIGHT_MODIFY };

/* One of each kind, in the order of enum cdrpc_handle_kind; [0] is not used. */
struct objects {
	HANDLE handles[CDRPC_HANDLE_PROCESS + 1];
	HANDLE pipe_write;
};

static void
make_objects(struct objects *objects)
{
	HANDLE *handles = objects->handles;
	WCHAR folder[MAX_PATH], path[MAX_PATH];

	memset(objects, 0, sizeof *objects);
	ck_assert_uint_gt(GetTempPathW(MAX_PATH, folder), 0);
	ck_assert_uint_gt(GetTempFileNameW(folder, L"cdr", 0, path), 0);
	handles[CDRPC_HANDLE_FILE] = CreateFileW(path, GENERIC_READ | GENERIC_WRITE | DELETE, FILE_SHARE_DELETE, NULL,
						 OPEN_EXISTING, FILE_FLAG_DELETE_ON_CLOSE, NULL);
	ck_assert_ptr_ne(handles[CDRPC_HANDLE_FILE], INVALID_HANDLE_VALUE);
	ck_assert(CreatePipe(&handles[CDRPC_HANDLE_PIPE], &objects->pipe_write, NULL, 0));
	handles[CDRPC_HANDLE_SECTION] = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
	handles[CDRPC_HANDLE_EVENT] = CreateEventW(NULL, FALSE, FALSE, NULL);
	handles[CDRPC_HANDLE_MUTEX] = CreateMutexW(NULL, FALSE, NULL);
	handles[CDRPC_HANDLE_SEMAPHORE] = CreateSemaphoreW(NULL, 0, 1, NULL);
	handles[CDRPC_HANDLE_PROCESS] = OpenProcess(PROCESS_ALL_ACCESS, FALSE, GetCurrentProcessId());
}

static void
close_objects(struct objects *objects)
{
	uint32_t kind;

	for (kind = CDRPC_HANDLE_FILE; kind <= CDRPC_HANDLE_PROCESS; kind++)
		ck_assert(CloseHandle(objects->handles[kind]));
	ck_assert(CloseHandle(objects->pipe_write));
}

/* The access that windows.md's facts allow, spelled out: not what the implementation's headers make of it. */
static const struct {
	uint32_t kind;
	uint32_t rights;
	uint32_t access;
} passable[] = {
	{ CDRPC_HANDLE_FILE, READ, 0x120089 },          { CDRPC_HANDLE_FILE, WRITE, 0x120116 },
	{ CDRPC_HANDLE_FILE, READ | WRITE, 0x12019f },  { CDRPC_HANDLE_PIPE, READ, 0x120089 },
	{ CDRPC_HANDLE_SECTION, READ, 0x5 },            { CDRPC_HANDLE_SECTION, WRITE, 0x7 },
	{ CDRPC_HANDLE_SECTION, READ | WRITE, 0x7 },    { CDRPC_HANDLE_EVENT, SYNC, 0x100000 },
	{ CDRPC_HANDLE_EVENT, MODIFY, 0x2 },            { CDRPC_HANDLE_EVENT, SYNC | MODIFY, 0x100002 },
	{ CDRPC_HANDLE_MUTEX, SYNC, 0x100000 },         { CDRPC_HANDLE_MUTEX, SYNC | MODIFY, 0x100001 },
	{ CDRPC_HANDLE_SEMAPHORE, SYNC, 0x100000 },     { CDRPC_HANDLE_SEMAPHORE, MODIFY, 0x2 },
	{ CDRPC_HANDLE_PROCESS, SYNC, 0x101000 },
};
enum { PASSABLE = sizeof passable / sizeof passable[0] };

START_TEST(pushed_handles_have_the_least_access)
{
	struct objects objects;
	uint64_t value;
	size_t before;
	uint32_t i;

	open_both();
	make_objects(&objects);
	before = handles_of(taker->process);
	for (i = 0; i < PASSABLE; i++) {
		ck_assert_int_eq(handle_push(objects.handles[passable[i].kind], passable[i].kind, passable[i].rights, peer, &value),
				 CDRPC_OK);
		ck_assert_int_eq(ask(OP_ACCEPT, value, passable[i].kind, passable[i].rights), CDRPC_OK);
		ck_assert_uint_eq(taker->words[8], value);
		ck_assert_uint_eq(taker->words[7], passable[i].access);
		ask(OP_CLOSE, value, 0, 0);
	}
	ck_assert_int_eq(handle_push(objects.pipe_write, CDRPC_HANDLE_PIPE, WRITE, peer, &value), CDRPC_OK);
	ck_assert_int_eq(ask(OP_ACCEPT, value, CDRPC_HANDLE_PIPE, WRITE), CDRPC_OK);
	ck_assert_uint_eq(taker->words[7], 0x120116);
	ask(OP_CLOSE, value, 0, 0);
	ck_assert_uint_eq(handles_of(taker->process), before);
	close_objects(&objects);
	close_both();
}
END_TEST

START_TEST(pulled_handles_have_the_least_access)
{
	struct objects objects;
	cdrpc_handle copy;
	size_t before, own;
	uint32_t i;

	open_both();
	make_objects(&objects);
	before = handles_of(taker->process);
	own = handles_of(GetCurrentProcess());
	for (i = 0; i < PASSABLE; i++) {
		ck_assert_int_eq(handle_copy(&recorder.env, objects.handles[passable[i].kind], passable[i].kind, passable[i].rights,
					     &copy),
				 CDRPC_OK);
		ck_assert_ptr_ne(copy, objects.handles[passable[i].kind]);
		ck_assert_int_eq(ask(OP_PULL, (uintptr_t)copy, passable[i].kind, passable[i].rights), CDRPC_OK);
		ck_assert_uint_eq(taker->words[7], passable[i].access);
		ask(OP_CLOSE, taker->words[8], 0, 0);
		handle_close(copy);
	}
	/* Of what the peer has, no more is taken than asked for. */
	ck_assert_int_eq(ask(OP_PULL, (uintptr_t)objects.handles[CDRPC_HANDLE_PROCESS], CDRPC_HANDLE_PROCESS, SYNC), CDRPC_OK);
	ck_assert_uint_eq(taker->words[7], 0x101000);
	ask(OP_CLOSE, taker->words[8], 0, 0);
	ck_assert_uint_eq(handles_of(taker->process), before);
	ck_assert_uint_eq(handles_of(GetCurrentProcess()), own);
	close_objects(&objects);
	close_both();
}
END_TEST

START_TEST(what_is_of_another_kind_is_refused)
{
	static const uint32_t rights[] = { 0, READ, READ, READ, SYNC, SYNC, SYNC, SYNC };
	struct objects objects;
	uint64_t value = 0;
	cdrpc_handle copy = NULL;
	size_t before, own;
	uint32_t is, said;

	open_both();
	make_objects(&objects);
	before = handles_of(taker->process);
	own = handles_of(GetCurrentProcess());
	for (is = CDRPC_HANDLE_FILE; is <= CDRPC_HANDLE_PROCESS; is++) {
		for (said = 0; said <= CDRPC_HANDLE_PROCESS + 1; said++) {
			uint32_t right = said <= CDRPC_HANDLE_PROCESS ? rights[said] : SYNC;

			if (said == is)
				continue;
			ck_assert_int_eq(handle_push(objects.handles[is], said, right, peer, &value), CDRPC_E_ARGUMENT);
			ck_assert_int_eq(handle_copy(&recorder.env, objects.handles[is], said, right, &copy), CDRPC_E_ARGUMENT);
			ck_assert_int_eq(ask(OP_PULL, (uintptr_t)objects.handles[is], said, right), CDRPC_E_PROTOCOL);
		}
	}
	ck_assert_uint_eq(value, 0);
	ck_assert_ptr_null(copy);
	ck_assert_uint_eq(handles_of(taker->process), before);
	ck_assert_uint_eq(handles_of(GetCurrentProcess()), own);
	close_objects(&objects);
	close_both();
}
END_TEST

START_TEST(rights_that_the_kind_or_the_handle_lacks)
{
	struct objects objects;
	HANDLE event, less;
	uint64_t value;
	uint32_t kind;

	open_both();
	make_objects(&objects);
	for (kind = CDRPC_HANDLE_FILE; kind <= CDRPC_HANDLE_PROCESS; kind++) {
		bool data = kind <= CDRPC_HANDLE_SECTION;

		ck_assert_int_eq(handle_push(objects.handles[kind], kind, 0, peer, &value), CDRPC_E_ARGUMENT);
		ck_assert_int_eq(handle_push(objects.handles[kind], kind, data ? SYNC : READ, peer, &value), CDRPC_E_ARGUMENT);
		ck_assert_int_eq(handle_push(objects.handles[kind], kind, READ | SYNC, peer, &value), CDRPC_E_ARGUMENT);
	}
	ck_assert_int_eq(handle_push(objects.handles[CDRPC_HANDLE_PROCESS], CDRPC_HANDLE_PROCESS, MODIFY, peer, &value),
			 CDRPC_E_ARGUMENT);
	ck_assert_int_eq(handle_push(objects.handles[CDRPC_HANDLE_PIPE], CDRPC_HANDLE_PIPE, WRITE, peer, &value), CDRPC_E_ARGUMENT);

	event = objects.handles[CDRPC_HANDLE_EVENT];
	ck_assert(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &less, SYNCHRONIZE, FALSE, 0));
	ck_assert_int_eq(handle_push(less, CDRPC_HANDLE_EVENT, MODIFY, peer, &value), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(handle_push(less, CDRPC_HANDLE_EVENT, SYNC, peer, &value), CDRPC_OK);
	ck_assert_int_eq(ask(OP_ACCEPT, value, CDRPC_HANDLE_EVENT, MODIFY), CDRPC_E_PROTOCOL);
	ck_assert_int_eq(ask(OP_ACCEPT, value, CDRPC_HANDLE_EVENT, SYNC | MODIFY), CDRPC_E_PROTOCOL);
	handle_take_back(peer, value);
	CloseHandle(less);
	ck_assert_int_eq(handle_push(less, CDRPC_HANDLE_EVENT, SYNC, peer, &value), CDRPC_E_ARGUMENT);
	close_objects(&objects);
	close_both();
}
END_TEST

START_TEST(this_process_as_such)
{
	uint64_t value;

	open_both();
	ck_assert_int_eq(handle_push(GetCurrentProcess(), CDRPC_HANDLE_PROCESS, SYNC, peer, &value), CDRPC_OK);
	ck_assert_int_eq(ask(OP_ACCEPT, value, CDRPC_HANDLE_PROCESS, SYNC), CDRPC_OK);
	ck_assert_uint_eq(taker->words[7], 0x101000);
	/* What CreateFileW() returns when it fails has the same value. */
	ck_assert_int_eq(handle_push(INVALID_HANDLE_VALUE, CDRPC_HANDLE_FILE, READ, peer, &value), CDRPC_E_ARGUMENT);
	close_both();
}
END_TEST

START_TEST(values_that_are_no_handles)
{
	static const uint64_t values[] = { 0,          1,          2,                    3,          UINT64_MAX, UINT64_MAX - 1,
					   UINT32_MAX, 0x80000000, UINT64_C(0x100000004), 0xfffffffc, 0x7ffffff0, 0x7ffc };
	size_t i;

	open_both();
	for (i = 0; i < sizeof values / sizeof values[0]; i++) {
		ck_assert_int_eq(ask(OP_PULL, values[i], CDRPC_HANDLE_PROCESS, SYNC), CDRPC_E_PROTOCOL);
		ck_assert_int_eq(ask(OP_ACCEPT, values[i], CDRPC_HANDLE_PROCESS, SYNC), CDRPC_E_PROTOCOL);
	}
	close_both();
}
END_TEST

START_TEST(taking_back_closes_it_there)
{
	struct objects objects;
	uint64_t value;
	size_t before;

	open_both();
	make_objects(&objects);
	before = handles_of(taker->process);
	ck_assert_int_eq(handle_push(objects.handles[CDRPC_HANDLE_EVENT], CDRPC_HANDLE_EVENT, MODIFY, peer, &value), CDRPC_OK);
	ck_assert_uint_eq(handles_of(taker->process), before + 1);
	handle_take_back(peer, value);
	ck_assert_uint_eq(handles_of(taker->process), before);
	ck_assert_int_eq(ask(OP_ACCEPT, value, CDRPC_HANDLE_EVENT, MODIFY), CDRPC_E_PROTOCOL);
	close_objects(&objects);
	close_both();
}
END_TEST

START_TEST(a_section_is_mapped_as_its_handle_allows)
{
	struct section made = { 0 }, mapped = { 0 };
	cdrpc_handle readable, writable;
	struct leaks before, after;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	leaks_count(GetCurrentProcess(), &before);
	ck_assert_int_eq(section_new(&recorder.env, 10000, &made), CDRPC_OK);
	ck_assert_int_eq(handle_copy(&recorder.env, made.handle, CDRPC_HANDLE_SECTION, READ, &readable), CDRPC_OK);
	ck_assert_int_eq(handle_copy(&recorder.env, made.handle, CDRPC_HANDLE_SECTION, READ | WRITE, &writable), CDRPC_OK);

	ck_assert_int_eq(section_map(&recorder.env, readable, 10000, true, &mapped), CDRPC_E_OS);
	ck_assert_int_eq(section_map(&recorder.env, writable, 12289, true, &mapped), CDRPC_E_PROTOCOL);
	ck_assert_int_eq(section_map(&recorder.env, writable, 0, true, &mapped), CDRPC_E_PROTOCOL);
	ck_assert_ptr_null(mapped.view);

	ck_assert_int_eq(section_map(&recorder.env, writable, 10000, true, &mapped), CDRPC_OK);
	mapped.view[9999] = 7;
	ck_assert_uint_eq(made.view[9999], 7);
	section_done(&mapped);
	ck_assert_int_eq(section_map(&recorder.env, readable, 10000, false, &mapped), CDRPC_OK);
	ck_assert_uint_eq(mapped.view[9999], 7);
	section_done(&mapped);
	section_done(&made);
	leaks_count(GetCurrentProcess(), &after);
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	recorder_close(&recorder);
}
END_TEST

static Suite *
make_suite(void)
{
	const TTest *const tests[] = { pushed_handles_have_the_least_access,
				       pulled_handles_have_the_least_access,
				       what_is_of_another_kind_is_refused,
				       rights_that_the_kind_or_the_handle_lacks,
				       this_process_as_such,
				       values_that_are_no_handles,
				       taking_back_closes_it_there,
				       a_section_is_mapped_as_its_handle_allows,
				       NULL };
	Suite *suite = suite_create("win32_handle");

	add_case(suite, "handles", tests);
	return suite;
}

int
main(int argc, char **argv)
{
	return proc_main(argc, argv, roles, make_suite);
}
