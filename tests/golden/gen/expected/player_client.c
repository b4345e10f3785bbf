/*
 * Client stubs of module contoso.player, written by cdidl from player.cdidl. Changes belong there.
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
cdrpc_status
player_open_begin(struct cdrpc_client *client, const struct player_source *src, const uint64_t *at,
		  struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_open_in_table);
	do {
		player_source_write(&w, src);
		if (cdrpc_write_present(&w, at))
			cdrpc_write_u64(&w, *at);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
player_open_finish(struct cdrpc_pending *pending, uint32_t *ret_handle_id)
{
	struct cdrpc_reader r;
	uint32_t handle_id;

	cdrpc_reply_begin(&r, pending, &player_interface.methods[player_open_in_table], NULL);
	handle_id = cdrpc_read_u32(&r);
	if (cdrpc_reply_good(&r))
		*ret_handle_id = handle_id;
	return cdrpc_reply_end(&r);
}

cdrpc_status
player_open(struct cdrpc_client *client, const struct player_source *src, const uint64_t *at, uint32_t *ret_handle_id)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = player_open_begin(client, src, at, &pending);
	if (status != CDRPC_OK)
		return status;
	return player_open_finish(pending, ret_handle_id);
}

/* list(out Track[<=MAX_TRACKS] tracks) @2; */
cdrpc_status
player_list_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_list_in_table);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
player_list_finish(struct cdrpc_pending *pending, const struct player_track **ret_tracks, uint32_t *ret_tracks_count,
		   struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	struct player_track *tracks;
	uint32_t tracks_count;
	uint32_t i;

	cdrpc_reply_begin(&r, pending, &player_interface.methods[player_list_in_table], reply);
	tracks_count = cdrpc_read_count(&r, PLAYER_MAX_TRACKS, 8);
	tracks = (struct player_track *)cdrpc_read_alloc(&r, tracks_count, sizeof *tracks);
	for (i = 0; tracks && i < tracks_count; i++)
		player_track_read(&r, &tracks[i]);
	if (cdrpc_reply_good(&r)) {
		*ret_tracks = tracks;
		*ret_tracks_count = tracks_count;
	}
	return cdrpc_reply_end(&r);
}

cdrpc_status
player_list(struct cdrpc_client *client, const struct player_track **ret_tracks, uint32_t *ret_tracks_count,
	    struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = player_list_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return player_list_finish(pending, ret_tracks, ret_tracks_count, reply);
}

/* nudge(u32 handle_id, inout Rect view) fails PlayerError @3; */
cdrpc_status
player_nudge_begin(struct cdrpc_client *client, uint32_t handle_id, const struct player_rect *view,
		   struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_nudge_in_table);
	do {
		cdrpc_write_u32(&w, handle_id);
		cdrpc_write_flat(&w, view, sizeof *view, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
player_nudge_finish(struct cdrpc_pending *pending, struct player_rect *ret_view)
{
	struct cdrpc_reader r;
	const struct player_rect *view;

	cdrpc_reply_begin(&r, pending, &player_interface.methods[player_nudge_in_table], NULL);
	view = (const struct player_rect *)cdrpc_read_flat(&r, sizeof *view, 4);
	if (cdrpc_reply_good(&r))
		*ret_view = *view;
	return cdrpc_reply_end(&r);
}

cdrpc_status
player_nudge(struct cdrpc_client *client, uint32_t handle_id, const struct player_rect *view,
	     struct player_rect *ret_view)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = player_nudge_begin(client, handle_id, view, &pending);
	if (status != CDRPC_OK)
		return status;
	return player_nudge_finish(pending, ret_view);
}

/* oneway log(string[<=1K] line) @4; */
cdrpc_status
player_log(struct cdrpc_client *client, const char *line)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_log_in_table);
	do {
		cdrpc_write_string(&w, line, (1 << 10));
	} while (cdrpc_write_again(&w));
	return cdrpc_oneway_send(&w);
}

/* export(handle<file: write> dst, handle<event: modify>? done) fails PlayerError @5; */
cdrpc_status
player_export_begin(struct cdrpc_client *client, cdrpc_handle dst, cdrpc_handle done,
		    struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_export_in_table);
	do {
		cdrpc_write_handle(&w, dst, CDRPC_HANDLE_FILE, CDRPC_RIGHT_WRITE, false);
		cdrpc_write_handle(&w, done, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_MODIFY, true);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
player_export_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, &player_interface.methods[player_export_in_table], NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
player_export(struct cdrpc_client *client, cdrpc_handle dst, cdrpc_handle done)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = player_export_begin(client, dst, done, &pending);
	if (status != CDRPC_OK)
		return status;
	return player_export_finish(pending);
}

/* watch(handle<process: sync> owner, out handle<section: read> ring) @6; */
cdrpc_status
player_watch_begin(struct cdrpc_client *client, cdrpc_handle owner, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_watch_in_table);
	do {
		cdrpc_write_handle(&w, owner, CDRPC_HANDLE_PROCESS, CDRPC_RIGHT_SYNC, false);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
player_watch_finish(struct cdrpc_pending *pending, cdrpc_handle *ret_ring, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	cdrpc_handle ring;

	cdrpc_reply_begin(&r, pending, &player_interface.methods[player_watch_in_table], reply);
	ring = cdrpc_read_handle(&r, CDRPC_HANDLE_SECTION, CDRPC_RIGHT_READ, false);
	if (cdrpc_reply_good(&r))
		*ret_ring = ring;
	return cdrpc_reply_end(&r);
}

cdrpc_status
player_watch(struct cdrpc_client *client, cdrpc_handle owner, cdrpc_handle *ret_ring, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = player_watch_begin(client, owner, &pending);
	if (status != CDRPC_OK)
		return status;
	return player_watch_finish(pending, ret_ring, reply);
}

/* unlock(bytes[<=64] key) @7; */
cdrpc_status
player_unlock_begin(struct cdrpc_client *client, struct cdrpc_bytes key, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_unlock_in_table);
	do {
		cdrpc_write_blob(&w, key, 64);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
player_unlock_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, &player_interface.methods[player_unlock_in_table], NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
player_unlock(struct cdrpc_client *client, struct cdrpc_bytes key)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = player_unlock_begin(client, key, &pending);
	if (status != CDRPC_OK)
		return status;
	return player_unlock_finish(pending);
}

/* position(out u64 ns) @8; */
cdrpc_status
player_position_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_position_in_table);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
player_position_finish(struct cdrpc_pending *pending, uint64_t *ret_ns)
{
	struct cdrpc_reader r;
	uint64_t ns;

	cdrpc_reply_begin(&r, pending, &player_interface.methods[player_position_in_table], NULL);
	ns = cdrpc_read_u64(&r);
	if (cdrpc_reply_good(&r))
		*ret_ns = ns;
	return cdrpc_reply_end(&r);
}

cdrpc_status
player_position(struct cdrpc_client *client, uint64_t *ret_ns)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = player_position_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return player_position_finish(pending, ret_ns);
}

/* play(wstring[<=260] path) @9; */
cdrpc_status
player_play_begin(struct cdrpc_client *client, const cdrpc_wchar *path, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_play_in_table);
	do {
		cdrpc_write_wstring(&w, path, 260);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
player_play_finish(struct cdrpc_pending *pending)
{
	struct cdrpc_reader r;

	cdrpc_reply_begin(&r, pending, &player_interface.methods[player_play_in_table], NULL);
	return cdrpc_reply_end(&r);
}

cdrpc_status
player_play(struct cdrpc_client *client, const cdrpc_wchar *path)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = player_play_begin(client, path, &pending);
	if (status != CDRPC_OK)
		return status;
	return player_play_finish(pending);
}

/* frame([shared] out bytes[<=64M] pixels) @10; */
cdrpc_status
player_frame_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &player_interface, player_frame_in_table);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
player_frame_finish(struct cdrpc_pending *pending, struct cdrpc_bytes *ret_pixels, struct cdrpc_reply *reply)
{
	struct cdrpc_reader r;
	struct cdrpc_bytes pixels;

	cdrpc_reply_begin(&r, pending, &player_interface.methods[player_frame_in_table], reply);
	pixels = cdrpc_read_shared(&r, (64 << 20));
	if (cdrpc_reply_good(&r))
		*ret_pixels = pixels;
	return cdrpc_reply_end(&r);
}

cdrpc_status
player_frame(struct cdrpc_client *client, struct cdrpc_bytes *ret_pixels, struct cdrpc_reply *reply)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = player_frame_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return player_frame_finish(pending, ret_pixels, reply);
}

/* event state_changed(State now, Rect? view) @100; */
static void
player_state_changed_sink(struct cdrpc_reader *r, const void *events, void *self)
{
	const struct player_events *to = (const struct player_events *)events;
	player_state_t now;
	const struct player_rect *view = NULL;

	now = cdrpc_read_u8(r);
	if (cdrpc_read_present(r))
		view = (const struct player_rect *)cdrpc_read_flat(r, sizeof *view, 4);
	if (cdrpc_event_end(r) && to->state_changed)
		to->state_changed(self, now, view);
}

/* event progress(u64 position_ns) @101; */
static void
player_progress_sink(struct cdrpc_reader *r, const void *events, void *self)
{
	const struct player_events *to = (const struct player_events *)events;
	uint64_t position_ns;

	position_ns = cdrpc_read_u64(r);
	if (cdrpc_event_end(r) && to->progress)
		to->progress(self, position_ns);
}

cdrpc_status
player_listen(struct cdrpc_client *client, const struct player_events *events, void *self)
{
	const struct cdrpc_event_entry entries[] = {
		{player_emit_state_changed_in_table, events && events->state_changed, player_state_changed_sink},
		{player_emit_progress_in_table, events && events->progress, player_progress_sink},
	};
	const uint32_t count = sizeof entries / sizeof entries[0];

	return cdrpc_client_listen(client, &player_interface, entries, count, events, sizeof *events, self);
}
