#include "service/reconnect.h"

#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "calls/pending.h"
#include "connect/handshake.h"
#include "events/events.h"
#include "service/stop.h"
#include "session/endpoint.h"
#include "session/registry.h"

#define TRY_MS          250     /* for which one try keeps the thread, as cdrpc.h says */
#define PAUSE_FIRST_MS  64      /* after a try in vain; doubled after each */

struct reconnect {
	struct reconnect *next;         /* the endpoint's list */
	struct cdrpc_client *client;
	void (*disconnected)(void *session_self, struct cdrpc_client *client, cdrpc_status why);
	void (*reconnected)(void *session_self, struct cdrpc_client *client);
	void *session_self;
	uint32_t pause_most_ms;         /* 0: no other session is opened */
	struct cdrpc_policy policy;
	struct start start;             /* copies */
	bool lost;                      /* the session has ended, and there is no other yet */
	bool trying;                    /* one is being opened, on the stack */
	bool forgotten;                 /* meanwhile */
	bool end_untold;
	bool start_untold;              /* of client->session */
	cdrpc_status why;               /* of the end that is to be told */
	uint32_t pause_ms;
	uint64_t due_us;                /* of the next try */
	uint64_t since_us;              /* that there is this session, or none */
	uint64_t turn_since_us;         /* see start_try() */
	char service[CDRPC_NAME_MAX + 1];
};

static void
reconnect_free(struct cdrpc_env env, struct reconnect *reconnect)
{
	env_free(&env, (void *)(uintptr_t)reconnect->start.image);
	env_free(&env, (void *)(uintptr_t)reconnect->start.arguments);
	env_free(&env, reconnect);
}

/* NULL is copied as it is. */
static cdrpc_status
copy_text(const struct cdrpc_env *env, const cdrpc_wchar *text, const cdrpc_wchar **ret_copy)
{
	cdrpc_wchar *copy;
	size_t length = 0;

	if (!text)
		return CDRPC_OK;
	while (text[length])
		length++;
	copy = env_alloc(env, (length + 1) * sizeof *copy);
	if (!copy)
		return CDRPC_E_NOMEM;
	memcpy(copy, text, (length + 1) * sizeof *copy);
	*ret_copy = copy;
	return CDRPC_OK;
}

/* The end of its process is told at once where we may wait for that; else, and where its thread alone has ended, its window is looked at. */
static void
watch(struct session *session)
{
	session_watch(session);
	endpoint_wake_at(session->endpoint, awake_us() + COMPLETION_LOOK_US);
}

cdrpc_status
reconnect_new(struct cdrpc_client *client, const char *service, const struct cdrpc_client_options *options)
{
	struct endpoint *endpoint = client->endpoint;
	struct reconnect *reconnect;
	cdrpc_status status;

	if (options->reconnect_starts && (!options->reconnect_ms || !options->start_image))
		env_log(&endpoint->env, CDRPC_LOG_ERROR, "options.reconnect_starts: nothing is started again without %s",
			options->reconnect_ms ? "start_image" : "reconnect_ms");
	if (!options->disconnected && !options->reconnect_ms)
		return CDRPC_OK;
	reconnect = env_alloc(&endpoint->env, sizeof *reconnect);
	if (!reconnect)
		return CDRPC_E_NOMEM;
	memset(reconnect, 0, sizeof *reconnect);
	reconnect->client = client;
	reconnect->disconnected = options->disconnected;
	reconnect->reconnected = options->reconnected;
	reconnect->session_self = options->session_self;
	reconnect->pause_most_ms = options->reconnect_ms;
	if (options->policy)
		reconnect->policy = *options->policy;
	reconnect->since_us = awake_us();
	memcpy(reconnect->service, service, strlen(service) + 1);
	status = CDRPC_OK;
	if (options->reconnect_starts)
		status = copy_text(&endpoint->env, options->start_image, &reconnect->start.image);
	if (status == CDRPC_OK && options->reconnect_starts)
		status = copy_text(&endpoint->env, options->start_arguments, &reconnect->start.arguments);
	if (status != CDRPC_OK) {
		reconnect_free(endpoint->env, reconnect);
		return status;
	}
	client->reconnect = reconnect;
	reconnect->next = endpoint->service->reconnects;
	endpoint->service->reconnects = reconnect;
	watch(client->session);
	/* It may have ended before it was watched. */
	port_ring(endpoint->port);
	return CDRPC_OK;
}

void
reconnect_forget(struct cdrpc_client *client)
{
	struct reconnect *reconnect = client->reconnect, **at = &client->endpoint->service->reconnects;

	if (!reconnect)
		return;
	client->reconnect = NULL;
	while (*at != reconnect)
		at = &(*at)->next;
	*at = reconnect->next;
	reconnect->forgotten = true;
	if (!reconnect->trying)
		reconnect_free(client->endpoint->env, reconnect);
}

bool
reconnect_watches(const struct session *session)
{
	return session->opener && session->opener->reconnect;
}

static void
lengthen(struct reconnect *reconnect)
{
	reconnect->pause_ms = reconnect->pause_ms ? reconnect->pause_ms * 2 : PAUSE_FIRST_MS;
	if (reconnect->pause_ms > reconnect->pause_most_ms)
		reconnect->pause_ms = reconnect->pause_most_ms;
}

/* Sees that the session has ended, once. */
static void
notice(struct reconnect *reconnect)
{
	const struct session *session = reconnect->client->session;
	uint64_t now = awake_us();

	if (reconnect->lost || session_state(session) != SESSION_ENDED)
		return;
	reconnect->lost = true;
	if (reconnect->start_untold) {
		/* To the application there was no such session. */
		reconnect->start_untold = false;
	} else {
		reconnect->end_untold = true;
		reconnect->why = session->end_status;
	}
	if (now - reconnect->since_us >= (uint64_t)reconnect->pause_most_ms * 1000)
		reconnect->pause_ms = 0;
	reconnect->since_us = now;
	reconnect->turn_since_us = 0;
	reconnect->due_us = now + (uint64_t)reconnect->pause_ms * 1000;
	if (reconnect->pause_most_ms && session->endpoint->port)
		endpoint_wake_at(session->endpoint, reconnect->due_us);
}

static bool
is_due(const struct reconnect *reconnect)
{
	return reconnect->lost && !reconnect->trying && reconnect->pause_most_ms && awake_us() >= reconnect->due_us;
}

/* The new session is the client's, with what it listens to. */
static void
adopt(struct reconnect *reconnect, struct session *session)
{
	struct cdrpc_client *client = reconnect->client;
	struct session *old = client->session;

	old->opener = NULL;
	session->opener = client;
	client->session = session_ref(session);
	client->why_known = false;
	reconnect->lost = false;
	reconnect->start_untold = true;
	reconnect->since_us = awake_us();
	/* A server that ends as soon as it is there, or ends the session, is neither asked nor started without pauses. */
	lengthen(reconnect);
	watch(session);
	session_unref(old);
	/* Also where a call has opened it, or it has ended already. */
	port_ring(session->endpoint->port);
}

static void
put_off(struct reconnect *reconnect)
{
	struct endpoint *endpoint = reconnect->client->endpoint;

	lengthen(reconnect);
	reconnect->due_us = awake_us() + (uint64_t)reconnect->pause_ms * 1000;
	if (endpoint->port)
		endpoint_wake_at(endpoint, reconnect->due_us);
}

/* Sent messages are handled meanwhile, so that the client may be freed. */
static cdrpc_status
open_another(struct reconnect *reconnect, struct cdrpc_client *client, struct session **ret_session)
{
	struct endpoint *endpoint = client->endpoint;
	struct thread_state *shared = thread_state_hold(endpoint->thread.shared);
	uint64_t until_us = deadline_in(TRY_MS);
	struct session *session = NULL;
	cdrpc_status status;

	shared->waiting++;
	status = start_try(endpoint, reconnect->service, &reconnect->policy, &reconnect->start, &reconnect->turn_since_us, TRY_MS,
			   &session);
	if (status == CDRPC_OK) {
		session_ref(session);
		/* They have no listeners before all have been subscribed. */
		session->events->held = true;
		if (!reconnect->forgotten)
			status = subscribe_anew(client, session, until_us);
		/* The client, or the server that it works through, was freed meanwhile. */
		if (reconnect->forgotten || !endpoint->port)
			status = CDRPC_E_CLOSED;
		if (status == CDRPC_OK) {
			*ret_session = session;
		} else {
			stop_session(session);
			session_unref(session);
		}
	}
	shared->waiting--;
	thread_state_drop(shared);
	return status;
}

static cdrpc_status
try_once(struct reconnect *reconnect)
{
	struct cdrpc_client *client = client_ref(reconnect->client);
	struct endpoint *endpoint = endpoint_ref(client->endpoint);
	struct session *session = NULL;
	cdrpc_status status;

	reconnect->trying = true;
	status = open_another(reconnect, client, &session);
	reconnect->trying = false;
	if (reconnect->forgotten) {
		reconnect_free(endpoint->env, reconnect);
		status = CDRPC_E_CLOSED;
	} else if (status == CDRPC_OK) {
		adopt(reconnect, session);
	} else {
		put_off(reconnect);
	}
	if (session)
		session_unref(session);
	client_unref(client);
	endpoint_unref(endpoint);
	return status;
}

cdrpc_status
reconnect_for_call(struct cdrpc_client *client)
{
	struct endpoint *endpoint = client->endpoint;
	cdrpc_status why = client->session->end_status, status;
	bool known = client->why_known;

	client->why_known = true;
	if (!client->reconnect || !endpoint->port)
		return why;
	notice(client->reconnect);
	/* Whoever calls has to hear of the end before what comes after it. Inside of a message somebody may wait for us. */
	if (!known || !is_due(client->reconnect) || endpoint->thread.shared->nesting > 0)
		return why;
	status = try_once(client->reconnect);
	return status == CDRPC_OK || status == CDRPC_E_CLOSED ? status : why;
}

static struct reconnect *
next_untold(const struct endpoint *endpoint)
{
	struct reconnect *reconnect = endpoint->service->reconnects;

	for (; reconnect; reconnect = reconnect->next) {
		notice(reconnect);
		if (reconnect->end_untold || reconnect->start_untold)
			return reconnect;
	}
	return NULL;
}

static void
tell_end(struct reconnect *reconnect, struct cdrpc_client *client)
{
	reconnect->end_untold = false;
	if (!reconnect->start_untold)
		client->why_known = true;
	if (reconnect->disconnected && !atomic_bool_load(&client->freed))
		reconnect->disconnected(reconnect->session_self, client, reconnect->why);
}

static void
tell_start(struct reconnect *reconnect, struct cdrpc_client *client)
{
	struct session *session = session_ref(client->session);

	reconnect->start_untold = false;
	if (reconnect->reconnected && !atomic_bool_load(&client->freed))
		reconnect->reconnected(reconnect->session_self, client);
	session->events->held = false;
	if (session->endpoint->port)
		port_ring(session->endpoint->port);
	session_unref(session);
}

/* From the start again after each, for a callback may do anything. */
static void
tell_of_end(const struct endpoint *endpoint)
{
	struct reconnect *reconnect;
	struct cdrpc_client *client;

	while (endpoint->port && (reconnect = next_untold(endpoint)) != NULL) {
		client = client_ref(reconnect->client);
		if (reconnect->end_untold)
			tell_end(reconnect, client);
		else
			tell_start(reconnect, client);
		client_unref(client);
	}
}

static struct reconnect *
next_due(const struct endpoint *endpoint)
{
	struct reconnect *reconnect = endpoint->service->reconnects;

	while (reconnect && !is_due(reconnect))
		reconnect = reconnect->next;
	return reconnect;
}

void
reconnect_run(struct endpoint *endpoint)
{
	struct reconnect *reconnect;

	tell_of_end(endpoint);
	reconnect = endpoint->port ? next_due(endpoint) : NULL;
	if (!reconnect)
		return;
	try_once(reconnect);
	tell_of_end(endpoint);
	/* What else the thread has to do comes between. */
	if (endpoint->port && next_due(endpoint))
		port_ring(endpoint->port);
}

uint64_t
reconnect_due(const struct endpoint *endpoint)
{
	const struct reconnect *reconnect;
	uint64_t due = UINT64_MAX;

	for (reconnect = endpoint->service->reconnects; reconnect; reconnect = reconnect->next) {
		if (reconnect->lost && !reconnect->trying && reconnect->pause_most_ms && reconnect->due_us < due)
			due = reconnect->due_us;
	}
	return due;
}
