/*
 * cdrpc/calls.hpp: what handlers of <cdrpc/cdrpc.hpp> work with: calls, peers, and what becomes of exceptions.
 *
 * An exception that leaves a handler is caught where the library has called it: std::bad_alloc is CDRPC_E_NOMEM, any other
 * CDRPC_E_HANDLER, and the log has a line with the method and what() (without what() for a [secret] method). One that leaves a listener or a
 * callback is a line of the log. Where exceptions are switched off there are none.
 */
#ifndef CDRPC_CALLS_HPP
#define CDRPC_CALLS_HPP

#include <cstddef>
#include <cstdint>
#include <exception>
#include <new>
#include <utility>

#include <cdrpc/cdrpc.h>
#include <cdrpc/exceptions.h>
#include <cdrpc/values.hpp>

#pragma pack(push, 8)
namespace cdrpc {

/* The other end of a session, as handlers and server_listener get it; owns nothing, valid until the session has ended. */
class peer {
public:
	explicit peer(cdrpc_peer *raw) noexcept : raw_(raw) {}

	cdrpc_peer *get() const noexcept { return raw_; }
	[[nodiscard]] cdrpc_peer_facts facts() const noexcept
	{
		cdrpc_peer_facts facts = {};

		cdrpc_peer_get_facts(raw_, &facts);
		return facts;
	}
	/* What the program keeps for it, of the type that it was set as; nullptr at first. */
	template <class T> [[nodiscard]] T *data() const noexcept { return static_cast<T *>(cdrpc_peer_data(raw_)); }
	void set_data(void *data) const noexcept { cdrpc_peer_set_data(raw_, data); }
	[[nodiscard]] cdrpc_status disconnect() const noexcept { return cdrpc_peer_disconnect(raw_); }

private:
	cdrpc_peer *raw_;
};

/* What a handler and whoever keeps its call can do with it. Once a kept one was answered it is cancelled, and has nothing. */
class call_base {
public:
	cdrpc_call *get() const noexcept { return raw_; }

	/* Whether nobody waits for the answer any more. */
	[[nodiscard]] bool cancelled() const noexcept { return !raw_ || cdrpc_call_is_cancelled(raw_); }
	/* Until the caller gives up; 0: it has. */
	[[nodiscard]] std::uint32_t remaining_ms() const noexcept { return raw_ ? cdrpc_call_remaining_ms(raw_) : 0; }
	[[nodiscard]] cdrpc::peer peer() const noexcept { return cdrpc::peer(raw_ ? cdrpc_call_peer(raw_) : nullptr); }
	/* Takes a handle out of the inputs: it is the caller's now, to close with CloseHandle(). */
	[[nodiscard]] cdrpc_handle take(cdrpc_handle handle) const noexcept { return raw_ ? cdrpc_call_take(raw_, handle) : nullptr; }
	/* Memory for one `bytes` output, in which it travels without a copy: the call's, until it is answered. */
	[[nodiscard]] result<span<std::uint8_t>> buffer(std::size_t size) const noexcept
	{
		void *memory = nullptr;
		cdrpc_status status = raw_ ? cdrpc_call_buffer(raw_, count_of(size), &memory) : CDRPC_E_STATE;

		if (status != CDRPC_OK)
			return failure{status};
		return span<std::uint8_t>(static_cast<std::uint8_t *>(memory), size);
	}

protected:
	explicit call_base(cdrpc_call *raw) noexcept : raw_(raw) {}

	cdrpc_call *raw_;
};

/*
 * Owns a call beyond its handler, and with it the call's inputs, until it is answered: by the method's _reply function, or by complete().
 * Where that fails by anything but CDRPC_E_STATE and CDRPC_E_CLOSED, it is still to be answered. One that is dropped unanswered ends
 * CDRPC_E_ABANDONED for its caller, and the log says so. Any thread, one at a time: whoever answers moves it into an object of its own
 * before, for the next call may come, and be kept where this one was, as soon as this one is answered.
 */
class kept_call : public call_base {
public:
	kept_call() noexcept : call_base(nullptr) {}
	kept_call(kept_call &&other) noexcept : call_base(std::exchange(other.raw_, nullptr)) {}
	kept_call &operator=(kept_call &&other) noexcept
	{
		kept_call mine(std::move(other));

		std::swap(raw_, mine.raw_);
		return *this;
	}
	kept_call(const kept_call &) = delete;
	kept_call &operator=(const kept_call &) = delete;
	~kept_call()
	{
		if (raw_)
			(void)cdrpc_call_complete(raw_, CDRPC_E_ABANDONED);
	}

	/* False once it was answered. */
	explicit operator bool() const noexcept { return raw_ != nullptr; }
	/* Answers with a status alone: for methods without outputs, and for errors of any. */
	[[nodiscard]] cdrpc_status complete(cdrpc_status status) noexcept
	{
		return raw_ ? cdrpc_call_complete(std::exchange(raw_, nullptr), status) : CDRPC_E_STATE;
	}
	/*
	 * Calls cancelled() once from the message loop of the thread that runs the peer's handlers when nobody waits for the answer any more,
	 * unless it was answered before: cdrpc_call_notify() says what counts. It is still to be answered. 'cancelled' stays where it is until
	 * then, and, where another thread answers, until that thread is done with it; no temporary object is taken.
	 */
	template <class Cancelled> [[nodiscard]] cdrpc_status notify(Cancelled &cancelled) const noexcept;
	template <class Cancelled> cdrpc_status notify(const Cancelled &&cancelled) const = delete;

private:
	friend class call;
	friend class answerable;
	explicit kept_call(cdrpc_call *raw) noexcept : call_base(raw) {}
};

/* A call in its handler, whose it is until that returns; owns nothing. */
class call : public call_base {
public:
	explicit call(cdrpc_call *raw) noexcept : call_base(raw) {}

	/*
	 * Keeps the call beyond the handler, which returns CDRPC_KEPT then: once, and not when it is answered already. Before another
	 * thread can see it, for its answer may come at once, after which nothing is to be called with this object either.
	 */
	[[nodiscard]] kept_call keep() const noexcept
	{
		(void)cdrpc_call_keep(raw_);
		return kept_call(raw_);
	}
	/* As the handler's return of 'status', but now. */
	[[nodiscard]] cdrpc_status complete(cdrpc_status status) const noexcept { return cdrpc_call_complete(raw_, status); }
};

/* What a method's _reply function answers: the call of a handler, or one that was kept, which is let go when it is over. */
class answerable {
public:
	answerable(const call &from) noexcept : raw_(from.get()), kept_(nullptr) {}
	answerable(kept_call &from) noexcept : raw_(from.get()), kept_(&from) {}

	cdrpc_call *get() const noexcept { return raw_; }
	/* Called by generated code with what the reply has come to. */
	cdrpc_status replied(cdrpc_status status) const noexcept
	{
		if (kept_ && (status == CDRPC_OK || status == CDRPC_E_STATE || status == CDRPC_E_CLOSED))
			kept_->raw_ = nullptr;
		return status;
	}

private:
	cdrpc_call *raw_;
	kept_call *kept_;
};

/* ---- exceptions, at the boundary ---- */

/* Whether the compiler has exceptions switched on. */
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define CDRPC_EXCEPTIONS 1
#else
#define CDRPC_EXCEPTIONS 0
#endif

/* Runs a handler that returns a status. */
template <class Handler>
cdrpc_status
guard(cdrpc_call *of, Handler &&handler) noexcept
{
#if CDRPC_EXCEPTIONS
	try {
		return handler();
	} catch (const std::bad_alloc &exception) {
		return cdrpc_call_threw(of, CDRPC_E_NOMEM, exception.what());
	} catch (const std::exception &exception) {
		return cdrpc_call_threw(of, CDRPC_E_HANDLER, exception.what());
	} catch (...) {
		return cdrpc_call_threw(of, CDRPC_E_HANDLER, nullptr);
	}
#else
	(void)of;
	return handler();
#endif
}

/* Runs a listener or a callback; 'name' is what the log calls it. */
template <class Callback>
void
guard(const char *name, Callback &&callback) noexcept
{
#if CDRPC_EXCEPTIONS
	try {
		callback();
	} catch (const std::exception &exception) {
		cdrpc_callback_threw(name, exception.what());
	} catch (...) {
		cdrpc_callback_threw(name, nullptr);
	}
#else
	(void)name;
	callback();
#endif
}

template <class Cancelled>
cdrpc_status
kept_call::notify(Cancelled &cancelled) const noexcept
{
	if (!raw_)
		return CDRPC_E_STATE;
	return cdrpc_call_notify(
		raw_, [](void *self, cdrpc_call *) { guard("cdrpc::kept_call::notify", *static_cast<Cancelled *>(self)); },
		const_cast<void *>(static_cast<const void *>(&cancelled)));
}

/* Gives 'post' a C function and its argument, which own a copy of 'function', moved if it is temporary. */
template <class Function, class Post>
cdrpc_status
post_copy(Function &&function, Post &&post) noexcept
{
	using owned = std::decay_t<Function>;
	cdrpc_status status;
	owned *copy = nullptr;

#if CDRPC_EXCEPTIONS
	try {
		copy = new (std::nothrow) owned(std::forward<Function>(function));
	} catch (...) { /* of its members' memory */
	}
#else
	copy = new (std::nothrow) owned(std::forward<Function>(function));
#endif
	if (!copy)
		return CDRPC_E_NOMEM;
	status = post(
		[](void *arg, cdrpc_status why) {
			owned *mine = static_cast<owned *>(arg);

			guard("cdrpc: what was posted", [&] { (*mine)(why); });
			delete mine;
		},
		copy);
	if (status != CDRPC_OK)
		delete copy;
	return status;
}

} // namespace cdrpc
#pragma pack(pop)

#endif
