#!/bin/sh
# Play random sequences under the sanitizers. README.md says what they are.
#
#	sh tests/model/run.sh run SECONDS [SEED]	as many as there is time for, from a seed on
#	sh tests/model/run.sh seed SEED [STEP...]	one again, or only these steps of it, and what is sent in it
#	sh tests/model/run.sh shrink SEED		the steps of it that it takes to fail
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/support/setup.sh"
packages="check gcc libc6-dev lemon meson ninja-build pkg-config python3 re2c"

mkdir -p "$deps" "$build/logs"
install_packages
configure_tree native -Db_sanitize=address,undefined
build_tree native tests/model/model
exec "$build/native/tests/model/model" "$@"
