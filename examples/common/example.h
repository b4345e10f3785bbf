/* What the example programs share. It has nothing to do with how a service is written. */
#ifndef EXAMPLE_H
#define EXAMPLE_H

#include <cdrpc/cdrpc.h>

/* What a program begins with that takes its arguments in UTF-16; MinGW's headers do not declare it. */
int wmain(int argc, wchar_t **argv);

/* For cdrpc_client_options.trace: prints a line for a call that has ended. */
void example_trace(void *self, const struct cdrpc_call_trace *call);

/* Starts the server, prints "ready", and serves until Ctrl+C. Returns the program's exit status. */
int example_serve(struct cdrpc_server *server);

/* Prints UTF-16 as UTF-8. */
void example_print(const wchar_t *text);

#endif
