/*
 * cdrpc for C++17: what the classes that `cdidl gen --cpp` writes stand on. Header only, without exceptions of its own.
 *
 *	auto client = cdrpc::client::connect("contoso.player");
 *	if (!client)
 *		return client.status();
 *	contoso::player::player_client player(client->get());
 *	auto list = player.list();
 *	if (list)
 *		for (const player_track &track : list->tracks)
 *			use(track);
 *
 * Ownership and threads are as in <cdrpc/cdrpc.h>. Outputs that point somewhere stand in a struct with the cdrpc::reply
 * that they live in; they end with it.
 */
#ifndef CDRPC_CDRPC_HPP
#define CDRPC_CDRPC_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
namespace cdrpc {

/* Why there is no value; never CDRPC_OK. */
struct failure {
	cdrpc_status status;
};

/* A value, or the status that says why there is none. Copied and moved as its value is. */
template <class T> class result {
public:
	result(failure why) noexcept : status_(why.status) {}
	result(T &&value) noexcept : status_(CDRPC_OK), value_(std::move(value)) {}

	explicit operator bool() const noexcept { return value_.has_value(); }
	cdrpc_status status() const noexcept { return status_; }

	/* Only when there is a value. */
	T &operator*() noexcept { return *value_; }
	const T &operator*() const noexcept { return *value_; }
	T *operator->() noexcept { return &*value_; }
	const T *operator->() const noexcept { return &*value_; }

private:
	cdrpc_status status_;
	std::optional<T> value_;
};

/* A call without outputs: done, or why not. */
template <> class result<void> {
public:
	result() noexcept : status_(CDRPC_OK) {}
	result(failure why) noexcept : status_(why.status) {}

	explicit operator bool() const noexcept { return status_ == CDRPC_OK; }
	cdrpc_status status() const noexcept { return status_; }

private:
	cdrpc_status status_;
};

/* A view of items that live elsewhere, as std::span of C++20. data() is NULL where something optional is absent. */
template <class T> class span {
public:
	constexpr span() noexcept : data_(nullptr), size_(0) {}
	constexpr span(T *data, std::size_t size) noexcept : data_(data), size_(size) {}
	template <std::size_t N> constexpr span(T (&items)[N]) noexcept : data_(items), size_(N) {}
	/* Whatever has data() and size(): std::vector, std::array, std::string. */
	template <class C, class = decltype(static_cast<T *>(std::declval<const C &>().data()))>
	constexpr span(const C &items) noexcept : data_(items.data()), size_(items.size()) {}

	constexpr T *data() const noexcept { return data_; }
	constexpr std::size_t size() const noexcept { return size_; }
	constexpr bool empty() const noexcept { return size_ == 0; }
	constexpr T *begin() const noexcept { return data_; }
	constexpr T *end() const noexcept { return data_ + size_; }
	constexpr T &operator[](std::size_t index) const noexcept { return data_[index]; }

private:
	T *data_;
	std::size_t size_;
};

using bytes = span<const std::uint8_t>;

inline bytes
from_c(cdrpc_bytes from) noexcept
{
	return bytes(static_cast<const std::uint8_t *>(from.data), from.size);
}

/* More than fits is more than any bound: the stub refuses it. */
inline std::uint32_t
count_of(std::size_t size) noexcept
{
	return size < UINT32_MAX ? static_cast<std::uint32_t>(size) : UINT32_MAX;
}

inline cdrpc_bytes
to_c(bytes from) noexcept
{
	cdrpc_bytes to = {from.data(), count_of(from.size())};

	return to;
}

/* Owns the memory and the handles of one call's outputs. */
class reply {
public:
	reply() noexcept : raw_() {}
	reply(reply &&other) noexcept : raw_(other.raw_) { other.raw_.held = nullptr; }
	reply &operator=(reply &&other) noexcept
	{
		std::swap(raw_.held, other.raw_.held);
		return *this;
	}
	reply(const reply &) = delete;
	reply &operator=(const reply &) = delete;
	~reply() { cdrpc_reply_free(&raw_); }

	cdrpc_reply *get() noexcept { return &raw_; }

private:
	cdrpc_reply raw_;
};

/*
 * Owns a call that has begun. finish() waits for its outputs, once; a call that is dropped unfinished is cancelled.
 * Finish is the client's function that takes a struct cdrpc_pending.
 */
template <class Outputs, result<Outputs> (*Finish)(cdrpc_pending *)> class pending {
public:
	explicit pending(cdrpc_pending *raw) noexcept : raw_(raw) {}
	pending(pending &&other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
	pending &operator=(pending &&other) noexcept
	{
		std::swap(raw_, other.raw_);
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

	result<Outputs> finish() noexcept { return Finish(std::exchange(raw_, nullptr)); }
	cdrpc_pending *get() const noexcept { return raw_; }

private:
	cdrpc_pending *raw_;
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
		std::swap(raw_, other.raw_);
		return *this;
	}
	client(const client &) = delete;
	client &operator=(const client &) = delete;
	~client() { cdrpc_client_free(raw_); }

	cdrpc_client *get() const noexcept { return raw_; }

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

/* The other end of a session, as handlers and session_opened get it; owns nothing. */
class peer {
public:
	explicit peer(cdrpc_peer *raw) noexcept : raw_(raw) {}

	cdrpc_peer *get() const noexcept { return raw_; }
	cdrpc_peer_facts facts() const noexcept
	{
		cdrpc_peer_facts facts = {};

		cdrpc_peer_get_facts(raw_, &facts);
		return facts;
	}
	/* What the program keeps for it, of the type that it was set as; nullptr at first. */
	template <class T> T *data() const noexcept { return static_cast<T *>(cdrpc_peer_data(raw_)); }
	void set_data(void *data) const noexcept { cdrpc_peer_set_data(raw_, data); }
	cdrpc_status disconnect() const noexcept { return cdrpc_peer_disconnect(raw_); }

private:
	cdrpc_peer *raw_;
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
		std::swap(raw_, other.raw_);
		return *this;
	}
	buffer(const buffer &) = delete;
	buffer &operator=(const buffer &) = delete;
	~buffer() { cdrpc_buffer_free(raw_); }

	/* nullptr once it was sent. */
	void *data() noexcept { return cdrpc_buffer_data(raw_); }
	bytes send(std::size_t size) noexcept { return from_c(cdrpc_buffer_send(raw_, count_of(size))); }
	cdrpc_buffer *get() const noexcept { return raw_; }

private:
	cdrpc_buffer *raw_;
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
		std::swap(raw_, other.raw_);
		return *this;
	}
	server(const server &) = delete;
	server &operator=(const server &) = delete;
	~server() { cdrpc_server_free(raw_); }

	cdrpc_server *get() const noexcept { return raw_; }
	cdrpc_status start() noexcept { return cdrpc_server_start(raw_); }
	cdrpc_status run() noexcept { return cdrpc_server_run(raw_); }
	void stop() noexcept { cdrpc_server_stop(raw_); }

private:
	cdrpc_server *raw_;
};

} // namespace cdrpc
#pragma pack(pop)

#endif
