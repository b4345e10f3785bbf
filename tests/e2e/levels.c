/*
 * Integrity levels, which Wine has one of: what the system says of this process and of all others is put in its place. What the library
 * does with it is in unit/core_levels.c; here is what it asks of the system.
 */
#include <stdio.h>
#include <string.h>

#include "base/env.h"
#include "inject.h"
#include "powers.h"
#include "process_handle.h"

/* ---- the facts ---- */

static uint32_t own_level, level_of_others;     /* 0: as it is */
static HANDLE own_token;
static HWND application;        /* a window of it, on which the library is not to change anything */
static uint32_t filters, sends;

static BOOL WINAPI
open_token(HANDLE process, DWORD access, HANDLE *ret_token)
{
	BOOL done = INJECT_REAL("advapi32.dll", OpenProcessToken)(process, access, ret_token);

	if (done && process == GetCurrentProcess())
		own_token = *ret_token;
	else if (done && own_token == *ret_token)
		own_token = NULL;
	return done;
}

INJECT(OpenProcessToken, 3, open_token);

static BOOL WINAPI
read_token(HANDLE token, TOKEN_INFORMATION_CLASS what, void *ret_info, DWORD size, DWORD *ret_size)
{
	BOOL done = INJECT_REAL("advapi32.dll", GetTokenInformation)(token, what, ret_info, size, ret_size);
	DWORD level = token == own_token ? own_level : level_of_others;
	PSID sid;

	if (done && what == TokenIntegrityLevel && level) {
		sid = ((TOKEN_MANDATORY_LABEL *)ret_info)->Label.Sid;
		*GetSidSubAuthority(sid, *GetSidSubAuthorityCount(sid) - 1u) = level;
	}
	return done;
}

INJECT(GetTokenInformation, 5, read_token);

static BOOL WINAPI
change_filter(HWND window, UINT message, DWORD action, CHANGEFILTERSTRUCT *change)
{
	(void)change;
	if (window == application)
		filters |= 8;
	if (action == MSGFLT_ALLOW)
		filters |= message == WM_COPYDATA ? 1 : message == RegisterWindowMessageW(L"cdrpc.ring.1") ? 2 : 4;
	return TRUE;
}

INJECT(ChangeWindowMessageFilterEx, 4, change_filter);

static LRESULT WINAPI
send(HWND to, UINT message, WPARAM wparam, LPARAM lparam, UINT flags, UINT timeout_ms, PDWORD_PTR ret_result)
{
	sends++;
	return INJECT_REAL("user32.dll", SendMessageTimeoutW)(to, message, wparam, lparam, flags, timeout_ms, ret_result);
}

INJECT(SendMessageTimeoutW, 7, send);

/* ---- servers, clients ---- */

static char service[CDRPC_NAME_MAX + 1];

static void
name_service(DWORD process_id)
{
	powers_name(process_id, service);
}

static struct cdrpc_server *server;

/* Ordinary: nothing is put in place of anything there. */
static int
run_serve(struct proc *starter)
{
	return powers_serve(starter, true, NULL, NULL);
}

START_TEST(levels_have_names_and_numbers)
{
	static const struct {
		uint32_t number;
		enum cdrpc_integrity name;
	} cases[] = {
		{ 0x1000, CDRPC_INTEGRITY_LOW }, { 0x2000, CDRPC_INTEGRITY_MEDIUM }, { 0x2010, CDRPC_INTEGRITY_MEDIUM },
		{ 0x2100, CDRPC_INTEGRITY_MEDIUM }, { 0x3000, CDRPC_INTEGRITY_HIGH }, { 0x4000, CDRPC_INTEGRITY_SYSTEM },
		{ 0x0800, CDRPC_INTEGRITY_ANY },
	};
	struct cdrpc_peer_facts facts = { 0 }, own;
	HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, GetCurrentProcessId());

	own_level = 0x3000;
	level_of_others = cases[_i].number;
	facts_from_token(process, &facts);
	ck_assert_int_eq(facts.integrity, cases[_i].name);
	ck_assert_uint_eq(facts.integrity_rid, cases[_i].number);
	ck_assert(facts.same_user);
	process_own_facts(&own);
	ck_assert_int_eq(own.integrity, CDRPC_INTEGRITY_HIGH);
	ck_assert_uint_eq(own.integrity_rid, 0x3000);
	CloseHandle(process);
}
END_TEST

/* Frames and rings are let in where somebody is admitted from whom they would not come, and nothing else ever is. */
START_TEST(windows_are_opened_for_those_below)
{
	static const struct {
		uint32_t own;
		enum cdrpc_integrity asked;
		uint32_t filters;
	} cases[] = {
		{ 0x3000, CDRPC_INTEGRITY_ANY, 0 },    { 0x3000, CDRPC_INTEGRITY_LOW, 3 }, { 0x3000, CDRPC_INTEGRITY_MEDIUM, 3 },
		{ 0x3000, CDRPC_INTEGRITY_HIGH, 0 },   { 0x2000, CDRPC_INTEGRITY_LOW, 3 }, { 0x2000, CDRPC_INTEGRITY_MEDIUM, 0 },
		{ 0x2010, CDRPC_INTEGRITY_MEDIUM, 3 }, { 0x1000, CDRPC_INTEGRITY_LOW, 0 },
	};
	const struct cdrpc_policy policy = { .min_integrity = cases[_i].asked };
	struct cdrpc_server_options options = { .policy = &policy };
	struct cdrpc_client_options client_options = { .policy = &policy };
	struct cdrpc_client *client;

	application = CreateWindowExW(0, L"Static", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	ck_assert_ptr_nonnull(application);
	options.window = client_options.window = application;
	own_level = cases[_i].own;
	filters = 0;
	name_service(GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_server_new(service, &options, &server), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(server), CDRPC_OK);
	ck_assert_uint_eq(filters, cases[_i].filters);
	cdrpc_server_free(server);
	filters = 0;
	ck_assert_int_eq(cdrpc_client_connect("test.levels.nobody", &client_options, &client), CDRPC_E_NOT_FOUND);
	ck_assert_uint_eq(filters, cases[_i].filters);
	DestroyWindow(application);
	application = NULL;
}
END_TEST

/* It would send its HELLO, and never hear the answer. */
START_TEST(an_elevated_client_of_an_ordinary_server)
{
	static const struct cdrpc_policy ordinary = { .min_integrity = CDRPC_INTEGRITY_MEDIUM };
	struct cdrpc_client_options options = { 0 };
	struct proc *helper = powers_start(true);
	struct cdrpc_client *client = NULL;

	name_service(GetCurrentProcessId());
	own_level = 0x3000;
	level_of_others = 0x2000;
	sends = 0;
	ck_assert_int_eq(cdrpc_client_connect(service, &options, &client), CDRPC_E_ACCESS);
	ck_assert_uint_eq(sends, 0);
	/* What the document says is to be done. */
	options.policy = &ordinary;
	filters = 0;
	ck_assert_int_eq(cdrpc_client_connect(service, &options, &client), CDRPC_OK);
	ck_assert_uint_eq(filters, 3);
	powers_end(helper, client);
}
END_TEST

/* ---- named mutexes: of one that another level has made there is no more to be had ---- */

static DWORD asked_of_mutexes;

static HANDLE WINAPI
create_mutex(SECURITY_ATTRIBUTES *attributes, const WCHAR *name, DWORD flags, DWORD access)
{
	asked_of_mutexes |= access;
	return INJECT_REAL("kernel32.dll", CreateMutexExW)(attributes, name, flags, access);
}

INJECT(CreateMutexExW, 4, create_mutex);

static HANDLE WINAPI
create_mutex_with_all(SECURITY_ATTRIBUTES *attributes, BOOL owned, const WCHAR *name)
{
	asked_of_mutexes |= MUTEX_ALL_ACCESS;
	return INJECT_REAL("kernel32.dll", CreateMutexW)(attributes, owned, name);
}

INJECT(CreateMutexW, 3, create_mutex_with_all);

/* It takes the turn, and then finds no such program. */
START_TEST(what_is_asked_of_the_turn_to_start)
{
	const struct cdrpc_client_options options = { .start_image = L"C:\\there is no such program.exe" };
	struct cdrpc_client *client = NULL;

	asked_of_mutexes = 0;
	ck_assert_int_eq(cdrpc_client_connect("test.levels.nobody", &options, &client), CDRPC_E_OS);
	ck_assert_uint_eq(asked_of_mutexes, SYNCHRONIZE | MUTEX_MODIFY_STATE);
}
END_TEST

/* ---- what the environment says ---- */

static uint32_t passed_over;

static void
note_log(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	(void)level;
	passed_over += strstr(line, "CDRPC_TRACE is passed over") != NULL;
}

/* Whether the file comes to be that CDRPC_TRACE names. */
static bool
is_traced(const struct cdrpc_env *env)
{
	struct cdrpc_server_options options = { .env = env };
	char path[MAX_PATH];
	bool there;

	GetTempPathA(sizeof path - 40, path);
	snprintf(path + strlen(path), 40, "cdrpc-levels-%lu", (unsigned long)GetCurrentProcessId());
	DeleteFileA(path);
	proc_check(SetEnvironmentVariableA("CDRPC_TRACE", path));
	proc_check(cdrpc_server_new(service, &options, &server) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	cdrpc_server_free(server);
	there = GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
	DeleteFileA(path);
	SetEnvironmentVariableA("CDRPC_TRACE", NULL);
	return there;
}

/* Whether the file that CDRPC_LOG names comes to be, with this line in it. */
static bool
is_logged(void)
{
	static const char expected[] = " error a line\n";
	char path[MAX_PATH], text[128] = "";
	FILE *file;

	GetTempPathA(sizeof path - 40, path);
	snprintf(path + strlen(path), 40, "cdrpc-levels-log-%lu", (unsigned long)GetCurrentProcessId());
	DeleteFileA(path);
	proc_check(SetEnvironmentVariableA("CDRPC_LOG", path));
	SetLastError(ERROR_CANCELLED);
	env_log(NULL, CDRPC_LOG_ERROR, "a %s", "line");
	proc_check(GetLastError() == ERROR_CANCELLED);
	SetEnvironmentVariableA("CDRPC_LOG", NULL);
	file = fopen(path, "rb");
	if (!file)
		return false;
	proc_check(fread(text, 1, sizeof text - 1, file) > sizeof expected);
	fclose(file);
	DeleteFileA(path);
	proc_check(strcmp(text + strlen(text) - strlen(expected), expected) == 0);
	return true;
}

/* Whether the event is set that CDRPC_READY names. */
static bool
says_it_is_ready(DWORD parent)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL), kept;
	char text[64];
	bool set;

	proc_check(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &kept, 0, FALSE, DUPLICATE_SAME_ACCESS));
	snprintf(text, sizeof text, "%lu %lu", (unsigned long)(uintptr_t)event, (unsigned long)parent);
	proc_check(SetEnvironmentVariableA("CDRPC_READY", text));
	proc_check(cdrpc_server_new(service, NULL, &server) == CDRPC_OK);
	proc_check(GetEnvironmentVariableA("CDRPC_READY", text, sizeof text) == 0);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	cdrpc_server_free(server);
	set = WaitForSingleObject(kept, 0) == WAIT_OBJECT_0;
	CloseHandle(kept);
	/* Whoever says so consumes it. */
	if (!set)
		CloseHandle(event);
	return set;
}

/* words: [0] own level, [1] the parent's; [2] traced, [3] said why not, [4] ready, [5] what it asked of the mutex for turns,
 * [6] logged. */
static int
run_child(struct proc *starter)
{
	struct cdrpc_env env = { .log = note_log };

	proc_await(starter);
	name_service(GetCurrentProcessId());
	own_level = (uint32_t)starter->words[0];
	level_of_others = (uint32_t)starter->words[1];
	starter->words[2] = is_traced(&env);
	starter->words[3] = passed_over;
	starter->words[5] = asked_of_mutexes;
	starter->words[6] = is_logged();
	starter->words[4] = says_it_is_ready(starter->process_id);
	proc_signal(starter);
	return 0;
}

START_TEST(what_a_lower_parent_may_have_written)
{
	static const struct {
		uint32_t own, parent;
		bool traced, ready;
	} cases[] = {
		{ 0, 0, true, true },              /* as it is: both of the same level */
		{ 0x3000, 0x3000, true, true },    { 0x3000, 0x4000, true, true },   { 0x3000, 0x2000, false, false },
		{ 0x4000, 0x3000, false, false },  { 0x2000, 0x2000, true, true },   { 0x2010, 0x2000, true, false },
		{ 0x2000, 0x1000, true, false },
	};
	struct proc *helper = proc_start("child");

	helper->words[0] = cases[_i].own;
	helper->words[1] = cases[_i].parent;
	proc_signal(helper);
	proc_await(helper);
	ck_assert_uint_eq(helper->words[2], cases[_i].traced);
	ck_assert_uint_eq(helper->words[3], !cases[_i].traced);
	ck_assert_uint_eq(helper->words[6], cases[_i].traced);
	ck_assert_uint_eq(helper->words[5], cases[_i].traced ? SYNCHRONIZE | MUTEX_MODIFY_STATE : 0);
	ck_assert_uint_eq(helper->words[4], cases[_i].ready);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

static void
as_it_is(void)
{
	own_level = level_of_others = 0;
}

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("levels");
	TCase *tcase = tcase_create("levels");

	tcase_add_checked_fixture(tcase, NULL, as_it_is);
	tcase_add_loop_test(tcase, levels_have_names_and_numbers, 0, 7);
	tcase_add_loop_test(tcase, windows_are_opened_for_those_below, 0, 8);
	tcase_add_test(tcase, an_elevated_client_of_an_ordinary_server);
	tcase_add_test(tcase, what_is_asked_of_the_turn_to_start);
	tcase_add_loop_test(tcase, what_a_lower_parent_may_have_written, 0, 8);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "powerful", run_serve }, { "child", run_child }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
