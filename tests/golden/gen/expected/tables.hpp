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
	/* 'client' is borrowed. */
	explicit tables_client(cdrpc_client *client) noexcept : cdrpc_client_(client) {}

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
		const struct ::tables_everything *a;
		const struct ::tables_optional *b;
		const struct ::tables_lists *c;
		const struct ::tables_order *d;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* get(out Everything a, out Optional b, out Lists c, out Order d) @2; */
	cdrpc::result<get_outputs> get() const
	{
		get_outputs outputs = {};
		cdrpc_status status;

		status = ::tables_get(cdrpc_client_, &outputs.a, &outputs.b, &outputs.c, &outputs.d,
				      outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<get_outputs> get_finish(cdrpc_pending *pending)
	{
		get_outputs outputs = {};
		cdrpc_status status;

		status = ::tables_get_finish(pending, &outputs.a, &outputs.b, &outputs.c, &outputs.d,
					     outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
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
		const struct ::tables_leaf *b;
		const struct ::tables_leaf *c;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* maybe(Leaf? a, out Leaf? b, inout Leaf? c) @3; */
	cdrpc::result<maybe_outputs> maybe(const struct ::tables_leaf *a, const struct ::tables_leaf *c) const
	{
		maybe_outputs outputs = {};
		cdrpc_status status;

		status = ::tables_maybe(cdrpc_client_, a, c, &outputs.b, &outputs.c, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<maybe_outputs> maybe_finish(cdrpc_pending *pending)
	{
		maybe_outputs outputs = {};
		cdrpc_status status;

		status = ::tables_maybe_finish(pending, &outputs.b, &outputs.c, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using maybe_pending = cdrpc::pending<maybe_outputs, &maybe_finish>;
	cdrpc::result<maybe_pending> maybe_begin(const struct ::tables_leaf *a, const struct ::tables_leaf *c) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::tables_maybe_begin(cdrpc_client_, a, c, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_pending(pending);
	}

private:
	cdrpc_client *cdrpc_client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class tables_server {
public:
	virtual ~tables_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::tables_serve(server, cdrpc_table(), this);
	}

	/* put(Everything a, Optional b, Lists c, Order d) @1; */
	virtual cdrpc_status put(cdrpc_call *call, const struct ::tables_everything &a,
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
	virtual cdrpc_status get(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status get_reply(cdrpc_call *call, const struct ::tables_everything &a,
				      const struct ::tables_optional &b, const struct ::tables_lists &c,
				      const struct ::tables_order &d)
	{
		return ::tables_get_reply(call, &a, &b, &c, &d);
	}

	/* maybe(Leaf? a, out Leaf? b, inout Leaf? c) @3; */
	virtual cdrpc_status maybe(cdrpc_call *call, const struct ::tables_leaf *a, const struct ::tables_leaf *c)
	{
		(void)call;
		(void)a;
		(void)c;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status maybe_reply(cdrpc_call *call, const struct ::tables_leaf *b, const struct ::tables_leaf *c)
	{
		return ::tables_maybe_reply(call, b, c);
	}

private:
	static cdrpc_status
	cdrpc_on_put(cdrpc_call *call, void *self, const struct ::tables_everything *a,
		     const struct ::tables_optional *b, const struct ::tables_lists *c,
		     const struct ::tables_order *d) noexcept
	{
		return static_cast<tables_server *>(self)->put(call, *a, *b, *c, *d);
	}
	static cdrpc_status
	cdrpc_on_get(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<tables_server *>(self)->get(call);
	}
	static cdrpc_status
	cdrpc_on_maybe(cdrpc_call *call, void *self, const struct ::tables_leaf *a,
		       const struct ::tables_leaf *c) noexcept
	{
		return static_cast<tables_server *>(self)->maybe(call, a, c);
	}
	static const struct tables_handlers *cdrpc_table() noexcept
	{
		static const struct tables_handlers table = {
			cdrpc_on_put,
			cdrpc_on_get,
			cdrpc_on_maybe,
		};

		return &table;
	}
};

} // namespace test::tables
#pragma pack(pop)

#endif
