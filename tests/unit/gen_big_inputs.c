#include "gen_big_inputs.h"

static struct text
begin(struct arena *arena)
{
	struct text text = {.arena = arena};

	text_puts(&text, "module a.b;\n");
	return text;
}

/* Methods, each with a doc comment that names its parameters. */
struct text
big_methods(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	text_puts(&text, "interface I {\n");
	for (i = 1; i <= count; i++)
		text_format(&text, "  /// Does %u. @param x what\n  method_%u(u32 x, out string[<=10] y) @%u;\n", i, i,
			    i);
	text_puts(&text, "}\n");
	return text;
}

/* Each struct holds the one that is defined below it. */
struct text
big_struct_chain(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	for (i = 0; i + 1 < count; i++)
		text_format(&text, "struct S%u { S%u inner; u8 x; }\n", i, i + 1);
	text_format(&text, "struct S%u { u8 x; }\n", i);
	return text;
}

struct text
big_struct_ring(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	for (i = 0; i < count; i++)
		text_format(&text, "struct S%u { S%u inner; }\n", i, (i + 1) % count);
	return text;
}

struct text
big_table_ring(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	for (i = 0; i < count; i++)
		text_format(&text, "table T%u { 1: T%u? next; 2: string[<=8] name; }\n", i, (i + 1) % count);
	return text;
}

struct text
big_const_chain(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	text_puts(&text, "const u32 C0 = 7;\n");
	for (i = 1; i < count; i++)
		text_format(&text, "const u32 C%u = C%u;\n", i, i - 1);
	return text;
}

struct text
big_one_table(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	text_puts(&text, "table T {\n");
	for (i = 1; i <= count; i++)
		text_format(&text, "  %u: u32 field_%u;\n", i, i);
	text_puts(&text, "}\n");
	return text;
}

struct text
big_unknown_types(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	for (i = 0; i < count; i++)
		text_format(&text, "struct S%u { Nothing%u a; }\n", i, i);
	return text;
}

struct text
big_syntax_errors(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	text_puts(&text, "struct S {\n");
	for (i = 0; i < count; i++)
		text_puts(&text, "u8 a b;\n");
	text_puts(&text, "}\n");
	return text;
}

struct text
big_long_module_name(struct arena *arena, unsigned count)
{
	struct text text = {.arena = arena};
	unsigned i;

	text_puts(&text, "module a");
	for (i = 0; i < count; i++)
		text_puts(&text, ".a");
	text_puts(&text, ";\n");
	return text;
}

struct text
big_long_expression(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	text_puts(&text, "const u32 C = 1");
	for (i = 0; i < count; i++)
		text_puts(&text, " | 1");
	text_puts(&text, ";\n");
	return text;
}

struct text
big_one_comment(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);

	text_puts(&text, "/*");
	text_repeat(&text, '*', count);
	text_puts(&text, " ");
	text_repeat(&text, '*', count);
	return text;
}

struct text
big_doc_lines(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	text_puts(&text, "interface I {\n");
	for (i = 0; i < count; i++)
		text_puts(&text, "/// line @param\n");
	text_puts(&text, "f() @1;\n}\n");
	return text;
}

/* One method with many parameters, each documented. */
struct text
big_documented_params(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
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

struct text
big_one_enum(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	text_puts(&text, "[strict] enum E : i32 {\n");
	for (i = 0; i < count; i++)
		text_format(&text, "  Value%u = %u,\n", i, i);
	text_puts(&text, "}\n");
	return text;
}

/* Comments before, in and behind everything. */
struct text
big_comments(struct arena *arena, unsigned count)
{
	struct text text = begin(arena);
	unsigned i;

	text_puts(&text, "table T { // here\n");
	for (i = 1; i <= count; i++)
		text_format(&text, "// before %u\n  %u: /* in */ u32 field_%u; /* behind */ // %u\n", i, i, i, i);
	text_puts(&text, "/* at the end */ }\n");
	return text;
}

/* Tables in a ring, a struct and an enum in each; and a method for each table. */
static struct text
all_used(struct arena *arena, char name, unsigned count)
{
	struct text text = begin(arena);
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

struct text
big_used(struct arena *arena, unsigned count)
{
	return all_used(arena, 'a', count);
}

struct text
big_used_renamed(struct arena *arena, unsigned count)
{
	return all_used(arena, 'b', count);
}
