/* The harness: does the library see a fact that a test puts in place of the system's? */
#include "check_main.h"

#include "base/system.h"
#include "inject.h"

static bool wanted;
static HWND asked_of;

static BOOL WINAPI
is_hung(HWND window)
{
	asked_of = window;
	return wanted || INJECT_REAL("user32.dll", IsHungAppWindow)(window);
}

INJECT(IsHungAppWindow, 1, is_hung);

START_TEST(the_library_sees_the_fact)
{
	window_id window = (window_id)GetDesktopWindow();

	wanted = true;
	ck_assert(window_is_hung(window));
	ck_assert_ptr_eq(asked_of, (HWND)window);
}
END_TEST

START_TEST(the_real_function_is_within_reach)
{
	wanted = false;
	ck_assert_ptr_ne((void *)(uintptr_t)INJECT_REAL("user32.dll", IsHungAppWindow), (void *)(uintptr_t)is_hung);
	ck_assert(!window_is_hung((window_id)GetDesktopWindow()));
}
END_TEST

static BOOL WINAPI
is_never_hung(HWND window)
{
	(void)window;
	return FALSE;
}

START_TEST(the_fact_may_be_another_later)
{
	wanted = true;
	inject_IsHungAppWindow = is_never_hung;
	ck_assert(!window_is_hung((window_id)GetDesktopWindow()));
	inject_IsHungAppWindow = is_hung;
	ck_assert(window_is_hung((window_id)GetDesktopWindow()));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("inject");
	TCase *tcase = tcase_create("inject");

	tcase_add_test(tcase, the_library_sees_the_fact);
	tcase_add_test(tcase, the_real_function_is_within_reach);
	tcase_add_test(tcase, the_fact_may_be_another_later);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
