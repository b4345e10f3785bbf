/* Client stubs of module test.events, written by cdidl from events.cdidl. Changes belong there. */
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
static void
events_news_progress_sink(struct cdrpc_reader *r, const void *events, void *self)
{
	const struct events_news_events *to = (const struct events_news_events *)events;
	uint64_t position_ns;

	position_ns = cdrpc_read_u64(r);
	if (cdrpc_event_end(r) && to->progress)
		to->progress(self, position_ns);
}

/* event changed(Leaf leaf, Any? any, string[<=16][<=4] names) @2; */
static void
events_news_changed_sink(struct cdrpc_reader *r, const void *events, void *self)
{
	const struct events_news_events *to = (const struct events_news_events *)events;
	struct events_leaf *leaf;
	struct events_any *any = NULL;
	const char **names;
	uint32_t names_count;
	uint32_t i;

	leaf = (struct events_leaf *)cdrpc_read_alloc(r, 1, sizeof *leaf);
	if (leaf)
		events_leaf_read(r, leaf);
	if (cdrpc_read_present(r)) {
		any = (struct events_any *)cdrpc_read_alloc(r, 1, sizeof *any);
		if (any)
			events_any_read(r, any);
	}
	names_count = cdrpc_read_count(r, 4, 5);
	names = (const char **)cdrpc_read_alloc(r, names_count, sizeof *names);
	for (i = 0; names && i < names_count; i++)
		names[i] = cdrpc_read_string(r, 16);
	if (cdrpc_event_end(r) && to->changed)
		to->changed(self, leaf, any, names, names_count);
}

/* event stopped() @3; */
static void
events_news_stopped_sink(struct cdrpc_reader *r, const void *events, void *self)
{
	const struct events_news_events *to = (const struct events_news_events *)events;

	if (cdrpc_event_end(r) && to->stopped)
		to->stopped(self);
}

cdrpc_status
events_news_listen(struct cdrpc_client *client, const struct events_news_events *events, void *self)
{
	const struct cdrpc_event_entry entries[] = {
		{events_news_emit_progress_in_table, events && events->progress, events_news_progress_sink},
		{events_news_emit_changed_in_table, events && events->changed, events_news_changed_sink},
		{events_news_emit_stopped_in_table, events && events->stopped, events_news_stopped_sink},
	};
	const uint32_t count = sizeof entries / sizeof entries[0];

	return cdrpc_client_listen(client, &events_news_interface, entries, count, events, sizeof *events, self);
}

/* oneway write(string[<=1K] line, Leaf[<=4] leaves) @1; */
cdrpc_status
events_log_write(struct cdrpc_client *client, const char *line, const struct events_leaf *leaves, uint32_t leaves_count)
{
	struct cdrpc_writer w;
	uint32_t i, n;

	cdrpc_request_begin(&w, client, &events_log_interface, events_log_write_in_table);
	do {
		cdrpc_write_string(&w, line, (1 << 10));
		n = cdrpc_write_count(&w, leaves, leaves_count, 4);
		for (i = 0; i < n; i++)
			events_leaf_write(&w, &leaves[i]);
	} while (cdrpc_write_again(&w));
	return cdrpc_oneway_send(&w);
}

/* oneway flush() @2; */
cdrpc_status
events_log_flush(struct cdrpc_client *client)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &events_log_interface, events_log_flush_in_table);
	return cdrpc_oneway_send(&w);
}

/* level(out u32 level) @3; */
cdrpc_status
events_log_level_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &events_log_interface, events_log_level_in_table);
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
events_log_level_finish(struct cdrpc_pending *pending, uint32_t *ret_level)
{
	struct cdrpc_reader r;
	uint32_t level;

	cdrpc_reply_begin(&r, pending, &events_log_interface.methods[events_log_level_in_table], NULL);
	level = cdrpc_read_u32(&r);
	if (cdrpc_reply_good(&r))
		*ret_level = level;
	return cdrpc_reply_end(&r);
}

cdrpc_status
events_log_level(struct cdrpc_client *client, uint32_t *ret_level)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = events_log_level_begin(client, &pending);
	if (status != CDRPC_OK)
		return status;
	return events_log_level_finish(pending, ret_level);
}
