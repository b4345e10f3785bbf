/* Types of module test.unions, written by cdidl from unions.cdidl. Changes belong there. */
#include "unions.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static_assert(sizeof(struct unions_plain) == 8, "struct unions_plain is laid out as on the wire");
static_assert(offsetof(struct unions_plain, a) == 0, "a stands where it does on the wire");
static_assert(offsetof(struct unions_plain, b) == 4, "b stands where it does on the wire");
static_assert(sizeof(struct unions_loose) == 12, "struct unions_loose is laid out as on the wire");
static_assert(offsetof(struct unions_loose, a) == 0, "a stands where it does on the wire");
static_assert(offsetof(struct unions_loose, b) == 4, "b stands where it does on the wire");
static_assert(offsetof(struct unions_loose, c) == 8, "c stands where it does on the wire");

bool
unions_loose_valid(const struct unions_loose *loose)
{
	/* A byte that is no bool must not be read as one. */
	const uint8_t *bytes = (const uint8_t *)loose;

	if (bytes[offsetof(struct unions_loose, c)] > 1)
		return false;
	return true;
}

void
unions_loose_write(struct cdrpc_writer *w, const struct unions_loose *loose)
{
	static const uint8_t hole[3] = {0};

	if (!loose) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	cdrpc_write_flat(w, loose, 0, 4);
	cdrpc_write_u8(w, loose->a);
	cdrpc_write_u32(w, loose->b);
	cdrpc_write_bool(w, loose->c);
	cdrpc_write_flat(w, hole, sizeof hole, 1);
}

const char *
unions_mode_name(unions_mode_t mode)
{
	switch (mode) {
	case UNIONS_MODE_OFF:
		return "Off";
	case UNIONS_MODE_ON:
		return "On";
	default:
		return NULL;
	}
}

bool
unions_mode_valid(unions_mode_t mode)
{
	switch (mode) {
	case UNIONS_MODE_OFF:
	case UNIONS_MODE_ON:
		return true;
	default:
		return false;
	}
}

void
unions_leaf_write(struct cdrpc_writer *w, const struct unions_leaf *leaf)
{
	struct cdrpc_mark table;

	if (!leaf) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: u32 value; */
	if (leaf->value)
		cdrpc_field_u32(w, 1, leaf->value);
	cdrpc_table_end(w, table);
}

void
unions_leaf_read(struct cdrpc_reader *r, struct unions_leaf *leaf)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;

	memset(leaf, 0, sizeof *leaf);
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			leaf->value = cdrpc_field_value(r, &field, UINT32_MAX);
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

void
unions_inner_write(struct cdrpc_writer *w, const struct unions_inner *inner)
{
	struct cdrpc_mark record;

	switch (inner ? inner->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_INNER_SMALL:
		cdrpc_field_u32(w, UNIONS_INNER_SMALL, inner->as.small_);
		break;
	case UNIONS_INNER_LARGE:
		record = cdrpc_union_begin(w, UNIONS_INNER_LARGE);
		cdrpc_write_u64(w, inner->as.large);
		cdrpc_union_end(w, record);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
unions_inner_read(struct cdrpc_reader *r, struct unions_inner *inner)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(inner, 0, sizeof *inner);
	inner->kind = field.id;
	switch (field.id) {
	case UNIONS_INNER_SMALL:
		inner->as.small_ = (uint8_t)cdrpc_field_value(r, &field, UINT8_MAX);
		break;
	case UNIONS_INNER_LARGE:
		inner->as.large = cdrpc_read_u64(r);
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

void
unions_open_write(struct cdrpc_writer *w, const struct unions_open *open)
{
	struct cdrpc_mark record;
	uint32_t bits;
	uint32_t i;

	switch (open ? open->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_B:
		cdrpc_field_u32(w, UNIONS_OPEN_B, open->as.b);
		break;
	case UNIONS_OPEN_I1:
		cdrpc_field_u32(w, UNIONS_OPEN_I1, (uint32_t)open->as.i1);
		break;
	case UNIONS_OPEN_U1:
		cdrpc_field_u32(w, UNIONS_OPEN_U1, open->as.u1);
		break;
	case UNIONS_OPEN_I2:
		cdrpc_field_u32(w, UNIONS_OPEN_I2, (uint32_t)open->as.i2);
		break;
	case UNIONS_OPEN_U2:
		cdrpc_field_u32(w, UNIONS_OPEN_U2, open->as.u2);
		break;
	case UNIONS_OPEN_I4:
		cdrpc_field_u32(w, UNIONS_OPEN_I4, (uint32_t)open->as.i4);
		break;
	case UNIONS_OPEN_U4:
		cdrpc_field_u32(w, UNIONS_OPEN_U4, open->as.u4);
		break;
	case UNIONS_OPEN_I8:
		record = cdrpc_union_begin(w, UNIONS_OPEN_I8);
		cdrpc_write_i64(w, open->as.i8);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_U8:
		record = cdrpc_union_begin(w, UNIONS_OPEN_U8);
		cdrpc_write_u64(w, open->as.u8);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_F4:
		memcpy(&bits, &open->as.f4, sizeof bits);
		cdrpc_field_u32(w, UNIONS_OPEN_F4, bits);
		break;
	case UNIONS_OPEN_F8:
		record = cdrpc_union_begin(w, UNIONS_OPEN_F8);
		cdrpc_write_f64(w, open->as.f8);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_TEXT:
		record = cdrpc_union_begin(w, UNIONS_OPEN_TEXT);
		cdrpc_write_string(w, open->as.text, 100);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_WIDE:
		record = cdrpc_union_begin(w, UNIONS_OPEN_WIDE);
		cdrpc_write_wstring(w, open->as.wide, 100);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_DATA:
		record = cdrpc_union_begin(w, UNIONS_OPEN_DATA);
		cdrpc_write_bytes(w, open->as.data, 100);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_PLAIN:
		record = cdrpc_union_begin(w, UNIONS_OPEN_PLAIN);
		cdrpc_write_flat(w, &open->as.plain, sizeof open->as.plain, 4);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_LOOSE:
		record = cdrpc_union_begin(w, UNIONS_OPEN_LOOSE);
		unions_loose_write(w, &open->as.loose);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_LEAF:
		record = cdrpc_union_begin(w, UNIONS_OPEN_LEAF);
		unions_leaf_write(w, open->as.leaf);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_INNER:
		record = cdrpc_union_begin(w, UNIONS_OPEN_INNER);
		unions_inner_write(w, &open->as.inner);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_ID:
		record = cdrpc_union_begin(w, UNIONS_OPEN_ID);
		cdrpc_write_flat(w, open->as.id, sizeof open->as.id, 1);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_LOOSES:
		record = cdrpc_union_begin(w, UNIONS_OPEN_LOOSES);
		for (i = 0; i < 2; i++)
			unions_loose_write(w, &open->as.looses[i]);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_MODE:
		if (!unions_mode_valid(open->as.mode))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_field_u32(w, UNIONS_OPEN_MODE, (uint32_t)open->as.mode);
		break;
	case UNIONS_OPEN_AMOUNT:
		record = cdrpc_union_begin(w, UNIONS_OPEN_AMOUNT);
		common_amount_write(w, &open->as.amount);
		cdrpc_union_end(w, record);
		break;
	case UNIONS_OPEN_LAST:
		record = cdrpc_union_begin(w, UNIONS_OPEN_LAST);
		cdrpc_write_string(w, open->as.last, 1);
		cdrpc_union_end(w, record);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
unions_open_read(struct cdrpc_reader *r, struct unions_open *open)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);
	uint32_t i;

	memset(open, 0, sizeof *open);
	open->kind = field.id;
	switch (field.id) {
	case UNIONS_OPEN_B:
		open->as.b = cdrpc_field_value(r, &field, 1) != 0;
		break;
	case UNIONS_OPEN_I1:
		open->as.i1 = (int8_t)cdrpc_field_signed(r, &field, INT8_MIN, INT8_MAX);
		break;
	case UNIONS_OPEN_U1:
		open->as.u1 = (uint8_t)cdrpc_field_value(r, &field, UINT8_MAX);
		break;
	case UNIONS_OPEN_I2:
		open->as.i2 = (int16_t)cdrpc_field_signed(r, &field, INT16_MIN, INT16_MAX);
		break;
	case UNIONS_OPEN_U2:
		open->as.u2 = (uint16_t)cdrpc_field_value(r, &field, UINT16_MAX);
		break;
	case UNIONS_OPEN_I4:
		open->as.i4 = cdrpc_field_signed(r, &field, INT32_MIN, INT32_MAX);
		break;
	case UNIONS_OPEN_U4:
		open->as.u4 = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	case UNIONS_OPEN_I8:
		open->as.i8 = cdrpc_read_i64(r);
		break;
	case UNIONS_OPEN_U8:
		open->as.u8 = cdrpc_read_u64(r);
		break;
	case UNIONS_OPEN_F4:
		open->as.f4 = cdrpc_field_f32(r, &field);
		break;
	case UNIONS_OPEN_F8:
		open->as.f8 = cdrpc_read_f64(r);
		break;
	case UNIONS_OPEN_TEXT:
		open->as.text = cdrpc_read_string(r, 100);
		break;
	case UNIONS_OPEN_WIDE:
		open->as.wide = cdrpc_read_wstring(r, 100);
		break;
	case UNIONS_OPEN_DATA:
		open->as.data = cdrpc_read_bytes(r, 100);
		break;
	case UNIONS_OPEN_PLAIN:
		cdrpc_read_into(r, &open->as.plain, sizeof open->as.plain, 4);
		break;
	case UNIONS_OPEN_LOOSE:
		cdrpc_read_into(r, &open->as.loose, sizeof open->as.loose, 4);
		if (!unions_loose_valid(&open->as.loose))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
		break;
	case UNIONS_OPEN_LEAF: {
		struct unions_leaf *item;

		item = (struct unions_leaf *)cdrpc_read_alloc(r, 1, sizeof *item);
		if (item)
			unions_leaf_read(r, item);
		open->as.leaf = item;
		break;
	}
	case UNIONS_OPEN_INNER:
		unions_inner_read(r, &open->as.inner);
		break;
	case UNIONS_OPEN_ID:
		cdrpc_read_into(r, open->as.id, sizeof open->as.id, 1);
		break;
	case UNIONS_OPEN_LOOSES:
		cdrpc_read_into(r, open->as.looses, sizeof open->as.looses, 4);
		for (i = 0; i < 2; i++) {
			if (!unions_loose_valid(&open->as.looses[i]))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
		}
		break;
	case UNIONS_OPEN_MODE:
		open->as.mode = (unions_mode_t)cdrpc_field_signed(r, &field, INT16_MIN, INT16_MAX);
		if (!unions_mode_valid(open->as.mode))
			cdrpc_read_fail(r, CDRPC_E_DECODE);
		break;
	case UNIONS_OPEN_AMOUNT:
		common_amount_read(r, &open->as.amount);
		break;
	case UNIONS_OPEN_LAST:
		open->as.last = cdrpc_read_string(r, 1);
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

void
unions_closed_write(struct cdrpc_writer *w, const struct unions_closed *closed)
{
	struct cdrpc_mark record;

	switch (closed ? closed->kind : UINT32_MAX) {
	case UNIONS_CLOSED_A:
		cdrpc_field_u32(w, UNIONS_CLOSED_A, closed->as.a);
		break;
	case UNIONS_CLOSED_B:
		record = cdrpc_union_begin(w, UNIONS_CLOSED_B);
		cdrpc_write_string(w, closed->as.b, 8);
		cdrpc_union_end(w, record);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
unions_closed_read(struct cdrpc_reader *r, struct unions_closed *closed)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(closed, 0, sizeof *closed);
	closed->kind = field.id;
	switch (field.id) {
	case UNIONS_CLOSED_A:
		closed->as.a = (uint8_t)cdrpc_field_value(r, &field, UINT8_MAX);
		break;
	case UNIONS_CLOSED_B:
		closed->as.b = cdrpc_read_string(r, 8);
		break;
	default:
		cdrpc_read_fail(r, CDRPC_E_DECODE);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

void
unions_small_write(struct cdrpc_writer *w, const struct unions_small *value)
{

	switch (value ? value->kind : UINT32_MAX) {
	case UNIONS_SMALL_A:
		cdrpc_field_u32(w, UNIONS_SMALL_A, value->as.a);
		break;
	case UNIONS_SMALL_B:
		cdrpc_field_u32(w, UNIONS_SMALL_B, (uint32_t)value->as.b);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
unions_small_read(struct cdrpc_reader *r, struct unions_small *value)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(value, 0, sizeof *value);
	value->kind = field.id;
	switch (field.id) {
	case UNIONS_SMALL_A:
		value->as.a = (uint8_t)cdrpc_field_value(r, &field, UINT8_MAX);
		break;
	case UNIONS_SMALL_B:
		value->as.b = cdrpc_field_signed(r, &field, INT32_MIN, INT32_MAX);
		break;
	default:
		cdrpc_read_fail(r, CDRPC_E_DECODE);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

static const struct cdrpc_method unions_method_table[] = {
	{"put", 1, 1, 0, 0, UINT32_MAX, 0},
	{"get", 2, 1, CDRPC_METHOD_OUTPUTS, 0, 0, UINT32_MAX},
	{"swap", 3, 1, CDRPC_METHOD_OUTPUTS, 0, UINT32_MAX, UINT32_MAX},
	{"lists", 4, 1, CDRPC_METHOD_OUTPUTS, 0, UINT32_MAX, UINT32_MAX},
};

const struct cdrpc_interface unions_interface = {
	UINT64_C(0x36737fc486579cdd), "test.unions.Unions",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	4, unions_method_table,
};
