/* Trees from text, and at random. */
#include "tree.h"

#include <ctype.h>
#include <stdlib.h>

static const struct name {
	const char *text;
	enum tree_kind kind;
} names[] = {
	{ "bool", TREE_BOOL }, { "u8", TREE_U8 }, { "u16", TREE_U16 }, { "u32", TREE_U32 }, { "u64", TREE_U64 },
	{ "i8", TREE_I8 }, { "i16", TREE_I16 }, { "i32", TREE_I32 }, { "i64", TREE_I64 }, { "f32", TREE_F32 },
	{ "f64", TREE_F64 }, { "flat", TREE_FLAT }, { "string", TREE_STRING }, { "wstring", TREE_WSTRING },
	{ "bytes", TREE_BYTES }, { "blob", TREE_BLOB }, { "handle", TREE_HANDLE }, { "array", TREE_ARRAY },
	{ "list", TREE_LIST }, { "table", TREE_TABLE }, { "union", TREE_UNION }, { "option", TREE_OPTION },
	{ "sequence", TREE_SEQUENCE },
};

#define CHILDREN_MAX 64

struct parse {
	struct tree_pool *pool;
	const char *at;
	bool bad;
};

static void parse_value(struct parse *parse, struct tree *ret_tree);

static void
blank(struct parse *parse)
{
	while (isspace((unsigned char)*parse->at))
		parse->at++;
}

static bool
accept(struct parse *parse, const char *text)
{
	blank(parse);
	if (strncmp(parse->at, text, strlen(text)) != 0)
		return false;
	parse->at += strlen(text);
	return true;
}

static uint64_t
parse_number(struct parse *parse)
{
	char *end;
	uint64_t value;

	blank(parse);
	value = *parse->at == '-' ? (uint64_t)strtoll(parse->at, &end, 0) : strtoull(parse->at, &end, 0);
	parse->bad = parse->bad || end == parse->at;
	parse->at = end;
	return value;
}

static void
parse_float(struct parse *parse, struct tree *tree)
{
	char *end;
	double f64 = strtod(parse->at, &end);
	float f32 = (float)f64;
	uint32_t bits;

	parse->bad = parse->bad || end == parse->at;
	parse->at = end;
	memcpy(&tree->value, &f64, sizeof f64);
	if (tree->kind == TREE_F32) {
		memcpy(&bits, &f32, sizeof bits);
		tree->value = bits;
	}
}

/* Pairs of hexadecimal digits; "-" for none. */
static void
parse_hex(struct parse *parse, struct tree *tree)
{
	uint8_t *to = tree_take(parse->pool, strlen(parse->at) / 2 + 1);
	char pair[3] = { 0, 0, 0 };

	tree->data = to;
	if (accept(parse, "-"))
		return;
	blank(parse);
	while (isxdigit((unsigned char)parse->at[0]) && isxdigit((unsigned char)parse->at[1])) {
		memcpy(pair, parse->at, 2);
		to[tree->size++] = (uint8_t)strtoul(pair, NULL, 16);
		parse->at += 2;
	}
	parse->bad = parse->bad || tree->size == 0;
}

/* "text", where \xHH is a byte of a string or a unit of a wstring. */
static void
parse_text(struct parse *parse, struct tree *tree)
{
	size_t width = tree->kind == TREE_WSTRING ? sizeof(cdrpc_wchar) : 1;
	uint8_t *to = tree_take(parse->pool, (strlen(parse->at) + 1) * width);
	cdrpc_wchar wide;
	char *end;

	tree->data = to;
	parse->bad = parse->bad || !accept(parse, "\"");
	while (!parse->bad && *parse->at != '"') {
		wide = (cdrpc_wchar)(unsigned char)*parse->at++;
		if (wide == '\\' && *parse->at == 'x') {
			wide = (cdrpc_wchar)strtoul(parse->at + 1, &end, 16);
			parse->at = end + (*end == ';');
		}
		memcpy(to + tree->size, &wide, width);
		tree->size += (uint32_t)width;
		parse->bad = *parse->at == '\0';
	}
	parse->at += !parse->bad;
}

static void
parse_children(struct parse *parse, struct tree *tree)
{
	bool with_id = tree->kind == TREE_TABLE || tree->kind == TREE_UNION;

	tree->children = tree_take(parse->pool, CHILDREN_MAX * sizeof *tree->children);
	parse->bad = parse->bad || !accept(parse, "{");
	while (!parse->bad && !accept(parse, "}")) {
		struct tree *child = &tree->children[tree->count++];
		uint32_t id = with_id ? (uint32_t)parse_number(parse) : 0;

		parse_value(parse, child);
		child->id = id;
		parse->bad = parse->bad || tree->count == CHILDREN_MAX;
	}
}

static void
parse_value(struct parse *parse, struct tree *ret_tree)
{
	struct tree tree = { TREE_U8, 0, UINT32_MAX, 1, 0, NULL, 0, 0, NULL };
	size_t length;
	size_t i;

	blank(parse);
	for (length = 0; isalnum((unsigned char)parse->at[length]); length++)
		;
	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strlen(names[i].text) == length && memcmp(names[i].text, parse->at, length) == 0)
			break;
	if (i == sizeof names / sizeof names[0]) {
		parse->bad = true;
		return;
	}
	parse->at += length;
	tree.kind = names[i].kind;
	if (accept(parse, "/"))
		tree.align = (uint32_t)parse_number(parse);
	if (accept(parse, "<="))
		tree.bound = (uint32_t)parse_number(parse);
	blank(parse);
	if (tree.kind == TREE_F32 || tree.kind == TREE_F64)
		parse_float(parse, &tree);
	else if (tree.kind <= TREE_I64 || tree.kind == TREE_HANDLE)
		tree.value = parse_number(parse);
	else if (tree.kind == TREE_STRING || tree.kind == TREE_WSTRING)
		parse_text(parse, &tree);
	else if (tree.kind >= TREE_LIST)
		parse_children(parse, &tree);
	else
		parse_hex(parse, &tree);
	*ret_tree = tree;
}

struct tree *
tree_parse(struct tree_pool *pool, const char *text)
{
	struct tree *tree = tree_take(pool, sizeof *tree);
	struct parse parse = { pool, text, false };

	parse_value(&parse, tree);
	blank(&parse);
	return parse.bad || *parse.at != '\0' ? NULL : tree;
}

/* splitmix64 */
uint64_t
tree_draw(uint64_t *seed)
{
	uint64_t z = (*seed += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static void
random_text(struct tree_pool *pool, uint64_t *seed, struct tree *tree)
{
	static const char *const pieces[] = { "a", "~", "\xC2\x80", "\xC3\xA9", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEF\xBF\xBF",
					      "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "plain text" };
	uint32_t pieces_count = (uint32_t)(tree_draw(seed) % 12);
	uint8_t *to = tree_take(pool, 256);

	tree->data = to;
	while (pieces_count-- > 0) {
		const char *piece = pieces[tree_draw(seed) % 10];
		cdrpc_wchar unit = (cdrpc_wchar)(tree_draw(seed) % 0xFFFF + 1);
		size_t size = tree->kind == TREE_STRING ? strlen(piece) : sizeof unit;

		memcpy(to + tree->size, tree->kind == TREE_STRING ? (const void *)piece : &unit, size);
		tree->size += (uint32_t)size;
	}
	tree->bound = tree->size + (uint32_t)(tree_draw(seed) % 3);
}

static void
random_bytes(struct tree_pool *pool, uint64_t *seed, struct tree *tree)
{
	uint32_t i;
	uint8_t *to;

	tree->align = 1u << tree_draw(seed) % 4;
	tree->size = (uint32_t)(tree_draw(seed) % 5) * tree->align;
	if (tree->kind == TREE_FLAT && tree->size == 0)
		tree->size = tree->align;
	tree->bound = tree->size;
	to = tree_take(pool, tree->size + 1);
	for (i = 0; i < tree->size; i++)
		to[i] = (uint8_t)tree_draw(seed);
	tree->data = to;
}

static uint64_t
random_scalar(uint64_t *seed, enum tree_kind kind)
{
	uint64_t value = tree_draw(seed);

	switch (kind) {
	case TREE_BOOL: return value & 1;
	case TREE_U8: return (uint8_t)value;
	case TREE_U16: return (uint16_t)value;
	case TREE_U32: return (uint32_t)value;
	case TREE_I8: return (uint64_t)(int64_t)(int8_t)value;
	case TREE_I16: return (uint64_t)(int64_t)(int16_t)value;
	case TREE_I32: return (uint64_t)(int64_t)(int32_t)value;
	case TREE_F32: return (uint32_t)value & 0xBFFFFFFF;  /* finite, so that no machine makes a signalling NaN quiet */
	case TREE_F64: return value & UINT64_C(0xBFFFFFFFFFFFFFFF);
	default: return value;
	}
}

static void
random_fill(struct tree_pool *pool, uint64_t *seed, uint32_t levels, enum tree_kind kind, struct tree *tree)
{
	uint32_t i, id = 0;

	tree->kind = kind;
	if (kind == TREE_STRING || kind == TREE_WSTRING) {
		random_text(pool, seed, tree);
	} else if (kind == TREE_FLAT || kind == TREE_BYTES || kind == TREE_ARRAY) {
		random_bytes(pool, seed, tree);
	} else if (kind < TREE_LIST) {
		tree->value = random_scalar(seed, kind);
	} else {
		tree->count = (uint32_t)(tree_draw(seed) % (kind == TREE_UNION || kind == TREE_OPTION ? 2 : 6));
		tree->children = tree_take(pool, 6 * sizeof *tree->children);
		tree->bound = tree->count;
		for (i = 0; i < tree->count; i++) {
			struct tree *child = &tree->children[i];

			/* The first child is one with children, so that the levels are used. */
			do
				kind = (enum tree_kind)(tree_draw(seed) % (levels > 0 ? TREE_SEQUENCE : TREE_LIST));
			while (kind == TREE_BLOB || kind == TREE_HANDLE || (kind < TREE_LIST && levels > 0 && i == 0));
			/* Items are of one type, and flat ones of one size. */
			if (tree->kind == TREE_LIST)
				kind = i > 0 ? tree->children[0].kind : kind == TREE_FLAT ? TREE_U8 : kind;
			random_fill(pool, seed, levels > 0 ? levels - 1 : 0, kind, child);
			id += (uint32_t)(1 + tree_draw(seed) % 9);
			child->id = id;
		}
	}
}

struct tree *
tree_random(struct tree_pool *pool, uint64_t *seed, uint32_t levels)
{
	struct tree *tree = tree_take(pool, sizeof *tree);

	random_fill(pool, seed, levels, TREE_SEQUENCE, tree);
	return tree;
}
