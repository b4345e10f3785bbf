/* What threads have a server's thread do for them: functions that they post, and events that they emit. */
#include <string.h>

#include "side.h"

enum { POSTERS = 8, POSTS = 2000, ALL = POSTERS * POSTS, EVENTS = 60 };

/* ---- functions ---- */

enum end {
	ALL_RUN,                /* it is freed when they have */
	FREED_HERE,             /* by the server's thread, while others post */
	FREED_ELSEWHERE,        /* by one that posts */
	ENDS
};

static struct {
	enum end end;
	SRWLOCK lock;           /* 'server' is used with it, and set to NULL when it is freed: after that nobody may post */
	struct cdrpc_server *server;
	DWORD thread;
	uint32_t posted[POSTERS];
	uint32_t refused;       /* with anything but CLOSED */
	/* By the server's thread alone. */
	uint32_t told[POSTERS];
	uint32_t run;
	uint32_t closed;
	uint32_t wrong;         /* another thread's, out of turn, inside a sent message, after CLOSED, or with another status */
} world;

static struct side side;

/* 'arg' counts: POSTERS of one round after another. */
static void
be_told(void *arg, cdrpc_status status)
{
	uint32_t n = (uint32_t)(uintptr_t)arg, poster = n % POSTERS;

	world.wrong += GetCurrentThreadId() != world.thread || world.told[poster]++ != n / POSTERS;
	if (status == CDRPC_OK) {
		world.wrong += side_in_message() || world.closed > 0;
		world.run++;
	} else {
		world.wrong += status != CDRPC_E_CLOSED;
		world.closed++;
	}
}

static bool
post(uint32_t poster, uint32_t n)
{
	cdrpc_status status = CDRPC_E_CLOSED;

	AcquireSRWLockShared(&world.lock);
	if (world.server)
		status = cdrpc_server_post(world.server, be_told, (void *)(uintptr_t)(n * POSTERS + poster));
	ReleaseSRWLockShared(&world.lock);
	if (status == CDRPC_OK)
		world.posted[poster]++;
	else if (status != CDRPC_E_CLOSED)
		InterlockedIncrement((volatile LONG *)&world.refused);
	return status == CDRPC_OK;
}

static void
free_server(void)
{
	AcquireSRWLockExclusive(&world.lock);
	cdrpc_server_free(world.server);
	world.server = NULL;
	ReleaseSRWLockExclusive(&world.lock);
}

static DWORD WINAPI
post_all(void *self)
{
	uint32_t poster = (uint32_t)(uintptr_t)self, n;

	for (n = 0; n < POSTS && post(poster, n); n++) {
		if (world.end == FREED_ELSEWHERE && poster == 0 && n == POSTS / 2)
			free_server();
	}
	return 0;
}

static uint32_t
sum(const uint32_t *counts)
{
	uint32_t all = 0, i;

	for (i = 0; i < POSTERS; i++)
		all += counts[i];
	return all;
}

START_TEST(posted_by_eight)
{
	static const struct cdrpc_limits limits = { .queue_max = ALL };
	struct cdrpc_server_options options = { .limits = &limits };
	HANDLE threads[POSTERS];
	uint32_t i;

	memset(&world, 0, sizeof world);
	InitializeSRWLock(&world.lock);
	world.end = (enum end)_i;
	world.thread = GetCurrentThreadId();
	ck_assert_int_eq(side_new(&side, NULL, &options), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(side.server), CDRPC_OK);
	world.server = side.server;
	for (i = 0; i < POSTERS; i++) {
		threads[i] = CreateThread(NULL, 0, post_all, (void *)(uintptr_t)i, 0, NULL);
		ck_assert_ptr_nonnull(threads[i]);
	}
	if (world.end != FREED_ELSEWHERE)
		side_pump(&world.run, world.end == ALL_RUN ? ALL : POSTERS);
	if (world.end == FREED_HERE)
		free_server();
	for (i = 0; i < POSTERS; i++) {
		side_pump_handle(threads[i]);
		CloseHandle(threads[i]);
	}
	/* Of a free on another thread what is left is told by this one's loop. */
	while (world.run + world.closed < sum(world.posted))
		side_pump(&world.run, 0);
	if (world.end == ALL_RUN)
		free_server();
	ck_assert_uint_eq(world.run + world.closed, sum(world.posted));
	ck_assert_int_eq(memcmp(world.told, world.posted, sizeof world.told), 0);
	ck_assert_uint_eq(world.refused, 0);
	ck_assert_uint_eq(world.wrong, 0);
	if (world.end == ALL_RUN)
		ck_assert_uint_eq(world.run, ALL);
	DestroyWindow(side.window);
}
END_TEST

/* ---- events ---- */

static struct {
	uint32_t count;
	uint32_t wrong;
} heard;

static void
on_ticked(void *self, uint32_t n, struct cdrpc_bytes data)
{
	(void)self;
	heard.wrong += n != heard.count || data.size != n % 9 || memcmp(data.data, "progress", data.size) != 0;
	heard.count++;
}

static const struct duplex_events events = { .ticked = on_ticked };

static void
hear_of_work(struct cdrpc_client *client, bool alone)
{
	uint32_t emitted = 0;

	memset(&heard, 0, sizeof heard);
	ck_assert_int_eq(duplex_work(client, EVENTS, alone, &emitted), CDRPC_OK);
	ck_assert_uint_eq(emitted, EVENTS);
	side_pump(&heard.count, EVENTS);
	ck_assert_uint_eq(heard.count, EVENTS);
	ck_assert_uint_eq(heard.wrong, 0);
}

/* A worker's progress: to all or to the caller, of a server of one thread or of three; of that three clients are told, not all by one thread. */
START_TEST(emitted_by_a_worker)
{
	bool alone = _i & 1, several = _i & 2;
	char name[CDRPC_NAME_MAX + 1];
	struct proc *helper = proc_start("side");
	struct cdrpc_client *clients[3] = { NULL };
	uint32_t count = alone && several ? 3 : 1, process_id, threads[3], i;

	helper->words[SIDE_SESSIONS] = count;
	helper->words[SIDE_THREADS] = several ? 3 : 1;
	proc_signal(helper);
	proc_await(helper);
	side_name(name, GetCurrentProcessId());
	for (i = 0; i < count; i++) {
		ck_assert_int_eq(cdrpc_client_connect(name, NULL, &clients[i]), CDRPC_OK);
		ck_assert_int_eq(duplex_listen(clients[i], &events, NULL), CDRPC_OK);
		ck_assert_int_eq(duplex_where(clients[i], &process_id, &threads[i]), CDRPC_OK);
	}
	ck_assert(count == 1 || threads[0] != threads[1] || threads[0] != threads[2]);
	for (i = 0; i < count; i++)
		hear_of_work(clients[i], alone);
	for (i = 0; i < count; i++)
		cdrpc_client_free(clients[i]);
	ck_assert_int_eq(proc_finish(helper), 0);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("posts");
	TCase *posts = tcase_create("posts");

	tcase_add_loop_test(posts, posted_by_eight, 0, ENDS);
	tcase_add_loop_test(posts, emitted_by_a_worker, 0, 4);
	tcase_set_timeout(posts, 0);
	suite_add_tcase(suite, posts);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "side", side_run }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
