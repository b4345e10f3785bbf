/* Ports: frames between processes, what does not concern them, who finds whom. */
#include "win32_fixture.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "inject.h"
#include "proc.h"

/* ---- roles ---- */

/* words: [0] the window, [1] frames, [2] bells; then, on each signal, what the starter did to it is told anew. */
static void
tell(struct proc *starter, const struct recorder *recorder)
{
	starter->words[1] = recorder->frames;
	starter->words[2] = recorder->bells;
	starter->words[3] = recorder->size;
	proc_signal(starter);
}

static void
echo_frame(struct recorder *recorder)
{
	struct send_outcome outcome;

	port_send(recorder->port, recorder->sender, recorder->size ? recorder->bytes : NULL, recorder->size, 5000, &outcome);
	proc_check(outcome.answered && outcome.result == 77);
	recorder->result = (uint32_t)recorder->size + 7;
}

static int
serve(struct proc *starter, struct recorder *recorder)
{
	char name[CDRPC_NAME_MAX + 1];

	service_name(name, "port", starter->process_id);
	proc_check(recorder_open(recorder, name, NULL) == CDRPC_OK);
	starter->words[0] = port_window(recorder->port);
	tell(starter, recorder);
	proc_await(starter);
	pump_now();
	tell(starter, recorder);
	proc_await(starter);
	recorder_close(recorder);
	return 0;
}

static int
run_echo(struct proc *starter)
{
	static struct recorder recorder = { .on_frame = echo_frame };

	return serve(starter, &recorder);
}

static int
run_quiet(struct proc *starter)
{
	static struct recorder recorder = { .result = 0x101 };

	return serve(starter, &recorder);
}

/* Has a window and a port and handles nothing. */
static int
run_hung(struct proc *starter)
{
	static struct recorder recorder;

	proc_check(recorder_open(&recorder, NULL, NULL) == CDRPC_OK);
	starter->words[0] = port_window(recorder.port);
	proc_signal(starter);
	WaitForSingleObject(starter->event_in, INFINITE);
	return 0;
}

static const struct proc_role roles[] = {
	{ "echo", run_echo }, { "quiet", run_quiet }, { "hung", run_hung }, { 0 },
};

/* ---- frames ---- */

static void
finish_server(struct proc *helper)
{
	proc_signal(helper);
	proc_await(helper);
	proc_signal(helper);
	ck_assert_int_eq(proc_finish(helper), 0);
}

START_TEST(frames_of_all_sizes_arrive_whole)
{
	static const size_t sizes[] = { 0, 1, 2, 3, 4, 7, 8, 63, 64, 65, 4095, 4096, 4097, 65535, 65536 };
	static struct recorder recorder;
	static uint8_t bytes[1 << 16];
	struct proc *helper = proc_start("echo");
	struct send_outcome outcome;
	size_t i;

	for (i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(i * 251 >> 3);
	recorder.result = 77;
	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	proc_await(helper);
	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		memset(recorder.bytes, 0xee, sizeof recorder.bytes);
		port_send(recorder.port, (window_id)helper->words[0], bytes, sizes[i], 5000, &outcome);
		ck_assert(outcome.answered);
		ck_assert_uint_eq(outcome.result, sizes[i] + 7);
		ck_assert_uint_eq(outcome.os_error, 0);
		ck_assert_uint_eq(recorder.frames, i + 1);
		ck_assert_uint_eq(recorder.sender, (window_id)helper->words[0]);
		ck_assert_uint_eq(recorder.size, sizes[i]);
		ck_assert_mem_eq(recorder.bytes, bytes, sizes[i]);
		ck_assert(recorder.frame_in_message);
	}
	recorder_close(&recorder);
	finish_server(helper);
}
END_TEST

static LRESULT
send_copydata(HWND window, ULONG_PTR tag, const void *bytes, DWORD size)
{
	COPYDATASTRUCT data = { .dwData = tag, .cbData = size, .lpData = (void *)bytes };

	return SendMessageW(window, WM_COPYDATA, 0, (LPARAM)&data);
}

START_TEST(only_frames_are_received)
{
	static struct recorder recorder = { .result = 5 };
	HWND window;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	window = (HWND)port_window(recorder.port);
	ck_assert_int_eq(send_copydata(window, 0, "abc", 3), 0);
	ck_assert_int_eq(send_copydata(window, FRAME_TAG + 1, "abc", 3), 0);
	ck_assert_int_eq(SendMessageW(window, WM_USER, 1, 2), 0);
	ck_assert_uint_eq(recorder.frames, 0);

	ck_assert_int_eq(send_copydata(window, FRAME_TAG, "abc", 3), 5);
	ck_assert_uint_eq(recorder.frames, 1);
	ck_assert_uint_eq(recorder.size, 3);
	ck_assert_mem_eq(recorder.bytes, "abc", 3);
	ck_assert_uint_eq(recorder.sender, 0);
	/* Sent by this very thread, which is not blocked. */
	ck_assert(!recorder.frame_in_message);

	ck_assert_int_eq(send_copydata(window, FRAME_TAG, NULL, 100), 5);
	ck_assert_ptr_null(recorder.bytes_at);
	ck_assert_uint_eq(recorder.size, 0);
	ck_assert_int_eq(send_copydata(window, FRAME_TAG, "abc", 0), 5);
	ck_assert_ptr_null(recorder.bytes_at);
	ck_assert_uint_eq(recorder.size, 0);
	recorder_close(&recorder);
}
END_TEST

START_TEST(sends_that_cannot_arrive_say_so)
{
	static struct recorder recorder;
	static struct recorder dead;
	struct proc *hung = proc_start("hung");
	struct send_outcome outcome;
	uint32_t process_id = 1;
	window_id window;
	uint64_t begin;

	proc_await(hung);
	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ck_assert_int_eq(recorder_open(&dead, NULL, NULL), CDRPC_OK);
	window = port_window(dead.port);
	ck_assert_uint_eq(window_thread(window, &process_id), GetCurrentThreadId());
	ck_assert_uint_eq(process_id, GetCurrentProcessId());
	recorder_close(&dead);
	ck_assert_uint_eq(window_thread(window, &process_id), 0);
	ck_assert_uint_eq(process_id, 0);
	ck_assert_uint_eq(window_thread(0, NULL), 0);
	ck_assert_uint_eq(window_thread((window_id)HWND_BROADCAST, NULL), 0);

	port_send(recorder.port, window, "x", 1, 1000, &outcome);
	ck_assert(!outcome.answered);
	ck_assert_uint_eq(outcome.os_error, ERROR_INVALID_WINDOW_HANDLE);
	port_send(recorder.port, (window_id)HWND_BROADCAST, "x", 1, 1000, &outcome);
	ck_assert(!outcome.answered);
	ck_assert_uint_eq(outcome.os_error, ERROR_INVALID_WINDOW_HANDLE);

	begin = clock_us();
	port_send(recorder.port, (window_id)hung->words[0], "x", 1, 100, &outcome);
	ck_assert(!outcome.answered);
	ck_assert_uint_eq(outcome.result, 0);
	ck_assert_uint_ge(clock_us() - begin, 90000);
	/* Neither for ever nor past the sign bit. */
	port_send(recorder.port, (window_id)hung->words[0], "x", 1, 0, &outcome);
	ck_assert(!outcome.answered);
	proc_signal(hung);
	ck_assert_int_eq(proc_finish(hung), 0);
	recorder_close(&recorder);
}
END_TEST

START_TEST(the_longest_timeout_is_no_short_one)
{
	static struct recorder recorder;
	struct proc *helper = proc_start("quiet");
	struct send_outcome outcome;

	proc_await(helper);
	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	port_send(recorder.port, (window_id)helper->words[0], "abc", 3, UINT32_MAX, &outcome);
	ck_assert(outcome.answered);
	ck_assert_uint_eq(outcome.result, 0x101);
	recorder_close(&recorder);
	finish_server(helper);
}
END_TEST

/* ---- discovery ---- */

/* What the system says to the library, where that is not what it says here. */
struct facts {
	bool port_is_given;
	bool no_parent;                 /* of a message-only window */
	bool shown;                     /* somebody has made the finder's window one of the desktop's */
	bool empty;                     /* the snapshot shows none */
	uint32_t walked;                /* how often FindWindowEx() went on from a window */
	uint32_t snapshots;
};
static struct facts facts;
static const struct facts ways[] = {
	{ .port_is_given = true },
	{ .walked = 1 },
	{ .port_is_given = true, .no_parent = true, .walked = 1 },
	{ .port_is_given = true, .shown = true, .walked = 1 },
	{ .port_is_given = true, .empty = true, .walked = 1 },
};

static HWND WINAPI
get_ancestor(HWND window, UINT which)
{
	return facts.no_parent ? NULL : INJECT_REAL("user32.dll", GetAncestor)(window, which);
}

static BOOL WINAPI
enum_child_windows(HWND parent, WNDENUMPROC look, LPARAM parameter)
{
	facts.snapshots++;
	return facts.empty ? FALSE : INJECT_REAL("user32.dll", EnumChildWindows)(parent, look, parameter);
}

static HWND WINAPI
find_window(HWND parent, HWND after, const WCHAR *class_name, const WCHAR *title)
{
	facts.walked += after != NULL;
	return INJECT_REAL("user32.dll", FindWindowExW)(parent, after, class_name, title);
}

INJECT(GetAncestor, 2, get_ancestor);
INJECT(EnumChildWindows, 3, enum_child_windows);
INJECT(FindWindowExW, 4, find_window);

static int
compare_windows(const void *a, const void *b)
{
	window_id left = *(const window_id *)a;
	window_id right = *(const window_id *)b;

	return (left > right) - (left < right);
}

static void
assert_windows(window_id *found, size_t count, window_id *expected, size_t expected_count)
{
	ck_assert_uint_eq(count, expected_count);
	qsort(found, count, sizeof *found, compare_windows);
	qsort(expected, expected_count, sizeof *expected, compare_windows);
	ck_assert_mem_eq(found, expected, expected_count * sizeof *expected);
}

START_TEST(all_windows_of_a_name_are_found)
{
	static struct recorder recorders[5];
	char name[CDRPC_NAME_MAX + 1];
	char upper[CDRPC_NAME_MAX + 1];
	struct proc *helpers[2] = { proc_start("quiet"), proc_start("quiet") };
	window_id expected[4];
	window_id found[16];
	const struct port *finder;
	size_t count;
	size_t i;

	service_name(name, "port", GetCurrentProcessId());
	service_name(upper, "PORT", GetCurrentProcessId());
	ck_assert_int_eq(recorder_open(&recorders[0], name, NULL), CDRPC_OK);
	ck_assert_int_eq(recorder_open(&recorders[1], name, NULL), CDRPC_OK);
	ck_assert_int_eq(recorder_open(&recorders[2], upper, NULL), CDRPC_OK);
	ck_assert_int_eq(recorder_open(&recorders[3], "test.another", NULL), CDRPC_OK);
	ck_assert_int_eq(recorder_open(&recorders[4], NULL, NULL), CDRPC_OK);
	for (i = 0; i < 2; i++) {
		proc_await(helpers[i]);
		expected[i] = (window_id)helpers[i]->words[0];
		expected[i + 2] = port_window(recorders[i].port);
	}
	facts = ways[_i];
	finder = facts.port_is_given ? recorders[4].port : NULL;
	if (facts.shown)
		ck_assert_ptr_nonnull(SetParent((HWND)port_window(finder), NULL));
	count = port_find(finder, name, found, 16);
	assert_windows(found, count, expected, 4);
	ck_assert_uint_eq(port_find(finder, name, found, 3), 3);
	ck_assert_uint_eq(port_find(finder, name, found, 0), 0);
	expected[0] = port_window(recorders[2].port);
	count = port_find(finder, upper, found, 16);
	assert_windows(found, count, expected, 1);
	ck_assert_uint_eq(port_find(finder, "test.port", found, 16), 0);
	ck_assert_uint_eq(port_find(finder, "", found, 16), 0);

	/* One that is the first is found without the others; one that is not, all the same. */
	facts.snapshots = 0;
	ck_assert_uint_eq(port_find(finder, name, found, 1), 1);
	expected[1] = found[0];
	ck_assert_uint_eq(port_find(finder, upper, found, 1), 1);
	ck_assert_uint_eq(found[0], expected[0]);
	ck_assert_uint_ne(found[0], expected[1]);
	ck_assert_uint_le(facts.snapshots, 1);

	for (i = 0; i < 2; i++)
		finish_server(helpers[i]);
	for (i = 0; i < 4; i++)
		recorder_close(&recorders[i]);
	ck_assert_uint_eq(port_find(finder, name, found, 16), 0);
	recorder_close(&recorders[4]);
	ck_assert_int_eq(facts.walked > 0, ways[_i].walked > 0);
	facts = ways[0];
}
END_TEST

struct churn {
	char name[CDRPC_NAME_MAX + 1];
	volatile LONG stop;
	volatile LONG failed;
	char log[256];
	HANDLE begun;
	uint32_t rounds;                /* 0: until it is stopped */
};

static DWORD WINAPI
make_and_free(void *parameter)
{
	struct churn *churn = parameter;
	struct recorder *recorder = calloc(1, sizeof *recorder);
	uint32_t round;

	for (round = 0; recorder && !churn->stop && (churn->rounds == 0 || round < churn->rounds); round++) {
		if (recorder_open(recorder, churn->name, NULL) != CDRPC_OK) {
			InterlockedIncrement(&churn->failed);
			memcpy(churn->log, recorder->log, sizeof churn->log);
		} else {
			/* A new window comes first in a search; every other one last, behind windows that the search has found. */
			if (round % 2)
				SetWindowPos((HWND)port_window(recorder->port), HWND_BOTTOM, 0, 0, 0, 0,
					     SWP_NOMOVE | SWP_NOSIZE | SWP_NOACTIVATE);
			recorder_close(recorder);
		}
		SetEvent(churn->begun);
	}
	free(recorder);
	return 0;
}

START_TEST(windows_that_vanish_hide_no_others)
{
	static struct recorder recorders[3];
	static struct churn churn;      /* the thread outlives a failed test */
	window_id expected[3];
	window_id found[16];
	HANDLE thread;
	size_t count;
	size_t i;
	size_t j;
	int round;

	churn.begun = CreateEventW(NULL, TRUE, FALSE, NULL);
	service_name(churn.name, "churn", GetCurrentProcessId());
	thread = CreateThread(NULL, 0, make_and_free, &churn, 0, NULL);
	ck_assert_ptr_nonnull(thread);
	proc_await_handle(churn.begun);
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(recorder_open(&recorders[i], churn.name, NULL), CDRPC_OK);
		expected[i] = port_window(recorders[i].port);
	}
	for (round = 0; round < 500; round++) {
		count = port_find(recorders[0].port, churn.name, found, 16);
		for (i = 0; i < 3; i++) {
			for (j = 0; j < count && found[j] != expected[i]; j++)
				;
			ck_assert_uint_lt(j, count);
		}
		qsort(found, count, sizeof found[0], compare_windows);
		for (i = 1; i < count; i++)
			ck_assert_uint_ne(found[i - 1], found[i]);
	}
	InterlockedIncrement(&churn.stop);
	proc_await_handle(thread);
	ck_assert_msg(churn.failed == 0, "%ld failed: %s", churn.failed, churn.log);
	ck_assert_uint_eq(facts.walked, 0);
	CloseHandle(thread);
	CloseHandle(churn.begun);
	for (i = 0; i < 3; i++)
		recorder_close(&recorders[i]);
}
END_TEST

START_TEST(threads_make_ports_at_the_same_time)
{
	static struct churn churn = { .rounds = 100 };
	HANDLE threads[4];
	size_t i;

	churn.begun = CreateEventW(NULL, TRUE, FALSE, NULL);
	service_name(churn.name, "threads", GetCurrentProcessId());
	for (i = 0; i < 4; i++) {
		threads[i] = CreateThread(NULL, 0, make_and_free, &churn, 0, NULL);
		ck_assert_ptr_nonnull(threads[i]);
	}
	for (i = 0; i < 4; i++) {
		proc_await_handle(threads[i]);
		CloseHandle(threads[i]);
	}
	ck_assert_msg(churn.failed == 0, "%ld failed: %s", churn.failed, churn.log);
	CloseHandle(churn.begun);
}
END_TEST

START_TEST(names_that_are_none_are_refused)
{
	static struct recorder recorder;
	char name[CDRPC_NAME_MAX + 2];

	memset(name, 'a', sizeof name);
	name[CDRPC_NAME_MAX + 1] = '\0';
	ck_assert_int_eq(recorder_open(&recorder, name, NULL), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(recorder_open(&recorder, "", NULL), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(recorder_open(&recorder, "a\xff", NULL), CDRPC_E_ARGUMENT);
	ck_assert_ptr_null(recorder.port);
	name[CDRPC_NAME_MAX] = '\0';
	ck_assert_int_eq(recorder_open(&recorder, name, NULL), CDRPC_OK);
	recorder_close(&recorder);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("win32_port");
	TCase *ways_case = tcase_create("ways");
	const TTest *const frames[] = {
		frames_of_all_sizes_arrive_whole,
		only_frames_are_received,
		sends_that_cannot_arrive_say_so,
		the_longest_timeout_is_no_short_one,
		NULL,
	};
	const TTest *const discovery[] = {
		windows_that_vanish_hide_no_others,
		threads_make_ports_at_the_same_time,
		names_that_are_none_are_refused,
		NULL,
	};

	add_case(suite, "frames", frames);
	add_case(suite, "discovery", discovery);
	tcase_add_loop_test(ways_case, all_windows_of_a_name_are_found, 0, sizeof ways / sizeof ways[0]);
	tcase_set_timeout(ways_case, 0);
	suite_add_tcase(suite, ways_case);
	return suite;
}

int
main(int argc, char **argv)
{
	return proc_main(argc, argv, roles, make_suite);
}
