#include "fmt/fmt_parts.h"
#include "syntax/parser.h"

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

bool
fmt_put_comments(struct fmt *fmt, const struct token *token)
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
