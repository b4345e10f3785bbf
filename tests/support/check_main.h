#ifndef CDRPC_TESTS_CHECK_MAIN_H
#define CDRPC_TESTS_CHECK_MAIN_H

#include <check.h>

/* Without fork() Check lets a test that should end by a signal or by exit() pass when it returns. Such a test does not compile. */
#define _tcase_add_test(tcase, test, signal, status, start, end)                                                                 \
	_tcase_add_test(tcase, test, (int)sizeof(struct {                                                                        \
				_Static_assert((signal) == 0 && (status) == 0, "needs fork(): let a helper process end so");     \
				char none;                                                                                       \
			}) - 1,                                                                                                  \
			0, start, end)

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
