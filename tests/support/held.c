/*
 * Holds the library's functions to the statuses that cdrpc.h lists for each: test programs are linked so that what they call is one of
 * these, which calls the real one. What is not listed ends the program.
 */
#include <stdio.h>
#include <stdlib.h>

#include <cdrpc/generated.h>

struct listed {
	bool ok;
	bool errors;            /* positive ones */
	bool remote;            /* what the other side says */
	bool kept;
	cdrpc_status statuses[24];      /* 0 ends them */
};

#include "statuses.h"

static cdrpc_status
held(const char *function, const struct listed *listed, cdrpc_status status)
{
	const cdrpc_status *at = listed->statuses;

	while (*at != 0 && *at != status)
		at++;
	if (status == CDRPC_OK ? listed->ok : *at != 0 || (status > 0 && listed->errors) || (status == CDRPC_KEPT && listed->kept) ||
						      (listed->remote && status <= CDRPC_E_BUSY && status >= CDRPC_E_REMOTE_VERSION))
		return status;
	fprintf(stderr, "%s returned %d (%s), which cdrpc.h does not list for it\n", function, (int)status,
		cdrpc_status_name(status));
	abort();
}

/* 'name' is that of the line in cdrpc.h. */
#define HOLD(name, function, parameters, arguments)                                                                            \
	cdrpc_status __real_##function parameters;                                                                             \
	cdrpc_status __wrap_##function parameters;                                                                             \
	cdrpc_status __wrap_##function parameters                                                                              \
	{                                                                                                                      \
		return held(#function, &listed_##name, __real_##function arguments);                                           \
	}

struct endpoint_hooks;

HOLD(cdrpc_server_new, cdrpc_server_new_sized,
     (const char *name, const struct cdrpc_server_options *options, const struct cdrpc_sizes *sizes, size_t sizes_size,
      struct cdrpc_server **ret_server),
     (name, options, sizes, sizes_size, ret_server))
HOLD(cdrpc_server_new, cdrpc_private_server_new,
     (const char *name, const struct cdrpc_server_options *options, const struct endpoint_hooks *hooks, struct cdrpc_server **ret_server),
     (name, options, hooks, ret_server))
HOLD(cdrpc_server_start, cdrpc_server_start, (struct cdrpc_server *server), (server))
HOLD(cdrpc_server_run, cdrpc_server_run, (struct cdrpc_server *server), (server))
HOLD(cdrpc_server_post, cdrpc_server_post, (struct cdrpc_server *server, cdrpc_post *fn, void *arg), (server, fn, arg))
HOLD(cdrpc_client_post, cdrpc_client_post, (struct cdrpc_client *client, cdrpc_post *fn, void *arg), (client, fn, arg))
HOLD(cdrpc_call_keep, cdrpc_call_keep, (struct cdrpc_call *call), (call))
HOLD(cdrpc_call_complete, cdrpc_call_complete, (struct cdrpc_call *call, cdrpc_status status), (call, status))
HOLD(cdrpc_call_notify, cdrpc_call_notify,
     (struct cdrpc_call *call, void (*cancelled)(void *self, struct cdrpc_call *call), void *self), (call, cancelled, self))
HOLD(cdrpc_call_buffer, cdrpc_call_buffer, (struct cdrpc_call *call, uint32_t size, void **ret_buffer), (call, size, ret_buffer))
HOLD(cdrpc_client_connect, cdrpc_client_connect_sized,
     (const char *name, const struct cdrpc_client_options *options, const struct cdrpc_sizes *sizes, size_t sizes_size,
      struct cdrpc_client **ret_client),
     (name, options, sizes, sizes_size, ret_client))
HOLD(cdrpc_client_connect, cdrpc_private_client_connect,
     (const char *name, const struct cdrpc_client_options *options, const struct endpoint_hooks *hooks, struct cdrpc_client **ret_client),
     (name, options, hooks, ret_client))
HOLD(cdrpc_peer_client, cdrpc_peer_client_sized,
     (struct cdrpc_peer *peer, const struct cdrpc_client_options *options, const struct cdrpc_sizes *sizes, size_t sizes_size,
      struct cdrpc_client **ret_client),
     (peer, options, sizes, sizes_size, ret_client))
HOLD(cdrpc_buffer_new, cdrpc_buffer_new, (struct cdrpc_client *client, uint32_t size, struct cdrpc_buffer **ret_buffer),
     (client, size, ret_buffer))
HOLD(cdrpc_pending_notify, cdrpc_pending_notify,
     (struct cdrpc_pending *pending, void (*done)(void *self, struct cdrpc_pending *pending), void *self), (pending, done, self))
HOLD(cdrpc_peer_disconnect, cdrpc_peer_disconnect, (struct cdrpc_peer *peer), (peer))
HOLD(cdrpc_client_peer_facts, cdrpc_client_peer_facts_sized,
     (struct cdrpc_client *client, struct cdrpc_peer_facts *ret_facts, size_t size), (client, ret_facts, size))
HOLD(cdrpc_pending_event, cdrpc_pending_event, (struct cdrpc_pending *pending, cdrpc_handle *ret_event), (pending, ret_event))
/* What generated functions return is what these do: a call what _begin and _finish do. */
HOLD(METHOD_begin, cdrpc_request_send, (struct cdrpc_writer *w, struct cdrpc_pending **ret_pending), (w, ret_pending))
HOLD(METHOD_finish, cdrpc_reply_end, (struct cdrpc_reader *r), (r))
HOLD(METHOD_oneway, cdrpc_oneway_send, (struct cdrpc_writer *w), (w))
HOLD(METHOD_reply, cdrpc_answer_send, (struct cdrpc_writer *w), (w))
HOLD(INTERFACE_emit, cdrpc_event_send, (struct cdrpc_writer *w), (w))
HOLD(INTERFACE_listen, cdrpc_client_listen,
     (struct cdrpc_client *client, const struct cdrpc_interface *iface, const struct cdrpc_event_entry *entries, uint32_t entry_count,
      const void *events, size_t size, void *self),
     (client, iface, entries, entry_count, events, size, self))
HOLD(INTERFACE_serve, cdrpc_server_add_generated,
     (struct cdrpc_server *server, uint32_t generated, const struct cdrpc_interface *iface, cdrpc_skeleton *const *skeletons,
      const void *handlers, void *self),
     (server, generated, iface, skeletons, handlers, self))
