#include "fmt.h"

#include <string.h>

#include "arena.h"
#include "fmt_parts.h"
#include "lexer.h"
#include "parser.h"

#define INDENT 2
#define CONTINUATION 4

/* A part of a line that is not broken. */
struct piece {
	const char *text;
	size_t length;
	bool space;      /* a space before it, unless it begins a line */
	bool may_break;  /* a line may begin with it */
	bool must_break; /* a line does begin with it */
	bool behind;     /* a comment behind the line, which no line is broken for */
};

struct fmt {
	struct arena *arena;
	const struct token *tokens; /* up to the end token */
	struct text out;
	struct fmt_mark *marks, *last_mark;
	struct piece *pieces; /* the line so far */
	size_t piece_count;
	size_t piece_capacity;
	size_t level;
	bool begun;         /* the line holds a token */
	bool ended;         /* the line is complete but for a comment behind it */
	bool opens;         /* the line ends in the '{' of a body */
	bool closes;        /* the line ends behind attributes */
	bool opened;        /* the line before did one of these: no empty line follows */
	bool after_comment; /* a comment stands before, on this line */
	bool one_line;      /* inside a body that stays on one line */
	bool set;           /* inside the body of an enum, flags or errors: a comma ends a line */
	bool attribute;     /* inside the brackets of attributes */
	bool handle;        /* inside the angles of a handle */
	size_t parentheses;
	int keyword; /* that the declaration begins with; 0 before it */
	int last;    /* kind of the token before; 0 at the beginning */
};

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

static size_t
width(const char *text, size_t length)
{
	size_t count = 0, i;

	for (i = 0; i < length; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

static const char *
span_text(struct span span)
{
	return span.source->text + span.offset;
}

static struct piece *
add_piece(struct fmt *fmt, struct span span, bool space)
{
	const char *text = span_text(span);
	size_t length = span.length;
	struct piece *pieces;

	while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
		length--;
	if (fmt->piece_count == fmt->piece_capacity) {
		fmt->piece_capacity = fmt->piece_capacity ? fmt->piece_capacity * 2 : 64;
		pieces = ARENA_ARRAY(fmt->arena, fmt->piece_capacity, struct piece);
		if (fmt->piece_count)
			memcpy(pieces, fmt->pieces, fmt->piece_count * sizeof *pieces);
		fmt->pieces = pieces;
	}
	fmt->pieces[fmt->piece_count] = (struct piece){.text = text, .length = length, .space = space};
	return &fmt->pieces[fmt->piece_count++];
}

/* From one place where the line may break to the next. */
static size_t
chunk_width(const struct fmt *fmt, size_t first)
{
	size_t sum = 0, i;

	for (i = first; i < fmt->piece_count; i++) {
		if (fmt->pieces[i].behind || (i > first && (fmt->pieces[i].may_break || fmt->pieces[i].must_break)))
			break;
		sum += (i > first && fmt->pieces[i].space) + width(fmt->pieces[i].text, fmt->pieces[i].length);
	}
	return sum;
}

static void
add_mark(struct fmt *fmt, size_t column)
{
	struct fmt_mark *mark = ARENA_NEW(fmt->arena, struct fmt_mark);

	mark->offset = fmt->out.length;
	mark->column = column;
	mark->level = fmt->level;
	if (fmt->last_mark)
		fmt->last_mark->next = mark;
	else
		fmt->marks = mark;
	fmt->last_mark = mark;
}

/* Writes the line, broken where it must be. */
static void
flush(struct fmt *fmt)
{
	size_t column = fmt->level * INDENT, i;
	const struct piece *piece;

	fmt->begun = fmt->ended = fmt->after_comment = false;
	if (!fmt->piece_count)
		return;
	text_repeat(&fmt->out, ' ', column);
	for (i = 0; i < fmt->piece_count; i++) {
		piece = &fmt->pieces[i];
		if (i && (piece->must_break ||
			  (piece->may_break && column + piece->space + chunk_width(fmt, i) > FMT_WIDTH))) {
			column = fmt->level * INDENT + CONTINUATION;
			text_puts(&fmt->out, "\n");
			text_repeat(&fmt->out, ' ', column);
		} else if (i && piece->behind && !fmt->pieces[i - 1].behind) {
			add_mark(fmt, column);
			text_puts(&fmt->out, " ");
		} else if (i && piece->space) {
			text_puts(&fmt->out, " ");
			column++;
		}
		text_add(&fmt->out, piece->text, piece->length);
		column += width(piece->text, piece->length);
	}
	text_puts(&fmt->out, "\n");
	fmt->piece_count = 0;
	fmt->opened = fmt->opens || fmt->closes;
	if (fmt->opens)
		fmt->level = 1;
	fmt->opens = fmt->closes = false;
}

/* One empty line where there was one or more; not at the beginning of a body or of the file. */
static void
keep_empty_line(struct fmt *fmt, uint32_t newlines)
{
	if (newlines > 1 && fmt->out.length && !fmt->opened)
		text_puts(&fmt->out, "\n");
	fmt->opened = false;
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
		add_piece(fmt, comment->span, true)->behind = true;
	return comment;
}

/* Comments that begin a line; returns the last of them. The line goes on if the token does. */
static const struct comment *
comments_before(struct fmt *fmt, const struct comment *comment, const struct token *token)
{
	keep_empty_line(fmt, comment->newlines);
	add_piece(fmt, comment->span, false);
	while (comment->kind == COMMENT_BLOCK && !newlines_behind(comment, token) && comment->next) {
		comment = comment->next;
		add_piece(fmt, comment->span, true);
	}
	fmt->after_comment = true;
	if (comment->kind != COMMENT_BLOCK || newlines_behind(comment, token))
		flush(fmt);
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
		flush(fmt);
	}
	inside = fmt->piece_count > 0;
	for (; comment; comment = comment->next) {
		if (!inside) {
			comment = comments_before(fmt, comment, token);
			continue;
		}
		piece = add_piece(fmt, comment->span,
				  comment->kind != COMMENT_BLOCK ||
					  (fmt->last != TOK_LPAREN && fmt->last != TOK_LBRACKET));
		piece->must_break = must_break || (comment->kind != COMMENT_BLOCK && comment->newlines);
		must_break = comment->kind != COMMENT_BLOCK;
		fmt->after_comment = true;
	}
	return must_break;
}

/* Whether the body that begins at token 'open' stands on one line and fits there. */
static bool
stays_on_one_line(const struct fmt *fmt, size_t open)
{
	size_t column = fmt->level * INDENT, i;
	int before = TOK_LBRACE;
	bool handle = false;

	for (i = 0; i < fmt->piece_count; i++)
		column += (i && fmt->pieces[i].space) + width(fmt->pieces[i].text, fmt->pieces[i].length);
	for (i = open + 1; fmt->tokens[i].kind; i++) {
		const struct token *token = &fmt->tokens[i];

		if (token->newlines || token->comments)
			return false;
		column +=
			space_between(before, token->kind, handle) + width(span_text(token->span), token->span.length);
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
		flush(fmt);
		fmt->level = 0;
	} else if (!fmt->piece_count) {
		keep_empty_line(fmt, token->newlines);
	}
	begin_declaration(fmt, token->kind);
	piece = add_piece(fmt, token->span, wants_space(fmt, token->kind));
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
