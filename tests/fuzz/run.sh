#!/bin/sh
# Run one fuzzer for a while: sh tests/fuzz/run.sh NAME [SECONDS [OPTION...]], for example 'run.sh gen_check 600'. The options
# are libFuzzer's. New inputs go into build/fuzz/corpus/NAME; a finding belongs into tests/fuzz/corpus/NAME when it is mended.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/support/setup.sh"
packages="check clang libclang-rt-dev libc6-dev lemon meson ninja-build pkg-config python3 re2c"

name=${1:?the name of a fuzzer}
seconds=${2:-60}
shift "$(($# < 2 ? $# : 2))"

mkdir -p "$deps" "$build/logs"
install_packages
export CC=clang
configure_tree fuzz -Dfuzzers=true -Db_sanitize=address,undefined -Db_lundef=false
build_tree fuzz "tests/fuzz/fuzz_$name"
mkdir -p "$build/fuzz/corpus/$name"
cd "$build/fuzz"

set -- "$@" "$build/fuzz/corpus/$name" "$root/tests/fuzz/corpus/$name"
if [ "$name" = gen_check ]; then
	set -- -dict="$root/tests/fuzz/gen_check.dict" "$@" "$root/tests/golden"
fi
exec "$build/fuzz/tests/fuzz/fuzz_$name" -max_len=4096 -max_total_time="$seconds" -print_final_stats=1 "$@"
