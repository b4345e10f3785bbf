#include "example.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

/* A console control handler is given no argument of ours. NULL: nothing is to be stopped, or it is done. */
static void *volatile server_to_stop;

void
example_trace(void *self, const struct cdrpc_call_trace *call)
{
	const char *dot = strrchr(call->interface_name, '.');

	(void)self;
	printf("txn=%" PRIu64 " method=%s.%s request=%s reply=%s bytes=%" PRIu64 " us=%" PRIu32 "\n", call->txn,
	       dot ? dot + 1 : call->interface_name, call->method_name, cdrpc_route_name(call->request_route),
	       cdrpc_route_name(call->reply_route), call->request_bytes + call->reply_bytes, call->elapsed_us);
}

/* Runs in a thread of the system's. */
static BOOL WINAPI
on_console_event(DWORD event)
{
	struct cdrpc_server *server;

	if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
		return FALSE;
	server = InterlockedExchangePointer(&server_to_stop, NULL);
	if (server)
		cdrpc_server_stop(server);
	return TRUE;
}

int
example_serve(struct cdrpc_server *server)
{
	cdrpc_status status;

	server_to_stop = server;
	SetConsoleCtrlHandler(on_console_event, TRUE);
	status = cdrpc_server_start(server);
	if (status == CDRPC_OK) {
		puts("ready");
		fflush(stdout);
		status = cdrpc_server_run(server);
	}
	/* The handler stays: who presses Ctrl+C again while the program ends is not to end it otherwise. */
	InterlockedExchangePointer(&server_to_stop, NULL);
	if (status != CDRPC_OK)
		fprintf(stderr, "the server failed: %s\n", cdrpc_status_name(status));
	return status == CDRPC_OK ? 0 : 1;
}

void
example_print(const wchar_t *text)
{
	char bytes[512];
	int units = (int)wcslen(text);
	int some, size;

	for (; units > 0; units -= some, text += some) {
		some = units < 128 ? units : 128;
		/* Never between the halves of a surrogate pair. */
		if (some < units && text[some - 1] >= 0xd800 && text[some - 1] < 0xdc00)
			some--;
		size = WideCharToMultiByte(CP_UTF8, 0, text, some, bytes, sizeof bytes, NULL, NULL);
		fwrite(bytes, 1, (size_t)size, stdout);
	}
}
