#include "unload_part.h"

#include <stdio.h>
#include <string.h>

#include <windows.h>

#include "echo.h"

enum { WRONG_RESULT = 1000 };

__declspec(dllexport) unload_part_function unload_part;
__declspec(dllexport) unload_part_connect_function unload_part_connect;
__declspec(dllexport) unload_part_free_function unload_part_free;
__declspec(dllexport) unload_part_tell_function unload_part_tell;

static cdrpc_status
call(struct cdrpc_client *client)
{
	static const uint8_t large[300000] = { 1, 2, 3 };
	struct cdrpc_bytes data = { large, sizeof large }, same;
	struct cdrpc_reply reply = { 0 };
	cdrpc_status status;
	uint32_t sum = 0;

	status = echo_add(client, 7, 8, &sum);
	if (status == CDRPC_OK && sum != 15)
		status = WRONG_RESULT;
	if (status == CDRPC_OK)
		status = echo_send(client, data, &same, &reply);
	if (status == CDRPC_OK && (same.size != sizeof large || memcmp(same.data, large, sizeof large) != 0))
		status = WRONG_RESULT;
	cdrpc_reply_free(&reply);
	return status;
}

static cdrpc_status
serve(void)
{
	static const struct echo_handlers handlers = { 0 };
	struct cdrpc_server_options options = { .threads = 2 };
	struct cdrpc_server *server = NULL;
	char name[64];
	cdrpc_status status;

	snprintf(name, sizeof name, "test.unload.%lu.%lu", GetCurrentProcessId(), GetCurrentThreadId());
	status = cdrpc_server_new(name, &options, &server);
	if (status == CDRPC_OK)
		status = echo_serve(server, &handlers, NULL);
	if (status == CDRPC_OK)
		status = cdrpc_server_start(server);
	cdrpc_server_free(server);
	return status;
}

cdrpc_status
unload_part(const char *service)
{
	struct cdrpc_client *client = NULL, *second = NULL;
	cdrpc_status status;

	status = cdrpc_client_connect(service, NULL, &client);
	if (status == CDRPC_OK)
		status = cdrpc_client_connect(service, NULL, &second);
	if (status == CDRPC_OK)
		status = call(client);
	if (status == CDRPC_OK)
		status = call(second);
	cdrpc_client_free(client);
	cdrpc_client_free(second);
	return status == CDRPC_OK ? serve() : status;
}

cdrpc_status
unload_part_connect(const char *service, const struct cdrpc_env *env, struct cdrpc_client **ret_client)
{
	struct cdrpc_client_options options = { .env = env };

	return cdrpc_client_connect(service, &options, ret_client);
}

void
unload_part_free(struct cdrpc_client *client)
{
	cdrpc_client_free(client);
}

static HANDLE told;

void
unload_part_tell(void *event)
{
	told = event;
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved);

BOOL WINAPI
DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
	(void)module;
	(void)reserved;
	if (reason == DLL_PROCESS_DETACH && told)
		SetEvent(told);
	return TRUE;
}
