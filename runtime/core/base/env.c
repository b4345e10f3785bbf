#include "base/env.h"

#include <stdint.h>
#include <stdlib.h>

#define ENV_ALIGN 16

/*
 * malloc() gives multiples of 8 on 32-bit Windows, and aligned_alloc() does not exist there. So the block is moved up to the next
 * multiple of 16, and the byte before it says by how much.
 */
static void *
default_alloc(void *self, size_t size)
{
	unsigned char *raw;
	size_t shift;

	(void)self;
	if (size > SIZE_MAX - ENV_ALIGN)
		return NULL;
	raw = (unsigned char *)malloc(size + ENV_ALIGN);
	if (!raw)
		return NULL;
	shift = ENV_ALIGN - ((uintptr_t)raw & (ENV_ALIGN - 1));
	raw[shift - 1] = (unsigned char)shift;
	return raw + shift;
}

static void
default_free(void *self, void *memory)
{
	unsigned char *bytes = (unsigned char *)memory;

	(void)self;
	if (bytes)
		free(bytes - bytes[-1]);
}

void
env_init(struct cdrpc_env *env, const struct cdrpc_env *given)
{
	env->self = given ? given->self : NULL;
	if (given && given->alloc && given->free) {
		env->alloc = given->alloc;
		env->free = given->free;
	} else {
		env->alloc = default_alloc;
		env->free = default_free;
	}
	env->log = given ? given->log : NULL;
}

void *
env_alloc(const struct cdrpc_env *env, size_t size)
{
	return env->alloc(env->self, size);
}

void
env_free(const struct cdrpc_env *env, void *memory)
{
	env->free(env->self, memory);
}

void
env_wipe(void *memory, size_t size)
{
	volatile unsigned char *at = (volatile unsigned char *)memory;

	while (size-- > 0)
		*at++ = 0;
}
