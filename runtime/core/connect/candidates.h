/*
 * The windows of a service, whoever made them, by process: what came of one window of a process will come of its others, and
 * nobody hides a server behind many windows of his own.
 */
#ifndef CDRPC_CORE_CANDIDATES_H
#define CDRPC_CORE_CANDIDATES_H

#include "calls/names.h"
#include "base/system.h"

struct candidate {
	uint32_t process_id;
	size_t at;              /* its window that is tried next */
	bool out;               /* it is not tried again */
	bool tried;             /* just now, before the others were known: they come first */
	cdrpc_status said;      /* what came of it last; TIMEOUT before */
};

struct candidates {
	struct cdrpc_env env;
	const char *service;
	window_id *windows;
	uint32_t *owners;       /* of the windows: process ids */
	size_t window_count;
	struct candidate *each;
	size_t count;           /* of processes */
	bool complete;          /* the last look was at all windows */
};

/* There are none before the first look. To be freed with candidates_done(). 'service' stays the caller's. */
void candidates_init(const struct cdrpc_env *env, const char *service, struct candidates *ret_candidates);
/* Finds those that there are now, as port_find(), or only the first of them; of one that was there before what is known stays. Where
 * none is found, the look was complete in any case. E_NOMEM. */
cdrpc_status candidates_look(struct candidates *candidates, const struct port *port, bool first_only);
void candidates_done(struct candidates *candidates);
/* Of those that are not out. */
size_t candidates_left(const struct candidates *candidates);
/* What has come of all of them: NOT_FOUND if there are none, else what says most. */
cdrpc_status candidates_verdict(const struct candidates *candidates);
/* Another window of the process, if it has several. */
void candidates_next_window(const struct candidates *candidates, struct candidate *candidate);

#endif
