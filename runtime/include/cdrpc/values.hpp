/*
 * cdrpc/values.hpp: what calls of <cdrpc/cdrpc.hpp> return and take: results, and views of text, bytes and items.
 *
 * A view owns nothing, and is valid as long as what it was made of:
 *	parameters of a handler or a listener      until it returns; of a kept call until that is answered
 *	outputs of a call                          as long as the outputs that they stand in, or what those were moved to
 *	what a program passes                      until the function returns
 * Views are not made of temporary objects that own memory: a std::string or std::vector gets a name first. What a call returns is looked
 * into in an object with a name, too, so that nothing is left to point into what has gone.
 */
#ifndef CDRPC_VALUES_HPP
#define CDRPC_VALUES_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
namespace cdrpc {

/* Why there is no value; never CDRPC_OK. */
struct failure {
	cdrpc_status status;
};

/* A value, or the status that says why there is none. Copied and moved as its value is. */
template <class T> class [[nodiscard]] result {
public:
	result(failure why) noexcept : status_(why.status) {}
	result(T &&value) noexcept : status_(CDRPC_OK), value_(std::move(value)) {}

	explicit operator bool() const noexcept { return value_.has_value(); }
	[[nodiscard]] cdrpc_status status() const noexcept { return status_; }

	/* Only when there is a value, which a temporary result has not been asked: give it a name. */
	T &operator*() & noexcept { return *value_; }
	const T &operator*() const & noexcept { return *value_; }
	T *operator->() & noexcept { return &*value_; }
	const T *operator->() const & noexcept { return &*value_; }
	void operator*() const && = delete;
	void operator->() const && = delete;

private:
	cdrpc_status status_;
	std::optional<T> value_;
};

/* A call without outputs: done, or why not. */
template <> class [[nodiscard]] result<void> {
public:
	result() noexcept : status_(CDRPC_OK) {}
	result(failure why) noexcept : status_(why.status) {}

	explicit operator bool() const noexcept { return status_ == CDRPC_OK; }
	[[nodiscard]] cdrpc_status status() const noexcept { return status_; }

private:
	cdrpc_status status_;
};

/* Whether an object of the type, an expression's, may be gone while a view of it is used: a temporary one that owns memory. */
template <class T>
inline constexpr bool is_fleeting = !std::is_lvalue_reference<T &&>::value && !std::is_trivially_destructible<std::remove_reference_t<T>>::value;

/* A view of items, as std::span of C++20. */
template <class T> class span {
public:
	constexpr span() noexcept : data_(nullptr), size_(0) {}
	constexpr span(T *data, std::size_t size) noexcept : data_(data), size_(size) {}
	template <std::size_t N> constexpr span(T (&items)[N]) noexcept : data_(items), size_(N) {}
	/* Whatever has data() and size(): std::vector, std::array, std::string, std::span. */
	template <class C, class = decltype(static_cast<T *>(std::declval<C &>().data())),
		  class = decltype(static_cast<std::size_t>(std::declval<C &>().size())), class = std::enable_if_t<!is_fleeting<C>>>
	constexpr span(C &&items) noexcept : data_(items.data()), size_(items.size()) {}
	template <class C, class = decltype(static_cast<T *>(std::declval<C &>().data())), std::enable_if_t<is_fleeting<C>, int> = 0>
	span(C &&) = delete; /* a view of a temporary object, which ends before the view: give it a name first */

	constexpr T *data() const noexcept { return data_; }
	constexpr std::size_t size() const noexcept { return size_; }
	constexpr bool empty() const noexcept { return size_ == 0; }
	constexpr T *begin() const noexcept { return data_; }
	constexpr T *end() const noexcept { return data_ + size_; }
	constexpr T &operator[](std::size_t index) const noexcept { return data_[index]; }

private:
	T *data_;
	std::size_t size_;
};

using bytes = span<const std::uint8_t>;

/* A view of as many items as the interface says. */
template <class T, std::size_t N> class array_view {
public:
	using value_type = std::remove_const_t<T>;

	constexpr array_view(T (&items)[N]) noexcept : data_(items) {}
	constexpr array_view(const std::array<value_type, N> &items) noexcept : data_(items.data()) {}
	array_view(const std::array<value_type, N> &&items) = delete;
	/* There are as many. */
	static constexpr array_view of(T *items) noexcept { return array_view(items, nullptr); }

	constexpr T *data() const noexcept { return data_; }
	static constexpr std::size_t size() noexcept { return N; }
	constexpr T *begin() const noexcept { return data_; }
	constexpr T *end() const noexcept { return data_ + N; }
	constexpr T &operator[](std::size_t index) const noexcept { return data_[index]; }

private:
	constexpr array_view(T *data, std::nullptr_t) noexcept : data_(data) {}

	T *data_;
};

/*
 * A view of text that ends with NUL, which c_str() is for; else as std::basic_string_view. Not made of one, for that need not end so. Of
 * nullptr it has no text, and c_str() gives that back: a call that is passed it fails with CDRPC_E_ARGUMENT, unless it is optional.
 */
template <class Char> class basic_zstring_view : public std::basic_string_view<Char> {
public:
	constexpr basic_zstring_view() noexcept = default;
	constexpr basic_zstring_view(const Char *text) noexcept
		: std::basic_string_view<Char>(text ? std::basic_string_view<Char>(text) : std::basic_string_view<Char>())
	{
	}
	/* Whatever has c_str(): std::string. */
	template <class S, class = decltype(static_cast<const Char *>(std::declval<S &>().c_str())),
		  class = std::enable_if_t<!is_fleeting<S> && !std::is_base_of<basic_zstring_view, std::decay_t<S>>::value>>
	constexpr basic_zstring_view(S &&text) noexcept : basic_zstring_view(static_cast<const Char *>(text.c_str()))
	{
	}
	template <class S, class = decltype(static_cast<const Char *>(std::declval<S &>().c_str())), std::enable_if_t<is_fleeting<S>, int> = 0>
	basic_zstring_view(S &&) = delete; /* a view of a temporary object, which ends before the view: give it a name first */
	template <class S, std::enable_if_t<std::is_same<std::decay_t<S>, std::basic_string_view<Char>>::value, int> = 0>
	basic_zstring_view(S &&) = delete; /* a std::string_view need not end with NUL: make a std::string of it first, with a name */

	constexpr const Char *c_str() const noexcept { return this->data(); }
	void remove_suffix(std::size_t) = delete;
};

using zstring_view = basic_zstring_view<char>;
using zwstring_view = basic_zstring_view<cdrpc_wchar>;

/* ---- from C: fields of tables, too, and what the generated classes are given ---- */

inline bytes
from_c(cdrpc_bytes from) noexcept
{
	return bytes(static_cast<const std::uint8_t *>(from.data), from.size);
}

/* What is optional: a field `u32? year` is a pointer in C, and maybe(track.year) a std::optional<std::uint32_t>. */
template <class T>
std::optional<T>
maybe(const T *from) noexcept
{
	return from ? std::optional<T>(*from) : std::nullopt;
}

template <class Char>
std::optional<basic_zstring_view<Char>>
maybe_text(const Char *from) noexcept
{
	return from ? std::optional<basic_zstring_view<Char>>(from) : std::nullopt;
}

inline std::optional<bytes>
maybe_bytes(cdrpc_bytes from) noexcept
{
	return from.data ? std::optional<bytes>(from_c(from)) : std::nullopt;
}

template <class T>
std::optional<span<T>>
maybe_span(T *items, std::size_t count) noexcept
{
	return items ? std::optional<span<T>>(span<T>(items, count)) : std::nullopt;
}

template <std::size_t N, class T>
std::optional<array_view<T, N>>
maybe_array(T *items) noexcept
{
	return items ? std::optional<array_view<T, N>>(array_view<T, N>::of(items)) : std::nullopt;
}

/* ---- to C ---- */

/* More than fits is more than any bound: the stub refuses it. */
inline std::uint32_t
count_of(std::size_t size) noexcept
{
	return size < UINT32_MAX ? static_cast<std::uint32_t>(size) : UINT32_MAX;
}

template <class T>
std::uint32_t
count_of(const std::optional<span<T>> &from) noexcept
{
	return from ? count_of(from->size()) : 0;
}

/* Where something is that has no bytes, and is there all the same: in C NULL is absent. */
inline const void *
somewhere() noexcept
{
	static const std::max_align_t nothing = {};

	return &nothing;
}

inline cdrpc_bytes
to_c(bytes from) noexcept
{
	cdrpc_bytes to = {from.data(), count_of(from.size())};

	return to;
}

inline cdrpc_bytes
maybe_to_c(const std::optional<bytes> &from) noexcept
{
	cdrpc_bytes to = {nullptr, 0};

	if (from) {
		to.data = from->data() ? from->data() : somewhere();
		to.size = count_of(from->size());
	}
	return to;
}

template <class T>
T *
to_c(const std::optional<span<T>> &from) noexcept
{
	return !from ? nullptr : from->data() ? from->data() : static_cast<T *>(somewhere());
}

template <class Char>
const Char *
to_c(const std::optional<basic_zstring_view<Char>> &from) noexcept
{
	return from ? from->c_str() : nullptr;
}

template <class T, std::size_t N>
T *
to_c(const std::optional<array_view<T, N>> &from) noexcept
{
	return from ? from->data() : nullptr;
}

template <class T>
const T *
to_c(const std::optional<T> &from) noexcept
{
	return from ? &*from : nullptr;
}

} // namespace cdrpc
#pragma pack(pop)

#endif
