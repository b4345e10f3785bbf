/* The single-instance example, twice: the second start lets the first come to the front, and only then hands over. */
#include <stdio.h>

#include <example.h>

#include "inject.h"
#include "proc.h"

/* ---- in a helper, which is the example; what the system does is of no interest ---- */

static struct proc *test;
static bool serves;

static BOOL WINAPI
let_come(DWORD process_id)
{
	test->words[0] = process_id;
	proc_signal(test);
	proc_await(test);
	return TRUE;
}

INJECT(AllowSetForegroundWindow, 1, let_come);

static BOOL WINAPI
come(HWND window)
{
	(void)window;
	test->words[0]++;
	return TRUE;
}

INJECT(SetForegroundWindow, 1, come);

/* The example's loop begins when its server has been started. */
static BOOL WINAPI
get_message(MSG *message, HWND window, UINT first, UINT last)
{
	if (!serves)
		proc_signal(test);
	serves = true;
	return INJECT_REAL("user32.dll", GetMessageW)(message, window, first, last);
}

INJECT(GetMessageW, 4, get_message);

static int
run_example(struct proc *starter, wchar_t *argument)
{
	wchar_t name[] = L"single-instance", *arguments[] = { name, argument, NULL };

	test = starter;
	/* The test's output is not the place for what it prints. */
	proc_check(freopen("NUL", "w", stdout) != NULL);
	return wmain(2, arguments);
}

static int
run_start(struct proc *starter)
{
	wchar_t argument[] = L"file.txt";

	return run_example(starter, argument);
}

static int
run_quit(struct proc *starter)
{
	wchar_t argument[] = L"--quit";

	return run_example(starter, argument);
}

/* ---- the test ---- */

/* What the first had done before the second went on, and whom the second let come. */
static void
hand_over(const char *role, const struct proc *first, uint64_t came)
{
	struct proc *second = proc_start(role);

	proc_await(second);
	ck_assert_uint_eq(second->words[0], first->process_id);
	ck_assert_uint_eq(first->words[0], came);
	proc_signal(second);
	ck_assert_int_eq(proc_finish(second), 0);
}

START_TEST(the_first_may_come_to_the_front)
{
	struct proc *first = proc_start("start");

	proc_await(first);
	hand_over("start", first, 0);
	ck_assert_uint_eq(first->words[0], 1);
	hand_over("quit", first, 1);
	ck_assert_int_eq(proc_finish(first), 0);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("foreground");
	TCase *tcase = tcase_create("foreground");

	tcase_add_test(tcase, the_first_may_come_to_the_front);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "start", run_start }, { "quit", run_quit }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
