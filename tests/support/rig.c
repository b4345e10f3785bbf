#include "calls/call.h"
#include "rig.h"
#include "calls/pending.h"
#include "service/server.h"
#include "session/client.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>


#define BLOB_MAX (UINT32_C(1) << 29)

static const struct cdrpc_method methods[RIG_METHODS] = {
	[RIG_ECHO] = { "echo", 1, 1, CDRPC_METHOD_OUTPUTS, 0, UINT32_MAX, UINT32_MAX, NULL },
	[RIG_ECHO_INLINE] = { "echo_inline", 2, 1, CDRPC_METHOD_OUTPUTS | CDRPC_METHOD_INLINE, 0, UINT32_MAX, UINT32_MAX, NULL },
	[RIG_STATUS] = { "status", 3, 1, 0, 0, UINT32_MAX, 0, NULL },
	[RIG_STATUS_INLINE] = { "status_inline", 4, 1, CDRPC_METHOD_INLINE, 0, UINT32_MAX, 0, NULL },
	[RIG_NOTE] = { "note", 5, 1, CDRPC_METHOD_ONEWAY, 0, UINT32_MAX, 0, NULL },
	[RIG_ABSENT] = { "absent", 6, 1, CDRPC_METHOD_OUTPUTS, 0, UINT32_MAX, UINT32_MAX, NULL },
	[RIG_SECRET] = { "secret", 7, 1, CDRPC_METHOD_OUTPUTS | CDRPC_METHOD_SECRET, 0, UINT32_MAX, UINT32_MAX, NULL },
	[RIG_SHORT] = { "short", 8, 1, CDRPC_METHOD_OUTPUTS, 0, 16, UINT32_MAX, NULL },
	[RIG_EVENT] = { "event", 9, 1, CDRPC_METHOD_EVENT, 0, UINT32_MAX, 0, NULL },
	[RIG_LATEST] = { "latest", 10, 1, CDRPC_METHOD_EVENT | CDRPC_METHOD_COALESCE, 0, UINT32_MAX, 0, NULL },
	[RIG_SHARED] = { "shared", 11, 1, CDRPC_METHOD_OUTPUTS | CDRPC_METHOD_SHARED_INPUTS | CDRPC_METHOD_SHARED_OUTPUTS, 0, UINT32_MAX,
			 UINT32_MAX, NULL },
	[RIG_LATER] = { "later", 12, 2, 0, 0, UINT32_MAX, 0, NULL },
};
/* What the client was built with, and what the older server was. */
const struct cdrpc_interface rig_interface = { RIG_INTERFACE, "rig.Rig", 2, 0, 0, 0, RIG_METHODS, methods, NULL };
static const struct cdrpc_interface interface_1 = { RIG_INTERFACE, "rig.Rig", 1, 0, 0, 0, RIG_LATER, methods, NULL };

static void *
heap_alloc(void *self, size_t size)
{
	struct rig_heap *heap = self;
	unsigned char *raw;
	size_t shift;

	heap->allocations++;
	if (heap->fail_at && --heap->fail_at == 0) {
		heap->exhausted = heap->for_good;
		return NULL;
	}
	if (heap->exhausted)
		return NULL;
	raw = malloc(size + 32);
	assert(raw);
	/* Before the block: its size, and in the last byte where it begins. */
	shift = 32 - ((uintptr_t)raw & 15);
	memcpy(raw + shift - 16, &size, sizeof size);
	raw[shift - 1] = (unsigned char)shift;
	heap->live++;
	heap->bytes += size;
	return raw + shift;
}

static void
heap_free(void *self, void *memory)
{
	struct rig_heap *heap = self;
	unsigned char *bytes = memory;
	size_t size;

	if (!bytes)
		return;
	memcpy(&size, bytes - 16, sizeof size);
	heap->live--;
	heap->bytes -= size;
	free(bytes - bytes[-1]);
}

static void
keep_trace(void *self, const struct cdrpc_call_trace *call)
{
	struct rig *rig = self;

	rig->traces++;
	rig->trace = *call;
}

void
rig_init(struct rig *rig)
{
	memset(rig, 0, sizeof *rig);
	rig->env = (struct cdrpc_env){ .self = &rig->heap, .alloc = heap_alloc, .free = heap_free };
	rig->server_options.env = &rig->env;
	rig->server_options.limits = &rig->server_limits;
	rig->server_options.policy = &rig->server_policy;
	rig->client_options.env = &rig->env;
	rig->client_options.limits = &rig->client_limits;
	rig->client_options.policy = &rig->client_policy;
	rig->client_options.trace = keep_trace;
	rig->client_options.trace_self = rig;
	fake_begin();
	rig->server_thread = fake_process();
	rig->client_thread = fake_process();
	rig->idle_thread = fake_process();
	fake_enter(rig->client_thread);
}

static struct cdrpc_bytes
read_data(struct cdrpc_reader *r, uint32_t index)
{
	return index == RIG_SHARED ? cdrpc_read_shared(r, BLOB_MAX) : cdrpc_read_blob(r, BLOB_MAX);
}

static cdrpc_status
serve(struct cdrpc_call *call, uint32_t index, struct rig *rig)
{
	struct cdrpc_reader r;
	uint32_t value;
	struct cdrpc_bytes data;
	cdrpc_status status;

	cdrpc_call_inputs(&r, call);
	value = cdrpc_read_u32(&r);
	data = read_data(&r, index);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	rig->runs++;
	if (rig->handler)
		return rig->handler(rig, call, index, value, data);
	return methods[index].flags & CDRPC_METHOD_OUTPUTS ? rig_reply(call, value, data) : (cdrpc_status)value;
}

#define SKELETON(name, index)                                                                                                  \
	static cdrpc_status name(struct cdrpc_call *call, const void *handlers, void *self)                                    \
	{                                                                                                                      \
		(void)handlers;                                                                                                \
		return serve(call, index, self);                                                                               \
	}
SKELETON(serve_echo, RIG_ECHO)
SKELETON(serve_echo_inline, RIG_ECHO_INLINE)
SKELETON(serve_status, RIG_STATUS)
SKELETON(serve_status_inline, RIG_STATUS_INLINE)
SKELETON(serve_note, RIG_NOTE)
SKELETON(serve_secret, RIG_SECRET)
SKELETON(serve_short, RIG_SHORT)
SKELETON(serve_shared, RIG_SHARED)

static cdrpc_skeleton *const skeletons[RIG_METHODS] = {
	[RIG_ECHO] = serve_echo,
	[RIG_ECHO_INLINE] = serve_echo_inline,
	[RIG_STATUS] = serve_status,
	[RIG_STATUS_INLINE] = serve_status_inline,
	[RIG_NOTE] = serve_note,
	[RIG_SECRET] = serve_secret,
	[RIG_SHORT] = serve_short,
	[RIG_SHARED] = serve_shared,
};

cdrpc_status
rig_make(struct rig *rig, const char *name, const struct cdrpc_server_options *options, const struct endpoint_hooks *hooks,
	 struct cdrpc_server **ret_server)
{
	cdrpc_status status = server_new(name, options, hooks, ret_server);

	if (status == CDRPC_OK)
		status = cdrpc_server_add(*ret_server, &interface_1, skeletons, NULL, rig);
	return status;
}

static cdrpc_status
start(struct rig *rig, const char *name, const struct cdrpc_server_options *options, const struct endpoint_hooks *hooks,
      struct cdrpc_server **ret_server)
{
	cdrpc_status status = rig_make(rig, name, options, hooks, ret_server);

	if (status == CDRPC_OK)
		status = cdrpc_server_start(*ret_server);
	return status;
}

cdrpc_status
rig_start(struct rig *rig)
{
	cdrpc_status status;

	fake_enter(rig->server_thread);
	status = start(rig, RIG_SERVICE, &rig->server_options, &rig->server_hooks, &rig->server);
	fake_enter(rig->client_thread);
	return status;
}

cdrpc_status
rig_serve_too(struct rig *rig, const char *name, const struct cdrpc_server_options *options, struct cdrpc_server **ret_server)
{
	return start(rig, name, options, &rig->client_hooks, ret_server);
}

cdrpc_status
rig_serve_back(struct rig *rig, const struct cdrpc_server_options *options)
{
	cdrpc_status status = rig_serve_too(rig, NULL, options ? options : &rig->server_options, &rig->back);

	rig->client_options.server = rig->back;
	return status;
}

cdrpc_status
rig_connect(struct rig *rig)
{
	return client_connect(RIG_SERVICE, &rig->client_options, &rig->client_hooks, &rig->client);
}

void
rig_disconnect(struct rig *rig)
{
	fake_enter(rig->client_thread);
	cdrpc_client_free(rig->client);
	rig->client = NULL;
}

const char *
rig_stop(struct rig *rig)
{
	const char *left;

	rig_disconnect(rig);
	cdrpc_reply_free(&rig->reply);
	cdrpc_server_free(rig->back);
	rig->back = NULL;
	fake_run();
	fake_enter(rig->server_thread);
	cdrpc_server_free(rig->server);
	rig->server = NULL;
	left = fake_end();
	if (left[0] == '\0' && rig->heap.live != 0)
		left = "memory";
	return left;
}

cdrpc_status
rig_begin(struct rig *rig, uint32_t index, uint32_t value, struct cdrpc_bytes data, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, rig->client, &rig_interface, index);
	do {
		cdrpc_write_u32(&w, value);
		cdrpc_write_blob(&w, data, BLOB_MAX);
	} while (cdrpc_write_again(&w));
	if (methods[index].flags & CDRPC_METHOD_ONEWAY)
		return cdrpc_oneway_send(&w);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
rig_finish(struct rig *rig, uint32_t index, struct cdrpc_pending *pending, struct rig_answer *ret_answer)
{
	/* 'index' says whether there are outputs; tests finish by it what they have begun by another like it. */
	const struct cdrpc_method *method = pending ? pending->method : &methods[index];
	struct cdrpc_reader r;
	struct rig_answer answer;

	if (!(methods[index].flags & CDRPC_METHOD_OUTPUTS)) {
		cdrpc_reply_begin(&r, pending, method, NULL);
		return cdrpc_reply_end(&r);
	}
	cdrpc_reply_begin(&r, pending, method, &rig->reply);
	answer.value = cdrpc_read_u32(&r);
	answer.data = read_data(&r, index);
	if (cdrpc_reply_good(&r))
		*ret_answer = answer;
	return cdrpc_reply_end(&r);
}

cdrpc_status
rig_call(struct rig *rig, uint32_t index, uint32_t value, struct cdrpc_bytes data, struct rig_answer *ret_answer)
{
	struct cdrpc_pending *pending = NULL;
	cdrpc_status status = rig_begin(rig, index, value, data, &pending);

	if (status != CDRPC_OK || !pending)
		return status;
	return rig_finish(rig, index, pending, ret_answer);
}

cdrpc_status
rig_reply(struct cdrpc_call *call, uint32_t value, struct cdrpc_bytes data)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call, call->service->iface, call->method_index);
	do {
		cdrpc_write_u32(&w, value);
		cdrpc_write_blob(&w, data, BLOB_MAX);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

static void
hear(struct cdrpc_reader *r, struct rig *rig, uint32_t index)
{
	uint32_t value = cdrpc_read_u32(r);
	struct cdrpc_bytes data = cdrpc_read_blob(r, BLOB_MAX);

	if (cdrpc_event_end(r))
		rig->heard(rig, index, value, data);
}

static void
hear_event(struct cdrpc_reader *r, const void *events, void *self)
{
	(void)events;
	hear(r, self, RIG_EVENT);
}

static void
hear_latest(struct cdrpc_reader *r, const void *events, void *self)
{
	(void)events;
	hear(r, self, RIG_LATEST);
}

cdrpc_status
rig_listen(struct rig *rig, struct cdrpc_client *client, bool event, bool latest)
{
	const struct cdrpc_event_entry entries[] = { { RIG_EVENT, event, hear_event }, { RIG_LATEST, latest, hear_latest } };

	return cdrpc_client_listen(client, &rig_interface, entries, 2, event || latest ? entries : NULL, sizeof entries, rig);
}

cdrpc_status
rig_emit(struct cdrpc_server *server, struct cdrpc_peer *to, uint32_t index, uint32_t value, struct cdrpc_bytes data)
{
	struct cdrpc_writer w;

	cdrpc_event_begin(&w, server, to, &interface_1, index);
	cdrpc_write_u32(&w, value);
	cdrpc_write_blob(&w, data, BLOB_MAX);
	return cdrpc_event_send(&w);
}

void
rig_settle(struct rig *rig)
{
	fake_enter(rig->idle_thread);
	fake_run();
	fake_enter(rig->client_thread);
}

struct cdrpc_stats
rig_stats(const struct rig *rig)
{
	struct cdrpc_stats stats;

	cdrpc_server_get_stats(rig->server, &stats);
	return stats;
}

struct cdrpc_bytes
rig_data(uint32_t size)
{
	uint8_t *data = malloc(size ? size : 1);
	uint32_t i;

	assert(data);
	for (i = 0; i < size; i++)
		data[i] = (uint8_t)(i * 7 + i / 251);
	return (struct cdrpc_bytes){ data, size };
}

void
rig_data_free(struct cdrpc_bytes data)
{
	free((void *)(uintptr_t)data.data);
}

bool
rig_data_equal(struct cdrpc_bytes a, struct cdrpc_bytes b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}
