#ifndef CDRPC_TESTS_SERVICE_OLD_H
#define CDRPC_TESTS_SERVICE_OLD_H

#include <cdrpc/cdrpc.h>

/* Lets the server serve version 1 of test.echo.Echo. */
cdrpc_status service_serve_old(struct cdrpc_server *server);

#endif
