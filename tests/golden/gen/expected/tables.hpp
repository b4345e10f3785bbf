/* C++ wrapper of module test.tables, written by cdidl from tables.cdidl. Changes belong there. */
#ifndef CDIDL_4test_6tables_HPP
#define CDIDL_4test_6tables_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "tables.h"

#pragma pack(push, 8)
namespace test::tables {

class tables_client {
public:
	/* 'client' is borrowed: it stays where it is as long as this is used. */
	explicit tables_client(cdrpc_client *client) noexcept : cdrpc_client_(client) {}
	explicit tables_client(const cdrpc::client &client) noexcept : cdrpc_client_(client.get()) {}
	explicit tables_client(const cdrpc::client &&client) = delete;

	/* put(Everything a, Optional b, Lists c, Order d) @1; */
	cdrpc::result<void> put(const struct ::tables_everything &a, const struct ::tables_optional &b,
				const struct ::tables_lists &c, const struct ::tables_order &d) const
	{
		cdrpc_status status;

		status = ::tables_put(cdrpc_client_, &a, &b, &c, &d);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> put_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::tables_put_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using put_pending = cdrpc::pending<void, &put_finish>;
	cdrpc::result<put_pending> put_begin(const struct ::tables_everything &a, const struct ::tables_optional &b,
					     const struct ::tables_lists &c, const struct ::tables_order &d) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::tables_put_begin(cdrpc_client_, &a, &b, &c, &d, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return put_pending(pending);
	}

	struct get_outputs {
		struct ::tables_everything a;
		struct ::tables_optional b;
		struct ::tables_lists c;
		struct ::tables_order d;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* get(out Everything a, out Optional b, out Lists c, out Order d) @2; */
	cdrpc::result<get_outputs> get() const
	{
		get_outputs outputs = {};
		const struct ::tables_everything *ret_a = nullptr;
		const struct ::tables_optional *ret_b = nullptr;
		const struct ::tables_lists *ret_c = nullptr;
		const struct ::tables_order *ret_d = nullptr;
		cdrpc_status status;

		status = ::tables_get(cdrpc_client_, &ret_a, &ret_b, &ret_c, &ret_d, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.a = *ret_a;
		outputs.b = *ret_b;
		outputs.c = *ret_c;
		outputs.d = *ret_d;
		return outputs;
	}

	static cdrpc::result<get_outputs> get_finish(cdrpc_pending *pending)
	{
		get_outputs outputs = {};
		const struct ::tables_everything *ret_a = nullptr;
		const struct ::tables_optional *ret_b = nullptr;
		const struct ::tables_lists *ret_c = nullptr;
		const struct ::tables_order *ret_d = nullptr;
		cdrpc_status status;

		status = ::tables_get_finish(pending, &ret_a, &ret_b, &ret_c, &ret_d, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.a = *ret_a;
		outputs.b = *ret_b;
		outputs.c = *ret_c;
		outputs.d = *ret_d;
		return outputs;
	}
	using get_pending = cdrpc::pending<get_outputs, &get_finish>;
	cdrpc::result<get_pending> get_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::tables_get_begin(cdrpc_client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return get_pending(pending);
	}

	struct maybe_outputs {
		std::optional<struct ::tables_leaf> b;
		std::optional<struct ::tables_leaf> c;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* maybe(Leaf? a, out Leaf? b, inout Leaf? c) @3; */
	cdrpc::result<maybe_outputs> maybe(const std::optional<struct ::tables_leaf> &a,
					   const std::optional<struct ::tables_leaf> &c) const
	{
		maybe_outputs outputs = {};
		const struct ::tables_leaf *ret_b = nullptr;
		const struct ::tables_leaf *ret_c = nullptr;
		cdrpc_status status;

		status = ::tables_maybe(cdrpc_client_, cdrpc::to_c(a), cdrpc::to_c(c), &ret_b, &ret_c,
					outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.b = cdrpc::maybe(ret_b);
		outputs.c = cdrpc::maybe(ret_c);
		return outputs;
	}

	static cdrpc::result<maybe_outputs> maybe_finish(cdrpc_pending *pending)
	{
		maybe_outputs outputs = {};
		const struct ::tables_leaf *ret_b = nullptr;
		const struct ::tables_leaf *ret_c = nullptr;
		cdrpc_status status;

		status = ::tables_maybe_finish(pending, &ret_b, &ret_c, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.b = cdrpc::maybe(ret_b);
		outputs.c = cdrpc::maybe(ret_c);
		return outputs;
	}
	using maybe_pending = cdrpc::pending<maybe_outputs, &maybe_finish>;
	cdrpc::result<maybe_pending> maybe_begin(const std::optional<struct ::tables_leaf> &a,
						 const std::optional<struct ::tables_leaf> &c) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::tables_maybe_begin(cdrpc_client_, cdrpc::to_c(a), cdrpc::to_c(c), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_pending(pending);
	}

private:
	cdrpc_client *cdrpc_client_;
};

/* Override what is served. An exception that leaves a handler is caught: cdrpc/calls.hpp says what it is then. */
class tables_server {
public:
	tables_server() = default;
	tables_server(const tables_server &) = delete;
	tables_server &operator=(const tables_server &) = delete;
	virtual ~tables_server() = default;
	/* The object stays where it is until the server is freed. */
	[[nodiscard]] cdrpc_status cdrpc_serve(const cdrpc::server &server) { return cdrpc_serve(server.get()); }
	[[nodiscard]] cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::tables_serve(server, cdrpc_table(), this);
	}

	/* put(Everything a, Optional b, Lists c, Order d) @1; */
	virtual cdrpc_status put(cdrpc::call call, const struct ::tables_everything &a,
				 const struct ::tables_optional &b, const struct ::tables_lists &c,
				 const struct ::tables_order &d)
	{
		(void)call;
		(void)a;
		(void)b;
		(void)c;
		(void)d;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* get(out Everything a, out Optional b, out Lists c, out Order d) @2; */
	virtual cdrpc_status get(cdrpc::call call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	[[nodiscard]] static cdrpc_status get_reply(cdrpc::answerable call, const struct ::tables_everything &a,
						    const struct ::tables_optional &b, const struct ::tables_lists &c,
						    const struct ::tables_order &d)
	{
		if (!call.get())
			return CDRPC_E_STATE;
		return call.replied(::tables_get_reply(call.get(), &a, &b, &c, &d));
	}

	/* maybe(Leaf? a, out Leaf? b, inout Leaf? c) @3; */
	virtual cdrpc_status maybe(cdrpc::call call, std::optional<struct ::tables_leaf> a,
				   std::optional<struct ::tables_leaf> c)
	{
		(void)call;
		(void)a;
		(void)c;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	[[nodiscard]] static cdrpc_status maybe_reply(cdrpc::answerable call,
						      const std::optional<struct ::tables_leaf> &b,
						      const std::optional<struct ::tables_leaf> &c)
	{
		if (!call.get())
			return CDRPC_E_STATE;
		return call.replied(::tables_maybe_reply(call.get(), cdrpc::to_c(b), cdrpc::to_c(c)));
	}

private:
	static cdrpc_status
	cdrpc_on_put(cdrpc_call *call, void *self, const struct ::tables_everything *a,
		     const struct ::tables_optional *b, const struct ::tables_lists *c,
		     const struct ::tables_order *d) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<tables_server *>(self)->put(cdrpc::call(call), *a, *b, *c, *d);
		});
	}
	static cdrpc_status
	cdrpc_on_get(cdrpc_call *call, void *self) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<tables_server *>(self)->get(cdrpc::call(call));
		});
	}
	static cdrpc_status
	cdrpc_on_maybe(cdrpc_call *call, void *self, const struct ::tables_leaf *a,
		       const struct ::tables_leaf *c) noexcept
	{
		return cdrpc::guard(call, [&] {
			return static_cast<tables_server *>(self)->maybe(cdrpc::call(call), cdrpc::maybe(a),
									 cdrpc::maybe(c));
		});
	}
	static const struct ::tables_handlers *cdrpc_table() noexcept
	{
		static const struct ::tables_handlers table = {
			cdrpc_on_put,
			cdrpc_on_get,
			cdrpc_on_maybe,
		};

		return &table;
	}
};

using mode = ::tables_mode_t;
using plain = struct ::tables_plain;
using loose = struct ::tables_loose;
using any = struct ::tables_any;
using leaf = struct ::tables_leaf;
using everything = struct ::tables_everything;
using optional = struct ::tables_optional;
using lists = struct ::tables_lists;
using order = struct ::tables_order;
using choice = struct ::tables_choice;

} // namespace test::tables
#pragma pack(pop)

#endif
