/* Finding files: beside the importing one, then in each folder; once each; in an order that resolve can follow. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "check_main.h"
#include "syntax/ast.h"
#include "syntax/load.h"

/* Files in memory: path and text, up to a NULL. */
struct files {
	const char *const *texts;
	struct text reads; /* the paths that were asked for, a space behind each */
};

static struct arena *arena;
static struct diag *diag;
static struct files files;

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
	files = (struct files){.reads.arena = arena};
}

static void
teardown(void)
{
	arena_free(arena);
}

static bool
read_memory(void *context, struct arena *memory, const char *path, char **ret_text, size_t *ret_size,
	    const char **ret_error)
{
	struct files *from = context;
	size_t i;

	text_format(&from->reads, "%s ", path);
	for (i = 0; from->texts[i]; i += 2) {
		if (strcmp(from->texts[i], path) != 0)
			continue;
		*ret_size = strlen(from->texts[i + 1]);
		*ret_text = arena_copy(memory, from->texts[i + 1], *ret_size);
		return true;
	}
	*ret_error = "not in memory";
	return false;
}

static const struct load *
load(const char *const *texts, const char *const *folders, const char *const *paths)
{
	const struct load_reader reader = {read_memory, &files};
	size_t folder_count = 0, path_count = 0;

	while (folders && folders[folder_count])
		folder_count++;
	while (paths[path_count])
		path_count++;
	files.texts = texts;
	return load_files(arena, diag, &reader, folders, folder_count, paths, path_count);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *
messages(void)
{
	size_t length;

	return diag_render(diag, &length);
}

static const char *
order(const struct load *loaded)
{
	struct text text = {.arena = arena};
	size_t i;

	for (i = 0; i < loaded->order_count; i++)
		text_format(&text, "%s ", loaded->order[i]->path);
	return text_string(&text);
}

START_TEST(beside_first_then_folders)
{
	const struct load *loaded = load(LIST("src/a.cdidl", "module a; import \"x/b.cdidl\"; import \"x/c.cdidl\";",
					      "src/x/b.cdidl", "module b; import \"d.cdidl\";", "one/x/b.cdidl",
					      "wrong", "two/x/c.cdidl", "module c;", "src/x/d.cdidl", "module d;"),
					 LIST("one", "two/", "three"), LIST("src/a.cdidl"));

	ck_assert_str_eq(messages(), "");
	ck_assert_str_eq(files.reads.data,
			 "src/a.cdidl src/x/b.cdidl src/x/c.cdidl one/x/c.cdidl two/x/c.cdidl src/x/d.cdidl ");
	ck_assert_str_eq(order(loaded), "src/x/d.cdidl src/x/b.cdidl two/x/c.cdidl src/a.cdidl ");
	ck_assert_uint_eq(loaded->unit_count, 4);
	ck_assert_ptr_eq(loaded->inputs[0], loaded->units[0]);
	ck_assert_str_eq(loaded->inputs[0]->imports[1]->path, "two/x/c.cdidl");
}
END_TEST

START_TEST(folders_of_windows)
{
	const struct load *loaded =
		load(LIST("C:\\src\\a.cdidl", "module a; import \"b.cdidl\";", "C:\\src\\b.cdidl", "module b;"), NULL,
		     LIST("C:\\src\\a.cdidl"));

	ck_assert_str_eq(messages(), "");
	ck_assert_str_eq(order(loaded), "C:\\src\\b.cdidl C:\\src\\a.cdidl ");
}
END_TEST

START_TEST(folders_in_the_root)
{
	load(LIST("/a.cdidl", "module a; import \"b.cdidl\";", "/b.cdidl", "module b;"), NULL, LIST("/a.cdidl"));
	ck_assert_str_eq(messages(), "");
	ck_assert_str_eq(files.reads.data, "/a.cdidl /b.cdidl ");
}
END_TEST

START_TEST(each_file_once)
{
	const struct load *loaded = load(LIST("a.cdidl", "module a; import \"x/c.cdidl\";", "./x//./b.cdidl",
					      "module b; import \"c.cdidl\";", "x/c.cdidl", "module c;"),
					 NULL, LIST("a.cdidl", "./x//./b.cdidl", "x/c.cdidl", "./a.cdidl"));

	ck_assert_str_eq(messages(), "");
	ck_assert_uint_eq(loaded->unit_count, 3);
	ck_assert_uint_eq(loaded->input_count, 4);
	ck_assert_ptr_eq(loaded->inputs[0], loaded->inputs[3]);
	ck_assert_ptr_eq(loaded->inputs[2], loaded->inputs[0]->imports[0]);
	ck_assert_ptr_eq(loaded->inputs[2], loaded->inputs[1]->imports[0]);
	ck_assert_str_eq(files.reads.data, "a.cdidl ./x//./b.cdidl x/c.cdidl ");
	ck_assert_str_eq(order(loaded), "x/c.cdidl a.cdidl ./x//./b.cdidl ");
}
END_TEST

START_TEST(what_was_tried_is_told)
{
	load(LIST("src/a.cdidl", "module a;\nimport \"x/b.cdidl\";\n"), LIST("one", "two/"), LIST("src/a.cdidl"));
	ck_assert_str_eq(messages(), "src/a.cdidl:2:8: error: import 'x/b.cdidl' not found\n"
				     "  import \"x/b.cdidl\";\n"
				     "         ^~~~~~~~~~~\n"
				     "cdidl: note: tried 'src/x/b.cdidl'\n"
				     "cdidl: note: tried 'one/x/b.cdidl'\n"
				     "cdidl: note: tried 'two/x/b.cdidl'\n"
				     "1 error\n");
}
END_TEST

START_TEST(unreadable_input)
{
	const struct load *loaded = load(LIST("a.cdidl", "module a;"), NULL, LIST("none.cdidl", "a.cdidl"));

	ck_assert_str_eq(messages(), "cdidl: error: cannot read 'none.cdidl': not in memory\n1 error\n");
	ck_assert(loaded->unreadable);
	ck_assert_ptr_null(loaded->inputs[0]);
	ck_assert_ptr_nonnull(loaded->inputs[1]);
	ck_assert(!loaded->inputs[1]->broken);
}
END_TEST

START_TEST(broken_spreads)
{
	const struct load *loaded =
		load(LIST("a.cdidl", "module a; import \"b.cdidl\"; import \"fine.cdidl\";", "b.cdidl",
			  "module b; import \"c.cdidl\";", "c.cdidl", "module;", "fine.cdidl", "module fine;"),
		     NULL, LIST("a.cdidl"));

	ck_assert_uint_eq(diag_errors(diag), 3);
	ck_assert(loaded->units[0]->broken && loaded->units[1]->broken);
	ck_assert_str_eq(loaded->units[2]->path, "fine.cdidl");
	ck_assert(!loaded->units[2]->broken);
	ck_assert(loaded->units[3]->broken);
}
END_TEST

/* A chain of imports may be as long as it likes: the way along it needs no stack. */
START_TEST(long_chain)
{
	enum { COUNT = 3000 };
	const char **texts = ARENA_ARRAY(arena, 2 * COUNT + 1, const char *);
	const struct load *loaded;
	int i;

	for (i = 0; i < COUNT; i++) {
		texts[2 * i] = arena_format(arena, "m%d.cdidl", i);
		texts[2 * i + 1] = i + 1 < COUNT ? arena_format(arena, "module m%d; import \"m%d.cdidl\";", i, i + 1)
						 : "module last;";
	}
	loaded = load(texts, NULL, LIST("m0.cdidl"));
	ck_assert_str_eq(messages(), "");
	ck_assert_uint_eq(loaded->order_count, COUNT);
	ck_assert_str_eq(loaded->order[0]->path, "m2999.cdidl");
	ck_assert_str_eq(loaded->order[COUNT - 1]->path, "m0.cdidl");
}
END_TEST

START_TEST(diamond)
{
	const struct load *loaded = load(LIST("a.cdidl", "module a; import \"b.cdidl\"; import \"c.cdidl\";", "b.cdidl",
					      "module b; import \"d.cdidl\";", "c.cdidl",
					      "module c; import \"d.cdidl\";", "d.cdidl", "module d;"),
					 NULL, LIST("a.cdidl"));

	ck_assert_str_eq(messages(), "");
	ck_assert_str_eq(order(loaded), "d.cdidl b.cdidl c.cdidl a.cdidl ");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_load");
	TCase *tcase = tcase_create("load");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, beside_first_then_folders);
	tcase_add_test(tcase, folders_of_windows);
	tcase_add_test(tcase, folders_in_the_root);
	tcase_add_test(tcase, each_file_once);
	tcase_add_test(tcase, what_was_tried_is_told);
	tcase_add_test(tcase, unreadable_input);
	tcase_add_test(tcase, broken_spreads);
	tcase_add_test(tcase, long_chain);
	tcase_add_test(tcase, diamond);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
