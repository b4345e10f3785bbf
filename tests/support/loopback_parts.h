/* What the files of the loopback share. */
#ifndef CDRPC_TESTS_LOOPBACK_PARTS_H
#define CDRPC_TESTS_LOOPBACK_PARTS_H

#include "loopback.h"

/* ---- loopback_message.c: what is sent ---- */

struct message {
	uint8_t *body;
	size_t size;
	uint8_t *blob;
	size_t blob_size;
	struct cdrpc_handle_item handles[CDRPC_HANDLES_MAX];
	uint32_t handle_count;
};

struct message message_new(const struct cdrpc_writer *w);
struct message message_copy(const struct message *message);
/* A copy with one difference: a byte, a word, or its length. */
struct message message_damage(const struct message *message, struct loopback *loop);
void message_done(struct message *message);
void message_read(const struct message *message, struct cdrpc_reader *ret_reader, struct cdrpc_arena *arena);

/* ---- loopback.c ---- */

#define LOOPBACK_INTERFACES_MAX 4
#define LOOPBACK_DECODE_MAX ((size_t)16 << 20)

struct service {
	const struct cdrpc_interface *iface;
	cdrpc_skeleton *const *skeletons;
	const void *handlers;
	void *self;
};

struct listener {
	const struct cdrpc_interface *iface;
	struct cdrpc_event_entry *entries;
	uint32_t entry_count;
	void *events;
	void *self;
};

struct cdrpc_client {
	struct loopback *loop;
};

struct cdrpc_server {
	struct loopback *loop;
};

struct cdrpc_pending {
	struct loopback *loop;
	struct message reply;
	cdrpc_status status;
	struct cdrpc_reply *held;
};

struct cdrpc_call {
	struct loopback *loop;
	const struct cdrpc_interface *iface;
	uint32_t index;
	const struct message *request;
	struct cdrpc_arena *arena;
	struct message reply;
	bool answered;
};

struct loopback {
	struct cdrpc_client client;
	struct cdrpc_server server;
	size_t capacity;
	uint64_t *buffer;
	uint64_t random;
	uint32_t damage;
	bool damaged;
	bool cross;
	struct message last_reply;
	struct service services[LOOPBACK_INTERFACES_MAX];
	struct listener listeners[LOOPBACK_INTERFACES_MAX];
};

/* What a writer's target is. */
struct writing {
	struct loopback *loop;
	const struct cdrpc_interface *iface;
	uint32_t index;
	struct cdrpc_call *call;
	void *grown;
};

void loopback_listener_done(struct listener *listener);

void loopback_begin(struct cdrpc_writer *w, struct loopback *loop, const struct cdrpc_interface *iface, uint32_t index,
		    struct cdrpc_call *call);
/* What was written, as a message; ends the writing in any case. */
cdrpc_status loopback_end(struct cdrpc_writer *w, struct writing *ret_writing, struct message *ret_message);

/* The skeleton's status, or why there is no answer; *ret_reply is set in any case. */
cdrpc_status loopback_run(const struct writing *writing, const struct message *request, struct message *ret_reply);

#endif
