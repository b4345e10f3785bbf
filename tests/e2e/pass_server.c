/* The process that takes handles and gives them. */
#include "pass.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winternl.h>

#include "service/server.h"
#include "upset.h"

struct state {
	struct proc *starter;
	struct cdrpc_server *server;
	struct pass_objects objects;
	HANDLE kept;
	struct cdrpc_call *held;
	struct cdrpc_bytes held_data;   /* of hold_exchange(); without a handle it is hold() */
	cdrpc_handle held_event;
};

void
pass_name(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.pass.%lu", (unsigned long)process_id);
}

HANDLE
pass_file(void)
{
	WCHAR folder[MAX_PATH], path[MAX_PATH];

	if (GetTempPathW(MAX_PATH, folder) == 0 || GetTempFileNameW(folder, L"cdr", 0, path) == 0)
		return INVALID_HANDLE_VALUE;
	return CreateFileW(path, GENERIC_READ | GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
			   NULL, OPEN_EXISTING, FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

void
pass_objects_make(struct pass_objects *objects)
{
	HANDLE *handles = objects->handles;

	handles[0] = pass_file();
	handles[1] = pass_file();
	handles[2] = pass_file();
	CreatePipe(&handles[3], &handles[4], NULL, 0);
	handles[5] = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
	handles[6] = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
	handles[7] = CreateEventW(NULL, TRUE, FALSE, NULL);
	DuplicateHandle(GetCurrentProcess(), handles[7], GetCurrentProcess(), &handles[8], 0, FALSE, DUPLICATE_SAME_ACCESS);
	handles[9] = CreateMutexW(NULL, FALSE, NULL);
	handles[10] = CreateSemaphoreW(NULL, 0, 5, NULL);
	handles[11] = OpenProcess(PROCESS_ALL_ACCESS, FALSE, GetCurrentProcessId());
}

void
pass_objects_close(struct pass_objects *objects)
{
	int i;

	for (i = 0; i < PASS_KINDS; i++)
		CloseHandle(objects->handles[i]);
}

uint32_t
pass_access(HANDLE handle)
{
	PUBLIC_OBJECT_BASIC_INFORMATION info = { 0 };

	if (handle && NtQueryObject(handle, ObjectBasicInformation, &info, sizeof info, NULL) < 0)
		return UINT32_MAX;
	return info.GrantedAccess;
}

static cdrpc_status
on_take(struct cdrpc_call *call, void *self, cdrpc_handle a, cdrpc_handle b, cdrpc_handle c, cdrpc_handle d, cdrpc_handle e,
	cdrpc_handle f, cdrpc_handle g, cdrpc_handle h, cdrpc_handle i, cdrpc_handle j, cdrpc_handle k, cdrpc_handle l)
{
	const cdrpc_handle handles[PASS_KINDS] = { a, b, c, d, e, f, g, h, i, j, k, l };
	uint32_t access[PASS_KINDS];
	int n;

	(void)self;
	for (n = 0; n < PASS_KINDS; n++)
		access[n] = pass_access(handles[n]);
	return pass_take_reply(call, access);
}

static cdrpc_status
on_give(struct cdrpc_call *call, void *self, uint32_t which)
{
	struct state *state = self;
	cdrpc_handle given[PASS_KINDS];
	int n;

	for (n = 0; n < PASS_KINDS; n++)
		given[n] = which >> n & 1 ? state->objects.handles[n] : NULL;
	return pass_give_reply(call, given[0], given[1], given[2], given[3], given[4], given[5], given[6], given[7], given[8],
			       given[9], given[10], given[11]);
}

/* Whether something that must not be allowed was. */
static uint32_t
beyond(BOOL succeeded, uint32_t bit)
{
	return succeeded || GetLastError() != ERROR_ACCESS_DENIED ? bit : 0;
}

static cdrpc_status
on_copy(struct cdrpc_call *call, void *self, cdrpc_handle from, cdrpc_handle to)
{
	char bytes[4096];
	DWORD got = 0, put = 0;
	uint32_t copied = 0, bits;

	(void)self;
	while (ReadFile(from, bytes, sizeof bytes, &got, NULL) && got > 0) {
		if (!WriteFile(to, bytes, got, &put, NULL))
			return CDRPC_E_OS;
		copied += put;
	}
	bits = beyond(WriteFile(from, bytes, 1, &put, NULL), 1);
	bits |= beyond(ReadFile(to, bytes, 1, &got, NULL), 2);
	return pass_copy_reply(call, copied, bits);
}

static cdrpc_status
on_map(struct cdrpc_call *call, void *self, cdrpc_handle from, cdrpc_handle to)
{
	char *source = MapViewOfFile(from, FILE_MAP_READ, 0, 0, 4096);
	char *target = MapViewOfFile(to, FILE_MAP_WRITE, 0, 0, 4096);
	uint32_t bits;

	(void)self;
	if (!source || !target)
		return CDRPC_E_OS;
	memcpy(target, source, 4096);
	UnmapViewOfFile(source);
	UnmapViewOfFile(target);
	bits = beyond(MapViewOfFile(from, FILE_MAP_WRITE, 0, 0, 4096) != NULL, 1);
	return pass_map_reply(call, bits);
}

static cdrpc_status
on_signal(struct cdrpc_call *call, void *self, cdrpc_handle event)
{
	(void)call;
	(void)self;
	return SetEvent(event) && WaitForSingleObject(event, 0) == WAIT_FAILED ? CDRPC_OK : CDRPC_E_OS;
}

static cdrpc_status
on_turn(struct cdrpc_call *call, void *self, cdrpc_handle event)
{
	(void)self;
	return pass_turn_reply(call, event);
}

struct watch {
	HANDLE process;
	HANDLE ended;
	HANDLE wait;
};

static void CALLBACK
process_has_ended(void *parameter, BOOLEAN timed_out)
{
	struct watch *watch = parameter;

	(void)timed_out;
	SetEvent(watch->ended);
	CloseHandle(watch->ended);
	CloseHandle(watch->process);
}

static cdrpc_status
on_watch(struct cdrpc_call *call, void *self, cdrpc_handle process, cdrpc_handle ended)
{
	static struct watch watch;
	uint32_t bits = beyond(TerminateProcess(process, 1), 1);

	(void)self;
	if (watch.wait)
		UnregisterWait(watch.wait);
	watch.process = cdrpc_call_take(call, process);
	watch.ended = cdrpc_call_take(call, ended);
	/* Neither a second time, nor what the call does not have. */
	if (!watch.process || !watch.ended || cdrpc_call_take(call, ended) || cdrpc_call_take(call, NULL))
		return CDRPC_E_OS;
	if (!RegisterWaitForSingleObject(&watch.wait, watch.process, process_has_ended, &watch, INFINITE, WT_EXECUTEONLYONCE))
		return CDRPC_E_OS;
	return pass_watch_reply(call, bits);
}

static cdrpc_status
on_keep(struct cdrpc_call *call, void *self, cdrpc_handle event)
{
	struct state *state = self;

	state->kept = cdrpc_call_take(call, event);
	return state->kept ? CDRPC_OK : CDRPC_E_OS;
}

static cdrpc_status
on_use_kept(struct cdrpc_call *call, void *self)
{
	struct state *state = self;

	(void)call;
	return SetEvent(state->kept) && CloseHandle(state->kept) ? CDRPC_OK : CDRPC_E_OS;
}

static cdrpc_status
on_exchange(struct cdrpc_call *call, void *self, struct cdrpc_bytes data, cdrpc_handle event)
{
	(void)self;
	return pass_exchange_reply(call, data, event);
}

static cdrpc_status
on_fail(struct cdrpc_call *call, void *self, cdrpc_handle event)
{
	(void)call;
	(void)self;
	(void)event;
	return PASS_ERROR_REFUSED;
}

/* An event as a file: nothing is sent, and the error says so to the client in general terms. */
static cdrpc_status
on_give_another(struct cdrpc_call *call, void *self)
{
	struct state *state = self;
	cdrpc_status status = pass_give_another_reply(call, state->objects.handles[7]);

	return status == CDRPC_E_ARGUMENT ? CDRPC_E_BUSY : status;
}

static cdrpc_status
on_hold(struct cdrpc_call *call, void *self, cdrpc_handle event)
{
	struct state *state = self;

	(void)event;
	state->held_event = NULL;
	state->held = call;
	return cdrpc_call_keep(call);
}

static cdrpc_status
on_hold_exchange(struct cdrpc_call *call, void *self, struct cdrpc_bytes data, cdrpc_handle event)
{
	struct state *state = self;

	state->held_data = data;
	state->held_event = event;
	state->held = call;
	return cdrpc_call_keep(call);
}

static cdrpc_status
on_let_go(struct cdrpc_call *call, void *self)
{
	struct state *state = self;

	(void)call;
	if (state->held_event)
		pass_hold_exchange_reply(state->held, state->held_data, state->held_event);
	else
		cdrpc_call_complete(state->held, CDRPC_OK);
	return CDRPC_OK;
}

static cdrpc_status
on_is_cancelled(struct cdrpc_call *call, void *self)
{
	const struct state *state = self;

	/* Asked too by those who only want the server to have had a turn. */
	return pass_is_cancelled_reply(call, state->held && cdrpc_call_is_cancelled(state->held));
}

static void
on_stall(struct cdrpc_call *call, void *self, cdrpc_handle begun, cdrpc_handle until)
{
	(void)call;
	(void)self;
	SetEvent(begun);
	WaitForSingleObject(until, PROC_PATIENCE_MS);
}

static cdrpc_status
on_echo(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return pass_echo_reply(call, data);
}

static cdrpc_status
on_echo_inline(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return pass_echo_inline_reply(call, data);
}

static cdrpc_status
on_echo_secret(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return pass_echo_secret_reply(call, data);
}

static cdrpc_status
on_numbers(struct cdrpc_call *call, void *self, const uint64_t *numbers, uint32_t count)
{
	uint64_t *doubled = malloc(count * sizeof *doubled + 1);
	cdrpc_status status;
	uint64_t sum = 0;
	uint32_t i;

	(void)self;
	if (!doubled)
		return CDRPC_E_NOMEM;
	for (i = 0; i < count; i++) {
		sum += numbers[i];
		doubled[i] = 2 * numbers[i];
	}
	status = pass_numbers_reply(call, sum, doubled, count);
	free(doubled);
	return status;
}

static void
on_pause(struct cdrpc_call *call, void *self)
{
	const struct state *state = self;

	(void)call;
	proc_signal(state->starter);
	WaitForSingleObject(state->starter->event_in, PROC_PATIENCE_MS);
}

static void
on_quit(struct cdrpc_call *call, void *self)
{
	struct state *state = self;

	(void)call;
	cdrpc_server_stop(state->server);
}

static const struct pass_handlers handlers = {
	.take = on_take,
	.give = on_give,
	.copy = on_copy,
	.map = on_map,
	.signal = on_signal,
	.turn = on_turn,
	.watch = on_watch,
	.keep = on_keep,
	.use_kept = on_use_kept,
	.exchange = on_exchange,
	.fail = on_fail,
	.give_another = on_give_another,
	.hold = on_hold,
	.hold_exchange = on_hold_exchange,
	.let_go = on_let_go,
	.stall = on_stall,
	.quit = on_quit,
	.is_cancelled = on_is_cancelled,
	.echo = on_echo,
	.echo_inline = on_echo_inline,
	.echo_secret = on_echo_secret,
	.numbers = on_numbers,
	.pause = on_pause,
};

static bool
denied(void *self, bool system_says)
{
	(void)self;
	(void)system_says;
	return false;
}

/* Told so by the starter, at any time. */
static bool
push_fails(void *self)
{
	const struct state *state = self;

	return state->starter->words[PASS_PUSHES_FAIL] != 0;
}

static int
serve(struct proc *starter, bool (*may_duplicate)(void *self, bool system_says))
{
	static struct state state;
	struct endpoint_hooks hooks = { .self = &state, .may_duplicate = may_duplicate, .push_fails = push_fails };
	static const struct pass_locked_handlers locked;
	char name[CDRPC_NAME_MAX + 1];

	state.starter = starter;
	pass_name(name, starter->process_id);
	pass_objects_make(&state.objects);
	proc_check(server_new(name, NULL, &hooks, &state.server) == CDRPC_OK);
	proc_check(pass_serve(state.server, &handlers, &state) == CDRPC_OK);
	proc_check(pass_locked_serve(state.server, &locked, &state) == CDRPC_OK);
	proc_check(cdrpc_server_start(state.server) == CDRPC_OK);
	proc_check(upset_window(L"cdrpc.service.1", &starter->words[PASS_UPSET], starter->event_in));
	proc_signal(starter);
	proc_check(cdrpc_server_run(state.server) == CDRPC_OK);
	cdrpc_server_free(state.server);
	pass_objects_close(&state.objects);
	return 0;
}

int
pass_run(struct proc *starter)
{
	return serve(starter, NULL);
}

int
pass_run_denied(struct proc *starter)
{
	return serve(starter, denied);
}
