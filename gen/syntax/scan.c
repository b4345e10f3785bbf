#include "syntax/scan.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "syntax/parser.h"

struct span
scan_span(const struct lexer *lexer, const char *begin)
{
	return (struct span){lexer->source, (uint32_t)(begin - lexer->source->text), 0};
}

struct span
scan_end(const struct lexer *lexer, struct span span)
{
	span.length = (uint32_t)(lexer->cursor - lexer->source->text) - span.offset;
	return span;
}

static struct span
scan_whole(const struct lexer *lexer, const char *begin)
{
	return scan_end(lexer, scan_span(lexer, begin));
}

void
trivia_add(struct lexer *lexer, struct trivia *trivia, const char *begin, enum comment_kind kind)
{
	struct comment *comment = ARENA_NEW(lexer->arena, struct comment);

	comment->span = scan_whole(lexer, begin);
	comment->kind = kind;
	comment->newlines = trivia->newlines;
	trivia->newlines = 0;
	*trivia->last = comment;
	trivia->last = &comment->next;
	if (kind != COMMENT_DOC)
		return;
	if (lexer->last_doc)
		lexer->last_doc->next_doc = comment;
	else
		lexer->docs = comment;
	lexer->last_doc = comment;
}

void
scan_block(struct lexer *lexer, struct trivia *trivia, const char *begin)
{
	const char *end = lexer->cursor;

	while (end && !(end[0] == '*' && end[1] == '/'))
		end = memchr(end + 1, '*', (size_t)(lexer->limit - end > 1 ? lexer->limit - end - 1 : 0));
	if (end) {
		lexer->cursor = end + 2;
	} else {
		if (lexer->diag)
			diag_error(lexer->diag, scan_whole(lexer, begin), "comment is not closed: no '*/' follows");
		lexer->cursor = lexer->limit;
	}
	trivia_add(lexer, trivia, begin, COMMENT_BLOCK);
}

int
scan_keyword(struct lexer *lexer, struct token *token, const char *begin, int kind)
{
	token->text = arena_intern(lexer->arena, begin, (size_t)(lexer->cursor - begin));
	return kind;
}

int
scan_name(struct lexer *lexer, struct token *token, const char *begin)
{
	size_t length = (size_t)(lexer->cursor - begin), i;

	for (i = 0; lexer->diag && i < length; i++) {
		if ((unsigned char)begin[i] < 0x80)
			continue;
		diag_error(lexer->diag, scan_whole(lexer, begin), "a name consists of ASCII letters, digits and '_'");
		break;
	}
	if (length > LEXER_NAME_MAX) {
		if (lexer->diag)
			diag_error(lexer->diag, scan_whole(lexer, begin), "name is longer than %d characters",
				   LEXER_NAME_MAX);
		length = LEXER_NAME_MAX;
	}
	token->text = arena_intern(lexer->arena, begin, length);
	return TOK_ID;
}

/* Reads digits up to 'end'; false when the number does not fit. 'p' ends behind the last digit. */
static bool
scan_digits(const char **p, const char *end, unsigned base, uint64_t *ret_value)
{
	uint64_t value = 0;
	bool fits = true;
	unsigned digit;

	for (; *p < end; (*p)++) {
		digit = **p >= '0' && **p <= '9' ? (unsigned)(**p - '0')
			: base == 16             ? (unsigned)((**p | 0x20) - 'a') + 10
						 : base;
		if (digit >= base)
			break;
		if (value > (UINT64_MAX - digit) / base)
			fits = false;
		else
			value = value * base + digit;
	}
	*ret_value = value;
	return fits;
}

/* What a suffix multiplies by, 0 when there is no such suffix. */
static uint64_t
scan_suffix(const char *suffix, size_t length, bool hexadecimal, int *ret_kind)
{
	static const struct {
		const char *text;
		uint64_t factor;
		int kind;
	} suffixes[] = {
		{"", 1, TOK_INTEGER},           {"K", 1024, TOK_INTEGER}, {"M", 1048576, TOK_INTEGER},
		{"G", 1073741824, TOK_INTEGER}, {"ms", 1, TOK_DURATION},  {"s", 1000, TOK_DURATION},
	};
	size_t count = hexadecimal ? 1 : sizeof suffixes / sizeof *suffixes, i;

	for (i = 0; i < count; i++) {
		if (strlen(suffixes[i].text) == length && !memcmp(suffixes[i].text, suffix, length)) {
			*ret_kind = suffixes[i].kind;
			return suffixes[i].factor;
		}
	}
	return 0;
}

int
scan_number(struct lexer *lexer, struct token *token, const char *begin)
{
	bool hexadecimal = begin[0] == '0' && (begin[1] == 'x' || begin[1] == 'X') && lexer->cursor - begin > 2;
	const char *p = hexadecimal ? begin + 2 : begin;
	uint64_t value, factor;
	int kind = TOK_INTEGER;
	const char *problem = NULL;
	bool fits;

	fits = scan_digits(&p, lexer->cursor, hexadecimal ? 16 : 10, &value);
	factor = scan_suffix(p, (size_t)(lexer->cursor - p), hexadecimal, &kind);
	if (!factor)
		problem = "not a number: write 10, 0x1F, 4K, 1M, 1G, 5s or 200ms";
	else if (!hexadecimal && begin[0] == '0' && p - begin > 1)
		problem = "a decimal number does not begin with 0 (there are no octal numbers)";
	else if (!fits || value > UINT64_MAX / factor)
		problem = "number does not fit in 64 bits";
	if (problem && lexer->diag)
		diag_error(lexer->diag, scan_whole(lexer, begin), "%s", problem);
	token->value = problem ? 0 : value * factor;
	return kind;
}

/* The code point of "{1F3B5}", 0 if it is none. */
static uint32_t
scan_code_point(const char **p, const char *limit)
{
	const char *at = *p;
	uint64_t code;

	if (at >= limit || *at != '{')
		return 0;
	at++;
	if (!scan_digits(&at, limit, 16, &code) || at - *p < 2 || at - *p > 7 || at >= limit || *at != '}')
		return 0;
	*p = at + 1;
	return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0 : (uint32_t)code;
}

/* What stands behind a backslash at '*p', which is left behind it. */
static void
scan_escape(struct lexer *lexer, struct text *text, const char **p)
{
	static const char letters[] = "\"\\nrt", meant[] = "\"\\\n\r\t";
	const char *begin = *p - 1, *problem = NULL, *letter = strchr(letters, **p);
	char bytes[4];
	uint32_t code;

	if (letter && *letter) {
		text_add(text, &meant[letter - letters], 1);
		++*p;
	} else if (**p == 'u') {
		++*p;
		code = scan_code_point(p, lexer->limit);
		if (code)
			text_add(text, bytes, utf8_encode(code, bytes));
		else
			problem = "'\\u{...}' takes 1 to 6 hexadecimal digits, of a character that is not NUL";
	} else {
		text_puts(text, "\\");
		problem = "the escapes of a string are '\\\"', '\\\\', '\\n', '\\r', '\\t' and '\\u{...}'";
	}
	if (problem && lexer->diag)
		diag_error(lexer->diag, (struct span){lexer->source, (uint32_t)(begin - lexer->source->text), 1}, "%s",
			   problem);
}

int
scan_string(struct lexer *lexer, struct token *token, const char *begin)
{
	struct text text = {.arena = lexer->arena};
	const char *p = lexer->cursor;

	while (p < lexer->limit && *p != '"' && *p != '\n' && *p != '\r') {
		if (*p == '\\' && !lexer->path) {
			p++;
			scan_escape(lexer, &text, &p);
		} else {
			text_add(&text, p++, 1);
		}
	}
	lexer->cursor = p;
	if (p < lexer->limit && *p == '"')
		lexer->cursor++;
	else if (lexer->diag)
		diag_error(lexer->diag, scan_whole(lexer, begin), "string is not closed on its line");
	token->text = arena_intern(lexer->arena, text_string(&text), text.length);
	return TOK_STRING;
}

int
scan_stray(struct lexer *lexer, const char *begin)
{
	if (!lexer->diag)
		return SCAN_SKIPPED;
	if (*begin == '#')
		diag_error(lexer->diag, scan_whole(lexer, begin), "stray character '#': there is no preprocessor");
	else
		diag_error(lexer->diag, scan_whole(lexer, begin), "stray character '%c'", *begin);
	return SCAN_SKIPPED;
}

/* Why a code point may not stand in a source, or NULL. Line ends are looked at by the caller. */
static const char *
check_code_point(uint32_t code)
{
	if (code == 0)
		return "NUL byte in the source";
	if ((code < 0x20 && code != '\t' && code != '\n') || (code >= 0x7f && code < 0xa0))
		return "control character in the source";
	/* They make text read differently from what it is, and the comments travel into C. */
	if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
		return "control character of bidirectional text in the source";
	return NULL;
}

bool
lexer_check(const struct source *source, struct diag *diag)
{
	size_t at = 0, length;
	const char *problem;
	bool fine = true;
	uint32_t code;

	while (at < source->size && !diag_full(diag)) {
		length = utf8_decode(source->text + at, source->size - at, &code);
		if (length && code == '\r' && at + 1 < source->size && source->text[at + 1] == '\n')
			problem = NULL;
		else if (length && code == '\r')
			problem = "carriage return without a line feed";
		else
			problem = length ? check_code_point(code) : "not UTF-8";
		if (problem) {
			diag_error(diag, (struct span){source, (uint32_t)at, length ? (uint32_t)length : 1}, "%s",
				   problem);
			fine = false;
			/* One for each line is enough, a file in another encoding is full of them. */
			while (at < source->size && source->text[at] != '\n')
				at++;
			continue;
		}
		at += length;
	}
	return fine;
}

void
lexer_init(struct lexer *lexer, struct arena *arena, const struct source *source, struct diag *diag)
{
	*lexer = (struct lexer){.arena = arena, .source = source, .diag = diag};
	lexer->cursor = source->text;
	lexer->limit = source->text + source->size;
}

const char *
lexer_squeeze(struct arena *arena, struct span span)
{
	const char *begin = span.source->text + span.offset;
	const struct source *source =
		source_new(arena, 0, span.source->path, arena_copy(arena, begin, span.length), span.length);
	struct text text = {.arena = arena};
	struct lexer lexer;
	struct token token;
	uint32_t end = 0;

	lexer_init(&lexer, arena, source, NULL);
	for (lexer_next(&lexer, &token); token.kind; lexer_next(&lexer, &token)) {
		if (text.length && token.span.offset > end)
			text_puts(&text, " ");
		text_add(&text, source->text + token.span.offset, token.span.length);
		end = token.span.offset + token.span.length;
	}
	return text_string(&text);
}
