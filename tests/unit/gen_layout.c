/* What follows from types: sizes in memory and on the wire, alignments, holes, what holds what. */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "check_main.h"
#include "front.h"
#include "model/model.h"

static struct front front;

static const struct model *
model_of(const char *text)
{
	front = front_text(text, strlen(text));
	return front_model(&front);
}

static const struct model_decl *
decl_of(const struct model *model, const char *name)
{
	size_t i;

	for (i = 0; i < model->decl_count; i++)
		if (!strcmp(model->decls[i]->name.text, name))
			return model->decls[i];
	ck_abort_msg("no declaration %s", name);
	return NULL;
}

/* "flat checked size 8 align 4 wire 4 least 8 most 8". */
static const char *
facts_text(const struct model_facts *facts)
{
	struct text text = {.arena = front.arena};

	text_format(&text, "%s%s%s%s%s%s", facts->flat ? "flat " : "", facts->checked ? "checked " : "",
		    facts->holes ? "holes " : "", facts->pointer ? "pointer " : "", facts->handle ? "handle " : "",
		    facts->recursive ? "recursive " : "");
	if (facts->flat)
		text_format(&text, "size %" PRIu64 " align %u ", facts->size, (unsigned)facts->align);
	text_format(&text, "wire %u least %" PRIu64 " most ", (unsigned)facts->wire_align, facts->smallest);
	if (facts->largest == MODEL_UNBOUNDED)
		text_puts(&text, "any");
	else
		text_format(&text, "%" PRIu64, facts->largest);
	return text_string(&text);
}

START_TEST(scalars_and_sets)
{
	static const char *const expected[] = {
		"flat checked size 1 align 1 wire 1 least 1 most 1",
		"flat size 1 align 1 wire 1 least 1 most 1",
		"flat size 2 align 2 wire 2 least 2 most 2",
		"flat size 4 align 4 wire 4 least 4 most 4",
		"flat size 8 align 8 wire 8 least 8 most 8",
		"flat size 4 align 4 wire 4 least 4 most 4",
		"flat size 8 align 8 wire 8 least 8 most 8",
		"flat size 2 align 2 wire 2 least 2 most 2",
		"flat checked size 1 align 1 wire 1 least 1 most 1",
		"flat size 8 align 8 wire 8 least 8 most 8",
		"flat size 12 align 4 wire 4 least 12 most 12",
		"flat checked size 3 align 1 wire 1 least 3 most 3",
		"flat size 4 align 4 wire 4 least 4 most 4",
		"flat size 1 align 1 wire 1 least 1 most 1",
		"flat size 8 align 8 wire 8 least 8 most 8",
	};
	const struct model *model =
		model_of("module a.b;\n"
			 "enum E : i16 { A = -1 }\n[strict] enum F : u8 { A = 1 }\nflags G : u64 { A = 1 << 63 }\n"
			 "enum H : u32 { A = 1 }\nflags I : u8 { A = 1 }\nenum J : i64 { A = 1 }\n"
			 "struct S { bool a; i8 b; u16 c; i32 d; u64 e; f32 f; f64 g; E h; F i; G j; u32[3] k; "
			 "F[3] l; H m; I n; J o; }\n");
	const struct model_record *record = &decl_of(model, "S")->as.record;
	size_t i;

	ck_assert_uint_eq(record->field_count, sizeof expected / sizeof *expected);
	for (i = 0; i < record->field_count; i++)
		ck_assert_str_eq(facts_text(&record->fields[i].type->facts), expected[i]);
	ck_assert_int_eq(decl_of(model, "E")->as.set.values[0].value.negative, true);
	ck_assert_uint_eq(decl_of(model, "G")->as.set.values[0].value.magnitude, UINT64_C(1) << 63);
	front_free(&front);
}
END_TEST

START_TEST(struct_layout)
{
	static const uint64_t offsets[] = {0, 8, 16, 18, 24};
	const struct model *model =
		model_of("module a;\nstruct Outer { u8 a; u64 b; u16 c; Inner d; u8[3] e; }\n"
			 "struct Inner { u16 x; bool y; }\nstruct Tight { u32 a; u16 b; u8 c; u8 d; }\n"
			 "struct Wrap { Inner[2] w; }\n");
	const struct model_decl *decl = decl_of(model, "Inner");
	size_t i;

	ck_assert_str_eq(facts_text(&decl->facts), "flat checked holes size 4 align 2 wire 2 least 4 most 4");
	ck_assert_uint_eq(decl->as.record.hole_count, 1);
	ck_assert_uint_eq(decl->as.record.holes[0].offset, 3);
	ck_assert_uint_eq(decl->as.record.holes[0].size, 1);

	decl = decl_of(model, "Outer");
	ck_assert_str_eq(facts_text(&decl->facts), "flat checked holes size 32 align 8 wire 8 least 32 most 32");
	ck_assert_uint_eq(decl->as.record.fields[3].offset, 18);
	ck_assert_uint_eq(decl->as.record.fields[4].offset, 22);
	for (i = 0; i < 4; i++)
		ck_assert_uint_eq(decl->as.record.fields[i].offset, offsets[i]);
	ck_assert_uint_eq(decl->as.record.hole_count, 2);
	ck_assert_uint_eq(decl->as.record.holes[0].offset, 1);
	ck_assert_uint_eq(decl->as.record.holes[0].size, 7);
	ck_assert_uint_eq(decl->as.record.holes[1].offset, 25);
	ck_assert_uint_eq(decl->as.record.holes[1].size, 7);

	decl = decl_of(model, "Tight");
	ck_assert_str_eq(facts_text(&decl->facts), "flat size 8 align 4 wire 4 least 8 most 8");
	ck_assert_uint_eq(decl->as.record.hole_count, 0);

	decl = decl_of(model, "Wrap");
	ck_assert_str_eq(facts_text(&decl->facts), "flat checked holes size 8 align 2 wire 2 least 8 most 8");
	ck_assert_uint_eq(decl->as.record.hole_count, 0);
	front_free(&front);
}
END_TEST

START_TEST(variable_types)
{
	static const char *const expected[] = {
		"pointer wire 4 least 5 most 21", /* string[<=16] */
		"pointer wire 4 least 6 most 38", /* wstring[<=16] */
		"pointer wire 4 least 4 most 24", /* bytes[<=16] */
		"pointer wire 4 least 4 most 10", /* u16[<=3] */
		"pointer wire 4 least 4 most 32", /* u64[<=3]: 4, 4 of padding, 24 */
		"pointer wire 4 least 4 most 26", /* string[<=5][<=2]: 4, then 12 and 10 */
		"pointer wire 4 least 4 most 72", /* N[<=4]: 4, 4, 4 of 16 each */
		"pointer wire 8 least 8 most 16", /* N? */
		"wire 8 least 8 most 16",         /* V: 8 and an u64 */
		"pointer wire 8 least 8 most 32", /* U: 8 and 4 + 16 + 1, padded */
	};
	const struct model *model =
		model_of("module a;\n"
			 "table N { 1: u32 x; }\nunion V { 1: u8 a; 2: u64 b; }\n"
			 "union U { 1: string[<=16] a; 2: u64 b; }\n"
			 "table T { 1: string[<=16] a; 2: wstring[<=16] b; 3: bytes[<=16] c; 4: u16[<=3] d; "
			 "5: u64[<=3] e; 6: string[<=5][<=2] f; 7: N[<=4] g; 8: N? h; 9: V i; 10: U j; }\n");
	const struct model_decl *decl = decl_of(model, "T");
	size_t i;

	for (i = 0; i < sizeof expected / sizeof *expected; i++)
		ck_assert_str_eq(facts_text(&decl->as.record.fields[i].type->facts), expected[i]);
	/* 8; then 8 and the padded payload each. */
	ck_assert_str_eq(facts_text(&decl->facts),
			 arena_format(front.arena, "pointer wire 8 least 8 most %d",
				      8 + (8 + 24) + (8 + 40) + (8 + 24) + (8 + 16) + (8 + 32) + (8 + 32) + (8 + 72) +
					      (8 + 16) + (8 + 16) + (8 + 32)));
	ck_assert_str_eq(facts_text(&decl_of(model, "N")->facts), "pointer wire 8 least 8 most 16");
	front_free(&front);
}
END_TEST

START_TEST(recursion)
{
	const struct model *model =
		model_of("module a;\n"
			 "table Tree { 1: Tree[<=4] children; }\n"
			 "table Odd { 1: Even? even; }\ntable Even { 1: Odd? odd; 2: Tail? tail; }\n"
			 "table Tail { 1: u8 x; }\ntable Holds { 1: Tree? tree; }\n"
			 "union Expr { 1: Sum sum; 2: i64 value; }\ntable Sum { 1: Expr left; 2: Expr[<=2] more; }\n"
			 "table C { 1: A? a; }\ntable A { 1: B? b; 2: C? c; }\ntable B { 1: A? a; }\n");
	static const char *const expected[][2] = {
		{"Tree", "pointer recursive wire 8 least 8 most any"},
		{"Odd", "pointer recursive wire 8 least 8 most any"},
		{"Even", "pointer recursive wire 8 least 8 most any"},
		{"Tail", "pointer wire 8 least 8 most 16"},
		{"Holds", "pointer wire 8 least 8 most any"},
		{"Expr", "pointer recursive wire 8 least 8 most any"},
		{"Sum", "pointer recursive wire 8 least 8 most any"},
		{"C", "pointer recursive wire 8 least 8 most any"},
	};
	size_t i;

	for (i = 0; i < sizeof expected / sizeof *expected; i++)
		ck_assert_str_eq(facts_text(&decl_of(model, expected[i][0])->facts), expected[i][1]);
	front_free(&front);
}
END_TEST

static const char *
body_text(const struct model_body *body)
{
	return arena_format(front.arena, "%u params %" PRIu64 "..%" PRIu64 " blobs %u+%" PRIu64 " handles %u%s",
			    (unsigned)body->param_count, body->smallest, body->largest, (unsigned)body->blob_count,
			    body->largest_blobs, (unsigned)body->handle_count, body->pointer ? " pointer" : "");
}

START_TEST(bodies)
{
	static const struct {
		const char *request, *reply;
		bool needs_reply;
	} expected[] = {
		{"0 params 0..0 blobs 0+0 handles 0", "0 params 0..0 blobs 0+0 handles 0", false},
		{"3 params 16..16 blobs 0+0 handles 0", "1 params 2..2 blobs 0+0 handles 0", false},
		{"2 params 9..20 blobs 0+0 handles 0 pointer", "0 params 0..0 blobs 0+0 handles 0", false},
		{"1 params 4..4 blobs 1+104 handles 0 pointer", "2 params 8..12 blobs 2+208 handles 0 pointer", true},
		{"1 params 4..4 blobs 0+0 handles 1", "1 params 4..4 blobs 0+0 handles 1", true},
		{"0 params 0..0 blobs 0+0 handles 0", "1 params 4..16 blobs 0+0 handles 0 pointer", true},
		{"1 params 1..1 blobs 0+0 handles 0", "0 params 0..0 blobs 0+0 handles 0", false},
	};
	const struct model *model = model_of("module a;\ninterface I {\n"
					     "  none() @1;\n"
					     "  flat(u8 a, u32 b, inout u16 c, u32 d) @2;\n"
					     "  text(u8 a, string[<=11] b) @3;\n"
					     "  blob(inout bytes[<=99] a, out bytes[<=97]? b) @4;\n"
					     "  hand(handle<file: read> a, out handle<event: sync, modify> b) @5;\n"
					     "  maybe(out u64? a) @6;\n"
					     "  event e(bool a) @7;\n}\n");
	const struct model_interface *iface = &decl_of(model, "I")->as.iface;
	size_t i;

	for (i = 0; i < iface->method_count; i++) {
		if (i == 1)
			continue;
		ck_assert_str_eq(body_text(&iface->methods[i].request), expected[i].request);
		ck_assert_str_eq(body_text(&iface->methods[i].reply), expected[i].reply);
		ck_assert_int_eq(iface->methods[i].needs_reply, expected[i].needs_reply);
	}
	/* u8, 3 of padding, u32, u16, 2 of padding, u32 */
	ck_assert_str_eq(body_text(&iface->methods[1].request), "4 params 16..16 blobs 0+0 handles 0");
	ck_assert_str_eq(body_text(&iface->methods[1].reply), expected[1].reply);
	ck_assert_uint_eq(iface->methods[4].params[1].type->rights, MODEL_RIGHT_SYNC | MODEL_RIGHT_MODIFY);
	ck_assert_int_eq(iface->methods[4].params[1].type->handle, MODEL_HANDLE_EVENT);
	front_free(&front);
}
END_TEST

START_TEST(saturation)
{
	const struct model *model =
		model_of("module a;\ntable T { 1: string[<=1G][<=214748364] a; 2: T2[<=134217728] b; }\n"
			 "table T2 { 1: string[<=1G][<=214748364] a; 2: string[<=1G][<=214748364] b; }\n"
			 "interface I { f(T a, T b, T2[<=134217728] c) @1; }\n");

	ck_assert_str_eq(facts_text(&decl_of(model, "T")->facts), "pointer wire 8 least 8 most any");
	ck_assert(decl_of(model, "T2")->facts.largest != MODEL_UNBOUNDED);
	ck_assert(decl_of(model, "I")->as.iface.methods[0].request.largest == MODEL_UNBOUNDED);
	ck_assert_uint_eq(decl_of(model, "I")->as.iface.methods[0].request.smallest, 20);
	front_free(&front);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_layout");
	TCase *tcase = tcase_create("layout");

	tcase_add_test(tcase, scalars_and_sets);
	tcase_add_test(tcase, struct_layout);
	tcase_add_test(tcase, variable_types);
	tcase_add_test(tcase, recursion);
	tcase_add_test(tcase, bodies);
	tcase_add_test(tcase, saturation);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
