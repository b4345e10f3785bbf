/*
 * What breaks between two versions: golden/diff/NAME.before.cdidl and NAME.after.cdidl give NAME.txt. Each pair is a
 * test. The rules that have no pair are told too.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "check_main.h"
#include "compat/compat.h"
#include "front.h"
#include "golden.h"
#include "model/model.h"

#define DIFF GOLDEN_FOLDER "/diff"

static char **names;
static bool seen[COMPAT_RULES];

static struct front
open_version(const char *name, const char *which)
{
	char path[512];

	snprintf(path, sizeof path, "%s.%s.cdidl", name, which);
	return front_file(DIFF, path);
}

START_TEST(pairs)
{
	struct front before = open_version(names[_i], "before"), after = open_version(names[_i], "after");
	const struct compat_report *report = compat_compare(after.arena, front_model(&before), front_model(&after));
	const char *text;
	char path[512];
	size_t size, i;

	for (i = 0; i < report->count; i++)
		seen[report->findings[i]->rule - compat_rules] = true;
	text = compat_render(after.arena, report, &size);
	snprintf(path, sizeof path, DIFF "/%s.txt", names[_i]);
	golden_check(path, text, size);
	front_free(&before);
	front_free(&after);
}
END_TEST

/* Nothing differs from itself. */
START_TEST(the_same)
{
	struct front before = open_version(names[_i], "after"), after = open_version(names[_i], "after");
	const struct compat_report *report = compat_compare(after.arena, front_model(&before), front_model(&after));

	ck_assert_uint_eq(report->count, 0);
	front_free(&before);
	front_free(&after);
}
END_TEST

/* Tables, each of which holds the next; the last holds 'end' too. */
static struct front
chain(const char *name, unsigned count, const char *end)
{
	struct arena *arena = arena_new(abort);
	struct text text = {.arena = arena};
	struct front front;
	unsigned i;

	text_puts(&text, "module a;\n");
	for (i = 0; i < count; i++)
		text_format(&text, "table %s%u { 1: %s%u? next; 2: %sEnd? end; }\n", name, i, name, (i + 1) % count,
			    name);
	text_format(&text, "table %sEnd { 1: %s end; }\n", name, end);
	text_format(&text, "interface I { f(%s0 a) @1; }\n", name);
	front = front_text(text.data, text.length);
	arena_free(arena);
	return front;
}

static const struct {
	unsigned count;
	const char *before, *after;
	size_t wire;
} chains[] = {
	{10, "u8", "u8", 0},
	{10, "u8", "u16", 1},
	{20000, "u8", "u8", 0},
	{20000, "u8", "u16", 1},
};

/* Types of other names are compared by what they hold, however far down. */
START_TEST(deep_types)
{
	struct front before = chain("Old", chains[_i].count, chains[_i].before);
	struct front after = chain("New", chains[_i].count, chains[_i].after);
	const struct compat_report *report = compat_compare(after.arena, front_model(&before), front_model(&after));

	ck_assert_uint_eq(report->count, chains[_i].count + 2);
	ck_assert_uint_eq(report->wire, chains[_i].wire);
	front_free(&before);
	front_free(&after);
}
END_TEST

START_TEST(every_rule)
{
	int i;

	for (i = 0; i < COMPAT_RULES; i++)
		ck_assert_msg(seen[i], "no pair breaks rule %s", compat_rules[i].name);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_compat");
	TCase *tcase = tcase_create("compat");
	size_t count;
	int status;

	names = golden_names(DIFF, ".before.cdidl", &count);
	tcase_add_loop_test(tcase, pairs, 0, (int)count);
	tcase_add_loop_test(tcase, the_same, 0, (int)count);
	tcase_add_loop_test(tcase, deep_types, 0, (int)(sizeof chains / sizeof *chains));
	tcase_add_test(tcase, every_rule);
	suite_add_tcase(suite, tcase);
	status = check_main(suite);
	free(names);
	return status;
}
