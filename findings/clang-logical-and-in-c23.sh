#!/bin/sh
# Guess: a static_assert of two comparisons joined by &&, which code generators write for the offsets of a struct, is as free of warnings
#	in C23 as in C11, C17 and C++: the standard's number changes keywords, not what such an expression means.
# Really: clang 15 and 16 warn of it by default with -std=c2x alone (-Wconstant-logical-operand: "use '&' for a bitwise operation"), so
#	with -Werror it does not compile; one static_assert for each comparison does. clang 14 and 19 say nothing, and no clang does in C11.
# Version: clang 1:15.0.6-4+b1 beside 1:14.0.6-12 (Debian 12, amd64)
# Source: found by compiling a library with each clang of Debian 12 in each standard.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
new=1:15.0.6-4+b1
old=1:14.0.6-12
apt-get -q -o APT::Sandbox::User=root download "clang-15=$new" "libclang-cpp15=$new" "libllvm15=$new" "libclang-common-15-dev=$new" \
	"clang-14=$old" "libclang-cpp14=$old" "libllvm14=$old" "libclang-common-14-dev=$old" >/dev/null
for package in *.deb; do
	dpkg -x "$package" root
done

cat >head.c <<'END'
#include <stddef.h>
struct head { short size; short flag; int value; };
_Static_assert(offsetof(struct head, flag) == 2 && offsetof(struct head, value) == 4, "the head's shape");
END
export LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu:$work/root/usr/lib/llvm-15/lib:$work/root/usr/lib/llvm-14/lib"
seen=
for clang in 14 15; do
	for standard in c11 c17 c2x; do
		count=$("root/usr/lib/llvm-$clang/bin/clang" "-std=$standard" -fsyntax-only head.c 2>&1 |
			grep -c 'Wconstant-logical-operand' || true)
		echo "clang $clang, -std=$standard: $count warnings"
		seen="$seen $count"
	done
done
[ "$seen" = " 0 0 0 0 0 1" ]
