#!/bin/sh
# How long encoding and decoding take beside protobuf-c and nanopb: sh tests/bench/codec.sh [ROUNDS]. Installs what is missing as
# tests/run.sh does, builds without sanitizers, prints a table and writes it into README.md, together with the machine. The exit
# status is 0 only if every bound is met.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/support/setup.sh"
packages="
	dpkg-dev
	gcc
	lemon
	libc6-dev
	libprotobuf-c-dev
	meson
	nanopb
	ninja-build
	pkg-config
	protobuf-c-compiler
	protobuf-compiler
	python3
	re2c
"
here=$root/tests/bench
made=$build/bench
work=$made/codec

# Debian's library has fields of at most 64 KiB; its sources can be built for larger ones.
fetch_nanopb() {
	say "fetching the sources of nanopb"
	prepare_private_apt
	rm -rf "$deps/nanopb"
	mkdir -p "$deps/nanopb"
	(
		cd "$deps/nanopb"
		logged nanopb-download private_apt source --download-only nanopb
		logged nanopb-unpack dpkg-source -x nanopb_*.dsc source
	)
	rm -rf "$deps/apt"
}

mkdir -p "$deps" "$build/logs"
install_packages
once nanopb "$(version_of nanopb)" fetch_nanopb
export CC=gcc
configure_tree bench -Dtests=false -Doptimization=2 -Ddebug=false -Db_ndebug=true -Db_staticpic=false
build_tree bench gen/cdidl runtime/libcdrpc-core.a

say "building the benchmark"
rm -rf "$work"
mkdir -p "$work"
cd "$work"
logged bench-cdidl "$made/gen/cdidl" gen --out "$work" "$here/codec/bench.cdidl"
logged bench-protobuf-c protoc --c_out="$work" --proto_path="$here/codec" bench.proto
logged bench-nanopb nanopb_generator.py -I "$here/codec" -f "$here/codec/bench.options" -D "$work" bench.proto

# The same compiler and flags for all three.
flags="-O2 -DNDEBUG -DPB_FIELD_32BIT"
sources="main.c cdrpc.c protobuf_c.c nanopb.c"
# shellcheck disable=SC2086
logged bench-compile gcc $flags -std=gnu11 -Wall -Wextra -I . -I "$root/runtime/include" -I "$root/runtime/core" \
	-I "$deps/nanopb/source" \
	$(printf "$here/codec/%s " $sources) bench_types.c bench_client.c bench_server.c bench.pb-c.c bench.pb.c "$deps/nanopb/source/"pb_*.c \
	"$made/runtime/libcdrpc-core.a" -l:libprotobuf-c.a -o bench

say "running"
status=0
./bench "$@" >table || status=$?
[ "$status" -le 1 ] || exit "$status"
{
	cat table
	printf '\n%s, Linux %s, %s, glibc %s, protobuf-c %s, nanopb %s; measured on %s.\n' \
		"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores" "$(uname -r)" \
		"$(gcc --version | head -n 1)" "$(version_of libc6)" "$(version_of libprotobuf-c-dev)" \
		"$(version_of nanopb)" "$(date +%F)"
} >result.md
cat result.md
sed -i -e '/^<!-- codec.sh begins -->$/,/^<!-- codec.sh ends -->$/ { /^<!-- codec.sh begins -->$/ { p; r result.md
}; /^<!-- codec.sh ends -->$/ p; d }' "$here/README.md"
exit "$status"
