#ifndef CDRPC_TESTS_CHECK_MAIN_H
#define CDRPC_TESTS_CHECK_MAIN_H

#include <check.h>

/*
 * Run 'suite', which is consumed, and report on standard output in the Test Anything Protocol.
 *
 * The tests run in this process, one after another: Windows has no fork(), and a native run must do what a run under Wine
 * does. So a crash ends the program, and with it the tests that had not run yet: give each module a program of its own.
 * Messages of assertions go into the report as they are; keep line ends that begin with "ok" out of them.
 *
 * Returns the exit status of the program: 0 if every test passed.
 */
int check_main(Suite *suite);

#endif
