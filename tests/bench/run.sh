#!/bin/sh
# How long calls take beside what one would write by hand, and beside pipes, MSRPC and COM: sh tests/bench/run.sh [quick|requests].
# Installs what is missing as tests/run.sh does, builds without sanitizers, runs everything on one core, prints a table and writes it
# into README.md, together with the machine; "quick" takes a minute, prints, and leaves README.md alone. The exit status is 0 only if
# every bound is met. "requests" counts what the same calls ask of wineserver instead, and writes that into README.md, beside the
# counts of other versions of Wine.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/support/setup.sh"
packages="
	dpkg-dev
	fonts-dejavu-core
	gcc
	gcc-mingw-w64-x86-64-win32
	gnuplot-nox
	lemon
	libc6-dev
	libwine-dev
	meson
	ninja-build
	pkg-config
	python3
	re2c
	util-linux
	wine
	wine64
	wine64-tools
"
mode=${1:-full}
case $mode in full | quick | requests) ;; *) die "usage: run.sh [quick|requests]" ;; esac
here=$root/tests/bench/transport
programs=$build/bench-programs

prepare_dependencies without-check
export CC=gcc
configure_tree bench -Dtests=false -Doptimization=2 -Ddebug=false -Db_ndebug=true -Db_staticpic=false
build_tree bench gen/cdidl runtime/libcdrpc-core.a
configure_tree bench-x86_64 --cross-file "$root/tests/cross/x86_64.ini" -Dtests=false -Doptimization=2 -Ddebug=false -Db_ndebug=true
build_tree bench-x86_64 runtime/libcdrpc.a
# The project of the programs is another one than configure_tree knows.
in_place=false
grep -q "cdrpc_call_buffer" "$root/runtime/include/cdrpc/cdrpc.h" && in_place=true
if [ ! -e "$programs/build.ninja" ]; then
	say "configuring $programs"
	logged configure-bench-programs meson setup ${CDRPC_WERROR:+--werror} --cross-file "$root/tests/cross/x86_64.ini" "$programs" "$here" \
		-Dcdidl="$build/bench/gen/cdidl" -Dlibrary="$build/bench-x86_64/runtime/libcdrpc.a"
fi
logged configure-bench-programs meson configure "$programs" -Din_place=$in_place
build_tree bench-programs
say "building the dispatch measurement"
logged bench-dispatch gcc -std=gnu11 -O2 -DNDEBUG -Wall -Wextra -I "$root/runtime/include" -I "$root/runtime/core" \
	"$here/cdrpc/dispatch.c" "$build/bench/runtime/libcdrpc-core.a" -o "$programs/dispatch"

# The last core: interrupts tend to be on the first. All that is started from here on stays on it, wineserver included.
core=$(taskset -cp $$ | sed 's/.*[ ,-]//')
taskset -cp "$core" $$ >/dev/null
export PYTHONDONTWRITEBYTECODE=1

# into_readme NAME FILE: between the lines that say so.
into_readme() {
	sed -i -e "/^<!-- $1 begins -->\$/,/^<!-- $1 ends -->\$/ { /^<!-- $1 begins -->\$/ { p; r $2
	}; /^<!-- $1 ends -->\$/ p; d }" "$root/tests/bench/README.md"
}

if [ "$mode" = requests ]; then
	asked=$build/bench/wineserver.log
	# The server is to say what it is asked.
	start_wineserver() {
		"$wineserver" -p -f -d 2>"$asked" &
		until find "$wine_folder" -name socket 2>/dev/null | grep -q .; do sleep 0.1; done
	}
	start_wine bench
	say "counting"
	python3 "$here/requests.py" "$programs" "$build/bench" "$asked" "$here/requests.json" \
		"$(version_of libwine:amd64 | sed 's/[^0-9.].*//')"
	rm -f "$asked"
	into_readme requests "$build/bench/requests.md"
	exit
fi

start_wine bench
machine="$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc --all) cores of which one is used, Linux $(uname -r), \
Wine $(version_of libwine:amd64) with sections in $wine_sections, $(x86_64-w64-mingw32-gcc --version | head -n 1)"
say "running"
status=0
python3 "$here/run.py" "$programs" "$build/bench" "$mode" "$machine" || status=$?
[ "$status" -le 1 ] || exit "$status"
[ "$mode" = quick ] || into_readme run.sh "$build/bench/transport.md"
exit "$status"
