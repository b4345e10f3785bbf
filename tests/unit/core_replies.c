/* A peer that answers by hand: one answer for a transaction, whatever it has asked, announced or sent before. */
#include <stdlib.h>
#include <string.h>

#include "events/events.h"
#include "raw.h"
#include "rig_check.h"
#include "session/client.h"
#include "wire/seen.h"

#define SIZE 100000

static struct raw raw;
static struct cdrpc_client *caller;
/* What an echo answers: the number 5, a size, and data. */
static uint8_t image[8 + SIZE];

static void
on_opened(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	ck_assert_int_eq(cdrpc_peer_client(peer, &rig.client_options, &caller), CDRPC_OK);
}

/* The server has a session with the peer, whose interface it may call, and whose events it may listen to. */
static void
begin(void)
{
	static const uint32_t head[2] = { 5, SIZE };
	const uint64_t events = events_interface.id;
	const uint32_t terms[] = {
		3, 65536, 1 << 20, 0, 2, 0,
		(uint32_t)RIG_INTERFACE, (uint32_t)(RIG_INTERFACE >> 32), 1, 0,
		(uint32_t)events, (uint32_t)(events >> 32), 1,
	};
	struct frame frame;
	uint32_t i;

	for (i = 0; i < sizeof image; i++)
		image[i] = (uint8_t)(i * 7);
	memcpy(image, head, sizeof head);
	rig_prepared();
	rig.server_options.session_opened = on_opened;
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&raw));
	frame = raw_frame(&raw, FRAME_OPEN);
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof terms;
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, terms), FRAME_RESULT_ACCEPTED);
	ck_assert(raw_await(&raw, 2));
	rig_settle(&rig);
	fake_enter(rig.server_thread);
	rig.client = caller;
	fake_enter(rig.client_thread);
}

static void
end(void)
{
	fake_enter(rig.server_thread);
	cdrpc_client_free(caller);
	rig.client = NULL;
	fake_enter(rig.client_thread);
	raw_end(&raw);
	rig_stopped();
}

/* The server calls, and the peer has taken the request. Returns its transaction. */
static uint64_t
called(struct cdrpc_pending **ret_pending)
{
	fake_enter(rig.server_thread);
	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 1, rig_nothing, ret_pending), CDRPC_OK);
	fake_enter(rig.client_thread);
	ck_assert_uint_eq(raw.last.type, FRAME_REQUEST);
	return raw.last.txn;
}

static cdrpc_status
finished(struct cdrpc_pending *pending, struct rig_answer *ret_answer)
{
	cdrpc_status status;

	fake_enter(rig.server_thread);
	status = rig_finish(&rig, RIG_ECHO, pending, ret_answer);
	fake_enter(rig.client_thread);
	return status;
}

static uint32_t
release(uint64_t txn)
{
	struct frame frame = raw_frame(&raw, FRAME_RELEASE);

	frame.txn = txn;
	frame.flags = FRAME_FLAG_OF_REPLY;
	return raw_send_frame(&raw, &frame, NULL);
}

/* A REPLY that announces all of 'image', in pieces. */
static uint32_t
announce(uint64_t txn)
{
	struct frame frame = raw_frame(&raw, FRAME_REPLY);
	uint8_t header[FRAME_HEADER_SIZE];

	frame.txn = txn;
	frame.route = FRAME_ROUTE_CHUNKS;
	frame.body_size = 8;
	frame.blob_size = SIZE;
	ck_assert_int_eq(frame_arrange(&frame, 0), CDRPC_OK);
	frame_encode(&frame, header);
	return raw_send(&raw, header, sizeof header);
}

static uint32_t
piece(uint64_t txn, uint64_t offset, uint32_t size)
{
	struct frame frame = raw_frame(&raw, FRAME_CHUNK);
	uint8_t *bytes;
	uint32_t result;

	frame.txn = txn;
	frame.flags = FRAME_FLAG_OF_REPLY;
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = 8;
	frame.blob_size = size;
	ck_assert_int_eq(frame_arrange(&frame, 0), CDRPC_OK);
	bytes = calloc(1, frame.frame_size);
	ck_assert(bytes != NULL);
	frame_encode(&frame, bytes);
	memcpy(bytes + frame.body_offset, &offset, 8);
	memcpy(bytes + frame.blob_offset, image + offset, size);
	result = raw_send(&raw, bytes, frame.frame_size);
	free(bytes);
	return result;
}

static uint32_t
reply_in_place(uint64_t txn, uint32_t value)
{
	const uint32_t body[2] = { value, 0 };
	struct frame frame = raw_frame(&raw, FRAME_REPLY);

	frame.txn = txn;
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof body;
	return raw_send_frame(&raw, &frame, body);
}

static bool
refused(uint32_t result, cdrpc_status status)
{
	return result == frame_result_refused(status);
}

/* Transactions that were never used, named so that the window forgets those that are. */
static const uint64_t far_away[] = { SEEN_WINDOW + 2, UINT64_C(1) << 60, UINT64_MAX };

START_TEST(one_answer_whatever_was_forgotten)
{
	struct cdrpc_pending *pending = NULL;
	struct rig_answer answer;
	uint64_t txn;
	int i;

	begin();
	txn = called(&pending);
	ck_assert(refused(release(far_away[_i]), CDRPC_E_EXPIRED));
	ck_assert_uint_eq(announce(txn), FRAME_RESULT_ACCEPTED);
	for (i = 0; i < 3; i++) {
		ck_assert(refused(release(far_away[_i]), CDRPC_E_EXPIRED));
		ck_assert(refused(announce(txn), CDRPC_E_DUPLICATE));
		ck_assert(refused(reply_in_place(txn, 6), CDRPC_E_DUPLICATE));
	}
	ck_assert_uint_eq(piece(txn, 0, 40000), FRAME_RESULT_ACCEPTED);
	ck_assert_uint_eq(piece(txn, 40000, sizeof image - 40000), FRAME_RESULT_ACCEPTED);
	ck_assert(refused(reply_in_place(txn, 6), CDRPC_E_DUPLICATE));
	ck_assert_int_eq(finished(pending, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, 5);
	ck_assert(rig_data_equal(answer.data, (struct cdrpc_bytes){ image + 8, SIZE }));
	end();
}
END_TEST

/* A reply in pieces whose call is over: no piece of it finds anything, and the next call is not ended by one. */
START_TEST(pieces_of_a_call_that_is_over)
{
	struct cdrpc_pending *pending = NULL;
	struct rig_answer answer;
	uint64_t before, txn;

	begin();
	before = called(&pending);
	ck_assert(refused(release(far_away[_i]), CDRPC_E_EXPIRED));
	ck_assert_uint_eq(announce(before), FRAME_RESULT_ACCEPTED);
	ck_assert(refused(announce(before), CDRPC_E_DUPLICATE));
	ck_assert_uint_eq(piece(before, 0, 40000), FRAME_RESULT_ACCEPTED);
	fake_enter(rig.server_thread);
	cdrpc_pending_cancel(pending);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_CANCELLED);
	fake_enter(rig.client_thread);
	txn = called(&pending);
	ck_assert(refused(piece(before, 40000, sizeof image - 40000), CDRPC_E_EXPIRED));
	ck_assert(refused(piece(before, 0, 40000), CDRPC_E_EXPIRED));
	ck_assert_uint_eq(reply_in_place(txn, 7), FRAME_RESULT_ACCEPTED);
	ck_assert_int_eq(finished(pending, &answer), CDRPC_OK);
	ck_assert_uint_eq(answer.value, 7);
	ck_assert_uint_eq(answer.data.size, 0);
	end();
}
END_TEST

/* Answered after more later calls than the window knows: once, or, where RELEASE has asked for it before, not at all. */
START_TEST(an_answer_after_a_thousand_others)
{
	struct cdrpc_pending *late = NULL, *pending = NULL;
	struct rig_answer answer;
	uint64_t late_txn, txn;
	uint32_t i, wrong = 0;

	begin();
	rig.client_options.call_timeout_ms = 3600000;
	late_txn = called(&late);
	for (i = 0; i < SEEN_WINDOW + 8; i++) {
		txn = called(&pending);
		wrong += reply_in_place(txn, i) != FRAME_RESULT_ACCEPTED || finished(pending, &answer) != CDRPC_OK || answer.value != i;
	}
	ck_assert_uint_eq(wrong, 0);
	if (_i == 0) {
		ck_assert_uint_eq(reply_in_place(late_txn, 9), FRAME_RESULT_ACCEPTED);
		ck_assert(refused(reply_in_place(late_txn, 8), CDRPC_E_DUPLICATE));
		ck_assert_uint_eq(release(late_txn), FRAME_RESULT_ACCEPTED);
		ck_assert_int_eq(finished(late, &answer), CDRPC_OK);
		ck_assert_uint_eq(answer.value, 9);
	} else {
		/* Nobody has touched what was pushed with it, and nobody will. */
		ck_assert(refused(release(late_txn), CDRPC_E_EXPIRED));
		ck_assert(refused(reply_in_place(late_txn, 9), CDRPC_E_DUPLICATE));
		ck_assert(refused(release(late_txn), CDRPC_E_EXPIRED));
		fake_enter(rig.server_thread);
		cdrpc_pending_cancel(late);
		fake_enter(rig.client_thread);
		ck_assert_int_eq(finished(late, &answer), CDRPC_E_CANCELLED);
	}
	ck_assert(refused(reply_in_place(late_txn, 9), CDRPC_E_DUPLICATE));
	end();
}
END_TEST

/* ---- what only some calls may be told ---- */

static struct {
	uint32_t result;                /* of the REQUEST */
	bool replies;                   /* before that is returned */
	cdrpc_status status;
	uint32_t body_size;
} told;

static void
tell(struct raw *by)
{
	static const uint64_t junk = UINT64_C(0x1122334455667788);
	uint64_t txn = by->last.txn;
	struct frame frame;

	if (by->last.type != FRAME_REQUEST)
		return;
	by->result = told.result;
	if (!told.replies)
		return;
	frame = raw_frame(by, FRAME_REPLY);
	frame.txn = txn;
	frame.status = told.status;
	frame.route = told.body_size ? FRAME_ROUTE_FRAME : FRAME_ROUTE_NONE;
	frame.body_size = told.body_size;
	raw_send_frame(by, &frame, &junk);
}

enum { A_CALL, A_ONEWAY, A_LISTEN, ASKED };

static cdrpc_status
ask(int what)
{
	struct rig_answer answer;
	cdrpc_status status;

	raw.on_frame = tell;
	fake_enter(rig.server_thread);
	if (what == A_LISTEN)
		status = rig_listen(&rig, caller, true, true);
	else
		status = rig_call(&rig, what == A_ONEWAY ? RIG_NOTE : RIG_STATUS, 1, rig_nothing, &answer);
	fake_enter(rig.client_thread);
	raw.on_frame = NULL;
	raw.result = FRAME_RESULT_ACCEPTED;
	return status;
}

/* A oneway has no errors, nor has listening. support/held.c looks at the rest of what there may be. */
START_TEST(errors_are_told_of_methods_alone)
{
	static const struct {
		uint32_t result;
		bool replies;
		cdrpc_status status;
		uint32_t body_size;
		cdrpc_status said[ASKED];
	} table[] = {
		{ FRAME_RESULT_ACCEPTED, true, 5, 0, { 5, CDRPC_E_PROTOCOL, CDRPC_E_PROTOCOL } },
		{ FRAME_RESULT_ACCEPTED, true, FRAME_ERROR_MAX, 0, { FRAME_ERROR_MAX, CDRPC_E_PROTOCOL, CDRPC_E_PROTOCOL } },
		{ 0, true, 5, 0, { 5, CDRPC_E_PROTOCOL, CDRPC_E_PROTOCOL } },
		{ 0x10005, false, 0, 0, { 5, CDRPC_E_PROTOCOL, CDRPC_E_PROTOCOL } },
		{ FRAME_RESULT_DONE, false, 0, 0, { CDRPC_OK, CDRPC_E_PROTOCOL, CDRPC_OK } },
		{ FRAME_RESULT_ACCEPTED, true, CDRPC_E_BUSY, 0, { CDRPC_E_BUSY, CDRPC_E_BUSY, CDRPC_E_BUSY } },
		{ FRAME_RESULT_ACCEPTED, true, CDRPC_OK, 0, { CDRPC_OK, CDRPC_OK, CDRPC_OK } },
		{ FRAME_RESULT_ACCEPTED, true, CDRPC_OK, 8, { CDRPC_E_DECODE, CDRPC_OK, CDRPC_E_DECODE } },
	};
	size_t i;

	begin();
	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		told.result = table[i].result;
		told.replies = table[i].replies;
		told.status = table[i].status;
		told.body_size = table[i].body_size;
		ck_assert_msg(ask(_i) == table[i].said[_i], "line %u", (unsigned)i);
	}
	end();
}
END_TEST

static void
add(TCase *tcase)
{
	tcase_add_loop_test(tcase, errors_are_told_of_methods_alone, 0, ASKED);
	tcase_add_loop_test(tcase, one_answer_whatever_was_forgotten, 0, 3);
	tcase_add_loop_test(tcase, pieces_of_a_call_that_is_over, 0, 3);
	tcase_add_loop_test(tcase, an_answer_after_a_thousand_others, 0, 2);
}

int
main(void)
{
	return check_main(rig_suite("replies", add));
}
