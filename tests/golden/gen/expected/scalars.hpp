/* C++ wrapper of module test.scalars, written by cdidl from scalars.cdidl. Changes belong there. */
#ifndef CDIDL_TEST_SCALARS_HPP
#define CDIDL_TEST_SCALARS_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "scalars.h"

namespace test::scalars {

class scalars_client {
public:
	/* 'client' is borrowed. */
	explicit scalars_client(cdrpc_client *client) noexcept : client_(client) {}

	/* all_in(bool a, i8 b, u8 c, i16 d, u16 e, i32 f, u32 g, i64 h, u64 i, f32 j, f64 k) @1; */
	cdrpc::result<void> all_in(bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f, uint32_t g, int64_t h,
				   uint64_t i, float j, double k) const
	{
		cdrpc_status status;

		status = ::scalars_all_in(client_, a, b, c, d, e, f, g, h, i, j, k);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> all_in_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::scalars_all_in_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using all_in_pending = cdrpc::pending<void, &all_in_finish>;
	cdrpc::result<all_in_pending> all_in_begin(bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
						   uint32_t g, int64_t h, uint64_t i, float j, double k) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::scalars_all_in_begin(client_, a, b, c, d, e, f, g, h, i, j, k, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return all_in_pending(pending);
	}

	struct all_out_outputs {
		bool a;
		int8_t b;
		uint8_t c;
		int16_t d;
		uint16_t e;
		int32_t f;
		uint32_t g;
		int64_t h;
		uint64_t i;
		float j;
		double k;
	};
	/*
	 * all_out(out bool a, out i8 b, out u8 c, out i16 d, out u16 e, out i32 f, out u32 g, out i64 h, out u64 i,
	 *     out f32 j, out f64 k) @2;
	 */
	cdrpc::result<all_out_outputs> all_out() const
	{
		all_out_outputs outputs = {};
		cdrpc_status status;

		status = ::scalars_all_out(client_, &outputs.a, &outputs.b, &outputs.c, &outputs.d, &outputs.e,
					   &outputs.f, &outputs.g, &outputs.h, &outputs.i, &outputs.j, &outputs.k);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<all_out_outputs> all_out_finish(cdrpc_pending *pending)
	{
		all_out_outputs outputs = {};
		cdrpc_status status;

		status = ::scalars_all_out_finish(pending, &outputs.a, &outputs.b, &outputs.c, &outputs.d, &outputs.e,
						  &outputs.f, &outputs.g, &outputs.h, &outputs.i, &outputs.j,
						  &outputs.k);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using all_out_pending = cdrpc::pending<all_out_outputs, &all_out_finish>;
	cdrpc::result<all_out_pending> all_out_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::scalars_all_out_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return all_out_pending(pending);
	}

	struct all_inout_outputs {
		bool a;
		int8_t b;
		uint8_t c;
		int16_t d;
		uint16_t e;
		int32_t f;
		uint32_t g;
		int64_t h;
		uint64_t i;
		float j;
		double k;
	};
	/*
	 * all_inout(inout bool a, inout i8 b, inout u8 c, inout i16 d, inout u16 e, inout i32 f, inout u32 g,
	 *     inout i64 h, inout u64 i, inout f32 j, inout f64 k) @3;
	 */
	cdrpc::result<all_inout_outputs> all_inout(bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
						   uint32_t g, int64_t h, uint64_t i, float j, double k) const
	{
		all_inout_outputs outputs = {};
		cdrpc_status status;

		status = ::scalars_all_inout(client_, a, b, c, d, e, f, g, h, i, j, k, &outputs.a, &outputs.b,
					     &outputs.c, &outputs.d, &outputs.e, &outputs.f, &outputs.g, &outputs.h,
					     &outputs.i, &outputs.j, &outputs.k);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<all_inout_outputs> all_inout_finish(cdrpc_pending *pending)
	{
		all_inout_outputs outputs = {};
		cdrpc_status status;

		status = ::scalars_all_inout_finish(pending, &outputs.a, &outputs.b, &outputs.c, &outputs.d, &outputs.e,
						    &outputs.f, &outputs.g, &outputs.h, &outputs.i, &outputs.j,
						    &outputs.k);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using all_inout_pending = cdrpc::pending<all_inout_outputs, &all_inout_finish>;
	cdrpc::result<all_inout_pending> all_inout_begin(bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
							 uint32_t g, int64_t h, uint64_t i, float j, double k) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::scalars_all_inout_begin(client_, a, b, c, d, e, f, g, h, i, j, k, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return all_inout_pending(pending);
	}

	/* optional_in(bool? a, i8? b, u8? c, i16? d, u16? e, i32? f, u32? g, i64? h, u64? i, f32? j, f64? k) @4; */
	cdrpc::result<void> optional_in(const bool *a, const int8_t *b, const uint8_t *c, const int16_t *d,
					const uint16_t *e, const int32_t *f, const uint32_t *g, const int64_t *h,
					const uint64_t *i, const float *j, const double *k) const
	{
		cdrpc_status status;

		status = ::scalars_optional_in(client_, a, b, c, d, e, f, g, h, i, j, k);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> optional_in_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::scalars_optional_in_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using optional_in_pending = cdrpc::pending<void, &optional_in_finish>;
	cdrpc::result<optional_in_pending> optional_in_begin(const bool *a, const int8_t *b, const uint8_t *c,
							     const int16_t *d, const uint16_t *e, const int32_t *f,
							     const uint32_t *g, const int64_t *h, const uint64_t *i,
							     const float *j, const double *k) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::scalars_optional_in_begin(client_, a, b, c, d, e, f, g, h, i, j, k, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return optional_in_pending(pending);
	}

	struct optional_out_outputs {
		const bool *a;
		const int8_t *b;
		const uint64_t *i;
		const float *j;
		const double *k;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* optional_out(out bool? a, out i8? b, out u64? i, out f32? j, out f64? k) @5; */
	cdrpc::result<optional_out_outputs> optional_out() const
	{
		optional_out_outputs outputs = {};
		cdrpc_status status;

		status = ::scalars_optional_out(client_, &outputs.a, &outputs.b, &outputs.i, &outputs.j, &outputs.k,
						outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<optional_out_outputs> optional_out_finish(cdrpc_pending *pending)
	{
		optional_out_outputs outputs = {};
		cdrpc_status status;

		status = ::scalars_optional_out_finish(pending, &outputs.a, &outputs.b, &outputs.i, &outputs.j,
						       &outputs.k, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using optional_out_pending = cdrpc::pending<optional_out_outputs, &optional_out_finish>;
	cdrpc::result<optional_out_pending> optional_out_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::scalars_optional_out_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return optional_out_pending(pending);
	}

	struct optional_inout_outputs {
		const bool *a;
		const int64_t *h;
		const double *k;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* optional_inout(inout bool? a, inout i64? h, inout f64? k) @6; */
	cdrpc::result<optional_inout_outputs> optional_inout(const bool *a, const int64_t *h, const double *k) const
	{
		optional_inout_outputs outputs = {};
		cdrpc_status status;

		status = ::scalars_optional_inout(client_, a, h, k, &outputs.a, &outputs.h, &outputs.k,
						  outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<optional_inout_outputs> optional_inout_finish(cdrpc_pending *pending)
	{
		optional_inout_outputs outputs = {};
		cdrpc_status status;

		status = ::scalars_optional_inout_finish(pending, &outputs.a, &outputs.h, &outputs.k,
							 outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using optional_inout_pending = cdrpc::pending<optional_inout_outputs, &optional_inout_finish>;
	cdrpc::result<optional_inout_pending> optional_inout_begin(const bool *a, const int64_t *h,
								   const double *k) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::scalars_optional_inout_begin(client_, a, h, k, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return optional_inout_pending(pending);
	}

	/* nothing() @7; */
	cdrpc::result<void> nothing() const
	{
		cdrpc_status status;

		status = ::scalars_nothing(client_);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> nothing_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::scalars_nothing_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using nothing_pending = cdrpc::pending<void, &nothing_finish>;
	cdrpc::result<nothing_pending> nothing_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::scalars_nothing_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return nothing_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class scalars_server {
public:
	virtual ~scalars_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::scalars_serve(server, cdrpc_table(), this);
	}

	/* all_in(bool a, i8 b, u8 c, i16 d, u16 e, i32 f, u32 g, i64 h, u64 i, f32 j, f64 k) @1; */
	virtual cdrpc_status all_in(cdrpc_call *call, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
				    uint32_t g, int64_t h, uint64_t i, float j, double k)
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
		(void)i;
		(void)j;
		(void)k;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/*
	 * all_out(out bool a, out i8 b, out u8 c, out i16 d, out u16 e, out i32 f, out u32 g, out i64 h, out u64 i,
	 *     out f32 j, out f64 k) @2;
	 */
	virtual cdrpc_status all_out(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status all_out_reply(cdrpc_call *call, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
					  int32_t f, uint32_t g, int64_t h, uint64_t i, float j, double k)
	{
		return ::scalars_all_out_reply(call, a, b, c, d, e, f, g, h, i, j, k);
	}

	/*
	 * all_inout(inout bool a, inout i8 b, inout u8 c, inout i16 d, inout u16 e, inout i32 f, inout u32 g,
	 *     inout i64 h, inout u64 i, inout f32 j, inout f64 k) @3;
	 */
	virtual cdrpc_status all_inout(cdrpc_call *call, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
				       uint32_t g, int64_t h, uint64_t i, float j, double k)
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
		(void)i;
		(void)j;
		(void)k;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status all_inout_reply(cdrpc_call *call, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e,
					    int32_t f, uint32_t g, int64_t h, uint64_t i, float j, double k)
	{
		return ::scalars_all_inout_reply(call, a, b, c, d, e, f, g, h, i, j, k);
	}

	/* optional_in(bool? a, i8? b, u8? c, i16? d, u16? e, i32? f, u32? g, i64? h, u64? i, f32? j, f64? k) @4; */
	virtual cdrpc_status optional_in(cdrpc_call *call, const bool *a, const int8_t *b, const uint8_t *c,
					 const int16_t *d, const uint16_t *e, const int32_t *f, const uint32_t *g,
					 const int64_t *h, const uint64_t *i, const float *j, const double *k)
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
		(void)i;
		(void)j;
		(void)k;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* optional_out(out bool? a, out i8? b, out u64? i, out f32? j, out f64? k) @5; */
	virtual cdrpc_status optional_out(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status optional_out_reply(cdrpc_call *call, const bool *a, const int8_t *b, const uint64_t *i,
					       const float *j, const double *k)
	{
		return ::scalars_optional_out_reply(call, a, b, i, j, k);
	}

	/* optional_inout(inout bool? a, inout i64? h, inout f64? k) @6; */
	virtual cdrpc_status optional_inout(cdrpc_call *call, const bool *a, const int64_t *h, const double *k)
	{
		(void)call;
		(void)a;
		(void)h;
		(void)k;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status optional_inout_reply(cdrpc_call *call, const bool *a, const int64_t *h, const double *k)
	{
		return ::scalars_optional_inout_reply(call, a, h, k);
	}

	/* nothing() @7; */
	virtual cdrpc_status nothing(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

private:
	static cdrpc_status
	on_all_in(cdrpc_call *call, void *self, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
		  uint32_t g, int64_t h, uint64_t i, float j, double k) noexcept
	{
		return static_cast<scalars_server *>(self)->all_in(call, a, b, c, d, e, f, g, h, i, j, k);
	}
	static cdrpc_status
	on_all_out(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<scalars_server *>(self)->all_out(call);
	}
	static cdrpc_status
	on_all_inout(cdrpc_call *call, void *self, bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, int32_t f,
		     uint32_t g, int64_t h, uint64_t i, float j, double k) noexcept
	{
		return static_cast<scalars_server *>(self)->all_inout(call, a, b, c, d, e, f, g, h, i, j, k);
	}
	static cdrpc_status
	on_optional_in(cdrpc_call *call, void *self, const bool *a, const int8_t *b, const uint8_t *c, const int16_t *d,
		       const uint16_t *e, const int32_t *f, const uint32_t *g, const int64_t *h, const uint64_t *i,
		       const float *j, const double *k) noexcept
	{
		return static_cast<scalars_server *>(self)->optional_in(call, a, b, c, d, e, f, g, h, i, j, k);
	}
	static cdrpc_status
	on_optional_out(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<scalars_server *>(self)->optional_out(call);
	}
	static cdrpc_status
	on_optional_inout(cdrpc_call *call, void *self, const bool *a, const int64_t *h, const double *k) noexcept
	{
		return static_cast<scalars_server *>(self)->optional_inout(call, a, h, k);
	}
	static cdrpc_status
	on_nothing(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<scalars_server *>(self)->nothing(call);
	}
	static const struct scalars_handlers *cdrpc_table() noexcept
	{
		static const struct scalars_handlers table = {
			on_all_in,
			on_all_out,
			on_all_inout,
			on_optional_in,
			on_optional_out,
			on_optional_inout,
			on_nothing,
		};

		return &table;
	}
};

} // namespace test::scalars

#endif
