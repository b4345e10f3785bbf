/*
 * Eight clients in processes of their own call one server without pause: every call is right and soon, none runs inside another, and
 * the application that the server is a part of goes on beside them.
 */
#include <stdio.h>
#include <string.h>

#include "call.h"
#include "endpoint.h"
#include "service.h"

#define CLIENTS 8
#define CALL_MAX_US 250000
#define APP_MAX_US 20000
#define APP_PERIOD_MS 10
#define APP_LEAST 20
#define SECONDS 3

/* A machine that does other things besides makes calls and windows wait that the library serves at once. So what must hold need hold
 * once only, in one of so many attempts; and nothing counts as late that is within so many times what bare messages between two
 * other processes wait meanwhile, 99.9% of them. With processors of their own that is far less than what is allowed anyway. */
#define ATTEMPTS 3
#define MACHINE_TIMES 4

/* Words of the server's, and of a client's. Times are counted in 16 steps to the octave. */
enum { WORD_MS, WORD_MESSAGES, WORD_ATTACHED, WORD_APP, WORD_DEEPEST, WORD_NESTED, WORD_CALLS, WORD_WINDOW, WORD_SECONDS, WORD_TIMES = 128 };

enum { STEPS = 16, TIMES = 22 * STEPS };

/* What the application has to do, and what is told of each, for each second: how often it came, and how late at most. */
enum app_kind { APP_TIMER, APP_POSTED, APP_PAINT, APP_KINDS };
enum { APP_COUNT, APP_WORST, APP_WORDS };

#define MESSAGE_APP (WM_APP + 1)

static struct cdrpc_server *server;
static struct proc *tester;
static uint32_t running, nested, calls, ended;

static uint64_t
now_us(void)
{
	LARGE_INTEGER now, frequency;

	QueryPerformanceCounter(&now);
	QueryPerformanceFrequency(&frequency);
	return (uint64_t)now.QuadPart / (uint64_t)frequency.QuadPart * 1000000 +
	       (uint64_t)now.QuadPart % (uint64_t)frequency.QuadPart * 1000000 / (uint64_t)frequency.QuadPart;
}

/* ---- times ---- */

static uint32_t
step_of(uint64_t us)
{
	uint32_t octave = 0;

	while (us >> octave >= 2 * STEPS)
		octave++;
	us = octave * STEPS + (us >> octave);
	return us < TIMES ? (uint32_t)us : TIMES - 1;
}

/* The least time of a step. */
static uint64_t
time_of(uint32_t step)
{
	return step < 2 * STEPS ? step : (uint64_t)(step % STEPS + STEPS) << (step / STEPS - 1);
}

/* The step below which that part of all times is. */
static uint32_t
percentile(const uint64_t times[TIMES], uint64_t total, uint64_t numerator, uint64_t denominator)
{
	uint64_t below = 0;
	uint32_t step;

	for (step = 0; step < TIMES - 1; step++) {
		below += times[step];
		if (below * denominator >= total * numerator)
			break;
	}
	return step;
}

/* ---- the application ---- */

static struct {
	HWND window;
	volatile LONG64 due_us[APP_KINDS];       /* 0: nothing is */
	uint64_t began_us;
	HANDLE begin;
	HANDLE end;
} app;

static void
app_due(enum app_kind kind, uint64_t us)
{
	InterlockedExchange64(&app.due_us[kind], (LONG64)us);
}

static void
app_served(enum app_kind kind)
{
	uint64_t due = (uint64_t)InterlockedExchange64(&app.due_us[kind], 0);
	uint64_t now = now_us();
	uint64_t late = now > due ? now - due : 0;
	uint64_t second = (now - app.began_us) / 1000000;
	volatile uint64_t *words = &tester->words[WORD_SECONDS + (second * APP_KINDS + (uint32_t)kind) * APP_WORDS];

	if (due == 0 || second >= SECONDS)
		return;
	words[APP_COUNT]++;
	if (late > words[APP_WORST])
		words[APP_WORST] = late;
}

static void
start_timer(HWND window)
{
	app_due(APP_TIMER, now_us() + APP_PERIOD_MS * 1000);
	SetTimer(window, 1, APP_PERIOD_MS, NULL);
}

static LRESULT CALLBACK
app_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	switch (message) {
	case WM_TIMER:
		app_served(APP_TIMER);
		start_timer(window);
		return 0;
	case MESSAGE_APP:
		app_served(APP_POSTED);
		return 0;
	case WM_PAINT:
		ValidateRect(window, NULL);
		app_served(APP_PAINT);
		return 0;
	default:
		return DefWindowProcW(window, message, wparam, lparam);
	}
}

/* Gives the application to do what its own thread does not begin: each kind anew when the last one has been served. */
static DWORD WINAPI
disturb(void *unused)
{
	uint64_t now;

	(void)unused;
	WaitForSingleObject(app.begin, INFINITE);
	while (WaitForSingleObject(app.end, APP_PERIOD_MS) == WAIT_TIMEOUT) {
		now = now_us();
		if (!app.due_us[APP_POSTED]) {
			app_due(APP_POSTED, now);
			PostMessageW(app.window, MESSAGE_APP, 0, 0);
		}
		if (!app.due_us[APP_PAINT]) {
			app_due(APP_PAINT, now);
			InvalidateRect(app.window, NULL, FALSE);
		}
	}
	return 0;
}

static void
app_open(void)
{
	app.window = CreateWindowExW(0, L"STATIC", L"", WS_POPUP | WS_VISIBLE, 0, 0, 50, 50, NULL, NULL, NULL, NULL);
	proc_check(app.window != NULL);
	SetWindowLongPtrW(app.window, GWLP_WNDPROC, (LONG_PTR)app_procedure);
	app.end = CreateEventW(NULL, TRUE, FALSE, NULL);
	app.begin = CreateEventW(NULL, TRUE, FALSE, NULL);
	proc_check(app.begin && app.end);
}

/* ---- the server ---- */

/* Handlers that run inside one another, or inside a message. */
static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	cdrpc_status status;

	(void)self;
	nested += running > 0 || call->session->endpoint->shared->nesting > 0;
	running++;
	status = echo_add_reply(call, a + b);
	running--;
	calls++;
	tester->words[WORD_DEEPEST] = call->session->endpoint->deepest;
	return status;
}

static void
client_came(void *self, struct cdrpc_peer *peer)
{
	static uint32_t came;

	(void)self;
	(void)peer;
	if (++came < CLIENTS || !tester->words[WORD_APP])
		return;
	app.began_us = now_us();
	start_timer(app.window);
	SetEvent(app.begin);
}

static void
client_went(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	if (++ended < CLIENTS)
		return;
	if (tester->words[WORD_ATTACHED])
		PostQuitMessage(0);
	else
		cdrpc_server_stop(server);
}

static void
name_of(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.crowd.%lu", (unsigned long)process_id);
}

static void
run_loop(void)
{
	MSG message;

	while (GetMessageW(&message, NULL, 0, 0) > 0) {
		TranslateMessage(&message);
		DispatchMessageW(&message);
	}
}

static int
run_server(struct proc *starter)
{
	static const struct echo_handlers handlers = { .add = on_add };
	struct cdrpc_server_options options = { .session_opened = client_came, .session_ended = client_went };
	char name[CDRPC_NAME_MAX + 1];
	HANDLE thread = NULL;

	tester = starter;
	proc_await(starter);
	if (starter->words[WORD_MESSAGES])
		options.limits.resident_max = CDRPC_RESIDENT_NONE;
	if (starter->words[WORD_APP]) {
		app_open();
		thread = CreateThread(NULL, 0, disturb, NULL, 0, NULL);
	}
	if (starter->words[WORD_ATTACHED])
		options.window = app.window;
	name_of(name, starter->process_id);
	proc_check(cdrpc_server_new(name, &options, &server) == CDRPC_OK);
	proc_check(echo_serve(server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	if (starter->words[WORD_ATTACHED])
		run_loop();
	else
		proc_check(cdrpc_server_run(server) == CDRPC_OK);
	starter->words[WORD_CALLS] = calls;
	starter->words[WORD_NESTED] = nested;
	cdrpc_server_free(server);
	if (thread) {
		SetEvent(app.end);
		WaitForSingleObject(thread, INFINITE);
	}
	return 0;
}

/* ---- the clients ---- */

static int
run_client(struct proc *starter)
{
	volatile uint64_t *times = &starter->words[WORD_TIMES];
	struct cdrpc_client *client;
	char name[CDRPC_NAME_MAX + 1];
	uint64_t until, began, ended_us;
	uint32_t sum, i;

	name_of(name, starter->process_id);
	proc_check(cdrpc_client_connect(name, NULL, &client) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	ended_us = now_us();
	until = ended_us + starter->words[WORD_MS] * 1000;
	for (i = 0; ended_us < until; i++) {
		began = now_us();
		proc_check(echo_add(client, i, 5, &sum) == CDRPC_OK);
		proc_check(sum == i + 5);
		ended_us = now_us();
		times[step_of(ended_us - began)]++;
	}
	starter->words[WORD_CALLS] = i;
	cdrpc_client_free(client);
	return 0;
}

/* ---- two processes that do without the library: what the machine makes them wait, it makes everybody wait ---- */

static int
run_receiver(struct proc *starter)
{
	HWND window = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);

	proc_check(window != NULL);
	starter->words[WORD_WINDOW] = (uintptr_t)window;
	proc_signal(starter);
	run_loop();
	return 0;
}

static int
run_sender(struct proc *starter)
{
	COPYDATASTRUCT data = { 1, sizeof data, &data };
	uint64_t until, began, ended_us;
	DWORD_PTR result;

	proc_await(starter);
	ended_us = now_us();
	until = ended_us + starter->words[WORD_MS] * 1000;
	while (ended_us < until) {
		began = now_us();
		proc_check(SendMessageTimeoutW((HWND)(uintptr_t)starter->words[WORD_WINDOW], WM_COPYDATA, 0, (LPARAM)&data,
					       SMTO_NORMAL, PROC_PATIENCE_MS, &result) != 0);
		ended_us = now_us();
		starter->words[WORD_TIMES + step_of(ended_us - began)]++;
		starter->words[WORD_CALLS]++;
	}
	return 0;
}

/* ---- the tests ---- */

struct crowd {
	bool messages;          /* no arenas */
	bool app;
	bool attached;
	uint32_t milliseconds;
	uint64_t total;
	uint64_t times[TIMES];  /* of all clients' calls */
	uint64_t machine_us;    /* what a message may have to wait on this machine just now */
};

static void
run_clients(struct crowd *crowd)
{
	struct proc *clients[CLIENTS];
	uint32_t i, j;

	for (i = 0; i < CLIENTS; i++) {
		clients[i] = proc_start("client");
		clients[i]->words[WORD_MS] = crowd->milliseconds;
	}
	for (i = 0; i < CLIENTS; i++)
		proc_await(clients[i]);
	for (i = 0; i < CLIENTS; i++)
		proc_signal(clients[i]);
	for (i = 0; i < CLIENTS; i++) {
		proc_await_handle(clients[i]->process);
		/* Nobody starves. */
		ck_assert_uint_gt(clients[i]->words[WORD_CALLS], 10);
		crowd->total += clients[i]->words[WORD_CALLS];
		for (j = 0; j < TIMES; j++)
			crowd->times[j] += clients[i]->words[WORD_TIMES + j];
		ck_assert_int_eq(proc_finish(clients[i]), 0);
	}
}

/* Beside two others that send and receive bare messages. */
static void
run_measured(struct crowd *crowd)
{
	struct proc *receiver = proc_start("receiver"), *sender = proc_start("sender");
	uint64_t times[TIMES];
	uint32_t i;

	proc_await(receiver);
	sender->words[WORD_MS] = crowd->milliseconds;
	sender->words[WORD_WINDOW] = receiver->words[WORD_WINDOW];
	proc_signal(sender);
	run_clients(crowd);
	proc_await_handle(sender->process);
	for (i = 0; i < TIMES; i++)
		times[i] = sender->words[WORD_TIMES + i];
	crowd->machine_us = MACHINE_TIMES * time_of(percentile(times, sender->words[WORD_CALLS], 999, 1000) + 1);
	ck_assert_int_eq(proc_finish(sender), 0);
	proc_kill(receiver);
	proc_finish(receiver);
}

/* The server is for the caller to finish: its words are what it has seen. */
static struct proc *
run_crowd(struct crowd *crowd)
{
	struct proc *helper = proc_start("server");

	helper->words[WORD_MESSAGES] = crowd->messages;
	helper->words[WORD_APP] = crowd->app;
	helper->words[WORD_ATTACHED] = crowd->attached;
	proc_signal(helper);
	proc_await(helper);
	run_measured(crowd);
	proc_await_handle(helper->process);
	ck_assert_uint_eq(helper->words[WORD_CALLS], crowd->total);
	ck_assert_uint_eq(helper->words[WORD_NESTED], 0);
	ck_assert_uint_eq(helper->words[WORD_DEEPEST], 1);
	return helper;
}

static bool
is_soon(const struct crowd *crowd, uint64_t us, uint64_t most_us)
{
	return us <= most_us || us <= crowd->machine_us;
}

/* Whether nobody waited long: hand-written replies by nested messages let one call wait for seconds. */
static bool
crowd_is_served(const struct crowd *crowd)
{
	uint64_t median = time_of(percentile(crowd->times, crowd->total, 1, 2));
	uint64_t slow = time_of(percentile(crowd->times, crowd->total, 999, 1000) + 1);
	uint64_t slowest = time_of(percentile(crowd->times, crowd->total, 1, 1) + 1);

	printf("# %u calls: median %u us, 99.9%% within %u us, slowest %u us; the machine %u us\n", (unsigned)crowd->total,
	       (unsigned)median, (unsigned)slow, (unsigned)slowest, (unsigned)crowd->machine_us);
	return is_soon(crowd, slow, 20 * median) && is_soon(crowd, slowest, CALL_MAX_US);
}

START_TEST(eight_at_once)
{
	uint32_t attempt;
	bool good = false;

	for (attempt = 0; attempt < ATTEMPTS && !good; attempt++) {
		struct crowd crowd = { .messages = _i != 0, .milliseconds = _i ? 2000 : 10000 };
		struct proc *helper = run_crowd(&crowd);

		ck_assert_int_eq(proc_finish(helper), 0);
		good = crowd_is_served(&crowd);
	}
	ck_assert(good);
}
END_TEST

/* Whether everything came often enough in that second, and nothing late. */
static bool
second_is_good(const struct crowd *crowd, uint64_t words[APP_KINDS][APP_WORDS])
{
	bool good = true;
	int i;

	printf("# timer %u, %u us; posted %u, %u us; paint %u, %u us; the machine %u us\n", (unsigned)words[APP_TIMER][APP_COUNT],
	       (unsigned)words[APP_TIMER][APP_WORST], (unsigned)words[APP_POSTED][APP_COUNT],
	       (unsigned)words[APP_POSTED][APP_WORST], (unsigned)words[APP_PAINT][APP_COUNT],
	       (unsigned)words[APP_PAINT][APP_WORST], (unsigned)crowd->machine_us);
	for (i = 0; i < APP_KINDS; i++)
		good = good && words[i][APP_COUNT] >= APP_LEAST && is_soon(crowd, words[i][APP_WORST], APP_MAX_US);
	return good;
}

START_TEST(the_application_goes_on)
{
	uint64_t words[SECONDS][APP_KINDS][APP_WORDS];
	uint32_t attempt, i, good = 0;

	for (attempt = 0; attempt < ATTEMPTS && good == 0; attempt++) {
		struct crowd crowd = { .app = true, .attached = _i != 0, .milliseconds = SECONDS * 1000 };
		struct proc *helper = run_crowd(&crowd);

		memcpy(words, (const void *)&helper->words[WORD_SECONDS], sizeof words);
		ck_assert_int_eq(proc_finish(helper), 0);
		for (i = 0; i < SECONDS; i++)
			good += second_is_good(&crowd, words[i]);
	}
	ck_assert_uint_gt(good, 0);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("crowd");
	TCase *tcase = tcase_create("crowd");

	tcase_add_loop_test(tcase, eight_at_once, 0, 2);
	tcase_add_loop_test(tcase, the_application_goes_on, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = {
		{ "server", run_server }, { "client", run_client }, { "receiver", run_receiver }, { "sender", run_sender }, { 0 },
	};

	return proc_main(argc, argv, roles, make_suite);
}
