/* Sections between two processes: pushed, pulled, taken back, and all that is no section of the size that it is said to be. */
#include "win32_fixture.h"

#include <string.h>

#include "handle.h"
#include "leaks.h"
#include "proc.h"
#include "win32_objects.h"

static struct recorder own;
static struct proc *helper;
static struct process *peer;

/* What the starter asks of the helper. words: [0] window, [1] order, [2] handle value, [3] size, [4] status, [5] first byte,
 * [6] last byte, [7] handles, [8] views, [9] what kind of object. */
enum order { ORDER_END, ORDER_ACCEPT, ORDER_MAKE, ORDER_CLOSE, ORDER_IS_OPEN, ORDER_COUNT, ORDER_BAD };

static void
accept(struct proc *starter)
{
	struct section section;
	cdrpc_status status = section_accept(&own.env, starter->words[2], starter->words[3], (size_t)starter->words[3], &section);

	starter->words[4] = (uint64_t)(int64_t)status;
	if (status != CDRPC_OK)
		return;
	proc_check(section.size == starter->words[3]);
	proc_check(section.handle == (HANDLE)(uintptr_t)starter->words[2]);
	starter->words[5] = section.view[0];
	starter->words[6] = section.view[section.size - 1];
	section_done(&section);
	proc_check(!section.view && !section.handle && section.size == 0);
}

static void
make(struct proc *starter, struct section *section)
{
	size_t size = (size_t)starter->words[3];

	proc_check(section_new(&own.env, size, section) == CDRPC_OK);
	section->view[0] = 0xa1;
	section->view[size - 1] = 0xb2;
	starter->words[2] = (uint32_t)(uintptr_t)section->handle;
}

static void
is_open(struct proc *starter)
{
	DWORD flags;

	starter->words[4] = GetHandleInformation((HANDLE)(uintptr_t)starter->words[2], &flags) != FALSE;
}

static void
count(struct proc *starter)
{
	struct leaks leaks;

	proc_check(leaks_count(GetCurrentProcess(), &leaks));
	starter->words[7] = leaks.handles;
	starter->words[8] = leaks.views;
}

static int
run_orders(struct proc *starter)
{
	struct section section = { 0 };
	HANDLE bad = NULL;

	proc_check(recorder_open(&own, NULL, NULL) == CDRPC_OK);
	starter->words[0] = port_window(own.port);
	proc_signal(starter);
	for (proc_await(starter); starter->words[1] != ORDER_END; proc_await(starter)) {
		switch ((enum order)starter->words[1]) {
		case ORDER_ACCEPT:
			accept(starter);
			break;
		case ORDER_MAKE:
			make(starter, &section);
			break;
		case ORDER_CLOSE:
			section_done(&section);
			if (bad)
				CloseHandle(bad);
			bad = NULL;
			break;
		case ORDER_IS_OPEN:
			is_open(starter);
			break;
		case ORDER_COUNT:
			count(starter);
			break;
		case ORDER_BAD:
			bad = make_bad((enum bad)starter->words[9]);
			starter->words[2] = (uint32_t)(uintptr_t)bad;
			break;
		case ORDER_END:
			break;
		}
		proc_signal(starter);
	}
	recorder_close(&own);
	return 0;
}

static void
order(enum order what)
{
	helper->words[1] = what;
	proc_signal(helper);
	proc_await(helper);
}

static void
start_helper(void)
{
	ck_assert_int_eq(recorder_open(&own, NULL, NULL), CDRPC_OK);
	helper = proc_start("orders");
	proc_await(helper);
	ck_assert_int_eq(process_open(&own.env, (window_id)helper->words[0], &peer), CDRPC_OK);
}

static void
end_helper(void)
{
	helper->words[1] = ORDER_END;
	proc_signal(helper);
	ck_assert_int_eq(proc_finish(helper), 0);
	process_close(peer);
	recorder_close(&own);
}

/* Handles and views of both processes. */
struct totals {
	size_t ours[2];
	uint64_t theirs[2];
};

static struct totals
count_both(void)
{
	struct leaks leaks;

	order(ORDER_COUNT);
	ck_assert(leaks_count(GetCurrentProcess(), &leaks));
	return (struct totals){
		.ours = { leaks.handles, leaks.views },
		.theirs = { helper->words[7], helper->words[8] },
	};
}

static void
assert_same_totals(const struct totals *before)
{
	struct totals after = count_both();

	ck_assert_uint_eq(after.ours[0], before->ours[0]);
	ck_assert_uint_eq(after.ours[1], before->ours[1]);
	ck_assert_uint_eq(after.theirs[0], before->theirs[0]);
	ck_assert_uint_eq(after.theirs[1], before->theirs[1]);
}

static const size_t sizes[] = { 1, 16, 4095, 4096, 4097, 65536, 1000000, 20 << 20 };
enum { SIZES = sizeof sizes / sizeof sizes[0] };

START_TEST(a_pushed_section_is_accepted)
{
	struct totals before = count_both();
	struct section section;
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < SIZES; i++) {
		ck_assert_int_eq(section_new(&own.env, sizes[i], &section), CDRPC_OK);
		ck_assert_uint_eq(section.size, sizes[i]);
		ck_assert_uint_eq(section.view[0], 0);
		ck_assert_uint_eq(section.view[sizes[i] - 1], 0);
		section.view[0] = 0x11;
		section.view[sizes[i] - 1] = 0x22;
		ck_assert_int_eq(section_push(&section, peer, &value), CDRPC_OK);
		helper->words[2] = value;
		helper->words[3] = sizes[i];
		order(ORDER_ACCEPT);
		ck_assert_int_eq((int64_t)helper->words[4], CDRPC_OK);
		ck_assert_uint_eq(helper->words[5], sizes[i] == 1 ? 0x22 : 0x11);
		ck_assert_uint_eq(helper->words[6], 0x22);
		section_done(&section);
	}
	assert_same_totals(&before);
}
END_TEST

START_TEST(a_pushed_handle_is_for_reading)
{
	struct section section;
	uint64_t value = 0;
	HANDLE back = NULL;

	ck_assert_int_eq(section_new(&own.env, 4096, &section), CDRPC_OK);
	ck_assert_int_eq(section_push(&section, peer, &value), CDRPC_OK);
	/* What the peer has is what a copy with the same rights can do. */
	ck_assert(DuplicateHandle(helper->process, (HANDLE)(uintptr_t)value, GetCurrentProcess(), &back, 0, FALSE,
				  DUPLICATE_SAME_ACCESS));
	ck_assert_ptr_null(MapViewOfFile(back, FILE_MAP_WRITE, 0, 0, 0));
	CloseHandle(back);
	section_take_back(peer, value);
	section_done(&section);
}
END_TEST

START_TEST(a_pushed_section_is_taken_back)
{
	struct totals before = count_both();
	struct section section;
	uint64_t value = 0;

	ck_assert_int_eq(section_new(&own.env, 100, &section), CDRPC_OK);
	ck_assert_int_eq(section_push(&section, peer, &value), CDRPC_OK);
	helper->words[2] = value;
	order(ORDER_IS_OPEN);
	ck_assert_uint_eq(helper->words[4], 1);
	section_take_back(peer, value);
	order(ORDER_IS_OPEN);
	ck_assert_uint_eq(helper->words[4], 0);
	/* No handle, and no pseudo-handle. */
	section_take_back(peer, value);
	section_take_back(peer, 0);
	section_take_back(peer, UINT64_MAX);
	section_done(&section);
	assert_same_totals(&before);
}
END_TEST

START_TEST(a_section_is_pulled)
{
	struct totals before = count_both();
	struct section section;
	MEMORY_BASIC_INFORMATION info;
	size_t part, i;

	for (i = 0; i < SIZES; i++) {
		helper->words[3] = sizes[i];
		order(ORDER_MAKE);
		ck_assert_int_eq(section_pull(&own.env, peer, helper->words[2], sizes[i], sizes[i], &section), CDRPC_OK);
		ck_assert_uint_eq(section.size, sizes[i]);
		ck_assert_uint_eq(section.view[0], sizes[i] == 1 ? 0xb2 : 0xa1);
		ck_assert_uint_eq(section.view[sizes[i] - 1], 0xb2);
		ck_assert(VirtualQuery(section.view, &info, sizeof info) != 0);
		ck_assert_uint_eq(info.Protect, PAGE_READONLY);
		section_done(&section);
		/* A part of it, and no more pages than that takes. */
		part = sizes[i] < 100 ? sizes[i] : 100;
		ck_assert_int_eq(section_pull(&own.env, peer, helper->words[2], sizes[i], part, &section), CDRPC_OK);
		ck_assert_uint_eq(section.size, part);
		ck_assert(VirtualQuery(section.view, &info, sizeof info) != 0);
		ck_assert_uint_le(info.RegionSize, 4096);
		section_done(&section);
		ck_assert_int_eq(section_pull(&own.env, peer, helper->words[2], sizes[i], sizes[i] + 1, &section), CDRPC_E_PROTOCOL);
		ck_assert_int_eq(section_pull(&own.env, peer, helper->words[2], sizes[i], sizes[i], &section), CDRPC_OK);
		/* It stays the peer's. */
		order(ORDER_IS_OPEN);
		ck_assert_uint_eq(helper->words[4], 1);
		order(ORDER_CLOSE);
		/* What has been pulled outlives it. */
		ck_assert_uint_eq(section.view[sizes[i] - 1], 0xb2);
		section_done(&section);
	}
	assert_same_totals(&before);
}
END_TEST

START_TEST(values_that_are_no_handles_are_refused)
{
	/* Never given; then pseudo-handles of process, thread and token in either width, nothing, odd ones, past 31 bits. */
	static const uint64_t values[] = {
		0x7ffffffcu, 0x7fff0000u, UINT64_MAX, UINT64_MAX - 1, UINT64_MAX - 3, UINT32_MAX, UINT32_MAX - 1,
		UINT32_MAX - 3, 0, 1, 2, 3, 0x80000000u, 0x100000004u,
	};
	struct totals before = count_both();
	struct section section = { .size = 77 };
	size_t i;

	for (i = 0; i < sizeof values / sizeof values[0]; i++) {
		ck_assert(handle_value_is_plain(values[i]) == (i < 2));
		ck_assert_int_eq(section_pull(&own.env, peer, values[i], 1, 1, &section), CDRPC_E_PROTOCOL);
		ck_assert_int_eq(section_accept(&own.env, values[i], 1, 1, &section), CDRPC_E_PROTOCOL);
	}
	/* The low bits of a good one. */
	helper->words[3] = 4096;
	order(ORDER_MAKE);
	for (i = 1; i < 4; i++)
		ck_assert_int_eq(section_pull(&own.env, peer, helper->words[2] + i, 1, 1, &section), CDRPC_E_PROTOCOL);
	order(ORDER_CLOSE);
	ck_assert_uint_eq(section.size, 77);
	ck_assert_uint_eq(own.log_lines, 0);
	assert_same_totals(&before);
}
END_TEST

START_TEST(objects_that_are_no_committed_sections_are_refused)
{
	struct totals before;
	struct section section = { .size = 77 };
	HANDLE ours;
	DWORD flags;
	int what;

	/* Wine keeps something for the first file that a process maps. */
	helper->words[9] = BAD_IMAGE;
	order(ORDER_BAD);
	order(ORDER_CLOSE);
	before = count_both();
	for (what = 0; what < BAD_COUNT; what++) {
		helper->words[9] = (uint64_t)what;
		order(ORDER_BAD);
		ck_assert_msg(section_pull(&own.env, peer, helper->words[2], 16, 16, &section) == CDRPC_E_PROTOCOL, "pull %d", what);
		order(ORDER_IS_OPEN);
		ck_assert_uint_eq(helper->words[4], 1);
		order(ORDER_CLOSE);
		ours = make_bad((enum bad)what);
		ck_assert_msg(section_accept(&own.env, (uint32_t)(uintptr_t)ours, 16, 16, &section) == CDRPC_E_PROTOCOL, "accept %d",
			      what);
		ck_assert(GetHandleInformation(ours, &flags));
		CloseHandle(ours);
	}
	ck_assert_uint_eq(section.size, 77);
	ck_assert_uint_eq(own.log_lines, 0);
	assert_same_totals(&before);
}
END_TEST

START_TEST(a_size_that_does_not_fit_is_refused)
{
	struct totals before = count_both();
	struct section section = { .size = 77 };
	struct section small;
	size_t too_large = SIZE_MAX / 2;
	uint64_t value;

	helper->words[3] = 5000;
	order(ORDER_MAKE);
	value = helper->words[2];
	ck_assert_int_eq(section_pull(&own.env, peer, value, 8193, 8193, &section), CDRPC_E_PROTOCOL);
	ck_assert_int_eq(section_pull(&own.env, peer, value, too_large, too_large, &section), CDRPC_E_PROTOCOL);
	ck_assert_int_eq(section_pull(&own.env, peer, value, SIZE_MAX, SIZE_MAX, &section), CDRPC_E_PROTOCOL);
	ck_assert_int_eq(section_pull(&own.env, peer, value, 0, 0, &section), CDRPC_E_PROTOCOL);
	order(ORDER_CLOSE);
	ck_assert_int_eq(section_new(&own.env, 5000, &small), CDRPC_OK);
	value = (uint32_t)(uintptr_t)small.handle;
	ck_assert_int_eq(section_accept(&own.env, value, 8193, 8193, &section), CDRPC_E_PROTOCOL);
	ck_assert_int_eq(section_accept(&own.env, value, SIZE_MAX, SIZE_MAX, &section), CDRPC_E_PROTOCOL);
	ck_assert_int_eq(section_accept(&own.env, value, 0, 0, &section), CDRPC_E_PROTOCOL);
	section_done(&small);
	ck_assert_uint_eq(section.size, 77);
	ck_assert_uint_eq(own.log_lines, 0);
	assert_same_totals(&before);
}
END_TEST

START_TEST(an_impossible_section_is_no_crash)
{
	struct section section = { .size = 77 };
	struct totals before = count_both();
	cdrpc_status status;

	ck_assert_int_eq(section_new(&own.env, 0, &section), CDRPC_E_ARGUMENT);
	status = section_new(&own.env, SIZE_MAX - 4096, &section);
	ck_assert(status == CDRPC_E_OS || status == CDRPC_E_NOMEM);
	ck_assert_uint_eq(own.log_lines, 1);
	ck_assert_uint_eq(section.size, 77);
	assert_same_totals(&before);
}
END_TEST

START_TEST(within_one_process)
{
	struct totals before = count_both();
	struct process *self;
	struct section section;
	struct section pulled;
	uint64_t value;

	ck_assert_int_eq(process_open(&own.env, port_window(own.port), &self), CDRPC_OK);
	ck_assert_int_eq(section_new(&own.env, 100, &section), CDRPC_OK);
	memcpy(section.view, "hello", 6);
	ck_assert_int_eq(section_pull(&own.env, self, (uint32_t)(uintptr_t)section.handle, 100, 100, &pulled), CDRPC_OK);
	ck_assert_str_eq((const char *)pulled.view, "hello");
	section_done(&pulled);
	ck_assert_int_eq(section_push(&section, self, &value), CDRPC_OK);
	ck_assert_int_eq(section_accept(&own.env, value, 100, 100, &pulled), CDRPC_OK);
	ck_assert_str_eq((const char *)pulled.view, "hello");
	/* Somebody's who is not to be closed with it. */
	pulled.handle = NULL;
	section_done(&pulled);
	section_done(&pulled);
	section_take_back(self, value);
	section_done(&section);
	process_close(self);
	assert_same_totals(&before);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("win32_section");
	TCase *tcase = tcase_create("section");

	tcase_add_checked_fixture(tcase, start_helper, end_helper);
	tcase_add_test(tcase, a_pushed_section_is_accepted);
	tcase_add_test(tcase, a_pushed_handle_is_for_reading);
	tcase_add_test(tcase, a_pushed_section_is_taken_back);
	tcase_add_test(tcase, a_section_is_pulled);
	tcase_add_test(tcase, values_that_are_no_handles_are_refused);
	tcase_add_test(tcase, objects_that_are_no_committed_sections_are_refused);
	tcase_add_test(tcase, a_size_that_does_not_fit_is_refused);
	tcase_add_test(tcase, an_impossible_section_is_no_crash);
	tcase_add_test(tcase, within_one_process);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "orders", run_orders }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
