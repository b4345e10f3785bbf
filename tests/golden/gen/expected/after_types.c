/*
 * Types of module test.after, written by cdidl from after.cdidl. Changes belong there.
 *
 * What before.cdidl became: more of everything, and each can read the other.
 */
#include "after.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static_assert(sizeof(struct after_plain) == 8, "struct after_plain is laid out as on the wire");
static_assert(offsetof(struct after_plain, a) == 0, "a stands where it does on the wire");
static_assert(offsetof(struct after_plain, b) == 4, "b stands where it does on the wire");

const char *
after_kind_name(after_kind_t kind)
{
	switch (kind) {
	case AFTER_KIND_ONE:
		return "One";
	case AFTER_KIND_TWO:
		return "Two";
	default:
		return NULL;
	}
}

void
after_shape_write(struct cdrpc_writer *w, const struct after_shape *shape)
{
	struct cdrpc_mark record;

	switch (shape ? shape->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case AFTER_SHAPE_SIDE:
		cdrpc_field_u32(w, AFTER_SHAPE_SIDE, shape->as.side);
		break;
	case AFTER_SHAPE_EXTRA:
		record = cdrpc_union_begin(w, AFTER_SHAPE_EXTRA);
		after_extra_write(w, shape->as.extra);
		cdrpc_union_end(w, record);
		break;
	case AFTER_SHAPE_SMALL:
		cdrpc_field_u32(w, AFTER_SHAPE_SMALL, shape->as.small_);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
after_shape_read(struct cdrpc_reader *r, struct after_shape *shape)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(shape, 0, sizeof *shape);
	shape->kind = field.id;
	switch (field.id) {
	case AFTER_SHAPE_SIDE:
		shape->as.side = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	case AFTER_SHAPE_EXTRA: {
		struct after_extra *item;

		item = (struct after_extra *)cdrpc_read_alloc(r, 1, sizeof *item);
		if (item)
			after_extra_read(r, item);
		shape->as.extra = item;
		break;
	}
	case AFTER_SHAPE_SMALL:
		shape->as.small_ = (uint8_t)cdrpc_field_value(r, &field, UINT8_MAX);
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

void
after_extra_write(struct cdrpc_writer *w, const struct after_extra *extra)
{
	struct cdrpc_mark table;

	if (!extra) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: u32 a; */
	if (extra->a)
		cdrpc_field_u32(w, 1, extra->a);
	cdrpc_table_end(w, table);
}

void
after_extra_read(struct cdrpc_reader *r, struct after_extra *extra)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;

	memset(extra, 0, sizeof *extra);
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			extra->a = cdrpc_field_value(r, &field, UINT32_MAX);
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

void
after_item_write(struct cdrpc_writer *w, const struct after_item *value)
{
	struct cdrpc_mark table, field;
	uint32_t i, n;

	if (!value) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: u32 number; */
	if (value->number)
		cdrpc_field_u32(w, 1, value->number);
	/* 2: string[<=16] text; */
	if (value->text && value->text[0]) {
		field = cdrpc_field_begin(w, 2);
		cdrpc_write_string(w, value->text, 16);
		cdrpc_field_end(w, field);
	}
	/* 3: u64 large; */
	if (value->large) {
		field = cdrpc_field_begin(w, 3);
		cdrpc_write_u64(w, value->large);
		cdrpc_field_end(w, field);
	}
	/* 4: Extra? extra; */
	if (value->extra) {
		field = cdrpc_field_begin(w, 4);
		after_extra_write(w, value->extra);
		cdrpc_field_end(w, field);
	}
	/* 5: string[<=16] name; */
	if (value->name && value->name[0]) {
		field = cdrpc_field_begin(w, 5);
		cdrpc_write_string(w, value->name, 16);
		cdrpc_field_end(w, field);
	}
	/* 6: string[<=4][<=4] texts; */
	if (value->texts_count) {
		field = cdrpc_field_begin(w, 6);
		n = cdrpc_write_count(w, value->texts, value->texts_count, 4);
		for (i = 0; i < n; i++)
			cdrpc_write_string(w, value->texts[i], 4);
		cdrpc_field_end(w, field);
	}
	/* 7: Shape shape; */
	if (value->shape.kind) {
		field = cdrpc_field_begin(w, 7);
		after_shape_write(w, &value->shape);
		cdrpc_field_end(w, field);
	}
	/* 8: wstring[<=8] wide; */
	if (value->wide && value->wide[0]) {
		field = cdrpc_field_begin(w, 8);
		cdrpc_write_wstring(w, value->wide, 8);
		cdrpc_field_end(w, field);
	}
	/* 9: bytes[<=8] data; */
	if (value->data.size) {
		field = cdrpc_field_begin(w, 9);
		cdrpc_write_bytes(w, value->data, 8);
		cdrpc_field_end(w, field);
	}
	/* 10: u32? maybe; */
	if (value->maybe)
		cdrpc_field_u32(w, 10, *value->maybe);
	/* 11: Plain plain; */
	field = cdrpc_field_begin(w, 11);
	cdrpc_write_flat(w, &value->plain, sizeof value->plain, 4);
	cdrpc_field_end(w, field);
	/* 12: u8[4] four; */
	field = cdrpc_field_begin(w, 12);
	cdrpc_write_flat(w, value->four, sizeof value->four, 1);
	cdrpc_field_end(w, field);
	cdrpc_table_end(w, table);
}

void
after_item_read(struct cdrpc_reader *r, struct after_item *value)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;
	uint32_t i;

	memset(value, 0, sizeof *value);
	value->text = "";
	value->name = "";
	value->wide = cdrpc_empty_wstring;
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			value->number = cdrpc_field_value(r, &field, UINT32_MAX);
			break;
		case 2:
			value->text = cdrpc_read_string(r, 16);
			break;
		case 3:
			value->large = cdrpc_read_u64(r);
			break;
		case 4: {
			struct after_extra *item;

			item = (struct after_extra *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				after_extra_read(r, item);
			value->extra = item;
			break;
		}
		case 5:
			value->name = cdrpc_read_string(r, 16);
			break;
		case 6: {
			const char **items;

			value->texts_count = cdrpc_read_count(r, 4, 5);
			items = (const char **)cdrpc_read_alloc(r, value->texts_count, sizeof *items);
			for (i = 0; items && i < value->texts_count; i++)
				items[i] = cdrpc_read_string(r, 4);
			value->texts = items;
			break;
		}
		case 7:
			after_shape_read(r, &value->shape);
			break;
		case 8:
			value->wide = cdrpc_read_wstring(r, 8);
			break;
		case 9:
			value->data = cdrpc_read_bytes(r, 8);
			break;
		case 10: {
			uint32_t *item;

			item = (uint32_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = cdrpc_field_value(r, &field, UINT32_MAX);
			value->maybe = item;
			break;
		}
		case 11:
			cdrpc_read_into(r, &value->plain, sizeof value->plain, 4);
			break;
		case 12:
			cdrpc_read_into(r, value->four, sizeof value->four, 1);
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

static const struct cdrpc_method after_method_table[] = {
	{"put", 1, 1, 0, 0, UINT32_MAX, 0},
};

const struct cdrpc_interface after_interface = {
	UINT64_C(0x8f98189336dbf9a5), "test.after.After",
	2, CDRPC_INTEGRITY_ANY, 0, 0,
	1, after_method_table,
};
