/* Types of module test.tables, written by cdidl from tables.cdidl. Changes belong there. */
#include "tables.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1
#error "cdrpc is of another version than the cdidl that has written this file"
#endif

static_assert(sizeof(struct tables_plain) == 8, "struct tables_plain is laid out as on the wire");
static_assert(offsetof(struct tables_plain, a) == 0, "a stands where it does on the wire");
static_assert(offsetof(struct tables_plain, b) == 4, "b stands where it does on the wire");
static_assert(sizeof(struct tables_loose) == 12, "struct tables_loose is laid out as on the wire");
static_assert(offsetof(struct tables_loose, a) == 0, "a stands where it does on the wire");
static_assert(offsetof(struct tables_loose, b) == 4, "b stands where it does on the wire");
static_assert(offsetof(struct tables_loose, c) == 8, "c stands where it does on the wire");

const char *
tables_mode_name(tables_mode_t mode)
{
	switch (mode) {
	case TABLES_MODE_OFF:
		return "Off";
	case TABLES_MODE_ON:
		return "On";
	default:
		return NULL;
	}
}

bool
tables_mode_valid(tables_mode_t mode)
{
	switch (mode) {
	case TABLES_MODE_OFF:
	case TABLES_MODE_ON:
		return true;
	default:
		return false;
	}
}

bool
tables_loose_valid(const struct tables_loose *loose)
{
	/* A byte that is no bool must not be read as one. */
	const uint8_t *bytes = (const uint8_t *)loose;

	if (bytes[offsetof(struct tables_loose, c)] > 1)
		return false;
	return true;
}

void
tables_loose_write(struct cdrpc_writer *w, const struct tables_loose *loose)
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

static const struct cdrpc_shape *const tables_any_shapes[] = {
	&tables_leaf_shape,
};

const struct cdrpc_shape tables_any_shape = {
	"1=number:4,2=text:s,3=leaf:t0,",
	tables_any_shapes,
};

void
tables_any_write(struct cdrpc_writer *w, const struct tables_any *any)
{
	struct cdrpc_mark record;

	switch (any ? any->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case TABLES_ANY_NUMBER:
		cdrpc_field_u32(w, TABLES_ANY_NUMBER, any->as.number);
		break;
	case TABLES_ANY_TEXT:
		record = cdrpc_union_begin(w, TABLES_ANY_TEXT);
		cdrpc_write_string(w, any->as.text, 32);
		cdrpc_union_end(w, record);
		break;
	case TABLES_ANY_LEAF:
		record = cdrpc_union_begin(w, TABLES_ANY_LEAF);
		tables_leaf_write(w, any->as.leaf);
		cdrpc_union_end(w, record);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
tables_any_read(struct cdrpc_reader *r, struct tables_any *any)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(any, 0, sizeof *any);
	any->kind = field.id;
	switch (field.id) {
	case TABLES_ANY_NUMBER:
		any->as.number = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	case TABLES_ANY_TEXT:
		any->as.text = cdrpc_read_string(r, 32);
		break;
	case TABLES_ANY_LEAF: {
		struct tables_leaf *item;

		item = (struct tables_leaf *)cdrpc_read_alloc(r, 1, sizeof *item);
		if (item)
			tables_leaf_read(r, item);
		any->as.leaf = item;
		break;
	}
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

const struct cdrpc_shape tables_leaf_shape = {
	"1=value:4,",
	NULL,
};

void
tables_leaf_write(struct cdrpc_writer *w, const struct tables_leaf *leaf)
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
tables_leaf_read(struct cdrpc_reader *r, struct tables_leaf *leaf)
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

static const struct cdrpc_shape *const tables_everything_shapes[] = {
	&tables_leaf_shape,
	&tables_any_shape,
};

const struct cdrpc_shape tables_everything_shape = {
	"1=b:1,2=i1:1,3=u1:1,4=i2:2,5=u2:2,6=i4:4,7=u4:4,8=i8:8,9=u8:8,10=f4:4,11=f8:8,12=text:s,13=wide:w,"
	"14=data:b,15=plain:f8.4,16=loose:f12.4,17=leaf:t0,18=any:u1,19=id:f16.1,20=looses:f24.4,21=bools:f4.1,",
	tables_everything_shapes,
};

void
tables_everything_write(struct cdrpc_writer *w, const struct tables_everything *everything)
{
	struct cdrpc_mark table, field;
	uint32_t bits;
	uint64_t long_bits;
	uint32_t i;

	if (!everything) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: bool b; */
	if (everything->b)
		cdrpc_field_u32(w, 1, everything->b);
	/* 2: i8 i1; */
	if (everything->i1)
		cdrpc_field_u32(w, 2, (uint32_t)everything->i1);
	/* 3: u8 u1; */
	if (everything->u1)
		cdrpc_field_u32(w, 3, everything->u1);
	/* 4: i16 i2; */
	if (everything->i2)
		cdrpc_field_u32(w, 4, (uint32_t)everything->i2);
	/* 5: u16 u2; */
	if (everything->u2)
		cdrpc_field_u32(w, 5, everything->u2);
	/* 6: i32 i4; */
	if (everything->i4)
		cdrpc_field_u32(w, 6, (uint32_t)everything->i4);
	/* 7: u32 u4; */
	if (everything->u4)
		cdrpc_field_u32(w, 7, everything->u4);
	/* 8: i64 i8; */
	if (everything->i8) {
		field = cdrpc_field_begin(w, 8);
		cdrpc_write_i64(w, everything->i8);
		cdrpc_field_end(w, field);
	}
	/* 9: u64 u8; */
	if (everything->u8) {
		field = cdrpc_field_begin(w, 9);
		cdrpc_write_u64(w, everything->u8);
		cdrpc_field_end(w, field);
	}
	/* 10: f32 f4; */
	memcpy(&bits, &everything->f4, sizeof bits);
	if (bits)
		cdrpc_field_u32(w, 10, bits);
	/* 11: f64 f8; */
	memcpy(&long_bits, &everything->f8, sizeof long_bits);
	if (long_bits) {
		field = cdrpc_field_begin(w, 11);
		cdrpc_write_f64(w, everything->f8);
		cdrpc_field_end(w, field);
	}
	/* 12: string[<=100] text; */
	if (everything->text && everything->text[0]) {
		field = cdrpc_field_begin(w, 12);
		cdrpc_write_string(w, everything->text, 100);
		cdrpc_field_end(w, field);
	}
	/* 13: wstring[<=100] wide; */
	if (everything->wide && everything->wide[0]) {
		field = cdrpc_field_begin(w, 13);
		cdrpc_write_wstring(w, everything->wide, 100);
		cdrpc_field_end(w, field);
	}
	/* 14: bytes[<=100] data; */
	if (everything->data.size) {
		field = cdrpc_field_begin(w, 14);
		cdrpc_write_bytes(w, everything->data, 100);
		cdrpc_field_end(w, field);
	}
	/* 15: Plain plain; */
	field = cdrpc_field_begin(w, 15);
	cdrpc_write_flat(w, &everything->plain, sizeof everything->plain, 4);
	cdrpc_field_end(w, field);
	/* 16: Loose loose; */
	field = cdrpc_field_begin(w, 16);
	tables_loose_write(w, &everything->loose);
	cdrpc_field_end(w, field);
	/* 17: Leaf? leaf; */
	if (everything->leaf) {
		field = cdrpc_field_begin(w, 17);
		tables_leaf_write(w, everything->leaf);
		cdrpc_field_end(w, field);
	}
	/* 18: Any any; */
	if (everything->any.kind) {
		field = cdrpc_field_begin(w, 18);
		tables_any_write(w, &everything->any);
		cdrpc_field_end(w, field);
	}
	/* 19: u8[16] id; */
	field = cdrpc_field_begin(w, 19);
	cdrpc_write_flat(w, everything->id, sizeof everything->id, 1);
	cdrpc_field_end(w, field);
	/* 20: Loose[2] looses; */
	field = cdrpc_field_begin(w, 20);
	for (i = 0; i < 2; i++)
		tables_loose_write(w, &everything->looses[i]);
	cdrpc_field_end(w, field);
	/* 21: bool[4] bools; */
	field = cdrpc_field_begin(w, 21);
	cdrpc_write_flat(w, everything->bools, sizeof everything->bools, 1);
	cdrpc_field_end(w, field);
	cdrpc_table_end(w, table);
}

void
tables_everything_read(struct cdrpc_reader *r, struct tables_everything *everything)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;
	uint32_t i;

	memset(everything, 0, sizeof *everything);
	everything->text = "";
	everything->wide = cdrpc_empty_wstring();
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			everything->b = cdrpc_field_value(r, &field, 1) != 0;
			break;
		case 2:
			everything->i1 = (int8_t)cdrpc_field_signed(r, &field, INT8_MIN, INT8_MAX);
			break;
		case 3:
			everything->u1 = (uint8_t)cdrpc_field_value(r, &field, UINT8_MAX);
			break;
		case 4:
			everything->i2 = (int16_t)cdrpc_field_signed(r, &field, INT16_MIN, INT16_MAX);
			break;
		case 5:
			everything->u2 = (uint16_t)cdrpc_field_value(r, &field, UINT16_MAX);
			break;
		case 6:
			everything->i4 = cdrpc_field_signed(r, &field, INT32_MIN, INT32_MAX);
			break;
		case 7:
			everything->u4 = cdrpc_field_value(r, &field, UINT32_MAX);
			break;
		case 8:
			everything->i8 = cdrpc_read_i64(r);
			break;
		case 9:
			everything->u8 = cdrpc_read_u64(r);
			break;
		case 10:
			everything->f4 = cdrpc_field_f32(r, &field);
			break;
		case 11:
			everything->f8 = cdrpc_read_f64(r);
			break;
		case 12:
			everything->text = cdrpc_read_string(r, 100);
			break;
		case 13:
			everything->wide = cdrpc_read_wstring(r, 100);
			break;
		case 14:
			everything->data = cdrpc_read_bytes(r, 100);
			break;
		case 15:
			cdrpc_read_into(r, &everything->plain, sizeof everything->plain, 4);
			break;
		case 16:
			cdrpc_read_into(r, &everything->loose, sizeof everything->loose, 4);
			if (!tables_loose_valid(&everything->loose))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 17: {
			struct tables_leaf *item;

			item = (struct tables_leaf *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				tables_leaf_read(r, item);
			everything->leaf = item;
			break;
		}
		case 18:
			tables_any_read(r, &everything->any);
			break;
		case 19:
			cdrpc_read_into(r, everything->id, sizeof everything->id, 1);
			break;
		case 20:
			cdrpc_read_into(r, everything->looses, sizeof everything->looses, 4);
			for (i = 0; i < 2; i++) {
				if (!tables_loose_valid(&everything->looses[i]))
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		case 21:
			cdrpc_read_into(r, everything->bools, sizeof everything->bools, 1);
			for (i = 0; i < 4; i++) {
				if (((const uint8_t *)everything->bools)[i] > 1)
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

static const struct cdrpc_shape *const tables_optional_shapes[] = {
	&tables_any_shape,
};

const struct cdrpc_shape tables_optional_shape = {
	"1=b:1,2=i1:1,3=u1:1,4=i2:2,5=u2:2,6=i4:4,7=u4:4,8=i8:8,9=u8:8,10=f4:4,11=f8:8,12=text:s,13=wide:w,"
	"14=data:b,15=plain:f8.4,16=loose:f12.4,18=any:u0,19=id:f16.1,20=looses:f24.4,21=bools:f4.1,"
	"22=numbers:[4,23=texts:[s,",
	tables_optional_shapes,
};

void
tables_optional_write(struct cdrpc_writer *w, const struct tables_optional *optional)
{
	struct cdrpc_mark table, field;
	uint32_t bits;
	uint32_t i, n;

	if (!optional) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: bool? b; */
	if (optional->b)
		cdrpc_field_u32(w, 1, *optional->b);
	/* 2: i8? i1; */
	if (optional->i1)
		cdrpc_field_u32(w, 2, (uint32_t)*optional->i1);
	/* 3: u8? u1; */
	if (optional->u1)
		cdrpc_field_u32(w, 3, *optional->u1);
	/* 4: i16? i2; */
	if (optional->i2)
		cdrpc_field_u32(w, 4, (uint32_t)*optional->i2);
	/* 5: u16? u2; */
	if (optional->u2)
		cdrpc_field_u32(w, 5, *optional->u2);
	/* 6: i32? i4; */
	if (optional->i4)
		cdrpc_field_u32(w, 6, (uint32_t)*optional->i4);
	/* 7: u32? u4; */
	if (optional->u4)
		cdrpc_field_u32(w, 7, *optional->u4);
	/* 8: i64? i8; */
	if (optional->i8) {
		field = cdrpc_field_begin(w, 8);
		cdrpc_write_i64(w, *optional->i8);
		cdrpc_field_end(w, field);
	}
	/* 9: u64? u8; */
	if (optional->u8) {
		field = cdrpc_field_begin(w, 9);
		cdrpc_write_u64(w, *optional->u8);
		cdrpc_field_end(w, field);
	}
	/* 10: f32? f4; */
	if (optional->f4) {
		memcpy(&bits, optional->f4, sizeof bits);
		cdrpc_field_u32(w, 10, bits);
	}
	/* 11: f64? f8; */
	if (optional->f8) {
		field = cdrpc_field_begin(w, 11);
		cdrpc_write_f64(w, *optional->f8);
		cdrpc_field_end(w, field);
	}
	/* 12: string[<=100]? text; */
	if (optional->text) {
		field = cdrpc_field_begin(w, 12);
		cdrpc_write_string(w, optional->text, 100);
		cdrpc_field_end(w, field);
	}
	/* 13: wstring[<=100]? wide; */
	if (optional->wide) {
		field = cdrpc_field_begin(w, 13);
		cdrpc_write_wstring(w, optional->wide, 100);
		cdrpc_field_end(w, field);
	}
	/* 14: bytes[<=100]? data; */
	if (optional->data.data) {
		field = cdrpc_field_begin(w, 14);
		cdrpc_write_bytes(w, optional->data, 100);
		cdrpc_field_end(w, field);
	}
	/* 15: Plain? plain; */
	if (optional->plain) {
		field = cdrpc_field_begin(w, 15);
		cdrpc_write_flat(w, optional->plain, sizeof *optional->plain, 4);
		cdrpc_field_end(w, field);
	}
	/* 16: Loose? loose; */
	if (optional->loose) {
		field = cdrpc_field_begin(w, 16);
		tables_loose_write(w, optional->loose);
		cdrpc_field_end(w, field);
	}
	/* 18: Any? any; */
	if (optional->any) {
		field = cdrpc_field_begin(w, 18);
		tables_any_write(w, optional->any);
		cdrpc_field_end(w, field);
	}
	/* 19: u8[16]? id; */
	if (optional->id) {
		field = cdrpc_field_begin(w, 19);
		cdrpc_write_flat(w, optional->id, 16 * sizeof *optional->id, 1);
		cdrpc_field_end(w, field);
	}
	/* 20: Loose[2]? looses; */
	if (optional->looses) {
		field = cdrpc_field_begin(w, 20);
		for (i = 0; i < 2; i++)
			tables_loose_write(w, &optional->looses[i]);
		cdrpc_field_end(w, field);
	}
	/* 21: bool[4]? bools; */
	if (optional->bools) {
		field = cdrpc_field_begin(w, 21);
		cdrpc_write_flat(w, optional->bools, 4 * sizeof *optional->bools, 1);
		cdrpc_field_end(w, field);
	}
	/* 22: u32[<=SOME]? numbers; */
	if (optional->numbers) {
		field = cdrpc_field_begin(w, 22);
		cdrpc_write_array(w, optional->numbers, optional->numbers_count, TABLES_SOME, sizeof *optional->numbers,
				  4);
		cdrpc_field_end(w, field);
	}
	/* 23: string[<=10][<=5]? texts; */
	if (optional->texts) {
		field = cdrpc_field_begin(w, 23);
		n = cdrpc_write_count(w, optional->texts, optional->texts_count, 5);
		for (i = 0; i < n; i++)
			cdrpc_write_string(w, optional->texts[i], 10);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

void
tables_optional_read(struct cdrpc_reader *r, struct tables_optional *optional)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;
	uint32_t i;

	memset(optional, 0, sizeof *optional);
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1: {
			bool *item;

			item = (bool *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = cdrpc_field_value(r, &field, 1) != 0;
			optional->b = item;
			break;
		}
		case 2: {
			int8_t *item;

			item = (int8_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = (int8_t)cdrpc_field_signed(r, &field, INT8_MIN, INT8_MAX);
			optional->i1 = item;
			break;
		}
		case 3: {
			uint8_t *item;

			item = (uint8_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = (uint8_t)cdrpc_field_value(r, &field, UINT8_MAX);
			optional->u1 = item;
			break;
		}
		case 4: {
			int16_t *item;

			item = (int16_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = (int16_t)cdrpc_field_signed(r, &field, INT16_MIN, INT16_MAX);
			optional->i2 = item;
			break;
		}
		case 5: {
			uint16_t *item;

			item = (uint16_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = (uint16_t)cdrpc_field_value(r, &field, UINT16_MAX);
			optional->u2 = item;
			break;
		}
		case 6: {
			int32_t *item;

			item = (int32_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = cdrpc_field_signed(r, &field, INT32_MIN, INT32_MAX);
			optional->i4 = item;
			break;
		}
		case 7: {
			uint32_t *item;

			item = (uint32_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = cdrpc_field_value(r, &field, UINT32_MAX);
			optional->u4 = item;
			break;
		}
		case 8:
			optional->i8 = (const int64_t *)cdrpc_read_flat(r, sizeof *optional->i8, 8);
			break;
		case 9:
			optional->u8 = (const uint64_t *)cdrpc_read_flat(r, sizeof *optional->u8, 8);
			break;
		case 10: {
			float *item;

			item = (float *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = cdrpc_field_f32(r, &field);
			optional->f4 = item;
			break;
		}
		case 11:
			optional->f8 = (const double *)cdrpc_read_flat(r, sizeof *optional->f8, 8);
			break;
		case 12:
			optional->text = cdrpc_read_string(r, 100);
			break;
		case 13:
			optional->wide = cdrpc_read_wstring(r, 100);
			break;
		case 14:
			optional->data = cdrpc_read_bytes(r, 100);
			break;
		case 15:
			optional->plain = (const struct tables_plain *)cdrpc_read_flat(r, sizeof *optional->plain, 4);
			break;
		case 16:
			optional->loose = (const struct tables_loose *)cdrpc_read_flat(r, sizeof *optional->loose, 4);
			if (optional->loose && !tables_loose_valid(optional->loose))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 18: {
			struct tables_any *item;

			item = (struct tables_any *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				tables_any_read(r, item);
			optional->any = item;
			break;
		}
		case 19:
			optional->id = (const uint8_t *)cdrpc_read_flat(r, 16 * sizeof *optional->id, 1);
			break;
		case 20:
			optional->looses = (const struct tables_loose *)cdrpc_read_flat(r, 2 * sizeof *optional->looses,
											4);
			for (i = 0; optional->looses && i < 2; i++) {
				if (!tables_loose_valid(&optional->looses[i]))
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		case 21:
			optional->bools = (const bool *)cdrpc_read_flat(r, 4 * sizeof *optional->bools, 1);
			for (i = 0; optional->bools && i < 4; i++) {
				if (((const uint8_t *)optional->bools)[i] > 1)
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		case 22:
			optional->numbers = (const uint32_t *)cdrpc_read_array(r, TABLES_SOME,
									       sizeof *optional->numbers, 4,
									       &optional->numbers_count);
			if (!optional->numbers)
				optional->numbers = (const uint32_t *)cdrpc_read_alloc(r, 1, sizeof *optional->numbers);
			break;
		case 23: {
			const char **items;

			optional->texts_count = cdrpc_read_count(r, 5, 5);
			items = (const char **)cdrpc_read_alloc(r, optional->texts_count ? optional->texts_count : 1,
								sizeof *items);
			for (i = 0; items && i < optional->texts_count; i++)
				items[i] = cdrpc_read_string(r, 10);
			optional->texts = items;
			break;
		}
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

static const struct cdrpc_shape *const tables_lists_shapes[] = {
	&tables_leaf_shape,
	&tables_any_shape,
	&common_note_shape,
};

const struct cdrpc_shape tables_lists_shape = {
	"1=bools:[1,2=numbers:[4,3=reals:[8,4=texts:[s,5=wides:[w,6=datas:[b,7=plains:[f8.4,8=looses:[f12.4,"
	"9=leaves:[t0,10=anys:[u1,11=modes:[1,12=settings:[f12.4,13=notes:[t2,",
	tables_lists_shapes,
};

void
tables_lists_write(struct cdrpc_writer *w, const struct tables_lists *lists)
{
	struct cdrpc_mark table, field;
	uint32_t i, n;

	if (!lists) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: bool[<=SOME] bools; */
	if (lists->bools_count) {
		field = cdrpc_field_begin(w, 1);
		cdrpc_write_array(w, lists->bools, lists->bools_count, TABLES_SOME, sizeof *lists->bools, 1);
		cdrpc_field_end(w, field);
	}
	/* 2: u32[<=SOME] numbers; */
	if (lists->numbers_count) {
		field = cdrpc_field_begin(w, 2);
		cdrpc_write_array(w, lists->numbers, lists->numbers_count, TABLES_SOME, sizeof *lists->numbers, 4);
		cdrpc_field_end(w, field);
	}
	/* 3: f64[<=SOME] reals; */
	if (lists->reals_count) {
		field = cdrpc_field_begin(w, 3);
		cdrpc_write_array(w, lists->reals, lists->reals_count, TABLES_SOME, sizeof *lists->reals, 8);
		cdrpc_field_end(w, field);
	}
	/* 4: string[<=10][<=SOME] texts; */
	if (lists->texts_count) {
		field = cdrpc_field_begin(w, 4);
		n = cdrpc_write_count(w, lists->texts, lists->texts_count, TABLES_SOME);
		for (i = 0; i < n; i++)
			cdrpc_write_string(w, lists->texts[i], 10);
		cdrpc_field_end(w, field);
	}
	/* 5: wstring[<=10][<=SOME] wides; */
	if (lists->wides_count) {
		field = cdrpc_field_begin(w, 5);
		n = cdrpc_write_count(w, lists->wides, lists->wides_count, TABLES_SOME);
		for (i = 0; i < n; i++)
			cdrpc_write_wstring(w, lists->wides[i], 10);
		cdrpc_field_end(w, field);
	}
	/* 6: bytes[<=10][<=SOME] datas; */
	if (lists->datas_count) {
		field = cdrpc_field_begin(w, 6);
		n = cdrpc_write_count(w, lists->datas, lists->datas_count, TABLES_SOME);
		for (i = 0; i < n; i++)
			cdrpc_write_bytes(w, lists->datas[i], 10);
		cdrpc_field_end(w, field);
	}
	/* 7: Plain[<=SOME] plains; */
	if (lists->plains_count) {
		field = cdrpc_field_begin(w, 7);
		cdrpc_write_array(w, lists->plains, lists->plains_count, TABLES_SOME, sizeof *lists->plains, 4);
		cdrpc_field_end(w, field);
	}
	/* 8: Loose[<=SOME] looses; */
	if (lists->looses_count) {
		field = cdrpc_field_begin(w, 8);
		n = cdrpc_write_count(w, lists->looses, lists->looses_count, TABLES_SOME);
		for (i = 0; i < n; i++)
			tables_loose_write(w, &lists->looses[i]);
		cdrpc_field_end(w, field);
	}
	/* 9: Leaf[<=SOME] leaves; */
	if (lists->leaves_count) {
		field = cdrpc_field_begin(w, 9);
		n = cdrpc_write_count(w, lists->leaves, lists->leaves_count, TABLES_SOME);
		for (i = 0; i < n; i++)
			tables_leaf_write(w, &lists->leaves[i]);
		cdrpc_field_end(w, field);
	}
	/* 10: Any[<=SOME] anys; */
	if (lists->anys_count) {
		field = cdrpc_field_begin(w, 10);
		n = cdrpc_write_count(w, lists->anys, lists->anys_count, TABLES_SOME);
		for (i = 0; i < n; i++)
			tables_any_write(w, &lists->anys[i]);
		cdrpc_field_end(w, field);
	}
	/* 11: Mode[<=SOME] modes; */
	if (lists->modes_count) {
		field = cdrpc_field_begin(w, 11);
		n = cdrpc_write_count(w, lists->modes, lists->modes_count, TABLES_SOME);
		for (i = 0; i < n; i++) {
			if (!tables_mode_valid(lists->modes[i]))
				cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
			cdrpc_write_u8(w, lists->modes[i]);
		}
		cdrpc_field_end(w, field);
	}
	/* 12: contoso.common.Setting[<=SOME] settings; */
	if (lists->settings_count) {
		field = cdrpc_field_begin(w, 12);
		n = cdrpc_write_count(w, lists->settings, lists->settings_count, TABLES_SOME);
		for (i = 0; i < n; i++)
			common_setting_write(w, &lists->settings[i]);
		cdrpc_field_end(w, field);
	}
	/* 13: contoso.common.Note[<=SOME] notes; */
	if (lists->notes_count) {
		field = cdrpc_field_begin(w, 13);
		n = cdrpc_write_count(w, lists->notes, lists->notes_count, TABLES_SOME);
		for (i = 0; i < n; i++)
			common_note_write(w, &lists->notes[i]);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

void
tables_lists_read(struct cdrpc_reader *r, struct tables_lists *lists)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;
	uint32_t i;

	memset(lists, 0, sizeof *lists);
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			lists->bools = (const bool *)cdrpc_read_array(r, TABLES_SOME, sizeof *lists->bools, 1,
								      &lists->bools_count);
			for (i = 0; i < lists->bools_count; i++) {
				if (((const uint8_t *)lists->bools)[i] > 1)
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		case 2:
			lists->numbers = (const uint32_t *)cdrpc_read_array(r, TABLES_SOME, sizeof *lists->numbers, 4,
									    &lists->numbers_count);
			break;
		case 3:
			lists->reals = (const double *)cdrpc_read_array(r, TABLES_SOME, sizeof *lists->reals, 8,
									&lists->reals_count);
			break;
		case 4: {
			const char **items;

			lists->texts_count = cdrpc_read_count(r, TABLES_SOME, 5);
			items = (const char **)cdrpc_read_alloc(r, lists->texts_count, sizeof *items);
			for (i = 0; items && i < lists->texts_count; i++)
				items[i] = cdrpc_read_string(r, 10);
			lists->texts = items;
			break;
		}
		case 5: {
			const cdrpc_wchar **items;

			lists->wides_count = cdrpc_read_count(r, TABLES_SOME, 6);
			items = (const cdrpc_wchar **)cdrpc_read_alloc(r, lists->wides_count, sizeof *items);
			for (i = 0; items && i < lists->wides_count; i++)
				items[i] = cdrpc_read_wstring(r, 10);
			lists->wides = items;
			break;
		}
		case 6: {
			struct cdrpc_bytes *items;

			lists->datas_count = cdrpc_read_count(r, TABLES_SOME, 4);
			items = (struct cdrpc_bytes *)cdrpc_read_alloc(r, lists->datas_count, sizeof *items);
			for (i = 0; items && i < lists->datas_count; i++)
				items[i] = cdrpc_read_bytes(r, 10);
			lists->datas = items;
			break;
		}
		case 7:
			lists->plains = (const struct tables_plain *)cdrpc_read_array(r, TABLES_SOME,
										      sizeof *lists->plains, 4,
										      &lists->plains_count);
			break;
		case 8:
			lists->looses = (const struct tables_loose *)cdrpc_read_array(r, TABLES_SOME,
										      sizeof *lists->looses, 4,
										      &lists->looses_count);
			for (i = 0; i < lists->looses_count; i++) {
				if (!tables_loose_valid(&lists->looses[i]))
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		case 9: {
			struct tables_leaf *items;

			lists->leaves_count = cdrpc_read_count(r, TABLES_SOME, 8);
			items = (struct tables_leaf *)cdrpc_read_alloc(r, lists->leaves_count, sizeof *items);
			for (i = 0; items && i < lists->leaves_count; i++)
				tables_leaf_read(r, &items[i]);
			lists->leaves = items;
			break;
		}
		case 10: {
			struct tables_any *items;

			lists->anys_count = cdrpc_read_count(r, TABLES_SOME, 8);
			items = (struct tables_any *)cdrpc_read_alloc(r, lists->anys_count, sizeof *items);
			for (i = 0; items && i < lists->anys_count; i++)
				tables_any_read(r, &items[i]);
			lists->anys = items;
			break;
		}
		case 11:
			lists->modes = (const tables_mode_t *)cdrpc_read_array(r, TABLES_SOME, sizeof *lists->modes, 1,
									       &lists->modes_count);
			for (i = 0; i < lists->modes_count; i++) {
				if (!tables_mode_valid(lists->modes[i]))
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		case 12:
			lists->settings = (const struct common_setting *)cdrpc_read_array(r, TABLES_SOME,
											  sizeof *lists->settings, 4,
											  &lists->settings_count);
			for (i = 0; i < lists->settings_count; i++) {
				if (!common_setting_valid(&lists->settings[i]))
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			break;
		case 13: {
			struct common_note *items;

			lists->notes_count = cdrpc_read_count(r, TABLES_SOME, 8);
			items = (struct common_note *)cdrpc_read_alloc(r, lists->notes_count, sizeof *items);
			for (i = 0; items && i < lists->notes_count; i++)
				common_note_read(r, &items[i]);
			lists->notes = items;
			break;
		}
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

static const struct cdrpc_shape *const tables_order_shapes[] = {
	&tables_order_shape,
	&tables_choice_shape,
};

const struct cdrpc_shape tables_order_shape = {
	"1=name:s,2=parts:[t0,3=next:t0,4=choice:u1,",
	tables_order_shapes,
};

void
tables_order_write(struct cdrpc_writer *w, const struct tables_order *order)
{
	struct cdrpc_mark table, field;
	uint32_t i, n;

	if (!order) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	if (w->status != CDRPC_OK)
		return;
	/* 1: string[<=20] name; */
	if (order->name && order->name[0]) {
		field = cdrpc_field_begin(w, 1);
		cdrpc_write_string(w, order->name, 20);
		cdrpc_field_end(w, field);
	}
	/* 2: Order[<=4] parts; */
	if (order->parts_count) {
		field = cdrpc_field_begin(w, 2);
		n = cdrpc_write_count(w, order->parts, order->parts_count, 4);
		for (i = 0; i < n; i++)
			tables_order_write(w, &order->parts[i]);
		cdrpc_field_end(w, field);
	}
	/* 3: Order? next; */
	if (order->next) {
		field = cdrpc_field_begin(w, 3);
		tables_order_write(w, order->next);
		cdrpc_field_end(w, field);
	}
	/* 4: Choice choice; */
	if (order->choice.kind) {
		field = cdrpc_field_begin(w, 4);
		tables_choice_write(w, &order->choice);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

void
tables_order_read(struct cdrpc_reader *r, struct tables_order *order)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;
	uint32_t i;

	memset(order, 0, sizeof *order);
	order->name = "";
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			order->name = cdrpc_read_string(r, 20);
			break;
		case 2: {
			struct tables_order *items;

			order->parts_count = cdrpc_read_count(r, 4, 8);
			items = (struct tables_order *)cdrpc_read_alloc(r, order->parts_count, sizeof *items);
			for (i = 0; items && i < order->parts_count; i++)
				tables_order_read(r, &items[i]);
			order->parts = items;
			break;
		}
		case 3: {
			struct tables_order *item;

			item = (struct tables_order *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				tables_order_read(r, item);
			order->next = item;
			break;
		}
		case 4:
			tables_choice_read(r, &order->choice);
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

static const struct cdrpc_shape *const tables_choice_shapes[] = {
	&tables_order_shape,
};

const struct cdrpc_shape tables_choice_shape = {
	"1=order:t0,2=none:4,",
	tables_choice_shapes,
};

void
tables_choice_write(struct cdrpc_writer *w, const struct tables_choice *choice)
{
	struct cdrpc_mark record;

	switch (choice ? choice->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case TABLES_CHOICE_ORDER:
		record = cdrpc_union_begin(w, TABLES_CHOICE_ORDER);
		tables_order_write(w, choice->as.order);
		cdrpc_union_end(w, record);
		break;
	case TABLES_CHOICE_NONE:
		cdrpc_field_u32(w, TABLES_CHOICE_NONE, choice->as.none);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
tables_choice_read(struct cdrpc_reader *r, struct tables_choice *choice)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(choice, 0, sizeof *choice);
	choice->kind = field.id;
	switch (field.id) {
	case TABLES_CHOICE_ORDER: {
		struct tables_order *item;

		item = (struct tables_order *)cdrpc_read_alloc(r, 1, sizeof *item);
		if (item)
			tables_order_read(r, item);
		choice->as.order = item;
		break;
	}
	case TABLES_CHOICE_NONE:
		choice->as.none = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

static const struct cdrpc_shape *const tables_shapes[] = {
	&tables_everything_shape,
	&tables_optional_shape,
	&tables_lists_shape,
	&tables_order_shape,
	&tables_leaf_shape,
};

/* Name, ordinal, since, flags, deadline in ms; the most bytes of inputs and of outputs; members. */
static const struct cdrpc_method tables_method_table[] = {
	{"put", 1, 1, 0, 0,
		CDRPC_UNBOUNDED, 0, "a:t0,b:t1,c:t2,d:t3,||"},
	{"get", 2, 1, CDRPC_METHOD_OUTPUTS, 0,
		0, CDRPC_UNBOUNDED, "|a:t0,b:t1,c:t2,d:t3,|"},
	{"maybe", 3, 1, CDRPC_METHOD_OUTPUTS, 0,
		CDRPC_UNBOUNDED, CDRPC_UNBOUNDED, "a:?t4,c:?t4,|b:?t4,c:?t4,|"},
};

/* Its id and name; version, whom it lets in, deadline in ms; methods and events. */
const struct cdrpc_interface tables_interface = {
	UINT64_C(0x4d5ae6cfaf1f100f), "test.tables.Tables",
	1, CDRPC_INTEGRITY_ANY, CDRPC_ANY_USER, 0,
	3, tables_method_table, tables_shapes,
};
