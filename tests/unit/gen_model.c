/* What resolve computes: values, attributes, texts, docs, imports. */
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

START_TEST(constants)
{
	static const struct {
		const char *name;
		uint64_t magnitude;
		bool negative;
		const char *text;
	} expected[] = {
		{"A", 256, false, "256"},
		{"B", 5, true, "-5"},
		{"C", 0, false, "-0"},
		{"D", UINT64_MAX, false, "0xffffffffffffffff"},
		{"E", UINT64_C(1) << 63, true, "-9223372036854775808"},
		{"F", 1024, false, "A << 2"},
		{"G", 257, false, "A | 1"},
		{"H", 1073741824, false, "1G"},
		{"I", 5, true, "B"},
		{"J", 13, false, "1 << 3 | 1 << 2 | 1"},
		{"K", 256, false, "a.b.A"},
		{"L", 0, false, "0 << 100"},
	};
	const struct model *model =
		model_of("module a.b;\nconst u32 A = 256; const i8 B = -5; const u8 C = -0;\n"
			 "const u64 D = 0xffffffffffffffff; const i64 E = -9223372036854775808;\n"
			 "const u16 F = A << 2; const u16 G = A | 1; const u32 H = 1G; const i64 I = B;\n"
			 "const u8 J = 1 << 3 | 1 << 2 | 1; const u16 K = a.b.A; const u8 L = 0 << 100;\n"
			 "struct S { u8[A] a; u8[1 << 4] b; u8[A | 0] c; }\n");
	const struct model_record *record = &decl_of(model, "S")->as.record;
	size_t i;

	for (i = 0; i < sizeof expected / sizeof *expected; i++) {
		const struct model_const *constant = &decl_of(model, expected[i].name)->as.constant;

		ck_assert_msg(constant->value.magnitude == expected[i].magnitude &&
				      constant->value.negative == expected[i].negative,
			      "%s", expected[i].name);
		ck_assert_str_eq(constant->text, expected[i].text);
	}
	ck_assert_uint_eq(record->fields[0].type->bound, 256);
	ck_assert_ptr_eq(record->fields[0].type->bound_const, decl_of(model, "A"));
	ck_assert_uint_eq(record->fields[1].type->bound, 16);
	ck_assert_ptr_null(record->fields[1].type->bound_const);
	ck_assert_ptr_null(record->fields[2].type->bound_const);
	front_free(&front);
}
END_TEST

START_TEST(attributes)
{
	const struct model *model =
		model_of("[c_name(\"pl\"), deprecated(9, \"old\")] module contoso.player;\n"
			 "[version(3), timeout(5s), min_integrity(medium), same_user, c_name(\"Px\")] interface P {\n"
			 "  f() @1;\n"
			 "  [since(2), timeout(200ms), inline, secret] g() @7;\n"
			 "  [deprecated(2)] oneway h([shared] bytes[<=4] b) @3;\n"
			 "  [coalesce, c_name(\"ev\")] event e() @4;\n}\n"
			 "[strict] union U { [since(2), deprecated(3, \"x\")] 1: u8 a; }\ninterface Q { f() @1; }\n");
	const struct model_decl *decl = decl_of(model, "P");
	const struct model_interface *iface = &decl->as.iface;

	ck_assert_str_eq(model->name.text, "contoso.player");
	ck_assert_str_eq(model->last, "player");
	ck_assert_str_eq(model->name.c_override, "pl");
	ck_assert_uint_eq(model->age.deprecated, 9);
	ck_assert_str_eq(model->age.deprecated_text, "old");
	ck_assert_str_eq(decl->full_name, "contoso.player.P");
	ck_assert_str_eq(decl->name.c_override, "Px");
	ck_assert_uint_eq(iface->version, 3);
	ck_assert_uint_eq(iface->timeout_ms, 5000);
	ck_assert_int_eq(iface->min_integrity, MODEL_INTEGRITY_MEDIUM);
	ck_assert(iface->same_user);
	ck_assert_uint_eq(iface->methods[0].timeout_ms, 5000);
	ck_assert_uint_eq(iface->methods[1].timeout_ms, 200);
	ck_assert_uint_eq(iface->methods[1].age.since, 2);
	ck_assert(iface->methods[1].is_inline && iface->methods[1].secret && !iface->methods[0].is_inline);
	ck_assert_uint_eq(iface->methods[2].age.deprecated, 2);
	ck_assert_ptr_null(iface->methods[2].age.deprecated_text);
	ck_assert(iface->methods[2].params[0].shared);
	ck_assert(iface->methods[3].coalesce);
	ck_assert_str_eq(iface->methods[3].name.c_override, "ev");
	ck_assert_uint_eq(iface->by_ordinal[0]->ordinal, 1);
	ck_assert_uint_eq(iface->by_ordinal[1]->ordinal, 3);
	ck_assert_uint_eq(iface->by_ordinal[3]->ordinal, 7);
	ck_assert(decl_of(model, "U")->as.record.strict);
	ck_assert_uint_eq(decl_of(model, "U")->as.record.fields[0].age.since, 2);
	ck_assert_uint_eq(decl_of(model, "Q")->as.iface.version, 1);
	ck_assert_int_eq(decl_of(model, "Q")->as.iface.min_integrity, MODEL_INTEGRITY_ANY);
	front_free(&front);
}
END_TEST

START_TEST(interface_ids)
{
	/* FNV-1a, 64 bits, of "contoso.player.Player" and "a.I", computed apart. */
	const struct model *model = model_of("module contoso.player;\ninterface Player { f() @1; }\n");

	ck_assert(decl_of(model, "Player")->as.iface.id == UINT64_C(0xccfa1039aa793fb6));
	front_free(&front);
	model = model_of("module a;\ninterface I { f() @1; }\n");
	ck_assert(decl_of(model, "I")->as.iface.id == UINT64_C(0xe61d841904662e7d));
	front_free(&front);
}
END_TEST

START_TEST(texts)
{
	const struct model *model =
		model_of("module a;\nerrors E { A = 1 }\ninterface I {\n  [since(1)]\n  f(u8 a, // first\n"
			 "    out string[<= 4]  b)  fails E  @1 ;\n  event e ( ) @2;\n}\n"
			 "table T { [since(1)] 3 :  u8 [ 4 ]  x ; 1: string[<=32][<=8]? y; reserved 9, 7; }\n");
	const struct model_method *methods = decl_of(model, "I")->as.iface.methods;
	const struct model_record *record = &decl_of(model, "T")->as.record;

	ck_assert_str_eq(methods[0].text, "f(u8 a, out string[<= 4] b) fails E @1 ;");
	ck_assert_str_eq(methods[0].params[1].text, "out string[<= 4] b");
	ck_assert_str_eq(methods[1].text, "event e ( ) @2;");
	ck_assert_str_eq(methods[0].errors->full_name, "a.E");
	ck_assert_str_eq(record->fields[0].text, "3 : u8 [ 4 ] x ;");
	ck_assert_str_eq(record->fields[1].type->text, "string[<=32][<=8]");
	ck_assert_str_eq(record->fields[1].type->element->text, "string[<=32]");
	ck_assert(record->fields[1].optional && !record->fields[0].optional);
	ck_assert_uint_eq(record->by_id[0]->id, 1);
	ck_assert_uint_eq(record->by_id[1]->id, 3);
	ck_assert_uint_eq(record->reserved_count, 2);
	ck_assert_uint_eq(record->reserved[0].value.magnitude, 9);
	front_free(&front);
}
END_TEST

static const char *
joined(const char *const *lines, size_t count)
{
	struct text text = {.arena = front.arena};
	size_t i;

	for (i = 0; i < count; i++)
		text_format(&text, "%s|", lines[i]);
	return text_string(&text);
}

START_TEST(docs)
{
	const struct model *model =
		model_of("///\n/// The module.   \n///\n///   indented\n///\n// not this\nmodule a;\n"
			 "///No space. @param stays\nstruct S {\n  /// a member\n  [c_name(\"q\")]\n  u8 a;\n}\n"
			 "interface I {\n"
			 "  /// Opens. @param at start @param end stop,\n  /// on two lines\n  ///\n  /// and more\n"
			 "  /// mail me@param.example\n"
			 "  open(u8 at, u8 end, u8 plain) @1;\n}\n");
	const struct model_method *method = &decl_of(model, "I")->as.iface.methods[0];
	const struct model_decl *decl = decl_of(model, "S");

	ck_assert_str_eq(joined(model->doc.lines, model->doc.line_count), "The module.||  indented|");
	ck_assert_str_eq(joined(decl->doc.lines, decl->doc.line_count), "No space. @param stays|");
	ck_assert_str_eq(joined(decl->as.record.fields[0].doc.lines, decl->as.record.fields[0].doc.line_count),
			 "a member|");
	ck_assert_str_eq(joined(method->doc.lines, method->doc.line_count), "Opens.||and more|mail me@param.example|");
	ck_assert_uint_eq(method->doc.param_count, 2);
	ck_assert_str_eq(method->doc.params[0].name, "at");
	ck_assert_str_eq(joined(method->doc.params[0].lines, method->doc.params[0].line_count), "start|");
	ck_assert_str_eq(method->doc.params[1].name, "end");
	ck_assert_str_eq(joined(method->doc.params[1].lines, method->doc.params[1].line_count), "stop,|on two lines|");
	ck_assert_str_eq(joined(method->params[1].doc.lines, method->params[1].doc.line_count), "stop,|on two lines|");
	ck_assert_uint_eq(method->params[2].doc.line_count, 0);
	front_free(&front);
}
END_TEST

START_TEST(imports)
{
	const struct model *model;

	front = front_file(GOLDEN_FOLDER "/ok", "player.cdidl");
	model = front_model(&front);
	ck_assert_uint_eq(model->import_count, 1);
	ck_assert_str_eq(model->imports[0].path, "contoso/common.cdidl");
	ck_assert_str_eq(model->imports[0].include, "contoso/common.h");
	ck_assert_str_eq(model->imports[0].module->name.text, "contoso.common");
	ck_assert_str_eq(model->source->path, "player.cdidl");
	front_free(&front);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_model");
	TCase *tcase = tcase_create("model");

	tcase_add_test(tcase, constants);
	tcase_add_test(tcase, attributes);
	tcase_add_test(tcase, interface_ids);
	tcase_add_test(tcase, texts);
	tcase_add_test(tcase, docs);
	tcase_add_test(tcase, imports);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
