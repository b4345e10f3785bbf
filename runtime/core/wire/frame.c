#include "wire/frame.h"

#include <assert.h>
#include <string.h>

#define HANDLE_VALUE_MAX UINT32_C(0x7FFFFFFF)
#define DEADLINE_MAX UINT32_C(0x7FFFFFFF)       /* from 0x80000000 on, a wait of Windows is over at once or never */

/* Fields that a type may or must have; those not named must be zero. */
enum {
	HAS_METHOD = 1 << 0,            /* method, interface_id and interface_version, all three */
	HAS_STATUS = 1 << 1,
	HAS_TXN = 1 << 2,
	HAS_TOKEN = 1 << 3,
	HAS_CAUSALITY = 1 << 4,         /* with depth */
	HAS_DEADLINE = 1 << 5,
	HAS_BODY = 1 << 6,              /* in the frame */
	HAS_OUTSIDE = 1 << 7,           /* on the other routes as well */
	HAS_HANDLES = 1 << 8,
	HAS_NONCE = 1 << 9              /* as a field of its own, not a section's */
};

struct rule {
	uint16_t may;                   /* what must is in it */
	uint16_t must;
	uint32_t flags;                 /* critical ones */
};

static const struct rule rules[] = {
	[FRAME_HELLO] = {HAS_NONCE | HAS_DEADLINE | HAS_BODY, HAS_NONCE, 0},
	[FRAME_CHALLENGE] = {HAS_NONCE | HAS_TOKEN | HAS_BODY, HAS_NONCE | HAS_TOKEN, 0},
	[FRAME_OPEN] = {HAS_TOKEN | HAS_TXN | HAS_DEADLINE | HAS_BODY | HAS_HANDLES, HAS_TOKEN | HAS_TXN, FRAME_FLAG_PUSHED},
	[FRAME_REQUEST] = {HAS_TOKEN | HAS_TXN | HAS_METHOD | HAS_CAUSALITY | HAS_DEADLINE | HAS_BODY | HAS_OUTSIDE | HAS_HANDLES,
			   HAS_TOKEN | HAS_TXN | HAS_METHOD, FRAME_FLAG_PUSHED},
	[FRAME_REPLY] = {HAS_TOKEN | HAS_TXN | HAS_STATUS | HAS_BODY | HAS_OUTSIDE | HAS_HANDLES, HAS_TOKEN | HAS_TXN,
			 FRAME_FLAG_PUSHED},
	[FRAME_CANCEL] = {HAS_TOKEN | HAS_TXN, HAS_TOKEN | HAS_TXN, 0},
	[FRAME_EVENT] = {HAS_TOKEN | HAS_TXN | HAS_METHOD | HAS_BODY | HAS_OUTSIDE, HAS_TOKEN | HAS_TXN | HAS_METHOD,
			 FRAME_FLAG_PUSHED},
	[FRAME_RELEASE] = {HAS_TOKEN | HAS_TXN, HAS_TOKEN | HAS_TXN, FRAME_FLAG_OF_REPLY},
	[FRAME_CHUNK] = {HAS_TOKEN | HAS_TXN | HAS_BODY, HAS_TOKEN | HAS_TXN | HAS_BODY, FRAME_FLAG_OF_REPLY},
	[FRAME_CLOSE] = {HAS_TOKEN | HAS_STATUS, HAS_TOKEN, 0},
};

static const uint8_t zero[16];

static uint64_t
get(const uint8_t *from, uint32_t size)
{
	uint64_t value = 0;

	while (size > 0)
		value = value << 8 | from[--size];
	return value;
}

static void
put_field(uint8_t *to, uint32_t size, uint64_t value)
{
	uint32_t i;

	for (i = 0; i < size; i++)
		to[i] = (uint8_t)(value >> (8 * i));
}

/* The header's fields, behind magic, version and header_size: the member and its type, where it stands, and in how many bytes. */
#define NUMBERS(FIELD) \
	FIELD(frame_size, uint32_t, 8, 4) \
	FIELD(type, uint16_t, 12, 2) \
	FIELD(method, uint16_t, 14, 2) \
	FIELD(flags, uint32_t, 16, 4) \
	FIELD(status, int32_t, 20, 4) \
	FIELD(txn, uint64_t, 24, 8) \
	FIELD(interface_id, uint64_t, 64, 8) \
	FIELD(interface_version, uint16_t, 72, 2) \
	FIELD(depth, uint16_t, 74, 2) \
	FIELD(deadline_ms, uint32_t, 76, 4) \
	FIELD(body_offset, uint32_t, 80, 4) \
	FIELD(body_size, uint32_t, 84, 4) \
	FIELD(blob_offset, uint32_t, 88, 4) \
	FIELD(blob_size, uint32_t, 92, 4) \
	FIELD(route, uint16_t, 96, 2) \
	FIELD(handle_count, uint32_t, 98, 2) \
	FIELD(handle_offset, uint32_t, 100, 4) \
	FIELD(section_handle, uint64_t, 104, 8) \
	FIELD(section_size, uint64_t, 112, 8)
#define TOKENS(FIELD) FIELD(token, 32) FIELD(causality, 48) FIELD(nonce, 120)

void
frame_encode(const struct frame *frame, uint8_t ret_header[FRAME_HEADER_SIZE])
{
#define PUT(member, type, at, size) put_field(ret_header + (at), size, (uint64_t)frame->member);
#define PUT_TOKEN(member, at) memcpy(ret_header + (at), frame->member, FRAME_TOKEN_SIZE);
	put_field(ret_header + 0, 4, FRAME_MAGIC);
	put_field(ret_header + 4, 2, FRAME_VERSION);
	put_field(ret_header + 6, 2, FRAME_HEADER_SIZE);
	NUMBERS(PUT)
	TOKENS(PUT_TOKEN)
}

static void
header_decode(const uint8_t header[FRAME_HEADER_SIZE], struct frame *ret_frame)
{
#define GET(member, type, at, size) ret_frame->member = (type)get(header + (at), size);
#define GET_TOKEN(member, at) memcpy(ret_frame->member, header + (at), FRAME_TOKEN_SIZE);
	memset(ret_frame, 0, sizeof *ret_frame);
	ret_frame->header_size = (uint16_t)get(header + 6, 2);
	NUMBERS(GET)
	TOKENS(GET_TOKEN)
}

void
frame_encode_handles(const struct frame *frame, uint8_t *ret_table)
{
	uint32_t i;

	for (i = 0; i < frame->handle_count; i++) {
		put_field(ret_table + 0, 4, frame->handles[i].kind);
		put_field(ret_table + 4, 4, frame->handles[i].rights);
		put_field(ret_table + 8, 8, frame->handles[i].value);
		ret_table += FRAME_HANDLE_SIZE;
	}
}

cdrpc_status
frame_arrange(struct frame *frame, uint32_t start)
{
	uint64_t handles_end = FRAME_HEADER_SIZE + (uint64_t)frame->handle_count * FRAME_HANDLE_SIZE;
	uint64_t body = frame->route == FRAME_ROUTE_FRAME ? handles_end : start;
	uint64_t blob = (body + frame->body_size + 7) & ~UINT64_C(7);
	uint64_t end = frame->blob_size > 0 ? blob + frame->blob_size : body + frame->body_size;

	assert(frame->handle_count <= CDRPC_HANDLES_MAX && start % 8 == 0);
	if ((uint64_t)frame->body_size + frame->blob_size > CDRPC_BODY_MAX || end > UINT32_MAX)
		return CDRPC_E_TOO_LARGE;
	frame->header_size = FRAME_HEADER_SIZE;
	frame->handle_offset = frame->handle_count > 0 ? FRAME_HEADER_SIZE : 0;
	frame->body_offset = frame->body_size > 0 ? (uint32_t)body : 0;
	frame->blob_offset = frame->blob_size > 0 ? (uint32_t)blob : 0;
	frame->frame_size = (uint32_t)(frame->route == FRAME_ROUTE_FRAME ? end : handles_end);
	return CDRPC_OK;
}

/* Absent: no size and no offset. Present: at a multiple of 8, at 'start' or behind it, not past 'end'. */
static bool
range_valid(uint32_t offset, uint64_t size, uint64_t start, uint64_t end)
{
	if (size == 0)
		return offset == 0;
	return offset % 8 == 0 && offset >= start && offset <= end && size <= end - offset;
}

static bool
ranges_apart(uint32_t a, uint64_t a_size, uint32_t b, uint64_t b_size)
{
	if (a_size == 0 || b_size == 0)
		return true;
	return a < b ? a_size <= (uint64_t)b - a : b_size <= (uint64_t)a - b;
}

/* A pseudo-handle duplicated out of a process gives full access to it: what is no plain handle value goes no further. */
static bool
handle_value_valid(uint64_t value)
{
	return value > 0 && value <= HANDLE_VALUE_MAX && value % 4 == 0;
}

static bool
handles_decode(const uint8_t *bytes, struct frame *frame)
{
	uint64_t size = (uint64_t)frame->handle_count * FRAME_HANDLE_SIZE;
	uint32_t i;

	if (frame->handle_count > CDRPC_HANDLES_MAX)
		return false;
	if (!range_valid(frame->handle_offset, size, frame->header_size, frame->frame_size))
		return false;
	for (i = 0; i < frame->handle_count; i++) {
		const uint8_t *from = bytes + frame->handle_offset + i * FRAME_HANDLE_SIZE;
		struct frame_handle *handle = &frame->handles[i];

		handle->kind = (uint32_t)get(from, 4);
		handle->rights = (uint32_t)get(from + 4, 4);
		handle->value = get(from + 8, 8);
		if (handle->kind < CDRPC_HANDLE_FILE || handle->kind > CDRPC_HANDLE_PROCESS)
			return false;
		if (handle->rights == 0 || handle->rights > (CDRPC_RIGHT_READ | CDRPC_RIGHT_WRITE | CDRPC_RIGHT_SYNC |
							     CDRPC_RIGHT_MODIFY))
			return false;
		if (!handle_value_valid(handle->value))
			return false;
	}
	return true;
}

/* Where body and blob area lie, given the route. */
static bool
route_valid(const struct frame *frame)
{
	bool section = frame->route == FRAME_ROUTE_SECTION;
	uint64_t handles_size = (uint64_t)frame->handle_count * FRAME_HANDLE_SIZE;
	uint64_t start = 0;
	uint64_t end = UINT32_MAX;

	if (frame->route > FRAME_ROUTE_CHUNKS || (frame->route == FRAME_ROUTE_NONE) != (frame->body_size == 0))
		return false;
	if (section ? !handle_value_valid(frame->section_handle) : frame->section_handle != 0 || frame->section_size != 0)
		return false;
	if (frame->route == FRAME_ROUTE_FRAME) {
		start = frame->header_size;
		end = frame->frame_size;
		if (!ranges_apart(frame->body_offset, frame->body_size, frame->handle_offset, handles_size) ||
		    !ranges_apart(frame->blob_offset, frame->blob_size, frame->handle_offset, handles_size))
			return false;
	} else if (section) {
		end = frame->section_size;
	}
	/* What a blob holds is only known from the body, so there is none without a body. */
	if (frame->body_size == 0 && frame->blob_size != 0)
		return false;
	return frame->blob_size % 8 == 0 && (uint64_t)frame->body_size + frame->blob_size <= CDRPC_BODY_MAX &&
	       range_valid(frame->body_offset, frame->body_size, start, end) &&
	       range_valid(frame->blob_offset, frame->blob_size, start, end) &&
	       ranges_apart(frame->body_offset, frame->body_size, frame->blob_offset, frame->blob_size);
}

/* The fields that the frame has, as HAS_*; false when one of a group is there without the others. */
static bool
fields_present(const struct frame *frame, uint32_t *ret_present)
{
	uint32_t present = 0;
	bool nonce = memcmp(frame->nonce, zero, 16) != 0;

	if (frame->method != 0 || frame->interface_id != 0 || frame->interface_version != 0) {
		if (frame->method == 0 || frame->interface_id == 0 || frame->interface_version == 0)
			return false;
		present |= HAS_METHOD;
	}
	if (frame->route == FRAME_ROUTE_SECTION && !nonce)
		return false;
	present |= frame->status != 0 ? HAS_STATUS : 0;
	present |= frame->txn != 0 ? HAS_TXN : 0;
	present |= memcmp(frame->token, zero, 16) != 0 ? HAS_TOKEN : 0;
	present |= memcmp(frame->causality, zero, 16) != 0 || frame->depth != 0 ? HAS_CAUSALITY : 0;
	present |= frame->deadline_ms != 0 ? HAS_DEADLINE : 0;
	present |= frame->body_size != 0 ? HAS_BODY : 0;
	present |= frame->route > FRAME_ROUTE_FRAME ? HAS_OUTSIDE : 0;
	present |= frame->handle_count != 0 ? HAS_HANDLES : 0;
	present |= nonce && frame->route != FRAME_ROUTE_SECTION ? HAS_NONCE : 0;
	*ret_present = present;
	return true;
}

static bool
meaning_valid(const struct frame *frame)
{
	const struct rule *rule;
	uint32_t present;
	bool movable = frame->route == FRAME_ROUTE_SECTION || frame->handle_count > 0;

	if (frame->type == 0 || frame->type >= sizeof rules / sizeof rules[0])
		return false;
	rule = &rules[frame->type];
	if (!fields_present(frame, &present) || (present & ~(uint32_t)rule->may) != 0 || (rule->must & ~present) != 0)
		return false;
	if ((frame->flags & FRAME_FLAGS_CRITICAL & ~rule->flags) != 0)
		return false;
	if ((frame->flags & FRAME_FLAG_PUSHED) != 0 && !movable)
		return false;
	if (frame->status < 0 ? !status_is_remote(frame->status) : frame->status > FRAME_ERROR_MAX)
		return false;
	/* Outputs come with success only. */
	if (frame->status != 0 && (present & (HAS_BODY | HAS_HANDLES)) != 0)
		return false;
	return frame->deadline_ms <= DEADLINE_MAX;
}

cdrpc_status
frame_decode(const void *bytes, size_t size, struct frame *ret_frame)
{
	const uint8_t *from = (const uint8_t *)bytes;
	uint8_t header[FRAME_HEADER_SIZE];
	struct frame frame;
	uint64_t header_size;

	/* What is frozen for all versions: 14 bytes, told apart before anything else is believed. */
	if (size < 14)
		return CDRPC_E_BAD_FRAME;
	memcpy(header, from, size < sizeof header ? size : sizeof header);
	header_size = get(header + 6, 2);
	if (get(header, 4) != FRAME_MAGIC || get(header + 8, 4) != size || header_size < 14 || header_size > size)
		return CDRPC_E_BAD_FRAME;
	if (get(header + 4, 2) != FRAME_VERSION)
		return CDRPC_E_REMOTE_VERSION;
	if (header_size < FRAME_HEADER_SIZE || header_size % 8 != 0)
		return CDRPC_E_BAD_FRAME;
	header_decode(header, &frame);
	if (!handles_decode(from, &frame) || !route_valid(&frame) || !meaning_valid(&frame))
		return CDRPC_E_BAD_FRAME;
	*ret_frame = frame;
	return CDRPC_OK;
}
