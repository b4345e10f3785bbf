/*
 * Values of any shape, as trees that know how they are marshalled. What generated code does for its interface, tree_write() and
 * tree_read() do for a shape that a test made up, wrote down as text, or drew at random.
 */
#ifndef CDRPC_TESTS_TREE_H
#define CDRPC_TESTS_TREE_H

#include <cdrpc/generated.h>

enum tree_kind {
	TREE_BOOL,
	TREE_U8,
	TREE_U16,
	TREE_U32,
	TREE_U64,
	TREE_I8,
	TREE_I16,
	TREE_I32,
	TREE_I64,
	TREE_F32,
	TREE_F64,
	TREE_FLAT,                      /* 'size' bytes at a multiple of 'align' */
	TREE_STRING,
	TREE_WSTRING,
	TREE_BYTES,
	TREE_BLOB,
	TREE_HANDLE,                    /* 'value' is the handle, of the kind file, to be read; 0 is none */
	TREE_ARRAY,                     /* flat items of 'align' bytes each */
	TREE_LIST,                      /* the children are its items */
	TREE_TABLE,                     /* the children are its fields, in rising order of ids */
	TREE_UNION,                     /* one child, or none */
	TREE_OPTION,                    /* the same */
	TREE_SEQUENCE                   /* parameters: the children one after another */
};

struct tree {
	enum tree_kind kind;
	uint32_t id;                    /* of a field or a union's member */
	uint32_t bound;
	uint32_t align;
	uint32_t size;                  /* of 'data', in bytes; without the zero that ends text */
	const void *data;
	uint64_t value;                 /* a scalar's bits, floats too; signed ones are extended */
	uint32_t count;
	struct tree *children;
};

/* Where trees live; {0} is empty. Running out of memory ends the program. */
struct tree_pool {
	struct tree_block *blocks;
};
void *tree_take(struct tree_pool *pool, size_t size);
void tree_pool_done(struct tree_pool *pool);

void tree_write(struct cdrpc_writer *w, const struct tree *tree);
/* Reads a value of the tree's shape; false, or an error in the reader, when it is not the tree's value. */
bool tree_read(struct cdrpc_reader *r, const struct tree *tree);

/* The least bytes that a value of the shape takes. */
size_t tree_smallest(const struct tree *tree);
/* Whether it stands in the head of its record, in a table or union. */
bool tree_in_head(const struct tree *tree);

/* One value as tests/vectors/bodies.txt writes them; NULL if it is not well formed. */
struct tree *tree_parse(struct tree_pool *pool, const char *text);
/* One drawn at random; 'seed' moves on. 'levels' of children at most. */
struct tree *tree_random(struct tree_pool *pool, uint64_t *seed, uint32_t levels);
uint64_t tree_draw(uint64_t *seed);

#endif
