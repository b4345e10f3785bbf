#!/bin/sh
# Guess: a TAP test that bails out before its first result, or promises three tests and ends without having run one, has failed:
#	the protocol says so of both.
# Really: Meson reports SKIP for each, and 'meson test' exits 0. It does not compare the plan with what came, nor look at the bail-out,
#	until it has seen one result. After one 'ok' the same two outputs are ERROR. The exit status counts only if it is not 0.
# Version: meson 1.0.1-5, ninja-build 1.11.1-2~deb12u1 (Debian 12)
# Source: found by running; mesonbuild/mtest.py, TestRunTAP.parse: "all skipped" is "every one of no results".
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q -o APT::Sandbox::User=root download meson=1.0.1-5 ninja-build=1.11.1-2~deb12u1 >/dev/null
for package in *.deb; do
	dpkg -x "$package" root
done
mkdir project
printf '#!/bin/sh\necho "1..3"\necho "Bail out! no display"\n' >project/bails_out.sh
printf '#!/bin/sh\necho "1..3"\n' >project/runs_none.sh
printf '#!/bin/sh\necho "1..3"\necho "ok 1"\necho "Bail out! no display"\n' >project/bails_out_later.sh
printf '#!/bin/sh\necho "1..3"\necho "ok 1"\n' >project/runs_one.sh
chmod +x project/*.sh
cat >project/meson.build <<'END'
project('p')
foreach name : ['bails_out', 'runs_none', 'bails_out_later', 'runs_one']
  test(name, find_program(name + '.sh'), protocol: 'tap')
endforeach
END
meson() {
	PATH=$PWD/root/usr/bin:$PATH PYTHONPATH=$PWD/root/usr/lib/python3/dist-packages python3 root/usr/bin/meson "$@"
}
meson setup build project >/dev/null
first=0
meson test -C build bails_out runs_none >first.txt 2>&1 || first=$?
second=0
meson test -C build bails_out_later runs_one >second.txt 2>&1 || second=$?
grep -hE '^ *[12]/2 ' first.txt second.txt
echo "exit status $first for the two without a result, $second for the two with one"
[ "$first" -eq 0 ] && [ "$second" -ne 0 ] && [ "$(grep -c SKIP first.txt)" -ge 2 ] && [ "$(grep -cE '^ *[12]/2 .*(ERROR|FAIL)' second.txt)" -eq 2 ]
