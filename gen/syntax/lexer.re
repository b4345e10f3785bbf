#include "syntax/lexer.h"

#include "syntax/parser.h"
#include "syntax/scan.h"

/*!re2c
	re2c:api = custom;
	re2c:api:style = free-form;
	re2c:define:YYCTYPE = "unsigned char";
	re2c:define:YYPEEK = "*(const unsigned char *)lexer->cursor";
	re2c:define:YYSKIP = "lexer->cursor++;";
	re2c:define:YYBACKUP = "marker = lexer->cursor;";
	re2c:define:YYRESTORE = "lexer->cursor = marker;";
	re2c:define:YYLESSTHAN = "lexer->cursor >= lexer->limit";
	re2c:yyfill:enable = 0;
	re2c:eof = 0;
	re2c:flags:8 = 0;

	digit  = [0-9];
	letter = [A-Za-z_\x80-\xff];    // what is not ASCII is refused afterwards, as a whole name
*/

/* One token kind; comments and spaces have been taken away. */
static int
scan_token(struct lexer *lexer, struct token *token)
{
	const char *begin = lexer->cursor;
	const char *marker = begin;

	/*!re2c
		"module"    { return scan_keyword(lexer, token, begin, TOK_MODULE); }
		"import"    { return scan_keyword(lexer, token, begin, TOK_IMPORT); }
		"const"     { return scan_keyword(lexer, token, begin, TOK_CONST); }
		"enum"      { return scan_keyword(lexer, token, begin, TOK_ENUM); }
		"flags"     { return scan_keyword(lexer, token, begin, TOK_FLAGS); }
		"struct"    { return scan_keyword(lexer, token, begin, TOK_STRUCT); }
		"table"     { return scan_keyword(lexer, token, begin, TOK_TABLE); }
		"union"     { return scan_keyword(lexer, token, begin, TOK_UNION); }
		"errors"    { return scan_keyword(lexer, token, begin, TOK_ERRORS); }
		"interface" { return scan_keyword(lexer, token, begin, TOK_INTERFACE); }
		"reserved"  { return scan_keyword(lexer, token, begin, TOK_RESERVED); }
		"fails"     { return scan_keyword(lexer, token, begin, TOK_FAILS); }
		"oneway"    { return scan_keyword(lexer, token, begin, TOK_ONEWAY); }
		"event"     { return scan_keyword(lexer, token, begin, TOK_EVENT); }
		"out"       { return scan_keyword(lexer, token, begin, TOK_OUT); }
		"inout"     { return scan_keyword(lexer, token, begin, TOK_INOUT); }
		"handle"    { return scan_keyword(lexer, token, begin, TOK_HANDLE); }

		letter (letter | digit)* { return scan_name(lexer, token, begin); }
		digit (letter | digit)*  { return scan_number(lexer, token, begin); }
		["]                      { return scan_string(lexer, token, begin); }

		"{"  { return TOK_LBRACE; }
		"}"  { return TOK_RBRACE; }
		"["  { return TOK_LBRACKET; }
		"]"  { return TOK_RBRACKET; }
		"("  { return TOK_LPAREN; }
		")"  { return TOK_RPAREN; }
		"<=" { return TOK_LE; }
		"<<" { return TOK_SHL; }
		"<"  { return TOK_LT; }
		">"  { return TOK_GT; }
		"="  { return TOK_EQ; }
		":"  { return TOK_COLON; }
		";"  { return TOK_SEMI; }
		","  { return TOK_COMMA; }
		"."  { return TOK_DOT; }
		"|"  { return TOK_PIPE; }
		"-"  { return TOK_MINUS; }
		"@"  { return TOK_AT; }
		"?"  { return TOK_QUESTION; }

		*    { return scan_stray(lexer, begin); }
		$    { return 0; }
	*/
}

/* Takes spaces and at most one comment; false when neither stands here. */
static bool
scan_trivia(struct lexer *lexer, struct trivia *trivia)
{
	const char *begin = lexer->cursor;
	const char *marker = begin;

	/*!re2c
		[ \t]+               { return true; }
		"\r"? "\n"           { trivia->newlines++; return true; }
		"////" [^\x00\r\n]*  { trivia_add(lexer, trivia, begin, COMMENT_LINE); return true; }
		"///" [^\x00\r\n]*   { trivia_add(lexer, trivia, begin, COMMENT_DOC); return true; }
		"//" [^\x00\r\n]*    { trivia_add(lexer, trivia, begin, COMMENT_LINE); return true; }
		"/*"                 { scan_block(lexer, trivia, begin); return true; }
		*                    { lexer->cursor = begin; return false; }
		$                    { return false; }
	*/
}

void
lexer_next(struct lexer *lexer, struct token *ret_token)
{
	struct trivia trivia = { .last = &trivia.comments };
	struct token token;

	do {
		while (scan_trivia(lexer, &trivia))
			;
		token = (struct token){ .newlines = trivia.newlines, .comments = trivia.comments };
		token.span = scan_span(lexer, lexer->cursor);
		token.kind = scan_token(lexer, &token);
		token.span = scan_end(lexer, token.span);
	} while (token.kind == SCAN_SKIPPED);
	*ret_token = token;
}
