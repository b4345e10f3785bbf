/* Client stubs of module std.cdrpc_status.spaces, written by cdidl from spaces.cdidl. Changes belong there. */
#include "spaces.h"

#include <string.h>

#include <cdrpc/generated.h>

/* f(Spaces s, contoso.common.Size size, out Spaces t) @1; */
cdrpc_status
spaces_i_f_begin(struct cdrpc_client *client, const struct spaces *s, const struct common_size *size,
		 struct cdrpc_pending **ret_pending)
{
	struct cdrpc_writer w;

	cdrpc_request_begin(&w, client, &spaces_i_interface, 0);
	do {
		cdrpc_write_flat(&w, s, sizeof *s, 1);
		cdrpc_write_flat(&w, size, sizeof *size, 4);
	} while (cdrpc_write_again(&w));
	return cdrpc_request_send(&w, ret_pending);
}

cdrpc_status
spaces_i_f_finish(struct cdrpc_pending *pending, struct spaces *ret_t)
{
	struct cdrpc_reader r;
	const struct spaces *t;

	cdrpc_reply_begin(&r, pending, NULL);
	t = (const struct spaces *)cdrpc_read_flat(&r, sizeof *t, 1);
	if (cdrpc_reply_good(&r))
		*ret_t = *t;
	return cdrpc_reply_end(&r);
}

cdrpc_status
spaces_i_f(struct cdrpc_client *client, const struct spaces *s, const struct common_size *size, struct spaces *ret_t)
{
	struct cdrpc_pending *pending;
	cdrpc_status status;

	status = spaces_i_f_begin(client, s, size, &pending);
	if (status != CDRPC_OK)
		return status;
	return spaces_i_f_finish(pending, ret_t);
}
