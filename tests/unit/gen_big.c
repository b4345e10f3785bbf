/*
 * Large and deep inputs: no crash, and time that grows with the input, not with its square.
 *
 * The times of an input and of one eight times as large are compared, the best of three each; a square would make it
 * 64 times.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "arena.h"
#include "check_main.h"
#include "diag.h"
#include "front.h"
#include "load.h"
#include "model.h"

#define GROWTH 8
#define GROWTH_ALLOWED 28
/* Below this the clock and the first touch of memory say more than the work. */
#define FLOOR_SECONDS 0.02

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

static struct text
begin(void)
{
	struct text text = {.arena = arena};

	text_puts(&text, "module a.b;\n");
	return text;
}

/* Methods, each with a doc comment that names its parameters. */
static struct text
methods(unsigned count)
{
	struct text text = begin();
	unsigned i;

	text_puts(&text, "interface I {\n");
	for (i = 1; i <= count; i++)
		text_format(&text, "  /// Does %u. @param x what\n  method_%u(u32 x, out string[<=10] y) @%u;\n", i, i,
			    i);
	text_puts(&text, "}\n");
	return text;
}

/* Each struct holds the one that is defined below it. */
static struct text
struct_chain(unsigned count)
{
	struct text text = begin();
	unsigned i;

	for (i = 0; i + 1 < count; i++)
		text_format(&text, "struct S%u { S%u inner; u8 x; }\n", i, i + 1);
	text_format(&text, "struct S%u { u8 x; }\n", i);
	return text;
}

static struct text
struct_ring(unsigned count)
{
	struct text text = begin();
	unsigned i;

	for (i = 0; i < count; i++)
		text_format(&text, "struct S%u { S%u inner; }\n", i, (i + 1) % count);
	return text;
}

static struct text
table_ring(unsigned count)
{
	struct text text = begin();
	unsigned i;

	for (i = 0; i < count; i++)
		text_format(&text, "table T%u { 1: T%u? next; 2: string[<=8] name; }\n", i, (i + 1) % count);
	return text;
}

static struct text
const_chain(unsigned count)
{
	struct text text = begin();
	unsigned i;

	text_puts(&text, "const u32 C0 = 7;\n");
	for (i = 1; i < count; i++)
		text_format(&text, "const u32 C%u = C%u;\n", i, i - 1);
	return text;
}

static struct text
one_table(unsigned count)
{
	struct text text = begin();
	unsigned i;

	text_puts(&text, "table T {\n");
	for (i = 1; i <= count; i++)
		text_format(&text, "  %u: u32 field_%u;\n", i, i);
	text_puts(&text, "}\n");
	return text;
}

static struct text
unknown_types(unsigned count)
{
	struct text text = begin();
	unsigned i;

	for (i = 0; i < count; i++)
		text_format(&text, "struct S%u { Nothing%u a; }\n", i, i);
	return text;
}

static struct text
syntax_errors(unsigned count)
{
	struct text text = begin();
	unsigned i;

	text_puts(&text, "struct S {\n");
	for (i = 0; i < count; i++)
		text_puts(&text, "u8 a b;\n");
	text_puts(&text, "}\n");
	return text;
}

static struct text
long_module_name(unsigned count)
{
	struct text text = {.arena = arena};
	unsigned i;

	text_puts(&text, "module a");
	for (i = 0; i < count; i++)
		text_puts(&text, ".a");
	text_puts(&text, ";\n");
	return text;
}

static struct text
long_expression(unsigned count)
{
	struct text text = begin();
	unsigned i;

	text_puts(&text, "const u32 C = 1");
	for (i = 0; i < count; i++)
		text_puts(&text, " | 1");
	text_puts(&text, ";\n");
	return text;
}

static struct text
one_comment(unsigned count)
{
	struct text text = begin();

	text_puts(&text, "/*");
	text_repeat(&text, '*', count);
	text_puts(&text, " ");
	text_repeat(&text, '*', count);
	return text;
}

static struct text
doc_lines(unsigned count)
{
	struct text text = begin();
	unsigned i;

	text_puts(&text, "interface I {\n");
	for (i = 0; i < count; i++)
		text_puts(&text, "/// line @param\n");
	text_puts(&text, "f() @1;\n}\n");
	return text;
}

/* One method with many parameters, each documented. */
static struct text
documented_params(unsigned count)
{
	struct text text = begin();
	unsigned i;

	text_puts(&text, "interface I {\n");
	for (i = 0; i < count; i++)
		text_format(&text, "/// @param p%u says something\n", i);
	text_puts(&text, "f(u8 a");
	for (i = 0; i < count; i++)
		text_format(&text, ", u8 p%u", i);
	text_puts(&text, ") @1;\n}\n");
	return text;
}

static double
seconds(const struct text *text, size_t *ret_errors)
{
	clock_t start = clock();
	struct front front = front_text(text->data, text->length);
	double taken = (double)(clock() - start) / CLOCKS_PER_SEC;

	*ret_errors = diag_errors(front.diag);
	front_free(&front);
	return taken;
}

static const struct {
	const char *name;
	struct text (*make)(unsigned count);
	unsigned count; /* of the larger one; the smaller has GROWTH times less */
	size_t errors;  /* of the larger one */
} growing[] = {
	{"methods", methods, 10000, 0},
	{"struct chain", struct_chain, 10000, 0},
	{"struct ring", struct_ring, 10000, 1},
	{"table ring", table_ring, 10000, 0},
	{"const chain", const_chain, 20000, 0},
	{"one table", one_table, 20000, 0},
	{"unknown types", unknown_types, 20000, 20000},
	{"syntax errors", syntax_errors, 40000, 40000},
	{"long module name", long_module_name, 400000, 1},
	{"long expression", long_expression, 100000, 0},
	{"one comment", one_comment, 4000000, 1},
	{"documented parameters", documented_params, 20000, 0},
	{"doc lines", doc_lines, 20000, 20000},
};

START_TEST(time_grows_with_the_input)
{
	double small = 1e9, large = 1e9, taken;
	size_t errors;
	int i;

	for (i = 0; i < 3; i++) {
		struct text text = growing[_i].make(growing[_i].count / GROWTH);

		taken = seconds(&text, &errors);
		small = taken < small ? taken : small;
	}
	for (i = 0; i < 3; i++) {
		struct text text = growing[_i].make(growing[_i].count);

		taken = seconds(&text, &errors);
		large = taken < large ? taken : large;
		ck_assert_msg(errors == growing[_i].errors, "%s: %zu errors", growing[_i].name, errors);
		if (large <= GROWTH_ALLOWED * (small > FLOOR_SECONDS ? small : FLOOR_SECONDS))
			return;
	}
	ck_abort_msg("%s: %g s, but %g s for an input %d times as large", growing[_i].name, small, large, GROWTH);
}
END_TEST

/* Ten megabytes that are sound, and long stretches of what is not. */
START_TEST(ten_megabytes)
{
	struct text text = begin();
	const struct model *model;
	struct front front;
	unsigned i;

	for (i = 0; text.length < 10u << 20; i++) {
		text_format(&text,
			    "/// Table number %u, which is documented at some length, as is the custom in files of "
			    "this size:\n",
			    i);
		text_puts(&text,
			  "/// it says what it is for, who makes it, who reads it, and what the reader may rely on.\n");
		text_format(&text,
			    "table T%u {\n\t/* a comment that is no doc comment, and is left out */\n\t1: "
			    "string[<=512] title;\n"
			    "\t2: T%u? next; // the one before\n\t3: u8[16] id;\n}\n\n",
			    i, i ? i - 1 : 0);
	}
	front = front_text(text.data, text.length);
	model = front_model(&front);
	ck_assert_uint_eq(model->decl_count, i);
	ck_assert(model->decls[i - 1]->facts.largest == MODEL_UNBOUNDED);
	front_free(&front);
}
END_TEST

static const struct {
	const char *name;
	const char *before, *repeated, *after;
} deep[] = {
	{"braces", "", "{", ""},
	{"brackets", "", "[", ""},
	{"parentheses", "interface I { f(", "(", ""},
	{"attribute parentheses", "[c_name(", "c_name(", ""},
	{"closed braces", "struct S ", "{ u8 a; ", "}"},
	{"arrays", "struct S { u8", "[1]", " a; }"},
	{"bounded arrays", "table T { 1: string[<=1]", "[<=1]", " a; }"},
	{"optionals", "table T { 1: u8", "?", " a; }"},
	{"handles", "interface I { f(", "handle<", "file: read> a) @1; }"},
	{"signs", "const i32 C = ", "-", "1;"},
	{"shifts", "const i32 C = 1", " << 0", ";"},
	{"comments", "", "/*", "*/"},
	{"attributes", "[", "deprecated(1), ", "deprecated(1)] struct S { u8 a; }"},
	{"rights", "interface I { f(handle<file: read", ", read", "> a) @1; }"},
};

START_TEST(ten_thousand_deep)
{
	struct text text = begin();
	struct front front;
	const char *shown;
	size_t size;
	int i;

	text_puts(&text, deep[_i].before);
	for (i = 0; i < 10000; i++)
		text_puts(&text, deep[_i].repeated);
	text_puts(&text, deep[_i].after);
	front = front_text(text.data, text.length);
	shown = front_messages(&front, &size);
	if (strcmp(deep[_i].name, "comments") != 0)
		ck_assert_msg(diag_errors(front.diag) > 0, "%s", deep[_i].name);
	/* Neither a long line nor a long list makes a long message. */
	ck_assert_msg(size < 32768, "%s", shown);
	front_free(&front);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_big");
	TCase *tcase = tcase_create("big");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, time_grows_with_the_input, 0, (int)(sizeof growing / sizeof *growing));
	tcase_add_loop_test(tcase, ten_thousand_deep, 0, (int)(sizeof deep / sizeof *deep));
	tcase_add_test(tcase, ten_megabytes);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
