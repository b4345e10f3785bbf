/* MSRPC over ncalrpc, by the stubs that widl writes for msrpc.idl. */
#include <stdlib.h>
#include <string.h>

#include "msrpc.h"
#include "program.h"

#define ROOM MIB

static RPC_BINDING_HANDLE binding;
static uint8_t *sent, *received;

void *__RPC_USER
MIDL_user_allocate(SIZE_T size)
{
	return malloc(size);
}

void __RPC_USER
MIDL_user_free(void *memory)
{
	free(memory);
}

void
serve_msrpc_small(handle_t from, hyper a, hyper b, hyper *c, hyper *d)
{
	(void)from;
	*c = a + 1;
	*d = b + 1;
}

void
serve_msrpc_echo(handle_t from, ULONG size, const byte *data, byte *same)
{
	(void)from;
	payload_check(data, size);
	memcpy(same, data, size);
}

void
serve_msrpc_fetch(handle_t from, ULONG size, hyper seed, byte *data)
{
	(void)from;
	payload_write(data, size, (uint64_t)seed);
}

void
program_serve(const char *variant)
{
	(void)variant;
	program_check(RpcServerUseProtseqEpW((RPC_WSTR)L"ncalrpc", RPC_C_PROTSEQ_MAX_REQS_DEFAULT, (RPC_WSTR)L"bench.msrpc", NULL) ==
		      RPC_S_OK, "RpcServerUseProtseqEp");
	program_check(RpcServerRegisterIf(serve_msrpc_v1_0_s_ifspec, NULL, NULL) == RPC_S_OK, "RpcServerRegisterIf");
	program_check(RpcServerListen(1, RPC_C_LISTEN_MAX_CALLS_DEFAULT, TRUE) == RPC_S_OK, "RpcServerListen");
	program_ready();
	RpcMgmtWaitServerListen();
}

static void
call_small(uint32_t size)
{
	hyper a = (hyper)payload_seed(), b = a + 5, c = 0, d = 0;

	(void)size;
	msrpc_small(binding, a, b, &c, &d);
	program_check(c == a + 1 && d == b + 1, "an answer");
}

static void
call_echo(uint32_t size)
{
	uint64_t seed = payload_seed();

	payload_write(sent, size, seed);
	msrpc_echo(binding, size, sent, received);
	payload_check_seed(received, size, seed);
}

static void
call_fetch(uint32_t size)
{
	uint64_t seed = payload_seed();

	msrpc_fetch(binding, size, (hyper)seed, received);
	payload_check_seed(received, size, seed);
}

const struct operation *
program_connect(const char *variant)
{
	static const struct operation operations[] = {
		{ .name = "small", .call = call_small },
		{ .name = "echo", .call = call_echo },
		{ .name = "fetch", .call = call_fetch },
		{ 0 },
	};
	RPC_WSTR text = NULL;

	(void)variant;
	sent = malloc(ROOM);
	received = malloc(ROOM);
	program_check(sent && received, "memory");
	program_check(RpcStringBindingComposeW(NULL, (RPC_WSTR)L"ncalrpc", NULL, (RPC_WSTR)L"bench.msrpc", NULL, &text) == RPC_S_OK &&
		      RpcBindingFromStringBindingW(text, &binding) == RPC_S_OK, "RpcBindingFromStringBinding");
	RpcStringFreeW(&text);
	return operations;
}
