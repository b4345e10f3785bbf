/*
 * Large inputs: no crash, and work that grows with the input, not with its square. What is wrong with large and deep
 * ones is in cli/big.py.
 *
 * The steps for an input and for one eight times as large are compared; a square would make them 64 times as many. They are
 * blocks of the generator's code, which is compiled for this program such that it counts them: each run has the same.
 */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "check_main.h"
#include "compat/compat.h"
#include "emit/emit.h"
#include "emit/out.h"
#include "fmt/fmt.h"
#include "front.h"
#include "gen_big_inputs.h"
#include "model/model.h"
#include "syntax/load.h"

#define GROWTH 8
/* Sorting, and the depth of a search, take a little more than the input's share. */
#define GROWTH_ALLOWED 14

uint64_t big_steps;
void __sanitizer_cov_trace_pc(void);

/* Called at each block. */
void
__sanitizer_cov_trace_pc(void)
{
	big_steps++;
}

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
	struct text (*make)(struct arena *arena, unsigned count);
	unsigned count; /* of the larger one; the smaller has GROWTH times less */
	size_t errors;  /* of the larger one */
	void (*work)(const struct front *front, const struct front *other); /* NULL: it is read and checked */
	struct text (*make_other)(struct arena *arena, unsigned count);
} growing[] = {
	{"methods", big_methods, 2500, 0, NULL, NULL},
	{"struct chain", big_struct_chain, 2500, 0, NULL, NULL},
	{"struct ring", big_struct_ring, 2500, 1, NULL, NULL},
	{"table ring", big_table_ring, 2500, 0, NULL, NULL},
	{"const chain", big_const_chain, 5000, 0, NULL, NULL},
	{"one table", big_one_table, 5000, 0, NULL, NULL},
	{"unknown types", big_unknown_types, 5000, 5000, NULL, NULL},
	{"syntax errors", big_syntax_errors, 10000, 10000, NULL, NULL},
	{"long module name", big_long_module_name, 100000, 1, NULL, NULL},
	{"long expression", big_long_expression, 25000, 0, NULL, NULL},
	{"one comment", big_one_comment, 1000000, 1, NULL, NULL},
	{"documented parameters", big_documented_params, 5000, 0, NULL, NULL},
	{"doc lines", big_doc_lines, 5000, 5000, NULL, NULL},
	{"emitted methods", big_methods, 500, 0, emit, NULL},
	{"emitted struct chain", big_struct_chain, 500, 0, emit, NULL},
	{"emitted table ring", big_table_ring, 1000, 0, emit, NULL},
	{"emitted table", big_one_table, 1000, 0, emit, NULL},
	{"emitted enum", big_one_enum, 2000, 0, emit, NULL},
	{"emitted consts", big_const_chain, 2000, 0, emit, NULL},
	{"emitted parameters", big_documented_params, 1000, 0, emit, NULL},
	{"emitted types and methods", big_used, 250, 0, emit, NULL},
	{"formatted methods", big_methods, 2500, 0, format, NULL},
	{"formatted table", big_one_table, 5000, 0, format, NULL},
	{"formatted parameters", big_documented_params, 5000, 0, format, NULL},
	{"formatted expression", big_long_expression, 25000, 0, format, NULL},
	{"formatted comments", big_comments, 2500, 0, format, NULL},
	{"compared methods", big_methods, 2500, 0, compare, big_methods},
	{"compared struct chains", big_struct_chain, 2500, 0, compare, big_struct_chain},
	{"compared tables", big_one_table, 5000, 0, compare, big_one_table},
	{"compared enums", big_one_enum, 5000, 0, compare, big_one_enum},
	{"compared parameters", big_documented_params, 5000, 0, compare, big_documented_params},
	{"compared with other names", big_used, 1000, 0, compare, big_used_renamed},
	{"compared with what is gone", big_used, 1000, 0, compare, big_one_enum},
};

/* The steps that it takes to read 'row' at that size, or to work with it. */
static uint64_t
count_steps(const struct growing *row, unsigned count, size_t *ret_errors)
{
	struct text text = row->make(arena, count);
	struct text other_text = row->make_other ? row->make_other(arena, count) : text;
	struct front front, other;
	uint64_t before = big_steps, steps;

	front = front_text(text.data, text.length);
	steps = big_steps - before;
	*ret_errors = diag_errors(front.diag);
	if (row->work) {
		other = front_text(other_text.data, other_text.length);
		before = big_steps;
		row->work(&front, &other);
		steps = big_steps - before;
		front_free(&other);
	}
	front_free(&front);
	return steps;
}

START_TEST(work_grows_with_the_input)
{
	const struct growing *row = &growing[_i];
	uint64_t small, large;
	size_t errors;

	small = count_steps(row, row->count / GROWTH, &errors);
	large = count_steps(row, row->count, &errors);
	ck_assert_msg(errors == row->errors, "%s: %zu errors", row->name, errors);
	/* Each piece of an input takes some steps: if not, nothing was counted. */
	ck_assert_msg(small > row->count / GROWTH, "%s: only %" PRIu64 " steps", row->name, small);
	ck_assert_msg(large <= GROWTH_ALLOWED * small,
		      "%s: %" PRIu64 " steps, but %" PRIu64 " for an input %d times as large", row->name, small, large,
		      GROWTH);
}
END_TEST

/* Ten megabytes that are sound, and long stretches of what is not. */
START_TEST(ten_megabytes)
{
	struct text text = {.arena = arena};
	const struct model *model;
	struct front front;
	unsigned i;

	text_puts(&text, "module a.b;\n");
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
	tcase_add_loop_test(tcase, work_grows_with_the_input, 0, (int)(sizeof growing / sizeof *growing));
	tcase_add_test(tcase, ten_megabytes);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
