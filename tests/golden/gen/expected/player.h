/*
 * C header of module contoso.player, written by cdidl from player.cdidl. Changes belong there.
 *
 * Media control. Doc comments travel into C headers, Markdown and introspection.
 */
#ifndef CDIDL_7contoso_6player_H
#define CDIDL_7contoso_6player_H

#include <cdrpc/cdrpc.h>
#include "contoso/common.h"

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

#define PLAYER_MAX_TRACKS UINT32_C(256)

typedef uint8_t player_state_t;		/* open: a value not listed here is possible */
enum {
	PLAYER_STATE_STOPPED = 0,
	PLAYER_STATE_PLAYING = 1,
	PLAYER_STATE_PAUSED = 2
};
/* "Stopped" and so on; NULL for a value not listed. */
const char *player_state_name(player_state_t state);

typedef uint16_t player_codec_t;	/* strict: only the values below are possible */
enum {
	PLAYER_CODEC_PCM = 1,
	PLAYER_CODEC_FLAC = 2
};
/* "Pcm" and so on; NULL for a value not listed. */
const char *player_codec_name(player_codec_t codec);

typedef uint32_t player_caps_t;
#define PLAYER_CAPS_SEEK (UINT32_C(1) << 0)
#define PLAYER_CAPS_RECORD (UINT32_C(1) << 1)

enum {
	PLAYER_ERROR_NOT_FOUND = 1,
	PLAYER_ERROR_DENIED = 2,
	PLAYER_ERROR_UNSUPPORTED = 3	/* since 2 */
};
/* "NotFound" and so on; NULL for a status that is none of these. */
const char *player_error_name(cdrpc_status status);
/* The same, or what cdrpc_status_name() says: for any status, never NULL. */
const char *player_error_status_text(cdrpc_status status);

/* Frozen, fixed-size: the bytes in memory are the bytes on the wire. */
struct player_rect {
	int32_t x;
	int32_t y;
	uint32_t w;
	uint32_t h;
};

/* Evolvable: fields are numbered; one that was not sent reads as zero, unknown ids are skipped. */
struct player_track {
	const char *title;		/* 1, <= 512 bytes */
	const cdrpc_wchar *path;	/* 2, <= 32767 units */
	uint64_t duration_ns;		/* 3 */
	uint8_t id[16];			/* 4 */
	struct cdrpc_bytes cover;	/* 5, <= 1M bytes */
	player_codec_t codec;		/* 6, 0 when absent, since 2 */
	const uint32_t *rating;		/* 8, optional: NULL is absent */
};

enum {
	PLAYER_SOURCE_FILE = 1,
	PLAYER_SOURCE_URL = 2,
	PLAYER_SOURCE_DATA = 3
};
struct player_source {
	uint32_t kind;			/* PLAYER_SOURCE_*; 0 is none; a value not listed here is possible */
	union {
		const cdrpc_wchar *file; /* 1, <= 32767 units */
		const char *url;	/* 2, <= 2048 bytes */
		struct cdrpc_bytes data; /* 3, <= 64M bytes */
	} as;
};

/* ---- Player ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is 5 s,
 * unless its method or cdrpc_client_set_timeout() states another. Its handler runs on a thread of the
 * server's; any thread replies. A oneway is sent by the thread that has connected the client; its handler
 * runs on a thread of the server's. Any thread emits; the client's thread listens, and hears. player_serve
 * comes before the server is started.
 */
extern const struct cdrpc_interface player_interface;

/*
 * Opens a source.
 * @param at start offset, ns
 *
 * open(Source src, u64? at, out u32 handle_id) fails PlayerError @1;
 */
cdrpc_status player_open(struct cdrpc_client *client, const struct player_source *src, const uint64_t *at,
			 uint32_t *ret_handle_id);
cdrpc_status player_open_begin(struct cdrpc_client *client, const struct player_source *src, const uint64_t *at,
			       struct cdrpc_pending **ret_pending);
cdrpc_status player_open_finish(struct cdrpc_pending *pending, uint32_t *ret_handle_id);

/* list(out Track[<=MAX_TRACKS] tracks) @2; */
cdrpc_status player_list(struct cdrpc_client *client, const struct player_track **ret_tracks,
			 uint32_t *ret_tracks_count, struct cdrpc_reply *reply);
cdrpc_status player_list_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status player_list_finish(struct cdrpc_pending *pending, const struct player_track **ret_tracks,
				uint32_t *ret_tracks_count, struct cdrpc_reply *reply);

/* nudge(u32 handle_id, inout Rect view) fails PlayerError @3; */
cdrpc_status player_nudge(struct cdrpc_client *client, uint32_t handle_id, const struct player_rect *view,
			  struct player_rect *ret_view);
cdrpc_status player_nudge_begin(struct cdrpc_client *client, uint32_t handle_id, const struct player_rect *view,
				struct cdrpc_pending **ret_pending);
cdrpc_status player_nudge_finish(struct cdrpc_pending *pending, struct player_rect *ret_view);

/* oneway log(string[<=1K] line) @4; */
cdrpc_status player_log(struct cdrpc_client *client, const char *line);

/*
 * Answered inside the sent message: its handler is quick and calls nobody.
 *
 * position(out u64 ns) @8;
 */
cdrpc_status player_position(struct cdrpc_client *client, uint64_t *ret_ns);
cdrpc_status player_position_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status player_position_finish(struct cdrpc_pending *pending, uint64_t *ret_ns);

/*
 * Since version 2. Its deadline is 30 s.
 *
 * export(handle<file: write> dst, handle<event: modify>? done) fails PlayerError @5;
 */
cdrpc_status player_export(struct cdrpc_client *client, cdrpc_handle dst, cdrpc_handle done);
cdrpc_status player_export_begin(struct cdrpc_client *client, cdrpc_handle dst, cdrpc_handle done,
				 struct cdrpc_pending **ret_pending);
cdrpc_status player_export_finish(struct cdrpc_pending *pending);

/*
 * Since version 2.
 *
 * watch(handle<process: sync> owner, out handle<section: read> ring) @6;
 */
cdrpc_status player_watch(struct cdrpc_client *client, cdrpc_handle owner, cdrpc_handle *ret_ring,
			  struct cdrpc_reply *reply);
cdrpc_status player_watch_begin(struct cdrpc_client *client, cdrpc_handle owner, struct cdrpc_pending **ret_pending);
cdrpc_status player_watch_finish(struct cdrpc_pending *pending, cdrpc_handle *ret_ring, struct cdrpc_reply *reply);

/*
 * Secret: never traced, zeroed after use.
 *
 * unlock(bytes[<=64] key) @7;
 */
cdrpc_status player_unlock(struct cdrpc_client *client, struct cdrpc_bytes key);
cdrpc_status player_unlock_begin(struct cdrpc_client *client, struct cdrpc_bytes key,
				 struct cdrpc_pending **ret_pending);
cdrpc_status player_unlock_finish(struct cdrpc_pending *pending);

/* frame([shared] out bytes[<=64M] pixels) @10; */
cdrpc_status player_frame(struct cdrpc_client *client, struct cdrpc_bytes *ret_pixels, struct cdrpc_reply *reply);
cdrpc_status player_frame_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status player_frame_finish(struct cdrpc_pending *pending, struct cdrpc_bytes *ret_pixels,
				 struct cdrpc_reply *reply);

/*
 * Deprecated since version 2: use open.
 *
 * play(wstring[<=260] path) @9;
 */
cdrpc_status player_play(struct cdrpc_client *client, const cdrpc_wchar *path);
cdrpc_status player_play_begin(struct cdrpc_client *client, const cdrpc_wchar *path,
			       struct cdrpc_pending **ret_pending);
cdrpc_status player_play_finish(struct cdrpc_pending *pending);

/* What a client of Player listens to; a NULL member is not subscribed. */
struct player_events {
	/* event state_changed(State now, Rect? view) @100; */
	void (*state_changed)(void *self, player_state_t now, const struct player_rect *view);
	/*
	 * A slow listener gets the latest only.
	 *
	 * event progress(u64 position_ns) @101;
	 */
	void (*progress)(void *self, uint64_t position_ns);
};
/* 'events' is copied; NULL ends all subscriptions. 'self' is passed to each listener. */
cdrpc_status player_listen(struct cdrpc_client *client, const struct player_events *events, void *self);

/* What a server of Player does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct player_handlers {
	cdrpc_status (*open)(struct cdrpc_call *call, void *self, const struct player_source *src, const uint64_t *at);
	cdrpc_status (*list)(struct cdrpc_call *call, void *self);
	cdrpc_status (*nudge)(struct cdrpc_call *call, void *self, uint32_t handle_id, const struct player_rect *view);
	void (*log)(struct cdrpc_call *call, void *self, const char *line);
	cdrpc_status (*position)(struct cdrpc_call *call, void *self);
	cdrpc_status (*export_)(struct cdrpc_call *call, void *self, cdrpc_handle dst, cdrpc_handle done);
	cdrpc_status (*watch)(struct cdrpc_call *call, void *self, cdrpc_handle owner);
	cdrpc_status (*unlock)(struct cdrpc_call *call, void *self, struct cdrpc_bytes key);
	cdrpc_status (*frame)(struct cdrpc_call *call, void *self);
	cdrpc_status (*play)(struct cdrpc_call *call, void *self, const cdrpc_wchar *path);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status player_serve(struct cdrpc_server *server, const struct player_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status player_open_reply(struct cdrpc_call *call, uint32_t handle_id);
cdrpc_status player_list_reply(struct cdrpc_call *call, const struct player_track *tracks, uint32_t tracks_count);
cdrpc_status player_nudge_reply(struct cdrpc_call *call, const struct player_rect *view);
cdrpc_status player_position_reply(struct cdrpc_call *call, uint64_t ns);
cdrpc_status player_watch_reply(struct cdrpc_call *call, cdrpc_handle ring);
cdrpc_status player_frame_reply(struct cdrpc_call *call, struct cdrpc_bytes pixels);

/* To one listener, or with NULL to every one. Any thread: see cdrpc_server_post(). */
cdrpc_status player_emit_state_changed(struct cdrpc_server *server, struct cdrpc_peer *to, player_state_t now,
				       const struct player_rect *view);
cdrpc_status player_emit_progress(struct cdrpc_server *server, struct cdrpc_peer *to, uint64_t position_ns);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

bool player_codec_valid(player_codec_t codec);
void player_track_write(struct cdrpc_writer *w, const struct player_track *track);
void player_track_read(struct cdrpc_reader *r, struct player_track *track);
extern const struct cdrpc_shape player_track_shape;
void player_source_write(struct cdrpc_writer *w, const struct player_source *source);
void player_source_read(struct cdrpc_reader *r, struct player_source *source);
extern const struct cdrpc_shape player_source_shape;
/* Where methods and events stand in the tables of player_interface. */
enum {
	player_open_in_table,
	player_list_in_table,
	player_nudge_in_table,
	player_log_in_table,
	player_export_in_table,
	player_watch_in_table,
	player_unlock_in_table,
	player_position_in_table,
	player_play_in_table,
	player_frame_in_table,
	player_emit_state_changed_in_table,
	player_emit_progress_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
