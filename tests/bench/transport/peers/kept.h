/*
 * A section that both sides keep mapped, and what they do with it; who uses it adds the bells. The request's payload stands in one half
 * of it, the answer's in the other.
 */
#ifndef BENCH_KEPT_H
#define BENCH_KEPT_H

#include "program.h"

enum kept_task {
	KEPT_ECHO = 1,          /* the payload, answered by a copy */
	KEPT_STORE,             /* the payload, answered by nothing */
	KEPT_FETCH              /* answered by a payload of that seed */
};

struct kept_request {
	uint64_t task;
	uint64_t size;
	uint64_t seed;
};

struct kept {
	uint8_t *request;
	uint8_t *answer;
	struct kept_request *header;    /* for bells that carry nothing */
};

void kept_make(const wchar_t *name, struct kept *ret_kept);
void kept_open(const wchar_t *name, struct kept *ret_kept);
void kept_serve(const struct kept *kept, const struct kept_request *request);
/* A call: 'ring' tells the server of the request, and returns when it is answered. */
void kept_call(const struct kept *kept, enum kept_task task, uint32_t size, void (*ring)(const struct kept_request *request));

#endif
