/* Memory for bytes that are then sent: the call's own, in which they travel, where the library has that; else memory that it copies. */
#ifndef BENCH_IN_PLACE_H
#define BENCH_IN_PLACE_H

#include <cdrpc/cdrpc.h>

/* For the reply of a handler. */
void *in_place_reply(struct cdrpc_call *call, uint32_t size);
/* For a request of the client's: where to write, what to pass, and what to do after it. */
struct in_place {
	struct cdrpc_buffer *buffer;    /* NULL: the library has none, or none with a handle */
	void *data;
	uint32_t size;
};
struct in_place in_place_request(struct cdrpc_client *client, uint32_t size);
struct cdrpc_bytes in_place_send(const struct in_place *request);
void in_place_sent(const struct in_place *request);

#endif
