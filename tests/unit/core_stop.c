/* Servers that stop, and one that did not start. */
#include "rig_check.h"

/* There are no real threads here, so those of a service cannot be made. */
START_TEST(a_start_that_fails_leaves_nothing_to_find)
{
	rig_prepared();
	rig.server_options.threads = 2;
	ck_assert_int_eq(rig_start(&rig), CDRPC_E_NOT_AVAILABLE);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_NOT_FOUND);
	fake_enter(rig.server_thread);
	ck_assert_int_eq(cdrpc_server_start(rig.server), CDRPC_E_STATE);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, a_start_that_fails_leaves_nothing_to_find);
}

int
main(void)
{
	return check_main(rig_suite("stop", add));
}
