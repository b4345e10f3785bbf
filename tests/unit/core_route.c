#include "check_main.h"
#include "message/route.h"

#define INLINE_MAX 65536
#define BODY_MAX (UINT32_C(1) << 28)
#define FROM 4096

struct route_case {
	struct route_facts facts;
	cdrpc_status status;
	enum cdrpc_route route;
};

/* { size, inline_max, body_max, resident_from, value_suffices, resident, may_push, may_pull } */
static const struct route_case cases[] = {
	{ { 0, INLINE_MAX, BODY_MAX, FROM, true, false, true, true }, CDRPC_OK, CDRPC_ROUTE_VALUE },
	{ { 0, INLINE_MAX, BODY_MAX, FROM, true, false, false, false }, CDRPC_OK, CDRPC_ROUTE_VALUE },
	{ { 1, INLINE_MAX, BODY_MAX, FROM, true, false, true, true }, CDRPC_OK, CDRPC_ROUTE_MESSAGE },
	{ { INLINE_MAX + 1, INLINE_MAX, BODY_MAX, FROM, true, false, true, true }, CDRPC_OK, CDRPC_ROUTE_SECTION },
	{ { 0, INLINE_MAX, BODY_MAX, FROM, false, false, true, true }, CDRPC_OK, CDRPC_ROUTE_MESSAGE },
	{ { 1, INLINE_MAX, BODY_MAX, FROM, false, false, true, true }, CDRPC_OK, CDRPC_ROUTE_MESSAGE },
	{ { INLINE_MAX - 1, INLINE_MAX, BODY_MAX, FROM, false, false, true, true }, CDRPC_OK, CDRPC_ROUTE_MESSAGE },
	{ { INLINE_MAX, INLINE_MAX, BODY_MAX, FROM, false, false, true, true }, CDRPC_OK, CDRPC_ROUTE_MESSAGE },
	{ { INLINE_MAX, INLINE_MAX, BODY_MAX, FROM, false, false, false, false }, CDRPC_OK, CDRPC_ROUTE_MESSAGE },
	{ { INLINE_MAX + 1, INLINE_MAX, BODY_MAX, FROM, false, false, true, true }, CDRPC_OK, CDRPC_ROUTE_SECTION },
	{ { INLINE_MAX + 1, INLINE_MAX, BODY_MAX, FROM, false, false, true, false }, CDRPC_OK, CDRPC_ROUTE_SECTION },
	{ { INLINE_MAX + 1, INLINE_MAX, BODY_MAX, FROM, false, false, false, true }, CDRPC_OK, CDRPC_ROUTE_SECTION },
	{ { INLINE_MAX + 1, INLINE_MAX, BODY_MAX, FROM, false, false, false, false }, CDRPC_OK, CDRPC_ROUTE_CHUNKS },
	{ { BODY_MAX, INLINE_MAX, BODY_MAX, FROM, false, false, false, true }, CDRPC_OK, CDRPC_ROUTE_SECTION },
	{ { BODY_MAX + 1, INLINE_MAX, BODY_MAX, FROM, false, false, true, true }, CDRPC_E_TOO_LARGE, CDRPC_ROUTE_NONE },
	{ { BODY_MAX + 1, INLINE_MAX, BODY_MAX, FROM, false, false, false, false }, CDRPC_E_TOO_LARGE, CDRPC_ROUTE_NONE },
	{ { UINT64_MAX, INLINE_MAX, BODY_MAX, FROM, false, false, true, true }, CDRPC_E_TOO_LARGE, CDRPC_ROUTE_NONE },
	/* The limit of bodies may be below that of messages. */
	{ { 1000, INLINE_MAX, 1000, FROM, false, false, true, true }, CDRPC_OK, CDRPC_ROUTE_MESSAGE },
	{ { 1001, INLINE_MAX, 1000, FROM, false, false, true, true }, CDRPC_E_TOO_LARGE, CDRPC_ROUTE_NONE },
	/* An arena, where there is room: from a size on, or always, or for what no message takes. */
	{ { 0, INLINE_MAX, BODY_MAX, 0, false, true, true, true }, CDRPC_OK, CDRPC_ROUTE_RESIDENT },
	{ { 0, INLINE_MAX, BODY_MAX, 0, true, true, true, true }, CDRPC_OK, CDRPC_ROUTE_VALUE },
	{ { FROM - 1, INLINE_MAX, BODY_MAX, FROM, false, true, true, true }, CDRPC_OK, CDRPC_ROUTE_MESSAGE },
	{ { FROM, INLINE_MAX, BODY_MAX, FROM, false, true, true, true }, CDRPC_OK, CDRPC_ROUTE_RESIDENT },
	{ { INLINE_MAX + 1, INLINE_MAX, BODY_MAX, FROM, false, true, false, false }, CDRPC_OK, CDRPC_ROUTE_RESIDENT },
	{ { INLINE_MAX + 1, INLINE_MAX, BODY_MAX, INLINE_MAX + 2, false, true, true, false }, CDRPC_OK, CDRPC_ROUTE_SECTION },
	{ { BODY_MAX + 1, INLINE_MAX, BODY_MAX, FROM, false, true, true, true }, CDRPC_E_TOO_LARGE, CDRPC_ROUTE_NONE },
};

START_TEST(choices)
{
	const struct route_case *expected = &cases[_i];
	enum cdrpc_route route = CDRPC_ROUTE_NONE;

	ck_assert_int_eq(route_choose(&expected->facts, &route), expected->status);
	/* After a failure it is untouched. */
	ck_assert_int_eq(route, expected->route);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("route");
	TCase *tcase = tcase_create("route");

	tcase_add_loop_test(tcase, choices, 0, (int)(sizeof cases / sizeof cases[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(void)
{
	return check_main(make_suite());
}
