#include "check_main.h"

#include "base/sized.h"
#include "service/options.h"

#include <stdio.h>
#include <string.h>

#define GARBAGE 0xa5

static char log_line[512];

static void
note_line(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	ck_assert_int_eq(level, CDRPC_LOG_ERROR);
	snprintf(log_line, sizeof log_line, "%s", line);
}

/* Of any size: what both have is copied, and nothing else is read or written. */
START_TEST(any_size_is_taken)
{
	unsigned char given[2 * CDRPC_STRUCT_MAX], own[64];
	size_t size, at, i, wrong = 0;

	for (size = 0; size < sizeof given; size++) {
		memset(given, GARBAGE, sizeof given);
		for (i = 0; i < size; i++)
			given[i] = i < 40 ? (unsigned char)(i + 1) : 0;
		memset(own, GARBAGE, sizeof own);
		wrong += sized_take(given, size, own, 40, &at) != (size > 0 && size <= CDRPC_STRUCT_MAX) || at != 0;
		for (i = 0; i < sizeof own; i++)
			wrong += own[i] != (i >= 40 ? GARBAGE : i < size ? i + 1 : 0);
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* Each byte that the library does not know. */
START_TEST(what_is_set_is_told)
{
	unsigned char given[CDRPC_STRUCT_MAX] = { 1, 2, 3, 4 }, own[4];
	size_t at, set;

	for (set = 4; set < sizeof given; set++) {
		given[set] = 0x80;
		if (sized_take(given, sizeof given, own, sizeof own, &at) || at != set || memcmp(own, given, 4) != 0)
			break;
		/* Behind the program's struct it is not the program's. */
		if (!sized_take(given, set, own, sizeof own, &at))
			break;
		given[set] = 0;
	}
	ck_assert_uint_eq(set, sizeof given);
	ck_assert(sized_take(NULL, 0, own, sizeof own, &at));
	ck_assert_int_eq(memcmp(own, "\0\0\0\0", 4), 0);
}
END_TEST

START_TEST(any_size_is_given)
{
	unsigned char own[40], given[CDRPC_STRUCT_MAX];
	size_t size, i, wrong = 0;

	for (i = 0; i < sizeof own; i++)
		own[i] = (unsigned char)(i + 1);
	for (size = 0; size < sizeof given; size++) {
		memset(given, GARBAGE, sizeof given);
		sized_give(own, sizeof own, given, size);
		for (i = 0; i < sizeof given; i++)
			wrong += given[i] != (i >= size ? GARBAGE : i < sizeof own ? own[i] : 0);
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* Sizes of a newer program, of which this library knows the first only, and of an older one, which had no such struct. */
START_TEST(sizes_may_grow)
{
	static const struct cdrpc_limits limits = { .queue_max = 7 };
	const struct cdrpc_env env = { .log = note_line };
	const struct cdrpc_server_options options = { .env = &env, .limits = &limits, .threads = 3 };
	struct {
		struct cdrpc_sizes sizes;
		uint32_t more;
	} newer = { CDRPC_SIZES(options), 77 };
	struct options_parts parts;
	struct cdrpc_server_options own;

	ck_assert_int_eq(options_of_server(&options, &newer.sizes, sizeof newer, &parts, &own), CDRPC_OK);
	ck_assert_uint_eq(own.threads, 3);
	ck_assert_ptr_eq(own.limits, &parts.limits);
	ck_assert_uint_eq(own.limits->queue_max, 7);
	ck_assert_ptr_eq(own.env, &parts.env);
	log_line[0] = '\0';
	ck_assert_int_eq(options_of_server(&options, &newer.sizes, offsetof(struct cdrpc_sizes, limits), &parts, &own), CDRPC_E_ARGUMENT);
	ck_assert_str_eq(log_line, "struct cdrpc_limits of 0 bytes: no version of cdrpc.h has that");
	ck_assert_int_eq(options_of_server(&options, NULL, 0, &parts, &own), CDRPC_E_ARGUMENT);
	ck_assert_int_eq(options_of_server(NULL, NULL, 0, &parts, &own), CDRPC_OK);
	ck_assert_uint_eq(own.threads, 0);
	newer.sizes.options = CDRPC_STRUCT_MAX + 1;
	ck_assert_int_eq(options_of_server(&options, &newer.sizes, sizeof newer, &parts, &own), CDRPC_E_ARGUMENT);
	ck_assert_str_eq(log_line, "struct cdrpc_server_options of 513 bytes: no version of cdrpc.h has that");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("options");
	TCase *tcase = tcase_create("sizes");

	tcase_add_test(tcase, any_size_is_taken);
	tcase_add_test(tcase, what_is_set_is_told);
	tcase_add_test(tcase, any_size_is_given);
	tcase_add_test(tcase, sizes_may_grow);
	suite_add_tcase(suite, tcase);
	return check_main(suite);
}
