/*
 * Types of module contoso.common, written by cdidl from common.cdidl. Changes belong there.
 *
 * What several modules share.
 */
#include "common.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static_assert(sizeof(struct common_size) == 8, "struct common_size is laid out as on the wire");
static_assert(offsetof(struct common_size, width) == 0, "width stands where it does on the wire");
static_assert(offsetof(struct common_size, height) == 4, "height stands where it does on the wire");
static_assert(sizeof(struct common_setting) == 12, "struct common_setting is laid out as on the wire");
static_assert(offsetof(struct common_setting, mode) == 0, "mode stands where it does on the wire");
static_assert(offsetof(struct common_setting, value) == 4, "value stands where it does on the wire");
static_assert(offsetof(struct common_setting, locked) == 8, "locked stands where it does on the wire");

const char *
common_unit_name(common_unit_t unit)
{
	switch (unit) {
	case COMMON_UNIT_SECOND:
		return "Second";
	case COMMON_UNIT_METRE:
		return "Metre";
	default:
		return NULL;
	}
}

const char *
common_mode_name(common_mode_t mode)
{
	switch (mode) {
	case COMMON_MODE_OFF:
		return "Off";
	case COMMON_MODE_ON:
		return "On";
	default:
		return NULL;
	}
}

bool
common_mode_valid(common_mode_t mode)
{
	switch (mode) {
	case COMMON_MODE_OFF:
	case COMMON_MODE_ON:
		return true;
	default:
		return false;
	}
}

bool
common_setting_valid(const struct common_setting *setting)
{
	/* A byte that is no bool must not be read as one. */
	const uint8_t *bytes = (const uint8_t *)setting;

	if (!common_mode_valid(setting->mode))
		return false;
	if (bytes[offsetof(struct common_setting, locked)] > 1)
		return false;
	return true;
}

void
common_setting_write(struct cdrpc_writer *w, const struct common_setting *setting)
{
	static const uint8_t hole[3] = {0};

	if (!setting) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	cdrpc_write_flat(w, setting, 0, 4);
	if (!common_mode_valid(setting->mode))
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
	cdrpc_write_u8(w, setting->mode);
	cdrpc_write_u32(w, setting->value);
	cdrpc_write_bool(w, setting->locked);
	cdrpc_write_flat(w, hole, sizeof hole, 1);
}

void
common_note_write(struct cdrpc_writer *w, const struct common_note *note)
{
	struct cdrpc_mark table, field;

	if (!note) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: string[<=NAME_MAX] author; */
	if (note->author && note->author[0]) {
		field = cdrpc_field_begin(w, 1);
		cdrpc_write_string(w, note->author, COMMON_NAME_MAX);
		cdrpc_field_end(w, field);
	}
	/* 2: string[<=4K] text; */
	if (note->text && note->text[0]) {
		field = cdrpc_field_begin(w, 2);
		cdrpc_write_string(w, note->text, 4096);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

void
common_note_read(struct cdrpc_reader *r, struct common_note *note)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;

	memset(note, 0, sizeof *note);
	note->author = "";
	note->text = "";
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			note->author = cdrpc_read_string(r, COMMON_NAME_MAX);
			break;
		case 2:
			note->text = cdrpc_read_string(r, 4096);
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

void
common_amount_write(struct cdrpc_writer *w, const struct common_amount *amount)
{
	struct cdrpc_mark record;

	switch (amount ? amount->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case COMMON_AMOUNT_WHOLE:
		record = cdrpc_union_begin(w, COMMON_AMOUNT_WHOLE);
		cdrpc_write_u64(w, amount->as.whole);
		cdrpc_union_end(w, record);
		break;
	case COMMON_AMOUNT_REAL:
		record = cdrpc_union_begin(w, COMMON_AMOUNT_REAL);
		cdrpc_write_f64(w, amount->as.real);
		cdrpc_union_end(w, record);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
common_amount_read(struct cdrpc_reader *r, struct common_amount *amount)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(amount, 0, sizeof *amount);
	amount->kind = field.id;
	switch (field.id) {
	case COMMON_AMOUNT_WHOLE:
		amount->as.whole = cdrpc_read_u64(r);
		break;
	case COMMON_AMOUNT_REAL:
		amount->as.real = cdrpc_read_f64(r);
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

const char *
common_error_name(cdrpc_status status)
{
	switch (status) {
	case COMMON_ERROR_BUSY:
		return "Busy";
	case COMMON_ERROR_BROKEN:
		return "Broken";
	default:
		return NULL;
	}
}
