#include <stdio.h>
#include <stdlib.h>

#include "calls.h"
#include "in_place.h"
#include "program.h"
#include "tracks.h"
#include "variant.h"

/* Oneway calls that are sent before the server is waited for; a queue holds more. */
#define POKES 32
#define SESSIONS 100

static struct variant variant;
static struct cdrpc_client *client;
static uint8_t *payload;

static void
require(cdrpc_status status, const char *what)
{
	char text[100];

	if (status == CDRPC_OK)
		return;
	snprintf(text, sizeof text, "%s: %s", what, cdrpc_status_name(status));
	program_check(false, text);
}

static struct cdrpc_client *
connect(void)
{
	struct cdrpc_client_options options = { .limits = VARIANT_LIMITS(variant) };
	struct cdrpc_client *connected = NULL;

	require(cdrpc_client_connect(variant.name, &options, &connected), "cdrpc_client_connect");
	return connected;
}

/* ---- calls ---- */

static void
small_on(struct cdrpc_client *with)
{
	uint64_t a = payload_seed(), b = a + 5, c = 0, d = 0;

	require(calls_small_inline(with, a, b, &c, &d), "small_inline");
	program_check(c == a + 1 && d == b + 1, "an answer");
}

static void
small_inline(uint32_t size)
{
	(void)size;
	small_on(client);
}

static void
small_posted(uint32_t size)
{
	uint64_t a = payload_seed(), b = a + 5, c = 0, d = 0;

	(void)size;
	require(calls_small_posted(client, a, b, &c, &d), "small_posted");
	program_check(c == a + 1 && d == b + 1, "an answer");
}

typedef cdrpc_status echo_method(struct cdrpc_client *client, struct cdrpc_bytes data, struct cdrpc_bytes *ret_same,
				 struct cdrpc_reply *reply);

static void
echo(echo_method *method, uint32_t size)
{
	struct cdrpc_bytes data = { payload, size }, same;
	struct cdrpc_reply reply = { 0 };
	uint64_t seed = payload_seed();

	payload_write(payload, size, seed);
	require(method(client, data, &same, &reply), "echo");
	program_check(same.size == size, "a size");
	payload_check_seed(same.data, size, seed);
	cdrpc_reply_free(&reply);
}

static void
echo_inline(uint32_t size)
{
	echo(calls_echo_inline, size);
}

static void
echo_posted(uint32_t size)
{
	echo(calls_echo_posted, size);
}

static void
fetch_on(struct cdrpc_client *with, uint32_t size)
{
	struct cdrpc_bytes data;
	struct cdrpc_reply reply = { 0 };
	uint64_t seed = payload_seed();

	require(calls_fetch(with, size, seed, &data, &reply), "fetch");
	program_check(data.size == size, "a size");
	payload_check_seed(data.data, size, seed);
	cdrpc_reply_free(&reply);
}

static void
fetch(uint32_t size)
{
	fetch_on(client, size);
}

static void
store(uint32_t size)
{
	struct in_place request = in_place_request(client, size);

	payload_write(request.data, size, payload_seed());
	require(calls_store(client, in_place_send(&request)), "store");
	in_place_sent(&request);
}

static void
tracks(uint32_t size)
{
	const struct bench_track *list;
	struct cdrpc_reply reply = { 0 };
	uint32_t count;

	(void)size;
	require(calls_tracks(client, &list, &count, &reply), "tracks");
	tracks_check(list, count);
	cdrpc_reply_free(&reply);
}

static void
blob(uint32_t size)
{
	struct cdrpc_bytes data;
	struct cdrpc_reply reply = { 0 };

	require(calls_blob(client, size, &data, &reply), "blob");
	payload_check(data.data, data.size);
	cdrpc_reply_free(&reply);
}

/* ---- what is more than a call ---- */

/* POKES of them, and a call that is answered when they have run. */
static uint64_t
pokes(uint64_t *ret_each)
{
	uint64_t began = clock_now(), at;
	uint32_t i;

	for (i = 0; i < POKES; i++) {
		at = clock_now();
		require(calls_poke(client, i, i), "poke");
		ret_each[i] = clock_ns(clock_now() - at);
	}
	small_posted(0);
	return clock_ns(clock_now() - began);
}

static uint32_t
poke(uint32_t size, uint32_t count, uint64_t *ret_values)
{
	uint32_t got;

	(void)size;
	for (got = 0; got + POKES <= count || got == 0; got += POKES)
		pokes(&ret_values[got]);
	return got;
}

static uint32_t
poke_sustained(uint32_t size, uint32_t count, uint64_t *ret_values)
{
	uint64_t each[POKES];
	uint32_t i;

	(void)size;
	for (i = 0; i < (count + POKES - 1) / POKES; i++)
		ret_values[i] = pokes(each) / POKES;
	return i;
}

/* A session more, its first call, and nothing of its end. */
static uint32_t
first(uint32_t size, uint32_t count, uint64_t *ret_values)
{
	struct cdrpc_client *fresh;
	uint64_t began;
	uint32_t i;

	(void)size;
	for (i = 0; i < count; i++) {
		began = clock_now();
		fresh = connect();
		small_on(fresh);
		ret_values[i] = clock_ns(clock_now() - began);
		cdrpc_client_free(fresh);
	}
	return count;
}

/* The first payload of a session, in pages that nobody has touched. */
static uint32_t
first_touch(uint32_t size, uint32_t count, uint64_t *ret_values)
{
	struct cdrpc_client *fresh;
	uint64_t began;
	uint32_t i;

	for (i = 0; i < count; i++) {
		fresh = connect();
		began = clock_now();
		fetch_on(fresh, size);
		ret_values[i] = clock_ns(clock_now() - began);
		cdrpc_client_free(fresh);
	}
	return count;
}

static uint64_t
server_bytes(void)
{
	uint64_t bytes = 0;

	require(calls_memory(client, &bytes), "memory");
	return bytes;
}

/* Bytes that an idle session takes: the client's, the server's. */
static uint32_t
sessions(uint32_t size, uint32_t count, uint64_t *ret_values)
{
	struct cdrpc_client *idle[SESSIONS];
	uint64_t client_before, server_before;
	uint32_t i;

	(void)size;
	program_check(count >= 2, "room for two values");
	cdrpc_client_free(connect());
	client_before = private_bytes();
	server_before = server_bytes();
	for (i = 0; i < SESSIONS; i++)
		idle[i] = connect();
	ret_values[0] = (private_bytes() - client_before) / SESSIONS;
	ret_values[1] = (server_bytes() - server_before) / SESSIONS;
	for (i = 0; i < SESSIONS; i++)
		cdrpc_client_free(idle[i]);
	return 2;
}

/* ---- events ---- */

static struct {
	uint64_t *emitting;     /* how long each took to emit, */
	uint64_t *arriving;     /* and to arrive; one of them is NULL */
	uint32_t seen;
} heard;

static void
on_tick(void *self, uint64_t emitted_at, uint64_t took_before)
{
	uint64_t now = clock_now();

	(void)self;
	/* The first is not measured: it says nothing about another, and the loop is not warm. */
	if (heard.seen > 0 && heard.arriving)
		heard.arriving[heard.seen - 1] = clock_ns(now - emitted_at);
	if (heard.seen > 0 && heard.emitting)
		heard.emitting[heard.seen - 1] = clock_ns(took_before);
	heard.seen++;
}

static uint32_t
hear(uint32_t count)
{
	static const struct calls_events events = { .tick = on_tick };
	static bool listening;
	MSG message;

	if (!listening)
		require(calls_listen(client, &events, NULL), "listen");
	listening = true;
	heard.seen = 0;
	require(calls_ticks(client, count + 1), "ticks");
	while (heard.seen < count + 1) {
		program_check(GetMessageW(&message, NULL, 0, 0) > 0, "GetMessage");
		DispatchMessageW(&message);
	}
	return count;
}

static uint32_t
event(uint32_t size, uint32_t count, uint64_t *ret_values)
{
	(void)size;
	heard.arriving = ret_values;
	heard.emitting = NULL;
	return hear(count);
}

static uint32_t
emit(uint32_t size, uint32_t count, uint64_t *ret_values)
{
	(void)size;
	heard.arriving = NULL;
	heard.emitting = ret_values;
	return hear(count);
}

const struct operation *
program_connect(const char *name)
{
	static const struct operation operations[] = {
		{ .name = "small_inline", .call = small_inline },
		{ .name = "small_posted", .call = small_posted },
		{ .name = "echo_inline", .call = echo_inline },
		{ .name = "echo_posted", .call = echo_posted },
		{ .name = "fetch", .call = fetch },
		{ .name = "store", .call = store },
		{ .name = "tracks", .call = tracks },
		{ .name = "blob", .call = blob },
		{ .name = "poke", .series = poke },
		{ .name = "poke_sustained", .series = poke_sustained },
		{ .name = "first", .series = first },
		{ .name = "first_touch", .series = first_touch },
		{ .name = "sessions", .series = sessions },
		{ .name = "event", .series = event },
		{ .name = "emit", .series = emit },
		{ 0 },
	};

	variant = variant_named(name);
	payload = malloc(SIZE_MOST);
	program_check(payload != NULL, "memory");
	client = connect();
	return operations;
}
