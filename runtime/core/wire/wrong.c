#include "wire/wrong.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A way through a body, which ends at the member that is looked for. */
struct walk {
	const uint8_t *body;
	size_t at;
	size_t end;                     /* of the innermost record */
	size_t wanted;                  /* where the member stands, or, with 'last', where it ends */
	bool last;
	uint64_t handle;                /* the number of a handle that is looked for; 0: none is */
	const struct cdrpc_shape *const *records;
	char *path;
	size_t length;
	uint32_t depth;
	char kind;                      /* of the member in hand */
};

static const char *
kind_of(const char *member)
{
	const char *kind = strchr(member, ':');

	return kind ? kind + 1 : member + strlen(member);
}

/* The next member, or the end of the section. */
static const char *
next_member(const char *member)
{
	member += strcspn(member, ",|");
	return *member == ',' ? member + 1 : member;
}

static bool
is_member(const char *member)
{
	return *member != '\0' && *member != '|';
}

/* Adds to the path; what does not fit is left out. Returns how long it was. */
static size_t
path_push(struct walk *walk, const char *between, const char *name, size_t name_length)
{
	size_t before = walk->length, between_length = walk->length > 0 ? strlen(between) : 0;

	if (before + between_length + name_length < WRONG_PATH_SIZE) {
		memcpy(walk->path + before, between, between_length);
		memcpy(walk->path + before + between_length, name, name_length);
		walk->length = before + between_length + name_length;
		walk->path[walk->length] = '\0';
	}
	return before;
}

static void
path_pop(struct walk *walk, size_t before)
{
	walk->length = before;
	walk->path[before] = '\0';
}

/* Moves past an item. True: it is the one, or it is not all there. */
static bool
pass(struct walk *walk, uint64_t size, size_t align)
{
	size_t at = (walk->at + align - 1) & ~(align - 1);

	if (at > walk->end || size > walk->end - at)
		return true;
	walk->at = at + (size_t)size;
	if (walk->handle)
		return false;
	return walk->last ? walk->at >= walk->wanted : walk->at > walk->wanted;
}

/* The number before the item that comes next. It may be looked at where pass() has said so. */
static uint32_t
number(const struct walk *walk)
{
	uint32_t value;

	memcpy(&value, walk->body + walk->at - sizeof value, sizeof value);
	return value;
}

static bool walk_kind(struct walk *walk, const char *kind);

/* An item that begins with a u32: a count of 'item' bytes each that follow, and 'more' bytes. */
static bool
walk_sized(struct walk *walk, uint64_t item, uint64_t more, size_t align)
{
	uint64_t size;

	if (pass(walk, 4, 4))
		return true;
	size = number(walk) * item + more;
	return size > 0 && pass(walk, size, align);
}

static bool
walk_list(struct walk *walk, const char *item)
{
	char index[24];
	uint32_t count, i;
	size_t before;

	if (pass(walk, 4, 4))
		return true;
	count = number(walk);
	for (i = 0; i < count; i++) {
		snprintf(index, sizeof index, "[%lu]", (unsigned long)i);
		before = path_push(walk, "", index, strlen(index));
		if (walk_kind(walk, item))
			return true;
		path_pop(walk, before);
	}
	return false;
}

/* A field or union member by its id. NULL: there is none. */
static const char *
find_member(const char *members, uint32_t id)
{
	for (; is_member(members); members = next_member(members)) {
		if (strtoul(members, NULL, 10) == id)
			return members;
	}
	return NULL;
}

static size_t
push_member(struct walk *walk, const char *member, uint32_t id)
{
	char unknown[16];
	const char *name;

	if (!member) {
		snprintf(unknown, sizeof unknown, "#%lu", (unsigned long)id);
		return path_push(walk, ".", unknown, strlen(unknown));
	}
	name = member + strspn(member, "0123456789=");
	return path_push(walk, ".", name, strcspn(name, ":"));
}

/* A record of a table, or a union. One that is being written has no size yet, and goes to the end. */
static bool
walk_record(struct walk *walk, const struct cdrpc_shape *shape)
{
	size_t outer = walk->end, payload, before;
	uint64_t head, size;
	uint32_t id;
	const char *member;
	bool small, open, found;

	if (walk->end - walk->at < sizeof head)
		return true;
	memcpy(&head, walk->body + walk->at, sizeof head);
	id = (uint16_t)head;
	small = (head & UINT64_C(0x10000)) != 0;
	size = small ? 0 : head >> 32;
	open = !small && size == 0 && id != 0;
	if (id == 0)
		return pass(walk, sizeof head, 8);
	member = find_member(shape->members, id);
	before = push_member(walk, member, id);
	walk->kind = member ? *kind_of(member) : '\0';
	found = pass(walk, sizeof head, 8);
	payload = walk->at;
	if (!found && !small) {
		if (size > outer - payload)
			return true;
		walk->end = open ? outer : payload + (size_t)size;
		found = member ? walk_kind(walk, kind_of(member)) : pass(walk, walk->end - payload, 1);
		walk->end = outer;
	}
	if (found)
		return true;
	path_pop(walk, before);
	if (!small)
		walk->at = open ? outer : payload + (size_t)((size + 7) & ~UINT64_C(7));
	return walk->at > outer;
}

static bool
walk_table(struct walk *walk, const struct cdrpc_shape *shape)
{
	size_t outer = walk->end;
	uint64_t head;

	if (pass(walk, sizeof head, 8))
		return true;
	memcpy(&head, walk->body + walk->at - sizeof head, sizeof head);
	if (head != UINT32_MAX && head > outer - walk->at)
		return true;
	walk->end = head == UINT32_MAX ? outer : walk->at + (size_t)head;
	while (walk->at < walk->end) {
		if (walk_record(walk, shape))
			return true;
	}
	/* The one that is being written, and nothing of the next field is there yet. */
	if (head == UINT32_MAX)
		return true;
	walk->end = outer;
	return false;
}

static bool
walk_nested(struct walk *walk, const char *kind)
{
	const struct cdrpc_shape *const *records = walk->records;
	const struct cdrpc_shape *shape = records[strtoul(kind + 1, NULL, 10)];
	bool found;

	if (walk->depth > CDRPC_DEPTH_MAX)
		return true;
	walk->depth++;
	walk->records = shape->records;
	found = *kind == 't' ? walk_table(walk, shape) : ((walk->at = (walk->at + 7) & ~(size_t)7) > walk->end || walk_record(walk, shape));
	walk->records = records;
	walk->depth--;
	return found;
}

static bool
walk_flat(struct walk *walk, const char *kind)
{
	char *end;
	unsigned long size = strtoul(kind + 1, &end, 10);

	return pass(walk, size, (size_t)strtoul(end + 1, NULL, 10));
}

static bool
walk_kind(struct walk *walk, const char *kind)
{
	walk->kind = *kind;
	switch (*kind) {
	case '1':
	case '2':
	case '4':
	case '8':
		return pass(walk, (uint64_t)(*kind - '0'), (size_t)(*kind - '0'));
	case 'f':
		return walk_flat(walk, kind);
	case 's':
		return walk_sized(walk, 1, 1, 1);
	case 'w':
		return walk_sized(walk, 2, 2, 2);
	case 'b':
		return walk_sized(walk, 1, 0, 8);
	case 'B':
		return pass(walk, 4, 4);
	case 'h':
		return pass(walk, 4, 4) || (walk->handle && number(walk) == walk->handle);
	case '[':
		return walk_list(walk, kind + 1);
	case 't':
	case 'u':
		return walk_nested(walk, kind);
	case '?':
		if (pass(walk, 4, 4))
			return true;
		return number(walk) == 1 && walk_kind(walk, kind + 1);
	default:
		return true;
	}
}

const char *
wrong_section(const struct cdrpc_method *method, uint32_t section)
{
	const char *members = method ? method->members : NULL;

	while (members && section-- > 0) {
		members = strchr(members, '|');
		members = members ? members + 1 : NULL;
	}
	return members;
}

bool
wrong_error(const struct cdrpc_method *method, cdrpc_status status, char ret_set[WRONG_PATH_SIZE])
{
	const char *errors = wrong_section(method, 2), *value;

	if (!errors)
		return false;
	value = kind_of(errors);
	snprintf(ret_set, WRONG_PATH_SIZE, "%.*s", (int)strcspn(errors, ":"), errors);
	for (; *value && *value != '+'; value = next_member(value)) {
		if (strtol(value, NULL, 10) == status)
			return false;
	}
	return *value != '+';
}

void
wrong_path(const char *members, const struct cdrpc_shape *const *records, const void *body, size_t size,
	   const struct cdrpc_wrong *wrong, char ret_path[WRONG_PATH_SIZE], char *ret_kind)
{
	struct walk walk = { .body = (const uint8_t *)body, .end = size, .wanted = wrong->at, .records = records, .path = ret_path };

	walk.last = wrong->what == WRONG_LAST;
	walk.handle = wrong->what == WRONG_HANDLE ? wrong->is : 0;
	ret_path[0] = '\0';
	for (; members && is_member(members); members = next_member(members)) {
		path_push(&walk, "", members, strcspn(members, ":"));
		if (walk_kind(&walk, kind_of(members))) {
			*ret_kind = walk.kind;
			return;
		}
		path_pop(&walk, 0);
	}
	*ret_kind = '\0';
}

static const char *
next_text(const struct cdrpc_wrong *wrong, char kind)
{
	if (wrong->depth > CDRPC_DEPTH_MAX)
		return "tables and unions more than 16 deep in one another";
	switch (kind) {
	case 't':
		return "NULL";
	case 'u':
		return "NULL, or of a kind that the union does not have";
	case 'f':
		return "NULL, or a value in it that its type does not have";
	default:
		return "a value that its type does not have";
	}
}

void
wrong_text(const struct cdrpc_wrong *wrong, char kind, char ret_text[WRONG_TEXT_SIZE])
{
	unsigned long long is = wrong->is, bound = wrong->bound;

	switch ((enum wrong)wrong->what) {
	case WRONG_NEXT:
		snprintf(ret_text, WRONG_TEXT_SIZE, "%s", next_text(wrong, kind));
		break;
	case WRONG_LAST:
		snprintf(ret_text, WRONG_TEXT_SIZE, "a value that its type does not have");
		break;
	case WRONG_NULL:
		snprintf(ret_text, WRONG_TEXT_SIZE, is ? "NULL, with a size of %llu" : "NULL", is);
		break;
	case WRONG_BYTES:
		snprintf(ret_text, WRONG_TEXT_SIZE, "%llu bytes, bound %llu", is, bound);
		break;
	case WRONG_UNITS:
		snprintf(ret_text, WRONG_TEXT_SIZE, "%llu units of 16 bits, bound %llu", is, bound);
		break;
	case WRONG_ITEMS:
		snprintf(ret_text, WRONG_TEXT_SIZE, "%llu items, bound %llu", is, bound);
		break;
	case WRONG_UTF8:
		snprintf(ret_text, WRONG_TEXT_SIZE, "%s", kind == 'w' ? "not UTF-16" : "not UTF-8");
		break;
	case WRONG_END:
		snprintf(ret_text, WRONG_TEXT_SIZE, "%llu bytes, of which %llu are there", is, bound);
		break;
	case WRONG_FORM:
		snprintf(ret_text, WRONG_TEXT_SIZE, "padding, order or numbers that cannot be");
		break;
	case WRONG_REST:
		snprintf(ret_text, WRONG_TEXT_SIZE, "%llu bytes behind the last parameter", is);
		break;
	case WRONG_HANDLE:
		ret_text[0] = '\0';
		break;
	}
}
