#!/bin/sh
# Build the examples and run them under Wine. On a bare Debian 12 or 13 (as root, or with sudo) it first installs what is missing.
# The exit status is 0 only if every call, and every file that was fetched, was as expected.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/support/setup.sh"

prepare_dependencies without-check
start_wine examples
configure_tree examples --cross-file "$root/tests/cross/x86_64.ini" -Dtests=false
build_tree examples
say "running the examples"
sh "$root/examples/demo.sh" "$build/examples"
