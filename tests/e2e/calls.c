/* Calls between two processes: every route, every kind of status, what cannot be called. */
#include <stdlib.h>
#include <string.h>

#include "service.h"

/* A body of bytes is the u32 of its size; the data goes into the blob area, padded to 8. */
#define BODY_FIXED 4
#define INLINE_MAX 65536
#define RESIDENT_FROM 4096
/* What the arenas of a session take for sure. */
#define RESIDENT_SURE 400000

static struct serving service;
static bool arenas;

static void
connected(void)
{
	service_connect(&service, arenas ? "serve" : "serve-messages");
}

static uint64_t
bytes_of(uint32_t size)
{
	return BODY_FIXED + ((uint64_t)size + 7) / 8 * 8;
}

/* The size that counts for the route: the body is padded to 8, too. */
static enum cdrpc_route
route_of(uint32_t size, uint32_t resident_from)
{
	uint64_t total = bytes_of(size) + 8 - BODY_FIXED;

	if (size == 0)
		total = BODY_FIXED;
	if (arenas && total >= resident_from && total < RESIDENT_SURE)
		return CDRPC_ROUTE_RESIDENT;
	return total > INLINE_MAX ? CDRPC_ROUTE_SECTION : CDRPC_ROUTE_MESSAGE;
}

static void
check_trace(const char *method, enum cdrpc_route request, enum cdrpc_route reply, uint64_t request_bytes,
	    uint64_t reply_bytes, cdrpc_status status)
{
	const struct cdrpc_call_trace *trace = &service.trace;

	ck_assert_str_eq(trace->interface_name, "test.echo.Echo");
	ck_assert_str_eq(trace->method_name, method);
	ck_assert_str_eq(cdrpc_route_name(trace->request_route), cdrpc_route_name(request));
	ck_assert_str_eq(cdrpc_route_name(trace->reply_route), cdrpc_route_name(reply));
	ck_assert_uint_eq(trace->request_bytes, request_bytes);
	ck_assert_uint_eq(trace->reply_bytes, reply_bytes);
	ck_assert_int_eq(trace->status, status);
}

static const struct sender {
	cdrpc_status (*send)(struct cdrpc_client *client, struct cdrpc_bytes data, struct cdrpc_bytes *ret_same,
			     struct cdrpc_reply *reply);
	const char *name;
	bool secret;    /* no arena for it */
} senders[] = {
	{ echo_send, "send", false },
	{ echo_send_inline, "send_inline", false },
	{ echo_send_secret, "send_secret", true },
};

static const uint32_t sizes[] = {
	0, 1, 20, RESIDENT_FROM - 16, RESIDENT_FROM - 8, INLINE_MAX - 16, INLINE_MAX - 8, INLINE_MAX - 7, 100 << 10, 20 << 20,
};

enum { SIZES = sizeof sizes / sizeof sizes[0], SENDERS = sizeof senders / sizeof senders[0] };

START_TEST(bytes_there_and_back)
{
	const struct sender *sender = &senders[_i];
	struct cdrpc_reply reply = { 0 };
	uint64_t replies[CDRPC_ROUTE_CHUNKS + 1] = { 0 };
	enum cdrpc_route request, answer;
	struct cdrpc_stats stats;
	struct cdrpc_bytes data, same;
	int i;

	connected();
	for (i = 0; i < SIZES; i++) {
		data = service_data(sizes[i]);
		request = route_of(sizes[i], sender->secret ? UINT32_MAX : RESIDENT_FROM);
		answer = route_of(sizes[i], sender->secret ? UINT32_MAX : 0);
		ck_assert_int_eq(sender->send(service.client, data, &same, &reply), CDRPC_OK);
		ck_assert(service_data_equal(same, data));
		check_trace(sender->name, request, answer, bytes_of(sizes[i]), bytes_of(sizes[i]), CDRPC_OK);
		ck_assert_uint_eq(service.trace.txn, (uint64_t)i + 2);
		replies[answer]++;
		free((void *)(uintptr_t)data.data);
	}
	cdrpc_reply_free(&reply);
	stats = service_stats(&service);
	ck_assert_uint_eq(stats.calls, SIZES);
	ck_assert_uint_eq(stats.refused_frames, 0);
	ck_assert_uint_eq(stats.refused_calls, 0);
	ck_assert_uint_eq(stats.replies_by_value, 0);
	ck_assert_uint_eq(stats.replies_by_section, replies[CDRPC_ROUTE_SECTION]);
	/* The answer to OPEN is none of the calls'. */
	ck_assert_uint_eq(stats.replies_by_message, replies[CDRPC_ROUTE_MESSAGE]);
	ck_assert_uint_eq(stats.sessions, 1);
	service_stop(&service);
}
END_TEST

/* One direction large, the other small. */
START_TEST(bytes_one_way)
{
	struct cdrpc_reply reply = { 0 };
	enum cdrpc_route small = arenas ? CDRPC_ROUTE_RESIDENT : CDRPC_ROUTE_MESSAGE;
	struct cdrpc_bytes data, got;
	uint32_t sum;
	int i;

	connected();
	for (i = 0; i < SIZES; i++) {
		data = service_data(sizes[i]);
		ck_assert_int_eq(echo_fetch(service.client, sizes[i], &got, &reply), CDRPC_OK);
		ck_assert(service_data_equal(got, data));
		check_trace("fetch", CDRPC_ROUTE_MESSAGE, route_of(sizes[i], 0), 4, bytes_of(sizes[i]), CDRPC_OK);
		ck_assert_int_eq(echo_store(service.client, data, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, service_sum(data));
		check_trace("store", route_of(sizes[i], RESIDENT_FROM), small, bytes_of(sizes[i]), 4, CDRPC_OK);
		free((void *)(uintptr_t)data.data);
	}
	cdrpc_reply_free(&reply);
	service_stop(&service);
}
END_TEST

static bool
is_mapped(const void *at)
{
	MEMORY_BASIC_INFORMATION info;

	return VirtualQuery(at, &info, sizeof info) && info.Type == MEM_MAPPED;
}

/* Written where it travels, and read there. What was mapped for it goes with the reply. */
START_TEST(bytes_in_place)
{
	struct cdrpc_reply reply = { 0 };
	struct leaks before, after;
	struct cdrpc_bytes data, got;
	enum cdrpc_route route;
	struct cdrpc_buffer *buffer = NULL;
	uint32_t sum;
	int i, round;

	connected();
	for (round = 0; round < 2; round++) {
		ck_assert(leaks_count(GetCurrentProcess(), round ? &after : &before));
		for (i = 0; i < SIZES; i++) {
			data = service_data(sizes[i]);
			route = route_of(sizes[i], 0);
			ck_assert_int_eq(echo_fetch_in_place(service.client, sizes[i], &got, &reply), CDRPC_OK);
			ck_assert(service_data_equal(got, data));
			check_trace("fetch_in_place", CDRPC_ROUTE_MESSAGE, route, 4, bytes_of(sizes[i]), CDRPC_OK);
			ck_assert(sizes[i] == 0 || is_mapped(got.data) == (route != CDRPC_ROUTE_MESSAGE));
			ck_assert_int_eq(cdrpc_buffer_new(service.client, sizes[i], &buffer), CDRPC_OK);
			ck_assert(is_mapped(cdrpc_buffer_data(buffer)) == (arenas || route != CDRPC_ROUTE_MESSAGE));
			service_fill(cdrpc_buffer_data(buffer), sizes[i]);
			ck_assert_int_eq(echo_store_in_place(service.client, cdrpc_buffer_send(buffer, sizes[i]), &sum), CDRPC_OK);
			cdrpc_buffer_free(buffer);
			ck_assert_uint_eq(sum, service_sum(data));
			if (sizes[i] == 0)
				route = CDRPC_ROUTE_MESSAGE;
			ck_assert_str_eq(cdrpc_route_name(service.trace.request_route), cdrpc_route_name(route));
			free((void *)(uintptr_t)data.data);
		}
		cdrpc_reply_free(&reply);
	}
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	ck_assert_uint_eq(after.handles, before.handles);
	ck_assert_uint_eq(after.views, before.views);
	service_stop(&service);
}
END_TEST

/* One large body each way by sections of their own; with them the arenas have grown, and the next ones are there. */
START_TEST(large_bodies_stay_in_the_arenas)
{
	static const struct {
		const char *role;
		uint32_t limit;
		uint32_t size;
	} cases[] = { { "serve", 0, 4 << 20 }, { "serve-wide", SERVICE_WIDE, 64 << 20 } };
	struct cdrpc_reply reply = { 0 };
	struct leaks before, after;
	struct cdrpc_limits limits = { 0 };
	enum cdrpc_route route;
	struct cdrpc_bytes got;
	struct cdrpc_buffer *buffer = NULL;
	uint32_t expected, sum, size = cases[_i].size, i;

	service_start(&service, cases[_i].role);
	limits.resident_max = cases[_i].limit;
	service.options.limits = &limits;
	ck_assert_int_eq(cdrpc_client_connect(service.name, &service.options, &service.client), CDRPC_OK);
	ck_assert(leaks_count(GetCurrentProcess(), &before));
	for (i = 0; i < 4; i++) {
		route = i == 0 ? CDRPC_ROUTE_SECTION : CDRPC_ROUTE_RESIDENT;
		ck_assert_int_eq(echo_fetch_in_place(service.client, size, &got, &reply), CDRPC_OK);
		check_trace("fetch_in_place", CDRPC_ROUTE_MESSAGE, route, 4, bytes_of(size), CDRPC_OK);
		ck_assert_uint_eq(got.size, size);
		ck_assert(is_mapped(got.data) == (i > 0));
		expected = service_sum(got);
		/* What is read in place takes room in the arena until it is freed. */
		cdrpc_reply_free(&reply);
		ck_assert_int_eq(cdrpc_buffer_new(service.client, size, &buffer), CDRPC_OK);
		service_fill(cdrpc_buffer_data(buffer), size);
		ck_assert_uint_eq(service_sum((struct cdrpc_bytes){ cdrpc_buffer_data(buffer), size }), expected);
		ck_assert_int_eq(echo_store_in_place(service.client, cdrpc_buffer_send(buffer, size), &sum), CDRPC_OK);
		cdrpc_buffer_free(buffer);
		ck_assert_uint_eq(sum, expected);
		ck_assert_str_eq(cdrpc_route_name(service.trace.request_route), cdrpc_route_name(route));
	}
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	ck_assert_uint_eq(after.views, before.views + 2);
	ck_assert_uint_eq(after.handles, before.handles + 2);
	service_stop(&service);
	ck_assert(leaks_count(GetCurrentProcess(), &after));
	ck_assert_uint_lt(after.views, before.views);
}
END_TEST

START_TEST(sums)
{
	uint32_t sum, i;

	connected();
	for (i = 0; i < 100; i++) {
		ck_assert_int_eq(echo_add(service.client, i, 1000, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, i + 1000);
		ck_assert_int_eq(echo_add_inline(service.client, i, UINT32_MAX, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, i - 1);
	}
	ck_assert_uint_eq(service.traces, 200);
	ck_assert_uint_eq(service_stats(&service).calls, 200);
	service_stop(&service);
}
END_TEST

static const struct {
	cdrpc_status given;
	cdrpc_status arrives;
} statuses[] = {
	{ CDRPC_OK, CDRPC_OK },
	{ ECHO_FAILURE_FIRST, ECHO_FAILURE_FIRST },
	{ ECHO_FAILURE_LAST, ECHO_FAILURE_LAST },
	{ 65536, CDRPC_E_HANDLER },
	{ CDRPC_E_BUSY, CDRPC_E_BUSY },
	{ CDRPC_E_REFUSED, CDRPC_E_REFUSED },
	{ CDRPC_E_PEER_DIED, CDRPC_E_HANDLER },
	{ CDRPC_E_ARGUMENT, CDRPC_E_HANDLER },
	{ CDRPC_KEPT, CDRPC_E_HANDLER },
};

START_TEST(statuses_of_handlers)
{
	enum cdrpc_route small = arenas ? CDRPC_ROUTE_RESIDENT : CDRPC_ROUTE_MESSAGE;
	uint64_t by_value = 0;
	cdrpc_status arrives;
	size_t i;

	connected();
	for (i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
		arrives = statuses[i].arrives;
		ck_assert_int_eq(echo_end(service.client, statuses[i].given), arrives);
		check_trace("end", CDRPC_ROUTE_MESSAGE, small, 4, 0, arrives);
		ck_assert_int_eq(echo_end_inline(service.client, statuses[i].given), arrives);
		check_trace("end_inline", CDRPC_ROUTE_MESSAGE, arrives >= 0 ? CDRPC_ROUTE_VALUE : small, 4, 0, arrives);
		by_value += arrives >= 0;
	}
	ck_assert_uint_eq(service_stats(&service).replies_by_value, by_value);
	service_stop(&service);
}
END_TEST

START_TEST(methods_without_an_answer)
{
	uint32_t value = 5, traces;

	connected();
	ck_assert_int_eq(echo_forget(service.client, &value), CDRPC_E_HANDLER);
	ck_assert_int_eq(echo_absent(service.client, &value), CDRPC_E_NOT_IMPLEMENTED);
	traces = service.traces;
	ck_assert_int_eq(echo_missing_call(service.client), CDRPC_E_NO_INTERFACE);
	ck_assert_uint_eq(service.traces, traces);
	ck_assert_uint_eq(value, 5);
	ck_assert_int_eq(echo_note(service.client, 30), CDRPC_OK);
	ck_assert_int_eq(service.trace.reply_route, CDRPC_ROUTE_NONE);
	ck_assert_int_eq(echo_note(service.client, 12), CDRPC_OK);
	ck_assert_int_eq(echo_noted(service.client, &value), CDRPC_OK);
	ck_assert_uint_eq(value, 42);
	service_stop(&service);
}
END_TEST

START_TEST(a_server_of_an_older_version)
{
	uint32_t sum;

	service_connect(&service, "serve-old");
	ck_assert_int_eq(echo_add(service.client, 2, 3, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 5);
	/* Known to be of version 2, so nothing is sent. */
	ck_assert_int_eq(echo_later(service.client), CDRPC_E_VERSION);
	/* Said to be of version 1, but the server does not have it. */
	ck_assert_int_eq(echo_end(service.client, 0), CDRPC_E_NO_METHOD);
	ck_assert_uint_eq(service.traces, 2);
	ck_assert_uint_eq(service_stats(&service).refused_calls, 1);
	service_stop(&service);
}
END_TEST

START_TEST(callers_are_known)
{
	uint32_t process_id, thread_id, integrity;
	bool same_user;

	connected();
	ck_assert_int_eq(echo_who(service.client, &process_id, &thread_id, &same_user, &integrity), CDRPC_OK);
	ck_assert_uint_eq(process_id, GetCurrentProcessId());
	ck_assert_uint_eq(thread_id, GetCurrentThreadId());
	ck_assert(same_user);
	ck_assert_uint_ge(integrity, CDRPC_INTEGRITY_LOW);
	service_stop(&service);
}
END_TEST

static void
with_arenas(void)
{
	arenas = true;
}

static void
without_arenas(void)
{
	arenas = false;
}

static void
add(Suite *suite, const char *name, void (*fixture)(void))
{
	TCase *tcase = tcase_create(name);

	tcase_add_unchecked_fixture(tcase, fixture, NULL);
	tcase_add_loop_test(tcase, bytes_there_and_back, 0, SENDERS);
	tcase_add_test(tcase, bytes_one_way);
	tcase_add_test(tcase, bytes_in_place);
	tcase_add_test(tcase, sums);
	tcase_add_test(tcase, statuses_of_handlers);
	tcase_add_test(tcase, methods_without_an_answer);
	tcase_add_test(tcase, callers_are_known);
	suite_add_tcase(suite, tcase);
}

static const char *const loops[] = { "serve", "serve-messages", "serve-window" };

START_TEST(where_handlers_run)
{
	uint32_t remaining, i;
	bool in_message;

	service_connect(&service, loops[_i]);
	for (i = 0; i < 20; i++) {
		ck_assert_int_eq(echo_place(service.client, &in_message, &remaining), CDRPC_OK);
		ck_assert(!in_message);
		ck_assert_int_eq(echo_place_inline(service.client, &in_message, &remaining), CDRPC_OK);
		ck_assert(in_message);
	}
	service_stop(&service);
}
END_TEST

/* What was said when it was called, less what the call has taken until then by the clock of deadlines, to which each side adds a tick.
 * Each rounds up. */
static void
check_remaining(cdrpc_status (*place)(struct cdrpc_client *client, bool *ret_in_message, uint32_t *ret_remaining), uint32_t timeout_ms)
{
	ULONGLONG began = 0, ended = 0;
	uint32_t remaining;
	bool in_message;

	QueryUnbiasedInterruptTime(&began);
	ck_assert_int_eq(place(service.client, &in_message, &remaining), CDRPC_OK);
	QueryUnbiasedInterruptTime(&ended);
	ck_assert_uint_le(remaining, timeout_ms + 32);
	ck_assert_uint_ge(remaining + (ended - began) / 10000 + 1, timeout_ms + 32);
}

/* As the interface states it, as the client's options do, and as the client has set it. */
START_TEST(the_deadline_arrives)
{
	static const uint32_t timeouts[] = { 3000, 60000, 3600000 };
	size_t i;

	service_connect(&service, loops[_i]);
	check_remaining(echo_place, 7000);
	check_remaining(echo_place_inline, service.options.call_timeout_ms);
	for (i = 0; i < sizeof timeouts / sizeof timeouts[0]; i++) {
		cdrpc_client_set_timeout(service.client, timeouts[i]);
		check_remaining(echo_place, timeouts[i]);
		check_remaining(echo_place_inline, timeouts[i]);
	}
	service_stop(&service);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("calls");
	TCase *tcase = tcase_create("versions"), *handlers = tcase_create("handlers");

	add(suite, "messages", without_arenas);
	add(suite, "arenas", with_arenas);
	tcase_add_test(tcase, a_server_of_an_older_version);
	tcase_add_loop_test(tcase, large_bodies_stay_in_the_arenas, 0, 2);
	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(handlers, where_handlers_run, 0, 3);
	tcase_add_loop_test(handlers, the_deadline_arrives, 0, 3);
	suite_add_tcase(suite, handlers);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
