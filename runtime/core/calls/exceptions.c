#include <cdrpc/exceptions.h>

#include <string.h>

#include "base/env.h"
#include "calls/call.h"
#include "session/endpoint.h"
#include "session/thread_state.h"
#include "wire/utf8.h"

#define WHAT_SIZE 301

/* On one line, whole characters of UTF-8; what is none is in some code page, of which only ASCII is sure. */
static const char *
one_line(const char *what, char ret_text[WHAT_SIZE])
{
	size_t size = 0, i;

	while (size < WHAT_SIZE - 1 && what[size])
		size++;
	if (what[size])
		while (size > 0 && ((unsigned char)what[size] & 0xc0) == 0x80)
			size--;
	memcpy(ret_text, what, size);
	ret_text[size] = '\0';
	for (i = 0; i < size; i++)
		if ((unsigned char)ret_text[i] < ' ' || ret_text[i] == 0x7f)
			ret_text[i] = ' ';
	if (!utf8_valid(ret_text, size))
		for (i = 0; i < size; i++)
			if ((unsigned char)ret_text[i] >= 0x80)
				ret_text[i] = '?';
	return ret_text;
}

cdrpc_status
cdrpc_call_threw(struct cdrpc_call *call, cdrpc_status status, const char *what)
{
	const struct cdrpc_method *method = call_method(call);
	bool secret = (method->flags & CDRPC_METHOD_SECRET) != 0;
	char text[WHAT_SIZE];

	if (status != CDRPC_E_NOMEM || method->flags & CDRPC_METHOD_ONEWAY)
		env_log(&call->session->endpoint->env, CDRPC_LOG_ERROR, "%s.%s: an exception left the handler%s%s", call->service->iface->name,
			method->name, !what || secret ? "" : ": ", !what || secret ? "" : one_line(what, text));
	/* So that what the handler returns is not told as well. */
	atomic_u32_store(&call->refused, (uint32_t)status);
	return atomic_bool_load(&call->kept) ? CDRPC_KEPT : status;
}

void
cdrpc_callback_threw(const char *name, const char *what)
{
	struct thread_state *shared = thread_state_take();
	const struct endpoint *endpoint = shared ? shared->endpoints : NULL;
	char text[WHAT_SIZE];

	env_log(endpoint ? &endpoint->env : NULL, CDRPC_LOG_ERROR, "%s: an exception left it%s%s", name, what ? ": " : "",
		what ? one_line(what, text) : "");
	if (shared)
		thread_state_drop(shared);
}
