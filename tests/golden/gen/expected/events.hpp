/* C++ wrapper of module test.events, written by cdidl from events.cdidl. Changes belong there. */
#ifndef CDIDL_4test_6events_HPP
#define CDIDL_4test_6events_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "events.h"

#pragma pack(push, 8)
namespace test::events {

/* Override what is listened to. An exception that leaves a listener is a line of the log. */
class events_news_listener {
public:
	events_news_listener() = default;
	events_news_listener(const events_news_listener &) = delete;
	events_news_listener &operator=(const events_news_listener &) = delete;
	virtual ~events_news_listener() = default;
	/* The object stays where it is until another, or NULL, takes its place, or the client is freed. */
	[[nodiscard]] cdrpc_status cdrpc_listen(const cdrpc::client &client) { return cdrpc_listen(client.get()); }
	[[nodiscard]] cdrpc_status cdrpc_listen(cdrpc_client *client)
	{
		return ::events_news_listen(client, cdrpc_table(), this);
	}

	/* event changed(Leaf leaf, Any? any, string[<=16][<=4] names) @2; */
	virtual void changed(const struct ::events_leaf &leaf, std::optional<struct ::events_any> any,
			     cdrpc::span<const char *const> names)
	{
		(void)leaf;
		(void)any;
		(void)names;
	}

	/*
	 * Since version 2. A slow listener gets the latest only.
	 *
	 * event progress(u64 position_ns) @1;
	 */
	virtual void progress(uint64_t position_ns)
	{
		(void)position_ns;
	}

	/* event stopped() @3; */
	virtual void stopped()
	{
	}

private:
	static void
	cdrpc_on_changed(void *self, const struct ::events_leaf *leaf, const struct ::events_any *any,
			 const char *const *names, uint32_t names_count) noexcept
	{
		cdrpc::guard("test.events.News.changed", [&] {
			static_cast<events_news_listener *>(self)->changed(*leaf, cdrpc::maybe(any), {names,
									   names_count});
		});
	}
	static void
	cdrpc_on_progress(void *self, uint64_t position_ns) noexcept
	{
		cdrpc::guard("test.events.News.progress", [&] {
			static_cast<events_news_listener *>(self)->progress(position_ns);
		});
	}
	static void
	cdrpc_on_stopped(void *self) noexcept
	{
		cdrpc::guard("test.events.News.stopped", [&] {
			static_cast<events_news_listener *>(self)->stopped();
		});
	}
	static const struct ::events_news_events *cdrpc_table() noexcept
	{
		static const struct ::events_news_events table = {
			cdrpc_on_changed,
			cdrpc_on_progress,
			cdrpc_on_stopped,
		};

		return &table;
	}
};

/* Override what is served. An exception that leaves a handler is caught: cdrpc/calls.hpp says what it is then. */
class events_news_server {
public:
	events_news_server() = default;
	events_news_server(const events_news_server &) = delete;
	events_news_server &operator=(const events_news_server &) = delete;
	virtual ~events_news_server() = default;
	/* The object stays where it is until the server is freed. */
	[[nodiscard]] cdrpc_status cdrpc_serve(const cdrpc::server &server) { return cdrpc_serve(server.get()); }
	[[nodiscard]] cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::events_news_serve(server);
	}

	/* event changed(Leaf leaf, Any? any, string[<=16][<=4] names) @2; */
	[[nodiscard]] static cdrpc_status emit_changed(cdrpc_server *server, cdrpc_peer *to,
						       const struct ::events_leaf &leaf,
						       const std::optional<struct ::events_any> &any,
						       cdrpc::span<const char *const> names)
	{
		return ::events_news_emit_changed(server, to, &leaf, cdrpc::to_c(any), names.data(),
						  cdrpc::count_of(names.size()));
	}

	/* event progress(u64 position_ns) @1; */
	[[nodiscard]] static cdrpc_status emit_progress(cdrpc_server *server, cdrpc_peer *to, uint64_t position_ns)
	{
		return ::events_news_emit_progress(server, to, position_ns);
	}

	/* event stopped() @3; */
	[[nodiscard]] static cdrpc_status emit_stopped(cdrpc_server *server, cdrpc_peer *to)
	{
		return ::events_news_emit_stopped(server, to);
	}

};

class events_log_client {
public:
	/* 'client' is borrowed: it stays where it is as long as this is used. */
	explicit events_log_client(cdrpc_client *client) noexcept : cdrpc_client_(client) {}
	explicit events_log_client(const cdrpc::client &client) noexcept : cdrpc_client_(client.get()) {}
	explicit events_log_client(const cdrpc::client &&client) = delete;

	/* oneway write(string[<=1K] line, Leaf[<=4] leaves) @1; */
	cdrpc::result<void> write(cdrpc::zstring_view line, cdrpc::span<const struct ::events_leaf> leaves) const
	{
		cdrpc_status status;

		status = ::events_log_write(cdrpc_client_, line.data(), leaves.data(), cdrpc::count_of(leaves.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	/* oneway flush() @2; */
	cdrpc::result<void> flush() const
	{
		cdrpc_status status;

		status = ::events_log_flush(cdrpc_client_);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	struct level_outputs {
		uint32_t level;
	};
	/*
	 * Answered inside the sent message: its handler is quick and calls nobody. Its deadline is 1 s.
	 *
	 * level(out u32 level) @3;
	 */
	cdrpc::result<level_outputs> level() const
	{
		level_outputs outputs = {};
		cdrpc_status status;

		status = ::events_log_level(cdrpc_client_, &outputs.level);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<level_outputs> level_finish(cdrpc_pending *pending)
	{
		level_outputs outputs = {};
		cdrpc_status status;

		status = ::events_log_level_finish(pending, &outputs.level);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using level_pending = cdrpc::pending<level_outputs, &level_finish>;
	cdrpc::result<level_pending> level_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::events_log_level_begin(cdrpc_client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return level_pending(pending);
	}

private:
	cdrpc_client *cdrpc_client_;
};

/* Override what is served. An exception that leaves a handler is caught: cdrpc/calls.hpp says what it is then. */
class events_log_server {
public:
	events_log_server() = default;
	events_log_server(const events_log_server &) = delete;
	events_log_server &operator=(const events_log_server &) = delete;
	virtual ~events_log_server() = default;
	/* The object stays where it is until the server is freed. */
	[[nodiscard]] cdrpc_status cdrpc_serve(const cdrpc::server &server) { return cdrpc_serve(server.get()); }
	[[nodiscard]] cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::events_log_serve(server, cdrpc_table(), this);
	}

	/* oneway write(string[<=1K] line, Leaf[<=4] leaves) @1; */
	virtual void write(cdrpc::call call, cdrpc::zstring_view line, cdrpc::span<const struct ::events_leaf> leaves)
	{
		(void)call;
		(void)line;
		(void)leaves;
	}

	/* oneway flush() @2; */
	virtual void flush(cdrpc::call call)
	{
		(void)call;
	}

	/*
	 * Answered inside the sent message: its handler is quick and calls nobody. Its deadline is 1 s.
	 *
	 * level(out u32 level) @3;
	 */
	virtual cdrpc_status level(cdrpc::call call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	[[nodiscard]] static cdrpc_status level_reply(cdrpc::answerable call, uint32_t level)
	{
		if (!call.get())
			return CDRPC_E_STATE;
		return call.replied(::events_log_level_reply(call.get(), level));
	}

private:
	static void
	cdrpc_on_write(cdrpc_call *call, void *self, const char *line, const struct ::events_leaf *leaves,
		       uint32_t leaves_count) noexcept
	{
		(void)cdrpc::guard(call, [&] {
			static_cast<events_log_server *>(self)->write(cdrpc::call(call), line, {leaves, leaves_count});
			return cdrpc_status(CDRPC_OK);
		});
	}
	static void
	cdrpc_on_flush(cdrpc_call *call, void *self) noexcept
	{
		(void)cdrpc::guard(call, [&] {
			static_cast<events_log_server *>(self)->flush(cdrpc::call(call));
			return cdrpc_status(CDRPC_OK);
		});
	}
	static cdrpc_status
	cdrpc_on_level(cdrpc_call *call, void *self) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<events_log_server *>(self)->level(cdrpc::call(call));
		});
	}
	static const struct ::events_log_handlers *cdrpc_table() noexcept
	{
		static const struct ::events_log_handlers table = {
			cdrpc_on_write,
			cdrpc_on_flush,
			cdrpc_on_level,
		};

		return &table;
	}
};

using leaf = struct ::events_leaf;
using any = struct ::events_any;

} // namespace test::events
#pragma pack(pop)

#endif
