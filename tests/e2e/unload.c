/* A DLL that contains the library is loaded, used by several threads, and unloaded, a hundred times: nothing of it stays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "service.h"
#include "unload_part.h"

enum { ROUNDS = 100, SETTLED = 5 };

/* The DLL's function of that name. */
#define IN_PART(module, function) ((function##_function *)(void *)(uintptr_t)GetProcAddress(module, #function))

static struct serving service;
static unload_part_function *part;      /* in the DLL, while it is loaded */
static HANDLE begin, done, unloaded;    /* of the round's threads */
static volatile LONG wrong;             /* what went wrong first */

static void
use(void)
{
	InterlockedCompareExchange(&wrong, part(service.name), 0);
}

/* One that was there before the DLL, and ends long after. */
static DWORD WINAPI
last(void *unused)
{
	(void)unused;
	while (WaitForSingleObject(begin, INFINITE) == WAIT_OBJECT_0 && part) {
		use();
		SetEvent(done);
	}
	return 0;
}

/* One that ends while the DLL is loaded. */
static DWORD WINAPI
end_before(void *unused)
{
	(void)unused;
	use();
	return 0;
}

/* One that ends when it is not any more. */
static DWORD WINAPI
end_after(void *used)
{
	use();
	SetEvent(used);
	WaitForSingleObject(unloaded, INFINITE);
	return 0;
}

/* How many indexes for variables of threads the process could still have. */
static uint32_t
free_indexes(void)
{
	static DWORD taken[4096];
	uint32_t count = 0, i;

	while (count < 4096 && (taken[count] = TlsAlloc()) != TLS_OUT_OF_INDEXES)
		count++;
	for (i = 0; i < count; i++)
		TlsFree(taken[i]);
	return count;
}

static void
path_of(const char *name, char path[MAX_PATH])
{
	GetModuleFileNameA(NULL, path, MAX_PATH);
	*strrchr(path, '\\') = '\0';
	strcat(path, "\\");
	strcat(path, name);
}

static void
round_of(const char *path)
{
	HMODULE module = LoadLibraryA(path);
	HANDLE used = CreateEventW(NULL, TRUE, FALSE, NULL);
	HANDLE before, after;

	ck_assert_ptr_nonnull(module);
	part = IN_PART(module, unload_part);
	ck_assert_ptr_nonnull(part);
	use();
	before = CreateThread(NULL, 0, end_before, NULL, 0, NULL);
	after = CreateThread(NULL, 0, end_after, used, 0, NULL);
	SetEvent(begin);
	proc_await_handle(done);
	proc_await_handle(used);
	proc_await_handle(before);
	part = NULL;
	ck_assert(FreeLibrary(module));
	ck_assert_ptr_null(GetModuleHandleA("unload_part.dll"));
	SetEvent(unloaded);
	proc_await_handle(after);
	ResetEvent(unloaded);
	CloseHandle(before);
	CloseHandle(after);
	CloseHandle(used);
}

START_TEST(a_hundred_times)
{
	struct leaks before, after;
	uint32_t indexes = 0, i;
	char path[MAX_PATH];
	HANDLE lasting;

	service_start(&service, "serve");
	path_of("unload_part.dll", path);
	begin = CreateEventW(NULL, FALSE, FALSE, NULL);
	done = CreateEventW(NULL, FALSE, FALSE, NULL);
	unloaded = CreateEventW(NULL, TRUE, FALSE, NULL);
	lasting = CreateThread(NULL, 0, last, NULL, 0, NULL);
	for (i = 0; i < ROUNDS; i++) {
		round_of(path);
		if (i == SETTLED) {
			ck_assert(leaks_count(GetCurrentProcess(), &before));
			indexes = free_indexes();
		}
	}
	ck_assert_int_eq(wrong, 0);
	ck_assert_uint_eq(free_indexes(), indexes);
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	SetEvent(begin);
	proc_await_handle(lasting);
	CloseHandle(lasting);
	CloseHandle(begin);
	CloseHandle(done);
	CloseHandle(unloaded);
	service_stop(&service);
}
END_TEST

/* ---- unloaded while the library still does something that nobody waits for ---- */

static struct {
	unload_part_connect_function *connect;
	struct cdrpc_env env;
	void (*free)(void *self, void *memory);         /* what env.free does besides */
	struct cdrpc_client *client;
	HANDLE connected, freed;
	DWORD threads[2];               /* that may give memory back at once; any other is the errand's */
	HANDLE held, go;                /* it is held up the first time */
} left;

static void
hold_errand(void *self, void *memory)
{
	DWORD thread = GetCurrentThreadId();

	if (thread != left.threads[0] && thread != left.threads[1]) {
		SetEvent(left.held);
		WaitForSingleObject(left.go, INFINITE);
	}
	left.free(self, memory);
}

/* The client's thread, which ends without having looked again. */
static DWORD WINAPI
connect_and_end(void *unused)
{
	cdrpc_status status;

	(void)unused;
	left.threads[1] = GetCurrentThreadId();
	status = left.connect(service.name, &left.env, &left.client);
	SetEvent(left.connected);
	WaitForSingleObject(left.freed, INFINITE);
	return (DWORD)status;
}

START_TEST(while_an_errand_runs)
{
	HANDLE unloaded_part = CreateEventW(NULL, TRUE, FALSE, NULL), thread;
	struct heap heap = { 0 };
	char path[MAX_PATH];
	HMODULE module;

	service_start(&service, "serve");
	path_of("unload_part.dll", path);
	module = LoadLibraryA(path);
	ck_assert_ptr_nonnull(module);
	heap_env(&heap, &left.env);
	left.free = left.env.free;
	left.env.free = hold_errand;
	left.connect = IN_PART(module, unload_part_connect);
	left.connected = CreateEventW(NULL, TRUE, FALSE, NULL);
	left.freed = CreateEventW(NULL, TRUE, FALSE, NULL);
	left.held = CreateEventW(NULL, TRUE, FALSE, NULL);
	left.go = CreateEventW(NULL, TRUE, FALSE, NULL);
	left.threads[0] = GetCurrentThreadId();
	IN_PART(module, unload_part_tell)(unloaded_part);
	thread = CreateThread(NULL, 0, connect_and_end, NULL, 0, NULL);
	proc_await_handle(left.connected);
	ck_assert_ptr_nonnull(left.client);
	IN_PART(module, unload_part_free)(left.client);
	SetEvent(left.freed);
	proc_await_handle(thread);
	/* Somebody of the system's pool frees it. */
	proc_await_handle(left.held);
	ck_assert(FreeLibrary(module));
	ck_assert_uint_eq(WaitForSingleObject(unloaded_part, 0), WAIT_TIMEOUT);
	SetEvent(left.go);
	proc_await_handle(unloaded_part);
	ck_assert_uint_eq(heap.blocks, 0);
	CloseHandle(thread);
	CloseHandle(unloaded_part);
	CloseHandle(left.connected);
	CloseHandle(left.freed);
	CloseHandle(left.held);
	CloseHandle(left.go);
	service_stop(&service);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("unload");
	TCase *tcase = tcase_create("unload");

	tcase_add_test(tcase, a_hundred_times);
	tcase_add_test(tcase, while_an_errand_runs);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
