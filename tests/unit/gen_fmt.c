/*
 * The formatter: whole results beside the inputs of golden/fmt; and for every golden file, and for each with comments
 * put between all its tokens, that nothing but spaces changes and that formatting twice is formatting once.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "check_main.h"
#include "fmt/fmt.h"
#include "golden.h"
#include "syntax/ast.h"
#include "syntax/lexer.h"

#define FMT GOLDEN_FOLDER "/fmt"

static const char *const folders[] = {GOLDEN_FOLDER "/fmt", GOLDEN_FOLDER "/ok", GOLDEN_FOLDER "/gen",
				      GOLDEN_FOLDER "/errors"};

#define FOLDERS ((int)(sizeof folders / sizeof *folders))

static char **fmt_names;
static struct arena *arena;

static void
no_memory(void)
{
	abort();
}

static void
setup(void)
{
	arena = arena_new(no_memory);
}

static void
teardown(void)
{
	arena_free(arena);
}

static const struct source *
source_from(const char *text, size_t size)
{
	return source_new(arena, 0, "test.cdidl", arena_copy(arena, text, size), size);
}

static const struct source *
source_read(const char *path)
{
	const struct source *source;
	size_t size;
	char *text = golden_read(path, &size);

	ck_assert_msg(text != NULL, "%s", path);
	source = source_from(text, size);
	free(text);
	return source;
}

static bool
parses(const struct source *source)
{
	struct diag *diag = diag_new(arena);

	parse_file(arena, source, diag);
	return diag_errors(diag) == 0;
}

/* A comment without the spaces at the ends of its lines. */
static void
add_comment(struct text *text, const struct comment *comment)
{
	const char *begin = comment->span.source->text + comment->span.offset, *p, *line = begin, *end;

	for (p = begin; p <= begin + comment->span.length; p++) {
		if (p < begin + comment->span.length && *p != '\n')
			continue;
		for (end = p; end > line && strchr(" \t\r", end[-1]); end--)
			;
		text_add(text, line, (size_t)(end - line));
		text_puts(text, "\n");
		line = p + 1;
	}
}

/* Every token and comment, one a line: what formatting must not change. */
static const char *
substance(const struct source *source)
{
	struct text text = {.arena = arena};
	const struct comment *comment;
	struct lexer lexer;
	struct token token;

	lexer_init(&lexer, arena, source, NULL);
	do {
		lexer_next(&lexer, &token);
		for (comment = token.comments; comment; comment = comment->next)
			add_comment(&text, comment);
		text_add(&text, source->text + token.span.offset, token.span.length);
		text_puts(&text, "\n");
	} while (token.kind);
	return text_string(&text);
}

static void
check_format(const char *name, const struct source *source)
{
	const struct source *once, *twice;
	const char *formatted;
	size_t size;

	formatted = fmt_source(arena, source, &size);
	once = source_from(formatted, size);
	ck_assert_msg(!strcmp(substance(source), substance(once)), "%s: something changed", name);
	ck_assert_msg(parses(once), "%s: does not parse any more", name);
	formatted = fmt_source(arena, once, &size);
	twice = source_from(formatted, size);
	if (once->size != twice->size || memcmp(once->text, twice->text, once->size) != 0) {
		fprintf(stderr, "--- once\n%s--- twice\n%s", once->text, twice->text);
		ck_abort_msg("%s: formatted twice it differs", name);
	}
}

START_TEST(whole_results)
{
	const struct source *source;
	const char *formatted;
	char path[512];
	size_t size;

	snprintf(path, sizeof path, FMT "/%s.cdidl", fmt_names[_i]);
	source = source_read(path);
	ck_assert_msg(parses(source), "%s", path);
	check_format(path, source);
	formatted = fmt_source(arena, source, &size);
	snprintf(path, sizeof path, FMT "/%s.txt", fmt_names[_i]);
	golden_check(path, formatted, size);
}
END_TEST

START_TEST(every_golden_file)
{
	size_t count, i, checked = 0;
	char **names = golden_names(folders[_i], ".cdidl", &count);
	const struct source *source;
	char path[512];

	for (i = 0; i < count; i++) {
		snprintf(path, sizeof path, "%s/%s.cdidl", folders[_i], names[i]);
		source = source_read(path);
		if (!parses(source))
			continue;
		check_format(path, source);
		checked++;
	}
	free(names);
	ck_assert_uint_gt(checked, 0);
}
END_TEST

static const char *const fillers[] = {
	" /* c */ ",
	"/*c*/",
	" // c\n",
	"\n// c\n",
	"\n\n\n// c\n\n\n",
	"\n",
	"\n/* c\n   d */\n",
	" /* c */ // d\n",
	"\n/* c */ /* d */ ",
	" /* c\n d */ ",
	"\n/* c */ // d\n",
	"\n\n",
};

/* One filler behind every token, or each in turn. */
static const struct source *
filled(const struct source *source, size_t which)
{
	struct text text = {.arena = arena};
	struct lexer lexer;
	struct token token;
	size_t i = 0;

	lexer_init(&lexer, arena, source, NULL);
	for (lexer_next(&lexer, &token); token.kind; lexer_next(&lexer, &token)) {
		text_add(&text, source->text + token.span.offset, token.span.length);
		text_puts(&text, fillers[(which < sizeof fillers / sizeof *fillers ? which : i++) %
					 (sizeof fillers / sizeof *fillers)]);
	}
	return source_from(text.data, text.length);
}

START_TEST(comments_everywhere)
{
	size_t count, i, which = (size_t)_i / (size_t)FOLDERS;
	const char *folder = folders[_i % FOLDERS];
	char **names = golden_names(folder, ".cdidl", &count);
	const struct source *source;
	char path[512];

	for (i = 0; i < count; i++) {
		snprintf(path, sizeof path, "%s/%s.cdidl", folder, names[i]);
		source = source_read(path);
		if (parses(source) && parses(filled(source, which)))
			check_format(path, filled(source, which));
	}
	free(names);
}
END_TEST

START_TEST(empty_file)
{
	size_t size;

	ck_assert_str_eq(fmt_source(arena, source_from("", 0), &size), "");
	ck_assert_uint_eq(size, 0);
	ck_assert_str_eq(fmt_source(arena, source_from("\n\n", 2), &size), "");
	ck_assert_str_eq(fmt_source(arena, source_from("\n\n// c", 6), &size), "// c\n");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_fmt");
	TCase *tcase = tcase_create("fmt");
	size_t count;
	int status;

	fmt_names = golden_names(FMT, ".cdidl", &count);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, whole_results, 0, (int)count);
	tcase_add_loop_test(tcase, every_golden_file, 0, FOLDERS);
	tcase_add_loop_test(tcase, comments_everywhere, 0, FOLDERS * (int)(sizeof fillers / sizeof *fillers + 1));
	tcase_add_test(tcase, empty_file);
	suite_add_tcase(suite, tcase);
	status = check_main(suite);
	free(fmt_names);
	return status;
}
