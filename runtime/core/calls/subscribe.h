/* The built-in interface cdrpc.Session, by which one side subscribes to events of the other: both ends of its method. */
#ifndef CDRPC_CORE_SUBSCRIBE_H
#define CDRPC_CORE_SUBSCRIBE_H

#include "session/registry.h"

/* Every endpoint has it. */
extern const struct service session_service;

#endif
