/*
 * Generated code at its edges: what the types of one interface refuse of another's messages, what versions make of each
 * other, and what must not travel. The interfaces are those of gen/, whose C is linked here; property/run.py sends
 * values of all kinds.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "after.h"
#include "before.h"
#include "check_main.h"
#include "loopback.h"
#include "narrow.h"
#include "packed.h"
#include "structs.h"
#include "tables.h"
#include "wide.h"

static struct loopback *loop;
static struct cdrpc_client *client;
static uint32_t runs;

static void
set_up(void)
{
	loop = loopback_new(4096, 1);
	client = loopback_client(loop);
	runs = 0;
}

static void
tear_down(void)
{
	loopback_free(loop);
}

/* ---- wide against narrow ---- */

static cdrpc_status
ran(void)
{
	runs++;
	return CDRPC_OK;
}

#define HANDLER(name, ...)                                                              \
	static cdrpc_status on_##name(struct cdrpc_call *call, void *self, __VA_ARGS__) \
	{                                                                               \
		(void)call;                                                             \
		(void)self;                                                             \
		(void)x;                                                                \
		return ran();                                                           \
	}
#define LIST_HANDLER(name, ...)                                                                           \
	static cdrpc_status on_##name(struct cdrpc_call *call, void *self, __VA_ARGS__, uint32_t x_count) \
	{                                                                                                 \
		(void)call;                                                                               \
		(void)self;                                                                               \
		(void)x;                                                                                  \
		(void)x_count;                                                                            \
		return ran();                                                                             \
	}

HANDLER(text, const char *x)
HANDLER(wide, const cdrpc_wchar *x)
HANDLER(bytes, struct cdrpc_bytes x)
LIST_HANDLER(list, const uint32_t *x)
LIST_HANDLER(texts, const char *const *x)
HANDLER(mode, narrow_mode_t x)
LIST_HANDLER(modes, const narrow_mode_t *x)
HANDLER(fixed_modes, const narrow_mode_t x[3])
HANDLER(choice, const struct narrow_any *x)
HANDLER(flag, bool x)
LIST_HANDLER(flags, const bool *x)
HANDLER(fixed_flags, const bool x[3])
HANDLER(pair, const struct narrow_pair *x)
LIST_HANDLER(pairs, const struct narrow_pair *x)
HANDLER(maybe_flag, const bool *x)
HANDLER(maybe_mode, const narrow_mode_t *x)
HANDLER(box, const struct narrow_box *x)
HANDLER(handle, cdrpc_handle x)
HANDLER(more, uint32_t x)

static const struct narrow_handlers narrow = {
	on_text,   on_wide, on_bytes,  on_list,        on_texts, on_mode,  on_modes,      on_fixed_modes,
	on_choice, on_flag, on_flags,  on_fixed_flags, on_pair,  on_pairs, on_maybe_flag, on_maybe_mode,
	on_pair,   on_box,  on_handle, on_handle,      on_more,  on_bytes,
};

static void
set_up_cross(void)
{
	set_up();
	ck_assert_int_eq(narrow_serve(loopback_server(loop), &narrow, NULL), CDRPC_OK);
	loopback_cross(loop);
}

static void
taken(cdrpc_status status)
{
	ck_assert_int_eq(status, CDRPC_OK);
	ck_assert_uint_eq(runs, 1);
	runs = 0;
}

/* By the reader: the message itself was sent. */
static void
refused(cdrpc_status status)
{
	ck_assert_int_eq(status, CDRPC_E_DECODE);
	ck_assert_uint_eq(runs, 0);
}

/* By the writer: nothing was sent. */
static void
unsent(cdrpc_status status)
{
	ck_assert_int_eq(status, CDRPC_E_ARGUMENT);
	ck_assert_uint_eq(runs, 0);
}

static struct cdrpc_bytes
bytes(const char *text)
{
	struct cdrpc_bytes bytes = {text, (uint32_t)strlen(text)};

	return bytes;
}

START_TEST(bounds_are_read)
{
	static const cdrpc_wchar wide[] = {1, 2, 3, 4, 5, 0};
	static const uint32_t numbers[5] = {1, 2, 3, 4, 5};
	static const char *const texts[] = {"1234", "1234", "12345"};
	static const char *const short_texts[] = {"", "", "", "", ""};

	taken(wide_text(client, "1234"));
	refused(wide_text(client, "12345"));
	taken(wide_wide(client, wide + 1));
	refused(wide_wide(client, wide));
	taken(wide_data(client, bytes("1234")));
	refused(wide_data(client, bytes("12345")));
	taken(wide_list(client, numbers, 4));
	refused(wide_list(client, numbers, 5));
	taken(wide_texts(client, texts, 2));
	refused(wide_texts(client, texts, 3));
	refused(wide_texts(client, short_texts, 5));
}
END_TEST

START_TEST(sets_are_read)
{
	static const wide_mode_t modes[] = {1, 2, 1, 3};
	static const uint8_t flags[] = {0, 1, 0, 2};
	static const struct wide_pair pairs[] = {{1, 1, 7}, {0, 2, 7}, {2, 1, 7}, {1, 0, 7}};
	static const struct wide_any choices[] = {{1, {5}}, {0, {0}}, {3, {5}}};

	taken(wide_mode(client, 2));
	refused(wide_mode(client, 0));
	refused(wide_mode(client, 3));
	taken(wide_modes(client, modes, 3));
	refused(wide_modes(client, modes, 4));
	taken(wide_fixed_modes(client, modes));
	refused(wide_fixed_modes(client, modes + 1));
	taken(wide_choice(client, &choices[0]));
	refused(wide_choice(client, &choices[1]));
	refused(wide_choice(client, &choices[2]));
	taken(wide_flag(client, 1));
	refused(wide_flag(client, 2));
	taken(wide_flags(client, flags, 3));
	refused(wide_flags(client, flags, 4));
	taken(wide_fixed_flags(client, flags));
	refused(wide_fixed_flags(client, flags + 1));
	taken(wide_one_pair(client, &pairs[0]));
	refused(wide_one_pair(client, &pairs[2]));
	refused(wide_one_pair(client, &pairs[3]));
	taken(wide_pairs(client, pairs, 2));
	refused(wide_pairs(client, pairs, 3));
	taken(wide_maybe_flag(client, NULL));
	taken(wide_maybe_flag(client, &flags[1]));
	refused(wide_maybe_flag(client, &flags[3]));
	taken(wide_maybe_mode(client, NULL));
	refused(wide_maybe_mode(client, &modes[3]));
	taken(wide_maybe_pair(client, &pairs[1]));
	refused(wide_maybe_pair(client, &pairs[2]));
}
END_TEST

static void
store(const struct wide_box *box, bool fits)
{
	struct wide_box whole = *box;

	/* A struct and an array are always written. */
	if (!whole.pair.mode)
		whole.pair.mode = 1;
	(fits ? taken : refused)(wide_store(client, &whole));
}

START_TEST(fields_are_read)
{
	static const uint32_t numbers[5] = {0};
	static const char *const texts[] = {"12345"};
	static const wide_mode_t no_mode = 9;

	store(&(struct wide_box){.text = "1234"}, true);
	store(&(struct wide_box){.text = "12345"}, false);
	store(&(struct wide_box){.list = numbers, .list_count = 5}, false);
	store(&(struct wide_box){.texts = texts, .texts_count = 1}, false);
	store(&(struct wide_box){.data = bytes("12345")}, false);
	store(&(struct wide_box){.flag = 1}, true);
	store(&(struct wide_box){.flag = 2}, false);
	store(&(struct wide_box){.little = 65535}, true);
	store(&(struct wide_box){.little = 65536}, false);
	store(&(struct wide_box){.negative = -128}, true);
	store(&(struct wide_box){.negative = -129}, false);
	store(&(struct wide_box){.negative = 128}, false);
	store(&(struct wide_box){.mode = 2}, true);
	store(&(struct wide_box){.mode = 3}, false);
	store(&(struct wide_box){.any = {3, {1}}}, false);
	store(&(struct wide_box){.any = {1, {1}}}, true);
	store(&(struct wide_box){.maybe = &no_mode}, false);
	store(&(struct wide_box){.pair = {2, 1, 0}}, false);
	store(&(struct wide_box){.pair = {1, 3, 0}}, false);
	store(&(struct wide_box){.two = {1, 2}}, false);
}
END_TEST

START_TEST(the_rest_is_refused)
{
	taken(wide_maybe_file(client, &runs));
	refused(wide_maybe_file(client, NULL));
	refused(wide_file(client, &runs));
	refused(wide_more(client, 1, 2));
	refused(wide_more_data(client, bytes("1"), bytes("2")));
}
END_TEST

START_TEST(nothing_wrong_is_written)
{
	static const uint32_t numbers[5] = {0};
	static const narrow_mode_t modes[] = {1, 2, 3};
	static const char *const texts[] = {NULL};
	static const struct narrow_pair pair = {true, 3, 0};
	static const struct narrow_any choices[] = {{0, {0}}, {3, {0}}};
	static const struct narrow_box boxes[] = {
		{.mode = 3}, {.maybe = &modes[2]}, {.any = {7, {0}}}, {.text = "12345"}};
	size_t i;

	unsent(narrow_text(client, "12345"));
	unsent(narrow_text(client, NULL));
	unsent(narrow_text(client, "\xff"));
	unsent(narrow_wide(client, NULL));
	unsent(narrow_data(client, bytes("12345")));
	unsent(narrow_list(client, numbers, 5));
	unsent(narrow_list(client, NULL, 1));
	unsent(narrow_texts(client, texts, 1));
	unsent(narrow_mode(client, 3));
	unsent(narrow_modes(client, modes, 3));
	unsent(narrow_modes(client, NULL, 1));
	unsent(narrow_fixed_modes(client, modes));
	unsent(narrow_fixed_modes(client, NULL));
	unsent(narrow_fixed_flags(client, NULL));
	unsent(narrow_choice(client, &choices[0]));
	unsent(narrow_choice(client, &choices[1]));
	unsent(narrow_choice(client, NULL));
	unsent(narrow_one_pair(client, &pair));
	unsent(narrow_one_pair(client, NULL));
	unsent(narrow_pairs(client, &pair, 1));
	unsent(narrow_maybe_mode(client, &modes[2]));
	unsent(narrow_maybe_pair(client, &pair));
	unsent(narrow_store(client, NULL));
	for (i = 0; i < sizeof boxes / sizeof boxes[0]; i++)
		unsent(narrow_store(client, &boxes[i]));
	unsent(narrow_file(client, NULL));
}
END_TEST

/* ---- two versions ---- */

static cdrpc_status
on_before_put(struct cdrpc_call *call, void *self, const struct before_item *item, const struct before_shape *shape,
	      before_kind_t kind, const struct before_item *items, uint32_t items_count)
{
	(void)call;
	(void)self;
	ck_assert_uint_eq(item->number, 7);
	ck_assert_str_eq(item->name, "name");
	ck_assert_uint_eq(shape->kind, 2);
	ck_assert_uint_eq(kind, 2);
	ck_assert_uint_eq(items_count, 2);
	ck_assert_uint_eq(items[0].number, 1);
	ck_assert_str_eq(items[1].name, "last");
	return ran();
}

START_TEST(an_older_server_skips_what_it_does_not_know)
{
	static const struct before_handlers handlers = {on_before_put};
	static const char *const texts[] = {"a", "b"};
	static const struct after_extra extra = {5};
	static const uint32_t maybe = 0;
	struct after_item item = {
		.number = 7,
		.text = "text",
		.large = 1,
		.extra = &extra,
		.name = "name",
		.texts = texts,
		.texts_count = 2,
		.shape = {AFTER_SHAPE_SMALL, {3}},
		.data = bytes("12345678"),
		.maybe = &maybe,
		.plain = {1, 2},
		.four = {1, 2, 3, 4},
	};
	struct after_item items[2] = {{.number = 1, .large = UINT64_MAX}, {.name = "last", .four = {9}}};
	struct after_shape shape = {AFTER_SHAPE_EXTRA, {0}};

	shape.as.extra = &extra;
	before_serve(loopback_server(loop), &handlers, NULL);
	loopback_cross(loop);
	taken(after_put(client, &item, &shape, AFTER_KIND_TWO, items, 2));
}
END_TEST

static void
check_empty(const struct after_item *item)
{
	static const struct after_plain plain = {0, 0};

	ck_assert_str_eq(item->text, "");
	ck_assert_uint_eq(item->large, 0);
	ck_assert_ptr_null(item->extra);
	ck_assert_uint_eq(item->texts_count, 0);
	ck_assert_uint_eq(item->shape.kind, 0);
	ck_assert_uint_eq(item->wide[0], 0);
	ck_assert_uint_eq(item->data.size, 0);
	ck_assert_ptr_null(item->maybe);
	ck_assert_mem_eq(&item->plain, &plain, sizeof plain);
	ck_assert_uint_eq(item->four[3], 0);
}

static cdrpc_status
on_after_put(struct cdrpc_call *call, void *self, const struct after_item *item, const struct after_shape *shape,
	     after_kind_t kind, const struct after_item *items, uint32_t items_count)
{
	(void)call;
	(void)self;
	ck_assert_uint_eq(item->number, 7);
	ck_assert_str_eq(item->name, "name");
	check_empty(item);
	ck_assert_uint_eq(shape->kind, AFTER_SHAPE_SIDE);
	ck_assert_uint_eq(shape->as.side, 4);
	ck_assert_uint_eq(kind, AFTER_KIND_ONE);
	ck_assert_uint_eq(items_count, 1);
	ck_assert_uint_eq(items[0].number, 0);
	ck_assert_str_eq(items[0].name, "");
	check_empty(&items[0]);
	return ran();
}

START_TEST(an_older_client_leaves_fields_empty)
{
	static const struct after_handlers handlers = {on_after_put};
	static const struct before_item item = {7, "name"};
	static const struct before_item nothing = {0, NULL};
	static const struct before_shape shape = {BEFORE_SHAPE_SIDE, {4}};

	after_serve(loopback_server(loop), &handlers, NULL);
	loopback_cross(loop);
	taken(before_put(client, &item, &shape, BEFORE_KIND_ONE, &nothing, 1));
}
END_TEST

/* ---- bodies ---- */

/* Written to 'ret_body'; the size, or the error. */
static int64_t
write_order(const struct tables_order *order, void *ret_body, size_t capacity)
{
	struct cdrpc_writer w;

	cdrpc_writer_init(&w, ret_body, capacity, NULL, NULL);
	do {
		tables_order_write(&w, order);
	} while (cdrpc_write_again(&w));
	return w.status == CDRPC_OK ? (int64_t)w.at : w.status;
}

START_TEST(depth)
{
	struct tables_order chain[CDRPC_DEPTH_MAX + 1];
	const struct tables_order *at;
	struct tables_order read;
	struct cdrpc_arena *arena = cdrpc_arena_new(NULL, 1 << 20);
	struct cdrpc_reader r;
	uint64_t body[256];
	int64_t size;
	uint32_t i;

	memset(chain, 0, sizeof chain);
	for (i = 0; i < CDRPC_DEPTH_MAX; i++)
		chain[i].next = &chain[i + 1];
	ck_assert_int_eq(write_order(&chain[0], body, sizeof body), CDRPC_E_ARGUMENT);
	size = write_order(&chain[1], body, sizeof body);
	ck_assert_int_gt(size, 0);
	cdrpc_reader_init(&r, arena, body, (size_t)size, NULL, 0);
	tables_order_read(&r, &read);
	ck_assert_int_eq(cdrpc_reader_end(&r), CDRPC_OK);
	for (i = 1, at = &read; at->next; at = at->next)
		i++;
	ck_assert_uint_eq(i, CDRPC_DEPTH_MAX);
	cdrpc_arena_free(arena);
}
END_TEST

/* The writer must come back from a cycle, however wide it is. */
START_TEST(cycle)
{
	struct tables_order orders[4];
	uint64_t body[256];
	size_t i;

	memset(orders, 0, sizeof orders);
	for (i = 0; i < 4; i++) {
		orders[i].parts = orders;
		orders[i].parts_count = 4;
		orders[i].next = &orders[0];
		orders[i].choice.kind = TABLES_CHOICE_ORDER;
		orders[i].choice.as.order = &orders[3];
	}
	ck_assert_int_eq(write_order(orders, body, sizeof body), CDRPC_E_ARGUMENT);
}
END_TEST

/* What the caller's memory has in its holes stays there. */
START_TEST(holes)
{
	uint64_t bodies[2][8];
	struct structs_nest nest;
	struct cdrpc_writer w;
	size_t i;

	for (i = 0; i < 2; i++) {
		memset(&nest, i ? 0x55 : 0xAA, sizeof nest);
		memset(&nest.checked, 1, sizeof nest.checked);
		memset(&nest.pair, 1, sizeof nest.pair);
		nest.loose.a = 1;
		nest.loose.b = 2;
		nest.loose.c = true;
		nest.f = 1;
		memset(bodies[i], i ? 0xFF : 0x11, sizeof bodies[i]);
		cdrpc_writer_init(&w, bodies[i], sizeof bodies[i], NULL, NULL);
		structs_nest_write(&w, &nest);
		ck_assert(!cdrpc_write_again(&w));
		ck_assert_int_eq(w.status, CDRPC_OK);
		ck_assert_uint_eq(w.at, sizeof nest);
	}
	ck_assert_mem_eq(bodies[0], bodies[1], sizeof nest);
}
END_TEST

/* A program that sets another packing around the headers sees what the stubs see. */
START_TEST(packing)
{
	static const size_t layouts[LAYOUT_COUNT] = LAYOUTS;

	ck_assert_mem_eq(packed_layouts, layouts, sizeof layouts);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("codec");
	TCase *cross = tcase_create("cross");
	TCase *versions = tcase_create("versions");
	TCase *bodies = tcase_create("bodies");

	tcase_add_checked_fixture(cross, set_up_cross, tear_down);
	tcase_add_test(cross, bounds_are_read);
	tcase_add_test(cross, sets_are_read);
	tcase_add_test(cross, fields_are_read);
	tcase_add_test(cross, the_rest_is_refused);
	tcase_add_test(cross, nothing_wrong_is_written);
	suite_add_tcase(suite, cross);
	tcase_add_checked_fixture(versions, set_up, tear_down);
	tcase_add_test(versions, an_older_server_skips_what_it_does_not_know);
	tcase_add_test(versions, an_older_client_leaves_fields_empty);
	suite_add_tcase(suite, versions);
	tcase_add_test(bodies, depth);
	tcase_add_test(bodies, cycle);
	tcase_add_test(bodies, holes);
	tcase_add_test(bodies, packing);
	suite_add_tcase(suite, bodies);
	return check_main(suite);
}
