/*
 * Rules only. Comments (doc comments too) never reach the grammar: the lexer hangs them on the next token. What is
 * well formed but means nothing (a missing ordinal, a field without an id) passes here, so that resolve can say it
 * better.
 */
%token_prefix TOK_
%token_type { struct token }
%name Parse
%extra_context { struct parse *cx }
%start_symbol file
%include {
#include <assert.h>
#include "syntax/parse_actions.h"
/* Lemon keeps quiet for three tokens after an error. Where the recovery is sure, the next error is a new one. */
#define IN_STEP (yypParser->yyerrcnt = -1)
struct yyParser;
static void expected_tokens(const struct yyParser *parser, bool *ret_expected);
}
%syntax_error {
	bool expected[YYNTOKEN];

	expected_tokens(yypParser, expected);
	parse_syntax_error(cx, &TOKEN, expected, YYNTOKEN);
}
%stack_overflow { parse_overflow(cx); }

/* Every keyword is a name where the grammar has no other use for it ... */
%fallback ID MODULE IMPORT FLAGS TABLE ERRORS RESERVED FAILS ONEWAY EVENT OUT INOUT HANDLE.
/* ... except const, enum, struct, union, interface, which are names behind a type only: keeping them hard elsewhere
   gives a good message after a forgotten brace. */

%type named      { struct token }
%type dotted     { struct ast_name }
%type fails      { struct ast_name }
%type attrs      { struct ast_attrs * }
%type attrlist   { struct ast_attrs * }
%type attr       { struct ast_attr * }
%type args       { struct ast_attr * }
%type value      { struct ast_value * }
%type term       { struct ast_term * }
%type literal    { struct ast_term * }
%type body_items { struct ast_items * }
%type items      { struct ast_items * }
%type fields     { struct ast_items * }
%type members    { struct ast_items * }
%type methods    { struct ast_items * }
%type idlist     { struct ast_items * }
%type params     { struct ast_items * }
%type paramlist  { struct ast_items * }
%type item       { struct ast_item * }
%type method     { struct ast_item * }
%type signature  { struct ast_item * }
%type param      { struct ast_item * }
%type type       { struct ast_type * }
%type rights     { struct ast_type * }
%type decl       { struct ast_decl * }

/* BEGIN is no text: Lemon recovers in no state but those above the bottom of its stack. */
file         ::= BEGIN body.
dotted(D)    ::= ID(I).                              { D = ast_name(&I); }
dotted(D)    ::= dotted(L) DOT ID(I).                { D = ast_dotted(cx->arena, L, &I); }

body         ::= attrs(A) MODULE(K) dotted(N) SEMI.  { ast_file_module(cx->file, A, &K, N); }
body         ::= error.
body         ::= body IMPORT(K) STRING(P) SEMI.      { parse_import(cx, &K, &P); }
body         ::= body attrs(A) decl(D).              { ast_file_decl(cx->file, A, D); }
body         ::= body error SEMI.
body         ::= body error RBRACE.                  { IN_STEP; }

decl(D)      ::= CONST(K) dotted(T) ID(N) EQ value(V) SEMI.
	{ D = ast_const(cx->arena, &K, T, &N, V); }
decl(D)      ::= ENUM(K) ID(N) COLON ID(T) body_items(L).
	{ D = ast_decl(cx->arena, AST_ENUM, &K, &N, ast_name(&T), L); }
decl(D)      ::= FLAGS(K) ID(N) COLON ID(T) body_items(L).
	{ D = ast_decl(cx->arena, AST_FLAGS, &K, &N, ast_name(&T), L); }
decl(D)      ::= ERRORS(K) ID(N) body_items(L).      { D = ast_decl(cx->arena, AST_ERRORS, &K, &N, AST_NO_NAME, L); }
decl(D)      ::= STRUCT(K) ID(N) fields(L) RBRACE.   { D = ast_decl(cx->arena, AST_STRUCT, &K, &N, AST_NO_NAME, L); }
decl(D)      ::= TABLE(K) ID(N) members(L) RBRACE.   { D = ast_decl(cx->arena, AST_TABLE, &K, &N, AST_NO_NAME, L); }
decl(D)      ::= UNION(K) ID(N) members(L) RBRACE.   { D = ast_decl(cx->arena, AST_UNION, &K, &N, AST_NO_NAME, L); }
decl(D)      ::= INTERFACE(K) ID(N) methods(L) RBRACE.
	{ D = ast_decl(cx->arena, AST_INTERFACE, &K, &N, AST_NO_NAME, L); }

/* After an error: on with the next piece of the body, or behind the body. */
decl(D)      ::= STRUCT(K) ID(N) fields(L) error RBRACE.
	{ D = ast_decl(cx->arena, AST_STRUCT, &K, &N, AST_NO_NAME, L); }
decl(D)      ::= TABLE(K) ID(N) members(L) error RBRACE.
	{ D = ast_decl(cx->arena, AST_TABLE, &K, &N, AST_NO_NAME, L); }
decl(D)      ::= UNION(K) ID(N) members(L) error RBRACE.
	{ D = ast_decl(cx->arena, AST_UNION, &K, &N, AST_NO_NAME, L); }
decl(D)      ::= INTERFACE(K) ID(N) methods(L) error RBRACE.
	{ D = ast_decl(cx->arena, AST_INTERFACE, &K, &N, AST_NO_NAME, L); }

attrs(A)     ::= .                                   { A = NULL; }
attrs(A)     ::= LBRACKET(O) attrlist(L) RBRACKET(C).
	{ A = ast_attrs_close(L, &O, &C); }
attrlist(A)  ::= attr(I).                            { A = ast_attrs(cx->arena, NULL, I); }
attrlist(A)  ::= attrlist(L) COMMA attr(I).          { A = ast_attrs(cx->arena, L, I); }
attr(A)      ::= ID(N).                              { A = ast_attr(cx->arena, &N, NULL); }
attr(A)      ::= args(L) RPAREN.                     { A = L; }
args(A)      ::= ID(N) LPAREN value(V).              { A = ast_attr(cx->arena, &N, V); }
args(A)      ::= args(L) COMMA value(V).             { A = ast_attr_argument(L, V); }

value(V)     ::= term(T).                            { V = ast_value(cx->arena, NULL, T); }
value(V)     ::= value(L) PIPE term(T).              { V = ast_value(cx->arena, L, T); }
term(T)      ::= literal(L).                         { T = L; }
term(T)      ::= literal(L) SHL INTEGER(N).          { T = ast_term_shift(L, &N); }
literal(T)   ::= INTEGER(N).                         { T = ast_term(cx->arena, AST_INTEGER, &N); }
literal(T)   ::= MINUS(M) INTEGER(N).                { T = ast_negative(cx->arena, &M, &N); }
literal(T)   ::= DURATION(N).                        { T = ast_term(cx->arena, AST_DURATION, &N); }
literal(T)   ::= STRING(N).                          { T = ast_term(cx->arena, AST_STRING, &N); }
literal(T)   ::= dotted(N).                          { T = ast_term_constant(cx->arena, N); }

body_items(B) ::= LBRACE RBRACE.                     { B = ast_items(cx->arena, NULL, NULL); }
body_items(B) ::= LBRACE items(L) RBRACE.            { B = L; }
body_items(B) ::= LBRACE items(L) COMMA RBRACE.      { B = L; }
items(B)     ::= item(I).                            { B = ast_items(cx->arena, NULL, I); }
items(B)     ::= items(L) COMMA item(I).             { B = ast_items(cx->arena, L, I); }
item(I)      ::= attrs(A) ID(N) EQ value(V).         { I = ast_enumerator(cx->arena, A, &N, V); }
item(I)      ::= attrs(A) ID(N).                     { I = ast_enumerator(cx->arena, A, &N, NULL); }
item(I)      ::= RESERVED(K) value(V).               { I = ast_reserved_value(cx->arena, &K, V); }
item(I)      ::= RESERVED(K) EQ value.               { I = parse_reserved_name(cx, &K); }
item(I)      ::= error.                              { I = NULL; IN_STEP; }

fields(B)    ::= LBRACE.                             { B = ast_items(cx->arena, NULL, NULL); }
fields(B)    ::= fields(L) attrs(A) type(T) named(N) SEMI(S).
	{ B = ast_field(cx->arena, L, A, NULL, T, &N, &S); }
fields(B)    ::= fields(L) error SEMI.               { B = L; IN_STEP; }

members(B)   ::= LBRACE.                             { B = ast_items(cx->arena, NULL, NULL); }
members(B)   ::= members(L) attrs(A) INTEGER(I) COLON type(T) named(N) SEMI(S).
	{ B = ast_field(cx->arena, L, A, &I, T, &N, &S); }
members(B)   ::= members(L) attrs(A) type(T) named(N) SEMI(S).
	{ B = ast_field(cx->arena, L, A, NULL, T, &N, &S); }
members(B)   ::= members(L) RESERVED idlist(R) SEMI. { B = ast_items_join(L, R); }
members(B)   ::= members(L) error SEMI.              { B = L; IN_STEP; }
idlist(B)    ::= INTEGER(N).                         { B = ast_reserved(cx->arena, NULL, &N); }
idlist(B)    ::= idlist(L) COMMA INTEGER(N).         { B = ast_reserved(cx->arena, L, &N); }

methods(B)   ::= LBRACE.                             { B = ast_items(cx->arena, NULL, NULL); }
methods(B)   ::= methods(L) attrs(A) method(M).      { B = ast_methods(cx->arena, L, A, M); }
methods(B)   ::= methods(L) RESERVED idlist(R) SEMI. { B = ast_items_join(L, R); }
methods(B)   ::= methods(L) error SEMI.              { B = L; IN_STEP; }
method(M)    ::= signature(S) AT INTEGER(N) SEMI(E). { M = ast_method_close(S, &N, &E); }
method(M)    ::= signature(S) SEMI(E).               { M = ast_method_close(S, NULL, &E); }
signature(M) ::= ID(N) LPAREN params(P) RPAREN fails(F).
	{ M = ast_method(cx->arena, NULL, AST_METHOD, &N, P, F); }
signature(M) ::= ONEWAY(K) ID(N) LPAREN params(P) RPAREN fails(F).
	{ M = ast_method(cx->arena, &K, AST_ONEWAY, &N, P, F); }
signature(M) ::= EVENT(K) ID(N) LPAREN params(P) RPAREN fails(F).
	{ M = ast_method(cx->arena, &K, AST_EVENT, &N, P, F); }
fails(F)     ::= .                                   { F = AST_NO_NAME; }
fails(F)     ::= FAILS dotted(N).                    { F = N; }
params(B)    ::= .                                   { B = ast_items(cx->arena, NULL, NULL); }
params(B)    ::= paramlist(L).                       { B = L; }
paramlist(B) ::= param(P).                           { B = ast_items(cx->arena, NULL, P); }
paramlist(B) ::= paramlist(L) COMMA param(P).        { B = ast_items(cx->arena, L, P); }
param(P)     ::= attrs(A) type(T) named(N).             { P = ast_param(cx->arena, A, NULL, 1, T, &N); }
param(P)     ::= attrs(A) OUT(K) type(T) named(N).      { P = ast_param(cx->arena, A, &K, 2, T, &N); }
param(P)     ::= attrs(A) INOUT(K) type(T) named(N).    { P = ast_param(cx->arena, A, &K, 3, T, &N); }

named(N)     ::= ID(I).                              { N = I; }
named(N)     ::= CONST(I).                           { N = I; }
named(N)     ::= ENUM(I).                            { N = I; }
named(N)     ::= STRUCT(I).                          { N = I; }
named(N)     ::= UNION(I).                           { N = I; }
named(N)     ::= INTERFACE(I).                       { N = I; }

type(T)      ::= dotted(N).                          { T = ast_type(cx->arena, N); }
type(T)      ::= rights(L) GT(C).                    { T = ast_handle_close(L, &C); }
type(T)      ::= type(E) LBRACKET(O) value(V) RBRACKET(C).
	{ T = ast_suffix(cx->arena, E, AST_ARRAY, V, &O, &C); }
type(T)      ::= type(E) LBRACKET(O) LE value(V) RBRACKET(C).
	{ T = ast_suffix(cx->arena, E, AST_BOUND, V, &O, &C); }
type(T)      ::= type(E) QUESTION(Q).                { T = ast_suffix(cx->arena, E, AST_OPTIONAL, NULL, &Q, &Q); }
rights(T)    ::= HANDLE(H) LT ID(K) COLON ID(R).     { T = ast_handle(cx->arena, &H, &K, &R); }
rights(T)    ::= rights(L) COMMA ID(R).              { T = ast_handle_right(cx->arena, L, &R); }

%code {
/*
 * What the parser would do in the end with 'token': shift it, or YY_ERROR_ACTION. The reductions before that are
 * tried on a copy of the stack, because an LALR state alone knows of tokens that fit elsewhere only.
 */
static YYACTIONTYPE
try_token(const yyParser *parser, YYCODETYPE token)
{
	YYACTIONTYPE states[YYSTACKDEPTH + 1];
	YYACTIONTYPE action;
	int top = (int)(parser->yytos - parser->yystack), i;

	for (i = 0; i <= top; i++)
		states[i] = parser->yystack[i].stateno;
	for (;;) {
		action = yy_find_shift_action(token, states[top]);
		if (action < YY_MIN_REDUCE)
			return action;
		action -= YY_MIN_REDUCE;
		top += yyRuleInfoNRhs[action];
		if (top + 1 >= YYSTACKDEPTH)
			return YY_ERROR_ACTION;
		states[top + 1] = yy_find_reduce_action(states[top], yyRuleInfoLhs[action]);
		top++;
	}
}

/* A keyword that would only stand for a name does not count. */
static void
expected_tokens(const yyParser *parser, bool *ret_expected)
{
	static const int declaring[] = { TOK_CONST, TOK_ENUM, TOK_STRUCT, TOK_UNION, TOK_INTERFACE };
	YYACTIONTYPE action, name = try_token(parser, TOK_ID);
	int i;

	for (i = 0; i < YYNTOKEN; i++) {
		action = try_token(parser, (YYCODETYPE)i);
		ret_expected[i] = action != YY_ERROR_ACTION && (i == TOK_ID || !yyFallback[i] || action != name);
	}
	for (i = 0; ret_expected[TOK_ID] && i < (int)(sizeof declaring / sizeof *declaring); i++)
		ret_expected[declaring[i]] = false;
}

/* The rule that a state reduces whatever comes, or -1. */
static int
only_rule(const yyParser *parser)
{
	YYACTIONTYPE action;
	int rule = -1, i;

	for (i = 0; i < YYNTOKEN; i++) {
		action = yy_find_shift_action((YYCODETYPE)i, parser->yytos->stateno);
		if (action == YY_ERROR_ACTION)
			continue;
		if (action < YY_MIN_REDUCE || (rule >= 0 && action - YY_MIN_REDUCE != rule))
			return -1;
		rule = action - YY_MIN_REDUCE;
	}
	return rule;
}

/*
 * Without default reductions (lemon -c) a bad token stops the parser before it has put together what stands complete
 * on its stack; the recovery would throw that away.
 */
static void
reduce_complete(struct parse *cx, yyParser *parser, const struct token *token)
{
	int rule = 0;

	/* Behind an error symbol what is skipped must be skipped first. */
	while (parser->yytos > parser->yystack && parser->yytos->major != YYERRORSYMBOL &&
	       (rule = only_rule(parser)) >= 0)
		yy_reduce(parser, (unsigned)rule, token->kind, *token, cx);
}

void
parse_tokens(struct parse *cx)
{
	struct token token = { .kind = TOK_BEGIN };
	yyParser parser;

	ParseInit(&parser, cx);
	Parse(&parser, token.kind, token);
	do {
		cx->lexer.path = token.kind == TOK_IMPORT;
		lexer_next(&cx->lexer, &token);
		if (try_token(&parser, (YYCODETYPE)token.kind) == YY_ERROR_ACTION)
			reduce_complete(cx, &parser, &token);
		Parse(&parser, token.kind, token);
		cx->last = token;
	} while (token.kind);
	ParseFinalize(&parser);
}
}
