/* Processes as others hold them. */
#include <assert.h>
#include <string.h>

#include "base/env.h"
#include "fake_world.h"

uint32_t
fake_rid(const struct fake_home *home)
{
	return (uint32_t)home->visible.integrity * 0x1000 + home->visible.above;
}

cdrpc_status
process_open(const struct cdrpc_env *env, window_id window, struct process **ret_process)
{
	const struct port *port = fake_port_find(window);
	struct process *process;
	struct fake_home *home;

	if (!port)
		return CDRPC_E_PEER_GONE;
	process = env_alloc(env, sizeof *process);
	if (!process)
		return CDRPC_E_NOMEM;
	memset(process, 0, sizeof *process);
	home = port->thread->home;
	process->env = *env;
	process->home = home;
	process->holder = fake_world.current->home;
	process->window = window;
	process->facts.process_id = home->id;
	process->facts.thread_id = port->thread->id;
	process->facts.session_id = 1;
	process->facts.same_user = home->visible.same_user;
	process->facts.integrity = home->visible.integrity;
	process->facts.integrity_rid = fake_rid(home);
	process->next = fake_world.processes;
	fake_world.processes = process;
	*ret_process = process;
	return CDRPC_OK;
}

void
process_close(struct process *process)
{
	struct process **at;
	struct cdrpc_env env;

	if (!process)
		return;
	for (at = &fake_world.processes; *at != process; at = &(*at)->next)
		;
	*at = process->next;
	env = process->env;
	env_free(&env, process);
}

const struct cdrpc_peer_facts *
process_facts(const struct process *process)
{
	return &process->facts;
}

void
process_own_facts(struct cdrpc_peer_facts *ret_facts)
{
	const struct fake_thread *thread = fake_world.current;

	memset(ret_facts, 0, sizeof *ret_facts);
	ret_facts->process_id = thread->home->id;
	ret_facts->thread_id = thread->id;
	ret_facts->integrity = thread->home->visible.integrity;
	ret_facts->integrity_rid = fake_rid(thread->home);
}

bool
process_is_alive(const struct process *process)
{
	if (process->home->visible.may_be_waited_for)
		return process->home->alive;
	return fake_port_find(process->window) != NULL;
}

bool
process_ends_within(const struct process *process, uint32_t timeout_ms)
{
	if (process_is_alive(process) && process->home->visible.may_be_waited_for)
		fake_world.now_us += (uint64_t)timeout_ms * 1000;
	return !process_is_alive(process);
}

bool
process_owns(const struct process *process, window_id window)
{
	const struct port *port = fake_port_find(window);

	return port && port->thread->home == process->home;
}

bool
process_may_duplicate(const struct process *process)
{
	return process->home->visible.may_be_duplicated;
}

cdrpc_status
process_watch(struct process *process, void (*ended)(void *owner), void *owner)
{
	if (process->ended)
		return CDRPC_E_STATE;
	if (!process->home->visible.may_be_waited_for)
		return CDRPC_E_NOT_AVAILABLE;
	if (fake_world.faults.watch)
		return CDRPC_E_OS;
	process->ended = ended;
	process->ended_owner = owner;
	return CDRPC_OK;
}

void
process_let_come(uint32_t process_id)
{
	fake_world.counts.let_come++;
	fake_world.counts.last_let = process_id;
}

void
process_unwatch(struct process *process)
{
	process->ended = NULL;
}

void
fake_kill(uint32_t thread)
{
	struct fake_home *home = fake_thread_of(thread)->home;
	struct fake_thread *before;
	struct process *process;
	void (*ended)(void *owner);

	assert(home->alive);
	home->alive = false;
	while (home->handles)
		fake_handle_drop(home, home->handles->value);
	for (process = fake_world.processes; process; process = process->next) {
		if (process->home != home || !process->ended || !process->holder->alive)
			continue;
		ended = process->ended;
		process->ended = NULL;
		before = fake_visit(fake_thread_new(process->holder));
		ended(process->ended_owner);
		fake_leave(before);
	}
}

void
log_to_file(enum cdrpc_log_level level, const char *line)
{
	(void)level;
	(void)line;
}

void
log_to_debugger(const char *line)
{
	(void)line;
}

/* It has no state of its own: one for all. */
struct trace_file *
trace_file_open(const struct cdrpc_env *env)
{
	(void)env;
	return fake_world.trace ? (struct trace_file *)(void *)&fake_world : NULL;
}

void
trace_file_write(struct trace_file *file, const char *line, size_t size)
{
	(void)file;
	if (fake_world.trace)
		fake_world.trace(fake_world.trace_self, line, size);
}

void
trace_file_close(struct trace_file *file)
{
	(void)file;
}

/* Whose turn it is, can be told; else it is that of whoever asks, for its process goes on alone until it has dropped it. */
cdrpc_status
turn_take(const struct cdrpc_env *env, enum turn_kind kind, const char *service, uint32_t timeout_ms, struct turn **ret_turn)
{
	struct fake_turns *turns = &fake_world.turns[kind];

	(void)env;
	(void)service;
	if (turns->holder == 0) {
		turns->taken++;
		*ret_turn = (struct turn *)(void *)turns;
		return CDRPC_OK;
	}
	fake_world.now_us += (uint64_t)timeout_ms * 1000;
	if (turns->waited)
		turns->waited(turns->self);
	return CDRPC_E_TIMEOUT;
}

void
turn_drop(struct turn *turn)
{
	if (turn)
		((struct fake_turns *)(void *)turn)->taken--;
}

size_t
turn_find(const struct port *port, enum turn_kind kind, const char *service, window_id *ret_windows, size_t max)
{
	(void)port;
	(void)service;
	if (fake_world.turns[kind].holder == 0 || max == 0)
		return 0;
	ret_windows[0] = fake_world.turns[kind].holder;
	return 1;
}

struct fake_turns *
fake_turns(enum turn_kind kind)
{
	return &fake_world.turns[kind];
}

/* Nothing can be started here: that is tried under Wine, with real programs. */
cdrpc_status
start_program(const struct cdrpc_env *env, const char *service, const cdrpc_wchar *image, const cdrpc_wchar *arguments,
	      struct program **ret_program)
{
	cdrpc_status status = fake_world.starts.status;

	(void)env;
	(void)service;
	(void)image;
	(void)arguments;
	fake_world.starts.count++;
	fake_world.starts.last_us = fake_world.now_us;
	/* Of a program there is nothing but how it fares. */
	*ret_program = (struct program *)(void *)&fake_world.starts;
	if (status == CDRPC_E_PEER_GONE || status == CDRPC_E_PEER_DIED || status == CDRPC_E_TIMEOUT)
		return CDRPC_OK;
	return status != CDRPC_OK ? status : CDRPC_E_OS;
}

cdrpc_status
start_program_await(struct program *program, uint32_t timeout_ms)
{
	(void)program;
	if (fake_world.starts.status == CDRPC_E_TIMEOUT) {
		fake_world.now_us += (uint64_t)timeout_ms * 1000;
		if (fake_world.starts.waited)
			fake_world.starts.waited(fake_world.starts.self);
	}
	return fake_world.starts.status;
}

void
start_program_leave(struct program *program)
{
	(void)program;
}

bool
start_is_under_way(const struct cdrpc_env *env, const struct cdrpc_peer_facts *own, const char *service)
{
	(void)env;
	(void)own;
	(void)service;
	return fake_world.starts.under_way && fake_world.starts.under_way(fake_world.starts.self);
}

struct start_ready
start_take_ready(void)
{
	return (struct start_ready){ NULL, NULL };
}

void
start_say_ready(struct start_ready *ready)
{
	(void)ready;
}

void
start_give_up(struct start_ready *ready)
{
	(void)ready;
}

struct fake_starts *
fake_starts(void)
{
	return &fake_world.starts;
}

/* One real thread is all there is. */
cdrpc_status
thread_start(const struct cdrpc_env *env, cdrpc_status (*prepare)(void *self), void (*run)(void *self), void *self,
	     struct thread **ret_thread)
{
	(void)env;
	(void)prepare;
	(void)run;
	(void)self;
	(void)ret_thread;
	return CDRPC_E_OS;
}

/* On a thread of the system's, which the owner's process has. */
bool
thread_run_elsewhere(void (*run)(void *self), void *self)
{
	struct fake_thread *before = fake_visit(fake_thread_new(fake_world.current->home));

	run(self);
	fake_leave(before);
	return true;
}

void
thread_join(struct thread *thread)
{
	(void)thread;
}

void
thread_await(struct thread *thread, uint32_t timeout_ms)
{
	(void)thread;
	(void)timeout_ms;
}

/* Nobody logs off here. */
cdrpc_status
logoff_new(const struct cdrpc_env *env, void (*ends)(void *self), void *self, struct logoff **ret_logoff)
{
	(void)env;
	(void)ends;
	(void)self;
	(void)ret_logoff;
	return CDRPC_E_OS;
}

void
logoff_free(struct logoff *logoff)
{
	(void)logoff;
}
