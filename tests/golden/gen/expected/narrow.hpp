/*
 * C++ wrapper of module test.narrow, written by cdidl from narrow.cdidl. Changes belong there.
 *
 * What wide.cdidl sends, this may refuse.
 */
#ifndef CDIDL_TEST_NARROW_HPP
#define CDIDL_TEST_NARROW_HPP

#include <array>

#include <cdrpc/cdrpc.hpp>

#include "narrow.h"

namespace test::narrow {

class narrow_client {
public:
	/* 'client' is borrowed. */
	explicit narrow_client(cdrpc_client *client) noexcept : client_(client) {}

	/* text(string[<=4] x) @1; */
	cdrpc::result<void> text(const char *x) const
	{
		cdrpc_status status;

		status = ::narrow_text(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> text_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_text_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using text_pending = cdrpc::pending<void, &text_finish>;
	cdrpc::result<text_pending> text_begin(const char *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_text_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return text_pending(pending);
	}

	/* wide(wstring[<=4] x) @2; */
	cdrpc::result<void> wide(const cdrpc_wchar *x) const
	{
		cdrpc_status status;

		status = ::narrow_wide(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> wide_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_wide_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using wide_pending = cdrpc::pending<void, &wide_finish>;
	cdrpc::result<wide_pending> wide_begin(const cdrpc_wchar *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_wide_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return wide_pending(pending);
	}

	/* data(bytes[<=4] x) @3; */
	cdrpc::result<void> data(cdrpc::bytes x) const
	{
		cdrpc_status status;

		status = ::narrow_data(client_, cdrpc::to_c(x));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> data_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_data_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using data_pending = cdrpc::pending<void, &data_finish>;
	cdrpc::result<data_pending> data_begin(cdrpc::bytes x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_data_begin(client_, cdrpc::to_c(x), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return data_pending(pending);
	}

	/* list(u32[<=4] x) @4; */
	cdrpc::result<void> list(cdrpc::span<const uint32_t> x) const
	{
		cdrpc_status status;

		status = ::narrow_list(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> list_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_list_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using list_pending = cdrpc::pending<void, &list_finish>;
	cdrpc::result<list_pending> list_begin(cdrpc::span<const uint32_t> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_list_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return list_pending(pending);
	}

	/* texts(string[<=4][<=4] x) @5; */
	cdrpc::result<void> texts(cdrpc::span<const char *const> x) const
	{
		cdrpc_status status;

		status = ::narrow_texts(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> texts_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_texts_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using texts_pending = cdrpc::pending<void, &texts_finish>;
	cdrpc::result<texts_pending> texts_begin(cdrpc::span<const char *const> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_texts_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return texts_pending(pending);
	}

	/* mode(Mode x) @6; */
	cdrpc::result<void> mode(narrow_mode_t x) const
	{
		cdrpc_status status;

		status = ::narrow_mode(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> mode_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_mode_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using mode_pending = cdrpc::pending<void, &mode_finish>;
	cdrpc::result<mode_pending> mode_begin(narrow_mode_t x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_mode_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return mode_pending(pending);
	}

	/* modes(Mode[<=4] x) @7; */
	cdrpc::result<void> modes(cdrpc::span<const narrow_mode_t> x) const
	{
		cdrpc_status status;

		status = ::narrow_modes(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> modes_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_modes_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using modes_pending = cdrpc::pending<void, &modes_finish>;
	cdrpc::result<modes_pending> modes_begin(cdrpc::span<const narrow_mode_t> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_modes_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return modes_pending(pending);
	}

	/* fixed_modes(Mode[3] x) @8; */
	cdrpc::result<void> fixed_modes(const narrow_mode_t (&x)[3]) const
	{
		cdrpc_status status;

		status = ::narrow_fixed_modes(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> fixed_modes_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_fixed_modes_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using fixed_modes_pending = cdrpc::pending<void, &fixed_modes_finish>;
	cdrpc::result<fixed_modes_pending> fixed_modes_begin(const narrow_mode_t (&x)[3]) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_fixed_modes_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return fixed_modes_pending(pending);
	}

	/* choice(Any x) @9; */
	cdrpc::result<void> choice(const narrow_any &x) const
	{
		cdrpc_status status;

		status = ::narrow_choice(client_, &x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> choice_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_choice_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using choice_pending = cdrpc::pending<void, &choice_finish>;
	cdrpc::result<choice_pending> choice_begin(const narrow_any &x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_choice_begin(client_, &x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return choice_pending(pending);
	}

	/* flag(bool x) @10; */
	cdrpc::result<void> flag(bool x) const
	{
		cdrpc_status status;

		status = ::narrow_flag(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> flag_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_flag_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using flag_pending = cdrpc::pending<void, &flag_finish>;
	cdrpc::result<flag_pending> flag_begin(bool x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_flag_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return flag_pending(pending);
	}

	/* flags(bool[<=4] x) @11; */
	cdrpc::result<void> flags(cdrpc::span<const bool> x) const
	{
		cdrpc_status status;

		status = ::narrow_flags(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> flags_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_flags_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using flags_pending = cdrpc::pending<void, &flags_finish>;
	cdrpc::result<flags_pending> flags_begin(cdrpc::span<const bool> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_flags_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return flags_pending(pending);
	}

	/* fixed_flags(bool[3] x) @12; */
	cdrpc::result<void> fixed_flags(const bool (&x)[3]) const
	{
		cdrpc_status status;

		status = ::narrow_fixed_flags(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> fixed_flags_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_fixed_flags_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using fixed_flags_pending = cdrpc::pending<void, &fixed_flags_finish>;
	cdrpc::result<fixed_flags_pending> fixed_flags_begin(const bool (&x)[3]) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_fixed_flags_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return fixed_flags_pending(pending);
	}

	/* one_pair(Pair x) @13; */
	cdrpc::result<void> one_pair(const narrow_pair &x) const
	{
		cdrpc_status status;

		status = ::narrow_one_pair(client_, &x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> one_pair_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_one_pair_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using one_pair_pending = cdrpc::pending<void, &one_pair_finish>;
	cdrpc::result<one_pair_pending> one_pair_begin(const narrow_pair &x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_one_pair_begin(client_, &x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return one_pair_pending(pending);
	}

	/* pairs(Pair[<=4] x) @14; */
	cdrpc::result<void> pairs(cdrpc::span<const narrow_pair> x) const
	{
		cdrpc_status status;

		status = ::narrow_pairs(client_, x.data(), cdrpc::count_of(x.size()));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> pairs_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_pairs_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using pairs_pending = cdrpc::pending<void, &pairs_finish>;
	cdrpc::result<pairs_pending> pairs_begin(cdrpc::span<const narrow_pair> x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_pairs_begin(client_, x.data(), cdrpc::count_of(x.size()), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return pairs_pending(pending);
	}

	/* maybe_flag(bool? x) @15; */
	cdrpc::result<void> maybe_flag(const bool *x) const
	{
		cdrpc_status status;

		status = ::narrow_maybe_flag(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> maybe_flag_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_maybe_flag_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using maybe_flag_pending = cdrpc::pending<void, &maybe_flag_finish>;
	cdrpc::result<maybe_flag_pending> maybe_flag_begin(const bool *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_maybe_flag_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_flag_pending(pending);
	}

	/* maybe_mode(Mode? x) @16; */
	cdrpc::result<void> maybe_mode(const narrow_mode_t *x) const
	{
		cdrpc_status status;

		status = ::narrow_maybe_mode(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> maybe_mode_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_maybe_mode_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using maybe_mode_pending = cdrpc::pending<void, &maybe_mode_finish>;
	cdrpc::result<maybe_mode_pending> maybe_mode_begin(const narrow_mode_t *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_maybe_mode_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_mode_pending(pending);
	}

	/* maybe_pair(Pair? x) @17; */
	cdrpc::result<void> maybe_pair(const narrow_pair *x) const
	{
		cdrpc_status status;

		status = ::narrow_maybe_pair(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> maybe_pair_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_maybe_pair_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using maybe_pair_pending = cdrpc::pending<void, &maybe_pair_finish>;
	cdrpc::result<maybe_pair_pending> maybe_pair_begin(const narrow_pair *x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_maybe_pair_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_pair_pending(pending);
	}

	/* store(Box x) @18; */
	cdrpc::result<void> store(const narrow_box &x) const
	{
		cdrpc_status status;

		status = ::narrow_store(client_, &x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> store_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_store_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using store_pending = cdrpc::pending<void, &store_finish>;
	cdrpc::result<store_pending> store_begin(const narrow_box &x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_store_begin(client_, &x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return store_pending(pending);
	}

	/* file(handle<file: read> x) @19; */
	cdrpc::result<void> file(cdrpc_handle x) const
	{
		cdrpc_status status;

		status = ::narrow_file(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> file_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_file_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using file_pending = cdrpc::pending<void, &file_finish>;
	cdrpc::result<file_pending> file_begin(cdrpc_handle x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_file_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return file_pending(pending);
	}

	/* maybe_file(handle<file: read> x) @20; */
	cdrpc::result<void> maybe_file(cdrpc_handle x) const
	{
		cdrpc_status status;

		status = ::narrow_maybe_file(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> maybe_file_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_maybe_file_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using maybe_file_pending = cdrpc::pending<void, &maybe_file_finish>;
	cdrpc::result<maybe_file_pending> maybe_file_begin(cdrpc_handle x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_maybe_file_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return maybe_file_pending(pending);
	}

	/* more(u32 x) @21; */
	cdrpc::result<void> more(uint32_t x) const
	{
		cdrpc_status status;

		status = ::narrow_more(client_, x);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> more_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_more_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using more_pending = cdrpc::pending<void, &more_finish>;
	cdrpc::result<more_pending> more_begin(uint32_t x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_more_begin(client_, x, &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return more_pending(pending);
	}

	/* more_data(bytes[<=4] x) @22; */
	cdrpc::result<void> more_data(cdrpc::bytes x) const
	{
		cdrpc_status status;

		status = ::narrow_more_data(client_, cdrpc::to_c(x));
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}

	static cdrpc::result<void> more_data_finish(cdrpc_pending *pending)
	{
		cdrpc_status status;

		status = ::narrow_more_data_finish(pending);
		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return {};
	}
	using more_data_pending = cdrpc::pending<void, &more_data_finish>;
	cdrpc::result<more_data_pending> more_data_begin(cdrpc::bytes x) const
	{
		cdrpc_pending *pending = nullptr;
		cdrpc_status status = ::narrow_more_data_begin(client_, cdrpc::to_c(x), &pending);

		if (status != CDRPC_OK)
			return cdrpc::failure{status};
		return more_data_pending(pending);
	}

private:
	cdrpc_client *client_;
};

/* Override what is served; an exception that leaves a handler ends the program. */
class narrow_server {
public:
	virtual ~narrow_server() = default;
	/* The object stays where it is until the server is freed. */
	cdrpc_status cdrpc_serve(cdrpc_server *server)
	{
		return ::narrow_serve(server, cdrpc_table(), this);
	}

	/* text(string[<=4] x) @1; */
	virtual cdrpc_status text(cdrpc_call *call, const char *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* wide(wstring[<=4] x) @2; */
	virtual cdrpc_status wide(cdrpc_call *call, const cdrpc_wchar *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* data(bytes[<=4] x) @3; */
	virtual cdrpc_status data(cdrpc_call *call, cdrpc::bytes x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* list(u32[<=4] x) @4; */
	virtual cdrpc_status list(cdrpc_call *call, cdrpc::span<const uint32_t> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* texts(string[<=4][<=4] x) @5; */
	virtual cdrpc_status texts(cdrpc_call *call, cdrpc::span<const char *const> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* mode(Mode x) @6; */
	virtual cdrpc_status mode(cdrpc_call *call, narrow_mode_t x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* modes(Mode[<=4] x) @7; */
	virtual cdrpc_status modes(cdrpc_call *call, cdrpc::span<const narrow_mode_t> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* fixed_modes(Mode[3] x) @8; */
	virtual cdrpc_status fixed_modes(cdrpc_call *call, const narrow_mode_t (&x)[3])
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* choice(Any x) @9; */
	virtual cdrpc_status choice(cdrpc_call *call, const narrow_any &x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* flag(bool x) @10; */
	virtual cdrpc_status flag(cdrpc_call *call, bool x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* flags(bool[<=4] x) @11; */
	virtual cdrpc_status flags(cdrpc_call *call, cdrpc::span<const bool> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* fixed_flags(bool[3] x) @12; */
	virtual cdrpc_status fixed_flags(cdrpc_call *call, const bool (&x)[3])
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* one_pair(Pair x) @13; */
	virtual cdrpc_status one_pair(cdrpc_call *call, const narrow_pair &x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* pairs(Pair[<=4] x) @14; */
	virtual cdrpc_status pairs(cdrpc_call *call, cdrpc::span<const narrow_pair> x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* maybe_flag(bool? x) @15; */
	virtual cdrpc_status maybe_flag(cdrpc_call *call, const bool *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* maybe_mode(Mode? x) @16; */
	virtual cdrpc_status maybe_mode(cdrpc_call *call, const narrow_mode_t *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* maybe_pair(Pair? x) @17; */
	virtual cdrpc_status maybe_pair(cdrpc_call *call, const narrow_pair *x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* store(Box x) @18; */
	virtual cdrpc_status store(cdrpc_call *call, const narrow_box &x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* file(handle<file: read> x) @19; */
	virtual cdrpc_status file(cdrpc_call *call, cdrpc_handle x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* maybe_file(handle<file: read> x) @20; */
	virtual cdrpc_status maybe_file(cdrpc_call *call, cdrpc_handle x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* more(u32 x) @21; */
	virtual cdrpc_status more(cdrpc_call *call, uint32_t x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

	/* more_data(bytes[<=4] x) @22; */
	virtual cdrpc_status more_data(cdrpc_call *call, cdrpc::bytes x)
	{
		(void)call;
		(void)x;
		return CDRPC_E_NOT_IMPLEMENTED;
	}

private:
	static cdrpc_status
	on_text(cdrpc_call *call, void *self, const char *x) noexcept
	{
		return static_cast<narrow_server *>(self)->text(call, x);
	}
	static cdrpc_status
	on_wide(cdrpc_call *call, void *self, const cdrpc_wchar *x) noexcept
	{
		return static_cast<narrow_server *>(self)->wide(call, x);
	}
	static cdrpc_status
	on_data(cdrpc_call *call, void *self, struct cdrpc_bytes x) noexcept
	{
		return static_cast<narrow_server *>(self)->data(call, cdrpc::from_c(x));
	}
	static cdrpc_status
	on_list(cdrpc_call *call, void *self, const uint32_t *x, uint32_t x_count) noexcept
	{
		return static_cast<narrow_server *>(self)->list(call, cdrpc::span<const uint32_t>(x, x_count));
	}
	static cdrpc_status
	on_texts(cdrpc_call *call, void *self, const char *const *x, uint32_t x_count) noexcept
	{
		return static_cast<narrow_server *>(self)->texts(call, cdrpc::span<const char *const>(x, x_count));
	}
	static cdrpc_status
	on_mode(cdrpc_call *call, void *self, narrow_mode_t x) noexcept
	{
		return static_cast<narrow_server *>(self)->mode(call, x);
	}
	static cdrpc_status
	on_modes(cdrpc_call *call, void *self, const narrow_mode_t *x, uint32_t x_count) noexcept
	{
		return static_cast<narrow_server *>(self)->modes(call, cdrpc::span<const narrow_mode_t>(x, x_count));
	}
	static cdrpc_status
	on_fixed_modes(cdrpc_call *call, void *self, const narrow_mode_t x[3]) noexcept
	{
		return static_cast<narrow_server *>(self)->fixed_modes(call,
								       *reinterpret_cast<const narrow_mode_t (*)[3]>(x));
	}
	static cdrpc_status
	on_choice(cdrpc_call *call, void *self, const struct narrow_any *x) noexcept
	{
		return static_cast<narrow_server *>(self)->choice(call, *x);
	}
	static cdrpc_status
	on_flag(cdrpc_call *call, void *self, bool x) noexcept
	{
		return static_cast<narrow_server *>(self)->flag(call, x);
	}
	static cdrpc_status
	on_flags(cdrpc_call *call, void *self, const bool *x, uint32_t x_count) noexcept
	{
		return static_cast<narrow_server *>(self)->flags(call, cdrpc::span<const bool>(x, x_count));
	}
	static cdrpc_status
	on_fixed_flags(cdrpc_call *call, void *self, const bool x[3]) noexcept
	{
		return static_cast<narrow_server *>(self)->fixed_flags(call, *reinterpret_cast<const bool (*)[3]>(x));
	}
	static cdrpc_status
	on_one_pair(cdrpc_call *call, void *self, const struct narrow_pair *x) noexcept
	{
		return static_cast<narrow_server *>(self)->one_pair(call, *x);
	}
	static cdrpc_status
	on_pairs(cdrpc_call *call, void *self, const struct narrow_pair *x, uint32_t x_count) noexcept
	{
		return static_cast<narrow_server *>(self)->pairs(call, cdrpc::span<const narrow_pair>(x, x_count));
	}
	static cdrpc_status
	on_maybe_flag(cdrpc_call *call, void *self, const bool *x) noexcept
	{
		return static_cast<narrow_server *>(self)->maybe_flag(call, x);
	}
	static cdrpc_status
	on_maybe_mode(cdrpc_call *call, void *self, const narrow_mode_t *x) noexcept
	{
		return static_cast<narrow_server *>(self)->maybe_mode(call, x);
	}
	static cdrpc_status
	on_maybe_pair(cdrpc_call *call, void *self, const struct narrow_pair *x) noexcept
	{
		return static_cast<narrow_server *>(self)->maybe_pair(call, x);
	}
	static cdrpc_status
	on_store(cdrpc_call *call, void *self, const struct narrow_box *x) noexcept
	{
		return static_cast<narrow_server *>(self)->store(call, *x);
	}
	static cdrpc_status
	on_file(cdrpc_call *call, void *self, cdrpc_handle x) noexcept
	{
		return static_cast<narrow_server *>(self)->file(call, x);
	}
	static cdrpc_status
	on_maybe_file(cdrpc_call *call, void *self, cdrpc_handle x) noexcept
	{
		return static_cast<narrow_server *>(self)->maybe_file(call, x);
	}
	static cdrpc_status
	on_more(cdrpc_call *call, void *self, uint32_t x) noexcept
	{
		return static_cast<narrow_server *>(self)->more(call, x);
	}
	static cdrpc_status
	on_more_data(cdrpc_call *call, void *self, struct cdrpc_bytes x) noexcept
	{
		return static_cast<narrow_server *>(self)->more_data(call, cdrpc::from_c(x));
	}
	static const struct narrow_handlers *cdrpc_table() noexcept
	{
		static const struct narrow_handlers table = {
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

} // namespace test::narrow

#endif
