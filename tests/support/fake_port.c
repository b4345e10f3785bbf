/* Ports, sends, waiting, the sender. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "fake_world.h"

cdrpc_status
port_new(const struct port_options *options, struct port **ret_port)
{
	struct port *port = env_alloc(options->env, sizeof *port);
	struct port **at;

	if (!port)
		return CDRPC_E_NOMEM;
	memset(port, 0, sizeof *port);
	port->env = *options->env;
	port->owner = options->owner;
	port->receive = options->receive;
	port->bell = options->bell;
	port->admit_lower = options->admit_lower;
	port->orphaned = options->orphaned;
	if (options->service)
		memcpy(port->service, options->service, strlen(options->service) + 1);
	port->thread = fake_world.current;
	port->window = fake_world.next_window += 2;
	port->event = fake_handle_new(CDRPC_HANDLE_EVENT);
	for (at = &fake_world.ports; *at; at = &(*at)->next)
		;
	*at = port;
	*ret_port = port;
	return CDRPC_OK;
}

void
port_free(struct port *port)
{
	struct port **at;
	struct cdrpc_env env;

	if (!port)
		return;
	assert(port->thread == fake_world.current || port->thread->ended);
	for (at = &fake_world.ports; *at != port; at = &(*at)->next)
		;
	*at = port->next;
	handle_close(port->event);
	env = port->env;
	env_free(&env, port);
}

window_id
port_window(const struct port *port)
{
	return port->window;
}

bool
port_on_thread(const struct port *port)
{
	return port->thread == fake_world.current;
}

bool
port_is_orphan(const struct port *port)
{
	return port->thread->ended;
}

cdrpc_handle
port_event(const struct port *port)
{
	return port->event;
}

bool
port_ring(struct port *port)
{
	if (fake_world.faults.ring && !port->armed)
		return false;
	port->armed = true;
	return true;
}

bool
port_ring_after(struct port *port)
{
	return port_ring(port);
}

void
port_wake_in(struct port *port, uint32_t timeout_ms)
{
	port->wake_period_us = (uint64_t)timeout_ms * 1000;
	port->wake_us = fake_world.now_us + port->wake_period_us;
	if (port->wake_period_us > fake_world.faults.timer_early_us)
		port->wake_us -= fake_world.faults.timer_early_us;
}

bool
port_ring_peer(window_id window)
{
	struct port *port = fake_world.faults.ring_peer ? NULL : fake_port_find(window);

	if (port)
		port->armed = true;
	return port != NULL;
}

struct port *
fake_port_find(window_id window)
{
	struct port *port = fake_world.ports;

	while (port && !(port->window == window && port->thread->home->alive && !port->thread->ended && !port->window_lost))
		port = port->next;
	return port;
}

void
fake_lose_window(window_id window)
{
	struct port *port = fake_port_find(window);

	assert(port);
	port->window_lost = true;
}

size_t
port_find(const struct port *finder, const char *service, window_id *ret_windows, size_t max)
{
	const struct port *port;
	size_t count = 0;

	(void)finder;
	fake_world.counts.searches += max > 1;
	for (port = fake_world.ports; port && count < max; port = port->next) {
		if ((service ? strcmp(port->service, service) == 0 : port->service[0]) && fake_port_find(port->window))
			ret_windows[count++] = port->window;
	}
	return count;
}

bool
window_service(window_id window, char ret_name[CDRPC_NAME_MAX + 1])
{
	const struct port *port = fake_port_find(window);

	if (port)
		strcpy(ret_name, port->service);
	return port != NULL;
}

uint32_t
window_thread(window_id window, uint32_t *ret_process_id)
{
	const struct port *port = fake_port_find(window);

	if (ret_process_id)
		*ret_process_id = port ? port->thread->home->id : 0;
	return port ? port->thread->id : 0;
}

bool
window_is_hung(window_id window)
{
	const struct port *port = fake_port_find(window);

	return port && port->thread->hung;
}

/* In memory of the exact size that is gone afterwards, so that a look past its end, or too late, shows. */
static uint32_t
deliver(struct port *port, const struct fake_send *send)
{
	struct fake_thread *thread = port->thread;
	struct fake_thread *before = fake_visit(thread);
	uint8_t *copy = NULL;
	uint32_t result;

	if (send->size) {
		copy = malloc(send->size);
		assert(copy);
		memcpy(copy, send->bytes, send->size);
	}
	result = port->receive(port->owner, send->from, copy, send->size);
	thread->received++;
	free(copy);
	fake_leave(before);
	return result;
}

static bool
is_kept_away(const struct fake_home *home, const struct port *target)
{
	uint32_t from = fake_rid(home), to = fake_rid(target->thread->home);

	return !target->admit_lower && from != 0 && from < to;
}

void
port_send(const struct port *port, window_id to, const void *bytes, size_t size, uint32_t timeout_ms,
	  struct send_outcome *ret_outcome)
{
	struct fake_send send = { port->window, to, bytes, size, timeout_ms };
	struct fake_home *home = fake_world.current->home;
	enum fake_fate fate = FAKE_DELIVER;
	uint64_t until = fake_world.now_us + (uint64_t)timeout_ms * 1000;
	struct send_outcome outcome = { false, 0, 0 };
	struct fake_thread *thread;
	struct port *target;

	if (fake_world.judge && home->alive)
		fate = fake_world.judge(fake_world.judge_self, &send);
	target = fake_port_find(to);
	if (!home->alive)
		goto out;
	outcome.os_error = FAKE_ERROR_NO_WINDOW;
	if (!target)
		goto out;
	outcome.os_error = FAKE_ERROR_ACCESS_DENIED;
	if (fate == FAKE_DENY || is_kept_away(home, target))
		goto out;
	/* The port may be gone after the delivery, its thread is not. */
	thread = target->thread;
	if (fate == FAKE_DROP || thread->hung) {
		if (thread->hung && fake_world.faults.hung_at_once && until > fake_world.now_us + FAKE_HUNG_US)
			until = fake_world.now_us + FAKE_HUNG_US;
		if (fake_world.now_us < until)
			fake_world.now_us = until;
	} else if (fate != FAKE_RAISE) {
		outcome.result = deliver(target, &send);
		if (fate == FAKE_LOSE && fake_world.now_us <= until)
			fake_world.now_us = until + 1;
	}
	outcome.answered = fate != FAKE_DROP && !thread->hung && thread->home->alive && home->alive &&
			   fake_world.now_us <= until;
	/* Wine reports a receiver's death so; elsewhere it is the timeout. */
	outcome.os_error = outcome.answered ? 0 : thread->home->alive ? FAKE_ERROR_TIMEOUT : FAKE_ERROR_ACCESS_DENIED;
	if (!outcome.answered)
		outcome.result = 0;
out:
	*ret_outcome = outcome;
}

/* Nobody is turned away here who counts as hung. */
void
port_send_to_hung(const struct port *port, window_id to, const void *bytes, size_t size, uint32_t timeout_ms,
		  struct send_outcome *ret_outcome)
{
	port_send(port, to, bytes, size, timeout_ms, ret_outcome);
}

static struct sender_job *
take_job(struct sender *sender)
{
	struct sender_job *job = sender->first;

	sender->first = job->next;
	return job;
}

static bool
step_sender(struct sender *sender)
{
	struct fake_thread *before;
	struct send_outcome outcome = { false, 0, 0 };
	struct sender_job *job;

	if (!sender->first || sender->thread->active || !sender->thread->home->alive)
		return false;
	job = take_job(sender);
	before = fake_visit(sender->thread);
	if (!job->wanted || job->wanted(job))
		port_send(sender->port, job->to, job->bytes, job->size, job->timeout_ms, &outcome);
	job->done(job, &outcome);
	fake_leave(before);
	return true;
}

static bool
step_bell(struct port *port)
{
	struct fake_thread *before;

	if (!port->armed || port->thread->active || port->thread->hung || !port->thread->home->alive)
		return false;
	port->armed = false;
	before = fake_visit(port->thread);
	if (!port->thread->ended)
		port->bell(port->owner);
	else if (!port->orphaned(port->owner))
		port->armed = true;
	fake_leave(before);
	return true;
}

bool
fake_step(void)
{
	struct sender *sender;
	struct port *port;

	for (sender = fake_world.senders; sender; sender = sender->next) {
		if (step_sender(sender))
			return true;
	}
	for (port = fake_world.ports; port; port = port->next) {
		if (port->wake_period_us && fake_world.now_us >= port->wake_us) {
			port->wake_us += port->wake_period_us;
			port->armed = true;
		}
		if (step_bell(port))
			return true;
	}
	return false;
}

static bool
take_event(const struct port *port)
{
	struct fake_object *event = fake_object_of(port->thread->home, (uint64_t)(uintptr_t)port->event);
	bool was = event && event->signalled;

	if (event)
		event->signalled = false;
	return was;
}

static bool
is_there(const struct port *port)
{
	const struct port *at = fake_world.ports;

	while (at && at != port)
		at = at->next;
	return at != NULL;
}

bool
port_await(struct port *port, struct process *peer, uint32_t timeout_ms)
{
	uint64_t until = fake_world.now_us + (uint64_t)timeout_ms * 1000;
	const struct fake_thread *thread = port->thread;
	uint64_t received = thread->received;

	if (fake_world.faults.wait)
		return false;
	/* What is handled meanwhile may free the port. */
	while (is_there(port) && thread->received == received && fake_world.now_us < until && (!peer || process_is_alive(peer))) {
		if (take_event(port))
			return true;
		if (!fake_step())
			fake_world.now_us = until;
	}
	return false;
}

/* The judge of a send may ring by itself. */
void
port_sending(struct port *port, bool begins)
{
	assert(begins || port->sending > 0);
	port->sending += begins ? 1 : -1;
}

bool
port_can_wait(const struct port *port)
{
	(void)port;
	return !fake_world.faults.wait;
}

/* What was sent to ports has been handled by then. */
void
port_look(struct port *port)
{
	(void)port;
	if (fake_world.look)
		fake_world.look();
}

void
port_wait(struct port *port, struct process *peer, uint32_t timeout_ms)
{
	port_await(port, peer, timeout_ms);
	port_look(port);
}

/* Ends as well when nothing is left that could make it go on. */
cdrpc_status
port_run(struct port *port)
{
	while (!port->quit) {
		if (port->armed) {
			port->armed = false;
			port->bell(port->owner);
		} else if (!fake_step()) {
			break;
		}
	}
	port->quit = false;
	return CDRPC_OK;
}

void
port_run_for(struct port *port, uint32_t timeout_ms)
{
	(void)timeout_ms;
	port_run(port);
}

void
port_quit(struct port *port)
{
	port->quit = true;
}

cdrpc_status
sender_new(const struct cdrpc_env *env, const struct port *port, struct sender **ret_sender)
{
	struct sender *sender = env_alloc(env, sizeof *sender);
	struct sender **at;

	if (!sender)
		return CDRPC_E_NOMEM;
	memset(sender, 0, sizeof *sender);
	sender->env = *env;
	sender->port = port;
	sender->thread = fake_thread_new(port->thread->home);
	for (at = &fake_world.senders; *at; at = &(*at)->next)
		;
	*at = sender;
	*ret_sender = sender;
	return CDRPC_OK;
}

void
sender_post(struct sender *sender, struct sender_job *job)
{
	struct sender_job **at = &sender->first;

	while (*at && (job->last || !(*at)->last))
		at = &(*at)->next;
	job->next = *at;
	*at = job;
}

void
sender_free(struct sender *sender)
{
	static const struct send_outcome unanswered = { false, 0, 0 };
	struct fake_thread *before;
	struct sender_job *job;
	struct sender **at;
	struct cdrpc_env env;

	if (!sender)
		return;
	before = fake_visit(sender->thread);
	while (sender->first) {
		job = take_job(sender);
		job->done(job, &unanswered);
	}
	fake_leave(before);
	for (at = &fake_world.senders; *at != sender; at = &(*at)->next)
		;
	*at = sender->next;
	env = sender->env;
	env_free(&env, sender);
}
