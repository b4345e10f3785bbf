/*
 * cdrpc/inline.h: the short ways through the writer and the reader. Included by generated.h, which says what each function does.
 *
 * A fast path has one test: the item stands at its alignment and fits. All else, be it padding, overflow or an error, is behind
 * that test, in a function of the library: a writer that overflowed or failed has the capacity 0, a reader that failed is at its
 * end.
 */
#ifndef CDRPC_INLINE_H
#define CDRPC_INLINE_H

/* Pads and makes room for an item: where to store it, or NULL when it is only counted, or after an error. */
CDRPC_API uint8_t *cdrpc_write_claim(struct cdrpc_writer *w, size_t size, size_t align);
CDRPC_API void cdrpc_write_close(struct cdrpc_writer *w, struct cdrpc_mark field);
/* Checks padding and bounds and moves past an item: where it stands, or NULL after an error. */
CDRPC_API const uint8_t *cdrpc_read_claim(struct cdrpc_reader *r, size_t size, size_t align);

/* 'size' is a power of 2, and the alignment as well. 'at' is 1 GiB at most, so that the sum cannot wrap. */
static inline uint8_t *
cdrpc_write_place(struct cdrpc_writer *w, size_t size)
{
	size_t at = w->at;

	if ((at & (size - 1)) != 0 || at + size > w->capacity)
		return cdrpc_write_claim(w, size, size);
	w->at = at + size;
	return w->base + at;
}

/* The same for any size: more than the capacity, and 0, which has no place, go the long way. */
static inline uint8_t *
cdrpc_write_room(struct cdrpc_writer *w, size_t size, size_t align)
{
	size_t at = w->at;

	if ((at & (align - 1)) != 0 || size - 1 >= w->capacity || at > w->capacity - size)
		return cdrpc_write_claim(w, size, align);
	w->at = at + size;
	return w->base + at;
}

static inline const uint8_t *
cdrpc_read_place(struct cdrpc_reader *r, size_t size)
{
	size_t at = r->at;

	if ((at & (size - 1)) != 0 || r->end - at < size)
		return cdrpc_read_claim(r, size, size);
	r->at = at + size;
	return r->base + at;
}

static inline void
cdrpc_write_u8(struct cdrpc_writer *w, uint8_t value)
{
	uint8_t *to = cdrpc_write_place(w, sizeof value);

	if (to)
		*to = value;
}

static inline void
cdrpc_write_u16(struct cdrpc_writer *w, uint16_t value)
{
	uint8_t *to = cdrpc_write_place(w, sizeof value);

	if (to)
		memcpy(to, &value, sizeof value);
}

static inline void
cdrpc_write_u32(struct cdrpc_writer *w, uint32_t value)
{
	uint8_t *to = cdrpc_write_place(w, sizeof value);

	if (to)
		memcpy(to, &value, sizeof value);
}

static inline void
cdrpc_write_u64(struct cdrpc_writer *w, uint64_t value)
{
	uint8_t *to = cdrpc_write_place(w, sizeof value);

	if (to)
		memcpy(to, &value, sizeof value);
}

static inline void
cdrpc_write_bool(struct cdrpc_writer *w, bool value)
{
	cdrpc_write_u8(w, value ? 1 : 0);
}

static inline void
cdrpc_write_i8(struct cdrpc_writer *w, int8_t value)
{
	cdrpc_write_u8(w, (uint8_t)value);
}

static inline void
cdrpc_write_i16(struct cdrpc_writer *w, int16_t value)
{
	cdrpc_write_u16(w, (uint16_t)value);
}

static inline void
cdrpc_write_i32(struct cdrpc_writer *w, int32_t value)
{
	cdrpc_write_u32(w, (uint32_t)value);
}

static inline void
cdrpc_write_i64(struct cdrpc_writer *w, int64_t value)
{
	cdrpc_write_u64(w, (uint64_t)value);
}

static inline void
cdrpc_write_f32(struct cdrpc_writer *w, float value)
{
	uint8_t *to = cdrpc_write_place(w, sizeof value);

	if (to)
		memcpy(to, &value, sizeof value);
}

static inline void
cdrpc_write_f64(struct cdrpc_writer *w, double value)
{
	uint8_t *to = cdrpc_write_place(w, sizeof value);

	if (to)
		memcpy(to, &value, sizeof value);
}

static inline void
cdrpc_write_flat(struct cdrpc_writer *w, const void *data, size_t size, size_t align)
{
	uint8_t *to;

	if (!data) {
		cdrpc_write_null(w);
		return;
	}
	to = cdrpc_write_room(w, size, align);
	if (to)
		memcpy(to, data, size);
}

static inline bool
cdrpc_write_present(struct cdrpc_writer *w, const void *value)
{
	cdrpc_write_u32(w, value ? 1 : 0);
	return value != NULL;
}

/* The size is UINT32_MAX until the table ends, by which an unfinished one is known. A level too many fails when it begins. */
static inline struct cdrpc_mark
cdrpc_table_begin(struct cdrpc_writer *w)
{
	struct cdrpc_mark table;

	if (++w->depth > CDRPC_DEPTH_MAX)
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
	cdrpc_write_u64(w, UINT32_MAX);
	table.at = w->at;
	return table;
}

/* Records end at a multiple of 8, so nothing is left to be padded. */
static inline void
cdrpc_table_end(struct cdrpc_writer *w, struct cdrpc_mark table)
{
	uint32_t size = (uint32_t)(w->at - table.at);

	w->depth--;
	if (w->capacity != 0)
		memcpy(w->base + table.at - 8, &size, sizeof size);
}

static inline void
cdrpc_field_u32(struct cdrpc_writer *w, uint16_t id, uint32_t value)
{
	cdrpc_write_u64(w, (uint64_t)value << 32 | UINT64_C(1) << 16 | id);
}

static inline struct cdrpc_mark
cdrpc_field_begin(struct cdrpc_writer *w, uint16_t id)
{
	struct cdrpc_mark field;

	cdrpc_write_u64(w, id);
	field.at = w->at;
	return field;
}

/* Where there is room for 8 bytes more, the padding is stored in one piece; what of it stands past the padding does not count. */
static inline void
cdrpc_field_end(struct cdrpc_writer *w, struct cdrpc_mark field)
{
	static const uint8_t zero[8] = {0};
	size_t at = w->at;
	uint32_t size = (uint32_t)(at - field.at);

	if (at + sizeof zero > w->capacity) {
		cdrpc_write_close(w, field);
		return;
	}
	memcpy(w->base + at, zero, sizeof zero);
	memcpy(w->base + field.at - 4, &size, sizeof size);
	w->at = (at + 7) & ~(size_t)7;
}

static inline uint8_t
cdrpc_read_u8(struct cdrpc_reader *r)
{
	const uint8_t *from = cdrpc_read_place(r, 1);

	return from ? *from : 0;
}

static inline uint16_t
cdrpc_read_u16(struct cdrpc_reader *r)
{
	uint16_t value = 0;
	const uint8_t *from = cdrpc_read_place(r, sizeof value);

	if (from)
		memcpy(&value, from, sizeof value);
	return value;
}

static inline uint32_t
cdrpc_read_u32(struct cdrpc_reader *r)
{
	uint32_t value = 0;
	const uint8_t *from = cdrpc_read_place(r, sizeof value);

	if (from)
		memcpy(&value, from, sizeof value);
	return value;
}

static inline uint64_t
cdrpc_read_u64(struct cdrpc_reader *r)
{
	uint64_t value = 0;
	const uint8_t *from = cdrpc_read_place(r, sizeof value);

	if (from)
		memcpy(&value, from, sizeof value);
	return value;
}

static inline bool
cdrpc_read_bool(struct cdrpc_reader *r)
{
	uint8_t value = cdrpc_read_u8(r);

	if (value > 1)
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	return value == 1;
}

static inline int8_t
cdrpc_read_i8(struct cdrpc_reader *r)
{
	return (int8_t)cdrpc_read_u8(r);
}

static inline int16_t
cdrpc_read_i16(struct cdrpc_reader *r)
{
	return (int16_t)cdrpc_read_u16(r);
}

static inline int32_t
cdrpc_read_i32(struct cdrpc_reader *r)
{
	return (int32_t)cdrpc_read_u32(r);
}

static inline int64_t
cdrpc_read_i64(struct cdrpc_reader *r)
{
	return (int64_t)cdrpc_read_u64(r);
}

static inline float
cdrpc_read_f32(struct cdrpc_reader *r)
{
	float value = 0;
	const uint8_t *from = cdrpc_read_place(r, sizeof value);

	if (from)
		memcpy(&value, from, sizeof value);
	return value;
}

static inline double
cdrpc_read_f64(struct cdrpc_reader *r)
{
	double value = 0;
	const uint8_t *from = cdrpc_read_place(r, sizeof value);

	if (from)
		memcpy(&value, from, sizeof value);
	return value;
}

static inline void
cdrpc_read_into(struct cdrpc_reader *r, void *ret_data, size_t size, size_t align)
{
	size_t at = r->at;
	const void *from;

	if (size == 0)
		return;
	if ((at & (align - 1)) == 0 && r->end - at >= size) {
		r->at = at + size;
		from = r->base + at;
	} else {
		from = cdrpc_read_claim(r, size, align);
	}
	if (from)
		memcpy(ret_data, from, size);
	else
		memset(ret_data, 0, size);
}

static inline bool
cdrpc_read_present(struct cdrpc_reader *r)
{
	uint32_t value = cdrpc_read_u32(r);

	if (value > 1)
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	return value == 1;
}

#endif
