#include "pass_client.h"

#include "client.h"
#include "leaks.h"

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

void
pass_start(struct pass *pass, int relation)
{
	pass->server = proc_start(relations[relation].role);
	proc_await(pass->server);
}

cdrpc_status
pass_connect(DWORD starter, int relation, struct cdrpc_client **ret_client)
{
	struct cdrpc_client_options options = { .timeout_ms = 20000 };
	struct endpoint_hooks hooks = { .self = (void *)(uintptr_t)&relations[relation], .may_duplicate = may_duplicate };
	char name[CDRPC_NAME_MAX + 1];

	if (!relations[relation].arenas)
		options.limits.resident_max = CDRPC_RESIDENT_NONE;
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

void
pass_check_soon(struct pass *pass, const struct pass_held *before)
{
	ULONGLONG end = GetTickCount64() + PROC_PATIENCE_MS;
	struct pass_held now = pass_count(pass);

	while (!held_equal(&now, before) && GetTickCount64() < end)
		now = pass_count(pass);
	assert_equal(&now, before);
}
