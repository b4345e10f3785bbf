/* What a peer can make this process map: no more than its limits say, and what is over them goes without. */
#include <string.h>

#include "raw.h"
#include "rig_check.h"
#include "session/client.h"
#include "session/resident.h"

#define KIB UINT32_C(1024)
#define MIB (1024 * KIB)

static struct raw raw;

static void
begin(void)
{
	rig_resident = true;
	rig_prepared();
}

static void
server_started(void)
{
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&raw));
}

static void
end(void)
{
	raw_end(&raw);
	rig_stopped();
}

/* ---- sections of one body ---- */

#define CALLS 62

static struct {
	struct cdrpc_call *calls[CALLS];
	struct cdrpc_bytes data[CALLS];
	uint32_t count;
} kept;

static cdrpc_status
keep(struct rig *r, struct cdrpc_call *call, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	(void)r;
	(void)index;
	(void)value;
	kept.data[kept.count] = data;
	kept.calls[kept.count++] = call;
	return cdrpc_call_keep(call);
}

static void
answer_all(void)
{
	fake_enter(rig.server_thread);
	while (kept.count > 0)
		ck_assert_int_eq(cdrpc_call_complete(kept.calls[--kept.count], CDRPC_E_BUSY), CDRPC_OK);
	fake_enter(rig.client_thread);
}

/* A [shared] REQUEST whose section is 'size' bytes large, with 'blob' bytes in it from 'at' on. What it returned; *ret_section is open. */
static uint32_t
shared_request(uint32_t size, uint32_t at, uint32_t blob, struct section *ret_section)
{
	const uint32_t body[2] = { 5, blob };
	struct frame frame = raw_request(&raw, RIG_INTERFACE, RIG_SHARED + 1);
	uint8_t header[FRAME_HEADER_SIZE];

	ck_assert_int_eq(section_new(&rig.env, size, ret_section), CDRPC_OK);
	frame.deadline_ms = 3600000;
	frame.route = FRAME_ROUTE_SECTION;
	frame.body_size = sizeof body;
	frame.blob_size = blob;
	frame.section_size = size;
	frame.section_handle = (uint64_t)(uintptr_t)ret_section->handle;
	memset(frame.nonce, 0x5A, sizeof frame.nonce);
	ck_assert_int_eq(frame_arrange(&frame, at), CDRPC_OK);
	memcpy(ret_section->view, frame.nonce, sizeof frame.nonce);
	memcpy(ret_section->view + at, body, sizeof body);
	memset(ret_section->view + at + sizeof body, 0x77, blob);
	frame_encode(&frame, header);
	return raw_send(&raw, header, sizeof header);
}

/* A few bytes in a large section hold a few bytes. */
START_TEST(a_section_is_mapped_as_far_as_is_needed)
{
	struct section sections[CALLS];
	uint64_t before, allowed = UINT64_C(64) * KIB * CALLS;
	uint32_t i;

	begin();
	rig.handler = keep;
	server_started();
	ck_assert(raw_open(&raw));
	before = fake_mapped(rig.server_thread);
	for (i = 0; i < CALLS; i++) {
		ck_assert_uint_eq(shared_request(30 * MIB, 32, 16, &sections[i]), FRAME_RESULT_ACCEPTED);
		rig_settle(&rig);
	}
	ck_assert_uint_eq(kept.count, CALLS);
	ck_assert_uint_le(fake_mapped(rig.server_thread), before + allowed);
	ck_assert_uint_gt(fake_mapped(rig.server_thread), before);
	answer_all();
	ck_assert_uint_eq(fake_mapped(rig.server_thread), before);
	for (i = 0; i < CALLS; i++)
		section_done(&sections[i]);
	end();
}
END_TEST

/* What is read in place is counted, the room before it included; what is over the limit is copied, and everything arrives. */
START_TEST(what_is_read_in_place_is_counted)
{
	static const uint32_t starts[] = { 32, 300 * KIB };
	uint32_t at = starts[_i], blob = 250 * KIB, fit = _i == 0 ? 4 : 1, round, i;
	struct section sections[6];
	uint64_t before;

	begin();
	rig.handler = keep;
	rig.server_limits.mapped_max = MIB;
	server_started();
	ck_assert(raw_open(&raw));
	before = fake_mapped(rig.server_thread);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 6; i++) {
			ck_assert_uint_eq(shared_request(MIB, at, blob, &sections[i]), FRAME_RESULT_ACCEPTED);
			rig_settle(&rig);
		}
		ck_assert_uint_eq(kept.count, 6);
		for (i = 0; i < 6; i++) {
			bool in_place = kept.data[i].data == (const void *)(sections[i].view + at + 8);

			ck_assert_uint_eq(kept.data[i].size, blob);
			ck_assert_uint_eq(((const uint8_t *)kept.data[i].data)[blob - 1], 0x77);
			ck_assert_int_eq(in_place, i < fit);
		}
		ck_assert_uint_eq(fake_mapped(rig.server_thread), before + fit * (uint64_t)(at + 8 + blob));
		answer_all();
		ck_assert_uint_eq(fake_mapped(rig.server_thread), before);
		for (i = 0; i < 6; i++)
			section_done(&sections[i]);
	}
	end();
}
END_TEST

/* Also for a moment, to be copied, no more is mapped than a body may be, and a little. */
START_TEST(a_body_far_behind)
{
	struct section section;

	begin();
	rig.server_limits.body_max = MIB;
	server_started();
	ck_assert(raw_open(&raw));
	ck_assert_uint_eq(shared_request(2 * MIB, MIB + 64 * KIB - 24, 16, &section), FRAME_RESULT_ACCEPTED);
	section_done(&section);
	ck_assert_uint_eq(shared_request(2 * MIB, MIB + 64 * KIB - 16, 16, &section), frame_result_refused(CDRPC_E_REMOTE_LIMIT));
	section_done(&section);
	end();
}
END_TEST

/* The same of a reply, at the client. */
START_TEST(replies_are_counted_too)
{
	struct cdrpc_bytes data = rig_data(300 * KIB);
	struct cdrpc_reply first = { NULL };
	struct rig_answer answer;
	uint64_t before;

	begin();
	rig.client_limits.resident_max = CDRPC_RESIDENT_NONE;
	rig.client_limits.mapped_max = 500 * KIB;
	rig_started();
	before = fake_mapped(rig.client_thread);
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, data, &answer), CDRPC_OK);
	ck_assert_uint_gt(fake_mapped(rig.client_thread), before + data.size);
	first = rig.reply;
	rig.reply = (struct cdrpc_reply){ NULL };
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, data, &answer), CDRPC_OK);
	ck_assert_uint_lt(fake_mapped(rig.client_thread), before + 2 * data.size);
	ck_assert(rig_data_equal(answer.data, data));
	cdrpc_reply_free(&first);
	cdrpc_reply_free(&rig.reply);
	ck_assert_uint_eq(fake_mapped(rig.client_thread), before);
	ck_assert_int_eq(rig_call(&rig, RIG_SHARED, 1, data, &answer), CDRPC_OK);
	ck_assert_uint_gt(fake_mapped(rig.client_thread), before + data.size);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* ---- arenas ---- */

static cdrpc_handle offered[3];

/* OPEN with an arena of 'size' bytes, that there is indeed. */
static uint32_t
open_with(uint32_t size, bool pushed, bool sound)
{
	static const enum cdrpc_handle_kind kinds[] = { CDRPC_HANDLE_EVENT, CDRPC_HANDLE_SECTION, CDRPC_HANDLE_SECTION };
	static const uint32_t rights[] = { CDRPC_RIGHT_MODIFY, CDRPC_RIGHT_READ, CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE };
	const uint32_t terms[] = { 3, 65536, 1 << 20, size, 0 };
	struct frame frame = raw_frame(&raw, FRAME_OPEN);
	struct process *server;
	struct section section;
	uint32_t result, i;

	ck_assert_int_eq(process_open(&rig.env, raw.server, &server), CDRPC_OK);
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof terms;
	frame.flags = pushed ? FRAME_FLAG_PUSHED : 0;
	frame.handle_count = 3;
	for (i = 0; i < 3; i++) {
		enum cdrpc_handle_kind kind = !sound && i == 1 ? CDRPC_HANDLE_MUTEX : kinds[i];

		if (kind == CDRPC_HANDLE_SECTION) {
			ck_assert_int_eq(section_new(&rig.env, i == 1 ? size : sizeof(struct resident_control), &section), CDRPC_OK);
			offered[i] = section.handle;
			section.handle = NULL;
			section_done(&section);
		} else {
			offered[i] = fake_handle_new(kind);
		}
		frame.handles[i] = (struct frame_handle){ kinds[i], rights[i], (uint64_t)(uintptr_t)offered[i] };
		if (pushed)
			ck_assert_int_eq(handle_push(offered[i], kind, rights[i], server, &frame.handles[i].value), CDRPC_OK);
	}
	result = raw_send_frame(&raw, &frame, terms);
	for (i = 0; pushed && result != FRAME_RESULT_ACCEPTED && i < 3; i++)
		handle_take_back(server, frame.handles[i].value);
	process_close(server);
	return result;
}

static void
close_offered(void)
{
	uint32_t i;

	for (i = 0; i < 3; i++)
		handle_close(offered[i]);
}

/* The session works, without arenas: a call is answered by message. */
static void
check_without(void)
{
	static const uint32_t body[2] = { 5, 0 };
	struct frame frame;

	ck_assert(raw_await(&raw, 2));
	ck_assert_uint_eq(raw.last.type, FRAME_REPLY);
	ck_assert_uint_eq(raw.last.handle_count, 0);
	frame = raw_request(&raw, RIG_INTERFACE, RIG_ECHO + 1);
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof body;
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, body), FRAME_RESULT_ACCEPTED);
	ck_assert(raw_await(&raw, 3));
	ck_assert_uint_eq(raw.last.txn, frame.txn);
	ck_assert_int_eq(raw.last.status, CDRPC_OK);
}

/* Pulled and pushed, an arena that is larger than the server's own may be is not mapped, and none of its handles stays. */
START_TEST(arenas_over_the_limit_are_done_without)
{
	static const struct {
		uint32_t limit;
		uint32_t size;
	} cases[] = {
		{ 64 * KIB, 64 * KIB + 8 }, { 64 * KIB, 64 * MIB }, { 2 * MIB, 2 * MIB + 64 }, { CDRPC_RESIDENT_NONE, 64 * KIB },
		{ CDRPC_RESIDENT_NONE, 64 * MIB },
	};
	bool pushed = _i >= 5;
	size_t handles;

	begin();
	rig.server_limits.resident_max = cases[_i % 5].limit;
	server_started();
	handles = fake_handles(rig.server_thread);
	ck_assert_uint_eq(open_with(cases[_i % 5].size, pushed, true), FRAME_RESULT_ACCEPTED);
	ck_assert_uint_eq(fake_mapped(rig.server_thread), 0);
	ck_assert_uint_eq(fake_handles(rig.server_thread), handles);
	check_without();
	close_offered();
	end();
}
END_TEST

/* What is pushed and not what it is said to be is refused as ever, and its sender's to take back. */
START_TEST(over_the_limit_and_not_what_it_must_be)
{
	size_t handles;

	begin();
	rig.server_limits.resident_max = CDRPC_RESIDENT_NONE;
	server_started();
	handles = fake_handles(rig.server_thread);
	ck_assert_uint_eq(open_with(64 * MIB, true, false), frame_result_refused(CDRPC_E_BAD_FRAME));
	ck_assert_uint_eq(fake_handles(rig.server_thread), handles);
	close_offered();
	end();
}
END_TEST

/* No room for a view, or (1, 3) for all that the sessions of the server map: the client has a session all the same. */
START_TEST(no_room_for_an_arena)
{
	bool pushed = _i >= 2;
	size_t handles;

	begin();
	if (_i % 2)
		rig.server_limits.mapped_max = 2 * MIB - 1;
	server_started();
	handles = fake_handles(rig.server_thread);
	fake_faults()->section_map = _i % 2 == 0;
	ck_assert_uint_eq(open_with(MIB, pushed, true), FRAME_RESULT_ACCEPTED);
	fake_faults()->section_map = false;
	ck_assert_uint_eq(fake_mapped(rig.server_thread), 0);
	ck_assert_uint_eq(fake_handles(rig.server_thread), handles);
	check_without();
	close_offered();
	end();
}
END_TEST

static uint32_t
arena_of(const struct session *session)
{
	return session->resident && session->resident->ready ? (uint32_t)session->resident->in.size : 0;
}

/* Each side's first section is as large as both let it be. */
START_TEST(the_lesser_of_both_limits)
{
	static const struct {
		uint32_t client, server, first;
	} cases[] = {
		{ 64 * KIB, 8 * MIB, 64 * KIB },
		{ 8 * MIB, 64 * KIB, 64 * KIB },
		{ 100000, 70001, 70001 },
		{ 8 * MIB, 8 * MIB, MIB },
		{ 1024 * MIB, 2 * MIB, MIB },
		{ CDRPC_RESIDENT_NONE, 8 * MIB, 0 },
		{ 8 * MIB, CDRPC_RESIDENT_NONE, 0 },
	};
	uint64_t control = cases[_i].first ? sizeof(struct resident_control) : 0;
	struct cdrpc_bytes data = rig_data(50000);
	struct rig_answer answer;

	begin();
	rig.client_limits.resident_max = cases[_i].client;
	rig.server_limits.resident_max = cases[_i].server;
	rig_started();
	rig_settle(&rig);
	ck_assert_uint_eq(arena_of(rig.client->session), cases[_i].first);
	ck_assert_uint_eq(fake_mapped(rig.client_thread), 2 * (uint64_t)cases[_i].first + control);
	ck_assert_uint_eq(fake_mapped(rig.server_thread), 2 * (uint64_t)cases[_i].first + control);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer), CDRPC_OK);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, data));
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* A server that was built before says at once how large a section it makes, and makes it: one that does not know of bit 2. */
static enum fake_fate
from_before(void *self, const struct fake_send *send)
{
	uint8_t *bytes = (uint8_t *)(uintptr_t)send->bytes;
	uint32_t made = MIB;
	struct frame frame;

	(void)self;
	if (frame_decode(bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_CHALLENGE)
		return FAKE_DELIVER;
	bytes[frame.body_offset + 4] &= (uint8_t)~4;
	memcpy(bytes + frame.body_offset + 16, &made, 4);
	return FAKE_DELIVER;
}

START_TEST(a_server_from_before)
{
	uint32_t limit = _i == 0 ? MIB - 1 : MIB;
	struct rig_answer answer;

	begin();
	rig.client_limits.resident_max = limit;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	fake_judge(from_before, NULL);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	fake_judge(NULL, NULL);
	ck_assert_uint_eq(arena_of(rig.client->session), _i == 0 ? 0 : MIB);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer), CDRPC_OK);
	ck_assert_int_eq(rig.trace.reply_route, _i == 0 ? CDRPC_ROUTE_MESSAGE : CDRPC_ROUTE_RESIDENT);
	rig_stopped();
}
END_TEST

/* One that breaks its word: what it answers is larger than what it has said, and is there. */
static enum fake_fate
break_the_word(void *self, const struct fake_send *send)
{
	uint8_t *bytes = (uint8_t *)(uintptr_t)send->bytes;
	struct section *made = self;
	uint32_t size = 2 * MIB;
	uint64_t value;
	struct frame frame;

	if (frame_decode(bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_REPLY)
		return FAKE_DELIVER;
	if (!made->handle)
		ck_assert_int_eq(section_new(&rig.env, size, made), CDRPC_OK);
	value = (uint64_t)(uintptr_t)made->handle;
	memcpy(bytes + frame.body_offset + 12, &size, 4);
	memcpy(bytes + frame.handle_offset + FRAME_HANDLE_SIZE + 8, &value, 8);
	return FAKE_DELIVER;
}

START_TEST(a_server_that_breaks_its_word)
{
	struct section made = { 0 };

	begin();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	fake_judge(break_the_word, &made);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_TIMEOUT);
	fake_judge(NULL, NULL);
	rig_settle(&rig);
	ck_assert_uint_eq(fake_mapped(rig.client_thread), 0);
	fake_enter(rig.server_thread);
	section_done(&made);
	fake_enter(rig.client_thread);
	ck_assert_uint_eq(fake_mapped(rig.server_thread), 0);
	rig_stopped();
}
END_TEST

/* The client has no room for the server's section: there is no session, and both know. */
static enum fake_fate
fill_up(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (frame_decode(send->bytes, send->size, &frame) == CDRPC_OK && frame.type == FRAME_REPLY)
		fake_faults()->section_map = true;
	return FAKE_DELIVER;
}

static bool
never(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

START_TEST(no_room_at_the_client)
{
	size_t handles;

	begin();
	if (_i == 1)
		rig.client_hooks.may_duplicate = never;
	if (_i == 2)
		rig.server_hooks.may_duplicate = never;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	handles = fake_handles(rig.server_thread);
	fake_judge(fill_up, NULL);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_E_NOMEM);
	fake_judge(NULL, NULL);
	fake_faults()->section_map = false;
	rig_settle(&rig);
	ck_assert_uint_eq(rig_stats(&rig).sessions, 0);
	ck_assert_uint_eq(fake_mapped(rig.client_thread), 0);
	ck_assert_uint_eq(fake_handles(rig.client_thread), 0);
	ck_assert_uint_eq(fake_mapped(rig.server_thread), 0);
	ck_assert_uint_eq(fake_handles(rig.server_thread), handles);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	rig_stopped();
}
END_TEST

/* All sessions of a server together: the second has no arenas, and the third, after the first has ended, has. */
START_TEST(sessions_share_the_limit)
{
	struct cdrpc_client *first, *second;
	struct rig_answer answer;

	begin();
	rig.server_limits.mapped_max = 3 * MIB;
	rig_started();
	first = rig.client;
	ck_assert_uint_eq(arena_of(first->session), MIB);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	second = rig.client;
	ck_assert_uint_eq(arena_of(second->session), 0);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, rig_nothing, &answer), CDRPC_OK);
	cdrpc_client_free(first);
	rig_settle(&rig);
	ck_assert_int_eq(rig_connect(&rig), CDRPC_OK);
	ck_assert_uint_eq(arena_of(rig.client->session), MIB);
	cdrpc_client_free(second);
	rig_stopped();
}
END_TEST

/* Arenas do not grow over it, whoever offers; and what was not taken is not counted: 2 MiB of arenas, and 7 for growing. */
START_TEST(growth_is_counted)
{
	struct cdrpc_bytes data = rig_data(3 * MIB);
	uint32_t mapped_max = 2 * MIB + (_i % 2 ? 7 * MIB : 7 * MIB - 1), i;
	bool of_client = _i >= 2;
	struct rig_answer answer;

	begin();
	if (of_client)
		rig.client_limits.mapped_max = mapped_max;
	else
		rig.server_limits.mapped_max = mapped_max;
	rig_started();
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(rig_call(&rig, RIG_STATUS, 0, data, NULL), CDRPC_OK);
		ck_assert_int_eq(rig.trace.request_route, i > 0 && _i % 2 ? CDRPC_ROUTE_RESIDENT : CDRPC_ROUTE_SECTION);
	}
	/* The other direction has no room in either case. */
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 0, data, &answer), CDRPC_OK);
		ck_assert(rig_data_equal(answer.data, data));
		ck_assert_int_eq(rig.trace.reply_route, CDRPC_ROUTE_SECTION);
	}
	ck_assert_uint_le(fake_mapped(of_client ? rig.client_thread : rig.server_thread),
			  mapped_max + sizeof(struct resident_control));
	rig_data_free(data);
	rig_stopped();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("mapped");
	TCase *sections = tcase_create("sections"), *arenas = tcase_create("arenas");

	tcase_add_test(sections, a_section_is_mapped_as_far_as_is_needed);
	tcase_add_loop_test(sections, what_is_read_in_place_is_counted, 0, 2);
	tcase_add_test(sections, a_body_far_behind);
	tcase_add_test(sections, replies_are_counted_too);
	suite_add_tcase(suite, sections);
	tcase_add_loop_test(arenas, arenas_over_the_limit_are_done_without, 0, 10);
	tcase_add_test(arenas, over_the_limit_and_not_what_it_must_be);
	tcase_add_loop_test(arenas, no_room_for_an_arena, 0, 4);
	tcase_add_loop_test(arenas, the_lesser_of_both_limits, 0, 7);
	tcase_add_loop_test(arenas, a_server_from_before, 0, 2);
	tcase_add_test(arenas, a_server_that_breaks_its_word);
	tcase_add_loop_test(arenas, no_room_at_the_client, 0, 3);
	tcase_add_test(arenas, sessions_share_the_limit);
	tcase_add_loop_test(arenas, growth_is_counted, 0, 4);
	suite_add_tcase(suite, arenas);
	return check_main(suite);
}
