#include <cdrpc/generated.h>

#include <assert.h>

#include "wire/frame.h"
#include "wire/reader.h"

/* One by one: clang 15 and 16 warn of the && of two constants in C23. */
static_assert(offsetof(struct cdrpc_field, flag) == 2, "a field begins with the record's head");
static_assert(offsetof(struct cdrpc_field, value) == 4, "a field begins with the record's head");
static_assert(offsetof(struct cdrpc_field, end) == 8, "a field begins with the record's head");

/*
 * Leaves the record in hand, of which all has been read or nothing: where the next thing may begin, behind its padding, or
 * SIZE_MAX. The record was found to be in the body with its padding, so the 8 bytes that hold the payload's end are.
 */
static inline size_t
record_leave(struct cdrpc_reader *r, const struct cdrpc_scope *scope)
{
	size_t end = r->end;
	uint64_t last;

	if (r->at != end && r->at != scope->payload)
		return SIZE_MAX;
	if ((end & 7) != 0) {
		memcpy(&last, r->base + (end & ~(size_t)7), sizeof last);
		if (last >> (8 * (end & 7)) != 0)
			return SIZE_MAX;
	}
	return frame_padded(end);
}

/*
 * Begins the record at 'at', of which the head is known to be there; it is inside of what ends at 'end', and its id is 'least' or
 * more. The head is stored in one piece: what is read of it at once need not wait for more than one store.
 */
static inline bool
record_enter(struct cdrpc_reader *r, struct cdrpc_scope *scope, size_t at, size_t end, uint32_t least,
	     struct cdrpc_field *ret_field)
{
	uint64_t head;
	uint64_t size;

	memcpy(&head, r->base + at, sizeof head);
	at += sizeof head;
	size = (head & UINT64_C(0x10000)) != 0 ? 0 : head >> 32;
	/* The padding has to be there as well. */
	if ((head & UINT64_C(0xFFFE0000)) != 0 || ((size + 7) & ~UINT64_C(7)) > end - at || (uint16_t)head < least)
		return false;
	r->at = at;
	r->end = at + (size_t)size;
	scope->payload = at;
	memcpy(ret_field, &head, sizeof head);
	ret_field->end = at + (size_t)size;
	return true;
}

/* The first record is read as if an empty one had ended before it. */
struct cdrpc_scope
cdrpc_read_table(struct cdrpc_reader *r)
{
	struct cdrpc_scope table = {0, 0, 0, 0, 0};
	uint64_t head;
	const uint8_t *from = cdrpc_read_place(r, sizeof head);

	if (!from)
		return table;
	memcpy(&head, from, sizeof head);
	/* The head's second half is zero: anything else in it makes a size that is never there. */
	if (head > r->end - r->at || (head & 7) != 0 || r->depth == CDRPC_DEPTH_MAX) {
		reader_refuse(r, 8, WRONG_FORM, 0, 0);
		return table;
	}
	table.table_end = r->at + (size_t)head;
	table.outer_end = r->end;
	table.outer_depth = r->depth;
	table.payload = r->at;
	r->end = r->at;
	r->depth++;
	return table;
}

bool
cdrpc_read_field(struct cdrpc_reader *r, struct cdrpc_scope *table, struct cdrpc_field *ret_field)
{
	size_t end = table->table_end;
	size_t at;

	if (r->status != CDRPC_OK)
		return false;
	at = record_leave(r, table);
	if (at == end) {
		r->at = end;
		r->end = end;
		return false;
	}
	if (at > end || !record_enter(r, table, at, end, table->last_id + 1, ret_field)) {
		reader_refuse(r, 0, WRONG_FORM, 0, 0);
		return false;
	}
	table->last_id = ret_field->id;
	return true;
}

void
cdrpc_read_table_end(struct cdrpc_reader *r, struct cdrpc_scope *table)
{
	if (r->status != CDRPC_OK)
		return;
	if (r->at != table->table_end || r->end != table->table_end) {
		reader_refuse(r, 0, WRONG_FORM, 0, 0);
		return;
	}
	r->end = table->outer_end;
	r->depth = table->outer_depth;
}

void
cdrpc_read_skip(struct cdrpc_reader *r, const struct cdrpc_field *field)
{
	if (r->status == CDRPC_OK)
		r->at = field->end;
}

/* A scalar that stands in the record is no level of its own, as it is none when it is written. */
struct cdrpc_scope
cdrpc_read_union(struct cdrpc_reader *r, struct cdrpc_field *ret_field)
{
	struct cdrpc_scope record = {0, 0, 0, 0, 0};
	struct cdrpc_field none = {0, 0, 0, 0};

	*ret_field = none;
	if (!cdrpc_read_place(r, 8))
		return record;
	record.outer_end = r->end;
	record.outer_depth = r->depth;
	if (record_enter(r, &record, r->at - 8, r->end, 0, ret_field) &&
	    (ret_field->id != 0 || (ret_field->flag == 0 && ret_field->value == 0)) &&
	    (ret_field->flag != 0 || ++r->depth <= CDRPC_DEPTH_MAX))
		return record;
	reader_refuse(r, 8, WRONG_FORM, 0, 0);
	*ret_field = none;
	return record;
}

void
cdrpc_read_union_end(struct cdrpc_reader *r, struct cdrpc_scope *record)
{
	size_t at;

	if (r->status != CDRPC_OK)
		return;
	at = record_leave(r, record);
	if (at == SIZE_MAX) {
		reader_refuse(r, 0, WRONG_FORM, 0, 0);
		return;
	}
	r->at = at;
	r->end = record->outer_end;
	r->depth = record->outer_depth;
}

uint32_t
cdrpc_field_value(struct cdrpc_reader *r, const struct cdrpc_field *field, uint32_t max)
{
	if (field->flag != 1 || field->value > max)
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	return r->status == CDRPC_OK ? field->value : 0;
}

int32_t
cdrpc_field_signed(struct cdrpc_reader *r, const struct cdrpc_field *field, int32_t min, int32_t max)
{
	int32_t value = (int32_t)field->value;

	if (field->flag != 1 || value < min || value > max)
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	return r->status == CDRPC_OK ? value : 0;
}

float
cdrpc_field_f32(struct cdrpc_reader *r, const struct cdrpc_field *field)
{
	float value = 0;

	if (field->flag != 1)
		cdrpc_read_fail(r, CDRPC_E_DECODE);
	if (r->status == CDRPC_OK)
		memcpy(&value, &field->value, sizeof value);
	return value;
}
