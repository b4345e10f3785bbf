#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "check_main.h"
#include "front.h"
#include "model/cname.h"

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

static const struct {
	const char *name;
	const char *snake;
	const char *capitals;
} spellings[] = {
	{"open", "open", "OPEN"},
	{"State", "state", "STATE"},
	{"PlayerError", "player_error", "PLAYER_ERROR"},
	{"HTTPServer", "http_server", "HTTP_SERVER"},
	{"getHTTP", "get_http", "GET_HTTP"},
	{"UTF8Text", "utf8_text", "UTF8_TEXT"},
	{"x2Y", "x2_y", "X2_Y"},
	{"deviceID", "device_id", "DEVICE_ID"},
	{"MAX_TRACKS", "max_tracks", "MAX_TRACKS"},
	{"Already_Snake", "already_snake", "ALREADY_SNAKE"},
	{"A", "a", "A"},
	{"AB", "ab", "AB"},
	{"ABc", "a_bc", "A_BC"},
};

START_TEST(spelling)
{
	ck_assert_str_eq(cname_snake(arena, spellings[_i].name), spellings[_i].snake);
	ck_assert_str_eq(cname_capitals(arena, spellings[_i].snake), spellings[_i].capitals);
}
END_TEST

START_TEST(reserved)
{
	static const char *const yes[] = {"int",      "class",   "near",  "small",  "errno",
					  "uint32_t", "cdrpc_x", "edt16", "memcpy", "interface",
					  "export",   "assert",  "min",   "linux",  "cdrpc"};
	static const char *const no[] = {"Int",  "nearly", "edt",   "edit1",    "ed1",
					 "open", "edt1x",  "value", "property", "cdrpcx"};
	size_t i;

	for (i = 0; i < sizeof yes / sizeof yes[0]; i++)
		ck_assert_msg(cname_is_reserved(yes[i]), "%s", yes[i]);
	for (i = 0; i < sizeof no / sizeof no[0]; i++)
		ck_assert_msg(!cname_is_reserved(no[i]), "%s", no[i]);
}
END_TEST

START_TEST(owners)
{
	static const struct {
		const char *name;
		const char *owner;
	} owned[] = {
		{"co_await", "a keyword of C or C++"},
		{"typeof_unqual", "a keyword of C or C++"},
		{"INT32_MAX", "a macro of the C library"},
		{"va_start", "a macro of the C library"},
		{"time_t", "a name of the C library"},
		{"mtx_lock", "a name of the C library"},
		{"DRIVE_FIXED", "a macro of <windows.h>"},
		{"FILE_ATTRIBUTE_HIDDEN", "a macro of <windows.h>"},
		{"SendMessage", "a macro of <windows.h>"},
		{"CDRPC_E_STATE", "a name of cdrpc"},
		{"sockaddr", "a name of <windows.h>"},
		{"WAIT_OBJECT_0", "a macro of <windows.h>"},
		{"TOKEN_SOURCE", "a name of <windows.h>"},
		{"_x", "for the compiler and the C library, as all that begins with '_'"},
		{"PROCESS_VM_READ", "a macro of <windows.h>"},
	};
	static const char *const nobodys[] = {
		"player", "player_open", "PLAYER_STATE_STOPPED", "time_", "DRIVE_FIXE", "DRIVE_FIXEDD", ""};
	size_t i;

	for (i = 0; i < sizeof owned / sizeof owned[0]; i++) {
		ck_assert_msg(cname_owner(owned[i].name) != NULL, "%s", owned[i].name);
		ck_assert_str_eq(cname_owner(owned[i].name), owned[i].owner);
	}
	for (i = 0; i < sizeof nobodys / sizeof nobodys[0]; i++)
		ck_assert_msg(cname_owner(nobodys[i]) == NULL, "%s", nobodys[i]);
}
END_TEST

START_TEST(headers)
{
	static const char *const yes[] = {"string", "time", "process", "windows", "String", "TIME", "threads"};
	static const char *const no[] = {"strin", "strings", "player", "cdrpc", "", "sys/stat"};
	size_t i;

	for (i = 0; i < sizeof yes / sizeof yes[0]; i++)
		ck_assert_msg(cname_is_header(yes[i]), "%s", yes[i]);
	for (i = 0; i < sizeof no / sizeof no[0]; i++)
		ck_assert_msg(!cname_is_header(no[i]), "%s", no[i]);
}
END_TEST

/* The files that come of it, on every system: what is made on one is built on another. */
START_TEST(file_names)
{
	static const char *const no[] = {
		"con", "NUL", "Aux.player", "prn ", "com1", "LPT9", "com\xc2\xb9", "lpt\xc2\xb3.x", "conin$",
		"CONOUT$", "a:b", "a?", "x*", "a\"b", "a<b", "a>b", "a|b", "a\nb"};
	static const char *const yes[] = {
		"cons", "con_", "com", "com0", "com10", "lpt\xc2\xb4", "nul1", "player.con", "a b", "a'b", "conint"};
	static const char text[] = "module a.b;";
	const char *path;
	struct front front;
	size_t i, size;

	for (i = 0; i < sizeof yes / sizeof yes[0]; i++)
		ck_assert_msg(cname_is_file(yes[i]), "%s", yes[i]);
	for (i = 0; i < sizeof no / sizeof no[0]; i++)
		ck_assert_msg(!cname_is_file(no[i]), "%s", no[i]);
	front = front_named("src/com1.x.cdidl", text, sizeof text - 1);
	ck_assert_str_eq(front_messages(&front, &size),
			 "src/com1.x.cdidl:1:8: error: the header of 'com1.x.cdidl' would be 'com1.x.h', which is no name of a "
			 "file on Windows; give the file another name\n"
			 "  module a.b;\n"
			 "         ^~~\n"
			 "1 error\n");
	front_free(&front);
	for (i = 0; i < sizeof no / sizeof no[0]; i++) {
		path = arena_format(arena, "%s.cdidl", no[i]);
		front = front_named(path, text, sizeof text - 1);
		ck_assert_uint_eq(diag_errors(front.diag), 1);
		front_free(&front);
	}
}
END_TEST

START_TEST(comments)
{
	ck_assert_str_eq(cname_comment(arena, "a */ b /* c **/ d //* e"), "a * / b / * c ** / d // * e");
	ck_assert_str_eq(cname_comment(arena, "end ?\?/"), "end ? ?/");
	ck_assert_str_eq(cname_comment(arena, "?\?\?/"), "? ? ?/");
	ck_assert_str_eq(cname_comment(arena, "tab\tand\rreturn\x7f"), "tab and return ");
	ck_assert_str_eq(cname_comment(arena, "gr\xc3\xbc\xc3\x9f"), "gr\xc3\xbc\xc3\x9f");
	ck_assert_str_eq(cname_comment(arena, "\xe2\x80\xae"
					      "evil\xe2\x81\xa9 \xe2\x82\xac"),
			 "<U+202E>evil<U+2069> \xe2\x82\xac");
}
END_TEST

START_TEST(one_line)
{
	ck_assert_str_eq(cname_line(arena, "a */ b\n\tc\x7f"), "a */ b  c ");
	ck_assert_str_eq(cname_line(arena, "\xe2\x80\xae?\?/"), "<U+202E>?\?/");
}
END_TEST

START_TEST(literals)
{
	ck_assert_str_eq(cname_literal(arena, "a\"b\\c"), "\"a\\\"b\\\\c\"");
	ck_assert_str_eq(cname_literal(arena, "?\?="), "\"\\?\\?=\"");
	ck_assert_str_eq(cname_literal(arena, "\xc3\xbc"
					      "1\n"),
			 "\"\\303\\2741\\012\"");
}
END_TEST

static const struct {
	const char *text;
	const char *messages;
} clashes[] = {
	{"module a; struct Foo { u8 x; } table foo { 1: u8 x; }",
	 "test.cdidl:1:38: error: table 'foo' and struct 'Foo' would both be 'a_foo' in C; give one of them a "
	 "[c_name(\"...\")]\n"
	 "  module a; struct Foo { u8 x; } table foo { 1: u8 x; }\n"
	 "                                       ^~~\n"
	 "test.cdidl:1:18: note: struct 'Foo' is declared here\n"
	 "  module a; struct Foo { u8 x; } table foo { 1: u8 x; }\n"
	 "                   ^~~\n"
	 "1 error\n"},
	{"module a; table T { 1: u8 x; } interface A { t_write() @1; }",
	 "test.cdidl:1:46: error: method 't_write' and table 'T' would both be 'a_t_write' in C; "
	 "give one of them a [c_name(\"...\")]\n"
	 "  module a; table T { 1: u8 x; } interface A { t_write() @1; }\n"
	 "                                               ^~~~~~~\n"
	 "test.cdidl:1:17: note: table 'T' is declared here\n"
	 "  module a; table T { 1: u8 x; } interface A { t_write() @1; }\n"
	 "                  ^\n"
	 "1 error\n"},
	{"module a; interface A { f(u8[<=2] x, u32 x_count) @1; }",
	 "test.cdidl:1:42: error: parameter 'x_count' and parameter 'x' would both be 'x_count' in C; "
	 "give one of them a [c_name(\"...\")]\n"
	 "  module a; interface A { f(u8[<=2] x, u32 x_count) @1; }\n"
	 "                                           ^~~~~~~\n"
	 "test.cdidl:1:35: note: parameter 'x' is declared here\n"
	 "  module a; interface A { f(u8[<=2] x, u32 x_count) @1; }\n"
	 "                                    ^\n"
	 "1 error\n"},
	{"module a; interface A { f(u8 ret_x, out u8 x) @1; }",
	 "test.cdidl:1:44: error: parameter 'x' and parameter 'ret_x' would both be 'ret_x' in C; "
	 "give one of them a [c_name(\"...\")]\n"
	 "  module a; interface A { f(u8 ret_x, out u8 x) @1; }\n"
	 "                                             ^\n"
	 "test.cdidl:1:30: note: parameter 'ret_x' is declared here\n"
	 "  module a; interface A { f(u8 ret_x, out u8 x) @1; }\n"
	 "                               ^~~~~\n"
	 "1 error\n"},
	{"module a; interface A { serve() @1; }",
	 "test.cdidl:1:25: error: method 'serve' and interface 'A' would both be 'a_serve' in C; "
	 "give one of them a [c_name(\"...\")]\n"
	 "  module a; interface A { serve() @1; }\n"
	 "                          ^~~~~\n"
	 "test.cdidl:1:21: note: interface 'A' is declared here\n"
	 "  module a; interface A { serve() @1; }\n"
	 "                      ^\n"
	 "1 error\n"},
	{"module a; [c_name(\"int\")] const u8 X = 1;", "test.cdidl:1:12: error: 'int' is a keyword of C or C++\n"
							"  module a; [c_name(\"int\")] const u8 X = 1;\n"
							"             ^~~~~~\n"
							"1 error\n"},
	{"module a; [c_name(\"a__x\")] const u8 X = 1; table T { [c_name(\"b__x\")] 1: u8 x; }",
	 "test.cdidl:1:12: error: 'a__x' is for the compiler and the library of C++, as all that has '__' in it\n"
	 "  module a; [c_name(\"a__x\")] const u8 X = 1; table T { [c_name(\"b__x\")] 1: u8 x; }\n"
	 "             ^~~~~~\n"
	 "test.cdidl:1:55: error: 'b__x' is for the compiler and the library of C++, as all that has '__' in it\n"
	 "  module a; [c_name(\"a__x\")] const u8 X = 1; table T { [c_name(\"b__x\")] 1: u8 x; }\n"
	 "                                                        ^~~~~~\n"
	 "2 errors\n"},
	{"module a; table T { 1: u8[<=2] union; 2: u8 union_count; }",
	 "test.cdidl:1:45: error: member 'union_count' and member 'union' would both be 'union_count' in C; "
	 "give one of them a [c_name(\"...\")]\n"
	 "  module a; table T { 1: u8[<=2] union; 2: u8 union_count; }\n"
	 "                                              ^~~~~~~~~~~\n"
	 "test.cdidl:1:32: note: member 'union' is declared here\n"
	 "  module a; table T { 1: u8[<=2] union; 2: u8 union_count; }\n"
	 "                                 ^~~~~\n"
	 "1 error\n"},
	{"module x.cdrpc;",
	 "test.cdidl:1:8: error: the C prefix 'cdrpc' is the library's; give the module a [c_name(\"...\")]\n"
	 "  module x.cdrpc;\n"
	 "         ^~~~~~~\n"
	 "1 error\n"},
};

START_TEST(clash)
{
	struct front front = front_text(clashes[_i].text, strlen(clashes[_i].text));
	size_t size;

	ck_assert_str_eq(front_messages(&front, &size), clashes[_i].messages);
	front_free(&front);
}
END_TEST

/* What C keeps apart, and what [c_name] settles. */
static const char *const settled[] = {
	"module a; struct Foo { u8 x; } [c_name(\"a_foo2\")] table foo { 1: u8 x; }",
	"module a; interface A { f(u8[<=2] x, [c_name(\"n\")] u32 x_count) @1; }",
	"module a; interface A { [c_name(\"a_serve2\")] serve() @1; }",
	"module a; interface A { f() @1; event g() @2; } interface B { f() @1; event g() @2; }",
	"[c_name(\"other\")] module x.cdrpc;",
	"module a; struct S { u8 a; u8 s; } table T { 1: u8 a; } enum E : u8 { a = 1, t = 2 }",
};

START_TEST(no_clash)
{
	struct front front = front_text(settled[_i], strlen(settled[_i]));
	size_t size;

	ck_assert_str_eq(front_messages(&front, &size), "");
	front_free(&front);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_cname");
	TCase *tcase = tcase_create("cname");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, spelling, 0, (int)(sizeof spellings / sizeof spellings[0]));
	tcase_add_test(tcase, reserved);
	tcase_add_test(tcase, owners);
	tcase_add_test(tcase, headers);
	tcase_add_test(tcase, file_names);
	tcase_add_test(tcase, comments);
	tcase_add_test(tcase, one_line);
	tcase_add_test(tcase, literals);
	tcase_add_loop_test(tcase, clash, 0, (int)(sizeof clashes / sizeof clashes[0]));
	tcase_add_loop_test(tcase, no_clash, 0, (int)(sizeof settled / sizeof settled[0]));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
