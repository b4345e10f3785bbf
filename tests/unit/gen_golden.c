/*
 * Whole files: those of golden/errors give exactly the diagnostics beside them, those of golden/ok none. Each file is
 * a test.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/diag.h"
#include "check_main.h"
#include "front.h"
#include "golden.h"
#include "syntax/load.h"

#define ERRORS GOLDEN_FOLDER "/errors"
#define OK GOLDEN_FOLDER "/ok"

static char **error_names, **ok_names;

START_TEST(errors)
{
	char input[512], output[512];
	const char *messages;
	struct front front;
	size_t size;

	snprintf(input, sizeof input, "%s.cdidl", error_names[_i]);
	snprintf(output, sizeof output, ERRORS "/%s.txt", error_names[_i]);
	front = front_file(ERRORS, input);
	messages = front_messages(&front, &size);
	ck_assert_msg(diag_errors(front.diag) > 0, "%s has no error", input);
	golden_check(output, messages, size);
	front_free(&front);
}
END_TEST

START_TEST(accepted)
{
	const char *messages;
	struct front front;
	char input[512];
	size_t size;

	snprintf(input, sizeof input, "%s.cdidl", ok_names[_i]);
	front = front_file(OK, input);
	messages = front_messages(&front, &size);
	if (size)
		fputs(messages, stderr);
	ck_assert_uint_eq(size, 0);
	ck_assert_ptr_nonnull(front.load->inputs[0]->model);
	front_free(&front);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_golden");
	TCase *tcase = tcase_create("golden");
	size_t error_count, ok_count;
	int status;

	error_names = golden_names(ERRORS, ".cdidl", &error_count);
	ok_names = golden_names(OK, ".cdidl", &ok_count);
	tcase_add_loop_test(tcase, errors, 0, (int)error_count);
	tcase_add_loop_test(tcase, accepted, 0, (int)ok_count);
	suite_add_tcase(suite, tcase);
	status = check_main(suite);
	free(error_names);
	free(ok_names);
	return status;
}
