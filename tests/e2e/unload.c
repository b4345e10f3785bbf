/* A DLL that contains the library is loaded, used by several threads, and unloaded, a hundred times: nothing of it stays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "service.h"
#include "unload_part.h"

enum { ROUNDS = 100, SETTLED = 5 };

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
	part = (unload_part_function *)(void *)(uintptr_t)GetProcAddress(module, "unload_part");
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

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("unload");
	TCase *tcase = tcase_create("unload");

	tcase_add_test(tcase, a_hundred_times);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
