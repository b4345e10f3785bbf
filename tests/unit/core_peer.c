#include "check_main.h"
#include "session/peer.h"

static cdrpc_status
expected(const struct outcome_facts *facts)
{
	if (facts->process_ended)
		return CDRPC_E_PEER_DIED;
	if (!facts->window_exists)
		return CDRPC_E_PEER_GONE;
	if (facts->os_error == 5)
		return CDRPC_E_ACCESS;
	return facts->window_hung ? CDRPC_E_HUNG : CDRPC_E_TIMEOUT;
}

/* Each stronger fact outweighs all weaker ones, whatever they say. */
START_TEST(every_combination)
{
	static const uint32_t errors[] = { 0, 5, 1400, 1460 };
	struct outcome_facts facts = {
		.process_ended = (_i & 1) != 0,
		.window_exists = (_i & 2) != 0,
		.window_hung = (_i & 4) != 0,
		.os_error = errors[_i >> 3],
	};

	ck_assert_int_eq(outcome_classify(&facts), expected(&facts));
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("peer");
	TCase *tcase = tcase_create("outcome");

	tcase_add_loop_test(tcase, every_combination, 0, 32);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(void)
{
	return check_main(make_suite());
}
