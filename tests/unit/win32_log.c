/* The log's default place: a debugger, where there is one. Whether there is, and what it is shown, is injected. */
#include <stdio.h>
#include <string.h>

#include "check_main.h"

#include "base/env.h"
#include "inject.h"

static bool debugged;
static char shown[4096];
static uint32_t asked, kept;

static BOOL WINAPI
is_debugged(void)
{
	asked++;
	return debugged;
}

static void WINAPI
show(const char *text)
{
	snprintf(shown + strlen(shown), sizeof shown - strlen(shown), "%s", text);
}

INJECT(IsDebuggerPresent, 0, is_debugged);
INJECT(OutputDebugStringA, 1, show);

static void
keep_line(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	(void)level;
	(void)line;
	kept++;
}

static void
begin(bool there)
{
	debugged = there;
	shown[0] = '\0';
	asked = kept = 0;
}

/* Without an env, and with one that leaves the log to the library. */
START_TEST(a_debugger_shows_it)
{
	struct cdrpc_env env;

	begin(true);
	env_init(&env, NULL);
	env_log(NULL, CDRPC_LOG_NOTE, "%s %d", "one", 1);
	env_log(&env, CDRPC_LOG_ERROR, "%s %d", "two", 2);
	ck_assert_str_eq(shown, "cdrpc: one 1\ncdrpc: two 2\n");
}
END_TEST

START_TEST(there_is_none)
{
	begin(false);
	env_log(NULL, CDRPC_LOG_ERROR, "nobody hears this");
	ck_assert_uint_eq(asked, 1);
	ck_assert_str_eq(shown, "");
}
END_TEST

/* Who takes the log has all of it. */
START_TEST(the_program_has_a_log)
{
	struct cdrpc_env env, given = { .log = keep_line };

	begin(true);
	env_init(&env, &given);
	env_log(&env, CDRPC_LOG_ERROR, "this is the program's");
	ck_assert_uint_eq(kept, 1);
	ck_assert_uint_eq(asked, 0);
	ck_assert_str_eq(shown, "");
}
END_TEST

START_TEST(a_long_line)
{
	char text[800], expected[600];

	begin(true);
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	env_log(NULL, CDRPC_LOG_WARNING, "%s", text);
	snprintf(expected, sizeof expected, "cdrpc: %.511s\n", text);
	ck_assert_str_eq(shown, expected);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("log");
	TCase *tcase = tcase_create("log");

	tcase_add_test(tcase, a_debugger_shows_it);
	tcase_add_test(tcase, there_is_none);
	tcase_add_test(tcase, the_program_has_a_log);
	tcase_add_test(tcase, a_long_line);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
