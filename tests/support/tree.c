#include "tree.h"

#include <stdio.h>
#include <stdlib.h>

struct tree_block {
	struct tree_block *next;
	uint64_t memory[];
};

void *
tree_take(struct tree_pool *pool, size_t size)
{
	struct tree_block *block = calloc(1, sizeof *block + size);

	if (!block) {
		fputs("no memory\n", stderr);
		abort();
	}
	block->next = pool->blocks;
	pool->blocks = block;
	return block->memory;
}

void
tree_pool_done(struct tree_pool *pool)
{
	while (pool->blocks) {
		struct tree_block *next = pool->blocks->next;

		free(pool->blocks);
		pool->blocks = next;
	}
}

size_t
tree_smallest(const struct tree *tree)
{
	switch (tree->kind) {
	case TREE_BOOL:
	case TREE_U8:
	case TREE_I8:
	case TREE_SEQUENCE:
		return 1;
	case TREE_U16:
	case TREE_I16:
		return 2;
	case TREE_U64:
	case TREE_I64:
	case TREE_F64:
	case TREE_TABLE:
	case TREE_UNION:
		return 8;
	case TREE_FLAT:
		return tree->size;
	case TREE_STRING:
		return 5;
	case TREE_WSTRING:
		return 6;
	default:
		return 4;
	}
}

bool
tree_in_head(const struct tree *tree)
{
	switch (tree->kind) {
	case TREE_BOOL:
	case TREE_U8:
	case TREE_U16:
	case TREE_U32:
	case TREE_I8:
	case TREE_I16:
	case TREE_I32:
	case TREE_F32:
		return true;
	default:
		return false;
	}
}

static struct cdrpc_bytes
bytes_of(const struct tree *tree)
{
	struct cdrpc_bytes bytes = { tree->data, tree->size };

	return bytes;
}

static void
write_scalar(struct cdrpc_writer *w, const struct tree *tree)
{
	uint32_t bits = (uint32_t)tree->value;
	double f64;
	float f32;

	memcpy(&f32, &bits, sizeof f32);
	memcpy(&f64, &tree->value, sizeof f64);
	switch (tree->kind) {
	case TREE_BOOL: cdrpc_write_bool(w, tree->value != 0); break;
	case TREE_U8: cdrpc_write_u8(w, (uint8_t)tree->value); break;
	case TREE_U16: cdrpc_write_u16(w, (uint16_t)tree->value); break;
	case TREE_U32: cdrpc_write_u32(w, bits); break;
	case TREE_U64: cdrpc_write_u64(w, tree->value); break;
	case TREE_I8: cdrpc_write_i8(w, (int8_t)tree->value); break;
	case TREE_I16: cdrpc_write_i16(w, (int16_t)tree->value); break;
	case TREE_I32: cdrpc_write_i32(w, (int32_t)tree->value); break;
	case TREE_I64: cdrpc_write_i64(w, (int64_t)tree->value); break;
	case TREE_F32: cdrpc_write_f32(w, f32); break;
	default: cdrpc_write_f64(w, f64); break;
	}
}

static void
write_children(struct cdrpc_writer *w, const struct tree *tree)
{
	uint32_t i;

	for (i = 0; i < tree->count; i++)
		tree_write(w, &tree->children[i]);
}

static void
write_table(struct cdrpc_writer *w, const struct tree *tree)
{
	struct cdrpc_mark table = cdrpc_table_begin(w);
	struct cdrpc_mark field;
	uint32_t i;

	for (i = 0; i < tree->count; i++) {
		const struct tree *child = &tree->children[i];

		if (tree_in_head(child)) {
			cdrpc_field_u32(w, (uint16_t)child->id, (uint32_t)child->value);
			continue;
		}
		field = cdrpc_field_begin(w, (uint16_t)child->id);
		tree_write(w, child);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

static void
write_union(struct cdrpc_writer *w, const struct tree *tree)
{
	const struct tree *child = tree->children;
	struct cdrpc_mark record;

	if (tree->count > 0 && tree_in_head(child)) {
		cdrpc_field_u32(w, (uint16_t)child->id, (uint32_t)child->value);
		return;
	}
	record = cdrpc_union_begin(w, tree->count > 0 ? child->id : 0);
	write_children(w, tree);
	cdrpc_union_end(w, record);
}

void
tree_write(struct cdrpc_writer *w, const struct tree *tree)
{
	switch (tree->kind) {
	case TREE_FLAT:
		cdrpc_write_flat(w, tree->data, tree->size, tree->align);
		break;
	case TREE_STRING:
		cdrpc_write_string(w, tree->data, tree->bound);
		break;
	case TREE_WSTRING:
		cdrpc_write_wstring(w, tree->data, tree->bound);
		break;
	case TREE_BYTES:
		cdrpc_write_bytes(w, bytes_of(tree), tree->bound);
		break;
	case TREE_BLOB:
		cdrpc_write_blob(w, bytes_of(tree), tree->bound);
		break;
	case TREE_HANDLE:
		cdrpc_write_handle(w, (cdrpc_handle)(uintptr_t)tree->value, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, true);
		break;
	case TREE_ARRAY:
		cdrpc_write_array(w, tree->data, tree->size / tree->align, tree->bound, tree->align, tree->align);
		break;
	case TREE_LIST:
		if (cdrpc_write_count(w, tree->children, tree->count, tree->bound) > 0)
			write_children(w, tree);
		break;
	case TREE_TABLE:
		write_table(w, tree);
		break;
	case TREE_UNION:
		write_union(w, tree);
		break;
	case TREE_OPTION:
		if (cdrpc_write_present(w, tree->count > 0 ? tree->children : NULL))
			write_children(w, tree);
		break;
	case TREE_SEQUENCE:
		write_children(w, tree);
		break;
	default:
		write_scalar(w, tree);
		break;
	}
}
