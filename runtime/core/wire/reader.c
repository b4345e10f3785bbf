#include <cdrpc/generated.h>

#include "base/arena.h"
#include "wire/reader.h"
#include "wire/utf8.h"

const cdrpc_wchar *
cdrpc_empty_wstring(void)
{
	static const cdrpc_wchar empty[1] = {0};

	return empty;
}

void
cdrpc_reader_init(struct cdrpc_reader *r, struct cdrpc_arena *arena, const void *body, size_t size, const void *blob,
		  size_t blob_size)
{
	*r = (struct cdrpc_reader){
		.base = (const uint8_t *)body, .end = size, .blob = (const uint8_t *)blob, .blob_left = blob_size, .arena = arena,
	};
	if (size > CDRPC_BODY_MAX || blob_size > CDRPC_BODY_MAX)
		cdrpc_read_fail(r, CDRPC_E_TOO_LARGE);
}

cdrpc_status
cdrpc_reader_end(struct cdrpc_reader *r)
{
	if (r->at != r->end || r->depth != 0 || r->blob_left != 0 || r->handle_at != r->handle_count)
		reader_refuse(r, 0, WRONG_REST, r->end - r->at + r->blob_left, 0);
	return r->status;
}

/* Nothing is left to read, so that every check that follows fails on its own. */
static void
fail_reading(struct cdrpc_reader *r, cdrpc_status status, const struct cdrpc_wrong *wrong)
{
	if (r->status == CDRPC_OK) {
		r->status = status;
		r->wrong = *wrong;
	}
	r->at = 0;
	r->end = 0;
}

void
cdrpc_read_fail(struct cdrpc_reader *r, cdrpc_status status)
{
	fail_reading(r, status, &(struct cdrpc_wrong){ WRONG_LAST, r->depth, r->at, 0, 0 });
}

void
reader_refuse(struct cdrpc_reader *r, size_t back, enum wrong what, uint64_t is, uint64_t bound)
{
	fail_reading(r, CDRPC_E_DECODE, &(struct cdrpc_wrong){ (uint32_t)what, r->depth, r->at - (back < r->at ? back : r->at), is, bound });
}

/* Whether the 1 to 7 bytes before 'to' are zero. All but the body's first are looked at in one piece, with some before them. */
static bool
is_padding(const struct cdrpc_reader *r, size_t to, size_t pad)
{
	uint64_t bytes = 0;

	if (to >= sizeof bytes)
		memcpy(&bytes, r->base + to - sizeof bytes, sizeof bytes);
	else
		memcpy((uint8_t *)&bytes + sizeof bytes - to, r->base, to);
	return bytes >> (64 - 8 * pad) == 0;
}

/* A reader that failed has nothing left, and 'size' is never 0. */
const uint8_t *
cdrpc_read_claim(struct cdrpc_reader *r, size_t size, size_t align)
{
	size_t at = (r->at + align - 1) & ~(align - 1);

	if (at > r->end || size > r->end - at || (at != r->at && !is_padding(r, at, at - r->at))) {
		reader_refuse(r, 0, at > r->end || size > r->end - at ? WRONG_END : WRONG_FORM, size, r->end - r->at);
		return NULL;
	}
	r->at = at + size;
	return r->base + at;
}

const void *
cdrpc_read_flat(struct cdrpc_reader *r, size_t size, size_t align)
{
	return size > 0 ? cdrpc_read_claim(r, size, align) : NULL;
}

uint32_t
cdrpc_read_count(struct cdrpc_reader *r, uint32_t bound, size_t smallest)
{
	uint32_t count = cdrpc_read_u32(r);

	if (count > bound || (uint64_t)count * smallest > r->end - r->at) {
		reader_refuse(r, 4, count > bound ? WRONG_ITEMS : WRONG_END, count > bound ? count : (uint64_t)count * smallest,
			      count > bound ? bound : r->end - r->at);
		return 0;
	}
	return count;
}

const void *
cdrpc_read_array(struct cdrpc_reader *r, uint32_t bound, size_t item_size, size_t item_align, uint32_t *ret_count)
{
	uint32_t count = cdrpc_read_count(r, bound, item_size);
	const void *items = NULL;

	if (count > 0)
		items = cdrpc_read_claim(r, (size_t)count * item_size, item_align);
	*ret_count = items ? count : 0;
	return items;
}

void *
cdrpc_read_alloc(struct cdrpc_reader *r, size_t count, size_t item_size)
{
	void *memory = NULL;
	cdrpc_status status = CDRPC_E_TOO_LARGE;

	if (count == 0 || item_size == 0 || r->status != CDRPC_OK)
		return NULL;
	if (r->arena && count <= SIZE_MAX / item_size)
		status = arena_alloc(r->arena, count * item_size, &memory);
	if (status != CDRPC_OK)
		cdrpc_read_fail(r, status);
	return memory;
}

const char *
cdrpc_read_string(struct cdrpc_reader *r, uint32_t bound)
{
	uint32_t length = cdrpc_read_u32(r);
	const char *text;

	/* With the NUL in hand the length is known to fit, whatever it was said to be. */
	if (length > bound || length >= r->end - r->at) {
		reader_refuse(r, 4, length > bound ? WRONG_BYTES : WRONG_END, length, length > bound ? bound : r->end - r->at);
		return "";
	}
	text = (const char *)r->base + r->at;
	if (text[length] != 0 || !utf8_valid(text, length)) {
		reader_refuse(r, 4, text[length] != 0 ? WRONG_FORM : WRONG_UTF8, length, bound);
		return "";
	}
	r->at += (size_t)length + 1;
	return text;
}

const cdrpc_wchar *
cdrpc_read_wstring(struct cdrpc_reader *r, uint32_t bound)
{
	uint32_t units = cdrpc_read_u32(r);
	const uint8_t *text;

	if (units > bound || units >= (r->end - r->at) / sizeof(cdrpc_wchar)) {
		reader_refuse(r, 4, units > bound ? WRONG_UNITS : WRONG_END, units > bound ? units : 2 * (uint64_t)units,
			      units > bound ? bound : r->end - r->at);
		return cdrpc_empty_wstring();
	}
	text = r->base + r->at;
	r->at += ((size_t)units + 1) * sizeof(cdrpc_wchar);
	if (r->base[r->at - 1] != 0 || r->base[r->at - 2] != 0 || !wide_valid(text, units)) {
		reader_refuse(r, (size_t)(r->base + r->at - text) + 4, WRONG_FORM, 0, 0);
		return cdrpc_empty_wstring();
	}
	return (const cdrpc_wchar *)(const void *)text;
}

/* Empty bytes have an address nevertheless: without one they would be absent. */
struct cdrpc_bytes
cdrpc_read_bytes(struct cdrpc_reader *r, uint32_t bound)
{
	struct cdrpc_bytes bytes = {NULL, 0};
	uint32_t size = cdrpc_read_u32(r);

	if (size > bound)
		reader_refuse(r, 4, WRONG_BYTES, size, bound);
	if (r->status != CDRPC_OK)
		return bytes;
	bytes.data = size > 0 ? cdrpc_read_claim(r, size, 8) : r->base + r->at;
	bytes.size = bytes.data ? size : 0;
	return bytes;
}

struct cdrpc_bytes
cdrpc_read_shared(struct cdrpc_reader *r, uint32_t bound)
{
	struct cdrpc_bytes bytes = {NULL, 0};
	uint32_t size = cdrpc_read_u32(r);
	size_t padded = ((size_t)size + 7) & ~(size_t)7;
	size_t i;

	if (size > bound || size > r->blob_left || padded > r->blob_left)
		reader_refuse(r, 4, size > bound ? WRONG_BYTES : WRONG_END, size, size > bound ? bound : r->blob_left);
	for (i = size; r->status == CDRPC_OK && i < padded; i++) {
		if (r->blob[i] != 0)
			reader_refuse(r, 4, WRONG_FORM, 0, 0);
	}
	if (r->status != CDRPC_OK)
		return bytes;
	bytes.data = size > 0 ? r->blob : r->base + r->at;
	bytes.size = size;
	if (padded > 0)
		r->blob += padded;
	r->blob_left -= padded;
	return bytes;
}

struct cdrpc_bytes
cdrpc_read_blob(struct cdrpc_reader *r, uint32_t bound)
{
	struct cdrpc_bytes bytes = cdrpc_read_shared(r, bound);
	void *copy;

	if (!r->blob_shared || bytes.size == 0)
		return bytes;
	copy = cdrpc_read_alloc(r, bytes.size, 1);
	if (copy)
		memcpy(copy, bytes.data, bytes.size);
	else
		bytes.size = 0;
	bytes.data = copy;
	return bytes;
}

cdrpc_handle
cdrpc_read_handle(struct cdrpc_reader *r, enum cdrpc_handle_kind kind, uint32_t rights, bool optional)
{
	uint32_t number = cdrpc_read_u32(r);
	const struct cdrpc_handle_item *item;

	if (r->status != CDRPC_OK)
		return NULL;
	if (number == 0 && optional)
		return NULL;
	item = r->handle_at < r->handle_count ? &r->handles[r->handle_at] : NULL;
	if (!item || number != r->handle_at + 1 || item->kind != (uint32_t)kind || item->rights != rights) {
		reader_refuse(r, 4, number == 0 ? WRONG_NULL : WRONG_FORM, 0, 0);
		return NULL;
	}
	r->handle_at++;
	return item->handle;
}
