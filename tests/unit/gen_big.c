/*
 * Large inputs: no crash, and time that grows with the input, not with its square. What is wrong with large and deep
 * ones is in cli/big.py.
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
#include "compat.h"
#include "diag.h"
#include "emit.h"
#include "fmt.h"
#include "front.h"
#include "load.h"
#include "model.h"
#include "out.h"

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

static struct text
one_enum(unsigned count)
{
	struct text text = begin();
	unsigned i;

	text_puts(&text, "[strict] enum E : i32 {\n");
	for (i = 0; i < count; i++)
		text_format(&text, "  Value%u = %u,\n", i, i);
	text_puts(&text, "}\n");
	return text;
}

/* Comments before, in and behind everything. */
static struct text
comments(unsigned count)
{
	struct text text = begin();
	unsigned i;

	text_puts(&text, "table T { // here\n");
	for (i = 1; i <= count; i++)
		text_format(&text, "// before %u\n  %u: /* in */ u32 field_%u; /* behind */ // %u\n", i, i, i, i);
	text_puts(&text, "/* at the end */ }\n");
	return text;
}

/* Tables in a ring, a struct and an enum in each; and a method for each table. */
static struct text
all_used(char name, unsigned count)
{
	struct text text = begin();
	unsigned i;

	for (i = 0; i < count; i++)
		text_format(&text,
			    "enum E%c%u : u8 { A = 0, B = 1 } struct S%c%u { E%c%u e; }\n"
			    "table T%c%u { 1: T%c%u? next; 2: S%c%u s; }\n",
			    name, i, name, i, name, i, name, i, name, (i + 1) % count, name, i);
	text_puts(&text, "interface I {\n");
	for (i = 0; i < count; i++)
		text_format(&text, "  m%u(T%c%u t, out S%c%u s) @%u;\n", i, name, i, name, i, i + 1);
	text_puts(&text, "}\n");
	return text;
}

static struct text
used(unsigned count)
{
	return all_used('a', count);
}

static struct text
used_renamed(unsigned count)
{
	return all_used('b', count);
}

/* Each does one thing with what has been read. */
static void
emit(const struct front *front, const struct front *other)
{
	static void (*const emitters[])(struct out * out, const struct model *model, const char *stem) = {
		emit_header, emit_types, emit_client, emit_server, emit_cpp, emit_fuzz, emit_doc, emit_json};
	size_t i;

	(void)other;
	for (i = 0; i < sizeof emitters / sizeof *emitters; i++)
		emitters[i](out_new(front->arena), front_model(front), "big");
}

static void
format(const struct front *front, const struct front *other)
{
	size_t length;

	(void)other;
	fmt_source(front->arena, front_model(front)->source, &length);
}

static void
compare(const struct front *front, const struct front *other)
{
	compat_compare(other->arena, front_model(front), front_model(other));
}

static const struct growing {
	const char *name;
	struct text (*make)(unsigned count);
	unsigned count; /* of the larger one; the smaller has GROWTH times less */
	size_t errors;  /* of the larger one */
	void (*work)(const struct front *front, const struct front *other); /* NULL: it is read and checked */
	struct text (*make_other)(unsigned count);
} growing[] = {
	{"methods", methods, 10000, 0, NULL, NULL},
	{"struct chain", struct_chain, 10000, 0, NULL, NULL},
	{"struct ring", struct_ring, 10000, 1, NULL, NULL},
	{"table ring", table_ring, 10000, 0, NULL, NULL},
	{"const chain", const_chain, 20000, 0, NULL, NULL},
	{"one table", one_table, 20000, 0, NULL, NULL},
	{"unknown types", unknown_types, 20000, 20000, NULL, NULL},
	{"syntax errors", syntax_errors, 40000, 40000, NULL, NULL},
	{"long module name", long_module_name, 400000, 1, NULL, NULL},
	{"long expression", long_expression, 100000, 0, NULL, NULL},
	{"one comment", one_comment, 4000000, 1, NULL, NULL},
	{"documented parameters", documented_params, 20000, 0, NULL, NULL},
	{"doc lines", doc_lines, 20000, 20000, NULL, NULL},
	{"emitted methods", methods, 2000, 0, emit, NULL},
	{"emitted struct chain", struct_chain, 2000, 0, emit, NULL},
	{"emitted table ring", table_ring, 4000, 0, emit, NULL},
	{"emitted table", one_table, 4000, 0, emit, NULL},
	{"emitted enum", one_enum, 8000, 0, emit, NULL},
	{"emitted consts", const_chain, 8000, 0, emit, NULL},
	{"emitted parameters", documented_params, 4000, 0, emit, NULL},
	{"emitted types and methods", used, 1000, 0, emit, NULL},
	{"formatted methods", methods, 10000, 0, format, NULL},
	{"formatted table", one_table, 20000, 0, format, NULL},
	{"formatted parameters", documented_params, 20000, 0, format, NULL},
	{"formatted expression", long_expression, 100000, 0, format, NULL},
	{"formatted comments", comments, 10000, 0, format, NULL},
	{"compared methods", methods, 10000, 0, compare, methods},
	{"compared struct chains", struct_chain, 10000, 0, compare, struct_chain},
	{"compared tables", one_table, 20000, 0, compare, one_table},
	{"compared enums", one_enum, 20000, 0, compare, one_enum},
	{"compared parameters", documented_params, 20000, 0, compare, documented_params},
	{"compared with other names", used, 4000, 0, compare, used_renamed},
	{"compared with what is gone", used, 4000, 0, compare, one_enum},
};

/* How long it takes to read 'row' at that size, or to work with it. */
static double
seconds(const struct growing *row, unsigned count, size_t *ret_errors)
{
	struct text text = row->make(count), other_text = row->make_other ? row->make_other(count) : text;
	struct front front, other;
	clock_t start = clock();
	double taken;

	front = front_text(text.data, text.length);
	taken = (double)(clock() - start) / CLOCKS_PER_SEC;
	*ret_errors = diag_errors(front.diag);
	if (row->work) {
		other = front_text(other_text.data, other_text.length);
		start = clock();
		row->work(&front, &other);
		taken = (double)(clock() - start) / CLOCKS_PER_SEC;
		front_free(&other);
	}
	front_free(&front);
	return taken;
}

START_TEST(time_grows_with_the_input)
{
	double small = 1e9, large = 1e9, taken;
	size_t errors;
	int i;

	for (i = 0; i < 3; i++) {
		taken = seconds(&growing[_i], growing[_i].count / GROWTH, &errors);
		small = taken < small ? taken : small;
	}
	for (i = 0; i < 3; i++) {
		taken = seconds(&growing[_i], growing[_i].count, &errors);
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

int
main(void)
{
	Suite *suite = suite_create("gen_big");
	TCase *tcase = tcase_create("big");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, time_grows_with_the_input, 0, (int)(sizeof growing / sizeof *growing));
	tcase_add_test(tcase, ten_megabytes);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
