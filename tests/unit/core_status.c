#include "check_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"

START_TEST(statuses_have_the_names_of_the_header)
{
	cdrpc_status status;
	int named = 0;

	ck_assert_str_eq(cdrpc_status_name(CDRPC_OK), "CDRPC_OK");
	ck_assert_str_eq(cdrpc_status_name(CDRPC_E_ARGUMENT), "CDRPC_E_ARGUMENT");
	ck_assert_str_eq(cdrpc_status_name(CDRPC_E_NAME_IN_USE), "CDRPC_E_NAME_IN_USE");
	ck_assert_str_eq(cdrpc_status_name(CDRPC_E_BUSY), "CDRPC_E_BUSY");
	ck_assert_str_eq(cdrpc_status_name(CDRPC_E_REMOTE_VERSION), "CDRPC_E_REMOTE_VERSION");
	for (status = -2000; status <= 2000; status++)
		named += strncmp(cdrpc_status_name(status), "CDRPC_", 6) == 0;
	ck_assert_int_eq(named, 1 + 20 + 18 + 1);
	for (status = CDRPC_E_NAME_IN_USE; status < CDRPC_OK; status++)
		ck_assert_int_eq(strncmp(cdrpc_status_name(status), "CDRPC_E_", 8), 0);
	for (status = CDRPC_E_REMOTE_VERSION; status <= CDRPC_E_BUSY; status++)
		ck_assert_int_eq(strncmp(cdrpc_status_name(status), "CDRPC_E_", 8), 0);
	ck_assert_str_eq(cdrpc_status_name(CDRPC_KEPT), "CDRPC_KEPT");
	ck_assert_str_eq(cdrpc_status_name(1), "(error of an interface)");
	ck_assert_str_eq(cdrpc_status_name(INT32_MAX), "(error of an interface)");
	ck_assert_str_eq(cdrpc_status_name(CDRPC_E_NAME_IN_USE - 1), "(no status)");
	ck_assert_str_eq(cdrpc_status_name(INT32_MIN), "(no status)");
}
END_TEST

START_TEST(statuses_have_names_of_their_own)
{
	cdrpc_status one, other;

	for (one = CDRPC_E_REMOTE_VERSION; one <= CDRPC_OK; one++)
		for (other = one + 1; other <= CDRPC_OK; other++)
			if (cdrpc_status_name(one)[0] != '(')
				ck_assert_str_ne(cdrpc_status_name(one), cdrpc_status_name(other));
}
END_TEST

START_TEST(routes_have_names)
{
	char version[40];

	ck_assert_str_eq(cdrpc_route_name(CDRPC_ROUTE_NONE), "none");
	ck_assert_str_eq(cdrpc_route_name(CDRPC_ROUTE_VALUE), "value");
	ck_assert_str_eq(cdrpc_route_name(CDRPC_ROUTE_MESSAGE), "message");
	ck_assert_str_eq(cdrpc_route_name(CDRPC_ROUTE_SECTION), "section");
	ck_assert_str_eq(cdrpc_route_name(CDRPC_ROUTE_RESIDENT), "resident");
	ck_assert_str_eq(cdrpc_route_name(CDRPC_ROUTE_CHUNKS), "chunks");
	ck_assert_str_eq(cdrpc_route_name((enum cdrpc_route)6), "?");
	snprintf(version, sizeof version, "%d.%d.%d", CDRPC_VERSION_MAJOR, CDRPC_VERSION_MINOR, CDRPC_VERSION_PATCH);
	ck_assert_str_eq(cdrpc_version(), version);
	ck_assert_str_eq(PROJECT_VERSION, version);
}
END_TEST

struct seen {
	int allocs;
	int frees;
	char line[1024];
};

static void *
seen_alloc(void *self, size_t size)
{
	((struct seen *)self)->allocs++;
	return malloc(size);
}

static void
seen_free(void *self, void *memory)
{
	((struct seen *)self)->frees++;
	free(memory);
}

static void
seen_log(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)level;
	ck_assert_uint_lt(strlen(line), sizeof ((struct seen *)self)->line);
	strcpy(((struct seen *)self)->line, line);
}

START_TEST(env_defaults_work)
{
	struct cdrpc_env env;
	void *blocks[64];
	size_t i;

	env_init(&env, NULL);
	for (i = 0; i < 64; i++) {
		blocks[i] = env_alloc(&env, i);
		ck_assert_ptr_nonnull(blocks[i]);
		ck_assert_uint_eq((uintptr_t)blocks[i] % 16, 0);
		memset(blocks[i], 0xA5, i);
	}
	for (i = 0; i < 64; i++)
		env_free(&env, blocks[i]);
	env_free(&env, NULL);
	ck_assert_ptr_null(env_alloc(&env, SIZE_MAX));
	ck_assert_ptr_null(env_alloc(&env, SIZE_MAX - 15));
	env_log(&env, CDRPC_LOG_ERROR, "nobody hears %d", 1);
}
END_TEST

START_TEST(env_uses_what_it_is_given)
{
	struct seen seen = { 0, 0, "" };
	struct cdrpc_env given = { &seen, seen_alloc, seen_free, seen_log };
	struct cdrpc_env half = { &seen, seen_alloc, NULL, NULL };
	struct cdrpc_env env;
	char text[600];

	env_init(&env, &given);
	env_free(&env, env_alloc(&env, 1));
	ck_assert_int_eq(seen.allocs, 1);
	ck_assert_int_eq(seen.frees, 1);
	env_log(&env, CDRPC_LOG_ERROR, "%s of %d", "one", 2);
	ck_assert_str_eq(seen.line, "one of 2");
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = '\0';
	env_log(&env, CDRPC_LOG_ERROR, "%s", text);
	ck_assert_uint_eq(strlen(seen.line), 511);

	/* An alloc without its free is none. */
	env_init(&env, &half);
	env_free(&env, env_alloc(&env, 1));
	ck_assert_int_eq(seen.allocs, 1);
}
END_TEST

START_TEST(wiping_zeroes_all_of_it_and_no_more)
{
	unsigned char bytes[10];
	unsigned char expected[10] = { 7, 0, 0, 0, 0, 0, 0, 0, 0, 7 };

	memset(bytes, 7, sizeof bytes);
	env_wipe(bytes + 1, 8);
	ck_assert_mem_eq(bytes, expected, sizeof bytes);
	env_wipe(NULL, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("core_status");
	TCase *tcase = tcase_create("core_status");

	tcase_add_test(tcase, statuses_have_the_names_of_the_header);
	tcase_add_test(tcase, statuses_have_names_of_their_own);
	tcase_add_test(tcase, routes_have_names);
	tcase_add_test(tcase, env_defaults_work);
	tcase_add_test(tcase, env_uses_what_it_is_given);
	tcase_add_test(tcase, wiping_zeroes_all_of_it_and_no_more);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
