/* What a peer can do to wake a port: ring its bell, and set its event. */
#include "win32_fixture.h"

#include "port.h"

#include "proc.h"

static struct recorder recorder;

/* Rings the window in words[0], and sets the event whose value there is words[1]. */
static int
run_ringer(struct proc *starter)
{
	struct process *process = NULL;
	HANDLE event;

	proc_check(recorder_open(&recorder, NULL, NULL) == CDRPC_OK);
	proc_await(starter);
	port_ring_peer((window_id)starter->words[0]);
	proc_signal(starter);
	proc_await(starter);
	proc_check(process_open(&recorder.env, (window_id)starter->words[0], &process) == CDRPC_OK);
	proc_check(handle_pull(process, starter->words[1], CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, &event) == CDRPC_OK);
	event_set(event);
	handle_close(event);
	process_close(process);
	recorder_close(&recorder);
	return 0;
}

static const struct proc_role roles[] = { { "ringer", run_ringer }, { 0 } };

START_TEST(a_peer_wakes_and_rings)
{
	struct proc *ringer = proc_start("ringer");
	uint64_t begin;

	ck_assert_int_eq(recorder_open(&recorder, NULL, NULL), CDRPC_OK);
	ringer->words[0] = port_window(recorder.port);
	ringer->words[1] = (uintptr_t)port_event(recorder.port);
	proc_signal(ringer);
	/* The ring ends a wait, and calls bell() from the message loop. */
	while (!atomic_bool_load(&recorder.port->armed))
		port_wait(recorder.port, NULL, PROC_NEVER_MS);
	ck_assert_uint_eq(recorder.bells, 0);
	proc_await(ringer);
	pump_until(&recorder.bells, 1);
	ck_assert(!recorder.bell_in_message);
	/* So does the event, once. */
	proc_signal(ringer);
	while (!port_await(recorder.port, NULL, PROC_NEVER_MS))
		;
	begin = clock_us();
	port_wait(recorder.port, NULL, 60);
	ck_assert_uint_ge(clock_us() - begin, 45000);
	ck_assert_int_eq(proc_finish(ringer), 0);
	ck_assert_uint_eq(recorder.bells, 1);
	/* A window that is not there, and one that means everybody. */
	port_ring_peer(0);
	port_ring_peer((window_id)HWND_BROADCAST);
	pump_now();
	ck_assert_uint_eq(recorder.bells, 1);
	recorder_close(&recorder);
}
END_TEST

static Suite *
make_suite(void)
{
	const TTest *const tests[] = { a_peer_wakes_and_rings, NULL };
	Suite *suite = suite_create("win32_ring");

	add_case(suite, "ring", tests);
	return suite;
}

int
main(int argc, char **argv)
{
	return proc_main(argc, argv, roles, make_suite);
}
