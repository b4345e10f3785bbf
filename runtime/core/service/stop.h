/*
 * Ending what an endpoint serves, in order: no new calls; those that were accepted end, for a second at most; the peers are told
 * by CLOSE; the loop ends. It goes on with each bell, so nothing waits.
 */
#ifndef CDRPC_CORE_STOP_H
#define CDRPC_CORE_STOP_H

#include "session/endpoint.h"

/* 'at_once': calls are not waited for. Any thread, any number of times. */
void stop_begin(struct endpoint *endpoint, bool at_once);
/* From the bell. */
void stop_due(struct endpoint *endpoint);
/* Whether all that is done. */
bool stop_is_over(const struct endpoint *endpoint);
/* Ends the sessions that peers have opened, tells them, and waits a moment for them to hear it. */
void stop_now(struct endpoint *endpoint);

#endif
