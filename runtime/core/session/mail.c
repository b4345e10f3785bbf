#include "session/mail.h"

#include "base/deadline.h"
#include "session/endpoint.h"

#define PATIENCE_US     UINT64_C(50000) /* for a worker to come for a HELLO that another has got */
#define TICK_US         UINT64_C(1000)

static struct worker *
worker_of(const struct endpoint *endpoint)
{
	uint32_t i;

	for (i = 0; endpoint->workers && i < endpoint->workers->count; i++) {
		if (endpoint->workers->each[i].endpoint == endpoint)
			return &endpoint->workers->each[i];
	}
	return NULL;
}

/* Under the lock: the mail stays if the bell cannot be rung, and is read with the next. */
static void
leave(struct worker *worker, struct mail *mail)
{
	mail->next = worker->mail;
	worker->mail = mail;
	port_ring(worker->endpoint->port);
}

/* Whether its timer and its bell are answered soon: not while it runs a handler, or waits in a call of its own. */
static bool
looks(const struct endpoint *own)
{
	return !own->thread.shared->current && own->thread.shared->waiting == 0;
}

static struct worker *
least_loaded(struct workers *workers, const struct endpoint *own)
{
	struct worker *least = NULL;
	uint32_t i;

	for (i = 0; i < workers->count; i++) {
		struct worker *each = &workers->each[i];

		if (!each->up || (each->endpoint == own ? !looks(own) : each->absent))
			continue;
		if (!least || atomic_u32_load(&each->sessions) < atomic_u32_load(&least->sessions))
			least = each;
	}
	return least;
}

bool
mail_pass_on(struct endpoint *own, struct mail *mail)
{
	struct workers *workers = own->workers;
	struct worker *least;
	uint64_t anyones_us;
	uint32_t i;

	if (!workers)
		return false;
	anyones_us = awake_us() + (looks(own) ? PATIENCE_US : 0);
	mail->anyones_us = anyones_us;
	lock_take(&workers->lock);
	least = least_loaded(workers, own);
	if (least && least->endpoint == own)
		least = NULL;
	if (least) {
		/* Counted at once, so that many that come together are spread. */
		atomic_u32_add(&least->sessions, 1);
		atomic_u32_add(&workers->passed_on, 1);
		leave(least, mail);
		/* It may be busy as well, where this one cannot look after it. */
		for (i = 0; !looks(own) && i < workers->count; i++) {
			if (workers->each[i].up && workers->each[i].endpoint != own)
				port_ring(workers->each[i].endpoint->port);
		}
	}
	lock_drop(&workers->lock);
	/* By now it may have been read, and freed. */
	if (least && looks(own))
		endpoint_wake_at(own, anyones_us);
	return least != NULL;
}

void
mail_tell_others(struct endpoint *own, struct mail *(*copy)(void *self), void *self)
{
	struct workers *workers = own->workers;
	struct mail *mail;
	uint32_t i;

	if (!workers)
		return;
	lock_take(&workers->lock);
	for (i = 0; i < workers->count; i++) {
		if (!workers->each[i].up || workers->each[i].endpoint == own)
			continue;
		mail = copy(self);
		if (mail)
			leave(&workers->each[i], mail);
	}
	lock_drop(&workers->lock);
}

/* Under the lock: moves the mail that may be read on 'worker's behalf from *from to *to, and says whether there was any. */
static bool
take_mail(struct workers *workers, struct mail **from, bool own, uint64_t now, struct mail **to)
{
	struct mail *mail;
	bool any = false;

	while ((mail = *from) != NULL) {
		if (!own && (mail->anyones_us == 0 || now < mail->anyones_us)) {
			from = &mail->next;
			continue;
		}
		if (mail->anyones_us)
			atomic_u32_sub(&workers->passed_on, 1);
		any = true;
		*from = mail->next;
		mail->next = *to;
		*to = mail;
	}
	return any;
}

/* Under the lock. What was passed on to those who are busy, when they have had their time. 'but': whose is not looked at; may be NULL. */
static void
take_from_others(struct workers *workers, const struct worker *but, uint64_t now, struct mail **to)
{
	struct worker *each;
	uint32_t i;

	for (i = 0; i < workers->count; i++) {
		each = &workers->each[i];
		if (each == but || !take_mail(workers, &each->mail, false, now, to))
			continue;
		/* Its session is not its own now; and it is passed over until it has looked. */
		atomic_u32_store(&each->sessions, atomic_u32_load(&each->endpoint->sessions.count));
		each->absent = true;
	}
}

static void
read_all(struct endpoint *endpoint, struct mail *first)
{
	struct mail *next;

	for (; first; first = next) {
		next = first->next;
		first->read(endpoint, first);
	}
}

void
mail_read(struct endpoint *endpoint)
{
	struct worker *worker = worker_of(endpoint);
	/* The timer that brings us here is set to that very moment. */
	uint64_t now = awake_us() + TICK_US;
	struct mail *first = NULL;

	if (!worker)
		return;
	lock_take(&worker->workers->lock);
	worker->absent = false;
	/* What was left first comes first. */
	take_mail(worker->workers, &worker->mail, true, now, &first);
	if (worker->up && atomic_u32_load(&worker->workers->passed_on))
		take_from_others(worker->workers, worker, now, &first);
	atomic_u32_store(&worker->sessions, atomic_u32_load(&endpoint->sessions.count));
	lock_drop(&worker->workers->lock);
	read_all(endpoint, first);
}

/* That of a service of several threads. */
static struct worker *
worker_with_mail(const struct thread_state *shared)
{
	struct endpoint *endpoint;

	for (endpoint = shared->endpoints; endpoint; endpoint = endpoint->thread.next) {
		if (endpoint->workers && atomic_u32_load(&endpoint->workers->passed_on))
			return worker_of(endpoint);
	}
	return NULL;
}

uint32_t
mail_read_left(const struct thread_state *shared, uint32_t wait_ms)
{
	struct worker *worker = worker_with_mail(shared);
	struct mail *first = NULL;

	if (!worker)
		return wait_ms;
	/* Threads that run calls come first: whoever is answered here has its calls wait for what this thread waits for. */
	lock_take(&worker->workers->lock);
	if (worker->up)
		take_from_others(worker->workers, NULL, awake_us() - PATIENCE_US, &first);
	lock_drop(&worker->workers->lock);
	read_all(worker->endpoint, first);
	return wait_ms < PATIENCE_US / 1000 ? wait_ms : (uint32_t)(PATIENCE_US / 1000);
}
