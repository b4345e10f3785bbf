/*
 * C++ wrapper of module test.docs, written by cdidl from docs.cdidl. Changes belong there.
 *
 * A module with * / and / * and ? ?/ in its doc comment.
 *
 * Second paragraph: äöü, "quotes", back\slash, %d, $dollar$.
 * Deprecated since version 9.
 */
#ifndef CDIDL_TEST_DOCS_HPP
#define CDIDL_TEST_DOCS_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "docs.h"

namespace test::docs {

/*
 * An interface.
 *
 * With two paragraphs.
 * Deprecated since version 4: use Docs2.
 */
class docs_client {
public:
	/* 'client' is borrowed. */
	explicit docs_client(cdrpc_client *client) noexcept : client_(client) {}

	/*
	 * Does a thing.
	 * @param thing what to do
	 * @param count how often,
	 *     on two lines
	 * Since version 2.
	 *
	 * do_it(Thing thing, u32 count) fails Failure @1;
	 */
	cdrpc::result<void> do_it(const docs_thing &thing, uint32_t count) const
	{
		cdrpc_status status;

		status = ::docs_do_it(client_, &thing, count);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> do_it_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::docs_do_it_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using do_it_pending = cdrpc::pending<void, &do_it_finish>;
	cdrpc::result<do_it_pending> do_it_begin(const docs_thing &thing, uint32_t count) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::docs_do_it_begin(client_, &thing, count, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return do_it_pending(pending);
	}

	/*
	 * undocumented_with_a_long_list_of_parameters(u32 the_first_parameter, u32 the_second_parameter,
	 *     u32 the_third_parameter, string[<=MANY][<=MANY] the_fourth_parameter) @2;
	 */
	cdrpc::result<void> undocumented_with_a_long_list_of_parameters(uint32_t the_first_parameter,
									uint32_t the_second_parameter,
									uint32_t the_third_parameter,
									cdrpc::span<const char *const> the_fourth_parameter) const
	{
		cdrpc_status status;

		status = ::docs_undocumented_with_a_long_list_of_parameters(client_, the_first_parameter,
									    the_second_parameter, the_third_parameter,
									    the_fourth_parameter.data(),
									    cdrpc::count_of(the_fourth_parameter.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> undocumented_with_a_long_list_of_parameters_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::docs_undocumented_with_a_long_list_of_parameters_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using undocumented_with_a_long_list_of_parameters_pending = cdrpc::pending<void, &undocumented_with_a_long_list_of_parameters_finish>;
	cdrpc::result<undocumented_with_a_long_list_of_parameters_pending> undocumented_with_a_long_list_of_parameters_begin(uint32_t the_first_parameter, uint32_t the_second_parameter, uint32_t the_third_parameter, cdrpc::span<const char *const> the_fourth_parameter) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::docs_undocumented_with_a_long_list_of_parameters_begin(client_,
											       the_first_parameter,
											       the_second_parameter,
											       the_third_parameter,
											       the_fourth_parameter.data(), cdrpc::count_of(the_fourth_parameter.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return undocumented_with_a_long_list_of_parameters_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is listened to; an exception that leaves a listener ends the program. */
class docs_listener {
public:
	virtual ~docs_listener() = default;
	/* The object stays where it is until another, or NULL, takes its place, or the client is freed. */
	cdrpc_status cdrpc_listen(cdrpc_client *client)
	{
		return ::docs_listen(client, cdrpc_table(), this);
	}

	/*
	 * Something happened.
	 *
	 * event happened(Choice choice) @3;
	 */
	virtual void happened(const docs_choice &choice)
	{
		(void)choice;
	}

private:
	static void
	on_happened(void *self, const struct docs_choice *choice) noexcept
	{
		static_cast<docs_listener *>(self)->happened(*choice);
	}
	static const struct docs_events *cdrpc_table() noexcept
	{
		static const struct docs_events table = {
			on_happened,
		};

		return &table;
	}
};

/* Override what is served; an exception that leaves a handler ends the program. */
class docs_server {
public:
	virtual ~docs_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::docs_serve(server, cdrpc_table(), this);
	}

	/*
	 * Does a thing.
	 * @param thing what to do
	 * @param count how often,
	 *     on two lines
	 * Since version 2.
	 *
	 * do_it(Thing thing, u32 count) fails Failure @1;
	 */
	virtual cdrpc_status do_it(cdrpc_call *call, const docs_thing &thing, uint32_t count)
	{
		(void)call;
		(void)thing;
		(void)count;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/*
	 * undocumented_with_a_long_list_of_parameters(u32 the_first_parameter, u32 the_second_parameter,
	 *     u32 the_third_parameter, string[<=MANY][<=MANY] the_fourth_parameter) @2;
	 */
	virtual cdrpc_status undocumented_with_a_long_list_of_parameters(cdrpc_call *call, uint32_t the_first_parameter,
									 uint32_t the_second_parameter,
									 uint32_t the_third_parameter,
									 cdrpc::span<const char *const> the_fourth_parameter)
	{
		(void)call;
		(void)the_first_parameter;
		(void)the_second_parameter;
		(void)the_third_parameter;
		(void)the_fourth_parameter;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* event happened(Choice choice) @3; */
	static cdrpc_status emit_happened(cdrpc_server *server, cdrpc_peer *to, const docs_choice &choice)
	{
		return ::docs_emit_happened(server, to, &choice);
	}

private:
	static cdrpc_status
	on_do_it(cdrpc_call *call, void *self, const struct docs_thing *thing, uint32_t count) noexcept
	{
		return static_cast<docs_server *>(self)->do_it(call, *thing, count);
	}
	static cdrpc_status
	on_undocumented_with_a_long_list_of_parameters(cdrpc_call *call, void *self, uint32_t the_first_parameter,
						       uint32_t the_second_parameter, uint32_t the_third_parameter,
						       const char *const *the_fourth_parameter,
						       uint32_t the_fourth_parameter_count) noexcept
	{
		return static_cast<docs_server *>(self)->undocumented_with_a_long_list_of_parameters(call,
												     the_first_parameter, the_second_parameter, the_third_parameter, cdrpc::span<const char *const>(the_fourth_parameter, the_fourth_parameter_count));
	}
	static const struct docs_handlers *cdrpc_table() noexcept
	{
		static const struct docs_handlers table = {
			on_do_it,
			on_undocumented_with_a_long_list_of_parameters,
		};

		return &table;
	}
};

} // namespace test::docs

#endif
