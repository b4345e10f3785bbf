/*
 * WM_COPYDATA as one writes it by hand. A request is the message's data; an answer is TRUE, or a WM_COPYDATA of its own that is sent
 * to the caller's window from inside the request, and whose data are only valid there: so who needs them later copies them.
 */
#include <stdlib.h>
#include <string.h>

#include "program.h"

enum {
	SEND = 1,       /* a payload, answered TRUE */
	ECHO,           /* a payload, answered by the same */
	FETCH           /* a size and a seed, answered by a payload */
};

struct fetch {
	uint64_t size;
	uint64_t seed;
};

static void *memory;            /* of the payload that is sent */
static void *answer;            /* copied */
static HWND server, window;
static uint64_t fetched_seed;

static LRESULT
serve(HWND from, const COPYDATASTRUCT *data)
{
	struct fetch fetch;

	switch (data->dwData) {
	case SEND:
		payload_check(data->lpData, data->cbData);
		return TRUE;
	case ECHO:
		payload_check(data->lpData, data->cbData);
		window_send(from, window, ECHO, data->lpData, data->cbData);
		return TRUE;
	case FETCH:
		memcpy(&fetch, data->lpData, sizeof fetch);
		payload_write(memory, (uint32_t)fetch.size, fetch.seed);
		window_send(from, window, FETCH, memory, (uint32_t)fetch.size);
		return TRUE;
	default:
		return FALSE;
	}
}

static LRESULT CALLBACK
server_procedure(HWND self, UINT message, WPARAM wparam, LPARAM lparam)
{
	return message == WM_COPYDATA ? serve((HWND)wparam, (const COPYDATASTRUCT *)lparam)
				      : DefWindowProcW(self, message, wparam, lparam);
}

void
program_serve(const char *variant)
{
	(void)variant;
	memory = malloc(SIZE_MOST);
	program_check(memory != NULL, "memory");
	window = window_make(L"bench.copydata", server_procedure);
	program_ready();
	window_loop();
}

static LRESULT CALLBACK
client_procedure(HWND self, UINT message, WPARAM wparam, LPARAM lparam)
{
	const COPYDATASTRUCT *data = (const COPYDATASTRUCT *)lparam;

	if (message != WM_COPYDATA)
		return DefWindowProcW(self, message, wparam, lparam);
	if (data->dwData == FETCH)
		payload_check_seed(data->lpData, data->cbData, fetched_seed);
	else
		memcpy(answer, data->lpData, data->cbData);
	return TRUE;
}

static void
call_send(uint32_t size)
{
	payload_write(memory, size, payload_seed());
	window_send(server, window, SEND, memory, size);
}

static void
call_echo(uint32_t size)
{
	uint64_t seed = payload_seed();

	payload_write(memory, size, seed);
	window_send(server, window, ECHO, memory, size);
	payload_check_seed(answer, size, seed);
}

static void
call_fetch(uint32_t size)
{
	struct fetch fetch = { size, payload_seed() };

	fetched_seed = fetch.seed;
	window_send(server, window, FETCH, &fetch, sizeof fetch);
}

const struct operation *
program_connect(const char *variant)
{
	static const struct operation operations[] = {
		{ .name = "send", .call = call_send },
		{ .name = "echo", .call = call_echo },
		{ .name = "fetch", .call = call_fetch },
		{ 0 },
	};

	(void)variant;
	memory = malloc(SIZE_MOST);
	answer = malloc(SIZE_MOST);
	program_check(memory && answer, "memory");
	server = window_find(L"bench.copydata");
	window = window_make(L"bench.copydata.client", client_procedure);
	return operations;
}
