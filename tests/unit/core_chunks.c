/* Bodies in pieces, where neither side may duplicate handles; and peers that ask for the wrong piece, or send it. */
#include <stdlib.h>
#include <string.h>

#include "base/deadline.h"
#include "message/chunks.h"
#include "raw.h"
#include "rig_check.h"

#define INLINE_MAX 65536
#define PIECE_MAX (INLINE_MAX - 8)

static bool
nobody_may(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

static void
prepared(void)
{
	rig_prepared();
	rig.client_hooks.may_duplicate = nobody_may;
	rig.server_hooks.may_duplicate = nobody_may;
}

/* ---- both sides as they should be ---- */

START_TEST(bodies_of_many_pieces)
{
	/* The body is 8 bytes besides. */
	static const uint32_t sizes[] = { INLINE_MAX - 16,   INLINE_MAX - 8, INLINE_MAX, 2 * PIECE_MAX - 8,
					  2 * PIECE_MAX, 1 << 20,        20 << 20 };
	static const uint32_t indices[] = { RIG_ECHO, RIG_ECHO_INLINE, RIG_SECRET };
	struct rig_answer answer;
	struct cdrpc_bytes data;
	enum cdrpc_route route;
	size_t i;

	prepared();
	rig_started();
	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		data = rig_data(sizes[i]);
		ck_assert_int_eq(rig_call(&rig, indices[_i], 7, data, &answer), CDRPC_OK);
		ck_assert_uint_eq(answer.value, 7);
		ck_assert(rig_data_equal(answer.data, data));
		route = sizes[i] + 8 > INLINE_MAX ? CDRPC_ROUTE_CHUNKS : CDRPC_ROUTE_MESSAGE;
		ck_assert_str_eq(cdrpc_route_name(rig.trace.request_route), cdrpc_route_name(route));
		ck_assert_str_eq(cdrpc_route_name(rig.trace.reply_route), cdrpc_route_name(route));
		ck_assert_uint_eq(rig.trace.reply_bytes, sizes[i] + 8);
		rig_data_free(data);
	}
	ck_assert_uint_eq(rig_stats(&rig).refused_frames, 0);
	ck_assert_uint_eq(rig_stats(&rig).refused_calls, 0);
	rig_stopped();
}
END_TEST

START_TEST(many_at_once_and_one_too_many)
{
	struct cdrpc_pending *pending[ENDPOINT_CHUNKED_MAX + 1] = { NULL };
	struct cdrpc_bytes data = rig_data(300000);
	struct rig_answer answer;
	cdrpc_status status = CDRPC_OK;
	uint32_t begun = 0, i;

	prepared();
	rig_started();
	fake_hang(rig.server_thread, false);
	for (i = 0; i <= ENDPOINT_CHUNKED_MAX && status == CDRPC_OK; i++) {
		status = rig_begin(&rig, RIG_STATUS, 0, data, &pending[i]);
		begun += status == CDRPC_OK;
	}
	ck_assert_int_eq(status, CDRPC_E_NOT_AVAILABLE);
	ck_assert_uint_eq(begun, ENDPOINT_CHUNKED_MAX);
	for (i = 0; i < begun; i++)
		ck_assert_int_eq(rig_finish(&rig, RIG_STATUS, pending[i], NULL), CDRPC_OK);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

START_TEST(limits_hold)
{
	struct cdrpc_bytes data = rig_data(300000);
	struct rig_answer answer;

	prepared();
	rig.server_limits.queue_bytes_max = 200000;
	rig_started();
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_E_BUSY);
	rig_data_free(data);
	data = rig_data(100000);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* Calls that were given up take nothing with them: many more than there may be at once. */
START_TEST(given_up_in_the_middle)
{
	struct cdrpc_bytes data = rig_data(1 << 20);
	struct cdrpc_pending *pending = NULL;
	struct rig_answer answer;
	int i;

	prepared();
	rig_started();
	for (i = 0; i < 3 * ENDPOINT_CHUNKED_MAX; i++) {
		ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 1, data, &pending), CDRPC_OK);
		cdrpc_pending_cancel(pending);
		ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_CANCELLED);
		fake_run();
	}
	ck_assert_uint_eq(rig.runs, 0);
	ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
	ck_assert(rig_data_equal(answer.data, data));
	rig_data_free(data);
	rig_stopped();
}
END_TEST

START_TEST(sessions_that_end_in_the_middle)
{
	struct cdrpc_bytes data = rig_data(1 << 20);
	struct cdrpc_pending *pending = NULL;
	struct rig_answer answer;
	uint32_t client;

	prepared();
	rig_started();
	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 1, data, &pending), CDRPC_OK);
	client = rig.client_thread;
	if (_i == 0) {
		cdrpc_client_free(rig.client);
		rig.client = NULL;
		ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_CLOSED);
	} else if (_i == 1) {
		fake_kill(rig.server_thread);
		ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_PEER_DIED);
	} else {
		fake_kill(client);
		ck_assert_int_ne(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_OK);
		fake_run();
	}
	ck_assert_uint_eq(rig.runs, 0);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

static enum fake_fate
kill_at_a_piece(void *self, const struct fake_send *send)
{
	uint32_t *left = self;
	struct frame frame;

	if (frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_CHUNK || --*left != 0)
		return FAKE_DELIVER;
	fake_kill(rig.server_thread);
	return FAKE_DROP;
}

/* Each of the 68 CHUNK frames of such a call. What shows first is that one was not answered; why is the server's end. */
START_TEST(killed_while_a_piece_is_sent)
{
	struct cdrpc_bytes data = rig_data(1 << 20);
	struct cdrpc_pending *pending = NULL;
	uint32_t left = (uint32_t)_i;
	struct rig_answer answer;

	prepared();
	rig_started();
	fake_judge(kill_at_a_piece, &left);
	ck_assert_int_eq(rig_begin(&rig, RIG_ECHO, 1, data, &pending), CDRPC_OK);
	fake_run();
	ck_assert_uint_eq(left, 0);
	ck_assert_int_eq(rig_finish(&rig, RIG_ECHO, pending, &answer), CDRPC_E_PEER_DIED);
	fake_judge(NULL, NULL);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

static struct {
	uint64_t until_us;              /* no piece is taken before that */
	enum fake_fate fate;            /* what comes of them */
	uint32_t sent;
} pieces;

static enum fake_fate
keep_pieces_away(void *self, const struct fake_send *send)
{
	struct frame frame;

	(void)self;
	if (frame_decode(send->bytes, send->size, &frame) != CDRPC_OK || frame.type != FRAME_CHUNK)
		return FAKE_DELIVER;
	pieces.sent++;
	return awake_us() < pieces.until_us ? pieces.fate : FAKE_DELIVER;
}

/* A piece is sent until it is taken, as long as the call has time, and no longer. */
START_TEST(a_peer_that_takes_nothing_for_long)
{
	struct cdrpc_bytes data = rig_data(300000);
	struct rig_answer answer;
	uint64_t before;

	prepared();
	rig_started();
	cdrpc_client_set_timeout(rig.client, 60000);
	before = awake_us();
	pieces.until_us = before + (_i ? 70000000 : 50000000);
	pieces.fate = FAKE_DROP;
	fake_judge(keep_pieces_away, NULL);
	if (_i == 0) {
		ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
		ck_assert(rig_data_equal(answer.data, data));
	} else {
		ck_assert_int_eq(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_E_TIMEOUT);
		ck_assert_uint_ge(awake_us() - before, 60000000);
	}
	fake_judge(NULL, NULL);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* What fails at once would do so again: it is not tried. */
START_TEST(a_piece_that_cannot_be_sent)
{
	struct cdrpc_bytes data = rig_data(300000);
	struct rig_answer answer;

	prepared();
	rig_started();
	pieces.until_us = UINT64_MAX;
	pieces.fate = FAKE_DENY;
	pieces.sent = 0;
	fake_judge(keep_pieces_away, NULL);
	ck_assert_int_lt(rig_call(&rig, RIG_ECHO, 1, data, &answer), CDRPC_OK);
	fake_judge(NULL, NULL);
	ck_assert_uint_eq(pieces.sent, 1);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* There is no reply that would tell: the call ends when the server has all of it. */
START_TEST(oneway)
{
	struct cdrpc_bytes data = rig_data(300000);
	cdrpc_status status;

	prepared();
	rig_started();
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 1, data, NULL), CDRPC_OK);
	ck_assert_int_eq(rig_call(&rig, RIG_NOTE, 1, data, NULL), CDRPC_OK);
	rig_settle(&rig);
	ck_assert_uint_eq(rig.runs, 2);
	/* A server that ends is no success. */
	fake_judge(kill_at_a_piece, &(uint32_t){ 4 });
	status = rig_call(&rig, RIG_NOTE, 1, data, NULL);
	fake_judge(NULL, NULL);
	ck_assert_int_eq(status, CDRPC_E_PEER_DIED);
	rig_data_free(data);
	rig_stopped();
}
END_TEST

/* ---- a peer that writes its frames by hand ---- */

static struct raw raw;

static void
raw_opened(void)
{
	static const uint32_t terms[] = { 0, INLINE_MAX, 1 << 20, 0, 0 };
	struct frame frame;

	prepared();
	ck_assert_int_eq(rig_start(&rig), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&raw, RIG_SERVICE), CDRPC_OK);
	ck_assert(raw_greet(&raw));
	frame = raw_frame(&raw, FRAME_OPEN);
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof terms;
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, terms), FRAME_RESULT_ACCEPTED);
	ck_assert(raw_await(&raw, 2));
}

static void
raw_closed(void)
{
	raw_end(&raw);
	fake_run();
	rig_stopped();
}

/* A REQUEST for an echo whose body, 'size' bytes of data and 8, is to come. */
static uint32_t
announce(uint32_t size, uint32_t body_at)
{
	struct frame frame = raw_request(&raw, RIG_INTERFACE, RIG_ECHO + 1);
	uint8_t header[FRAME_HEADER_SIZE];

	frame.route = FRAME_ROUTE_CHUNKS;
	frame.body_size = 8;
	frame.blob_size = size;
	ck_assert_int_eq(frame_arrange(&frame, body_at), CDRPC_OK);
	frame_encode(&frame, header);
	return raw_send(&raw, header, sizeof header);
}

/* A CHUNK of transaction 'txn': a piece, or a question if 'size' is 0. 'body_size' is 8 as it should be. */
static uint32_t
chunk(uint64_t txn, bool of_reply, uint64_t offset, uint32_t body_size, const void *piece, uint32_t size)
{
	struct frame frame = raw_frame(&raw, FRAME_CHUNK);
	uint8_t *bytes;
	uint32_t result;

	raw.txn--;
	frame.txn = txn;
	frame.flags = of_reply ? FRAME_FLAG_OF_REPLY : 0;
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = body_size;
	frame.blob_size = size;
	ck_assert_int_eq(frame_arrange(&frame, 0), CDRPC_OK);
	bytes = calloc(1, frame.frame_size + 8);
	frame_encode(&frame, bytes);
	memcpy(bytes + frame.body_offset, &offset, body_size < 8 ? body_size : 8);
	if (size)
		memcpy(bytes + frame.blob_offset, piece, size);
	result = raw_send(&raw, bytes, frame.frame_size);
	free(bytes);
	return result;
}

static bool
refused(uint32_t result, cdrpc_status status)
{
	return result == frame_result_refused(status);
}

enum { RAW_SIZE = 100000, RAW_TOTAL = RAW_SIZE + 8 };

/* What the echo is to be given: the number 5, and a size, and zeros. */
static uint8_t image[RAW_TOTAL];

static void
make_image(void)
{
	const uint32_t body[2] = { 5, RAW_SIZE };

	memcpy(image, body, sizeof body);
}

START_TEST(pieces_in_order)
{
	uint64_t txn;

	make_image();
	raw_opened();
	ck_assert_uint_eq(announce(RAW_SIZE, 0), FRAME_RESULT_ACCEPTED);
	txn = raw.txn;
	ck_assert(raw_await(&raw, 3));
	ck_assert_uint_eq(raw.last.type, FRAME_CHUNK);
	ck_assert_uint_eq(raw.last.txn, txn);
	ck_assert_uint_eq(raw.last.flags, 0);
	ck_assert_uint_eq(raw.last.body_size, 8);
	ck_assert_uint_eq(raw.last.blob_size, 0);
	ck_assert_uint_eq(chunk(txn, false, 0, 8, image, 40000), FRAME_RESULT_ACCEPTED);
	ck_assert(raw_await(&raw, 4));
	/* Sent again, because the answer was lost. */
	ck_assert_uint_eq(chunk(txn, false, 0, 8, image, 40000), FRAME_RESULT_ACCEPTED);
	ck_assert_uint_eq(chunk(txn, false, 40000, 8, image + 40000, RAW_TOTAL - 40000), FRAME_RESULT_ACCEPTED);
	/* The call runs, and its reply is announced; then it is asked for, twice the first time. */
	ck_assert(raw_await(&raw, 5));
	ck_assert_uint_eq(rig.runs, 1);
	ck_assert_uint_eq(raw.last.type, FRAME_REPLY);
	ck_assert_uint_eq(raw.last.route, FRAME_ROUTE_CHUNKS);
	ck_assert_uint_eq(chunk(txn, true, 0, 8, NULL, 0), FRAME_RESULT_ACCEPTED);
	ck_assert_uint_eq(chunk(txn, true, 0, 8, NULL, 0), FRAME_RESULT_ACCEPTED);
	ck_assert(raw_await(&raw, 6));
	ck_assert_uint_eq(raw.last.type, FRAME_CHUNK);
	ck_assert_uint_eq(raw.last.flags, FRAME_FLAG_OF_REPLY);
	ck_assert_uint_eq(raw.last.blob_size, PIECE_MAX);
	ck_assert_uint_eq(chunk(txn, true, PIECE_MAX, 8, NULL, 0), FRAME_RESULT_ACCEPTED);
	ck_assert(raw_await(&raw, 7));
	ck_assert_uint_eq(raw.last.blob_size, RAW_TOTAL - PIECE_MAX);
	fake_run();
	ck_assert(refused(chunk(txn, true, RAW_TOTAL, 8, NULL, 0), CDRPC_E_EXPIRED));
	raw_closed();
}
END_TEST

static const struct {
	uint64_t offset;
	uint32_t size;
} wrong_pieces[] = {
	{ 8, 8 }, { 40000, 8 }, { 0, RAW_TOTAL + 8 }, { UINT64_MAX, 8 }, { UINT64_MAX - 7, 8 }, { (uint64_t)1 << 32, 8 },
};

START_TEST(pieces_out_of_order_end_the_call)
{
	static const uint8_t piece[RAW_TOTAL + 8];
	uint64_t txn;

	make_image();
	raw_opened();
	ck_assert_uint_eq(announce(RAW_SIZE, 0), FRAME_RESULT_ACCEPTED);
	txn = raw.txn;
	ck_assert(refused(chunk(txn, false, wrong_pieces[_i].offset, 8, piece, wrong_pieces[_i].size), CDRPC_E_BAD_FRAME));
	ck_assert(refused(chunk(txn, false, 0, 8, image, 40000), CDRPC_E_EXPIRED));
	/* Nor is it heard of again. */
	ck_assert_uint_eq(announce(RAW_SIZE, 0), FRAME_RESULT_ACCEPTED);
	txn = raw.txn;
	ck_assert_uint_eq(chunk(txn, false, 0, 8, image, 40000), FRAME_RESULT_ACCEPTED);
	ck_assert_uint_eq(chunk(txn, false, 40000, 8, image + 40000, RAW_TOTAL - 40000), FRAME_RESULT_ACCEPTED);
	fake_run();
	ck_assert_uint_eq(rig.runs, 1);
	raw_closed();
}
END_TEST

START_TEST(questions_out_of_order_end_the_reply)
{
	static const uint64_t offsets[] = { 8, PIECE_MAX, RAW_TOTAL, UINT64_MAX };
	uint64_t txn;

	make_image();
	raw_opened();
	ck_assert_uint_eq(announce(RAW_SIZE, 0), FRAME_RESULT_ACCEPTED);
	txn = raw.txn;
	ck_assert_uint_eq(chunk(txn, false, 0, 8, image, RAW_TOTAL), FRAME_RESULT_ACCEPTED);
	fake_run();
	ck_assert_uint_eq(raw.last.type, FRAME_REPLY);
	ck_assert(refused(chunk(txn, true, offsets[_i], 8, NULL, 0), CDRPC_E_BAD_FRAME));
	ck_assert(refused(chunk(txn, true, 0, 8, NULL, 0), CDRPC_E_EXPIRED));
	raw_closed();
}
END_TEST

START_TEST(what_belongs_to_nothing_is_refused)
{
	struct frame frame;
	uint32_t i;

	make_image();
	raw_opened();
	ck_assert(refused(chunk(77, false, 0, 8, image, 8), CDRPC_E_EXPIRED));
	ck_assert(refused(chunk(77, true, 0, 8, NULL, 0), CDRPC_E_EXPIRED));
	ck_assert(refused(chunk(raw.txn, false, 0, 8, NULL, 0), CDRPC_E_EXPIRED));
	ck_assert(refused(chunk(77, false, 0, 4, image, 8), CDRPC_E_BAD_FRAME));
	ck_assert(refused(chunk(77, false, 0, 16, image, 8), CDRPC_E_BAD_FRAME));
	/* A body that does not begin where the pieces do, one that is more than the server takes, and too many. */
	ck_assert(refused(announce(RAW_SIZE, 32), CDRPC_E_BAD_FRAME));
	ck_assert(refused(announce(300 << 20, 0), CDRPC_E_REMOTE_LIMIT));
	for (i = 0; i < ENDPOINT_CHUNKED_MAX; i++)
		ck_assert_uint_eq(announce(RAW_SIZE, 0), FRAME_RESULT_ACCEPTED);
	ck_assert(refused(announce(RAW_SIZE, 0), CDRPC_E_BUSY));
	ck_assert_uint_eq(rig.runs, 0);
	/* They end with their deadlines. */
	fake_advance_us((uint64_t)RAW_PATIENCE_MS * 1000 + DEADLINE_TICK_US);
	fake_run();
	ck_assert_uint_eq(announce(RAW_SIZE, 0), FRAME_RESULT_ACCEPTED);
	/* What is not a call's cannot come in pieces. */
	frame = raw_frame(&raw, FRAME_OPEN);
	frame.route = FRAME_ROUTE_CHUNKS;
	frame.body_size = 24;
	ck_assert(refused(raw_send_frame(&raw, &frame, NULL), CDRPC_E_BAD_FRAME));
	raw_closed();
}
END_TEST

/* Replies that nobody asks for are kept until their deadline, and no more of them than there may be. */
START_TEST(replies_that_nobody_wants)
{
	uint32_t i;

	make_image();
	raw_opened();
	for (i = 0; i < 3 * ENDPOINT_CHUNKED_MAX; i++) {
		if (announce(RAW_SIZE, 0) != FRAME_RESULT_ACCEPTED)
			break;
		ck_assert_uint_eq(chunk(raw.txn, false, 0, 8, image, RAW_TOTAL), FRAME_RESULT_ACCEPTED);
		fake_run();
	}
	ck_assert_uint_eq(rig.runs, ENDPOINT_CHUNKED_MAX);
	fake_advance_us((uint64_t)RAW_PATIENCE_MS * 1000 + DEADLINE_TICK_US);
	fake_run();
	ck_assert_uint_eq(announce(RAW_SIZE, 0), FRAME_RESULT_ACCEPTED);
	raw_closed();
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("core_chunks");
	TCase *tcase = tcase_create("chunks");

	tcase_add_loop_test(tcase, bodies_of_many_pieces, 0, 3);
	tcase_add_test(tcase, many_at_once_and_one_too_many);
	tcase_add_test(tcase, limits_hold);
	tcase_add_test(tcase, given_up_in_the_middle);
	tcase_add_loop_test(tcase, sessions_that_end_in_the_middle, 0, 3);
	tcase_add_test(tcase, oneway);
	tcase_add_loop_test(tcase, a_peer_that_takes_nothing_for_long, 0, 2);
	tcase_add_test(tcase, a_piece_that_cannot_be_sent);
	tcase_add_loop_test(tcase, killed_while_a_piece_is_sent, 1, 69);
	tcase_add_test(tcase, pieces_in_order);
	tcase_add_loop_test(tcase, pieces_out_of_order_end_the_call, 0, sizeof wrong_pieces / sizeof wrong_pieces[0]);
	tcase_add_loop_test(tcase, questions_out_of_order_end_the_reply, 0, 4);
	tcase_add_test(tcase, what_belongs_to_nothing_is_refused);
	tcase_add_test(tcase, replies_that_nobody_wants);
	tcase_set_timeout(tcase, 0);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(void)
{
	return check_main(make_suite());
}
