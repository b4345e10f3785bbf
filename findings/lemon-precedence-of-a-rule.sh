#!/bin/sh
# Guess: a Lemon rule without a [TOKEN] mark has the precedence of its last terminal, as in every yacc: Lemon's %left and %nonassoc look
#	and read the same, so a table of operators can be carried over.
# Really: it has the precedence of its first terminal that has one. For a rule such as IF e THEN e the two programs build different
#	trees from the same declarations. Neither reports a conflict: to both of them the declarations resolve it.
# Version: lemon 3.40.1-2+deb12u2 beside byacc 1:2.0.20221106-1 (Debian 12, amd64), gcc 12.2
# Source: found by carrying a grammar over; lemon.html, "Precedence Rules", says "left-most terminal" in passing.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q -o APT::Sandbox::User=root download lemon=3.40.1-2+deb12u2 byacc=1:2.0.20221106-1 >/dev/null
for package in *.deb; do
	dpkg -x "$package" root
done

# The same grammar, the same order of precedence, the same input: IF 3 THEN 5 MINUS 1. A rule with IF multiplies.
cat >l.y <<'END'
%token_type {int}
%type e {int}
%nonassoc IF.
%left MINUS.
%left THEN.
%include {
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
}
program ::= e(A).                 { printf("%d\n", A); }
e(A) ::= e(B) MINUS e(C).         { A = B - C; }
e(A) ::= IF e(B) THEN e(C).       { A = B * C; }
e(A) ::= NUMBER(B).               { A = B; }
END
cat >l_main.c <<'END'
#include "l.c"
int
main(void)
{
	static const int tokens[] = { IF, NUMBER, THEN, NUMBER, MINUS, NUMBER, 0 };
	static const int values[] = { 0, 3, 0, 5, 0, 1, 0 };
	void *parser = ParseAlloc(malloc);
	unsigned i;

	for (i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
		Parse(parser, tokens[i], values[i]);
	ParseFree(parser, free);
	return 0;
}
END
cat >y.y <<'END'
%{
#include <stdio.h>
int yylex(void);
void yyerror(const char *text);
%}
%nonassoc IF
%left MINUS
%left THEN
%token NUMBER
%%
program: e              { printf("%d\n", $1); };
e:	e MINUS e       { $$ = $1 - $3; }
	| IF e THEN e   { $$ = $2 * $4; }
	| NUMBER        { $$ = $1; };
%%
int
yylex(void)
{
	static const int tokens[] = { IF, NUMBER, THEN, NUMBER, MINUS, NUMBER, 0 };
	static const int values[] = { 0, 3, 0, 5, 0, 1, 0 };
	static int next;

	yylval = values[next];
	return tokens[next++];
}

void
yyerror(const char *text)
{
	puts(text);
}

int
main(void)
{
	return yyparse();
}
END
root/usr/bin/lemon -Troot/usr/share/lemon/lempar.c l.y >lemon.txt 2>&1
root/usr/bin/byacc -o y.c y.y >yacc.txt 2>&1
gcc -w -include l.h -o l l_main.c
gcc -w -o y y.c
lemon=$(./l)
yacc=$(./y)
echo "lemon: IF 3 THEN 5 MINUS 1 is $lemon, reported: '$(cat lemon.txt)'"
echo "byacc: IF 3 THEN 5 MINUS 1 is $yacc, reported: '$(cat yacc.txt)'"
# 12 is 3 * (5 - 1), 14 is 3 * 5 - 1.
[ "$lemon" = 12 ] && [ "$yacc" = 14 ] && [ ! -s lemon.txt ] && [ ! -s yacc.txt ]
