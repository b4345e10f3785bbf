/* What an application has done wrong with a call, or may have, told to the log. Nothing here is called while all is well. */
#ifndef CDRPC_CORE_MISTAKES_H
#define CDRPC_CORE_MISTAKES_H

#include "calls/names.h"

#include <cdrpc/generated.h>

struct cdrpc_call;
struct cdrpc_client;
struct cdrpc_pending;
struct endpoint;
struct frame;
struct session;

/* A call could not be begun for this status, or was begun and refused by the server for want of understanding. */
void mistake_in_calling(const struct cdrpc_client *client, const struct cdrpc_interface *iface, const struct cdrpc_method *method,
			cdrpc_status status);
/* The outputs could not be read, or the server says that it could not read the inputs. */
void mistake_in_reply(const struct cdrpc_pending *pending, const struct cdrpc_reader *r);
/* The pending call was not to be finished by 'method'. */
void mistake_in_finishing(const struct cdrpc_pending *pending, const struct cdrpc_method *method);

/* An answer of 'status' travels as 'sent', which may be the same. 'whence': "the handler returned". */
void mistake_in_handler(const struct cdrpc_call *call, cdrpc_status status, cdrpc_status sent, const char *whence);
/* The inputs of a call could not be read. */
void mistake_in_inputs(const struct cdrpc_call *call, const struct cdrpc_reader *r);
/* An answer comes when nobody waits for it any more, or none has come at all. */
void mistake_in_time(const struct cdrpc_call *call, bool answered);

/* What the application has not given back when 'function' frees a client of its own endpoint, or a server: kept calls, and replies. It may
 * still do so. */
void mistake_in_freeing(struct endpoint *endpoint, const char *function);

/* A REQUEST was refused with 'status': who has sent it, for which method, and the reason, unless that is in the way of things. */
void mistake_in_request(const struct session *session, const struct frame *frame, cdrpc_status status, const char *reason);

#endif
