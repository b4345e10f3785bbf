/* C header of module std.cdrpc_status.spaces, written by cdidl from spaces.cdidl. Changes belong there. */
#ifndef CDIDL_3std_12cdrpc_status_6spaces_H
#define CDIDL_3std_12cdrpc_status_6spaces_H

#include <cdrpc/cdrpc.h>
#include "contoso/common.h"

#pragma pack(push, 8)
#ifdef __cplusplus
extern "C" {
#endif

struct spaces {
	uint8_t a;
};

/* ---- I ---- */

/*
 * A call is made, begun and finished by the thread that has connected the client. Its deadline is the
 * client's options.call_timeout_ms, unless its method or cdrpc_client_set_timeout() states another. Its
 * handler runs on a thread of the server's; any thread replies. spaces_i_serve comes before the server is
 * started.
 */
extern const struct cdrpc_interface spaces_i_interface;

/* f(Spaces s, contoso.common.Size size, out Spaces t) @1; */
cdrpc_status spaces_i_f(struct cdrpc_client *client, const struct spaces *s, const struct common_size *size,
			struct spaces *ret_t);
cdrpc_status spaces_i_f_begin(struct cdrpc_client *client, const struct spaces *s, const struct common_size *size,
			      struct cdrpc_pending **ret_pending);
cdrpc_status spaces_i_f_finish(struct cdrpc_pending *pending, struct spaces *ret_t);

/* What a server of I does; a NULL member answers CDRPC_E_NOT_IMPLEMENTED. */
struct spaces_i_handlers {
	cdrpc_status (*f)(struct cdrpc_call *call, void *self, const struct spaces *s, const struct common_size *size);
};
/* 'handlers' is not copied: it stays until the server is freed. 'self' is passed to each handler. */
cdrpc_status spaces_i_serve(struct cdrpc_server *server, const struct spaces_i_handlers *handlers, void *self);

/* Answers with success and these outputs, which are borrowed until it returns. Any thread, once a call. */
cdrpc_status spaces_i_f_reply(struct cdrpc_call *call, const struct spaces *t);

/* ---- for generated code ---- */

struct cdrpc_reader;
struct cdrpc_shape;
struct cdrpc_writer;

/* Where methods and events stand in the tables of spaces_i_interface. */
enum {
	spaces_i_f_in_table
};

#ifdef __cplusplus
}
#endif
#pragma pack(pop)
#endif
