#include "tree.h"

static uint64_t
bits_of_float(float value)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof bits);
	return bits;
}

static uint64_t
bits_of_double(double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	return bits;
}

static uint64_t
read_scalar(struct cdrpc_reader *r, enum tree_kind kind)
{
	switch (kind) {
	case TREE_BOOL: return cdrpc_read_bool(r);
	case TREE_U8: return cdrpc_read_u8(r);
	case TREE_U16: return cdrpc_read_u16(r);
	case TREE_U32: return cdrpc_read_u32(r);
	case TREE_U64: return cdrpc_read_u64(r);
	case TREE_I8: return (uint64_t)(int64_t)cdrpc_read_i8(r);
	case TREE_I16: return (uint64_t)(int64_t)cdrpc_read_i16(r);
	case TREE_I32: return (uint64_t)(int64_t)cdrpc_read_i32(r);
	case TREE_I64: return (uint64_t)cdrpc_read_i64(r);
	case TREE_F32: return bits_of_float(cdrpc_read_f32(r));
	default: return bits_of_double(cdrpc_read_f64(r));
	}
}

static uint64_t
read_head(struct cdrpc_reader *r, enum tree_kind kind, const struct cdrpc_field *field)
{
	switch (kind) {
	case TREE_BOOL: return cdrpc_field_value(r, field, 1);
	case TREE_U8: return cdrpc_field_value(r, field, UINT8_MAX);
	case TREE_U16: return cdrpc_field_value(r, field, UINT16_MAX);
	case TREE_U32: return cdrpc_field_value(r, field, UINT32_MAX);
	case TREE_I8: return (uint64_t)(int64_t)cdrpc_field_signed(r, field, INT8_MIN, INT8_MAX);
	case TREE_I16: return (uint64_t)(int64_t)cdrpc_field_signed(r, field, INT16_MIN, INT16_MAX);
	case TREE_I32: return (uint64_t)(int64_t)cdrpc_field_signed(r, field, INT32_MIN, INT32_MAX);
	default: return bits_of_float(cdrpc_field_f32(r, field));
	}
}

static bool
same(const struct tree *tree, const void *data, size_t size)
{
	return size == tree->size && (size == 0 || (data && memcmp(data, tree->data, size) == 0));
}

/* Bytes that are there have an address, empty ones too. */
static bool
same_bytes(const struct tree *tree, struct cdrpc_bytes bytes)
{
	return bytes.data && same(tree, bytes.data, bytes.size);
}

static bool
read_text(struct cdrpc_reader *r, const struct tree *tree)
{
	const cdrpc_wchar *wide;
	const char *text;
	size_t units = 0;

	if (tree->kind == TREE_STRING) {
		text = cdrpc_read_string(r, tree->bound);
		return same(tree, text, strlen(text));
	}
	wide = cdrpc_read_wstring(r, tree->bound);
	while (wide[units] != 0)
		units++;
	return same(tree, wide, units * sizeof *wide);
}

static bool
read_children(struct cdrpc_reader *r, const struct tree *tree)
{
	bool equal = true;
	uint32_t i;

	for (i = 0; i < tree->count; i++)
		equal = tree_read(r, &tree->children[i]) && equal;
	return equal;
}

/* The array that generated code would fill is taken too, so that its limits are in play. */
static bool
read_list(struct cdrpc_reader *r, const struct tree *tree)
{
	struct tree nothing = { TREE_U8, 0, 0, 0, 0, NULL, 0, 0, NULL };
	const struct tree *first = tree->count > 0 ? tree->children : &nothing;
	uint32_t count = cdrpc_read_count(r, tree->bound, tree_smallest(first));
	void *items = cdrpc_read_alloc(r, count, sizeof(void *));

	if (count != tree->count || (count > 0 && !items))
		return false;
	return read_children(r, tree);
}

static bool
read_table(struct cdrpc_reader *r, const struct tree *tree)
{
	struct cdrpc_scope table = cdrpc_read_table(r);
	struct cdrpc_field field;
	bool equal = true;
	uint32_t found = 0;
	uint32_t i;

	while (cdrpc_read_field(r, &table, &field)) {
		for (i = 0; i < tree->count && tree->children[i].id != field.id; i++)
			;
		if (i == tree->count) {
			cdrpc_read_skip(r, &field);
			equal = false;
			continue;
		}
		found++;
		if (tree_in_head(&tree->children[i]))
			equal = read_head(r, tree->children[i].kind, &field) == tree->children[i].value && equal;
		else
			equal = tree_read(r, &tree->children[i]) && equal;
	}
	cdrpc_read_table_end(r, &table);
	return equal && found == tree->count;
}

static bool
read_union(struct cdrpc_reader *r, const struct tree *tree)
{
	struct cdrpc_field field;
	struct cdrpc_scope record = cdrpc_read_union(r, &field);
	const struct tree *child = tree->children;
	bool equal = field.id == (tree->count > 0 ? child->id : 0);

	if (equal && tree->count > 0) {
		if (tree_in_head(child))
			equal = read_head(r, child->kind, &field) == child->value;
		else
			equal = tree_read(r, child);
	}
	cdrpc_read_union_end(r, &record);
	return equal;
}

bool
tree_read(struct cdrpc_reader *r, const struct tree *tree)
{
	const void *items;
	uint32_t count;

	switch (tree->kind) {
	case TREE_FLAT:
		return same(tree, cdrpc_read_flat(r, tree->size, tree->align), tree->size);
	case TREE_STRING:
	case TREE_WSTRING:
		return read_text(r, tree);
	case TREE_BYTES:
		return same_bytes(tree, cdrpc_read_bytes(r, tree->bound));
	case TREE_BLOB:
		return same_bytes(tree, cdrpc_read_blob(r, tree->bound));
	case TREE_HANDLE:
		return cdrpc_read_handle(r, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, true) == (cdrpc_handle)(uintptr_t)tree->value;
	case TREE_ARRAY:
		items = cdrpc_read_array(r, tree->bound, tree->align, tree->align, &count);
		return same(tree, items, (size_t)count * tree->align);
	case TREE_LIST:
		return read_list(r, tree);
	case TREE_TABLE:
		return read_table(r, tree);
	case TREE_UNION:
		return read_union(r, tree);
	case TREE_OPTION:
		return cdrpc_read_present(r) == (tree->count > 0) && read_children(r, tree);
	case TREE_SEQUENCE:
		return read_children(r, tree);
	default:
		return read_scalar(r, tree->kind) == tree->value;
	}
}
