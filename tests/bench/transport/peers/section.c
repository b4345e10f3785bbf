/* Sections with WM_COPYDATA as the bell: one that both sides keep mapped, or a fresh one for each call. */
#include <string.h>

#include "kept.h"
#include "program.h"

enum {
	RING = 1,       /* of the section that is kept */
	FRESH           /* of a new one, which the message names */
};

struct fresh_request {
	uint64_t section;       /* the server's handle */
	uint64_t size;          /* of the payload; the answer's is behind it */
};

static struct kept kept;
static HWND server, window;
static HANDLE server_process;

static void
serve_fresh(const struct fresh_request *request)
{
	HANDLE section = (HANDLE)(uintptr_t)request->section;
	uint32_t size = (uint32_t)request->size;
	uint8_t *view = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, 0);

	program_check(view != NULL, "MapViewOfFile");
	payload_check(view, size);
	memcpy(view + size, view, size);
	UnmapViewOfFile(view);
	CloseHandle(section);
}

static LRESULT CALLBACK
server_procedure(HWND self, UINT message, WPARAM wparam, LPARAM lparam)
{
	const COPYDATASTRUCT *data = (const COPYDATASTRUCT *)lparam;
	struct kept_request request;
	struct fresh_request fresh;

	if (message != WM_COPYDATA)
		return DefWindowProcW(self, message, wparam, lparam);
	if (data->dwData == RING) {
		memcpy(&request, data->lpData, sizeof request);
		kept_serve(&kept, &request);
	} else {
		memcpy(&fresh, data->lpData, sizeof fresh);
		serve_fresh(&fresh);
	}
	return TRUE;
}

void
program_serve(const char *variant)
{
	(void)variant;
	kept_make(L"bench.section.kept", &kept);
	window_make(L"bench.section", server_procedure);
	program_ready();
	window_loop();
}

static void
ring(const struct kept_request *request)
{
	window_send(server, window, RING, request, sizeof *request);
}

static void
call_echo(uint32_t size)
{
	kept_call(&kept, KEPT_ECHO, size, ring);
}

static void
call_store(uint32_t size)
{
	kept_call(&kept, KEPT_STORE, size, ring);
}

static void
call_fetch(uint32_t size)
{
	kept_call(&kept, KEPT_FETCH, size, ring);
}

static void
call_fresh(uint32_t size)
{
	HANDLE section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 2 * size, NULL), theirs = NULL;
	uint8_t *view = section ? MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, 0) : NULL;
	struct fresh_request request = { .size = size };
	uint64_t seed = payload_seed();

	program_check(view != NULL, "a section");
	payload_write(view, size, seed);
	program_check(DuplicateHandle(GetCurrentProcess(), section, server_process, &theirs, 0, FALSE, DUPLICATE_SAME_ACCESS),
		      "DuplicateHandle");
	request.section = (uintptr_t)theirs;
	window_send(server, window, FRESH, &request, sizeof request);
	payload_check_seed(view + size, size, seed);
	UnmapViewOfFile(view);
	CloseHandle(section);
}

const struct operation *
program_connect(const char *variant)
{
	static const struct operation operations[] = {
		{ .name = "echo", .call = call_echo },
		{ .name = "store", .call = call_store },
		{ .name = "fetch", .call = call_fetch },
		{ .name = "fresh", .call = call_fresh },
		{ 0 },
	};
	DWORD process_id = 0;

	(void)variant;
	kept_open(L"bench.section.kept", &kept);
	server = window_find(L"bench.section");
	GetWindowThreadProcessId(server, &process_id);
	server_process = OpenProcess(PROCESS_DUP_HANDLE, FALSE, process_id);
	program_check(server_process != NULL, "OpenProcess");
	window = window_make(L"bench.section.client", DefWindowProcW);
	return operations;
}
