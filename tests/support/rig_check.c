#include "rig_check.h"

struct rig rig;
bool rig_resident;
const struct cdrpc_bytes rig_nothing = { NULL, 0 };

void
rig_prepared(void)
{
	rig_init(&rig);
	if (!rig_resident)
		rig.server_options.limits.resident_max = CDRPC_RESIDENT_NONE;
}

void
rig_started(void)
{
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
}

void
rig_connected(void)
{
	rig_prepared();
	rig_started();
}

void
rig_stopped(void)
{
	ck_assert_str_eq(rig_stop(&rig), "");
}

enum cdrpc_route
rig_small_reply(void)
{
	return rig_resident ? CDRPC_ROUTE_RESIDENT : CDRPC_ROUTE_MESSAGE;
}

static void
with_arenas(void)
{
	rig_resident = true;
}

static void
without_arenas(void)
{
	rig_resident = false;
}

Suite *
rig_suite(const char *name, void (*add)(TCase *tcase))
{
	Suite *suite = suite_create(name);
	TCase *messages = tcase_create("messages");
	TCase *arenas = tcase_create("arenas");

	tcase_add_unchecked_fixture(messages, without_arenas, NULL);
	add(messages);
	suite_add_tcase(suite, messages);
	tcase_add_unchecked_fixture(arenas, with_arenas, NULL);
	add(arenas);
	suite_add_tcase(suite, arenas);
	return suite;
}
