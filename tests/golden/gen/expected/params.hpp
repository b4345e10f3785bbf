/* C++ wrapper of module test.params, written by cdidl from params.cdidl. Changes belong there. */
#ifndef CDIDL_TEST_PARAMS_HPP
#define CDIDL_TEST_PARAMS_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "params.h"

namespace test::params {

class params_client {
public:
	/* 'client' is borrowed. */
	explicit params_client(cdrpc_client *client) noexcept : client_(client) {}

	struct texts_outputs {
		const char *d;
		const cdrpc_wchar *e;
		cdrpc::bytes f;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/*
	 * texts(string[<=10] a, wstring[<=10] b, bytes[<=10] c, out string[<=10] d, out wstring[<=10] e,
	 *     out bytes[<=10] f) @1;
	 */
	cdrpc::result<texts_outputs> texts(const char *a, const cdrpc_wchar *b, cdrpc::bytes c) const
	{
		texts_outputs outputs = {};
		cdrpc_bytes ret_f = {nullptr, 0};
		cdrpc_status status;

		status = ::params_texts(client_, a, b, cdrpc::to_c(c), &outputs.d, &outputs.e, &ret_f,
					outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.f = cdrpc::from_c(ret_f);
		return outputs;
	}

	static cdrpc::result<texts_outputs> texts_finish(cdrpc_pending *pending)
	{
		texts_outputs outputs = {};
		cdrpc_bytes ret_f = {nullptr, 0};
		cdrpc_status status;

		status = ::params_texts_finish(pending, &outputs.d, &outputs.e, &ret_f, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.f = cdrpc::from_c(ret_f);
		return outputs;
	}
	using texts_pending = cdrpc::pending<texts_outputs, &texts_finish>;
	cdrpc::result<texts_pending> texts_begin(const char *a, const cdrpc_wchar *b, cdrpc::bytes c) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_texts_begin(client_, a, b, cdrpc::to_c(c), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return texts_pending(pending);
	}

	struct maybe_outputs {
		const char *d;
		const cdrpc_wchar *e;
		cdrpc::bytes f;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/*
	 * maybe(string[<=10]? a, wstring[<=10]? b, bytes[<=10]? c, out string[<=10]? d, out wstring[<=10]? e,
	 *     out bytes[<=10]? f) @2;
	 */
	cdrpc::result<maybe_outputs> maybe(const char *a, const cdrpc_wchar *b, cdrpc::bytes c) const
	{
		maybe_outputs outputs = {};
		cdrpc_bytes ret_f = {nullptr, 0};
		cdrpc_status status;

		status = ::params_maybe(client_, a, b, cdrpc::to_c(c), &outputs.d, &outputs.e, &ret_f,
					outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.f = cdrpc::from_c(ret_f);
		return outputs;
	}

	static cdrpc::result<maybe_outputs> maybe_finish(cdrpc_pending *pending)
	{
		maybe_outputs outputs = {};
		cdrpc_bytes ret_f = {nullptr, 0};
		cdrpc_status status;

		status = ::params_maybe_finish(pending, &outputs.d, &outputs.e, &ret_f, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.f = cdrpc::from_c(ret_f);
		return outputs;
	}
	using maybe_pending = cdrpc::pending<maybe_outputs, &maybe_finish>;
	cdrpc::result<maybe_pending> maybe_begin(const char *a, const cdrpc_wchar *b, cdrpc::bytes c) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_maybe_begin(client_, a, b, cdrpc::to_c(c), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_pending(pending);
	}

	struct both_outputs {
		const char *a;
		const cdrpc_wchar *b;
		cdrpc::bytes c;
		cdrpc::span<const uint32_t> d;
		std::array<uint8_t, 4> e;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/*
	 * both(inout string[<=10] a, inout wstring[<=10]? b, inout bytes[<=10] c, inout u32[<=4] d,
	 *     inout u8[4] e) @3;
	 */
	cdrpc::result<both_outputs> both(const char *a, const cdrpc_wchar *b, cdrpc::bytes c,
					 cdrpc::span<const uint32_t> d, const uint8_t (&e)[4]) const
	{
		both_outputs outputs = {};
		cdrpc_bytes ret_c = {nullptr, 0};
		const uint32_t *ret_d = nullptr;
		uint32_t ret_d_count = 0;
		cdrpc_status status;

		status = ::params_both(client_, a, b, cdrpc::to_c(c), d.data(), cdrpc::count_of(d.size()), e,
				       &outputs.a, &outputs.b, &ret_c, &ret_d, &ret_d_count, outputs.e.data(),
				       outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.c = cdrpc::from_c(ret_c);
		outputs.d = cdrpc::span<const uint32_t>(ret_d, ret_d_count);
		return outputs;
	}

	static cdrpc::result<both_outputs> both_finish(cdrpc_pending *pending)
	{
		both_outputs outputs = {};
		cdrpc_bytes ret_c = {nullptr, 0};
		const uint32_t *ret_d = nullptr;
		uint32_t ret_d_count = 0;
		cdrpc_status status;

		status = ::params_both_finish(pending, &outputs.a, &outputs.b, &ret_c, &ret_d, &ret_d_count,
					      outputs.e.data(), outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.c = cdrpc::from_c(ret_c);
		outputs.d = cdrpc::span<const uint32_t>(ret_d, ret_d_count);
		return outputs;
	}
	using both_pending = cdrpc::pending<both_outputs, &both_finish>;
	cdrpc::result<both_pending> both_begin(const char *a, const cdrpc_wchar *b, cdrpc::bytes c,
					       cdrpc::span<const uint32_t> d, const uint8_t (&e)[4]) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_both_begin(client_, a, b, cdrpc::to_c(c), d.data(),
							  cdrpc::count_of(d.size()), e, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return both_pending(pending);
	}

	/*
	 * lists(bool[<=4] a, u8[<=4] b, string[<=10][<=4] c, wstring[<=10][<=4] d, bytes[<=10][<=4] e, Note[<=4] f,
	 *     Amount[<=4] g, Unit[<=4] h, Mode[<=4] i) @4;
	 */
	cdrpc::result<void> lists(cdrpc::span<const bool> a, cdrpc::span<const uint8_t> b,
				  cdrpc::span<const char *const> c, cdrpc::span<const cdrpc_wchar *const> d,
				  cdrpc::span<const cdrpc_bytes> e, cdrpc::span<const common_note> f,
				  cdrpc::span<const common_amount> g, cdrpc::span<const common_unit_t> h,
				  cdrpc::span<const common_mode_t> i) const
	{
		cdrpc_status status;

		status = ::params_lists(client_, a.data(), cdrpc::count_of(a.size()), b.data(),
					cdrpc::count_of(b.size()), c.data(), cdrpc::count_of(c.size()), d.data(),
					cdrpc::count_of(d.size()), e.data(), cdrpc::count_of(e.size()), f.data(),
					cdrpc::count_of(f.size()), g.data(), cdrpc::count_of(g.size()), h.data(),
					cdrpc::count_of(h.size()), i.data(), cdrpc::count_of(i.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> lists_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::params_lists_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using lists_pending = cdrpc::pending<void, &lists_finish>;
	cdrpc::result<lists_pending> lists_begin(cdrpc::span<const bool> a, cdrpc::span<const uint8_t> b,
						 cdrpc::span<const char *const> c,
						 cdrpc::span<const cdrpc_wchar *const> d,
						 cdrpc::span<const cdrpc_bytes> e, cdrpc::span<const common_note> f,
						 cdrpc::span<const common_amount> g, cdrpc::span<const common_unit_t> h,
						 cdrpc::span<const common_mode_t> i) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_lists_begin(client_, a.data(), cdrpc::count_of(a.size()), b.data(),
							   cdrpc::count_of(b.size()), c.data(),
							   cdrpc::count_of(c.size()), d.data(),
							   cdrpc::count_of(d.size()), e.data(),
							   cdrpc::count_of(e.size()), f.data(),
							   cdrpc::count_of(f.size()), g.data(),
							   cdrpc::count_of(g.size()), h.data(),
							   cdrpc::count_of(h.size()), i.data(),
							   cdrpc::count_of(i.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return lists_pending(pending);
	}

	struct lists_out_outputs {
		cdrpc::span<const bool> a;
		cdrpc::span<const uint8_t> b;
		cdrpc::span<const char *const> c;
		cdrpc::span<const cdrpc_wchar *const> d;
		cdrpc::span<const cdrpc_bytes> e;
		cdrpc::span<const common_note> f;
		cdrpc::span<const common_amount> g;
		cdrpc::span<const common_unit_t> h;
		cdrpc::span<const common_mode_t> i;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/*
	 * lists_out(out bool[<=4] a, out u8[<=4] b, out string[<=10][<=4] c, out wstring[<=10][<=4] d,
	 *     out bytes[<=10][<=4] e, out Note[<=4] f, out Amount[<=4] g, out Unit[<=4] h, out Mode[<=4] i) @5;
	 */
	cdrpc::result<lists_out_outputs> lists_out() const
	{
		lists_out_outputs outputs = {};
		const bool *ret_a = nullptr;
		uint32_t ret_a_count = 0;
		const uint8_t *ret_b = nullptr;
		uint32_t ret_b_count = 0;
		const char *const *ret_c = nullptr;
		uint32_t ret_c_count = 0;
		const cdrpc_wchar *const *ret_d = nullptr;
		uint32_t ret_d_count = 0;
		const cdrpc_bytes *ret_e = nullptr;
		uint32_t ret_e_count = 0;
		const common_note *ret_f = nullptr;
		uint32_t ret_f_count = 0;
		const common_amount *ret_g = nullptr;
		uint32_t ret_g_count = 0;
		const common_unit_t *ret_h = nullptr;
		uint32_t ret_h_count = 0;
		const common_mode_t *ret_i = nullptr;
		uint32_t ret_i_count = 0;
		cdrpc_status status;

		status = ::params_lists_out(client_, &ret_a, &ret_a_count, &ret_b, &ret_b_count, &ret_c, &ret_c_count,
					    &ret_d, &ret_d_count, &ret_e, &ret_e_count, &ret_f, &ret_f_count, &ret_g,
					    &ret_g_count, &ret_h, &ret_h_count, &ret_i, &ret_i_count,
					    outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.a = cdrpc::span<const bool>(ret_a, ret_a_count);
		outputs.b = cdrpc::span<const uint8_t>(ret_b, ret_b_count);
		outputs.c = cdrpc::span<const char *const>(ret_c, ret_c_count);
		outputs.d = cdrpc::span<const cdrpc_wchar *const>(ret_d, ret_d_count);
		outputs.e = cdrpc::span<const cdrpc_bytes>(ret_e, ret_e_count);
		outputs.f = cdrpc::span<const common_note>(ret_f, ret_f_count);
		outputs.g = cdrpc::span<const common_amount>(ret_g, ret_g_count);
		outputs.h = cdrpc::span<const common_unit_t>(ret_h, ret_h_count);
		outputs.i = cdrpc::span<const common_mode_t>(ret_i, ret_i_count);
		return outputs;
	}

	static cdrpc::result<lists_out_outputs> lists_out_finish(cdrpc_pending *pending)
	{
		lists_out_outputs outputs = {};
		const bool *ret_a = nullptr;
		uint32_t ret_a_count = 0;
		const uint8_t *ret_b = nullptr;
		uint32_t ret_b_count = 0;
		const char *const *ret_c = nullptr;
		uint32_t ret_c_count = 0;
		const cdrpc_wchar *const *ret_d = nullptr;
		uint32_t ret_d_count = 0;
		const cdrpc_bytes *ret_e = nullptr;
		uint32_t ret_e_count = 0;
		const common_note *ret_f = nullptr;
		uint32_t ret_f_count = 0;
		const common_amount *ret_g = nullptr;
		uint32_t ret_g_count = 0;
		const common_unit_t *ret_h = nullptr;
		uint32_t ret_h_count = 0;
		const common_mode_t *ret_i = nullptr;
		uint32_t ret_i_count = 0;
		cdrpc_status status;

		status = ::params_lists_out_finish(pending, &ret_a, &ret_a_count, &ret_b, &ret_b_count, &ret_c,
						   &ret_c_count, &ret_d, &ret_d_count, &ret_e, &ret_e_count, &ret_f,
						   &ret_f_count, &ret_g, &ret_g_count, &ret_h, &ret_h_count, &ret_i,
						   &ret_i_count, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.a = cdrpc::span<const bool>(ret_a, ret_a_count);
		outputs.b = cdrpc::span<const uint8_t>(ret_b, ret_b_count);
		outputs.c = cdrpc::span<const char *const>(ret_c, ret_c_count);
		outputs.d = cdrpc::span<const cdrpc_wchar *const>(ret_d, ret_d_count);
		outputs.e = cdrpc::span<const cdrpc_bytes>(ret_e, ret_e_count);
		outputs.f = cdrpc::span<const common_note>(ret_f, ret_f_count);
		outputs.g = cdrpc::span<const common_amount>(ret_g, ret_g_count);
		outputs.h = cdrpc::span<const common_unit_t>(ret_h, ret_h_count);
		outputs.i = cdrpc::span<const common_mode_t>(ret_i, ret_i_count);
		return outputs;
	}
	using lists_out_pending = cdrpc::pending<lists_out_outputs, &lists_out_finish>;
	cdrpc::result<lists_out_pending> lists_out_begin() const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_lists_out_begin(client_, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return lists_out_pending(pending);
	}

	struct maybe_lists_outputs {
		cdrpc::span<const uint64_t> e;
		cdrpc::span<const common_note> f;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/*
	 * maybe_lists(bool[<=4]? a, u64[<=4]? b, string[<=10][<=4]? c, Note[<=4]? d, out u64[<=4]? e,
	 *     out Note[<=4]? f) @6;
	 */
	cdrpc::result<maybe_lists_outputs> maybe_lists(cdrpc::span<const bool> a, cdrpc::span<const uint64_t> b,
						       cdrpc::span<const char *const> c,
						       cdrpc::span<const common_note> d) const
	{
		maybe_lists_outputs outputs = {};
		const uint64_t *ret_e = nullptr;
		uint32_t ret_e_count = 0;
		const common_note *ret_f = nullptr;
		uint32_t ret_f_count = 0;
		cdrpc_status status;

		status = ::params_maybe_lists(client_, a.data(), cdrpc::count_of(a.size()), b.data(),
					      cdrpc::count_of(b.size()), c.data(), cdrpc::count_of(c.size()), d.data(),
					      cdrpc::count_of(d.size()), &ret_e, &ret_e_count, &ret_f, &ret_f_count,
					      outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.e = cdrpc::span<const uint64_t>(ret_e, ret_e_count);
		outputs.f = cdrpc::span<const common_note>(ret_f, ret_f_count);
		return outputs;
	}

	static cdrpc::result<maybe_lists_outputs> maybe_lists_finish(cdrpc_pending *pending)
	{
		maybe_lists_outputs outputs = {};
		const uint64_t *ret_e = nullptr;
		uint32_t ret_e_count = 0;
		const common_note *ret_f = nullptr;
		uint32_t ret_f_count = 0;
		cdrpc_status status;

		status = ::params_maybe_lists_finish(pending, &ret_e, &ret_e_count, &ret_f, &ret_f_count,
						     outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.e = cdrpc::span<const uint64_t>(ret_e, ret_e_count);
		outputs.f = cdrpc::span<const common_note>(ret_f, ret_f_count);
		return outputs;
	}
	using maybe_lists_pending = cdrpc::pending<maybe_lists_outputs, &maybe_lists_finish>;
	cdrpc::result<maybe_lists_pending> maybe_lists_begin(cdrpc::span<const bool> a, cdrpc::span<const uint64_t> b,
							     cdrpc::span<const char *const> c,
							     cdrpc::span<const common_note> d) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_maybe_lists_begin(client_, a.data(), cdrpc::count_of(a.size()), b.data(),
								 cdrpc::count_of(b.size()), c.data(),
								 cdrpc::count_of(c.size()), d.data(),
								 cdrpc::count_of(d.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_lists_pending(pending);
	}

	struct arrays_outputs {
		std::array<bool, 4> d;
		std::array<uint64_t, 4> e;
		std::array<float, COMMON_NAME_MAX> f;
	};
	/* arrays(bool[4] a, u64[4] b, f32[NAME_MAX] c, out bool[4] d, out u64[4] e, out f32[NAME_MAX] f) @7; */
	cdrpc::result<arrays_outputs> arrays(const bool (&a)[4], const uint64_t (&b)[4],
					     const float (&c)[COMMON_NAME_MAX]) const
	{
		arrays_outputs outputs = {};
		cdrpc_status status;

		status = ::params_arrays(client_, a, b, c, outputs.d.data(), outputs.e.data(), outputs.f.data());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<arrays_outputs> arrays_finish(cdrpc_pending *pending)
	{
		arrays_outputs outputs = {};
		cdrpc_status status;

		status = ::params_arrays_finish(pending, outputs.d.data(), outputs.e.data(), outputs.f.data());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using arrays_pending = cdrpc::pending<arrays_outputs, &arrays_finish>;
	cdrpc::result<arrays_pending> arrays_begin(const bool (&a)[4], const uint64_t (&b)[4],
						   const float (&c)[COMMON_NAME_MAX]) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_arrays_begin(client_, a, b, c, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return arrays_pending(pending);
	}

	struct maybe_arrays_outputs {
		const bool *c;
		const uint64_t *d;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* maybe_arrays(bool[4]? a, u64[4]? b, out bool[4]? c, out u64[4]? d) @8; */
	cdrpc::result<maybe_arrays_outputs> maybe_arrays(const bool *a, const uint64_t *b) const
	{
		maybe_arrays_outputs outputs = {};
		cdrpc_status status;

		status = ::params_maybe_arrays(client_, a, b, &outputs.c, &outputs.d, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<maybe_arrays_outputs> maybe_arrays_finish(cdrpc_pending *pending)
	{
		maybe_arrays_outputs outputs = {};
		cdrpc_status status;

		status = ::params_maybe_arrays_finish(pending, &outputs.c, &outputs.d, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using maybe_arrays_pending = cdrpc::pending<maybe_arrays_outputs, &maybe_arrays_finish>;
	cdrpc::result<maybe_arrays_pending> maybe_arrays_begin(const bool *a, const uint64_t *b) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_maybe_arrays_begin(client_, a, b, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_arrays_pending(pending);
	}

	struct blobs_outputs {
		cdrpc::bytes c;
		cdrpc::bytes d;
		cdrpc::reply reply; /* what is above lives in it */
	};
	/* blobs(bytes[<=1M] a, [shared] bytes[<=1M] b, out bytes[<=1M] c, [shared] out bytes[<=1M] d) @9; */
	cdrpc::result<blobs_outputs> blobs(cdrpc::bytes a, cdrpc::bytes b) const
	{
		blobs_outputs outputs = {};
		cdrpc_bytes ret_c = {nullptr, 0};
		cdrpc_bytes ret_d = {nullptr, 0};
		cdrpc_status status;

		status = ::params_blobs(client_, cdrpc::to_c(a), cdrpc::to_c(b), &ret_c, &ret_d, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.c = cdrpc::from_c(ret_c);
		outputs.d = cdrpc::from_c(ret_d);
		return outputs;
	}

	static cdrpc::result<blobs_outputs> blobs_finish(cdrpc_pending *pending)
	{
		blobs_outputs outputs = {};
		cdrpc_bytes ret_c = {nullptr, 0};
		cdrpc_bytes ret_d = {nullptr, 0};
		cdrpc_status status;

		status = ::params_blobs_finish(pending, &ret_c, &ret_d, outputs.reply.get());
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		outputs.c = cdrpc::from_c(ret_c);
		outputs.d = cdrpc::from_c(ret_d);
		return outputs;
	}
	using blobs_pending = cdrpc::pending<blobs_outputs, &blobs_finish>;
	cdrpc::result<blobs_pending> blobs_begin(cdrpc::bytes a, cdrpc::bytes b) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_blobs_begin(client_, cdrpc::to_c(a), cdrpc::to_c(b), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return blobs_pending(pending);
	}

	struct setting_outputs {
		common_setting b;
		common_size c;
	};
	/* setting(Setting a, out Setting b, inout Size c) fails CommonError @10; */
	cdrpc::result<setting_outputs> setting(const common_setting &a, const common_size &c) const
	{
		setting_outputs outputs = {};
		cdrpc_status status;

		status = ::params_setting(client_, &a, &c, &outputs.b, &outputs.c);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}

	static cdrpc::result<setting_outputs> setting_finish(cdrpc_pending *pending)
	{
		setting_outputs outputs = {};
		cdrpc_status status;

		status = ::params_setting_finish(pending, &outputs.b, &outputs.c);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return outputs;
	}
	using setting_pending = cdrpc::pending<setting_outputs, &setting_finish>;
	cdrpc::result<setting_pending> setting_begin(const common_setting &a, const common_size &c) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::params_setting_begin(client_, &a, &c, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return setting_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class params_server {
public:
	virtual ~params_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::params_serve(server, cdrpc_table(), this);
	}

	/*
	 * texts(string[<=10] a, wstring[<=10] b, bytes[<=10] c, out string[<=10] d, out wstring[<=10] e,
	 *     out bytes[<=10] f) @1;
	 */
	virtual cdrpc_status texts(cdrpc_call *call, const char *a, const cdrpc_wchar *b, cdrpc::bytes c)
	{
		(void)call;
		(void)a;
		(void)b;
		(void)c;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status texts_reply(cdrpc_call *call, const char *d, const cdrpc_wchar *e, cdrpc::bytes f)
	{
		return ::params_texts_reply(call, d, e, cdrpc::to_c(f));
	}

	/*
	 * maybe(string[<=10]? a, wstring[<=10]? b, bytes[<=10]? c, out string[<=10]? d, out wstring[<=10]? e,
	 *     out bytes[<=10]? f) @2;
	 */
	virtual cdrpc_status maybe(cdrpc_call *call, const char *a, const cdrpc_wchar *b, cdrpc::bytes c)
	{
		(void)call;
		(void)a;
		(void)b;
		(void)c;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status maybe_reply(cdrpc_call *call, const char *d, const cdrpc_wchar *e, cdrpc::bytes f)
	{
		return ::params_maybe_reply(call, d, e, cdrpc::to_c(f));
	}

	/*
	 * both(inout string[<=10] a, inout wstring[<=10]? b, inout bytes[<=10] c, inout u32[<=4] d,
	 *     inout u8[4] e) @3;
	 */
	virtual cdrpc_status both(cdrpc_call *call, const char *a, const cdrpc_wchar *b, cdrpc::bytes c,
				  cdrpc::span<const uint32_t> d, const uint8_t (&e)[4])
	{
		(void)call;
		(void)a;
		(void)b;
		(void)c;
		(void)d;
		(void)e;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status both_reply(cdrpc_call *call, const char *a, const cdrpc_wchar *b, cdrpc::bytes c,
				       cdrpc::span<const uint32_t> d, const uint8_t (&e)[4])
	{
		return ::params_both_reply(call, a, b, cdrpc::to_c(c), d.data(), cdrpc::count_of(d.size()), e);
	}

	/*
	 * lists(bool[<=4] a, u8[<=4] b, string[<=10][<=4] c, wstring[<=10][<=4] d, bytes[<=10][<=4] e, Note[<=4] f,
	 *     Amount[<=4] g, Unit[<=4] h, Mode[<=4] i) @4;
	 */
	virtual cdrpc_status lists(cdrpc_call *call, cdrpc::span<const bool> a, cdrpc::span<const uint8_t> b,
				   cdrpc::span<const char *const> c, cdrpc::span<const cdrpc_wchar *const> d,
				   cdrpc::span<const cdrpc_bytes> e, cdrpc::span<const common_note> f,
				   cdrpc::span<const common_amount> g, cdrpc::span<const common_unit_t> h,
				   cdrpc::span<const common_mode_t> i)
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
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/*
	 * lists_out(out bool[<=4] a, out u8[<=4] b, out string[<=10][<=4] c, out wstring[<=10][<=4] d,
	 *     out bytes[<=10][<=4] e, out Note[<=4] f, out Amount[<=4] g, out Unit[<=4] h, out Mode[<=4] i) @5;
	 */
	virtual cdrpc_status lists_out(cdrpc_call *call)
	{
		(void)call;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status lists_out_reply(cdrpc_call *call, cdrpc::span<const bool> a, cdrpc::span<const uint8_t> b,
					    cdrpc::span<const char *const> c, cdrpc::span<const cdrpc_wchar *const> d,
					    cdrpc::span<const cdrpc_bytes> e, cdrpc::span<const common_note> f,
					    cdrpc::span<const common_amount> g, cdrpc::span<const common_unit_t> h,
					    cdrpc::span<const common_mode_t> i)
	{
		return ::params_lists_out_reply(call, a.data(), cdrpc::count_of(a.size()), b.data(),
						cdrpc::count_of(b.size()), c.data(), cdrpc::count_of(c.size()),
						d.data(), cdrpc::count_of(d.size()), e.data(),
						cdrpc::count_of(e.size()), f.data(), cdrpc::count_of(f.size()),
						g.data(), cdrpc::count_of(g.size()), h.data(),
						cdrpc::count_of(h.size()), i.data(), cdrpc::count_of(i.size()));
	}

	/*
	 * maybe_lists(bool[<=4]? a, u64[<=4]? b, string[<=10][<=4]? c, Note[<=4]? d, out u64[<=4]? e,
	 *     out Note[<=4]? f) @6;
	 */
	virtual cdrpc_status maybe_lists(cdrpc_call *call, cdrpc::span<const bool> a, cdrpc::span<const uint64_t> b,
					 cdrpc::span<const char *const> c, cdrpc::span<const common_note> d)
	{
		(void)call;
		(void)a;
		(void)b;
		(void)c;
		(void)d;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status maybe_lists_reply(cdrpc_call *call, cdrpc::span<const uint64_t> e,
					      cdrpc::span<const common_note> f)
	{
		return ::params_maybe_lists_reply(call, e.data(), cdrpc::count_of(e.size()), f.data(),
						  cdrpc::count_of(f.size()));
	}

	/* arrays(bool[4] a, u64[4] b, f32[NAME_MAX] c, out bool[4] d, out u64[4] e, out f32[NAME_MAX] f) @7; */
	virtual cdrpc_status arrays(cdrpc_call *call, const bool (&a)[4], const uint64_t (&b)[4],
				    const float (&c)[COMMON_NAME_MAX])
	{
		(void)call;
		(void)a;
		(void)b;
		(void)c;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status arrays_reply(cdrpc_call *call, const bool (&d)[4], const uint64_t (&e)[4],
					 const float (&f)[COMMON_NAME_MAX])
	{
		return ::params_arrays_reply(call, d, e, f);
	}

	/* maybe_arrays(bool[4]? a, u64[4]? b, out bool[4]? c, out u64[4]? d) @8; */
	virtual cdrpc_status maybe_arrays(cdrpc_call *call, const bool *a, const uint64_t *b)
	{
		(void)call;
		(void)a;
		(void)b;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status maybe_arrays_reply(cdrpc_call *call, const bool *c, const uint64_t *d)
	{
		return ::params_maybe_arrays_reply(call, c, d);
	}

	/* blobs(bytes[<=1M] a, [shared] bytes[<=1M] b, out bytes[<=1M] c, [shared] out bytes[<=1M] d) @9; */
	virtual cdrpc_status blobs(cdrpc_call *call, cdrpc::bytes a, cdrpc::bytes b)
	{
		(void)call;
		(void)a;
		(void)b;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status blobs_reply(cdrpc_call *call, cdrpc::bytes c, cdrpc::bytes d)
	{
		return ::params_blobs_reply(call, cdrpc::to_c(c), cdrpc::to_c(d));
	}

	/* setting(Setting a, out Setting b, inout Size c) fails CommonError @10; */
	virtual cdrpc_status setting(cdrpc_call *call, const common_setting &a, const common_size &c)
	{
		(void)call;
		(void)a;
		(void)c;
		return CDRPC_E_NOT_IMPLEMENTED;
	}
	static cdrpc_status setting_reply(cdrpc_call *call, const common_setting &b, const common_size &c)
	{
		return ::params_setting_reply(call, &b, &c);
	}

private:
	static cdrpc_status
	on_texts(cdrpc_call *call, void *self, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c) noexcept
	{
		return static_cast<params_server *>(self)->texts(call, a, b, cdrpc::from_c(c));
	}
	static cdrpc_status
	on_maybe(cdrpc_call *call, void *self, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c) noexcept
	{
		return static_cast<params_server *>(self)->maybe(call, a, b, cdrpc::from_c(c));
	}
	static cdrpc_status
	on_both(cdrpc_call *call, void *self, const char *a, const cdrpc_wchar *b, struct cdrpc_bytes c,
		const uint32_t *d, uint32_t d_count, const uint8_t e[4]) noexcept
	{
		return static_cast<params_server *>(self)->both(call, a, b, cdrpc::from_c(c),
								cdrpc::span<const uint32_t>(d, d_count),
								*reinterpret_cast<const uint8_t (*)[4]>(e));
	}
	static cdrpc_status
	on_lists(cdrpc_call *call, void *self, const bool *a, uint32_t a_count, const uint8_t *b, uint32_t b_count,
		 const char *const *c, uint32_t c_count, const cdrpc_wchar *const *d, uint32_t d_count,
		 const struct cdrpc_bytes *e, uint32_t e_count, const struct common_note *f, uint32_t f_count,
		 const struct common_amount *g, uint32_t g_count, const common_unit_t *h, uint32_t h_count,
		 const common_mode_t *i, uint32_t i_count) noexcept
	{
		return static_cast<params_server *>(self)->lists(call, cdrpc::span<const bool>(a, a_count),
								 cdrpc::span<const uint8_t>(b, b_count),
								 cdrpc::span<const char *const>(c, c_count),
								 cdrpc::span<const cdrpc_wchar *const>(d, d_count),
								 cdrpc::span<const cdrpc_bytes>(e, e_count),
								 cdrpc::span<const common_note>(f, f_count),
								 cdrpc::span<const common_amount>(g, g_count),
								 cdrpc::span<const common_unit_t>(h, h_count),
								 cdrpc::span<const common_mode_t>(i, i_count));
	}
	static cdrpc_status
	on_lists_out(cdrpc_call *call, void *self) noexcept
	{
		return static_cast<params_server *>(self)->lists_out(call);
	}
	static cdrpc_status
	on_maybe_lists(cdrpc_call *call, void *self, const bool *a, uint32_t a_count, const uint64_t *b,
		       uint32_t b_count, const char *const *c, uint32_t c_count, const struct common_note *d,
		       uint32_t d_count) noexcept
	{
		return static_cast<params_server *>(self)->maybe_lists(call, cdrpc::span<const bool>(a, a_count),
								       cdrpc::span<const uint64_t>(b, b_count),
								       cdrpc::span<const char *const>(c, c_count),
								       cdrpc::span<const common_note>(d, d_count));
	}
	static cdrpc_status
	on_arrays(cdrpc_call *call, void *self, const bool a[4], const uint64_t b[4],
		  const float c[COMMON_NAME_MAX]) noexcept
	{
		return static_cast<params_server *>(self)->arrays(call, *reinterpret_cast<const bool (*)[4]>(a),
								  *reinterpret_cast<const uint64_t (*)[4]>(b),
								  *reinterpret_cast<const float (*)[COMMON_NAME_MAX]>(c));
	}
	static cdrpc_status
	on_maybe_arrays(cdrpc_call *call, void *self, const bool *a, const uint64_t *b) noexcept
	{
		return static_cast<params_server *>(self)->maybe_arrays(call, a, b);
	}
	static cdrpc_status
	on_blobs(cdrpc_call *call, void *self, struct cdrpc_bytes a, struct cdrpc_bytes b) noexcept
	{
		return static_cast<params_server *>(self)->blobs(call, cdrpc::from_c(a), cdrpc::from_c(b));
	}
	static cdrpc_status
	on_setting(cdrpc_call *call, void *self, const struct common_setting *a, const struct common_size *c) noexcept
	{
		return static_cast<params_server *>(self)->setting(call, *a, *c);
	}
	static const struct params_handlers *cdrpc_table() noexcept
	{
		static const struct params_handlers table = {
			on_texts,
			on_maybe,
			on_both,
			on_lists,
			on_lists_out,
			on_maybe_lists,
			on_arrays,
			on_maybe_arrays,
			on_blobs,
			on_setting,
		};

		return &table;
	}
};

} // namespace test::params

#endif
