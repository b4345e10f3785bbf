/* C++ wrapper of module test.structs, written by cdidl from structs.cdidl. Changes belong there. */
#ifndef CDIDL_TEST_STRUCTS_HPP
#define CDIDL_TEST_STRUCTS_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "structs.h"

namespace test::structs {

class structs_client {
public:
	/* 'client' is borrowed. */
	explicit structs_client(cdrpc_client *client) noexcept : client_(client) {}

	/* put(Outer outer, Dense dense, Checked checked, Nest nest) @1; */
	cdrpc::result<void> put(const structs_outer &outer, const structs_dense &dense, const structs_checked &checked,
				const structs_nest &nest) const
	{
		cdrpc_status status;

		status = ::structs_put(client_, &outer, &dense, &checked, &nest);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> put_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::structs_put_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using put_pending = cdrpc::pending<void, &put_finish>;
	cdrpc::result<put_pending> put_begin(const structs_outer &outer, const structs_dense &dense,
					     const structs_checked &checked, const structs_nest &nest) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::structs_put_begin(client_, &outer, &dense, &checked, &nest, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return put_pending(pending);
	}

	struct get_outputs {
		structs_outer outer;
		structs_dense dense;
		structs_checked checked;
		structs_nest nest;
	};
	/* get(out Outer outer, out Dense dense, out Checked checked, out Nest nest) @2; */
	cdrpc::result<get_outputs> get() const
	{
		get_outputs outputs = {};
		cdrpc_status status;

		status = ::structs_get(client_, &outputs.outer, &outputs.dense, &outputs.checked, &outputs.nest);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<get_outputs> get_finish(cdrpc_pending *pending)
	{
		get_outputs outputs = {};
		cdrpc_status status;

		status = ::structs_get_finish(pending, &outputs.outer, &outputs.dense, &outputs.checked, &outputs.nest);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using get_pending = cdrpc::pending<get_outputs, &get_finish>;
	cdrpc::result<get_pending> get_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::structs_get_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return get_pending(pending);
	}

	struct swap_outputs {
		structs_outer outer;
		structs_dense dense;
		const structs_nest *nest;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* swap(inout Outer outer, inout Dense dense, inout Nest? nest) @3; */
	cdrpc::result<swap_outputs> swap(const structs_outer &outer, const structs_dense &dense,
					 const structs_nest *nest) const
	{
		swap_outputs outputs = {};
		cdrpc_status status;

		status = ::structs_swap(client_, &outer, &dense, nest, &outputs.outer, &outputs.dense, &outputs.nest,
					outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<swap_outputs> swap_finish(cdrpc_pending *pending)
	{
		swap_outputs outputs = {};
		cdrpc_status status;

		status = ::structs_swap_finish(pending, &outputs.outer, &outputs.dense, &outputs.nest,
					       outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using swap_pending = cdrpc::pending<swap_outputs, &swap_finish>;
	cdrpc::result<swap_pending> swap_begin(const structs_outer &outer, const structs_dense &dense,
					       const structs_nest *nest) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::structs_swap_begin(client_, &outer, &dense, nest, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return swap_pending(pending);
	}

	struct maybe_outputs {
		const structs_outer *other;
		const structs_checked *checked;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* maybe(Outer? outer, Dense? dense, out Outer? other, out Checked? checked) @4; */
	cdrpc::result<maybe_outputs> maybe(const structs_outer *outer, const structs_dense *dense) const
	{
		maybe_outputs outputs = {};
		cdrpc_status status;

		status = ::structs_maybe(client_, outer, dense, &outputs.other, &outputs.checked, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<maybe_outputs> maybe_finish(cdrpc_pending *pending)
	{
		maybe_outputs outputs = {};
		cdrpc_status status;

		status = ::structs_maybe_finish(pending, &outputs.other, &outputs.checked, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using maybe_pending = cdrpc::pending<maybe_outputs, &maybe_finish>;
	cdrpc::result<maybe_pending> maybe_begin(const structs_outer *outer, const structs_dense *dense) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::structs_maybe_begin(client_, outer, dense, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_pending(pending);
	}

	struct arrays_outputs {
		std::array<structs_nest, 2> nest_out;
		cdrpc::span<const structs_dense> dense_out;
		cdrpc::span<const structs_nest> nests_out;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/*
	 * arrays(Outer[2] outer, Dense[2] dense, Checked[<=4] checked, Nest[<=4] nest, out Nest[2] nest_out,
	 *     out Dense[<=4] dense_out, out Nest[<=4] nests_out, Loose[2]? maybe_fixed, Loose[<=3]? maybe_list) @5;
	 */
	cdrpc::result<arrays_outputs> arrays(const structs_outer (&outer)[2], const structs_dense (&dense)[2],
					     cdrpc::span<const structs_checked> checked,
					     cdrpc::span<const structs_nest> nest, const structs_loose *maybe_fixed,
					     cdrpc::span<const structs_loose> maybe_list) const
	{
		arrays_outputs outputs = {};
		const structs_dense *ret_dense_out = nullptr;
		uint32_t ret_dense_out_count = 0;
		const structs_nest *ret_nests_out = nullptr;
		uint32_t ret_nests_out_count = 0;
		cdrpc_status status;

		status = ::structs_arrays(client_, outer, dense, checked.data(), cdrpc::count_of(checked.size()),
					  nest.data(), cdrpc::count_of(nest.size()), maybe_fixed, maybe_list.data(),
					  cdrpc::count_of(maybe_list.size()), outputs.nest_out.data(), &ret_dense_out,
					  &ret_dense_out_count, &ret_nests_out, &ret_nests_out_count,
					  outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.dense_out = cdrpc::span<const structs_dense>(ret_dense_out, ret_dense_out_count);
		outputs.nests_out = cdrpc::span<const structs_nest>(ret_nests_out, ret_nests_out_count);
		return outputs;
	}

	static cdrpc::result<arrays_outputs> arrays_finish(cdrpc_pending *pending)
	{
		arrays_outputs outputs = {};
		const structs_dense *ret_dense_out = nullptr;
		uint32_t ret_dense_out_count = 0;
		const structs_nest *ret_nests_out = nullptr;
		uint32_t ret_nests_out_count = 0;
		cdrpc_status status;

		status = ::structs_arrays_finish(pending, outputs.nest_out.data(), &ret_dense_out, &ret_dense_out_count,
						 &ret_nests_out, &ret_nests_out_count, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.dense_out = cdrpc::span<const structs_dense>(ret_dense_out, ret_dense_out_count);
		outputs.nests_out = cdrpc::span<const structs_nest>(ret_nests_out, ret_nests_out_count);
		return outputs;
	}
	using arrays_pending = cdrpc::pending<arrays_outputs, &arrays_finish>;
	cdrpc::result<arrays_pending> arrays_begin(const structs_outer (&outer)[2], const structs_dense (&dense)[2],
						   cdrpc::span<const structs_checked> checked,
						   cdrpc::span<const structs_nest> nest,
						   const structs_loose *maybe_fixed,
						   cdrpc::span<const structs_loose> maybe_list) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::structs_arrays_begin(client_, outer, dense, checked.data(),
							     cdrpc::count_of(checked.size()), nest.data(),
							     cdrpc::count_of(nest.size()), maybe_fixed,
							     maybe_list.data(), cdrpc::count_of(maybe_list.size()),
							     &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return arrays_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class structs_server {
public:
	virtual ~structs_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::structs_serve(server, cdrpc_table(), this);
	}

	/* put(Outer outer, Dense dense, Checked checked, Nest nest) @1; */
	virtual cdrpc_status put(cdrpc_call *call, const structs_outer &outer, const structs_dense &dense,
				 const structs_checked &checked, const structs_nest &nest)
	{
		(void)call;
		(void)outer;
		(void)dense;
		(void)checked;
		(void)nest;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* get(out Outer outer, out Dense dense, out Checked checked, out Nest nest) @2; */
	virtual cdrpc_status get(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status get_reply(cdrpc_call *call, const structs_outer &outer, const structs_dense &dense,
				      const structs_checked &checked, const structs_nest &nest)
	{
		return ::structs_get_reply(call, &outer, &dense, &checked, &nest);
	}

	/* swap(inout Outer outer, inout Dense dense, inout Nest? nest) @3; */
	virtual cdrpc_status swap(cdrpc_call *call, const structs_outer &outer, const structs_dense &dense,
				  const structs_nest *nest)
	{
		(void)call;
		(void)outer;
		(void)dense;
		(void)nest;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status swap_reply(cdrpc_call *call, const structs_outer &outer, const structs_dense &dense,
				       const structs_nest *nest)
	{
		return ::structs_swap_reply(call, &outer, &dense, nest);
	}

	/* maybe(Outer? outer, Dense? dense, out Outer? other, out Checked? checked) @4; */
	virtual cdrpc_status maybe(cdrpc_call *call, const structs_outer *outer, const structs_dense *dense)
	{
		(void)call;
		(void)outer;
		(void)dense;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status maybe_reply(cdrpc_call *call, const structs_outer *other, const structs_checked *checked)
	{
		return ::structs_maybe_reply(call, other, checked);
	}

	/*
	 * arrays(Outer[2] outer, Dense[2] dense, Checked[<=4] checked, Nest[<=4] nest, out Nest[2] nest_out,
	 *     out Dense[<=4] dense_out, out Nest[<=4] nests_out, Loose[2]? maybe_fixed, Loose[<=3]? maybe_list) @5;
	 */
	virtual cdrpc_status arrays(cdrpc_call *call, const structs_outer (&outer)[2], const structs_dense (&dense)[2],
				    cdrpc::span<const structs_checked> checked, cdrpc::span<const structs_nest> nest,
				    const structs_loose *maybe_fixed, cdrpc::span<const structs_loose> maybe_list)
	{
		(void)call;
		(void)outer;
		(void)dense;
		(void)checked;
		(void)nest;
		(void)maybe_fixed;
		(void)maybe_list;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status arrays_reply(cdrpc_call *call, const structs_nest (&nest_out)[2],
					 cdrpc::span<const structs_dense> dense_out,
					 cdrpc::span<const structs_nest> nests_out)
	{
		return ::structs_arrays_reply(call, nest_out, dense_out.data(), cdrpc::count_of(dense_out.size()),
					      nests_out.data(), cdrpc::count_of(nests_out.size()));
	}

private:
	static cdrpc_status
	on_put(cdrpc_call *call, void *self, const struct structs_outer *outer, const struct structs_dense *dense,
	       const struct structs_checked *checked, const struct structs_nest *nest) noexcept
	{
		return static_cast<structs_server *>(self)->put(call, *outer, *dense, *checked, *nest);
	}
	static cdrpc_status
	on_get(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<structs_server *>(self)->get(call);
	}
	static cdrpc_status
	on_swap(cdrpc_call *call, void *self, const struct structs_outer *outer, const struct structs_dense *dense,
		const struct structs_nest *nest) noexcept
	{
		return static_cast<structs_server *>(self)->swap(call, *outer, *dense, nest);
	}
	static cdrpc_status
	on_maybe(cdrpc_call *call, void *self, const struct structs_outer *outer,
		 const struct structs_dense *dense) noexcept
	{
		return static_cast<structs_server *>(self)->maybe(call, outer, dense);
	}
	static cdrpc_status
	on_arrays(cdrpc_call *call, void *self, const struct structs_outer outer[2],
		  const struct structs_dense dense[2], const struct structs_checked *checked, uint32_t checked_count,
		  const struct structs_nest *nest, uint32_t nest_count, const struct structs_loose *maybe_fixed,
		  const struct structs_loose *maybe_list, uint32_t maybe_list_count) noexcept
	{
		return static_cast<structs_server *>(self)->arrays(call,
								   *reinterpret_cast<const structs_outer (*)[2]>(outer),
								   *reinterpret_cast<const structs_dense (*)[2]>(dense),
								   cdrpc::span<const structs_checked>(checked,
												      checked_count),
								   cdrpc::span<const structs_nest>(nest, nest_count),
								   maybe_fixed,
								   cdrpc::span<const structs_loose>(maybe_list,
												    maybe_list_count));
	}
	static const struct structs_handlers *cdrpc_table() noexcept
	{
		static const struct structs_handlers table = {
			on_put,
			on_get,
			on_swap,
			on_maybe,
			on_arrays,
		};

		return &table;
	}
};

} // namespace test::structs

#endif
