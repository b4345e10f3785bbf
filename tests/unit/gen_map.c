/* What the front end is built on: interned strings, the hash table, growing texts, and components of graphs. */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/scc.h"
#include "check_main.h"

static struct arena *arena;

static void
no_memory(void)
{
	abort();
}

static void
setup(void)
{
	arena = arena_new(no_memory);
}

static void
teardown(void)
{
	arena_free(arena);
}

START_TEST(memory_is_zeroed_and_aligned)
{
	size_t size, i;
	char *memory;

	for (size = 0; size < 40000; size = size * 3 + 1) {
		memory = arena_alloc(arena, size);
		ck_assert_uint_eq((uintptr_t)memory % sizeof(double), 0);
		for (i = 0; i < size; i++)
			ck_assert_int_eq(memory[i], 0);
		memset(memory, 0xff, size);
	}
}
END_TEST

START_TEST(interned_strings_are_equal_by_address)
{
	const char *names[2000];
	char name[20];
	int i;

	for (i = 0; i < 2000; i++) {
		int length = snprintf(name, sizeof name, "n%d", i);

		names[i] = arena_intern(arena, name, (size_t)length);
		ck_assert_str_eq(names[i], name);
	}
	for (i = 0; i < 2000; i++)
		ck_assert_ptr_eq(arena_intern(arena, names[i], strlen(names[i])), names[i]);
	ck_assert_ptr_ne(arena_intern(arena, "n1", 2), arena_intern(arena, "n10", 3));
	ck_assert_ptr_eq(arena_intern(arena, "n1", 2), arena_intern(arena, "n10", 2));
	ck_assert_str_eq(arena_intern(arena, "", 0), "");
}
END_TEST

START_TEST(map_keeps_the_first)
{
	struct map map = {.arena = arena};
	static int values[3000];
	uint64_t key;
	size_t i;

	ck_assert_ptr_null(map_get(&map, 7));
	for (i = 0; i < 3000; i++) {
		key = i << (i % 50);
		ck_assert_ptr_eq(map_get(&map, key) ? map_add(&map, key, &values[0]) : NULL, map_get(&map, key));
		if (!map_get(&map, key))
			ck_assert_ptr_null(map_add(&map, key, &values[i]));
	}
	ck_assert_ptr_null(map_add(&map, UINT64_MAX, &values[1]));
	ck_assert_ptr_eq(map_add(&map, UINT64_MAX, &values[2]), &values[1]);
	ck_assert_ptr_eq(map_get(&map, UINT64_MAX), &values[1]);
	ck_assert_ptr_eq(map_get(&map, 0), &values[0]);
	ck_assert_ptr_null(map_get(&map, UINT64_MAX - 1));
}
END_TEST

START_TEST(text_grows)
{
	struct text text = {.arena = arena};
	size_t i;

	ck_assert_str_eq(text_string(&text), "");
	for (i = 0; i < 1000; i++)
		text_format(&text, "%03zu", i);
	text_repeat(&text, 'x', 500);
	text_repeat(&text, 'y', 0);
	ck_assert_uint_eq(text.length, 3500);
	ck_assert_uint_eq(strlen(text.data), 3500);
	ck_assert(!memcmp(text.data + 3 * 517, "517518", 6));
	ck_assert_str_eq(arena_format(arena, "%s-%d", "a", 7), "a-7");
}
END_TEST

/* A graph as a string of edges, "ab bc ca"; components are told as "abc* d ", '*' for a cycle. */
struct graph {
	const char *edges;
	struct text found;
};

static size_t
next_edge(void *context, size_t node, size_t *cursor)
{
	const struct graph *graph = context;
	size_t length = strlen(graph->edges);

	for (; *cursor + 1 < length; *cursor += 3) {
		if (graph->edges[*cursor] != (char)('a' + node))
			continue;
		*cursor += 3;
		return (size_t)(graph->edges[*cursor - 2] - 'a');
	}
	return SCC_END;
}

static void
add_component(void *context, const size_t *nodes, size_t count, bool cyclic)
{
	struct graph *graph = context;
	size_t i, node;

	for (node = 0; node < 26; node++)
		for (i = 0; i < count; i++)
			if (nodes[i] == node)
				text_format(&graph->found, "%c", (char)('a' + node));
	text_puts(&graph->found, cyclic ? "* " : " ");
}

static const char *
components(const char *edges, size_t count)
{
	struct graph graph = {edges, {.arena = arena}};
	struct scc scc = {arena, count, &graph, next_edge, add_component};

	scc_run(&scc);
	return text_string(&graph.found);
}

START_TEST(strong_components)
{
	ck_assert_str_eq(components("", 0), "");
	ck_assert_str_eq(components("", 3), "a b c ");
	ck_assert_str_eq(components("ab bc", 3), "c b a ");
	ck_assert_str_eq(components("aa", 2), "a* b ");
	ck_assert_str_eq(components("ab bc ca", 3), "abc* ");
	ck_assert_str_eq(components("ab ba ac cd dc", 4), "cd* ab* ");
	ck_assert_str_eq(components("ab ac ca cb bd", 4), "d b ac* ");
	/* From c, b is finished but still in a's component. */
	ck_assert_str_eq(components("ab ba ac cb", 3), "abc* ");
	ck_assert_str_eq(components("cb ba ac dc de", 5), "abc* e d ");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gen_map");
	TCase *tcase = tcase_create("map");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, memory_is_zeroed_and_aligned);
	tcase_add_test(tcase, interned_strings_are_equal_by_address);
	tcase_add_test(tcase, map_keeps_the_first);
	tcase_add_test(tcase, text_grows);
	tcase_add_test(tcase, strong_components);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
