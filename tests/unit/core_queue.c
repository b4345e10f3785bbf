#include <string.h>

#include "calls/call.h"
#include "calls/serve.h"
#include "check_main.h"

#define CALLS 5

static struct session session;
static struct session_calls session_calls;
static struct cdrpc_call calls[CALLS];
static struct queue queue;

static void
begin(uint32_t count)
{
	uint32_t i;

	memset(&session, 0, sizeof session);
	memset(&session_calls, 0, sizeof session_calls);
	session.calls = &session_calls;
	memset(calls, 0, sizeof calls);
	queue_init(&queue);
	for (i = 0; i < count; i++) {
		calls[i].session = &session;
		calls[i].txn = i + 1;
		queue_push(&queue, &calls[i]);
	}
}

static bool
any(const struct cdrpc_call *call, const void *about)
{
	(void)call;
	(void)about;
	return true;
}

static bool
has_txn(const struct cdrpc_call *call, const void *about)
{
	return call->txn == *(const uint64_t *)about;
}

/* What is left, by transactions, one digit each. */
static uint64_t
drained(void)
{
	struct cdrpc_call *call;
	uint64_t digits = 0;

	while ((call = queue_take(&queue, any, NULL)) != NULL)
		digits = digits * 10 + call->txn;
	ck_assert_uint_eq(session_calls.queued, 0);
	ck_assert_ptr_null(queue.first);
	ck_assert_ptr_eq(queue.last, &queue.first);
	return digits;
}

START_TEST(first_in_first_out)
{
	begin(CALLS);
	ck_assert_uint_eq(session_calls.queued, CALLS);
	ck_assert_uint_eq(drained(), 12345);
	begin(0);
	ck_assert_uint_eq(drained(), 0);
}
END_TEST

/* Out of the middle, from the start, from the end; and what comes after that stands at the end. */
START_TEST(taken_by_choice)
{
	static const uint64_t left[] = { 23451, 13452, 12453, 12354, 12345 };
	uint64_t txn = (uint64_t)_i + 1;
	struct cdrpc_call *call;

	begin(CALLS);
	call = queue_take(&queue, has_txn, &txn);
	ck_assert_ptr_eq(call, &calls[_i]);
	ck_assert_uint_eq(session_calls.queued, CALLS - 1);
	ck_assert_ptr_null(queue_take(&queue, has_txn, &txn));
	queue_push(&queue, call);
	ck_assert_uint_eq(drained(), left[_i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("queue");
	TCase *tcase = tcase_create("queue");

	tcase_add_test(tcase, first_in_first_out);
	tcase_add_loop_test(tcase, taken_by_choice, 0, CALLS);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
