#include "calls/reentry.h"
#include "check_main.h"

/* The whole table: policy, waiting, for the caller, stuck, of our causality; accepted, and run now. */
static const struct {
	struct reentry_facts facts;
	cdrpc_status accept;
	bool run_now;
} cases[] = {
	{ { CDRPC_REENTRY_QUEUE, false, false, false, false }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_QUEUE, false, false, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_QUEUE, false, true, false, false }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_QUEUE, false, true, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_QUEUE, true, false, false, false }, CDRPC_OK, false },
	{ { CDRPC_REENTRY_QUEUE, true, false, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_QUEUE, true, true, false, false }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_QUEUE, true, true, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_ALLOW, false, false, false, false }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_ALLOW, false, false, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_ALLOW, false, true, false, false }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_ALLOW, false, true, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_ALLOW, true, false, false, false }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_ALLOW, true, false, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_ALLOW, true, true, false, false }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_ALLOW, true, true, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_REFUSE, false, false, false, false }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_REFUSE, false, false, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_REFUSE, false, true, false, false }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_REFUSE, false, true, false, true }, CDRPC_OK, true },
	{ { CDRPC_REENTRY_REFUSE, true, false, false, false }, CDRPC_E_BUSY, false },
	{ { CDRPC_REENTRY_REFUSE, true, false, false, true }, CDRPC_E_BUSY, false },
	{ { CDRPC_REENTRY_REFUSE, true, true, false, false }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_REFUSE, true, true, false, true }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_QUEUE, true, false, true, false }, CDRPC_OK, false },
	{ { CDRPC_REENTRY_QUEUE, true, false, true, true }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_QUEUE, true, true, true, false }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_QUEUE, true, true, true, true }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_ALLOW, true, false, true, false }, CDRPC_OK, false },
	{ { CDRPC_REENTRY_ALLOW, true, false, true, true }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_ALLOW, true, true, true, false }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_ALLOW, true, true, true, true }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_REFUSE, true, false, true, false }, CDRPC_E_BUSY, false },
	{ { CDRPC_REENTRY_REFUSE, true, false, true, true }, CDRPC_E_BUSY, false },
	{ { CDRPC_REENTRY_REFUSE, true, true, true, false }, CDRPC_E_WOULD_DEADLOCK, false },
	{ { CDRPC_REENTRY_REFUSE, true, true, true, true }, CDRPC_E_WOULD_DEADLOCK, false },
};

START_TEST(table)
{
	ck_assert_int_eq(reentry_accept(&cases[_i].facts), cases[_i].accept);
	ck_assert_int_eq(reentry_run_now(&cases[_i].facts), cases[_i].run_now);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("reentry");
	TCase *tcase = tcase_create("table");

	tcase_add_loop_test(tcase, table, 0, (int)(sizeof cases / sizeof cases[0]));
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
