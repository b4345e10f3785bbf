/* Types of module test.events, written by cdidl from events.cdidl. Changes belong there. */
#include "events.h"

#include <assert.h>
#include <string.h>

#include <cdrpc/generated.h>

#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1
#error "cdrpc is of another version than the cdidl that has written this file"
#endif

const struct cdrpc_shape events_leaf_shape = {
	"1=value:4,",
	NULL,
};

void
events_leaf_write(struct cdrpc_writer *w, const struct events_leaf *leaf)
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
events_leaf_read(struct cdrpc_reader *r, struct events_leaf *leaf)
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

const struct cdrpc_shape events_any_shape = {
	"1=number:4,2=text:s,",
	NULL,
};

void
events_any_write(struct cdrpc_writer *w, const struct events_any *any)
{
	struct cdrpc_mark record;

	switch (any ? any->kind : UINT32_MAX) {
	case 0:
		record = cdrpc_union_begin(w, 0);
		cdrpc_union_end(w, record);
		break;
	case EVENTS_ANY_NUMBER:
		cdrpc_field_u32(w, EVENTS_ANY_NUMBER, any->as.number);
		break;
	case EVENTS_ANY_TEXT:
		record = cdrpc_union_begin(w, EVENTS_ANY_TEXT);
		cdrpc_write_string(w, any->as.text, 32);
		cdrpc_union_end(w, record);
		break;
	default:
		cdrpc_write_fail(w, CDRPC_E_ARGUMENT);
		break;
	}
}

void
events_any_read(struct cdrpc_reader *r, struct events_any *any)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);

	memset(any, 0, sizeof *any);
	any->kind = field.id;
	switch (field.id) {
	case EVENTS_ANY_NUMBER:
		any->as.number = cdrpc_field_value(r, &field, UINT32_MAX);
		break;
	case EVENTS_ANY_TEXT:
		any->as.text = cdrpc_read_string(r, 32);
		break;
	default:
		cdrpc_read_skip(r, &field);
		break;
	}
	cdrpc_read_union_end(r, &record);
}

static const struct cdrpc_shape *const events_news_shapes[] = {
	&events_leaf_shape,
	&events_any_shape,
};

/* Name, ordinal, since, flags, deadline in ms; the most bytes of inputs and of outputs; members. */
static const struct cdrpc_method events_news_method_table[] = {
	{"progress", 1, 2, CDRPC_METHOD_EVENT | CDRPC_METHOD_COALESCE, 0,
		8, 0, "position_ns:8,||"},
	{"changed", 2, 1, CDRPC_METHOD_EVENT, 0,
		CDRPC_UNBOUNDED, 0, "leaf:t0,any:?u1,names:[s,||"},
	{"stopped", 3, 1, CDRPC_METHOD_EVENT, 0,
		0, 0, "||"},
};

/* Its id and name; version, whom it lets in, deadline in ms; methods and events. */
const struct cdrpc_interface events_news_interface = {
	UINT64_C(0x1ab8d2ea383555fd), "test.events.News",
	3, CDRPC_INTEGRITY_ANY, CDRPC_ANY_USER, 0,
	3, events_news_method_table, events_news_shapes,
};

static const struct cdrpc_shape *const events_log_shapes[] = {
	&events_leaf_shape,
};

/* Name, ordinal, since, flags, deadline in ms; the most bytes of inputs and of outputs; members. */
static const struct cdrpc_method events_log_method_table[] = {
	{"write", 1, 1, CDRPC_METHOD_ONEWAY, 200,
		CDRPC_UNBOUNDED, 0, "line:s,leaves:[t0,||"},
	{"flush", 2, 1, CDRPC_METHOD_ONEWAY, 200,
		0, 0, "||"},
	{"level", 3, 1, CDRPC_METHOD_INLINE | CDRPC_METHOD_OUTPUTS, 1000,
		0, 4, "|level:4,|"},
};

/* Its id and name; version, whom it lets in, deadline in ms; methods and events. */
const struct cdrpc_interface events_log_interface = {
	UINT64_C(0x0271bd43ab4eb0b8), "test.events.Log",
	1, CDRPC_INTEGRITY_LOW, CDRPC_ANY_USER, 200,
	3, events_log_method_table, events_log_shapes,
};
