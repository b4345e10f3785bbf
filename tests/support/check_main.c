#include "check_main.h"
#include "crash.h"

#include <stdio.h>
#include <stdlib.h>

int
check_main(Suite *suite)
{
	SRunner *runner;
	int failed;

	crash_report_install();
	/* What was reported before a crash must not be lost in a buffer. */
	setvbuf(stdout, NULL, _IONBF, 0);

	runner = srunner_create(suite);
	srunner_set_fork_status(runner, CK_NOFORK);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
