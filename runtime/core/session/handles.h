/*
 * Handles that travel with a frame: those of a call's parameters, in its table, and that of a section made for its body. Either the
 * sender has put them all into the receiver (pushed), or the receiver fetches them.
 *
 * Sender: handles_attach, then, of a frame that has provably not been looked at, handles_take_back. Receiver: handles_receive,
 * handles_take for what the user keeps, handles_close at the end of the call or reply.
 */
#ifndef CDRPC_CORE_HANDLES_H
#define CDRPC_CORE_HANDLES_H

#include "base/names.h"

#include <cdrpc/generated.h>

#include "base/system.h"
#include "wire/frame.h"

struct session;

/*
 * Writes into 'frame', which is arranged, its last 'count' handles, and the section, which may be NULL. What the peer is to
 * fetch are copies: the user's own may be closed, and their values used again, by the time it does. After a failure nothing is
 * left behind. E_ARGUMENT: a handle is not what it was declared as. E_NOT_AVAILABLE: neither side may duplicate.
 */
cdrpc_status handles_attach(const struct session *session, const struct section *section,
			   const struct cdrpc_handle_item *items, uint32_t count, struct frame *frame);
/* Closes in the peer what was pushed into it. */
void handles_take_back(const struct session *session, const struct frame *frame);
/* Closes the last 'count' handles of the frame, which were to be fetched. */
void handles_withdraw(const struct frame *frame, uint32_t count);

/*
 * Makes the frame's handles this process's own, each checked to be of its kind and to have its rights. After a failure what was
 * pushed is open, since it may be a handle of ours that the peer has nothing to do with. E_BAD_FRAME, E_REMOTE_NOMEM.
 */
cdrpc_status handles_receive(const struct session *session, const struct frame *frame,
			     struct cdrpc_handle_item ret_items[CDRPC_HANDLES_MAX]);
/* The same for one of them: the status is the system's, or E_PROTOCOL. */
cdrpc_status handles_receive_one(const struct session *session, const struct frame *frame, uint32_t index, cdrpc_handle *ret_handle);
void handles_close(struct cdrpc_handle_item *items, uint32_t count);
/* 'handle', which is no longer among the items; NULL if it was not. */
cdrpc_handle handles_take(struct cdrpc_handle_item *items, uint32_t count, cdrpc_handle handle);

#endif
