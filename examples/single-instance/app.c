/*
 * A program that runs once: a further start hands its command line to the instance that is there, and ends.
 *
 *	single-instance [ARGUMENT...]
 *	single-instance --quit                  ends the instance that is there
 *
 * It is an ordinary program with a window and a message loop of its own; the service lives in that window.
 */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

#include "example.h"
#include "instance.h"

#define NAME "example.instance"
#define START_TIMEOUT_MS 10000

static void
show(HWND window, const wchar_t *directory, const wchar_t *const *arguments, uint32_t count)
{
	uint32_t i;

	printf("opened in ");
	example_print(directory);
	putchar(':');
	for (i = 0; i < count; i++) {
		putchar(' ');
		example_print(arguments[i]);
	}
	putchar('\n');
	fflush(stdout);
	if (count > 0)
		SetWindowTextW(window, arguments[0]);
}

/* Runs from the application's own message loop, between its other messages. */
static cdrpc_status
on_open(struct cdrpc_call *call, void *self, const cdrpc_wchar *directory, const cdrpc_wchar *const *arguments,
	uint32_t arguments_count)
{
	HWND window = self;

	(void)call;
	if (arguments_count > 0 && wcscmp(arguments[0], L"--quit") == 0) {
		/* Not at once: this call is to be answered first. */
		PostMessageW(window, WM_CLOSE, 0, 0);
		return CDRPC_OK;
	}
	show(window, directory, arguments, arguments_count);
	SetForegroundWindow(window);
	return CDRPC_OK;
}

static LRESULT CALLBACK
window_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
	if (message == WM_DESTROY) {
		PostQuitMessage(0);
		return 0;
	}
	return DefWindowProcW(window, message, wparam, lparam);
}

static HWND
create_window(void)
{
	WNDCLASSW class = {
		.lpfnWndProc = window_procedure,
		.hInstance = GetModuleHandleW(NULL),
		.hbrBackground = (HBRUSH)(COLOR_WINDOW + 1),
		.lpszClassName = L"example.instance.window",
	};

	if (!RegisterClassW(&class))
		return NULL;
	return CreateWindowExW(0, class.lpszClassName, L"single-instance", WS_OVERLAPPEDWINDOW | WS_VISIBLE, CW_USEDEFAULT,
			       CW_USEDEFAULT, 480, 120, NULL, NULL, class.hInstance, NULL);
}

/* Becomes the instance that others find. */
static cdrpc_status
start_server(HWND window, struct cdrpc_server **ret_server)
{
	static const struct instance_handlers handlers = { .open = on_open };
	const struct cdrpc_server_options options = { .window = window };
	struct cdrpc_server *server;
	cdrpc_status status;

	status = cdrpc_server_new(NAME, &options, &server);
	if (status != CDRPC_OK)
		return status;
	status = instance_serve(server, &handlers, window);
	if (status == CDRPC_OK)
		status = cdrpc_server_start(server);
	if (status != CDRPC_OK) {
		cdrpc_server_free(server);
		return status;
	}
	*ret_server = server;
	return CDRPC_OK;
}

/* Any will do. It is asked about each before that is tried, so the last one is the one that the session is with. */
static bool
note_server(void *self, const struct cdrpc_peer_facts *facts)
{
	uint32_t *process_id = self;

	*process_id = facts->process_id;
	return true;
}

/* CDRPC_E_NOT_FOUND: there is no other instance. */
static cdrpc_status
hand_over(const wchar_t *directory, const wchar_t *const *arguments, uint32_t count)
{
	uint32_t process_id = 0;
	const struct cdrpc_policy policy = { .authorise = note_server, .authorise_self = &process_id };
	const struct cdrpc_client_options options = { .policy = &policy, .trace = example_trace };
	struct cdrpc_client *client;
	cdrpc_status status;

	status = cdrpc_client_connect(NAME, &options, &client);
	if (status != CDRPC_OK)
		return status;
	/* The user has started this process, so it may come to the front, and hands that over, too. Where it may not, that fails, and the
	 * other's button in the taskbar flashes. */
	AllowSetForegroundWindow(process_id);
	status = instance_open(client, directory, arguments, count);
	cdrpc_client_free(client);
	return status;
}

/* Hands over, or becomes the instance; *ret_server is NULL after the former. */
static cdrpc_status
hand_over_or_start(const wchar_t *directory, const wchar_t *const *arguments, uint32_t count,
		   struct cdrpc_server **ret_server)
{
	cdrpc_status status;
	HWND window;

	status = hand_over(directory, arguments, count);
	if (status != CDRPC_E_NOT_FOUND) {
		*ret_server = NULL;
		return status;
	}
	window = create_window();
	if (!window)
		return CDRPC_E_OS;
	status = start_server(window, ret_server);
	if (status == CDRPC_OK)
		show(window, directory, arguments, count);
	return status;
}

/* Of two that start at once, the second looks for the first only when it can be found. */
static cdrpc_status
start_alone(const wchar_t *directory, const wchar_t *const *arguments, uint32_t count, struct cdrpc_server **ret_server)
{
	HANDLE mutex = CreateMutexW(NULL, FALSE, L"Local\\example.instance.starting");
	cdrpc_status status = CDRPC_E_TIMEOUT;
	DWORD waited;

	if (!mutex)
		return CDRPC_E_OS;
	waited = WaitForSingleObject(mutex, START_TIMEOUT_MS);
	if (waited == WAIT_OBJECT_0 || waited == WAIT_ABANDONED) {
		status = hand_over_or_start(directory, arguments, count, ret_server);
		ReleaseMutex(mutex);
	}
	CloseHandle(mutex);
	return status;
}

int
wmain(int argc, wchar_t **argv)
{
	struct cdrpc_server *server = NULL;
	wchar_t directory[MAX_PATH];
	cdrpc_status status;
	DWORD length;
	MSG message;

	length = GetCurrentDirectoryW(MAX_PATH, directory);
	if (length == 0 || length >= MAX_PATH) {
		fputs("single-instance: the current directory's path is too long\n", stderr);
		return 1;
	}
	status = start_alone(directory, (const wchar_t *const *)argv + 1, (uint32_t)argc - 1, &server);
	if (status != CDRPC_OK) {
		fprintf(stderr, "single-instance: %s\n", cdrpc_status_name(status));
		return 1;
	}
	if (!server)
		return 0;
	puts("ready");
	fflush(stdout);
	while (GetMessageW(&message, NULL, 0, 0) > 0) {
		TranslateMessage(&message);
		DispatchMessageW(&message);
	}
	cdrpc_server_free(server);
	return 0;
}
