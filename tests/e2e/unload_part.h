/* A DLL that contains the library, and what it does with it: a plug-in, as the program sees it that loads and unloads it. */
#ifndef CDRPC_TESTS_UNLOAD_PART_H
#define CDRPC_TESTS_UNLOAD_PART_H

#include <cdrpc/cdrpc.h>

/* As a client of 'service', and as a server of a name of its own with two threads. What failed first. */
typedef cdrpc_status unload_part_function(const char *service);

/* Two halves of a client's life, with an environment of the program's, for two threads of it. */
typedef cdrpc_status unload_part_connect_function(const char *service, const struct cdrpc_env *env, struct cdrpc_client **ret_client);
typedef void unload_part_free_function(struct cdrpc_client *client);

/* Sets this event, a HANDLE, when the DLL is unloaded. */
typedef void unload_part_tell_function(void *event);

#endif
