/* A server against frames made by hand, and a client against servers that are none: on the fake transport, so everything counts. */
#include <string.h>

#include "base/deadline.h"
#include "raw.h"
#include "rig_check.h"

static struct raw raw;

static void
begin(void)
{
	rig_prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
}

static void
opened(void)
{
	begin();
	ck_assert(raw_greet(&raw));
	ck_assert(raw_open(&raw));
}

static void
end(void)
{
	raw_end(&raw);
	rig_stopped();
}

/* A body that RIG_STATUS_INLINE decodes: a number and an empty blob. */
static const uint32_t body[2] = { 5, 0 };

static struct frame
request(uint32_t index)
{
	struct frame frame = raw_request(&raw, RIG_INTERFACE, (uint16_t)(index + 1));

	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof body;
	return frame;
}

START_TEST(each_bit_of_a_token_counts)
{
	struct frame frame;
	uint32_t i;

	opened();
	for (i = 0; i < 8 * FRAME_TOKEN_SIZE; i++) {
		frame = request(RIG_STATUS_INLINE);
		frame.token[i / 8] ^= (uint8_t)(1 << i % 8);
		ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), frame_result_refused(CDRPC_E_NO_SESSION));
	}
	frame = request(RIG_STATUS_INLINE);
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), frame_result_error(5));
	ck_assert_uint_eq(rig_stats(&rig).refused_frames, 8 * FRAME_TOKEN_SIZE);
	ck_assert_uint_eq(rig.runs, 1);
	end();
}
END_TEST

static uint32_t
release(uint64_t txn)
{
	struct frame frame = raw_frame(&raw, FRAME_RELEASE);

	frame.txn = txn;
	return raw_send_frame(&raw, &frame, NULL);
}

START_TEST(requests_that_are_not_run)
{
	struct frame frame;

	opened();
	frame = request(RIG_STATUS_INLINE);
	frame.deadline_ms = 0;
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), frame_result_refused(CDRPC_E_EXPIRED));
	frame = request(RIG_STATUS_INLINE);
	frame.interface_id++;
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), frame_result_refused(CDRPC_E_NO_INTERFACE));
	frame = request(RIG_METHODS);
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), frame_result_refused(CDRPC_E_NO_METHOD));
	ck_assert_uint_eq(release(frame.txn), frame_result_refused(CDRPC_E_EXPIRED));
	frame = request(RIG_STATUS_INLINE);
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), frame_result_error(5));
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), frame_result_refused(CDRPC_E_DUPLICATE));
	ck_assert_uint_eq(release(frame.txn), FRAME_RESULT_ACCEPTED);
	/* Released before it was sent: it will not run any more. */
	frame = request(RIG_STATUS_INLINE);
	ck_assert_uint_eq(release(frame.txn), frame_result_refused(CDRPC_E_EXPIRED));
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), frame_result_refused(CDRPC_E_DUPLICATE));
	/* Whoever has not heard the answer asks again, and hears the same. */
	ck_assert_uint_eq(release(frame.txn), frame_result_refused(CDRPC_E_EXPIRED));
	ck_assert_uint_eq(rig.runs, 1);
	ck_assert_uint_eq(rig_stats(&rig).refused_frames, 0);
	end();
}
END_TEST

static uint32_t depth, deepest;

/* Answers a reply, before it has taken it, with the next request. */
static void
ask_again(struct raw *client)
{
	struct frame frame = request(RIG_ECHO_INLINE);

	(void)client;
	if (++depth > deepest)
		deepest = depth;
	raw_send_frame(&raw, &frame, body);
	depth--;
}

/* Window procedures inside one another use up a stack: there is an end to it, and everything before it is answered. */
START_TEST(nesting_has_an_end)
{
	struct frame frame;

	opened();
	raw.on_frame = ask_again;
	deepest = 0;
	frame = request(RIG_ECHO_INLINE);
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), FRAME_RESULT_ACCEPTED);
	ck_assert_uint_eq(deepest, ENDPOINT_NESTING_MAX);
	ck_assert_uint_eq(rig.runs, ENDPOINT_NESTING_MAX);
	ck_assert_uint_eq(rig_stats(&rig).refused_calls, 1);
	raw.on_frame = NULL;
	frame = request(RIG_ECHO_INLINE);
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), FRAME_RESULT_ACCEPTED);
	end();
}
END_TEST

/* A body that cannot be decoded reaches no handler. */
START_TEST(bodies_that_break_their_types)
{
	static const uint32_t bad[][3] = { { 5, 8, 0 }, { 5, UINT32_MAX, 0 }, { 5, 0, 9 } };
	struct frame frame;
	uint32_t i;

	opened();
	for (i = 0; i < 3; i++) {
		frame = request(RIG_STATUS);
		frame.body_size = sizeof bad[i];
		ck_assert_uint_eq(raw_send_frame(&raw, &frame, bad[i]), FRAME_RESULT_ACCEPTED);
		ck_assert(raw_await(&raw, raw.frames + 1));
		ck_assert_uint_eq(raw.last.txn, frame.txn);
		ck_assert_int_eq(raw.last.status, CDRPC_E_BAD_REQUEST);
	}
	ck_assert_uint_eq(rig.runs, 0);
	end();
}
END_TEST

/* ---- handles that are not what they are said to be ---- */

static cdrpc_handle
section_with(uint8_t fill, uint32_t size)
{
	struct section section;
	cdrpc_handle handle;

	ck_assert_int_eq(section_new(&rig.env, size, &section), CDRPC_OK);
	memset(section.view, fill, size);
	handle = section.handle;
	section.handle = NULL;
	section_done(&section);
	return handle;
}

/* Whoever pushed a handle takes it back after a refusal, so the server must not have closed it; what it fetched it must have. */
START_TEST(sections_that_are_refused)
{
	static const uint8_t fills[] = { 0x5A, 0x11, 0x5A, 0x5A };
	bool pushed = _i >= 4;
	struct frame frame = { 0 };
	struct process *server;
	cdrpc_handle handle;
	uint64_t value;
	size_t before, views;

	opened();
	ck_assert_int_eq(process_open(&rig.env, raw.server, &server), CDRPC_OK);
	before = fake_handles(rig.server_thread);
	views = fake_views(rig.server_thread);
	handle = section_with(fills[_i % 4], 4096);
	value = (uint64_t)(uintptr_t)handle;
	if (pushed)
		ck_assert_int_eq(handle_push(handle, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, server, &value), CDRPC_OK);
	frame = request(RIG_STATUS_INLINE);
	frame.route = FRAME_ROUTE_SECTION;
	frame.flags = pushed ? FRAME_FLAG_PUSHED : 0;
	memset(frame.nonce, 0x5A, sizeof frame.nonce);
	frame.section_handle = value;
	/* 0: as it must be. 1: another nonce in it. 2: it is larger. 3: no handle. */
	frame.section_size = _i % 4 == 2 ? 8192 : 4096;
	if (_i % 4 == 3)
		frame.section_handle = 0x7FFFFFF0;
	if (_i % 4 == 0) {
		/* Its body is 0x5A5A5A5A times, no blob of which is there. */
		ck_assert_uint_eq(raw_send_frame(&raw, &frame, NULL), FRAME_RESULT_ACCEPTED);
		ck_assert_uint_eq(fake_handles(rig.server_thread), before);
	} else {
		ck_assert_uint_eq(raw_send_frame(&raw, &frame, NULL), frame_result_refused(CDRPC_E_BAD_FRAME));
		ck_assert_uint_eq(fake_handles(rig.server_thread), before + pushed);
		if (pushed)
			handle_take_back(server, value);
		ck_assert_uint_eq(fake_handles(rig.server_thread), before);
	}
	ck_assert_uint_eq(fake_views(rig.server_thread), views);
	ck_assert_uint_eq(rig.runs, 0);
	handle_close(handle);
	process_close(server);
	end();
}
END_TEST

#define ARENA_SIZE (1 << 20)

/* An OPEN one of whose handles is of another kind: the server keeps none of the others, and closes none that it was given. */
START_TEST(arenas_that_are_refused)
{
	static const uint32_t terms[] = { 3, 65536, 1 << 20, ARENA_SIZE, 0 };
	static const enum cdrpc_handle_kind kinds[] = { CDRPC_HANDLE_EVENT, CDRPC_HANDLE_SECTION, CDRPC_HANDLE_SECTION };
	static const uint32_t rights[] = { CDRPC_RIGHT_MODIFY, CDRPC_RIGHT_READ, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE };
	cdrpc_handle handles[3] = { 0 };
	uint32_t bad = (uint32_t)_i % 3, i, result;
	/* What a server that keeps nothing need not fetch it does not look at. */
	bool pushed = _i >= 3, refused = pushed || rig_resident;
	struct process *server;
	struct frame frame;
	size_t before;

	begin();
	ck_assert(raw_greet(&raw));
	ck_assert_int_eq(process_open(&rig.env, raw.server, &server), CDRPC_OK);
	before = fake_handles(rig.server_thread);
	frame = raw_frame(&raw, FRAME_OPEN);
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof terms;
	frame.flags = pushed ? FRAME_FLAG_PUSHED : 0;
	frame.handle_count = 3;
	for (i = 0; i < 3; i++) {
		/* A mutex where something else must be. */
		enum cdrpc_handle_kind kind = i == bad ? CDRPC_HANDLE_MUTEX : kinds[i];

		handles[i] = kind == CDRPC_HANDLE_SECTION ? section_with(0, ARENA_SIZE) : fake_handle_new(kind);
		frame.handles[i] = (struct frame_handle){ kinds[i], rights[i], (uint64_t)(uintptr_t)handles[i] };
		if (pushed)
			ck_assert_int_eq(handle_push(handles[i], kind, rights[i], server, &frame.handles[i].value), CDRPC_OK);
	}
	result = raw_send_frame(&raw, &frame, terms);
	ck_assert_uint_eq(result, refused ? frame_result_refused(CDRPC_E_BAD_FRAME) : FRAME_RESULT_ACCEPTED);
	for (i = 0; i < 3; i++) {
		if (pushed)
			handle_take_back(server, frame.handles[i].value);
		handle_close(handles[i]);
	}
	ck_assert_uint_eq(fake_handles(rig.server_thread), before);
	ck_assert_uint_eq(fake_views(rig.server_thread), 0);
	ck_assert_uint_eq(rig_stats(&rig).sessions, refused ? 0 : 1);
	process_close(server);
	end();
}
END_TEST

/* ---- handshakes ---- */

START_TEST(four_unopened_for_a_process)
{
	struct raw others[4];
	int i;

	begin();
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(raw_begin(&others[i], RIG_SERVICE), CDRPC_OK);
		ck_assert(raw_greet(&others[i]));
	}
	ck_assert(!raw_greet(&raw));
	ck_assert_uint_eq(rig_stats(&rig).sessions, 4);
	/* An opened one makes room, and so does time. */
	ck_assert(raw_open(&others[0]));
	ck_assert(raw_greet(&raw));
	fake_advance_us(HANDSHAKE_US + DEADLINE_TICK_US);
	ck_assert(raw_greet(&others[1]));
	ck_assert_uint_eq(rig_stats(&rig).sessions, 2);
	for (i = 0; i < 4; i++)
		raw_end(&others[i]);
	end();
}
END_TEST

START_TEST(a_full_server_is_busy)
{
	struct rig_answer answer;

	rig_prepared();
	rig.server_limits.sessions_max = 1;
	rig_started();
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	ck_assert(!raw_greet(&raw));
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer), CDRPC_OK);
	rig_disconnect(&rig);
	ck_assert(raw_greet(&raw));
	end();
}
END_TEST

static uint32_t
squat(void *owner, window_id sender, const void *bytes, size_t size)
{
	(void)sender;
	(void)bytes;
	(void)size;
	return *(uint32_t *)owner;
}

static void
no_bell(void *owner)
{
	(void)owner;
}

/* A window of the service's name that is found first and is no server: it takes everything, nothing, or refuses. */
START_TEST(squatters_are_passed_over)
{
	static const uint32_t results[] = { FRAME_RESULT_NONE, FRAME_RESULT_ACCEPTED, 0x100 + 70, 0x12345678 };
	uint32_t result = results[_i], squatter;
	struct port_options options = { .env = &rig.env, .service = RIG_SERVICE, .owner = &result, .receive = squat,
					.bell = no_bell };
	struct rig_answer answer;
	struct port *port;

	rig_prepared();
	squatter = fake_process();
	fake_enter(squatter);
	ck_assert_int_eq(port_new(&options, &port), CDRPC_OK);
	fake_enter(rig.client_thread);
	rig_started();
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer), CDRPC_OK);
	fake_enter(squatter);
	port_free(port);
	fake_enter(rig.client_thread);
	rig_stopped();
}
END_TEST

/* What is not known of a process is admitted by no policy. */
START_TEST(policies)
{
	static const struct {
		enum cdrpc_integrity integrity, wanted;
		bool same_user, same_user_wanted;
		cdrpc_status status;
	} cases[] = {
		{ CDRPC_INTEGRITY_MEDIUM, CDRPC_INTEGRITY_MEDIUM, true, true, CDRPC_OK },
		{ CDRPC_INTEGRITY_ANY, CDRPC_INTEGRITY_ANY, false, false, CDRPC_OK },
		{ CDRPC_INTEGRITY_LOW, CDRPC_INTEGRITY_MEDIUM, true, false, CDRPC_E_POLICY },
		{ CDRPC_INTEGRITY_ANY, CDRPC_INTEGRITY_LOW, true, false, CDRPC_E_POLICY },
		{ CDRPC_INTEGRITY_HIGH, CDRPC_INTEGRITY_ANY, false, true, CDRPC_E_POLICY },
	};
	bool of_client = _i & 1;
	struct fake_process *vetted;

	rig_prepared();
	vetted = fake_process_of(of_client ? rig.client_thread : rig.server_thread);
	vetted->integrity = cases[_i / 2].integrity;
	vetted->same_user = cases[_i / 2].same_user;
	if (of_client) {
		rig.server_policy.min_integrity = cases[_i / 2].wanted;
		rig.server_policy.same_user = cases[_i / 2].same_user_wanted;
	} else {
		rig.client_policy.min_integrity = cases[_i / 2].wanted;
		rig.client_policy.same_user = cases[_i / 2].same_user_wanted;
	}
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(rig_connect(&rig),
			 cases[_i / 2].status == CDRPC_E_POLICY && of_client ? CDRPC_E_REFUSED : cases[_i / 2].status);
	rig_stopped();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_test(tcase, each_bit_of_a_token_counts);
	tcase_add_test(tcase, requests_that_are_not_run);
	tcase_add_test(tcase, nesting_has_an_end);
	tcase_add_test(tcase, bodies_that_break_their_types);
	tcase_add_loop_test(tcase, sections_that_are_refused, 0, 8);
	tcase_add_loop_test(tcase, arenas_that_are_refused, 0, 6);
	tcase_add_test(tcase, four_unopened_for_a_process);
	tcase_add_test(tcase, a_full_server_is_busy);
	tcase_add_loop_test(tcase, squatters_are_passed_over, 0, 4);
	tcase_add_loop_test(tcase, policies, 0, 10);
}

int
main(void)
{
	return check_main(rig_suite("hostile", add));
}
