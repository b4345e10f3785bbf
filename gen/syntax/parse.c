#include "syntax/ast.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/suggest.h"
#include "syntax/parse_actions.h"
#include "syntax/parser.h"

/* A message quotes so much of a token. */
#define QUOTED_MAX 40

/* Longer lists of expected tokens help nobody. */
#define EXPECTED_MAX 4

static const char *
token_human_name(int kind)
{
	static const struct {
		int kind;
		const char *name;
	} names[] = {
		{0, "the end of the file"},
		{TOK_ID, "a name"},
		{TOK_INTEGER, "a number"},
		{TOK_STRING, "a string"},
		{TOK_DURATION, "a duration"},
		{TOK_MODULE, "'module'"},
		{TOK_IMPORT, "'import'"},
		{TOK_CONST, "'const'"},
		{TOK_ENUM, "'enum'"},
		{TOK_FLAGS, "'flags'"},
		{TOK_STRUCT, "'struct'"},
		{TOK_TABLE, "'table'"},
		{TOK_UNION, "'union'"},
		{TOK_ERRORS, "'errors'"},
		{TOK_INTERFACE, "'interface'"},
		{TOK_RESERVED, "'reserved'"},
		{TOK_FAILS, "'fails'"},
		{TOK_ONEWAY, "'oneway'"},
		{TOK_EVENT, "'event'"},
		{TOK_OUT, "'out'"},
		{TOK_INOUT, "'inout'"},
		{TOK_HANDLE, "'handle'"},
		{TOK_LBRACE, "'{'"},
		{TOK_RBRACE, "'}'"},
		{TOK_LBRACKET, "'['"},
		{TOK_RBRACKET, "']'"},
		{TOK_LPAREN, "'('"},
		{TOK_RPAREN, "')'"},
		{TOK_LE, "'<='"},
		{TOK_SHL, "'<<'"},
		{TOK_LT, "'<'"},
		{TOK_GT, "'>'"},
		{TOK_EQ, "'='"},
		{TOK_COLON, "':'"},
		{TOK_SEMI, "';'"},
		{TOK_COMMA, "','"},
		{TOK_DOT, "'.'"},
		{TOK_PIPE, "'|'"},
		{TOK_MINUS, "'-'"},
		{TOK_AT, "'@'"},
		{TOK_QUESTION, "'?'"},
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].kind == kind)
			return names[i].name;
	return "something else";
}

/* "'player'", "a string", "the end of the file". */
static const char *
token_quote(struct arena *arena, const struct token *token)
{
	const char *text = token->span.source->text + token->span.offset;
	int length = (int)token->span.length;

	if (token->kind == 0 || token->kind == TOK_STRING)
		return token_human_name(token->kind);
	if (length > QUOTED_MAX)
		return arena_format(arena, "'%.*s...'", QUOTED_MAX, text);
	return arena_format(arena, "'%.*s'", length, text);
}

/*
 * Sets of tokens that a person knows by one name. A set applies when all of 'needed' are expected; then 'needed' and
 * 'dropped' are struck off. Earlier ones are more special.
 */
static const struct group {
	const char *name;
	int needed[4];
	int dropped[12];
} groups[] = {
	{"a declaration",
	 {TOK_STRUCT, TOK_TABLE},
	 {TOK_CONST, TOK_ENUM, TOK_FLAGS, TOK_ERRORS, TOK_UNION, TOK_INTERFACE, TOK_LBRACKET, TOK_IMPORT}},
	{"'module'", {TOK_MODULE, TOK_LBRACKET}, {0}},
	{"a name", {TOK_ID, TOK_LBRACKET, TOK_QUESTION}, {TOK_DOT}},
	{"a method, an event", {TOK_ID, TOK_ONEWAY}, {TOK_EVENT, TOK_LBRACKET, TOK_RESERVED}},
	{"a member", {TOK_ID, TOK_LBRACKET, TOK_RESERVED}, {TOK_INTEGER, TOK_HANDLE}},
	{"a member", {TOK_ID, TOK_LBRACKET, TOK_RBRACE}, {TOK_HANDLE}},
	{"a parameter", {TOK_ID, TOK_LBRACKET, TOK_OUT}, {TOK_HANDLE, TOK_INOUT}},
	{"a value", {TOK_ID, TOK_STRING, TOK_INTEGER}, {TOK_MINUS, TOK_DURATION, TOK_EQ}},
	{"a type", {TOK_ID, TOK_HANDLE}, {TOK_OUT, TOK_INOUT}},
	{"'@'", {TOK_AT, TOK_SEMI}, {0}},
};

static bool
group_applies(const struct group *group, const bool *expected)
{
	size_t i;

	for (i = 0; i < sizeof group->needed / sizeof *group->needed && group->needed[i]; i++)
		if (!expected[group->needed[i]])
			return false;
	return true;
}

static void
group_strike(const struct group *group, bool *expected)
{
	size_t i;

	for (i = 0; i < sizeof group->needed / sizeof *group->needed && group->needed[i]; i++)
		if (group->needed[i] != TOK_RBRACE)
			expected[group->needed[i]] = false;
	for (i = 0; i < sizeof group->dropped / sizeof *group->dropped && group->dropped[i]; i++)
		expected[group->dropped[i]] = false;
}

/* What closes or separates is what was forgotten; how the piece before could have gone on is not worth a word. */
static void
strike_continuations(bool *expected)
{
	static const int ends[] = {TOK_SEMI, TOK_COMMA, TOK_RBRACKET, TOK_RPAREN, TOK_RBRACE};
	static const int continuations[] = {TOK_DOT, TOK_PIPE, TOK_SHL, TOK_LBRACKET, TOK_QUESTION, TOK_LPAREN, TOK_EQ};
	bool end = false;
	size_t i;

	for (i = 0; i < sizeof ends / sizeof *ends; i++)
		end = end || expected[ends[i]];
	for (i = 0; end && i < sizeof continuations / sizeof *continuations; i++)
		expected[continuations[i]] = false;
}

/* "';' or ','", or NULL when the list is empty or long. */
static const char *
expected_text(struct arena *arena, bool *expected, int count)
{
	struct text text = {.arena = arena};
	const char *names[EXPECTED_MAX];
	size_t named = 0, i;
	int kind;

	if (expected[TOK_STRUCT])
		expected[0] = false;
	for (i = 0; i < sizeof groups / sizeof *groups; i++) {
		if (!group_applies(&groups[i], expected))
			continue;
		group_strike(&groups[i], expected);
		names[named++] = groups[i].name;
		break;
	}
	if (named == 0)
		strike_continuations(expected);
	for (kind = 0; kind < count; kind++) {
		if (!expected[kind])
			continue;
		if (named == EXPECTED_MAX)
			return NULL;
		names[named++] = token_human_name(kind);
	}
	for (i = 0; i < named; i++)
		text_format(&text, "%s%s", i == 0 ? "" : i + 1 < named ? ", " : " or ", names[i]);
	return text.data;
}

/* Whether a line end lies between the token before and this one. */
static bool
token_begins_line(const struct token *token)
{
	const struct comment *comment;

	for (comment = token->comments; comment; comment = comment->next)
		if (comment->newlines)
			return true;
	return token->newlines > 0;
}

/* A misspelt keyword at the beginning of a declaration; NULL when it is none. */
static const char *
keyword_meant(const struct token *token)
{
	static const char *const keywords[] = {
		"const", "enum", "flags", "struct", "table", "union", "errors", "interface", "import", "module",
	};
	struct suggest suggest;
	size_t i;

	if (token->kind != TOK_ID)
		return NULL;
	suggest = suggest_begin(token->text);
	for (i = 0; i < sizeof keywords / sizeof *keywords; i++)
		suggest_add(&suggest, keywords[i]);
	return suggest.best;
}

void
parse_syntax_error(struct parse *cx, const struct token *token, bool *expected, int count)
{
	bool declaration = expected[TOK_STRUCT] || expected[TOK_MODULE];
	const char *wanted = expected_text(cx->arena, expected, count);
	const char *meant = declaration ? keyword_meant(token) : NULL;
	struct span span = token->span;

	if (!wanted) {
		diag_error(cx->diag, span, "unexpected %s", token_quote(cx->arena, token));
		return;
	}
	if ((token->kind == 0 || (wanted[0] == '\'' && token_begins_line(token))) && cx->last.span.source) {
		/* What is missing is missing behind the token before, not where the next line begins. */
		span = cx->last.span;
		span.offset += span.length;
		span.length = 0;
		diag_error(cx->diag, span, "expected %s after %s", wanted, token_quote(cx->arena, &cx->last));
		return;
	}
	diag_error(cx->diag, span, "expected %s, found %s%s", wanted, token_quote(cx->arena, token),
		   meant ? arena_format(cx->arena, "; did you mean '%s'?", meant) : "");
}

void
parse_overflow(struct parse *cx)
{
	diag_error(cx->diag, cx->last.span, "nested too deeply");
}

struct ast_item *
parse_reserved_name(struct parse *cx, const struct token *keyword)
{
	diag_error(cx->diag, keyword->span,
		   "'reserved' keeps a number from being used, as in 'reserved 4': a value needs another name");
	return NULL;
}

void
parse_import(struct parse *cx, const struct token *keyword, const struct token *path)
{
	if (cx->file->first)
		diag_error(cx->diag, keyword->span, "an import stands before the first declaration");
	else
		ast_file_import(cx->arena, cx->file, path);
}

/* Documentation must not get lost, or land on the wrong thing, without a word. */
static void
check_docs(struct parse *cx)
{
	const struct comment *doc;
	const char *line, *begin;

	for (doc = cx->lexer.docs; doc; doc = doc->next_doc) {
		begin = doc->span.source->text + doc->span.offset;
		for (line = begin; line > doc->span.source->text && (line[-1] == ' ' || line[-1] == '\t'); line--)
			;
		if (line > doc->span.source->text && line[-1] != '\n')
			diag_error(cx->diag, doc->span,
				   "a doc comment stands on a line of its own, before what it documents");
		else if (!doc->taken)
			diag_error(cx->diag, doc->span,
				   "this doc comment documents nothing: it stands before a declaration, "
				   "a member or a method, and before its attributes");
	}
}

struct ast_file *
parse_file(struct arena *arena, const struct source *source, struct diag *diag)
{
	struct parse cx = {.arena = arena, .diag = diag};
	size_t before = diag_errors(diag);

	cx.file = ARENA_NEW(arena, struct ast_file);
	cx.file->source = source;
	if (!lexer_check(source, diag))
		return cx.file;
	lexer_init(&cx.lexer, arena, source, diag);
	parse_tokens(&cx);
	/* After an error pieces were skipped, and their comments with them. */
	if (diag_errors(diag) == before)
		check_docs(&cx);
	return cx.file;
}
