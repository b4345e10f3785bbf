/* Types of module test.names, written by cdidl from names.cdidl. Changes belong there. */
#include "names.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static_assert(sizeof(struct nm_near) == 20, "struct nm_near is laid out as on the wire");
static_assert(offsetof(struct nm_near, near_) == 0, "near_ stands where it does on the wire");
static_assert(offsetof(struct nm_near, small_) == 4, "small_ stands where it does on the wire");
static_assert(offsetof(struct nm_near, far_) == 8, "far_ stands where it does on the wire");
static_assert(offsetof(struct nm_near, errno_) == 12, "errno_ stands where it does on the wire");
static_assert(offsetof(struct nm_near, flags) == 16, "flags stands where it does on the wire");
static_assert(sizeof(struct nm_cdrpc) == 16, "struct nm_cdrpc is laid out as on the wire");
static_assert(offsetof(struct nm_cdrpc, cdrpc_status_) == 0, "cdrpc_status_ stands where it does on the wire");
static_assert(offsetof(struct nm_cdrpc, uint32_t_) == 4, "uint32_t_ stands where it does on the wire");
static_assert(offsetof(struct nm_cdrpc, edt1_) == 8, "edt1_ stands where it does on the wire");
static_assert(offsetof(struct nm_cdrpc, other) == 12, "other stands where it does on the wire");

const char *
nm_http_server_name(nm_http_server_t http_server)
{
	switch (http_server) {
	case NM_HTTP_SERVER_UTF8_TEXT:
		return "UTF8Text";
	case NM_SPECIAL:
		return "x2Y";
	case NM_HTTP_SERVER_IO_ERROR:
		return "IOError";
	default:
		return NULL;
	}
}

void
nm_w_write(struct cdrpc_writer *w, const struct nm_w *value)
{
	struct cdrpc_mark table, field;
	uint32_t bits;
	uint32_t i, n;

	if (!value) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	if (w->status != CDRPC_OK)
		return;
	/* 1: u32 w; */
	if (value->w)
		cdrpc_field_u32(w, 1, value->w);
	/* 2: string[<=4][<=4] items; */
	if (value->items_count) {
		field = cdrpc_field_begin(w, 2);
		n = cdrpc_write_count(w, value->items, value->items_count, 4);
		for (i = 0; i < n; i++)
			cdrpc_write_string(w, value->items[i], 4);
		cdrpc_field_end(w, field);
	}
	/* 3: u32? item; */
	if (value->item)
		cdrpc_field_u32(w, 3, *value->item);
	/* 4: f32 bits; */
	memcpy(&bits, &value->bits, sizeof bits);
	if (bits)
		cdrpc_field_u32(w, 4, bits);
	/* 5: W? table; */
	if (value->table) {
		field = cdrpc_field_begin(w, 5);
		nm_w_write(w, value->table);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

void
nm_w_read(struct cdrpc_reader *r, struct nm_w *value)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;
	uint32_t i;

	memset(value, 0, sizeof *value);
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			value->w = cdrpc_field_value(r, &field, UINT32_MAX);
			break;
		case 2: {
			const char **items;

			value->items_count = cdrpc_read_count(r, 4, 5);
			items = (const char **)cdrpc_read_alloc(r, value->items_count, sizeof *items);
			for (i = 0; items && i < value->items_count; i++)
				items[i] = cdrpc_read_string(r, 4);
			value->items = items;
			break;
		}
		case 3: {
			uint32_t *item;

			item = (uint32_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				*item = cdrpc_field_value(r, &field, UINT32_MAX);
			value->item = item;
			break;
		}
		case 4:
			value->bits = cdrpc_field_f32(r, &field);
			break;
		case 5: {
			struct nm_w *item;

			item = (struct nm_w *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item)
				nm_w_read(r, item);
			value->table = item;
			break;
		}
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

void
nm_class_write(struct cdrpc_writer *w, const struct nm_class *value)
{
	struct cdrpc_mark table;

	if (!value) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: u32 class; */
	if (value->class_)
		cdrpc_field_u32(w, 1, value->class_);
	/* 2: u32 Size; */
	if (value->size)
		cdrpc_field_u32(w, 2, value->size);
	/* 3: u32 size; */
	if (value->second)
		cdrpc_field_u32(w, 3, value->second);
	cdrpc_table_end(w, table);
}

void
nm_class_read(struct cdrpc_reader *r, struct nm_class *value)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;

	memset(value, 0, sizeof *value);
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			value->class_ = cdrpc_field_value(r, &field, UINT32_MAX);
			break;
		case 2:
			value->size = cdrpc_field_value(r, &field, UINT32_MAX);
			break;
		case 3:
			value->second = cdrpc_field_value(r, &field, UINT32_MAX);
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

void
nm_r_write(struct cdrpc_writer *w, const struct nm_r *value)
{
	struct cdrpc_mark record;

	switch (value ? value->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case NM_R_RECORD:
		cdrpc_field_u32(w, NM_R_RECORD, value->as.record);
		break;
	case NM_R_TEMPLATE:
		record = cdrpc_union_begin(w, NM_R_TEMPLATE);
		cdrpc_write_string(w, value->as.template_, 4);
		cdrpc_union_end(w, record);
		break;
	case NM_R_THIRD:
		cdrpc_field_u32(w, NM_R_THIRD, value->as.third);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
nm_r_read(struct cdrpc_reader *r, struct nm_r *value)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(value, 0, sizeof *value);
	value->kind = field.id;
	switch (field.id) {
	case NM_R_RECORD:
		value->as.record = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	case NM_R_TEMPLATE:
		value->as.template_ = cdrpc_read_string(r, 4);
		break;
	case NM_R_THIRD:
		value->as.third = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

static const struct cdrpc_method nm_method_table[] = {
	{"own", 1, 1, CDRPC_METHOD_OUTPUTS, 0, 113, 49},
	{"export", 2, 1, CDRPC_METHOD_OUTPUTS, 0, 12, 8},
	{"HTTPGet", 3, 1, 0, 0, 4, 0},
	{"register", 4, 1, 0, 0, 4, 0},
	{"default", 5, 1, CDRPC_METHOD_EVENT, 0, 16, 0},
	{"case", 6, 1, CDRPC_METHOD_EVENT, 0, 8, 0},
	{"interface2", 7, 1, 0, 0, 0, 0},
};

const struct cdrpc_interface nm_interface = {
	UINT64_C(0x3ea312a2befbb8da), "test.names.Nm",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	7, nm_method_table,
};

static const struct cdrpc_method nm_second_method_table[] = {
	{"own", 1, 1, 0, 0, 0, 0},
	{"cdrpc", 2, 1, CDRPC_METHOD_OUTPUTS, 0, 4, 4},
};

const struct cdrpc_interface nm_second_interface = {
	UINT64_C(0x107615128bade657), "test.names.Second",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	2, nm_second_method_table,
};
