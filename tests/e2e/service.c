/* The test's side. service_server.c has the process that serves. */
#include "service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
keep_trace(void *self, const struct cdrpc_call_trace *call)
{
	struct serving *service = self;

	service->traces++;
	service->trace = *call;
}

void
service_start(struct serving *service, const char *role)
{
	memset(service, 0, sizeof *service);
	service->options.trace = keep_trace;
	service->options.trace_self = service;
	service->options.connect_timeout_ms = service->options.call_timeout_ms = 20000;
	snprintf(service->name, sizeof service->name, "test.echo.%lu", (unsigned long)GetCurrentProcessId());
	service->proc = proc_start(role);
	proc_await(service->proc);
}

void
service_connect(struct serving *service, const char *role)
{
	service_start(service, role);
	ck_assert_int_eq(cdrpc_client_connect(service->name, &service->options, &service->client), CDRPC_OK);
}

void
service_do(struct serving *service, enum service_command command, uint64_t argument)
{
	service->proc->words[SERVICE_COMMAND] = command;
	service->proc->words[SERVICE_ARGUMENT] = argument;
	proc_signal(service->proc);
	if (command != SERVICE_END)
		proc_await(service->proc);
}

struct cdrpc_stats
service_stats(struct serving *service)
{
	struct cdrpc_stats stats;

	service_do(service, SERVICE_TELL, 0);
	memcpy(&stats, (const void *)&service->proc->words[SERVICE_STATS], sizeof stats);
	return stats;
}

void
service_stop(struct serving *service)
{
	cdrpc_client_free(service->client);
	service->client = NULL;
	service_do(service, SERVICE_END, 0);
	ck_assert_int_eq(proc_finish(service->proc), 0);
}

void
service_buried(struct serving *service)
{
	cdrpc_client_free(service->client);
	service->client = NULL;
	proc_finish(service->proc);
}

static LRESULT CALLBACK
copy_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	if (message == WM_COPYDATA)
		return (LRESULT)((const COPYDATASTRUCT *)lparam)->cbData;
	return DefWindowProcW(window, message, wparam, lparam);
}

static DWORD WINAPI
copy_from_thread(void *window)
{
	COPYDATASTRUCT data = { 1, 12, (void *)(uintptr_t)"from afar!!" };

	return SendMessageW(window, WM_COPYDATA, 0, (LPARAM)&data) == 12;
}

bool
service_threads_can_copy(void)
{
	WNDCLASSW class = { .lpfnWndProc = copy_procedure, .lpszClassName = L"test.copy" };
	DWORD arrived = 0;
	HANDLE thread;
	HWND window;

	RegisterClassW(&class);
	window = CreateWindowW(L"test.copy", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
	thread = CreateThread(NULL, 0, copy_from_thread, window, 0, NULL);
	proc_await_handle(thread);
	GetExitCodeThread(thread, &arrived);
	CloseHandle(thread);
	DestroyWindow(window);
	return arrived != 0;
}

void
service_fill(uint8_t *data, uint32_t size)
{
	uint32_t i;

	for (i = 0; i < size; i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
}

uint32_t
service_sum(struct cdrpc_bytes data)
{
	const uint8_t *bytes = data.data;
	uint32_t sum = 0, i;

	for (i = 0; i < data.size; i++)
		sum = sum * 31 + bytes[i];
	return sum;
}

struct cdrpc_bytes
service_data(uint32_t size)
{
	uint8_t *data = malloc(size ? size : 1);

	if (!data)
		abort();
	service_fill(data, size);
	return (struct cdrpc_bytes){ data, size };
}

bool
service_data_equal(struct cdrpc_bytes a, struct cdrpc_bytes b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}
