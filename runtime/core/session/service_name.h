#ifndef CDRPC_CORE_SERVICE_NAME_H
#define CDRPC_CORE_SERVICE_NAME_H

#include <stdbool.h>

/* 1 to CDRPC_NAME_MAX of letters, digits, '.', '-' and '_'; NULL is not. */
bool service_name_valid(const char *name);

#endif
