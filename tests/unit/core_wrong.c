/* Which member of a body something is wrong with: by its place alone, in what was written so far, and in whatever has arrived. */
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "wire/wrong.h"

static const struct cdrpc_shape leaf, any;
static const struct cdrpc_shape *const both[] = { &leaf, &any };
static const struct cdrpc_shape *const leaf_only[] = { &leaf };
static const struct cdrpc_shape leaf = { "1=name:s,2=count:4,3=next:t0,5=any:u1,", both };
static const struct cdrpc_shape any = { "1=number:4,2=text:s,3=leaf:t0,", leaf_only };

static const struct cdrpc_method method = {
	.name = "m", .members = "a:4,flat:f12.4,text:s,wide:w,data:B,absent:?8,there:?8,leaves:[t0,any:u1,names:[s,file:h,|out:2,|Set:1,77,",
};

/* Refuses the 'stop'th of all that may be refused, and counts them. */
struct written {
	struct cdrpc_writer w;
	uint32_t stop;
	uint32_t step;
};

static void
step(struct written *written)
{
	if (written->step++ == written->stop)
		cdrpc_write_fail(&written->w, CDRPC_E_ARGUMENT);
}

static void
write_name(struct written *written)
{
	struct cdrpc_writer *w = &written->w;
	struct cdrpc_mark field = cdrpc_field_begin(w, 1);

	step(written);
	cdrpc_write_string(w, "name", 8);
	cdrpc_field_end(w, field);
}

static void
write_leaf(struct written *written, uint32_t levels)
{
	struct cdrpc_writer *w = &written->w;
	struct cdrpc_mark table, field, record;

	step(written);
	table = cdrpc_table_begin(w);
	write_name(written);
	cdrpc_field_u32(w, 2, 7);
	if (levels > 0) {
		field = cdrpc_field_begin(w, 3);
		write_leaf(written, levels - 1);
		cdrpc_field_end(w, field);
		field = cdrpc_field_begin(w, 5);
		record = cdrpc_union_begin(w, 2);
		step(written);
		cdrpc_write_string(w, "text", 8);
		cdrpc_union_end(w, record);
		cdrpc_field_end(w, field);
	}
	cdrpc_table_end(w, table);
}

static void
write_all(struct written *written, void *buffer, size_t size)
{
	static const cdrpc_wchar wide[] = { 'w', 0 };
	static const uint8_t flat[12] = { 1 };
	struct cdrpc_writer *w = &written->w;
	struct cdrpc_mark table, record;
	uint64_t there = 1;
	uint32_t i;

	cdrpc_writer_init(w, buffer, size, NULL, NULL);
	written->step = 0;
	cdrpc_write_u32(w, 1);
	step(written);
	cdrpc_write_flat(w, flat, sizeof flat, 4);
	step(written);
	cdrpc_write_string(w, "text", 8);
	step(written);
	cdrpc_write_wstring(w, wide, 8);
	step(written);
	cdrpc_write_blob(w, (struct cdrpc_bytes){ "data", 4 }, 8);
	cdrpc_write_present(w, NULL);
	cdrpc_write_present(w, &there);
	step(written);
	cdrpc_write_u64(w, there);
	step(written);
	cdrpc_write_count(w, &there, 3, 8);
	write_leaf(written, 0);
	/* One without fields is not taken for one that is being written. */
	table = cdrpc_table_begin(w);
	cdrpc_table_end(w, table);
	write_leaf(written, 1);
	step(written);
	record = cdrpc_union_begin(w, 3);
	write_leaf(written, 0);
	cdrpc_union_end(w, record);
	step(written);
	cdrpc_write_count(w, &there, 2, 8);
	for (i = 0; i < 2; i++) {
		step(written);
		cdrpc_write_string(w, "name", 8);
	}
	step(written);
	cdrpc_write_handle(w, &there, CDRPC_HANDLE_FILE, CDRPC_RIGHT_READ, false);
	step(written);
}

static const char *const places[] = {
	"flat", "text", "wide", "data", "there", "leaves",
	"leaves[0]", "leaves[0].name",
	"leaves[2]", "leaves[2].name", "leaves[2].next", "leaves[2].next.name", "leaves[2].any.text",
	"any", "any.leaf", "any.leaf.name", "names", "names[0]", "names[1]", "file", "",
};

enum { PLACES = sizeof places / sizeof places[0], BUFFER = 1024 };

START_TEST(what_was_to_be_written_next)
{
	uint64_t buffer[BUFFER / 8];
	struct written written = { .stop = (uint32_t)_i };
	char path[WRONG_PATH_SIZE], kind;

	write_all(&written, buffer, sizeof buffer);
	ck_assert_uint_eq(written.step, PLACES);
	ck_assert_int_eq(written.w.status, CDRPC_E_ARGUMENT);
	wrong_path(wrong_section(&method, 0), both, buffer, written.w.wrong.at, &written.w.wrong, path, &kind);
	ck_assert_str_eq(path, places[_i]);
	ck_assert_int_eq(kind == '\0', path[0] == '\0');
}
END_TEST

/* A value that was written and is none, in a record and elsewhere; a handle by its number. */
START_TEST(what_was_written_last)
{
	uint64_t buffer[BUFFER / 8];
	struct cdrpc_writer w;
	struct cdrpc_mark table;
	struct cdrpc_wrong wrong = { .what = WRONG_HANDLE, .is = 2 };
	char path[WRONG_PATH_SIZE], kind;

	cdrpc_writer_init(&w, buffer, sizeof buffer, NULL, NULL);
	table = cdrpc_table_begin(&w);
	cdrpc_field_u32(&w, 2, 9);
	cdrpc_write_invalid(&w);
	cdrpc_table_end(&w, table);
	wrong_path("leaf:t0,", both, buffer, w.wrong.at, &w.wrong, path, &kind);
	ck_assert_str_eq(path, "leaf.count");
	cdrpc_writer_init(&w, buffer, sizeof buffer, NULL, NULL);
	cdrpc_write_u32(&w, 0);
	cdrpc_write_u32(&w, 1);
	cdrpc_write_u32(&w, 2);
	wrong_path("none:h,one:h,two:h,", NULL, buffer, w.at, &wrong, path, &kind);
	ck_assert_str_eq(path, "two");
	wrong_path(NULL, NULL, buffer, w.at, &wrong, path, &kind);
	ck_assert_str_eq(path, "");
}
END_TEST

static uint32_t
random_below(uint32_t limit)
{
	static uint64_t state = 1;

	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(state >> 33) % limit;
}

/* A body may hold anything: nothing but it is looked at, which the sanitizers see, and the path keeps its bound. */
START_TEST(whatever_has_arrived)
{
	uint64_t buffer[BUFFER / 8];
	struct written written = { .stop = UINT32_MAX };
	char path[WRONG_PATH_SIZE], kind;
	struct cdrpc_wrong wrong;
	uint32_t round, i, too_long = 0;
	uint8_t *body;
	size_t size;

	write_all(&written, buffer, sizeof buffer);
	ck_assert_int_eq(written.w.status, CDRPC_OK);
	for (round = 0; round < 20000; round++) {
		size = random_below((uint32_t)written.w.at + 1);
		body = malloc(size ? size : 1);
		memcpy(body, buffer, size);
		for (i = random_below(6); i > 0 && size > 0; i--)
			body[random_below((uint32_t)size)] = (uint8_t)(random_below(2) ? random_below(256) : random_below(2) * 255);
		wrong = (struct cdrpc_wrong){ random_below(WRONG_HANDLE + 1), 0, random_below((uint32_t)size + 9), random_below(4), 0 };
		wrong_path(wrong_section(&method, 0), both, body, size, &wrong, path, &kind);
		too_long += memchr(path, '\0', sizeof path) == NULL;
		free(body);
	}
	ck_assert_uint_eq(too_long, 0);
}
END_TEST

START_TEST(errors_that_are_declared)
{
	static const struct cdrpc_method none = { .members = "||" }, many = { .members = "||Many:1,2,+" }, unknown = { .members = NULL };
	char set[WRONG_PATH_SIZE];

	ck_assert(!wrong_error(&method, 1, set));
	ck_assert(!wrong_error(&method, 77, set));
	ck_assert(wrong_error(&method, 7, set));
	ck_assert_str_eq(set, "Set");
	ck_assert(wrong_error(&none, 7, set));
	ck_assert_str_eq(set, "");
	ck_assert(!wrong_error(&many, 7, set));
	ck_assert(!wrong_error(&unknown, 7, set));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("wrong");
	TCase *tcase = tcase_create("wrong");

	tcase_add_loop_test(tcase, what_was_to_be_written_next, 0, PLACES);
	tcase_add_test(tcase, what_was_written_last);
	tcase_add_test(tcase, whatever_has_arrived);
	tcase_add_test(tcase, errors_that_are_declared);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
