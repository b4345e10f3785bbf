/*
 * Rows of "Who closes what" of PROTOCOL.md in which a side says what is not so, named after them: its frames are made by hand, its
 * handles and sections are real. Counted in both processes before and after.
 */
#include <string.h>

#include "leaks.h"
#include "offers.h"
#include "pass_client.h"
#include "raw.h"
#include "wire/frame.h"

#define DATA_SIZE 100000
#define SECTION_SIZE (OFFER_BODY_AT + 8 + DATA_SIZE)
#define METHOD_SIGNAL 5
#define METHOD_ECHO 18

static struct pass pass;
static struct raw raw;
static struct pass_held before;

static void
begin(uint32_t terms)
{
	char name[CDRPC_NAME_MAX + 1];

	pass_open(&pass, 3);
	pass_name(name, GetCurrentProcessId());
	ck_assert_int_eq(raw_begin(&raw, name), CDRPC_OK);
	raw.terms = terms;
	ck_assert(raw_greet(&raw));
	ck_assert(raw_open(&raw));
	ck_assert_int_eq(pass_try_exchange(pass.client, 0), CDRPC_OK);
	before = pass_count(&pass);
}

static void
end(void)
{
	struct frame frame = raw_frame(&raw, FRAME_CLOSE);

	pass_check_soon(&pass, &before);
	ck_assert_int_eq(pass_try_exchange(pass.client, 0), CDRPC_OK);
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, NULL), FRAME_RESULT_ACCEPTED);
	raw_end(&raw);
	pass_close(&pass);
}

/* ---- sections and handles that are not what they are said to be ---- */

static struct frame
echo_request(void)
{
	struct frame frame = raw_request(&raw, pass_interface.id, METHOD_ECHO);

	frame.route = FRAME_ROUTE_SECTION;
	frame.body_size = 4;
	frame.blob_size = DATA_SIZE;
	frame.section_size = SECTION_SIZE;
	ck_assert_int_eq(random_fill(frame.nonce, sizeof frame.nonce), CDRPC_OK);
	return frame;
}

static HANDLE
make(enum offer offer, struct frame *frame)
{
	static const uint32_t size = DATA_SIZE;

	return offer_make(offer, frame, &size, sizeof size);
}

/* The answer has come, and what it names is no concern of the test's. */
static void
check_answered(uint32_t frames)
{
	ck_assert(raw_await(&raw, frames + 1));
	ck_assert_int_eq(raw.last.type, FRAME_REPLY);
	ck_assert_int_eq(raw.last.status, CDRPC_OK);
}

START_TEST(fails_validation_after_a_pull)
{
	uint32_t bad = frame_result_refused(CDRPC_E_BAD_FRAME), result, frames;
	struct frame frame;
	HANDLE offered;
	int offer;

	begin(3);
	for (offer = OFFER_GOOD; offer < OFFERS_TO_FETCH; offer++) {
		frame = echo_request();
		offered = make((enum offer)offer, &frame);
		frames = raw.frames;
		result = raw_send_frame(&raw, &frame, NULL);
		ck_assert_msg(result == (offer == OFFER_GOOD ? (uint32_t)FRAME_RESULT_ACCEPTED : bad), "%d: 0x%x", offer,
			      (unsigned)result);
		if (offer == OFFER_GOOD)
			check_answered(frames);
		if (offered)
			CloseHandle(offered);
		pass_check_soon(&pass, &before);
	}
	end();
}
END_TEST

static uint64_t
push(HANDLE handle, DWORD access)
{
	HANDLE there = NULL;

	ck_assert(DuplicateHandle(GetCurrentProcess(), handle, pass.server->process, &there, access, FALSE,
				  access ? 0 : DUPLICATE_SAME_ACCESS));
	return (uint32_t)(uintptr_t)there;
}

/* Whether it was still there. */
static bool
take_back(uint64_t value)
{
	HANDLE ours = NULL;

	return DuplicateHandle(pass.server->process, (HANDLE)(uintptr_t)value, GetCurrentProcess(), &ours, 0, FALSE,
			       DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE) &&
	       CloseHandle(ours);
}

START_TEST(fails_validation_of_a_pushed_value)
{
	uint32_t bad = frame_result_refused(CDRPC_E_BAD_FRAME), result, frames;
	struct frame frame;
	HANDLE offered;
	int offer;

	begin(3);
	for (offer = OFFER_GOOD; offer < OFFERS; offer++) {
		frame = echo_request();
		offered = make((enum offer)offer, &frame);
		frame.flags = FRAME_FLAG_PUSHED;
		frame.section_handle = push(offered, 0);
		frames = raw.frames;
		result = raw_send_frame(&raw, &frame, NULL);
		ck_assert_msg(result == (offer == OFFER_GOOD ? (uint32_t)FRAME_RESULT_ACCEPTED : bad), "%d: 0x%x", offer,
			      (unsigned)result);
		if (offer == OFFER_GOOD)
			check_answered(frames);
		else
			ck_assert_msg(take_back(frame.section_handle), "%d: closed", offer);
		CloseHandle(offered);
		pass_check_soon(&pass, &before);
	}
	/* Its own, that we have nothing to do with: it inherited the value from us. */
	frame = echo_request();
	frame.flags = FRAME_FLAG_PUSHED;
	frame.section_handle = (uint32_t)(uintptr_t)pass.server->event_out;
	ck_assert_uint_eq(raw_send_frame(&raw, &frame, NULL), bad);
	pass_check(&pass, &before);
	end();
}
END_TEST

/* A handle parameter of another kind, or with fewer rights than it must have. */
START_TEST(fails_validation_of_a_handle)
{
	static const struct {
		uint32_t kind;
		DWORD access;   /* of what is pushed; 0: all */
		bool event;
	} cases[] = {
		{ CDRPC_HANDLE_EVENT, 0, true },
		{ CDRPC_HANDLE_EVENT, 0, false },
		{ CDRPC_HANDLE_MUTEX, 0, true },
		{ CDRPC_HANDLE_PROCESS, 0, true },
		{ CDRPC_HANDLE_EVENT, SYNCHRONIZE, true },
	};
	uint32_t bad = frame_result_refused(CDRPC_E_BAD_FRAME), result, body = 1;
	bool pushed = _i != 0, good;
	HANDLE event, section;
	struct frame frame;
	size_t i;

	event = CreateEventW(NULL, TRUE, FALSE, NULL);
	section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
	begin(3);
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		HANDLE of = cases[i].event ? event : section;

		/* What is fetched is opened with the rights that it needs, whatever its handle has. */
		if (!pushed && cases[i].access)
			continue;
		frame = raw_request(&raw, pass_interface.id, METHOD_SIGNAL);
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = sizeof body;
		frame.flags = pushed ? FRAME_FLAG_PUSHED : 0;
		frame.handle_count = 1;
		frame.handles[0].kind = cases[i].kind;
		frame.handles[0].rights = cases[i].kind == CDRPC_HANDLE_EVENT ? CDRPC_RIGHT_MODIFY : CDRPC_RIGHT_SYNC;
		frame.handles[0].value = pushed ? push(of, cases[i].access) : (uint32_t)(uintptr_t)of;
		result = raw_send_frame(&raw, &frame, &body);
		good = i == 0;
		ck_assert_msg(result == (good ? (uint32_t)FRAME_RESULT_ACCEPTED : bad), "%u: 0x%x", (unsigned)i, (unsigned)result);
		if (pushed && !good)
			ck_assert_msg(take_back(frame.handles[0].value), "%u: closed", (unsigned)i);
		pass_check_soon(&pass, &before);
	}
	end();
	CloseHandle(section);
	CloseHandle(event);
}
END_TEST

/* ---- replies that the client does not take ---- */

static bool was_there;

/* What was pushed into this process is here while it is offered. */
static void
look_at_reply(struct raw *client)
{
	DWORD flags;

	was_there = client->last.type == FRAME_REPLY &&
		    GetHandleInformation((HANDLE)(uintptr_t)client->last.section_handle, &flags);
}

/* The second time the server is given no answer, and asks; it is told that the reply has not been seen. */
START_TEST(refused_reply)
{
	bool pushed = _i % 2 != 0, unanswered = _i / 2 != 0;
	struct frame frame;
	HANDLE offered;
	uint32_t frames;
	int i;

	begin(pushed ? 2 : 3);
	raw.on_frame = look_at_reply;
	for (i = 0; i < 3; i++) {
		frame = echo_request();
		offered = make(OFFER_GOOD, &frame);
		if (pushed) {
			frame.flags = FRAME_FLAG_PUSHED;
			frame.section_handle = push(offered, 0);
		}
		raw.result = unanswered ? (uint32_t)FRAME_RESULT_NONE : frame_result_refused(CDRPC_E_EXPIRED);
		frames = raw.frames;
		was_there = false;
		ck_assert_uint_eq(raw_send_frame(&raw, &frame, NULL), FRAME_RESULT_ACCEPTED);
		ck_assert(raw_await(&raw, frames + 1));
		if (!unanswered) {
			ck_assert_int_eq(raw.last.type, FRAME_REPLY);
			ck_assert_uint_eq((raw.last.flags & FRAME_FLAG_PUSHED) != 0, pushed);
			/* A value of the server's may be one of ours by chance. */
			ck_assert(was_there || !pushed);
		} else {
			raw.result = frame_result_refused(CDRPC_E_EXPIRED);
			ck_assert(raw_await(&raw, frames + 2));
			ck_assert_int_eq(raw.last.type, FRAME_RELEASE);
			ck_assert_uint_eq(raw.last.flags, FRAME_FLAG_OF_REPLY);
			ck_assert_uint_eq(raw.last.txn, raw.txn);
		}
		CloseHandle(offered);
		raw.result = FRAME_RESULT_ACCEPTED;
		pass_check_soon(&pass, &before);
	}
	end();
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("matrix_raw");
	TCase *tcase = tcase_create("matrix_raw");

	tcase_add_test(tcase, fails_validation_after_a_pull);
	tcase_add_test(tcase, fails_validation_of_a_pushed_value);
	tcase_add_loop_test(tcase, fails_validation_of_a_handle, 0, 2);
	tcase_add_loop_test(tcase, refused_reply, 0, 4);
	tcase_set_timeout(tcase, 0);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "pass", pass_run }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
