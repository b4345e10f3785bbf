/* The process that attacks, with frames made by hand. */
#include <string.h>

#include "hostile_attacker.h"
#include "port.h"

#define METHOD_EXCHANGE 1
#define METHOD_TAKE 3
#define ARENA_SIZE (1 << 20)

struct raw raw;
volatile uint64_t *words;

/* ---- what the answers are ---- */

void
expect(uint32_t result, cdrpc_status status)
{
	bool frame = status == CDRPC_E_BAD_FRAME || status == CDRPC_E_NO_SESSION;

	if (result == frame_result_refused(status))
		words[frame ? ATTACK_REFUSED_FRAMES : ATTACK_REFUSED_CALLS]++;
	else
		words[ATTACK_UNEXPECTED]++;
}

/* 0: it did not answer. */
static uint32_t
send_as(HWND from, HWND to, const void *bytes, size_t size)
{
	COPYDATASTRUCT data = { COPYDATA_TAG, (DWORD)size, (void *)(uintptr_t)bytes };
	DWORD_PTR result = 0;

	SendMessageTimeoutW(to, WM_COPYDATA, (WPARAM)from, (LPARAM)&data, SMTO_NORMAL, RAW_PATIENCE_MS, &result);
	return (uint32_t)result;
}

static size_t
encode(struct frame *frame, uint8_t bytes[ATTACK_FRAME_MAX])
{
	memset(bytes, 0, ATTACK_FRAME_MAX);
	proc_check(frame_arrange(frame, 0) == CDRPC_OK && frame->frame_size <= ATTACK_FRAME_MAX);
	frame_encode(frame, bytes);
	return frame->frame_size;
}

/* ---- frames of somebody else ---- */

static const enum frame_type types[] = {
	FRAME_REQUEST, FRAME_REPLY, FRAME_CANCEL, FRAME_RELEASE, FRAME_CHUNK, FRAME_CLOSE, FRAME_EVENT, FRAME_OPEN, FRAME_CHALLENGE,
};
enum { TYPES = sizeof types / sizeof types[0] };

/* Well-formed, for a transaction that is under way or about to be. */
static struct frame
forge(uint32_t i)
{
	struct frame frame = { .type = (uint16_t)types[i % TYPES], .txn = words[ATTACK_TXN] + i % 4 };

	proc_check(random_fill(frame.token, sizeof frame.token) == CDRPC_OK);
	if (frame.type == FRAME_REQUEST || frame.type == FRAME_EVENT) {
		frame.interface_id = attacked_interface.id;
		frame.interface_version = 1;
		frame.method = METHOD_TAKE;
	}
	if (frame.type == FRAME_REQUEST)
		frame.deadline_ms = 1000;
	if (frame.type == FRAME_CHUNK) {
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = 8;
	}
	if (frame.type == FRAME_CLOSE || frame.type == FRAME_CHALLENGE)
		frame.txn = 0;
	if (frame.type == FRAME_CHALLENGE)
		memcpy(frame.nonce, frame.token, sizeof frame.nonce);
	return frame;
}

static void
attack_forged(void)
{
	HWND client = (HWND)(uintptr_t)words[ATTACK_CLIENT], server = (HWND)raw.server;
	uint8_t bytes[ATTACK_FRAME_MAX];
	struct frame frame;
	uint32_t i;
	size_t size;

	for (i = 0; i < 60 * TYPES; i++) {
		frame = forge(i);
		size = encode(&frame, bytes);
		expect(send_as(client, server, bytes, size), CDRPC_E_NO_SESSION);
		if (send_as(server, client, bytes, size) == frame_result_refused(CDRPC_E_NO_SESSION))
			words[ATTACK_REFUSED_THERE]++;
		else
			words[ATTACK_UNEXPECTED]++;
		/* No token at all. */
		memset(bytes + 32, 0, FRAME_TOKEN_SIZE);
		expect(send_as(client, server, bytes, size), CDRPC_E_BAD_FRAME);
	}
}

static void
attack_replayed(void)
{
	HWND client = (HWND)(uintptr_t)words[ATTACK_CLIENT], server = (HWND)raw.server;
	const void *bytes = (const void *)&words[ATTACK_FRAME];
	size_t size = (size_t)words[ATTACK_FRAME_SIZE];
	uint32_t i;

	for (i = 0; i < 300; i++) {
		expect(raw_send(&raw, bytes, size), CDRPC_E_NO_SESSION);
		expect(send_as(server, server, bytes, size), CDRPC_E_NO_SESSION);
		/* As the honest client: it was run once. */
		expect(send_as(client, server, bytes, size), CDRPC_E_DUPLICATE);
	}
}

/* ---- HELLO ---- */

/* Whether it was accepted; else there are too many of this process. */
static bool
hello(HWND from)
{
	static const uint16_t versions[] = { FRAME_VERSION, FRAME_VERSION };
	struct frame frame = { .type = FRAME_HELLO, .route = FRAME_ROUTE_FRAME, .body_size = sizeof versions };
	uint8_t bytes[ATTACK_FRAME_MAX];
	uint32_t result;
	size_t size;

	proc_check(random_fill(frame.nonce, sizeof frame.nonce) == CDRPC_OK);
	size = encode(&frame, bytes);
	memcpy(bytes + frame.body_offset, versions, sizeof versions);
	result = send_as(from, (HWND)raw.server, bytes, size);
	/* EXPIRED: the window has gone meanwhile. */
	if (result != FRAME_RESULT_ACCEPTED && result != frame_result_refused(CDRPC_E_EXPIRED))
		expect(result, CDRPC_E_BUSY);
	return result == FRAME_RESULT_ACCEPTED;
}

enum { HUNG_WINDOWS = 8, HUNG_ACCEPTED = 12 };

static HWND hung[HUNG_WINDOWS];

static DWORD WINAPI
make_hung(void *ready)
{
	int i;

	for (i = 0; i < HUNG_WINDOWS; i++)
		hung[i] = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	SetEvent(ready);
	WaitForSingleObject(GetCurrentThread(), INFINITE);
	return 0;
}

static void
attack_hung(void)
{
	HANDLE ready = CreateEventW(NULL, FALSE, FALSE, NULL);
	uint32_t accepted = 0, i;

	CreateThread(NULL, 0, make_hung, ready, 0, NULL);
	proc_await_handle(ready);
	/* So many are on their way to a thread; the others make room when they have not been taken. */
	for (i = 0; accepted < HUNG_ACCEPTED; i++)
		accepted += hello(hung[i % HUNG_WINDOWS]);
}

static void
attack_flood(void)
{
	uint32_t i;

	for (i = 0; i < 2000; i++)
		hello((HWND)port_window(raw.port));
}

/* ---- in the name of all windows of another process ---- */

static BOOL CALLBACK
name_it(HWND window, LPARAM process_id)
{
	DWORD owner = 0;

	if (GetWindowThreadProcessId(window, &owner) != 0 && owner == (DWORD)process_id)
		words[ATTACK_RUN] += hello(window);
	return TRUE;
}

static void
attack_named(void)
{
	HWND parent = GetAncestor((HWND)port_window(raw.port), GA_PARENT);

	while (words[ATTACK_TXN] == 0)
		EnumChildWindows(parent, name_it, (LPARAM)words[ATTACK_CLIENT]);
}

/* ---- handles ---- */

/* Of types that no method of the server's takes, all of this process; the last ones are none. */
static uint32_t
bad_handles(uint64_t ret_values[16])
{
	static const uint64_t none[] = { UINT32_MAX, UINT32_MAX - 1, UINT32_MAX - 5, UINT64_MAX, 3, 0x7FFFFFFF, 0x7FFFFFFC };
	HANDLE token = NULL, thread = NULL;
	HANDLE made[5];
	uint32_t count = 0, i;

	OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token);
	DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &thread, 0, FALSE, DUPLICATE_SAME_ACCESS);
	made[0] = CreateMutexW(NULL, FALSE, NULL);
	made[1] = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
	made[2] = OpenProcess(PROCESS_ALL_ACCESS, FALSE, GetCurrentProcessId());
	made[3] = token;
	made[4] = thread;
	for (i = 0; i < 5; i++)
		ret_values[count++] = (uint32_t)(uintptr_t)made[i];
	for (i = 0; i < sizeof none / sizeof none[0]; i++)
		ret_values[count++] = none[i];
	return count;
}

void
begin_session(void)
{
	proc_check(raw_greet(&raw) && raw_open(&raw));
}

static void
attack_handles(void)
{
	uint64_t values[16];
	uint32_t count = bad_handles(values), body = 1, round, i;
	struct frame frame;

	begin_session();
	for (round = 0; round < 20; round++) {
		for (i = 0; i < count; i++) {
			frame = raw_request(&raw, attacked_interface.id, METHOD_TAKE);
			frame.route = FRAME_ROUTE_FRAME;
			frame.body_size = sizeof body;
			frame.handle_count = 1;
			frame.handles[0] = (struct frame_handle){ CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, values[i] };
			/* "It is yours already": none of these values names an event there. */
			frame.flags = round % 2 && i >= 5 ? FRAME_FLAG_PUSHED : 0;
			expect(raw_send_frame(&raw, &frame, &body), CDRPC_E_BAD_FRAME);
		}
	}
}

/* An OPEN whose three handles are right but for one. */
static void
open_with(uint32_t wrong, uint64_t value)
{
	static const uint32_t terms[] = { 3, 65536, 1 << 20, ARENA_SIZE, 0 };
	HANDLE made[3] = {
		CreateEventW(NULL, FALSE, FALSE, NULL),
		CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, ARENA_SIZE, NULL),
		CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL),
	};
	struct frame frame;
	uint32_t i;

	proc_check(raw_greet(&raw));
	frame = raw_frame(&raw, FRAME_OPEN);
	frame.route = FRAME_ROUTE_FRAME;
	frame.body_size = sizeof terms;
	frame.handle_count = 3;
	for (i = 0; i < 3; i++)
		frame.handles[i] = (struct frame_handle){ i == 0 ? CDRPC_HANDLE_EVENT : CDRPC_HANDLE_SECTION,
							  i == 0 ? CDRPC_RIGHT_MODIFY : CDRPC_RIGHT_READ,
							  i == wrong ? value : (uint32_t)(uintptr_t)made[i] };
	frame.handles[2].rights |= CDRPC_RIGHT_WRITE;
	expect(raw_send_frame(&raw, &frame, terms), CDRPC_E_BAD_FRAME);
	/* What was no frame at all has not ended the handshake. */
	frame = raw_frame(&raw, FRAME_CLOSE);
	if (raw_send_frame(&raw, &frame, NULL) != FRAME_RESULT_ACCEPTED)
		words[ATTACK_REFUSED_FRAMES]++;
	for (i = 0; i < 3; i++)
		CloseHandle(made[i]);
}

static void
attack_opens(void)
{
	HANDLE small = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, ARENA_SIZE / 2, NULL);
	HANDLE reserved = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_RESERVE, 0, ARENA_SIZE, NULL);
	HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
	uint64_t values[16];
	uint32_t count = bad_handles(values), round, i;

	for (round = 0; round < 3; round++) {
		for (i = 0; i < count; i++)
			/* A section, which is the second of them, is wrong in the first place only. */
			open_with(i == 1 ? 0 : round, values[i]);
		open_with(1, (uint32_t)(uintptr_t)small);
		open_with(1 + round % 2, (uint32_t)(uintptr_t)reserved);
		open_with(1 + round % 2, (uint32_t)(uintptr_t)event);
	}
}

/* ---- answers that nobody takes ---- */

enum { UNTHANKFUL_CALLS = 150 };

static DWORD WINAPI
ask_much(void *unused)
{
	static const uint32_t inputs[] = { 1, 0 };
	uint32_t accepted = 0, result;
	struct frame frame;

	(void)unused;
	while (accepted < UNTHANKFUL_CALLS) {
		frame = raw_request(&raw, attacked_interface.id, METHOD_EXCHANGE);
		frame.deadline_ms = 1000;
		frame.route = FRAME_ROUTE_FRAME;
		frame.body_size = sizeof inputs;
		result = raw_send_frame(&raw, &frame, inputs);
		if (result == FRAME_RESULT_ACCEPTED)
			accepted++;
		else
			expect(result, CDRPC_E_BUSY);
	}
	words[ATTACK_RUN] = 1;
	return 0;
}

/* In the name of a window whose thread does not look for messages. */
static void
attack_unthankful(void)
{
	HANDLE thread;

	begin_session();
	thread = CreateThread(NULL, 0, ask_much, NULL, 0, NULL);
	proc_check(WaitForSingleObject(thread, PROC_PATIENCE_MS) == WAIT_OBJECT_0);
}

int
attacker_run(struct proc *starter)
{
	static void (*const attacks[ATTACKS])(void) = {
		[ATTACK_NAMED] = attack_named,
		[ATTACK_FORGED] = attack_forged,   [ATTACK_REPLAYED] = attack_replayed,   [ATTACK_HUNG] = attack_hung,
		[ATTACK_FLOOD] = attack_flood,     [ATTACK_HANDLES] = attack_handles,     [ATTACK_OPENS] = attack_opens,
		[ATTACK_SECTIONS] = attack_sections, [ATTACK_REWRITTEN] = attack_rewritten,
		[ATTACK_UNTHANKFUL] = attack_unthankful,
	};
	char name[CDRPC_NAME_MAX + 1];
	enum attack attack;

	proc_await(starter);
	words = starter->words;
	attack = (enum attack)words[ATTACK_KIND];
	victim_name(name, starter->process_id);
	if (!attacks[attack])
		return attack_from_inside(starter, name, attack);
	proc_check(raw_begin(&raw, name) == CDRPC_OK);
	attacks[attack]();
	return 0;
}
