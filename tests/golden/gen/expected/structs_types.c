/* Types of module test.structs, written by cdidl from structs.cdidl. Changes belong there. */
#include "structs.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static_assert(sizeof(struct structs_outer) == 40, "struct structs_outer is laid out as on the wire");
static_assert(offsetof(struct structs_outer, inner) == 0, "inner stands where it does on the wire");
static_assert(offsetof(struct structs_outer, tail) == 12, "tail stands where it does on the wire");
static_assert(offsetof(struct structs_outer, inners) == 16, "inners stands where it does on the wire");
static_assert(sizeof(struct structs_inner) == 12, "struct structs_inner is laid out as on the wire");
static_assert(offsetof(struct structs_inner, a) == 0, "a stands where it does on the wire");
static_assert(offsetof(struct structs_inner, b) == 4, "b stands where it does on the wire");
static_assert(offsetof(struct structs_inner, c) == 8, "c stands where it does on the wire");
static_assert(sizeof(struct structs_dense) == 24, "struct structs_dense is laid out as on the wire");
static_assert(offsetof(struct structs_dense, a) == 0, "a stands where it does on the wire");
static_assert(offsetof(struct structs_dense, b) == 4, "b stands where it does on the wire");
static_assert(offsetof(struct structs_dense, c) == 8, "c stands where it does on the wire");
static_assert(offsetof(struct structs_dense, d) == 16, "d stands where it does on the wire");
static_assert(sizeof(struct structs_loose) == 24, "struct structs_loose is laid out as on the wire");
static_assert(offsetof(struct structs_loose, a) == 0, "a stands where it does on the wire");
static_assert(offsetof(struct structs_loose, b) == 8, "b stands where it does on the wire");
static_assert(offsetof(struct structs_loose, c) == 16, "c stands where it does on the wire");
static_assert(sizeof(struct structs_checked) == 8, "struct structs_checked is laid out as on the wire");
static_assert(offsetof(struct structs_checked, yes) == 0, "yes stands where it does on the wire");
static_assert(offsetof(struct structs_checked, mode) == 1, "mode stands where it does on the wire");
static_assert(offsetof(struct structs_checked, many) == 2, "many stands where it does on the wire");
static_assert(offsetof(struct structs_checked, modes) == 5, "modes stands where it does on the wire");
static_assert(sizeof(struct structs_nest) == 56, "struct structs_nest is laid out as on the wire");
static_assert(offsetof(struct structs_nest, checked) == 0, "checked stands where it does on the wire");
static_assert(offsetof(struct structs_nest, pair) == 8, "pair stands where it does on the wire");
static_assert(offsetof(struct structs_nest, loose) == 24, "loose stands where it does on the wire");
static_assert(offsetof(struct structs_nest, f) == 48, "f stands where it does on the wire");
static_assert(sizeof(struct structs_one) == 1, "struct structs_one is laid out as on the wire");
static_assert(offsetof(struct structs_one, x) == 0, "x stands where it does on the wire");

void
structs_outer_write(struct cdrpc_writer *w, const struct structs_outer *outer)
{
	uint32_t i;

	if (!outer) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	cdrpc_write_flat(w, outer, 0, 4);
	structs_inner_write(w, &outer->inner);
	cdrpc_write_u8(w, outer->tail);
	for (i = 0; i < 2; i++)
		structs_inner_write(w, &outer->inners[i]);
}

void
structs_inner_write(struct cdrpc_writer *w, const struct structs_inner *inner)
{
	static const uint8_t hole[2] = {0};

	if (!inner) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	cdrpc_write_flat(w, inner, 0, 4);
	cdrpc_write_u8(w, inner->a);
	cdrpc_write_u32(w, inner->b);
	cdrpc_write_u16(w, inner->c);
	cdrpc_write_flat(w, hole, sizeof hole, 1);
}

bool
structs_loose_valid(const struct structs_loose *loose)
{
	/* A byte that is no bool must not be read as one. */
	const uint8_t *bytes = (const uint8_t *)loose;

	if (bytes[offsetof(struct structs_loose, c)] > 1)
		return false;
	return true;
}

void
structs_loose_write(struct cdrpc_writer *w, const struct structs_loose *loose)
{
	static const uint8_t hole[7] = {0};

	if (!loose) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	cdrpc_write_flat(w, loose, 0, 8);
	cdrpc_write_u8(w, loose->a);
	cdrpc_write_u64(w, loose->b);
	cdrpc_write_bool(w, loose->c);
	cdrpc_write_flat(w, hole, sizeof hole, 1);
}

bool
structs_checked_valid(const struct structs_checked *checked)
{
	/* A byte that is no bool must not be read as one. */
	const uint8_t *bytes = (const uint8_t *)checked;
	uint32_t i;

	if (bytes[offsetof(struct structs_checked, yes)] > 1)
		return false;
	if (!structs_mode_valid(checked->mode))
		return false;
	for (i = 0; i < 3; i++) {
		if (bytes[offsetof(struct structs_checked, many) + i] > 1)
			return false;
	}
	for (i = 0; i < 3; i++) {
		if (!structs_mode_valid(checked->modes[i]))
			return false;
	}
	return true;
}

void
structs_checked_write(struct cdrpc_writer *w, const struct structs_checked *checked)
{
	if (!checked || !structs_checked_valid(checked)) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	cdrpc_write_flat(w, checked, sizeof *checked, 1);
}

bool
structs_nest_valid(const struct structs_nest *nest)
{
	uint32_t i;

	if (!structs_checked_valid(&nest->checked))
		return false;
	for (i = 0; i < 2; i++) {
		if (!structs_checked_valid(&nest->pair[i]))
			return false;
	}
	if (!structs_loose_valid(&nest->loose))
		return false;
	return true;
}

void
structs_nest_write(struct cdrpc_writer *w, const struct structs_nest *nest)
{
	static const uint8_t hole[4] = {0};
	uint32_t i;

	if (!nest) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	cdrpc_write_flat(w, nest, 0, 8);
	structs_checked_write(w, &nest->checked);
	for (i = 0; i < 2; i++)
		structs_checked_write(w, &nest->pair[i]);
	structs_loose_write(w, &nest->loose);
	cdrpc_write_f32(w, nest->f);
	cdrpc_write_flat(w, hole, sizeof hole, 1);
}

const char *
structs_mode_name(structs_mode_t mode)
{
	switch (mode) {
	case STRUCTS_MODE_OFF:
		return "Off";
	case STRUCTS_MODE_ON:
		return "On";
	default:
		return NULL;
	}
}

bool
structs_mode_valid(structs_mode_t mode)
{
	switch (mode) {
	case STRUCTS_MODE_OFF:
	case STRUCTS_MODE_ON:
		return true;
	default:
		return false;
	}
}

static const struct cdrpc_method structs_method_table[] = {
	{"put", 1, 1, 0, 0, 128, 0},
	{"get", 2, 1, CDRPC_METHOD_OUTPUTS, 0, 0, 128},
	{"swap", 3, 1, CDRPC_METHOD_OUTPUTS, 0, 128, 128},
	{"maybe", 4, 1, CDRPC_METHOD_OUTPUTS, 0, 72, 56},
	{"arrays", 5, 1, CDRPC_METHOD_OUTPUTS, 0, 532, 448},
};

const struct cdrpc_interface structs_interface = {
	UINT64_C(0xb407d9aa77765a85), "test.structs.Structs",
	1, CDRPC_INTEGRITY_ANY, 0, 0,
	5, structs_method_table,
};
