/*
 * Both versions of every pair of interfaces, in one program.
 *
 *	evolve serve old|new SERVICE    says "ready", and serves until its standard input ends
 *	evolve call old|new SERVICE     calls everything that the version has, and prints a line for each pair
 */
#include "evolve.h"

#include <stdarg.h>
#include <stdlib.h>

#include <windows.h>

#include "../support/inject.h"

void
evolve_say(const char *format, ...)
{
	va_list values;

	fputs("; ", stdout);
	va_start(values, format);
	vprintf(format, values);
	va_end(values);
}

void
evolve_say_status(cdrpc_status status, const char *name)
{
	if (status > 0)
		evolve_say("error %d %s", (int)status, name);
	else
		evolve_say("%s", cdrpc_status_name(status));
}

const char *
evolve_text(const char *text)
{
	return text ? text : "?";
}

cdrpc_handle
evolve_event(void)
{
	return CreateEventW(NULL, TRUE, FALSE, NULL);
}

cdrpc_handle
evolve_semaphore(void)
{
	return CreateSemaphoreW(NULL, 0, 1, NULL);
}

/*
 * There is but one user here. To these programs every other process belongs to another one: this is what the library's
 * calls of EqualSid(), which asks for nothing else, go through.
 */
static BOOL WINAPI
is_never_equal(PSID left, PSID right)
{
	(void)left;
	(void)right;
	return FALSE;
}

INJECT(EqualSid, 2, is_never_equal);

void
evolve_wait(const volatile int *value, int least)
{
	MSG message;

	while (*value < least && GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
}

static DWORD WINAPI
stop_at_end_of_input(void *server)
{
	while (getchar() != EOF)
		;
	cdrpc_server_stop(server);
	return 0;
}

static int
serve(const struct evolve_side *side, const char *service)
{
	struct cdrpc_server *server;
	cdrpc_status status;
	HANDLE thread;

	status = cdrpc_server_new(service, NULL, &server);
	for (; status == CDRPC_OK && side->name; side++)
		status = side->serve(server);
	if (status == CDRPC_OK)
		status = cdrpc_server_start(server);
	if (status != CDRPC_OK) {
		fprintf(stderr, "%s: %s\n", side->name ? side->name : service, cdrpc_status_name(status));
		return 1;
	}
	puts("ready");
	fflush(stdout);
	thread = CreateThread(NULL, 0, stop_at_end_of_input, server, 0, NULL);
	status = cdrpc_server_run(server);
	WaitForSingleObject(thread, INFINITE);
	CloseHandle(thread);
	cdrpc_server_free(server);
	return status == CDRPC_OK ? 0 : 1;
}

/* Each in a session of its own, so that nothing of one pair reaches another. */
static int
call(const struct evolve_side *side, const char *service)
{
	const struct cdrpc_client_options options = { .connect_timeout_ms = 10000, .call_timeout_ms = 10000, .reentry = CDRPC_REENTRY_ALLOW };
	struct cdrpc_client *client;
	cdrpc_status status;

	for (; side->name; side++) {
		status = cdrpc_client_connect(service, &options, &client);
		if (status != CDRPC_OK) {
			fprintf(stderr, "%s: %s\n", side->name, cdrpc_status_name(status));
			return 1;
		}
		fputs(side->name, stdout);
		side->call(client);
		putchar('\n');
		cdrpc_client_free(client);
	}
	return 0;
}

int
main(int argc, char **argv)
{
	const struct evolve_side *sides;

	if (argc != 4)
		return 2;
	sides = strcmp(argv[2], "old") ? evolve_new : evolve_old;
	return strcmp(argv[1], "serve") ? call(sides, argv[3]) : serve(sides, argv[3]);
}
