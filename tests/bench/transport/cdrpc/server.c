#include "calls.h"
#include "in_place.h"
#include "program.h"
#include "tracks.h"
#include "variant.h"

static struct cdrpc_server *server;
static const struct bench_track *tracks;
static uint8_t blob[MIB];
static uint64_t sum;

/* The window that emits, and what it is to emit. */
static HWND ticker;
static struct cdrpc_peer *listener;
static uint32_t ticks;

static cdrpc_status
on_small_inline(struct cdrpc_call *call, void *self, uint64_t a, uint64_t b)
{
	(void)self;
	return calls_small_inline_reply(call, a + 1, b + 1);
}

static cdrpc_status
on_small_posted(struct cdrpc_call *call, void *self, uint64_t a, uint64_t b)
{
	(void)self;
	return calls_small_posted_reply(call, a + 1, b + 1);
}

static cdrpc_status
on_echo_inline(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	payload_check(data.data, data.size);
	return calls_echo_inline_reply(call, data);
}

static cdrpc_status
on_echo_posted(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)self;
	payload_check(data.data, data.size);
	return calls_echo_posted_reply(call, data);
}

static cdrpc_status
on_fetch(struct cdrpc_call *call, void *self, uint64_t size, uint64_t seed)
{
	struct cdrpc_bytes data = { in_place_reply(call, (uint32_t)size), (uint32_t)size };

	(void)self;
	payload_write((void *)(uintptr_t)data.data, data.size, seed);
	return calls_fetch_reply(call, data);
}

static cdrpc_status
on_store(struct cdrpc_call *call, void *self, struct cdrpc_bytes data)
{
	(void)call;
	(void)self;
	payload_check(data.data, data.size);
	return CDRPC_OK;
}

static cdrpc_status
on_tracks(struct cdrpc_call *call, void *self)
{
	(void)self;
	return calls_tracks_reply(call, tracks, TRACK_COUNT);
}

static cdrpc_status
on_blob(struct cdrpc_call *call, void *self, uint64_t size)
{
	(void)self;
	return calls_blob_reply(call, (struct cdrpc_bytes){ blob, (uint32_t)size });
}

static void
on_poke(struct cdrpc_call *call, void *self, uint64_t a, uint64_t b)
{
	(void)call;
	(void)self;
	sum += a + b;
}

static cdrpc_status
on_ticks(struct cdrpc_call *call, void *self, uint32_t count)
{
	(void)self;
	listener = cdrpc_call_peer(call);
	ticks = count;
	program_check(PostMessageW(ticker, WM_APP, 0, 0), "PostMessage");
	return CDRPC_OK;
}

static cdrpc_status
on_memory(struct cdrpc_call *call, void *self)
{
	(void)self;
	return calls_memory_reply(call, private_bytes());
}

static void
emit(void)
{
	uint64_t began, took = 0;
	uint32_t i;

	for (i = 0; i < ticks; i++) {
		/* So long that the client waits in its message loop again. */
		Sleep(1);
		began = clock_now();
		program_check(calls_emit_tick(server, listener, began, took) == CDRPC_OK, "emit");
		took = clock_now() - began;
	}
}

static LRESULT CALLBACK
procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	if (message != WM_APP)
		return DefWindowProcW(window, message, wparam, lparam);
	emit();
	return 0;
}

void
program_serve(const char *name)
{
	static const struct calls_handlers handlers = {
		.small_inline = on_small_inline,
		.small_posted = on_small_posted,
		.echo_inline = on_echo_inline,
		.echo_posted = on_echo_posted,
		.fetch = on_fetch,
		.store = on_store,
		.tracks = on_tracks,
		.blob = on_blob,
		.poke = on_poke,
		.ticks = on_ticks,
		.memory = on_memory,
	};
	struct variant variant = variant_named(name);
	struct cdrpc_server_options options = { .limits = VARIANT_LIMITS(variant) };

	tracks = tracks_make();
	payload_write(blob, sizeof blob, 1);
	ticker = window_make(L"bench.ticker", procedure);
	if (variant.attached)
		options.window = ticker;
	program_check(cdrpc_server_new(variant.name, &options, &server) == CDRPC_OK &&
		      calls_serve(server, &handlers, NULL) == CDRPC_OK && cdrpc_server_start(server) == CDRPC_OK, "the server");
	program_ready();
	if (variant.attached)
		window_loop();
	program_check(cdrpc_server_run(server) == CDRPC_OK, "cdrpc_server_run");
}
