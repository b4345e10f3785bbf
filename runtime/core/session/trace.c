#include "session/trace.h"

#include <stdio.h>

#include "base/env.h"
#include "session/endpoint.h"
#include "session/registry.h"

#define LINE_USUAL 512  /* bytes; a longer one takes memory of its own */

static const char *
type_name(uint16_t type)
{
	static const char *const names[] = {
		[FRAME_HELLO] = "HELLO",   [FRAME_CHALLENGE] = "CHALLENGE", [FRAME_OPEN] = "OPEN",
		[FRAME_REQUEST] = "REQUEST", [FRAME_REPLY] = "REPLY",       [FRAME_CANCEL] = "CANCEL",
		[FRAME_EVENT] = "EVENT",   [FRAME_RELEASE] = "RELEASE",     [FRAME_CHUNK] = "CHUNK",
		[FRAME_CLOSE] = "CLOSE",
	};

	return type < sizeof names / sizeof names[0] && names[type] ? names[type] : "?";
}

/* Interface and method, as far as this endpoint knows them. */
static void
name_method(const struct endpoint *endpoint, struct trace_line *line)
{
	const struct service *service;
	uint32_t index;

	if (line->method || !line->frame || line->frame->interface_id == 0)
		return;
	service = registry_find(&endpoint->registry, line->frame->interface_id);
	if (!service)
		return;
	index = registry_method(service->iface, line->frame->method);
	if (index == service->iface->method_count)
		return;
	line->iface = service->iface;
	line->method = &service->iface->methods[index];
}

static void
name_status(cdrpc_status status, char *ret_name, size_t size)
{
	if (status <= CDRPC_OK)
		snprintf(ret_name, size, "%s", cdrpc_status_name(status));
	else
		snprintf(ret_name, size, "%d", (int)status);
}

uint64_t
trace_begin(const struct endpoint *endpoint)
{
	return endpoint->trace ? clock_us() : 0;
}

/* As snprintf() does. */
static int
line_store(char *to, size_t size, const struct endpoint *endpoint, const struct trace_line *line, uint64_t now)
{
	char status[32];

	name_status(line->status, status, sizeof status);
	return snprintf(to, size,
			"{\"v\":1,\"us\":%llu,\"pid\":%lu,\"endpoint\":%llu,\"dir\":\"%s\",\"type\":\"%s\",\"txn\":%llu,"
			"\"method\":\"%s%s%s\",\"route\":\"%s\",\"frame\":%llu,\"body\":%llu,\"status\":\"%s\","
			"\"took_us\":%llu}\n",
			(unsigned long long)now, (unsigned long)endpoint->own.process_id,
			(unsigned long long)endpoint->window, line->direction == TRACE_IN ? "in" : "out",
			line->frame ? type_name(line->frame->type) : "?",
			line->frame ? (unsigned long long)line->frame->txn : 0, line->iface ? line->iface->name : "",
			line->iface ? "." : "", line->method ? line->method->name : "", cdrpc_route_name(line->route),
			(unsigned long long)line->size,
			line->frame ? (unsigned long long)line->frame->body_size + line->frame->blob_size : 0, status,
			line->began_us ? (unsigned long long)(now - line->began_us) : 0);
}

void
trace_write(const struct endpoint *endpoint, const struct trace_line *given)
{
	struct trace_line line = *given;
	char usual[LINE_USUAL], *text = usual;
	uint64_t now;
	int length;

	if (!endpoint->trace)
		return;
	now = clock_us();
	name_method(endpoint, &line);
	length = line_store(usual, sizeof usual, endpoint, &line, now);
	if (length < 0)
		return;
	/* Names have no bound. */
	if ((size_t)length >= sizeof usual) {
		text = env_alloc(&endpoint->env, (size_t)length + 1);
		if (!text)
			return;
		line_store(text, (size_t)length + 1, endpoint, &line, now);
	}
	trace_file_write(endpoint->trace, text, (size_t)length);
	if (text != usual)
		env_free(&endpoint->env, text);
}
