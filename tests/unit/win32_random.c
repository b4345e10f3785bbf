#include "base/system.h"

#include <windows.h>

#include "check_main.h"

START_TEST(random_bytes_differ)
{
	static const uint8_t zeros[16];
	uint8_t a[33] = { 0 };
	uint8_t b[32] = { 0 };

	ck_assert_int_eq(random_fill(a, 32), CDRPC_OK);
	ck_assert_int_eq(random_fill(b, 32), CDRPC_OK);
	ck_assert_mem_ne(a, b, 32);
	ck_assert_mem_ne(a, zeros, 16);
	ck_assert_mem_ne(a + 16, zeros, 16);
	ck_assert_uint_eq(a[32], 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("win32_random");
	TCase *tcase = tcase_create("random");

	tcase_add_test(tcase, random_bytes_differ);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
