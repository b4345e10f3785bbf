#!/bin/sh
# Build everything and run all tests: natively under AddressSanitizer and UBSan, and as Windows programs under Wine.
# On a bare Debian 12 (as root, or with sudo) it first installs what is missing. The last line is the count of test cases.
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

for tree in $trees; do
	say "testing $tree"
	rm -f "$tree/meson-logs/testlog.json"
	# What failed is in the log; summary.py shows and counts it.
	meson test -C "$tree" --no-rebuild || true
done

# shellcheck disable=SC2086
python3 "$root/tests/support/summary.py" $trees
