#ifndef CDRPC_TESTS_CRASH_H
#define CDRPC_TESTS_CRASH_H

/* The exit status of a program that crashed. Wine hands only the low byte of an exit code on, which of 0xC0000005 is 5. */
#define CRASH_EXIT_STATUS 99

/*
 * From now on a crash prints a backtrace on standard error and ends the process with CRASH_EXIT_STATUS. check_main() calls
 * it; a helper process that does not use check_main() calls it first in its main().
 *
 * On Windows each frame is printed as MODULE+0xOFFSET; tests/README.md says how to turn that into a line. Elsewhere it does
 * nothing: there the sanitizers report.
 */
void crash_report_install(void);

#endif
