/* C header of module test.events, written by cdidl from events.cdidl. Changes belong there. */
#ifndef CDIDL_4test_6events_H
#define CDIDL_4test_6events_H

#include <cdrpc/cdrpc.h>

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

/* The name of the service, for its server and its clients. */
#define EVENTS_SERVICE "test.events"

struct events_leaf {
	uint32_t value;			/* 1 */
};

enum {
	EVENTS_ANY_NUMBER = 1,
	EVENTS_ANY_TEXT = 2
};
struct events_any {
	uint32_t kind;			/* EVENTS_ANY_*; 0 is none; a value not listed here is possible */
	union {
		uint32_t number;	/* 1 */
		const char *text;	/* 2, <= 32 bytes */
	} as;
};

/* ---- News ---- */

/*
 * Nobody can call it.
 * Any thread emits; the client's thread listens, and hears. events_news_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface events_news_interface;

/* What a client of News listens to; a NULL member is not subscribed. */
struct events_news_events {
	/* event changed(Leaf leaf, Any? any, string[<=16][<=4] names) @2; */
	void (*changed)(void *self, const struct events_leaf *leaf, const struct events_any *any,
			const char *const *names, uint32_t names_count);
	/*
	 * Since version 2. A slow listener gets the latest only.
	 *
	 * event progress(u64 position_ns) @1;
	 */
	void (*progress)(void *self, uint64_t position_ns);
	/* event stopped() @3; */
	void (*stopped)(void *self);
};
/* 'events' is copied; NULL ends all subscriptions. 'self' is passed to each listener. */
cdrpc_status events_news_listen(struct cdrpc_client *client, const struct events_news_events *events, void *self);

/* The interface has events only. */
cdrpc_status events_news_serve(struct cdrpc_server *server);

/* To one listener, or with NULL to every one. Any thread: see cdrpc_server_post(). */
cdrpc_status events_news_emit_changed(struct cdrpc_server *server, struct cdrpc_peer *to,
				      const struct events_leaf *leaf, const struct events_any *any,
				      const char *const *names, uint32_t names_count);
cdrpc_status events_news_emit_progress(struct cdrpc_server *server, struct cdrpc_peer *to, uint64_t position_ns);
cdrpc_status events_news_emit_stopped(struct cdrpc_server *server, struct cdrpc_peer *to);

/* ---- Log ---- */

/* The name of the service, for its server and its clients. */
#define EVENTS_LOG_SERVICE "test.events.log-2"

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is 200 ms,
 * unless its method or cdrpc_client_set_timeout() states another. Its handler runs on a thread of the
 * server's; any thread replies. A oneway is sent by the thread that has connected the client; its handler
 * runs on a thread of the server's. events_log_serve comes before the server is started.
 */
extern const struct cdrpc_interface events_log_interface;

/* oneway write(string[<=1K] line, Leaf[<=4] leaves) @1; */
cdrpc_status events_log_write(struct cdrpc_client *client, const char *line, const struct events_leaf *leaves,
			      uint32_t leaves_count);

/* oneway flush() @2; */
cdrpc_status events_log_flush(struct cdrpc_client *client);

/*
 * Answered inside the sent message: its handler is quick and calls nobody. Its deadline is 1 s.
 *
 * level(out u32 level) @3;
 */
cdrpc_status events_log_level(struct cdrpc_client *client, uint32_t *ret_level);
cdrpc_status events_log_level_begin(struct cdrpc_client *client, struct cdrpc_pending **ret_pending);
cdrpc_status events_log_level_finish(struct cdrpc_pending *pending, uint32_t *ret_level);

/* What a server of Log does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct events_log_handlers {
	void (*write)(struct cdrpc_call *call, void *self, const char *line, const struct events_leaf *leaves,
		      uint32_t leaves_count);
	void (*flush)(struct cdrpc_call *call, void *self);
	cdrpc_status (*level)(struct cdrpc_call *call, void *self);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status events_log_serve(struct cdrpc_server *server, const struct events_log_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status events_log_level_reply(struct cdrpc_call *call, uint32_t level);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

void events_leaf_write(struct cdrpc_writer *w, const struct events_leaf *leaf);
void events_leaf_read(struct cdrpc_reader *r, struct events_leaf *leaf);
extern const struct cdrpc_shape events_leaf_shape;
void events_any_write(struct cdrpc_writer *w, const struct events_any *any);
void events_any_read(struct cdrpc_reader *r, struct events_any *any);
extern const struct cdrpc_shape events_any_shape;
/* Where methods and events stand in the tables of events_news_interface. */
enum {
	events_news_emit_progress_in_table,
	events_news_emit_changed_in_table,
	events_news_emit_stopped_in_table
};

/* Where methods and events stand in the tables of events_log_interface. */
enum {
	events_log_write_in_table,
	events_log_flush_in_table,
	events_log_level_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
