/*
 * Server skeletons of module std.cdrpc_status.spaces, written by cdidl from spaces.cdidl. Changes belong there.
 */
#include "spaces.h"

#include <string.h>

#include <cdrpc/generated.h>

/* f(Spaces s, contoso.common.Size size, out Spaces t) @1; */
static cdrpc_status
spaces_i_f_skeleton(struct cdrpc_call *call, const void *handlers, void *self)
{
	const struct spaces_i_handlers *to = (const struct spaces_i_handlers *)handlers;
	struct cdrpc_reader r;
	cdrpc_status status;
	const struct spaces *s;
	const struct common_size *size;

	if (!to->f)
		return CDRPC_E_NOT_IMPLEMENTED;
	cdrpc_call_inputs(&r, call);
	s = (const struct spaces *)cdrpc_read_flat(&r, sizeof *s, 1);
	size = (const struct common_size *)cdrpc_read_flat(&r, sizeof *size, 4);
	status = cdrpc_call_inputs_end(&r);
	if (status != CDRPC_OK)
		return status;
	return to->f(call, self, s, size);
}

cdrpc_status
spaces_i_f_reply(struct cdrpc_call *call, const struct spaces *t)
{
	struct cdrpc_writer w;

	cdrpc_answer_begin(&w, call);
	do {
		cdrpc_write_flat(&w, t, sizeof *t, 1);
	} while (cdrpc_write_again(&w));
	return cdrpc_answer_send(&w);
}

static cdrpc_skeleton *const spaces_i_skeleton_table[] = {
	spaces_i_f_skeleton,
};

cdrpc_status
spaces_i_serve(struct cdrpc_server *server, const struct spaces_i_handlers *handlers, void *self)
{
	return cdrpc_server_add(server, &spaces_i_interface, spaces_i_skeleton_table, handlers, self);
}
