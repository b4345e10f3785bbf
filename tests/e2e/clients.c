/* Many clients of one server: on one thread, on many, in processes of their own; and client and server in one process. */
#include <stdio.h>
#include <stdlib.h>

#include "service.h"

#define THREADS 8
#define CALLS 200

static struct serving service;

START_TEST(two_on_one_thread)
{
	struct cdrpc_client *second = NULL;
	struct cdrpc_pending *ours = NULL, *theirs = NULL;
	uint32_t sum, i;

	service_connect(&service, _i ? "serve" : "serve-messages");
	ck_assert_int_eq(cdrpc_client_connect(service.name, NULL, &second), CDRPC_OK);
	for (i = 0; i < 20; i++) {
		ck_assert_int_eq(echo_add_begin(service.client, i, 1, &ours), CDRPC_OK);
		ck_assert_int_eq(echo_add_begin(second, i, 2, &theirs), CDRPC_OK);
		ck_assert_int_eq(echo_add_finish(theirs, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, i + 2);
		ck_assert_int_eq(echo_add_finish(ours, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, i + 1);
	}
	ck_assert_uint_eq(service_stats(&service).sessions, 2);
	cdrpc_client_free(second);
	ck_assert_int_eq(echo_add(service.client, 1, 1, &sum), CDRPC_OK);
	ck_assert_uint_eq(service_stats(&service).sessions, 1);
	service_stop(&service);
}
END_TEST

START_TEST(many_calls_at_once)
{
	struct cdrpc_pending *pendings[60];
	uint32_t sum, i;

	service_connect(&service, _i ? "serve" : "serve-messages");
	for (i = 0; i < 60; i++)
		ck_assert_int_eq(echo_add_begin(service.client, i, 7, &pendings[i]), CDRPC_OK);
	for (i = 0; i < 60; i++) {
		ck_assert_int_eq(echo_add_finish(pendings[i * 7 % 60], &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, i * 7 % 60 + 7);
	}
	service_stop(&service);
}
END_TEST

struct worker {
	HANDLE go;
	bool connected_before;
	uint32_t number;
	cdrpc_status connected;
	cdrpc_status called;
	uint32_t calls;
};

static DWORD WINAPI
work(void *parameter)
{
	struct worker *worker = parameter;
	struct cdrpc_client *client = NULL;
	uint32_t sum = 0;

	if (!worker->connected_before)
		WaitForSingleObject(worker->go, INFINITE);
	worker->connected = cdrpc_client_connect(service.name, NULL, &client);
	if (worker->connected_before)
		WaitForSingleObject(worker->go, INFINITE);
	if (worker->connected != CDRPC_OK)
		return 1;
	while (worker->calls < CALLS) {
		worker->called = worker->calls % 2 ? echo_add(client, worker->calls, worker->number, &sum) :
						     echo_add_inline(client, worker->calls, worker->number, &sum);
		if (worker->called != CDRPC_OK || sum != worker->calls + worker->number)
			break;
		worker->calls++;
	}
	cdrpc_client_free(client);
	return 0;
}

/* What a thread may idle before Wine takes it for hung if somebody sends to it between its waking up and its looking why. */
#define IDLE_MS 6000

/* All connect at the same time, or all call a server that has had nothing to do for long. */
START_TEST(a_client_on_each_thread)
{
	struct worker workers[THREADS] = { 0 };
	HANDLE threads[THREADS], go = CreateEventW(NULL, TRUE, FALSE, NULL);
	uint32_t i;

	service_start(&service, _i & 1 ? "serve" : "serve-messages");
	for (i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){ .go = go, .connected_before = _i & 2, .number = i * 1000 };
		threads[i] = CreateThread(NULL, 0, work, &workers[i], 0, NULL);
	}
	if (_i & 2)
		ck_assert_uint_eq(WaitForSingleObject(service.proc->process, IDLE_MS), WAIT_TIMEOUT);
	SetEvent(go);
	for (i = 0; i < THREADS; i++) {
		proc_await_handle(threads[i]);
		CloseHandle(threads[i]);
	}
	CloseHandle(go);
	for (i = 0; i < THREADS; i++) {
		ck_assert_msg(workers[i].connected == CDRPC_OK, "%u: %s", i, cdrpc_status_name(workers[i].connected));
		ck_assert_msg(workers[i].calls == CALLS, "%u: %s", i, cdrpc_status_name(workers[i].called));
	}
	ck_assert_uint_eq(service_stats(&service).calls, THREADS * CALLS);
	ck_assert_uint_eq(service_stats(&service).sessions, 0);
	service_stop(&service);
}
END_TEST

static int
run_client(struct proc *starter)
{
	struct cdrpc_client *client;
	char name[CDRPC_NAME_MAX + 1];
	uint32_t sum, i;

	snprintf(name, sizeof name, "test.echo.%lu", (unsigned long)starter->process_id);
	proc_check(cdrpc_client_connect(name, NULL, &client) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	for (i = 0; i < CALLS; i++) {
		proc_check((i % 2 ? echo_add : echo_add_inline)(client, i, 5, &sum) == CDRPC_OK);
		proc_check(sum == i + 5);
	}
	cdrpc_client_free(client);
	return 0;
}

START_TEST(a_client_in_each_process)
{
	struct proc *clients[THREADS];
	uint32_t i;

	service_start(&service, _i ? "serve" : "serve-messages");
	for (i = 0; i < THREADS; i++)
		clients[i] = proc_start("client");
	for (i = 0; i < THREADS; i++)
		proc_await(clients[i]);
	ck_assert_uint_eq(service_stats(&service).sessions, THREADS);
	for (i = 0; i < THREADS; i++)
		proc_signal(clients[i]);
	for (i = 0; i < THREADS; i++)
		ck_assert_int_eq(proc_finish(clients[i]), 0);
	ck_assert_uint_eq(service_stats(&service).calls, THREADS * CALLS);
	ck_assert_uint_eq(service_stats(&service).sessions, 0);
	service_stop(&service);
}
END_TEST

/* ---- one process ---- */

struct local {
	struct cdrpc_server *server;
	HANDLE ready;
	cdrpc_status status;
};

static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	return echo_add_reply(call, a + b);
}

static cdrpc_status
on_send(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return echo_send_reply(call, data);
}

static DWORD WINAPI
serve_locally(void *parameter)
{
	static const struct echo_handlers handlers = { .add = on_add, .send = on_send };
	struct local *local = parameter;

	local->status = cdrpc_server_new("test.local", NULL, &local->server);
	if (local->status == CDRPC_OK)
		local->status = echo_serve(local->server, &handlers, NULL);
	if (local->status == CDRPC_OK)
		local->status = cdrpc_server_start(local->server);
	SetEvent(local->ready);
	if (local->status == CDRPC_OK)
		local->status = cdrpc_server_run(local->server);
	cdrpc_server_free(local->server);
	return 0;
}

/* A value that another thread of the same process is asked for. */
static DWORD WINAPI
call_from_elsewhere(void *parameter)
{
	struct cdrpc_client *client = parameter;
	struct cdrpc_pending *pending = NULL;
	uint32_t sum = 0;

	if (echo_add(client, 1, 2, &sum) != CDRPC_E_WRONG_THREAD || echo_note(client, 1) != CDRPC_E_WRONG_THREAD)
		return 1;
	return echo_add_begin(client, 1, 2, &pending) == CDRPC_E_WRONG_THREAD && !pending && sum == 0 ? 0 : 2;
}

START_TEST(in_one_process)
{
	struct local local = { .ready = CreateEventW(NULL, FALSE, FALSE, NULL) };
	HANDLE thread = CreateThread(NULL, 0, serve_locally, &local, 0, NULL), other;
	struct cdrpc_bytes data = service_data(3 << 20), same;
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_client *client = NULL;
	uint32_t sum, i;
	DWORD wrong = 99;

	proc_await_handle(local.ready);
	ck_assert_int_eq(local.status, CDRPC_OK);
	ck_assert_int_eq(cdrpc_client_connect("test.local", NULL, &client), CDRPC_OK);
	for (i = 0; i < 50; i++) {
		ck_assert_int_eq(echo_add(client, i, 1, &sum), CDRPC_OK);
		ck_assert_uint_eq(sum, i + 1);
	}
	ck_assert_int_eq(echo_send(client, data, &same, &reply), CDRPC_OK);
	ck_assert(service_data_equal(same, data));
	cdrpc_reply_free(&reply);
	free((void *)(uintptr_t)data.data);

	other = CreateThread(NULL, 0, call_from_elsewhere, client, 0, NULL);
	proc_await_handle(other);
	ck_assert(GetExitCodeThread(other, &wrong));
	ck_assert_uint_eq(wrong, 0);
	CloseHandle(other);
	ck_assert_int_eq(cdrpc_server_run(local.server), CDRPC_E_WRONG_THREAD);
	ck_assert_int_eq(cdrpc_server_start(local.server), CDRPC_E_STATE);

	cdrpc_client_free(client);
	cdrpc_server_stop(local.server);
	proc_await_handle(thread);
	ck_assert_int_eq(local.status, CDRPC_OK);
	CloseHandle(thread);
	CloseHandle(local.ready);
}
END_TEST

/* A thread that has not looked for messages for five seconds counts as hung. It computed, and it calls now. */
static void
compute_for_long(void)
{
	ck_assert_uint_eq(WaitForSingleObject(GetCurrentProcess(), 5500), WAIT_TIMEOUT);
}

START_TEST(after_a_long_computation)
{
	struct local local = { .ready = CreateEventW(NULL, FALSE, FALSE, NULL) };
	HANDLE thread = CreateThread(NULL, 0, serve_locally, &local, 0, NULL);
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_client_options options = { .limits = &no_arenas };
	struct cdrpc_client *client = NULL;
	uint32_t sum;

	proc_await_handle(local.ready);
	compute_for_long();
	ck_assert_int_eq(cdrpc_client_connect("test.local", &options, &client), CDRPC_OK);
	compute_for_long();
	ck_assert_int_eq(echo_add(client, 40, 2, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 42);
	cdrpc_client_free(client);
	cdrpc_server_stop(local.server);
	proc_await_handle(thread);
	CloseHandle(thread);
	CloseHandle(local.ready);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("clients");
	TCase *tcase = tcase_create("clients");

	tcase_add_loop_test(tcase, two_on_one_thread, 0, 2);
	tcase_add_loop_test(tcase, many_calls_at_once, 0, 2);
	tcase_add_loop_test(tcase, a_client_on_each_thread, 0, 4);
	tcase_add_loop_test(tcase, a_client_in_each_process, 0, 2);
	if (service_threads_can_copy()) {
		tcase_add_test(tcase, in_one_process);
		tcase_add_test(tcase, after_a_long_computation);
	}
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { "client", run_client }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
