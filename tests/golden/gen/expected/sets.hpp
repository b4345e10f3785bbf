/* C++ wrapper of module test.sets, written by cdidl from sets.cdidl. Changes belong there. */
#ifndef CDIDL_TEST_SETS_HPP
#define CDIDL_TEST_SETS_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "sets.h"

namespace test::sets_ {

class sets_sets2_client {
public:
	/* 'client' is borrowed. */
	explicit sets_sets2_client(cdrpc_client *client) noexcept : client_(client) {}

	/* put(Open8 a, Strict8 b, Strict64 c, Small d, Wide e, Strict8? f, Open32? g, Wide? h) fails Failure @1; */
	cdrpc::result<void> put(sets_open8_t a, sets_strict8_t b, sets_strict64_t c, sets_small_t d, sets_wide_t e,
				const sets_strict8_t *f, const sets_open32_t *g, const sets_wide_t *h) const
	{
		cdrpc_status status;

		status = ::sets_sets2_put(client_, a, b, c, d, e, f, g, h);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> put_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::sets_sets2_put_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using put_pending = cdrpc::pending<void, &put_finish>;
	cdrpc::result<put_pending> put_begin(sets_open8_t a, sets_strict8_t b, sets_strict64_t c, sets_small_t d,
					     sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g,
					     const sets_wide_t *h) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::sets_sets2_put_begin(client_, a, b, c, d, e, f, g, h, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return put_pending(pending);
	}

	struct get_outputs {
		sets_open8_t a;
		sets_strict8_t b;
		sets_strict64_t c;
		sets_small_t d;
		sets_wide_t e;
		const sets_strict8_t *f;
		const sets_open32_t *g;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/*
	 * get(out Open8 a, out Strict8 b, out Strict64 c, out Small d, out Wide e, out Strict8? f,
	 *     out Open32? g) @2;
	 */
	cdrpc::result<get_outputs> get() const
	{
		get_outputs outputs = {};
		cdrpc_status status;

		status = ::sets_sets2_get(client_, &outputs.a, &outputs.b, &outputs.c, &outputs.d, &outputs.e,
					  &outputs.f, &outputs.g, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<get_outputs> get_finish(cdrpc_pending *pending)
	{
		get_outputs outputs = {};
		cdrpc_status status;

		status = ::sets_sets2_get_finish(pending, &outputs.a, &outputs.b, &outputs.c, &outputs.d, &outputs.e,
						 &outputs.f, &outputs.g, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using get_pending = cdrpc::pending<get_outputs, &get_finish>;
	cdrpc::result<get_pending> get_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::sets_sets2_get_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return get_pending(pending);
	}

	struct swap_outputs {
		sets_strict8_t a;
		sets_small_t b;
	};
	/* swap(inout Strict8 a, inout Small b) @3; */
	cdrpc::result<swap_outputs> swap(sets_strict8_t a, sets_small_t b) const
	{
		swap_outputs outputs = {};
		cdrpc_status status;

		status = ::sets_sets2_swap(client_, a, b, &outputs.a, &outputs.b);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<swap_outputs> swap_finish(cdrpc_pending *pending)
	{
		swap_outputs outputs = {};
		cdrpc_status status;

		status = ::sets_sets2_swap_finish(pending, &outputs.a, &outputs.b);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using swap_pending = cdrpc::pending<swap_outputs, &swap_finish>;
	cdrpc::result<swap_pending> swap_begin(sets_strict8_t a, sets_small_t b) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::sets_sets2_swap_begin(client_, a, b, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return swap_pending(pending);
	}

	struct arrays_outputs {
		std::array<sets_strict32_t, 3> fixed_out;
		cdrpc::span<const sets_strict32_t> list_out;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/*
	 * arrays(Strict8[3] fixed, Strict8[<=5] list, out Strict32[3] fixed_out, out Strict32[<=5] list_out,
	 *     Strict8[2]? maybe) @4;
	 */
	cdrpc::result<arrays_outputs> arrays(const sets_strict8_t (&fixed)[3], cdrpc::span<const sets_strict8_t> list,
					     const sets_strict8_t *maybe) const
	{
		arrays_outputs outputs = {};
		const sets_strict32_t *ret_list_out = nullptr;
		uint32_t ret_list_out_count = 0;
		cdrpc_status status;

		status = ::sets_sets2_arrays(client_, fixed, list.data(), cdrpc::count_of(list.size()), maybe,
					     outputs.fixed_out.data(), &ret_list_out, &ret_list_out_count,
					     outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.list_out = cdrpc::span<const sets_strict32_t>(ret_list_out, ret_list_out_count);
		return outputs;
	}

	static cdrpc::result<arrays_outputs> arrays_finish(cdrpc_pending *pending)
	{
		arrays_outputs outputs = {};
		const sets_strict32_t *ret_list_out = nullptr;
		uint32_t ret_list_out_count = 0;
		cdrpc_status status;

		status = ::sets_sets2_arrays_finish(pending, outputs.fixed_out.data(), &ret_list_out,
						    &ret_list_out_count, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.list_out = cdrpc::span<const sets_strict32_t>(ret_list_out, ret_list_out_count);
		return outputs;
	}
	using arrays_pending = cdrpc::pending<arrays_outputs, &arrays_finish>;
	cdrpc::result<arrays_pending> arrays_begin(const sets_strict8_t (&fixed)[3],
						   cdrpc::span<const sets_strict8_t> list,
						   const sets_strict8_t *maybe) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::sets_sets2_arrays_begin(client_, fixed, list.data(),
								cdrpc::count_of(list.size()), maybe, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return arrays_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class sets_sets2_server {
public:
	virtual ~sets_sets2_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::sets_sets2_serve(server, cdrpc_table(), this);
	}

	/* put(Open8 a, Strict8 b, Strict64 c, Small d, Wide e, Strict8? f, Open32? g, Wide? h) fails Failure @1; */
	virtual cdrpc_status put(cdrpc_call *call, sets_open8_t a, sets_strict8_t b, sets_strict64_t c, sets_small_t d,
				 sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g, const sets_wide_t *h)
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

	/*
	 * get(out Open8 a, out Strict8 b, out Strict64 c, out Small d, out Wide e, out Strict8? f,
	 *     out Open32? g) @2;
	 */
	virtual cdrpc_status get(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status get_reply(cdrpc_call *call, sets_open8_t a, sets_strict8_t b, sets_strict64_t c,
				      sets_small_t d, sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g)
	{
		return ::sets_sets2_get_reply(call, a, b, c, d, e, f, g);
	}

	/* swap(inout Strict8 a, inout Small b) @3; */
	virtual cdrpc_status swap(cdrpc_call *call, sets_strict8_t a, sets_small_t b)
	{
		(void)call;
		(void)a;
		(void)b;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status swap_reply(cdrpc_call *call, sets_strict8_t a, sets_small_t b)
	{
		return ::sets_sets2_swap_reply(call, a, b);
	}

	/*
	 * arrays(Strict8[3] fixed, Strict8[<=5] list, out Strict32[3] fixed_out, out Strict32[<=5] list_out,
	 *     Strict8[2]? maybe) @4;
	 */
	virtual cdrpc_status arrays(cdrpc_call *call, const sets_strict8_t (&fixed)[3],
				    cdrpc::span<const sets_strict8_t> list, const sets_strict8_t *maybe)
	{
		(void)call;
		(void)fixed;
		(void)list;
		(void)maybe;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status arrays_reply(cdrpc_call *call, const sets_strict32_t (&fixed_out)[3],
					 cdrpc::span<const sets_strict32_t> list_out)
	{
		return ::sets_sets2_arrays_reply(call, fixed_out, list_out.data(), cdrpc::count_of(list_out.size()));
	}

private:
	static cdrpc_status
	on_put(cdrpc_call *call, void *self, sets_open8_t a, sets_strict8_t b, sets_strict64_t c, sets_small_t d,
	       sets_wide_t e, const sets_strict8_t *f, const sets_open32_t *g, const sets_wide_t *h) noexcept
	{
		return static_cast<sets_sets2_server *>(self)->put(call, a, b, c, d, e, f, g, h);
	}
	static cdrpc_status
	on_get(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<sets_sets2_server *>(self)->get(call);
	}
	static cdrpc_status
	on_swap(cdrpc_call *call, void *self, sets_strict8_t a, sets_small_t b) noexcept
	{
		return static_cast<sets_sets2_server *>(self)->swap(call, a, b);
	}
	static cdrpc_status
	on_arrays(cdrpc_call *call, void *self, const sets_strict8_t fixed[3], const sets_strict8_t *list,
		  uint32_t list_count, const sets_strict8_t *maybe) noexcept
	{
		return static_cast<sets_sets2_server *>(self)->arrays(call,
								      *reinterpret_cast<const sets_strict8_t (*)[3]>(fixed), cdrpc::span<const sets_strict8_t>(list, list_count), maybe);
	}
	static const struct sets_sets2_handlers *cdrpc_table() noexcept
	{
		static const struct sets_sets2_handlers table = {
			on_put,
			on_get,
			on_swap,
			on_arrays,
		};

		return &table;
	}
};

} // namespace test::sets_

#endif
