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
	/* 'client' is borrowed: it stays where it is as long as this is used. */
	explicit player_client(cdrpc_client *client) noexcept : cdrpc_client_(client) {}
	explicit player_client(const cdrpc::client &client) noexcept : cdrpc_client_(client.get()) {}
	explicit player_client(const cdrpc::client &&client) = delete;

	struct open_outputs {
		uint32_t handle_id;
	};
	/*
	 * Opens a source.
	 * @param at start offset, ns
	 *
	 * open(Source src, u64? at, out u32 handle_id) fails PlayerError @1;
	 */
	cdrpc::result<open_outputs> open(const struct ::player_source &src, const std::optional<uint64_t> &at) const
	{
		open_outputs outputs = {};
		cdrpc_status status;

		status = ::player_open(cdrpc_client_, &src, cdrpc::to_c(at), &outputs.handle_id);
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
	cdrpc::result<open_pending> open_begin(const struct ::player_source &src,
					       const std::optional<uint64_t> &at) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_open_begin(cdrpc_client_, &src, cdrpc::to_c(at), &pending);

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
		outputs.tracks = {ret_tracks, ret_tracks_count};
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
		outputs.tracks = {ret_tracks, ret_tracks_count};
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
	cdrpc::result<void> log(cdrpc::zstring_view line) const
	{
		cdrpc_status status;

		status = ::player_log(cdrpc_client_, line.data());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	struct position_outputs {
		uint64_t ns;
	};
	/*
	 * Answered inside the sent message: its handler is quick and calls nobody.
	 *
	 * position(out u64 ns) @8;
	 */
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
	 * Since version 2. Its deadline is 30 s.
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

	/*
	 * Secret: never traced, zeroed after use.
	 *
	 * unlock(bytes[<=64] key) @7;
	 */
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
	cdrpc::result<void> play(cdrpc::zwstring_view path) const
	{
		cdrpc_status status;

		status = ::player_play(cdrpc_client_, path.data());
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
	cdrpc::result<play_pending> play_begin(cdrpc::zwstring_view path) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::player_play_begin(cdrpc_client_, path.data(), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return play_pending(pending);
	}

private:
	cdrpc_client *cdrpc_client_;
};

/* Override what is listened to. An exception that leaves a listener is a line of the log. */
class player_listener {
public:
	player_listener() = default;
	player_listener(const player_listener &) = delete;
	player_listener &operator=(const player_listener &) = delete;
	virtual ~player_listener() = default;
	/* The object stays where it is until another, or NULL, takes its place, or the client is freed. */
	[[nodiscard]] cdrpc_status cdrpc_listen(const cdrpc::client &client) { return cdrpc_listen(client.get()); }
	[[nodiscard]] cdrpc_status cdrpc_listen(cdrpc_client *client)
	{
		return ::player_listen(client, cdrpc_table(), this);
	}

	/* event state_changed(State now, Rect? view) @100; */
	virtual void state_changed(::player_state_t now, std::optional<struct ::player_rect> view)
	{
		(void)now;
		(void)view;
	}

	/*
	 * A slow listener gets the latest only.
	 *
	 * event progress(u64 position_ns) @101;
	 */
	virtual void progress(uint64_t position_ns)
	{
		(void)position_ns;
	}

private:
	static void
	cdrpc_on_state_changed(void *self, ::player_state_t now, const struct ::player_rect *view) noexcept
	{
		cdrpc::guard("contoso.player.Player.state_changed", [&] {
			static_cast<player_listener *>(self)->state_changed(now, cdrpc::maybe(view));
		});
	}
	static void
	cdrpc_on_progress(void *self, uint64_t position_ns) noexcept
	{
		cdrpc::guard("contoso.player.Player.progress", [&] {
			static_cast<player_listener *>(self)->progress(position_ns);
		});
	}
	static const struct ::player_events *cdrpc_table() noexcept
	{
		static const struct ::player_events table = {
			cdrpc_on_state_changed,
			cdrpc_on_progress,
		};

		return &table;
	}
};

/* Override what is served. An exception that leaves a handler is caught: cdrpc/calls.hpp says what it is then. */
class player_server {
public:
	player_server() = default;
	player_server(const player_server &) = delete;
	player_server &operator=(const player_server &) = delete;
	virtual ~player_server() = default;
	/* The object stays where it is until the server is freed. */
	[[nodiscard]] cdrpc_status cdrpc_serve(const cdrpc::server &server) { return cdrpc_serve(server.get()); }
	[[nodiscard]] cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::player_serve(server, cdrpc_table(), this);
	}

	/*
	 * Opens a source.
	 * @param at start offset, ns
	 *
	 * open(Source src, u64? at, out u32 handle_id) fails PlayerError @1;
	 */
	virtual cdrpc_status open(cdrpc::call call, const struct ::player_source &src, std::optional<uint64_t> at)
	{
		(void)call;
		(void)src;
		(void)at;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	[[nodiscard]] static cdrpc_status open_reply(cdrpc::answerable call, uint32_t handle_id)
	{
		if (!call.get())
			return CDRPC_E_STATE;
		return call.replied(::player_open_reply(call.get(), handle_id));
	}

	/* list(out Track[<=MAX_TRACKS] tracks) @2; */
	virtual cdrpc_status list(cdrpc::call call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	[[nodiscard]] static cdrpc_status list_reply(cdrpc::answerable call,
						     cdrpc::span<const struct ::player_track> tracks)
	{
		if (!call.get())
			return CDRPC_E_STATE;
		return call.replied(::player_list_reply(call.get(), tracks.data(), cdrpc::count_of(tracks.size())));
	}

	/* nudge(u32 handle_id, inout Rect view) fails PlayerError @3; */
	virtual cdrpc_status nudge(cdrpc::call call, uint32_t handle_id, const struct ::player_rect &view)
	{
		(void)call;
		(void)handle_id;
		(void)view;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	[[nodiscard]] static cdrpc_status nudge_reply(cdrpc::answerable call, const struct ::player_rect &view)
	{
		if (!call.get())
			return CDRPC_E_STATE;
		return call.replied(::player_nudge_reply(call.get(), &view));
	}

	/* oneway log(string[<=1K] line) @4; */
	virtual void log(cdrpc::call call, cdrpc::zstring_view line)
	{
		(void)call;
		(void)line;
	}

	/*
	 * Answered inside the sent message: its handler is quick and calls nobody.
	 *
	 * position(out u64 ns) @8;
	 */
	virtual cdrpc_status position(cdrpc::call call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	[[nodiscard]] static cdrpc_status position_reply(cdrpc::answerable call, uint64_t ns)
	{
		if (!call.get())
			return CDRPC_E_STATE;
		return call.replied(::player_position_reply(call.get(), ns));
	}

	/*
	 * Since version 2. Its deadline is 30 s.
	 *
	 * export(handle<file: write> dst, handle<event: modify>? done) fails PlayerError @5;
	 */
	virtual cdrpc_status export_(cdrpc::call call, cdrpc_handle dst, cdrpc_handle done)
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
	virtual cdrpc_status watch(cdrpc::call call, cdrpc_handle owner)
	{
		(void)call;
		(void)owner;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	[[nodiscard]] static cdrpc_status watch_reply(cdrpc::answerable call, cdrpc_handle ring)
	{
		if (!call.get())
			return CDRPC_E_STATE;
		return call.replied(::player_watch_reply(call.get(), ring));
	}

	/*
	 * Secret: never traced, zeroed after use.
	 *
	 * unlock(bytes[<=64] key) @7;
	 */
	virtual cdrpc_status unlock(cdrpc::call call, cdrpc::bytes key)
	{
		(void)call;
		(void)key;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* frame([shared] out bytes[<=64M] pixels) @10; */
	virtual cdrpc_status frame(cdrpc::call call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	[[nodiscard]] static cdrpc_status frame_reply(cdrpc::answerable call, cdrpc::bytes pixels)
	{
		if (!call.get())
			return CDRPC_E_STATE;
		return call.replied(::player_frame_reply(call.get(), cdrpc::to_c(pixels)));
	}

	/*
	 * Deprecated since version 2: use open.
	 *
	 * play(wstring[<=260] path) @9;
	 */
	virtual cdrpc_status play(cdrpc::call call, cdrpc::zwstring_view path)
	{
		(void)call;
		(void)path;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* event state_changed(State now, Rect? view) @100; */
	[[nodiscard]] static cdrpc_status emit_state_changed(cdrpc_server *server, cdrpc_peer *to, ::player_state_t now,
							     const std::optional<struct ::player_rect> &view)
	{
		return ::player_emit_state_changed(server, to, now, cdrpc::to_c(view));
	}

	/* event progress(u64 position_ns) @101; */
	[[nodiscard]] static cdrpc_status emit_progress(cdrpc_server *server, cdrpc_peer *to, uint64_t position_ns)
	{
		return ::player_emit_progress(server, to, position_ns);
	}

private:
	static cdrpc_status
	cdrpc_on_open(cdrpc_call *call, void *self, const struct ::player_source *src, const uint64_t *at) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<player_server *>(self)->open(cdrpc::call(call), *src, cdrpc::maybe(at));
		});
	}
	static cdrpc_status
	cdrpc_on_list(cdrpc_call *call, void *self) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<player_server *>(self)->list(cdrpc::call(call));
		});
	}
	static cdrpc_status
	cdrpc_on_nudge(cdrpc_call *call, void *self, uint32_t handle_id, const struct ::player_rect *view) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<player_server *>(self)->nudge(cdrpc::call(call), handle_id, *view);
		});
	}
	static void
	cdrpc_on_log(cdrpc_call *call, void *self, const char *line) noexcept
	{
		(void)cdrpc::guard(call, [&] {
			static_cast<player_server *>(self)->log(cdrpc::call(call), line);
			return cdrpc_status(CDRPC_OK);
		});
	}
	static cdrpc_status
	cdrpc_on_position(cdrpc_call *call, void *self) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<player_server *>(self)->position(cdrpc::call(call));
		});
	}
	static cdrpc_status
	cdrpc_on_export_(cdrpc_call *call, void *self, cdrpc_handle dst, cdrpc_handle done) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<player_server *>(self)->export_(cdrpc::call(call), dst, done);
		});
	}
	static cdrpc_status
	cdrpc_on_watch(cdrpc_call *call, void *self, cdrpc_handle owner) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<player_server *>(self)->watch(cdrpc::call(call), owner);
		});
	}
	static cdrpc_status
	cdrpc_on_unlock(cdrpc_call *call, void *self, struct cdrpc_bytes key) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<player_server *>(self)->unlock(cdrpc::call(call), cdrpc::from_c(key));
		});
	}
	static cdrpc_status
	cdrpc_on_frame(cdrpc_call *call, void *self) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<player_server *>(self)->frame(cdrpc::call(call));
		});
	}
	static cdrpc_status
	cdrpc_on_play(cdrpc_call *call, void *self, const cdrpc_wchar *path) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<player_server *>(self)->play(cdrpc::call(call), path);
		});
	}
	static const struct ::player_handlers *cdrpc_table() noexcept
	{
		static const struct ::player_handlers table = {
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

using state = ::player_state_t;
using codec = ::player_codec_t;
using caps = ::player_caps_t;
using rect = struct ::player_rect;
using track = struct ::player_track;
using source = struct ::player_source;

} // namespace contoso::player
#pragma pack(pop)

#endif
