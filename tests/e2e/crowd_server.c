/* The server, and the application that it is a part of. */
#include "crowd.h"

#include <stdio.h>

#include "calls/call.h"
#include "session/endpoint.h"

#define APP_PERIOD_MS 10

#define MESSAGE_APP (WM_APP + 1)

static struct cdrpc_server *server;
static struct proc *tester;
static uint32_t running, nested, calls, ended;

uint64_t
crowd_now_us(void)
{
	LARGE_INTEGER now, frequency;

	QueryPerformanceCounter(&now);
	QueryPerformanceFrequency(&frequency);
	return (uint64_t)now.QuadPart / (uint64_t)frequency.QuadPart * 1000000 +
	       (uint64_t)now.QuadPart % (uint64_t)frequency.QuadPart * 1000000 / (uint64_t)frequency.QuadPart;
}

void
crowd_name(char name[CDRPC_NAME_MAX + 1], DWORD process_id)
{
	snprintf(name, CDRPC_NAME_MAX + 1, "test.crowd.%lu", (unsigned long)process_id);
}

void
crowd_loop(void)
{
	MSG message;

	while (GetMessageW(&message, NULL, 0, 0) > 0) {
		TranslateMessage(&message);
		DispatchMessageW(&message);
	}
}

/* ---- the application ---- */

static struct {
	HWND window;
	volatile LONG64 due_us[APP_KINDS];       /* 0: nothing is */
	uint64_t began_us;
	HANDLE begin;
	HANDLE end;
} app;

static void
app_due(enum app_kind kind, uint64_t us)
{
	InterlockedExchange64(&app.due_us[kind], (LONG64)us);
}

static void
app_served(enum app_kind kind)
{
	uint64_t due = (uint64_t)InterlockedExchange64(&app.due_us[kind], 0);
	uint64_t now = crowd_now_us();
	uint64_t late = now > due ? now - due : 0;
	uint64_t second = (now - app.began_us) / 1000000;
	volatile uint64_t *words = &tester->words[WORD_SECONDS + (second * APP_KINDS + (uint32_t)kind) * APP_WORDS];

	if (due == 0 || second >= SECONDS)
		return;
	words[APP_COUNT]++;
	if (late > words[APP_WORST])
		words[APP_WORST] = late;
}

static void
start_timer(HWND window)
{
	app_due(APP_TIMER, crowd_now_us() + APP_PERIOD_MS * 1000);
	SetTimer(window, 1, APP_PERIOD_MS, NULL);
}

static LRESULT CALLBACK
app_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	switch (message) {
	case WM_TIMER:
		app_served(APP_TIMER);
		start_timer(window);
		return 0;
	case MESSAGE_APP:
		app_served(APP_POSTED);
		return 0;
	case WM_PAINT:
		ValidateRect(window, NULL);
		app_served(APP_PAINT);
		return 0;
	default:
		return DefWindowProcW(window, message, wparam, lparam);
	}
}

/* Gives the application to do what its own thread does not begin: each kind anew when the last one has been served. */
static DWORD WINAPI
disturb(void *unused)
{
	uint64_t now;

	(void)unused;
	WaitForSingleObject(app.begin, INFINITE);
	while (WaitForSingleObject(app.end, APP_PERIOD_MS) == WAIT_TIMEOUT) {
		now = crowd_now_us();
		if (!app.due_us[APP_POSTED]) {
			app_due(APP_POSTED, now);
			PostMessageW(app.window, MESSAGE_APP, 0, 0);
		}
		if (!app.due_us[APP_PAINT]) {
			app_due(APP_PAINT, now);
			InvalidateRect(app.window, NULL, FALSE);
		}
	}
	return 0;
}

static void
app_open(void)
{
	app.window = CreateWindowExW(0, L"STATIC", L"", WS_POPUP | WS_VISIBLE, 0, 0, 50, 50, NULL, NULL, NULL, NULL);
	proc_check(app.window != NULL);
	SetWindowLongPtrW(app.window, GWLP_WNDPROC, (LONG_PTR)app_procedure);
	app.end = CreateEventW(NULL, TRUE, FALSE, NULL);
	app.begin = CreateEventW(NULL, TRUE, FALSE, NULL);
	proc_check(app.begin && app.end);
}

/* ---- the server ---- */

/* Handlers that run inside one another, or inside a message. */
static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	cdrpc_status status;

	(void)self;
	nested += running > 0 || call->session->endpoint->thread.shared->nesting > 0;
	running++;
	status = echo_add_reply(call, a + b);
	running--;
	calls++;
	tester->words[WORD_DEEPEST] = atomic_u32_load(&call->session->endpoint->counters.deepest);
	return status;
}

static void
client_came(void *self, struct cdrpc_peer *peer)
{
	static uint32_t came;

	(void)self;
	(void)peer;
	if (++came < CLIENTS || !tester->words[WORD_APP])
		return;
	app.began_us = crowd_now_us();
	start_timer(app.window);
	SetEvent(app.begin);
}

static void
client_went(void *self, struct cdrpc_peer *peer)
{
	(void)self;
	(void)peer;
	if (++ended < CLIENTS)
		return;
	if (tester->words[WORD_ATTACHED])
		PostQuitMessage(0);
	else
		cdrpc_server_stop(server);
}

int
crowd_run_server(struct proc *starter)
{
	static const struct echo_handlers handlers = { .add = on_add };
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_server_options options = { .session_opened = client_came, .session_ended = client_went };
	char name[CDRPC_NAME_MAX + 1];
	HANDLE thread = NULL;

	tester = starter;
	proc_await(starter);
	if (starter->words[WORD_MESSAGES])
		options.limits = &no_arenas;
	if (starter->words[WORD_APP]) {
		app_open();
		thread = CreateThread(NULL, 0, disturb, NULL, 0, NULL);
	}
	if (starter->words[WORD_ATTACHED])
		options.window = app.window;
	crowd_name(name, starter->process_id);
	proc_check(cdrpc_server_new(name, &options, &server) == CDRPC_OK);
	proc_check(echo_serve(server, &handlers, NULL) == CDRPC_OK);
	proc_check(cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	if (starter->words[WORD_ATTACHED])
		crowd_loop();
	else
		proc_check(cdrpc_server_run(server) == CDRPC_OK);
	starter->words[WORD_CALLS] = calls;
	starter->words[WORD_NESTED] = nested;
	cdrpc_server_free(server);
	if (thread) {
		SetEvent(app.end);
		WaitForSingleObject(thread, INFINITE);
	}
	return 0;
}
