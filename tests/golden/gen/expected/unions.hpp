/* C++ wrapper of module test.unions, written by cdidl from unions.cdidl. Changes belong there. */
#ifndef CDIDL_TEST_UNIONS_HPP
#define CDIDL_TEST_UNIONS_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "unions.h"

namespace test::unions {

class unions_client {
public:
	/* 'client' is borrowed. */
	explicit unions_client(cdrpc_client *client) noexcept : client_(client) {}

	/* put(Open a, Closed b, Open? c, Closed? d, Small e) @1; */
	cdrpc::result<void> put(const unions_open &a, const unions_closed &b, const unions_open *c,
				const unions_closed *d, const unions_small &e) const
	{
		cdrpc_status status;

		status = ::unions_put(client_, &a, &b, c, d, &e);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> put_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::unions_put_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using put_pending = cdrpc::pending<void, &put_finish>;
	cdrpc::result<put_pending> put_begin(const unions_open &a, const unions_closed &b, const unions_open *c,
					     const unions_closed *d, const unions_small &e) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::unions_put_begin(client_, &a, &b, c, d, &e, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return put_pending(pending);
	}

	struct get_outputs {
		unions_open a;
		unions_closed b;
		const unions_open *c;
		unions_small e;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* get(out Open a, out Closed b, out Open? c, out Small e) @2; */
	cdrpc::result<get_outputs> get() const
	{
		get_outputs outputs = {};
		cdrpc_status status;

		status = ::unions_get(client_, &outputs.a, &outputs.b, &outputs.c, &outputs.e, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<get_outputs> get_finish(cdrpc_pending *pending)
	{
		get_outputs outputs = {};
		cdrpc_status status;

		status = ::unions_get_finish(pending, &outputs.a, &outputs.b, &outputs.c, &outputs.e,
					     outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using get_pending = cdrpc::pending<get_outputs, &get_finish>;
	cdrpc::result<get_pending> get_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::unions_get_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return get_pending(pending);
	}

	struct swap_outputs {
		unions_open a;
		const unions_closed *b;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* swap(inout Open a, inout Closed? b) @3; */
	cdrpc::result<swap_outputs> swap(const unions_open &a, const unions_closed *b) const
	{
		swap_outputs outputs = {};
		cdrpc_status status;

		status = ::unions_swap(client_, &a, b, &outputs.a, &outputs.b, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<swap_outputs> swap_finish(cdrpc_pending *pending)
	{
		swap_outputs outputs = {};
		cdrpc_status status;

		status = ::unions_swap_finish(pending, &outputs.a, &outputs.b, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using swap_pending = cdrpc::pending<swap_outputs, &swap_finish>;
	cdrpc::result<swap_pending> swap_begin(const unions_open &a, const unions_closed *b) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::unions_swap_begin(client_, &a, b, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return swap_pending(pending);
	}

	struct lists_outputs {
		cdrpc::span<const unions_open> c;
		cdrpc::span<const unions_small> d;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* lists(Open[<=4] a, Closed[<=4] b, out Open[<=4] c, out Small[<=4] d) @4; */
	cdrpc::result<lists_outputs> lists(cdrpc::span<const unions_open> a, cdrpc::span<const unions_closed> b) const
	{
		lists_outputs outputs = {};
		const unions_open *ret_c = nullptr;
		uint32_t ret_c_count = 0;
		const unions_small *ret_d = nullptr;
		uint32_t ret_d_count = 0;
		cdrpc_status status;

		status = ::unions_lists(client_, a.data(), cdrpc::count_of(a.size()), b.data(),
					cdrpc::count_of(b.size()), &ret_c, &ret_c_count, &ret_d, &ret_d_count,
					outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.c = cdrpc::span<const unions_open>(ret_c, ret_c_count);
		outputs.d = cdrpc::span<const unions_small>(ret_d, ret_d_count);
		return outputs;
	}

	static cdrpc::result<lists_outputs> lists_finish(cdrpc_pending *pending)
	{
		lists_outputs outputs = {};
		const unions_open *ret_c = nullptr;
		uint32_t ret_c_count = 0;
		const unions_small *ret_d = nullptr;
		uint32_t ret_d_count = 0;
		cdrpc_status status;

		status = ::unions_lists_finish(pending, &ret_c, &ret_c_count, &ret_d, &ret_d_count,
					       outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.c = cdrpc::span<const unions_open>(ret_c, ret_c_count);
		outputs.d = cdrpc::span<const unions_small>(ret_d, ret_d_count);
		return outputs;
	}
	using lists_pending = cdrpc::pending<lists_outputs, &lists_finish>;
	cdrpc::result<lists_pending> lists_begin(cdrpc::span<const unions_open> a,
						 cdrpc::span<const unions_closed> b) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::unions_lists_begin(client_, a.data(), cdrpc::count_of(a.size()), b.data(),
							   cdrpc::count_of(b.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return lists_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class unions_server {
public:
	virtual ~unions_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::unions_serve(server, cdrpc_table(), this);
	}

	/* put(Open a, Closed b, Open? c, Closed? d, Small e) @1; */
	virtual cdrpc_status put(cdrpc_call *call, const unions_open &a, const unions_closed &b, const unions_open *c,
				 const unions_closed *d, const unions_small &e)
	{
		(void)call;
		(void)a;
		(void)b;
		(void)c;
		(void)d;
		(void)e;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* get(out Open a, out Closed b, out Open? c, out Small e) @2; */
	virtual cdrpc_status get(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status get_reply(cdrpc_call *call, const unions_open &a, const unions_closed &b,
				      const unions_open *c, const unions_small &e)
	{
		return ::unions_get_reply(call, &a, &b, c, &e);
	}

	/* swap(inout Open a, inout Closed? b) @3; */
	virtual cdrpc_status swap(cdrpc_call *call, const unions_open &a, const unions_closed *b)
	{
		(void)call;
		(void)a;
		(void)b;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status swap_reply(cdrpc_call *call, const unions_open &a, const unions_closed *b)
	{
		return ::unions_swap_reply(call, &a, b);
	}

	/* lists(Open[<=4] a, Closed[<=4] b, out Open[<=4] c, out Small[<=4] d) @4; */
	virtual cdrpc_status lists(cdrpc_call *call, cdrpc::span<const unions_open> a,
				   cdrpc::span<const unions_closed> b)
	{
		(void)call;
		(void)a;
		(void)b;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status lists_reply(cdrpc_call *call, cdrpc::span<const unions_open> c,
					cdrpc::span<const unions_small> d)
	{
		return ::unions_lists_reply(call, c.data(), cdrpc::count_of(c.size()), d.data(),
					    cdrpc::count_of(d.size()));
	}

private:
	static cdrpc_status
	on_put(cdrpc_call *call, void *self, const struct unions_open *a, const struct unions_closed *b,
	       const struct unions_open *c, const struct unions_closed *d, const struct unions_small *e) noexcept
	{
		return static_cast<unions_server *>(self)->put(call, *a, *b, c, d, *e);
	}
	static cdrpc_status
	on_get(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<unions_server *>(self)->get(call);
	}
	static cdrpc_status
	on_swap(cdrpc_call *call, void *self, const struct unions_open *a, const struct unions_closed *b) noexcept
	{
		return static_cast<unions_server *>(self)->swap(call, *a, b);
	}
	static cdrpc_status
	on_lists(cdrpc_call *call, void *self, const struct unions_open *a, uint32_t a_count,
		 const struct unions_closed *b, uint32_t b_count) noexcept
	{
		return static_cast<unions_server *>(self)->lists(call, cdrpc::span<const unions_open>(a, a_count),
								 cdrpc::span<const unions_closed>(b, b_count));
	}
	static const struct unions_handlers *cdrpc_table() noexcept
	{
		static const struct unions_handlers table = {
			on_put,
			on_get,
			on_swap,
			on_lists,
		};

		return &table;
	}
};

} // namespace test::unions

#endif
