/* The trace that CDRPC_TRACE asks for: whole lines, one for each frame, saying what was done and never what was in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "side.h"

#define SECRET "nobody-may-read-this"

static char path[MAX_PATH];

static void
begin_trace(void)
{
	char folder[MAX_PATH];

	ck_assert_uint_gt(GetTempPathA(MAX_PATH, folder), 0);
	snprintf(path, sizeof path, "%strace-%lu.json", folder, (unsigned long)GetCurrentProcessId());
	DeleteFileA(path);
	ck_assert(SetEnvironmentVariableA("CDRPC_TRACE", path));
}

static char *
end_trace(void)
{
	FILE *file = fopen(path, "rb");
	char *text = calloc(1, 1 << 20);
	size_t size;

	ck_assert_ptr_nonnull(file);
	ck_assert_ptr_nonnull(text);
	size = fread(text, 1, (1 << 20) - 1, file);
	fclose(file);
	SetEnvironmentVariableA("CDRPC_TRACE", NULL);
	DeleteFileA(path);
	ck_assert_uint_gt(size, 0);
	ck_assert_int_eq(text[size - 1], '\n');
	return text;
}

/* Puts '*' in place of the number that follows each 'key'. */
static void
mask(char *line, const char *key)
{
	char *at = strstr(line, key), *end;

	ck_assert_ptr_nonnull(at);
	at += strlen(key);
	end = at + strspn(at, "0123456789");
	ck_assert(end > at);
	*at = '*';
	memmove(at + 1, end, strlen(end) + 1);
}

/* The lines of one process in their order, times and windows masked. */
static char *
lines_of(const char *text, DWORD process_id)
{
	char *all = calloc(1, strlen(text) + 1), line[600], pid[32];
	const char *end;

	ck_assert_ptr_nonnull(all);
	snprintf(pid, sizeof pid, "\"pid\":%lu,", (unsigned long)process_id);
	for (; *text; text = end + 1) {
		end = strchr(text, '\n');
		ck_assert_ptr_nonnull(end);
		ck_assert_uint_lt((size_t)(end - text), sizeof line - 2);
		snprintf(line, sizeof line, "%.*s\n", (int)(end - text), text);
		if (!strstr(line, pid))
			continue;
		mask(line, "{\"v\":1,\"us\":");
		mask(line, "\"pid\":");
		mask(line, "\"endpoint\":");
		mask(line, "\"took_us\":");
		strcat(all, line);
	}
	return all;
}

#define LINE(dir, type, txn, method, route, frame, body, status)                                                               \
	"{\"v\":1,\"us\":*,\"pid\":*,\"endpoint\":*,\"dir\":\"" dir "\",\"type\":\"" type "\",\"txn\":" #txn ",\"method\":\"" method     \
	"\",\"route\":\"" route "\",\"frame\":" #frame ",\"body\":" #body ",\"status\":\"" status "\",\"took_us\":*}\n"
#define DUPLEX "test.duplex.Duplex."

static const char ours_expected[] =
	LINE("out", "HELLO", 0, "", "message", 140, 4, "CDRPC_OK")
	LINE("in", "CHALLENGE", 0, "", "message", 156, 20, "CDRPC_OK")
	LINE("out", "OPEN", 1, "", "message", 220, 36, "CDRPC_OK")
	LINE("in", "REPLY", 1, "", "message", 220, 52, "CDRPC_OK")
	LINE("out", "REQUEST", 2, DUPLEX "add", "message", 144, 8, "CDRPC_OK")
	LINE("in", "REPLY", 2, DUPLEX "add", "resident", 0, 4, "CDRPC_OK")
	LINE("out", "REQUEST", 3, DUPLEX "whisper", "message", 161, 25, "CDRPC_OK")
	LINE("in", "REPLY", 3, DUPLEX "whisper", "message", 161, 25, "CDRPC_OK")
	LINE("out", "CLOSE", 0, "", "message", 136, 0, "CDRPC_OK");

static const char theirs_expected[] =
	LINE("in", "HELLO", 0, "", "message", 140, 4, "CDRPC_OK")
	LINE("out", "CHALLENGE", 0, "", "message", 156, 20, "CDRPC_OK")
	LINE("in", "OPEN", 1, "", "message", 220, 36, "CDRPC_OK")
	LINE("out", "REPLY", 1, "", "message", 220, 52, "CDRPC_OK")
	LINE("in", "REQUEST", 2, DUPLEX "add", "message", 144, 8, "CDRPC_OK")
	LINE("out", "REPLY", 2, DUPLEX "add", "resident", 0, 4, "CDRPC_OK")
	LINE("in", "REQUEST", 3, DUPLEX "whisper", "message", 161, 25, "CDRPC_OK")
	LINE("out", "REPLY", 3, DUPLEX "whisper", "message", 161, 25, "CDRPC_OK")
	LINE("in", "CLOSE", 0, "", "message", 136, 0, "CDRPC_OK");

/* The same lines. A frame is traced when it has been dealt with, so what it leads to may come before it. */
static void
check_lines(const char *lines, const char *expected)
{
	char line[600];
	const char *at, *end;

	for (at = expected; *at; at = end + 1) {
		end = strchr(at, '\n');
		snprintf(line, sizeof line, "%.*s\n", (int)(end - at), at);
		ck_assert_msg(strstr(lines, line) != NULL, "not there: %.*s", (int)(end - at), at);
	}
	ck_assert_uint_eq(strlen(lines), strlen(expected));
}

START_TEST(says_what_was_done)
{
	struct cdrpc_client *client = NULL;
	struct cdrpc_reply reply = { 0 };
	char name[CDRPC_NAME_MAX + 1], *text, *lines;
	const char *same = NULL;
	struct proc *helper;
	DWORD process_id;
	uint32_t sum;

	begin_trace();
	helper = proc_start("side");
	process_id = helper->process_id;
	proc_signal(helper);
	proc_await(helper);
	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &client), CDRPC_OK);
	ck_assert_int_eq(duplex_add(client, 2, 3, &sum), CDRPC_OK);
	ck_assert_int_eq(duplex_whisper(client, SECRET, &same, &reply), CDRPC_OK);
	ck_assert_str_eq(same, SECRET);
	cdrpc_reply_free(&reply);
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(helper), 0);
	text = end_trace();
	ck_assert_ptr_null(strstr(text, SECRET));
	lines = lines_of(text, GetCurrentProcessId());
	check_lines(lines, ours_expected);
	free(lines);
	lines = lines_of(text, process_id);
	check_lines(lines, theirs_expected);
	free(lines);
	free(text);
}
END_TEST

/* Several processes write to one file at once; not a line of theirs is torn. */
static int
run_client(struct proc *tester)
{
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t i, sum;

	side_name(name, tester->process_id);
	proc_check(cdrpc_client_connect(name, NULL, &client) == CDRPC_OK);
	proc_signal(tester);
	proc_await(tester);
	for (i = 0; i < 200; i++)
		proc_check(duplex_add(client, i, 3, &sum) == CDRPC_OK);
	cdrpc_client_free(client);
	return 0;
}

static uint32_t
count_of(const char *text, const char *what)
{
	uint32_t count = 0;

	while ((text = strstr(text, what)) != NULL) {
		text++;
		count++;
	}
	return count;
}

START_TEST(lines_are_whole)
{
	struct proc *helper, *clients[3];
	char *text, *lines;
	DWORD ids[3];
	int i;

	begin_trace();
	helper = proc_start("side");
	helper->words[SIDE_SESSIONS] = 3;
	proc_signal(helper);
	proc_await(helper);
	for (i = 0; i < 3; i++) {
		clients[i] = proc_start("client");
		ids[i] = clients[i]->process_id;
		proc_await(clients[i]);
	}
	for (i = 0; i < 3; i++)
		proc_signal(clients[i]);
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(proc_finish(clients[i]), 0);
	ck_assert_int_eq(proc_finish(helper), 0);
	text = end_trace();
	for (i = 0; i < 3; i++) {
		/* Masking checks each line's form. */
		lines = lines_of(text, ids[i]);
		ck_assert_uint_eq(count_of(lines, "\"dir\":\"out\",\"type\":\"REQUEST\""), 200);
		ck_assert_uint_eq(count_of(lines, "\"dir\":\"in\",\"type\":\"REPLY\""), 201);
		ck_assert_uint_eq(count_of(lines, "\n{\"v\":1,\"us\":*,\"pid\":*,"), count_of(lines, "\n") - 1);
		free(lines);
	}
	ck_assert_uint_eq(count_of(text, "\"dir\":\"in\",\"type\":\"REQUEST\""), 600);
	ck_assert_uint_eq(count_of(text, "{\"v\":1,\"us\":"), count_of(text, "}\n"));
	ck_assert_uint_eq(count_of(text, "{"), count_of(text, "\n"));
	free(text);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("tracing");
	TCase *tcase = tcase_create("tracing");

	tcase_add_test(tcase, says_what_was_done);
	tcase_add_test(tcase, lines_are_whole);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { "client", run_client }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
