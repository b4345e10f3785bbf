#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "check_main.h"

static struct arena *arena;
static struct diag *diag;

static void
no_memory(void)
{
	abort();
}

static void
setup(void)
{
	arena = arena_new(no_memory);
	diag = diag_new(arena);
}

static void
teardown(void)
{
	arena_free(arena);
}

static const struct source *
source_named(unsigned order, const char *path, const char *text)
{
	return source_new(arena, order, path, arena_copy(arena, text, strlen(text)), strlen(text));
}

static struct span
span_of(const struct source *source, uint32_t offset, uint32_t length)
{
	return (struct span){source, offset, length};
}

static void
expect(const char *expected)
{
	size_t length;

	ck_assert_str_eq(diag_render(diag, &length), expected);
	ck_assert_uint_eq(length, strlen(expected));
}

START_TEST(nothing)
{
	expect("");
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(caret_and_note)
{
	const struct source *source = source_named(0, "a.cdidl", "first\nsecond line\nthird");

	diag_error(diag, span_of(source, 13, 4), "bad '%s'", "line");
	diag_note(diag, span_of(source, 0, 1), "from here");
	diag_note(diag, span_of(NULL, 0, 0), "in general");
	expect("a.cdidl:2:8: error: bad 'line'\n"
	       "  second line\n"
	       "         ^~~~\n"
	       "a.cdidl:1:1: note: from here\n"
	       "  first\n"
	       "  ^\n"
	       "cdidl: note: in general\n"
	       "1 error\n");
}
END_TEST

START_TEST(order_is_that_of_places)
{
	const struct source *first = source_named(0, "a.cdidl", "abc\n"), *second = source_named(1, "b.cdidl", "xyz\n");

	diag_error(diag, span_of(NULL, 0, 0), "no place");
	diag_error(diag, span_of(second, 0, 1), "four");
	diag_error(diag, span_of(first, 2, 1), "two");
	diag_note(diag, span_of(first, 2, 1), "two's note");
	diag_error(diag, span_of(first, 2, 0), "three");
	diag_error(diag, span_of(first, 0, 1), "one");
	expect("a.cdidl:1:1: error: one\n  abc\n  ^\n"
	       "a.cdidl:1:3: error: two\n  abc\n    ^\n"
	       "a.cdidl:1:3: note: two's note\n  abc\n    ^\n"
	       "a.cdidl:1:3: error: three\n  abc\n    ^\n"
	       "b.cdidl:1:1: error: four\n  xyz\n  ^\n"
	       "cdidl: error: no place\n"
	       "5 errors\n");
}
END_TEST

START_TEST(same_place_once)
{
	const struct source *source = source_named(0, "a.cdidl", "abc\n");

	diag_error(diag, span_of(source, 0, 3), "one");
	diag_error(diag, span_of(source, 0, 3), "two");
	diag_note(diag, span_of(source, 0, 1), "two's note");
	expect("a.cdidl:1:1: error: one\n  abc\n  ^~~\n1 error\n");
	ck_assert_uint_eq(diag_errors(diag), 1);
}
END_TEST

START_TEST(twenty_and_the_rest)
{
	const struct source *source = source_named(0, "a.cdidl", "abcdefghijklmnopqrstuvwxyz");
	struct text expected = {.arena = arena};
	uint32_t i;

	for (i = 0; i < 25; i++) {
		ck_assert_int_eq(diag_full(diag), i >= 20);
		diag_error(diag, span_of(source, i, 1), "e");
		diag_note(diag, span_of(NULL, 0, 0), "n");
	}
	ck_assert_uint_eq(diag_errors(diag), 25);
	for (i = 0; i < 20; i++) {
		text_format(&expected, "a.cdidl:1:%u: error: e\n  abcdefghijklmnopqrstuvwxyz\n  ", (unsigned)i + 1);
		text_repeat(&expected, ' ', i);
		text_puts(&expected, "^\ncdidl: note: n\n");
	}
	text_puts(&expected, "too many errors: 20 shown, 5 more\n");
	expect(text_string(&expected));
}
END_TEST

START_TEST(notes_are_limited)
{
	struct text expected = {.arena = arena};
	int i;

	diag_error(diag, span_of(NULL, 0, 0), "e");
	text_puts(&expected, "cdidl: error: e\n");
	for (i = 0; i < 1000; i++)
		diag_note(diag, span_of(NULL, 0, 0), "n");
	for (i = 0; i < 16; i++)
		text_puts(&expected, "cdidl: note: n\n");
	text_puts(&expected, "1 error\n");
	expect(text_string(&expected));
}
END_TEST

START_TEST(tabs_and_code_points)
{
	const struct source *source = source_named(0, "a.cdidl", "\t\xc3\xa9\t\xe4\xb8\x96x\r\n");

	diag_error(diag, span_of(source, 7, 1), "x");
	diag_error(diag, span_of(source, 4, 3), "world");
	expect("a.cdidl:1:4: error: world\n  \t\xc3\xa9\t\xe4\xb8\x96x\n  \t \t^\n"
	       "a.cdidl:1:5: error: x\n  \t\xc3\xa9\t\xe4\xb8\x96x\n  \t \t ^\n"
	       "2 errors\n");
}
END_TEST

START_TEST(ends_of_lines)
{
	const struct source *source = source_named(0, "a.cdidl", "ab\ncd");

	diag_error(diag, span_of(source, 2, 0), "behind the line");
	diag_error(diag, span_of(source, 1, 4), "over the line");
	diag_error(diag, span_of(source, 5, 0), "behind the file");
	expect("a.cdidl:1:2: error: over the line\n  ab\n   ^\n"
	       "a.cdidl:1:3: error: behind the line\n  ab\n    ^\n"
	       "a.cdidl:2:3: error: behind the file\n  cd\n    ^\n"
	       "3 errors\n");
}
END_TEST

START_TEST(long_line)
{
	char *line = arena_alloc(arena, 1001);
	struct text expected = {.arena = arena};
	const struct source *source;

	memset(line, 'x', 1000);
	source = source_named(0, "a.cdidl", line);
	diag_error(diag, span_of(source, 500, 3), "far");
	text_puts(&expected, "a.cdidl:1:501: error: far\n  ...");
	text_repeat(&expected, 'x', 160);
	text_puts(&expected, "...\n     ");
	text_repeat(&expected, ' ', 60);
	text_puts(&expected, "^~~\n1 error\n");
	expect(text_string(&expected));
}
END_TEST

START_TEST(controls_are_not_printed)
{
	const struct source *source = source_named(0, "a.cdidl",
						   "a\x1b[31m\x7f\xc2\x9b\xe2\x80\xae\xff"
						   "b");

	diag_error(diag, span_of(source, 0, 1), "e");
	expect("a.cdidl:1:1: error: e\n  a\xef\xbf\xbd[31m\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
	       "b\n  ^\n1 error\n");
}
END_TEST

START_TEST(positions)
{
	const struct source *source = source_named(0, "a.cdidl", "\n\nab\n\n");
	static const struct position expected[] = {{1, 1}, {2, 1}, {3, 1}, {3, 2}, {3, 3}, {4, 1}, {5, 1}};
	struct position position;
	uint32_t i;

	for (i = 0; i <= source->size; i++) {
		position = source_position(source, i);
		ck_assert_uint_eq(position.line, expected[i].line);
		ck_assert_uint_eq(position.column, expected[i].column);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_diag");
	TCase *tcase = tcase_create("diag");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, nothing);
	tcase_add_test(tcase, caret_and_note);
	tcase_add_test(tcase, order_is_that_of_places);
	tcase_add_test(tcase, same_place_once);
	tcase_add_test(tcase, twenty_and_the_rest);
	tcase_add_test(tcase, notes_are_limited);
	tcase_add_test(tcase, tabs_and_code_points);
	tcase_add_test(tcase, ends_of_lines);
	tcase_add_test(tcase, long_line);
	tcase_add_test(tcase, controls_are_not_printed);
	tcase_add_test(tcase, positions);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
