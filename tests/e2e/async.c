/* Calls that nobody waits for, to another process: callbacks, an event, cancelling, deadlines, a server that ends. */
#include <string.h>

#include "side.h"

static struct proc *helper;
static struct cdrpc_client *client;
static bool messages;

static struct {
	uint32_t count;
	uint32_t in_message;
	cdrpc_status status;
	uint32_t sum;
} done;

static void
begin(void)
{
	struct cdrpc_client_options options = { .connect_timeout_ms = 20000, .call_timeout_ms = 20000 };
	char name[CDRPC_NAME_MAX + 1];

	memset(&done, 0, sizeof done);
	helper = proc_start("side");
	helper->words[SIDE_MESSAGES] = messages;
	proc_signal(helper);
	proc_await(helper);
	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, &options, &client), CDRPC_OK);
}

static void
end(void)
{
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(helper), 0);
}

static void
on_added(void *self, struct cdrpc_pending *pending)
{
	uint32_t sum = 0;

	ck_assert_ptr_eq(self, &done);
	done.in_message += side_in_message();
	done.status = duplex_add_finish(pending, &sum);
	done.sum += sum;
	done.count++;
}

static struct cdrpc_pending *
add_begun(uint32_t a, uint32_t b)
{
	struct cdrpc_pending *pending = NULL;

	ck_assert_int_eq(duplex_add_begin(client, a, b, &pending), CDRPC_OK);
	return pending;
}

/* The server is in its handler when this returns, and handles nothing but sent messages. */
static struct cdrpc_pending *
blocked(void)
{
	struct cdrpc_pending *pending = NULL;

	ck_assert_int_eq(duplex_block_begin(client, &pending), CDRPC_OK);
	proc_await(helper);
	return pending;
}

static void
unblocked(struct cdrpc_pending *block)
{
	cdrpc_pending_cancel(block);
	proc_await(helper);
	ck_assert_int_eq(duplex_block_finish(block), CDRPC_E_CANCELLED);
}

START_TEST(told_from_the_loop)
{
	uint32_t i, sum;

	begin();
	for (i = 0; i < 20; i++)
		ck_assert_int_eq(cdrpc_pending_notify(add_begun(i, 1), on_added, &done), CDRPC_OK);
	ck_assert_int_eq(duplex_add(client, 1, 2, &sum), CDRPC_OK);
	ck_assert_uint_eq(done.count, 0);
	side_pump(&done.count, 20);
	ck_assert_uint_eq(done.sum, 190 + 20);
	ck_assert_uint_eq(done.in_message, 0);
	ck_assert_int_eq(done.status, CDRPC_OK);
	end();
}
END_TEST

START_TEST(finished_before_it_was_told)
{
	struct cdrpc_pending *first, *second;
	uint32_t sum;

	begin();
	first = add_begun(1, 2);
	second = add_begun(3, 4);
	ck_assert_int_eq(cdrpc_pending_notify(first, on_added, &done), CDRPC_OK);
	ck_assert_int_eq(cdrpc_pending_notify(second, on_added, &done), CDRPC_OK);
	ck_assert_int_eq(duplex_add_finish(first, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 3);
	side_pump(&done.count, 1);
	ck_assert_uint_eq(done.sum, 7);
	end();
}
END_TEST

START_TEST(told_of_the_deadline)
{
	struct cdrpc_pending *block;
	ULONGLONG before = GetTickCount64();

	begin();
	block = blocked();
	cdrpc_client_set_timeout(client, 300);
	ck_assert_int_eq(cdrpc_pending_notify(add_begun(1, 2), on_added, &done), CDRPC_OK);
	side_pump(&done.count, 1);
	ck_assert_int_eq(done.status, CDRPC_E_TIMEOUT);
	ck_assert_uint_eq(done.in_message, 0);
	ck_assert_uint_ge(GetTickCount64() - before, 300);
	cdrpc_client_set_timeout(client, 0);
	unblocked(block);
	end();
}
END_TEST

START_TEST(told_of_the_servers_end)
{
	struct cdrpc_pending *block;

	begin();
	block = blocked();
	ck_assert_int_eq(cdrpc_pending_notify(add_begun(1, 2), on_added, &done), CDRPC_OK);
	proc_kill(helper);
	side_pump(&done.count, 1);
	ck_assert_int_eq(done.status, CDRPC_E_PEER_DIED);
	ck_assert_int_eq(duplex_block_finish(block), CDRPC_E_PEER_DIED);
	cdrpc_client_free(client);
	proc_finish(helper);
}
END_TEST

/* A thread that has no message loop waits for the event. */
START_TEST(by_event)
{
	struct cdrpc_pending *pending;
	HANDLE event = NULL;
	uint32_t i, sum = 0;

	begin();
	for (i = 0; i < 50; i++) {
		pending = add_begun(i, 2);
		if (messages) {
			ck_assert_int_eq(cdrpc_pending_event(pending, &event), CDRPC_E_NOT_AVAILABLE);
		} else {
			ck_assert_int_eq(cdrpc_pending_event(pending, &event), CDRPC_OK);
			while (!cdrpc_pending_is_done(pending))
				ck_assert_uint_eq(WaitForSingleObject(event, PROC_PATIENCE_MS), WAIT_OBJECT_0);
		}
		ck_assert_int_eq(duplex_add_finish(pending, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, i + 2);
	}
	end();
}
END_TEST

START_TEST(cancelled_in_the_queue)
{
	struct cdrpc_pending *block, *queued;
	uint32_t sum = 5, count = 9;

	begin();
	block = blocked();
	queued = add_begun(1, 2);
	cdrpc_pending_cancel(queued);
	ck_assert(cdrpc_pending_is_done(queued));
	ck_assert_int_eq(duplex_add_finish(queued, &sum), CDRPC_E_CANCELLED);
	ck_assert_uint_eq(sum, 5);
	/* The words of both travel in their order. */
	unblocked(block);
	ck_assert_int_eq(duplex_added(client, &count), CDRPC_OK);
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(duplex_add(client, 1, 2, &sum), CDRPC_OK);
	ck_assert_int_eq(duplex_added(client, &count), CDRPC_OK);
	ck_assert_uint_eq(count, 1);
	end();
}
END_TEST

START_TEST(cancelled_while_kept)
{
	struct cdrpc_pending *pending = NULL;
	ULONGLONG until = GetTickCount64() + PROC_PATIENCE_MS;
	uint32_t same = 7, sum;
	int32_t status = 1;
	bool yes = true;

	begin();
	ck_assert_int_eq(duplex_keep_begin(client, 5, &pending), CDRPC_OK);
	proc_await(helper);
	ck_assert_int_eq(duplex_kept_is_cancelled(client, &yes), CDRPC_OK);
	ck_assert(!yes);
	cdrpc_pending_cancel(pending);
	while (!yes && GetTickCount64() < until)
		ck_assert_int_eq(duplex_kept_is_cancelled(client, &yes), CDRPC_OK);
	ck_assert(yes);
	/* The server still ends it, to nobody's harm. */
	ck_assert_int_eq(duplex_answer_kept(client, &status), CDRPC_OK);
	ck_assert_int_eq(status, CDRPC_OK);
	ck_assert_int_eq(duplex_keep_finish(pending, &same), CDRPC_E_CANCELLED);
	ck_assert_uint_eq(same, 7);
	ck_assert_int_eq(duplex_add(client, 1, 2, &sum), CDRPC_OK);
	end();
}
END_TEST

/* A worker that looks at nothing is told, by a cancel, by the deadline, and by the client's end. */
START_TEST(a_keeper_is_told)
{
	struct cdrpc_client *other = NULL;
	struct cdrpc_pending *pending = NULL;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t right, wrong, i;
	cdrpc_status status;

	begin();
	helper->words[SIDE_SESSIONS] = 2;
	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, NULL, &other), CDRPC_OK);
	for (i = 0; i < 3; i++) {
		cdrpc_client_set_timeout(other, i == 1 ? 500 : PROC_NEVER_MS);
		ck_assert_int_eq(duplex_work_on_begin(other, &pending), CDRPC_OK);
		proc_await(helper);
		if (i == 0)
			cdrpc_pending_cancel(pending);
		if (i == 2)
			cdrpc_client_free(other);
		/* The worker has ended. */
		proc_await(helper);
		status = duplex_work_on_finish(pending);
		if (i == 1)
			ck_assert(status == CDRPC_E_ABANDONED || status == CDRPC_E_TIMEOUT);
		else
			ck_assert_int_eq(status, i == 0 ? CDRPC_E_CANCELLED : CDRPC_E_CLOSED);
		ck_assert_int_eq(duplex_notified(client, &right, &wrong), CDRPC_OK);
		ck_assert_uint_eq(right, i + 1);
		ck_assert_uint_eq(wrong, 0);
	}
	end();
}
END_TEST

START_TEST(client_freed_with_pending_calls)
{
	struct cdrpc_pending *pendings[6], *block;
	uint32_t sum = 5;
	int i;

	begin();
	block = blocked();
	for (i = 0; i < 6; i++) {
		pendings[i] = add_begun(1, 2);
		if (i % 2)
			ck_assert_int_eq(cdrpc_pending_notify(pendings[i], on_added, &done), CDRPC_OK);
	}
	cdrpc_client_free(client);
	proc_await(helper);
	for (i = 0; i < 6; i++)
		ck_assert_int_eq(duplex_add_finish(pendings[i], &sum), CDRPC_E_CLOSED);
	ck_assert_int_eq(duplex_block_finish(block), CDRPC_E_CLOSED);
	ck_assert_uint_eq(sum, 5);
	ck_assert_uint_eq(done.count, 0);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

START_TEST(nothing_is_left_behind)
{
	struct leaks before, after, own_before, own_after;
	struct cdrpc_pending *block, *pending;
	uint32_t round, sum;

	begin();
	for (round = 0; round < 8; round++) {
		block = blocked();
		pending = add_begun(1, 2);
		ck_assert_int_eq(cdrpc_pending_notify(add_begun(1, 2), on_added, &done), CDRPC_OK);
		cdrpc_pending_cancel(pending);
		ck_assert_int_eq(duplex_add_finish(pending, &sum), CDRPC_E_CANCELLED);
		unblocked(block);
		side_pump(&done.count, round + 1);
		if (round == 3) {
			ck_assert(leaks_count(helper->process, &before));
			ck_assert(leaks_count(GetCurrentProcess(), &own_before));
		}
	}
	ck_assert(leaks_count(helper->process, &after));
	ck_assert(leaks_count(GetCurrentProcess(), &own_after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	ck_assert_uint_eq(own_after.handles, own_before.handles);
	ck_assert_uint_eq(own_after.views, own_before.views);
	end();
}
END_TEST

static void
with_arenas(void)
{
	messages = false;
}

static void
with_messages(void)
{
	messages = true;
}

static void
add(Suite *suite, const char *name, void (*fixture)(void))
{
	TCase *tcase = tcase_create(name);

	tcase_add_unchecked_fixture(tcase, fixture, NULL);
	tcase_add_test(tcase, told_from_the_loop);
	tcase_add_test(tcase, finished_before_it_was_told);
	tcase_add_test(tcase, told_of_the_deadline);
	tcase_add_test(tcase, told_of_the_servers_end);
	tcase_add_test(tcase, by_event);
	tcase_add_test(tcase, cancelled_in_the_queue);
	tcase_add_test(tcase, cancelled_while_kept);
	tcase_add_test(tcase, a_keeper_is_told);
	tcase_add_test(tcase, client_freed_with_pending_calls);
	tcase_add_test(tcase, nothing_is_left_behind);
	suite_add_tcase(suite, tcase);
}

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("async");

	add(suite, "arenas", with_arenas);
	add(suite, "messages", with_messages);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
