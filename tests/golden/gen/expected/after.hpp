/*
 * C++ wrapper of module test.after, written by cdidl from after.cdidl. Changes belong there.
 *
 * What before.cdidl became: more of everything, and each can read the other.
 */
#ifndef CDIDL_TEST_AFTER_HPP
#define CDIDL_TEST_AFTER_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "after.h"

namespace test::after {

class after_client {
public:
	/* 'client' is borrowed. */
	explicit after_client(cdrpc_client *client) noexcept : client_(client) {}

	/* put(Item item, Shape shape, Kind kind, Item[<=4] items) @1; */
	cdrpc::result<void> put(const after_item &item, const after_shape &shape, after_kind_t kind,
				cdrpc::span<const after_item> items) const
	{
		cdrpc_status status;

		status = ::after_put(client_, &item, &shape, kind, items.data(), cdrpc::count_of(items.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> put_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::after_put_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using put_pending = cdrpc::pending<void, &put_finish>;
	cdrpc::result<put_pending> put_begin(const after_item &item, const after_shape &shape, after_kind_t kind,
					     cdrpc::span<const after_item> items) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::after_put_begin(client_, &item, &shape, kind, items.data(),
							cdrpc::count_of(items.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return put_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class after_server {
public:
	virtual ~after_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::after_serve(server, cdrpc_table(), this);
	}

	/* put(Item item, Shape shape, Kind kind, Item[<=4] items) @1; */
	virtual cdrpc_status put(cdrpc_call *call, const after_item &item, const after_shape &shape, after_kind_t kind,
				 cdrpc::span<const after_item> items)
	{
		(void)call;
		(void)item;
		(void)shape;
		(void)kind;
		(void)items;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

private:
	static cdrpc_status
	on_put(cdrpc_call *call, void *self, const struct after_item *item, const struct after_shape *shape,
	       after_kind_t kind, const struct after_item *items, uint32_t items_count) noexcept
	{
		return static_cast<after_server *>(self)->put(call, *item, *shape, kind,
							      cdrpc::span<const after_item>(items, items_count));
	}
	static const struct after_handlers *cdrpc_table() noexcept
	{
		static const struct after_handlers table = {
			on_put,
		};

		return &table;
	}
};

} // namespace test::after

#endif
