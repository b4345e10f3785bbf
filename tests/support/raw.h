/*
 * The other end of a session as the wire has it: makes frames by hand, right ones and wrong ones. Works on any implementation of
 * system.h, with the server in another process or thread.
 */
#ifndef CDRPC_TESTS_RAW_H
#define CDRPC_TESTS_RAW_H

#include "base/system.h"
#include "wire/frame.h"

#define RAW_PATIENCE_MS 10000

struct raw {
	struct cdrpc_env env;
	struct port *port;
	window_id server;
	uint8_t nonce[FRAME_TOKEN_SIZE];
	uint8_t token[FRAME_TOKEN_SIZE];        /* zero until greeted */
	uint64_t txn;                           /* the last one used */
	uint32_t terms;                         /* of OPEN: 1 it may duplicate, 2 it believes; both, at first */
	uint32_t result;                        /* what frames from the server are answered with: accepted, at first */
	void (*on_frame)(struct raw *raw);      /* when one came, before it is answered; NULL: not told */
	uint32_t frames;                        /* from the server */
	struct frame last;                      /* its last one */
};

/* Finds the first server of that name. NOT_FOUND. */
cdrpc_status raw_begin(struct raw *raw, const char *service);
void raw_end(struct raw *raw);

/* HELLO, and the CHALLENGE to it. False: refused, or no CHALLENGE came. */
bool raw_greet(struct raw *raw);
/* OPEN, and the REPLY to it. */
bool raw_open(struct raw *raw);

/* A frame with the token and, for those that have one, the next transaction. */
struct frame raw_frame(struct raw *raw, enum frame_type type);
/* A REQUEST for a method. */
struct frame raw_request(struct raw *raw, uint64_t interface_id, uint16_t method);

/* Each returns what the server's window procedure did; 0 if it did not answer. */
uint32_t raw_send(struct raw *raw, const void *bytes, size_t size);
/* The frame is arranged, and 'body', of frame->body_size bytes, put behind it. */
uint32_t raw_send_frame(struct raw *raw, struct frame *frame, const void *body);

/* Waits until that many frames have come. */
bool raw_await(struct raw *raw, uint32_t frames);

#endif
