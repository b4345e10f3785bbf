/* A service that is not there, and one whose name is so near that it may be the one that is meant. */
#ifndef CDRPC_CORE_NEAREST_H
#define CDRPC_CORE_NEAREST_H

#include "calls/names.h"

struct endpoint;

/* Tells the log which service that there is on this desktop has the name next to 'name', if one is near. On the endpoint's thread. */
void nearest_tell(const struct endpoint *endpoint, const char *name);

#endif
