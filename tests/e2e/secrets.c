/*
 * What [secret] methods are given is in no line that the library writes: recognisable values go through whatever is refused, on both
 * sides, and are looked for in the files of CDRPC_LOG, which has all lines of both processes, and of CDRPC_TRACE.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc.h"
#include "secrets.h"

#define MARK "Xyzzy"
#define NUMBER 3735928559u      /* 0xdeadbeef */

/* In secrets_old.c. */
void secrets_call_changed(struct cdrpc_client *client, const char *key, struct cdrpc_bytes data, uint32_t number);

enum { FILE_MOST = 1 << 18 };

static struct cdrpc_server *server;
static char log_path[MAX_PATH], trace_path[MAX_PATH];

static const char *
long_mark(void)
{
	return MARK MARK MARK MARK MARK MARK MARK MARK MARK MARK MARK MARK;
}

/* ---- the server: it answers as the inputs say ---- */

static cdrpc_status
on_open(struct cdrpc_call *call, void *self, const char *key)
{
	(void)self;
	if (strstr(key, "long"))
		return secrets_vault_open_reply(call, long_mark());
	if (strstr(key, "latin"))
		return secrets_vault_open_reply(call, MARK "\xe9");
	if (strstr(key, "nothing"))
		return CDRPC_OK;
	if (strstr(key, "77"))
		return 77;
	if (strstr(key, "kept"))
		return cdrpc_call_keep(call);
	return secrets_vault_open_reply(call, key);
}

static cdrpc_status
on_keep(struct cdrpc_call *call, void *self, const struct secrets_card *card)
{
	static const char *const numbers[] = { MARK, MARK MARK };
	struct secrets_card again = *card;

	(void)self;
	again.numbers = numbers;
	again.numbers_count = 2;
	return secrets_vault_keep_reply(call, &again);
}

static cdrpc_status
on_store(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	struct cdrpc_bytes much = { long_mark(), 60 };

	(void)self;
	if (data.size == 1)
		much.size = 65;
	return secrets_vault_store_reply(call, data.size == 1 || data.size == 2 ? much : data);
}

static cdrpc_status
on_pick(struct cdrpc_call *call, void *self, secrets_kind_t kind, uint32_t pin)
{
	(void)self;
	(void)kind;
	return secrets_vault_pick_reply(call, pin);
}

static void
on_stop(struct cdrpc_call *call, void *self)
{
	(void)call;
	(void)self;
	cdrpc_server_stop(server);
}

static void
name_of(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.secrets-%lu", (unsigned long)process_id);
}

static int
run_server(struct proc *starter)
{
	static const struct secrets_vault_handlers handlers = {
		.open = on_open, .keep = on_keep, .store = on_store, .pick = on_pick, .stop = on_stop,
	};
	char name[CDRPC_NAME_MAX + 1];

	name_of(name, starter->process_id);
	proc_check(cdrpc_server_new(name, NULL, &server) == CDRPC_OK && secrets_vault_serve(server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	proc_check(cdrpc_server_run(server) == CDRPC_OK);
	cdrpc_server_free(server);
	return 0;
}

/* ---- the client ---- */

static uint32_t refused;        /* calls that did not end well */

static void
open_with(struct cdrpc_client *client, const char *key)
{
	struct cdrpc_reply reply = { 0 };
	const char *told;

	refused += secrets_vault_open(client, key, &told, &reply) != CDRPC_OK;
	cdrpc_reply_free(&reply);
}

static void
keep_with(struct cdrpc_client *client, const struct secrets_card *card)
{
	struct cdrpc_reply reply = { 0 };
	const struct secrets_card *again;

	refused += secrets_vault_keep(client, card, &again, &reply) != CDRPC_OK;
	cdrpc_reply_free(&reply);
}

static void
store_with(struct cdrpc_client *client, const void *data, uint32_t size)
{
	struct cdrpc_bytes given = { data, size }, again;
	struct cdrpc_reply reply = { 0 };

	refused += secrets_vault_store(client, given, &again, &reply) != CDRPC_OK;
	cdrpc_reply_free(&reply);
}

static void
make_mistakes(struct cdrpc_client *client)
{
	static const char *const keys[] = {
		MARK MARK MARK MARK, MARK "\xe9", MARK " long", MARK " latin", MARK " nothing", MARK " 77", MARK " kept",
	};
	static const char *const numbers[] = { MARK, MARK MARK, MARK };
	uint32_t pin, i;

	for (i = 0; i < sizeof keys / sizeof *keys; i++)
		open_with(client, keys[i]);
	keep_with(client, &(struct secrets_card){ .owner = long_mark() });
	keep_with(client, &(struct secrets_card){ .owner = MARK, .note = L"" MARK MARK });
	keep_with(client, &(struct secrets_card){ .owner = MARK, .numbers = numbers, .numbers_count = 2 });
	keep_with(client, &(struct secrets_card){ .owner = MARK, .numbers = numbers, .numbers_count = 3 });
	keep_with(client, &(struct secrets_card){ .owner = MARK, .kind = NUMBER });
	keep_with(client, &(struct secrets_card){ .owner = MARK, .code = { .kind = SECRETS_CODE_TEXT, .as.text = MARK MARK } });
	/* The reply is wrong. */
	keep_with(client, &(struct secrets_card){ .owner = MARK, .kind = SECRETS_KIND_GOLD });
	store_with(client, long_mark(), 65);
	store_with(client, MARK, 1);
	refused += secrets_vault_pick(client, NUMBER, NUMBER, &pin) != CDRPC_OK;
}

static void
begin_files(void)
{
	char folder[MAX_PATH];
	unsigned long id = GetCurrentProcessId();

	ck_assert_uint_gt(GetTempPathA(MAX_PATH - 40, folder), 0);
	snprintf(log_path, sizeof log_path, "%ssecrets-%lu.log", folder, id);
	snprintf(trace_path, sizeof trace_path, "%ssecrets-%lu.json", folder, id);
	DeleteFileA(log_path);
	DeleteFileA(trace_path);
	ck_assert(SetEnvironmentVariableA("CDRPC_LOG", log_path) && SetEnvironmentVariableA("CDRPC_TRACE", trace_path));
}

static size_t
read_all(const char *path, char *ret_bytes)
{
	FILE *file = fopen(path, "rb");
	size_t size;

	ck_assert_ptr_nonnull(file);
	size = fread(ret_bytes, 1, FILE_MOST - 1, file);
	ck_assert_uint_lt(size, FILE_MOST - 1);
	ret_bytes[size] = '\0';
	fclose(file);
	DeleteFileA(path);
	return size;
}

static uint32_t
count_of(const char *bytes, size_t size, const void *what, size_t length)
{
	uint32_t count = 0;
	size_t i;

	for (i = 0; i + length <= size; i++)
		count += memcmp(bytes + i, what, length) == 0;
	return count;
}

/* As text of either width, and as a number of either base. */
static void
check_hidden(const char *bytes, size_t size)
{
	ck_assert_uint_eq(count_of(bytes, size, MARK, 5), 0);
	ck_assert_uint_eq(count_of(bytes, size, L"" MARK, 10), 0);
	ck_assert_uint_eq(count_of(bytes, size, "3735928559", 10), 0);
	ck_assert_uint_eq(count_of(bytes, size, "559038737", 9), 0);    /* as a signed one */
	ck_assert_uint_eq(count_of(bytes, size, "deadbeef", 8) + count_of(bytes, size, "DEADBEEF", 8), 0);
}

START_TEST(nothing_is_told_of_them)
{
	struct cdrpc_client_options options = { .call_timeout_ms = 2000 };
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];
	char *bytes = calloc(1, FILE_MOST);
	struct proc *helper;
	size_t size;

	ck_assert_ptr_nonnull(bytes);
	begin_files();
	helper = proc_start("server");
	proc_await(helper);
	name_of(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, &options, &client), CDRPC_OK);
	make_mistakes(client);
	secrets_call_changed(client, long_mark(), (struct cdrpc_bytes){ long_mark(), 60 }, NUMBER);
	ck_assert_uint_eq(refused, 17);
	ck_assert_int_eq(secrets_vault_stop(client), CDRPC_OK);
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(helper), 0);
	SetEnvironmentVariableA("CDRPC_LOG", NULL);
	SetEnvironmentVariableA("CDRPC_TRACE", NULL);
	size = read_all(log_path, bytes);
	check_hidden(bytes, size);
	/* A line for each, and one for the call that was never answered, when the server is freed. */
	ck_assert_uint_eq(count_of(bytes, size, "test.secrets.Vault.", 19), 26);
	size = read_all(trace_path, bytes);
	check_hidden(bytes, size);
	ck_assert_uint_ge(count_of(bytes, size, "\"method\":\"test.secrets.Vault.open\"", 33), 20);
	free(bytes);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("secrets");
	TCase *tcase = tcase_create("secrets");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, nothing_is_told_of_them);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "server", run_server }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
