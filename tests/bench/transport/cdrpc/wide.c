/*
 * A small call to a server of one interface with one method ("one"), or of 1,000 interfaces of which one has 1,000 methods ("many").
 * wide.py writes the interface files.
 */
#include <string.h>

#include "many.h"
#include "many_others.h"
#include "one.h"
#include "program.h"

static struct cdrpc_client *client;

static cdrpc_status
on_one(struct cdrpc_call *call, void *self, uint64_t a, uint64_t b)
{
	(void)self;
	return one_call_reply(call, a + 1, b + 1);
}

static cdrpc_status
on_many(struct cdrpc_call *call, void *self, uint64_t a, uint64_t b)
{
	(void)self;
	return many_m617_reply(call, a + 1, b + 1);
}

void
program_serve(const char *variant)
{
	static const struct one_handlers one = { .call = on_one };
	static const struct many_handlers many = { .m617 = on_many };
	struct cdrpc_server *server = NULL;
	bool served;

	program_check(cdrpc_server_new(variant, NULL, &server) == CDRPC_OK, "cdrpc_server_new");
	if (strcmp(variant, "one") == 0)
		served = one_serve(server, &one, NULL) == CDRPC_OK;
	else
		served = many_serve(server, &many, NULL) == CDRPC_OK && many_serve_others(server);
	program_check(served && cdrpc_server_start(server) == CDRPC_OK, "the server");
	program_ready();
	program_check(cdrpc_server_run(server) == CDRPC_OK, "cdrpc_server_run");
}

static void
small_one(uint32_t size)
{
	uint64_t a = payload_seed(), b = a + 5, c = 0, d = 0;

	(void)size;
	program_check(one_call(client, a, b, &c, &d) == CDRPC_OK && c == a + 1 && d == b + 1, "an answer");
}

static void
small_many(uint32_t size)
{
	uint64_t a = payload_seed(), b = a + 5, c = 0, d = 0;

	(void)size;
	program_check(many_m617(client, a, b, &c, &d) == CDRPC_OK && c == a + 1 && d == b + 1, "an answer");
}

const struct operation *
program_connect(const char *variant)
{
	static const struct operation one[] = { { .name = "call", .call = small_one }, { 0 } };
	static const struct operation many[] = { { .name = "call", .call = small_many }, { 0 } };

	program_check(cdrpc_client_connect(variant, NULL, &client) == CDRPC_OK, "cdrpc_client_connect");
	return strcmp(variant, "one") == 0 ? one : many;
}
