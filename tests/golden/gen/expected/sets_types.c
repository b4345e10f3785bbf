/* Types of module test.sets, written by cdidl from sets.cdidl. Changes belong there. */
#include "sets.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

const char *
sets_open8_name(sets_open8_t open8)
{
	switch (open8) {
	case SETS_OPEN8_LOW:
		return "Low";
	case SETS_OPEN8_ZERO:
		return "Zero";
	case SETS_OPEN8_HIGH:
		return "High";
	default:
		return NULL;
	}
}

const char *
sets_open16_name(sets_open16_t open16)
{
	switch (open16) {
	case SETS_OPEN16_NONE:
		return "None";
	case SETS_OPEN16_MANY:
		return "Many";
	default:
		return NULL;
	}
}

const char *
sets_open32_name(sets_open32_t open32)
{
	switch (open32) {
	case SETS_OPEN32_LOW:
		return "Low";
	case SETS_OPEN32_HIGH:
		return "High";
	default:
		return NULL;
	}
}

const char *
sets_open64_name(sets_open64_t open64)
{
	switch (open64) {
	case SETS_OPEN64_ONE:
		return "One";
	case SETS_OPEN64_LARGE:
		return "Large";
	default:
		return NULL;
	}
}

const char *
sets_strict8_name(sets_strict8_t strict8)
{
	switch (strict8) {
	case SETS_STRICT8_A:
		return "A";
	case SETS_STRICT8_B:
		return "B";
	default:
		return NULL;
	}
}

bool
sets_strict8_valid(sets_strict8_t strict8)
{
	switch (strict8) {
	case SETS_STRICT8_A:
	case SETS_STRICT8_B:
		return true;
	default:
		return false;
	}
}

const char *
sets_strict_s8_name(sets_strict_s8_t strict_s8)
{
	switch (strict_s8) {
	case SETS_STRICT_S8_BELOW:
		return "Below";
	case SETS_STRICT_S8_ABOVE:
		return "Above";
	default:
		return NULL;
	}
}

bool
sets_strict_s8_valid(sets_strict_s8_t strict_s8)
{
	switch (strict_s8) {
	case SETS_STRICT_S8_BELOW:
	case SETS_STRICT_S8_ABOVE:
		return true;
	default:
		return false;
	}
}

const char *
sets_strict32_name(sets_strict32_t strict32)
{
	switch (strict32) {
	case SETS_STRICT32_A:
		return "A";
	case SETS_STRICT32_B:
		return "B";
	default:
		return NULL;
	}
}

bool
sets_strict32_valid(sets_strict32_t strict32)
{
	switch (strict32) {
	case SETS_STRICT32_A:
	case SETS_STRICT32_B:
		return true;
	default:
		return false;
	}
}

const char *
sets_strict64_name(sets_strict64_t strict64)
{
	switch (strict64) {
	case SETS_STRICT64_MINUS:
		return "Minus";
	case SETS_STRICT64_PLUS:
		return "Plus";
	default:
		return NULL;
	}
}

bool
sets_strict64_valid(sets_strict64_t strict64)
{
	switch (strict64) {
	case SETS_STRICT64_MINUS:
	case SETS_STRICT64_PLUS:
		return true;
	default:
		return false;
	}
}

const char *
sets_failure_name(cdrpc_status status)
{
	switch (status) {
	case SETS_FAILURE_LOST:
		return "Lost";
	case SETS_FAILURE_BROKEN:
		return "Broken";
	default:
		return NULL;
	}
}

void
sets_write(struct cdrpc_writer *w, const struct sets *sets)
{
	struct cdrpc_mark table, field;
	uint32_t i, n;

	if (!sets) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: Open8 open8; */
	if (sets->open8)
		cdrpc_field_u32(w, 1, (uint32_t)sets->open8);
	/* 2: Open16 open16; */
	if (sets->open16)
		cdrpc_field_u32(w, 2, sets->open16);
	/* 3: Open32 open32; */
	if (sets->open32)
		cdrpc_field_u32(w, 3, (uint32_t)sets->open32);
	/* 4: Open64 open64; */
	if (sets->open64) {
		field = cdrpc_field_begin(w, 4);
		cdrpc_write_u64(w, sets->open64);
		cdrpc_field_end(w, field);
	}
	/* 5: Strict8 strict8; */
	if (sets->strict8) {
		if (!sets_strict8_valid(sets->strict8))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_field_u32(w, 5, sets->strict8);
	}
	/* 6: StrictS8 strict_s8; */
	if (sets->strict_s8) {
		if (!sets_strict_s8_valid(sets->strict_s8))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_field_u32(w, 6, (uint32_t)sets->strict_s8);
	}
	/* 7: Strict32 strict32; */
	if (sets->strict32) {
		if (!sets_strict32_valid(sets->strict32))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_field_u32(w, 7, sets->strict32);
	}
	/* 8: Strict64 strict64; */
	if (sets->strict64) {
		field = cdrpc_field_begin(w, 8);
		if (!sets_strict64_valid(sets->strict64))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_write_i64(w, sets->strict64);
		cdrpc_field_end(w, field);
	}
	/* 9: Small small; */
	if (sets->small_)
		cdrpc_field_u32(w, 9, sets->small_);
	/* 10: Wide wide; */
	if (sets->wide) {
		field = cdrpc_field_begin(w, 10);
		cdrpc_write_u64(w, sets->wide);
		cdrpc_field_end(w, field);
	}
	/* 11: Strict8? maybe8; */
	if (sets->maybe8) {
		if (!sets_strict8_valid(*sets->maybe8))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_field_u32(w, 11, *sets->maybe8);
	}
	/* 12: Strict64? maybe64; */
	if (sets->maybe64) {
		field = cdrpc_field_begin(w, 12);
		if (!sets_strict64_valid(*sets->maybe64))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_write_i64(w, *sets->maybe64);
		cdrpc_field_end(w, field);
	}
	/* 13: Open8? maybe_open; */
	if (sets->maybe_open)
		cdrpc_field_u32(w, 13, (uint32_t)*sets->maybe_open);
	/* 14: Strict8[4] four; */
	field = cdrpc_field_begin(w, 14);
	for (i = 0; i < 4; i++) {
		if (!sets_strict8_valid(sets->four[i]))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_write_u8(w, sets->four[i]);
	}
	cdrpc_field_end(w, field);
	/* 15: Strict64[<=8] some; */
	if (sets->some_count) {
		field = cdrpc_field_begin(w, 15);
		n = cdrpc_write_count(w, sets->some, sets->some_count, 8);
		for (i = 0; i < n; i++) {
			if (!sets_strict64_valid(sets->some[i]))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_i64(w, sets->some[i]);
		}
		cdrpc_field_end(w, field);
	}
	/* 16: Open16[<=8] open_some; */
	if (sets->open_some_count) {
		field = cdrpc_field_begin(w, 16);
		cdrpc_write_array(w, sets->open_some, sets->open_some_count, 8, sizeof *sets->open_some, 2);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

void
sets_read(struct cdrpc_reader *r, struct sets *sets)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;
	uint32_t i;

	memset(sets, 0, sizeof *sets);
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			sets->open8 = (sets_open8_t)cdrpc_field_signed(r, &field, INT8_MIN, INT8_MAX);
			break;
		case 2:
			sets->open16 = (sets_open16_t)cdrpc_field_value(r, &field, UINT16_MAX);
			break;
		case 3:
			sets->open32 = cdrpc_field_signed(r, &field, INT32_MIN, INT32_MAX);
			break;
		case 4:
			sets->open64 = cdrpc_read_u64(r);
			break;
		case 5:
			sets->strict8 = (sets_strict8_t)cdrpc_field_value(r, &field, UINT8_MAX);
			if (!sets_strict8_valid(sets->strict8))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 6:
			sets->strict_s8 = (sets_strict_s8_t)cdrpc_field_signed(r, &field, INT8_MIN, INT8_MAX);
			if (!sets_strict_s8_valid(sets->strict_s8))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 7:
			sets->strict32 = cdrpc_field_value(r, &field, UINT32_MAX);
			if (!sets_strict32_valid(sets->strict32))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 8:
			sets->strict64 = cdrpc_read_i64(r);
			if (!sets_strict64_valid(sets->strict64))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 9:
			sets->small_ = (sets_small_t)cdrpc_field_value(r, &field, UINT8_MAX);
			break;
		case 10:
			sets->wide = cdrpc_read_u64(r);
			break;
		case 11: {
			sets_strict8_t *item;

			item = (sets_strict8_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item) {
				*item = (sets_strict8_t)cdrpc_field_value(r, &field, UINT8_MAX);
				if (!sets_strict8_valid(*item))
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			sets->maybe8 = item;
			break;
		}
		case 12:
			sets->maybe64 = (const sets_strict64_t *)cdrpc_read_flat(r, sizeof *sets->maybe64, 8);
			if (sets->maybe64 && !sets_strict64_valid(*sets->maybe64))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 13: {
			sets_open8_t *item;

			item = (sets_open8_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = (sets_open8_t)cdrpc_field_signed(r, &field, INT8_MIN, INT8_MAX);
			sets->maybe_open = item;
			break;
		}
		case 14:
			cdrpc_read_into(r, sets->four, sizeof sets->four, 1);
			for (i = 0; i < 4; i++) {
				if (!sets_strict8_valid(sets->four[i]))
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		case 15:
			sets->some = (const sets_strict64_t *)cdrpc_read_array(r, 8, sizeof *sets->some, 8,
									       &sets->some_count);
			for (i = 0; i < sets->some_count; i++) {
				if (!sets_strict64_valid(sets->some[i]))
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		case 16:
			sets->open_some = (const sets_open16_t *)cdrpc_read_array(r, 8, sizeof *sets->open_some, 2,
										  &sets->open_some_count);
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

static const struct cdrpc_method sets_sets2_method_table[] = {
	{"put", 1, 1, 0, 0, 64, 0},
	{"get", 2, 1, CDRPC_METHOD_OUTPUTS, 0, 0, 48},
	{"swap", 3, 1, CDRPC_METHOD_OUTPUTS, 0, 2, 2},
	{"arrays", 4, 1, CDRPC_METHOD_OUTPUTS, 0, 22, 36},
};

const struct cdrpc_interface sets_sets2_interface = {
	UINT64_C(0x1312e9c1618445df), "test.sets.Sets2",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	4, sets_sets2_method_table,
};
