/* Server skeletons of module test.events, written by cdidl from events.cdidl. Changes belong there. */
#include "events.h"

#include <string.h>

#include <cdrpc/generated.h>

#if CDRPC_GENERATED < 1 || CDRPC_GENERATED_LEAST > 1
#error "cdrpc is of another version than the cdidl that has written this file"
#endif

/*
 * What is sent is written in a loop. A first round goes on counting when the buffer is full; then cdrpc_write_again() has
 * found room for all of it, and asks for a second one.
 */

/* event progress(u64 position_ns) @1; */
cdrpc_status
events_news_emit_progress(struct cdrpc_server *server, struct cdrpc_peer *to, uint64_t position_ns)
{
	struct cdrpc_writer w;

	cdrpc_event_begin(&w, server, to, &events_news_interface, events_news_emit_progress_in_table);
	do {
		cdrpc_write_u64(&w, position_ns);
	} while (cdrpc_write_again(&w));
	return cdrpc_event_send(&w);
}

/* event changed(Leaf leaf, Any? any, string[<=16][<=4] names) @2; */
cdrpc_status
events_news_emit_changed(struct cdrpc_server *server, struct cdrpc_peer *to, const struct events_leaf *leaf,
			 const struct events_any *any, const char *const *names, uint32_t names_count)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_event_begin(&w, server, to, &events_news_interface, events_news_emit_changed_in_table);
	do {
		events_leaf_write(&w, leaf);
		if (cdrpc_write_present(&w, any))
			events_any_write(&w, any);
		n = cdrpc_write_count(&w, names, names_count, 4);
		for (i = 0; i < n; i++)
			cdrpc_write_string(&w, names[i], 16);
	} while (cdrpc_write_again(&w));
	return cdrpc_event_send(&w);
}

/* event stopped() @3; */
cdrpc_status
events_news_emit_stopped(struct cdrpc_server *server, struct cdrpc_peer *to)
{
	struct cdrpc_writer w;

	cdrpc_event_begin(&w, server, to, &events_news_interface, events_news_emit_stopped_in_table);
	return cdrpc_event_send(&w);
}

static cdrpc_skeleton *const events_news_skeleton_table[] = {
	NULL,
	NULL,
	NULL,
};

cdrpc_status
events_news_serve(struct cdrpc_server *server)
{
	return cdrpc_server_add(server, &events_news_interface, events_news_skeleton_table, NULL, NULL);
}

/* oneway write(string[<=1K] line, Leaf[<=4] leaves) @1; */
static cdrpc_status
events_log_write_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct events_log_handlers *to = (const struct events_log_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const char *line;
	struct events_leaf *leaves;
	uint32_t leaves_count;
	uint32_t i;

	if (!to->write)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	line = cdrpc_read_string(&r, (1 << 10));
	leaves_count = cdrpc_read_count(&r, 4, 8);
	leaves = (struct events_leaf *)cdrpc_read_alloc(&r, leaves_count, sizeof *leaves);
	for (i = 0; leaves && i < leaves_count; i++)
		events_leaf_read(&r, &leaves[i]);
	status = cdrpc_call_inputs_end(&r);
	if (status == CDRPC_OK)
		to->write(call, self, line, leaves, leaves_count);
	return status;
}

/* oneway flush() @2; */
static cdrpc_status
events_log_flush_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct events_log_handlers *to = (const struct events_log_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->flush)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status == CDRPC_OK)
		to->flush(call, self);
	return status;
}

/* level(out u32 level) @3; */
static cdrpc_status
events_log_level_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct events_log_handlers *to = (const struct events_log_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;

	if (!to->level)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->level(call, self);
}

cdrpc_status
events_log_level_reply(struct cdrpc_call *call, uint32_t level)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call, &events_log_interface, events_log_level_in_table);
	do {
		cdrpc_write_u32(&w, level);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

static cdrpc_skeleton *const events_log_skeleton_table[] = {
	events_log_write_skeleton,
	events_log_flush_skeleton,
	events_log_level_skeleton,
};

cdrpc_status
events_log_serve(struct cdrpc_server *server, const struct events_log_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &events_log_interface, events_log_skeleton_table, handlers, self);
}
