#include "leaks.h"
#include "pass_client.h"
#include "service/server.h"
#include "session/client.h"

#include <string.h>


static const struct relation {
	const char *role;
	bool client_may;
	bool arenas;
} relations[] = {
	{ "pass", true, true },
	{ "pass-denied", true, true },
	{ "pass", false, true },
	{ "pass", true, false },
	{ "pass-denied", true, false },
	{ "pass", false, false },
	{ "pass-denied", false, true },
};

static bool
may_duplicate(void *self, bool system_says)
{
	const struct relation *relation = self;

	return system_says && relation->client_may;
}

bool pass_pushes_fail;

static bool
push_fails(void *self)
{
	(void)self;
	return pass_pushes_fail;
}

void
pass_start(struct pass *pass, int relation)
{
	pass->server = proc_start(relations[relation].role);
	proc_await(pass->server);
}

cdrpc_status
pass_connect(DWORD starter, int relation, struct cdrpc_client **ret_client)
{
	static const struct cdrpc_limits no_arenas = { .resident_max = CDRPC_RESIDENT_NONE };
	struct cdrpc_client_options options = { .connect_timeout_ms = 20000, .call_timeout_ms = 20000 };
	struct endpoint_hooks hooks = { .self = (void *)(uintptr_t)&relations[relation],
					.may_duplicate = may_duplicate, .push_fails = push_fails };
	char name[CDRPC_NAME_MAX + 1];

	if (!relations[relation].arenas)
		options.limits = &no_arenas;
	pass_name(name, starter);
	return client_connect(name, &options, &hooks, ret_client);
}

void
pass_open(struct pass *pass, int relation)
{
	pass_start(pass, relation);
	ck_assert_int_eq(pass_connect(GetCurrentProcessId(), relation, &pass->client), CDRPC_OK);
}

void
pass_close(struct pass *pass)
{
	ck_assert_int_eq(pass_quit(pass->client), CDRPC_OK);
	cdrpc_client_free(pass->client);
	ck_assert_int_eq(proc_finish(pass->server), 0);
}

cdrpc_status
pass_take_all(struct cdrpc_client *client, const HANDLE h[PASS_KINDS], uint32_t ret_access[PASS_KINDS])
{
	return pass_take(client, h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[8], h[9], h[10], h[11], ret_access);
}

cdrpc_status
pass_give_all(struct cdrpc_client *client, uint32_t which, HANDLE ret_h[PASS_KINDS], struct cdrpc_reply *reply)
{
	return pass_give(client, which, &ret_h[0], &ret_h[1], &ret_h[2], &ret_h[3], &ret_h[4], &ret_h[5], &ret_h[6], &ret_h[7],
			 &ret_h[8], &ret_h[9], &ret_h[10], &ret_h[11], reply);
}

/* The server has freed a call by the time it answers the next. */
struct pass_held
pass_count(struct pass *pass)
{
	static const HANDLE none[PASS_KINDS];
	uint32_t access[PASS_KINDS];
	struct leaks own, servers;

	ck_assert_int_eq(pass_take_all(pass->client, none, access), CDRPC_OK);
	leaks_count(GetCurrentProcess(), &own);
	leaks_count(pass->server->process, &servers);
	return (struct pass_held){ own.handles, own.views, servers.handles, servers.views };
}

static bool
held_equal(const struct pass_held *a, const struct pass_held *b)
{
	return a->own == b->own && a->own_views == b->own_views && a->servers == b->servers &&
	       a->servers_views == b->servers_views;
}

static void
assert_equal(const struct pass_held *now, const struct pass_held *before)
{
	ck_assert_uint_eq(now->own, before->own);
	ck_assert_uint_eq(now->own_views, before->own_views);
	ck_assert_uint_eq(now->servers, before->servers);
	ck_assert_uint_eq(now->servers_views, before->servers_views);
}

void
pass_check(struct pass *pass, const struct pass_held *before)
{
	struct pass_held now = pass_count(pass);

	assert_equal(&now, before);
}

static struct pass_held
count_until(struct pass *pass, const struct pass_held *wanted)
{
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;
	struct pass_held now = pass_count(pass);

	while (!held_equal(&now, wanted) && GetTickCount64() < end)
		now = pass_count(pass);
	return now;
}

bool
pass_holds_soon(struct pass *pass, const struct pass_held *wanted)
{
	struct pass_held now = count_until(pass, wanted);

	return held_equal(&now, wanted);
}

void
pass_check_soon(struct pass *pass, const struct pass_held *before)
{
	struct pass_held now = count_until(pass, before);

	assert_equal(&now, before);
}

void
pass_make_sender(struct pass *pass)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;
	struct cdrpc_pending *pending = NULL;
	bool cancelled = false;

	ck_assert_int_eq(pass_hold_begin(pass->client, event, &pending), CDRPC_OK);
	/* Answered after the handler of the call before it has run: a call that only waits to be handled would vanish. */
	ck_assert_int_eq(pass_is_cancelled(pass->client, &cancelled), CDRPC_OK);
	ck_assert(!cancelled);
	cdrpc_pending_cancel(pending);
	ck_assert_int_eq(pass_hold_finish(pending), CDRPC_E_CANCELLED);
	/* Only now has the thread all that it needs. */
	while (!cancelled && GetTickCount64() < end)
		ck_assert_int_eq(pass_is_cancelled(pass->client, &cancelled), CDRPC_OK);
	ck_assert(cancelled);
	ck_assert_int_eq(pass_let_go(pass->client), CDRPC_OK);
	CloseHandle(event);
}

struct cdrpc_bytes
pass_data(void)
{
	static uint8_t data[PASS_LARGE];
	size_t i;

	for (i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)(i * 31 >> 3);
	return (struct cdrpc_bytes){ data, sizeof data };
}

static bool
data_is_right(struct cdrpc_bytes data)
{
	return data.size == PASS_LARGE && memcmp(data.data, pass_data().data, PASS_LARGE) == 0;
}

cdrpc_status
pass_try_exchange(struct cdrpc_client *client, uint32_t timeout_ms)
{
	HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes same = { 0 };
	HANDLE back = NULL;
	cdrpc_status status;

	cdrpc_client_set_timeout(client, timeout_ms);
	status = pass_exchange(client, pass_data(), event, &same, &back, &reply);
	cdrpc_client_set_timeout(client, 0);
	if (status == CDRPC_OK &&
	    (!data_is_right(same) || !SetEvent(back) || WaitForSingleObject(event, 0) != WAIT_OBJECT_0))
		status = CDRPC_E_DECODE;
	cdrpc_reply_free(&reply);
	CloseHandle(event);
	return status;
}

cdrpc_status
pass_try_echo(struct cdrpc_client *client)
{
	struct cdrpc_reply reply = { 0 };
	struct cdrpc_bytes same = { 0 };
	cdrpc_status status = pass_echo(client, pass_data(), &same, &reply);

	if (status == CDRPC_OK && !data_is_right(same))
		status = CDRPC_E_DECODE;
	cdrpc_reply_free(&reply);
	return status;
}
