/*
 * Prints the tokens and comments of interface files, as the generator's own lexer sees them.
 *
 * For each FILE a line "= FILE", then "OFFSET LENGTH CLASS" for each of them in order; CLASS is comment, number, string, keyword,
 * name or mark. A file with lexical errors is told by "refused" alone.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/os.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"

static void
no_memory(void)
{
	abort();
}

static const char *
class_of(const struct token *token)
{
	switch (token->kind) {
	case TOK_ID:
		return "name";
	case TOK_STRING:
		return "string";
	case TOK_INTEGER:
	case TOK_DURATION:
		return "number";
	default:
		return token->text ? "keyword" : "mark";
	}
}

static void
print_tokens(struct arena *arena, const struct source *source)
{
	const struct comment *comment;
	struct lexer lexer;
	struct token token;

	lexer_init(&lexer, arena, source, NULL);
	do {
		lexer_next(&lexer, &token);
		for (comment = token.comments; comment; comment = comment->next)
			printf("%u %u comment\n", (unsigned)comment->span.offset, (unsigned)comment->span.length);
		if (token.kind)
			printf("%u %u %s\n", (unsigned)token.span.offset, (unsigned)token.span.length, class_of(&token));
	} while (token.kind);
}

static bool
print_file(const char *path)
{
	struct arena *arena = arena_new(no_memory);
	struct diag *diag = diag_new(arena);
	const struct source *source;
	const char *error;
	struct lexer lexer;
	struct token token;
	char *text;
	size_t size;
	bool read;

	printf("= %s\n", path);
	read = os_read_file(arena, path, SOURCE_SIZE_MAX, &text, &size, &error);
	if (read) {
		source = source_new(arena, 0, path, text, size);
		if (lexer_check(source, diag)) {
			lexer_init(&lexer, arena, source, diag);
			do
				lexer_next(&lexer, &token);
			while (token.kind);
		}
		if (diag_errors(diag) == 0)
			print_tokens(arena, source);
		else
			puts("refused");
	} else {
		fprintf(stderr, "%s: %s\n", path, error);
	}
	arena_free(arena);
	return read;
}

int
main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (!print_file(argv[i]))
			return 1;
	return 0;
}
