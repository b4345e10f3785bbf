/* What a program that is started for a client gets, and how it may end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "inject.h"
#include "side.h"

/* ---- a program that is started: PROGRAM started TEST-PID handles | stub | late ---- */

/* What it says by its exit code: 64, and 1, 2 and 4 for each standard handle that is a pipe, or a number that is no handle. */
static int
odd_handles(void)
{
	static const DWORD which[] = { STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE };
	int code = 64, i;

	for (i = 0; i < 3; i++) {
		HANDLE handle = GetStdHandle(which[i]);
		DWORD flags;

		if (handle && handle != INVALID_HANDLE_VALUE && (!GetHandleInformation(handle, &flags) || GetFileType(handle) == FILE_TYPE_PIPE))
			code |= 1 << i;
	}
	return code;
}

static HANDLE
event_of(unsigned long process_id)
{
	char name[64];

	snprintf(name, sizeof name, "Local\\test.go.%lu", process_id);
	return CreateEventA(NULL, TRUE, FALSE, name);
}

static DWORD WINAPI
end_with_the_test(void *process)
{
	WaitForSingleObject(process, INFINITE);
	ExitProcess(3);
}

static wchar_t image[MAX_PATH];

/* It inherits no handles, as by most programs that start others. */
static int
start_the_server(unsigned long process_id)
{
	STARTUPINFOW startup = { .cb = sizeof startup };
	PROCESS_INFORMATION started;
	wchar_t line[MAX_PATH + 64];

	swprintf(line, MAX_PATH + 64, L"\"%ls\" started %lu late", image, process_id);
	proc_check(CreateProcessW(image, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &started));
	return 0;
}

static int
run_started(unsigned long process_id, const char *how)
{
	uint64_t words[PROC_WORDS] = { [SIDE_SESSIONS] = 1 };
	HANDLE test = OpenProcess(SYNCHRONIZE, FALSE, process_id);
	struct proc starter = { .process = test, .process_id = process_id, .words = words };

	GetModuleFileNameW(NULL, image, MAX_PATH);
	CloseHandle(CreateThread(NULL, 0, end_with_the_test, test, 0, NULL));
	if (strcmp(how, "handles") == 0)
		return odd_handles();
	if (strcmp(how, "stub") == 0)
		return start_the_server(process_id);
	WaitForSingleObject(event_of(process_id), INFINITE);
	starter.event_in = CreateEventW(NULL, TRUE, TRUE, NULL);
	starter.event_out = starter.event_in;
	return side_run(&starter);
}

/* ---- the test ---- */

static struct {
	DWORD error;            /* in place of starting; 0: it is started */
	DWORD flags;            /* of the last one */
	DWORD startup_flags;
	bool given;             /* any standard handle */
	uint32_t count;
} creation;

static BOOL WINAPI
create_process(LPCWSTR of, LPWSTR line, SECURITY_ATTRIBUTES *process, SECURITY_ATTRIBUTES *thread, BOOL inherit, DWORD flags,
	       void *environment, LPCWSTR folder, STARTUPINFOW *startup, PROCESS_INFORMATION *ret_started)
{
	creation.flags = flags;
	creation.startup_flags = startup->dwFlags;
	creation.given = startup->hStdInput || startup->hStdOutput || startup->hStdError;
	creation.count++;
	if (creation.error) {
		SetLastError(creation.error);
		return FALSE;
	}
	return INJECT_REAL("kernel32.dll", CreateProcessW)(of, line, process, thread, inherit, flags, environment, folder, startup,
							   ret_started);
}

INJECT(CreateProcessW, 10, create_process);

struct heard {
	char lines[1024];
	HANDLE go;              /* set when a program has ended too early; NULL: nothing is */
};

static void
hear(void *self, enum cdrpc_log_level level, const char *line)
{
	struct heard *heard = self;
	size_t used = strlen(heard->lines);

	(void)level;
	snprintf(heard->lines + used, sizeof heard->lines - used, "%s\n", line);
	if (heard->go && strstr(line, "ended before it was ready"))
		SetEvent(heard->go);
}

static cdrpc_status
connect_to(const wchar_t *how, struct heard *heard, struct cdrpc_client **ret_client)
{
	struct cdrpc_env env = { .log = hear, .self = heard };
	struct cdrpc_client_options options = { .env = &env, .start_image = image, .connect_timeout_ms = 20000 };
	char name[CDRPC_NAME_MAX + 1];
	wchar_t arguments[64];

	swprintf(arguments, 64, L"started %lu %ls", GetCurrentProcessId(), how);
	options.start_arguments = arguments;
	GetModuleFileNameW(NULL, image, MAX_PATH);
	side_name(name, GetCurrentProcessId());
	return cdrpc_client_connect(name, &options, ret_client);
}

START_TEST(no_console_and_no_pipe_of_the_clients)
{
	static const DWORD which[] = { STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE };
	SECURITY_ATTRIBUTES inheritable = { sizeof inheritable, NULL, TRUE };
	HANDLE ends[2], before[3];
	struct heard heard = { 0 };
	struct cdrpc_client *client = NULL;
	cdrpc_status status;
	int i;

	ck_assert(CreatePipe(&ends[0], &ends[1], &inheritable, 0));
	for (i = 0; i < 3; i++) {
		before[i] = GetStdHandle(which[i]);
		ck_assert(SetStdHandle(which[i], ends[i > 0]));
	}
	status = connect_to(L"handles", &heard, &client);
	for (i = 0; i < 3; i++)
		ck_assert(SetStdHandle(which[i], before[i]));
	ck_assert_str_eq(heard.lines, "the program that was started ended before it was ready, with exit code 64 (0x00000040)\n");
	ck_assert_int_eq(status, CDRPC_E_NOT_FOUND);
	ck_assert_uint_eq(creation.flags, CREATE_NO_WINDOW | CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT);
	/* A program without a console would be given the numbers of ours otherwise. */
	ck_assert_uint_eq(creation.startup_flags, STARTF_USESTDHANDLES);
	ck_assert(!creation.given);
	CloseHandle(ends[0]);
	CloseHandle(ends[1]);
}
END_TEST

START_TEST(one_that_needs_elevation)
{
	struct heard heard = { 0 };
	struct cdrpc_client *client = NULL;
	cdrpc_status status;

	creation.error = 740;
	creation.count = 0;
	status = connect_to(L"late", &heard, &client);
	creation.error = 0;
	ck_assert_int_eq(status, CDRPC_E_ACCESS);
	ck_assert_str_eq(heard.lines, "CreateProcessW failed: error 740\nthe program to start needs elevation, which only its user can give "
				      "(ShellExecuteExW with \"runas\"): nothing is started\n");
	ck_assert_uint_eq(creation.count, 1);
}
END_TEST

/* The server begins to serve only after the stub's end is known, and is not the starter's child. */
START_TEST(a_stub_that_starts_the_server)
{
	struct heard heard = { .go = event_of(GetCurrentProcessId()) };
	struct cdrpc_client *client = NULL;
	uint32_t process_id, thread_id;
	HANDLE server;

	creation.count = 0;
	ck_assert_int_eq(connect_to(L"stub", &heard, &client), CDRPC_OK);
	ck_assert_str_eq(heard.lines, "the program that was started ended before it was ready, with exit code 0 (0x00000000)\n");
	ck_assert_uint_eq(creation.count, 1);
	ck_assert_int_eq(duplex_where(client, &process_id, &thread_id), CDRPC_OK);
	server = OpenProcess(SYNCHRONIZE, FALSE, process_id);
	ck_assert_ptr_nonnull(server);
	cdrpc_client_free(client);
	proc_await_handle(server);
	CloseHandle(server);
	CloseHandle(heard.go);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("started");
	TCase *tcase = tcase_create("started");

	tcase_add_test(tcase, no_console_and_no_pipe_of_the_clients);
	tcase_add_test(tcase, one_that_needs_elevation);
	tcase_add_test(tcase, a_stub_that_starts_the_server);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { 0 } };

	if (argc == 4 && strcmp(argv[1], "started") == 0)
		return run_started(strtoul(argv[2], NULL, 10), argv[3]);
	return proc_main(argc, argv, roles, make_suite);
}
