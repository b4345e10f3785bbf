/*
 * A process sends WM_COPYDATA with our tag and anything in it to a server: no frame of it may be taken, all are refused with a
 * documented result and counted, and the server goes on serving whoever plays by the rules.
 */
#include <stdlib.h>
#include <string.h>

#include "port.h"
#include "raw.h"
#include "service.h"

#define ECHO_ID UINT64_C(0x9f3d776069568f4b)
#define METHOD_ADD 1

static struct serving service;
static struct raw raw;
static uint64_t refused;        /* frames, so far */

static void
begin(int arenas)
{
	uint32_t sum;

	service_connect(&service, arenas ? "serve" : "serve-messages");
	ck_assert_int_eq(echo_add(service.client, 1, 2, &sum), CDRPC_OK);
	ck_assert_int_eq(raw_begin(&raw, service.name), CDRPC_OK);
	refused = 0;
}

/* All that was wrong has been counted, and the honest client is served. */
static void
end(void)
{
	struct cdrpc_stats stats = service_stats(&service);
	uint32_t sum;

	ck_assert_uint_eq(stats.refused_frames, refused);
	ck_assert_uint_eq(stats.calls, 1);
	ck_assert_int_eq(echo_add(service.client, 20, 22, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 42);
	raw_end(&raw);
	service_stop(&service);
}

static void
check_refused(uint32_t result, cdrpc_status status, const char *what, uint32_t detail)
{
	ck_assert_msg(result == frame_result_refused(status), "%s %u: 0x%x", what, (unsigned)detail, (unsigned)result);
	refused++;
}

static uint32_t
random_u32(void)
{
	uint32_t value = 0;

	ck_assert_int_eq(random_fill(&value, sizeof value), CDRPC_OK);
	return value;
}

/* Any length from 0 to 64 KiB: each up to a page, then in steps that share no factor with anything. */
START_TEST(noise_of_any_length)
{
	uint8_t *bytes = malloc(65536);
	uint32_t size;

	ck_assert_ptr_nonnull(bytes);
	begin(_i);
	ck_assert_int_eq(random_fill(bytes, 65536), CDRPC_OK);
	check_refused(raw_send(&raw, NULL, 0), CDRPC_E_BAD_FRAME, "nothing", 0);
	for (size = 0; size <= 65536; size = size < 600 ? size + 1 : size + 997)
		check_refused(raw_send(&raw, bytes, size), CDRPC_E_BAD_FRAME, "noise of", size);
	check_refused(raw_send(&raw, bytes, 65536), CDRPC_E_BAD_FRAME, "noise of", 65536);
	free(bytes);
	end();
}
END_TEST

static void
encode_add(struct frame *frame, uint8_t bytes[FRAME_HEADER_SIZE + 8])
{
	static const uint32_t terms[] = { 1, 2 };

	frame->route = FRAME_ROUTE_FRAME;
	frame->body_size = sizeof terms;
	ck_assert_int_eq(frame_arrange(frame, 0), CDRPC_OK);
	ck_assert_uint_eq(frame->frame_size, FRAME_HEADER_SIZE + 8);
	frame_encode(frame, bytes);
	memcpy(bytes + FRAME_HEADER_SIZE, terms, sizeof terms);
}

static const struct lie {
	const char *what;
	uint32_t offset;        /* in the header */
	uint32_t size;
	uint64_t value;
	cdrpc_status status;
} lies[] = {
	{ "magic", 0, 4, 0x50524444, CDRPC_E_BAD_FRAME },
	{ "version 0", 4, 2, 0, CDRPC_E_REMOTE_VERSION },
	{ "version 2", 4, 2, 2, CDRPC_E_REMOTE_VERSION },
	{ "header of 0", 6, 2, 0, CDRPC_E_BAD_FRAME },
	{ "short header", 6, 2, 128, CDRPC_E_BAD_FRAME },
	{ "header past the end", 6, 2, 65528, CDRPC_E_BAD_FRAME },
	{ "frame of 0", 8, 4, 0, CDRPC_E_BAD_FRAME },
	{ "frame one shorter", 8, 4, FRAME_HEADER_SIZE + 7, CDRPC_E_BAD_FRAME },
	{ "frame one longer", 8, 4, FRAME_HEADER_SIZE + 9, CDRPC_E_BAD_FRAME },
	{ "frame of 4 GiB", 8, 4, UINT32_MAX, CDRPC_E_BAD_FRAME },
	{ "type 0", 12, 2, 0, CDRPC_E_BAD_FRAME },
	{ "type 99", 12, 2, 99, CDRPC_E_BAD_FRAME },
	{ "type CHALLENGE", 12, 2, FRAME_CHALLENGE, CDRPC_E_BAD_FRAME },
	{ "critical flag", 16, 4, 1 << 9, CDRPC_E_BAD_FRAME },
	{ "pushed nothing", 16, 4, FRAME_FLAG_PUSHED, CDRPC_E_BAD_FRAME },
	{ "status", 20, 4, 1, CDRPC_E_BAD_FRAME },
	{ "transaction 0", 24, 8, 0, CDRPC_E_BAD_FRAME },
	{ "deadline", 76, 4, 0x80000000, CDRPC_E_BAD_FRAME },
	{ "body inside the header", 80, 4, 8, CDRPC_E_BAD_FRAME },
	{ "body past the end", 80, 4, FRAME_HEADER_SIZE + 8, CDRPC_E_BAD_FRAME },
	{ "unaligned body", 80, 4, FRAME_HEADER_SIZE + 1, CDRPC_E_BAD_FRAME },
	{ "body too long", 84, 4, 9, CDRPC_E_BAD_FRAME },
	{ "body of 4 GiB", 84, 4, UINT32_MAX, CDRPC_E_BAD_FRAME },
	{ "blob over the body", 88, 4, FRAME_HEADER_SIZE, CDRPC_E_BAD_FRAME },
	{ "blob of 4 GiB", 92, 4, UINT32_MAX - 7, CDRPC_E_BAD_FRAME },
	{ "route 9", 96, 2, 9, CDRPC_E_BAD_FRAME },
	{ "in an arena that is not there", 96, 2, FRAME_ROUTE_RESIDENT, CDRPC_E_BAD_FRAME },
	{ "in a section without a handle", 96, 2, FRAME_ROUTE_SECTION, CDRPC_E_BAD_FRAME },
	{ "handles that are not there", 98, 2, 1, CDRPC_E_BAD_FRAME },
	{ "handle table past the end", 100, 4, FRAME_HEADER_SIZE + 8, CDRPC_E_BAD_FRAME },
	{ "section on the wrong route", 104, 8, 4, CDRPC_E_BAD_FRAME },
	{ "nonce on the wrong route", 120, 8, 1, CDRPC_E_BAD_FRAME },
};

/* A good frame of an open session but for one lie; the same frame without it is then taken. */
START_TEST(one_lie_each)
{
	uint8_t bytes[FRAME_HEADER_SIZE + 8];
	struct frame frame;
	size_t i;
	uint32_t frames;

	begin(_i);
	ck_assert(raw_greet(&raw));
	ck_assert(raw_open(&raw));
	for (i = 0; i < sizeof lies / sizeof lies[0]; i++) {
		frame = raw_request(&raw, ECHO_ID, METHOD_ADD);
		encode_add(&frame, bytes);
		memcpy(bytes + lies[i].offset, &lies[i].value, lies[i].size);
		check_refused(raw_send(&raw, bytes, sizeof bytes), lies[i].status, lies[i].what, (uint32_t)i);
	}
	ck_assert_uint_eq(service_stats(&service).refused_frames, refused);
	ck_assert_uint_eq(service_stats(&service).calls, 1);
	frame = raw_request(&raw, ECHO_ID, METHOD_ADD);
	encode_add(&frame, bytes);
	frames = raw.frames;
	ck_assert_uint_eq(raw_send(&raw, bytes, sizeof bytes), FRAME_RESULT_ACCEPTED);
	ck_assert(raw_await(&raw, frames + 1));
	ck_assert_uint_eq(raw.last.txn, frame.txn);
	ck_assert_int_eq(raw.last.status, CDRPC_OK);
	/* The same transaction again: not run again. */
	ck_assert_uint_eq(raw_send(&raw, bytes, sizeof bytes), frame_result_refused(CDRPC_E_DUPLICATE));
	ck_assert_uint_eq(service_stats(&service).calls, 2);
	ck_assert_uint_eq(service_stats(&service).refused_calls, 1);
	raw_end(&raw);
	service_stop(&service);
}
END_TEST

/* What is well-formed, but from nobody: no token, a guessed one, a good one from another window, before OPEN. */
START_TEST(tokens)
{
	uint8_t bytes[FRAME_HEADER_SIZE + 8];
	struct raw other;
	struct frame frame;
	uint32_t i;

	begin(_i);
	frame = raw_request(&raw, ECHO_ID, METHOD_ADD);
	memset(frame.token, 0, sizeof frame.token);
	encode_add(&frame, bytes);
	check_refused(raw_send(&raw, bytes, sizeof bytes), CDRPC_E_BAD_FRAME, "no token", 0);
	for (i = 0; i < 100; i++) {
		ck_assert_int_eq(random_fill(bytes + 32, FRAME_TOKEN_SIZE), CDRPC_OK);
		check_refused(raw_send(&raw, bytes, sizeof bytes), CDRPC_E_NO_SESSION, "guessed token", i);
	}
	ck_assert(raw_greet(&raw));
	frame = raw_request(&raw, ECHO_ID, METHOD_ADD);
	encode_add(&frame, bytes);
	check_refused(raw_send(&raw, bytes, sizeof bytes), CDRPC_E_BAD_FRAME, "before OPEN", 0);
	ck_assert(raw_open(&raw));
	/* Replayed with the token by somebody else. */
	ck_assert_int_eq(raw_begin(&other, service.name), CDRPC_OK);
	check_refused(raw_send(&other, bytes, sizeof bytes), CDRPC_E_NO_SESSION, "another's token", 0);
	raw_end(&other);
	/* Each bit of the token counts. */
	for (i = 0; i < 8 * FRAME_TOKEN_SIZE; i++) {
		bytes[32 + i / 8] ^= (uint8_t)(1 << i % 8);
		check_refused(raw_send(&raw, bytes, sizeof bytes), CDRPC_E_NO_SESSION, "bit", i);
		bytes[32 + i / 8] ^= (uint8_t)(1 << i % 8);
	}
	end();
}
END_TEST

static LRESULT
send_as(HWND sender, ULONG_PTR tag, const void *bytes, DWORD size)
{
	COPYDATASTRUCT data = { tag, size, (void *)(uintptr_t)bytes };
	DWORD_PTR result = 0xABCD;

	ck_assert(SendMessageTimeoutW((HWND)raw.server, WM_COPYDATA, (WPARAM)sender, (LPARAM)&data, SMTO_ABORTIFHUNG, 10000,
				      &result));
	return (LRESULT)result;
}

/* wParam is a claim: a HELLO is answered to the window that it names, if that is one at all. */
START_TEST(forged_senders)
{
	static const uint16_t versions[] = { FRAME_VERSION, FRAME_VERSION };
	struct frame hello = { .type = FRAME_HELLO, .route = FRAME_ROUTE_FRAME, .body_size = sizeof versions };
	HWND bad[4] = { NULL, (HWND)(intptr_t)-1, (HWND)(uintptr_t)0x7FFE, HWND_BROADCAST };
	uint8_t bytes[FRAME_HEADER_SIZE + sizeof versions];
	uint32_t i;

	begin(_i);
	memset(hello.nonce, 0x5A, sizeof hello.nonce);
	ck_assert_int_eq(frame_arrange(&hello, 0), CDRPC_OK);
	frame_encode(&hello, bytes);
	memcpy(bytes + FRAME_HEADER_SIZE, versions, sizeof versions);
	/* A client that has given up meanwhile looks no different. */
	for (i = 0; i < 4; i++)
		ck_assert_uint_eq((uint32_t)send_as(bad[i], COPYDATA_TAG, bytes, sizeof bytes), frame_result_refused(CDRPC_E_EXPIRED));
	/* The server's own window refuses the CHALLENGE that it gets; that is a frame refused, too. */
	ck_assert_int_eq(send_as((HWND)raw.server, COPYDATA_TAG, bytes, sizeof bytes), FRAME_RESULT_ACCEPTED);
	for (i = 0; i < 10000 && service_stats(&service).refused_frames == refused; i++)
		;
	refused++;
	/* Versions that do not meet. */
	bytes[FRAME_HEADER_SIZE] = bytes[FRAME_HEADER_SIZE + 2] = 9;
	check_refused(raw_send(&raw, bytes, sizeof bytes), CDRPC_E_REMOTE_VERSION, "versions", 9);
	end();
}
END_TEST

/* WM_COPYDATA that is not ours is not answered by the library's windows, and not counted. */
START_TEST(foreign_messages)
{
	static const char text[] = "somebody else's";

	begin(_i);
	ck_assert_int_eq(send_as((HWND)port_window(raw.port), 1, text, sizeof text), 0);
	ck_assert_int_eq(send_as(NULL, 0, NULL, 0), 0);
	ck_assert_int_eq(send_as(NULL, COPYDATA_TAG + 1, text, sizeof text), 0);
	ck_assert_int_eq(SendMessageW((HWND)raw.server, WM_CLOSE, 0, 0), 0);
	ck_assert_int_eq(SendMessageW((HWND)raw.server, WM_SETTEXT, 0, (LPARAM)L"another name"), 0);
	end();
}
END_TEST

/* Not the type, for a CLOSE would end the session, and not the token, which has a test of its own. */
static uint32_t
random_place(void)
{
	uint32_t at;

	do
		at = random_u32() % (FRAME_HEADER_SIZE + 8);
	while ((at >= 12 && at < 14) || (at >= 32 && at < 32 + FRAME_TOKEN_SIZE));
	return at;
}

/* Frames of an open session with random damage: refused or, where the damage does not matter, taken. Never anything else. */
START_TEST(random_damage)
{
	uint8_t bytes[FRAME_HEADER_SIZE + 8];
	struct cdrpc_stats stats;
	struct frame frame;
	uint32_t i, j, result, sum;

	begin(_i);
	ck_assert(raw_greet(&raw));
	ck_assert(raw_open(&raw));
	for (i = 0; i < 2000; i++) {
		frame = raw_request(&raw, ECHO_ID, METHOD_ADD);
		encode_add(&frame, bytes);
		for (j = 0; j <= random_u32() % 3; j++)
			bytes[random_place()] ^= (uint8_t)(1 << random_u32() % 8);
		result = raw_send(&raw, bytes, sizeof bytes);
		ck_assert_msg(result == FRAME_RESULT_ACCEPTED || (result > 0x100 && result < 0x200), "0x%x", (unsigned)result);
	}
	stats = service_stats(&service);
	ck_assert_uint_gt(stats.refused_frames, 500);
	ck_assert_int_eq(echo_add(service.client, 20, 22, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 42);
	raw_end(&raw);
	service_stop(&service);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("garbage");
	TCase *tcase = tcase_create("garbage");

	tcase_add_loop_test(tcase, noise_of_any_length, 0, 2);
	tcase_add_loop_test(tcase, one_lie_each, 0, 2);
	tcase_add_loop_test(tcase, tokens, 0, 2);
	tcase_add_loop_test(tcase, forged_senders, 0, 2);
	tcase_add_loop_test(tcase, foreign_messages, 0, 2);
	tcase_add_loop_test(tcase, random_damage, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { SERVICE_ROLES, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
