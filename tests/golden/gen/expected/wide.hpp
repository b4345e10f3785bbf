/*
 * C++ wrapper of module test.wide, written by cdidl from wide.cdidl. Changes belong there.
 *
 * The same on the wire as narrow.cdidl, but for what that refuses: longer bounds, open sets, bytes for bools.
 */
#ifndef CDIDL_TEST_WIDE_HPP
#define CDIDL_TEST_WIDE_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "wide.h"

namespace test::wide {

class wide_client {
public:
	/* 'client' is borrowed. */
	explicit wide_client(cdrpc_client *client) noexcept : client_(client) {}

	/* text(string[<=20] x) @1; */
	cdrpc::result<void> text(const char *x) const
	{
		cdrpc_status status;

		status = ::wide_text(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> text_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_text_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using text_pending = cdrpc::pending<void, &text_finish>;
	cdrpc::result<text_pending> text_begin(const char *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_text_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return text_pending(pending);
	}

	/* wide(wstring[<=20] x) @2; */
	cdrpc::result<void> wide(const cdrpc_wchar *x) const
	{
		cdrpc_status status;

		status = ::wide_wide(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> wide_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_wide_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using wide_pending = cdrpc::pending<void, &wide_finish>;
	cdrpc::result<wide_pending> wide_begin(const cdrpc_wchar *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_wide_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return wide_pending(pending);
	}

	/* data(bytes[<=20] x) @3; */
	cdrpc::result<void> data(cdrpc::bytes x) const
	{
		cdrpc_status status;

		status = ::wide_data(client_, cdrpc::to_c(x));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> data_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_data_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using data_pending = cdrpc::pending<void, &data_finish>;
	cdrpc::result<data_pending> data_begin(cdrpc::bytes x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_data_begin(client_, cdrpc::to_c(x), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return data_pending(pending);
	}

	/* list(u32[<=20] x) @4; */
	cdrpc::result<void> list(cdrpc::span<const uint32_t> x) const
	{
		cdrpc_status status;

		status = ::wide_list(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> list_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_list_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using list_pending = cdrpc::pending<void, &list_finish>;
	cdrpc::result<list_pending> list_begin(cdrpc::span<const uint32_t> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_list_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return list_pending(pending);
	}

	/* texts(string[<=20][<=20] x) @5; */
	cdrpc::result<void> texts(cdrpc::span<const char *const> x) const
	{
		cdrpc_status status;

		status = ::wide_texts(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> texts_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_texts_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using texts_pending = cdrpc::pending<void, &texts_finish>;
	cdrpc::result<texts_pending> texts_begin(cdrpc::span<const char *const> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_texts_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return texts_pending(pending);
	}

	/* mode(Mode x) @6; */
	cdrpc::result<void> mode(wide_mode_t x) const
	{
		cdrpc_status status;

		status = ::wide_mode(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> mode_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_mode_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using mode_pending = cdrpc::pending<void, &mode_finish>;
	cdrpc::result<mode_pending> mode_begin(wide_mode_t x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_mode_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return mode_pending(pending);
	}

	/* modes(Mode[<=20] x) @7; */
	cdrpc::result<void> modes(cdrpc::span<const wide_mode_t> x) const
	{
		cdrpc_status status;

		status = ::wide_modes(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> modes_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_modes_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using modes_pending = cdrpc::pending<void, &modes_finish>;
	cdrpc::result<modes_pending> modes_begin(cdrpc::span<const wide_mode_t> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_modes_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return modes_pending(pending);
	}

	/* fixed_modes(Mode[3] x) @8; */
	cdrpc::result<void> fixed_modes(const wide_mode_t (&x)[3]) const
	{
		cdrpc_status status;

		status = ::wide_fixed_modes(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> fixed_modes_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_fixed_modes_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using fixed_modes_pending = cdrpc::pending<void, &fixed_modes_finish>;
	cdrpc::result<fixed_modes_pending> fixed_modes_begin(const wide_mode_t (&x)[3]) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_fixed_modes_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return fixed_modes_pending(pending);
	}

	/* choice(Any x) @9; */
	cdrpc::result<void> choice(const wide_any &x) const
	{
		cdrpc_status status;

		status = ::wide_choice(client_, &x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> choice_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_choice_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using choice_pending = cdrpc::pending<void, &choice_finish>;
	cdrpc::result<choice_pending> choice_begin(const wide_any &x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_choice_begin(client_, &x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return choice_pending(pending);
	}

	/* flag(u8 x) @10; */
	cdrpc::result<void> flag(uint8_t x) const
	{
		cdrpc_status status;

		status = ::wide_flag(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> flag_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_flag_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using flag_pending = cdrpc::pending<void, &flag_finish>;
	cdrpc::result<flag_pending> flag_begin(uint8_t x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_flag_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return flag_pending(pending);
	}

	/* flags(u8[<=20] x) @11; */
	cdrpc::result<void> flags(cdrpc::span<const uint8_t> x) const
	{
		cdrpc_status status;

		status = ::wide_flags(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> flags_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_flags_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using flags_pending = cdrpc::pending<void, &flags_finish>;
	cdrpc::result<flags_pending> flags_begin(cdrpc::span<const uint8_t> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_flags_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return flags_pending(pending);
	}

	/* fixed_flags(u8[3] x) @12; */
	cdrpc::result<void> fixed_flags(const uint8_t (&x)[3]) const
	{
		cdrpc_status status;

		status = ::wide_fixed_flags(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> fixed_flags_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_fixed_flags_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using fixed_flags_pending = cdrpc::pending<void, &fixed_flags_finish>;
	cdrpc::result<fixed_flags_pending> fixed_flags_begin(const uint8_t (&x)[3]) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_fixed_flags_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return fixed_flags_pending(pending);
	}

	/* one_pair(Pair x) @13; */
	cdrpc::result<void> one_pair(const wide_pair &x) const
	{
		cdrpc_status status;

		status = ::wide_one_pair(client_, &x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> one_pair_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_one_pair_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using one_pair_pending = cdrpc::pending<void, &one_pair_finish>;
	cdrpc::result<one_pair_pending> one_pair_begin(const wide_pair &x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_one_pair_begin(client_, &x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return one_pair_pending(pending);
	}

	/* pairs(Pair[<=20] x) @14; */
	cdrpc::result<void> pairs(cdrpc::span<const wide_pair> x) const
	{
		cdrpc_status status;

		status = ::wide_pairs(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> pairs_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_pairs_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using pairs_pending = cdrpc::pending<void, &pairs_finish>;
	cdrpc::result<pairs_pending> pairs_begin(cdrpc::span<const wide_pair> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_pairs_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return pairs_pending(pending);
	}

	/* maybe_flag(u8? x) @15; */
	cdrpc::result<void> maybe_flag(const uint8_t *x) const
	{
		cdrpc_status status;

		status = ::wide_maybe_flag(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> maybe_flag_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_maybe_flag_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using maybe_flag_pending = cdrpc::pending<void, &maybe_flag_finish>;
	cdrpc::result<maybe_flag_pending> maybe_flag_begin(const uint8_t *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_maybe_flag_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_flag_pending(pending);
	}

	/* maybe_mode(Mode? x) @16; */
	cdrpc::result<void> maybe_mode(const wide_mode_t *x) const
	{
		cdrpc_status status;

		status = ::wide_maybe_mode(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> maybe_mode_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_maybe_mode_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using maybe_mode_pending = cdrpc::pending<void, &maybe_mode_finish>;
	cdrpc::result<maybe_mode_pending> maybe_mode_begin(const wide_mode_t *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_maybe_mode_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_mode_pending(pending);
	}

	/* maybe_pair(Pair? x) @17; */
	cdrpc::result<void> maybe_pair(const wide_pair *x) const
	{
		cdrpc_status status;

		status = ::wide_maybe_pair(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> maybe_pair_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_maybe_pair_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using maybe_pair_pending = cdrpc::pending<void, &maybe_pair_finish>;
	cdrpc::result<maybe_pair_pending> maybe_pair_begin(const wide_pair *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_maybe_pair_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_pair_pending(pending);
	}

	/* store(Box x) @18; */
	cdrpc::result<void> store(const wide_box &x) const
	{
		cdrpc_status status;

		status = ::wide_store(client_, &x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> store_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_store_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using store_pending = cdrpc::pending<void, &store_finish>;
	cdrpc::result<store_pending> store_begin(const wide_box &x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_store_begin(client_, &x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return store_pending(pending);
	}

	/* file(handle<file: read, write> x) @19; */
	cdrpc::result<void> file(cdrpc_handle x) const
	{
		cdrpc_status status;

		status = ::wide_file(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> file_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_file_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using file_pending = cdrpc::pending<void, &file_finish>;
	cdrpc::result<file_pending> file_begin(cdrpc_handle x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_file_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return file_pending(pending);
	}

	/* maybe_file(handle<file: read>? x) @20; */
	cdrpc::result<void> maybe_file(cdrpc_handle x) const
	{
		cdrpc_status status;

		status = ::wide_maybe_file(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> maybe_file_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_maybe_file_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using maybe_file_pending = cdrpc::pending<void, &maybe_file_finish>;
	cdrpc::result<maybe_file_pending> maybe_file_begin(cdrpc_handle x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_maybe_file_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_file_pending(pending);
	}

	/* more(u32 x, u32 y) @21; */
	cdrpc::result<void> more(uint32_t x, uint32_t y) const
	{
		cdrpc_status status;

		status = ::wide_more(client_, x, y);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> more_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_more_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using more_pending = cdrpc::pending<void, &more_finish>;
	cdrpc::result<more_pending> more_begin(uint32_t x, uint32_t y) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_more_begin(client_, x, y, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return more_pending(pending);
	}

	/* more_data(bytes[<=20] x, bytes[<=20] y) @22; */
	cdrpc::result<void> more_data(cdrpc::bytes x, cdrpc::bytes y) const
	{
		cdrpc_status status;

		status = ::wide_more_data(client_, cdrpc::to_c(x), cdrpc::to_c(y));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> more_data_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::wide_more_data_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using more_data_pending = cdrpc::pending<void, &more_data_finish>;
	cdrpc::result<more_data_pending> more_data_begin(cdrpc::bytes x, cdrpc::bytes y) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::wide_more_data_begin(client_, cdrpc::to_c(x), cdrpc::to_c(y), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return more_data_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class wide_server {
public:
	virtual ~wide_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::wide_serve(server, cdrpc_table(), this);
	}

	/* text(string[<=20] x) @1; */
	virtual cdrpc_status text(cdrpc_call *call, const char *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* wide(wstring[<=20] x) @2; */
	virtual cdrpc_status wide(cdrpc_call *call, const cdrpc_wchar *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* data(bytes[<=20] x) @3; */
	virtual cdrpc_status data(cdrpc_call *call, cdrpc::bytes x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* list(u32[<=20] x) @4; */
	virtual cdrpc_status list(cdrpc_call *call, cdrpc::span<const uint32_t> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* texts(string[<=20][<=20] x) @5; */
	virtual cdrpc_status texts(cdrpc_call *call, cdrpc::span<const char *const> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* mode(Mode x) @6; */
	virtual cdrpc_status mode(cdrpc_call *call, wide_mode_t x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* modes(Mode[<=20] x) @7; */
	virtual cdrpc_status modes(cdrpc_call *call, cdrpc::span<const wide_mode_t> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* fixed_modes(Mode[3] x) @8; */
	virtual cdrpc_status fixed_modes(cdrpc_call *call, const wide_mode_t (&x)[3])
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* choice(Any x) @9; */
	virtual cdrpc_status choice(cdrpc_call *call, const wide_any &x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* flag(u8 x) @10; */
	virtual cdrpc_status flag(cdrpc_call *call, uint8_t x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* flags(u8[<=20] x) @11; */
	virtual cdrpc_status flags(cdrpc_call *call, cdrpc::span<const uint8_t> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* fixed_flags(u8[3] x) @12; */
	virtual cdrpc_status fixed_flags(cdrpc_call *call, const uint8_t (&x)[3])
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* one_pair(Pair x) @13; */
	virtual cdrpc_status one_pair(cdrpc_call *call, const wide_pair &x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* pairs(Pair[<=20] x) @14; */
	virtual cdrpc_status pairs(cdrpc_call *call, cdrpc::span<const wide_pair> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* maybe_flag(u8? x) @15; */
	virtual cdrpc_status maybe_flag(cdrpc_call *call, const uint8_t *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* maybe_mode(Mode? x) @16; */
	virtual cdrpc_status maybe_mode(cdrpc_call *call, const wide_mode_t *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* maybe_pair(Pair? x) @17; */
	virtual cdrpc_status maybe_pair(cdrpc_call *call, const wide_pair *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* store(Box x) @18; */
	virtual cdrpc_status store(cdrpc_call *call, const wide_box &x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* file(handle<file: read, write> x) @19; */
	virtual cdrpc_status file(cdrpc_call *call, cdrpc_handle x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* maybe_file(handle<file: read>? x) @20; */
	virtual cdrpc_status maybe_file(cdrpc_call *call, cdrpc_handle x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* more(u32 x, u32 y) @21; */
	virtual cdrpc_status more(cdrpc_call *call, uint32_t x, uint32_t y)
	{
		(void)call;
		(void)x;
		(void)y;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* more_data(bytes[<=20] x, bytes[<=20] y) @22; */
	virtual cdrpc_status more_data(cdrpc_call *call, cdrpc::bytes x, cdrpc::bytes y)
	{
		(void)call;
		(void)x;
		(void)y;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

private:
	static cdrpc_status
	on_text(cdrpc_call *call, void *self, const char *x) noexcept
	{
		return static_cast<wide_server *>(self)->text(call, x);
	}
	static cdrpc_status
	on_wide(cdrpc_call *call, void *self, const cdrpc_wchar *x) noexcept
	{
		return static_cast<wide_server *>(self)->wide(call, x);
	}
	static cdrpc_status
	on_data(cdrpc_call *call, void *self, struct cdrpc_bytes x) noexcept
	{
		return static_cast<wide_server *>(self)->data(call, cdrpc::from_c(x));
	}
	static cdrpc_status
	on_list(cdrpc_call *call, void *self, const uint32_t *x, uint32_t x_count) noexcept
	{
		return static_cast<wide_server *>(self)->list(call, cdrpc::span<const uint32_t>(x, x_count));
	}
	static cdrpc_status
	on_texts(cdrpc_call *call, void *self, const char *const *x, uint32_t x_count) noexcept
	{
		return static_cast<wide_server *>(self)->texts(call, cdrpc::span<const char *const>(x, x_count));
	}
	static cdrpc_status
	on_mode(cdrpc_call *call, void *self, wide_mode_t x) noexcept
	{
		return static_cast<wide_server *>(self)->mode(call, x);
	}
	static cdrpc_status
	on_modes(cdrpc_call *call, void *self, const wide_mode_t *x, uint32_t x_count) noexcept
	{
		return static_cast<wide_server *>(self)->modes(call, cdrpc::span<const wide_mode_t>(x, x_count));
	}
	static cdrpc_status
	on_fixed_modes(cdrpc_call *call, void *self, const wide_mode_t x[3]) noexcept
	{
		return static_cast<wide_server *>(self)->fixed_modes(call,
								     *reinterpret_cast<const wide_mode_t (*)[3]>(x));
	}
	static cdrpc_status
	on_choice(cdrpc_call *call, void *self, const struct wide_any *x) noexcept
	{
		return static_cast<wide_server *>(self)->choice(call, *x);
	}
	static cdrpc_status
	on_flag(cdrpc_call *call, void *self, uint8_t x) noexcept
	{
		return static_cast<wide_server *>(self)->flag(call, x);
	}
	static cdrpc_status
	on_flags(cdrpc_call *call, void *self, const uint8_t *x, uint32_t x_count) noexcept
	{
		return static_cast<wide_server *>(self)->flags(call, cdrpc::span<const uint8_t>(x, x_count));
	}
	static cdrpc_status
	on_fixed_flags(cdrpc_call *call, void *self, const uint8_t x[3]) noexcept
	{
		return static_cast<wide_server *>(self)->fixed_flags(call, *reinterpret_cast<const uint8_t (*)[3]>(x));
	}
	static cdrpc_status
	on_one_pair(cdrpc_call *call, void *self, const struct wide_pair *x) noexcept
	{
		return static_cast<wide_server *>(self)->one_pair(call, *x);
	}
	static cdrpc_status
	on_pairs(cdrpc_call *call, void *self, const struct wide_pair *x, uint32_t x_count) noexcept
	{
		return static_cast<wide_server *>(self)->pairs(call, cdrpc::span<const wide_pair>(x, x_count));
	}
	static cdrpc_status
	on_maybe_flag(cdrpc_call *call, void *self, const uint8_t *x) noexcept
	{
		return static_cast<wide_server *>(self)->maybe_flag(call, x);
	}
	static cdrpc_status
	on_maybe_mode(cdrpc_call *call, void *self, const wide_mode_t *x) noexcept
	{
		return static_cast<wide_server *>(self)->maybe_mode(call, x);
	}
	static cdrpc_status
	on_maybe_pair(cdrpc_call *call, void *self, const struct wide_pair *x) noexcept
	{
		return static_cast<wide_server *>(self)->maybe_pair(call, x);
	}
	static cdrpc_status
	on_store(cdrpc_call *call, void *self, const struct wide_box *x) noexcept
	{
		return static_cast<wide_server *>(self)->store(call, *x);
	}
	static cdrpc_status
	on_file(cdrpc_call *call, void *self, cdrpc_handle x) noexcept
	{
		return static_cast<wide_server *>(self)->file(call, x);
	}
	static cdrpc_status
	on_maybe_file(cdrpc_call *call, void *self, cdrpc_handle x) noexcept
	{
		return static_cast<wide_server *>(self)->maybe_file(call, x);
	}
	static cdrpc_status
	on_more(cdrpc_call *call, void *self, uint32_t x, uint32_t y) noexcept
	{
		return static_cast<wide_server *>(self)->more(call, x, y);
	}
	static cdrpc_status
	on_more_data(cdrpc_call *call, void *self, struct cdrpc_bytes x, struct cdrpc_bytes y) noexcept
	{
		return static_cast<wide_server *>(self)->more_data(call, cdrpc::from_c(x), cdrpc::from_c(y));
	}
	static const struct wide_handlers *cdrpc_table() noexcept
	{
		static const struct wide_handlers table = {
			on_text,
			on_wide,
			on_data,
			on_list,
			on_texts,
			on_mode,
			on_modes,
			on_fixed_modes,
			on_choice,
			on_flag,
			on_flags,
			on_fixed_flags,
			on_one_pair,
			on_pairs,
			on_maybe_flag,
			on_maybe_mode,
			on_maybe_pair,
			on_store,
			on_file,
			on_maybe_file,
			on_more,
			on_more_data,
		};

		return &table;
	}
};

} // namespace test::wide

#endif
