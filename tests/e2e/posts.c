/* What threads have a server's thread do for them: functions that they post. */
#include <string.h>

#include "side.h"

enum { POSTERS = 8, POSTS = 2000, ALL = POSTERS * POSTS };

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

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("posts");
	TCase *posts = tcase_create("posts");

	tcase_add_loop_test(posts, posted_by_eight, 0, ENDS);
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
