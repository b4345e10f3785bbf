#include "base/pool.h"

#include <stdint.h>

#include "base/atomic.h"
#include "base/env.h"
#include "base/system.h"

#define SMALL           512u                    /* a pending or running call; a small body with its head is the next size */
#define MEDIUM          2048u
#define KEPT_EACH       8u                      /* of either */
#define LARGE_STEP      UINT32_C(16384)
#define LARGE_KEPT      (UINT32_C(512) << 10)   /* bytes of larger ones together */

enum { SIZE_SMALL, SIZE_MEDIUM, SIZE_LARGE, SIZES };

/* Before each block; what it gives out is at a multiple of 16, as it is itself. */
union head {
	struct {
		size_t capacity;
		union head *next;       /* of those that are kept */
	} of;
	unsigned char space[16];
};

struct pool {
	struct atomic_u32 refs;
	struct atomic_u32 held;
	struct cdrpc_env env;
	struct cdrpc_env face;
	struct lock lock;
	union head *kept[SIZES];
	uint32_t count[SIZES];          /* for large ones: their bytes */
};

_Static_assert(sizeof(union head) == 16, "blocks would not be at multiples of 16");

static size_t
capacity_for(size_t size)
{
	if (size <= SMALL)
		return SMALL;
	if (size <= MEDIUM)
		return MEDIUM;
	if (size > LARGE_KEPT)
		return size;
	return (size + LARGE_STEP - 1) & ~(size_t)(LARGE_STEP - 1);
}

static int
size_of(size_t capacity)
{
	return capacity == SMALL ? SIZE_SMALL : capacity == MEDIUM ? SIZE_MEDIUM : SIZE_LARGE;
}

/* Under the lock. A large one may be up to four times as large as it need be. */
static union head *
take_kept(struct pool *pool, size_t capacity)
{
	int size = size_of(capacity);
	union head **at = &pool->kept[size], *head;

	while (*at && ((*at)->of.capacity < capacity || (*at)->of.capacity / 4 > capacity))
		at = &(*at)->of.next;
	head = *at;
	if (!head)
		return NULL;
	*at = head->of.next;
	pool->count[size] -= size == SIZE_LARGE ? (uint32_t)head->of.capacity : 1;
	return head;
}

static void *
pool_alloc(void *self, size_t wanted)
{
	struct pool *pool = (struct pool *)self;
	size_t capacity = capacity_for(wanted);
	union head *head = NULL;

	if (capacity <= LARGE_KEPT) {
		lock_take(&pool->lock);
		head = take_kept(pool, capacity);
		lock_drop(&pool->lock);
	}
	if (!head && capacity <= SIZE_MAX - sizeof *head) {
		head = (union head *)env_alloc(&pool->env, sizeof *head + capacity);
		if (head)
			head->of.capacity = capacity;
	}
	return head ? head + 1 : NULL;
}

static bool
keeps(const struct pool *pool, const union head *head)
{
	int size = size_of(head->of.capacity);

	if (size != SIZE_LARGE)
		return pool->count[size] < KEPT_EACH;
	return head->of.capacity <= LARGE_KEPT && pool->count[size] + head->of.capacity <= LARGE_KEPT;
}

static void
pool_free(void *self, void *memory)
{
	struct pool *pool = (struct pool *)self;
	union head *head;
	bool kept;
	int size;

	if (!memory)
		return;
	head = (union head *)memory - 1;
	size = size_of(head->of.capacity);
	lock_take(&pool->lock);
	kept = keeps(pool, head);
	if (kept) {
		head->of.next = pool->kept[size];
		pool->kept[size] = head;
		pool->count[size] += size == SIZE_LARGE ? (uint32_t)head->of.capacity : 1;
	}
	lock_drop(&pool->lock);
	if (!kept)
		env_free(&pool->env, head);
}

static void
pool_log(void *self, enum cdrpc_log_level level, const char *line)
{
	const struct pool *pool = (const struct pool *)self;

	pool->env.log(pool->env.self, level, line);
}

cdrpc_status
pool_new(const struct cdrpc_env *env, struct pool **ret_pool)
{
	struct pool *pool = env_alloc(env, sizeof *pool);

	if (!pool)
		return CDRPC_E_NOMEM;
	*pool = (struct pool){ .env = *env };
	pool->face.self = pool;
	pool->face.alloc = pool_alloc;
	pool->face.free = pool_free;
	pool->face.log = env->log ? pool_log : NULL;
	atomic_u32_store(&pool->refs, 1);
	lock_init(&pool->lock);
	*ret_pool = pool;
	return CDRPC_OK;
}

struct pool *
pool_ref(struct pool *pool)
{
	atomic_u32_add(&pool->refs, 1);
	return pool;
}

void
pool_hold(struct pool *pool)
{
	atomic_u32_add(&pool->held, 1);
}

void
pool_let_go(struct pool *pool)
{
	atomic_u32_sub(&pool->held, 1);
}

uint32_t
pool_held(const struct pool *pool)
{
	return atomic_u32_load(&pool->held);
}

void
pool_unref(struct pool *pool)
{
	struct cdrpc_env env;
	union head *head;
	int size;

	if (!pool || atomic_u32_sub(&pool->refs, 1) != 1)
		return;
	env = pool->env;
	for (size = 0; size < SIZES; size++) {
		while ((head = pool->kept[size]) != NULL) {
			pool->kept[size] = head->of.next;
			env_free(&env, head);
		}
	}
	lock_done(&pool->lock);
	env_free(&env, pool);
}

const struct cdrpc_env *
pool_env(const struct pool *pool)
{
	return &pool->face;
}
