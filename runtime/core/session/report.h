/*
 * Lines of the log about a method's parameters: which is wrong, and what with it. What they hold is never told.
 *
 * All of it happens where something is refused anyway. A writer that has refused an argument has its stub write once more, into memory in
 * which the shape of the method finds the argument by its place.
 */
#ifndef CDRPC_CORE_REPORT_H
#define CDRPC_CORE_REPORT_H

#include "base/names.h"

#include <cdrpc/generated.h>

struct report {
	const struct cdrpc_env *env;
	const struct cdrpc_interface *iface;
	const struct cdrpc_method *method;      /* NULL: a frame of the protocol's own, of which nothing is told */
	bool outputs;                           /* of a reply */
	uint32_t process_id;                    /* who has sent it; 0: it is ours */
};

/* For w->refused. */
bool report_refused(struct cdrpc_writer *w, const struct report *report);
/* A body of ours is over 'limit', which has this name. */
void report_too_large(const struct report *report, uint64_t size, uint64_t limit, const char *name);
/* Handle 'number', from 1, of what has been written to 'w' cannot be sent, for this reason. */
void report_handle(const struct report *report, const void *body, size_t size, uint32_t number, const char *reason);
/* A body that has arrived breaks its type's rules, as 'r' found. */
void report_unreadable(const struct report *report, const struct cdrpc_reader *r, const void *body, size_t size);

#endif
