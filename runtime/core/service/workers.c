#include "service/workers.h"

#include <string.h>

#include "base/deadline.h"
#include "base/env.h"
#include "calls/mistakes.h"
#include "service/dispatch.h"
#include "service/stop.h"

static void
set_up(struct worker *worker, bool up)
{
	lock_take(&worker->workers->lock);
	worker->up = up;
	lock_drop(&worker->workers->lock);
}

static cdrpc_status
worker_prepare(void *self)
{
	struct worker *worker = (struct worker *)self;
	cdrpc_status status = endpoint_open(worker->endpoint, worker->service, NULL);

	if (status == CDRPC_OK)
		set_up(worker, true);
	return status;
}

static void
worker_run(void *self)
{
	struct worker *worker = (struct worker *)self;

	port_run(worker->endpoint->port);
	set_up(worker, false);
	mail_read(worker->endpoint);
	dispatch_shut(worker->endpoint);
}

cdrpc_status
workers_new(struct endpoint *first, uint32_t count, const char *service,
	    cdrpc_status (*make)(void *self, struct endpoint **ret_endpoint), void *self, struct workers **ret_workers)
{
	struct workers *workers = env_alloc(&first->env, sizeof *workers);
	cdrpc_status status = CDRPC_OK;
	struct worker *worker;

	if (!workers)
		return CDRPC_E_NOMEM;
	memset(workers, 0, sizeof *workers);
	workers->env = first->env;
	lock_init(&workers->lock);
	workers->each[0].workers = workers;
	workers->each[0].endpoint = first;
	workers->each[0].up = true;
	workers->count = 1;
	first->workers = workers;
	while (status == CDRPC_OK && workers->count < count) {
		worker = &workers->each[workers->count];
		worker->workers = workers;
		worker->service = service;
		status = make(self, &worker->endpoint);
		if (status != CDRPC_OK)
			break;
		worker->endpoint->workers = workers;
		/* Others look at as many as are counted, and the new one looks for itself. */
		lock_take(&workers->lock);
		workers->count++;
		lock_drop(&workers->lock);
		status = thread_start(&workers->env, worker_prepare, worker_run, worker, &worker->thread);
		if (status != CDRPC_OK)
			dispatch_shut(worker->endpoint);
	}
	if (status != CDRPC_OK) {
		workers_free(workers);
		return status;
	}
	*ret_workers = workers;
	return CDRPC_OK;
}

void
workers_stop(struct workers *workers, bool at_once)
{
	uint32_t i;

	lock_take(&workers->lock);
	for (i = 0; i < workers->count; i++)
		stop_begin(workers->each[i].endpoint, at_once);
	lock_drop(&workers->lock);
}

void
workers_await(struct workers *workers, uint64_t until_us)
{
	uint32_t i;

	for (i = 1; i < workers->count; i++)
		thread_await(workers->each[i].thread, deadline_rest_ms(until_us));
}

void
workers_free(struct workers *workers)
{
	struct cdrpc_env env;
	uint32_t i;

	if (!workers)
		return;
	workers_stop(workers, true);
	for (i = 1; i < workers->count; i++) {
		thread_join(workers->each[i].thread);
		workers->each[i].endpoint->workers = NULL;
		mistake_in_freeing(workers->each[i].endpoint, "cdrpc_server_free");
		endpoint_unref(workers->each[i].endpoint);
	}
	set_up(&workers->each[0], false);
	mail_read(workers->each[0].endpoint);
	workers->each[0].endpoint->workers = NULL;
	lock_done(&workers->lock);
	env = workers->env;
	env_free(&env, workers);
}

struct endpoint *
workers_own(struct workers *workers)
{
	struct endpoint *own = NULL;
	uint32_t i;

	lock_take(&workers->lock);
	for (i = 0; i < workers->count && !own; i++) {
		if (endpoint_on_thread(workers->each[i].endpoint))
			own = workers->each[i].endpoint;
	}
	lock_drop(&workers->lock);
	return own;
}
