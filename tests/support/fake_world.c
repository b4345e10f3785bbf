#include "fake_world.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fake_world fake_world;

void
fake_begin(void)
{
	fake_world = (struct fake_world){ .now_us = 1000000, .tick_us = 1, .random = 88172645463325252, .next_window = 0x10010 };
}

/* Every list here has its 'next' first. */
static uint32_t
length_of(const void *list)
{
	uint32_t length = 0;

	for (; list; list = *(const void *const *)list)
		length++;
	return length;
}

static size_t
say_left(char *to, size_t room, const char *what, uint32_t count)
{
	int length;

	if (count == 0)
		return 0;
	length = snprintf(to, room, "%u %s%s ", (unsigned)count, what, count == 1 ? "" : "s");
	return length < 0 || (size_t)length >= room ? 0 : (size_t)length;
}

const char *
fake_end(void)
{
	struct fake_home *home;
	struct fake_thread *thread;
	char *left = fake_world.left;
	size_t at = 0;

	at += say_left(left + at, sizeof fake_world.left - at, "port", length_of(fake_world.ports));
	at += say_left(left + at, sizeof fake_world.left - at, "sender", length_of(fake_world.senders));
	at += say_left(left + at, sizeof fake_world.left - at, "process", length_of(fake_world.processes));
	at += say_left(left + at, sizeof fake_world.left - at, "object", length_of(fake_world.objects));
	at += say_left(left + at, sizeof fake_world.left - at, "turn",
		       fake_world.turns[TURN_START].taken + fake_world.turns[TURN_SERVE].taken);
	for (home = fake_world.homes; home; home = home->next)
		at += say_left(left + at, sizeof fake_world.left - at, "view", (uint32_t)home->views);
	for (thread = fake_world.threads; thread; thread = thread->next)
		at += say_left(left + at, sizeof fake_world.left - at, "thread state", thread->state != NULL);
	if (at > 0)
		left[at - 1] = '\0';
	while ((home = fake_world.homes)) {
		fake_world.homes = home->next;
		while (home->handles)
			fake_handle_drop(home, home->handles->value);
		free(home);
	}
	while ((thread = fake_world.threads)) {
		fake_world.threads = thread->next;
		free(thread);
	}
	return left;
}

uint32_t
fake_process(void)
{
	struct fake_home *home = calloc(1, sizeof *home);

	assert(home);
	home->visible = (struct fake_process){ CDRPC_INTEGRITY_HIGH, true, true, true, 0 };
	home->id = ++fake_world.next_id;
	home->alive = true;
	home->next_value = 4;
	home->next = fake_world.homes;
	fake_world.homes = home;
	return fake_thread_new(home)->id;
}

struct fake_thread *
fake_thread_new(struct fake_home *home)
{
	struct fake_thread *thread = calloc(1, sizeof *thread);

	assert(thread);
	thread->home = home;
	thread->id = ++fake_world.next_id;
	thread->next = fake_world.threads;
	fake_world.threads = thread;
	return thread;
}

uint32_t
fake_thread(uint32_t sibling)
{
	return fake_thread_new(fake_thread_of(sibling)->home)->id;
}

struct fake_thread *
fake_thread_of(uint32_t id)
{
	struct fake_thread *thread = fake_world.threads;

	while (thread && thread->id != id)
		thread = thread->next;
	assert(thread);
	return thread;
}

struct fake_process *
fake_process_of(uint32_t thread)
{
	return &fake_thread_of(thread)->home->visible;
}

void
fake_enter(uint32_t thread)
{
	if (fake_world.current)
		fake_world.current->active--;
	fake_world.current = fake_thread_of(thread);
	fake_world.current->active++;
}

struct fake_thread *
fake_visit(struct fake_thread *thread)
{
	struct fake_thread *before = fake_world.current;

	fake_world.current = thread;
	thread->active++;
	return before;
}

void
fake_leave(struct fake_thread *before)
{
	fake_world.current->active--;
	fake_world.current = before;
}

void
fake_hang(uint32_t thread, bool hung)
{
	fake_thread_of(thread)->hung = hung;
}

void
fake_end_thread(uint32_t thread)
{
	fake_thread_of(thread)->ended = true;
}

void
fake_run(void)
{
	while (fake_step())
		;
}

void
fake_advance_us(uint64_t us)
{
	fake_world.now_us += us;
}

void
fake_sleep_us(uint64_t us)
{
	fake_world.slept_us += us;
}

void
fake_tick_us(uint64_t us)
{
	fake_world.tick_us = us;
}

void
fake_judge(enum fake_fate (*judge)(void *self, const struct fake_send *send), void *self)
{
	fake_world.judge = judge;
	fake_world.judge_self = self;
}

void
fake_looks(void (*look)(void))
{
	fake_world.look = look;
}

void
fake_trace(void (*write)(void *self, const char *line, size_t size), void *self)
{
	fake_world.trace = write;
	fake_world.trace_self = self;
}

struct fake_faults *
fake_faults(void)
{
	return &fake_world.faults;
}

const struct fake_counts *
fake_counts(void)
{
	return &fake_world.counts;
}

/* ---- the small things of system.h ---- */

uint64_t
clock_us(void)
{
	return fake_world.now_us + fake_world.slept_us;
}

uint64_t
awake_us(void)
{
	return fake_world.now_us / fake_world.tick_us * fake_world.tick_us;
}

struct thread_state *
thread_state_take(void)
{
	struct fake_thread *thread = fake_world.current;

	if (!thread->state)
		thread->state = calloc(1, sizeof *thread->state);
	return thread->state ? thread_state_hold(thread->state) : NULL;
}

void
thread_state_drop(struct thread_state *state)
{
	struct fake_thread *thread = fake_world.threads;

	if (atomic_u32_sub(&state->refs, 1) != 1)
		return;
	for (; thread; thread = thread->next) {
		if (thread->state == state)
			thread->state = NULL;
	}
	free(state);
}

void
thread_yield(void)
{
}

uint32_t
thread_own_id(void)
{
	return fake_world.current->id;
}

cdrpc_status
random_fill(void *ret_bytes, size_t size)
{
	uint8_t *to = (uint8_t *)ret_bytes;

	if (fake_world.faults.random)
		return CDRPC_E_OS;
	while (size-- > 0) {
		fake_world.random ^= fake_world.random << 13;
		fake_world.random ^= fake_world.random >> 7;
		fake_world.random ^= fake_world.random << 17;
		*to++ = (uint8_t)(fake_world.random >> 32);
	}
	return CDRPC_OK;
}

/* There is one real thread, so a lock that is taken when it is wanted will never be dropped. */
void
lock_init(struct lock *lock)
{
	lock->of.space[0] = 0;
}

void
lock_done(struct lock *lock)
{
	assert(lock->of.space[0] == 0);
	(void)lock;
}

void
lock_take(struct lock *lock)
{
	assert(lock->of.space[0] == 0);
	lock->of.space[0] = 1;
}

void
lock_drop(struct lock *lock)
{
	void (*run)(void) = fake_world.unlocked;

	assert(lock->of.space[0] == 1);
	lock->of.space[0] = 0;
	fake_world.unlocked = NULL;
	if (run)
		run();
}

void
fake_once_unlocked(void (*run)(void))
{
	fake_world.unlocked = run;
}
