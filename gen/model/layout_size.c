#include "base/arena.h"
#include "base/diag.h"
#include "model/resolve_parts.h"

/* A table, and a record of one: u32 size and u32 zero; u16 id, u16 flag and u32. */
#define TABLE_HEADER 8
#define RECORD_HEADER 8
#define RECORD_INLINE_MAX 4

static uint64_t
add_sizes(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static uint64_t
multiply_sizes(uint64_t a, uint64_t b)
{
	return b && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

static uint64_t
round_up(uint64_t size, uint64_t align)
{
	return size > UINT64_MAX - align ? UINT64_MAX : (size + align - 1) / align * align;
}

/* Of a flat type, before layout_type() has been there. */
static struct model_facts
flat_facts(const struct model_type *type)
{
	struct model_facts facts;

	if (type->kind == MODEL_DECL)
		return type->decl->facts;
	if (type->kind == MODEL_ARRAY) {
		facts = flat_facts(type->element);
		facts.size = multiply_sizes(facts.size, type->bound);
		return facts;
	}
	facts = (struct model_facts){.flat = true, .checked = type->kind == MODEL_BOOL};
	facts.size = facts.align = model_scalars[type->kind].size;
	return facts;
}

static struct model_facts
list_facts(const struct model_type *type)
{
	/* The count stands first, so that an empty list is 4 bytes whatever its elements are. */
	return (struct model_facts){
		.pointer = true, .wire_align = 4, .smallest = 4, .checked = type->element->facts.checked};
}

void
layout_type(struct resolve *cx, struct model_type *type, struct span bound)
{
	struct model_facts *facts = &type->facts;
	uint64_t least;

	switch (type->kind) {
	case MODEL_STRING:
		*facts = (struct model_facts){.pointer = true, .wire_align = 4, .smallest = 4 + 1};
		return;
	case MODEL_WSTRING:
		*facts = (struct model_facts){.pointer = true, .wire_align = 4, .smallest = 4 + 2};
		return;
	case MODEL_BYTES:
		*facts = (struct model_facts){.pointer = true, .wire_align = 4, .smallest = 4};
		return;
	case MODEL_HANDLE:
		*facts = (struct model_facts){.handle = true, .wire_align = 4, .smallest = 4};
		return;
	case MODEL_LIST:
		*facts = list_facts(type);
		least = multiply_sizes(type->element->facts.smallest, type->bound);
		break;
	default:
		if (type->kind == MODEL_DECL && !type->decl->facts.flat) {
			*facts = type->decl->facts;
			return;
		}
		*facts = flat_facts(type);
		facts->wire_align = facts->align;
		facts->smallest = least = facts->size;
		break;
	}
	/* Of elements that are too large themselves it has been told. */
	if (type->element && least > MODEL_BODY_MAX && type->element->facts.smallest <= MODEL_BODY_MAX)
		diag_error(cx->diag, bound, "array is too large: even the smallest elements take more than 1G bytes");
}

static void
add_hole(struct model_hole *holes, struct model_record *record, uint64_t offset, uint64_t end)
{
	if (end > offset)
		holes[record->hole_count++] = (struct model_hole){offset, end - offset};
}

/* As Windows compilers lay it out: each member at a multiple of its alignment, and the end at one of the largest. */
static void
layout_struct(struct resolve *cx, struct model_decl *decl)
{
	struct model_record *record = &decl->as.record;
	struct model_hole *holes = ARENA_ARRAY(cx->arena, record->field_count + 1, struct model_hole);
	struct model_facts facts = {.flat = true, .align = 1}, member;
	bool large = false; /* told of the array */
	uint64_t offset;
	size_t i;

	for (i = 0; i < record->field_count; i++) {
		member = flat_facts(record->fields[i].type);
		/* After an error this may be no flat type. */
		if (!member.align)
			member = (struct model_facts){.size = 1, .align = 1};
		offset = round_up(facts.size, member.align);
		add_hole(holes, record, facts.size, offset);
		record->fields[i].offset = offset;
		facts.size = add_sizes(offset, member.size);
		large = large || member.size > MODEL_BODY_MAX;
		if (member.align > facts.align)
			facts.align = member.align;
		facts.checked = facts.checked || member.checked;
		facts.holes = facts.holes || member.holes;
	}
	offset = round_up(facts.size, facts.align);
	add_hole(holes, record, facts.size, offset);
	facts.size = offset;
	facts.holes = facts.holes || record->hole_count;
	facts.wire_align = facts.align;
	facts.smallest = facts.size;
	record->holes = holes;
	decl->facts = facts;
	if (facts.size > MODEL_BODY_MAX && !large)
		diag_error(cx->diag, decl->name.span, "struct '%s' is larger than 1G bytes", decl->name.text);
}

static bool
member_pointer(const struct model_type *type)
{
	switch (type->kind) {
	case MODEL_STRING:
	case MODEL_WSTRING:
	case MODEL_BYTES:
	case MODEL_LIST:
		return true;
	case MODEL_DECL:
		return type->decl->kind == MODEL_TABLE || type->decl->facts.pointer;
	default:
		return false;
	}
}

void
layout_record(struct resolve *cx, struct model_decl *decl)
{
	struct model_record *record = &decl->as.record;
	bool pointer = decl->kind == MODEL_TABLE;
	size_t i;

	if (decl->kind == MODEL_STRUCT) {
		layout_struct(cx, decl);
		return;
	}
	for (i = 0; i < record->field_count; i++)
		pointer = pointer || member_pointer(record->fields[i].type);
	decl->facts = (struct model_facts){.pointer = pointer, .wire_align = 8};
	decl->facts.smallest = decl->kind == MODEL_TABLE ? TABLE_HEADER : RECORD_HEADER;
}

uint64_t
layout_type_largest(const struct model_type *type)
{
	uint64_t element, stride, padding;

	switch (type->kind) {
	case MODEL_STRING:
		return 4 + type->bound + 1;
	case MODEL_WSTRING:
		return 4 + 2 * type->bound + 2;
	case MODEL_BYTES:
		return 4 + 4 + type->bound;
	case MODEL_HANDLE:
		return 4;
	case MODEL_LIST:
		element = layout_type_largest(type->element);
		stride = round_up(element, type->element->facts.wire_align);
		/* The count is at a multiple of 4, the first element may have to be at one of 8. */
		padding = type->element->facts.wire_align == 8 ? 4 : 0;
		return add_sizes(4 + padding, add_sizes(multiply_sizes(stride, type->bound - 1), element));
	case MODEL_DECL:
		return model_is_record(type->decl) && type->decl->kind != MODEL_STRUCT ? type->decl->facts.largest
										       : type->facts.size;
	default:
		return type->facts.size;
	}
}

static uint64_t
record_largest(const struct model_type *type)
{
	uint64_t payload = layout_type_largest(type);
	bool scalar = type->kind <= MODEL_F64 || (type->kind == MODEL_DECL && !model_is_record(type->decl));

	return scalar && payload <= RECORD_INLINE_MAX ? RECORD_HEADER : add_sizes(RECORD_HEADER, round_up(payload, 8));
}

uint64_t
layout_record_largest(const struct model_decl *decl)
{
	const struct model_record *record = &decl->as.record;
	uint64_t sum = TABLE_HEADER, most = RECORD_HEADER, one;
	size_t i;

	if (decl->kind == MODEL_STRUCT)
		return decl->facts.size;
	for (i = 0; i < record->field_count; i++) {
		one = record_largest(record->fields[i].type);
		sum = add_sizes(sum, one);
		most = one > most ? one : most;
	}
	return decl->kind == MODEL_TABLE ? sum : most;
}

static void
body_add(struct model_body *body, const struct model_field *param)
{
	const struct model_facts *facts = &param->type->facts;
	bool blob = param->type->kind == MODEL_BYTES;

	body->param_count++;
	body->blob_count += blob;
	body->handle_count += facts->handle;
	body->pointer = body->pointer || param->optional || facts->pointer;
	if (param->optional) {
		body->smallest = add_sizes(round_up(body->smallest, 4), 4);
		body->largest = add_sizes(round_up(body->largest, 4), 4);
	} else {
		body->smallest = add_sizes(round_up(body->smallest, facts->wire_align), facts->smallest);
	}
	/* The data of bytes goes to the frame's blob area, only their size stands here. */
	body->largest = add_sizes(round_up(body->largest, facts->wire_align), blob ? 4 : facts->largest);
	if (blob)
		body->largest_blobs = add_sizes(body->largest_blobs, round_up(param->type->bound, 8));
}

void
layout_bodies(struct resolve *cx, struct model_method *method)
{
	size_t i;

	for (i = 0; i < method->param_count; i++) {
		if (method->params[i].direction & MODEL_IN)
			body_add(&method->request, &method->params[i]);
		if (method->params[i].direction & MODEL_OUT)
			body_add(&method->reply, &method->params[i]);
	}
	if (method->request.smallest > MODEL_BODY_MAX || method->reply.smallest > MODEL_BODY_MAX)
		diag_error(cx->diag, method->name.span, "even the smallest parameters of '%s' take more than 1G bytes",
			   method->name.text);
	method->needs_reply = method->reply.pointer || method->reply.handle_count;
}
