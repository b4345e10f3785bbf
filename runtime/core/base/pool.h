/*
 * Memory that calls take and give back all the time: what is given back is kept for the next, up to a limit, so that a small call asks
 * the heap for nothing. It looks like a struct cdrpc_env to those who take memory from one.
 *
 * References: the endpoint holds one, and so does each incoming body, which can outlive it. Any thread.
 */
#ifndef CDRPC_CORE_POOL_H
#define CDRPC_CORE_POOL_H

#include "base/names.h"

#include <cdrpc/cdrpc.h>

struct pool;

/* What is not kept comes from 'env'. */
cdrpc_status pool_new(const struct cdrpc_env *env, struct pool **ret_pool);
struct pool *pool_ref(struct pool *pool);
void pool_unref(struct pool *pool);     /* NULL is fine; with the last, all that was taken has been given back */

/* How much of it the application holds, to give back by a function that is for that. */
void pool_hold(struct pool *pool);
void pool_let_go(struct pool *pool);
uint32_t pool_held(const struct pool *pool);

/* For env_alloc() and env_free(). Who is given it holds a reference. */
const struct cdrpc_env *pool_env(const struct pool *pool);

#endif
