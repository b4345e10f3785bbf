/* A payload that is copied to a server that is a function, and back: what an echo costs where nothing is in between. */
#include <stdlib.h>
#include <string.h>

#include "program.h"

static uint8_t *sent, *arrived, *received;

void
program_serve(const char *variant)
{
	(void)variant;
	program_ready();
	Sleep(INFINITE);
}

static void
call_echo(uint32_t size)
{
	uint64_t seed = payload_seed();

	payload_write(sent, size, seed);
	memcpy(arrived, sent, size);
	payload_check(arrived, size);
	memcpy(received, arrived, size);
	payload_check_seed(received, size, seed);
}

const struct operation *
program_connect(const char *variant)
{
	static const struct operation operations[] = {
		{ .name = "echo", .call = call_echo },
		{ 0 },
	};

	(void)variant;
	sent = malloc(SIZE_MOST);
	arrived = malloc(SIZE_MOST);
	received = malloc(SIZE_MOST);
	program_check(sent && arrived && received, "memory");
	return operations;
}
