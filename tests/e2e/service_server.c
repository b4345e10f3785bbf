/* The process that serves. */
#include "service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "service_old.h"

enum { MESSAGE_ANSWER = WM_APP, MESSAGE_SETTLE, MESSAGE_END_THREAD, MESSAGE_QUIT, MESSAGE_START_TIMER };

struct state {
	struct proc *starter;
	struct cdrpc_server_options options;
	struct cdrpc_env env;
	struct heap heap;
	bool old;
	bool in_window;
	struct cdrpc_server *server;
	HANDLE ready;                   /* it serves */
	HANDLE release;                 /* block() may return */
	HANDLE ended;                   /* a semaphore: sessions that have ended */
	uint64_t ended_seen;
	uint32_t ticks;
	HWND window;                    /* a message-only one of the serving thread */
	uint64_t noted;
	struct cdrpc_call *kept;
	uint32_t kept_value;
	cdrpc_status (*kept_reply)(struct cdrpc_call *call, uint32_t same);     /* NULL: a status alone */
};

static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	return echo_add_reply(call, a + b);
}

static cdrpc_status
on_add_inline(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	return echo_add_inline_reply(call, a + b);
}

static cdrpc_status
on_end(struct cdrpc_call *call, void *self, int32_t value)
{
	(void)call;
	(void)self;
	return value;
}

static cdrpc_status
on_send(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return echo_send_reply(call, data);
}

static cdrpc_status
on_send_inline(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return echo_send_inline_reply(call, data);
}

static cdrpc_status
on_send_secret(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return echo_send_secret_reply(call, data);
}

static cdrpc_status
on_fetch(struct cdrpc_call *call, void *self, uint32_t size)
{
	struct cdrpc_bytes data = service_data(size);
	cdrpc_status status = echo_fetch_reply(call, data);

	(void)self;
	free((void *)(uintptr_t)data.data);
	return status;
}

static cdrpc_status
on_fetch_in_place(struct cdrpc_call *call, void *self, uint32_t size)
{
	void *buffer = NULL;
	cdrpc_status status = cdrpc_call_buffer(call, size, &buffer);

	(void)self;
	if (status != CDRPC_OK)
		return status;
	service_fill(buffer, size);
	return echo_fetch_in_place_reply(call, (struct cdrpc_bytes){ buffer, size });
}

static cdrpc_status
on_store(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return echo_store_reply(call, service_sum(data));
}

static cdrpc_status
on_store_in_place(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	return echo_store_in_place_reply(call, service_sum(data));
}

static cdrpc_status
on_forget(struct cdrpc_call *call, void *self)
{
	(void)call;
	(void)self;
	return CDRPC_OK;
}

static void
on_note(struct cdrpc_call *call, void *self, uint32_t value)
{
	struct state *state = self;

	(void)call;
	state->noted += value;
}

static cdrpc_status
on_noted(struct cdrpc_call *call, void *self)
{
	struct state *state = self;

	return echo_noted_reply(call, (uint32_t)state->noted);
}

static cdrpc_status
keep(struct state *state, struct cdrpc_call *call, uint32_t value,
     cdrpc_status (*reply)(struct cdrpc_call *call, uint32_t same))
{
	cdrpc_status status = cdrpc_call_keep(call);

	state->kept = call;
	state->kept_value = value;
	state->kept_reply = reply;
	proc_signal(state->starter);
	return status;
}

static cdrpc_status
on_keep(struct cdrpc_call *call, void *self, uint32_t value)
{
	return keep(self, call, value, echo_keep_reply);
}

static cdrpc_status
on_keep_inline(struct cdrpc_call *call, void *self, uint32_t value)
{
	return keep(self, call, value, echo_keep_inline_reply);
}

static cdrpc_status
on_keep_status(struct cdrpc_call *call, void *self, int32_t value)
{
	return keep(self, call, (uint32_t)value, NULL);
}

static cdrpc_status
on_twice(struct cdrpc_call *call, void *self, uint32_t value)
{
	struct state *state = self;
	cdrpc_status status = echo_twice_reply(call, value);

	state->starter->words[SERVICE_RESULT] = (uint64_t)(int64_t)echo_twice_reply(call, value + 1);
	return status;
}

static cdrpc_status
on_block(struct cdrpc_call *call, void *self)
{
	struct state *state = self;

	(void)call;
	proc_signal(state->starter);
	WaitForSingleObject(state->release, INFINITE);
	return CDRPC_OK;
}

static cdrpc_status
on_who(struct cdrpc_call *call, void *self)
{
	struct cdrpc_peer_facts facts;

	(void)self;
	cdrpc_call_peer_facts(call, &facts);
	return echo_who_reply(call, facts.process_id, facts.thread_id, facts.same_user, (uint32_t)facts.integrity);
}

/* Whether this is inside a message that its sender is waiting in. */
static bool
in_message(void)
{
	return (InSendMessageEx(NULL) & (ISMEX_REPLIED | ISMEX_SEND)) == ISMEX_SEND;
}

static cdrpc_status
on_place(struct cdrpc_call *call, void *self)
{
	(void)self;
	return echo_place_reply(call, in_message(), cdrpc_call_remaining_ms(call));
}

static cdrpc_status
on_place_inline(struct cdrpc_call *call, void *self)
{
	(void)self;
	return echo_place_inline_reply(call, in_message(), cdrpc_call_remaining_ms(call));
}

static const struct echo_handlers handlers = {
	.add = on_add,
	.add_inline = on_add_inline,
	.end = on_end,
	.end_inline = on_end,
	.send = on_send,
	.send_inline = on_send_inline,
	.send_secret = on_send_secret,
	.fetch = on_fetch,
	.store = on_store,
	.fetch_in_place = on_fetch_in_place,
	.store_in_place = on_store_in_place,
	.forget = on_forget,
	.note = on_note,
	.noted = on_noted,
	.keep = on_keep,
	.keep_inline = on_keep_inline,
	.keep_status = on_keep_status,
	.twice = on_twice,
	.block = on_block,
	.block_inline = on_block,
	.who = on_who,
	.place = on_place,
	.place_inline = on_place_inline,
};

static void
on_session_ended(void *self, struct cdrpc_peer *peer)
{
	struct state *state = self;

	(void)peer;
	ReleaseSemaphore(state->ended, 1, NULL);
}

static void
answer_kept(struct state *state)
{
	cdrpc_status status;

	if (state->kept_reply)
		status = state->kept_reply(state->kept, state->kept_value);
	else
		status = cdrpc_call_complete(state->kept, (cdrpc_status)state->kept_value);
	state->kept = NULL;
	state->starter->words[SERVICE_RESULT] = (uint64_t)(int64_t)status;
	proc_signal(state->starter);
}

static LRESULT CALLBACK
procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	struct state *state = (struct state *)GetWindowLongPtrW(window, GWLP_USERDATA);
	const COPYDATASTRUCT *copied;

	switch (message) {
	case MESSAGE_ANSWER:
		answer_kept(state);
		return 0;
	case MESSAGE_SETTLE:
		proc_signal(state->starter);
		return 0;
	case MESSAGE_END_THREAD:
		ExitThread(0);
	case MESSAGE_QUIT:
		PostQuitMessage(0);
		return 0;
	case SERVICE_MESSAGE_LOG:
		state->starter->words[SERVICE_LOG] = state->starter->words[SERVICE_LOG] * 31 + wparam;
		if (lparam)
			proc_signal(state->starter);
		return 0;
	case MESSAGE_START_TIMER:
		state->ticks = 0;
		SetTimer(window, 1, 10, NULL);
		return 0;
	case WM_TIMER:
		if (++state->ticks == 5) {
			KillTimer(window, 1);
			proc_signal(state->starter);
		}
		return 0;
	case WM_COPYDATA:
		copied = (const COPYDATASTRUCT *)lparam;
		return (LRESULT)(copied->cbData + copied->dwData + wparam);
	default:
		return DefWindowProcW(window, message, wparam, lparam);
	}
}

static HWND
make_window(struct state *state)
{
	WNDCLASSW class = { .lpfnWndProc = procedure, .lpszClassName = L"test.service" };
	HWND window;

	proc_check(RegisterClassW(&class));
	window = CreateWindowW(L"test.service", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	proc_check(window != NULL);
	SetWindowLongPtrW(window, GWLP_USERDATA, (LONG_PTR)state);
	return window;
}

/* An application's own loop, which knows nothing of the library. */
static void
run_loop(void)
{
	MSG message;

	while (GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
}

static DWORD WINAPI
serve(void *parameter)
{
	struct state *state = parameter;
	char name[CDRPC_NAME_MAX + 1];

	state->window = make_window(state);
	if (state->in_window)
		state->options.window = state->window;
	snprintf(name, sizeof name, "test.echo.%lu", (unsigned long)state->starter->process_id);
	heap_env(&state->heap, &state->env);
	state->options.env = &state->env;
	state->options.session_ended = on_session_ended;
	state->options.session_self = state;
	proc_check(cdrpc_server_new(name, &state->options, &state->server) == CDRPC_OK);
	if (state->old)
		proc_check(service_serve_old(state->server) == CDRPC_OK);
	else
		proc_check(echo_serve(state->server, &handlers, state) == CDRPC_OK);
	proc_check(cdrpc_server_start(state->server) == CDRPC_OK);
	state->starter->words[SERVICE_THREAD] = GetCurrentThreadId();
	state->starter->words[SERVICE_WINDOW] = (uintptr_t)state->window;
	SetEvent(state->ready);
	if (state->in_window)
		run_loop();
	else
		proc_check(cdrpc_server_run(state->server) == CDRPC_OK);
	cdrpc_server_free(state->server);
	proc_check(state->heap.blocks == 0);
	DestroyWindow(state->window);
	return 0;
}

static void
tell(struct state *state)
{
	struct cdrpc_stats stats;

	cdrpc_server_get_stats(state->server, &stats);
	memcpy((void *)&state->starter->words[SERVICE_STATS], &stats, sizeof stats);
	state->starter->words[SERVICE_HEAP_BLOCKS] = state->heap.blocks;
	state->starter->words[SERVICE_HEAP_BYTES] = state->heap.bytes;
	state->starter->words[SERVICE_ALLOCATIONS] = state->heap.allocations;
}

static void
copy_to(HWND window, volatile uint64_t *ret_result)
{
	static const char bytes[12] = "not for you";
	COPYDATASTRUCT data = { 7, sizeof bytes, (void *)(uintptr_t)bytes };
	DWORD_PTR result = 0;

	proc_check(SendMessageTimeoutW(window, WM_COPYDATA, 30, (LPARAM)&data, SMTO_ABORTIFHUNG, PROC_PATIENCE_MS, &result));
	*ret_result = result;
}

/* Does one command; false: it was the last. */
static bool
obey(struct state *state, HANDLE thread)
{
	switch ((enum service_command)state->starter->words[SERVICE_COMMAND]) {
	case SERVICE_END:
		cdrpc_server_stop(state->server);
		if (state->in_window)
			PostMessageW(state->window, MESSAGE_QUIT, 0, 0);
		return false;
	case SERVICE_TELL:
		tell(state);
		break;
	case SERVICE_SETTLE:
		/* The serving thread signals. */
		proc_check(PostMessageW(state->window, MESSAGE_SETTLE, 0, 0));
		return true;
	case SERVICE_ANSWER_OWN:
		/* The serving thread signals. */
		proc_check(PostMessageW(state->window, MESSAGE_ANSWER, 0, 0));
		return true;
	case SERVICE_ANSWER_OTHER:
		answer_kept(state);
		return true;
	case SERVICE_RELEASE:
		SetEvent(state->release);
		break;
	case SERVICE_COPY:
		copy_to((HWND)(uintptr_t)state->starter->words[SERVICE_ARGUMENT], &state->starter->words[SERVICE_RESULT]);
		break;
	case SERVICE_START_TIMER:
		/* Its fifth tick signals. */
		proc_check(PostMessageW(state->window, MESSAGE_START_TIMER, 0, 0));
		return true;
	case SERVICE_AWAIT_END:
		for (; state->ended_seen < state->starter->words[SERVICE_ARGUMENT]; state->ended_seen++)
			proc_await_handle(state->ended);
		break;
	case SERVICE_VANISH:
		proc_check(PostMessageW(state->window, MESSAGE_END_THREAD, 0, 0));
		proc_await_handle(thread);
		break;
	}
	proc_signal(state->starter);
	return true;
}

static int
run(struct state *state)
{
	HANDLE thread;
	DWORD status;

	state->ready = CreateEventW(NULL, FALSE, FALSE, NULL);
	state->release = CreateEventW(NULL, FALSE, FALSE, NULL);
	state->ended = CreateSemaphoreW(NULL, 0, 1000000, NULL);
	thread = CreateThread(NULL, 0, serve, state, 0, NULL);
	proc_check(state->ready && state->release && state->ended && thread);
	proc_await_handle(state->ready);
	proc_signal(state->starter);
	do
		proc_await(state->starter);
	while (obey(state, thread));
	proc_await_handle(thread);
	GetExitCodeThread(thread, &status);
	return (int)status;
}

int
service_run(struct proc *starter)
{
	struct state state = { .starter = starter };

	return run(&state);
}

int
service_run_messages(struct proc *starter)
{
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct state state = { .starter = starter, .options.limits = &no_arenas };

	return run(&state);
}

int
service_run_wide(struct proc *starter)
{
	static const struct cdrpc_limits wide = { .resident_max = SERVICE_WIDE };
	struct state state = { .starter = starter, .options.limits = &wide };

	return run(&state);
}

int
service_run_old(struct proc *starter)
{
	struct state state = { .starter = starter, .old = true };

	return run(&state);
}

int
service_run_window(struct proc *starter)
{
	struct state state = { .starter = starter, .in_window = true };

	return run(&state);
}
