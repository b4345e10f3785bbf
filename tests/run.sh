#!/bin/sh
# Build everything and run all tests: natively under AddressSanitizer and UBSan, and as Windows programs under Wine.
# On a bare Debian 12 or 13 (as root, or with sudo) it first installs what is missing. The last line is the count of test cases.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/support/setup.sh"

# Generated code is compiled by all of them, and as C++.
packages="$packages clang doxygen g++ g++-mingw-w64-i686-win32 g++-mingw-w64-x86-64-win32 libwine-dev python3-jsonschema"
with_ucrt

prepare_dependencies
start_wine tests

# Meson does not even configure a tree whose programs do not run.
mixed=true
runs_32_bit || {
	say "this Wine runs no 32-bit programs: build/i686 and what has helpers of it are skipped, and counted as such"
	mixed=false
	windows_trees=$(echo "$windows_trees" | sed 's/ i686//')
}

build_native
trees=$build/native
for arch in $windows_trees; do
	build_windows "$arch"
	trees="$trees $build/$arch"
done

suites=
skipped=0
$mixed || {
	suites="--no-suite mixed"
	# Those of build/i686 are as many as those of build/x86_64.
	skipped=$({
		meson test -C "$build/x86_64" --no-rebuild --list
		for arch in $windows_trees; do
			meson test -C "$build/$arch" --no-rebuild --list --suite mixed
		done
	} 2>/dev/null | grep -c ' / ')
}
for tree in $trees; do
	say "testing $tree"
	rm -f "$tree/meson-logs/testlog.json"
	# What failed is in the log; summary.py shows and counts it.
	# shellcheck disable=SC2086
	meson test -C "$tree" --no-rebuild $suites || true
done

# shellcheck disable=SC2086
python3 "$root/tests/support/summary.py" --skipped "$skipped" $trees
