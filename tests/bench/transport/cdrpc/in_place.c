#include "in_place.h"

#include "program.h"

#ifdef BENCH_IN_PLACE   /* run.sh looks whether the library has them */

void *
in_place_reply(struct cdrpc_call *call, uint32_t size)
{
	void *buffer = NULL;

	program_check(cdrpc_call_buffer(call, size, &buffer) == CDRPC_OK, "cdrpc_call_buffer");
	return buffer;
}

void *
in_place_request(struct cdrpc_client *client, uint32_t size)
{
	void *buffer = NULL;

	program_check(cdrpc_request_buffer(client, size, &buffer) == CDRPC_OK, "cdrpc_request_buffer");
	return buffer;
}

#else

static void *
buffer(void)
{
	static uint8_t memory[SIZE_MOST];

	return memory;
}

void *
in_place_reply(struct cdrpc_call *call, uint32_t size)
{
	(void)call;
	(void)size;
	return buffer();
}

void *
in_place_request(struct cdrpc_client *client, uint32_t size)
{
	(void)client;
	(void)size;
	return buffer();
}

#endif
