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

#include <cdrpc/single_instance.h>

#include "example.h"
#include "instance.h"

/* What the program was started with. */
struct start {
	wchar_t directory[MAX_PATH];
	const wchar_t *const *arguments;
	uint32_t count;
	HWND window;            /* once this is the instance */
};

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

static cdrpc_status
hand_over(void *self, struct cdrpc_client *client)
{
	struct start *start = self;

	return instance_open(client, start->directory, start->arguments, start->count);
}

/* The instance that others find has a window, in which its service lives. */
static cdrpc_status
become(void *self, struct cdrpc_server **ret_server)
{
	static const struct instance_handlers handlers = { .open = on_open };
	struct cdrpc_server_options options = { 0 };
	struct start *start = self;
	struct cdrpc_server *server;
	cdrpc_status status;

	options.window = start->window = create_window();
	if (!start->window)
		return CDRPC_E_OS;
	status = cdrpc_server_new(INSTANCE_SERVICE, &options, &server);
	if (status != CDRPC_OK)
		return status;
	status = instance_serve(server, &handlers, start->window);
	if (status == CDRPC_OK)
		*ret_server = server;
	else
		cdrpc_server_free(server);
	return status;
}

int
wmain(int argc, wchar_t **argv)
{
	const struct cdrpc_client_options options = { .trace = example_trace };
	struct start start = { .arguments = (const wchar_t *const *)argv + 1, .count = (uint32_t)argc - 1 };
	struct cdrpc_server *server;
	cdrpc_status status;
	DWORD length;
	MSG message;

	length = GetCurrentDirectoryW(MAX_PATH, start.directory);
	if (length == 0 || length >= MAX_PATH) {
		fputs("single-instance: the current directory's path is too long\n", stderr);
		return 1;
	}
	status = cdrpc_single_instance(INSTANCE_SERVICE, &options, hand_over, become, &start, &server);
	if (status != CDRPC_OK) {
		fprintf(stderr, "single-instance: %s\n", cdrpc_status_name(status));
		return 1;
	}
	if (!server)
		return 0;
	show(start.window, start.directory, start.arguments, start.count);
	puts("ready");
	fflush(stdout);
	while (GetMessageW(&message, NULL, 0, 0) > 0) {
		TranslateMessage(&message);
		DispatchMessageW(&message);
	}
	cdrpc_server_free(server);
	return 0;
}
