/* C++ wrapper of module test.handles, written by cdidl from handles.cdidl. Changes belong there. */
#ifndef CDIDL_TEST_HANDLES_HPP
#define CDIDL_TEST_HANDLES_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "handles.h"

namespace test::handles {

class handles_client {
public:
	/* 'client' is borrowed. */
	explicit handles_client(cdrpc_client *client) noexcept : client_(client) {}

	/*
	 * give(handle<file: read> a, handle<file: read, write> b, handle<pipe: write> c, handle<section: read> d,
	 *     handle<event: sync, modify> e, handle<mutex: sync> f, handle<semaphore: modify> g,
	 *     handle<process: sync> h) @1;
	 */
	cdrpc::result<void> give(cdrpc_handle a, cdrpc_handle b, cdrpc_handle c, cdrpc_handle d, cdrpc_handle e,
				 cdrpc_handle f, cdrpc_handle g, cdrpc_handle h) const
	{
		cdrpc_status status;

		status = ::handles_give(client_, a, b, c, d, e, f, g, h);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> give_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::handles_give_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using give_pending = cdrpc::pending<void, &give_finish>;
	cdrpc::result<give_pending> give_begin(cdrpc_handle a, cdrpc_handle b, cdrpc_handle c, cdrpc_handle d,
					       cdrpc_handle e, cdrpc_handle f, cdrpc_handle g, cdrpc_handle h) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::handles_give_begin(client_, a, b, c, d, e, f, g, h, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return give_pending(pending);
	}

	struct take_outputs {
		cdrpc_handle a;
		cdrpc_handle b;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* take(out handle<file: read, write> a, out handle<event: sync>? b) @2; */
	cdrpc::result<take_outputs> take() const
	{
		take_outputs outputs = {};
		cdrpc_status status;

		status = ::handles_take(client_, &outputs.a, &outputs.b, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<take_outputs> take_finish(cdrpc_pending *pending)
	{
		take_outputs outputs = {};
		cdrpc_status status;

		status = ::handles_take_finish(pending, &outputs.a, &outputs.b, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using take_pending = cdrpc::pending<take_outputs, &take_finish>;
	cdrpc::result<take_pending> take_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::handles_take_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return take_pending(pending);
	}

	struct maybe_outputs {
		cdrpc_handle b;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* maybe(handle<file: write>? a, inout handle<section: read, write>? b) @3; */
	cdrpc::result<maybe_outputs> maybe(cdrpc_handle a, cdrpc_handle b) const
	{
		maybe_outputs outputs = {};
		cdrpc_status status;

		status = ::handles_maybe(client_, a, b, &outputs.b, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<maybe_outputs> maybe_finish(cdrpc_pending *pending)
	{
		maybe_outputs outputs = {};
		cdrpc_status status;

		status = ::handles_maybe_finish(pending, &outputs.b, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using maybe_pending = cdrpc::pending<maybe_outputs, &maybe_finish>;
	cdrpc::result<maybe_pending> maybe_begin(cdrpc_handle a, cdrpc_handle b) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::handles_maybe_begin(client_, a, b, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_pending(pending);
	}

	/* oneway send(handle<event: modify> done) @4; */
	cdrpc::result<void> send(cdrpc_handle done) const
	{
		cdrpc_status status;

		status = ::handles_send(client_, done);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class handles_server {
public:
	virtual ~handles_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::handles_serve(server, cdrpc_table(), this);
	}

	/*
	 * give(handle<file: read> a, handle<file: read, write> b, handle<pipe: write> c, handle<section: read> d,
	 *     handle<event: sync, modify> e, handle<mutex: sync> f, handle<semaphore: modify> g,
	 *     handle<process: sync> h) @1;
	 */
	virtual cdrpc_status give(cdrpc_call *call, cdrpc_handle a, cdrpc_handle b, cdrpc_handle c, cdrpc_handle d,
				  cdrpc_handle e, cdrpc_handle f, cdrpc_handle g, cdrpc_handle h)
	{
		(void)call;
		(void)a;
		(void)b;
		(void)c;
		(void)d;
		(void)e;
		(void)f;
		(void)g;
		(void)h;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* take(out handle<file: read, write> a, out handle<event: sync>? b) @2; */
	virtual cdrpc_status take(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status take_reply(cdrpc_call *call, cdrpc_handle a, cdrpc_handle b)
	{
		return ::handles_take_reply(call, a, b);
	}

	/* maybe(handle<file: write>? a, inout handle<section: read, write>? b) @3; */
	virtual cdrpc_status maybe(cdrpc_call *call, cdrpc_handle a, cdrpc_handle b)
	{
		(void)call;
		(void)a;
		(void)b;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status maybe_reply(cdrpc_call *call, cdrpc_handle b)
	{
		return ::handles_maybe_reply(call, b);
	}

	/* oneway send(handle<event: modify> done) @4; */
	virtual void send(cdrpc_call *call, cdrpc_handle done)
	{
		(void)call;
		(void)done;
	}

private:
	static cdrpc_status
	on_give(cdrpc_call *call, void *self, cdrpc_handle a, cdrpc_handle b, cdrpc_handle c, cdrpc_handle d,
		cdrpc_handle e, cdrpc_handle f, cdrpc_handle g, cdrpc_handle h) noexcept
	{
		return static_cast<handles_server *>(self)->give(call, a, b, c, d, e, f, g, h);
	}
	static cdrpc_status
	on_take(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<handles_server *>(self)->take(call);
	}
	static cdrpc_status
	on_maybe(cdrpc_call *call, void *self, cdrpc_handle a, cdrpc_handle b) noexcept
	{
		return static_cast<handles_server *>(self)->maybe(call, a, b);
	}
	static void
	on_send(cdrpc_call *call, void *self, cdrpc_handle done) noexcept
	{
		static_cast<handles_server *>(self)->send(call, done);
	}
	static const struct handles_handlers *cdrpc_table() noexcept
	{
		static const struct handles_handlers table = {
			on_give,
			on_take,
			on_maybe,
			on_send,
		};

		return &table;
	}
};

} // namespace test::handles

#endif
