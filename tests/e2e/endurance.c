/* Thousands of calls and sessions leave nothing behind on either side. Handles, views and the library's memory are counted exactly. */
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "service.h"

#define MANY 10000
#define MANY_LARGE 1000
#define LARGE (100 << 10)
#define HUGE_SIZE (3 << 20)     /* more than a session's arenas */

/* What the system's heap may keep for later: less than 100 bytes for each of MANY calls. */
#define HEAP_SLACK (900u << 10)

static struct serving service;
static struct heap heap;

struct count {
	struct leaks ours;
	struct leaks theirs;
	uint64_t blocks;        /* of the server's */
	uint64_t bytes;
};

/* What the server's sender has sent it frees a moment after it is here: so until nothing changes any more. */
static void
tell_heap(uint64_t *ret_blocks, uint64_t *ret_bytes)
{
	const volatile uint64_t *words = service.proc->words;
	uint32_t same = 0;

	*ret_blocks = *ret_bytes = 0;
	while (same < 20) {
		service_do(&service, SERVICE_TELL, 0);
		same = words[SERVICE_HEAP_BLOCKS] == *ret_blocks && words[SERVICE_HEAP_BYTES] == *ret_bytes ? same + 1 : 0;
		*ret_blocks = words[SERVICE_HEAP_BLOCKS];
		*ret_bytes = words[SERVICE_HEAP_BYTES];
	}
}

static void
count(struct count *ret_count)
{
	/* The answer to the last call may be here before its sender has closed what it sent. */
	service_do(&service, SERVICE_SETTLE, 0);
	ck_assert(leaks_count(GetCurrentProcess(), &ret_count->ours));
	ck_assert(leaks_count(service.proc->process, &ret_count->theirs));
	tell_heap(&ret_count->blocks, &ret_count->bytes);
}

static void
check_side(const char *side, const struct leaks *before, const struct leaks *after)
{
	ck_assert_msg(after->handles == before->handles, "%s: %u handles were %u", side, (unsigned)after->handles,
		      (unsigned)before->handles);
	ck_assert_msg(after->views == before->views, "%s: %u views were %u", side, (unsigned)after->views,
		      (unsigned)before->views);
	ck_assert_msg(after->private_bytes <= before->private_bytes + HEAP_SLACK, "%s: %u KiB were %u", side,
		      (unsigned)(after->private_bytes >> 10), (unsigned)(before->private_bytes >> 10));
}

static void
check(const struct count *before)
{
	struct count after;

	count(&after);
	check_side("client", &before->ours, &after.ours);
	check_side("server", &before->theirs, &after.theirs);
	ck_assert_uint_eq(after.blocks, before->blocks);
	ck_assert_uint_eq(after.bytes, before->bytes);
}

static void
connected(int arenas)
{
	static struct cdrpc_env env;

	service_start(&service, arenas ? "serve" : "serve-messages");
	memset(&heap, 0, sizeof heap);
	heap_env(&heap, &env);
	service.options.env = &env;
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
}

/* The process that waits for a command gives up when none comes for long. */
static void
stay_patient(uint32_t i)
{
	if (i % 1000 == 999)
		service_do(&service, SERVICE_TELL, 0);
}

static void
call_small(uint32_t times)
{
	uint32_t i, sum;

	for (i = 0; i < times; i++) {
		stay_patient(i);
		if (echo_add(service.client, i, 1, &sum) != CDRPC_OK || sum != i + 1)
			break;
	}
	ck_assert_uint_eq(i, times);
}

static void
call_large(uint32_t times, uint32_t size)
{
	struct cdrpc_bytes data = service_data(size);
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes same;
	uint32_t i;

	for (i = 0; i < times; i++) {
		stay_patient(i * 10 + 9);
		if (echo_send(service.client, data, &same, &reply) != CDRPC_OK || !service_data_equal(same, data))
			break;
	}
	ck_assert_uint_eq(i, times);
	cdrpc_reply_free(&reply);
	free((void *)(uintptr_t)data.data);
}

/* 10,000 calls in a row, then 1,000 large ones, then some that pass every arena. */
START_TEST(calls)
{
	struct count before;
	size_t blocks, bytes, allocations;
	uint64_t allocated;

	connected(_i);
	/* The first ones make what stays: threads, buffers, the heap's own. */
	call_small(200);
	call_large(20, LARGE);
	call_large(5, HUGE_SIZE);
	count(&before);
	blocks = heap.blocks;
	bytes = heap.bytes;

	/* Small ones take nothing from the heap, on neither side. */
	allocations = heap.allocations;
	allocated = service.proc->words[SERVICE_ALLOCATIONS];
	call_small(MANY);
	service_do(&service, SERVICE_TELL, 0);
	ck_assert_uint_eq(heap.allocations, allocations);
	ck_assert_uint_eq(service.proc->words[SERVICE_ALLOCATIONS], allocated);
	ck_assert_uint_eq(heap.blocks, blocks);
	ck_assert_uint_eq(heap.bytes, bytes);
	call_large(MANY_LARGE, LARGE);
	call_large(20, HUGE_SIZE);
	ck_assert_uint_eq(heap.blocks, blocks);
	ck_assert_uint_eq(heap.bytes, bytes);
	/* One call at a time: its request, its reply, the reply before that is still held, and the memory of its decoding. */
	ck_assert_uint_lt(heap.peak, bytes + 3 * HUGE_SIZE);
	check(&before);
	ck_assert_uint_eq(service.trace.txn, 1 + 200 + 20 + 5 + MANY + MANY_LARGE + 20);

	cdrpc_client_free(service.client);
	service.client = NULL;
	ck_assert_uint_eq(heap.blocks, 0);
	service_stop(&service);
}
END_TEST

START_TEST(sessions)
{
	struct count before;
	uint32_t sum, i;

	connected(_i);
	cdrpc_client_free(service.client);
	for (i = 0; i < 120; i++) {
		if (i == 20) {
			service_do(&service, SERVICE_AWAIT_END, i + 1);
			count(&before);
		}
		ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
		ck_assert_int_eq(echo_add(service.client, i, 1, &sum), CDRPC_OK);
		if (i % 10 == 0)
			call_large(1, LARGE);
		cdrpc_client_free(service.client);
		service.client = NULL;
		ck_assert_uint_eq(heap.blocks, 0);
	}
	service_do(&service, SERVICE_AWAIT_END, i + 1);
	check(&before);
	ck_assert_uint_eq(service_stats(&service).sessions, 0);
	service_stop(&service);
}
END_TEST

/* Calls that fail leave no more than those that succeed. */
START_TEST(failures)
{
	struct count before;
	uint32_t value, i;

	connected(_i);
	for (i = 0; i < 600; i++) {
		if (i == 100)
			count(&before);
		ck_assert_int_eq(echo_end(service.client, ECHO_FAILURE_FIRST), ECHO_FAILURE_FIRST);
		ck_assert_int_eq(echo_end_inline(service.client, CDRPC_E_BUSY), CDRPC_E_BUSY);
		ck_assert_int_eq(echo_absent(service.client, &value), CDRPC_E_NOT_IMPLEMENTED);
		ck_assert_int_eq(echo_missing_call(service.client), CDRPC_E_NO_INTERFACE);
		ck_assert_int_eq(echo_later(service.client), CDRPC_E_NOT_IMPLEMENTED);
	}
	check(&before);
	service_stop(&service);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("endurance");
	TCase *tcase = tcase_create("endurance");

	tcase_add_loop_test(tcase, calls, 0, 2);
	tcase_add_loop_test(tcase, sessions, 0, 2);
	tcase_add_loop_test(tcase, failures, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
