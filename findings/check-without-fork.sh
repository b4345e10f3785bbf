#!/bin/sh
# Guess: with CK_FORK=no, the only mode that a Windows build of Check has, tests that must exit or must raise a signal are refused, or
#	fail, for Check cannot watch a process that it is in.
# Really: one that simply returns passes, in the TAP report and in the count. The same program with fork fails both. So a suite of
#	exit tests that is carried to Windows is green and says nothing.
# Version: check 0.15.2-2+b1 (Debian 12, amd64), gcc 12.2
# Source: found by running; check_run.c compares the exit status and signal only in the branch that has forked.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q -o APT::Sandbox::User=root download check=0.15.2-2+b1 libsubunit0=1.4.0-3 libsubunit-dev=1.4.0-3 >/dev/null
for package in *.deb; do
	dpkg -x "$package" root
done
cat >t.c <<'END'
#include <check.h>
#include <signal.h>

START_TEST(must_exit_with_3)
{
}
END_TEST

START_TEST(must_raise_a_signal)
{
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("s");
	TCase *tcase = tcase_create("t");
	SRunner *runner;
	int failed;

	tcase_add_exit_test(tcase, must_exit_with_3, 3);
	tcase_add_test_raise_signal(tcase, must_raise_a_signal, SIGSEGV);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed;
}
END
lib=root/usr/lib/x86_64-linux-gnu
gcc -Iroot/usr/include -o t t.c $lib/libcheck.a $lib/libsubunit.a -lm -lrt -pthread
with_fork=0
CK_FORK=yes ./t >with.txt || with_fork=$?
without_fork=0
CK_FORK=no ./t >without.txt || without_fork=$?
echo "with fork, $with_fork failed:"
cat with.txt
echo "without fork, $without_fork failed:"
cat without.txt
[ "$with_fork" -eq 2 ] && [ "$without_fork" -eq 0 ] && [ "$(grep -c '^ok' without.txt)" -eq 2 ]
