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

#ifdef CDRPC_VERSION_MAJOR

struct in_place
in_place_request(struct cdrpc_client *client, uint32_t size)
{
	struct in_place request = { NULL, NULL, size };

	program_check(cdrpc_buffer_new(client, size, &request.buffer) == CDRPC_OK, "cdrpc_buffer_new");
	request.data = cdrpc_buffer_data(request.buffer);
	return request;
}

struct cdrpc_bytes
in_place_send(const struct in_place *request)
{
	return cdrpc_buffer_send(request->buffer, request->size);
}

void
in_place_sent(const struct in_place *request)
{
	cdrpc_buffer_free(request->buffer);
}

#else

struct in_place
in_place_request(struct cdrpc_client *client, uint32_t size)
{
	struct in_place request = { NULL, NULL, size };

	program_check(cdrpc_request_buffer(client, size, &request.data) == CDRPC_OK, "cdrpc_request_buffer");
	return request;
}

#endif
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

struct in_place
in_place_request(struct cdrpc_client *client, uint32_t size)
{
	(void)client;
	return (struct in_place){ NULL, buffer(), size };
}

#endif

#if !defined BENCH_IN_PLACE || !defined CDRPC_VERSION_MAJOR

struct cdrpc_bytes
in_place_send(const struct in_place *request)
{
	return (struct cdrpc_bytes){ request->data, request->size };
}

void
in_place_sent(const struct in_place *request)
{
	(void)request;
}

#endif
