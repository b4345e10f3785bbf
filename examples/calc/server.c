/* The server of idl/calc.cdidl: a function for each method, one table of them, and a main that serves. */
#include "calc.h"
#include "example.h"

/* An answer with outputs goes through the method's reply function. */
static cdrpc_status
on_add(struct cdrpc_call *call, void *self, int32_t a, int32_t b)
{
	(void)self;
	return calc_add_reply(call, (int64_t)a + b);
}

/* An error of the method's set is simply returned. */
static cdrpc_status
on_divide(struct cdrpc_call *call, void *self, int32_t a, int32_t b)
{
	(void)self;
	if (b == 0)
		return CALC_ERROR_DIVISION_BY_ZERO;
	return calc_divide_reply(call, (int64_t)a / b);
}

/* A method without outputs is answered by what its handler returns. */
static cdrpc_status
on_store(struct cdrpc_call *call, void *self, int64_t value)
{
	int64_t *memory = self;

	(void)call;
	*memory = value;
	return CDRPC_OK;
}

static cdrpc_status
on_recall(struct cdrpc_call *call, void *self)
{
	const int64_t *memory = self;

	return calc_recall_reply(call, *memory);
}

int
main(void)
{
	static const struct calc_handlers handlers = {
		.add = on_add,
		.divide = on_divide,
		.store = on_store,
		.recall = on_recall,
	};
	struct cdrpc_server *server;
	int64_t memory = 0;
	int exit_status = 1;

	if (cdrpc_server_new(CALC_SERVICE, NULL, &server) != CDRPC_OK)
		return 1;
	if (calc_serve(server, &handlers, &memory) == CDRPC_OK)
		exit_status = example_serve(server);
	cdrpc_server_free(server);
	return exit_status;
}
