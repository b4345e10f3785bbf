#include "session/endpoint.h"

#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "base/list.h"
#include "base/pool.h"
#include "session/trace.h"

#define INLINE_MAX_DEFAULT      UINT32_C(65536)
#define INLINE_MAX_MOST         UINT32_C(262144)
#define RESIDENT_MAX_DEFAULT    (UINT32_C(8) << 20)
#define RESIDENT_FROM_DEFAULT   UINT32_C(4096)
#define BODY_MAX_DEFAULT        (UINT32_C(256) << 20)
/* A part of a process's addresses: 32-bit ones have 2 GiB. */
#define MAPPED_MAX_DEFAULT      (sizeof(void *) > 4 ? UINT32_C(1) << 30 : UINT32_C(1) << 29)

static uint32_t
chosen(uint32_t given, uint32_t otherwise, uint32_t most)
{
	if (given == 0)
		return otherwise;
	return given < most ? given : most;
}

static struct cdrpc_limits
limits_filled(const struct cdrpc_limits *given)
{
	static const struct cdrpc_limits defaults;
	struct cdrpc_limits limits;

	if (!given)
		given = &defaults;
	limits.inline_max = chosen(given->inline_max, INLINE_MAX_DEFAULT, INLINE_MAX_MOST);
	if (limits.inline_max < ENDPOINT_INLINE_LEAST)
		limits.inline_max = ENDPOINT_INLINE_LEAST;
	limits.body_max = chosen(given->body_max, BODY_MAX_DEFAULT, CDRPC_BODY_MAX);
	limits.decode_max = chosen(given->decode_max, UINT32_C(64) << 20, UINT32_MAX);
	limits.resident_max = given->resident_max == CDRPC_RESIDENT_NONE ? CDRPC_RESIDENT_NONE :
			      chosen(given->resident_max, RESIDENT_MAX_DEFAULT, CDRPC_RESIDENT_MOST);
	if (limits.resident_max < CDRPC_RESIDENT_LEAST)
		limits.resident_max = CDRPC_RESIDENT_LEAST;
	limits.resident_from = chosen(given->resident_from, RESIDENT_FROM_DEFAULT, UINT32_MAX);
	limits.sessions_max = chosen(given->sessions_max, 256, UINT32_MAX);
	limits.queue_max = chosen(given->queue_max, 64, UINT32_MAX);
	limits.queue_bytes_max = chosen(given->queue_bytes_max, UINT32_C(512) << 20, UINT32_MAX);
	limits.open_max = chosen(given->open_max, 1024, UINT32_MAX);
	limits.handshakes_max = chosen(given->handshakes_max, 4, UINT32_MAX);
	limits.nesting_max = chosen(given->nesting_max, ENDPOINT_NESTING_MAX, CDRPC_NESTING_MOST);
	limits.chunked_max = chosen(given->chunked_max, ENDPOINT_CHUNKED_MAX, UINT32_MAX);
	limits.mapped_max = chosen(given->mapped_max, MAPPED_MAX_DEFAULT, UINT32_MAX);
	limits.events_max = chosen(given->events_max, ENDPOINT_EVENTS_MAX, ENDPOINT_EVENTS_MAX);
	return limits;
}

cdrpc_status
endpoint_new(const struct endpoint_options *options, size_t size, struct endpoint **ret_endpoint)
{
	struct endpoint *endpoint;
	struct cdrpc_env env;
	cdrpc_status status;

	env_init(&env, options->env);
	endpoint = env_alloc(&env, size);
	if (!endpoint)
		return CDRPC_E_NOMEM;
	memset(endpoint, 0, size);
	atomic_u32_store(&endpoint->refs, 1);
	endpoint->env = env;
	endpoint->limits = limits_filled(options->limits);
	if (options->hooks)
		endpoint->hooks = *options->hooks;
	endpoint->up = options->up;
	endpoint->admits = (struct admission){ .policy = options->policy, .clients = options->admits_clients };
	endpoint->registry.env = &endpoint->env;
	lock_init(&endpoint->lock);
	status = pool_new(&endpoint->env, &endpoint->pool);
	if (status == CDRPC_OK && options->quota)
		endpoint->quota = quota_ref(options->quota);
	else if (status == CDRPC_OK)
		status = quota_new(&endpoint->env, &endpoint->quota);
	if (status != CDRPC_OK) {
		endpoint_unref(endpoint);
		return status;
	}
	*ret_endpoint = endpoint;
	return CDRPC_OK;
}

bool
endpoint_on_thread(const struct endpoint *endpoint)
{
	return atomic_u32_load(&endpoint->thread.id) == thread_own_id();
}

bool
endpoint_is_elsewhere(const struct endpoint *endpoint)
{
	uint32_t thread = atomic_u32_load(&endpoint->thread.id);

	return thread != 0 && thread != thread_own_id();
}

cdrpc_status
endpoint_wrong_thread(const struct endpoint *endpoint, const char *whose, const char *function)
{
	uint32_t thread = atomic_u32_load(&endpoint->thread.id);

	env_log(&endpoint->env, CDRPC_LOG_ERROR, thread ? "%s%s%s: called on thread %lu; the client or server belongs to thread %lu, which has "
							  "connected or started it" :
							  "%s%s%s: called on thread %lu; the client or server has no thread yet, or not any more",
		whose, whose[0] ? "." : "", function, (unsigned long)thread_own_id(), (unsigned long)thread);
	return CDRPC_E_WRONG_THREAD;
}

struct endpoint *
endpoint_ref(struct endpoint *endpoint)
{
	atomic_u32_add(&endpoint->refs, 1);
	return endpoint;
}

void
endpoint_unref(struct endpoint *endpoint)
{
	struct cdrpc_env env;

	if (atomic_u32_sub(&endpoint->refs, 1) != 1)
		return;
	env = endpoint->env;
	registry_done(&endpoint->registry);
	trace_file_close(endpoint->trace);
	if (endpoint->quota)
		quota_unref(endpoint->quota);
	pool_unref(endpoint->pool);
	lock_done(&endpoint->lock);
	env_free(&env, endpoint);
}

/* Of a thread that has ended the list is nobody's any more. */
static void
leave_thread(struct endpoint *endpoint)
{
	if (!endpoint->thread.shared)
		return;
	if (endpoint_on_thread(endpoint))
		LIST_REMOVE(struct endpoint, &endpoint->thread.shared->endpoints, endpoint, thread.next);
	thread_state_drop(endpoint->thread.shared);
	endpoint->thread.shared = NULL;
}

cdrpc_status
endpoint_open(struct endpoint *endpoint, const char *service, cdrpc_window host)
{
	struct port_options options = { 0 };
	cdrpc_status status;

	process_own_facts(&endpoint->own);
	endpoint->admits.lower = policy_admits_lower(&endpoint->admits.policy, &endpoint->own);
	options.env = &endpoint->env;
	options.service = service;
	options.admit_lower = endpoint->admits.lower;
	options.host = host;
	options.owner = endpoint;
	options.receive = endpoint->up->receive;
	options.bell = endpoint->up->bell;
	options.orphaned = endpoint_orphaned;
	endpoint->thread.shared = thread_state_take();
	status = endpoint->thread.shared ? port_new(&options, &endpoint->port) : CDRPC_E_NOMEM;
	if (status != CDRPC_OK) {
		leave_thread(endpoint);
		return status;
	}
	status = random_fill(&endpoint->chain.base, sizeof endpoint->chain.base);
	endpoint->window = port_window(endpoint->port);
	endpoint->trace = trace_file_open(&endpoint->env);
	endpoint->thread.next = endpoint->thread.shared->endpoints;
	endpoint->thread.shared->endpoints = endpoint;
	atomic_u32_store(&endpoint->thread.id, thread_own_id());
	return status;
}

void
endpoint_close(struct endpoint *endpoint)
{
	struct sender *sender;

	lock_take(&endpoint->lock);
	sender = endpoint->jobs.sender;
	endpoint->jobs.sender = NULL;
	endpoint->shut = true;
	lock_drop(&endpoint->lock);
	/* Those that other threads have dropped before they saw that. */
	endpoint_end_drops(endpoint);
	sender_free(sender);
	endpoint_send_unsent(endpoint);
	leave_thread(endpoint);
	atomic_u32_store(&endpoint->thread.id, 0);
	/* A callback of the bell may have freed the client: nothing is due any more. */
	endpoint->wake_us = 0;
	port_free(endpoint->port);
	endpoint->port = NULL;
}

void
endpoint_add_stats(const struct endpoint *endpoint, struct cdrpc_stats *stats)
{
	const struct endpoint_counters *counters = &endpoint->counters;
	uint32_t deepest = atomic_u32_load(&endpoint->counters.deepest);

	stats->calls += atomic_u64_load(&counters->calls);
	stats->refused_frames += atomic_u64_load(&counters->refused_frames);
	stats->refused_calls += atomic_u64_load(&counters->refused_calls);
	stats->replies_by_value += atomic_u64_load(&counters->replies[CDRPC_ROUTE_VALUE]);
	stats->replies_by_message += atomic_u64_load(&counters->replies[CDRPC_ROUTE_MESSAGE]);
	stats->replies_by_section += atomic_u64_load(&counters->replies[CDRPC_ROUTE_SECTION]);
	stats->replies_by_resident += atomic_u64_load(&counters->replies[CDRPC_ROUTE_RESIDENT]);
	stats->replies_by_chunks += atomic_u64_load(&counters->replies[CDRPC_ROUTE_CHUNKS]);
	stats->events += atomic_u64_load(&counters->events);
	stats->events_lost += atomic_u64_load(&counters->events_lost);
	stats->sessions += atomic_u32_load(&endpoint->sessions.count);
	if (deepest > stats->nesting)
		stats->nesting = deepest;
}

void
endpoint_ring(struct endpoint *endpoint)
{
	lock_take(&endpoint->lock);
	if (!endpoint->shut && endpoint->port) {
		port_ring(endpoint->port);
		event_set(port_event(endpoint->port));
	}
	lock_drop(&endpoint->lock);
}

void
endpoint_wake_at(struct endpoint *endpoint, uint64_t deadline_us)
{
	uint32_t rest_ms;

	if (endpoint->wake_us != 0 && endpoint->wake_us <= deadline_us)
		return;
	endpoint->wake_us = deadline_us;
	rest_ms = deadline_rest_ms(deadline_us);
	port_wake_in(endpoint->port, rest_ms ? rest_ms : 1);
}

void
endpoint_post_job(struct endpoint *endpoint, struct sender_job *job)
{
	static const struct send_outcome unanswered = { false, 0, 0 };
	bool shut;

	job->posted_us = clock_us();
	lock_take(&endpoint->lock);
	shut = endpoint->shut;
	if (!shut && !endpoint->jobs.sender && sender_new(&endpoint->env, endpoint->port, &endpoint->jobs.sender) != CDRPC_OK)
		endpoint->jobs.sender = NULL;
	if (endpoint->jobs.sender) {
		sender_post(endpoint->jobs.sender, job);
	} else if (!shut) {
		job->next = endpoint->jobs.unsent;
		endpoint->jobs.unsent = job;
		port_ring(endpoint->port);
		event_set(port_event(endpoint->port));
	}
	lock_drop(&endpoint->lock);
	if (shut)
		job->done(job, &unanswered);
}

bool
endpoint_send_unsent(struct endpoint *endpoint)
{
	struct send_outcome outcome;
	struct sender_job *job, *next;
	bool any;

	lock_take(&endpoint->lock);
	job = endpoint->jobs.unsent;
	endpoint->jobs.unsent = NULL;
	lock_drop(&endpoint->lock);
	any = job != NULL;
	for (; job; job = next) {
		next = job->next;
		outcome = (struct send_outcome){ false, 0, 0 };
		/* A message that is handled meanwhile may shut the endpoint. */
		if (!endpoint->shut && (!job->wanted || job->wanted(job)))
			port_send(endpoint->port, job->to, job->bytes, job->size, job->timeout_ms, &outcome);
		job->done(job, &outcome);
	}
	return any;
}
