/*
 * Named points of a call, at which a test ends a process. In the library they do nothing: fault.c is an object of its own, so that a
 * program which defines fault_point() itself gets that instead, and no other.
 */
#ifndef CDRPC_CORE_FAULT_H
#define CDRPC_CORE_FAULT_H

#include "base/names.h"

#include <stdint.h>

/* What is happening to a frame. */
enum fault {
	FAULT_SEALED,           /* sender: it is complete, what it names is pushed or copied, and nobody has heard of it */
	FAULT_PUBLISHED,        /* sender: it, or its body, is in the arena for the peer to take */
	FAULT_SENT,             /* sender: the receiver has answered, what it said is not yet looked at */
	FAULT_POSTED,           /* the same, of what the sender's thread has sent */
	FAULT_ARRIVED,          /* receiver: it is decoded, not judged */
	FAULT_COPYING,          /* receiver: its body can be read, nothing is copied */
	FAULT_COPIED,           /* receiver: the body is private, the handles are not taken */
	FAULT_JUDGED,           /* receiver: it is taken or refused, and the sender has not heard of it */
	FAULT_HANDLER,          /* receiver of a REQUEST: the handler is about to run */
	FAULT_HANDLED           /* it has run */
};

/* 'frame_type' is an enum frame_type. Any thread. */
void fault_point(enum fault fault, uint32_t frame_type);

#endif
