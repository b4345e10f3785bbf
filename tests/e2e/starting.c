/* Servers that are started on demand, and servers of several threads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "side.h"

#define CLIENTS 6
#define THREADS 3

/* ---- a program that is started: PROGRAM started TEST-PID SESSIONS [slow | ends | chain] ---- */

static HANDLE
named(const char *what, unsigned long process_id, bool is_event)
{
	char name[64];

	snprintf(name, sizeof name, "Local\\test.%s.%lu", what, process_id);
	return is_event ? CreateEventA(NULL, TRUE, FALSE, name) : CreateSemaphoreA(NULL, 0, 1000, name);
}

static DWORD WINAPI
end_with_the_test(void *process)
{
	WaitForSingleObject(process, INFINITE);
	ExitProcess(3);
}

static struct cdrpc_client_options starting(unsigned long process_id, uint32_t sessions, const wchar_t *how);

/* Starts another server, and calls it, before it serves itself. */
static void
start_another(void)
{
	struct cdrpc_client_options options = starting(GetCurrentProcessId(), 1, L"now");
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t sum;

	side_name(name, GetCurrentProcessId());
	proc_check(cdrpc_client_connect(name, &options, &client) == CDRPC_OK);
	proc_check(duplex_add(client, 2, 3, &sum) == CDRPC_OK);
	cdrpc_client_free(client);
}

static int
run_started(unsigned long process_id, uint32_t sessions, const char *how)
{
	uint64_t words[PROC_WORDS] = { [SIDE_SESSIONS] = sessions };
	HANDLE test = OpenProcess(SYNCHRONIZE, FALSE, process_id);
	struct proc starter = { .process = test, .process_id = process_id, .words = words };

	CloseHandle(CreateThread(NULL, 0, end_with_the_test, test, 0, NULL));
	/* One for each that was started; the test has the semaphore open. */
	ReleaseSemaphore(named("count", process_id, false), 1, NULL);
	if (strcmp(how, "ends") == 0)
		return 7;
	if (strcmp(how, "slow") == 0) {
		HANDLE ways[] = { named("go", process_id, true), named("end", process_id, true) };

		SetEvent(named("begun", process_id, true));
		if (WaitForMultipleObjects(2, ways, FALSE, INFINITE) != WAIT_OBJECT_0)
			return 7;
	}
	if (strcmp(how, "chain") == 0)
		start_another();
	starter.event_in = CreateEventW(NULL, TRUE, TRUE, NULL);
	starter.event_out = starter.event_in;
	return side_run(&starter);
}

static wchar_t image[MAX_PATH];
static wchar_t arguments[64];
static HANDLE counted;

static struct cdrpc_client_options
starting(unsigned long process_id, uint32_t sessions, const wchar_t *how)
{
	struct cdrpc_client_options options = { .start_image = image, .start_arguments = arguments, .connect_timeout_ms = 20000 };

	GetModuleFileNameW(NULL, image, MAX_PATH);
	swprintf(arguments, sizeof arguments / sizeof arguments[0], L"started %lu %u %ls", process_id, (unsigned)sessions, how);
	return options;
}

static uint32_t
started(void)
{
	uint32_t count = 0;

	while (WaitForSingleObject(counted, 0) == WAIT_OBJECT_0)
		count++;
	return count;
}

/* Until the server's window is gone; a client that has closed does not wait for that. */
static void
await_end(DWORD process_id)
{
	HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, process_id);

	if (process) {
		proc_await_handle(process);
		CloseHandle(process);
	}
}

/* A client that starts the server if there is none. */
static int
run_client(struct proc *tester)
{
	struct cdrpc_client_options options = starting(tester->process_id, CLIENTS, L"now");
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t process_id, thread_id;

	side_name(name, tester->process_id);
	proc_signal(tester);
	proc_await(tester);
	proc_check(cdrpc_client_connect(name, &options, &client) == CDRPC_OK);
	proc_check(duplex_where(client, &process_id, &thread_id) == CDRPC_OK);
	tester->words[0] = process_id;
	proc_signal(tester);
	proc_await(tester);
	cdrpc_client_free(client);
	return 0;
}

START_TEST(many_at_once_start_one)
{
	struct proc *clients[CLIENTS];
	uint32_t i;

	counted = named("count", GetCurrentProcessId(), false);
	for (i = 0; i < CLIENTS; i++)
		clients[i] = proc_start("client");
	for (i = 0; i < CLIENTS; i++)
		proc_await(clients[i]);
	for (i = 0; i < CLIENTS; i++)
		proc_signal(clients[i]);
	for (i = 0; i < CLIENTS; i++)
		proc_await(clients[i]);
	for (i = 0; i < CLIENTS; i++)
		ck_assert_uint_eq(clients[i]->words[0], clients[0]->words[0]);
	ck_assert_uint_eq(started(), 1);
	i = (uint32_t)clients[0]->words[0];
	for (uint32_t j = 0; j < CLIENTS; j++) {
		proc_signal(clients[j]);
		ck_assert_int_eq(proc_finish(clients[j]), 0);
	}
	await_end(i);
	CloseHandle(counted);
}
END_TEST

static uint32_t slow_sessions;

static DWORD WINAPI
connect_slowly(void *ret_status)
{
	struct cdrpc_client_options options = starting(GetCurrentProcessId(), slow_sessions, L"slow");
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t process_id = 0, thread_id;
	cdrpc_status status;

	side_name(name, GetCurrentProcessId());
	status = cdrpc_client_connect(name, &options, &client);
	if (status == CDRPC_OK)
		status = duplex_where(client, &process_id, &thread_id);
	cdrpc_client_free(client);
	if (slow_sessions == 1)
		await_end(process_id);
	*(cdrpc_status *)ret_status = status;
	return 0;
}

/* Connecting waits for the program to say that it is ready. */
START_TEST(readiness_is_waited_for)
{
	HANDLE begun = named("begun", GetCurrentProcessId(), true), go = named("go", GetCurrentProcessId(), true);
	cdrpc_status status = 99;
	HANDLE thread;

	counted = named("count", GetCurrentProcessId(), false);
	slow_sessions = 1;
	thread = CreateThread(NULL, 0, connect_slowly, &status, 0, NULL);
	proc_await_handle(begun);
	ck_assert_uint_eq(WaitForSingleObject(thread, 100), WAIT_TIMEOUT);
	SetEvent(go);
	proc_await_handle(thread);
	ck_assert_int_eq(status, CDRPC_OK);
	ck_assert_uint_eq(started(), 1);
	CloseHandle(thread);
	CloseHandle(begun);
	CloseHandle(go);
	CloseHandle(counted);
}
END_TEST

/* Longer than anybody waits for a turn that is only said to be taken. */
START_TEST(a_slow_start_is_one)
{
	HANDLE begun = named("begun", GetCurrentProcessId(), true), go = named("go", GetCurrentProcessId(), true);
	cdrpc_status first = 99;
	struct proc *second;
	DWORD server;
	HANDLE thread;

	counted = named("count", GetCurrentProcessId(), false);
	slow_sessions = 2;
	thread = CreateThread(NULL, 0, connect_slowly, &first, 0, NULL);
	proc_await_handle(begun);
	second = proc_start("client");
	proc_await(second);
	proc_signal(second);
	ck_assert_uint_eq(WaitForSingleObject(second->process, 3500), WAIT_TIMEOUT);
	ck_assert_uint_eq(started(), 1);
	SetEvent(go);
	proc_await(second);
	server = (DWORD)second->words[0];
	proc_signal(second);
	ck_assert_int_eq(proc_finish(second), 0);
	proc_await_handle(thread);
	ck_assert_int_eq(first, CDRPC_OK);
	ck_assert_uint_eq(started(), 0);
	await_end(server);
	CloseHandle(thread);
	CloseHandle(begun);
	CloseHandle(go);
	CloseHandle(counted);
}
END_TEST

/* A client that has no patience, and ends: words[0] is how long it has, words[1] what it ends with. */
static int
run_impatient(struct proc *tester)
{
	struct cdrpc_client_options options = starting(tester->process_id, 1, L"slow");
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];

	proc_await(tester);
	options.connect_timeout_ms = (uint32_t)tester->words[0];
	side_name(name, tester->process_id);
	tester->words[1] = (uint64_t)cdrpc_client_connect(name, &options, &client);
	cdrpc_client_free(client);
	return 0;
}

static cdrpc_status
connect_impatiently(void)
{
	struct proc *helper = proc_start("impatient");
	cdrpc_status status;

	helper->words[0] = 1000;
	proc_signal(helper);
	proc_await_handle(helper->process);
	status = (cdrpc_status)helper->words[1];
	ck_assert_int_eq(proc_finish(helper), 0);
	return status;
}

/* The program outlives whoever has started it, and the others wait for it while it lives: it serves in the end (0), or it ends (1). */
START_TEST(the_impatient_start_one)
{
	HANDLE begun = named("begun", GetCurrentProcessId(), true), go = named("go", GetCurrentProcessId(), true);
	char name[64];
	HANDLE end;
	cdrpc_status status = 99;
	uint32_t i;

	snprintf(name, sizeof name, "Local\\test.end.%lu", GetCurrentProcessId());
	/* Of those that wait for it, one ends. */
	end = CreateEventA(NULL, FALSE, FALSE, name);
	counted = named("count", GetCurrentProcessId(), false);
	for (i = 0; i < 4; i++)
		ck_assert_int_eq(connect_impatiently(), CDRPC_E_TIMEOUT);
	ck_assert_uint_eq(started(), 1);
	proc_await_handle(begun);
	ResetEvent(begun);
	slow_sessions = 1;
	if (_i == 0) {
		SetEvent(go);
		connect_slowly(&status);
	} else {
		HANDLE thread = CreateThread(NULL, 0, connect_slowly, &status, 0, NULL);

		SetEvent(end);
		proc_await_handle(begun);
		SetEvent(go);
		proc_await_handle(thread);
		CloseHandle(thread);
	}
	ck_assert_int_eq(status, CDRPC_OK);
	ck_assert_uint_eq(started(), _i == 1);
	CloseHandle(begun);
	CloseHandle(go);
	CloseHandle(end);
	CloseHandle(counted);
}
END_TEST

/* What a_start_that_is_only_claimed() says that the helper has. */
enum claimed { CLAIM_NOTHING, CLAIM_EVENT, CLAIM_COPY, CLAIM_TO_READ, CLAIM_ITSELF, CLAIMS };

/* The helper's handle of it. */
static uint32_t
give_claim(const struct proc *helper, HANDLE object, DWORD access)
{
	HANDLE theirs = NULL;

	ck_assert(DuplicateHandle(GetCurrentProcess(), object, helper->process, &theirs, access, FALSE, access ? 0 : DUPLICATE_SAME_ACCESS));
	return (uint32_t)(uintptr_t)theirs;
}

/* A name says nothing: what it names must have the mark, which a process that was not started so has not; nor has one that was given a
 * section of the same content, or the mark's own to read, as a peer of its may have done. */
START_TEST(a_start_that_is_only_claimed)
{
	struct cdrpc_client_options options = starting(GetCurrentProcessId(), 1, L"ends");
	struct proc *helper = proc_start("side");
	struct cdrpc_client *client = NULL;
	uint32_t *claim, *copy;
	HANDLE section, other, event;

	counted = named("count", GetCurrentProcessId(), false);
	section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, L"Local\\cdrpc.started.test.claimed");
	claim = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, 4096);
	other = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
	copy = MapViewOfFile(other, FILE_MAP_WRITE, 0, 0, 4096);
	event = CreateEventW(NULL, TRUE, FALSE, NULL);
	claim[0] = helper->process_id;
	claim[2] = give_claim(helper, event, 0);
	if (_i == CLAIM_EVENT)
		claim[1] = claim[2];
	else if (_i == CLAIM_COPY)
		claim[1] = give_claim(helper, other, 0);
	else if (_i == CLAIM_TO_READ)
		claim[1] = give_claim(helper, section, SECTION_QUERY | SECTION_MAP_READ);
	else if (_i == CLAIM_ITSELF)
		claim[1] = give_claim(helper, section, 0);
	memcpy(copy, claim, 3 * sizeof *claim);
	options.connect_timeout_ms = 2000;
	ck_assert_int_eq(cdrpc_client_connect("test.claimed", &options, &client),
			 _i == CLAIM_ITSELF ? CDRPC_E_TIMEOUT : CDRPC_E_NOT_FOUND);
	ck_assert_uint_eq(started(), _i != CLAIM_ITSELF);
	UnmapViewOfFile(copy);
	CloseHandle(other);
	UnmapViewOfFile(claim);
	CloseHandle(section);
	CloseHandle(event);
	proc_kill(helper);
	proc_finish(helper);
	CloseHandle(counted);
}
END_TEST

/* Who is told that the second is ready is the first, and nobody else is told that the first is. */
START_TEST(one_that_starts_another_first)
{
	struct cdrpc_client_options options = starting(GetCurrentProcessId(), 1, L"chain");
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t process_id, thread_id;

	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, &options, &client), CDRPC_OK);
	ck_assert_int_eq(duplex_where(client, &process_id, &thread_id), CDRPC_OK);
	cdrpc_client_free(client);
	await_end(process_id);
}
END_TEST

/* Inherited by somebody who was not started to serve: the number is a handle of its own. */
START_TEST(readiness_that_was_asked_of_another)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_server *server = NULL;
	wchar_t text[64];

	swprintf(text, 64, L"%lu%ls%lu", (unsigned long)(uintptr_t)event, _i == 0 ? L" " : L"", _i == 0 ? GetCurrentProcessId() : 0);
	ck_assert(SetEnvironmentVariableW(L"CDRPC_READY", text));
	ck_assert_int_eq(cdrpc_server_new("test.inherited", NULL, &server), CDRPC_OK);
	ck_assert_uint_eq(GetEnvironmentVariableW(L"CDRPC_READY", text, 64), 0);
	ck_assert_int_eq(cdrpc_server_start(server), CDRPC_OK);
	ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
	cdrpc_server_free(server);
	ck_assert(SetEvent(event));
	CloseHandle(event);
}
END_TEST

START_TEST(programs_that_are_none)
{
	struct cdrpc_client_options options = starting(GetCurrentProcessId(), 1, L"ends");
	struct leaks before, after;
	struct cdrpc_client *client = NULL;
	uint32_t i;

	options.connect_timeout_ms = PROC_NEVER_MS;
	counted = named("count", GetCurrentProcessId(), false);
	for (i = 0; i < 6; i++) {
		ck_assert_int_eq(cdrpc_client_connect("test.nobody", &options, &client), CDRPC_E_NOT_FOUND);
		if (i == 2)
			ck_assert(leaks_count(GetCurrentProcess(), &before));
	}
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(started(), 6);
	options.start_image = L"C:\\nowhere\\nothing.exe";
	ck_assert_int_eq(cdrpc_client_connect("test.nobody", &options, &client), CDRPC_E_OS);
	options.start_image = NULL;
	ck_assert_int_eq(cdrpc_client_connect("test.nobody", &options, &client), CDRPC_E_NOT_FOUND);
	ck_assert_ptr_null(client);
	CloseHandle(counted);
}
END_TEST

/* However little time there is, a server that is there is neither NOT_FOUND nor started. */
START_TEST(one_that_is_there_is_not_started)
{
	struct cdrpc_client_options options = starting(GetCurrentProcessId(), 1, L"now");
	struct proc *helper = proc_start("side");
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t i, others = 0;
	cdrpc_status status;

	counted = named("count", GetCurrentProcessId(), false);
	helper->words[SIDE_SESSIONS] = UINT32_MAX;
	proc_signal(helper);
	proc_await(helper);
	side_name(name, GetCurrentProcessId());
	for (i = 0; i < 120; i++) {
		options.connect_timeout_ms = 1 + i % 3;
		client = NULL;
		status = cdrpc_client_connect(name, &options, &client);
		others += status != CDRPC_OK && status != CDRPC_E_TIMEOUT && status != CDRPC_E_BUSY;
		cdrpc_client_free(client);
	}
	ck_assert_uint_eq(others, 0);
	ck_assert_uint_eq(started(), 0);
	options.connect_timeout_ms = 0;
	ck_assert_int_eq(cdrpc_client_connect(name, &options, &client), CDRPC_OK);
	cdrpc_client_free(client);
	proc_kill(helper);
	proc_finish(helper);
	CloseHandle(counted);
}
END_TEST

/* ---- several threads ---- */

struct listener {
	struct cdrpc_client *client;
	uint32_t thread_id;
	uint32_t ticks;
	uint32_t wrong;
};

static void
on_ticked(void *self, uint32_t n, struct cdrpc_bytes data)
{
	struct listener *listener = self;

	listener->wrong += n != listener->ticks || data.size != 5;
	listener->ticks++;
}

static void
end_side(struct proc *helper, struct listener *listeners, uint32_t count)
{
	uint32_t i;

	for (i = 0; i < count; i++)
		cdrpc_client_free(listeners[i].client);
	ck_assert_int_eq(proc_finish(helper), 0);
}

START_TEST(sessions_are_spread)
{
	static const struct duplex_events events = { .ticked = on_ticked };
	struct listener listeners[CLIENTS] = { 0 };
	struct proc *helper = proc_start("side");
	uint32_t i, j, here, round, sum, process_id, thread_id, wrong = 0;
	char name[CDRPC_NAME_MAX + 1];

	helper->words[SIDE_SESSIONS] = CLIENTS;
	helper->words[SIDE_THREADS] = THREADS;
	proc_signal(helper);
	proc_await(helper);
	side_name(name, GetCurrentProcessId());
	for (i = 0; i < CLIENTS; i++) {
		ck_assert_int_eq(cdrpc_client_connect(name, NULL, &listeners[i].client), CDRPC_OK);
		ck_assert_int_eq(duplex_where(listeners[i].client, &process_id, &listeners[i].thread_id), CDRPC_OK);
		ck_assert_uint_eq(process_id, helper->process_id);
		ck_assert_int_eq(duplex_listen(listeners[i].client, &events, &listeners[i]), CDRPC_OK);
	}
	for (i = 0; i < CLIENTS; i++) {
		for (j = 0, here = 0; j < CLIENTS; j++)
			here += listeners[j].thread_id == listeners[i].thread_id;
		ck_assert_uint_eq(here, CLIENTS / THREADS);
	}
	/* Each session stays where it is, and works there. */
	for (round = 0; round < 50; round++) {
		for (i = 0; i < CLIENTS; i++) {
			wrong += duplex_add(listeners[i].client, round, i, &sum) != CDRPC_OK || sum != round + i;
			wrong += duplex_where(listeners[i].client, &process_id, &thread_id) != CDRPC_OK ||
				 thread_id != listeners[i].thread_id;
		}
	}
	ck_assert_uint_eq(wrong, 0);
	/* Events to all reach those of the other threads. */
	ck_assert_int_eq(duplex_tick(listeners[4].client, 0, 10, 5, false), CDRPC_OK);
	for (i = 0; i < CLIENTS; i++) {
		side_pump(&listeners[i].ticks, 10);
		ck_assert_uint_eq(listeners[i].wrong, 0);
	}
	/* The last session's end stops the server from its thread, which is not the one that runs it. */
	end_side(helper, listeners, CLIENTS);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("starting");
	TCase *tcase = tcase_create("starting");

	tcase_add_test(tcase, many_at_once_start_one);
	tcase_add_test(tcase, readiness_is_waited_for);
	tcase_add_test(tcase, a_slow_start_is_one);
	tcase_add_loop_test(tcase, the_impatient_start_one, 0, 2);
	tcase_add_loop_test(tcase, a_start_that_is_only_claimed, 0, CLAIMS);
	tcase_add_test(tcase, one_that_starts_another_first);
	tcase_add_loop_test(tcase, readiness_that_was_asked_of_another, 0, 2);
	tcase_add_test(tcase, programs_that_are_none);
	tcase_add_test(tcase, one_that_is_there_is_not_started);
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("threads");
	tcase_add_test(tcase, sessions_are_spread);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { "client", run_client }, { "impatient", run_impatient }, { 0 } };

	if (argc == 5 && strcmp(argv[1], "started") == 0)
		return run_started(strtoul(argv[2], NULL, 10), (uint32_t)strtoul(argv[3], NULL, 10), argv[4]);
	return proc_main(argc, argv, roles, make_suite);
}
