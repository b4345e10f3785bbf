#include <string.h>

#include <cdrpc/cdrpc.h>

#include "check_main.h"
#include "session/registry.h"

START_TEST(letters_digits_and_three_signs)
{
	char name[2] = { (char)_i, 0 };
	bool allowed = (_i >= 'a' && _i <= 'z') || (_i >= 'A' && _i <= 'Z') || (_i >= '0' && _i <= '9') || _i == '.' ||
		       _i == '-' || _i == '_';

	ck_assert_int_eq(service_name_valid(name), allowed);
}
END_TEST

START_TEST(lengths)
{
	char name[CDRPC_NAME_MAX + 2];

	ck_assert(!service_name_valid(NULL));
	ck_assert(!service_name_valid(""));
	memset(name, 'n', sizeof name);
	name[CDRPC_NAME_MAX] = '\0';
	ck_assert(service_name_valid(name));
	name[CDRPC_NAME_MAX] = 'n';
	name[CDRPC_NAME_MAX + 1] = '\0';
	ck_assert(!service_name_valid(name));
}
END_TEST

START_TEST(each_character_counts)
{
	ck_assert(service_name_valid("contoso.calc-2_x"));
	ck_assert(!service_name_valid("contoso calc"));
	ck_assert(!service_name_valid("contoso.calc "));
	ck_assert(!service_name_valid("\\calc"));
	ck_assert(!service_name_valid("caf\xc3\xa9"));
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("service_name");
	TCase *tcase = tcase_create("service_name");

	tcase_add_loop_test(tcase, letters_digits_and_three_signs, -128, 128);
	tcase_add_test(tcase, lengths);
	tcase_add_test(tcase, each_character_counts);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(void)
{
	return check_main(make_suite());
}
