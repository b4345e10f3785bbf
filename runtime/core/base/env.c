#include "base/env.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define ENV_ALIGN 16
#define ENV_LINE_MAX 512

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

static void
default_log(void *self, const char *line)
{
	(void)self;
	(void)line;
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
	env->log = given && given->log ? given->log : default_log;
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

void
env_log(const struct cdrpc_env *env, const char *format, ...)
{
	char line[ENV_LINE_MAX];
	va_list arguments;

	va_start(arguments, format);
	if (vsnprintf(line, sizeof line, format, arguments) < 0)
		line[0] = '\0';
	va_end(arguments);
	line[sizeof line - 1] = '\0';   /* the C runtime of old Windows does not when it cuts off */
	env->log(env->self, line);
}
