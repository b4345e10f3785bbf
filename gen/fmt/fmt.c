#include "fmt/fmt.h"

#include <string.h>

#include "base/arena.h"
#include "fmt/fmt_parts.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"

static bool
is_name(int kind)
{
	return kind >= TOK_ID &&
	       (kind == TOK_ID || kind == TOK_MODULE || kind == TOK_IMPORT || kind == TOK_FLAGS || kind == TOK_TABLE ||
		kind == TOK_ERRORS || kind == TOK_RESERVED || kind == TOK_FAILS || kind == TOK_ONEWAY ||
		kind == TOK_EVENT || kind == TOK_OUT || kind == TOK_INOUT || kind == TOK_HANDLE);
}

/* A '[' behind a type begins an array, elsewhere attributes. */
static bool
is_suffix(int before)
{
	return is_name(before) || before == TOK_RBRACKET || before == TOK_GT || before == TOK_QUESTION;
}

static bool
space_between(int before, int kind, bool handle)
{
	switch (kind) {
	case TOK_SEMI:
	case TOK_COMMA:
	case TOK_RPAREN:
	case TOK_RBRACKET:
	case TOK_GT:
	case TOK_QUESTION:
	case TOK_DOT:
	case TOK_LT:
		return false;
	case TOK_COLON:
		return before != TOK_INTEGER && !handle;
	case TOK_LPAREN:
		return !is_name(before);
	case TOK_LBRACKET:
		return !is_suffix(before) && before != TOK_LPAREN;
	default:
		return before != TOK_LPAREN && before != TOK_LBRACKET && before != TOK_LT && before != TOK_DOT &&
		       before != TOK_AT && before != TOK_MINUS && before != TOK_LE;
	}
}

/* Whether the body that begins at token 'open' stands on one line and fits there. */
static bool
stays_on_one_line(const struct fmt *fmt, size_t open)
{
	size_t column = fmt->level * FMT_INDENT, i;
	int before = TOK_LBRACE;
	bool handle = false;

	for (i = 0; i < fmt->piece_count; i++)
		column += (i && fmt->pieces[i].space) + fmt_columns(fmt->pieces[i].text, fmt->pieces[i].length);
	for (i = open + 1; fmt->tokens[i].kind; i++) {
		const struct token *token = &fmt->tokens[i];

		if (token->newlines || token->comments)
			return false;
		column += space_between(before, token->kind, handle) +
			  fmt_columns(fmt_text(token->span), token->span.length);
		if (column > FMT_WIDTH)
			return false;
		handle = (handle || token->kind == TOK_LT) && token->kind != TOK_GT;
		before = token->kind;
		if (token->kind == TOK_RBRACE)
			return true;
	}
	return false;
}

/* Whether the line ends behind the token that has just been put. */
static bool
ends_line(const struct fmt *fmt, const struct token *token, bool closes_attributes)
{
	const struct token *next = token + 1;

	if (token->kind == TOK_RBRACE)
		return true;
	if (fmt->one_line || fmt->parentheses)
		return false;
	if (closes_attributes)
		return next->newlines ||
		       (next->comments && (next->comments->newlines || next->comments->kind != COMMENT_BLOCK));
	return token->kind == TOK_SEMI || token->kind == TOK_LBRACE ||
	       (token->kind == TOK_COMMA && fmt->set && !fmt->attribute);
}

static void
begin_declaration(struct fmt *fmt, int kind)
{
	if (fmt->level == 0 && !fmt->keyword && !fmt->attribute && kind != TOK_LBRACKET)
		fmt->keyword = kind;
	fmt->set = fmt->keyword == TOK_ENUM || fmt->keyword == TOK_FLAGS || fmt->keyword == TOK_ERRORS;
}

/* What the token opens and closes; tells whether it ends attributes. */
static bool
track(struct fmt *fmt, const struct token *token)
{
	bool closes_attributes = token->kind == TOK_RBRACKET && fmt->attribute;

	if (token->kind == TOK_LBRACKET && !is_suffix(fmt->last))
		fmt->attribute = true;
	else if (token->kind == TOK_RBRACKET)
		fmt->attribute = false;
	fmt->handle = (fmt->handle || token->kind == TOK_LT) && token->kind != TOK_GT;
	fmt->parentheses += token->kind == TOK_LPAREN;
	fmt->parentheses -= token->kind == TOK_RPAREN && fmt->parentheses;
	return closes_attributes;
}

/* Line ends behind a comment: before the next one, or before the token. */
static uint32_t
newlines_behind(const struct comment *comment, const struct token *token)
{
	return comment->next ? comment->next->newlines : token->kind ? token->newlines : 1;
}

/* The comments that stand behind a line that has ended; returns the first that does not. */
static const struct comment *
comments_behind(struct fmt *fmt, const struct token *token)
{
	const struct comment *comment = token->comments, *last;

	for (last = comment;
	     last && last->kind == COMMENT_BLOCK && last->newlines == 0 && !newlines_behind(last, token);)
		last = last->next;
	/* None, or one that begins the next line: what stands before it on that line goes with it. */
	if (!last || last->newlines)
		return comment;
	for (; comment != last->next; comment = comment->next)
		fmt_add_piece(fmt, comment->span, true)->behind = true;
	return comment;
}

/* Comments that begin a line; returns the last of them. The line goes on if the token does. */
static const struct comment *
comments_before(struct fmt *fmt, const struct comment *comment, const struct token *token)
{
	fmt_keep_empty_line(fmt, comment->newlines);
	fmt_add_piece(fmt, comment->span, false);
	while (comment->kind == COMMENT_BLOCK && !newlines_behind(comment, token) && comment->next) {
		comment = comment->next;
		fmt_add_piece(fmt, comment->span, true);
	}
	fmt->after_comment = true;
	if (comment->kind != COMMENT_BLOCK || newlines_behind(comment, token))
		fmt_flush(fmt);
	return comment;
}

/*
 * The comments before a token. Tells whether the token must begin a line: a comment that ends only with its line is
 * before it.
 */
static bool
put_comments(struct fmt *fmt, const struct token *token)
{
	const struct comment *comment = token->comments;
	bool must_break = false, inside;
	struct piece *piece;

	if (fmt->ended) {
		comment = comments_behind(fmt, token);
		fmt_flush(fmt);
	}
	inside = fmt->piece_count > 0;
	for (; comment; comment = comment->next) {
		if (!inside) {
			comment = comments_before(fmt, comment, token);
			continue;
		}
		piece = fmt_add_piece(fmt, comment->span,
				      comment->kind != COMMENT_BLOCK ||
					      (fmt->last != TOK_LPAREN && fmt->last != TOK_LBRACKET));
		piece->must_break = must_break || (comment->kind != COMMENT_BLOCK && comment->newlines);
		must_break = comment->kind != COMMENT_BLOCK;
		fmt->after_comment = true;
	}
	return must_break;
}

/* A space, unless what stands on either side wants none. */
static bool
wants_space(const struct fmt *fmt, int kind)
{
	if (!fmt->after_comment)
		return space_between(fmt->last, kind, fmt->handle);
	return kind != TOK_SEMI && kind != TOK_COMMA && kind != TOK_RPAREN && kind != TOK_RBRACKET;
}

static void
put_token(struct fmt *fmt, const struct token *token)
{
	bool body_ends = token->kind == TOK_RBRACE && !fmt->one_line, must_break, closes;
	struct piece *piece;

	/* The last enumerator may do without a comma. */
	fmt->ended = fmt->ended || body_ends;
	must_break = put_comments(fmt, token);
	if (body_ends) {
		fmt_flush(fmt);
		fmt->level = 0;
	} else if (!fmt->piece_count) {
		fmt_keep_empty_line(fmt, token->newlines);
	}
	begin_declaration(fmt, token->kind);
	piece = fmt_add_piece(fmt, token->span, wants_space(fmt, token->kind));
	piece->may_break = fmt->begun && (fmt->last == TOK_COMMA || fmt->last == TOK_PIPE);
	piece->must_break = must_break;
	if (token->kind == TOK_LBRACE) {
		fmt->one_line = stays_on_one_line(fmt, (size_t)(token - fmt->tokens));
		fmt->opens = !fmt->one_line;
	}
	closes = track(fmt, token);
	fmt->last = token->kind;
	fmt->begun = true;
	fmt->after_comment = false;
	fmt->ended = ends_line(fmt, token, closes);
	fmt->closes = closes && fmt->ended;
	if (token->kind == TOK_RBRACE || (token->kind == TOK_SEMI && fmt->level == 0 && !fmt->one_line))
		fmt->keyword = 0;
	if (token->kind == TOK_RBRACE)
		fmt->one_line = false;
}

static const struct token *
read_tokens(struct arena *arena, const struct source *source)
{
	size_t count = 0, capacity = 256;
	struct token *tokens = ARENA_ARRAY(arena, capacity, struct token), *more;
	struct lexer lexer;

	lexer_init(&lexer, arena, source, NULL);
	do {
		if (count == capacity) {
			more = ARENA_ARRAY(arena, capacity * 2, struct token);
			memcpy(more, tokens, count * sizeof *more);
			tokens = more;
			capacity *= 2;
		}
		lexer_next(&lexer, &tokens[count]);
	} while (tokens[count++].kind);
	return tokens;
}

const char *
fmt_source(struct arena *arena, const struct source *source, size_t *ret_length)
{
	struct fmt fmt = {.arena = arena, .out.arena = arena};
	size_t i;

	fmt.tokens = read_tokens(arena, source);
	for (i = 0; fmt.tokens[i].kind; i++)
		put_token(&fmt, &fmt.tokens[i]);
	put_comments(&fmt, &fmt.tokens[i]);
	return fmt_finish(arena, source, &fmt.out, fmt.marks, ret_length);
}
