/* What arrives: a frame, and a body that is read by calls which the input chooses. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "wire/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* What is decoded is encoded to the same header, and says nothing about bytes that are not there. */
static void
frame_check(const uint8_t *data, size_t size)
{
	uint8_t header[FRAME_HEADER_SIZE];
	struct frame frame;
	cdrpc_status status = frame_decode(data, size, &frame);

	if (status != CDRPC_OK) {
		must(status == CDRPC_E_BAD_FRAME || status == CDRPC_E_REMOTE_VERSION);
		return;
	}
	must(frame.frame_size == size && frame.handle_count <= CDRPC_HANDLES_MAX);
	must((uint64_t)frame.handle_offset + frame.handle_count * FRAME_HANDLE_SIZE <= size);
	if (frame.route == FRAME_ROUTE_FRAME) {
		must((uint64_t)frame.body_offset + frame.body_size <= size);
		must((uint64_t)frame.blob_offset + frame.blob_size <= size);
	}
	frame_encode(&frame, header);
	must(memcmp(header, data, 6) == 0 && memcmp(header + 8, data + 8, FRAME_HEADER_SIZE - 8) == 0);
}

/* The calls still to be made, one or two bytes each. */
struct script {
	const uint8_t *at;
	size_t left;
};

static uint8_t
next(struct script *script)
{
	if (script->left == 0)
		return 0;
	script->left--;
	return *script->at++;
}

static volatile uint32_t sum;

/* Reads each byte of what came back, so that a sanitizer sees a range that is too long. */
static void
touch(const void *data, size_t size)
{
	const uint8_t *bytes = (const uint8_t *)data;
	size_t i;

	for (i = 0; i < size; i++)
		sum += bytes[i];
}

static void
read_variable(struct cdrpc_reader *r, uint8_t choice, uint32_t bound)
{
	struct cdrpc_bytes bytes;
	const cdrpc_wchar *wide;
	const void *items;
	uint32_t count;
	size_t align = (size_t)1 << bound % 4;

	switch (choice) {
	case 0:
		touch(cdrpc_read_string(r, bound), 1);
		break;
	case 1:
		for (wide = cdrpc_read_wstring(r, bound); *wide; wide++)
			sum += *wide;
		break;
	case 2:
		bytes = cdrpc_read_bytes(r, bound);
		touch(bytes.data, bytes.size);
		break;
	case 3:
		bytes = cdrpc_read_blob(r, bound);
		touch(bytes.data, bytes.size);
		break;
	case 4:
		bytes = cdrpc_read_shared(r, bound);
		touch(bytes.data, bytes.size);
		break;
	case 5:
		items = cdrpc_read_array(r, bound, align, align, &count);
		must(((uintptr_t)items & (align - 1)) == 0);
		touch(items, count * align);
		break;
	case 6:
		items = cdrpc_read_flat(r, bound, align);
		touch(items, items ? bound : 0);
		break;
	default:
		count = cdrpc_read_count(r, bound, align);
		items = cdrpc_read_alloc(r, count, 24);
		touch(items, items ? count * (size_t)24 : 0);
		break;
	}
}

static void
read_scalar(struct cdrpc_reader *r, uint8_t choice)
{
	static const size_t sizes[] = { 1, 2, 4, 8 };
	uint64_t value;

	switch (choice) {
	case 0: sum += cdrpc_read_bool(r); break;
	case 1: sum += cdrpc_read_u8(r); break;
	case 2: sum += cdrpc_read_u16(r); break;
	case 3: sum += cdrpc_read_u32(r); break;
	case 4: sum += (uint32_t)cdrpc_read_u64(r); break;
	case 5: sum += cdrpc_read_present(r); break;
	case 6: sum += cdrpc_read_handle(r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, true) != NULL; break;
	default:
		cdrpc_read_into(r, &value, sizes[choice % 4], sizes[choice % 4]);
		touch(&value, sizes[choice % 4]);
		break;
	}
}

static void walk(struct cdrpc_reader *r, struct script *script);

static void
read_record(struct cdrpc_reader *r, struct script *script, const struct cdrpc_field *field)
{
	switch (next(script) % 6) {
	case 0: cdrpc_read_skip(r, field); break;
	case 1: sum += cdrpc_field_value(r, field, UINT16_MAX); break;
	case 2: sum += (uint32_t)cdrpc_field_signed(r, field, -100, 100); break;
	case 3: sum += cdrpc_field_f32(r, field) > 1; break;
	case 4: break;
	default: walk(r, script); break;
	}
}

/* Until the script says that it is enough. A level too many is refused by the reader, and with it the walk ends. */
static void
walk(struct cdrpc_reader *r, struct script *script)
{
	struct cdrpc_scope scope;
	struct cdrpc_field field;
	uint8_t call;

	while (script->left > 0 && r->status == CDRPC_OK) {
		call = next(script);
		must(r->at <= r->end && r->depth <= CDRPC_DEPTH_MAX);
		if (call < 64) {
			read_scalar(r, call % 9);
		} else if (call < 160) {
			read_variable(r, call % 8, next(script));
		} else if (call < 200) {
			scope = cdrpc_read_table(r);
			while (cdrpc_read_field(r, &scope, &field))
				read_record(r, script, &field);
			cdrpc_read_table_end(r, &scope);
		} else if (call < 230) {
			scope = cdrpc_read_union(r, &field);
			read_record(r, script, &field);
			cdrpc_read_union_end(r, &scope);
		} else {
			return;
		}
	}
}

/* One byte for the script's size, one for the blob area's in units of 8, the script, the blob area, the body. */
static void
body_check(const uint8_t *data, size_t size)
{
	static const struct cdrpc_handle_item handles[2] = {
		{ NULL, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ },
		{ NULL, CDRPC_HANDLE_EVENT, CDRPC_RIGHT_SYNC },
	};
	struct cdrpc_arena arena;
	struct cdrpc_reader r;
	struct script script;
	size_t blob_size;
	uint8_t *body, *blob;
	cdrpc_status status;

	if (size < 2 || size - 2 < data[0] + (size_t)8 * (data[1] % 8))
		return;
	blob_size = (size_t)8 * (data[1] % 8);
	script.at = data + 2;
	script.left = data[0];
	size -= 2 + data[0] + blob_size;
	blob = malloc(blob_size + !blob_size);
	body = malloc(size + !size);
	must(blob && body);
	memcpy(blob, data + 2 + data[0], blob_size);
	memcpy(body, data + 2 + data[0] + blob_size, size);

	arena_init(&arena, NULL, 4096);
	cdrpc_reader_init(&r, &arena, body, size, blob, blob_size);
	r.blob_shared = data[1] % 16 > 7;
	r.handles = handles;
	r.handle_count = data[1] % 3;
	while (script.left > 0 && r.status == CDRPC_OK)
		walk(&r, &script);
	status = cdrpc_reader_end(&r);
	must(status == CDRPC_OK || status == CDRPC_E_DECODE || status == CDRPC_E_TOO_LARGE);
	arena_done(&arena);
	free(body);
	free(blob);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	frame_check(data, size);
	body_check(data, size);
	return 0;
}
