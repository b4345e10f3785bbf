/*
 * Types of module test.narrow, written by cdidl from narrow.cdidl. Changes belong there.
 *
 * What wide.cdidl sends, this may refuse.
 */
#include "narrow.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static_assert(sizeof(struct narrow_pair) == 4, "struct narrow_pair is laid out as on the wire");
static_assert(offsetof(struct narrow_pair, flag) == 0, "flag stands where it does on the wire");
static_assert(offsetof(struct narrow_pair, mode) == 1, "mode stands where it does on the wire");
static_assert(offsetof(struct narrow_pair, rest) == 2, "rest stands where it does on the wire");

const char *
narrow_mode_name(narrow_mode_t mode)
{
	switch (mode) {
	case NARROW_MODE_OFF:
		return "Off";
	case NARROW_MODE_ON:
		return "On";
	default:
		return NULL;
	}
}

bool
narrow_mode_valid(narrow_mode_t mode)
{
	switch (mode) {
	case NARROW_MODE_OFF:
	case NARROW_MODE_ON:
		return true;
	default:
		return false;
	}
}

void
narrow_any_write(struct cdrpc_writer *w, const struct narrow_any *any)
{
	struct cdrpc_mark record;

	switch (any ? any->kind : UINT32_MAX) {
	case NARROW_ANY_NUMBER:
		cdrpc_field_u32(w, NARROW_ANY_NUMBER, any->as.number);
		break;
	case NARROW_ANY_TEXT:
		record = cdrpc_union_begin(w, NARROW_ANY_TEXT);
		cdrpc_write_string(w, any->as.text, 4);
		cdrpc_union_end(w, record);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
narrow_any_read(struct cdrpc_reader *r, struct narrow_any *any)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(any, 0, sizeof *any);
	any->kind = field.id;
	switch (field.id) {
	case NARROW_ANY_NUMBER:
		any->as.number = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	case NARROW_ANY_TEXT:
		any->as.text = cdrpc_read_string(r, 4);
		break;
	default:
		cdrpc_read_fail(r, CDRPC_E_DECODE);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

bool
narrow_pair_valid(const struct narrow_pair *pair)
{
	/* A byte that is no bool must not be read as one. */
	const uint8_t *bytes = (const uint8_t *)pair;

	if (bytes[offsetof(struct narrow_pair, flag)] > 1)
		return false;
	if (!narrow_mode_valid(pair->mode))
		return false;
	return true;
}

void
narrow_pair_write(struct cdrpc_writer *w, const struct narrow_pair *pair)
{
	if (!pair || !narrow_pair_valid(pair)) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	cdrpc_write_flat(w, pair, sizeof *pair, 2);
}

void
narrow_box_write(struct cdrpc_writer *w, const struct narrow_box *box)
{
	struct cdrpc_mark table, field;
	uint32_t i, n;

	if (!box) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: string[<=4] text; */
	if (box->text && box->text[0]) {
		field = cdrpc_field_begin(w, 1);
		cdrpc_write_string(w, box->text, 4);
		cdrpc_field_end(w, field);
	}
	/* 2: u32[<=4] list; */
	if (box->list_count) {
		field = cdrpc_field_begin(w, 2);
		cdrpc_write_array(w, box->list, box->list_count, 4, sizeof *box->list, 4);
		cdrpc_field_end(w, field);
	}
	/* 3: string[<=4][<=4] texts; */
	if (box->texts_count) {
		field = cdrpc_field_begin(w, 3);
		n = cdrpc_write_count(w, box->texts, box->texts_count, 4);
		for (i = 0; i < n; i++)
			cdrpc_write_string(w, box->texts[i], 4);
		cdrpc_field_end(w, field);
	}
	/* 4: bytes[<=4] data; */
	if (box->data.size) {
		field = cdrpc_field_begin(w, 4);
		cdrpc_write_bytes(w, box->data, 4);
		cdrpc_field_end(w, field);
	}
	/* 5: bool flag; */
	if (box->flag)
		cdrpc_field_u32(w, 5, box->flag);
	/* 6: u16 little; */
	if (box->little)
		cdrpc_field_u32(w, 6, box->little);
	/* 7: i8 negative; */
	if (box->negative)
		cdrpc_field_u32(w, 7, (uint32_t)box->negative);
	/* 8: Mode mode; */
	if (box->mode) {
		if (!narrow_mode_valid(box->mode))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_field_u32(w, 8, box->mode);
	}
	/* 9: Any any; */
	if (box->any.kind) {
		field = cdrpc_field_begin(w, 9);
		narrow_any_write(w, &box->any);
		cdrpc_field_end(w, field);
	}
	/* 10: Mode? maybe; */
	if (box->maybe) {
		if (!narrow_mode_valid(*box->maybe))
			cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		cdrpc_field_u32(w, 10, *box->maybe);
	}
	/* 11: Pair pair; */
	field = cdrpc_field_begin(w, 11);
	narrow_pair_write(w, &box->pair);
	cdrpc_field_end(w, field);
	/* 12: bool[2] two; */
	field = cdrpc_field_begin(w, 12);
	cdrpc_write_flat(w, box->two, sizeof box->two, 1);
	cdrpc_field_end(w, field);
	cdrpc_table_end(w, table);
}

void
narrow_box_read(struct cdrpc_reader *r, struct narrow_box *box)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;
	uint32_t i;

	memset(box, 0, sizeof *box);
	box->text = "";
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			box->text = cdrpc_read_string(r, 4);
			break;
		case 2:
			box->list = (const uint32_t *)cdrpc_read_array(r, 4, sizeof *box->list, 4, &box->list_count);
			break;
		case 3: {
			const char **items;

			box->texts_count = cdrpc_read_count(r, 4, 5);
			items = (const char **)cdrpc_read_alloc(r, box->texts_count, sizeof *items);
			for (i = 0; items && i < box->texts_count; i++)
				items[i] = cdrpc_read_string(r, 4);
			box->texts = items;
			break;
		}
		case 4:
			box->data = cdrpc_read_bytes(r, 4);
			break;
		case 5:
			box->flag = cdrpc_field_value(r, &field, 1) != 0;
			break;
		case 6:
			box->little = (uint16_t)cdrpc_field_value(r, &field, UINT16_MAX);
			break;
		case 7:
			box->negative = (int8_t)cdrpc_field_signed(r, &field, INT8_MIN, INT8_MAX);
			break;
		case 8:
			box->mode = (narrow_mode_t)cdrpc_field_value(r, &field, UINT8_MAX);
			if (!narrow_mode_valid(box->mode))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 9:
			narrow_any_read(r, &box->any);
			break;
		case 10: {
			narrow_mode_t *item;

			item = (narrow_mode_t *)cdrpc_read_alloc(r, 1, sizeof *item);
			if (item) {
				*item = (narrow_mode_t)cdrpc_field_value(r, &field, UINT8_MAX);
				if (!narrow_mode_valid(*item))
					cdrpc_read_fail(r, CDRPC_E_DECODE);
			}
			box->maybe = item;
			break;
		}
		case 11:
			cdrpc_read_into(r, &box->pair, sizeof box->pair, 2);
			if (!narrow_pair_valid(&box->pair))
				cdrpc_read_fail(r, CDRPC_E_DECODE);
			break;
		case 12:
			cdrpc_read_into(r, box->two, sizeof box->two, 1);
			for (i = 0; i < 2; i++) {
				if (((const uint8_t *)box->two)[i] > 1)
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

static const struct cdrpc_method narrow_method_table[] = {
	{"text", 1, 1, 0, 0, 9, 0},
	{"wide", 2, 1, 0, 0, 14, 0},
	{"data", 3, 1, 0, 0, 12, 0},
	{"list", 4, 1, 0, 0, 20, 0},
	{"texts", 5, 1, 0, 0, 49, 0},
	{"mode", 6, 1, 0, 0, 1, 0},
	{"modes", 7, 1, 0, 0, 8, 0},
	{"fixed_modes", 8, 1, 0, 0, 3, 0},
	{"choice", 9, 1, 0, 0, 24, 0},
	{"flag", 10, 1, 0, 0, 1, 0},
	{"flags", 11, 1, 0, 0, 8, 0},
	{"fixed_flags", 12, 1, 0, 0, 3, 0},
	{"one_pair", 13, 1, 0, 0, 4, 0},
	{"pairs", 14, 1, 0, 0, 20, 0},
	{"maybe_flag", 15, 1, 0, 0, 5, 0},
	{"maybe_mode", 16, 1, 0, 0, 5, 0},
	{"maybe_pair", 17, 1, 0, 0, 8, 0},
	{"store", 18, 1, 0, 0, UINT32_MAX, 0},
	{"file", 19, 1, 0, 0, 4, 0},
	{"maybe_file", 20, 1, 0, 0, 4, 0},
	{"more", 21, 1, 0, 0, 4, 0},
	{"more_data", 22, 1, 0, 0, 12, 0},
};

const struct cdrpc_interface narrow_interface = {
	UINT64_C(0xf001f66c5df99e57), "test.narrow.Narrow",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	22, narrow_method_table,
};
