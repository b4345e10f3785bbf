#include "check_main.h"
#include "session/policy.h"

/* A fact that is not known is zero, and admits nobody who is asked for it. */
START_TEST(integrity)
{
	struct cdrpc_policy policy = { 0 };
	struct cdrpc_peer_facts facts = { 0 };
	int asked, level;

	for (asked = CDRPC_INTEGRITY_ANY; asked <= CDRPC_INTEGRITY_SYSTEM; asked++) {
		for (level = CDRPC_INTEGRITY_ANY; level <= CDRPC_INTEGRITY_SYSTEM; level++) {
			policy.min_integrity = (enum cdrpc_integrity)asked;
			facts.integrity = (enum cdrpc_integrity)level;
			ck_assert_int_eq(policy_admits(&policy, &facts), level >= asked);
		}
	}
}
END_TEST

START_TEST(user)
{
	struct cdrpc_policy policy = { .same_user = _i & 1 };
	struct cdrpc_peer_facts facts = { .same_user = _i & 2 };

	ck_assert_int_eq(policy_admits(&policy, &facts), _i != 1);
}
END_TEST

static uint32_t asked;

static bool
is_seven(void *self, const struct cdrpc_peer_facts *facts)
{
	ck_assert_ptr_eq(self, &asked);
	asked++;
	return facts->process_id == 7;
}

/* The program is asked last, about those only whom the rest admits. */
START_TEST(authorise)
{
	struct cdrpc_policy policy = {
		.min_integrity = CDRPC_INTEGRITY_MEDIUM, .same_user = true, .authorise = is_seven, .authorise_self = &asked,
	};
	struct cdrpc_peer_facts facts = { .process_id = 7, .integrity = CDRPC_INTEGRITY_MEDIUM, .same_user = true };

	asked = 0;
	ck_assert(policy_admits(&policy, &facts));
	ck_assert_uint_eq(asked, 1);
	facts.process_id = 8;
	ck_assert(!policy_admits(&policy, &facts));
	ck_assert_uint_eq(asked, 2);
	facts.process_id = 7;
	facts.same_user = false;
	ck_assert(!policy_admits(&policy, &facts));
	facts.same_user = true;
	facts.integrity = CDRPC_INTEGRITY_ANY;
	ck_assert(!policy_admits(&policy, &facts));
	ck_assert_uint_eq(asked, 2);
}
END_TEST

/* Only who could have written to our memory anyway: whoever is of our user and, by Windows' own count, not below us. Of two that are not
 * known neither is believed. */
START_TEST(believes)
{
	static const uint32_t levels[] = { 0, 0x1000, 0x2000, 0x2010, 0x2100, 0x3000, 0x4000 };
	enum { LEVELS = sizeof levels / sizeof levels[0] };
	struct cdrpc_peer_facts own = { 0 }, peer = { 0 };
	int ours, theirs;

	for (ours = 0; ours < LEVELS; ours++) {
		for (theirs = 0; theirs < LEVELS; theirs++) {
			own.integrity_rid = levels[ours];
			peer.integrity_rid = levels[theirs];
			peer.same_user = true;
			ck_assert_int_eq(policy_believes(&own, &peer), ours != 0 && theirs >= ours);
			peer.same_user = false;
			ck_assert(!policy_believes(&own, &peer));
		}
	}
}
END_TEST

/* The window is opened for those only whom the system would keep away. */
START_TEST(admits_lower)
{
	static const struct {
		enum cdrpc_integrity asked;
		uint32_t own;
		bool lower;
	} cases[] = {
		{ CDRPC_INTEGRITY_ANY, 0x3000, false }, { CDRPC_INTEGRITY_LOW, 0x3000, true },
		{ CDRPC_INTEGRITY_MEDIUM, 0x3000, true }, { CDRPC_INTEGRITY_HIGH, 0x3000, false },
		{ CDRPC_INTEGRITY_SYSTEM, 0x3000, false }, { CDRPC_INTEGRITY_MEDIUM, 0x2000, false },
		{ CDRPC_INTEGRITY_MEDIUM, 0x2010, true }, { CDRPC_INTEGRITY_LOW, 0x1000, false },
		{ CDRPC_INTEGRITY_LOW, 0, true }, { CDRPC_INTEGRITY_ANY, 0, false },
	};
	struct cdrpc_policy policy = { .min_integrity = cases[_i].asked };
	struct cdrpc_peer_facts own = { .integrity_rid = cases[_i].own };

	ck_assert_int_eq(policy_admits_lower(&policy, &own), cases[_i].lower);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("policy");
	TCase *tcase = tcase_create("policy");

	tcase_add_test(tcase, integrity);
	tcase_add_loop_test(tcase, user, 0, 4);
	tcase_add_test(tcase, authorise);
	tcase_add_test(tcase, believes);
	tcase_add_loop_test(tcase, admits_lower, 0, 10);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
