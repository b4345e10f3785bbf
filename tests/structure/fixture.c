/* A test program that ends in the way that its argument names; selftest.py looks at what comes out. */
#include "check_main.h"

#include <stdlib.h>
#include <string.h>

START_TEST(passes)
{
	ck_assert_int_eq(1 + 1, 2);
}
END_TEST

START_TEST(fails)
{
	ck_assert_int_eq(1 + 1, 3);
}
END_TEST

static volatile int *nowhere;

START_TEST(crashes)
{
	*nowhere = 1;
}
END_TEST

START_TEST(aborts)
{
	abort();
}
END_TEST

int
main(int argc, char **argv)
{
	const char *ending = argc > 1 ? argv[1] : "";
	Suite *suite = suite_create("fixture");
	TCase *tcase = tcase_create("case");

	tcase_add_test(tcase, passes);
	if (strcmp(ending, "fail") == 0)
		tcase_add_test(tcase, fails);
	else if (strcmp(ending, "crash") == 0)
		tcase_add_test(tcase, crashes);
	else if (strcmp(ending, "abort") == 0)
		tcase_add_test(tcase, aborts);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
