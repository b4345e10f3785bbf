/* The built-in interface cdrpc.Session as a service: what sets subscriptions. */
#ifndef CDRPC_CORE_SUBSCRIBE_H
#define CDRPC_CORE_SUBSCRIBE_H

#include "session/registry.h"

/* Every endpoint has it. */
extern const struct service session_service;

#endif
