/*
 * What the core takes from its surroundings. An endpoint fills a struct cdrpc_env once with env_init() and passes it on; after
 * that alloc and free are set. 'log' may be NULL, which env_log() knows.
 */
#ifndef CDRPC_CORE_ENV_H
#define CDRPC_CORE_ENV_H

#include "base/names.h"

#include <cdrpc/cdrpc.h>

/* 'given' NULL, and each NULL member of it, stands for the default. alloc and free are taken together or not at all. */
void env_init(struct cdrpc_env *env, const struct cdrpc_env *given);

/* Memory at a multiple of 16, not zeroed; NULL when there is none. The caller frees it with env_free(). Any thread. */
void *env_alloc(const struct cdrpc_env *env, size_t size);
void env_free(const struct cdrpc_env *env, void *memory);

/* Zeroes memory that held secrets; not optimised away although nobody reads it again. NULL is fine where 'size' is 0. */
void env_wipe(void *memory, size_t size);

/* One line, without a newline, from any thread; what is past 511 bytes is cut off. The format is printf's. 'env' NULL: there is none to be
 * had, and the line goes where it would by default. */
void env_log(const struct cdrpc_env *env, enum cdrpc_log_level level, const char *format, ...);

#endif
