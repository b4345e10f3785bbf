/* Memory for bytes that are then sent: the call's own, in which they travel, where the library has that; else memory that it copies. */
#ifndef BENCH_IN_PLACE_H
#define BENCH_IN_PLACE_H

#include <cdrpc/cdrpc.h>

/* For the reply of a handler. */
void *in_place_reply(struct cdrpc_call *call, uint32_t size);
/* For the client's next request. */
void *in_place_request(struct cdrpc_client *client, uint32_t size);

#endif
