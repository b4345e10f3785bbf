/*
 * Types of module test.docs, written by cdidl from docs.cdidl. Changes belong there.
 *
 * A module with * / and / * and ? ?/ in its doc comment.
 *
 * Second paragraph: äöü, "quotes", back\slash, %d, $dollar$.
 * Deprecated since version 9.
 */
#include "docs.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

static_assert(sizeof(struct docs_point) == 8, "struct docs_point is laid out as on the wire");
static_assert(offsetof(struct docs_point, x) == 0, "x stands where it does on the wire");
static_assert(offsetof(struct docs_point, y) == 4, "y stands where it does on the wire");

const char *
docs_state_name(docs_state_t state)
{
	switch (state) {
	case DOCS_STATE_IDLE:
		return "Idle";
	case DOCS_STATE_BUSY:
		return "Busy";
	case DOCS_STATE_LATE:
		return "Late";
	case DOCS_STATE_EARLY:
		return "Early";
	default:
		return NULL;
	}
}

void
docs_thing_write(struct cdrpc_writer *w, const struct docs_thing *thing)
{
	struct cdrpc_mark table, field;

	if (!thing) {
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		return;
	}
	table = cdrpc_table_begin(w);
	/* 1: string[<=8] name; */
	if (thing->name && thing->name[0]) {
		field = cdrpc_field_begin(w, 1);
		cdrpc_write_string(w, thing->name, 8);
		cdrpc_field_end(w, field);
	}
	/* 2: string[<=8] label; */
	if (thing->label && thing->label[0]) {
		field = cdrpc_field_begin(w, 2);
		cdrpc_write_string(w, thing->label, 8);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

void
docs_thing_read(struct cdrpc_reader *r, struct docs_thing *thing)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;

	memset(thing, 0, sizeof *thing);
	thing->name = "";
	thing->label = "";
	while (cdrpc_read_field(r, &table, &field)) {
		switch (field.id) {
		case 1:
			thing->name = cdrpc_read_string(r, 8);
			break;
		case 2:
			thing->label = cdrpc_read_string(r, 8);
			break;
		default:
			cdrpc_read_skip(r, &field);
			break;
		}
	}
	cdrpc_read_table_end(r, &table);
}

void
docs_choice_write(struct cdrpc_writer *w, const struct docs_choice *choice)
{
	struct cdrpc_mark record;

	switch (choice ? choice->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case DOCS_CHOICE_ONE:
		cdrpc_field_u32(w, DOCS_CHOICE_ONE, choice->as.one);
		break;
	case DOCS_CHOICE_OTHER:
		cdrpc_field_u32(w, DOCS_CHOICE_OTHER, choice->as.other);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
docs_choice_read(struct cdrpc_reader *r, struct docs_choice *choice)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(choice, 0, sizeof *choice);
	choice->kind = field.id;
	switch (field.id) {
	case DOCS_CHOICE_ONE:
		choice->as.one = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	case DOCS_CHOICE_OTHER:
		choice->as.other = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

const char *
docs_failure_name(cdrpc_status status)
{
	switch (status) {
	case DOCS_FAILURE_MISSING:
		return "Missing";
	default:
		return NULL;
	}
}

static const struct cdrpc_method docs_method_table[] = {
	{"do_it", 1, 2, 0, 0, UINT32_MAX, 0},
	{"undocumented_with_a_long_list_of_parameters", 2, 1, 0, 0, 100, 0},
	{"happened", 3, 1, CDRPC_METHOD_EVENT, 0, UINT32_MAX, 0},
};

const struct cdrpc_interface docs_interface = {
	UINT64_C(0xeef68d387c575f97), "test.docs.Docs",
	4, CDRPC_INTEGRITY_ANY, 0, 0,
	3, docs_method_table,
};
