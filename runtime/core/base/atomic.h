/*
 * Words that several threads, or both processes of a session, read and write at the same time: C11's atomics, or the intrinsics of
 * cl.exe, which has those of C11 only behind an experimental switch. Each word is a struct, so that nothing reads or writes it as a
 * plain one by mistake. Zeroed memory holds 0, false or NULL.
 *
 * Every operation is sequentially consistent, but for those whose name says less. add, sub and exchange return the value of before.
 * A load writes nothing: the memory may be mapped for reading only. That is not so for atomic_u64.
 */
#ifndef CDRPC_CORE_ATOMIC_H
#define CDRPC_CORE_ATOMIC_H

#include <stdbool.h>
#include <stdint.h>

#ifdef _MSC_VER

#include <intrin.h>

struct atomic_u32 {
	volatile long value;
};
struct atomic_u64 {
	volatile long long value;
};
struct atomic_pointer {
	void *volatile value;
};

static inline uint32_t
atomic_u32_load(const struct atomic_u32 *word)
{
#ifdef _M_ARM64
	uint32_t value = (uint32_t)__iso_volatile_load32((const volatile int *)&word->value);

	__dmb(_ARM64_BARRIER_ISH);
#else
	uint32_t value = (uint32_t)word->value;

	_ReadWriteBarrier();
#endif
	return value;
}

/* Orders what this thread did before it, and nothing that it does afterwards. */
static inline void
atomic_u32_store_release(struct atomic_u32 *word, uint32_t value)
{
#ifdef _M_ARM64
	__dmb(_ARM64_BARRIER_ISH);
	__iso_volatile_store32((volatile int *)&word->value, (int)value);
#else
	_ReadWriteBarrier();
	word->value = (long)value;
#endif
}

static inline uint32_t
atomic_u32_exchange(struct atomic_u32 *word, uint32_t value)
{
	return (uint32_t)_InterlockedExchange(&word->value, (long)value);
}

static inline void
atomic_u32_store(struct atomic_u32 *word, uint32_t value)
{
	_InterlockedExchange(&word->value, (long)value);
}

static inline uint32_t
atomic_u32_add(struct atomic_u32 *word, uint32_t value)
{
	return (uint32_t)_InterlockedExchangeAdd(&word->value, (long)value);
}

/* False, and the value that is there in *expected: it is another one. */
static inline bool
atomic_u32_compare_exchange(struct atomic_u32 *word, uint32_t *expected, uint32_t value)
{
	uint32_t before = (uint32_t)_InterlockedCompareExchange(&word->value, (long)value, (long)*expected);
	bool same = before == *expected;

	*expected = before;
	return same;
}

static inline bool
atomic_u64_compare_exchange(struct atomic_u64 *word, uint64_t *expected, uint64_t value)
{
	uint64_t before = (uint64_t)_InterlockedCompareExchange64(&word->value, (long long)value, (long long)*expected);
	bool same = before == *expected;

	*expected = before;
	return same;
}

/* A 32-bit process reads 64 bits at once by this alone. */
static inline uint64_t
atomic_u64_load(const struct atomic_u64 *word)
{
	return (uint64_t)_InterlockedCompareExchange64((volatile long long *)&word->value, 0, 0);
}

static inline uint64_t
atomic_u64_add(struct atomic_u64 *word, uint64_t value)
{
	uint64_t before = atomic_u64_load(word);

	while (!atomic_u64_compare_exchange(word, &before, before + value))
		;
	return before;
}

static inline void *
atomic_pointer_load(const struct atomic_pointer *word)
{
	return _InterlockedCompareExchangePointer((void *volatile *)&word->value, NULL, NULL);
}

static inline void
atomic_pointer_store(struct atomic_pointer *word, void *value)
{
	_InterlockedExchangePointer(&word->value, value);
}

#else

#include <stdatomic.h>

struct atomic_u32 {
	_Atomic uint32_t value;
};
struct atomic_u64 {
	_Atomic uint64_t value;
};
struct atomic_pointer {
	_Atomic(void *) value;
};

static inline uint32_t
atomic_u32_load(const struct atomic_u32 *word)
{
	return atomic_load(&word->value);
}

static inline void
atomic_u32_store_release(struct atomic_u32 *word, uint32_t value)
{
	atomic_store_explicit(&word->value, value, memory_order_release);
}

static inline uint32_t
atomic_u32_exchange(struct atomic_u32 *word, uint32_t value)
{
	return atomic_exchange(&word->value, value);
}

static inline void
atomic_u32_store(struct atomic_u32 *word, uint32_t value)
{
	atomic_store(&word->value, value);
}

static inline uint32_t
atomic_u32_add(struct atomic_u32 *word, uint32_t value)
{
	return atomic_fetch_add(&word->value, value);
}

static inline bool
atomic_u32_compare_exchange(struct atomic_u32 *word, uint32_t *expected, uint32_t value)
{
	return atomic_compare_exchange_strong(&word->value, expected, value);
}

static inline bool
atomic_u64_compare_exchange(struct atomic_u64 *word, uint64_t *expected, uint64_t value)
{
	return atomic_compare_exchange_strong(&word->value, expected, value);
}

static inline uint64_t
atomic_u64_load(const struct atomic_u64 *word)
{
	return atomic_load(&word->value);
}

static inline uint64_t
atomic_u64_add(struct atomic_u64 *word, uint64_t value)
{
	return atomic_fetch_add(&word->value, value);
}

static inline void *
atomic_pointer_load(const struct atomic_pointer *word)
{
	return atomic_load(&word->value);
}

static inline void
atomic_pointer_store(struct atomic_pointer *word, void *value)
{
	atomic_store(&word->value, value);
}

#endif

static inline uint32_t
atomic_u32_sub(struct atomic_u32 *word, uint32_t value)
{
	return atomic_u32_add(word, 0 - value);
}

static inline uint64_t
atomic_u64_sub(struct atomic_u64 *word, uint64_t value)
{
	return atomic_u64_add(word, 0 - value);
}

struct atomic_bool {
	struct atomic_u32 word;
};

static inline bool
atomic_bool_load(const struct atomic_bool *flag)
{
	return atomic_u32_load(&flag->word) != 0;
}

static inline void
atomic_bool_store(struct atomic_bool *flag, bool value)
{
	atomic_u32_store(&flag->word, value);
}

static inline bool
atomic_bool_exchange(struct atomic_bool *flag, bool value)
{
	return atomic_u32_exchange(&flag->word, value) != 0;
}

_Static_assert(sizeof(struct atomic_u32) == 4, "both processes of a session lay out the words that they share alike");

#endif
