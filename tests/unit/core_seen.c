#include <string.h>

#include "check_main.h"
#include "wire/seen.h"

START_TEST(each_is_new_once)
{
	struct seen seen = { 0 };
	size_t wrong = 0;
	uint64_t t;

	for (t = 1; t <= 5000; t++) {
		wrong += seen_test_and_set(&seen, t);
		wrong += !seen_test_and_set(&seen, t);
	}
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_eq(seen.high, 5000);
}
END_TEST

START_TEST(zero_is_no_transaction)
{
	struct seen seen = { 0 };

	ck_assert(seen_test_and_set(&seen, 0));
	ck_assert_uint_eq(seen.high, 0);
}
END_TEST

START_TEST(gaps_may_be_filled_later)
{
	struct seen seen = { 0 };

	ck_assert(!seen_test_and_set(&seen, 10));
	ck_assert(!seen_test_and_set(&seen, 7));
	ck_assert(!seen_test_and_set(&seen, 9));
	ck_assert(seen_test_and_set(&seen, 7));
	ck_assert(seen_test_and_set(&seen, 9));
	ck_assert(seen_test_and_set(&seen, 10));
	ck_assert(!seen_test_and_set(&seen, 8));
	ck_assert_uint_eq(seen.high, 10);
}
END_TEST

/* The oldest that is still told apart is high - 1023. */
START_TEST(older_than_the_window_is_seen)
{
	struct seen seen = { 0 };

	ck_assert(!seen_test_and_set(&seen, 5000));
	ck_assert(!seen_test_and_set(&seen, 5000 - SEEN_WINDOW + 1));
	ck_assert(seen_test_and_set(&seen, 5000 - SEEN_WINDOW));
	ck_assert(seen_test_and_set(&seen, 1));
}
END_TEST

/* Each jump must clear exactly the bits of what it passed over, wherever in the window it begins. */
START_TEST(jumps_forget_what_they_pass)
{
	uint64_t base = (uint64_t)_i * 37 + 1;
	uint64_t jump, t;
	struct seen seen;
	uint32_t wrong = 0;     /* counted, since an assertion for each would take most of the time */

	for (jump = 1; jump <= SEEN_WINDOW + 70; jump += 23) {
		memset(&seen, 0, sizeof seen);
		for (t = base; t < base + SEEN_WINDOW; t++)
			wrong += seen_test_and_set(&seen, t);
		wrong += seen_test_and_set(&seen, seen.high + jump);
		for (t = seen.high - SEEN_WINDOW + 1; t < seen.high; t++)
			wrong += seen_test_and_set(&seen, t) != (t < base + SEEN_WINDOW);
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

START_TEST(the_largest_id_ends_it)
{
	struct seen seen = { 0 };

	ck_assert(!seen_test_and_set(&seen, UINT64_MAX));
	ck_assert(seen_test_and_set(&seen, UINT64_MAX));
	ck_assert(!seen_test_and_set(&seen, UINT64_MAX - 1));
	ck_assert(seen_test_and_set(&seen, 1));
}
END_TEST

START_TEST(marks_are_known_inside_the_window)
{
	struct seen seen = { 0 };

	ck_assert(!seen_is_marked(&seen, 0));
	ck_assert(!seen_is_marked(&seen, 9));
	seen_test_and_set(&seen, 9);
	ck_assert(seen_is_marked(&seen, 9));
	ck_assert(!seen_is_marked(&seen, 8));
	ck_assert(!seen_is_marked(&seen, 10));
	ck_assert(!seen_is_marked(&seen, 9 + SEEN_WINDOW));
	seen_test_and_set(&seen, 9 + SEEN_WINDOW - 1);
	ck_assert(seen_is_marked(&seen, 9));
	seen_test_and_set(&seen, 9 + SEEN_WINDOW);
	ck_assert(!seen_is_marked(&seen, 9));
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("seen");
	TCase *tcase = tcase_create("seen");

	tcase_add_test(tcase, each_is_new_once);
	tcase_add_test(tcase, zero_is_no_transaction);
	tcase_add_test(tcase, gaps_may_be_filled_later);
	tcase_add_test(tcase, older_than_the_window_is_seen);
	tcase_add_loop_test(tcase, jumps_forget_what_they_pass, 0, 32);
	tcase_add_test(tcase, the_largest_id_ends_it);
	tcase_add_test(tcase, marks_are_known_inside_the_window);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(void)
{
	return check_main(make_suite());
}
