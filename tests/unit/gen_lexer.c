#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "check_main.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"

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
source_from(const char *text, size_t size)
{
	return source_new(arena, 0, "test.cdidl", arena_copy(arena, text, size), size);
}

static struct lexer
begin(const char *text)
{
	const struct source *source = source_from(text, strlen(text));
	struct lexer lexer;

	ck_assert(lexer_check(source, diag));
	lexer_init(&lexer, arena, source, diag);
	return lexer;
}

/* All tokens of a text as "kind:offset+length" and what they stand for. */
static const char *
tokens(const char *text)
{
	struct lexer lexer = begin(text);
	struct text all = {.arena = arena};
	struct token token;

	for (lexer_next(&lexer, &token); token.kind; lexer_next(&lexer, &token)) {
		text_format(&all, "%s%d:%u+%u", all.length ? " " : "", token.kind, (unsigned)token.span.offset,
			    (unsigned)token.span.length);
		if (token.text)
			text_format(&all, "(%s)", token.text);
		if (token.kind == TOK_INTEGER || token.kind == TOK_DURATION)
			text_format(&all, "=%" PRIu64, token.value);
	}
	return text_string(&all);
}

#define EXPECT(text, ...) ck_assert_str_eq(tokens(text), arena_format(arena, __VA_ARGS__))

START_TEST(names_and_keywords)
{
	EXPECT("module modul Module_1", "%d:0+6(module) %d:7+5(modul) %d:13+8(Module_1)", TOK_MODULE, TOK_ID, TOK_ID);
	EXPECT("out inout outs", "%d:0+3(out) %d:4+5(inout) %d:10+4(outs)", TOK_OUT, TOK_INOUT, TOK_ID);
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(punctuation)
{
	EXPECT("<<=", "%d:0+2 %d:2+1", TOK_SHL, TOK_EQ);
	EXPECT("<= << < > -|@?.", "%d:0+2 %d:3+2 %d:6+1 %d:8+1 %d:10+1 %d:11+1 %d:12+1 %d:13+1 %d:14+1", TOK_LE,
	       TOK_SHL, TOK_LT, TOK_GT, TOK_MINUS, TOK_PIPE, TOK_AT, TOK_QUESTION, TOK_DOT);
	EXPECT("{}[]();:,", "%d:0+1 %d:1+1 %d:2+1 %d:3+1 %d:4+1 %d:5+1 %d:6+1 %d:7+1 %d:8+1", TOK_LBRACE, TOK_RBRACE,
	       TOK_LBRACKET, TOK_RBRACKET, TOK_LPAREN, TOK_RPAREN, TOK_SEMI, TOK_COLON, TOK_COMMA);
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(numbers)
{
	EXPECT("0 7 18446744073709551615", "%d:0+1=0 %d:2+1=7 %d:4+20=18446744073709551615", TOK_INTEGER, TOK_INTEGER,
	       TOK_INTEGER);
	EXPECT("0x1F 0XfF 0xffffffffffffffff", "%d:0+4=31 %d:5+4=255 %d:10+18=18446744073709551615", TOK_INTEGER,
	       TOK_INTEGER, TOK_INTEGER);
	EXPECT("1K 2M 3G", "%d:0+2=1024 %d:3+2=2097152 %d:6+2=3221225472", TOK_INTEGER, TOK_INTEGER, TOK_INTEGER);
	EXPECT("5s 200ms 0ms", "%d:0+2=5000 %d:3+5=200 %d:9+3=0", TOK_DURATION, TOK_DURATION, TOK_DURATION);
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(strings)
{
	EXPECT("\"\" \"a b\"", "%d:0+2() %d:3+5(a b)", TOK_STRING, TOK_STRING);
	EXPECT("\"a\\\"b\\\\\"", "%d:0+8(a\"b\\)", TOK_STRING);
	EXPECT("\"\\n\\r\\t|\"", "%d:0+9(\n\r\t|)", TOK_STRING);
	EXPECT("\"\\u{41}\\u{e4}\\u{20AC}\\u{01f3b5}\\u{10FFFF}\"",
	       "%d:0+42(A\xc3\xa4\xe2\x82\xac\xf0\x9f\x8e\xb5\xf4\x8f\xbf\xbf)", TOK_STRING);
	EXPECT("\"// no comment /* */\"", "%d:0+21(// no comment /* */)", TOK_STRING);
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(errors_leave_a_token)
{
	EXPECT("12x;", "%d:0+3=0 %d:3+1", TOK_INTEGER, TOK_SEMI);
	ck_assert_uint_eq(diag_errors(diag), 1);
	EXPECT("\"open", "%d:0+5(open)", TOK_STRING);
	ck_assert_uint_eq(diag_errors(diag), 2);
	EXPECT("a $ b", "%d:0+1(a) %d:4+1(b)", TOK_ID, TOK_ID);
	ck_assert_uint_eq(diag_errors(diag), 3);
	EXPECT("a /* b", "%d:0+1(a)", TOK_ID);
	ck_assert_uint_eq(diag_errors(diag), 4);
	EXPECT("\"back\\", "%d:0+6(back\\)", TOK_STRING);
	ck_assert_uint_eq(diag_errors(diag), 6);
}
END_TEST

static void
expect_comment(const struct comment *comment, enum comment_kind kind, unsigned newlines, const char *text)
{
	ck_assert_ptr_nonnull(comment);
	ck_assert_int_eq(comment->kind, kind);
	ck_assert_uint_eq(comment->newlines, newlines);
	ck_assert_uint_eq(comment->span.length, strlen(text));
	ck_assert(!memcmp(comment->span.source->text + comment->span.offset, text, strlen(text)));
}

START_TEST(comments_hang_on_the_next_token)
{
	struct lexer lexer = begin("// one\n\n/// two\r\n/* three\n */ a //// four\n/**/\n\n");
	struct token token;

	lexer_next(&lexer, &token);
	ck_assert_str_eq(token.text, "a");
	ck_assert_uint_eq(token.newlines, 0);
	expect_comment(token.comments, COMMENT_LINE, 0, "// one");
	expect_comment(token.comments->next, COMMENT_DOC, 2, "/// two");
	expect_comment(token.comments->next->next, COMMENT_BLOCK, 1, "/* three\n */");
	ck_assert_ptr_null(token.comments->next->next->next);
	lexer_next(&lexer, &token);
	ck_assert_int_eq(token.kind, 0);
	ck_assert_uint_eq(token.newlines, 2);
	expect_comment(token.comments, COMMENT_LINE, 0, "//// four");
	expect_comment(token.comments->next, COMMENT_BLOCK, 1, "/**/");
	ck_assert_ptr_eq(lexer.docs, lexer.last_doc);
	lexer_next(&lexer, &token);
	ck_assert_int_eq(token.kind, 0);
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(comment_ends)
{
	EXPECT("/*/ */ a", "%d:7+1(a)", TOK_ID);
	EXPECT("/***/ a", "%d:6+1(a)", TOK_ID);
	EXPECT("/* * / **/ a", "%d:11+1(a)", TOK_ID);
	EXPECT("//", "%s", "");
	EXPECT("///", "%s", "");
	ck_assert_uint_eq(diag_errors(diag), 0);
}
END_TEST

START_TEST(not_a_text)
{
	static const struct {
		const char *text;
		size_t size;
		bool fine;
	} cases[] = {
		{"", 0, true},
		{"a\tb\r\nc\n", 7, true},
		{"\xef\xbb\xbf"
		 "a",
		 4, true},
		{"// \xc3\xa9 \xe4\xb8\x96 \xf0\x9f\x98\x80", 14, true},
		{"a\0b", 3, false},
		{"a\rb", 3, false},
		{"a\r", 2, false},
		{"\x7f", 1, false},
		{"\xc2\x85", 2, false},
		{"\xc2\xa0", 2, true},
		{"\xc3", 1, false},
		{"\xc3(", 2, false},
		{"\x80", 1, false},
		{"\xff", 1, false},
		{"\xc0\x80", 2, false},
		{"\xe0\x9f\xbf", 3, false},
		{"\xed\xa0\x80", 3, false},
		{"\xf0\x8f\xbf\xbf", 4, false},
		{"\xf4\x90\x80\x80", 4, false},
		{"\xe2\x80\xae", 3, false},
		{"\xe2\x81\xa6", 3, false},
		{"\xe2\x80\xa9", 3, true},
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_msg(lexer_check(source_from(cases[i].text, cases[i].size), diag_new(arena)) == cases[i].fine,
			      "case %zu", i);
}
END_TEST

START_TEST(squeeze)
{
	const char *text = "x  f( u8\t/* in */ a,\n\n// b\nout u16[<=  4]b )@1;";
	struct span span = {source_from(text, strlen(text)), 3, (uint32_t)strlen(text) - 3};

	ck_assert_str_eq(lexer_squeeze(arena, span), "f( u8 a, out u16[<= 4]b )@1;");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_lexer");
	TCase *tcase = tcase_create("lexer");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, names_and_keywords);
	tcase_add_test(tcase, punctuation);
	tcase_add_test(tcase, numbers);
	tcase_add_test(tcase, strings);
	tcase_add_test(tcase, errors_leave_a_token);
	tcase_add_test(tcase, comments_hang_on_the_next_token);
	tcase_add_test(tcase, comment_ends);
	tcase_add_test(tcase, not_a_text);
	tcase_add_test(tcase, squeeze);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
