/*
 * cdrpc/single_instance.hpp: <cdrpc/single_instance.h> for C++17.
 *
 *	auto instance = cdrpc::single_instance(
 *		"contoso.editor", [&](cdrpc_client *client) { return editor_client(client).open(files).status(); },
 *		[&]() -> cdrpc::result<cdrpc::server> { ... the window, cdrpc::server::create(), handlers.cdrpc_serve() ... });
 *	if (!instance)
 *		return instance.status();
 *	if (*instance)
 *		... this is the instance: open the files, run the message loop ...
 */
#ifndef CDRPC_SINGLE_INSTANCE_HPP
#define CDRPC_SINGLE_INSTANCE_HPP

#include <optional>
#include <type_traits>

#include <cdrpc/cdrpc.hpp>
#include <cdrpc/single_instance.h>

#pragma pack(push, 8)
namespace cdrpc {

/*
 * As cdrpc_single_instance(). hand_over(cdrpc_client *) returns a status, and does not own the client; become() returns a
 * result<server>, of one that has its interfaces and is not started. The server that is returned is started; nullopt: it was handed
 * over. An exception that leaves one of the two is CDRPC_E_HANDLER and a line of the log: while the thread has no client or server,
 * as become()'s may have none, of the log that there is without options.env.
 */
template <class HandOver, class Become>
result<std::optional<server>>
single_instance(const char *name, HandOver &&hand_over, Become &&become, const cdrpc_client_options *options = nullptr) noexcept
{
	struct start {
		std::remove_reference_t<HandOver> *hand_over;
		std::remove_reference_t<Become> *become;
	} own = {&hand_over, &become};
	cdrpc_server *raw = nullptr;

	cdrpc_status status = cdrpc_single_instance(
		name, options,
		[](void *self, cdrpc_client *client) {
			cdrpc_status done = CDRPC_E_HANDLER;

			guard("cdrpc::single_instance: hand_over", [&] { done = (*static_cast<start *>(self)->hand_over)(client); });
			return done;
		},
		[](void *self, cdrpc_server **ret_server) {
			cdrpc_status done = CDRPC_E_HANDLER;

			guard("cdrpc::single_instance: become", [&] {
				result<server> made = (*static_cast<start *>(self)->become)();

				done = made.status();
				if (made)
					*ret_server = made->release();
			});
			return done;
		},
		&own, &raw);
	if (status != CDRPC_OK)
		return failure{status};
	return raw ? std::optional<server>(server(raw)) : std::nullopt;
}

} // namespace cdrpc
#pragma pack(pop)

#endif
