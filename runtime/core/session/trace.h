/*
 * A line of JSON for each frame, for people who look at what their programs say to each other. CDRPC_TRACE names the file; without
 * it there is no trace, and none of this costs more than a look at a pointer. The format, and what of it may change, is in
 * runtime/TRACE.md and runtime/trace.schema.json. What bodies hold is never written, be the method [secret] or not.
 */
#ifndef CDRPC_CORE_TRACE_H
#define CDRPC_CORE_TRACE_H

#include "base/names.h"
#include "wire/frame.h"

struct endpoint;

enum trace_direction {
	TRACE_IN,
	TRACE_OUT
};

struct trace_line {
	enum trace_direction direction;
	const struct frame *frame;      /* NULL: what came was none */
	const struct cdrpc_interface *iface;    /* NULL: the frame's own, if this endpoint serves it */
	const struct cdrpc_method *method;      /* likewise */
	enum cdrpc_route route;
	size_t size;                    /* bytes of the message; 0: there was none */
	cdrpc_status status;            /* what a reply says, or what came of the sending or receiving of any other frame */
	uint64_t began_us;
};

/* Any thread. */
void trace_write(const struct endpoint *endpoint, const struct trace_line *line);
/* When to begin to measure; 0 where nothing is traced. */
uint64_t trace_begin(const struct endpoint *endpoint);

#endif
