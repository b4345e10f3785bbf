/* Handles as parameters, between two processes, pulled and pushed in each direction. */
#include <string.h>

#include "pass_client.h"

static struct pass pass;

static const uint32_t least[PASS_KINDS] = { 0x120089, 0x120116, 0x12019f, 0x120089, 0x120116, 0x5,
					    0x7,      0x100000, 0x2,      0x100000, 0x2,      0x101000 };

START_TEST(each_kind_there)
{
	struct pass_objects objects;
	HANDLE one[PASS_KINDS];
	uint32_t access[PASS_KINDS];
	struct pass_held before;
	int i, j;

	pass_open(&pass, _i);
	pass_objects_make(&objects);
	ck_assert_int_eq(pass_take_all(pass.client, objects.handles, access), CDRPC_OK);
	before = pass_count(&pass);
	ck_assert_int_eq(pass_take_all(pass.client, objects.handles, access), CDRPC_OK);
	ck_assert_mem_eq(access, least, sizeof least);
	for (i = 0; i < PASS_KINDS; i++) {
		memset(one, 0, sizeof one);
		one[i] = objects.handles[i];
		ck_assert_int_eq(pass_take_all(pass.client, one, access), CDRPC_OK);
		for (j = 0; j < PASS_KINDS; j++)
			ck_assert_uint_eq(access[j], j == i ? least[i] : 0);
	}
	pass_check(&pass, &before);
	pass_objects_close(&objects);
	pass_close(&pass);
}
END_TEST

START_TEST(each_kind_back)
{
	struct cdrpc_reply reply = { 0 };
	HANDLE got[PASS_KINDS];
	struct pass_held before;
	int i, j;

	pass_open(&pass, _i);
	ck_assert_int_eq(pass_give_all(pass.client, 0, got, &reply), CDRPC_OK);
	cdrpc_reply_free(&reply);
	before = pass_count(&pass);
	for (i = 0; i <= PASS_KINDS; i++) {
		ck_assert_int_eq(pass_give_all(pass.client, i == PASS_KINDS ? (1u << PASS_KINDS) - 1 : 1u << i, got, &reply), CDRPC_OK);
		for (j = 0; j < PASS_KINDS; j++)
			ck_assert_uint_eq(pass_access(got[j]), i == PASS_KINDS || j == i ? least[j] : 0);
	}
	/* One object under two handles, for this side to use. */
	ck_assert_uint_eq(WaitForSingleObject(got[7], 0), WAIT_TIMEOUT);
	ck_assert(SetEvent(got[8]));
	ck_assert_uint_eq(WaitForSingleObject(got[7], 0), WAIT_OBJECT_0);
	ck_assert(ReleaseSemaphore(got[10], 1, NULL));
	ck_assert_uint_eq(GetProcessId(got[11]), pass.server->process_id);
	ck_assert_uint_eq(WaitForSingleObject(got[11], 0), WAIT_TIMEOUT);
	cdrpc_reply_free(&reply);
	pass_check(&pass, &before);
	pass_close(&pass);
}
END_TEST

START_TEST(files_and_sections_are_used)
{
	static char bytes[10000], copy[sizeof bytes + 1];
	HANDLE from, to, from_section, to_section;
	uint32_t copied = 0, beyond = 9, i;
	DWORD count;
	char *view;

	for (i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 13 >> 2);
	pass_open(&pass, _i);
	from = pass_file();
	to = pass_file();
	ck_assert(WriteFile(from, bytes, sizeof bytes, &count, NULL));
	ck_assert_uint_eq(SetFilePointer(from, 0, NULL, FILE_BEGIN), 0);
	ck_assert_int_eq(pass_copy(pass.client, from, to, &copied, &beyond), CDRPC_OK);
	ck_assert_uint_eq(copied, sizeof bytes);
	ck_assert_uint_eq(beyond, 0);
	ck_assert_uint_eq(SetFilePointer(to, 0, NULL, FILE_BEGIN), 0);
	ck_assert(ReadFile(to, copy, sizeof copy, &count, NULL));
	ck_assert_uint_eq(count, sizeof bytes);
	ck_assert_mem_eq(copy, bytes, sizeof bytes);
	CloseHandle(from);
	CloseHandle(to);

	from_section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
	to_section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
	view = MapViewOfFile(from_section, FILE_MAP_WRITE, 0, 0, 4096);
	memcpy(view, bytes, 4096);
	UnmapViewOfFile(view);
	ck_assert_int_eq(pass_map(pass.client, from_section, to_section, &beyond), CDRPC_OK);
	ck_assert_uint_eq(beyond, 0);
	view = MapViewOfFile(to_section, FILE_MAP_READ, 0, 0, 4096);
	ck_assert_mem_eq(view, bytes, 4096);
	UnmapViewOfFile(view);
	CloseHandle(from_section);
	CloseHandle(to_section);
	pass_close(&pass);
}
END_TEST

START_TEST(events_are_set_across)
{
	HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
	struct cdrpc_reply reply = { 0 };
	HANDLE same = NULL;
	struct pass_held before;
	int i;

	pass_open(&pass, _i);
	before = pass_count(&pass);
	for (i = 0; i < 20; i++) {
		ck_assert_int_eq(pass_signal(pass.client, event), CDRPC_OK);
		ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
		ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
		/* Inside the message. */
		ck_assert_int_eq(pass_turn(pass.client, event, &same, &reply), CDRPC_OK);
		ck_assert_ptr_ne(same, event);
		ck_assert_uint_eq(pass_access(same), 0x100000);
	}
	cdrpc_reply_free(&reply);
	pass_check(&pass, &before);
	CloseHandle(event);
	pass_close(&pass);
}
END_TEST

static int
run_idle(struct proc *starter)
{
	proc_signal(starter);
	proc_await(starter);
	return 0;
}

START_TEST(the_end_of_a_process_is_seen)
{
	struct proc *watched = proc_start("idle");
	HANDLE ended = CreateEventW(NULL, FALSE, FALSE, NULL);
	uint32_t beyond = 9;

	pass_open(&pass, _i);
	proc_await(watched);
	ck_assert_int_eq(pass_watch(pass.client, watched->process, ended, &beyond), CDRPC_OK);
	ck_assert_uint_eq(beyond, 0);
	ck_assert_uint_eq(WaitForSingleObject(ended, 0), WAIT_TIMEOUT);
	proc_signal(watched);
	proc_await_handle(ended);
	ck_assert_int_eq(proc_finish(watched), 0);
	CloseHandle(ended);
	pass_close(&pass);
}
END_TEST

START_TEST(what_was_taken_stays)
{
	HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
	struct cdrpc_reply reply = { 0 };
	HANDLE got[PASS_KINDS];
	struct pass_held before;

	pass_open(&pass, _i);
	ck_assert_int_eq(pass_keep(pass.client, event), CDRPC_OK);
	ck_assert_int_eq(pass_use_kept(pass.client), CDRPC_OK);
	ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
	before = pass_count(&pass);
	ck_assert_int_eq(pass_keep(pass.client, event), CDRPC_OK);
	ck_assert_uint_eq(pass_count(&pass).servers, before.servers + 1);
	ck_assert_int_eq(pass_use_kept(pass.client), CDRPC_OK);
	ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_OBJECT_0);

	ck_assert_int_eq(pass_give_all(pass.client, 1 << 8 | 1 << 7, got, &reply), CDRPC_OK);
	ck_assert_ptr_eq(cdrpc_reply_take(&reply, got[8]), got[8]);
	ck_assert_ptr_null(cdrpc_reply_take(&reply, got[8]));
	ck_assert_ptr_null(cdrpc_reply_take(&reply, NULL));
	ck_assert_ptr_null(cdrpc_reply_take(&reply, event));
	cdrpc_reply_free(&reply);
	ck_assert_uint_eq(pass_access(got[7]), UINT32_MAX);
	ck_assert(SetEvent(got[8]));
	ck_assert(CloseHandle(got[8]));
	ck_assert_ptr_null(cdrpc_reply_take(&reply, got[8]));
	pass_check(&pass, &before);
	CloseHandle(event);
	pass_close(&pass);
}
END_TEST

/* Beside bodies that travel in each place. */
START_TEST(bodies_of_all_sizes_beside_them)
{
	static const uint32_t sizes[] = { 0, 100, 5000, 65500, 65536, 200000, 5 << 20 };
	static uint8_t data[5 << 20];
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes same;
	struct pass_held before;
	HANDLE back;
	size_t i;

	for (i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)(i * 31 >> 3);
	pass_open(&pass, _i);
	/* The first ones make what the session keeps. */
	ck_assert_int_eq(pass_exchange(pass.client, (struct cdrpc_bytes){ data, 100 }, event, &same, &back, &reply), CDRPC_OK);
	ck_assert_int_eq(pass_exchange(pass.client, (struct cdrpc_bytes){ data, sizeof data }, event, &same, &back, &reply),
			 CDRPC_OK);
	cdrpc_reply_free(&reply);
	before = pass_count(&pass);
	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		ck_assert_int_eq(pass_exchange(pass.client, (struct cdrpc_bytes){ data, sizes[i] }, event, &same, &back, &reply),
				 CDRPC_OK);
		ck_assert_uint_eq(same.size, sizes[i]);
		ck_assert(sizes[i] == 0 || memcmp(same.data, data, sizes[i]) == 0);
		ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
		ck_assert(SetEvent(back));
		ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
		ck_assert(ResetEvent(event));
	}
	cdrpc_reply_free(&reply);
	pass_check(&pass, &before);
	CloseHandle(event);
	pass_close(&pass);
}
END_TEST

START_TEST(where_neither_side_may_duplicate)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_reply reply = { 0 };
	HANDLE got[PASS_KINDS];
	struct pass_held before;

	pass_open(&pass, NEITHER_MAY);
	before = pass_count(&pass);
	ck_assert_int_eq(pass_signal(pass.client, event), CDRPC_E_NOT_AVAILABLE);
	ck_assert_int_eq(pass_give_all(pass.client, 1, got, &reply), CDRPC_E_HANDLER);
	ck_assert_int_eq(pass_give_all(pass.client, 0, got, &reply), CDRPC_OK);
	cdrpc_reply_free(&reply);
	pass_check(&pass, &before);
	CloseHandle(event);
	pass_close(&pass);
}
END_TEST

static Suite *
make_suite(void)
{
	const TTest *const tests[] = {
		each_kind_there,
		each_kind_back,
		files_and_sections_are_used,
		events_are_set_across,
		the_end_of_a_process_is_seen,
		what_was_taken_stays,
	};
	Suite *suite = suite_create("handles");
	TCase *tcase = tcase_create("relations");
	size_t i;

	for (i = 0; i < sizeof tests / sizeof tests[0]; i++)
		tcase_add_loop_test(tcase, tests[i], 0, WITH_ARENAS);
	tcase_add_loop_test(tcase, bodies_of_all_sizes_beside_them, 0, THAT_PASS);
	tcase_add_test(tcase, where_neither_side_may_duplicate);
	tcase_set_timeout(tcase, 0);
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = {
		{ "pass", pass_run }, { "pass-denied", pass_run_denied }, { "idle", run_idle }, { 0 },
	};

	return proc_main(argc, argv, roles, make_suite);
}
