/* Attacks from inside a session of the library's own, whose shared memory is written to by somebody else. */
#include <string.h>

#include "hostile.h"
#include "session/client.h"
#include "session/resident.h"

static struct {
	SRWLOCK lock;           /* while there is a session */
	struct resident *resident;
	enum attack attack;
	volatile LONG stop;
} scribbling = { .lock = SRWLOCK_INIT };

static uint32_t
next_random(void)
{
	static uint32_t random = 99991;

	random = random * 1664525 + 1013904223;
	return random >> 4;
}

static void
scribble_at(uint8_t *at, uint32_t size)
{
	uint32_t value = next_random();

	memcpy(at + (next_random() % size & ~3u), &value, 4);
}

/* A word that is nearly right is worse than one that is not. */
static void
flip_at(uint8_t *at, uint32_t size)
{
	uint32_t value;

	at += next_random() % size & ~3u;
	memcpy(&value, at, 4);
	value ^= 1u << next_random() % 32;
	memcpy(at, &value, 4);
}

static void
scribble_once(void)
{
	const struct resident *resident = scribbling.resident;
	uint8_t *section = resident->out.view;
	uint8_t *ring = (uint8_t *)(uintptr_t)resident->ring_out.shared_head;

	if (scribbling.attack == ATTACK_RING) {
		/* Seldom, for a ring that has been found broken is not read again. */
		if (next_random() % 256)
			return;
		flip_at(ring + RING_HEADER_SIZE, resident->ring_out.head + 8 < 4096 ? resident->ring_out.head + 8 : 4096);
		if (next_random() % 64 == 0)
			flip_at(ring, 4);
		return;
	}
	/* Where each slot is, what is in the first ones, the words of both sides. */
	if (next_random() % 64 == 0)
		flip_at(section, ARENA_TABLE_SIZE);
	scribble_at(section + ARENA_TABLE_SIZE, 40000);
	if (next_random() % 64 == 0)
		flip_at(resident->control.view, sizeof(struct resident_control));
}

static DWORD WINAPI
scribble(void *unused)
{
	int i;

	(void)unused;
	while (!scribbling.stop) {
		AcquireSRWLockExclusive(&scribbling.lock);
		for (i = 0; scribbling.resident && i < 50; i++)
			scribble_once();
		ReleaseSRWLockExclusive(&scribbling.lock);
		SwitchToThread();
	}
	return 0;
}

static void
scribble_in(struct cdrpc_client *client)
{
	AcquireSRWLockExclusive(&scribbling.lock);
	scribbling.resident = client ? client->session->resident : NULL;
	ReleaseSRWLockExclusive(&scribbling.lock);
}

static cdrpc_status
look_at(struct cdrpc_client *client, uint32_t step)
{
	static struct look look;
	uint32_t sum;

	look_make(&look, step);
	return attacked_look(client, look.text, look.words, 20, look.items, 40, L"wide", &look.leaf,
			     (struct cdrpc_bytes){ look.data, sizeof look.data }, &sum);
}

/* Sessions of 20 calls; after one that does not end well it takes another. The first is left alone. */
static void
attack_arena(struct proc *starter, const char *name)
{
	struct cdrpc_client_options options = { .connect_timeout_ms = 5000, .call_timeout_ms = 5000 };
	struct cdrpc_client *client = NULL;
	uint32_t session, i;
	cdrpc_status status;

	for (session = 0; session < 30; session++) {
		proc_check(cdrpc_client_connect(name, &options, &client) == CDRPC_OK);
		cdrpc_client_set_timeout(client, session ? 300 : 0);
		scribble_in(session ? client : NULL);
		status = CDRPC_OK;
		for (i = 0; i < 20 && status != CDRPC_E_TIMEOUT && status != CDRPC_E_ABANDONED; i++) {
			status = look_at(client, i);
			starter->words[ATTACK_RUN] += status == CDRPC_OK;
		}
		scribble_in(NULL);
		cdrpc_client_free(client);
	}
}

/* The server listens to this one's events before it answers its first call. */
static void
attack_ring(struct proc *starter, const char *name)
{
	static const struct attacked_handlers none;
	static struct look look;
	struct cdrpc_client_options options = { .connect_timeout_ms = 5000, .call_timeout_ms = 5000 };
	struct cdrpc_server *own = NULL;
	struct cdrpc_client *client = NULL;
	uint32_t session, i;

	look_make(&look, 3);
	proc_check(cdrpc_server_new(NULL, NULL, &own) == CDRPC_OK && attacked_serve(own, &none, NULL) == CDRPC_OK &&
		   cdrpc_server_start(own) == CDRPC_OK);
	options.server = own;
	for (session = 0; session < 30; session++) {
		proc_check(cdrpc_client_connect(name, &options, &client) == CDRPC_OK);
		proc_check(look_at(client, 0) == CDRPC_OK);
		starter->words[ATTACK_RUN]++;
		/* The first is left alone: what is heard then is right. */
		scribble_in(session ? client : NULL);
		for (i = 0; i < 60; i++)
			proc_check(attacked_emit_ticked(own, NULL, look.leaf.text, look.items, 16, i) == CDRPC_OK);
		starter->words[ATTACK_RUN] += look_at(client, 0) == CDRPC_OK;
		scribble_in(NULL);
		cdrpc_client_free(client);
	}
	cdrpc_server_free(own);
}

int
attack_from_inside(struct proc *starter, const char *name, enum attack attack)
{
	struct cdrpc_client *client = NULL;
	HANDLE thread;

	if (attack == ATTACK_NOT) {
		proc_check(cdrpc_client_connect(name, NULL, &client) == CDRPC_OK);
		proc_check(look_at(client, 7) == CDRPC_OK);
		starter->words[ATTACK_RUN]++;
		cdrpc_client_free(client);
		return 0;
	}
	scribbling.attack = attack;
	thread = CreateThread(NULL, 0, scribble, NULL, 0, NULL);
	proc_check(thread != NULL);
	if (attack == ATTACK_ARENA)
		attack_arena(starter, name);
	else
		attack_ring(starter, name);
	scribbling.stop = 1;
	proc_await_handle(thread);
	return 0;
}
