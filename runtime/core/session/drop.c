/* Ending what another thread has freed, and the references that keep a client until then. */
#include "base/env.h"
#include "session/client.h"
#include "session/endpoint.h"

void
endpoint_end_drops(struct endpoint *endpoint)
{
	struct drop *drop, *next;

	if (!atomic_pointer_load(&endpoint->drops))
		return;
	endpoint_ref(endpoint);
	lock_take(&endpoint->lock);
	drop = (struct drop *)atomic_pointer_load(&endpoint->drops);
	atomic_pointer_store(&endpoint->drops, NULL);
	lock_drop(&endpoint->lock);
	for (; drop; drop = next) {
		next = drop->next;
		drop->end(drop);
	}
	endpoint_unref(endpoint);
}

static void
end_orphans(void *self)
{
	struct endpoint *endpoint = (struct endpoint *)self;

	endpoint_end_drops(endpoint);
	endpoint_unref(endpoint);
}

bool
endpoint_orphaned(void *owner)
{
	struct endpoint *endpoint = (struct endpoint *)owner;
	bool run;

	if (!atomic_pointer_load(&endpoint->drops))
		return true;
	endpoint_ref(endpoint);
	run = thread_run_elsewhere(end_orphans, endpoint);
	if (!run)
		endpoint_unref(endpoint);
	return run;
}

void
endpoint_end_drops_here(const struct endpoint *endpoint)
{
	struct thread_state *shared = endpoint_on_thread(endpoint) ? endpoint->thread.shared : NULL;
	struct endpoint *each;

	/* What is on the stack of an outer wait is its to end. */
	if (!shared || shared->waits)
		return;
	thread_state_hold(shared);
	each = shared->endpoints;
	while (each) {
		if (atomic_pointer_load(&each->drops)) {
			endpoint_end_drops(each);
			/* From the start again: it may be gone, and others with it. */
			each = shared->endpoints;
		} else {
			each = each->thread.next;
		}
	}
	thread_state_drop(shared);
}

/* Under the endpoint's lock. */
static void
put_dropped(struct endpoint *endpoint, struct drop *drop)
{
	drop->next = (struct drop *)atomic_pointer_load(&endpoint->drops);
	atomic_pointer_store(&endpoint->drops, drop);
	/* In this order: a thread that ends just now is seen by whoever asks afterwards, or by endpoint_orphaned(). */
	port_ring(endpoint->port);
}

void
endpoint_drop_later(struct endpoint *endpoint, struct drop *drop)
{
	lock_take(&endpoint->lock);
	put_dropped(endpoint, drop);
	lock_drop(&endpoint->lock);
}

void
endpoint_drop(struct endpoint *endpoint, struct drop *drop)
{
	bool theirs = false, orphan = false;

	if (!endpoint_on_thread(endpoint)) {
		/* What is ended below, by whichever thread, may be the last that holds it. */
		endpoint_ref(endpoint);
		lock_take(&endpoint->lock);
		theirs = !endpoint->shut && endpoint->port;
		if (theirs) {
			put_dropped(endpoint, drop);
			event_set(port_event(endpoint->port));
			orphan = port_is_orphan(endpoint->port);
		}
		lock_drop(&endpoint->lock);
		if (orphan)
			endpoint_end_drops(endpoint);
		endpoint_unref(endpoint);
	}
	if (!theirs)
		drop->end(drop);
}

struct cdrpc_client *
client_ref(struct cdrpc_client *client)
{
	atomic_u32_add(&client->refs, 1);
	return client;
}

void
client_unref(struct cdrpc_client *client)
{
	struct endpoint *endpoint;

	if (!client || atomic_u32_sub(&client->refs, 1) != 1)
		return;
	endpoint = client->endpoint;
	env_free(&endpoint->env, client);
	endpoint_unref(endpoint);
}

cdrpc_status
client_check(struct cdrpc_client *client)
{
	if (endpoint_is_elsewhere(client->endpoint))
		return CDRPC_E_WRONG_THREAD;
	if (atomic_bool_load(&client->freed))
		return CDRPC_E_CLOSED;
	if (session_state(client->session) == SESSION_ENDED)
		return client->endpoint->up->session_wanted(client);
	return CDRPC_OK;
}
