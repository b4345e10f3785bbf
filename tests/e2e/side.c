#include "side.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_APPLICATION (WM_APP + 7)
#define MESSAGE_CROSS (WM_APP + 8)
#define MESSAGE_MEET (WM_APP + 9)
#define MESSAGE_SEEK (WM_APP + 10)

void
side_name(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.duplex.%lu", (unsigned long)process_id);
}

bool
side_in_message(void)
{
	return (InSendMessageEx(NULL) & (ISMEX_REPLIED | ISMEX_SEND)) == ISMEX_SEND;
}

static void
dispatch_all(void)
{
	MSG message;

	while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
		DispatchMessageW(&message);
}

void
side_pump(const uint32_t *count, uint32_t least)
{
	const volatile uint32_t *now = count;

	dispatch_all();
	while (*now < least) {
		MsgWaitForMultipleObjectsEx(0, NULL, 1000, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
		dispatch_all();
	}
}

void
side_pump_handle(HANDLE handle)
{
	while (MsgWaitForMultipleObjectsEx(1, &handle, 1000, QS_ALLINPUT, MWMO_INPUTAVAILABLE) != WAIT_OBJECT_0)
		dispatch_all();
}

/* ---- handlers ---- */

static cdrpc_status
on_tick(struct cdrpc_call *call, void *self, uint32_t from, uint32_t count, uint32_t size, bool alone)
{
	static const char zeros[60 << 10];
	struct side *side = self;
	struct cdrpc_peer *to = alone ? cdrpc_call_peer(call) : NULL;
	cdrpc_status status = CDRPC_OK;
	uint32_t i;

	for (i = 0; i < count && status == CDRPC_OK; i++)
		status = duplex_emit_ticked(side->server, to, from + i, (struct cdrpc_bytes){ zeros, size });
	return status == CDRPC_OK ? CDRPC_OK : CDRPC_E_HANDLER;
}

static cdrpc_status
on_advance(struct cdrpc_call *call, void *self, uint32_t count, uint64_t last)
{
	struct side *side = self;
	cdrpc_status status = CDRPC_OK;

	(void)call;
	while (count-- > 0 && status == CDRPC_OK)
		status = duplex_emit_progressed(side->server, NULL, last - count);
	return status == CDRPC_OK ? CDRPC_OK : CDRPC_E_HANDLER;
}

static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	struct side *side = self;

	InterlockedIncrement((volatile LONG *)&side->added);
	return duplex_add_reply(call, a + b);
}

static cdrpc_status
on_add_inline(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	return duplex_add_inline_reply(call, a + b);
}

static cdrpc_status
on_nested(struct cdrpc_call *call, void *self, uint32_t depth)
{
	struct cdrpc_client *back = NULL;
	cdrpc_status status = CDRPC_OK;
	uint32_t sum = 0;

	(void)self;
	if (depth > 0) {
		status = cdrpc_peer_client(cdrpc_call_peer(call), NULL, &back);
		if (status == CDRPC_OK)
			status = duplex_nested(back, depth - 1, &sum);
		cdrpc_client_free(back);
	}
	return status == CDRPC_OK ? duplex_nested_reply(call, sum + depth) : status;
}

static cdrpc_status
on_block(struct cdrpc_call *call, void *self)
{
	struct side *side = self;
	MSG message;

	proc_signal(side->starter);
	while (!cdrpc_call_is_cancelled(call)) {
		MsgWaitForMultipleObjectsEx(0, NULL, 100, QS_SENDMESSAGE, MWMO_INPUTAVAILABLE);
		PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
	}
	proc_signal(side->starter);
	return CDRPC_OK;
}

static cdrpc_status
on_keep(struct cdrpc_call *call, void *self, uint32_t value)
{
	struct side *side = self;

	(void)value;
	side->kept = call;
	proc_signal(side->starter);
	return cdrpc_call_keep(call);
}

static cdrpc_status
on_kept_is_cancelled(struct cdrpc_call *call, void *self)
{
	struct side *side = self;

	return duplex_kept_is_cancelled_reply(call, cdrpc_call_is_cancelled(side->kept));
}

static cdrpc_status
on_answer_kept(struct cdrpc_call *call, void *self)
{
	struct side *side = self;

	return duplex_answer_kept_reply(call, duplex_keep_reply(side->kept, 1));
}

static cdrpc_status
on_added(struct cdrpc_call *call, void *self)
{
	struct side *side = self;

	return duplex_added_reply(call, side->added);
}

static cdrpc_status
on_where(struct cdrpc_call *call, void *self)
{
	(void)self;
	return duplex_where_reply(call, GetCurrentProcessId(), GetCurrentThreadId());
}

static cdrpc_status
on_whisper(struct cdrpc_call *call, void *self, const char *word)
{
	(void)self;
	return duplex_whisper_reply(call, word);
}

/* The calls are made from the loop: not on behalf of this one. */
static void
on_cross(struct cdrpc_call *call, void *self, uint32_t count)
{
	struct side *side = self;

	side->peer = cdrpc_call_peer(call);
	side->to_cross = count;
	PostMessageW(side->window, MESSAGE_CROSS, 0, 0);
}

static cdrpc_status
on_meet(struct cdrpc_call *call, void *self, uint32_t calls)
{
	struct side *side = self;

	side->peer = cdrpc_call_peer(call);
	side->met = call;
	side->meet_calls = calls;
	PostMessageW(side->window, MESSAGE_MEET, 0, 0);
	return cdrpc_call_keep(call);
}

static void
on_seek(struct cdrpc_call *call, void *self, uint32_t rounds, uint32_t calls)
{
	struct side *side = self;

	side->peer = cdrpc_call_peer(call);
	side->seek_rounds = rounds;
	side->meet_calls = calls;
	PostMessageW(side->window, MESSAGE_SEEK, 0, 0);
}

struct work {
	struct side *side;
	struct cdrpc_call *call;
	uint32_t count;
	bool alone;
	bool held;              /* the peer's thread is in its handler meanwhile, and is another than that of the server's start */
};

static uint64_t
emitted_by(const struct side *side)
{
	struct cdrpc_stats stats;

	cdrpc_server_get_stats(side->server, &stats);
	return stats.events;
}

static void
set_event(void *event, cdrpc_status status)
{
	proc_check(status == CDRPC_OK && SetEvent(event));
}

/* Until the thread of the server's start has done what was posted to it before. */
static void
await_posted(const struct side *side)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);

	proc_check(event != NULL && cdrpc_server_post(side->server, set_event, event) == CDRPC_OK);
	proc_await_handle(event);
	CloseHandle(event);
}

static DWORD WINAPI
work(void *self)
{
	struct work work = *(struct work *)self;
	struct cdrpc_peer *to = work.alone ? cdrpc_call_peer(work.call) : NULL;
	uint64_t before = emitted_by(work.side);
	uint32_t i, emitted = 0;

	free(self);
	for (i = 0; i < work.count; i++)
		emitted += duplex_emit_ticked(work.side->server, to, i, (struct cdrpc_bytes){ "progress", i % 9 }) == CDRPC_OK;
	/* The peer's thread is the one that emits to it, and no other. */
	if (work.held) {
		await_posted(work.side);
		proc_check(emitted_by(work.side) == before);
	}
	proc_check(duplex_work_reply(work.call, emitted) == CDRPC_OK);
	return 0;
}

static cdrpc_status
on_work(struct cdrpc_call *call, void *self, uint32_t count, bool alone)
{
	struct side *side = self;
	bool held = alone && GetCurrentThreadId() != GetWindowThreadProcessId(side->window, NULL);
	struct work *own = malloc(sizeof *own);
	cdrpc_status status = cdrpc_call_keep(call);
	HANDLE thread;

	proc_check(own != NULL);
	*own = (struct work){ side, call, count, alone, held };
	thread = CreateThread(NULL, 0, work, own, 0, NULL);
	proc_check(thread != NULL);
	if (held)
		proc_await_handle(thread);
	CloseHandle(thread);
	return status;
}

/* What a worker and the notification have in common: nobody frees it before both are done with it. */
struct work_on {
	struct side *side;
	struct cdrpc_call *call;
	HANDLE unwanted;
	DWORD thread;
};

static void
on_unwanted(void *self, struct cdrpc_call *call)
{
	struct work_on *work = self;
	bool right = call == work->call && GetCurrentThreadId() == work->thread && !side_in_message() && cdrpc_call_is_cancelled(call);

	InterlockedIncrement((volatile LONG *)&work->side->notified[right ? 0 : 1]);
	SetEvent(work->unwanted);
}

static DWORD WINAPI
work_on(void *self)
{
	struct work_on *work = self;
	struct proc *starter = work->side->starter;

	proc_signal(starter);
	proc_await_handle(work->unwanted);
	cdrpc_call_complete(work->call, CDRPC_OK);
	CloseHandle(work->unwanted);
	free(work);
	proc_signal(starter);
	return 0;
}

static cdrpc_status
on_work_on(struct cdrpc_call *call, void *self)
{
	struct work_on *work = malloc(sizeof *work);
	cdrpc_status status = cdrpc_call_keep(call);
	HANDLE thread;

	proc_check(work != NULL);
	*work = (struct work_on){ self, call, CreateEventW(NULL, TRUE, FALSE, NULL), GetCurrentThreadId() };
	proc_check(work->unwanted != NULL && cdrpc_call_notify(call, on_unwanted, work) == CDRPC_OK);
	thread = CreateThread(NULL, 0, work_on, work, 0, NULL);
	proc_check(thread != NULL);
	CloseHandle(thread);
	return status;
}

static cdrpc_status
on_notified(struct cdrpc_call *call, void *self)
{
	struct side *side = self;

	return duplex_notified_reply(call, side->notified[0], side->notified[1]);
}

static const struct duplex_handlers handlers = {
	.tick = on_tick,
	.advance = on_advance,
	.add = on_add,
	.add_inline = on_add_inline,
	.nested = on_nested,
	.block = on_block,
	.keep = on_keep,
	.kept_is_cancelled = on_kept_is_cancelled,
	.answer_kept = on_answer_kept,
	.added = on_added,
	.where = on_where,
	.whisper = on_whisper,
	.cross = on_cross,
	.meet = on_meet,
	.seek = on_seek,
	.work = on_work,
	.work_on = on_work_on,
	.notified = on_notified,
};

/* ---- a side ---- */

/* A refusal by this side is logged: was it waiting itself? */
static void
look_at_log(void *self, enum cdrpc_log_level level, const char *line)
{
	struct side *side = self;

	(void)level;
	if (strstr(line, "CDRPC_E_WOULD_DEADLOCK"))
		side->refused[side->calling ? 0 : 1]++;
}

/* Whoever has called meet() waits for this side, and for nothing else, until it is answered here. */
static void
meet(struct side *side, struct cdrpc_client *back)
{
	uint32_t run = 0, refused = 0, sum, i;
	cdrpc_status status;

	for (i = 0; i < side->meet_calls; i++) {
		status = duplex_add(back, i, 1, &sum);
		run += status == CDRPC_OK && sum == i + 1;
		refused += status == CDRPC_E_WOULD_DEADLOCK;
	}
	duplex_meet_reply(side->met, run, refused);
}

static void
seek(struct side *side, struct cdrpc_client *back)
{
	uint32_t run, refused, i;

	for (i = 0; i < side->seek_rounds && duplex_meet(back, side->meet_calls, &run, &refused) == CDRPC_OK; i++) {
		side->seek_met[0] += run;
		side->seek_met[1] += refused;
	}
}

static LRESULT CALLBACK
window_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	struct side *side = (struct side *)GetWindowLongPtrW(window, GWLP_USERDATA);
	struct cdrpc_client *back = NULL;

	switch (message) {
	case MESSAGE_APPLICATION:
		side->dispatched++;
		side->in_call_dispatched += side->calling;
		return 0;
	case MESSAGE_CROSS:
	case MESSAGE_MEET:
	case MESSAGE_SEEK:
		proc_check(cdrpc_peer_client(side->peer, NULL, &back) == CDRPC_OK);
		if (message == MESSAGE_CROSS)
			side_cross(side, back, side->to_cross);
		else if (message == MESSAGE_MEET)
			meet(side, back);
		else
			seek(side, back);
		cdrpc_client_free(back);
		if (message != MESSAGE_MEET)
			proc_signal(side->starter);
		return 0;
	default:
		return DefWindowProcW(window, message, wparam, lparam);
	}
}

cdrpc_status
side_new(struct side *side, const char *name, const struct cdrpc_server_options *options)
{
	struct cdrpc_server_options own = *options;
	cdrpc_status status;

	side->env.self = side;
	side->env.log = look_at_log;
	own.env = &side->env;
	side->window = CreateWindowExW(0, L"STATIC", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	SetWindowLongPtrW(side->window, GWLP_USERDATA, (LONG_PTR)side);
	SetWindowLongPtrW(side->window, GWLP_WNDPROC, (LONG_PTR)window_procedure);
	status = cdrpc_server_new(name, &own, &side->server);
	if (status == CDRPC_OK)
		status = duplex_serve(side->server, &handlers, side);
	return status;
}

void
side_cross(struct side *side, struct cdrpc_client *client, uint32_t count)
{
	uint32_t i, sum;
	cdrpc_status status;

	for (i = 0; i < count; i++) {
		PostMessageW(side->window, MESSAGE_APPLICATION, 0, 0);
		side->calling = true;
		sum = 0;
		status = duplex_add(client, i, 1, &sum);
		side->calling = false;
		if (status == CDRPC_OK && sum == i + 1)
			side->crossed[0]++;
		else
			side->crossed[status == CDRPC_E_WOULD_DEADLOCK ? 1 : 2]++;
		dispatch_all();
	}
}

static void
session_ended(void *self, struct cdrpc_peer *peer)
{
	struct side *side = self;
	uint32_t wanted = (uint32_t)side->starter->words[SIDE_SESSIONS];

	(void)peer;
	if ((uint32_t)InterlockedIncrement((volatile LONG *)&side->sessions) >= (wanted ? wanted : 1))
		cdrpc_server_stop(side->server);
}

static void
tell(const struct side *side)
{
	volatile uint64_t *words = side->starter->words;
	uint32_t i;

	for (i = 0; i < 3; i++)
		words[SIDE_CROSSED + i] = side->crossed[i];
	words[SIDE_REFUSED] = side->refused[0];
	words[SIDE_REFUSED + 1] = side->refused[1];
	words[SIDE_ADDED] = side->added;
	words[SIDE_DISPATCHED] = side->in_call_dispatched;
	words[SIDE_MET] = side->seek_met[0];
	words[SIDE_MET + 1] = side->seek_met[1];
}

int
side_run(struct proc *starter)
{
	struct side side = { .starter = starter };
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_server_options options = { .session_ended = session_ended, .session_self = &side };
	char name[CDRPC_NAME_MAX + 1];

	proc_await(starter);
	options.reentry = (enum cdrpc_reentry)starter->words[SIDE_POLICY];
	options.threads = (uint32_t)starter->words[SIDE_THREADS];
	if (starter->words[SIDE_MESSAGES])
		options.limits = &no_arenas;
	side_name(name, starter->process_id);
	proc_check(side_new(&side, name, &options) == CDRPC_OK);
	proc_check(cdrpc_server_start(side.server) == CDRPC_OK);
	proc_signal(starter);
	proc_check(cdrpc_server_run(side.server) == CDRPC_OK);
	tell(&side);
	cdrpc_server_free(side.server);
	DestroyWindow(side.window);
	return 0;
}
