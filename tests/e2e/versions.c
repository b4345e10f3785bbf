/*
 * A program, both its ends, that was compiled with an older cdrpc.h than the library, or a newer one: vary.py makes them. What stands
 * behind each struct is no part of it: garbage that nobody may look at, and nobody may write to.
 */
#include <stdio.h>
#include <string.h>

#include "echo.h"
#include "proc.h"

#define GARBAGE 0xa5
/* What an application may have behind a struct of its own. */
#define GUARDED(type)                                                                                                          \
	struct {                                                                                                               \
		struct type own;                                                                                               \
		unsigned char behind[CDRPC_STRUCT_MAX];                                                                        \
	}
#define GUARD(guarded) memset(&(guarded), GARBAGE, sizeof(guarded))
#define GUARD_ZERO(guarded)                                                                                                    \
	do {                                                                                                                   \
		GUARD(guarded);                                                                                                \
		memset(&(guarded).own, 0, sizeof(guarded).own);                                                                \
	} while (0)
#define UNTOUCHED(guarded) untouched((guarded).behind, sizeof(guarded).behind)

/* Of a newer program's struct that the library fills: what it does not know is 0. */
#ifdef VARIED_NEWER
#define ADDED_IS_ZERO(given) (!(given).added && !(given).added_too)
#else
#define ADDED_IS_ZERO(given) true
#endif

static bool
untouched(const unsigned char *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size && bytes[i] == GARBAGE; i++)
		;
	return i == size;
}

/* ---- the server ---- */

static GUARDED(cdrpc_server_options) server_options;
static GUARDED(cdrpc_client_options) client_options;
static GUARDED(cdrpc_env) env;
static GUARDED(cdrpc_limits) limits;
static GUARDED(cdrpc_policy) policy;

static struct cdrpc_server *server;
static char name[CDRPC_NAME_MAX + 1];
static uint32_t authorised;
static char last_line[512];

#ifndef VARIED_OLDER
static bool
authorise(void *self, const struct cdrpc_peer_facts *facts)
{
	authorised += self == &authorised && facts->process_id != 0 && facts->image && ADDED_IS_ZERO(*facts);
	return true;
}

static void
note_line(void *self, enum cdrpc_log_level level, const char *line)
{
	(void)self;
	(void)level;
	snprintf(last_line, sizeof last_line, "%s", line);
}
#endif

static void
set_options(void)
{
	GUARD_ZERO(server_options);
	GUARD_ZERO(client_options);
	GUARD_ZERO(env);
	GUARD_ZERO(limits);
	GUARD_ZERO(policy);
	limits.own.resident_max = CDRPC_RESIDENT_NONE;
	policy.own.same_user = true;
#ifndef VARIED_OLDER
	env.own.log = note_line;
	policy.own.authorise = authorise;
	policy.own.authorise_self = &authorised;
#endif
	server_options.own.env = client_options.own.env = &env.own;
	server_options.own.limits = client_options.own.limits = &limits.own;
	server_options.own.policy = client_options.own.policy = &policy.own;
	authorised = 0;
	last_line[0] = '\0';
}

static cdrpc_status
on_add(struct cdrpc_call *call, void *self, uint32_t a, uint32_t b)
{
	(void)self;
	return echo_add_reply(call, a + b);
}

static cdrpc_status
on_who(struct cdrpc_call *call, void *self)
{
	GUARDED(cdrpc_peer_facts) facts;

	(void)self;
	GUARD(facts);
	cdrpc_peer_get_facts(cdrpc_call_peer(call), &facts.own);
	proc_check(UNTOUCHED(facts) && ADDED_IS_ZERO(facts.own) && facts.own.process_id != 0);
	GUARD(facts);
	cdrpc_call_peer_facts(call, &facts.own);
	proc_check(UNTOUCHED(facts));
	proc_check(ADDED_IS_ZERO(facts.own));
	return echo_who_reply(call, facts.own.process_id, facts.own.thread_id, facts.own.same_user, (uint32_t)facts.own.integrity);
}

static void
on_note(struct cdrpc_call *call, void *self, uint32_t value)
{
	(void)call;
	(void)self;
	(void)value;
	cdrpc_server_stop(server);
}

static int
serve(struct proc *starter)
{
	static const struct echo_handlers handlers = { .add = on_add, .who = on_who, .note = on_note };
	GUARDED(cdrpc_stats) stats;

	snprintf(name, sizeof name, "test.versions.%lu", (unsigned long)starter->process_id);
	set_options();
	proc_check(cdrpc_server_new(name, &server_options.own, &server) == CDRPC_OK);
	proc_check(echo_serve(server, &handlers, NULL) == CDRPC_OK && cdrpc_server_start(server) == CDRPC_OK);
	proc_signal(starter);
	proc_check(cdrpc_server_run(server) == CDRPC_OK);
	GUARD(stats);
	cdrpc_server_get_stats(server, &stats.own);
	proc_check(UNTOUCHED(stats));
	/* Without arenas a reply with outputs is a message. */
	proc_check(stats.own.calls == 3 && stats.own.replies_by_message == 2 && ADDED_IS_ZERO(stats.own));
	starter->words[0] = authorised;
	proc_signal(starter);
	cdrpc_server_free(server);
	return 0;
}

/* ---- the client ---- */

static uint32_t traces;

static void
trace(void *self, const struct cdrpc_call_trace *call)
{
	traces += self == &traces && strcmp(call->interface_name, "test.echo.Echo") == 0 && call->request_route == CDRPC_ROUTE_MESSAGE &&
		  ADDED_IS_ZERO(*call);
}

static void
check_facts_of_the_client(struct cdrpc_client *client, DWORD process_id)
{
	GUARDED(cdrpc_peer_facts) facts;

	GUARD(facts);
	ck_assert_int_eq(cdrpc_client_peer_facts(client, &facts.own), CDRPC_OK);
	ck_assert(UNTOUCHED(facts) && ADDED_IS_ZERO(facts.own));
	ck_assert_uint_eq(facts.own.process_id, process_id);
}

/* An exclusive one of the name, which is in use. */
static void
check_facts_of_the_holder(DWORD process_id)
{
	GUARDED(cdrpc_peer_facts) facts;
	struct cdrpc_server *second = NULL;

	server_options.own.exclusive = true;
	ck_assert_int_eq(cdrpc_server_new(name, &server_options.own, &second), CDRPC_OK);
	ck_assert_int_eq(cdrpc_server_start(second), CDRPC_E_NAME_IN_USE);
	GUARD(facts);
	ck_assert(cdrpc_server_holder(second, &facts.own));
	ck_assert(UNTOUCHED(facts) && ADDED_IS_ZERO(facts.own));
	ck_assert_uint_eq(facts.own.process_id, process_id);
	cdrpc_server_free(second);
}

START_TEST(all_of_it_works)
{
	GUARDED(cdrpc_stats) stats;
	struct proc *helper = proc_start("serve");
	struct cdrpc_client *client = NULL;
	uint32_t sum = 0, process_id = 0, thread_id, integrity;
	bool same_user = false;

	proc_await(helper);
	snprintf(name, sizeof name, "test.versions.%lu", (unsigned long)GetCurrentProcessId());
	set_options();
	client_options.own.trace = trace;
	client_options.own.trace_self = &traces;
	traces = 0;
	ck_assert_int_eq(cdrpc_client_connect(name, &client_options.own, &client), CDRPC_OK);
	ck_assert_int_eq(echo_add(client, 40, 2, &sum), CDRPC_OK);
	ck_assert_uint_eq(sum, 42);
	ck_assert_int_eq(echo_who(client, &process_id, &thread_id, &same_user, &integrity), CDRPC_OK);
	ck_assert_uint_eq(process_id, GetCurrentProcessId());
	ck_assert(same_user);
	check_facts_of_the_client(client, helper->process_id);
	check_facts_of_the_holder(helper->process_id);
	GUARD(stats);
	cdrpc_client_get_stats(client, &stats.own);
	ck_assert(UNTOUCHED(stats));
	ck_assert_uint_eq(stats.own.calls, 0);
	ck_assert(ADDED_IS_ZERO(stats.own));
	ck_assert_int_eq(echo_note(client, 1), CDRPC_OK);
	ck_assert_uint_eq(traces, 3);
	cdrpc_client_free(client);
	proc_await(helper);
#ifndef VARIED_OLDER
	ck_assert_uint_eq(authorised, 1);
	/* The client, and who asked for the name. */
	ck_assert_uint_eq(helper->words[0], 2);
#endif
	ck_assert_int_eq(proc_finish(helper), 0);
	ck_assert_str_eq(last_line, "");
}
END_TEST

#ifdef VARIED_NEWER
/* An option that this library does not have would be without effect, and nobody would know. */
START_TEST(what_the_library_lacks_is_refused)
{
	static const char *const names[] = { "cdrpc_server_options", "cdrpc_client_options", "cdrpc_env", "cdrpc_limits", "cdrpc_policy" };
	const size_t sizes[] = { sizeof server_options.own, sizeof client_options.own, sizeof env.own, sizeof limits.own, sizeof policy.own };
	const size_t added = 2 * sizeof(void *);
	struct cdrpc_server *none = NULL;
	struct cdrpc_client *nobody = NULL;
	char line[200];
	int one = 1;

	set_options();
	*(_i == 0 ? &server_options.own.added : _i == 1 ? &client_options.own.added : _i == 2 ? &env.own.added :
	  _i == 3 ? &limits.own.added : &policy.own.added) = (void *)(uintptr_t)one;
	snprintf(line, sizeof line, "struct %s of %u bytes is of a newer cdrpc.h: the byte at %u is set, and this library, %s, knows %u",
		 names[_i], (unsigned int)sizes[_i], (unsigned int)(sizes[_i] - added), cdrpc_version(), (unsigned int)(sizes[_i] - added));
	if (_i != 1) {
		ck_assert_int_eq(cdrpc_server_new("test.versions", &server_options.own, &none), CDRPC_E_ARGUMENT);
		ck_assert_str_eq(last_line, line);
	}
	last_line[0] = '\0';
	if (_i != 0) {
		ck_assert_int_eq(cdrpc_client_connect("test.versions", &client_options.own, &nobody), CDRPC_E_ARGUMENT);
		ck_assert_str_eq(last_line, line);
	}
	ck_assert_ptr_null(none);
	ck_assert_ptr_null(nobody);
}
END_TEST
#endif

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("versions");
	TCase *tcase = tcase_create("varied");

	tcase_add_test(tcase, all_of_it_works);
#ifdef VARIED_NEWER
	tcase_add_loop_test(tcase, what_the_library_lacks_is_refused, 0, 5);
#endif
	suite_add_tcase(suite, tcase);
	return suite;
}

int
main(int argc, char **argv)
{
	static const struct proc_role roles[] = { { "serve", serve }, { 0 } };

	return proc_main(argc, argv, roles, make_suite);
}
