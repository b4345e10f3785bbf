/* Reading tables and unions, beyond what the vectors of core_body.c show. */
#include "check_main.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "tree.h"

START_TEST(an_error_inside_a_table_ends_it)
{
	static const uint8_t body[24] = { 16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 9, 0, 0, 0, 2, 0, 1, 0, 9, 0, 0, 0 };
	uint64_t aligned[3];
	struct cdrpc_field field;
	struct cdrpc_scope table;
	struct cdrpc_reader r;

	memcpy(aligned, body, sizeof body);
	cdrpc_reader_init(&r, NULL, aligned, sizeof aligned, NULL, 0);
	table = cdrpc_read_table(&r);
	ck_assert(cdrpc_read_field(&r, &table, &field));
	ck_assert_uint_eq(cdrpc_field_value(&r, &field, 8), 0);
	ck_assert(!cdrpc_read_field(&r, &table, &field));
	cdrpc_read_table_end(&r, &table);
	ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_E_DECODE);
}
END_TEST

START_TEST(a_table_left_early_is_an_error)
{
	static const uint8_t body[24] = { 16, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 9, 0, 0, 0, 2, 0, 1, 0, 9, 0, 0, 0 };
	uint64_t aligned[3];
	struct cdrpc_field field;
	struct cdrpc_scope table;
	struct cdrpc_reader r;

	memcpy(aligned, body, sizeof body);
	cdrpc_reader_init(&r, NULL, aligned, sizeof aligned, NULL, 0);
	table = cdrpc_read_table(&r);
	ck_assert(cdrpc_read_field(&r, &table, &field));
	cdrpc_read_table_end(&r, &table);
	ck_assert_int_eq(r.status, CDRPC_E_DECODE);
	ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_E_DECODE);
	cdrpc_reader_init(&r, NULL, aligned, sizeof aligned, NULL, 0);
	cdrpc_read_table(&r);
	ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_E_DECODE);
}
END_TEST

/* Written by a newer side: ids that this one does not know, with and without a payload, skipped by its word or by silence. */
START_TEST(unknown_fields_are_skipped)
{
	uint64_t body[64];
	struct cdrpc_mark table, field_mark, inner;
	struct cdrpc_field field;
	struct cdrpc_scope scope;
	struct cdrpc_writer w;
	struct cdrpc_reader r;
	uint32_t known;
	int silent;

	cdrpc_writer_init(&w, body, sizeof body, NULL, NULL);
	table = cdrpc_table_begin(&w);
	cdrpc_field_u32(&w, 1, 11);
	cdrpc_field_u32(&w, 2, 22);
	field_mark = cdrpc_field_begin(&w, 3);
	cdrpc_write_string(&w, "unknown", 99);
	cdrpc_field_end(&w, field_mark);
	field_mark = cdrpc_field_begin(&w, 5);
	inner = cdrpc_table_begin(&w);
	cdrpc_field_u32(&w, 9, 9);
	cdrpc_table_end(&w, inner);
	cdrpc_field_end(&w, field_mark);
	cdrpc_field_u32(&w, 6, 66);
	cdrpc_table_end(&w, table);
	cdrpc_write_u8(&w, 7);
	ck_assert(!cdrpc_write_again(&w));

	for (silent = 0; silent < 2; silent++) {
		known = 0;
		cdrpc_reader_init(&r, NULL, body, w.at, NULL, 0);
		scope = cdrpc_read_table(&r);
		while (cdrpc_read_field(&r, &scope, &field)) {
			if (field.id == 1 || field.id == 6)
				known = known * 100 + cdrpc_field_value(&r, &field, 99);
			else if (!silent)
				cdrpc_read_skip(&r, &field);
		}
		cdrpc_read_table_end(&r, &scope);
		ck_assert_uint_eq(cdrpc_read_u8(&r), 7);
		ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_OK);
		ck_assert_uint_eq(known, 1166);
	}
}
END_TEST

START_TEST(an_unknown_union_member_is_skipped)
{
	uint64_t body[8];
	struct cdrpc_mark record;
	struct cdrpc_field field;
	struct cdrpc_scope scope;
	struct cdrpc_writer w;
	struct cdrpc_reader r;
	int silent;

	cdrpc_writer_init(&w, body, sizeof body, NULL, NULL);
	record = cdrpc_union_begin(&w, 40000);
	cdrpc_write_string(&w, "unknown", 99);
	cdrpc_union_end(&w, record);
	cdrpc_write_u8(&w, 7);
	ck_assert(!cdrpc_write_again(&w));
	for (silent = 0; silent < 2; silent++) {
		cdrpc_reader_init(&r, NULL, body, w.at, NULL, 0);
		scope = cdrpc_read_union(&r, &field);
		ck_assert_uint_eq(field.id, 40000);
		if (!silent)
			cdrpc_read_skip(&r, &field);
		cdrpc_read_union_end(&r, &scope);
		ck_assert_uint_eq(cdrpc_read_u8(&r), 7);
		ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_OK);
	}
}
END_TEST

/* Tables and unions in turn inside one another; in the innermost a union of a scalar, which is no level. */
static const struct tree *
nested(struct tree_pool *pool, uint32_t levels)
{
	static const char scalar[] = "table { 1 u8 7 9 union { 1 u8 5 } }";
	struct tree *tree = tree_parse(pool, scalar);
	struct tree *outer;

	for (; levels > 1; levels--) {
		outer = tree_take(pool, sizeof *outer);
		outer->kind = levels % 2 ? TREE_TABLE : TREE_UNION;
		outer->count = 1;
		outer->children = tree;
		tree->id = 1;
		tree = outer;
	}
	return tree;
}

static cdrpc_status
read_tree(const uint64_t *body, size_t size, const struct tree *tree, bool *ret_same)
{
	struct cdrpc_reader r;

	cdrpc_reader_init(&r, NULL, body, size, NULL, 0);
	*ret_same = tree_read(&r, tree);
	return cdrpc_reader_end(&r);
}

START_TEST(sixteen_levels_are_the_limit_of_both_sides)
{
	static const uint8_t wrap[16] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0 };
	struct tree_pool pool = { NULL };
	uint64_t body[128];
	struct cdrpc_writer w;
	struct tree outer = { TREE_TABLE, 0, 0, 0, 0, NULL, 0, 1, NULL };
	const struct tree *tree = NULL;
	uint32_t levels, size;
	bool same;

	for (levels = 1; levels <= CDRPC_DEPTH_MAX; levels++) {
		tree = nested(&pool, levels);
		cdrpc_writer_init(&w, body, sizeof body, NULL, NULL);
		tree_write(&w, tree);
		ck_assert(!cdrpc_write_again(&w));
		ck_assert_int_eq(w.status, CDRPC_OK);
		ck_assert_int_eq(read_tree(body, w.at, tree, &same), CDRPC_OK);
		ck_assert(same);
	}
	/* One table more around the last, which the writer would not do. */
	size = (uint32_t)w.at;
	memmove(body + 2, body, size);
	memcpy(body, wrap, sizeof wrap);
	memcpy((uint8_t *)body + 12, &size, sizeof size);
	size += 8;
	memcpy(body, &size, sizeof size);
	outer.children = tree_take(&pool, sizeof outer);
	*outer.children = *tree;
	outer.children->id = 1;
	ck_assert_int_eq(read_tree(body, size + 8, &outer, &same), CDRPC_E_DECODE);
	cdrpc_writer_init(&w, body, sizeof body, NULL, NULL);
	tree_write(&w, &outer);
	ck_assert(!cdrpc_write_again(&w));
	ck_assert_int_eq(w.status, CDRPC_E_ARGUMENT);
	tree_pool_done(&pool);
}
END_TEST

/* A union alone at every level: the last that fits, and one that does not. */
START_TEST(unions_count_as_tables_do)
{
	uint64_t body[CDRPC_DEPTH_MAX + 2];
	struct cdrpc_mark marks[CDRPC_DEPTH_MAX + 1];
	struct cdrpc_writer w;
	struct cdrpc_field field;
	struct cdrpc_reader r;
	uint32_t levels, i;

	for (levels = CDRPC_DEPTH_MAX; levels <= CDRPC_DEPTH_MAX + 1; levels++) {
		for (i = 0; i < levels; i++)
			body[i] = (uint64_t)(8 * (levels - i - 1)) << 32 | 1;
		cdrpc_reader_init(&r, NULL, body, 8 * levels, NULL, 0);
		for (i = 0; i < levels; i++)
			cdrpc_read_union(&r, &field);
		ck_assert_int_eq(r.status, levels == CDRPC_DEPTH_MAX ? CDRPC_OK : CDRPC_E_DECODE);
		cdrpc_writer_init(&w, body, sizeof body, NULL, NULL);
		for (i = 0; i < levels; i++)
			marks[i] = cdrpc_union_begin(&w, 1);
		while (i-- > 0)
			cdrpc_union_end(&w, marks[i]);
		ck_assert(!cdrpc_write_again(&w));
		ck_assert_int_eq(w.status, levels == CDRPC_DEPTH_MAX ? CDRPC_OK : CDRPC_E_ARGUMENT);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("core_table");
	TCase *tcase = tcase_create("core_table");

	tcase_add_test(tcase, an_error_inside_a_table_ends_it);
	tcase_add_test(tcase, a_table_left_early_is_an_error);
	tcase_add_test(tcase, unknown_fields_are_skipped);
	tcase_add_test(tcase, an_unknown_union_member_is_skipped);
	tcase_add_test(tcase, sixteen_levels_are_the_limit_of_both_sides);
	tcase_add_test(tcase, unions_count_as_tables_do);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
