#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/os.h"
#include "check_main.h"
#include "emit/out.h"

static struct arena *arena;

static void
no_memory(void)
{
	abort();
}

static void
set_up(void)
{
	arena = arena_new(no_memory);
}

static void
tear_down(void)
{
	arena_free(arena);
}

static void
expect(const struct out *out, const char *text)
{
	size_t size;

	ck_assert_str_eq(out_string(out, &size), text);
	ck_assert_uint_eq(size, strlen(text));
}

START_TEST(variables)
{
	struct out *out = out_new(arena);

	out_text(out, OUT_VARS({"a", "one"}, {"ab", "two\nthree"}, {"none", ""}), "$a$ $ab$$none$$$\n$a$$ab$\n");
	expect(out, "one two\nthree$\nonetwo\nthree\n");
}
END_TEST

START_TEST(values_are_not_templates)
{
	struct out *out = out_new(arena);

	out_text(out, OUT_VARS({"a", "$b$"}, {"b", "no"}), "$a$\n");
	out_puts(out, "$a$ 100%\n");
	expect(out, "$b$\n$a$ 100%\n");
}
END_TEST

START_TEST(indentation)
{
	struct out *out = out_new(arena);

	out_puts(out, "a\n");
	out_indent(out, 2);
	ck_assert_uint_eq(out_column(out), 16);
	out_text(out, OUT_VARS({"x", "b\n\nc"}), "$x$\n\n");
	out_indent(out, -1);
	out_puts(out, "d");
	out_puts(out, "e\n");
	out_indent(out, -1);
	out_puts(out, "f\n");
	expect(out, "a\n\t\tb\n\n\t\tc\n\n\tde\nf\n");
}
END_TEST

START_TEST(empty_lines_at_the_end)
{
	struct out *out = out_new(arena);

	out_puts(out, "\n\na\n\n\n");
	expect(out, "a\n");
	out_puts(out, "b\n");
	expect(out, "a\n\n\nb\n");
}
END_TEST

static const struct {
	const char *line;
	const char *wrapped;
} wraps[] = {
	/* 20 columns wide */
	{"f(aaaa, bbbb, ccccc)", "f(aaaa, bbbb, ccccc)"},
	{"f(aaaa, bbbb, cccccc)", "f(aaaa, bbbb,\n  cccccc)"},
	{"f(aaaa, g(bbbb, cccc), dddd)", "f(aaaa, g(bbbb,\n\t  cccc),\n  dddd)"},
	{"f(aaaaaaaa, bbbbbbbb, cccccccc, dddddddd)", "f(aaaaaaaa,\n  bbbbbbbb,\n  cccccccc,\n  dddddddd)"},
	{"if (aaaaaaaa && bbbbbbbb || cccc)", "if (aaaaaaaa &&\n    bbbbbbbb ||\n    cccc)"},
	{"f(\"a, (b, c\", 'd', eeeeeee)", "f(\"a, (b, c\", 'd',\n  eeeeeee)"},
	{"f(\"a, \\\"(b, c\", ddddddddd)", "f(\"a, \\\"(b, c\",\n  ddddddddd)"},
	{"f(\"a string that is too wide, and is left\")", "f(\"a string that is too wide, and is left\")"},
	{"/* f(aaaa, bbbb, cccccc, dddd) */", "/* f(aaaa, bbbb, cccccc, dddd) */"},
	{"aaaaaaaa, bbbbbbbb, cccccccc", "aaaaaaaa, bbbbbbbb, cccccccc"},
	{"ffffffffffffffffffff(aaaa, bbbb)", "ffffffffffffffffffff(aaaa, bbbb)"},
	{"f(\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4, bbbb, ccccc)", "f(\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4, bbbb, ccccc)"},
};

START_TEST(wrapping)
{
	struct out *out = out_new(arena);

	out_wrap(out, 20);
	out_puts(out, wraps[_i].line);
	out_puts(out, "\n");
	expect(out, arena_format(arena, "%s\n", wraps[_i].wrapped));
}
END_TEST

START_TEST(wrapping_counts_tabs)
{
	struct out *out = out_new(arena);

	out_wrap(out, 20);
	out_indent(out, 1);
	out_puts(out, "f(aaaa, bbbb, cc)\n");
	expect(out, "\tf(aaaa,\n\t  bbbb, cc)\n");
}
END_TEST

START_TEST(rule)
{
	static const char *const targets[] = {"a.h", "b c.h"};
	static const char *const sources[] = {"$x.cdidl", "C:\\d #e.cdidl", "g\\ h.cdidl"};
	struct out *out = out_new(arena);

	out_rule(out, targets, 2, sources, 3);
	expect(out, "a.h b\\ c.h: $$x.cdidl C:\\d\\ \\#e.cdidl g\\\\\\ h.cdidl\n");
}
END_TEST

/* ---- files, in the current folder ---- */

#define ONE "gen_out_one.tmp"
#define TWO "gen_out_two.tmp"

static void
set_up_files(void)
{
	set_up();
	os_remove_file(ONE);
	os_remove_file(TWO);
}

static void
tear_down_files(void)
{
	os_remove_file(ONE);
	os_remove_file(TWO);
	tear_down();
}

static const char *
content(const char *path)
{
	const char *error;
	size_t size;
	char *text;

	return os_read_file(arena, path, 1000, &text, &size, &error) ? text : NULL;
}

static bool
write_two(const char *second, const char *one, const char *two, const char **ret_error)
{
	struct out_set *set = out_set_new(arena);

	out_puts(out_add(set, ONE), one);
	out_puts(out_add(set, second), two);
	return out_write(set, ret_error);
}

START_TEST(files)
{
	const char *error = NULL;

	ck_assert(write_two(TWO, "1\n", "2\n", &error));
	ck_assert_str_eq(content(ONE), "1\n");
	ck_assert_str_eq(content(TWO), "2\n");
	ck_assert(write_two(TWO, "11\n", "2\n", &error));
	ck_assert_str_eq(content(ONE), "11\n");
	ck_assert_ptr_null(content(ONE ".tmp"));
	ck_assert_ptr_null(content(TWO ".tmp"));
}
END_TEST

/* A file that is held open can be replaced on one system only; one that does not change is left alone on both. */
START_TEST(unchanged_file_is_not_touched)
{
	const char *error = NULL;
	FILE *reader;

	ck_assert(write_two(TWO, "1\n", "2\n", &error));
	reader = os_open(ONE, "rb");
	ck_assert_ptr_nonnull(reader);
	ck_assert(write_two(TWO, "1\n", "22\n", &error));
	ck_assert_str_eq(content(TWO), "22\n");
	ck_assert(os_write_file(ONE, "seen", 4, &error));
	rewind(reader);
	ck_assert_int_eq(fgetc(reader), 's');
	fclose(reader);
}
END_TEST

START_TEST(all_or_none)
{
	const char *error = NULL;

	ck_assert(os_write_file(ONE, "old", 3, &error));
	ck_assert(!write_two("no/such/folder/" TWO, "1\n", "2\n", &error));
	ck_assert_str_eq(error, "cannot write 'no/such/folder/" TWO "': No such file or directory");
	ck_assert_str_eq(content(ONE), "old");
	ck_assert_ptr_null(content(ONE ".tmp"));
}
END_TEST

START_TEST(all_or_none_of_new_files)
{
	const char *error = NULL;

	ck_assert(!write_two("no/such/folder/" TWO, "1\n", "2\n", &error));
	ck_assert_ptr_null(content(ONE));
	ck_assert_ptr_null(content(ONE ".tmp"));
}
END_TEST

START_TEST(same_file_twice)
{
	const char *error = NULL;

	ck_assert(!write_two(ONE, "1\n", "2\n", &error));
	ck_assert_str_eq(error, "two inputs would write '" ONE "'");
	ck_assert_ptr_null(content(ONE));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_out");
	TCase *text = tcase_create("text");
	TCase *file = tcase_create("files");

	tcase_add_checked_fixture(text, set_up, tear_down);
	tcase_add_test(text, variables);
	tcase_add_test(text, values_are_not_templates);
	tcase_add_test(text, indentation);
	tcase_add_test(text, empty_lines_at_the_end);
	tcase_add_loop_test(text, wrapping, 0, (int)(sizeof wraps / sizeof wraps[0]));
	tcase_add_test(text, wrapping_counts_tabs);
	tcase_add_test(text, rule);
	suite_add_tcase(suite, text);
	tcase_add_checked_fixture(file, set_up_files, tear_down_files);
	tcase_add_test(file, files);
	tcase_add_test(file, unchanged_file_is_not_touched);
	tcase_add_test(file, all_or_none);
	tcase_add_test(file, all_or_none_of_new_files);
	tcase_add_test(file, same_file_twice);
	suite_add_tcase(suite, file);
	return check_main(suite);
}
