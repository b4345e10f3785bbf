/*
 * Types of module test.before, written by cdidl from before.cdidl. Changes belong there.
 *
 * What after.cdidl was, one version ago.
 */
#include "before.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

const char *
before_kind_name(before_kind_t kind)
{
	switch (kind) {
	case BEFORE_KIND_ONE:
		return "One";
	default:
		return NULL;
	}
}

void
before_shape_write(struct cdrpc_writer *w, const struct before_shape *shape)
{
	struct cdrpc_mark record;

	switch (shape ? shape->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case BEFORE_SHAPE_SIDE:
		cdrpc_field_u32(w, BEFORE_SHAPE_SIDE, shape->as.side);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
before_shape_read(struct cdrpc_reader *r, struct before_shape *shape)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(shape, 0, sizeof *shape);
	shape->kind = field.id;
	switch (field.id) {
	case BEFORE_SHAPE_SIDE:
		shape->as.side = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

void
before_item_write(struct cdrpc_writer *w, const struct before_item *value)
{
	struct cdrpc_mark table, field;

	if (!value) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: u32 number; */
	if (value->number)
		cdrpc_field_u32(w, 1, value->number);
	/* 5: string[<=16] name; */
	if (value->name && value->name[0]) {
		field = cdrpc_field_begin(w, 5);
		cdrpc_write_string(w, value->name, 16);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

void
before_item_read(struct cdrpc_reader *r, struct before_item *value)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;

	memset(value, 0, sizeof *value);
	value->name = "";
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			value->number = cdrpc_field_value(r, &field, UINT32_MAX);
			break;
		case 5:
			value->name = cdrpc_read_string(r, 16);
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

static const struct cdrpc_method before_method_table[] = {
	{"put", 1, 1, 0, 0, UINT32_MAX, 0},
};

const struct cdrpc_interface before_interface = {
	UINT64_C(0x92bf1727b960d487), "test.before.Before",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	1, before_method_table,
};
