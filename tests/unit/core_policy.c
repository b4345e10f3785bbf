#include "check_main.h"
#include "policy.h"

/* A fact that is not known is zero, and admits nobody who is asked for it. */
START_TEST(integrity)
{
	struct policy policy = { 0 };
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
	struct policy policy = { .same_user = _i & 1 };
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
	struct policy policy = {
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

/* Only who could have written to our memory anyway; of two that are not known neither is believed. */
START_TEST(believes)
{
	struct cdrpc_peer_facts own = { 0 }, peer = { 0 };
	int ours, theirs;

	for (ours = CDRPC_INTEGRITY_ANY; ours <= CDRPC_INTEGRITY_SYSTEM; ours++) {
		for (theirs = CDRPC_INTEGRITY_ANY; theirs <= CDRPC_INTEGRITY_SYSTEM; theirs++) {
			own.integrity = (enum cdrpc_integrity)ours;
			peer.integrity = (enum cdrpc_integrity)theirs;
			ck_assert_int_eq(policy_believes(&own, &peer), ours != CDRPC_INTEGRITY_ANY && theirs >= ours);
		}
	}
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
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
