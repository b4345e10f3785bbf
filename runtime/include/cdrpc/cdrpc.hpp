/*
 * cdrpc for C++17: what the classes that `cdidl gen --cpp` writes stand on. Header only. It throws nothing, needs neither exceptions nor
 * RTTI, and catches what handlers throw.
 *
 *	auto client = cdrpc::client::connect("contoso.player");
 *	if (!client)
 *		return client.status();
 *	contoso::player::player_client player(*client);
 *	auto list = player.list();
 *	if (list)
 *		for (const contoso::player::track &track : list->tracks)
 *			use(track);
 *
 *	values.hpp          results; views of text, bytes and items; optional things
 *	calls.hpp           calls and peers, in handlers; exceptions
 *	this file           clients and servers, and what belongs to them
 *
 * Ownership and threads are as in <cdrpc/cdrpc.h>. What owns something (client, server, pending, kept_call, buffer, reply) is moved and not
 * copied; what does not (call, peer, views) says until when it is valid. Outputs that point somewhere stand in a struct with the
 * cdrpc::reply that they live in; they end with it.
 */
#ifndef CDRPC_CDRPC_HPP
#define CDRPC_CDRPC_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <cdrpc/calls.hpp>
#include <cdrpc/cdrpc.h>
#include <cdrpc/values.hpp>

#pragma pack(push, 8)
namespace cdrpc {

/* Owns the memory and the handles of one call's outputs. */
class reply {
public:
	reply() noexcept : raw_() {}
	reply(reply &&other) noexcept : raw_(other.raw_) { other.raw_.held = nullptr; }
	reply &operator=(reply &&other) noexcept
	{
		reply mine(std::move(other));

		std::swap(raw_.held, mine.raw_.held);
		return *this;
	}
	reply(const reply &) = delete;
	reply &operator=(const reply &) = delete;
	~reply() { cdrpc_reply_free(&raw_); }

	cdrpc_reply *get() noexcept { return &raw_; }
	/* Takes a handle out of it, which would close it in the end: it is the caller's now, to close with CloseHandle(). */
	[[nodiscard]] cdrpc_handle take(cdrpc_handle handle) noexcept { return cdrpc_reply_take(&raw_, handle); }

private:
	cdrpc_reply raw_;
};

/*
 * Owns a call that has begun. finish() waits for its outputs, once; a call that is dropped unfinished, on the client's thread, is cancelled.
 * Finish is the client's function that takes a struct cdrpc_pending.
 */
template <class Outputs, result<Outputs> (*Finish)(cdrpc_pending *)> class pending {
public:
	explicit pending(cdrpc_pending *raw) noexcept : raw_(raw) {}
	pending(pending &&other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
	pending &operator=(pending &&other) noexcept
	{
		pending mine(std::move(other));

		std::swap(raw_, mine.raw_);
		return *this;
	}
	pending(const pending &) = delete;
	pending &operator=(const pending &) = delete;
	~pending()
	{
		if (!raw_)
			return;
		cdrpc_pending_cancel(raw_);
		(void)Finish(raw_);
	}

	/* Once: then it is CDRPC_E_STATE. On another thread than the client's CDRPC_E_WRONG_THREAD, and it is still to be finished. */
	result<Outputs> finish() noexcept
	{
		if (!raw_)
			return failure{CDRPC_E_STATE};
		result<Outputs> outputs = Finish(raw_);
		if (outputs.status() != CDRPC_E_WRONG_THREAD)
			raw_ = nullptr;
		return outputs;
	}
	/* Whether finish() would return at once. */
	[[nodiscard]] bool done() const noexcept { return !raw_ || cdrpc_pending_is_done(raw_); }
	/* Ends it CDRPC_E_CANCELLED, for finish() to tell. Any thread. */
	void cancel() const noexcept
	{
		if (raw_)
			cdrpc_pending_cancel(raw_);
	}
	/* Set when this or another call of the client may have ended; the client's own. */
	[[nodiscard]] result<cdrpc_handle> event() const noexcept
	{
		cdrpc_handle event = nullptr;
		cdrpc_status status = raw_ ? cdrpc_pending_event(raw_, &event) : CDRPC_E_STATE;

		if (status != CDRPC_OK)
			return failure{status};
		return event;
	}
	/*
	 * Calls done() once from the thread's message loop when the call has ended, unless it is finished or its client freed before. 'done'
	 * stays where it is until then, so no temporary object is taken.
	 */
	template <class Done> [[nodiscard]] cdrpc_status notify(Done &done) const noexcept
	{
		if (!raw_)
			return CDRPC_E_STATE;
		return cdrpc_pending_notify(
			raw_,
			[](void *self, cdrpc_pending *) { guard("cdrpc::pending::notify", *static_cast<Done *>(self)); },
			const_cast<void *>(static_cast<const void *>(&done)));
	}
	template <class Done> cdrpc_status notify(const Done &&done) const = delete;
	cdrpc_pending *get() const noexcept { return raw_; }

private:
	cdrpc_pending *raw_;
};

/*
 * What a client is told of its session, from its thread's message loop: override what is of interest, and give it to the options that the
 * client is connected with. The object stays where it is until the client is freed, which each of these may do.
 */
class client_listener {
public:
	client_listener() = default;
	client_listener(const client_listener &) = delete;
	client_listener &operator=(const client_listener &) = delete;
	virtual ~client_listener() = default;

	/* It has ended; with options.reconnect_ms another is looked for. */
	virtual void disconnected(cdrpc_client *client, cdrpc_status why)
	{
		(void)client;
		(void)why;
	}
	/* There is another, with all subscriptions: told before its first event. */
	virtual void reconnected(cdrpc_client *client) { (void)client; }
	/* This side was too slow for an event, and is not subscribed to it any more. */
	virtual void event_lost(const char *interface_name, const char *event_name)
	{
		(void)interface_name;
		(void)event_name;
	}

	void listen(cdrpc_client_options &options) noexcept
	{
		options.session_self = this;
		options.disconnected = [](void *self, cdrpc_client *client, cdrpc_status why) {
			guard("cdrpc::client_listener::disconnected",
			      [=] { static_cast<client_listener *>(self)->disconnected(client, why); });
		};
		options.reconnected = [](void *self, cdrpc_client *client) {
			guard("cdrpc::client_listener::reconnected",
			      [=] { static_cast<client_listener *>(self)->reconnected(client); });
		};
		options.event_lost_self = this;
		options.event_lost = [](void *self, const char *interface_name, const char *event_name) {
			guard("cdrpc::client_listener::event_lost",
			      [=] { static_cast<client_listener *>(self)->event_lost(interface_name, event_name); });
		};
	}
};

/* Owns a session. */
class client {
public:
	static result<client> connect(const char *name, const cdrpc_client_options *options = nullptr) noexcept
	{
		cdrpc_client *raw = nullptr;
		cdrpc_status status = cdrpc_client_connect(name, options, &raw);

		if (status != CDRPC_OK)
			return failure{status};
		return client(raw);
	}

	explicit client(cdrpc_client *raw) noexcept : raw_(raw) {}
	client(client &&other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
	client &operator=(client &&other) noexcept
	{
		client mine(std::move(other));

		std::swap(raw_, mine.raw_);
		return *this;
	}
	client(const client &) = delete;
	client &operator=(const client &) = delete;
	~client() { cdrpc_client_free(raw_); }

	cdrpc_client *get() const noexcept { return raw_; }
	/* For a server to call what its peer serves, in the session that the peer has opened. */
	static result<client> of(peer to, const cdrpc_client_options *options = nullptr) noexcept
	{
		cdrpc_client *raw = nullptr;
		cdrpc_status status = cdrpc_peer_client(to.get(), options, &raw);

		if (status != CDRPC_OK)
			return failure{status};
		return client(raw);
	}
	/* The deadline of calls from here on, whatever their methods state; 0: back to what they state. Any thread. */
	void set_timeout(std::uint32_t timeout_ms) const noexcept { cdrpc_client_set_timeout(raw_, timeout_ms); }
	/* Of what the client serves and is told. Any thread. */
	[[nodiscard]] cdrpc_stats stats() const noexcept
	{
		cdrpc_stats stats = {};

		cdrpc_client_get_stats(raw_, &stats);
		return stats;
	}
	/*
	 * Has the client's thread run function(CDRPC_OK) from its message loop, or function(CDRPC_E_CLOSED) whoever frees the client before: a copy
	 * of it, once, and not where something else than CDRPC_OK is returned. Any thread.
	 */
	template <class Function> [[nodiscard]] cdrpc_status post(Function &&function) const noexcept
	{
		return post_copy(std::forward<Function>(function),
				 [this](cdrpc_post *fn, void *copy) { return cdrpc_client_post(raw_, fn, copy); });
	}
	/* What is known of the server's process. */
	result<cdrpc_peer_facts> facts() const noexcept
	{
		cdrpc_peer_facts facts = {};
		cdrpc_status status = cdrpc_client_peer_facts(raw_, &facts);

		if (status != CDRPC_OK)
			return failure{status};
		return facts;
	}

private:
	cdrpc_client *raw_;
};

/*
 * Owns memory for an input of a request, in which it travels without a copy: fill data(), and pass send(size) as that input, once. It
 * may outlive its client.
 */
class buffer {
public:
	static result<buffer> create(const client &of, std::size_t size) noexcept
	{
		cdrpc_buffer *raw = nullptr;
		cdrpc_status status = cdrpc_buffer_new(of.get(), count_of(size), &raw);

		if (status != CDRPC_OK)
			return failure{status};
		return buffer(raw);
	}

	explicit buffer(cdrpc_buffer *raw) noexcept : raw_(raw) {}
	buffer(buffer &&other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
	buffer &operator=(buffer &&other) noexcept
	{
		buffer mine(std::move(other));

		std::swap(raw_, mine.raw_);
		return *this;
	}
	buffer(const buffer &) = delete;
	buffer &operator=(const buffer &) = delete;
	~buffer() { cdrpc_buffer_free(raw_); }

	/* nullptr once it was sent. */
	[[nodiscard]] void *data() noexcept { return cdrpc_buffer_data(raw_); }
	[[nodiscard]] bytes send(std::size_t size) noexcept { return from_c(cdrpc_buffer_send(raw_, count_of(size))); }
	cdrpc_buffer *get() const noexcept { return raw_; }

private:
	cdrpc_buffer *raw_;
};

/*
 * Who is told of a server's clients, from its thread's message loop: override what is of interest, and give it to the options that the server
 * is made with. The object stays where it is until the server is freed.
 */
class server_listener {
public:
	server_listener() = default;
	server_listener(const server_listener &) = delete;
	server_listener &operator=(const server_listener &) = delete;
	virtual ~server_listener() = default;

	virtual void session_opened(peer from) { (void)from; }
	/* The peer is valid until it returns. */
	virtual void session_ended(peer from) { (void)from; }

	void listen(cdrpc_server_options &options) noexcept
	{
		options.session_self = this;
		options.session_opened = [](void *self, cdrpc_peer *from) {
			guard("cdrpc::server_listener::session_opened",
			      [=] { static_cast<server_listener *>(self)->session_opened(peer(from)); });
		};
		options.session_ended = [](void *self, cdrpc_peer *from) {
			guard("cdrpc::server_listener::session_ended",
			      [=] { static_cast<server_listener *>(self)->session_ended(peer(from)); });
		};
	}
};

/* Owns a server. */
class server {
public:
	static result<server> create(const char *name, const cdrpc_server_options *options = nullptr) noexcept
	{
		cdrpc_server *raw = nullptr;
		cdrpc_status status = cdrpc_server_new(name, options, &raw);

		if (status != CDRPC_OK)
			return failure{status};
		return server(raw);
	}

	explicit server(cdrpc_server *raw) noexcept : raw_(raw) {}
	server(server &&other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
	server &operator=(server &&other) noexcept
	{
		server mine(std::move(other));

		std::swap(raw_, mine.raw_);
		return *this;
	}
	server(const server &) = delete;
	server &operator=(const server &) = delete;
	~server() { cdrpc_server_free(raw_); }

	cdrpc_server *get() const noexcept { return raw_; }
	/* Gives it away: the caller's to free. */
	[[nodiscard]] cdrpc_server *release() noexcept { return std::exchange(raw_, nullptr); }
	[[nodiscard]] cdrpc_status start() noexcept { return cdrpc_server_start(raw_); }
	[[nodiscard]] cdrpc_status run() noexcept { return cdrpc_server_run(raw_); }
	/* Any thread. */
	void stop() noexcept { cdrpc_server_stop(raw_); }
	/* As client::post(), on the thread that has started the server: for progress from a worker's, for instance. */
	template <class Function> [[nodiscard]] cdrpc_status post(Function &&function) const noexcept
	{
		return post_copy(std::forward<Function>(function),
				 [this](cdrpc_post *fn, void *copy) { return cdrpc_server_post(raw_, fn, copy); });
	}
	/* Who had the name when start() returned CDRPC_E_NAME_IN_USE; nullopt: it did not. Valid until it is started again or freed. */
	[[nodiscard]] std::optional<cdrpc_peer_facts> holder() const noexcept
	{
		cdrpc_peer_facts facts = {};

		return cdrpc_server_holder(raw_, &facts) ? std::optional<cdrpc_peer_facts>(facts) : std::nullopt;
	}
	/* Any thread. */
	[[nodiscard]] cdrpc_stats stats() const noexcept
	{
		cdrpc_stats stats = {};

		cdrpc_server_get_stats(raw_, &stats);
		return stats;
	}

private:
	cdrpc_server *raw_;
};

} // namespace cdrpc
#pragma pack(pop)

#endif
