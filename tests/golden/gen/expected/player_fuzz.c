/*
 * Fuzz harness of module contoso.player, written by cdidl from player.cdidl. Changes belong there.
 *
 * Media control. Doc comments travel into C headers, Markdown and introspection.
 */
#include "player.h"

#include <stdlib.h>
#include <string.h>

#include <cdrpc/generated.h>

#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1
#error "cdrpc is of another version than the cdidl that has written this file"
#endif

/*
 * For libFuzzer: link it with player_types.c, those of the modules that it imports, the library, and -fsanitize=fuzzer.
 *
 * An input is 8 bytes that choose what to decode (2), the size of the blob area (2), how many handles there are (1),
 * and whether the peer can still write to the blob area (1); then the body, then the blob area.
 */
struct cdrpc_fuzz_target {
	void (*run)(struct cdrpc_reader *r, struct cdrpc_writer *w);
	const struct cdrpc_handle_item *handles;
	uint32_t handle_count;
};

static void
cdrpc_fuzz_type_player_track(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct player_track *value = (struct player_track *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		player_track_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		player_track_write(w, value);
	} while (cdrpc_write_again(w));
}

static void
cdrpc_fuzz_type_player_source(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct player_source *value = (struct player_source *)cdrpc_read_alloc(r, 1, sizeof *value);

	if (value)
		player_source_read(r, value);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		player_source_write(w, value);
	} while (cdrpc_write_again(w));
}

/* open(Source src, u64? at, out u32 handle_id) fails PlayerError @1; */
static void
cdrpc_fuzz_request_player_open(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct player_source *src;
	const uint64_t *at = NULL;

	src = (struct player_source *)cdrpc_read_alloc(r, 1, sizeof *src);
	if (src)
		player_source_read(r, src);
	if (cdrpc_read_present(r))
		at = (const uint64_t *)cdrpc_read_flat(r, sizeof *at, 8);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		player_source_write(w, src);
		if (cdrpc_write_present(w, at))
			cdrpc_write_u64(w, *at);
	} while (cdrpc_write_again(w));
}

/* open(Source src, u64? at, out u32 handle_id) fails PlayerError @1; */
static void
cdrpc_fuzz_reply_player_open(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t handle_id;

	handle_id = cdrpc_read_u32(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, handle_id);
	} while (cdrpc_write_again(w));
}

/* list(out Track[<=MAX_TRACKS] tracks) @2; */
static void
cdrpc_fuzz_reply_player_list(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct player_track *tracks;
	uint32_t tracks_count;
	uint32_t i, n;

	tracks_count = cdrpc_read_count(r, PLAYER_MAX_TRACKS, 8);
	tracks = (struct player_track *)cdrpc_read_alloc(r, tracks_count, sizeof *tracks);
	for (i = 0; tracks && i < tracks_count; i++)
		player_track_read(r, &tracks[i]);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		n = cdrpc_write_count(w, tracks, tracks_count, PLAYER_MAX_TRACKS);
		for (i = 0; i < n; i++)
			player_track_write(w, &tracks[i]);
	} while (cdrpc_write_again(w));
}

/* nudge(u32 handle_id, inout Rect view) fails PlayerError @3; */
static void
cdrpc_fuzz_request_player_nudge(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint32_t handle_id;
	const struct player_rect *view;

	handle_id = cdrpc_read_u32(r);
	view = (const struct player_rect *)cdrpc_read_flat(r, sizeof *view, 4);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u32(w, handle_id);
		cdrpc_write_flat(w, view, sizeof *view, 4);
	} while (cdrpc_write_again(w));
}

/* nudge(u32 handle_id, inout Rect view) fails PlayerError @3; */
static void
cdrpc_fuzz_reply_player_nudge(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const struct player_rect *view;

	view = (const struct player_rect *)cdrpc_read_flat(r, sizeof *view, 4);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_flat(w, view, sizeof *view, 4);
	} while (cdrpc_write_again(w));
}

/* oneway log(string[<=1K] line) @4; */
static void
cdrpc_fuzz_request_player_log(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const char *line;

	line = cdrpc_read_string(r, (1 << 10));
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_string(w, line, (1 << 10));
	} while (cdrpc_write_again(w));
}

/* position(out u64 ns) @8; */
static void
cdrpc_fuzz_reply_player_position(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint64_t ns;

	ns = cdrpc_read_u64(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u64(w, ns);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_handle_item cdrpc_handles_request_player_export[] = {
	{(cdrpc_handle)1, CDRPC_HANDLE_FILE, CDRPC_RIGHT_WRITE},
	{(cdrpc_handle)1, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY},
};

/* export(handle<file: write> dst, handle<event: modify>? done) fails PlayerError @5; */
static void
cdrpc_fuzz_request_player_export(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	cdrpc_handle dst;
	cdrpc_handle done;

	dst = cdrpc_read_handle(r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_WRITE, false);
	done = cdrpc_read_handle(r, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, true);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_handle(w, dst, CDRPC_HANDLE_FILE, CDRPC_RIGHT_WRITE, false);
		cdrpc_write_handle(w, done, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, true);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_handle_item cdrpc_handles_request_player_watch[] = {
	{(cdrpc_handle)1, CDRPC_HANDLE_PROCESS, CDRPC_RIGHT_SYNC},
};

/* watch(handle<process: sync> owner, out handle<section: read> ring) @6; */
static void
cdrpc_fuzz_request_player_watch(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	cdrpc_handle owner;

	owner = cdrpc_read_handle(r, CDRPC_HANDLE_PROCESS, CDRPC_RIGHT_SYNC, false);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_handle(w, owner, CDRPC_HANDLE_PROCESS, CDRPC_RIGHT_SYNC, false);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_handle_item cdrpc_handles_reply_player_watch[] = {
	{(cdrpc_handle)1, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ},
};

/* watch(handle<process: sync> owner, out handle<section: read> ring) @6; */
static void
cdrpc_fuzz_reply_player_watch(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	cdrpc_handle ring;

	ring = cdrpc_read_handle(r, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, false);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_handle(w, ring, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, false);
	} while (cdrpc_write_again(w));
}

/* unlock(bytes[<=64] key) @7; */
static void
cdrpc_fuzz_request_player_unlock(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct cdrpc_bytes key;

	key = cdrpc_read_blob(r, 64);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_blob(w, key, 64);
	} while (cdrpc_write_again(w));
}

/* frame([shared] out bytes[<=64M] pixels) @10; */
static void
cdrpc_fuzz_reply_player_frame(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	struct cdrpc_bytes pixels;

	pixels = cdrpc_read_shared(r, (64 << 20));
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_blob(w, pixels, (64 << 20));
	} while (cdrpc_write_again(w));
}

/* play(wstring[<=260] path) @9; */
static void
cdrpc_fuzz_request_player_play(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	const cdrpc_wchar *path;

	path = cdrpc_read_wstring(r, 260);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_wstring(w, path, 260);
	} while (cdrpc_write_again(w));
}

/* event state_changed(State now, Rect? view) @100; */
static void
cdrpc_fuzz_request_player_emit_state_changed(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	player_state_t now;
	const struct player_rect *view = NULL;

	now = cdrpc_read_u8(r);
	if (cdrpc_read_present(r))
		view = (const struct player_rect *)cdrpc_read_flat(r, sizeof *view, 4);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u8(w, now);
		if (cdrpc_write_present(w, view))
			cdrpc_write_flat(w, view, sizeof *view, 4);
	} while (cdrpc_write_again(w));
}

/* event progress(u64 position_ns) @101; */
static void
cdrpc_fuzz_request_player_emit_progress(struct cdrpc_reader *r, struct cdrpc_writer *w)
{
	uint64_t position_ns;

	position_ns = cdrpc_read_u64(r);
	if (cdrpc_reader_end(r) != CDRPC_OK)
		return;
	do {
		cdrpc_write_u64(w, position_ns);
	} while (cdrpc_write_again(w));
}

static const struct cdrpc_fuzz_target cdrpc_fuzz_targets[] = {
	{cdrpc_fuzz_type_player_track, NULL, 0},
	{cdrpc_fuzz_type_player_source, NULL, 0},
	{cdrpc_fuzz_request_player_open, NULL, 0},
	{cdrpc_fuzz_reply_player_open, NULL, 0},
	{cdrpc_fuzz_reply_player_list, NULL, 0},
	{cdrpc_fuzz_request_player_nudge, NULL, 0},
	{cdrpc_fuzz_reply_player_nudge, NULL, 0},
	{cdrpc_fuzz_request_player_log, NULL, 0},
	{cdrpc_fuzz_reply_player_position, NULL, 0},
	{cdrpc_fuzz_request_player_export, cdrpc_handles_request_player_export, 2},
	{cdrpc_fuzz_request_player_watch, cdrpc_handles_request_player_watch, 1},
	{cdrpc_fuzz_reply_player_watch, cdrpc_handles_reply_player_watch, 1},
	{cdrpc_fuzz_request_player_unlock, NULL, 0},
	{cdrpc_fuzz_reply_player_frame, NULL, 0},
	{cdrpc_fuzz_request_player_play, NULL, 0},
	{cdrpc_fuzz_request_player_emit_state_changed, NULL, 0},
	{cdrpc_fuzz_request_player_emit_progress, NULL, 0},
};

/* A message as it travels, each part in a block of its own, so that a sanitizer sees a read past its end. */
struct cdrpc_fuzz_message {
	uint8_t *body;
	uint8_t *blob;
	size_t body_size;
	size_t blob_size;
	uint32_t handle_count;
	bool blob_shared;
};

static uint8_t *
cdrpc_fuzz_copy(const void *data, size_t size)
{
	uint8_t *copy = (uint8_t *)malloc(size > 0 ? size : 1);

	if (!copy)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

static void
cdrpc_fuzz_free(struct cdrpc_fuzz_message *message)
{
	free(message->body);
	free(message->blob);
}

static cdrpc_status
cdrpc_fuzz_grow(struct cdrpc_writer *w, size_t size)
{
	w->base = (uint8_t *)malloc(size);
	w->capacity = size;
	return w->base ? CDRPC_OK : CDRPC_E_NOMEM;
}

static void
cdrpc_fuzz_written(const struct cdrpc_writer *w, struct cdrpc_fuzz_message *ret_message)
{
	uint8_t *blob = (uint8_t *)calloc(w->blob_size + 1, 1);
	size_t at = 0;
	uint32_t i;

	if (!blob)
		abort();
	for (i = 0; i < w->blob_count; i++) {
		if (w->blobs[i].size > 0)
			memcpy(blob + at, w->blobs[i].data, w->blobs[i].size);
		at += ((size_t)w->blobs[i].size + 7) & ~(size_t)7;
	}
	ret_message->body = cdrpc_fuzz_copy(w->base, w->at);
	ret_message->blob = cdrpc_fuzz_copy(blob, w->blob_size);
	ret_message->body_size = w->at;
	ret_message->blob_size = w->blob_size;
	ret_message->handle_count = w->handle_count;
	ret_message->blob_shared = false;
	free(blob);
}

/* Decodes a message and encodes what came of it; false where one of the two is refused, and nothing is returned. */
static bool
cdrpc_fuzz_turn(const struct cdrpc_fuzz_target *target, const struct cdrpc_fuzz_message *message,
		struct cdrpc_fuzz_message *ret_message)
{
	struct cdrpc_arena *arena = cdrpc_arena_new(NULL, (size_t)1 << 24);
	struct cdrpc_reader r;
	struct cdrpc_writer w;
	bool good;

	if (!arena)
		abort();
	cdrpc_reader_init(&r, arena, message->body, message->body_size, message->blob, message->blob_size);
	r.handles = target->handles;
	r.handle_count = message->handle_count;
	r.blob_shared = message->blob_shared;
	cdrpc_writer_init(&w, NULL, 0, cdrpc_fuzz_grow, NULL);
	target->run(&r, &w);
	/* Of an unknown member of a union no value is kept, so it cannot be written. */
	if (w.status != CDRPC_OK && w.status != CDRPC_E_ARGUMENT)
		abort();
	good = r.status == CDRPC_OK && w.status == CDRPC_OK;
	if (good)
		cdrpc_fuzz_written(&w, ret_message);
	free(w.base);
	cdrpc_arena_free(arena);
	return good;
}

static bool
cdrpc_fuzz_equal(const struct cdrpc_fuzz_message *a, const struct cdrpc_fuzz_message *b)
{
	return a->body_size == b->body_size && memcmp(a->body, b->body, a->body_size) == 0 &&
	       a->blob_size == b->blob_size && memcmp(a->blob, b->blob, a->blob_size) == 0 &&
	       a->handle_count == b->handle_count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const size_t count = sizeof cdrpc_fuzz_targets / sizeof cdrpc_fuzz_targets[0];
	const size_t head = 8;
	const struct cdrpc_fuzz_target *target;
	struct cdrpc_fuzz_message input, once, twice;

	if (size < head)
		return 0;
	target = &cdrpc_fuzz_targets[(data[0] | (size_t)data[1] << 8) % count];
	input.blob_size = (data[2] | (size_t)data[3] << 8) % (size - head + 1) & ~(size_t)7;
	input.body_size = size - head - input.blob_size;
	input.body = cdrpc_fuzz_copy(data + head, input.body_size);
	input.blob = cdrpc_fuzz_copy(data + head + input.body_size, input.blob_size);
	input.handle_count = data[4] % (target->handle_count + 1);
	input.blob_shared = (data[5] & 1) != 0;
	if (cdrpc_fuzz_turn(target, &input, &once)) {
		/* What was written is read, and written as the same. */
		if (!cdrpc_fuzz_turn(target, &once, &twice) || !cdrpc_fuzz_equal(&once, &twice))
			abort();
		cdrpc_fuzz_free(&once);
		cdrpc_fuzz_free(&twice);
	}
	cdrpc_fuzz_free(&input);
	return 0;
}
