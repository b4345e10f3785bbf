/* A DLL that contains the library, and what it does with it: a plug-in, as the program sees it that loads and unloads it. */
#ifndef CDRPC_TESTS_UNLOAD_PART_H
#define CDRPC_TESTS_UNLOAD_PART_H

#include <cdrpc/cdrpc.h>

/* As a client of 'service', and as a server of a name of its own with two threads. What failed first. */
typedef cdrpc_status unload_part_function(const char *service);

#endif
