#include "wire/writer.h"

#include <string.h>

#include "wire/frame.h"
#include "wire/utf8.h"
#include "wire/wrong.h"

static void
writer_restart(struct cdrpc_writer *w, uint32_t round)
{
	if (w->capacity > CDRPC_BODY_MAX)
		w->capacity = CDRPC_BODY_MAX;
	w->at = 0;
	w->round = round;
	w->depth = 0;
	w->blob_count = 0;
	w->handle_count = 0;
	w->blob_size = 0;
}

/* Member by member: clearing the lists of blobs and handles as well would cost more than a small message. */
void
cdrpc_writer_init(struct cdrpc_writer *w, void *buffer, size_t capacity,
		  cdrpc_status (*grow)(struct cdrpc_writer *w, size_t size), void *target)
{
	w->base = (uint8_t *)buffer;
	w->capacity = capacity;
	w->status = CDRPC_OK;
	w->first_at = 0;
	w->first_blob_size = 0;
	w->grow = grow;
	w->target = target;
	w->about = NULL;
	w->refused = NULL;
	writer_restart(w, 1);
}

static void
fail_writing(struct cdrpc_writer *w, cdrpc_status status, enum wrong what, uint64_t is, uint64_t bound)
{
	if (w->status == CDRPC_OK) {
		w->status = status;
		w->wrong = (struct cdrpc_wrong){ (uint32_t)what, w->depth, w->at, is, bound };
	}
	w->capacity = 0;
}

void
cdrpc_write_fail(struct cdrpc_writer *w, cdrpc_status status)
{
	fail_writing(w, status, WRONG_NEXT, 0, 0);
}

void
cdrpc_write_null(struct cdrpc_writer *w)
{
	fail_writing(w, CDRPC_E_ARGUMENT, WRONG_NULL, 0, 0);
}

void
cdrpc_write_invalid(struct cdrpc_writer *w)
{
	fail_writing(w, CDRPC_E_ARGUMENT, WRONG_LAST, 0, 0);
}

/* An argument that points to nothing, though it has a size; or that is larger than it may be. */
static void
refuse_argument(struct cdrpc_writer *w, bool is_null, enum wrong measure, uint64_t is, uint64_t bound)
{
	fail_writing(w, CDRPC_E_ARGUMENT, is_null ? WRONG_NULL : measure, is, bound);
}

void
writer_restart_in(struct cdrpc_writer *w, void *memory, size_t size)
{
	w->base = (uint8_t *)memory;
	w->capacity = size;
	w->status = CDRPC_OK;
	writer_restart(w, WRITER_ROUND_OF_REFUSED);
}

/* What does not fit is only counted, and so is all that follows. */
static void
count_only(struct cdrpc_writer *w, size_t size, size_t align)
{
	size_t pad = (0 - w->at) & (align - 1);

	if (w->status != CDRPC_OK)
		return;
	if (pad > CDRPC_BODY_MAX - w->at || size > CDRPC_BODY_MAX - w->at - pad) {
		cdrpc_write_fail(w, CDRPC_E_TOO_LARGE);
		return;
	}
	w->capacity = 0;
	w->at += pad + size;
}

/* Padding is stored in one piece where there is room for 8 bytes: what of it stands past the padding is stored after it. */
uint8_t *
cdrpc_write_claim(struct cdrpc_writer *w, size_t size, size_t align)
{
	static const uint8_t zero[8] = {0};
	size_t old = w->at;
	size_t at = (old + align - 1) & ~(align - 1);

	if (size > w->capacity || at > w->capacity - size || !w->base) {
		count_only(w, size, align);
		return NULL;
	}
	if (at != old && old + sizeof zero <= w->capacity)
		memcpy(w->base + old, zero, sizeof zero);
	else if (at != old)
		memset(w->base + old, 0, at - old);
	w->at = at + size;
	return w->base + at;
}

bool
cdrpc_write_again(struct cdrpc_writer *w)
{
	size_t size = w->at;
	cdrpc_status status;

	if (w->status != CDRPC_OK || w->round == WRITER_ROUND_OF_REFUSED)
		return w->refused && w->refused(w);
	if (w->blob_size > CDRPC_BODY_MAX - size) {
		cdrpc_write_fail(w, CDRPC_E_TOO_LARGE);
		return false;
	}
	if (w->round > 1) {
		/* The caller's data changed in between. */
		if (size != w->first_at || w->blob_size != w->first_blob_size)
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return false;
	}
	if (size <= w->capacity)
		return false;
	if (!w->grow) {
		cdrpc_write_fail(w, CDRPC_E_TOO_LARGE);
		return false;
	}
	status = w->grow(w, size);
	if (status != CDRPC_OK) {
		cdrpc_write_fail(w, status);
		return false;
	}
	w->first_at = size;
	w->first_blob_size = w->blob_size;
	if (w->capacity > size)
		w->capacity = size;
	writer_restart(w, 2);
	return true;
}

uint32_t
cdrpc_write_count(struct cdrpc_writer *w, const void *items, uint32_t count, uint32_t bound)
{
	if (count > bound || (count > 0 && !items))
		refuse_argument(w, count <= bound, WRONG_ITEMS, count, bound);
	cdrpc_write_u32(w, count);
	return w->status == CDRPC_OK ? count : 0;
}

void
cdrpc_write_array(struct cdrpc_writer *w, const void *items, uint32_t count, uint32_t bound, size_t item_size,
		  size_t item_align)
{
	uint64_t size = (uint64_t)count * item_size;
	uint8_t *to;

	if (cdrpc_write_count(w, items, count, bound) == 0)
		return;
	if (size > CDRPC_BODY_MAX) {
		cdrpc_write_fail(w, CDRPC_E_TOO_LARGE);
		return;
	}
	to = cdrpc_write_claim(w, (size_t)size, item_align);
	if (to)
		memcpy(to, items, (size_t)size);
}

/* The length in units, then 'size' bytes, of which the last unit is zero. */
static void
write_text(struct cdrpc_writer *w, uint32_t length, const void *text, size_t size)
{
	uint8_t *to = cdrpc_write_room(w, sizeof length + size, sizeof length);

	if (to) {
		memcpy(to, &length, sizeof length);
		memcpy(to + sizeof length, text, size);
	}
}

void
cdrpc_write_string(struct cdrpc_writer *w, const char *text, uint32_t bound)
{
	size_t size = text ? strlen(text) : 0;

	if (!text || size > bound || !utf8_valid(text, size)) {
		refuse_argument(w, !text, size > bound ? WRONG_BYTES : WRONG_UTF8, size, bound);
		return;
	}
	write_text(w, (uint32_t)size, text, size + 1);
}

void
cdrpc_write_wstring(struct cdrpc_writer *w, const cdrpc_wchar *text, uint32_t bound)
{
	size_t count = text ? wide_length(text) : 0;

	if (!text || count > bound) {
		refuse_argument(w, !text, WRONG_UNITS, count, bound);
		return;
	}
	write_text(w, (uint32_t)count, text, (count + 1) * sizeof *text);
}

/* What holds for bytes wherever they go. */
static bool
bytes_fit(struct cdrpc_writer *w, struct cdrpc_bytes bytes, uint32_t bound)
{
	if (bytes.size > bound || (bytes.size > 0 && !bytes.data))
		refuse_argument(w, bytes.size <= bound, WRONG_BYTES, bytes.size, bound);
	else if (bytes.size > CDRPC_BODY_MAX)
		cdrpc_write_fail(w, CDRPC_E_TOO_LARGE);
	return w->status == CDRPC_OK;
}

void
cdrpc_write_bytes(struct cdrpc_writer *w, struct cdrpc_bytes bytes, uint32_t bound)
{
	uint8_t *to;

	if (!bytes_fit(w, bytes, bound))
		return;
	cdrpc_write_u32(w, bytes.size);
	if (bytes.size == 0)
		return;
	to = cdrpc_write_claim(w, bytes.size, 8);
	if (to)
		memcpy(to, bytes.data, bytes.size);
}

void
cdrpc_write_blob(struct cdrpc_writer *w, struct cdrpc_bytes bytes, uint32_t bound)
{
	if (!bytes_fit(w, bytes, bound))
		return;
	if (w->blob_count == CDRPC_BLOBS_MAX) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	cdrpc_write_u32(w, bytes.size);
	w->blobs[w->blob_count++] = bytes;
	/* Twice CDRPC_BODY_MAX at most, which 32 bits hold: the first that is too much is the last. */
	w->blob_size += ((size_t)bytes.size + 7) & ~(size_t)7;
	if (w->blob_size > CDRPC_BODY_MAX)
		cdrpc_write_fail(w, CDRPC_E_TOO_LARGE);
}

void
cdrpc_write_handle(struct cdrpc_writer *w, cdrpc_handle handle, enum cdrpc_handle_kind kind, uint32_t rights,
		   bool optional)
{
	struct cdrpc_handle_item *item;

	if (!handle) {
		if (!optional)
			refuse_argument(w, true, WRONG_NULL, 0, 0);
		cdrpc_write_u32(w, 0);
		return;
	}
	if (w->handle_count == CDRPC_HANDLES_MAX) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	item = &w->handles[w->handle_count++];
	item->handle = handle;
	item->kind = (uint32_t)kind;
	item->rights = rights;
	cdrpc_write_u32(w, w->handle_count);
}

void
writer_copy_blobs(const struct cdrpc_writer *w, void *ret_area)
{
	uint8_t *to = (uint8_t *)ret_area;
	size_t size;
	uint32_t i;

	for (i = 0; i < w->blob_count; i++) {
		size = w->blobs[i].size;
		if (size == 0)
			continue;
		if (to != w->blobs[i].data)
			memcpy(to, w->blobs[i].data, size);
		memset(to + size, 0, frame_padded(size) - size);
		to += frame_padded(size);
	}
}

void
writer_store_blobs(const struct cdrpc_writer *w, uint8_t *body)
{
	size_t size = frame_padded(w->at);

	memset(body + w->at, 0, size - w->at);
	writer_copy_blobs(w, body + size);
}

/* The long way of cdrpc_field_end(): near the buffer's end, past it, or after an error. */
void
cdrpc_write_close(struct cdrpc_writer *w, struct cdrpc_mark field)
{
	uint32_t size = (uint32_t)(w->at - field.at);

	if (w->capacity != 0)
		memcpy(w->base + field.at - 4, &size, sizeof size);
	cdrpc_write_claim(w, 0, 8);
}

struct cdrpc_mark
cdrpc_union_begin(struct cdrpc_writer *w, uint32_t kind)
{
	w->depth++;
	if (kind > UINT16_MAX || w->depth > CDRPC_DEPTH_MAX)
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
	return cdrpc_field_begin(w, (uint16_t)kind);
}

void
cdrpc_union_end(struct cdrpc_writer *w, struct cdrpc_mark record)
{
	w->depth--;
	cdrpc_field_end(w, record);
}

void
writer_fail(struct cdrpc_writer *w, cdrpc_status status)
{
	cdrpc_writer_init(w, NULL, 0, NULL, NULL);
	cdrpc_write_fail(w, status);
}
