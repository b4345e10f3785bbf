/* C++ wrapper of module test.names, written by cdidl from names.cdidl. Changes belong there. */
#ifndef CDIDL_TEST_NAMES_HPP
#define CDIDL_TEST_NAMES_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "names.h"

namespace test::names {

/* Its parameters are the generator's own names. */
class nm_client {
public:
	/* 'client' is borrowed. */
	explicit nm_client(cdrpc_client *client) noexcept : client_(client) {}

	struct own_outputs {
		cdrpc::span<const char *const> outs;
		cdrpc::reply reply_; /* what is above lives in it */
	};
	/*
	 * own(u32 client, u32 call, u32 self, u32 reply, u32 pending, u32 ret_pending, u32 w, u32 r, u32 i, u32 n,
	 *     u32 status, u32 to, u32 handlers, u32 events, u32 server, u32 w_, string[<=4][<=4] texts,
	 *     out string[<=4][<=4] outs) @1;
	 */
	cdrpc::result<own_outputs> own(uint32_t client, uint32_t call, uint32_t self, uint32_t reply, uint32_t pending,
				       uint32_t ret_pending, uint32_t w, uint32_t r, uint32_t i, uint32_t n,
				       uint32_t status, uint32_t to, uint32_t handlers, uint32_t events,
				       uint32_t server, uint32_t w_, cdrpc::span<const char *const> texts) const
	{
		own_outputs outputs = {};
		const char *const *ret_outs = nullptr;
		uint32_t ret_outs_count = 0;
		cdrpc_status status_;

		status_ = ::nm_own(client_, client, call, self, reply, pending, ret_pending, w, r, i, n, status, to,
				   handlers, events, server, w_, texts.data(), cdrpc::count_of(texts.size()), &ret_outs,
				   &ret_outs_count, outputs.reply_.get());
		if (status_ != CDRPC_OK)
			return cdrpc::failure{status_};
		outputs.outs = cdrpc::span<const char *const>(ret_outs, ret_outs_count);
		return outputs;
	}

	static cdrpc::result<own_outputs> own_finish(cdrpc_pending *pending_)
	{
		own_outputs outputs = {};
		const char *const *ret_outs = nullptr;
		uint32_t ret_outs_count = 0;
		cdrpc_status status_;

		status_ = ::nm_own_finish(pending_, &ret_outs, &ret_outs_count, outputs.reply_.get());
		if (status_ != CDRPC_OK)
			return cdrpc::failure{status_};
		outputs.outs = cdrpc::span<const char *const>(ret_outs, ret_outs_count);
		return outputs;
	}
	using own_pending = cdrpc::pending<own_outputs, &own_finish>;
	cdrpc::result<own_pending> own_begin(uint32_t client, uint32_t call, uint32_t self, uint32_t reply,
					     uint32_t pending, uint32_t ret_pending, uint32_t w, uint32_t r, uint32_t i,
					     uint32_t n, uint32_t status, uint32_t to, uint32_t handlers,
					     uint32_t events, uint32_t server, uint32_t w_,
					     cdrpc::span<const char *const> texts) const
	{
		cdrpc_pending *pending_ = nullptr;
		cdrpc_status status_ = ::nm_own_begin(client_, client, call, self, reply, pending, ret_pending, w, r, i,
						      n, status, to, handlers, events, server, w_, texts.data(),
						      cdrpc::count_of(texts.size()), &pending_);

		if (status_ != CDRPC_OK)
			return cdrpc::failure{status_};
		return own_pending(pending_);
	}

	struct export__outputs {
		uint32_t memcpy_;
		uint32_t nm_export_;
	};
	/* export(u32 int, u32 new, u32 stdin, out u32 memcpy, out u32 nm_export) @2; */
	cdrpc::result<export__outputs> export_(uint32_t int_, uint32_t new_, uint32_t stdin_) const
	{
		export__outputs outputs = {};
		cdrpc_status status;

		status = ::nm_export(client_, int_, new_, stdin_, &outputs.memcpy_, &outputs.nm_export_);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<export__outputs> export__finish(cdrpc_pending *pending)
	{
		export__outputs outputs = {};
		cdrpc_status status;

		status = ::nm_export_finish(pending, &outputs.memcpy_, &outputs.nm_export_);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using export__pending = cdrpc::pending<export__outputs, &export__finish>;
	cdrpc::result<export__pending> export__begin(uint32_t int_, uint32_t new_, uint32_t stdin_) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::nm_export_begin(client_, int_, new_, stdin_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return export__pending(pending);
	}

	/* HTTPGet(u32 URL) @3; */
	cdrpc::result<void> other_name(uint32_t url) const
	{
		cdrpc_status status;

		status = ::nm_other_name(client_, url);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> other_name_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::nm_other_name_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using other_name_pending = cdrpc::pending<void, &other_name_finish>;
	cdrpc::result<other_name_pending> other_name_begin(uint32_t url) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::nm_other_name_begin(client_, url, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return other_name_pending(pending);
	}

	/* register(u32 x) @4; */
	cdrpc::result<void> unprefixed(uint32_t x) const
	{
		cdrpc_status status;

		status = ::unprefixed(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> unprefixed_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::unprefixed_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using unprefixed_pending = cdrpc::pending<void, &unprefixed_finish>;
	cdrpc::result<unprefixed_pending> unprefixed_begin(uint32_t x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::unprefixed_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return unprefixed_pending(pending);
	}

	/* interface2() @7; */
	cdrpc::result<void> interface2() const
	{
		cdrpc_status status;

		status = ::nm_interface2(client_);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> interface2_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::nm_interface2_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using interface2_pending = cdrpc::pending<void, &interface2_finish>;
	cdrpc::result<interface2_pending> interface2_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::nm_interface2_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return interface2_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is listened to; an exception that leaves a listener ends the program. */
class nm_listener {
public:
	virtual ~nm_listener() = default;
	/* The object stays where it is until another, or NULL, takes its place, or the client is freed. */
	cdrpc_status cdrpc_listen(cdrpc_client *client)
	{
		return ::nm_listen(client, cdrpc_table(), this);
	}

	/* event default(u32 self, u32 events, u32 to, u32 r) @5; */
	virtual void default_(uint32_t self, uint32_t events, uint32_t to, uint32_t r)
	{
		(void)self;
		(void)events;
		(void)to;
		(void)r;
	}

	/* event case(u32 server, u32 w) @6; */
	virtual void nm_tell(uint32_t server, uint32_t w)
	{
		(void)server;
		(void)w;
	}

private:
	static void
	on_default_(void *self_, uint32_t self, uint32_t events, uint32_t to, uint32_t r) noexcept
	{
		static_cast<nm_listener *>(self_)->default_(self, events, to, r);
	}
	static void
	on_nm_tell(void *self, uint32_t server, uint32_t w) noexcept
	{
		static_cast<nm_listener *>(self)->nm_tell(server, w);
	}
	static const struct nm_events *cdrpc_table() noexcept
	{
		static const struct nm_events table = {
			on_default_,
			on_nm_tell,
		};

		return &table;
	}
};

/* Override what is served; an exception that leaves a handler ends the program. */
class nm_server {
public:
	virtual ~nm_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::nm_serve(server, cdrpc_table(), this);
	}

	/*
	 * own(u32 client, u32 call, u32 self, u32 reply, u32 pending, u32 ret_pending, u32 w, u32 r, u32 i, u32 n,
	 *     u32 status, u32 to, u32 handlers, u32 events, u32 server, u32 w_, string[<=4][<=4] texts,
	 *     out string[<=4][<=4] outs) @1;
	 */
	virtual cdrpc_status own(cdrpc_call *call_, uint32_t client, uint32_t call, uint32_t self, uint32_t reply,
				 uint32_t pending, uint32_t ret_pending, uint32_t w, uint32_t r, uint32_t i, uint32_t n,
				 uint32_t status, uint32_t to, uint32_t handlers, uint32_t events, uint32_t server,
				 uint32_t w_, cdrpc::span<const char *const> texts)
	{
		(void)call_;
		(void)client;
		(void)call;
		(void)self;
		(void)reply;
		(void)pending;
		(void)ret_pending;
		(void)w;
		(void)r;
		(void)i;
		(void)n;
		(void)status;
		(void)to;
		(void)handlers;
		(void)events;
		(void)server;
		(void)w_;
		(void)texts;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status own_reply(cdrpc_call *call_, cdrpc::span<const char *const> outs)
	{
		return ::nm_own_reply(call_, outs.data(), cdrpc::count_of(outs.size()));
	}

	/* export(u32 int, u32 new, u32 stdin, out u32 memcpy, out u32 nm_export) @2; */
	virtual cdrpc_status export_(cdrpc_call *call, uint32_t int_, uint32_t new_, uint32_t stdin_)
	{
		(void)call;
		(void)int_;
		(void)new_;
		(void)stdin_;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status export__reply(cdrpc_call *call, uint32_t memcpy_, uint32_t nm_export_)
	{
		return ::nm_export_reply(call, memcpy_, nm_export_);
	}

	/* HTTPGet(u32 URL) @3; */
	virtual cdrpc_status other_name(cdrpc_call *call, uint32_t url)
	{
		(void)call;
		(void)url;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* register(u32 x) @4; */
	virtual cdrpc_status unprefixed(cdrpc_call *call, uint32_t x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* interface2() @7; */
	virtual cdrpc_status interface2(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* event default(u32 self, u32 events, u32 to, u32 r) @5; */
	static cdrpc_status emit_default_(cdrpc_server *server, cdrpc_peer *to_, uint32_t self, uint32_t events,
					  uint32_t to, uint32_t r)
	{
		return ::nm_emit_default(server, to_, self, events, to, r);
	}

	/* event case(u32 server, u32 w) @6; */
	static cdrpc_status emit_nm_tell(cdrpc_server *server_, cdrpc_peer *to, uint32_t server, uint32_t w)
	{
		return ::nm_tell(server_, to, server, w);
	}

private:
	static cdrpc_status
	on_own(cdrpc_call *call_, void *self_, uint32_t client, uint32_t call, uint32_t self, uint32_t reply,
	       uint32_t pending, uint32_t ret_pending, uint32_t w, uint32_t r, uint32_t i, uint32_t n, uint32_t status,
	       uint32_t to, uint32_t handlers, uint32_t events, uint32_t server, uint32_t w_, const char *const *texts,
	       uint32_t texts_count) noexcept
	{
		return static_cast<nm_server *>(self_)->own(call_, client, call, self, reply, pending, ret_pending, w,
							    r, i, n, status, to, handlers, events, server, w_,
							    cdrpc::span<const char *const>(texts, texts_count));
	}
	static cdrpc_status
	on_export_(cdrpc_call *call, void *self, uint32_t int_, uint32_t new_, uint32_t stdin_) noexcept
	{
		return static_cast<nm_server *>(self)->export_(call, int_, new_, stdin_);
	}
	static cdrpc_status
	on_other_name(cdrpc_call *call, void *self, uint32_t url) noexcept
	{
		return static_cast<nm_server *>(self)->other_name(call, url);
	}
	static cdrpc_status
	on_unprefixed(cdrpc_call *call, void *self, uint32_t x) noexcept
	{
		return static_cast<nm_server *>(self)->unprefixed(call, x);
	}
	static cdrpc_status
	on_interface2(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<nm_server *>(self)->interface2(call);
	}
	static const struct nm_handlers *cdrpc_table() noexcept
	{
		static const struct nm_handlers table = {
			on_own,
			on_export_,
			on_other_name,
			on_unprefixed,
			on_interface2,
		};

		return &table;
	}
};

class nm_second_client {
public:
	/* 'client' is borrowed. */
	explicit nm_second_client(cdrpc_client *client) noexcept : client_(client) {}

	/* own() @1; */
	cdrpc::result<void> own() const
	{
		cdrpc_status status;

		status = ::nm_second_own(client_);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> own_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::nm_second_own_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using own_pending = cdrpc::pending<void, &own_finish>;
	cdrpc::result<own_pending> own_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::nm_second_own_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return own_pending(pending);
	}

	struct cdrpc__outputs {
		uint32_t std;
	};
	/* cdrpc(u32 cdrpc, out u32 std) @2; */
	cdrpc::result<cdrpc__outputs> cdrpc_(uint32_t cdrpc_) const
	{
		cdrpc__outputs outputs = {};
		cdrpc_status status;

		status = ::nm_second_cdrpc(client_, cdrpc_, &outputs.std);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<cdrpc__outputs> cdrpc__finish(cdrpc_pending *pending)
	{
		cdrpc__outputs outputs = {};
		cdrpc_status status;

		status = ::nm_second_cdrpc_finish(pending, &outputs.std);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using cdrpc__pending = cdrpc::pending<cdrpc__outputs, &cdrpc__finish>;
	cdrpc::result<cdrpc__pending> cdrpc__begin(uint32_t cdrpc_) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::nm_second_cdrpc_begin(client_, cdrpc_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return cdrpc__pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class nm_second_server {
public:
	virtual ~nm_second_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::nm_second_serve(server, cdrpc_table(), this);
	}

	/* own() @1; */
	virtual cdrpc_status own(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* cdrpc(u32 cdrpc, out u32 std) @2; */
	virtual cdrpc_status cdrpc_(cdrpc_call *call, uint32_t cdrpc_)
	{
		(void)call;
		(void)cdrpc_;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status cdrpc__reply(cdrpc_call *call, uint32_t std)
	{
		return ::nm_second_cdrpc_reply(call, std);
	}

private:
	static cdrpc_status
	on_own(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<nm_second_server *>(self)->own(call);
	}
	static cdrpc_status
	on_cdrpc_(cdrpc_call *call, void *self, uint32_t cdrpc_) noexcept
	{
		return static_cast<nm_second_server *>(self)->cdrpc_(call, cdrpc_);
	}
	static const struct nm_second_handlers *cdrpc_table() noexcept
	{
		static const struct nm_second_handlers table = {
			on_own,
			on_cdrpc_,
		};

		return &table;
	}
};

} // namespace test::names

#endif
