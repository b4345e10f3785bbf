#include <check.h>
#include <string.h>

#include "base/suggest.h"
#include "check_main.h"

START_TEST(distances)
{
	static const struct {
		const char *a, *b;
		unsigned distance;
	} cases[] = {
		{"", "", 0},
		{"abc", "abc", 0},
		{"abc", "ABC", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"abc", "abd", 1},
		{"abc", "ab", 1},
		{"abc", "xabc", 1},
		{"abc", "acb", 1},
		{"abcd", "badc", 2},
		{"ca", "abc", 3},
		{"kitten", "sitting", 3},
		{"struct", "strcut", 1},
		{"flag", "table", 5},
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_msg(suggest_distance(cases[i].a, cases[i].b, 9) == cases[i].distance, "%s %s", cases[i].a,
			      cases[i].b);
		ck_assert_msg(suggest_distance(cases[i].b, cases[i].a, 9) == cases[i].distance, "%s %s", cases[i].b,
			      cases[i].a);
	}
}
END_TEST

START_TEST(limit_is_told_as_one_more)
{
	ck_assert_uint_eq(suggest_distance("kitten", "sitting", 3), 3);
	ck_assert_uint_eq(suggest_distance("kitten", "sitting", 2), 3);
	ck_assert_uint_eq(suggest_distance("kitten", "sitting", 0), 1);
	/* The rows pass the limit before a swap brings them back. */
	ck_assert_uint_eq(suggest_distance("ab", "ba", 1), 1);
}
END_TEST

static const char *
best(const char *written, const char *a, const char *b, const char *c)
{
	struct suggest suggest = suggest_begin(written);

	suggest_add(&suggest, a);
	suggest_add(&suggest, b);
	suggest_add(&suggest, c);
	return suggest.best;
}

START_TEST(nearest_wins)
{
	ck_assert_str_eq(best("Trakc", "Truck", "Track", "Tack"), "Track");
	ck_assert_str_eq(best("u23", "u64", "u32", "u8"), "u32");
	ck_assert_str_eq(best("PlayerErorr", "Player", "PlayerError", "Error"), "PlayerError");
	ck_assert_str_eq(best("state", "State", "states", "stat"), "State");
}
END_TEST

START_TEST(first_of_equals_wins)
{
	ck_assert_str_eq(best("rext", "rect", "rest", "next"), "rect");
}
END_TEST

START_TEST(nothing_is_near)
{
	ck_assert_ptr_null(best("quaternion", "Rect", "State", "u32"));
	ck_assert_ptr_null(best("a", "b", "c", "d"));
	ck_assert_ptr_null(best("xy", "ab", "cd", "ef"));
	ck_assert_str_eq(best("xy", "ab", "xz", "ef"), "xz");
}
END_TEST

START_TEST(long_names)
{
	char written[200], known[66];

	memset(written, 'a', sizeof written);
	written[199] = '\0';
	ck_assert_ptr_null(best(written, "a", "b", written));
	memset(known, 'a', sizeof known);
	known[65] = '\0';
	written[64] = '\0';
	/* One letter too many to look at, then as long as can be. */
	ck_assert_ptr_null(best(written, known, "b", "c"));
	known[63] = '\0';
	ck_assert_str_eq(best(written, known, "b", "c"), known);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_suggest");
	TCase *tcase = tcase_create("suggest");

	tcase_add_test(tcase, distances);
	tcase_add_test(tcase, limit_is_told_as_one_more);
	tcase_add_test(tcase, nearest_wins);
	tcase_add_test(tcase, first_of_equals_wins);
	tcase_add_test(tcase, nothing_is_near);
	tcase_add_test(tcase, long_names);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
