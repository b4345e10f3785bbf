#include "session/posts.h"

#include "base/env.h"
#include "session/client.h"
#include "session/endpoint.h"

struct post {
	struct post *next;
	const struct cdrpc_client *client;      /* which ends it before it goes; NULL: the server */
	cdrpc_post *fn;
	void *arg;
};

static bool
is_freed(const struct cdrpc_client *client)
{
	return client && atomic_bool_load(&client->freed);
}

/* Under the lock. */
static cdrpc_status
may_add(const struct endpoint *endpoint, const struct cdrpc_client *client)
{
	if (endpoint->shut || is_freed(client))
		return CDRPC_E_CLOSED;
	/* Set last by whoever opens it, on another thread perhaps. */
	if (atomic_u32_load(&endpoint->thread.id) == 0)
		return CDRPC_E_STATE;
	return atomic_u32_load(&endpoint->posts.count) < endpoint->limits.queue_max ? CDRPC_OK : CDRPC_E_BUSY;
}

/* Under the lock. */
static void
append(struct posts *posts, struct post *post)
{
	if (posts->last)
		posts->last->next = post;
	else
		posts->first = post;
	posts->last = post;
	atomic_u32_add(&posts->count, 1);
}

cdrpc_status
posts_add(struct endpoint *endpoint, const struct cdrpc_client *client, cdrpc_post *fn, void *arg)
{
	struct post *post;
	cdrpc_status status;

	/* Before the lock is taken: the application's allocator may do anything. */
	post = env_alloc(&endpoint->env, sizeof *post);
	if (!post)
		return CDRPC_E_NOMEM;
	*post = (struct post){ .client = client, .fn = fn, .arg = arg };
	/* Once it is in the list it may run, and free what holds the endpoint. */
	endpoint_ref(endpoint);
	lock_take(&endpoint->lock);
	status = may_add(endpoint, client);
	if (status == CDRPC_OK) {
		append(&endpoint->posts, post);
		port_ring(endpoint->port);
	}
	lock_drop(&endpoint->lock);
	if (status != CDRPC_OK)
		env_free(&endpoint->env, post);
	endpoint_unref(endpoint);
	return status;
}

/* Takes the first out of the list, or the first of those of 'client', NULL being the server. Whether more are left is in *ret_more. */
static struct post *
take_first(struct endpoint *endpoint, bool of_any, const struct cdrpc_client *client, bool *ret_more)
{
	struct posts *posts = &endpoint->posts;
	struct post *before = NULL, *post;

	lock_take(&endpoint->lock);
	for (post = posts->first; post && !of_any && post->client != client; post = post->next)
		before = post;
	if (post) {
		if (before)
			before->next = post->next;
		else
			posts->first = post->next;
		if (posts->last == post)
			posts->last = before;
		atomic_u32_sub(&posts->count, 1);
	}
	*ret_more = posts->first != NULL;
	lock_drop(&endpoint->lock);
	return post;
}

static void
finish_post(struct endpoint *endpoint, struct post *post, cdrpc_status status)
{
	struct post own = *post;

	env_free(&endpoint->env, post);
	own.fn(own.arg, status);
}

void
posts_run(struct endpoint *endpoint)
{
	uint32_t left = atomic_u32_load(&endpoint->posts.count);
	struct post *post;
	bool more;

	/* What is posted meanwhile is for the next bell, so that the thread's other messages have their turn. */
	for (; left > 0 && (post = take_first(endpoint, true, NULL, &more)) != NULL; left--) {
		/* A message loop that it runs has the rest to do. */
		if (more && endpoint->port)
			port_ring(endpoint->port);
		/* Another thread may free the client between the bell's look and this one. */
		finish_post(endpoint, post, is_freed(post->client) ? CDRPC_E_CLOSED : CDRPC_OK);
	}
}

void
posts_close(struct endpoint *endpoint, const struct cdrpc_client *client)
{
	struct post *post;
	bool more;

	/* Under the lock each time, without a look at the count before: somebody may be adding one just now. */
	while ((post = take_first(endpoint, false, client, &more)) != NULL)
		finish_post(endpoint, post, CDRPC_E_CLOSED);
}
