/* A named pipe in message mode, one message each way. */
#include <stdlib.h>

#include "program.h"

#define NAME L"\\\\.\\pipe\\bench"
#define ROOM MIB

static uint8_t *sent, *received;
static HANDLE end;

static void
make_memory(void)
{
	sent = malloc(ROOM);
	received = malloc(ROOM);
	program_check(sent && received, "memory");
}

void
program_serve(const char *variant)
{
	DWORD size = 0, written = 0;

	(void)variant;
	make_memory();
	end = CreateNamedPipeW(NAME, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT, 1, ROOM, ROOM, 0, NULL);
	program_check(end != INVALID_HANDLE_VALUE, "CreateNamedPipe");
	program_ready();
	program_check(ConnectNamedPipe(end, NULL) || GetLastError() == ERROR_PIPE_CONNECTED, "ConnectNamedPipe");
	while (ReadFile(end, received, ROOM, &size, NULL)) {
		payload_check(received, size);
		program_check(WriteFile(end, received, size, &written, NULL) && written == size, "WriteFile");
	}
	/* The client has ended. */
	ExitProcess(0);
}

static void
call_echo(uint32_t size)
{
	uint64_t seed = payload_seed();
	DWORD put = 0, got = 0;

	payload_write(sent, size, seed);
	/* Under Wine TransactNamedPipe() takes more than twice as long as the two. */
	program_check(WriteFile(end, sent, size, &put, NULL) && put == size, "WriteFile");
	program_check(ReadFile(end, received, size, &got, NULL) && got == size, "ReadFile");
	payload_check_seed(received, size, seed);
}

const struct operation *
program_connect(const char *variant)
{
	static const struct operation operations[] = {
		{ .name = "echo", .call = call_echo },
		{ 0 },
	};
	DWORD mode = PIPE_READMODE_MESSAGE;

	(void)variant;
	make_memory();
	end = CreateFileW(NAME, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
	program_check(end != INVALID_HANDLE_VALUE && SetNamedPipeHandleState(end, &mode, NULL, NULL), "CreateFile");
	return operations;
}
