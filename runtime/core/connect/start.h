/* Connecting to a server that may first have to be started. */
#ifndef CDRPC_CORE_START_H
#define CDRPC_CORE_START_H

#include "connect/handshake.h"

struct start {
	const cdrpc_wchar *image;       /* NULL: it is not started */
	const cdrpc_wchar *arguments;
};

/*
 * handshake_connect(); if there is no such server, starts it and connects then. Of several clients in that situation one starts it
 * while the others wait for their turn, and find it. Whoever has the turn is waited for until our own deadline, if it is somebody whom
 * we believe; a turn that nobody such has is passed over after 2 seconds. A program that somebody has started, and that lives and does
 * not serve yet, is waited for in the same way, whether its starter waits for it or not. TIMEOUT, and nothing is started, where less
 * than 250 ms are left for it. A program that ends with exit code 0 before it serves may have started one that will: that is looked for
 * until the deadline, then TIMEOUT. One that ends with another is looked for once more: NOT_FOUND. ARGUMENT: the image is no full path.
 */
cdrpc_status start_connect(struct endpoint *endpoint, const char *service, const struct policy *policy,
			   const struct start *start, uint32_t timeout_ms, struct session **ret_session);

#endif
