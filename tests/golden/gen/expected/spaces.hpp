/* C++ wrapper of module std.cdrpc_status.spaces, written by cdidl from spaces.cdidl. Changes belong there. */
#ifndef CDIDL_STD_CDRPC_STATUS_SPACES_HPP
#define CDIDL_STD_CDRPC_STATUS_SPACES_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "spaces.h"

namespace std_::cdrpc_status_::spaces_ {

class spaces_i_client {
public:
	/* 'client' is borrowed. */
	explicit spaces_i_client(cdrpc_client *client) noexcept : client_(client) {}

	struct f_outputs {
		spaces t;
	};
	/* f(Spaces s, contoso.common.Size size, out Spaces t) @1; */
	cdrpc::result<f_outputs> f(const spaces &s, const common_size &size) const
	{
		f_outputs outputs = {};
		cdrpc_status status;

		status = ::spaces_i_f(client_, &s, &size, &outputs.t);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<f_outputs> f_finish(cdrpc_pending *pending)
	{
		f_outputs outputs = {};
		cdrpc_status status;

		status = ::spaces_i_f_finish(pending, &outputs.t);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using f_pending = cdrpc::pending<f_outputs, &f_finish>;
	cdrpc::result<f_pending> f_begin(const spaces &s, const common_size &size) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::spaces_i_f_begin(client_, &s, &size, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return f_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class spaces_i_server {
public:
	virtual ~spaces_i_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::spaces_i_serve(server, cdrpc_table(), this);
	}

	/* f(Spaces s, contoso.common.Size size, out Spaces t) @1; */
	virtual cdrpc_status f(cdrpc_call *call, const spaces &s, const common_size &size)
	{
		(void)call;
		(void)s;
		(void)size;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status f_reply(cdrpc_call *call, const spaces &t)
	{
		return ::spaces_i_f_reply(call, &t);
	}

private:
	static cdrpc_status
	on_f(cdrpc_call *call, void *self, const struct spaces *s, const struct common_size *size) noexcept
	{
		return static_cast<spaces_i_server *>(self)->f(call, *s, *size);
	}
	static const struct spaces_i_handlers *cdrpc_table() noexcept
	{
		static const struct spaces_i_handlers table = {
			on_f,
		};

		return &table;
	}
};

} // namespace std_::cdrpc_status_::spaces_

#endif
