/*
 * Server skeletons of module contoso.player, written by cdidl from player.cdidl. Changes belong there.
 *
 * Media control. Doc comments travel into C headers, Markdown and introspection.
 */
#include "player.h"

#include <string.h>

#include <cdrpc/generated.h>

#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1
#error "cdrpc is of another version than the cdidl that has written this file"
#endif

/*
 * What is sent is written in a loop. A first round goes on counting when the buffer is full; then cdrpc_write_again() has
 * found room for all of it, and asks for a second one.
 */

/* open(Source src, u64? at, out u32 handle_id) fails PlayerError @1; */
static cdrpc_status
player_open_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct player_source *src;
	const uint64_t *at = NULL;

	if (!to->open)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	src = (struct player_source *)cdrpc_read_alloc(&r, 1, sizeof *src);
	if (src)
		player_source_read(&r, src);
	if (cdrpc_read_present(&r))
		at = (const uint64_t *)cdrpc_read_flat(&r, sizeof *at, 8);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->open(call, self, src, at);
}

cdrpc_status
player_open_reply(struct cdrpc_call *call, uint32_t handle_id)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call, &player_interface, player_open_in_table);
	do {
		cdrpc_write_u32(&w, handle_id);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* list(out Track[<=MAX_TRACKS] tracks) @2; */
static cdrpc_status
player_list_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->list)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->list(call, self);
}

cdrpc_status
player_list_reply(struct cdrpc_call *call, const struct player_track *tracks, uint32_t tracks_count)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_answer_begin(&w, call, &player_interface, player_list_in_table);
	do {
		n = cdrpc_write_count(&w, tracks, tracks_count, PLAYER_MAX_TRACKS);
		for (i = 0; i < n; i++)
			player_track_write(&w, &tracks[i]);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* nudge(u32 handle_id, inout Rect view) fails PlayerError @3; */
static cdrpc_status
player_nudge_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	uint32_t handle_id;
	const struct player_rect *view;

	if (!to->nudge)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	handle_id = cdrpc_read_u32(&r);
	view = (const struct player_rect *)cdrpc_read_flat(&r, sizeof *view, 4);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->nudge(call, self, handle_id, view);
}

cdrpc_status
player_nudge_reply(struct cdrpc_call *call, const struct player_rect *view)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call, &player_interface, player_nudge_in_table);
	do {
		cdrpc_write_flat(&w, view, sizeof *view, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* oneway log(string[<=1K] line) @4; */
static cdrpc_status
player_log_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const char *line;

	if (!to->log)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	line = cdrpc_read_string(&r, (1 << 10));
	status = cdrpc_call_inputs_end(&r);
	if (status == CDRPC_OK)
		to->log(call, self, line);
	return status;
}

/* export(handle<file: write> dst, handle<event: modify>? done) fails PlayerError @5; */
static cdrpc_status
player_export_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	cdrpc_handle dst;
	cdrpc_handle done;

	if (!to->export_)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	dst = cdrpc_read_handle(&r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_WRITE, false);
	done = cdrpc_read_handle(&r, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, true);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->export_(call, self, dst, done);
}

/* watch(handle<process: sync> owner, out handle<section: read> ring) @6; */
static cdrpc_status
player_watch_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	cdrpc_handle owner;

	if (!to->watch)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	owner = cdrpc_read_handle(&r, CDRPC_HANDLE_PROCESS, CDRPC_RIGHT_SYNC, false);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->watch(call, self, owner);
}

cdrpc_status
player_watch_reply(struct cdrpc_call *call, cdrpc_handle ring)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call, &player_interface, player_watch_in_table);
	do {
		cdrpc_write_handle(&w, ring, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, false);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* unlock(bytes[<=64] key) @7; */
static cdrpc_status
player_unlock_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	struct cdrpc_bytes key;

	if (!to->unlock)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	key = cdrpc_read_blob(&r, 64);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->unlock(call, self, key);
}

/* position(out u64 ns) @8; */
static cdrpc_status
player_position_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->position)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->position(call, self);
}

cdrpc_status
player_position_reply(struct cdrpc_call *call, uint64_t ns)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call, &player_interface, player_position_in_table);
	do {
		cdrpc_write_u64(&w, ns);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* play(wstring[<=260] path) @9; */
static cdrpc_status
player_play_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const cdrpc_wchar *path;

	if (!to->play)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	path = cdrpc_read_wstring(&r, 260);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->play(call, self, path);
}

/* frame([shared] out bytes[<=64M] pixels) @10; */
static cdrpc_status
player_frame_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct player_handlers *to = (const struct player_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->frame)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->frame(call, self);
}

cdrpc_status
player_frame_reply(struct cdrpc_call *call, struct cdrpc_bytes pixels)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call, &player_interface, player_frame_in_table);
	do {
		cdrpc_write_blob(&w, pixels, (64 << 20));
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

/* event state_changed(State now, Rect? view) @100; */
cdrpc_status
player_emit_state_changed(struct cdrpc_server *server, struct cdrpc_peer *to, player_state_t now,
			  const struct player_rect *view)
{
	struct cdrpc_writer w;

	cdrpc_event_begin(&w, server, to, &player_interface, player_emit_state_changed_in_table);
	do {
		cdrpc_write_u8(&w, now);
		if (cdrpc_write_present(&w, view))
			cdrpc_write_flat(&w, view, sizeof *view, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_event_send(&w);
}

/* event progress(u64 position_ns) @101; */
cdrpc_status
player_emit_progress(struct cdrpc_server *server, struct cdrpc_peer *to, uint64_t position_ns)
{
	struct cdrpc_writer w;

	cdrpc_event_begin(&w, server, to, &player_interface, player_emit_progress_in_table);
	do {
		cdrpc_write_u64(&w, position_ns);
	} while (cdrpc_write_again(&w));
	return cdrpc_event_send(&w);
}

static cdrpc_skeleton *const player_skeleton_table[] = {
	player_open_skeleton,
	player_list_skeleton,
	player_nudge_skeleton,
	player_log_skeleton,
	player_export_skeleton,
	player_watch_skeleton,
	player_unlock_skeleton,
	player_position_skeleton,
	player_play_skeleton,
	player_frame_skeleton,
	NULL,
	NULL,
};

cdrpc_status
player_serve(struct cdrpc_server *server, const struct player_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &player_interface, player_skeleton_table, handlers, self);
}
