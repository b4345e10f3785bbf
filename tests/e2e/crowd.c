/*
 * Eight clients in processes of their own call one server without pause: every call is right and soon, none runs inside another, and
 * the application that the server is a part of goes on beside them.
 */
#include "crowd.h"

#include <stdio.h>
#include <string.h>

#define CALL_MAX_US 250000
#define APP_MAX_US 20000
#define APP_LEAST 20

/* A machine that does other things besides makes calls and windows wait that the library serves at once. So what must hold need hold
 * once only, in one of so many attempts; and nothing counts as late that is within so many times what bare messages between two
 * other processes wait meanwhile, 99.9% of them. With processors of their own that is far less than what is allowed anyway. */
#define ATTEMPTS 3
#define MACHINE_TIMES 4

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

/* ---- the clients ---- */

static int
run_client(struct proc *starter)
{
	volatile uint64_t *times = &starter->words[WORD_TIMES];
	struct cdrpc_client *client;
	char name[CDRPC_NAME_MAX + 1];
	uint64_t until, began, ended_us;
	uint32_t sum, i;

	crowd_name(name, starter->process_id);
	proc_check(cdrpc_client_connect(name, NULL, &client) == CDRPC_OK);
	proc_signal(starter);
	proc_await(starter);
	ended_us = crowd_now_us();
	until = ended_us + starter->words[WORD_MS] * 1000;
	for (i = 0; ended_us < until; i++) {
		began = crowd_now_us();
		proc_check(echo_add(client, i, 5, &sum) == CDRPC_OK);
		proc_check(sum == i + 5);
		ended_us = crowd_now_us();
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
	crowd_loop();
	return 0;
}

static int
run_sender(struct proc *starter)
{
	COPYDATASTRUCT data = { 1, sizeof data, &data };
	uint64_t until, began, ended_us;
	DWORD_PTR result;

	proc_await(starter);
	ended_us = crowd_now_us();
	until = ended_us + starter->words[WORD_MS] * 1000;
	while (ended_us < until) {
		began = crowd_now_us();
		proc_check(SendMessageTimeoutW((HWND)(uintptr_t)starter->words[WORD_WINDOW], WM_COPYDATA, 0, (LPARAM)&data,
					       SMTO_NORMAL, PROC_PATIENCE_MS, &result) != 0);
		ended_us = crowd_now_us();
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
		{ "server", crowd_run_server }, { "client", run_client }, { "receiver", run_receiver }, { "sender", run_sender }, { 0 },
	};

	return proc_main(argc, argv, roles, make_suite);
}
