/* The client of idl/calc.cdidl: a remote call is an ordinary C function that returns a status. */
#include <inttypes.h>
#include <stdio.h>

#include "calc.h"
#include "example.h"

/* 0 is success, a positive status is of the interface's errors, a negative one of the library's. */
static cdrpc_status
calculate(struct cdrpc_client *client)
{
	int64_t result;
	cdrpc_status status;

	status = calc_add(client, 2, 3, &result);
	if (status != CDRPC_OK)
		return status;
	printf("2 + 3 = %" PRId64 "\n", result);

	status = calc_store(client, result);
	if (status != CDRPC_OK)
		return status;
	status = calc_recall(client, &result);
	if (status != CDRPC_OK)
		return status;
	printf("memory: %" PRId64 "\n", result);

	status = calc_divide(client, 1, 0, &result);
	if (status == CALC_ERROR_DIVISION_BY_ZERO) {
		printf("1 / 0: %s\n", calc_error_status_text(status));
		return CDRPC_OK;
	}
	return status == CDRPC_OK ? CDRPC_E_PROTOCOL : status;
}

int
main(void)
{
	const struct cdrpc_client_options options = { .trace = example_trace };
	struct cdrpc_client *client;
	cdrpc_status status;

	status = cdrpc_client_connect(CALC_SERVICE, &options, &client);
	if (status == CDRPC_OK) {
		status = calculate(client);
		cdrpc_client_free(client);
	}
	if (status != CDRPC_OK)
		fprintf(stderr, "failed: %s\n", calc_error_status_text(status));
	return status == CDRPC_OK ? 0 : 1;
}
