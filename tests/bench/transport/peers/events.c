/* A section that both sides keep mapped, and an event each way. No window takes part, so this is the floor. */
#include "kept.h"
#include "program.h"

static struct kept kept;
static HANDLE asked, answered;

static void
make_events(void)
{
	asked = CreateEventW(NULL, FALSE, FALSE, L"bench.events.asked");
	answered = CreateEventW(NULL, FALSE, FALSE, L"bench.events.answered");
	program_check(asked && answered, "CreateEvent");
}

void
program_serve(const char *variant)
{
	struct kept_request request;

	(void)variant;
	kept_make(L"bench.events", &kept);
	make_events();
	program_ready();
	while (WaitForSingleObject(asked, INFINITE) == WAIT_OBJECT_0) {
		request = *kept.header;
		kept_serve(&kept, &request);
		SetEvent(answered);
	}
	program_check(false, "WaitForSingleObject");
}

static void
ring(const struct kept_request *request)
{
	*kept.header = *request;
	SetEvent(asked);
	program_check(WaitForSingleObject(answered, SEND_TIMEOUT_MS) == WAIT_OBJECT_0, "WaitForSingleObject");
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

const struct operation *
program_connect(const char *variant)
{
	static const struct operation operations[] = {
		{ .name = "echo", .call = call_echo },
		{ .name = "store", .call = call_store },
		{ .name = "fetch", .call = call_fetch },
		{ 0 },
	};

	(void)variant;
	kept_open(L"bench.events", &kept);
	make_events();
	return operations;
}
