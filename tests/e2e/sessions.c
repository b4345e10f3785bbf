/* What clients are told of the end of their session, and the session after it: a server and clients in processes of their own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "side.h"

enum { CLIENTS = 8, FOREVER = 1000000 };

/* Words of a listener. */
enum {
	LISTENER_CONNECTS_AGAIN,        /* whether it is to */
	LISTENER_FREES,                 /* enum moment: when it frees its client */
	LISTENER_WHY,                   /* what it was told of the end */
	LISTENER_CALL,                  /* what a call came to then */
	LISTENER_TOLD,                  /* enum moment by enum moment, as decimal digits */
	LISTENER_TICK,                  /* the last one */
	LISTENER_IN_MESSAGE             /* how often it was told inside of one */
};

enum moment { NEVER, AT_THE_END, AT_THE_START, AT_AN_EVENT };

/* ---- a client that listens: it says so, then each time that it is told something ---- */

struct listener {
	struct proc *starter;
	struct cdrpc_client *client;
};

static void
tell(struct listener *listener, enum moment moment)
{
	volatile uint64_t *words = listener->starter->words;

	words[LISTENER_TOLD] = words[LISTENER_TOLD] * 10 + moment;
	words[LISTENER_IN_MESSAGE] += side_in_message();
	if (words[LISTENER_FREES] == (uint64_t)moment) {
		cdrpc_client_free(listener->client);
		listener->client = NULL;
	}
	proc_signal(listener->starter);
}

static void
on_ticked(void *self, uint32_t n, struct cdrpc_bytes data)
{
	struct listener *listener = self;

	(void)data;
	listener->starter->words[LISTENER_TICK] = n;
	tell(listener, AT_AN_EVENT);
}

static void
on_disconnected(void *self, struct cdrpc_client *client, cdrpc_status why)
{
	struct listener *listener = self;
	uint32_t sum;

	proc_check(client == listener->client);
	listener->starter->words[LISTENER_WHY] = (uint64_t)(int64_t)why;
	listener->starter->words[LISTENER_CALL] = (uint64_t)(int64_t)duplex_add(client, 1, 2, &sum);
	tell(listener, AT_THE_END);
}

static void
on_reconnected(void *self, struct cdrpc_client *client)
{
	struct listener *listener = self;

	proc_check(client == listener->client);
	tell(listener, AT_THE_START);
}

static const struct duplex_events events = { .ticked = on_ticked };

/* No pause of a test is long. */
enum { PAUSE_MS = 100 };

static int
run_listener(struct proc *starter)
{
	struct listener listener = { .starter = starter };
	struct cdrpc_client_options options = {
		.disconnected = on_disconnected, .reconnected = on_reconnected, .session_self = &listener,
	};
	char name[CDRPC_NAME_MAX + 1];

	proc_await(starter);
	if (starter->words[LISTENER_CONNECTS_AGAIN])
		options.reconnect_ms = PAUSE_MS;
	side_name(name, starter->process_id);
	proc_check(cdrpc_client_connect(name, &options, &listener.client) == CDRPC_OK);
	proc_check(duplex_listen(listener.client, &events, &listener) == CDRPC_OK);
	proc_signal(starter);
	side_pump_handle(starter->event_in);
	cdrpc_client_free(listener.client);
	return 0;
}

/* ---- the test ---- */

static struct proc *server;

static void
start_server(uint32_t sessions)
{
	server = proc_start("side");
	server->words[SIDE_SESSIONS] = sessions;
	proc_signal(server);
	proc_await(server);
}

static void
kill_server(void)
{
	proc_kill(server);
	proc_finish(server);
}

static struct proc *
start_listener(bool connects_again, enum moment frees)
{
	struct proc *listener = proc_start("listener");

	listener->words[LISTENER_CONNECTS_AGAIN] = connects_again;
	listener->words[LISTENER_FREES] = frees;
	proc_signal(listener);
	proc_await(listener);
	return listener;
}

/* It has been told that and no more, and never inside of a message. */
static void
end_listener(struct proc *listener, uint64_t told)
{
	ck_assert_uint_eq(listener->words[LISTENER_TOLD], told);
	ck_assert_uint_eq(listener->words[LISTENER_IN_MESSAGE], 0);
	proc_signal(listener);
	ck_assert_int_eq(proc_finish(listener), 0);
}

static void
check_end(struct proc *listener, cdrpc_status why)
{
	proc_await(listener);
	ck_assert_uint_eq(listener->words[LISTENER_TOLD], AT_THE_END);
	ck_assert_int_eq((cdrpc_status)(int64_t)listener->words[LISTENER_WHY], why);
	ck_assert_int_eq((cdrpc_status)(int64_t)listener->words[LISTENER_CALL], why);
}

static struct cdrpc_client *
connect(const struct cdrpc_client_options *options)
{
	struct cdrpc_client *client = NULL;
	char name[CDRPC_NAME_MAX + 1];

	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(cdrpc_client_connect(name, options, &client), CDRPC_OK);
	return client;
}

/* Half of them ask for another session. */
START_TEST(a_server_killed_under_eight)
{
	struct proc *listeners[CLIENTS];
	struct cdrpc_client *client;
	int i;

	start_server(FOREVER);
	for (i = 0; i < CLIENTS; i++)
		listeners[i] = start_listener(i % 2, NEVER);
	kill_server();
	for (i = 0; i < CLIENTS; i++)
		check_end(listeners[i], CDRPC_E_PEER_DIED);
	start_server(CLIENTS / 2 + 1);
	for (i = 1; i < CLIENTS; i += 2)
		proc_await(listeners[i]);
	client = connect(NULL);
	ck_assert_int_eq(duplex_tick(client, 77, 1, 10, false), CDRPC_OK);
	for (i = 1; i < CLIENTS; i += 2) {
		proc_await(listeners[i]);
		ck_assert_uint_eq(listeners[i]->words[LISTENER_TICK], 77);
	}
	cdrpc_client_free(client);
	for (i = 0; i < CLIENTS; i++)
		end_listener(listeners[i], i % 2 ? 123 : 1);
	/* It has had all of their sessions, and sees them end. */
	ck_assert_int_eq(proc_finish(server), 0);
}
END_TEST

/* One that ends its sessions says so. */
START_TEST(a_server_that_stops)
{
	struct proc *listener;

	start_server(1);
	listener = start_listener(true, NEVER);
	cdrpc_client_free(connect(NULL));
	check_end(listener, CDRPC_E_PEER_GONE);
	ck_assert_int_eq(proc_finish(server), 0);
	start_server(1);
	proc_await(listener);
	end_listener(listener, 12);
	ck_assert_int_eq(proc_finish(server), 0);
}
END_TEST

START_TEST(freed_where_it_is_told)
{
	enum moment when = (enum moment)_i;
	static const uint64_t told[] = { [AT_THE_END] = 1, [AT_THE_START] = 12, [AT_AN_EVENT] = 123 };
	struct cdrpc_client *client;
	struct proc *listener;

	start_server(FOREVER);
	listener = start_listener(true, when);
	kill_server();
	check_end(listener, CDRPC_E_PEER_DIED);
	/* The listener's session and ours, or ours alone. */
	start_server(when == AT_THE_END ? 1 : 2);
	if (when != AT_THE_END)
		proc_await(listener);
	client = connect(NULL);
	ck_assert_int_eq(duplex_tick(client, 5, 3, 10, false), CDRPC_OK);
	if (when == AT_AN_EVENT)
		proc_await(listener);
	end_listener(listener, told[when]);
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(server), 0);
}
END_TEST

/* ---- the server's side: its peers ---- */

struct guests {
	struct cdrpc_peer *peer;        /* the last one */
	uint32_t opened;
	uint32_t ended;
	uint32_t odd;                   /* ends of peers that have not the data that they were given */
};

static void
on_opened(void *self, struct cdrpc_peer *peer)
{
	struct guests *guests = self;

	guests->peer = peer;
	guests->opened++;
	cdrpc_peer_set_data(peer, guests);
}

static void
on_ended(void *self, struct cdrpc_peer *peer)
{
	struct guests *guests = self;

	guests->odd += cdrpc_peer_data(peer) != guests;
	guests->ended++;
}

/* It is told so, and comes again. */
START_TEST(a_peer_whose_session_is_ended)
{
	struct side side = { 0 };
	struct guests guests = { 0 };
	const struct cdrpc_server_options options = { .session_opened = on_opened, .session_ended = on_ended, .session_self = &guests };
	struct cdrpc_peer_facts facts;
	char name[CDRPC_NAME_MAX + 1];
	struct proc *listener;

	side_name(name, GetCurrentProcessId());
	ck_assert_int_eq(side_new(&side, name, &options), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(side.server), CDRPC_OK);
	listener = proc_start("listener");
	listener->words[LISTENER_CONNECTS_AGAIN] = true;
	proc_signal(listener);
	side_pump_handle(listener->event_in);
	side_pump(&guests.opened, 1);
	cdrpc_peer_get_facts(guests.peer, &facts);
	ck_assert_uint_eq(facts.process_id, listener->process_id);
	ck_assert_int_eq(cdrpc_peer_disconnect(guests.peer), CDRPC_OK);
	side_pump(&guests.ended, 1);
	side_pump_handle(listener->event_in);
	ck_assert_int_eq((cdrpc_status)(int64_t)listener->words[LISTENER_WHY], CDRPC_E_PEER_GONE);
	side_pump(&guests.opened, 2);
	while (listener->words[LISTENER_TOLD] != 12)
		side_pump_handle(listener->event_in);
	end_listener(listener, 12);
	side_pump(&guests.ended, 2);
	ck_assert_uint_eq(guests.odd, 0);
	cdrpc_server_free(side.server);
	DestroyWindow(side.window);
}
END_TEST

START_TEST(the_process_of_the_server)
{
	struct cdrpc_peer_facts facts;
	struct cdrpc_client *client;

	start_server(1);
	client = connect(NULL);
	ck_assert_int_eq(cdrpc_client_peer_facts(client, &facts), CDRPC_OK);
	ck_assert_uint_eq(facts.process_id, server->process_id);
	ck_assert(facts.same_user);
	ck_assert_ptr_nonnull(wcsstr(facts.image, L"test_sessions"));
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(server), 0);
}
END_TEST

/* This thread runs no loop: a call tells it, and the next one finds the new server. */
START_TEST(by_a_thread_without_a_loop)
{
	const struct cdrpc_client_options options = { .reconnect_ms = PAUSE_MS };
	struct cdrpc_client *client;
	uint32_t sum = 0;
	int round;

	start_server(FOREVER);
	client = connect(&options);
	for (round = 0; round < 3; round++) {
		kill_server();
		ck_assert_int_eq(duplex_add(client, 1, 2, &sum), CDRPC_E_PEER_DIED);
		start_server(round == 2 ? 1 : FOREVER);
		/* Not before its time, if a call has tried in vain. */
		while (duplex_add(client, 1, 2, &sum) == CDRPC_E_PEER_DIED)
			;
		ck_assert_uint_eq(sum, 3);
		ck_assert_int_eq(duplex_add(client, 2, 2, &sum), CDRPC_OK);
	}
	cdrpc_client_free(client);
	ck_assert_int_eq(proc_finish(server), 0);
}
END_TEST

/* ---- a server that is started: PROGRAM started TEST-PID ---- */

static DWORD WINAPI
end_with_the_test(void *process)
{
	WaitForSingleObject(process, INFINITE);
	ExitProcess(3);
}

static int
run_started(unsigned long process_id)
{
	uint64_t words[PROC_WORDS] = { [SIDE_SESSIONS] = 1 };
	HANDLE test = OpenProcess(SYNCHRONIZE, FALSE, process_id);
	struct proc starter = { .process = test, .process_id = process_id, .words = words };

	CloseHandle(CreateThread(NULL, 0, end_with_the_test, test, 0, NULL));
	starter.event_in = CreateEventW(NULL, TRUE, TRUE, NULL);
	starter.event_out = starter.event_in;
	return side_run(&starter);
}

struct starting {
	uint32_t ends;
	uint32_t starts;
};

static void
count_end(void *self, struct cdrpc_client *client, cdrpc_status why)
{
	(void)client;
	ck_assert_int_eq(why, CDRPC_E_PEER_DIED);
	((struct starting *)self)->ends++;
}

static void
count_start(void *self, struct cdrpc_client *client)
{
	(void)client;
	((struct starting *)self)->starts++;
}

static HANDLE
process_of_server(struct cdrpc_client *client)
{
	uint32_t process_id, thread_id;
	HANDLE process;

	ck_assert_int_eq(duplex_where(client, &process_id, &thread_id), CDRPC_OK);
	process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, process_id);
	ck_assert_ptr_nonnull(process);
	return process;
}

START_TEST(started_again)
{
	struct starting starting = { 0, 0 };
	wchar_t image[MAX_PATH], arguments[64];
	struct cdrpc_client_options options = {
		.start_image = image, .start_arguments = arguments, .connect_timeout_ms = 20000, .reconnect_ms = PAUSE_MS, .reconnect_starts = true,
		.disconnected = count_end, .reconnected = count_start, .session_self = &starting,
	};
	struct cdrpc_client *client;
	HANDLE process;

	GetModuleFileNameW(NULL, image, MAX_PATH);
	swprintf(arguments, 64, L"started %lu", GetCurrentProcessId());
	client = connect(&options);
	process = process_of_server(client);
	/* What they were is not needed any more. */
	image[0] = arguments[0] = L'\0';
	TerminateProcess(process, 9);
	CloseHandle(process);
	side_pump(&starting.starts, 1);
	ck_assert_uint_eq(starting.ends, 1);
	process = process_of_server(client);
	cdrpc_client_free(client);
	/* It has had one session, and ends. */
	proc_await_handle(process);
	CloseHandle(process);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("sessions");
	TCase *tcase = tcase_create("sessions");

	tcase_add_test(tcase, a_server_killed_under_eight);
	tcase_add_test(tcase, a_server_that_stops);
	tcase_add_loop_test(tcase, freed_where_it_is_told, AT_THE_END, AT_AN_EVENT + 1);
	tcase_add_test(tcase, a_peer_whose_session_is_ended);
	tcase_add_test(tcase, the_process_of_the_server);
	tcase_add_test(tcase, by_a_thread_without_a_loop);
	tcase_add_test(tcase, started_again);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { "listener", run_listener }, { 0 } };

	if (argc == 3 && strcmp(argv[1], "started") == 0)
		return run_started(strtoul(argv[2], NULL, 10));
	return proc_main(argc, argv, roles, make_suite);
}
