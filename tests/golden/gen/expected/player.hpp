/*
 * C++ wrapper of module contoso.player, written by cdidl from player.cdidl. Changes belong there.
 *
 * Media control. Doc comments travel into C headers, Markdown and introspection.
 */
#ifndef CDIDL_7contoso_6player_HPP
#define CDIDL_7contoso_6player_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "player.h"

#pragma pack(push, 8)
namespace contoso::player {

class player_client {
public:
	/* 'client' is borrowed. */
	explicit player_client(cdrpc_client *client) noexcept : cdrpc_client_(client) {}

	struct open_outputs {
		uint32_t handle_id;
	};
	/*
	 * Opens a source.
	 * @param at start offset, ns
	 *
	 * open(Source src, u64? at, out u32 handle_id) fails PlayerError @1;
	 */
	cdrpc::result<open_outputs> open(const struct ::player_source &src, const uint64_t *at) const
	{
		open_outputs outputs = {};
		cdrpc_status status;

		status = ::player_open(cdrpc_client_, &src, at, &outputs.handle_id);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<open_outputs> open_finish(cdrpc_pending *pending)
	{
		open_outputs outputs = {};
		cdrpc_status status;

		status = ::player_open_finish(pending, &outputs.handle_id);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using open_pending = cdrpc::pending<open_outputs, &open_finish>;
	cdrpc::result<open_pending> open_begin(const struct ::player_source &src, const uint64_t *at) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_open_begin(cdrpc_client_, &src, at, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return open_pending(pending);
	}

	struct list_outputs {
		cdrpc::span<const struct ::player_track> tracks;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* list(out Track[<=MAX_TRACKS] tracks) @2; */
	cdrpc::result<list_outputs> list() const
	{
		list_outputs outputs = {};
		const struct ::player_track *ret_tracks = nullptr;
		uint32_t ret_tracks_count = 0;
		cdrpc_status status;

		status = ::player_list(cdrpc_client_, &ret_tracks, &ret_tracks_count, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.tracks = cdrpc::span<const struct ::player_track>(ret_tracks, ret_tracks_count);
		return outputs;
	}

	static cdrpc::result<list_outputs> list_finish(cdrpc_pending *pending)
	{
		list_outputs outputs = {};
		const struct ::player_track *ret_tracks = nullptr;
		uint32_t ret_tracks_count = 0;
		cdrpc_status status;

		status = ::player_list_finish(pending, &ret_tracks, &ret_tracks_count, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.tracks = cdrpc::span<const struct ::player_track>(ret_tracks, ret_tracks_count);
		return outputs;
	}
	using list_pending = cdrpc::pending<list_outputs, &list_finish>;
	cdrpc::result<list_pending> list_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_list_begin(cdrpc_client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return list_pending(pending);
	}

	struct nudge_outputs {
		struct ::player_rect view;
	};
	/* nudge(u32 handle_id, inout Rect view) fails PlayerError @3; */
	cdrpc::result<nudge_outputs> nudge(uint32_t handle_id, const struct ::player_rect &view) const
	{
		nudge_outputs outputs = {};
		cdrpc_status status;

		status = ::player_nudge(cdrpc_client_, handle_id, &view, &outputs.view);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<nudge_outputs> nudge_finish(cdrpc_pending *pending)
	{
		nudge_outputs outputs = {};
		cdrpc_status status;

		status = ::player_nudge_finish(pending, &outputs.view);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using nudge_pending = cdrpc::pending<nudge_outputs, &nudge_finish>;
	cdrpc::result<nudge_pending> nudge_begin(uint32_t handle_id, const struct ::player_rect &view) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_nudge_begin(cdrpc_client_, handle_id, &view, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return nudge_pending(pending);
	}

	/* oneway log(string[<=1K] line) @4; */
	cdrpc::result<void> log(const char *line) const
	{
		cdrpc_status status;

		status = ::player_log(cdrpc_client_, line);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	struct position_outputs {
		uint64_t ns;
	};
	/* position(out u64 ns) @8; */
	cdrpc::result<position_outputs> position() const
	{
		position_outputs outputs = {};
		cdrpc_status status;

		status = ::player_position(cdrpc_client_, &outputs.ns);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<position_outputs> position_finish(cdrpc_pending *pending)
	{
		position_outputs outputs = {};
		cdrpc_status status;

		status = ::player_position_finish(pending, &outputs.ns);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using position_pending = cdrpc::pending<position_outputs, &position_finish>;
	cdrpc::result<position_pending> position_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_position_begin(cdrpc_client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return position_pending(pending);
	}

	/*
	 * Since version 2.
	 *
	 * export(handle<file: write> dst, handle<event: modify>? done) fails PlayerError @5;
	 */
	cdrpc::result<void> export_(cdrpc_handle dst, cdrpc_handle done) const
	{
		cdrpc_status status;

		status = ::player_export(cdrpc_client_, dst, done);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> export_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::player_export_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using export_pending = cdrpc::pending<void, &export_finish>;
	cdrpc::result<export_pending> export_begin(cdrpc_handle dst, cdrpc_handle done) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_export_begin(cdrpc_client_, dst, done, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return export_pending(pending);
	}

	struct watch_outputs {
		cdrpc_handle ring;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/*
	 * Since version 2.
	 *
	 * watch(handle<process: sync> owner, out handle<section: read> ring) @6;
	 */
	cdrpc::result<watch_outputs> watch(cdrpc_handle owner) const
	{
		watch_outputs outputs = {};
		cdrpc_status status;

		status = ::player_watch(cdrpc_client_, owner, &outputs.ring, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<watch_outputs> watch_finish(cdrpc_pending *pending)
	{
		watch_outputs outputs = {};
		cdrpc_status status;

		status = ::player_watch_finish(pending, &outputs.ring, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using watch_pending = cdrpc::pending<watch_outputs, &watch_finish>;
	cdrpc::result<watch_pending> watch_begin(cdrpc_handle owner) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_watch_begin(cdrpc_client_, owner, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return watch_pending(pending);
	}

	/* unlock(bytes[<=64] key) @7; */
	cdrpc::result<void> unlock(cdrpc::bytes key) const
	{
		cdrpc_status status;

		status = ::player_unlock(cdrpc_client_, cdrpc::to_c(key));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> unlock_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::player_unlock_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using unlock_pending = cdrpc::pending<void, &unlock_finish>;
	cdrpc::result<unlock_pending> unlock_begin(cdrpc::bytes key) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_unlock_begin(cdrpc_client_, cdrpc::to_c(key), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return unlock_pending(pending);
	}

	struct frame_outputs {
		cdrpc::bytes pixels;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* frame([shared] out bytes[<=64M] pixels) @10; */
	cdrpc::result<frame_outputs> frame() const
	{
		frame_outputs outputs = {};
		cdrpc_bytes ret_pixels = {nullptr, 0};
		cdrpc_status status;

		status = ::player_frame(cdrpc_client_, &ret_pixels, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.pixels = cdrpc::from_c(ret_pixels);
		return outputs;
	}

	static cdrpc::result<frame_outputs> frame_finish(cdrpc_pending *pending)
	{
		frame_outputs outputs = {};
		cdrpc_bytes ret_pixels = {nullptr, 0};
		cdrpc_status status;

		status = ::player_frame_finish(pending, &ret_pixels, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.pixels = cdrpc::from_c(ret_pixels);
		return outputs;
	}
	using frame_pending = cdrpc::pending<frame_outputs, &frame_finish>;
	cdrpc::result<frame_pending> frame_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_frame_begin(cdrpc_client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return frame_pending(pending);
	}

	/*
	 * Deprecated since version 2: use open.
	 *
	 * play(wstring[<=260] path) @9;
	 */
	cdrpc::result<void> play(const cdrpc_wchar *path) const
	{
		cdrpc_status status;

		status = ::player_play(cdrpc_client_, path);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> play_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::player_play_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using play_pending = cdrpc::pending<void, &play_finish>;
	cdrpc::result<play_pending> play_begin(const cdrpc_wchar *path) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_play_begin(cdrpc_client_, path, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return play_pending(pending);
	}

private:
	cdrpc_client *cdrpc_client_;
};

/* Override what is listened to; an exception that leaves a listener ends the program. */
class player_listener {
public:
	virtual ~player_listener() = default;
	/* The object stays where it is until another, or NULL, takes its place, or the client is freed. */
	cdrpc_status cdrpc_listen(cdrpc_client *client)
	{
		return ::player_listen(client, cdrpc_table(), this);
	}

	/* event state_changed(State now, Rect? view) @100; */
	virtual void state_changed(::player_state_t now, const struct ::player_rect *view)
	{
		(void)now;
		(void)view;
	}

	/* event progress(u64 position_ns) @101; */
	virtual void progress(uint64_t position_ns)
	{
		(void)position_ns;
	}

private:
	static void
	cdrpc_on_state_changed(void *self, ::player_state_t now, const struct ::player_rect *view) noexcept
	{
		static_cast<player_listener *>(self)->state_changed(now, view);
	}
	static void
	cdrpc_on_progress(void *self, uint64_t position_ns) noexcept
	{
		static_cast<player_listener *>(self)->progress(position_ns);
	}
	static const struct player_events *cdrpc_table() noexcept
	{
		static const struct player_events table = {
			cdrpc_on_state_changed,
			cdrpc_on_progress,
		};

		return &table;
	}
};

/* Override what is served; an exception that leaves a handler ends the program. */
class player_server {
public:
	virtual ~player_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::player_serve(server, cdrpc_table(), this);
	}

	/*
	 * Opens a source.
	 * @param at start offset, ns
	 *
	 * open(Source src, u64? at, out u32 handle_id) fails PlayerError @1;
	 */
	virtual cdrpc_status open(cdrpc_call *call, const struct ::player_source &src, const uint64_t *at)
	{
		(void)call;
		(void)src;
		(void)at;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status open_reply(cdrpc_call *call, uint32_t handle_id)
	{
		return ::player_open_reply(call, handle_id);
	}

	/* list(out Track[<=MAX_TRACKS] tracks) @2; */
	virtual cdrpc_status list(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status list_reply(cdrpc_call *call, cdrpc::span<const struct ::player_track> tracks)
	{
		return ::player_list_reply(call, tracks.data(), cdrpc::count_of(tracks.size()));
	}

	/* nudge(u32 handle_id, inout Rect view) fails PlayerError @3; */
	virtual cdrpc_status nudge(cdrpc_call *call, uint32_t handle_id, const struct ::player_rect &view)
	{
		(void)call;
		(void)handle_id;
		(void)view;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status nudge_reply(cdrpc_call *call, const struct ::player_rect &view)
	{
		return ::player_nudge_reply(call, &view);
	}

	/* oneway log(string[<=1K] line) @4; */
	virtual void log(cdrpc_call *call, const char *line)
	{
		(void)call;
		(void)line;
	}

	/* position(out u64 ns) @8; */
	virtual cdrpc_status position(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status position_reply(cdrpc_call *call, uint64_t ns)
	{
		return ::player_position_reply(call, ns);
	}

	/*
	 * Since version 2.
	 *
	 * export(handle<file: write> dst, handle<event: modify>? done) fails PlayerError @5;
	 */
	virtual cdrpc_status export_(cdrpc_call *call, cdrpc_handle dst, cdrpc_handle done)
	{
		(void)call;
		(void)dst;
		(void)done;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/*
	 * Since version 2.
	 *
	 * watch(handle<process: sync> owner, out handle<section: read> ring) @6;
	 */
	virtual cdrpc_status watch(cdrpc_call *call, cdrpc_handle owner)
	{
		(void)call;
		(void)owner;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status watch_reply(cdrpc_call *call, cdrpc_handle ring)
	{
		return ::player_watch_reply(call, ring);
	}

	/* unlock(bytes[<=64] key) @7; */
	virtual cdrpc_status unlock(cdrpc_call *call, cdrpc::bytes key)
	{
		(void)call;
		(void)key;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* frame([shared] out bytes[<=64M] pixels) @10; */
	virtual cdrpc_status frame(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status frame_reply(cdrpc_call *call, cdrpc::bytes pixels)
	{
		return ::player_frame_reply(call, cdrpc::to_c(pixels));
	}

	/*
	 * Deprecated since version 2: use open.
	 *
	 * play(wstring[<=260] path) @9;
	 */
	virtual cdrpc_status play(cdrpc_call *call, const cdrpc_wchar *path)
	{
		(void)call;
		(void)path;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* event state_changed(State now, Rect? view) @100; */
	static cdrpc_status emit_state_changed(cdrpc_server *server, cdrpc_peer *to, ::player_state_t now,
					       const struct ::player_rect *view)
	{
		return ::player_emit_state_changed(server, to, now, view);
	}

	/* event progress(u64 position_ns) @101; */
	static cdrpc_status emit_progress(cdrpc_server *server, cdrpc_peer *to, uint64_t position_ns)
	{
		return ::player_emit_progress(server, to, position_ns);
	}

private:
	static cdrpc_status
	cdrpc_on_open(cdrpc_call *call, void *self, const struct ::player_source *src, const uint64_t *at) noexcept
	{
		return static_cast<player_server *>(self)->open(call, *src, at);
	}
	static cdrpc_status
	cdrpc_on_list(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<player_server *>(self)->list(call);
	}
	static cdrpc_status
	cdrpc_on_nudge(cdrpc_call *call, void *self, uint32_t handle_id, const struct ::player_rect *view) noexcept
	{
		return static_cast<player_server *>(self)->nudge(call, handle_id, *view);
	}
	static void
	cdrpc_on_log(cdrpc_call *call, void *self, const char *line) noexcept
	{
		static_cast<player_server *>(self)->log(call, line);
	}
	static cdrpc_status
	cdrpc_on_position(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<player_server *>(self)->position(call);
	}
	static cdrpc_status
	cdrpc_on_export_(cdrpc_call *call, void *self, cdrpc_handle dst, cdrpc_handle done) noexcept
	{
		return static_cast<player_server *>(self)->export_(call, dst, done);
	}
	static cdrpc_status
	cdrpc_on_watch(cdrpc_call *call, void *self, cdrpc_handle owner) noexcept
	{
		return static_cast<player_server *>(self)->watch(call, owner);
	}
	static cdrpc_status
	cdrpc_on_unlock(cdrpc_call *call, void *self, struct cdrpc_bytes key) noexcept
	{
		return static_cast<player_server *>(self)->unlock(call, cdrpc::from_c(key));
	}
	static cdrpc_status
	cdrpc_on_frame(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<player_server *>(self)->frame(call);
	}
	static cdrpc_status
	cdrpc_on_play(cdrpc_call *call, void *self, const cdrpc_wchar *path) noexcept
	{
		return static_cast<player_server *>(self)->play(call, path);
	}
	static const struct player_handlers *cdrpc_table() noexcept
	{
		static const struct player_handlers table = {
			cdrpc_on_open,
			cdrpc_on_list,
			cdrpc_on_nudge,
			cdrpc_on_log,
			cdrpc_on_position,
			cdrpc_on_export_,
			cdrpc_on_watch,
			cdrpc_on_unlock,
			cdrpc_on_frame,
			cdrpc_on_play,
		};

		return &table;
	}
};

} // namespace contoso::player
#pragma pack(pop)

#endif
