#!/bin/sh
# Build everything and run all tests: natively under AddressSanitizer and UBSan, and as Windows programs under Wine.
# On a bare Debian 12 or 13 (as root, or with sudo) it first installs what is missing. The last line is the count of test cases.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/support/setup.sh"

# Generated code is compiled by all of them, and as C++.
packages="$packages clang g++ g++-mingw-w64-i686-win32 g++-mingw-w64-x86-64-win32"
with_ucrt

prepare_dependencies
start_wine tests

build_native
trees=$build/native
for arch in $windows_trees; do
	build_windows "$arch"
	trees="$trees $build/$arch"
done

# Programs that need 32-bit Windows are built in any case.
tested=
suites=
skipped=0
if ! runs_32_bit; then
	say "this Wine runs no 32-bit programs: the tests of $build/i686 are skipped, and those of the others with helpers of it"
	suites="--no-suite mixed"
	skipped=$(for tree in $trees; do
		case $tree in
		*/i686) meson test -C "$tree" --no-rebuild --list ;;
		*/native) ;;
		*) meson test -C "$tree" --no-rebuild --list --suite mixed ;;
		esac
	done 2>/dev/null | grep -c ' / ' || true)
fi
for tree in $trees; do
	[ "$tree" != "$build/i686" ] || [ "$skipped" -eq 0 ] || continue
	tested="$tested $tree"
	say "testing $tree"
	rm -f "$tree/meson-logs/testlog.json"
	# What failed is in the log; summary.py shows and counts it.
	# shellcheck disable=SC2086
	meson test -C "$tree" --no-rebuild $suites || true
done

# shellcheck disable=SC2086
python3 "$root/tests/support/summary.py" --skipped "$skipped" $tested
